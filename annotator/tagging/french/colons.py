"""French quotations after a colon that no reporting verb introduces, and in headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.model import Span

from ..names import NAME, gender
from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from .lexicon import lexicon
from .mentions import NOMINAL, mention
from .phrases import governed, speaker_noun, wordy
from .sources import by_position

POSSESSIVE = frozenset("son sa ses leur leurs".split())
OF = frozenset("de du d' des".split())


def colon(
    sentence: Sentence, quotations: Sequence[Quotation], others: Sequence[Report]
) -> list[Report]:
    """« X se tournait vers l'avenir : « Q » »: a quotation after a colon, no reporting verb.

    Where something else is reported before the colon, both have the same cue and source.
    """
    found = []
    cue_starts = {q.start for q in quotations for r in others if _covers(r, q)}
    for q in quotations:
        if q.depth or not sentence.start <= q.start < sentence.end or q.start in cue_starts:
            continue
        before = sentence.text[sentence.start : q.start].rstrip()
        if not before.endswith(":"):
            continue
        words = sentence.within(sentence.start, q.start)
        source, cue = _verbless(sentence, words)
        told = [r for r in others if r.source and r.content and r.content[-1][1] <= q.start]
        if source is None and told:
            last = max(told, key=lambda r: r.content[-1][1])
            found.append(replace(last, content=q.content, rule="quotation after a colon"))
            continue
        if source is None:
            source = _bare_speaker(sentence, words)
        if source is None:
            source = _main_subject(sentence, words)
        told_inside = any(q.holds(*r.cue[0]) for r in others if r.cue)
        if source is None and sentence.kind == "headline" and not told_inside:
            continue
        spans = (source,) if source else ()
        found.append(Report(q.content, cue, spans, "quotation after a colon"))
    return found


def headed(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """« Q » : Brac vise le titre — a headline's quotation and, behind a colon, who said it."""
    if sentence.kind != "headline":
        return []
    for q in quotations:
        colon = re.compile(r"\s*:\s*").match(sentence.text, q.end, sentence.end)
        if q.depth or colon is None or wordy(sentence, sentence.start, q.start):
            continue
        name = NAME.match(sentence.text, colon.end(), sentence.end)
        if name is not None and _person_named(sentence.text, name.group()):
            return [Report(q.content, (), (name.span(),), "quotation + colon + name")]
    return []


def _person_named(text: str, name: str) -> bool:
    """Tell whether a name, or a longer one in the article that ends with it, is a person's."""
    fuller = re.findall(rf"([A-ZÀ-Þ][\w-]+) {re.escape(name)}\b", text)
    return bool(gender(name)) or any(gender(first) for first in fuller)


def _covers(report: Report, quotation: Quotation) -> bool:
    return any(s <= quotation.content[0][0] < e for s, e in report.content)


def _verbless(sentence: Sentence, words: list[Word]) -> tuple[Span | None, tuple[Span, ...]]:
    """« Réponse de X : », « Réponse, cinglante, de X : » gives X, with the noun as cue."""
    nouns = lexicon().data["verbless"]["nouns"]
    for n, word in enumerate(words):
        if word.lower not in nouns:
            continue
        of = next((w for w in words[n + 1 :] if w.pos not in ("ADJ", "ADV", "PUNCT")), None)
        head = governed(sentence, of.end) if of is not None and of.lower in OF else None
        if head is not None and of is not None:
            return mention(sentence, head, start=of.end), ((word.start, word.end),)
        before = sentence.before(word)
        if before is not None and before.lower in POSSESSIVE:
            return (before.start, before.end), ((word.start, word.end),)
    return None, ()


def _bare_speaker(sentence: Sentence, words: list[Word]) -> Span | None:
    """« Le capitaine : « Q » »: nothing but the speaker stands before the colon.

    « Même réponse chez les pêcheurs : « Q » », « Du côté de la mairie : « Q » ».
    """
    for word in words:
        side = sentence.after(word) if word.lower == "côté" else word
        if side is not None and (word.lower == "chez" or (side is not word and side.lower in OF)):
            head = governed(sentence, side.end)
            return mention(sentence, head, start=side.end) if head is not None else None
    nominal = [w for w in words if w.pos in NOMINAL]
    if not nominal or len(words) > 12 or any(w.pos in ("VERB", "AUX") for w in words):
        return None
    head = nominal[0]
    named = head.text[:1].isupper() and bool(gender(sentence.text[head.start : words[-1].start]))
    return mention(sentence, head) if named or speaker_noun(head) else None


def _main_subject(sentence: Sentence, words: list[Word]) -> Span | None:
    subjects = [
        w for w in words
        if w.dep in ("nsubj", "nsubj:pass") and w.pos in ("NOUN", "PROPN")
        and (head := sentence.head(w)) is not None and head.start < words[-1].start
    ]  # fmt: skip
    main = [w for w in subjects if (h := sentence.head(w)) is not None and h.dep == "ROOT"]
    chosen = (main or subjects)[-1:] if subjects else []
    if chosen:
        return mention(sentence, chosen[0])
    verb = next((w for w in reversed(words) if w.has("VerbForm=Fin")), None)
    return by_position(sentence, verb) if verb is not None else None
