import pytest

from annotator.errors import JudgementError
from annotator.model import Judgement
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
