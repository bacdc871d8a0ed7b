"""The dataset card: what a dataset is, in words and numbers that its rows give again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from annotator.datasets.choice import FINAL, SPLITS, Split
from annotator.datasets.dataset import Dataset
from annotator.datasets.format import Format
from annotator.datasets.markdown import listed, plain, table
from annotator.datasets.methods import figure, methods, sight
from annotator.datasets.tally import Counts, counted, everywhere
from annotator.display import json_text, several
from annotator.model import Working, WorkOrder
from annotator.review.report import Report

MOST_OUTLETS = 50
SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
LARGEST = "1M<n<10M"
WHO = {"each": "Everybody's answers", FINAL: "Final answers only"}
ONLY = {"all": "all claims", "judged": "judged claims", "decided": "decided claims"}

CARD = "README.md"
LEFT_OUT = "The articles' text is left out; with the articles, `annotator rehydrate` puts it back"
IDS = "An article's id is the beginning of the SHA-256 of its text."
PUT_BACK = f"The articles' text had been left out and was put back by `annotator rehydrate`. {IDS}"

ORDERS: dict[WorkOrder, str] = {
    "corpus": "as they were added",
    "oldest": "oldest first",
    "newest": "newest first",
    "shuffled": "shuffled",
}

Lines = Iterator[str]


def card(dataset: Dataset, name: str, chosen: Format) -> str:
    """Return the card of a dataset that was just written, as Markdown with a YAML header."""
    report = dataset.tally.compared.report()
    sections = (
        _header(dataset, chosen),
        _title(dataset, name, chosen),
        _contents(dataset),
        _splits(dataset),
        _people(dataset),
        _agreement(dataset, report),
        _scheme(dataset),
        _origin(dataset),
        ("## Methods", "", "A paragraph to paste:", "", f"> {methods(dataset, report)}"),
        _limits(dataset, name),
    )
    return "\n\n".join("\n".join(section) for section in sections) + "\n"


def _header(dataset: Dataset, chosen: Format) -> Lines:
    claims = dataset.tally.claims.total()
    size = next((words for limit, words in SIZES if claims < limit), LARGEST)
    yield "---"
    yield f"language: {json_text(sorted(everywhere(dataset.tally.languages)))}"
    yield "pretty_name: Claims in news articles"
    yield "annotations_creators: [expert-generated]"
    yield "task_categories: [text-classification, token-classification]"
    yield f'size_categories: ["{size}"]'
    if chosen.header is not None:
        yield from chosen.header(dataset)
    yield "---"


def _title(dataset: Dataset, name: str, chosen: Format) -> Lines:
    choice = dataset.choice
    parts = [WHO.get(choice.who, "One reviewer's answers"), ONLY[choice.only]]
    if choice.labels is not None:
        parts.append(f"labels {', '.join(sorted(choice.labels))}")
    if choice.query:
        parts.append(f"filter {plain(dataset.people.in_text(choice.query) or '')}")
    people = "their names" if choice.names else "pseudonyms"
    yield "# Claims in news articles"
    yield ""
    yield f"`{name}`: {chosen.description}."
    yield ""
    yield f"{'; '.join(parts)}. Reviewers have {people}."
    if not choice.text:
        yield ""
        yield (
            f"{LEFT_OUT}. At most {choice.quoted} words of a claim, a cue or a source are quoted."
            f" {IDS}"
        )


def _contents(dataset: Dataset) -> Lines:
    tally = dataset.tally
    yield "## Contents"
    yield ""
    rows = [_row("articles", tally.articles), _row("claims", tally.claims)]
    rows += _rows("articles in ", tally.languages)
    yield from table(("", *SPLITS, "all"), rows)
    for axis, counts in tally.labels.items():
        yield ""
        yield f"Claims by final answer on {plain(axis)}:"
        yield ""
        yield from table(("label", *SPLITS, "all"), _rows("", counts))
        yield ""
        yield f"These rest on: {listed(counted(tally.bases[axis]))}."


def _splits(dataset: Dataset) -> Lines:
    tally, choice = dataset.tally, dataset.choice
    train, validation, test = choice.shares
    yield "## Splits and outlets"
    yield ""
    yield (
        f"Whole articles are in one split, by a hash of the seed ({choice.seed}) and the article's"
        f" id, so that none changes it as the project grows; wanted were {train}, {validation} and"
        f" {test} of a hundred."
    )
    yield ""
    rows = _rows("", tally.outlets)
    yield from table(("articles of outlet", *SPLITS, "all"), rows[:MOST_OUTLETS])
    if len(rows) > MOST_OUTLETS:
        yield ""
        yield f"And {len(rows) - MOST_OUTLETS} outlets with as many articles or fewer."


def _people(dataset: Dataset) -> Lines:
    tally = dataset.tally
    yield "## People"
    yield ""
    yield from table(
        ("reviewer", "judgements", "made", "articles came", "outlet"),
        [
            (plain(name), one.count, one, *_conditions(dataset.working.get(name, Working())))
            for name, one in sorted(tally.people.items())
        ],
    )
    yield ""
    overlap = ", ".join(f"{n}: {claims}" for n, claims in sorted(tally.overlap.items()))
    yield f"How many reviewers judged how many claims: {overlap or 'none'}."


def _conditions(working: Working) -> tuple[str, str]:
    """Return in words in which order somebody works, and whether they see the outlet."""
    return ORDERS[working.order], "hidden" if working.hide_outlet else "shown"


def _agreement(dataset: Dataset, report: Report) -> Lines:
    compared = dataset.tally.compared
    yield "## Agreement"
    yield ""
    if not report.claims:
        yield "No claim has the answers of two reviewers in these rows."
        return
    yield (
        f"{several(report.claims, 'claim')} of {several(report.articles, 'article')} with two or"
        " more finished answers;"
        f" 95 % bootstrap intervals, {report.resamples} resamples, seed {report.seed}. Answers"
        " without a label on a single-valued axis and superseded claims are not compared."
    )
    if compared.left_out:
        yield ""
        yield (
            f"Compared are the first {compared.articles} articles in the order of their ids, which"
            f" are hashes: a random sample; {compared.left_out} are left out."
        )
    yield ""
    questions = (
        (plain(one.label or one.axis or "all labels"), "labels" if one.axis else "words", some)
        for one in (*report.questions, *report.words)
        for some in one.figures
    )
    rows = [
        (name, what, some.name, figure(some), some.units, some.pairs)
        for name, what, some in questions
    ]
    yield from table(("", "", "coefficient", "value", "units", "pairs"), rows)
    warnings = {some.warning for one in report.questions for some in one.figures if some.warning}
    for warning in sorted(warnings):
        yield ""
        yield f"Take care: {warning}."


def _scheme(dataset: Dataset) -> Lines:
    yield "## Scheme"
    yield ""
    yield f"{plain(dataset.scheme.name)}, version `{dataset.scheme.version}`;"
    yield f"codebook version `{dataset.codebook_version}`."
    others = sorted(dataset.tally.schemes - {dataset.scheme.version, ""})
    if others:
        yield f"Some answers were given under other versions: {', '.join(others)}."
    for axis in dataset.scheme.axes:
        yield ""
        kind = "any of these" if axis.many else "one of these"
        yield f"{plain(axis.name)} (`{axis.id}`), {kind}:"
        yield ""
        for label in axis.labels:
            yield f"- `{label.id}`: {plain(label.definition)}"


def _origin(dataset: Dataset) -> Lines:
    tally, made = dataset.tally, dataset.tally.decisions
    undated = tally.articles.total() - tally.dates.count
    dates = f", dated {tally.dates}" if tally.dates.count else ""
    taggers = (
        f"pre-tagger {plain(tagger)} with {plain(model) or 'no model'}"
        for tagger, model in sorted(tally.taggers)
    )
    when = f", {made.period}" if made.period.count else ""
    yield "## Origin and order of work"
    yield ""
    articles = several(tally.articles.total(), "article")
    yield f"1. {articles} came in{dates}; {undated} without a date."
    yield f"2. They were split and tagged by machine: {'; '.join(taggers) or 'none'}."
    yield (
        f"3. {several(len(tally.people), 'reviewer')} judged claims and {sight(dataset)}."
        " Hints pointed at passages; no answer was filled in."
    )
    yield (
        f"4. {several(made.period.count, 'claim')} decided{when}, by"
        f" {several(len(made.by), 'person')}; {several(made.stale, 'decision')} stale,"
        f" {made.contested} contested."
    )


def _limits(dataset: Dataset, name: str) -> Lines:
    tally = dataset.tally
    yield "## Known limits"
    yield ""
    yield "- Tags are the machine's where nobody corrected them; `basis` says which."
    yield "- Labels are reviewers' judgements under this scheme, not facts; sarcasm is perceived."
    yield f"- Without an answer (nobody looked, or theirs was not chosen): {tally.overlap[0]}."
    yield f"- Superseded (judged, but no longer in the current tags): {tally.superseded}."
    yield "- An axis without agreement has no final value (`unresolved`)."
    yield "- The rights in the articles' text stay with those who hold them."
    yield f"- {dataset.losses.report(name)}."


def _rows(before: str, counts: Counts) -> list[Sequence[object]]:
    return [
        (
            f"{before}{plain(name) or 'unknown'}",
            *(counts[split][name] for split in SPLITS),
            total,
        )
        for name, total in counted(everywhere(counts))
    ]


def _row(name: str, counts: Counter[Split]) -> Sequence[object]:
    return (name, *(counts[split] for split in SPLITS), counts.total())
