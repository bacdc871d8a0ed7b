"""The rules of judging: pure functions from a judgement and an answer to the next judgement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotator.errors import JudgementError
from annotator.model import Judgement, Span, Voice, merge_spans
from annotator.scheme import Axis, Scheme

FRAMERS = ("outlet", "speaker", "unclear")


def answer(
    scheme: Scheme, judgement: Judgement, label_id: str, proposed: Iterable[Span] = ()
) -> Judgement:
    """Return the judgement after one label key: set on a single-valued axis, toggled on others.

    A label that rests on words takes the proposed ones with it; taking it off takes its marked
    words away. Raises JudgementError for a label that the scheme lacks.
    """
    axis = _axis(scheme, label_id)
    chosen = judgement.labels.get(axis.id, ())
    if not axis.many:
        return _with(judgement, scheme, axis.id, (label_id,))
    if label_id in chosen:
        others = tuple(one for one in chosen if one != label_id)
        return marked(_with(judgement, scheme, axis.id, others), label_id, ())
    order = [label.id for label in axis.labels if label.id in (*chosen, label_id)]
    after = _with(judgement, scheme, axis.id, order)
    return marked(after, label_id, proposed) if scheme.label(label_id).spans else after


def words(judgement: Judgement, label_id: str) -> tuple[Span, ...]:
    """Return the words marked for a label, in the order of the text."""
    return tuple(span for label, span in judgement.spans if label == label_id)


def marked(judgement: Judgement, label_id: str, spans: Iterable[Span]) -> Judgement:
    """Return the judgement with exactly these words marked for a label; what touches is joined."""
    others = [pair for pair in judgement.spans if pair[0] != label_id]
    own = [(label_id, span) for span in merge_spans(spans)]
    return replace(judgement, spans=tuple(sorted((*others, *own))))


def mark(scheme: Scheme, judgement: Judgement, label_id: str, span: Span) -> Judgement:
    """Return the judgement after words were marked for a label, which is chosen with them.

    Words that are marked already are marked no longer, with the whole stretch they belong to.
    """
    chosen = judgement.labels.get(_axis(scheme, label_id).id, ())
    if label_id not in chosen:
        return answer(scheme, judgement, label_id, (span,))
    before = words(judgement, label_id)
    without = [one for one in before if not (one[0] <= span[0] and span[1] <= one[1])]
    return marked(judgement, label_id, without if len(without) < len(before) else (*before, span))


def next_proposal(judgement: Judgement, label_id: str, proposed: Sequence[Span]) -> Judgement:
    """Return the judgement with another choice of the proposed words for a label.

    All of them, each one alone, none, and all again; words that were not proposed stay.
    """
    each = list(dict.fromkeys(proposed))
    choices = [each, *([one] for one in each if len(each) > 1), []]
    own = [one for one in words(judgement, label_id) if not _among(one, each)]
    now = [sorted(words(marked(judgement, label_id, (*own, *some)), label_id)) for some in choices]
    here = sorted(words(judgement, label_id))
    at = now.index(here) + 1 if here in now else 0
    return marked(judgement, label_id, (*own, *choices[at % len(choices)]))


def next_framer(judgement: Judgement, voice: Voice) -> Judgement:
    """Return the judgement with the next answer to whose framing it is."""
    following = FRAMERS[(FRAMERS.index(framer(judgement, voice)) + 1) % len(FRAMERS)]
    implied = framer(replace(judgement, framer=None), voice)
    return replace(judgement, framer=None if following == implied else following)


def whole_answer(scheme: Scheme, labels: Iterable[str], note: str | None = None) -> Judgement:
    """Return a judgement with exactly these labels; two on a single-valued axis are an error."""
    judgement = Judgement(note=note, scheme=scheme.version)
    for label_id in dict.fromkeys(labels):
        axis = _axis(scheme, label_id)
        if not axis.many and axis.id in judgement.labels:
            first = judgement.labels[axis.id][0]
            raise JudgementError(f"{first!r} and {label_id!r} exclude each other ({axis.name})")
        judgement = answer(scheme, judgement, label_id)
    return judgement


def is_empty(judgement: Judgement) -> bool:
    """Whether a judgement says nothing at all, so that its claim is as good as unseen."""
    said = (judgement.labels, judgement.spans, judgement.unsure, judgement.framer)
    added = (judgement.target, judgement.note, judgement.evidence)
    return not any((*said, *added))


def words_missing(scheme: Scheme, judgement: Judgement) -> list[str]:
    """Return the chosen labels that rest on words of which none is marked yet."""
    marked = {label for label, _ in judgement.spans}
    return [
        label.id
        for label in scheme.labels
        if label.spans
        and label.id not in marked
        and any(label.id in chosen for chosen in judgement.labels.values())
    ]


def evidence_missing(scheme: Scheme, judgement: Judgement) -> list[str]:
    """Return the chosen labels that rest on evidence, where none is named yet."""
    chosen = {label for labels in judgement.labels.values() for label in labels}
    wanted = [label.id for label in scheme.labels if label.evidence and label.id in chosen]
    return [] if judgement.evidence else wanted


def framer(judgement: Judgement, voice: Voice) -> str:
    """Return whose framing a loaded word is: the reviewer's choice, else what the voice implies.

    A word in a quotation or a post is the speaker's, in the narrator's voice the outlet's; in
    indirect speech nobody can tell whose word it is.
    """
    if judgement.framer in FRAMERS:
        return judgement.framer
    return {"narrator": "outlet", "direct": "speaker", "post": "speaker"}.get(voice, "unclear")


def _among(span: Span, proposed: Sequence[Span]) -> bool:
    """Whether a marked stretch is made of proposed words alone, joined where they touch."""
    return span in merge_spans(one for one in proposed if span[0] <= one[0] and one[1] <= span[1])


def _axis(scheme: Scheme, label_id: str) -> Axis:
    try:
        return scheme.axis_of(label_id)
    except KeyError:
        known = ", ".join(label.id for label in scheme.labels)
        raise JudgementError(f"unknown label {label_id!r}; known: {known}") from None


def _with(judgement: Judgement, scheme: Scheme, axis_id: str, chosen: Iterable[str]) -> Judgement:
    labels = {**judgement.labels, axis_id: tuple(chosen)}
    kept = {axis: values for axis, values in labels.items() if values}
    return replace(judgement, labels=kept, scheme=scheme.version)
