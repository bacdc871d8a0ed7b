"""Acts in words, for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from annotator.model import Judgement
from annotator.review.history import Act
from annotator.scheme import Scheme
from annotator.store.codec import read_body

WORDS = {
    "decide": "settled", "send_back": "sent back", "correct": "corrected the tags",
    "skip": "skipped for later", "flag": "flagged", "undo": "took back or put back",
    "assign": "handed out articles", "scheme": "changed the labels", "meta": "about the article",
    "retag": "made other tags current", "person": "about a person",
}  # fmt: skip
TAKEN_OFF = {
    "judge": "withdrew the judgement", "decide": "reopened", "skip": "skipped no longer",
    "flag": "took the flag off",
}  # fmt: skip
TAGS = {
    "speaker": "speaker", "speaker_type": "type of speaker", "via": "relayed by",
    "kind": "kind of report",
}  # fmt: skip
SPANS = {"content": "words", "cue": "cue", "source": "source"}

Who = Callable[[str], str]
"""A reviewer's name → what is shown for it."""


def told(act: Act, scheme: Scheme, who: Who = lambda name: name) -> str:
    """Return what somebody did, without their name."""
    kind, body = act.event.kind, read_body(act.event.body)
    if not body and kind in TAKEN_OFF:
        return TAKEN_OFF[kind]
    parts = [WORDS[kind]] if kind in WORDS else []
    if act.judgement is not None:
        parts += _said(act.judgement, scheme)
        parts += _settled(body) if kind == "decide" else []
    elif kind == "send_back":
        parts[0] += f" to {who(str(body.get('to')))}"
        parts += [act.note] if act.note else []
    elif kind == "correct":
        parts += _corrected(body)
    elif act.note:
        parts.append(act.note)
    return ", ".join(parts)


def answer_told(judgement: Judgement | None, scheme: Scheme) -> str:
    """Return how an answer stands now."""
    if judgement is None:
        return "no answer now"
    return f"the answer is {', '.join(_said(judgement, scheme))}"


def _said(judgement: Judgement, scheme: Scheme) -> Iterator[str]:
    """Yield what a judgement says, part by part."""
    for chosen in judgement.labels.values():
        yield scheme.named(chosen)
    if not judgement.labels:
        yield "no label"
    if judgement.spans:
        yield f"{len(judgement.spans)} marked stretch{'es' if len(judgement.spans) > 1 else ''}"
    if judgement.unsure:
        yield "unsure"
    for name in ("framer", "target", "note"):
        if value := getattr(judgement, name):
            yield f"{name}: {value}"
    if judgement.evidence:
        evidence = (
            f"{one.value} (as of {one.as_of})" if one.as_of else one.value
            for one in judgement.evidence
        )  # fmt: skip
        yield f"evidence: {'; '.join(evidence)}"


def _settled(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a decision says besides its answer."""
    if "speaker" in body:
        yield f"speaker: {body['speaker'] or 'nobody known'}"
    if "kind" in body:
        yield f"kind of report: {body['kind']}"
    if "reason" in body:
        yield f"reason: {str(body['reason']).replace('_', ' ')}"
    seen = len(body.get("judgements", ()))
    yield f"from {seen} judgement{'s' * (seen != 1)}"


def _corrected(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a correction changes."""
    was, now = body.get("was"), body.get("now")
    if "now" not in body:
        yield "as the machine has it"
    elif isinstance(now, bool):
        yield "divided the sentence" if now else "joined two sentences"
    elif now is None:
        yield "nobody says this"
    elif not isinstance(was, dict):
        yield f"added: {now.get('speaker') or 'nobody known'}, {now.get('kind')}"
    else:
        for name, words in TAGS.items():
            if was.get(name) != now.get(name):
                yield f"{words}: {now.get(name) or 'nobody'} (was {was.get(name) or 'nobody'})"
        yield from (words for name, words in SPANS.items() if was.get(name) != now.get(name))
