"""What a dataset holds, in numbers: counted from the very records that are written."""

from __future__ import annotations

from collections import Counter

from annotator.datasets.choice import SPLITS, Split
from annotator.datasets.documents import Document
from annotator.datasets.records import Record
from annotator.scheme import Scheme

Counts = dict[Split, Counter[str]]


class Tally:
    """Counts of articles, claims, answers and what they are about, split by split."""

    def __init__(self, scheme: Scheme) -> None:
        self.articles: Counter[Split] = Counter()
        self.claims: Counter[Split] = Counter()
        self.judgements: Counter[str] = Counter()
        """Who → how many."""
        self.languages = _by_split()
        """Articles by language."""
        self.outlets = _by_split()
        """Articles by outlet, "" where it is not known."""
        self.labels: dict[str, Counts] = {axis.id: _by_split() for axis in scheme.axes}
        """Axis → split → label → claims for which it is the final one."""

    def add(self, document: Document) -> None:
        """Count an article with its claims."""
        split = document.split
        self.articles[split] += 1
        self.claims[split] += len(document.claims)
        self.languages[split][document.language] += 1
        self.outlets[split][document.article.about.outlet or ""] += 1
        for claim in document.claims:
            self._add_claim(split, claim)

    def _add_claim(self, split: Split, claim: Record) -> None:
        for judgement in claim["judgements"]:
            self.judgements[judgement["reviewer"]] += 1
        for axis, final in claim["final"].items():
            value = final["value"]
            labels = value if isinstance(value, list) else [value] if value else []
            self.labels[axis][split].update(labels)


def _by_split() -> Counts:
    return {split: Counter() for split in SPLITS}
