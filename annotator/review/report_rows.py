"""The report on agreement line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from annotator.review import questions
from annotator.review.bootstrap import Figure
from annotator.review.collecting import Collected
from annotator.review.confusion import Confusion
from annotator.review.expected import GENERAL, RANGES, Expected
from annotator.review.report import Line, Question, Report
from annotator.review.rows import Row, counted, section, short
from annotator.scheme import Scheme

NAME = 26
"""Characters of the column with the names of figures, people and articles."""
SHORT = {
    questions.MASI_ALPHA: "Krippendorff's alpha, MASI",
    questions.CHARACTER_ALPHA: "alpha, by character",
}
MASI = "MASI as in Passonneau 2006: the distance of two sets is 1 - J*M"


def report_rows(
    report: Report, collected: Collected, scheme: Scheme, titles: Mapping[str, str]
) -> list[Row]:
    """Return the report line by line; `titles` are those of its articles."""
    names = {label.id: label.name for label in scheme.labels}
    names |= {axis.id: axis.name for axis in scheme.axes}
    found = [*_about(report, collected)]
    for question in (*report.questions, *report.words):
        found += [Row(""), *_question(question, names)]
    found += section("Confused with each other", _confusions(report.confusions, names))
    found += section(
        "Speaker and kind of report: accuracy against the decisions", _tags(report.tags)
    )
    by_reviewer = _lines(report.by_reviewer, names, {})
    found += section("Each reviewer with all the others: percent agreement", by_reviewer)
    by_article = _lines(report.by_article, names, titles)
    return found + section("By article: percent agreement", by_article)


def figure_text(name: str, figure: Figure) -> str:
    """Return one coefficient with its interval and what it rests on; why, where it is undefined."""
    size = f"{counted(figure.units, 'unit')}, {counted(figure.pairs, 'pair')}"
    if figure.value is None:
        return f"  {name:<{NAME}} undefined: {figure.reason} ({size})"
    interval = ""
    if figure.low is not None and figure.high is not None:
        interval = f"[{figure.low:.3f}, {figure.high:.3f}]"
    if figure.skipped:
        size += f", {counted(figure.skipped, 'draw')} undefined"
    return f"  {name:<{NAME}} {figure.value:>6.3f} {interval:<16} {size}"


def _about(report: Report, collected: Collected) -> Iterator[Row]:
    people = ", ".join(report.reviewers) or "nobody"
    claims, articles = counted(report.claims, "claim"), counted(report.articles, "article")
    yield Row(f"{claims} of {articles} judged by two or more", True)
    yield Row(f"reviewers: {people}")
    yield Row(
        f"left out: {report.single} judged by one person only, {collected.begun} begun,"
        f" {collected.superseded} on superseded claims"
    )
    if collected.hidden:
        yield Row("colleagues' answers on claims you have not judged are hidden and not counted")
    yield Row(f"intervals: 95 %, {counted(report.resamples, 'resample')}, seed {report.seed}")
    figures = [one for question in report.questions for one in question.figures]
    for warning in dict.fromkeys(one.warning for one in figures if one.warning):
        yield Row(warning)
    if not any(one.warning for one in figures) and any(one.resampled for one in figures):
        yield Row("whole articles were drawn, since the claims of one depend on each other")
    yield Row(GENERAL)


def _question(question: Question, names: Mapping[str, str]) -> Iterator[Row]:
    what = question.label or question.axis
    name = names.get(what, what) if what else "all labels"
    yield Row(name if question.axis else f"Marked words: {name}", True)
    for figure in question.figures:
        yield Row(figure_text(SHORT.get(figure.name, figure.name), figure))
    if any(figure.name == questions.MASI_ALPHA for figure in question.figures):
        yield Row(f"  {MASI}")
    for first, second, figure in question.pairs:
        yield Row(figure_text(f"κ {short(f'{first} and {second}', NAME - 2)}", figure))
    if question.expected:
        yield from _expected(question.expected)


def _expected(one: Expected) -> Iterator[Row]:
    range_ = f"{one.low:.2f}" if one.low == one.high else f"{one.low:.2f} to {one.high:.2f}"
    yield Row(f"  to expect: {one.coefficient} {range_}")
    yield Row(f"  ({one.source})")


def _confusions(found: Iterable[Confusion], names: Mapping[str, str]) -> Iterator[Row]:
    for one in found:
        first = names.get(one.first, one.first)
        second = names.get(one.second, one.second) if one.second else "none"
        title = f"{first} / {second}"
        text = f"  {title:<{NAME}} {counted(len(one.claims), 'claim')}"
        yield Row(text, claims=one.claims, title=title)


def _tags(lines: Iterable[Line]) -> Iterator[Row]:
    for line in lines:
        name = short(f"{line.axis}, {line.subject}", NAME)
        yield Row(figure_text(name, line.figures[0]))
    yield from _expected(RANGES["speaker"])


def _lines(
    lines: Iterable[Line], names: Mapping[str, str], titles: Mapping[str, str]
) -> Iterator[Row]:
    for line in lines:
        axis = names.get(line.axis, line.axis)
        subject = short(titles.get(line.subject, line.subject), NAME - len(axis) - 2)
        article_id = line.subject if line.subject in titles else None
        yield Row(figure_text(f"{subject}, {axis}", line.figures[0]), article_id=article_id)
