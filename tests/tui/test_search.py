"""Searching all claims: as one types, the list, the search that stays on, and what is hidden."""

import asyncio
import threading

import pytest
from textual import events

from annotator.model import Evidence, Judgement
from annotator.settings import Settings
from annotator.store import judgement_to_body, open_project
from annotator.tui.article import ArticleScreen
from annotator.tui.beside import Newest, Soon
from annotator.tui.corpus import CorpusScreen
from annotator.tui.finding import READY
from annotator.tui.search import SearchScreen
from annotator.tui.searching import LOOKING

from .helpers import (
    ADA,
    TEXT,
    article,
    bridge,
    claim_with,
    current,
    enter,
    judgement,
    looked_up,
    make_project,
    opened,
    plain,
    screen_text,
    styles_of,
    window,
)

NORTH = (
    "Les combattants d'Al-Qaïda ont quitté Verlac.\n"
    "Rien ne bouge.\n"
    "« Qaïda », dit le mur, et la dépêche est longue, très longue, avant que l'on apprenne enfin "
    "que les hommes d'Al-Qaïda sont loin."
)
FIRST, NOTHING, LAST = NORTH.split("\n")


@pytest.fixture
def db(tmp_path):
    return make_project(tmp_path, bridge(), plain(NORTH, "Au nord"), plain("Rien.", "Rien"))


async def search(app, pilot, typed: str, *keys: str) -> None:
    """Type in the search that is open, wait for what it finds, then press keys."""
    names = {" ": "space", ":": "colon", '"': "quotation_mark", "-": "minus", "_": "underscore"}
    await pilot.press(*(names.get(char, char) for char in typed))
    await looked_up(app, pilot)
    await pilot.press(*keys)
    await looked_up(app, pilot)


def verdict(label: str, **more) -> dict[str, object]:
    return judgement_to_body(Judgement({"veracity": (label,)}, **more))


async def test_words_are_found_without_accents_and_shown_in_their_sentences(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "qaida")
        shown = screen_text(app)
        assert "2 claims" in shown and "Au nord" in shown
        assert "Les combattants d'Al-Qaïda ont quitté Verlac." in shown
        assert "…" in shown and "hommes d'Al-Qaïda" not in shown
        assert all("underline" in one for one in styles_of(app, "Qaïda", below=3))
        await search(app, pilot, " loin", "down")
        assert "1 claim\n" in screen_text(app) + "\n"
        await pilot.press("enter")
        await looked_up(app, pilot)
        assert current(app) == LAST and "/qaida loin 1 claim" in screen_text(app)


async def test_the_longest_of_the_words_is_what_a_long_sentence_is_cut_around(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "la apprenne")
        line = screen_text(app).splitlines()[4]
        assert line.startswith("▸ ·    …") and "apprenne" in line and "la dépêche" not in line


async def test_matches_are_visited_across_articles_and_marked_in_the_text(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "que", "enter")
        assert current(app) == "que le pont resterait fermé"
        assert article(app).page.text == TEXT
        assert any("on #" in one and "underline" in one for one in styles_of(app, "que", below=1))
        marked = styles_of(app, "que", below=1)
        await pilot.press("m")
        await looked_up(app, pilot)
        assert current(app) == LAST and "Au nord" in screen_text(app)
        assert any("underline" in one for one in styles_of(app, "que", below=1))
        await pilot.press("m")
        await looked_up(app, pilot)
        assert "No match further on." in screen_text(app) and current(app) == LAST
        await pilot.press("M")
        await looked_up(app, pilot)
        assert current(app) == "que le pont resterait fermé"
        await pilot.press("M")
        await looked_up(app, pilot)
        assert "No match further back." in screen_text(app)
        assert "/que 2 claims" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, ArticleScreen) and "/que" not in screen_text(app)
        assert styles_of(app, "que", below=1) != marked
        await pilot.press("m")
        await looked_up(app, pilot)
        assert current(app) == "que le pont resterait fermé"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, CorpusScreen)


async def test_keys_in_a_row_are_about_the_claims_they_lead_to(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "rien", "enter", "k")
        assert current(app) == FIRST
        for key in "mmMmv":  # NOTHING, the last article, NOTHING again, the last article again
            app.screen.post_message(events.Key(key, key))
        await looked_up(app, pilot)
        assert current(app) == "Rien."
    assert judgement(db, "Rien.").labels == {"veracity": ("verified",)}
    assert judgement(db, FIRST) is None and judgement(db, NOTHING) is None


async def test_while_a_match_is_looked_for_keys_work_and_the_newest_counts(db):
    held = threading.Event()
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "que", "enter")
        start = current(app)

        def hold(project):
            assert held.wait(30)
            return 1, None

        article(app)._looking.ask(hold)
        await pilot.press("m")
        assert LOOKING in screen_text(app) and current(app) == start
        await pilot.press("k")
        assert LOOKING not in screen_text(app) and current(app) != start
        before = current(app)
        await pilot.press("m", "m")
        assert LOOKING in screen_text(app) and current(app) == before
        held.set()
        await looked_up(app, pilot)
        assert LOOKING not in screen_text(app) and current(app) == start
        held.clear()
        article(app)._looking.ask(hold)
        await pilot.press("m", "escape", "escape")
        held.set()
        await looked_up(app, pilot)
        assert isinstance(app.screen, CorpusScreen)


async def test_what_is_found_late_and_what_fails_are_shown(db):
    held = threading.Event()
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        taken = []
        soon = Soon(article(app), app.desk, taken.append, "looking …")

        def late(project):
            assert held.wait(30)
            return project.count(ADA)

        soon.ask(late)
        await pilot.pause()
        assert taken == [] and "looking …" in screen_text(app)
        held.set()
        await looked_up(app, pilot)
        assert taken == [3] and "looking …" not in screen_text(app)
        held.clear()
        soon.ask(lambda project: held.wait(30) and project.count(ADA, "is:lost"))
        held.set()
        await looked_up(app, pilot)
        assert taken == [3] and "is: is one of unseen" in screen_text(app)


async def test_matches_stand_out_without_colours(db, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "rien")
        assert any("underline" in one for one in styles_of(app, "Rien", below=3))
        await search(app, pilot, "", "enter")
        await pilot.press("k")
        assert current(app) == FIRST
        assert reversed_words(app) == {"Rien": True, "ne bouge": False}
        await pilot.press("j")
        assert current(app) == NOTHING
        assert reversed_words(app) == {"Rien": False, "ne bouge": True}


def reversed_words(app) -> dict[str, bool]:
    """Which of some words of the text are shown reversed."""
    (found, rest) = (styles_of(app, words, below=1) for words in ("Rien", "ne bouge"))
    reverse = ["reverse" in style.replace("not reverse", "") for (style,) in (found, rest)]
    return dict(zip(("Rien", "ne bouge"), reverse, strict=True))


async def test_only_sentences_with_all_the_words_are_marked(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "qaida loin", "enter")
        styles = styles_of(app, "Al-Qaïda ont quitté", below=1)
        assert not any("underline" in one for one in styles)


async def test_a_search_is_shown_again_where_one_was_and_ends_when_emptied(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "qaida", "down", "enter")
        await pilot.press("slash")
        await looked_up(app, pilot)
        assert "▸ ·    « Qaïda »" in screen_text(app)
        await pilot.press("escape")
        await looked_up(app, pilot)
        assert current(app) == LAST and "/qaida 2 claims" in screen_text(app)
        await pilot.press("slash", "r")  # what is typed takes the place of the old search
        await search(app, pilot, "ien ne", "enter")
        assert current(app) == NOTHING and "/rien ne 1 claim" in screen_text(app)
        await pilot.press("slash", "backspace")
        await looked_up(app, pilot)
        assert "missing:evidence" in screen_text(app)
        await pilot.press("enter")
        await looked_up(app, pilot)
        assert current(app) == NOTHING and "/rien" not in screen_text(app)


async def test_enter_right_after_typing_waits_for_what_is_found(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash", *"loin", "enter")
        await looked_up(app, pilot)
        assert current(app) == LAST


async def test_what_is_not_found_and_what_is_no_filter_is_said(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "slash")
        await search(app, pilot, "zzz")
        assert "No claim has this" in screen_text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, SearchScreen)
        await search(app, pilot, " is:")
        assert "is: wants a value" in screen_text(app)
        assert "unseen  unsure  flagged  skipped  begun" in screen_text(app)
        await pilot.press("ctrl+u")
        await search(app, pilot, "label:")
        assert "verified  disputed" in screen_text(app)
        await search(app, pilot, "maybe")
        assert "no label maybe" in screen_text(app)


async def test_the_corpus_filter_leads_to_the_claims_that_match(db):
    async with opened(db) as (app, pilot):
        await pilot.press("slash")
        assert "label:  voice:  speaker:" in screen_text(app)
        await pilot.press(*"qaida")
        await pilot.pause()
        assert "No article has this" in screen_text(app) and "Press Tab" in screen_text(app)
        await pilot.press("tab")
        await looked_up(app, pilot)
        assert "2 claims" in screen_text(app)
        await pilot.press("down", "enter")
        await looked_up(app, pilot)
        assert current(app) == LAST
        await pilot.press("q", "q")
        await looked_up(app, pilot)
        assert isinstance(app.screen, CorpusScreen)


LISTS = {
    "is:unseen": "6 claims",
    "is:begun": "1 claim ",
    "is:unsure": "1 claim ",
    "is:flagged": "1 claim ",
    "is:skipped": "1 claim ",
    "missing:evidence": "1 claim ",
    "missing:words": "1 claim ",
}


async def test_lists_of_what_is_to_be_done_are_there_without_typing(db):
    with open_project(db) as project:
        project.append(ADA, "judge", claim_with(project, FIRST), verdict("disputed", unsure=True))
        body = judgement_to_body(Judgement({"rhetoric": ("sarcasm",)}))
        project.append(ADA, "judge", claim_with(project, NOTHING), body)
        project.append(ADA, "flag", claim_with(project, LAST), {"note": "?"})
        project.append(ADA, "skip", claim_with(project, LAST), {"note": ""})
    async with opened(db) as (app, pilot):
        await pilot.press("tab")
        await looked_up(app, pilot)
        lines = screen_text(app).splitlines()
        for text, count in LISTS.items():
            assert any(text in line and count in line for line in lines), text
            assert READY[text] in screen_text(app)
        await pilot.press(*["down"] * 6, "enter")
        await looked_up(app, pilot)
        assert "1 claim\n" in screen_text(app) and "FIRST" not in screen_text(app)
        assert "▸ ·?" not in screen_text(app) and f"▸ d?   {FIRST}" in screen_text(app)
        await pilot.press("enter")
        await looked_up(app, pilot)
        assert "/missing:evidence 1 claim" in screen_text(app)


async def test_the_count_follows_what_one_answers(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot, "J", "slash")
        await search(app, pilot, "is:unseen rien", "enter")
        assert current(app) == NOTHING and "/is:unseen rien 2 claims" in screen_text(app)
        await pilot.press("v", "m")
        await looked_up(app, pilot)
        assert current(app) == "Rien." and "/is:unseen rien 1 claim " in screen_text(app)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("label:disputed", FIRST), ("voice:indirect", "que le pont resterait fermé"),
        ('speaker:"odile var"', "que le pont resterait fermé"), ("outlet:marvelle", "Le pont de"),
        ("language:fr", "Le pont de"), ("by:Ada", FIRST), ("is:unsure", FIRST),
        ("is:flagged", LAST), ("missing:evidence", FIRST),
    ],
)  # fmt: skip
async def test_every_filter_is_a_search(db, typed, words):
    with open_project(db) as project:
        project.append(ADA, "judge", claim_with(project, FIRST), verdict("disputed", unsure=True))
        project.append(ADA, "flag", claim_with(project, LAST), {"note": "?"})
    async with opened(db) as (app, pilot):
        await pilot.press("tab")
        await search(app, pilot, typed, "enter")
        assert current(app).startswith(words)


async def test_notes_are_found_and_lead_to_their_claims(db):
    with open_project(db) as project:
        project.append(
            ADA, "judge", claim_with(project, NOTHING), verdict("verified", note="À voir")
        )
    async with opened(db) as (app, pilot):
        await pilot.press("tab")
        await search(app, pilot, "a voir")
        assert "▸ v    note by Ada: À voir" in screen_text(app)
        await pilot.press("enter")
        await looked_up(app, pilot)
        assert current(app) == NOTHING


@pytest.fixture
def shared(db):
    """A project in which Ben has answered all and Ada nothing but the headline."""
    with open_project(db) as project:
        for row in list(project.claims()):
            project.append("Ben", "judge", row.claim.id, verdict("disputed", note="bizarre"))
            project.append("Ben", "flag", row.claim.id, {"note": "bizarre"})
        headline = next(project.claims()).claim.id
        project.append(ADA, "judge", headline, verdict("verified"))
    return db


@pytest.mark.parametrize(
    "typed", ["bizarre", "by:Ben label:disputed", "by:Ben is:flagged", "by:Ben"]
)
async def test_colleagues_answers_are_found_only_where_one_may_see_them(shared, typed):
    async with opened(shared) as (app, pilot):
        await pilot.press("tab")
        await search(app, pilot, typed)
        assert "1 claim\n" in screen_text(app)
        await pilot.press("enter")
        await looked_up(app, pilot)
        assert current(app).startswith("Le pont de Marvelle")
        await pilot.press("m")
        assert "No match further on." in screen_text(app)


@pytest.mark.parametrize(
    "typed", ["label:disputed", "is:flagged", "by:Ben is:unseen", "by:Ben pont"]
)
async def test_filters_tell_nothing_of_colleagues_answers(shared, typed):
    async with opened(shared) as (app, pilot):
        await pilot.press("tab")
        await search(app, pilot, typed)
        shown = screen_text(app)
        assert "No claim has this" in shown or "1 claim\n" in shown
        assert " d " not in shown.splitlines()[4] and "bizarre" not in shown


async def test_more_is_read_as_one_goes_down(tmp_path):
    db = make_project(tmp_path, *(plain(f"Un mot {n}.\n" * 40, f"Titre {n}") for n in range(11)))
    async with opened(db) as (app, pilot):
        await pilot.press("tab")
        await search(app, pilot, "mot")
        assert "440 claims" in screen_text(app)
        listed = app.screen.claims
        read = [len(listed.entries)]
        while listed.cursor != 439 and len(read) < 20:
            await pilot.press(*["pagedown"] * 6)
            await looked_up(app, pilot)
            read.append(len(listed.entries))
        assert [*dict.fromkeys(read)] == [100, 200, 300, 400, 440]
        assert "▸ ·    Un mot 10." in screen_text(app)


async def test_of_very_many_claims_the_count_stops(tmp_path):
    db = make_project(tmp_path, *(plain(f"Un mot {n}.\n" * 600, f"Titre {n}") for n in range(2)))
    async with opened(db) as (app, pilot):
        await pilot.press("tab")
        await search(app, pilot, "mot")
        assert "over 1000 claims" in screen_text(app)


async def test_the_outlet_stays_hidden(db):
    async with opened(db, settings=Settings(hide_outlet=True), size=(120, 40)) as (app, pilot):
        await pilot.press("tab")
        await search(app, pilot, "pont")
        assert "Marvelle Matin" not in screen_text(app)


async def test_a_claim_of_another_article_is_picked_as_evidence(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        await window(app, pilot, "e")
        await search(app, pilot, "al-qaida loin")
        assert "hommes d'Al-Qaïda sont" in screen_text(app) and "Au nord" in screen_text(app)
        await pilot.press("down", "enter")
        await looked_up(app, pilot)
        (evidence,) = judgement(db, "Le pont de Marvelle restera fermé").evidence
        with open_project(db) as project:
            assert evidence == Evidence("claim", claim_with(project, LAST), evidence.as_of)
        await pilot.press("enter")
        await looked_up(app, pilot)
        assert "« Qaïda », dit le mur" in screen_text(app)
        await pilot.press("escape")
        await window(app, pilot, "e")
        assert "« « Qaïda », dit le mur" in screen_text(app)


async def test_a_link_is_no_filter_and_the_claim_itself_no_evidence(db):
    async with opened(db) as (app, pilot):
        await enter(app, pilot)
        await window(app, pilot, "e")
        await search(app, pilot, "pont")
        assert "Le pont de Marvelle restera fermé ·" not in screen_text(app)
        await pilot.press("ctrl+u")
        await search(app, pilot, "https://qaida", "enter")
        (evidence,) = judgement(db, "Le pont de Marvelle restera fermé").evidence
        assert (evidence.kind, evidence.value) == ("url", "https://qaida")


async def test_of_lookups_under_way_only_the_last_counts(db):
    async with opened(db) as (app, _):
        newest = Newest(app.screen, app.desk)
        asked = [newest.ask(lambda project, n=n: n) for n in range(5)]
        assert await asyncio.gather(*asked) == [None, None, None, None, 4]
        last = newest.ask(lambda project: 5)
    assert await last is None, "the screen is gone"
