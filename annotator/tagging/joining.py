"""Joins quotations that go on without a cue to the attribution before them in the paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.model import AttributionKind

from .drafts import Draft


def joined(text: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts in text order, those that only go on added to the one before them.

    `"Q1," she said. "Q2."` is one attribution; a new paragraph begins another.
    A headline that only repeats words quoted below is none.
    """
    found: list[Draft] = []
    for draft in drafts:
        if draft.form == "headline" and draft.kind == "mixed":
            continue
        before = _before(text, found, draft) if draft.form == "continuation" else None
        if before is None:
            found.append(draft)
            continue
        kind: AttributionKind = "direct" if before.kind == "direct" else "mixed"
        content = before.content + draft.content
        found[found.index(before)] = replace(before, content=content, kind=kind)
    return found


def _before(text: str, found: Sequence[Draft], draft: Draft) -> Draft | None:
    """Return the last quotation in the paragraph before a draft, else the last draft there."""
    near = [d for d in found if "\n" not in text[d.end : draft.start]]
    quoted = [d for d in near if d.kind != "indirect"]
    return max(quoted or near, key=lambda d: d.end, default=None)
