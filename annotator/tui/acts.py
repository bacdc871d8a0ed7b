"""What was done about a claim, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.content import Content

from annotator.model import Judgement
from annotator.scheme import Scheme
from annotator.store.codec import read_body
from annotator.tui.keys import Keymap, sign
from annotator.tui.wrap import broken, shown

if TYPE_CHECKING:
    from annotator.review.history import Act

NO_ACTS = "Nothing was done here yet: {keys} judge the claim."
WORDS = {
    "decide": "settled", "send_back": "sent back", "correct": "corrected the tags",
    "skip": "skipped for later", "flag": "flagged",
}  # fmt: skip
TAKEN_OFF = {
    "judge": "withdrew the judgement", "decide": "reopened", "skip": "skipped no longer",
    "flag": "took the flag off",
}  # fmt: skip
MARGIN = "  "


def history_lines(acts: Sequence[Act], scheme: Scheme, keymap: Keymap, width: int) -> list[Content]:
    """Return when, who and what for each act, the newest first."""
    if not acts:
        keys = " ".join(sign(one.keys[0]) for one in keymap.actions if one.footer == "judge")
        return [Content(line) for line in broken(NO_ACTS.format(keys=keys), width)]
    return [line for act in acts for line in _lines(act, scheme, width)]


def _lines(act: Act, scheme: Scheme, width: int) -> Iterator[Content]:
    undone = "  (taken back)" if act.undone else ""
    heading = f"{_local(act.event.at)}  {act.event.actor}{undone}"
    yield from (Content.styled(line, "bold") for line in broken(heading, width))
    for line in broken(_what(act, scheme), max(1, width - len(MARGIN))):
        yield Content.styled(MARGIN + line, "$quiet" if act.undone else "")


def _local(at: str) -> str:
    """Return a time of the log as a clock on the wall shows it."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return shown(at)


def _what(act: Act, scheme: Scheme) -> str:
    kind = act.event.kind
    if act.event.body == "{}" and kind in TAKEN_OFF:
        return TAKEN_OFF[kind]
    parts = [WORDS[kind]] if kind in WORDS else []
    if kind == "correct":
        parts += _corrected(read_body(act.event.body))
    if act.judgement is not None:
        parts += _said(act.judgement, scheme)
    elif act.note:
        parts.append(act.note)
    return ", ".join(parts)


def _corrected(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a correction made of the tags."""
    now = body.get("now")
    if "now" not in body:
        yield "as the machine has it"
    elif isinstance(now, bool):
        yield "divided the sentence" if now else "joined two sentences"
    elif isinstance(now, dict):
        yield f"{now.get('speaker') or 'nobody known'}, {now.get('kind')}"
    else:
        yield "removed one"


def _said(judgement: Judgement, scheme: Scheme) -> Iterator[str]:
    """Yield what a judgement says, part by part."""
    names = {label.id: label.name for label in scheme.labels}
    for chosen in judgement.labels.values():
        yield from (names.get(label, label) for label in chosen)
    if judgement.spans:
        yield f"{len(judgement.spans)} marked stretch{'es' if len(judgement.spans) > 1 else ''}"
    if judgement.unsure:
        yield "unsure"
    for name in ("framer", "target", "note"):
        if value := getattr(judgement, name):
            yield f"{name}: {value}"
    if judgement.evidence:
        yield f"evidence: {'; '.join(one.value for one in judgement.evidence)}"
