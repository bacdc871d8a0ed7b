"""How each reviewer works: pace, labels, doubt, and how often they said what was settled.

To learn from and never to rank by: one's own figures come first, then the others by name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from annotator.review.deciding import letter, shuffled, standing
from annotator.review.rows import Row, counted, share
from annotator.scheme import Axis, Scheme

if TYPE_CHECKING:
    from annotator.store import DecisionRow, JudgementRow, Project

Progress = Callable[[int, int], None]

NAME = 10
NONE = ""
"""Counted where none of an axis's labels was given."""


@dataclass(slots=True)
class Person:
    """The figures of one reviewer, over finished judgements on claims that are still there."""

    name: str
    judged: int = 0
    unsure: int = 0
    begun: int = 0
    """Judgements that lack an answer; they count for nothing else."""
    seconds: list[int] = field(default_factory=list)
    """Active seconds of each judgement whose time is known."""
    labels: dict[str, Counter[str]] = field(default_factory=dict)
    """Axis id → how often each label was given; under `NONE`, how often none of them."""
    settled: int = 0
    """Judged claims with a decision that holds."""
    agreeing: Counter[str] = field(default_factory=Counter)
    """Axis id → how many of these were settled on the labels they gave."""

    @property
    def pace(self) -> float | None:
        """Median of the active seconds a claim; None where no time is known."""
        return median(self.seconds) if self.seconds else None

    def figures(self) -> dict[str, object]:
        """Return the figures as JSON fields."""
        return {
            "name": self.name,
            "judged": self.judged,
            "begun": self.begun,
            "unsure": self.unsure,
            "seconds": {"median": self.pace, "sum": sum(self.seconds), "timed": len(self.seconds)},
            "labels": {
                axis: {label: n for label, n in sorted(counts.items()) if label != NONE}
                for axis, counts in self.labels.items()
            },
            "none": {axis: counts[NONE] for axis, counts in self.labels.items()},
            "settled": self.settled,
            "as_settled": dict(self.agreeing),
        }


def people(
    project: Project, reviewer: str, progress: Progress = lambda done, total: None
) -> list[Person]:
    """Return everybody's figures as far as the reviewer may see them, their own first."""
    scheme = project.scheme()
    found: dict[str, Person] = {}
    articles = list(project.article_ids())
    for number, article_id in enumerate(articles, 1):
        gone = {one.claim.id for one in project.known_claims(article_id) if one.superseded}
        decisions = project.decisions(article_id)
        everybodys = project.all_judgements(article_id) if decisions else {}
        for claim_id, rows in project.visible_judgements(article_id, reviewer).items():
            if claim_id not in gone:
                current = {row.event_id for row in everybodys.get(claim_id, {}).values()}
                decision = decisions.get(claim_id)
                holds = decision if standing(decision, current) == "decided" else None
                _count(found, scheme, rows, holds)
        progress(number, len(articles))
    return sorted(found.values(), key=lambda one: (one.name != reviewer, one.name))


def _count(
    found: dict[str, Person],
    scheme: Scheme,
    rows: Mapping[str, JudgementRow],
    decision: DecisionRow | None,
) -> None:
    """Count the judgements on one claim."""
    for name, row in rows.items():
        person, judgement = found.setdefault(name, Person(name)), row.judgement
        if not scheme.finished(judgement):
            person.begun += 1
            continue
        person.judged += 1
        person.unsure += judgement.unsure
        person.seconds += [judgement.seconds] * (judgement.seconds > 0)
        person.settled += decision is not None
        for axis in scheme.axes:
            given = judgement.labels.get(axis.id, ())
            person.labels.setdefault(axis.id, Counter()).update(given or (NONE,))
            final = () if decision is None else decision.answer.labels.get(axis.id, ())
            person.agreeing[axis.id] += decision is not None and set(given) == set(final)


# --- in words -----------------------------------------------------------------------------------


def people_rows(
    found: list[Person], scheme: Scheme, reviewer: str, hidden: bool, names: bool
) -> list[Row]:
    """Return the figures line by line; without `names`, colleagues are letters in no order.

    `hidden` says that colleagues' answers may be left out because one has not judged yet.
    """
    rows = [Row("How each works: to learn from, not to rank by", True)]
    if hidden:
        rows.append(Row("of colleagues' answers, those on claims that you have judged yourself"))
    if not found:
        return [*rows, Row("Nobody has judged a claim yet.")]
    by_name = {one.name: one for one in found}
    shown = {name: name for name in by_name if names or name == reviewer}
    hidden_names = shuffled("people", by_name.keys() - shown)
    shown |= {name: letter(place) for place, name in enumerate(hidden_names)}
    for name, heading in shown.items():
        rows += [Row(""), Row(heading, True), *_person(by_name[name], scheme)]
    return rows


def _person(one: Person, scheme: Scheme) -> Iterator[Row]:
    begun = f", {one.begun} begun" if one.begun else ""
    unsure = f"unsure of {one.unsure} ({share(one.unsure, one.judged)})"
    yield _line("judged", f"{counted(one.judged, 'claim')}{begun}; {unsure}")
    if one.pace is None:
        yield _line("pace", "not known: no judgement was timed")
    else:
        rest = f"median of {len(one.seconds)}, {round(sum(one.seconds) / 60)} min in all"
        yield _line("pace", f"{one.pace:g} s a claim ({rest})")
    for axis in scheme.axes:
        counts = one.labels.get(axis.id, Counter())
        given = (f"{label.name} {share(counts[label.id], one.judged)}" for label in axis.labels)
        yield _line(axis.name, "  ".join([*given, *_rest(axis, counts, one.judged)]))
    if one.settled:
        same = (
            f"{axis.name} {one.agreeing[axis.id]} ({share(one.agreeing[axis.id], one.settled)})"
            for axis in scheme.axes
        )
        yield _line("as settled", f"of {counted(one.settled, 'claim')}: {', '.join(same)}")
    else:
        yield _line("as settled", "undefined: none of these claims is settled")


def _rest(axis: Axis, counts: Counter[str], judged: int) -> Iterator[str]:
    """Yield the shares of none, and of labels that the scheme does not have any more."""
    known = {label.id for label in axis.labels}
    for label in sorted(counts.keys() - known):
        yield f"{label or 'none'} {share(counts[label], judged)}"


def _line(name: str, text: str) -> Row:
    return Row(f"  {name:<{NAME}} {text}")
