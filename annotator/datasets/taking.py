"""Foreign datasets into a project: texts become articles, annotations their authors' judgements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from annotator.datasets.adapting import Adapted, adapted
from annotator.datasets.foreign import Page, placed
from annotator.datasets.glossary import Glossary
from annotator.display import display_text
from annotator.errors import DatasetError
from annotator.model import Judgement
from annotator.store import Project, judgement_to_body

Reader = Callable[[Path], Iterator[Page]]
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in."""

    articles: int
    known: int
    """How many articles were in the project already; their tags stay as they are."""
    judgements: int
    """How many of them were not in the project already."""
    problems: tuple[str, ...]
    """What did not come in, each in a line."""

    def __str__(self) -> str:
        return (
            f"{self.articles} new articles, {self.known} already there, "
            f"{self.judgements} judgements; {len(self.problems)} annotations left out"
        )


def take(
    project: Project, path: Path, reader: Reader, explained: Mapping[str, str], reviewer: str
) -> Taken:
    """Add the articles and answers of a foreign dataset; `reviewer` is who adds them.

    `explained` says what foreign labels are here. Everything is read and verified before anything
    is written: DatasetError where a label is unknown or a mark is not where the file says.
    """
    scheme = project.scheme()
    glossary = Glossary(scheme, explained)
    by_text: dict[str, list[Page]] = {}
    empty = []
    for page in map(placed, reader(path)):
        if page.text.strip():
            by_text.setdefault(page.text, []).append(page)
        else:
            empty.append(f"{page.where}: no text")
    _refuse_unknown(path, by_text.values(), glossary)
    whole = [adapted(project, scheme, glossary, pages) for pages in by_text.values()]
    new = [one for one in whole if one.is_new]
    project.add([(one.article, one.tagging) for one in new], reviewer)
    judgements = sum(_judge(project, one) for one in whole)
    problems = [*empty, *(problem for one in whole for problem in one.problems)]
    return Taken(len(new), len(whole) - len(new), judgements, tuple(problems))


def _refuse_unknown(path: Path, pages: Iterable[list[Page]], glossary: Glossary) -> None:
    """List the labels that nobody explained."""
    unknown = Counter(
        label
        for some in pages
        for page in some
        for mark in page.marks
        for label in (mark.label, *mark.said)
        if glossary.meaning(label) is None
    )
    if unknown:
        told = ", ".join(f"{label} ({count})" for label, count in sorted(unknown.items()))
        raise DatasetError(
            f"{path}: unknown labels: {told}; explain each, as in --map PER=source, "
            "or leave it out, as in --map PER=-, or do so for all in a --map-file"
        )


def _judge(project: Project, one: Adapted) -> int:
    """Write what people said of an article and is not there yet; return how many judgements.

    So what was cut short, or comes once more, adds what was missing and repeats nothing.
    """
    said: dict[str, dict[str, Judgement]] = {}
    for who, answers in one.answers.items():
        name = display_text(who)[:LONGEST_NAME].strip() or "somebody"
        said.setdefault(f"{name} (imported)", {}).update(answers)
    count = 0
    for name, given in said.items():
        there = project.judgements(one.article.id, name)
        for claim, judgement in given.items():
            body = judgement_to_body(judgement)
            if claim not in there or judgement_to_body(there[claim]) != body:
                project.append(name, "judge", claim, body)
                count += 1
    return count
