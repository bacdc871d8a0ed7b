"""Reads figures in French and English text: digits or words, their unit and what hedges them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from annotator.model import Span

from .lists import WordList
from .words import JOINTS, WORD, fold

SPACES = " \u00a0\u202f\u2009"
# The digit stands before its look-behind, because a pattern that begins with one is found faster.
DIGITS = re.compile(
    r"[0-9](?<![\w.,/:][0-9])(?:"
    rf"[0-9]{{0,2}}(?:[{SPACES}.,'’][0-9]{{3}})+(?![0-9])|[0-9]*(?:[.,][0-9]+)?)"
)
# Part of a date, a time, a score, a name ("A-12", "12-10", "3/4", "10:30").
NO_FIGURE_BEFORE = re.compile(r"[\w)][-–/:]\Z")
NO_FIGURE_AFTER = re.compile(r"[-–/:]\w|[.,]?\d")
SUFFIX = re.compile(r"[^\W\d_]+")
CURRENCIES = frozenset("€$£¥₽₴₺")
PERCENT = re.compile(rf"[{SPACES}]?(?:%|(?:pour[ -]cent|per ?cent)\b)", re.IGNORECASE)
MOST_DIGITS = 15
YEARS = range(1800, 2101)
WORDS_TO_UNIT = 3
LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text, with its unit."""

    start: int
    end: int
    """From the words that hedge it ("at least") to its unit, both included."""
    value: Decimal
    unit: str = ""
    """Folded; empty where the text gives none."""
    group: str = ""
    """What may be added up with it: "people", a symbol, or the unit itself."""
    about: bool = False
    """Whether it is hedged: "at least", "nearly"."""
    scaled: bool = False
    """Whether it is written with a scale: "two million"."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A number without its surroundings."""

    start: int
    end: int
    value: Decimal
    scaled: bool = False
    plain_digits: bool = False
    """Whether it may be a year: digits without marks and without a scale."""


def figures(
    text: str, words: WordList, starts: Iterable[Span], hedges: Sequence[Span]
) -> Iterator[Figure]:
    """Yield the figures of a text in order.

    `starts` are the places of number words and `hedges` those of phrases like "at least", both in
    order. Dates, years, times, scores, ordinals and numbers in names are no figures.
    """
    about = {end: start for start, end in hedges}
    passed = 0
    for number in _numbers(text, words, starts):
        figure = _figure(text, words, number) if number.start >= passed else None
        if figure is None:
            continue
        passed = figure.end
        hedge = about.get(_left(text, figure.start))
        yield figure if hedge is None else replace(figure, start=hedge, about=True)


def _numbers(text: str, words: WordList, starts: Iterable[Span]) -> Iterator[_Number]:
    """Yield numbers in digits and in words in the order of the text."""
    found = [*_in_digits(text, words), *_in_words(text, words, starts)]
    passed = 0
    for number in sorted(found, key=lambda n: (n.start, -n.end)):
        if number.start >= passed:
            passed = number.end
            yield number


def _in_digits(text: str, words: WordList) -> Iterator[_Number]:
    for match in DIGITS.finditer(text):
        start, end = match.span()
        if end - start > MOST_DIGITS or NO_FIGURE_BEFORE.search(text[max(0, start - 2) : start]):
            continue
        if NO_FIGURE_AFTER.match(text, end, end + 2) or _is_named(text, words, start):
            continue
        scale, scaled_end = _scale(text, words, end)
        if scale == 1 and SUFFIX.match(text, end):
            continue
        decimal = scale > 1 or not _is_grouped(match[0])
        value = _decimal(match[0]) if decimal else _whole(match[0])
        plain = match[0].isdigit() and scale == 1
        yield _Number(start, scaled_end, value * scale, scale > 1, plain)


def _is_grouped(digits: str) -> bool:
    """Whether the marks in a number part thousands, not decimals: groups of three, no leading 0."""
    head, *groups = re.split(r"[^0-9]", digits)
    return bool(groups) and all(len(one) == 3 for one in groups) and not head.startswith("0")


def _whole(digits: str) -> Decimal:
    return Decimal(re.sub(r"[^0-9]", "", digits))


def _decimal(digits: str) -> Decimal:
    """Read a number whose last full stop or comma, if any, begins the decimals."""
    plain = re.sub(rf"[{SPACES}'’]", "", digits)
    head, _, tail = plain.replace(",", ".").rpartition(".")
    return Decimal(f"{head.replace('.', '')}.{tail}" if head else tail)


def _scale(text: str, words: WordList, at: int) -> tuple[int, int]:
    """Return the scale word after a number ("million", "bn") and where it ends; 1 if none."""
    following = WORD.match(text, _right(text, at))
    if following and (scale := words.scales.get(fold(following[0]))):
        return scale, following.end()
    return 1, at


def _is_named(text: str, words: WordList, start: int) -> bool:
    """Whether the word before a number makes it a name or a date: "article 5", "May 5"."""
    before = _word_before(text, start)
    return before in words.numbers.get("named", ()) or before in words.numbers.get("months", ())


def _word_before(text: str, at: int) -> str:
    piece = text[max(0, at - LOOK_BACK) : at].rstrip(f"{SPACES}.°-")
    last = piece.replace("’", " ").replace("'", " ").split()
    return fold(last[-1]) if last else ""


def _in_words(text: str, words: WordList, starts: Iterable[Span]) -> Iterator[_Number]:
    passed = 0
    for start, _ in starts:
        if start < passed:
            continue
        value, end, count, scaled = _spelt(text, words, start)
        passed = end
        # A lone "one" is an article, a lone plural ("millions") no number at all.
        whole = not NO_FIGURE_AFTER.match(text, end, end + 2)
        if count and whole and not (count == 1 and value == 1):
            yield _Number(start, end, Decimal(value), scaled=scaled)


def _spelt(text: str, words: WordList, start: int) -> tuple[int, int, int, bool]:
    """Return value, end, number of words and scaledness of the number in words at `start`."""
    total = current = count = 0
    end, at = start, start
    scaled = False
    while word := WORD.match(text, at):
        form = fold(word[0])
        step = words.values.get(form)
        if (scale := words.scales.get(form)) and _may_stand(form, scale, current):
            total, current, scaled = total + max(1, current) * scale, 0, True
        elif (
            step is not None
            and _may_stand(form, step, current)
            and (joined := _join(current, step)) is not None
        ):
            current = joined
        elif form not in words.numbers.get("glue", ()) or not count:
            break
        if form not in words.numbers.get("glue", ()):
            count, end = count + 1, word.end()
        at = word.end() + 1
        if text[word.end() : at] not in JOINTS:
            break
    return total + current, max(end, start + 1), count, scaled


def _may_stand(form: str, value: int, current: int) -> bool:
    """Whether a number word can stand here: plurals ("cents", "millions") open no number."""
    return bool(current) or value < 10 or not form.endswith("s")


def _join(current: int, step: int) -> int | None:
    """Return the number that two number words make one after the other, None if they make none."""
    if step == 100:
        return max(1, current) * 100 if current < 100 else None
    if current % 100 == 4 and step == 20:
        return current - 4 + 80
    last = current % 100
    fits = last == 0 or (last >= 20 and last % 10 == 0 and step < 10)
    if fits or (last in (60, 80) and step < 20):
        return current + step
    return None


def _figure(text: str, words: WordList, number: _Number) -> Figure | None:
    """Return a number with its unit, None if it is a date or a year."""
    start, end = number.start, number.end
    left, right = _left(text, start), _right(text, end)
    if left and (symbol := text[left - 1]) in CURRENCIES:
        return Figure(left - 1, end, number.value, symbol, symbol, scaled=number.scaled)
    if (symbol := text[right : right + 1]) in CURRENCIES:
        return Figure(start, right + 1, number.value, symbol, symbol, scaled=number.scaled)
    if percent := PERCENT.match(text, end):
        return Figure(start, percent.end(), number.value, "%", "%", scaled=number.scaled)
    following = WORD.match(text, right)
    if following and fold(following[0]) in words.numbers.get("months", ()):
        return None
    unit, unit_end = _unit(text, words, end)
    if number.plain_digits and number.value in YEARS and _is_year(text, words, start, unit):
        return None
    group = "people" if unit in words.numbers.get("people", ()) else unit
    return Figure(start, unit_end, number.value, unit, group, scaled=number.scaled)


def _is_year(text: str, words: WordList, start: int, unit: str) -> bool:
    return not unit or _word_before(text, start) in words.numbers.get("years", ())


def _left(text: str, start: int) -> int:
    """Return where what stands before an offset ends, one space left out."""
    return start - 1 if start and text[start - 1] in SPACES else start


def _right(text: str, end: int) -> int:
    """Return where what stands after an offset begins, one space left out."""
    return end + 1 if text[end : end + 1] and text[end] in SPACES else end


def _unit(text: str, words: WordList, end: int) -> tuple[str, int]:
    """Return the unit after a number and where it ends: a word for people, else a first plural.

    Adjectives may stand before a word for people ("400 young fighters").
    """
    first: tuple[str, int] | None = None
    at, looked = end, 0
    while looked < WORDS_TO_UNIT and at < len(text) and text[at] in JOINTS:
        word = WORD.match(text, at + 1)
        if word is None or fold(word[0]) in words.numbers.get("breaks", ()):
            break
        form = fold(word[0])
        if form in words.numbers.get("people", ()):
            return form, word.end()
        if form not in words.numbers.get("skip", ()):
            first = first or ((form, word.end()) if _is_plural(form, words) else None)
            looked += 1
        at = word.end()
    return first or ("", end)


def _is_plural(form: str, words: WordList) -> bool:
    return form.endswith(("s", "x")) or form in words.numbers.get("plurals", ())
