"""Correcting the tags with real keys: who says what, in which words, and every way back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from annotator.model import Attribution, Segment, Tagging
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tui.bars import MessageBar
from annotator.tui.reader import Reader
from annotator.tui.tag_menu import TagMenu

from .helpers import (
    ADA,
    TEXT,
    article,
    at,
    bridge,
    corpus,
    current,
    enter,
    make_project,
    opened,
    plain,
    screen_text,
    styles_of,
    tagged,
    window,
)

REPORT = "que le pont resterait fermé"
QUOTE = "Nous ne rouvrirons pas avant l’été"
ID = bridge()[0].id
SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, bridge(), plain("Un autre texte.\nIl est court.", "Un autre"))


@pytest.fixture(params=SIZES, ids=str)
def size(request):
    return request.param


def message(app) -> str:
    return app.screen.query_one(MessageBar).text


def panel(app) -> str:
    """What the panel says, without its line breaks."""
    lines = screen_text(app).splitlines()
    if len(lines) > 30:
        lines = [line[81:] for line in lines]
    return " ".join(" ".join(lines).split())


def tags(db, reviewer: str = ADA) -> Tagging:
    """What a reviewer sees, read from the file by another connection."""
    with open_project(db, create=False) as project:
        return Session(project, reviewer).tagging(ID)


def words(spans) -> list[str]:
    return [TEXT[start:end] for start, end in spans]


async def press(pilot, *keys: str) -> None:
    """Press keys and wait until what they open is laid out."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause(0.05)


# --- who says it --------------------------------------------------------------------------------


async def test_a_speaker_is_chosen_by_first_letters(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "s", *"mar", "enter")
        assert tags(db).attributions[0].speaker == "Radio Marvelle"
        assert "speaker  Radio Marvelle" in screen_text(app).replace("r Radio", "r  Radio")
        assert "speaker was Odile Varenne" in screen_text(app)
        assert current(app) == REPORT and "▸ ·x" in screen_text(app)


async def test_a_new_speaker_has_a_name_and_a_type(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "s", *"Mairie", "enter")
        assert "What is Mairie?" in screen_text(app)
        await press(pilot, "2")
        shown = tags(db).attributions[0]
        assert (shown.speaker, shown.speaker_type) == ("Mairie", "organisation")
        # A name that others begin with: the last line of the list stands for it.
        await press(pilot, "x", "s", *"Odile", "down", "enter", "7")
        shown = tags(db).attributions[0]
        assert (shown.speaker, shown.speaker_type) == ("Odile", None)


async def test_nobody_known_speaks(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "s", *"nob", "enter")
        shown = tags(db).attributions[0]
        assert (shown.speaker, shown.speaker_type) == (None, None)
        assert "speaker unknown" in screen_text(app)
        await press(pilot, "x", "t")
        assert "Nobody is named: s says who it is." in screen_text(app)


async def test_leaving_any_window_changes_nothing(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        for keys in (
            ["x", "escape"], ["x", "q"], ["x", "s", "escape"], ["x", "t", "escape"],
            ["x", "v", "q"], ["x", "s", *"Zoé", "enter", "escape"], ["x", "c", "up", "escape"],
            ["x", "a", "enter", "escape", "escape"], ["x", "d", "right", "q"],
        ):  # fmt: skip
            await press(pilot, *keys)
            assert article(app).where == "article", keys
        assert tags(db) == bridge()[1]
        await press(pilot, "x", "s", "up", "up", "enter")
        assert message(app).startswith("Nothing has changed")
        with open_project(db) as project:
            assert list(project.events(kind="correct")) == []


async def test_the_type_of_a_speaker_and_the_voice(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "t", "down", "enter")
        assert tags(db).attributions[0].speaker_type == "organisation"
        await press(pilot, "x", "v", "3")
        assert tags(db).attributions[0].kind == "mixed"
        assert "mixed quotation" in screen_text(app)
        assert "speaker type was person; kind was indirect" in panel(app)


async def test_keys_of_the_window_judge_nothing(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "space", "p", "i", "escape")
        with open_project(db) as project:
            assert project.judgements(ID, ADA) == {}
        assert current(app) == REPORT


# --- which words --------------------------------------------------------------------------------


async def test_content_by_words_and_characters(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "c")
        assert "Content, the words said: « que le pont resterait fermé »" in screen_text(app)
        await press(pilot, "tab", "up", "tab", "shift+right", "enter")
        assert words(tags(db).attributions[0].content) == ["le pont resterait fermé."]
        assert current(app) == "le pont resterait fermé."


async def test_content_of_several_pieces(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "c", "up", "up", "space", "right", "enter")
        assert words(tags(db).attributions[0].content) == ["que le pont", "fermé"]
        assert current(app) == REPORT
        # Words in the middle of what is kept are taken out again.
        await press(pilot, "x", "c", "space", "left", "left", "backspace", "enter")
        assert words(tags(db).attributions[0].content) == ["que", "pont", "fermé"]


async def test_cue_and_source_may_be_none_and_content_may_not(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "u", "backspace")
        assert message(app).endswith(": none")
        await press(pilot, "enter", "x", "o", "backspace", "enter")
        shown = tags(db).attributions[0]
        assert (shown.cue, shown.source) == ((), ())
        await press(pilot, "x", "u", "right", "enter")
        assert words(tags(db).attributions[0].cue) == ["le"]
        await press(pilot, "x", "c", "backspace", "enter")
        assert message(app) == "no words are selected" and article(app).where == "pieces"
        await press(pilot, "escape")
        assert words(tags(db).attributions[0].content) == [REPORT]


async def test_words_of_other_sentences_can_be_chosen_and_come_into_view(tmp_path):
    lines = [f"Phrase {number} du texte." for number in range(80)]
    text = "\n".join(lines)
    segments, start = [], 0
    for line in lines:
        segments.append(Segment(start, start + len(line), "sentence"))
        start += len(line) + 1
    said = Attribution((at(text, "Phrase 30 du texte"),), "indirect")
    db = make_project(tmp_path, tagged(text, segments, [said]))
    async with opened(db) as (app, pilot):
        await enter(app, pilot, *["j"] * 30)
        await press(pilot, "x", "o", *["right"] * 43)
        assert "Phrase 40 du" in screen_text(app)
        chosen = article(app)._choosing.pieces.spans[0]
        assert chosen == at(text, "texte", text.index("Phrase 40"))
        await press(pilot, "enter")
        source = article(app).page.tagging.attributions[0].source
        assert source == (chosen,)


async def test_no_character_is_cut_in_two(tmp_path):
    text = "Ana a dit 👩‍🚒e\u0301te\u0301 ici."
    said = Attribution((at(text, "👩‍🚒"),), "direct")
    db = make_project(tmp_path, tagged(text, [Segment(0, len(text), "sentence")], [said]))
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "c", "shift+right", "shift+right", "enter")
        ((start, end),) = article(app).page.tagging.attributions[0].content
        assert text[start:end] == "👩‍🚒e\u0301t"
        await press(pilot, "x", "c", "shift+right", "enter")
        ((start, end),) = article(app).page.tagging.attributions[0].content
        assert text[start:end] == "👩‍🚒e\u0301te\u0301"


# --- missed and false ---------------------------------------------------------------------------


async def test_a_missed_quotation(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "end")
        await press(pilot, "x", "s")
        assert "Nobody is said to say this: a adds" in screen_text(app)
        await press(pilot, "a", *["right"] * 3, "down", "down", "enter")
        assert "Who says it?" in screen_text(app)
        await press(pilot, *"habitants", "enter", "3")
        assert current(app) == "d’un chantier"
        (added,) = [one for one in tags(db).attributions if one.speaker == "habitants"]
        assert (added.kind, added.speaker_type) == ("indirect", "anonymous")
        assert "added: « d’un chantier », habitants" in panel(app)
        await press(pilot, "x", "u", "left", "enter")
        (added,) = [one for one in tags(db).attributions if one.speaker == "habitants"]
        assert words(added.cue) == ["parlent"]


async def test_quotation_marks_say_how_it_is_reported(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j", "j")
        await press(pilot, "x", "r")
        assert tags(db).attributions == bridge()[1].attributions[:1]
        assert "removed: « Nous ne rouvrirons pas" in screen_text(app)
        await press(pilot, "x", "a", *["down"] * 6, "enter", *"odi", "enter")
        assert current(app) == QUOTE
        assert "direct quotation" in screen_text(app)


async def test_what_is_there_cannot_be_added_again(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        for _ in range(2):
            await press(pilot, "x", "a", *["down"] * 4, "enter", "enter")
        assert message(app) == "there is such an attribution already"
        assert article(app).where == "pieces"


async def test_two_tags_on_the_same_words(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "a", *["down"] * 4, "enter", *"rad", "enter")
        assert len(tags(db).attributions) == 3
        await press(pilot, "x")
        assert "tag 1 of 2" in screen_text(app)
        first = article_below(app).tag
        await press(pilot, "tab")
        assert "tag 2 of 2" in screen_text(app) and article_below(app).tag != first
        await press(pilot, "r")
        assert len(tags(db).attributions) == 2 and first in tags(db).attributions


def article_below(app):
    return app.screen_stack[-2]


# --- sentences ----------------------------------------------------------------------------------


async def test_divide_and_join(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "end")
        await press(pilot, "x", "d", "right", "right", "enter")
        assert current(app) == "d’un chantier sans fin."
        assert "divided before « d’un chantier sans »" in panel(app)
        await press(pilot, "k")
        assert current(app) == "Des habitants parlent"
        await press(pilot, "x", "n")
        assert current(app) == "Des habitants parlent d’un chantier sans fin."
        assert tags(db) == bridge()[1]


async def test_what_is_not_possible_is_said(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        for key, words in [
            ("n", "A headline and a sentence cannot be joined."),
            ("m", "You corrected nothing here."),
            ("l", "None of your answers in this article is superseded."),
            ("r", "Nobody is said to say this"),
        ]:
            await press(pilot, "x", key)
            assert isinstance(app.screen, TagMenu) and words in screen_text(app)
            await press(pilot, "escape")
        await press(pilot, "end", "x", "n")
        assert "Nothing follows that could be joined." in screen_text(app)
        await press(pilot, "escape")
        assert tags(db) == bridge()[1]


# --- back ---------------------------------------------------------------------------------------


async def test_the_machines_tag_again(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "v", "3", "x", "d", "enter")
        assert len(tags(db).segments) == 5
        await press(pilot, "x", "m")
        assert "Drop which correction?" in screen_text(app)
        assert "1  kind was indirect" in screen_text(app)
        await press(pilot, "1")
        assert tags(db).attributions == bridge()[1].attributions
        await press(pilot, "x", "m")
        assert tags(db) == bridge()[1]
        assert "▸ ·x" not in screen_text(app)


async def test_undo_goes_to_the_place_from_anywhere_and_redo_again(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "c", "up", "enter", "J", "z")
        assert current(app) == REPORT and tags(db) == bridge()[1]
        await press(pilot, "J", "Z")
        assert current(app) == "que le pont resterait"
        await press(pilot, "home", "z")
        assert current(app) == REPORT
        await press(pilot, "Z", "x", "r", "q")
        corpus(app)
        await press(pilot, "z")
        assert current(app) == "que le pont resterait"
        await press(pilot, "z", "z")
        assert message(app) == "There is nothing to undo."
        assert tags(db) == bridge()[1]


async def test_all_is_there_after_a_restart_and_only_for_the_reviewer(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "s", *"rad", "enter", "q", "q")
    async with opened(db) as (app, pilot):
        assert current(app) == REPORT and "speaker Radio Marvelle" in screen_text(app)
        await press(pilot, "z")
        assert "speaker Odile Varenne (person)" in screen_text(app)
        await press(pilot, "Z")
    async with opened(db, reviewer="Bo") as (app, pilot):
        await enter(app, pilot, "j")
        await pilot.pause()
        assert "speaker Odile Varenne (person)" in screen_text(app)
        assert "▸ ·x" not in screen_text(app)
    assert tags(db, "Bo") == bridge()[1]


async def test_history_has_the_corrections(db):
    async with opened(db, size=(120, 40)) as (app, pilot):
        await enter(app, pilot, "j", "v", "k")
        await press(pilot, "x", "s", *"rad", "enter", "x", "v", "3", "z")
        await window(app, pilot, "h")
        shown = screen_text(app)
        assert "indirect, Radio Marvelle" in shown
        assert "speaker: Radio Marvelle (was" in shown
        assert "kind of report: mixed (was" in shown and "(taken back" in shown
        acts = re.findall("kind of report: mixed|speaker: Radio|│ +verified", shown)
        assert [one.split()[-1] for one in acts] == ["Radio", "mixed", "Radio", "verified"]


# --- superseded answers -------------------------------------------------------------------------


async def test_an_answer_on_other_words_is_kept_and_can_be_reached(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "j", "d", "k")
        await press(pilot, "x", "c", "up", "enter")
        assert message(app) == "Your answer on the words as they were is kept: x l lists it."
        assert "0/4 judged" in screen_text(app) and "▸ ·xd~" in screen_text(app)
        assert "before disputed: « que le pont resterait fermé » (superseded)" in panel(app)
        await press(pilot, "home", "x", "l")
        assert "1  d   « que le pont resterait fermé »" in screen_text(app)
        await press(pilot, "enter")
        assert current(app) == REPORT
        assert "superseded" in screen_text(app) and "« que le pont resterait »" in screen_text(app)
        assert "✓" in screen_text(app)
        await press(pilot, "k")
        assert current(app) == "que le pont resterait"
        await press(pilot, "j", "j")
        assert current(app) == "Des habitants parlent d’un chantier sans fin."


async def test_an_answer_reached_so_can_be_changed_and_withdrawn(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j", "d", "k")
        await press(pilot, "x", "r", "x", "l", "enter", "u")
        with open_project(db) as project:
            (kept,) = project.judgements(ID, ADA).values()
        assert kept.unsure and kept.labels == {"veracity": ("disputed",)}
        await press(pilot, "backspace")
        with open_project(db) as project:
            assert project.judgements(ID, ADA) == {}
            assert project.check() == []
        await press(pilot, "i", "z")
        assert current(app) == REPORT and "superseded" in screen_text(app)
        # Without an answer there is nothing at the place but what stands there now.
        await press(pilot, "q", "Z")
        assert current(app).startswith("La maire, Odile Varenne")


async def test_an_answer_comes_back_with_its_claim(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j", "d", "k")
        await press(pilot, "x", "c", "up", "enter", "v", "k", "x", "m")
        assert current(app) == REPORT and "judged  2 of 4" in screen_text(app)
        assert "before verified: « que le pont resterait »" in panel(app)
        assert "1/4 judged" in screen_text(app)


# --- how it looks -------------------------------------------------------------------------------


@pytest.mark.parametrize("colours", [True, False])
async def test_corrected_words_are_marked(db, monkeypatch, colours):
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "end")
        assert not any("underline2" in style for style in styles_of(app, "a annoncé", 0))
        await press(pilot, "home", "j", "x", "v", "3", "end")
        for part in ("a annoncé", "que le pont", "La maire"):
            assert all("underline2" in style for style in styles_of(app, part, 0)), part
        assert not any("underline2" in style for style in styles_of(app, "lundi", 0))
        assert "  ·x   La maire" in screen_text(app)


async def test_without_colours_pieces_and_selection_stand_out(db, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x", "u", "space", "right")
        assert any("reverse" in s and "underline2" in s for s in styles_of(app, "a annoncé", 1))
        assert any("not reverse" in style for style in styles_of(app, "que", 1))


async def test_names_from_data_act_on_nothing(tmp_path):
    evil = "[bold]Odile\x1b[31m[/x]"
    text, tagging = bridge()[0].text, bridge()[1]
    bad = replace(tagging.attributions[0], speaker=evil)
    db = make_project(tmp_path, tagged(text, tagging.segments, [bad]))
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        await press(pilot, "x")
        assert "[bold]Odile" in screen_text(app) and "\x1b" not in screen_text(app)
        await press(pilot, "s")
        assert "[bold]Odile" in screen_text(app) and "\x1b" not in screen_text(app)
        await press(pilot, *"Zo", "enter", "1")
        assert "speaker was [bold]Odile" in screen_text(app)


async def test_the_window_leaves_the_claim_in_sight(tmp_path):
    lines = "\n".join(f"Phrase {number} du texte." for number in range(60))
    db = make_project(tmp_path, plain(lines))
    async with opened(db) as (app, pilot):
        await enter(app, pilot, *["j"] * 12)
        await press(pilot, "x")
        assert "▸ ·    Phrase 12 du texte." in screen_text(app)
        await press(pilot, "escape", "end", "x")
        assert screen_text(app).splitlines()[0].startswith(" ") and "Correct" in screen_text(app)
        first = next(n for n, line in enumerate(screen_text(app).splitlines()) if "Correct" in line)
        assert first <= 1


# --- mouse and others ---------------------------------------------------------------------------


async def click_on(app, pilot, words: str, column: int = 2) -> None:
    rows = screen_text(app).splitlines()
    y = next(n for n, line in enumerate(rows) if words in line)
    await pilot.click(offset=(rows[y].index(words) + column, y))
    await pilot.pause(0.1)


async def test_the_mouse_corrects(db, size):
    async with opened(db, size=size) as (app, pilot):
        await enter(app, pilot, "j")
        await pilot.pause()
        await click_on(app, pilot, "speaker")
        await click_on(app, pilot, "Radio Marvelle")
        assert tags(db).attributions[0].speaker == "Radio Marvelle"
        await press(pilot, "x")
        await click_on(app, pilot, "content: the words")
        await click_on(app, pilot, "resterait fermé")
        assert words(article(app)._choosing.pieces.spans) == ["resterait"]
        x, y = 7 + TEXT.split("\n")[2].index("le pont"), 2
        await pilot.mouse_down(Reader, offset=(x, y - 1))
        await pilot.hover(Reader, offset=(x + 6, y - 1))
        await pilot.mouse_up(Reader, offset=(x + 6, y - 1))
        await press(pilot, "enter")
        assert current(app) == "le pont"


async def test_the_palette_corrects(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j", "ctrl+p", *"nobody says")
        await pilot.pause(0.3)
        assert "x r" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert len(tags(db).attributions) == 1


async def test_what_another_process_corrects_appears(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "j")
        with open_project(db) as project:
            session = Session(project, ADA)
            session.correct_kind(ID, bridge()[1].attributions[0], "mixed")
        await pilot.pause(1.3)
        assert "mixed quotation" in screen_text(app) and current(app) == REPORT


async def test_an_article_without_claims_has_nothing_to_correct(tmp_path):
    db = make_project(tmp_path, tagged("", []))
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "x")
        await pilot.pause()
        assert article(app).claim is None
