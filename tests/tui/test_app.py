"""Opening, failing, and what happens in the background, with real files and processes."""

import os
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from annotator.errors import StoreError, UsageError
from annotator.settings import Settings
from annotator.store import open_project
from annotator.tui.app import AnnotatorApp, run
from annotator.tui.screen import is_open

from .helpers import (
    ADA,
    article,
    bridge,
    corpus,
    current,
    enter,
    make_project,
    opened,
    plain,
    screen_text,
    until,
)

NEWS = "The bridge stays shut\n\nMayor Ida Vale said the bridge would stay shut until June.\n"


def fails(db) -> str:
    """The one line with which the UI refuses a file."""
    with pytest.raises(StoreError) as caught:
        run_headless(db)
    return str(caught.value)


def run_headless(db) -> int:
    app = AnnotatorApp(db, [], ADA, Settings())
    app.run(headless=True)
    if app.failure is not None:
        assert app.return_code == 1
        raise app.failure
    return app.return_code or 0


def test_files_that_are_no_project(tmp_path):
    text = tmp_path / "text.db"
    text.write_text("no database at all " * 100)
    assert "not a database" in fails(text)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE cats (name)")
    assert "not an annotator project" in fails(other)
    assert "there is no folder" in fails(tmp_path / "nowhere" / "new.db")
    assert "\n" not in fails(tmp_path)


def test_wrong_settings_are_said_before_anything_is_drawn(tmp_path):
    with pytest.raises(UsageError, match="no theme 'nightfall'"):
        run(tmp_path / "a.db", [], ADA, Settings(theme="nightfall"))


async def test_a_key_that_is_no_action_ends_with_a_line(tmp_path):
    db = make_project(tmp_path, bridge())
    async with opened(db, settings=Settings(keys={"fly": "x"})) as (app, _):
        pass
    assert "no action 'fly'" in str(app.failure)


async def test_keys_of_the_user_work(tmp_path):
    db = make_project(tmp_path, bridge())
    async with opened(db, settings=Settings(keys={"next_claim": "l"})) as (app, pilot):
        await pilot.press("enter", "l")
        await pilot.pause()
        assert current(app) == "que le pont resterait fermé"
        assert "l k claim" in screen_text(app).splitlines()[-1]
        await pilot.press("j")
        assert current(app) == "que le pont resterait fermé"


async def test_a_chosen_theme_stays(tmp_path):
    db = make_project(tmp_path, bridge())
    async with opened(db) as (app, pilot):
        app.theme = "annotator-light"
        await pilot.pause()
    async with opened(db) as (app, _):
        assert app.theme == "annotator-light"


async def test_a_place_in_an_article_that_is_gone_is_forgotten(tmp_path):
    db = make_project(tmp_path, bridge())
    with open_project(db) as project:
        project.set_place(ADA, "0" * 32, "1" * 32)
    async with opened(db) as (app, _):
        corpus(app)


async def test_adding_in_the_background_opens_the_first_article(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    news = tmp_path / "news"
    news.mkdir()
    (news / "a.txt").write_text(NEWS)
    (news / "b.txt").write_bytes(b"\x00\x01\x02 no text")
    (news / "c.txt").write_text(NEWS.replace("June", "July"))
    async with opened(tmp_path / "new.db", paths=["news"]) as (app, pilot):
        assert "adding" in screen_text(app)
        await until(pilot, lambda: "added 2, 1 refused" in screen_text(app))
        assert article(app).page.text.startswith("The bridge stays shut")
        await pilot.press("q")
        await pilot.pause()
        assert "2 articles" in screen_text(app)
        assert "Refused: news/b.txt: a binary file" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "Refused:" not in screen_text(app)
        corpus(app)


async def test_quitting_while_adding_ends_the_child(tmp_path):
    news = tmp_path / "news"
    news.mkdir()
    for number in range(300):
        (news / f"{number}.txt").write_text(f"Report {number}\n\n{NEWS * 20}")
    db = tmp_path / "new.db"
    async with opened(db, paths=[str(news)]) as (app, pilot):
        await until(pilot, lambda: "article" in app.screen.__class__.__name__.lower())
        await pilot.press("q")
        await pilot.pause()
        children = child_processes()
        assert children
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)
    assert not any(alive(pid) for pid in children)
    with open_project(db) as project:
        assert 0 < project.count(ADA) < 300
        assert project.check() == []


def child_processes() -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True
    ).stdout.splitlines()
    return [int(line.split()[0]) for line in listed if "annotator add" in line]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_crash_gives_exit_code_1(tmp_path):
    db = make_project(tmp_path, plain("Un texte."))
    program = textwrap.dedent(f"""
        from pathlib import Path
        from annotator.settings import Settings
        from annotator.tui import app
        def explode(*_): raise RuntimeError("crash for the test")
        app.AnnotatorApp._start = explode
        raise SystemExit(app.run(Path({str(db)!r}), [], "Ada", Settings()))
    """)
    done = subprocess.run(
        ["script", "-qec", f"{sys.executable} -c '{shell(program)}'", "/dev/null"],
        stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert b"crash for the test" in done.stdout


def shell(program: str) -> str:
    return program.replace("'", "'\\''")


async def test_what_comes_late_to_a_screen_that_was_left_is_of_no_use(tmp_path):
    db = make_project(tmp_path, bridge())
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        screen = article(app)
        assert is_open(screen)
        await pilot.press("question_mark")
        assert is_open(screen), "a window lies over it, but one comes back"
        await pilot.press("escape")
        screen.dismiss()
        assert not is_open(screen), "left, although its widgets are still there"
        await pilot.pause()
        assert not is_open(screen)


async def test_the_place_is_remembered_however_it_ends(tmp_path):
    db = make_project(tmp_path, bridge())
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        await pilot.press("n", "n")
        here = current(app)
    async with opened(db) as (app, pilot):
        await pilot.pause()
        assert current(app) == here


async def test_ctrl_c_tells_how_to_leave_in_the_line_for_messages(tmp_path):
    db = make_project(tmp_path, bridge())
    async with opened(db, settings=Settings(keys={"back": "Q"})) as (app, pilot):
        for key in ("ctrl+c", "enter", "ctrl+c"):
            await pilot.press(key)
            await pilot.pause()
            told = "Q goes back, and quits from the list; Ctrl+Q quits at once."
            assert (told in screen_text(app)) == (key == "ctrl+c")
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert not app.is_running
