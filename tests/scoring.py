"""Measures pre-tags against gold annotations: both as pre-tag records (dicts).

Contents match one to one, best first, where the letters and digits they cover have an
intersection over union of at least one half. A match is a *joint* hit when the source mentions
agree too: both empty, or the same overlap, or the head of one (up to the first comma, bracket,
dash, preposition or relative pronoun) lies in the head of the other and both have at most ten
words. Speakers agree when they share a name word, a capitalised one where the gold has such.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
Spans = Sequence[Sequence[int]]

ENOUGH = 0.5
HEAD_WORDS = 10
LINKING = {
    *("for", "of", "at", "from", "with", "in", "on", "by", "to", "who", "whom", "whose", "which"),
    *("de", "du", "des", "pour", "à", "au", "aux", "chez", "dans", "en", "sur", "par", "avec"),
    *("qui", "dont"),
}
BREAK = re.compile(r"[,;:()\[\]\n–—]|--|\s-\s")


@dataclass
class Ratio:
    """Hits among what was predicted and what the gold holds."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return self.hits / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        total = self.predicted + self.gold
        return 2 * self.hits / total if total else 1.0

    def add(self, hits: int, predicted: int, gold: int) -> None:
        self.hits += hits
        self.predicted += predicted
        self.gold += gold


@dataclass
class Score:
    """What one comparison of gold and predictions gives."""

    content: Ratio = field(default_factory=Ratio)
    joint: Ratio = field(default_factory=Ratio)
    kinds: dict[str, Ratio] = field(default_factory=dict)
    """Joint hits for each kind; a prediction counts for the kind of the gold it matches."""
    speaker: Ratio = field(default_factory=Ratio)
    via: Ratio = field(default_factory=Ratio)
    boundaries: Ratio = field(default_factory=Ratio)
    segments: Ratio = field(default_factory=Ratio)
    segment_kinds: Ratio = field(default_factory=Ratio)
    articles: dict[str, Ratio] = field(default_factory=dict)
    """Joint hits for each article."""


def score(golds: Iterable[Record], predictions: Iterable[Record]) -> Score:
    """Compare records of the same articles, given in the same order."""
    total = Score()
    for gold, predicted in zip(golds, predictions, strict=True):
        assert gold["text"] == predicted["text"], gold["id"]
        _score_attributions(total, gold, predicted)
        if gold.get("segments") is not None:
            _score_segments(total, gold, predicted)
    return total


def _score_attributions(total: Score, gold: Record, predicted: Record) -> None:
    text, wanted, found = gold["text"], gold["attributions"], predicted["attributions"]
    pairs = _pairs(text, wanted, found)
    joint = {
        (w, f) for w, f in pairs if sources_agree(text, wanted[w]["source"], found[f]["source"])
    }
    total.content.add(len(pairs), len(found), len(wanted))
    total.joint.add(len(joint), len(found), len(wanted))
    total.articles[gold["id"]] = Ratio(len(joint), len(found), len(wanted))
    claimed = Counter(found[f]["kind"] for f in range(len(found)) if f not in {f for _, f in pairs})
    for kind in ("direct", "indirect", "mixed"):
        matched = sum(wanted[w]["kind"] == kind for w, _ in pairs)
        hits = sum(wanted[w]["kind"] == kind for w, _ in joint)
        gold_count = sum(one["kind"] == kind for one in wanted)
        total.kinds.setdefault(kind, Ratio()).add(hits, matched + claimed[kind], gold_count)
    for role, ratio in (("speaker", total.speaker), ("via", total.via)):
        named = [(wanted[w][role], found[f].get(role)) for w, f in pairs if wanted[w].get(role)]
        ratio.add(sum(names_agree(a, b) for a, b in named), len(named), len(named))


def _pairs(text: str, wanted: list[Record], found: list[Record]) -> list[tuple[int, int]]:
    wanted_sets = [_letters(text, one["content"]) for one in wanted]
    found_sets = [_letters(text, one["content"]) for one in found]
    overlaps = sorted(
        (-_overlap(a, b), w, f)
        for w, a in enumerate(wanted_sets)
        for f, b in enumerate(found_sets)
        if _overlap(a, b) >= ENOUGH
    )
    pairs: dict[int, int] = {}
    for _, w, f in overlaps:
        if w not in pairs and f not in pairs.values():
            pairs[w] = f
    return list(pairs.items())


def _letters(text: str, spans: Spans) -> set[int]:
    covered = {at for start, end in spans for at in range(start, end)}
    letters = {at for at in covered if text[at].isalnum()}
    return letters or {at for at in covered if not text[at].isspace()}


def _overlap(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0


def sources_agree(text: str, a: Spans, b: Spans) -> bool:
    """Whether two source mentions agree by the lenient rule."""
    if not a or not b:
        return not a and not b
    if _overlap(_letters(text, a), _letters(text, b)) >= ENOUGH:
        return True
    heads = [_head(text, spans) for spans in (a, b)]
    if any(len(text[start:end].split()) > HEAD_WORDS for start, end in heads):
        return False
    small, large = sorted((_letters(text, [head]) for head in heads), key=len)
    return bool(small) and small <= large


def _head(text: str, spans: Spans) -> tuple[int, int]:
    start, end = min((s, e) for s, e in spans)
    while start < end and not text[start].isalnum():
        start += 1
    if found := BREAK.search(text, start, end):
        end = found.start()
    for word in list(re.finditer(r"\S+", text[start:end]))[1:]:
        if word[0].lower() in LINKING or re.match(r"d['’]", word[0].lower()):
            return start, start + word.start()
    return start, end


def names_agree(gold: str, predicted: str | None) -> bool:
    """Whether two resolved speakers share a name."""
    if not predicted or gold.casefold() == predicted.casefold():
        return bool(predicted)
    wanted, found = _name_words(gold), _name_words(predicted)
    proper = {word for word, capital in wanted.items() if capital}
    return bool((proper or wanted.keys()) & found.keys())


def _name_words(name: str) -> dict[str, bool]:
    words: dict[str, bool] = {}
    for n, word in enumerate(re.findall(r"[^\W_]+", name)):
        letters = unicodedata.normalize("NFKD", word.casefold())
        plain = "".join(one for one in letters if not unicodedata.combining(one))
        if len(plain) >= 3 and plain not in LINKING:
            words[plain] = words.get(plain, False) or (n > 0 and word[0].isupper())
    return words


def _score_segments(total: Score, gold: Record, predicted: Record) -> None:
    wanted, found = (
        {_trimmed(gold["text"], one): one["kind"] for one in record["segments"]}
        for record in (gold, predicted)
    )
    same = wanted.keys() & found.keys()
    total.segments.add(len(same), len(found), len(wanted))
    total.segment_kinds.add(sum(wanted[s] == found[s] for s in same), len(same), len(same))
    starts, found_starts = {start for start, _ in wanted}, {start for start, _ in found}
    total.boundaries.add(len(starts & found_starts), len(found_starts), len(starts))


def _trimmed(text: str, segment: Record) -> tuple[int, int]:
    piece = text[segment["start"] : segment["end"]]
    start = segment["start"] + len(piece) - len(piece.lstrip())
    return start, start + len(piece.strip())
