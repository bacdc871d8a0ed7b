"""Quotations found by their marks alone."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.tagging.quotations import MARKS, Quotation, find, near


def _find(text: str, starts: tuple[int, ...] = ()) -> tuple[Quotation, ...]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append((at, at + len(line)))
        at += len(line) + 1
    return find(text, blocks, starts)


def _contents(text: str, starts: tuple[int, ...] = ()) -> list[list[str]]:
    return [[text[s:e] for s, e in q.content] for q in _find(text, starts)]


def test_marks_of_many_languages():
    for text in (
        "Il dit « oui demain » et part.",
        "He said “oui demain” and left.",
        "Er sagte „oui demain“ und ging.",
        'Il dit "oui demain" et part.',
        "He said 'oui demain' and left.",
        "He said ‘oui demain’ and left.",
        "彼は「oui demain」と言った。",
        "Elle lit ‹ oui demain › à voix basse.",
        "Er sagte »oui demain« und ging.",
    ):
        assert _contents(text) == [["oui demain"]], text


def test_apostrophes_are_no_marks():
    assert _contents("L'été d'Inès n'est qu'un rêve dans the workers' hall.") == []


def test_nested_quotations_follow_the_outer_one():
    text = "« Il m'a dit : “Pars !” et je suis parti », raconte Inès."
    outer, inner = _find(text)
    assert (outer.depth, inner.depth) == (0, 1)
    assert text[slice(*inner.content[0])] == "Pars !"
    assert outer.holds(inner.start, inner.end)


def test_an_inner_mark_never_closed_ends_with_the_outer():
    text = 'Le port note que « "ce quai est fermé depuis lundi ».'
    assert [q.depth for q in _find(text)] == [0, 1]
    assert _contents(text)[1] == ["ce quai est fermé depuis lundi"]


def test_paragraphs_opened_again_are_one_quotation():
    text = "« Un.\n« Deux.\n« Trois. »\nQuatre."
    assert _contents(text) == [["Un.", "Deux.", "Trois."]]


def test_a_quotation_runs_on_to_its_closing_mark_in_a_later_paragraph():
    assert _contents("Il parle. « Un.\n\nDeux.\n\nTrois. » Il part.") == [
        ["Un.", "Deux.", "Trois."]
    ]


def test_an_unclosed_quotation_ends_with_its_paragraph():
    text = "« Nous restons.\nLe port est calme. « Bien », dit-il."
    first, second = _find(text)
    assert not first.closed and text[slice(*first.content[0])] == "Nous restons."
    assert second.closed


def test_a_closing_mark_alone_ends_a_quotation_without_opening():
    text = "Le port est fermé. Nous attendons la marée. »"
    (quotation,) = _find(text, starts=(0, 19))
    assert not quotation.closed
    assert text[slice(*quotation.content[0])] == "Nous attendons la marée."


def test_speech_that_goes_on_after_an_incise_without_a_mark():
    text = "« Je pars », dit-il. Je reviendrai. »"
    assert _contents(text, starts=(0, 21)) == [["Je pars"], ["Je reviendrai."]]


def test_spaced_straight_marks_close():
    assert _contents('Elle note : " rien à dire ". Puis part.') == [["rien à dire"]]


def test_a_quotation_on_the_next_line_is_near():
    text = "Le dossier proclame :\n« La mer attend. »"
    quotations = _find(text)
    assert near(quotations, text, 0, 21) == [*quotations]
    assert near(quotations, text.replace(":", "."), 0, 21) == []


@given(st.text(alphabet="ab «»“”„\"'‘’「」.\n", max_size=80))
def test_whatever_the_marks_every_quotation_lies_in_the_text(text: str):
    for quotation in _find(text):
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert quotation.content == tuple(sorted(quotation.content))
        for start, end in quotation.content:
            assert quotation.start <= start < end <= quotation.end
            assert not text[start].isspace() and not text[end - 1].isspace()


def test_every_opening_mark_is_known():
    assert set("«»“”„‹›\"'‘’「」『』") <= MARKS
