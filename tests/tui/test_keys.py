"""The registry of actions: complete, without collisions, and safe against other people's keys."""

import re

import pytest

from annotator.errors import SchemeError, UsageError
from annotator.scheme import default_scheme, parse_scheme
from annotator.tui.article import ArticleScreen
from annotator.tui.corpus import CorpusScreen
from annotator.tui.help import KeyTable
from annotator.tui.keys import ACTIONS, FOOTER_ORDER, GROUPS, key_table, keymap, keys_at
from annotator.tui.report import ReportScreen
from annotator.tui.review import ReviewScreen
from annotator.tui.search import SearchScreen
from annotator.tui.speaker import SpeakerScreen

SCREENS = {
    "corpus": CorpusScreen,
    "filter": CorpusScreen,
    "article": ArticleScreen,
    "words": ArticleScreen,
    "tags": ArticleScreen,
    "pieces": ArticleScreen,
    "review": ReviewScreen,
    "results": SearchScreen,
    "speaker": SpeakerScreen,
    "report": ReportScreen,
}
KEYMAP = keymap(default_scheme(), {})
SCHEME = """
name = "mine"
[[axes]]
id = "truth"
name = "Truth"
many = false
[[axes.labels]]
id = "yes"
key = "{key}"
name = "yes"
definition = "It is so."
"""


def test_every_action_has_key_words_group_and_a_method_on_its_screens():
    for action in ACTIONS:
        assert action.keys and action.words and action.group in GROUPS and action.where
        assert not action.footer or action.footer in FOOTER_ORDER
        for where in action.where:
            assert callable(getattr(SCREENS[where], f"action_{action.id}"))


def test_no_key_means_two_things_in_one_place():
    for where in SCREENS:
        keys = [
            key
            for action in keymap(default_scheme(), {}).at(where)
            for key in keys_at(action, where)
        ]
        assert len(keys) == len(set(keys))


def test_labels_come_from_the_scheme():
    found = keymap(parse_scheme(SCHEME.format(key="E"), "mine"), {})
    assert found.find("article", "E").label == "yes"
    assert found.find("article", "v") is None
    assert found.find("corpus", "E") is None


@pytest.mark.parametrize("key", ["j", "?", "backspace", "ctrl+p", "Z", "escape", "y", "1"])
def test_a_label_may_not_take_a_key(key):
    with pytest.raises(SchemeError, match=r"mine.*yes.*already means"):
        keymap(parse_scheme(SCHEME.format(key=key), "mine"), {})


@pytest.mark.parametrize("key", ["", "hyper+x", "vv", "ctrl+", "\u0007"])
def test_a_label_needs_a_real_key(key):
    with pytest.raises(SchemeError, match="is no key"):
        keymap(parse_scheme(SCHEME.format(key=key.replace("\u0007", "\\u0007")), "mine"), {})


def test_users_move_keys():
    found = keymap(default_scheme(), {"next_claim": "ù", "label_verified": "é", "undo": " "} | {
        "label_unverified": "µ"
    })  # fmt: skip
    assert found.find("article", "ù").id == "next_claim"
    assert found.find("article", "j") is None
    assert found.find("article", "é").label == "verified"
    assert found.find("article", "space").id == "undo"


@pytest.mark.parametrize(
    ("moved", "message"),
    [
        ({"nxt_claim": "x"}, "no action 'nxt_claim'"),
        ({"next_claim": "hyper"}, "is no key"),
        ({"next_claim": "v"}, "already means label_verified"),
        ({"next_claim": "k"}, "already means previous_claim"),
    ],
)
def test_wrong_keys_are_refused(moved, message):
    with pytest.raises(UsageError, match=message):
        keymap(default_scheme(), moved)


def test_two_actions_may_swap_keys():
    found = keymap(default_scheme(), {"undo": "Z", "redo": "z"})
    assert found.find("article", "Z").id == "undo"


def test_the_table_for_readers_has_every_action_once():
    rows = [row for _, rows in key_table(keymap(default_scheme(), {})) for row in rows]
    assert len(rows) == len(ACTIONS) + len(default_scheme().labels)
    assert ("Space", "unverified") in rows and ("q Esc", "back, or quit") in rows


@pytest.mark.parametrize("where", [one for one in SCREENS if KEYMAP.find(one, "?")])
def test_the_help_cuts_no_key_and_no_word_off(where):
    table = KeyTable(KEYMAP, where).render().plain
    assert "back, or quit" in table
    assert not re.search(r"\S…", table)


def test_a_row_of_keys_is_told_by_its_ends():
    review = KeyTable(KEYMAP, "review").render().plain
    assert "1 … 9      " in review and "← ↑ → ↓" in review
    words = KeyTable(KEYMAP, "words").render().plain
    assert "Enter Space mark these, or not" in words
