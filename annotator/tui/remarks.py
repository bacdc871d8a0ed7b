"""What there is to say of a claim besides its facts and labels: hints, notes, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.model import Attribution, Claim, Evidence, Judgement
from annotator.review import judging
from annotator.scheme import Axis, Label, Scheme
from annotator.tui.corrected import in_words, quoted
from annotator.tui.page import Page

if TYPE_CHECKING:
    from annotator.review.sending import SentBack
    from annotator.tagging.hints import Hint


WordsOf = Callable[[str], str | None]
"""The id of a claim → its words; None where there is no such claim."""


def _no_words(claim_id: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of one claim."""

    page: Page
    claim: Claim
    judgement: Judgement | None
    hints: tuple[Hint, ...] = ()
    skipped: str | None = None
    """The note with which it was skipped; None where it was not."""
    flagged: str | None = None
    """The comment with which it was flagged; None where it was not."""
    sent_back: tuple[SentBack, ...] = ()
    """What colleagues ask to have looked at again."""
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    """Claim id → what the reviewer said of the article's claims."""
    elsewhere: WordsOf = _no_words
    """Claim of another article → its words."""
    colleagues: Mapping[str, Judgement] = field(default_factory=dict)
    """Name → what others said of the claim, as far as the reviewer may see it."""

    @property
    def attribution(self) -> Attribution | None:
        """The innermost attribution of the claim; None in the narrator's voice."""
        claim = self.claim
        return self.page.tagging.attributions[claim.attributions[0]] if claim.attributions else None

    def has(self, axis: Axis, label: Label) -> bool:
        """Whether a label is chosen."""
        return self.judgement is not None and label.id in self.judgement.labels.get(axis.id, ())


@dataclass(frozen=True, slots=True)
class Remark:
    """A name and a text; `hint_id` where it is a hint whose words can be marked."""

    name: str
    text: str
    hint_id: str | None = None


def remarks(view: View, scheme: Scheme) -> list[Remark]:
    """Return the remarks on a claim: what is missing, corrections, then hints, what was added."""
    judgement = view.judgement or Judgement()
    found = []
    if missing := _missing(scheme, judgement):
        found.append(Remark("missing", missing))
    for one in view.sent_back:
        found.append(Remark("again", f"{one.by} asks you to look again. {one.note}".strip()))
    found += [Remark(name, text) for name, text in _corrected(view, scheme)]
    found += [
        Remark("others" if number == 0 else "", f"{name}: {_said(view, scheme, one)}")
        for number, (name, one) in enumerate(sorted(view.colleagues.items()))
    ]
    if view.skipped is not None:
        found.append(Remark("skipped", view.skipped or "for later"))
    if view.flagged is not None:
        found.append(Remark("flagged", view.flagged or "without a comment"))
    found += [Remark("hint", one.reason, _taken(one, scheme)) for one in view.hints]
    return found + [Remark(name, text) for name, text in _added(view, scheme, judgement)]


def _corrected(view: View, scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield what the reviewer corrected here, and what that did to their answers."""
    page, claim = view.page, view.claim
    if claim.id in page.superseded:
        yield "again", "superseded: the tags have no such claim any more"
    for one in page.corrections.by_claim.get(claim.id, ()):
        yield "yours", in_words(page.text, one)
    for old in page.superseded.values():
        if claim in old.successors:
            words = quoted(page.text, [(old.claim.start, old.claim.end)])
            yield "before", f"{_answer(view, old.claim.id, scheme)}: {words} (superseded)"


def _answer(view: View, claim_id: str, scheme: Scheme) -> str:
    """Return the labels given to another claim, in words."""
    given = view.judgements.get(claim_id, Judgement()).labels.values()
    return ", ".join(_name(scheme, label) for chosen in given for label in chosen) or "begun"


def _said(view: View, scheme: Scheme, judgement: Judgement) -> str:
    """Return a colleague's answer in a line: its labels, the words they rest on, what is added."""
    names = [scheme.named(judgement.labels.get(axis.id, ())) for axis in scheme.axes]
    words = [f"« {view.page.text[start:end]} »" for _, (start, end) in judgement.spans]
    parts = [*names, *words, "unsure" if judgement.unsure else "", judgement.note or ""]
    return ", ".join(filter(None, parts)) or "no label"


def _missing(scheme: Scheme, judgement: Judgement) -> str:
    names = ", ".join(
        scheme.label(label).name for label in judging.words_missing(scheme, judgement)
    )
    parts = [f"words ({names})"] if names else []
    return ", ".join(parts + ["evidence"] * bool(judging.evidence_missing(scheme, judgement)))


def _taken(hint: Hint, scheme: Scheme) -> str | None:
    return hint.id if hint.label in {label.id for label in scheme.labels if label.spans} else None


def _added(view: View, scheme: Scheme, judgement: Judgement) -> Iterator[tuple[str, str]]:
    rests_on_words = {label.id for label in scheme.labels if label.spans}
    if judgement.framer or any(rests_on_words & {*chosen} for chosen in judgement.labels.values()):
        yield "framing", _framing(view, judgement)
    for label, (start, end) in judgement.spans:
        yield "words", f"{view.page.text[start:end]} ({_name(scheme, label)})"
    if judgement.target:
        yield "target", judgement.target
    for evidence in judgement.evidence:
        yield "evidence", evidence_line(view.page, evidence, view.elsewhere)
    if judgement.note:
        yield "note", judgement.note


def evidence_line(page: Page, evidence: Evidence, elsewhere: WordsOf = _no_words) -> str:
    """Return evidence in one line; a claim by its words, where it is known."""
    value = evidence.value
    if evidence.kind == "claim":
        if value in page.walk:
            claim = page.walk.claim(value)
            words: str | None = page.text[claim.start : claim.end]
        else:
            words = elsewhere(value)
        value = f"claim {value[:8]}" if words is None else f"« {' '.join(words.split())} »"
    return f"{value} (as of {evidence.as_of})" if evidence.as_of else value


def _framing(view: View, judgement: Judgement) -> str:
    whose = judging.framer(judgement, view.claim.voice)
    speaker = view.attribution.speaker if view.attribution else None
    name = f"the speaker ({speaker})" if whose == "speaker" and speaker else whose
    return f"{name}, {'as chosen' if judgement.framer else 'by the voice'}"


def _name(scheme: Scheme, label_id: str) -> str:
    try:
        return scheme.label(label_id).name
    except KeyError:  # marked under a scheme that had more labels
        return label_id
