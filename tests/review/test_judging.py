from dataclasses import replace

import pytest

from annotator.errors import JudgementError
from annotator.model import Evidence, Judgement
from annotator.review import judging
from annotator.scheme import default_scheme

SCHEME = default_scheme()


def test_a_single_valued_label_replaces_the_one_before() -> None:
    first = judging.answer(SCHEME, Judgement(), "verified")
    second = judging.answer(SCHEME, first, "disputed")
    assert second.labels == {"veracity": ("disputed",)}
    assert second.scheme == SCHEME.version


def test_a_toggle_goes_on_and_off_and_takes_its_words_with_it() -> None:
    on = judging.answer(SCHEME, Judgement(), "sarcasm")
    both = judging.answer(SCHEME, on, "partisan_framing")
    assert both.labels == {"rhetoric": ("partisan_framing", "sarcasm")}
    marked = Judgement(
        labels=both.labels, spans=(("partisan_framing", (0, 3)), ("sarcasm", (4, 6)))
    )
    off = judging.answer(SCHEME, marked, "sarcasm")
    assert off.labels == {"rhetoric": ("partisan_framing",)}
    assert off.spans == (("partisan_framing", (0, 3)),)


def test_the_last_toggle_off_leaves_no_empty_axis() -> None:
    on = judging.answer(SCHEME, Judgement(), "sarcasm")
    assert judging.answer(SCHEME, on, "sarcasm").labels == {}


def test_whole_answer_refuses_what_excludes_each_other() -> None:
    whole = judging.whole_answer(SCHEME, ["disputed", "sarcasm"], "no source")
    assert whole.labels == {"veracity": ("disputed",), "rhetoric": ("sarcasm",)}
    assert whole.note == "no source"
    with pytest.raises(JudgementError, match="exclude each other"):
        judging.whole_answer(SCHEME, ["disputed", "verified"])
    with pytest.raises(JudgementError, match="unknown label 'true'"):
        judging.whole_answer(SCHEME, ["true"])


def test_words_missing_lists_labels_without_words() -> None:
    judgement = judging.whole_answer(SCHEME, ["verified", "sarcasm", "partisan_framing"])
    assert judging.words_missing(SCHEME, judgement) == ["partisan_framing", "sarcasm"]


@pytest.mark.parametrize(
    ("voice", "whose"),
    [("narrator", "outlet"), ("direct", "speaker"), ("post", "speaker"), ("indirect", "unclear")],
)
def test_framer_follows_the_voice_until_somebody_says_otherwise(voice, whose) -> None:
    assert judging.framer(Judgement(), voice) == whose
    assert judging.framer(Judgement(framer="outlet"), voice) == "outlet"


def test_a_judgement_that_says_nothing_is_empty() -> None:
    assert judging.is_empty(Judgement(scheme="x", seconds=4, hints_shown=("h",)))
    assert not judging.is_empty(Judgement(unsure=True))
    assert not judging.is_empty(Judgement(note="why"))


P = "partisan_framing"


def test_a_label_takes_the_proposed_words_with_it_and_leaves_without_them() -> None:
    on = judging.answer(SCHEME, Judgement(), P, [(3, 5), (8, 9), (4, 7)])
    assert on.spans == ((P, (3, 7)), (P, (8, 9)))
    assert judging.answer(SCHEME, on, P, [(3, 5)]).spans == ()
    assert judging.answer(SCHEME, Judgement(), "verified", [(3, 5)]).spans == ()


def test_marking_words_chooses_the_label_and_marking_them_again_takes_them_off() -> None:
    once = judging.mark(SCHEME, Judgement(), P, (3, 5))
    assert once.labels == {"rhetoric": (P,)} and once.spans == ((P, (3, 5)),)
    twice = judging.mark(SCHEME, once, P, (10, 12))
    assert judging.words(twice, P) == ((3, 5), (10, 12))
    joined = judging.mark(SCHEME, twice, P, (5, 10))
    assert judging.words(joined, P) == ((3, 12),)
    off = judging.mark(SCHEME, twice, P, (11, 12))
    assert judging.words(off, P) == ((3, 5),)
    assert judging.mark(SCHEME, once, P, (3, 5)).labels == {"rhetoric": (P,)}


def test_proposals_take_turns_and_own_words_stay() -> None:
    proposed = [(3, 5), (8, 9)]
    judgement = judging.answer(SCHEME, Judgement(), P, proposed)
    judgement = judging.mark(SCHEME, judgement, P, (20, 22))
    seen = []
    for _ in range(5):
        judgement = judging.next_proposal(judgement, P, proposed)
        assert (20, 22) in judging.words(judgement, P)
        seen.append(judging.words(judgement, P)[:-1])
    assert seen == [((3, 5),), ((8, 9),), (), ((3, 5), (8, 9)), ((3, 5),)]


def test_one_proposal_is_taken_or_not() -> None:
    judgement = judging.answer(SCHEME, Judgement(), P, [(3, 5)])
    none = judging.next_proposal(judgement, P, [(3, 5)])
    assert none.spans == () and none.labels == {"rhetoric": (P,)}
    assert judging.next_proposal(none, P, [(3, 5)]).spans == ((P, (3, 5)),)


def test_the_framer_takes_turns_and_ends_where_the_voice_has_it() -> None:
    judgement, seen = Judgement(), []
    for _ in range(3):
        judgement = judging.next_framer(judgement, "direct")
        seen.append((judgement.framer, judging.framer(judgement, "direct")))
    assert seen == [("unclear", "unclear"), ("outlet", "outlet"), (None, "speaker")]


def test_evidence_is_missing_where_a_label_rests_on_it() -> None:
    judged = judging.answer(SCHEME, Judgement(), "disputed")
    assert judging.evidence_missing(SCHEME, judged) == ["disputed"]
    named = replace(judged, evidence=(Evidence("url", "https://example.org"),))
    assert judging.evidence_missing(SCHEME, named) == []
    assert judging.evidence_missing(SCHEME, judging.answer(SCHEME, judged, "unverified")) == []
