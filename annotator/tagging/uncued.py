"""Quotations that no reporting words introduce: speech that goes on, headlines, or loan words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.model import Segment

from .drafts import Draft
from .names import fold
from .places import crossed
from .quotations import MARKS, Quotation

# Inside another sentence a quotation without cue is speech from so many words on, else a loan word.
LONG = 7
# Where nobody looked for cues, and in a headline, fewer words do.
SHORT = 3
# A speaker is named in so many characters between two parts of a quotation.
INCISE = 120
AND = re.compile(r"[\s»”\"',]*(?:et|ou|and|or)\s+(?:(?:à|de|des|que|to|that)\s+|d['’]|qu['’])?")
# Signs of Chinese, Japanese or Thai, which are written without spaces, count as half a word each.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def uncued(
    text: str,
    segments: Sequence[Segment],
    quotations: Sequence[Quotation],
    drafts: Sequence[Draft],
    parsed: bool,
) -> list[Draft]:
    """Return drafts for the outermost quotations that no other draft has taken."""
    taken = {i for d in drafts for s, e in d.content for i in range(s, e)}
    found: list[Draft] = []
    for q in quotations:
        inside = [i for s, e in q.content for i in range(s, e) if text[i].isalnum()]
        own = crossed(segments, q.start, q.end)
        if q.depth or not own or own[0].kind in ("byline", "other"):
            continue
        if inside and sum(i in taken for i in inside) * 2 <= len(inside):
            draft = _speech(text, own, q, drafts, parsed)
            found += [draft] if draft else []
    return found


def resumed(text: str, quotations: Sequence[Quotation], drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, those that a further quotation continues in the same breath with it.

    « vouloir « partir », et « ne plus revenir » », « « Q », dit-il. Q » » (no mark opens again).
    """
    taken = {i for d in drafts for s, e in d.content for i in range(s, e)}
    found = list(drafts)
    for q in quotations:
        if q.depth or any(i in taken for s, e in q.content for i in range(s, e)):
            continue
        for n, draft in enumerate(found):
            if draft.kind == "direct" and draft.cue and _goes_on(text, draft, q):
                found[n] = replace(draft, content=(*draft.content, *q.content))
                break
    return found


def _goes_on(text: str, draft: Draft, q: Quotation) -> bool:
    if not draft.end < q.start < draft.end + INCISE:
        return False
    between = text[draft.end : q.start]
    if text[q.start] not in MARKS:
        return "\n" not in between
    return AND.fullmatch(between) is not None


def _speech(
    text: str, own: Sequence[Segment], q: Quotation, drafts: Sequence[Draft], parsed: bool
) -> Draft | None:
    """Return a quotation's draft if it is somebody's speech; 'Few Words' alone are a subhead."""
    before, after = text[own[0].start : q.start], text[q.end : own[-1].end]
    size = _words(text, q)
    alone = not any(c.isalnum() for c in before + after)
    if alone and text[q.start] in "'‘" and size < LONG:
        return None
    if alone:
        return Draft(
            q.content, "direct", (), (), "quotation that stands by itself", form="continuation"
        )
    if own[0].kind == "headline":
        return _headline(text, own[0], q, drafts, size)
    if size >= LONG or (not parsed and size >= SHORT):
        rule = "quotation inside a sentence, without a cue"
        return Draft(q.content, "direct", (), (), rule, form="continuation" if parsed else "report")
    return None


def _headline(
    text: str, segment: Segment, q: Quotation, drafts: Sequence[Draft], size: float
) -> Draft | None:
    """A headline's quotation is speech if it opens the line, follows a colon or comes again."""
    twin = _twin(text, q, drafts)
    before = text[segment.start : q.start].strip()
    if size >= SHORT and (not before or before.endswith((":", "-", "–", "—"))):
        return Draft(
            q.content, "direct", (), (), "quotation in a headline", form="headline", twin=twin
        )
    if twin is None:
        return None
    span = (segment.start, segment.end)
    rule = "headline with words quoted below"
    return Draft((span,), "mixed", (), (), rule, form="headline", twin=twin)


def _twin(text: str, q: Quotation, drafts: Sequence[Draft]) -> Draft | None:
    """Return the draft below whose content has the same words."""
    words = _bag(text[q.content[0][0] : q.content[-1][1]])
    if len(words) < 2:
        return None
    for draft in drafts:
        said = set().union(*(_bag(text[s:e]) for s, e in draft.content))
        if (
            draft.start > q.end
            and len(words & said) >= 0.75 * len(words)
            and draft.kind != "indirect"
        ):
            return draft
    return None


def _bag(text: str) -> set[str]:
    return {w for w in re.findall(r"\w+", fold(text)) if len(w) > 2}


def _words(text: str, q: Quotation) -> float:
    content = " ".join(text[s:e] for s, e in q.content)
    return len(content.split()) + len(UNSPACED.findall(content)) / 2
