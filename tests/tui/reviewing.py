"""A project with colleagues' answers merged into it, and the review screen on it."""

from __future__ import annotations

from pathlib import Path

from annotator.model import Judgement
from annotator.review.deciding import shuffled
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tui.bars import MessageBar
from annotator.tui.review import ReviewScreen

from .helpers import TEXT, at, bridge, claim_with, make_project, opened, plain

LEA = "Lea"
HEADLINE = "Le pont de Marvelle restera fermé"
REPORT = "que le pont resterait fermé"
QUOTE = "Nous ne rouvrirons pas avant l’été"
LAST = "Des habitants parlent d’un chantier sans fin."
OTHER = "Un autre texte."
ENDLESS, SITE = at(TEXT, "sans fin"), at(TEXT, "chantier sans fin")
FRAMING = {"veracity": ("verified",), "rhetoric": ("partisan_framing",)}
ANSWERS = {
    "Ada": {
        REPORT: Judgement({"veracity": ("verified",)}),
        QUOTE: Judgement({"veracity": ("verified",)}),
        LAST: Judgement(FRAMING, (("partisan_framing", ENDLESS),)),
        OTHER: Judgement({"veracity": ("disputed",)}),
    },
    "Ben": {
        REPORT: Judgement({"veracity": ("verified",)}, note="The mayor says so."),
        QUOTE: Judgement({"veracity": ("verified",)}),
        LAST: Judgement(FRAMING, (("partisan_framing", SITE),)),
        OTHER: Judgement({"veracity": ("verified",)}),
    },
    "Cleo": {
        REPORT: Judgement({"veracity": ("disputed",)}, unsure=True),
        QUOTE: Judgement({"veracity": ("verified",)}),
        LAST: Judgement({"veracity": ("verified",)}),
    },
}


def merged(folder: Path, answers=ANSWERS) -> Path:
    """Lea's project with what her colleagues judged in files of their own."""
    articles = (bridge(), plain("Un autre texte.\nIl est court.", "Un autre"))
    db = make_project(folder, *articles)
    for name, judged in answers.items():
        (folder / name).mkdir()
        own = make_project(folder / name, *articles)
        with open_project(own) as project:
            session = Session(project, name)
            for words, judgement in judged.items():
                session.record(claim_with(project, words), judgement)
        with open_project(db) as project:
            project.colleagues.merge(own)
    return db


def review(app) -> ReviewScreen:
    assert isinstance(app.screen, ReviewScreen)
    return app.screen


def at_claim(app) -> str:
    return review(app).here.dispute.row.text


def message(app) -> str:
    return app.screen.query_one(MessageBar).text


def decision(db: Path, words: str):
    """The decision that stands in the file, read by another connection."""
    with open_project(db, create=False) as project:
        row = project.claim(claim_with(project, words))
        return project.decisions(row.article_id).get(row.claim.id)


def order(db: Path, words: str, names=("Ada", "Ben", "Cleo")) -> list[str]:
    with open_project(db, create=False) as project:
        return shuffled(claim_with(project, words), names)


def reviewing(db: Path, size=(80, 24), reviewer=LEA):
    return opened(db, size=size, reviewer=reviewer)


async def start(pilot):
    await pilot.press("R")
    await pilot.pause()
