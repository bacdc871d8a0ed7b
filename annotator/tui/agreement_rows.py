"""The report on agreement as lines, some of which lead to claims or to an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotator.review.bootstrap import Figure
from annotator.review.collecting import Collected
from annotator.review.confusion import Confusion
from annotator.review.report import Line, Question, Report
from annotator.scheme import Scheme

NAME = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report."""

    text: str
    heading: bool = False
    claims: tuple[str, ...] = ()
    """The claims behind it."""
    title: str = ""
    """What these claims have in common."""
    article_id: str | None = None
    """The article it is about."""

    @property
    def opens(self) -> bool:
        """Whether it leads anywhere."""
        return bool(self.claims or self.article_id)


def rows(
    report: Report, collected: Collected, scheme: Scheme, titles: Mapping[str, str]
) -> list[Row]:
    """Return the report line by line; `titles` are those of its articles."""
    names = {label.id: label.name for label in scheme.labels}
    names |= {axis.id: axis.name for axis in scheme.axes}
    found = [*_about(report, collected)]
    for question in (*report.questions, *report.words):
        found += [Row(""), *_question(question, names)]
    found += _section("Confused with each other", _confusions(report.confusions, names))
    found += _section("Speakers, against the decisions", _lines(report.speakers, names, {}))
    found += _section("Each reviewer with all the others", _lines(report.by_reviewer, names, {}))
    return found + _section("By article", _lines(report.by_article, names, titles))


def figure_text(name: str, figure: Figure) -> str:
    """Return one coefficient with its interval and what it rests on; why, where it is undefined."""
    size = f"{figure.units} units, {figure.pairs} pairs"
    if figure.value is None:
        return f"  {name:<{NAME}} undefined: {figure.reason}  ({size})"
    interval = ""
    if figure.low is not None and figure.high is not None:
        interval = f"[{figure.low:.3f}, {figure.high:.3f}]"
    return f"  {name:<{NAME}} {figure.value:>6.3f}  {interval:<17} {size}"


def _about(report: Report, collected: Collected) -> Iterator[Row]:
    people = ", ".join(report.reviewers) or "nobody"
    yield Row(f"{report.claims} claims of {report.articles} articles judged by two or more", True)
    yield Row(f"reviewers: {people}")
    yield Row(
        f"left out: {report.single} judged by one person only, {collected.begun} begun,"
        f" {collected.superseded} on superseded claims"
    )
    if collected.hidden:
        yield Row("colleagues' answers on claims you have not judged are hidden and not counted")
    yield Row(f"intervals: 95 %, {report.resamples} resamples, seed {report.seed}")
    figures = [one for question in report.questions for one in question.figures]
    for warning in dict.fromkeys(one.warning for one in figures if one.warning):
        yield Row(warning)


def _question(question: Question, names: Mapping[str, str]) -> Iterator[Row]:
    what = question.label or question.axis
    name = names.get(what, what) if what else "all labels"
    yield Row(name if question.axis else f"Marked words: {name}", True)
    for figure in question.figures:
        yield Row(figure_text(figure.name, figure))
    for first, second, figure in question.pairs:
        yield Row(figure_text(f"κ {first} and {second}", figure))
    if question.expected:
        one = question.expected
        yield Row(f"  to expect: {one.coefficient} {one.low:.2f} to {one.high:.2f} ({one.source})")


def _confusions(found: Iterable[Confusion], names: Mapping[str, str]) -> Iterator[Row]:
    for one in found:
        first = names.get(one.first, one.first)
        second = names.get(one.second, one.second) if one.second else "none"
        title = f"{first} / {second}"
        count = f"{len(one.claims)} claim{'s' * (len(one.claims) != 1)}"
        yield Row(f"  {title:<{NAME}} {count}", claims=one.claims, title=title)


def _lines(
    lines: Iterable[Line], names: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Row]:
    for line in lines:
        subject = titles.get(line.subject, line.subject)[: NAME - 10]
        axis = f", {names.get(line.axis, line.axis)}" if line.axis else ""
        article_id = line.subject if line.subject in titles else None
        for figure in line.figures[:1]:
            yield Row(figure_text(f"{subject}{axis}", figure), article_id=article_id)


def _section(heading: str, found: Iterable[Row]) -> list[Row]:
    some = list(found)
    return [Row(""), Row(heading, True), *some] if some else []
