"""Where text may be cut: the offsets inside a cluster, however they are looked for."""

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.tagging.graphemes import Interior, interior

PARTS = [
    "a",
    "e\u0301",
    "\r",
    "\n",
    "\r\n",
    "👩‍🚒",
    "🇫🇷",
    "🇫",
    "한",
    "\u1112\u1161\u11ab",
    "\u0600",
    " ",
]


@given(st.lists(st.sampled_from(PARTS)).map("".join) | st.text())
@example("🇫🇷🇫🇷🇫")
def test_looking_only_where_a_cluster_may_be_finds_the_same(text: str):
    inside, looked = interior(text), Interior(text)
    assert {one for one in range(len(text) + 1) if one in looked} == inside
