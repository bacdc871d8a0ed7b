"""Every action of the registry does what it says; one without a function here fails."""

import pytest

from annotator.scheme import default_scheme
from annotator.tui.help import HelpScreen, KeyTable
from annotator.tui.keys import ACTIONS, PAIRS, keymap, keys_at, sign
from annotator.tui.palette import ActionProvider
from annotator.tui.screen import KeyScreen

from .helpers import (
    LOADED,
    article,
    bridge,
    corpus,
    current,
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

KEYS = keymap(default_scheme(), {})
FIRST, SECOND, THIRD = LOADED.split("\n")
HEADLINE = "Le pont de Marvelle restera fermé"
REPORT = "que le pont resterait fermé"
# The actions of these screens, and what opens them, are tested beside them.
HERE = [one for one in KEYS.actions if not set(one.where) <= {"review", "report"}]
BESIDE = ("review", "agreement", "mine", "people", "same_words", "returned")


def labelled(label: str, axis: str):
    async def does(app, pilot, key, db):
        await enter(app, pilot, key)
        assert judgement(db, FIRST).labels == {axis: (label,)}

    return does


async def does_toggle_unsure(app, pilot, key, db):
    await enter(app, pilot, key)
    assert judgement(db, FIRST).unsure
    await pilot.press(key)
    assert judgement(db, FIRST) is None


async def does_withdraw(app, pilot, key, db):
    await enter(app, pilot, "v", "k", key)
    assert judgement(db, FIRST) is None


async def in_words(app, pilot, *keys):
    """Toggle sarcasm, choose words by keys, mark them, and return what is marked."""
    await enter(app, pilot)
    await hinted(app, pilot)
    await pilot.press("s", "w", *keys)
    selected = article(app)._selection
    return article(app).page.text[selected.start : selected.end] if selected else None


async def does_mark_words(app, pilot, key, db):
    await enter(app, pilot, key)
    assert article(app).where == "words"


async def does_next_proposal(app, pilot, key, db):
    await enter(app, pilot)
    await hinted(app, pilot)
    await pilot.press("p", key)
    assert judgement(db, FIRST).spans == ()


async def does_framer(app, pilot, key, db):
    await enter(app, pilot, key)
    assert judgement(db, FIRST).framer == "speaker"


async def asks(app, pilot, key, *typed):
    await enter(app, pilot)
    await window(app, pilot, key)
    await pilot.press(*typed, "enter")
    await pilot.pause(0.1)


async def does_target(app, pilot, key, db):
    await asks(app, pilot, key, *"eux")
    assert judgement(db, FIRST).target == "eux"


async def does_evidence(app, pilot, key, db):
    await asks(app, pilot, key, *"vu")
    assert judgement(db, FIRST).evidence[0].value == "vu"


async def does_note(app, pilot, key, db):
    await asks(app, pilot, key, *"oui")
    assert judgement(db, FIRST).note == "oui"


async def does_flag(app, pilot, key, db):
    await asks(app, pilot, key, *"non")
    assert list(article(app).answers.flagged.values()) == ["non"]


async def does_skip(app, pilot, key, db):
    await enter(app, pilot, key)
    assert len(article(app).answers.skipped) == 1 and current(app) == SECOND


async def does_next_word(app, pilot, key, db):
    assert await in_words(app, pilot, key) == "terroristes"


async def does_previous_word(app, pilot, key, db):
    assert await in_words(app, pilot, "right", key) == "Les"


async def does_longer(app, pilot, key, db):
    assert await in_words(app, pilot, key) == "Les terroristes"


async def does_shorter(app, pilot, key, db):
    assert await in_words(app, pilot, "down", "down", key) == "Les terroristes"


async def does_letter_more(app, pilot, key, db):
    assert await in_words(app, pilot, key) == "Les "


async def does_letter_less(app, pilot, key, db):
    assert await in_words(app, pilot, key) == "Le"


async def does_other_end(app, pilot, key, db):
    assert await in_words(app, pilot, "right", key, "down") == "Les terroristes"


async def does_take_words(app, pilot, key, db):
    await in_words(app, pilot, key)
    assert judgement(db, FIRST).spans == (("sarcasm", (0, 3)),)


async def moves(app, pilot, keys, words):
    await enter(app, pilot, *keys)
    assert current(app) == words


async def does_next_claim(app, pilot, key, db):
    await moves(app, pilot, [key], SECOND)


async def does_previous_claim(app, pilot, key, db):
    await moves(app, pilot, ["end", key], SECOND)


async def does_next_unseen(app, pilot, key, db):
    await moves(app, pilot, ["j", "v", "k", "k", key], THIRD)


async def does_previous_unseen(app, pilot, key, db):
    await moves(app, pilot, ["j", "v", key], FIRST)


async def does_next_article(app, pilot, key, db):
    await moves(app, pilot, [key], HEADLINE)


async def does_previous_article(app, pilot, key, db):
    await moves(app, pilot, ["J", key], FIRST)


async def does_narrator(app, pilot, key, db):
    await enter(app, pilot, "J", "j", key)
    assert current(app).startswith("La maire, Odile Varenne")


async def does_page_down(app, pilot, key, db):
    await moves(app, pilot, [key], THIRD)


async def does_page_up(app, pilot, key, db):
    await moves(app, pilot, ["end", key], FIRST)


async def does_first(app, pilot, key, db):
    await moves(app, pilot, ["j", "j", key], FIRST)


async def does_last(app, pilot, key, db):
    await moves(app, pilot, [key], THIRD)


async def does_next_row(app, pilot, key, db):
    await pilot.press(key)
    assert corpus(app)._catalogue.cursor == 1


async def does_previous_row(app, pilot, key, db):
    await pilot.press("j", "j", key)
    assert corpus(app)._catalogue.cursor == 1


async def does_open(app, pilot, key, db):
    await pilot.press("j", key)
    await pilot.pause()
    assert current(app) == HEADLINE


async def does_filter(app, pilot, key, db):
    await pilot.press(key, *"pont")
    await pilot.pause()
    assert "1 article " in screen_text(app) and "Chargé" not in screen_text(app)


async def does_undo(app, pilot, key, db):
    await enter(app, pilot, "v", key)
    assert judgement(db, FIRST) is None


async def does_redo(app, pilot, key, db):
    await enter(app, pilot, "v", "z", key)
    assert judgement(db, FIRST) is not None


async def opens(app, pilot, key, words):
    await enter(app, pilot, "v", "k")
    await window(app, pilot, key)
    assert words in screen_text(app)


async def does_history(app, pilot, key, db):
    await opens(app, pilot, key, "Ada")


async def does_details(app, pilot, key, db):
    await opens(app, pilot, key, "─ Claim ─")


async def does_codebook(app, pilot, key, db):
    await opens(app, pilot, key, "At least one source")


async def does_help(app, pilot, key, db):
    await opens(app, pilot, key, "this help")


async def does_palette(app, pilot, key, db):
    await enter(app, pilot, key)
    await pilot.pause(0.3)
    assert "mark words" in screen_text(app)


async def does_back(app, pilot, key, db):
    await enter(app, pilot, key)
    await pilot.pause()
    corpus(app)


for _axis in default_scheme().axes:
    for _label in _axis.labels:
        globals()[f"does_label_{_label.id}"] = labelled(_label.id, _axis.id)


def presses(action) -> list[str]:
    return ["question_mark" if key == "?" else key for key in action.keys]


@pytest.mark.parametrize(
    ("action", "key"),
    [
        pytest.param(action, key, id=f"{action.id}-{key}")
        for action in HERE
        if action.id not in BESIDE
        for key in presses(action)
    ],
)
async def test_each_key_does_its_action(tmp_path, action, key):
    db = make_project(tmp_path, loaded(), bridge(), plain("Une fin.", "Fin"))
    async with opened(db) as (app, pilot):
        await globals()[f"does_{action.id}"](app, pilot, key, db)


@pytest.mark.parametrize("action", KEYS.actions, ids=lambda one: one.id)
def test_each_action_has_a_key_and_a_line_in_the_help_that_fits(action):
    for where in action.where:
        assert keys_at(action, where) or where == "filter"
        table = KeyTable(KEYS, "corpus" if where == "filter" else where)
        lines = [line.plain for line in table._lines]
        if where != "filter":
            found = [line for line in lines if action.words in line or pair_in(action, line)]
            assert any(sign(action.keys[0]) in line for line in found), where
        assert len(lines) <= 22, "the help is one screen of 24 lines"
    assert callable(HelpScreen)


def pair_in(action, line: str) -> bool:
    return action.id in PAIRS and PAIRS[action.id] in line


async def test_the_palette_has_every_action_that_is_possible(tmp_path):
    db = make_project(tmp_path, loaded(), bridge())
    seen = set()
    async with opened(db) as (app, pilot):
        seen |= named(app)
        await enter(app, pilot, "J", "j", "v", "z", "p")
        await pilot.pause()
        seen |= named(app)
        await pilot.press("w")
        await pilot.pause()
        seen |= named(app)
        await pilot.press("escape", "v", "J", "K", "k")
        await hinted(app, pilot)
        await pilot.press("K", "p")
        await pilot.pause()
        await hinted(app, pilot)
        seen |= named(app)
    missing = {one.words for one in HERE if one.id not in (*BESIDE, "palette")} - seen
    assert missing <= {"redo"}  # acting after the undo made it impossible


def named(app) -> set[str]:
    """The names in the palette over the screen shown."""
    assert isinstance(app.screen, KeyScreen)
    provider = ActionProvider(app.screen)
    return {words for words, _, _ in provider._commands()}


def test_no_action_is_listed_twice():
    ids = [one.id for one in ACTIONS]
    assert len(ids) == len(set(ids))
