"""Figures with bootstrap intervals, all from the same resamples (Efron & Tibshirani 1993).

Whole articles are drawn with replacement, because the claims of one article depend on each
other. Counts add up, so a resample is the sum of one row of counts a group. A row is kept as one
large whole number, a field of bytes a count: adding two rows is then one addition, exact, and
fast without any library.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from operator import mul
from random import Random
from sys import byteorder
from typing import Any, Literal

from annotator.review.agreement import Counts, Undefined

Resampled = Literal["articles", "claims"]
Progress = Callable[[int, int], None]
Items = Mapping[tuple[int, Any], int]
"""(group, what is counted) → how often: what a tally counts, group by group."""

SEED = 1
RESAMPLES = 1000
LOW, HIGH = 0.025, 0.975
FIELDS: dict[int, Literal["B", "H", "I", "Q"]] = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""Bytes a field → the format by which array and memoryview hold it."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One coefficient, with what it rests on; either `value` or `reason` is given."""

    name: str
    value: float | None
    reason: str | None
    """Why there is no value."""
    units: int
    """Claims compared; characters for a coefficient over characters."""
    pairs: int
    """Pairs of judgements compared on them."""
    low: float | None = None
    """2.5th percentile of the resamples; None where there is no interval."""
    high: float | None = None
    """97.5th percentile of the resamples."""
    resampled: Resampled | None = None
    """What was drawn; None where there is no interval."""
    skipped: int = 0
    """Resamples in which the coefficient had no value; the interval is over the others."""
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class Formula:
    """A coefficient: its name, its value and its size (units, pairs) on counts."""

    name: str
    value: Callable[[Counts], float]
    """Raises Undefined."""
    size: Callable[[Counts], tuple[int, int]]

    def on(self, counts: Counts) -> Figure:
        """Return the coefficient on these counts, without an interval."""
        units, pairs = self.size(counts)
        try:
            return Figure(self.name, self.value(counts), None, units, pairs)
        except Undefined as error:
            return Figure(self.name, None, str(error), units, pairs)

    def value_on(self, counts: Counts) -> float | None:
        """Return the value on these counts, None where it is undefined."""
        try:
            return self.value(counts)
        except Undefined:
            return None


@dataclass(frozen=True, slots=True)
class Block:
    """How one thing counted becomes a row of `width` counts, and what follows from their sum."""

    row: Callable[[Any], Sequence[int]]
    width: int
    formulas: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted, group by group, and the blocks of counts made of each thing."""

    items: Items
    blocks: tuple[Block, ...]

    def formulas(self, counts: Counts) -> Iterator[tuple[Formula, Counts]]:
        """Yield every block's formulas, each with that block's part of the counts."""
        start = 0
        for block in self.blocks:
            part = counts[start : start + block.width]
            start += block.width
            for formula in block.formulas:
                yield formula, part

    def rows(self) -> dict[Hashable, list[int]]:
        """Return the row of each different thing counted; they are few where answers repeat."""
        return {
            key: [count for block in self.blocks for count in block.row(key)]
            for key in dict.fromkeys(key for _, key in self.items)
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """How to draw: how many groups of which kind, how often, from which seed."""

    groups: int
    resampled: Resampled
    warning: str | None = None
    resamples: int = RESAMPLES
    seed: int = SEED

    def figures(self, tallies: Sequence[Tally], progress: Progress | None = None) -> list[Figure]:
        """Return the figures of all tallies, in the order of their blocks and formulas.

        The same seed gives the same intervals. `progress` is called with the resamples done and
        their number, about a hundred times.
        """
        sums = [(tally, Sums(tally, self.groups)) for tally in tallies]
        everything = range(self.groups)
        figures = [
            formula.on(counts)
            for tally, summed in sums
            for formula, counts in tally.formulas(summed.over(everything))
        ]
        drawn: list[list[float]] = [[] for _ in figures]
        for draw in self._draws(progress):
            values = (
                formula.value_on(counts)
                for tally, summed in sums
                for formula, counts in tally.formulas(summed.over(draw))
            )
            for value, into in zip(values, drawn, strict=True):
                if value is not None:
                    into.append(value)
        return [self._with_interval(*one) for one in zip(figures, drawn, strict=True)]

    def _draws(self, progress: Progress | None) -> Iterator[list[int]]:
        """Yield, once a resample, as many groups as there are, drawn with replacement."""
        random = Random(self.seed)
        step = max(1, self.resamples // 100)
        for done in range(1, self.resamples + 1 if self.groups else 1):
            yield random.choices(range(self.groups), k=self.groups)
            if progress and (done % step == 0 or done == self.resamples):
                progress(done, self.resamples)

    def _with_interval(self, figure: Figure, values: list[float]) -> Figure:
        if figure.value is None or not values:
            return figure
        values.sort()
        return replace(
            figure,
            low=percentile(values, LOW),
            high=percentile(values, HIGH),
            resampled=self.resampled,
            skipped=self.resamples - len(values),
            warning=self.warning,
        )


class Sums:
    """A tally's counts summed by group: a whole number for each sum that differs."""

    def __init__(self, tally: Tally, groups: int) -> None:
        rows = tally.rows()
        self._width = sum(block.width for block in tally.blocks)
        self._size = _field_size(tally.items, rows, groups)
        numbers = {key: self._packed(row) for key, row in rows.items()}
        sums = [0] * groups
        for (group, key), times in tally.items.items():
            sums[group] += numbers[key] * times
        places: dict[int, int] = {}
        self._place = [places.setdefault(number, len(places)) for number in sums]
        self._sums = list(places)

    def over(self, groups: Iterable[int]) -> list[int]:
        """Return the counts summed over groups, each as often as it is named."""
        times = Counter(map(self._place.__getitem__, groups))
        number = sum(map(mul, map(self._sums.__getitem__, times), times.values()))
        raw = number.to_bytes(self._size * self._width, byteorder)
        if self._size in FIELDS:
            return memoryview(raw).cast(FIELDS[self._size]).tolist()
        size = self._size
        return [int.from_bytes(raw[at : at + size], byteorder) for at in range(0, len(raw), size)]

    def _packed(self, row: Counts) -> int:
        if self._size in FIELDS:
            raw = array(FIELDS[self._size], row).tobytes()
        else:
            raw = b"".join(count.to_bytes(self._size, byteorder) for count in row)
        return int.from_bytes(raw, byteorder)


def _field_size(items: Items, rows: Mapping[Hashable, Counts], groups: int) -> int:
    """Return how many bytes hold any count of any resample, were every draw the largest group."""
    weights = [0] * groups
    for (group, _), times in items.items():
        weights[group] += times
    largest = max(chain.from_iterable(rows.values()), default=0)
    most = groups * max(weights, default=0) * largest
    needed = max(1, (most.bit_length() + 7) // 8)
    return min((size for size in FIELDS if size >= needed), default=needed)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of sorted values lies, between neighbours linearly."""
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)
