"""Foreign text is data: nothing in it acts on the terminal, on markup, or on the columns."""

import os
import re
import sys
import textwrap

import pexpect
import pytest

from annotator.model import About, Attribution, Judgement, Segment
from annotator.review.deciding import decide
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tui.bars import MessageBar

from .helpers import (
    ADA,
    article,
    at,
    bridge,
    claim_with,
    current,
    looked_up,
    make_project,
    opened,
    plain,
    screen_text,
    tagged,
    window,
)

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
HOSTILE = (
    "\x1b]0;pwned\x07 \x1b[31mred \x9b2J \u202eback\u2069 [/x] [bold] [@click=app.quit]out[/] "
    f"{FAMILY} \U0001f1eb\U0001f1f7 "
    "❤\ufe0f 1\ufe0f\u20e3 e\u0301\u0323 \U0001f44d\U0001f3fd 漢字 \\["
)
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def hostile_article():
    text = f"Dit {HOSTILE} par Max.\nUne fin."
    segments = [
        Segment(0, at(text, "Max.")[1], "post"),
        Segment(at(text, "Une fin.")[0], len(text), "sentence"),
    ]
    said = Attribution(
        (at(text, HOSTILE),), "direct", (at(text, "Dit"),), (at(text, "Max"),),
        speaker=HOSTILE, speaker_type="account", via=HOSTILE, rule=HOSTILE,
    )  # fmt: skip
    about = About(title=HOSTILE, outlet=HOSTILE, author=HOSTILE, date=HOSTILE)
    return tagged(text, segments, [said], about, language=HOSTILE)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (20, 8)])
async def test_hostile_text_on_every_screen(tmp_path, size):
    db = make_project(tmp_path, hostile_article(), bridge())
    with open_project(db) as project:
        note = {"labels": {}, "note": HOSTILE}
        project.append(ADA, "judge", claim_with(project, HOSTILE), note)
    async with opened(db, size=size) as (app, pilot):
        assert not CONTROL.search(screen_text(app))
        await pilot.press("slash", *"[/x]")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("home")
        assert current(app) == HOSTILE
        assert not CONTROL.search(screen_text(app))
        for key in ("v", "k", "p", "u", "question_mark", "escape", "backspace", "z"):
            await pilot.press(key)
            await pilot.pause()
            assert not CONTROL.search(screen_text(app))
        for key in ("enter", "h", "c", "t", "e", "g", "f", "x"):
            opened_window = await window(app, pilot, key)
            assert not CONTROL.search(screen_text(app)), key
            opened_window.close()
            await pilot.pause(0.1)
        for keys in (("S",), ("slash", *"pwned"), ("ctrl+u", *"note:"), ("ctrl+u",)):
            await pilot.press(*keys)
            await looked_up(app, pilot)
            assert not CONTROL.search(screen_text(app)), keys
        await pilot.press(*"pwned", "enter")
        await looked_up(app, pilot)
        assert current(app) == HOSTILE and "/pwned" in screen_text(app)
        assert not CONTROL.search(screen_text(app))
        await window(app, pilot, "e")
        await pilot.press(*"pont")
        await looked_up(app, pilot)
        assert not CONTROL.search(screen_text(app))
        await pilot.press("escape", "escape")
        await pilot.pause(0.1)
        await pilot.press("w", "down", "shift+right", "p", "escape")
        await pilot.pause()
        assert not CONTROL.search(screen_text(app))
        await pilot.press("ctrl+p", *"[/x]")
        await pilot.pause(0.3)
        assert not CONTROL.search(screen_text(app))
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert article(app).page.article.about.title == HOSTILE


def hostile_team(folder):
    """A project in which people of hostile names say hostile things of hostile claims, twice."""
    first, second = hostile_article(), plain(f"{HOSTILE}\nEnd.", HOSTILE)
    db = make_project(folder, first, second)
    with open_project(db) as project:
        ids = [row.claim.id for row in project.claims() if "pwned" in row.text]
        for name, label in ((HOSTILE, "verified"), (f"B{HOSTILE}", "disputed"), (ADA, "disputed")):
            for claim in ids:
                said = {"labels": {"veracity": [label]}, "note": HOSTILE, "seconds": 3}
                project.append(name, "judge", claim, said)
        project.append(HOSTILE, "judge", ids[1], {"labels": {"veracity": ["not_a_claim"]}})
        project.append(HOSTILE, "send_back", ids[0], {"to": ADA, "note": HOSTILE})
        answer = Judgement({"veracity": ("verified",)}, note=HOSTILE)
        decide(project, HOSTILE, ids[0], answer, speaker=HOSTILE)
        row = project.claim(ids[0])
        said = project.tagging(row.article_id).attributions[0]
        Session(project, HOSTILE).correct_speaker(row.article_id, said, "x [/x] y")
    return db


@pytest.mark.parametrize("size", [(80, 24), (20, 8)])
async def test_hostile_text_in_reports_and_the_story_of_a_claim(tmp_path, size):
    db = hostile_team(tmp_path)
    async with opened(db, size=size) as (app, pilot):
        for key in "AFPWY":
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            texts = "".join(row.text for row in app.screen._list.rows)
            assert "pwned" in texts or key == "P", key
            await pilot.press("N")
            for _ in range(len(app.screen._list.rows)):
                await pilot.press("j")
                assert not CONTROL.search(screen_text(app)), key
            await pilot.press("q")
            await pilot.pause()
        await pilot.press("R")
        await pilot.pause()
        await pilot.press("N")
        for key in ("h", "x", "r", "t", "y"):
            opened_window = await window(app, pilot, key)
            assert not CONTROL.search(screen_text(app)), key
            opened_window.close()
            await pilot.pause(0.1)


async def test_hostile_names_in_messages(tmp_path):
    db = make_project(tmp_path, bridge())
    async with opened(db) as (app, pilot):
        app.screen.say(HOSTILE, error=True)
        await pilot.pause()
        assert "pwned" in screen_text(app) and not CONTROL.search(screen_text(app))
        assert app.screen.query_one(MessageBar).text == HOSTILE


async def test_a_line_of_a_million_characters(tmp_path):
    long = "mot " * 250_000 + "fin."
    db = make_project(tmp_path, plain(long), plain("x" * 1_000_000))
    async with opened(db) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert "mot mot mot" in screen_text(app)
        await pilot.press("v", "J")
        await pilot.pause()
        assert "x" * 60 in screen_text(app)
        await pilot.press("end", "p", "K")
        await pilot.pause()
        assert "1/1 judged" in screen_text(app)


def test_the_bytes_sent_to_a_terminal(tmp_path):
    db = make_project(tmp_path, hostile_article())
    program = textwrap.dedent(f"""
        from pathlib import Path
        from annotator.settings import Settings
        from annotator.tui.app import run
        raise SystemExit(run(Path({str(db)!r}), [], "Ada", Settings()))
    """)
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    child = pexpect.spawn(
        sys.executable, ["-c", program], dimensions=(24, 80), env=environment, timeout=30
    )
    sent = bytearray()
    child.logfile_read = Recorder(sent)
    child.expect("open")
    child.send("\r")
    child.expect("not seen")
    child.send("vq")
    child.expect("outlet")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert b"pwned" in sent
    for sequence in (b"\x1b]0;pwned", b"\x1b[31mred", b"\xc2\x9b", "\u202e".encode()):
        assert sequence not in sent


class Recorder:
    """A log for pexpect that keeps what it is given."""

    def __init__(self, sent: bytearray) -> None:
        self.write = sent.extend

    def flush(self) -> None:
        """Nothing is held back."""
