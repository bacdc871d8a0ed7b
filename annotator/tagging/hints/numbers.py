"""Hints on figures: without a source, summed up from attributed ones, or of something else."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .figures import Figure
from .hint import Hint
from .lists import WordList
from .places import Place, Places, shorten

LEAST = 10
"""Figures below are too common to ask for a source, unless they are tolls or hedged."""
LEAST_BARE = 100
"""The same for figures without a unit: they may be ages, pages, places."""
LEAST_TELLING = 100
"""Below, figures are equal, or three add up to a fourth, by mere chance."""
NEAREST = 32
"""How many attributed figures around one may be its addends: bounds the work in long articles."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in its place."""

    figure: Figure
    place: Place
    text: str
    """The figure as it stands in the article."""

    @property
    def by(self) -> str:
        """Who gives it, in words."""
        return shorten(self.place.speaker) or "an unnamed speaker"


def number_hints(places: Places, words: WordList, found: Sequence[Figure]) -> Iterator[Hint]:
    """Yield the hints on an article's figures, given in order."""
    own: list[Told] = []
    attributed = Attributed()
    for figure in found:
        place = places.at(figure.start)
        if place is None or figure.group in words.numbers.get("plain", ()):
            continue
        told = Told(figure, place, shorten(places.text[figure.start : figure.end]))
        if place.voice == "narrator":
            own.append(told)
        elif place.claim.attributions:
            attributed.add(told)
    for told in own:
        yield from _hints(told, words, attributed)


class Attributed:
    """The figures that somebody is said to have given, by what they count."""

    def __init__(self) -> None:
        self._groups: defaultdict[str, list[Told]] = defaultdict(list)
        self._values: dict[Decimal, list[Told]] = defaultdict(list)

    def add(self, told: Told) -> None:
        """Take one more figure, in the order of the text."""
        self._groups[told.figure.group].append(told)
        self._values[told.figure.value].append(told)

    def equal(self, figure: Figure) -> list[Told]:
        """Return the figures of the same value that may count the same things."""
        same = self._values.get(figure.value, [])
        return [one for one in same if one.figure.group in (figure.group, "")]

    def addends(self, figure: Figure) -> tuple[Told, ...]:
        """Return two or three nearby figures that add up to this one; empty if none do."""
        groups = {figure.group or "people", ""}
        near = [one for group in sorted(groups) for one in self._near(group, figure.start)]
        by_value = {one.figure.value: one for one in near if one.figure.value < figure.value}
        small = figure.value < LEAST_TELLING
        if small:
            by_value = {value: one for value, one in by_value.items() if one.figure.unit}
        parts = _parts(figure.value, by_value, 2 if small else 3)
        return tuple(sorted((by_value[one] for one in parts), key=lambda one: one.figure.start))

    def _near(self, group: str, at: int) -> Sequence[Told]:
        told = self._groups.get(group, [])
        here = bisect_left(told, at, key=lambda one: one.figure.start)
        first = max(0, min(here - NEAREST // 2, len(told) - NEAREST))
        return told[first : first + NEAREST]


def _parts(total: Decimal, values: dict[Decimal, Told], most: int) -> tuple[Decimal, ...]:
    """Return up to `most` different values that add up to a total, the larger ones first."""
    falling = sorted(values, reverse=True)
    for value in falling:
        rest = total - value
        if rest < value and rest in values:
            return value, rest
    for value in falling if most > 2 else ():
        if value * most < total:
            break
        smaller = {one: told for one, told in values.items() if one < value}
        if parts := _parts(total - value, smaller, most - 1):
            return value, *parts
    return ()


def _hints(told: Told, words: WordList, attributed: Attributed) -> Iterator[Hint]:
    figure, claims = told.figure, (told.place.claim.id,)
    span = (figure.start, figure.end)
    if not _counts(figure, words):
        return
    equal = attributed.equal(figure)
    elsewhere = f"; {equal[0].by} gives it elsewhere" if equal else ""
    reason = f'"{told.text}" in the outlet\'s own voice, without a source{elsewhere}'
    yield Hint("number_without_source", span, reason, None, claims)
    addends = () if equal or figure.group == "%" else attributed.addends(figure)
    if addends:
        sum_of = " + ".join(f'"{one.text}" ({one.by})' for one in addends)
        reason = f'"{told.text}" in the outlet\'s own voice = {sum_of}'
        yield Hint("sum_of_numbers", span, reason, None, claims)
    if changed := _changed(figure, addends or equal, bool(addends)):
        reason = (
            f'"{figure.unit}" in the outlet\'s own voice, "{changed.figure.unit}" where '
            f"{changed.by} gives {'part of ' if addends else ''}the figure"
        )
        yield Hint("unit_change", span, reason, None, claims)


def _counts(figure: Figure, words: WordList) -> bool:
    """Whether a figure is one that a reader would want a source for."""
    if figure.about or figure.scaled or figure.unit in words.numbers.get("tolls", ()):
        return True
    return figure.value >= (LEAST if figure.unit else LEAST_BARE)


def _changed(figure: Figure, sources: Sequence[Told], added: bool) -> Told | None:
    """Return a source that counts something else than the outlet does.

    Of several sources for one and the same figure none may agree; of addends one is enough.
    """
    if not (figure.unit and (added or figure.value >= LEAST_TELLING)):
        return None
    named = [one for one in sources if one.figure.unit]
    other = [one for one in named if one.figure.unit != figure.unit]
    return other[0] if other and (added or len(other) == len(named)) else None
