from annotator.model import Claim, Segment, Tagging
from annotator.review.walk import Walk


def claim(name: str, segment: int, *, attributed: bool = False, walk: bool = True) -> Claim:
    voice, attributions = ("direct", (0,)) if attributed else ("narrator", ())
    return Claim(name, segment * 10, segment * 10 + 5, segment, voice, attributions, walk)


CLAIMS = (
    claim("headline", 0),
    claim("byline", 1, walk=False),
    claim("said", 2, attributed=True),
    claim("told", 2, walk=False),
    claim("plain", 3),
)
WALK = Walk(
    Tagging(
        "a",
        "fr",
        None,
        "0",
        tuple(Segment(n * 10, n * 10 + 9, "sentence") for n in range(4)),
        (),
        CLAIMS,
    )
)


def names(*claims):
    return [one and one.id for one in claims]


def test_steps_stay_on_the_walk_and_stop_at_its_ends() -> None:
    said = WALK.claim("said")
    assert names(WALK.step(said, 1), WALK.step(said, -1)) == ["plain", "headline"]
    assert WALK.step(WALK.claim("plain"), 1) is None
    assert WALK.step(WALK.claim("headline"), -1) is None
    assert names(WALK.step(WALK.claim("headline"), 2)) == ["plain"]


def test_a_claim_off_the_walk_leads_back_to_it() -> None:
    told = WALK.claim("told")
    assert names(WALK.step(told, 1), WALK.step(told, -1)) == ["plain", "said"]
    assert WALK.place(told) == 2


def test_narrator_and_ends() -> None:
    assert WALK.narrator(WALK.claim("said")).id == "told"
    assert names(*WALK.ends()) == ["headline", "plain"]
    assert len(WALK) == 3
    assert "byline" in WALK
    assert "elsewhere" not in WALK


def test_an_empty_walk_has_no_ends() -> None:
    assert Walk(Tagging("a", "fr", None, "0", (), (), ())).ends() is None
