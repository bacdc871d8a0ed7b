"""Articles, tags and work to do them harm: invented, small, and of every kind the log knows."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.model import Article, Attribution, Segment, Tagging
from annotator.review.deciding import decide
from annotator.review.session import Session
from annotator.store import Project, open_project
from annotator.tagging.claims import claims

LABELS = ("verified", "disputed", "unverified", "not_a_claim", "sarcasm", "partisan_framing")


def made(name: str, sentences: int = 8) -> tuple[Article, Tagging]:
    """Return an article of so many sentences, every other one a quotation, with its tags."""
    text = ""
    segments: list[Segment] = []
    attributions: list[Attribution] = []
    for number in range(sentences):
        start = len(text)
        said = f"« La digue {number} de {name} tiendra »"
        text += f"{said}, a dit Ana Brovic.\n" if number % 2 else f"Il pleut {number} à {name}.\n"
        segments.append(Segment(start, len(text) - 1, "sentence"))
        if number % 2:
            content = (start + 2, start + len(said) - 2)
            attributions.append(Attribution((content,), "direct", speaker="Ana Brovic"))
    article = Article(text)
    tags = claims(article.id, text, tuple(segments), tuple(attributions), ())
    return article, Tagging(article.id, "fr", None, "1", tuple(segments), tuple(attributions), tags)


def worked(path: Path, articles: int = 4) -> None:
    """Make a project in which three people judged, corrected, decided, flagged and took back."""
    with open_project(path) as project:
        project.add([made(f"Verlac {number}") for number in range(articles)], "lea")
        ids = [row.claim.id for row in project.claims()]
        for turn, name in enumerate(("ana", "ben")):
            session = Session(project, name)
            for number, claim in enumerate(ids):
                session.answer(claim, LABELS[(number * (turn + 1)) % 4])
                if number % 5 == turn:
                    session.answer(claim, LABELS[4 + turn])
                    session.mark("flag", claim, f"à revoir {number}")
                if number % 7 == 0:
                    session.undo()
            correct(session, project.claims().__next__().article_id, "Luc Ferran")
        for row in list(project.claims())[::3]:
            settle(project, row.claim.id)


def correct(session: Session, article_id: str, speaker: str) -> None:
    """Say that somebody else said the first quotation of an article."""
    session.correct_speaker(article_id, session.tagging(article_id).attributions[0], speaker)


def settle(project: Project, claim_id: str) -> None:
    """Decide on a claim as somebody who did not judge it."""
    answer = Session(project, "ana").judgement(claim_id)
    decide(project, "lea", claim_id, answer, "slip")


def labelled(path: Path, articles: int = 20, sentences: int = 30) -> Path:
    """Write articles of another tool, each of their sentences labelled."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            article, tagging = made(f"Verlac {number}", sentences)
            entities = [
                {
                    "id": turn,
                    "start_offset": one.start,
                    "end_offset": one.end,
                    "label": LABELS[turn % 4],
                }
                for turn, one in enumerate(tagging.segments)
            ]
            file.write(json.dumps({"text": article.text, "entities": entities}) + "\n")
    return path


def said(path: Path) -> list[tuple[str, ...]]:
    """Return what everybody said in a project, without the order and moments."""
    with open_project(path, create=False) as project:
        return sorted((one.actor, one.kind, one.target, one.body) for one in project.events())


def exported(path: Path, folder: Path) -> dict[str, bytes]:
    """Return the files of an export of a project, with everybody's names."""
    from annotator.datasets import Choice, export

    with open_project(path, create=False) as project:
        export(project, "jsonl", folder, Choice(names=True))
    return {one.name: one.read_bytes() for one in folder.iterdir()}
