"""What a dataset holds, in numbers: counted from the very records that are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from annotator.datasets.choice import SPLITS, Split
from annotator.datasets.compared import Compared
from annotator.datasets.documents import Document
from annotator.datasets.records import Record
from annotator.scheme import Scheme

Counts = dict[Split, Counter[str]]


@dataclass(slots=True)
class Period:
    """The first and the last of some moments or days, as ISO texts."""

    first: str = ""
    last: str = ""
    count: int = 0

    def add(self, moments: Sequence[str]) -> None:
        """Take moments in, of which there is at least one."""
        self.first = min(self.first or moments[0], *moments)
        self.last = max(self.last, *moments)
        self.count += len(moments)

    def __str__(self) -> str:
        """Return the days, "" where there are none."""
        first, last = self.first[:10], self.last[:10]
        return first if first == last else f"{first} to {last}"


@dataclass(slots=True)
class Decisions:
    """The settled answers."""

    period: Period = field(default_factory=Period)
    by: set[str] = field(default_factory=set)
    stale: int = 0
    contested: int = 0

    def add(self, decision: Record) -> None:
        """Count one."""
        self.period.add([decision["at"]])
        self.by.add(decision["by"])
        self.stale += decision["stale"]
        self.contested += decision["contested"]


class Tally:
    """Counts of articles, claims, answers and what they are about, split by split."""

    def __init__(self, scheme: Scheme) -> None:
        self._axes = scheme.axes
        self.articles: Counter[Split] = Counter()
        self.claims: Counter[Split] = Counter()
        self.languages = _by_split()
        """Articles by language."""
        self.outlets = _by_split()
        """Articles by outlet, "" where it is not known."""
        self.labels: dict[str, Counts] = {axis.id: _by_split() for axis in scheme.axes}
        """Axis → split → label → claims for which it is the final one."""
        self.bases: dict[str, Counter[str]] = {axis.id: Counter() for axis in scheme.axes}
        """Axis → on what the final answers rest → claims."""
        self.dates = Period()
        """Of the articles."""
        self.taggers: set[tuple[str, str]] = set()
        """(pre-tagger, model) of the current taggings; the model is "" where none was used."""
        self.people: dict[str, Period] = {}
        """Who → when they judged, and how often."""
        self.schemes: set[str] = set()
        """Versions of the scheme that claims were judged under."""
        self.overlap: Counter[int] = Counter()
        """How many answered → claims."""
        self.superseded = 0
        """Claims that the current tags no longer have."""
        self.decisions = Decisions()
        self.compared = Compared(scheme)

    @property
    def judgements(self) -> int:
        """How many judgements there are."""
        return sum(person.count for person in self.people.values())

    def add(self, document: Document) -> None:
        """Count an article with its claims."""
        split = document.split
        about, current = document.article.about, document.taggings[-1]
        self.articles[split] += 1
        self.claims[split] += len(document.claims)
        self.languages[split][document.language] += 1
        self.outlets[split][about.outlet or ""] += 1
        self.taggers.add((current.tagger, current.model or ""))
        if about.date:
            self.dates.add([about.date])
        self._add_finals(split, document.claims)
        self._add_answers(document.claims)
        self.compared.add(document.claims)

    def _add_finals(self, split: Split, claims: Sequence[Record]) -> None:
        for axis in self._axes:
            finals = [claim["final"][axis.id] for claim in claims]
            self.bases[axis.id].update([one["basis"] for one in finals])
            values = [one["value"] for one in finals if one["value"]]
            self.labels[axis.id][split].update(chain.from_iterable(values) if axis.many else values)

    def _add_answers(self, claims: Sequence[Record]) -> None:
        times: dict[str, list[str]] = {}
        for claim in claims:
            for one in claim["judgements"]:
                times.setdefault(one["reviewer"], []).append(one["at"])
            self.schemes.update([one["scheme"] for one in claim["judgements"]])
            if claim["decision"] is not None:
                self.decisions.add(claim["decision"])
        for name, moments in times.items():
            self.people.setdefault(name, Period()).add(moments)
        self.overlap.update([len(claim["judgements"]) for claim in claims])
        self.superseded += sum([claim["superseded"] for claim in claims])

    def split_lines(self) -> Iterator[str]:
        """Yield, split by split, how much is in it and the shares of languages, outlets, labels."""
        total = self.articles.total()
        for split in SPLITS:
            if not self.articles[split]:
                yield f"{split}: empty"
                continue
            share = f"{self.articles[split]} of {total} articles, {self.claims[split]} claims"
            parts = [self.languages[split], self.outlets[split]]
            parts += [labels[split] for labels in self.labels.values()]
            yield "; ".join([f"{split}: {share}", *filter(None, map(shares, parts))])


MOST_SHARES = 5


def shares(counts: Counter[str]) -> str:
    """Return shares in words, the largest first ("fr 75 %, en 25 %"), "" where there are none."""
    total = counts.total()
    ordered = counted(counts)
    told = [f"{name or 'unknown'} {count / total:.0%}" for name, count in ordered[:MOST_SHARES]]
    if len(ordered) > MOST_SHARES:
        told.append(f"{len(ordered) - MOST_SHARES} others")
    return ", ".join(told)


def counted(counts: Counter[str]) -> list[tuple[str, int]]:
    """Return counted things, the most frequent first, then by name."""
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def everywhere(counts: Counts) -> Counter[str]:
    """Return the counts of all splits together."""
    return sum(counts.values(), Counter())


def _by_split() -> Counts:
    return {split: Counter() for split in SPLITS}
