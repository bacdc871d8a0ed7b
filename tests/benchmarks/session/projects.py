"""Projects to measure with: one long article, or very many short ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from annotator.model import About, Article, Attribution, Segment, Tagging
from annotator.store import open_project
from annotator.tagging.claims import claims

BATCH = 1000
PLAIN = "Le pont numéro {n} de Marvelle restera fermé aux camions jusqu’à la fin des travaux."
QUOTED = "« Le chantier numéro {n} sera fini avant l’été », a déclaré la maire de Marvelle."


def long_article(count: int) -> tuple[Article, Tagging]:
    """Return an article of `count` claims, half of them quotations: half as many marked spans."""
    segments, attributions, pieces, start = [], [], [], 0
    for n in range(count):
        sentence = (QUOTED if n % 2 else PLAIN).format(n=n)
        segments.append(Segment(start, start + len(sentence), "sentence"))
        if n % 2:
            end = start + sentence.index(" »")
            attributions.append(Attribution(((start + 2, end),), "direct", speaker="la maire"))
        pieces.append(sentence)
        start += len(sentence) + 1
    article = Article("\n".join(pieces), About(title=f"Article of {count}", outlet="Test"))
    found = claims(article.id, article.text, segments, attributions, [])
    tags = (tuple(segments), tuple(attributions), found)
    return article, Tagging(article.id, "fr", None, "benchmark", *tags)


def short_articles(count: int) -> Iterator[tuple[Article, Tagging]]:
    """Yield articles of four sentences."""
    for n in range(count):
        article, _ = long_article(4)
        text = article.text.replace("Marvelle", f"Ville{n}x" if n % 3 else f"Clan{n}x")
        yield _retold(text, f"Report {n} from town {n % 977}")


def _retold(text: str, title: str) -> tuple[Article, Tagging]:
    segments, start = [], 0
    for line in text.split("\n"):
        segments.append(Segment(start, start + len(line), "sentence"))
        start += len(line) + 1
    article = Article(text, About(title=title, outlet="The Daily Test", date="2024-11-30"))
    found = claims(article.id, text, segments, [], None)
    tags = (tuple(segments), (), found)
    return article, Tagging(article.id, "fr", None, "benchmark", *tags)


def project(path: Path, articles: Iterable[tuple[Article, Tagging]]) -> Path:
    """Make a project of some articles."""
    with open_project(path) as opened:
        rest = iter(articles)
        while batch := list(islice(rest, BATCH)):
            opened.add(batch, "Ada")
    return path
