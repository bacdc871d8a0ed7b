"""Joins a reporting verb with what it takes: a clause, a quotation, or another frame."""

from __future__ import annotations

from collections.abc import Sequence

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence
from .complements import FRAMES, fronted, that
from .cues import Cue, quoted
from .extents import Content
from .quoting import ends_before, quoting
from .sources import mention, speaker

# Words that may stand before a quotation without being part of what is said.
BESIDE = ("PUNCT", "CCONJ", "SCONJ", "ADV", "INTJ", "PART")
# What a quotation ends with, inside its marks, if it is a whole sentence or clause.
CLOSING = ".,!?;"


def verbal(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """Return the report of a verb: the quotation it takes, else the first frame that fits."""
    spare = None
    if cue.takes("quote"):
        clause = _clause(sentence, cue, quotations)
        if not (clause and _reaches_out(sentence, clause, quotations)):
            report = quoting(sentence, cue, quotations)
            if report is not None and not _runs_on(sentence, report):
                return report
            spare = report
    for frame, find, rule in FRAMES:
        content = find(sentence, cue) if cue.takes(frame) else None
        if content:
            noun = speaker(sentence, cue.verb, cue.passive)
            source = mention(sentence, noun, cue.verb) if noun is not None else ()
            told = source or cue.passive
            return Report(content, cue.spans, source, rule) if told else None
    return spare


def _runs_on(sentence: Sentence, report: Report) -> bool:
    """Tell whether the clause goes on behind a quotation ("they reported "N" in the city")."""
    end = report.content[-1][1]
    after = next((w for w in sentence.words if w.start > end and w.pos != "PUNCT"), None)
    if after is None or report.cue[0][0] > end or sentence.text[end - 1] in CLOSING:
        return False
    between = sentence.text[end : after.start]
    return not any(c in between for c in ",;:.-–—()") and after.pos in ("ADP", "DET", "NOUN")


def _clause(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Content | None:
    """Return the clause a verb takes, after it or around it."""
    after = that(sentence, cue) if cue.takes("that") else None
    if after and not ends_before(sentence, cue, quotations):
        return after
    return fronted(sentence, cue) if cue.takes("fronted") else None


def _reaches_out(sentence: Sentence, content: Content, quotations: Sequence[Quotation]) -> bool:
    """Tell whether a clause is more than quotations: whether its own words begin or end it.

    A quotation that begins or ends like a sentence is one, whatever the tree says.
    """
    start, end = content[0][0], content[-1][1]
    for q in quotations:
        if q.start <= start < q.end and sentence.text[q.end - 2] in CLOSING:
            return False
        if start < q.start < end and _is_sentence(sentence, q, start, end):
            return False
    words = [w for s, e in content for w in sentence.within(s, e)]
    return any(w.pos not in BESIDE and not quoted(w, quotations) for w in words)


def _is_sentence(sentence: Sentence, q: Quotation, start: int, end: int) -> bool:
    """Tell whether a quotation inside a clause is a sentence of its own."""
    if sentence.text[start : q.start].rstrip().endswith(":"):
        return True
    first, last = sentence.text[q.content[0][0]], sentence.text[q.end - 2]
    return first.isupper() and last in ",!?" and end <= q.end <= sentence.end
