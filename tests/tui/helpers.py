"""Real projects made by hand, and what an app shows as plain text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from annotator.model import About, Article, Attribution, Judgement, Segment, Span, Tagging
from annotator.settings import Settings
from annotator.store import Project, open_project
from annotator.tagging.claims import claims
from annotator.tui.app import AnnotatorApp, Start
from annotator.tui.article import ArticleScreen
from annotator.tui.corpus import CorpusScreen
from annotator.tui.modal import Modal

ADA = "Ada"
TEXT = (
    "Le pont de Marvelle restera fermé\n\n"
    "La maire, Odile Varenne, a annoncé lundi que le pont resterait fermé. "
    "« Nous ne rouvrirons pas avant l’été », a-t-elle déclaré.\n\n"
    "Des habitants parlent d’un chantier sans fin."
)


def at(text: str, words: str, after: int = 0) -> Span:
    """The span of some words of a text."""
    start = text.index(words, after)
    return start, start + len(words)


def bridge() -> tuple[Article, Tagging]:
    """An article with a headline, reported speech, a quotation and a narrator's sentence.

    On its walk: the headline, the report, the quotation, the last sentence.
    """
    segments = [
        Segment(*at(TEXT, "Le pont de Marvelle restera fermé"), "headline"),
        Segment(at(TEXT, "La maire")[0], at(TEXT, "fermé. ")[1] - 1, "sentence"),
        Segment(at(TEXT, "« Nous")[0], at(TEXT, "déclaré.")[1], "sentence"),
        Segment(at(TEXT, "Des habitants")[0], len(TEXT), "sentence"),
    ]
    attributions = [
        Attribution(
            (at(TEXT, "que le pont resterait fermé"),),
            "indirect",
            (at(TEXT, "a annoncé"),),
            (at(TEXT, "La maire, Odile Varenne"),),
            "Odile Varenne",
            "person",
            rule="a verb of saying with « que »",
        ),
        Attribution(
            (at(TEXT, "Nous ne rouvrirons pas avant l’été"),),
            "direct",
            (at(TEXT, "a-t-elle déclaré"),),
            (),
            "Odile Varenne",
            "person",
            via="Radio Marvelle",
            rule="quotation marks",
        ),
    ]
    about = About(title="Le pont de Marvelle restera fermé", outlet="Marvelle Matin")
    return tagged(TEXT, segments, attributions, about)


def tagged(
    text: str,
    segments: Sequence[Segment],
    attributions: Sequence[Attribution] = (),
    about: About = About(),  # noqa: B008
    language: str = "fr",
) -> tuple[Article, Tagging]:
    """An article with its tagging, claims made by the real rules."""
    article = Article(text, about)
    found = claims(article.id, text, segments, attributions, None)
    tagging = Tagging(
        article.id, language, None, "test", tuple(segments), tuple(attributions), found
    )
    return article, tagging


def plain(text: str, title: str | None = None) -> tuple[Article, Tagging]:
    """An article of one sentence a line, all in the narrator's voice."""
    segments, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            segments.append(Segment(start, start + len(line), "sentence"))
        start += len(line) + 1
    return tagged(text, segments, about=About(title=title))


LOADED = (
    "Les terroristes ont pris la ville\n"
    "Le régime a bombardé les quartiers et les terroristes ont fui.\n"
    "On compterait 2 000 morts."
)


def loaded() -> tuple[Article, Tagging]:
    """An article in the narrator's voice with one loaded word, then two, then a hearsay."""
    return plain(LOADED, "Chargé")


def make_project(folder: Path, *articles: tuple[Article, Tagging]) -> Path:
    """A project file with articles."""
    path = folder / "test.db"
    with open_project(path) as project:
        project.add(articles, ADA)
    return path


@asynccontextmanager
async def opened(
    db: Path,
    *,
    size: tuple[int, int] = (80, 24),
    paths: Sequence[str] = (),
    settings: Settings = Settings(),  # noqa: B008
    reviewer: str = ADA,
    start: Start = "corpus",
):
    """A running app on a project, settled."""
    app = AnnotatorApp(db, paths, reviewer, settings, start=start)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        yield app, pilot
    if app.desk is not None:
        app.desk.project.close()


async def enter(app: AnnotatorApp, pilot: Pilot[None], *keys: str) -> None:
    """Open the article under the cursor, wait until it is on the screen, then press keys."""
    await pilot.press("enter")
    await arrived(app, pilot)
    await pilot.press(*keys)


async def arrived(app: AnnotatorApp, pilot: Pilot[None]) -> None:
    """Wait until an article is on the screen."""
    for _ in range(100):
        if isinstance(app.screen, ArticleScreen) and app.screen.ready:
            break
        await pilot.pause(0.02)


async def hinted(app: AnnotatorApp, pilot: Pilot[None]) -> None:
    """Wait until the hints of the article on the screen are found."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def looked_up(app: AnnotatorApp, pilot: Pilot[None]) -> None:
    """Wait until nothing more is looked up, and what was found is on the screen."""
    for _ in range(3):
        await pilot.pause()
        await app.workers.wait_for_complete()
    await pilot.pause()


async def window(app: AnnotatorApp, pilot: Pilot[None], key: str) -> Modal[object]:
    """Press a key and wait for the window that it opens."""
    before = app.screen
    await pilot.press(key)
    for _ in range(50):
        await pilot.pause(0.02)
        if app.screen is not before and app.screen.is_mounted:
            break
    assert isinstance(app.screen, Modal)
    return app.screen


def screen_text(app: AnnotatorApp) -> str:
    """What is on the screen, line by line, without trailing spaces."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)


def styles_of(app: AnnotatorApp, words: str, below: int = -1) -> set[str]:
    """Every style in which some words (within one line, below a row) are painted."""
    found = set()
    for row, strip in enumerate(app.screen._compositor.render_strips()):
        place = strip.text.find(words)
        end = 0
        for segment in strip if place >= 0 and row > below else ():
            start, end = end, end + len(segment.text)
            if start < place + len(words) and end > place and segment.text.strip():
                found.add(str(segment.style))
    return found


def corpus(app: AnnotatorApp) -> CorpusScreen:
    """The corpus screen, which must be the one shown."""
    assert isinstance(app.screen, CorpusScreen)
    return app.screen


def article(app: AnnotatorApp) -> ArticleScreen:
    """The article screen, which must be the one shown."""
    assert isinstance(app.screen, ArticleScreen)
    return app.screen


def current(app: AnnotatorApp) -> str:
    """The words of the current claim."""
    screen = article(app)
    assert screen.claim is not None
    return screen.page.text[screen.claim.start : screen.claim.end]


def judgement(db: Path, words: str, reviewer: str = ADA) -> Judgement | None:
    """What is saved in the file on the claim with these words, read by another connection."""
    with open_project(db, create=False) as project:
        return project.judgement(reviewer, claim_with(project, words))


def claim_with(project: Project, words: str) -> str:
    """The id of the first claim with these words."""
    rows = project.claims(walk_only=False)
    return next(row.claim.id for row in rows if row.text == words)


async def until(pilot, condition, seconds: float = 60.0) -> None:
    """Wait for something that comes when the machine has the time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        await pilot.pause(0.1)
