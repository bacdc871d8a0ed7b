"""Files in, tagged articles in the project: the one place that joins reading, tagging, store."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.model import Article, Tagging
from annotator.reading import Refusal
from annotator.tagging.arithmetic import one_thread

if TYPE_CHECKING:
    from annotator.store import Project, Recovered
    from annotator.tagging.tagger import Tagger

# How many articles may wait for each worker: memory stays flat however long the input is.
AHEAD = 8

# Before anything reads an article: some readers load NumPy.
one_thread()

_tagger: Tagger | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come, and the record it has just finished."""

    done: int = 0
    added: int = 0
    known: int = 0
    refused: int = 0
    name: str = ""
    reason: str | None = None
    """Why the record was refused; None where it was not."""
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """An article that the project already has."""

    name: str
    article_id: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """An article with its fresh tagging."""

    article: Article
    tagging: Tagging


def add(
    project: Project,
    records: Iterable[Article | Refusal],
    actor: str,
    report: Callable[[Progress], None],
    jobs: int = 1,
) -> Progress:
    """Tag and store each article that the project lacks; return the final count.

    `report` is called after every record. An article is in with all its tags or not at all.
    """
    progress = Progress()
    for result in _run(_fresh(project, records), jobs):
        progress = _store(project, result, actor, progress)
        report(progress)
    return progress


def recover(path: Path, new: Path, actor: str) -> Recovered:
    """Save what verifies in a damaged project file into a new one; see `store.recover`.

    Articles whose tags are lost are tagged anew, so that what was said of them can be reached.
    """
    from annotator.store import open_project
    from annotator.store import recover as recover_file

    found = recover_file(path, new, actor)
    if found.untagged:
        with open_project(new) as project:
            add(project, found.untagged, actor, lambda progress: None)
    return found


def tag_all(records: Iterable[Article | Refusal], jobs: int = 1) -> Iterator[Tagged | Refusal]:
    """Tag articles without a project, in their order; refusals pass through."""
    for result in _run(records, jobs):
        assert not isinstance(result, _Known)
        yield result


def speaking(
    language: str | None, records: Iterable[Article | Refusal]
) -> Iterator[Article | Refusal]:
    """Say that all articles are in one language; None leaves each as given or to be detected."""
    for record in records:
        if language is None or isinstance(record, Refusal):
            yield record
        else:
            yield replace(record, about=replace(record.about, language=language))


def _fresh(
    project: Project, records: Iterable[Article | Refusal]
) -> Iterator[Article | Refusal | _Known]:
    """Mark the articles that are in the project, or came earlier in this batch, as known."""
    seen: set[str] = set()
    for record in records:
        if isinstance(record, Refusal):
            yield record
        elif record.id in seen or project.known([record.id]):
            yield _Known(_name(record), record.id)
        else:
            seen.add(record.id)
            yield record


def _run(
    records: Iterable[Article | Refusal | _Known], jobs: int
) -> Iterator[Tagged | Refusal | _Known]:
    """Tag the articles among the records, here or in `jobs` processes; the order stays."""
    if jobs == 1:
        for record in records:
            yield _tag(record) if isinstance(record, Article) else record
        return
    waiting: deque[Refusal | _Known | Future[Tagged | Refusal]] = deque()
    # Spawned, not forked: a fork of a process that has threads can hang.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for record in records:
            waiting.append(pool.submit(_tag, record) if isinstance(record, Article) else record)
            if len(waiting) > jobs * AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())


def _result(
    waiting: Refusal | _Known | Future[Tagged | Refusal],
) -> Tagged | Refusal | _Known:
    if not isinstance(waiting, Future):
        return waiting
    try:
        return waiting.result()
    except BrokenProcessPool:
        raise AnnotatorError("a tagging process was killed; what was added before is in") from None


def _tag(article: Article) -> Tagged | Refusal:
    """Tag one article with this process's tagger."""
    global _tagger
    if _tagger is None:
        from annotator.tagging.tagger import Tagger

        _tagger = Tagger()
    try:
        return Tagged(article, _tagger.tag(article.text, article.about.language))
    except Exception as error:
        # A fault in tagging one text must not lose the others of a long batch.
        return Refusal(_name(article), f"could not be tagged ({type(error).__name__}: {error})")


def _store(
    project: Project, result: Tagged | Refusal | _Known, actor: str, progress: Progress
) -> Progress:
    done = replace(progress, done=progress.done + 1, reason=None, article_id=None)
    if isinstance(result, Refusal):
        return replace(done, refused=done.refused + 1, name=result.name, reason=result.reason)
    if isinstance(result, _Known):
        return replace(done, known=done.known + 1, name=result.name, article_id=result.article_id)
    article = result.article
    new = project.add([(article, result.tagging)], actor)
    done = replace(done, added=done.added + new, known=done.known + 1 - new)
    return replace(done, name=_name(article), article_id=article.id)


def _name(article: Article) -> str:
    return article.name or article.id
