"""A small project with two articles, three people, a superseded claim and a decision."""

import sqlite3
from random import Random

import pytest

from annotator.datasets import FORMATS
from annotator.model import (
    About,
    Article,
    Attribution,
    Claim,
    Evidence,
    Judgement,
    Segment,
    Tagging,
    claim_id,
)
from annotator.scheme import default_scheme
from annotator.store import judgement_to_body, open_project

VERSION = default_scheme().version
BRIDGE = Article(
    "Le pont de Brume rouvre 🎉\n\n"
    "« Le pont est sûr », a déclaré la maire Zoé Lantier. Les riverains en doutent encore.",
    About(
        "Le pont de Brume rouvre 🎉", "L'Écho de Brume", "Paul Anselme", "2031-02-03",
        "https://echo.example/pont", "fr",
    ),
)  # fmt: skip
FERRY = Article(
    "=Ferry cancelled\nThe ferry did not sail on Monday.", About(outlet="The Brume Gazette")
)


def span(article, words):
    start = article.text.index(words)
    return start, start + len(words)


def claim(article, words, segment, attributions=(), voice="narrator", walk=True):
    start, end = span(article, words)
    identity = claim_id(article.id, start, end, bool(attributions))
    return Claim(identity, start, end, segment, voice, attributions, walk)


def bridge_tagging(content, tagger):
    """Tag the first article, the quotation cut as given: another cut is another claim."""
    first, second = (
        "« Le pont est sûr », a déclaré la maire Zoé Lantier.",
        "Les riverains en doutent encore.",
    )
    said = Attribution(
        (span(BRIDGE, content),), "direct", (span(BRIDGE, "a déclaré"),),
        (span(BRIDGE, "la maire Zoé Lantier"),), "Zoé Lantier", "person", None, "quotation + verb",
    )  # fmt: skip
    return Tagging(
        BRIDGE.id, "fr", "fr_model 1.0", tagger,
        (
            Segment(*span(BRIDGE, "Le pont de Brume rouvre 🎉"), "headline"),
            Segment(*span(BRIDGE, first), "sentence"),
            Segment(*span(BRIDGE, second), "sentence"),
        ),
        (said,),
        (
            claim(BRIDGE, "Le pont de Brume rouvre 🎉", 0),
            claim(BRIDGE, content, 1, (0,), "direct"),
            claim(BRIDGE, first, 1, walk=False),
            claim(BRIDGE, second, 2),
        ),
    )  # fmt: skip


OLD = bridge_tagging("« Le pont est sûr »", "1")
NEW = bridge_tagging("Le pont est sûr", "2")
HEADLINE, QUOTATION, _, DOUBT = (one.id for one in NEW.claims)
GONE = OLD.claims[1].id
FERRY_TAGGING = Tagging(
    FERRY.id, "en", None, "2",
    (Segment(0, 16, "headline"), Segment(17, 50, "sentence")), (),
    (claim(FERRY, "=Ferry cancelled", 0), claim(FERRY, "The ferry did not sail on Monday.", 1)),
)  # fmt: skip
SAILED = FERRY_TAGGING.claims[1].id


def answer(veracity=None, *rhetoric, **fields):
    labels = {"veracity": (veracity,)} if veracity else {}
    if rhetoric:
        labels["rhetoric"] = tuple(sorted(rhetoric))
    return Judgement(labels=labels, scheme=VERSION, **fields)


def judge(project, reviewer, claim_id, judgement):
    return project.append(reviewer, "judge", claim_id, judgement_to_body(judgement))


def fill(project):
    project.add([(BRIDGE, OLD), (FERRY, FERRY_TAGGING)], "Ada Brun")
    judge(project, "Ada Brun", GONE, answer("verified"))
    project.add_tagging(NEW, "Ada Brun")
    rich = answer(
        "disputed", "partisan_framing",
        spans=(("partisan_framing", span(BRIDGE, "sûr")),), unsure=True, framer="speaker",
        target="la préfecture", note="=1+1 says Bo Dahl, not Bodahl",
        evidence=(Evidence("url", "https://pont.example|x", "2031-02-04"), Evidence("text", "vu")),
        hints_shown=("loaded: sûr",), seconds=12,
    )  # fmt: skip
    judge(project, "Ada Brun", QUOTATION, rich)
    judge(project, "Bo Dahl", QUOTATION, answer("disputed", "sarcasm", "partisan_framing"))
    judge(project, "Ça", QUOTATION, answer("verified"))
    seen = [judge(project, "Ada Brun", DOUBT, answer("verified")).id]
    seen.append(judge(project, "Bo Dahl", DOUBT, answer("disputed")).id)
    body = {"labels": {"veracity": ["unverified"]}, "reason": "slip", "judgements": sorted(seen)}
    project.append("Ça", "decide", DOUBT, body)
    judge(project, "Bo Dahl", SAILED, answer("verified"))
    judge(project, "Bo Dahl", SAILED, answer("not_a_claim"))
    project.undo("Bo Dahl")
    judge(project, "Bo Dahl", HEADLINE, answer("verified"))
    project.append("Bo Dahl", "judge", HEADLINE, {})


def formats():
    """Return the formats to parametrize a test with; those that need an extra are for readers."""
    return [
        pytest.param(name, marks=[pytest.mark.readers] if one.needs else [])
        for name, one in FORMATS.items()
    ]


@pytest.fixture
def project(tmp_path):
    with open_project(tmp_path / "annotations.db") as project:
        fill(project)
        yield project


def merged(project, path, seed):
    """Return a new project with the same content, arrived in another order."""
    with open_project(path):
        pass
    with sqlite3.connect(path) as new:
        new.execute("ATTACH ? AS old", (str(project.path),))
        for table in ("articles", "taggings", "events"):
            rows = new.execute(f"SELECT * FROM old.{table}").fetchall()
            Random(seed).shuffle(rows)
            marks = ", ".join("?" * len(rows[0]))
            new.executemany(
                f"INSERT INTO {table} VALUES ({marks})",
                [(number, *row[1:]) for number, row in enumerate(rows, 1)],
            )
    new.close()
    again = open_project(path)
    again.rebuild()
    return again
