"""Hints that grow with the answers given, and switching kinds of hints off and on."""

import pytest

from annotator.model import Judgement
from annotator.review.session import Session
from annotator.settings import Settings
from annotator.store import open_project
from annotator.tagging.hints import KINDS

from .helpers import (
    ADA,
    arrived,
    claim_with,
    enter,
    hinted,
    judgement,
    loaded,
    make_project,
    opened,
    plain,
    screen_text,
    window,
)

SAME = "La passerelle de Marvelle est tombée ce matin."
FIRST = f"Une kermesse tient le port.\n{SAME}"
SECOND = f"{SAME}\nOn attend la kermesse."
WIDE = (120, 40)


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, plain(FIRST, "Un"), plain(SECOND, "Deux"))


def mark(db, who, words):
    """Judge the first claim of the first article with a word of it marked."""
    with open_project(db) as project:
        claim = claim_with(project, FIRST.split("\n")[0])
        start = FIRST.index(words)
        spans = (("partisan_framing", (start, start + len(words))),)
        labels = {"veracity": ("unverified",), "rhetoric": ("partisan_framing",)}
        Session(project, who).record(claim, Judgement(labels, spans))


def panel(app) -> str:
    """What the panel says, its lines joined."""
    lines = screen_text(app).splitlines()
    return " ".join(" ".join(line.partition("│")[2] for line in lines).split())


async def test_words_that_were_marked_are_proposed_in_the_next_article(db):
    async with opened(db, size=WIDE) as (app, pilot):
        await enter(app, pilot)
        await hinted(app, pilot)
        await pilot.press("w", "right", "p", "escape", "space", "J")
        await hinted(app, pilot)
        await pilot.press("j")
        await pilot.pause()
        assert "marked here in 1" in panel(app)
        await pilot.press("p", "v")
    said = judgement(db, "On attend la kermesse.")
    start = SECOND.index("kermesse")
    assert said.spans == (("partisan_framing", (start, start + 8)),)
    assert f"marked_word:{start}-{start + 8}" in said.hints_shown


async def test_words_that_were_marked_are_proposed_further_down(tmp_path):
    further = "On attend la kermesse."
    db = make_project(tmp_path, plain(f"Une kermesse tient le port.\n{further}", "Un"))
    async with opened(db, size=WIDE) as (app, pilot):
        await enter(app, pilot)
        await hinted(app, pilot)
        await pilot.press("w", "right", "p", "escape")
        await hinted(app, pilot)
        assert "marked here" not in panel(app)
        await pilot.press("space")
        await hinted(app, pilot)
        assert "marked here in 1" in panel(app)
        await pilot.press("p")
    assert [label for label, _ in judgement(db, further).spans] == ["partisan_framing"]


async def test_marks_of_a_colleague_are_no_hint_before_ones_own_answer(db):
    mark(db, "Ben", "kermesse")
    with open_project(db) as project:
        Session(project, ADA).answer(claim_with(project, SAME), "verified")
    async with opened(db, size=WIDE) as (app, pilot):
        await enter(app, pilot, "J", "j")
        await hinted(app, pilot)
        assert "kermesse." in screen_text(app) and "marked here" not in panel(app)
        await pilot.press("K", "home", "space", "J", "end")
        await hinted(app, pilot)
        assert "marked here in 1" in panel(app)


async def test_the_same_words_with_other_labels_are_pointed_out(db):
    async with opened(db, size=WIDE) as (app, pilot):
        await enter(app, pilot, "j", "d", "J")
        await pilot.pause()
        assert "labelled otherwise" in panel(app) and "disputed (you)" in panel(app)
        await pilot.press("v", "k")
        await pilot.pause()
        assert "labelled otherwise" in panel(app)
        await pilot.press("d", "k")
        await pilot.pause()
        assert "labelled otherwise" not in panel(app)
    with open_project(db) as project:
        rows = [row for row in project.claims() if row.text == SAME]
        said = project.judgement(ADA, rows[1].claim.id)
    assert said.hints_shown == (f"labelled_otherwise:0-{len(SAME)}",)


async def test_kinds_are_switched_off_and_stay_so_in_this_project(tmp_path):
    db = make_project(tmp_path, loaded())
    async with opened(db, size=WIDE) as (app, pilot):
        await enter(app, pilot)
        await hinted(app, pilot)
        assert 'hint "terroristes"' in panel(app)
        await window(app, pilot, "H")
        assert all(kind.replace("_", " ") in screen_text(app) for kind in KINDS)
        assert "✓ loaded word" in screen_text(app)
        assert KINDS["loaded_word"] in screen_text(app)
        await pilot.press("space", "j", "escape")
        await hinted(app, pilot)
        assert 'hint "terroristes"' not in panel(app)
        app.desk.keep_place()
    async with opened(db, size=WIDE) as (app, pilot):
        await arrived(app, pilot)
        await hinted(app, pilot)
        assert "terroristes" in screen_text(app)
        assert 'hint "terroristes"' not in panel(app)
        await window(app, pilot, "H")
        await pilot.click("Choices", offset=(4, 0))
        await pilot.press("H")
        await hinted(app, pilot)
        assert 'hint "terroristes"' in panel(app)


async def test_what_each_kind_marks_is_told_in_full(tmp_path):
    db = make_project(tmp_path, loaded())
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        await window(app, pilot, "H")
        for words in KINDS.values():
            assert words in screen_text(app)
            await pilot.press("j")
            await pilot.pause()


async def test_what_is_chosen_here_goes_before_the_settings(tmp_path):
    db = make_project(tmp_path, loaded())
    settings = Settings(hints_off=("loaded_word",))
    async with opened(db, size=WIDE, settings=settings) as (app, pilot):
        await enter(app, pilot)
        await window(app, pilot, "H")
        await pilot.press("enter", "escape")
        await hinted(app, pilot)
        assert 'hint "terroristes"' in panel(app)
        app.desk.keep_place()
    async with opened(db, size=WIDE, settings=settings) as (app, pilot):
        await arrived(app, pilot)
        await hinted(app, pilot)
        assert 'hint "terroristes"' in panel(app)


@pytest.mark.parametrize("kind", ["marked_word", "labelled_otherwise"])
async def test_what_rests_on_answers_can_be_switched_off_too(db, kind):
    mark(db, ADA, "kermesse")
    with open_project(db) as project:
        Session(project, ADA).answer(claim_with(project, SAME), "disputed")
    async with opened(db, size=WIDE, settings=Settings(hints_off=(kind,))) as (app, pilot):
        await enter(app, pilot, "J")
        await hinted(app, pilot)
        shown = panel(app)
        await pilot.press("j")
        await pilot.pause()
        assert ("labelled otherwise" in shown) == (kind == "marked_word")
        assert ("marked here" in panel(app)) == (kind == "labelled_otherwise")
