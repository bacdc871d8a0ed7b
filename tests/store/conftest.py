"""Small real articles and taggings, made by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model import (
    About,
    Article,
    Attribution,
    Claim,
    Judgement,
    Segment,
    Tagging,
    claim_id,
    digest,
)
from annotator.store import Project, judgement_to_body, open_project

HARBOUR = (
    "Le port de Verlac rouvre\n"
    "« Le chenal est sûr », a déclaré Ana Brovic.\n"
    "Alors que la grève s'étend, la mairie a dit attendre.\n"
    "Par Luc Temperel\n"
)


def tag(text: str, tagger: str = "1", cut: int | None = None) -> Tagging:
    """One narrator's claim a line; a first quotation in « » also gives an attributed claim.

    `cut` shortens every claim to that many characters, as another tagger might.
    """
    article_id = digest(text)
    segments: list[Segment] = []
    claims: list[Claim] = []
    attributions: list[Attribution] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line:
            byline = line.startswith("Par ")
            segments.append(Segment(start, end, "byline" if byline else "sentence"))
            here = len(segments) - 1
            quoted = "«" in line and "»" in line
            if quoted:
                content = (text.index("«", start) + 2, text.index("»", start) - 1)
                attributions.append(Attribution((content,), "direct", speaker="Ana Brovic"))
                at = len(attributions) - 1
                identity = claim_id(article_id, *content, True)
                claims.append(Claim(identity, *content, here, "direct", (at,)))
            stop = end if cut is None else min(end, start + cut)
            identity = claim_id(article_id, start, stop, False)
            walk = not quoted and not byline
            claims.append(Claim(identity, start, stop, here, "narrator", (), walk))
        start = end + 1
    return Tagging(
        article_id, "fr", None, tagger, tuple(segments), tuple(attributions), tuple(claims)
    )


def made(text: str, **about: str) -> tuple[Article, Tagging]:
    """An article and its tagging, ready to be added."""
    return Article(text, About(**about)), tag(text)


def verdict(label: str) -> dict[str, object]:
    """The body of a finished judgement."""
    return judgement_to_body(Judgement(labels={"veracity": (label,)}))


def lines(count: int, name: str) -> str:
    """A text of so many sentences."""
    return "\n".join(f"Phrase {number} de {name}." for number in range(count))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project, for copying: creating one costs more than most tests."""
    path = tmp_path_factory.mktemp("empty") / "project.db"
    open_project(path).close()
    return path


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    """The file of an empty project."""
    return Path(shutil.copy(empty_file, tmp_path / "project.db"))


@pytest.fixture
def project(path: Path) -> Iterator[Project]:
    """A project with one article."""
    with open_project(path) as opened:
        opened.add([made(HARBOUR, title="Réouverture", outlet="L'Écho de Verlac")], "ana")
        yield opened
