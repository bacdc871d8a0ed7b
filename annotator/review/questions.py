"""Which coefficients answer which question: an axis, one label of it, or marked words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from annotator.review.agreement import Company, Distance, Nominal, Pairs, masi
from annotator.review.bootstrap import Block, Formula, Items
from annotator.review.marked import SpanPairs, stretches
from annotator.review.ratings import Case, LabelSet
from annotator.scheme import Axis

PERCENT = "percent agreement"
ALPHA = "Krippendorff's alpha"
MASI_ALPHA = "Krippendorff's alpha, MASI (Passonneau 2006, 1 - J*M)"
FLEISS = "Fleiss' kappa"
AC1 = "Gwet's AC1"
POSITIVE = "positive agreement"
KAPPA = "Cohen's kappa"
F1_EXACT = "F1, same words"
F1_OVERLAP = "F1, overlapping words"
CHARACTER_ALPHA = "Krippendorff's alpha, by character"

Read = Callable[[LabelSet], Hashable]
Row = Callable[[Any], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question about a label set and the counts that answer it."""

    axis: str
    label: str | None
    """None for the whole axis."""
    block: Block
    pairs: tuple[Block, ...] = ()
    """Cohen's kappa of each pair of people, in the order of `itertools.combinations`."""


def of_axis(axis: Axis, items: Items, people: int) -> list[Asked]:
    """Return the questions of an axis: the whole of it, then each label against the rest.

    Sets of labels are compared by MASI; the coefficients that know only same and different are
    for single labels, since {a} against {a, b} is neither.
    """
    sets = _distinct(items)
    known = [label.id for label in axis.labels]
    labels = known + sorted({label for one in sets for label in one} - set(known))
    if axis.many:
        whole = Asked(axis.id, None, _sets(sets, people))
    else:
        whole = _one_value(axis.id, None, labels, _only, people)
    each = [
        _one_value(axis.id, label, _in_or_out(label), _within(label), people) for label in labels
    ]
    return [whole, *each]


def of_company(people: int) -> Block:
    """Return how often the others give the same answer as each person."""
    company = Company(people)
    formulas = (
        Formula(PERCENT, partial(company.percent, which=which), partial(company.size, which=which))
        for which in range(people)
    )
    return Block(company.row, company.width, tuple(formulas))


def of_spans(label: str | None, people: int) -> Block:
    """Return the agreement on the spans of one label, or of all (None)."""
    spans = SpanPairs(people, label)
    exact = Formula(F1_EXACT, spans.exact, spans.size)
    overlap = Formula(F1_OVERLAP, spans.overlap, spans.size)
    return Block(spans.row, spans.width, (exact, overlap))


def of_characters(label: str | None, characters: Items, people: int) -> Block:
    """Return the agreement on which characters carry one label, or which labels (None)."""
    nominal = Nominal(_distinct(characters) if label is None else _in_or_out(label), people)
    row = nominal.row if label is None else _reading(_within(label), nominal.row)
    return Block(row, nominal.width, (Formula(CHARACTER_ALPHA, nominal.alpha, nominal.size),))


def answer_items(
    cases: Sequence[Case], groups: Sequence[int], axis: Axis, people: Sequence[str]
) -> Items:
    """Count the answers on an axis by group."""
    return Counter(
        (group, case.answers(axis.id, axis.many, people))
        for case, group in zip(cases, groups, strict=True)
    )


def word_items(
    cases: Sequence[Case], groups: Sequence[int], people: Sequence[str]
) -> tuple[Items, Items]:
    """Count the marked spans by group, and the characters by who marked them as what."""
    marked: Counter[tuple[int, Any]] = Counter()
    characters: Counter[tuple[int, Any]] = Counter()
    for case, group in zip(cases, groups, strict=True):
        ratings = [case.ratings.get(person) for person in people]
        marks = tuple(None if one is None else one.spans for one in ratings)
        marked[group, marks] += 1
        for length, answers in stretches(marks, case.extent):
            characters[group, answers] += length
    return marked, characters


def _sets(sets: Sequence[LabelSet], people: int) -> Block:
    alike = Distance(sets, people, masi)
    percent = Formula(PERCENT, alike.percent, alike.size)
    alpha = Formula(MASI_ALPHA, alike.alpha, alike.size)
    return Block(alike.row, alike.width, (percent, alpha))


def _one_value(
    axis: str, label: str | None, values: Sequence[str], read: Read, people: int
) -> Asked:
    """Return a question with one value a claim: the axis's label, or a label in or out."""
    nominal = Nominal(values, people)
    formulas = [
        Formula(PERCENT, nominal.percent, nominal.size),
        Formula(ALPHA, nominal.alpha, nominal.size),
        Formula(FLEISS, nominal.fleiss, nominal.size),
        Formula(AC1, nominal.ac1, nominal.size),
    ]
    if label is not None:
        formulas.append(Formula(POSITIVE, partial(nominal.positive, value=label), nominal.size))
    pairs = Pairs(values, people)
    kappas = (
        Formula(KAPPA, partial(pairs.kappa, which=which), partial(pairs.size, which=which))
        for which in range(len(pairs.pairs))
    )
    return Asked(
        axis,
        label,
        Block(_reading(read, nominal.row), nominal.width, tuple(formulas)),
        (Block(_reading(read, pairs.row), pairs.width, tuple(kappas)),),
    )


def _in_or_out(label: str) -> tuple[str, str]:
    return label, f"no {label}"


def _within(label: str) -> Read:
    """Return how to read a label set as one label in or out."""
    inside, outside = _in_or_out(label)
    return lambda answer: inside if label in answer else outside


def _only(answer: LabelSet) -> Hashable:
    return answer[0]


def _reading(read: Read, row: Row) -> Row:
    return lambda answers: row([None if one is None else read(one) for one in answers])


def _distinct(items: Items) -> list[LabelSet]:
    """Return the label sets that occur, sorted."""
    return sorted({answer for _, answers in items for answer in answers if answer is not None})
