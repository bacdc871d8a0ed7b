"""Every action of the registry does what it says; one without a function here fails.

That is `does_<action>` here or, for what one does with colleagues' answers, in `review_actions`.
"""

import pytest

from annotator.scheme import default_scheme
from annotator.tui.help import HelpScreen, KeyTable
from annotator.tui.keys import ACTIONS, PAIRS, keymap, keys_at, sign
from annotator.tui.palette import ActionProvider
from annotator.tui.screen import KeyScreen

from . import review_actions
from .helpers import (
    ADA,
    LOADED,
    TEXT,
    article,
    bridge,
    corpus,
    current,
    enter,
    hinted,
    judgement,
    loaded,
    looked_up,
    make_project,
    opened,
    plain,
    screen_text,
    window,
)
from .reviewing import LEA, merged

KEYS = keymap(default_scheme(), {})
FIRST, SECOND, THIRD = LOADED.split("\n")
HEADLINE = "Le pont de Marvelle restera fermé"
REPORT = "que le pont resterait fermé"


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


async def correcting(app, pilot, *keys):
    """Go to the report of the article about the bridge and press keys; return its tags."""
    await enter(app, pilot, "J", "j")
    await pilot.pause()
    await pilot.press("x", *keys)
    await pilot.pause(0.1)
    return app.desk.session.tagging(article(app).page.article_id)


async def does_correct(app, pilot, key, db):
    await enter(app, pilot)
    await window(app, pilot, key)
    assert "Correct « Les terroristes ont pris la ville »" in screen_text(app)


async def does_correct_speaker(app, pilot, key, db):
    tags = await correcting(app, pilot, key, *"radio", "enter")
    assert tags.attributions[0].speaker == "Radio Marvelle"


async def does_correct_type(app, pilot, key, db):
    tags = await correcting(app, pilot, key, "4")
    assert tags.attributions[0].speaker_type == "document"


async def does_correct_kind(app, pilot, key, db):
    tags = await correcting(app, pilot, key, "3")
    assert tags.attributions[0].kind == "mixed"


async def does_correct_content(app, pilot, key, db):
    await correcting(app, pilot, key, "up", "enter")
    assert current(app) == "que le pont resterait"


async def does_correct_cue(app, pilot, key, db):
    tags = await correcting(app, pilot, key, "up", "enter")
    assert TEXT[slice(*tags.attributions[0].cue[0])] == "a"


async def does_correct_source(app, pilot, key, db):
    tags = await correcting(app, pilot, key, "backspace", "enter")
    assert tags.attributions[0].source == ()


async def does_remove_tag(app, pilot, key, db):
    tags = await correcting(app, pilot, key)
    assert [one.kind for one in tags.attributions] == ["direct"]


async def does_add_tag(app, pilot, key, db):
    tags = await correcting(app, pilot, key, "enter", "enter")
    assert TEXT[slice(*tags.attributions[2].content[0])] == "que"


async def does_split(app, pilot, key, db):
    tags = await correcting(app, pilot, key, "right", "enter")
    assert len(tags.segments) == 5


async def does_join(app, pilot, key, db):
    tags = await correcting(app, pilot, key)
    assert len(tags.segments) == 3


async def does_reset_tag(app, pilot, key, db):
    tags = await correcting(app, pilot, "v", "3", "x", key)
    assert tags.attributions[0].kind == "indirect"


async def does_other_tag(app, pilot, key, db):
    await correcting(app, pilot, "a", "down", "down", "down", "down", "enter", "enter")
    assert "tag 1 of 2" not in screen_text(app)
    await pilot.press("x", key)
    await pilot.pause(0.1)
    assert "tag 2 of 2" in screen_text(app)


async def does_superseded(app, pilot, key, db):
    await enter(app, pilot, "J", "j", "v", "k")
    await pilot.press("x", "c", "up", "enter", "x", key, "enter")
    await pilot.pause(0.1)
    assert current(app) == REPORT and "superseded" in screen_text(app)


async def pieces(app, pilot, *keys):
    """Choose words for the content of the report and return what is chosen."""
    await correcting(app, pilot, "c", *keys)
    return [TEXT[start:end] for start, end in article(app)._choosing.pieces.spans]


async def does_take_pieces(app, pilot, key, db):
    await correcting(app, pilot, "c", "up", key)
    assert current(app) == "que le pont resterait"


async def does_sentence_more(app, pilot, key, db):
    assert await pieces(app, pilot, key) == ["que le pont resterait fermé."]


async def does_sentence_less(app, pilot, key, db):
    keys = ["pagedown", "pagedown", key]
    assert await pieces(app, pilot, *keys) == ["que le pont resterait fermé."]


async def does_add_piece(app, pilot, key, db):
    assert await pieces(app, pilot, "up", "up", key) == ["que le pont", "resterait"]


async def does_drop_piece(app, pilot, key, db):
    assert await pieces(app, pilot, key) == []


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


async def does_claims(app, pilot, key, db):
    await pilot.press("slash", *"pont", key)
    await found(app, pilot, "2 claims")


async def found(app, pilot, *words):
    """Wait until a list of claims shows some words."""
    await looked_up(app, pilot)
    for one in words:
        assert one in screen_text(app)


async def does_search(app, pilot, key, db):
    await enter(app, pilot, key, *"pont")
    await found(app, pilot, "2 claims", "resterait")


async def searched(app, pilot, *keys):
    """Search for a word that two claims of the first article have, and go to the first."""
    await enter(app, pilot, "slash", *"terroristes")
    await looked_up(app, pilot)
    await pilot.press("enter")
    await looked_up(app, pilot)
    assert current(app) == FIRST
    await pilot.press(*keys)


async def does_next_match(app, pilot, key, db):
    await searched(app, pilot, key)
    assert current(app) == SECOND


async def does_previous_match(app, pilot, key, db):
    await searched(app, pilot, "end", key)
    assert current(app) == SECOND


async def speaking(app, pilot, *keys):
    """Open the page of the one who speaks in the second article."""
    await enter(app, pilot, "J", "j", *keys)
    await looked_up(app, pilot)


async def does_speaker(app, pilot, key, db):
    await speaking(app, pilot, key)
    assert "2 claims in 1 article" in screen_text(app) and "▸ ·    que le pont" in screen_text(app)


async def does_next_found(app, pilot, key, db):
    await speaking(app, pilot, "S")
    await pilot.press(key)
    assert "▸ ·    Nous ne rouvrirons" in screen_text(app)


async def does_previous_found(app, pilot, key, db):
    await speaking(app, pilot, "j", "S")
    await pilot.press(key)
    assert "▸ ·    que le pont" in screen_text(app)


async def does_open_found(app, pilot, key, db):
    await speaking(app, pilot, "S")
    await pilot.press("j", key)
    await looked_up(app, pilot)
    assert current(app) == "Nous ne rouvrirons pas avant l’été"


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


async def does_hints(app, pilot, key, db):
    await opens(app, pilot, key, "✓ loaded word")


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


DOES = {**vars(review_actions), **globals()}


def presses(action) -> list[str]:
    """The keys of an action, of many only the first and the last."""
    keys = action.keys if len(action.keys) < 4 else (action.keys[0], action.keys[-1])
    names = {"?": "question_mark", "/": "slash"}
    return [names.get(key, key) for key in keys]


@pytest.mark.parametrize(
    ("action", "key"),
    [
        pytest.param(action, key, id=f"{action.id}-{key}")
        for action in KEYS.actions
        for key in presses(action)
    ],
)
async def test_each_key_does_its_action_which_the_palette_has_too(
    tmp_path, monkeypatch, action, key
):
    does = DOES[f"does_{action.id}"]
    done = recorded(monkeypatch)
    if does.__module__ == review_actions.__name__:
        db, reviewer = merged(tmp_path), LEA
    else:
        db, reviewer = make_project(tmp_path, loaded(), bridge(), plain("Une fin.", "Fin")), ADA
    async with opened(db, reviewer=reviewer) as (app, pilot):
        await does(app, pilot, key, db)
    # Ctrl+P is Textual's own binding.
    assert action.id in done or action.id == "palette"


def recorded(monkeypatch) -> list[str]:
    """The ids of the actions done from now on; each must stand in the palette at that moment."""
    done: list[str] = []
    do = KeyScreen.do

    def recording(screen, action):
        done.append(action.id)
        assert action.id == "palette" or action.words in named(screen)
        do(screen, action)

    monkeypatch.setattr(KeyScreen, "do", recording)
    return done


def named(screen) -> set[str]:
    """The names in the palette over a screen."""
    return {words for words, _, _ in ActionProvider(screen)._commands()}


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


def test_no_action_is_listed_twice():
    ids = [one.id for one in ACTIONS]
    assert len(ids) == len(set(ids))
