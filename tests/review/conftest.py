"""A project of a few claims, quoted and not, for several reviewers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.model import Article, Attribution, Judgement, Segment, Tagging
from annotator.review.session import Session
from annotator.store import Project, open_project
from annotator.tagging.claims import claims

TEXT = "“The bridge is shut”, said Mara Lindt. Nobody paid. The mayor left."
QUOTE, PAID, LEFT = "The bridge is shut", "Nobody paid.", "The mayor left."
VERIFIED = Judgement({"veracity": ("verified",)})
DISPUTED = Judgement({"veracity": ("disputed",)})


def quoted(text: str = TEXT) -> tuple[Article, Tagging]:
    """An article of a quotation of Mara Lindt's and the narrator's sentences after it."""
    segments, start = [], 0
    for sentence in text.replace(". ", ".\n").split("\n"):
        segments.append(Segment(start, start + len(sentence), "sentence"))
        start += len(sentence) + 1
    content = ((1, 1 + len(QUOTE)),)
    said = Attribution(content, "direct", speaker="Mara Lindt", speaker_type="person")
    article = Article(text)
    found = claims(article.id, text, segments, [said], None)
    return article, Tagging(article.id, "en", None, "test", tuple(segments), (said,), found)


@pytest.fixture
def bridge(tmp_path: Path) -> Iterator[Project]:
    """A project with that article."""
    with open_project(tmp_path / "bridge.db") as opened:
        opened.add([quoted()], "Lea")
        yield opened


def claim(project: Project, words: str) -> str:
    """The id of the first claim of the walk with these words."""
    return next(row.claim.id for row in project.claims() if row.text == words)


def judge(project: Project, name: str, **answers: Judgement) -> None:
    """Have somebody judge the claims QUOTE, PAID and LEFT, named quote, paid and left."""
    for words in ("quote", "paid", "left"):
        if words in answers:
            Session(project, name).record(claim(project, globals()[words.upper()]), answers[words])
