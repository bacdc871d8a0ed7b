"""The review screen by keys, on projects that were merged from colleagues' real files."""

from pathlib import Path

import pytest

from annotator.model import Judgement
from annotator.review.deciding import shuffled
from annotator.review.sending import send_back, sent_back
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tui.bars import MessageBar
from annotator.tui.review import ReviewScreen

from .helpers import (
    TEXT,
    article,
    at,
    bridge,
    claim_with,
    corpus,
    current,
    make_project,
    opened,
    plain,
    screen_text,
    styles_of,
)

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


@pytest.fixture
def db(tmp_path):
    return merged(tmp_path)


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


async def test_the_queue_from_the_list_and_from_an_article(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert at_claim(app) == REPORT  # the worst article first, what is agreed left out
        assert "3 wait" in screen_text(app)
        await pilot.press("q")
        await pilot.pause()
        corpus(app)
        await pilot.press("enter")
        await pilot.pause()
        await start(pilot)
        assert at_claim(app) == REPORT
        await pilot.press("escape")
        await pilot.pause()
        article(app)


async def test_the_command_starts_here(db):
    async with opened(db, reviewer=LEA, start="review") as (app, pilot):
        assert at_claim(app) == REPORT
        await pilot.press("q")
        await pilot.pause()
        corpus(app)


async def test_enter_takes_the_majority_and_goes_on(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter")
        await pilot.pause()
        made = decision(db, REPORT)
        assert made.answer.labels == {"veracity": ("verified",)} and made.by == LEA
        assert made.answer.note is None and len(made.judgements) == 3 and made.reason is None
        assert at_claim(app) == LAST and "2 wait" in screen_text(app)


async def test_without_a_majority_enter_asks_to_choose(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("j", "enter")
        assert message(app).startswith("No answer has a majority")
        assert decision(db, LAST) is None and at_claim(app) == LAST
        wanted = order(db, LAST).index("Ben")
        await pilot.press(*["right"] * (wanted + 1), "enter")
        await pilot.pause()
        made = decision(db, LAST)
        assert made.answer.spans == (("partisan_framing", SITE),)
        assert at_claim(app) == OTHER


@pytest.mark.parametrize("forward", ["right", "down"])
async def test_arrows_choose_and_stop_at_the_ends(db, forward):
    back = {"right": "left", "down": "up"}[forward]
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press(back, back, back)
        assert review(app).here.chosen == 0
        await pilot.press(forward, forward, forward, forward)
        assert review(app).here.chosen == 2
        assert "▸ 3" in screen_text(app)


async def test_a_digit_takes_that_answer(db):
    wanted = order(db, REPORT).index("Cleo") + 1
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("7")
        assert message(app) == "The digits 1 to 3 take an answer."
        await pilot.press(str(wanted))
        await pilot.pause()
        assert decision(db, REPORT).answer.labels == {"veracity": ("disputed",)}
        assert not decision(db, REPORT).answer.unsure  # that is about Cleo, not about the answer
        assert at_claim(app) == LAST


async def test_none_is_right(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("0")
        await pilot.pause()
        assert decision(db, REPORT).answer.labels == {}
        assert at_claim(app) == LAST
        await pilot.press("k")
        assert "settled  none is right (Lea)" in screen_text(app)


async def test_an_answer_of_ones_own_by_the_label_keys(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("j", "p", "enter")
        assert "lacks" in message(app) and decision(db, LAST) is None
        await pilot.press("d", "enter")
        await pilot.pause()
        made = decision(db, LAST).answer
        assert made.labels == {"veracity": ("disputed",), "rhetoric": ("partisan_framing",)}
        assert made.spans == (("partisan_framing", SITE),)  # what the others marked, joined
        assert at_claim(app) == OTHER


async def test_reason_and_note_go_with_the_decision(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("r", "3", "t", *"guide", "enter")
        await pilot.pause()
        assert "reason: slip" in screen_text(app) and "note: guide" in screen_text(app)
        await pilot.press("r", "down", "down", "enter", "enter")
        await pilot.pause()
        made = decision(db, REPORT)
        assert made.reason == "outside_knowledge" and made.answer.note == "guide"
        assert "reason:" not in screen_text(app)


async def test_names_are_letters_until_asked(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert not any(name in screen_text(app) for name in ANSWERS)
        await pilot.press("h")
        await pilot.pause()
        assert "judged" not in screen_text(app)
        assert not any(name in screen_text(app) for name in ANSWERS)
        await pilot.press("escape", "N")
        await pilot.pause()
        shown = screen_text(app)
        places = [shown.index(name) for name in order(db, REPORT)]
        assert places == sorted(places)
        await pilot.press("h")
        await pilot.pause()
        assert "Ada" in screen_text(app)
        await pilot.press("escape", "N")
        await pilot.pause()
        assert "Ada" not in screen_text(app)


async def test_undo_goes_back_to_the_claim_and_redo_settles_it_again(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter", "z")
        await pilot.pause()
        assert decision(db, REPORT) is None
        assert at_claim(app) == REPORT and "3 wait" in screen_text(app)
        await pilot.press("Z")
        await pilot.pause()
        assert decision(db, REPORT) is not None and "settled" in screen_text(app)
        await pilot.press("z", "z")  # the second has nothing to take back
        assert decision(db, REPORT) is None and at_claim(app) == REPORT
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter")
    async with reviewing(db) as (app, pilot):  # undone after a restart, though not in the queue
        await start(pilot)
        assert at_claim(app) == LAST
        await pilot.press("z")
        await pilot.pause()
        assert at_claim(app) == REPORT and decision(db, REPORT) is None


async def test_next_and_previous_decide_nothing(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("k")
        assert message(app) == "The first claim."
        await pilot.press("j", "j")
        assert at_claim(app) == OTHER
        await pilot.press("j")
        assert message(app) == "The end of the queue; 3 still wait: Home begins again."
        await pilot.press("k", "home")
        assert at_claim(app) == REPORT
        assert all(decision(db, words) is None for words in (REPORT, LAST, OTHER))


async def test_everything_settled_says_so_and_undo_still_works(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter", "1", "1")
        await pilot.pause()
        assert "Every disagreement is settled." in screen_text(app)
        await pilot.press("enter", "0", "right", "y", "N", "h", "v")  # nothing to do them on
        await pilot.pause(1.2)  # looking for what others wrote loses nothing
        assert "Every disagreement is settled." in screen_text(app)
        await pilot.press("k")
        assert at_claim(app) == OTHER
        await pilot.press("z")
        await pilot.pause()
        assert at_claim(app) == OTHER and "1 waits" in screen_text(app)


async def test_the_order_of_the_list(tmp_path):
    answers = {
        name: {**judged, HEADLINE: Judgement({"veracity": ("verified",)})}
        for name, judged in ANSWERS.items()
    }
    for name in ("Ada", "Ben"):
        label = {"Ada": "verified", "Ben": "disputed"}[name]
        answers[name]["Il est court."] = Judgement({"veracity": (label,)})
        for words in (REPORT, LAST):
            answers[name][words] = Judgement({"veracity": ("verified",)})
    answers["Cleo"] = {}
    db = merged(tmp_path, answers)
    with open_project(db) as project:
        session = Session(project, "Ben")
        session.record(claim_with(project, QUOTE), Judgement({"veracity": ("disputed",)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert at_claim(app) == OTHER  # two differ in this article, one in the other
        await pilot.press("o")
        assert at_claim(app) == QUOTE and "list's order" in message(app)
        await pilot.press("o")
        assert at_claim(app) == OTHER and "worst" in message(app)


async def test_a_changed_judgement_brings_the_claim_back_as_stale(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter")
        await pilot.pause()
        with open_project(db) as project:
            session = Session(project, "Ben")
            session.record(claim_with(project, REPORT), Judgement({"veracity": ("disputed",)}))
        await pilot.press("home")
        await pilot.pause()
        assert at_claim(app) == REPORT
        assert "STALE  verified (Lea)" in screen_text(app)
        assert screen_text(app).count("changed since") == 1


async def test_two_decisions_without_each_other_are_contested(db, tmp_path):
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "copy.db"
    with open_project(db) as project:
        project.colleagues.hand_in(copy)
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("enter")
        await pilot.pause()
    async with reviewing(copy, reviewer="Max") as (app, pilot):
        await start(pilot)
        await pilot.press("0")
        await pilot.pause()
    with open_project(db) as project:
        project.colleagues.merge(copy)
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert at_claim(app) == REPORT and "CONTESTED" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert at_claim(app) == LAST
        await pilot.press("k")
        assert " settled  verified (Lea)" in screen_text(app)


async def test_send_back_to_the_author_of_the_answer(db):
    wanted = order(db, REPORT).index("Cleo")
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("left", "left", "left", *["right"] * wanted, "y")
        await pilot.pause()
        assert f"Send back to {'ABC'[wanted]}" in screen_text(app)
        await pilot.press(*"why", "enter")
        await pilot.pause()
        assert at_claim(app) == LAST and "3 wait" in screen_text(app)
        assert message(app).startswith(f"Sent back to {'ABC'[wanted]}")
        with open_project(db, create=False) as project:
            (sent,) = sent_back(project, LEA, claim_with(project, REPORT))
        assert (sent.by, sent.to, sent.note) == (LEA, "Cleo", "why")
        await pilot.press("k")
        assert screen_text(app).count("sent back") == 1
        await pilot.press("z")
        await pilot.pause()
        assert "sent back" not in screen_text(app)
    with open_project(db, create=False) as project:
        assert sent_back(project, LEA, claim_with(project, REPORT)) == []


async def test_its_author_sees_what_was_sent_back_until_judging_again(db):
    with open_project(db) as project:
        send_back(project, LEA, claim_with(project, REPORT), "Cleo", "Which bridge?")
    async with reviewing(db, (120, 40), "Cleo") as (app, pilot):
        await pilot.press("enter", "j")
        await pilot.pause()
        assert current(app) == REPORT
        assert "Lea asks you to look" in screen_text(app) and "bridge?" in screen_text(app)
        await pilot.press("v", "k")
        await pilot.pause()
        assert current(app) == REPORT and "asks you" not in screen_text(app)
    async with reviewing(db, (120, 40), "Ada") as (app, pilot):
        await pilot.press("enter", "j")
        await pilot.pause()
        assert current(app) == REPORT and "asks you" not in screen_text(app)


async def test_ones_own_answer_is_not_sent_back(db):
    with open_project(db) as project:
        session = Session(project, LEA)
        session.record(claim_with(project, REPORT), Judgement({"veracity": ("disputed",)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("y")
        assert message(app) == "← → choose the answer to send back."
        place = order(db, REPORT, ("Ada", "Ben", "Cleo", LEA)).index(LEA)
        await pilot.press(*["right"] * (place + 1), "y")
        await pilot.pause()
        assert "your own" in message(app)


async def test_what_is_hidden_stays_hidden(db):
    with open_project(db) as project:
        session = Session(project, LEA)
        session.record(claim_with(project, LAST), Judgement({"veracity": ("disputed",)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert at_claim(app) == LAST and "1 waits" in screen_text(app)
        await pilot.press("z")  # her only judgement: now the others' answers are hidden
        await pilot.pause()
        assert current(app) == LAST
        await pilot.press("R")
        await pilot.pause()
        assert review(app).case is None and "hidden until you judge these" in screen_text(app)


async def test_a_reviewer_can_leave_out_what_they_judged(db):
    with open_project(db) as project:
        project.set_blind(LEA, False)
    async with reviewing(db, reviewer="Cleo") as (app, pilot):
        await start(pilot)
        assert at_claim(app) == REPORT
        await pilot.press("l")
        assert at_claim(app) == OTHER and "1 waits" in screen_text(app)
        await pilot.press("l")
        assert at_claim(app) == REPORT


async def test_an_empty_queue_says_why(tmp_path):
    db = merged(tmp_path, {"Ada": {REPORT: Judgement({"veracity": ("verified",)})}})
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert "annotator merge FILE" in screen_text(app)
    with open_project(db) as project:
        session = Session(project, LEA)
        session.record(claim_with(project, QUOTE), Judgement({"veracity": ("disputed",)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert "hidden until you judge these" in screen_text(app)


async def test_the_article_from_the_review_and_back(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert current(app) == REPORT
        await pilot.press("R")
        await pilot.pause()
        assert at_claim(app) == REPORT
        await pilot.press("a", "q")
        await pilot.pause()
        assert at_claim(app) == REPORT


async def test_what_cannot_be_saved_is_said_and_nothing_moves(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        app.desk.project._file._sql.execute("PRAGMA query_only = ON")
        await pilot.press("enter")
        await pilot.pause()
        assert at_claim(app) == REPORT and "read-only" in message(app)
        app.desk.project._file._sql.execute("PRAGMA query_only = OFF")
        await pilot.press("enter")
        assert at_claim(app) == LAST and decision(db, REPORT) is not None


async def test_what_a_colleague_process_writes_appears_and_ones_own_answer_stays(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("d")
        with open_project(db) as project:
            session = Session(project, "Dan")
            session.record(claim_with(project, REPORT), Judgement({"veracity": ("not_a_claim",)}))
        await pilot.pause(1.3)
        assert "not a claim" in screen_text(app)
        assert review(app).here.answer.labels == {"veracity": ("disputed",)}
        await pilot.press("enter")
        assert len(decision(db, REPORT).judgements) == 4


async def test_a_click_chooses(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "3 C" in line)
        await pilot.click(offset=(lines[y].index("3 C") + 5, y))
        assert review(app).here.chosen == 2


async def test_the_words_each_reviewer_marked_stand_beneath_the_text(db, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("j")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if LAST in line)
        letters = dict(zip(order(db, LAST), "ABC", strict=True))
        beneath = {line.split()[0]: line for line in lines[y + 1 : y + 3]}
        for name, words in (("Ada", "sans fin"), ("Ben", "chantier sans fin")):
            line = beneath[letters[name]]
            place = lines[y].index(words)
            assert line[place:] == "‾" * len(words) and not line[4:place].strip()
        assert any("underline" in style for style in styles_of(app, "Des habitants"))


async def test_pages_of_a_long_article(tmp_path):
    lines = [f"Phrase numéro {number}." for number in range(60)]
    article_of_lines = plain("\n".join(lines))
    db = make_project(tmp_path, article_of_lines)
    with open_project(db) as project:
        for name, label in (("Ada", "verified"), ("Ben", "disputed")):
            claim = claim_with(project, lines[30])
            Session(project, name).record(claim, Judgement({"veracity": (label,)}))
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        assert lines[30] in screen_text(app) and lines[18] not in screen_text(app)
        await pilot.press("pageup", "pageup", "pageup")
        await pilot.pause()
        assert lines[18] in screen_text(app) and lines[30] not in screen_text(app)
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
        await pilot.pause()
        assert lines[42] in screen_text(app)


async def test_the_codebook_opens_at_the_answer_that_is_pointed_at(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        wanted = order(db, REPORT).index("Cleo")
        await pilot.press("left", "left", "left", *["right"] * wanted, "c")
        await pilot.pause(0.1)
        assert "contrary" in screen_text(app)


async def test_help_has_every_key_on_one_screen(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        for words in ("none is right", "send it back", "settle the unanimous", "back, or quit"):
            assert words in screen_text(app)


async def test_unanimous_claims_are_settled_after_a_question(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("U")
        await pilot.pause(0.3)
        await pilot.press("enter")  # the choice at first is to leave them
        await pilot.pause(0.3)
        assert decision(db, QUOTE) is None
        await pilot.press("U")
        await pilot.pause(0.3)
        assert "settle 1 claim on which all agree, 3 votes or more" in screen_text(app)
        await pilot.press("1")
        await pilot.pause(0.3)
        assert message(app) == "1 claim settled as unanimous."
        made = decision(db, QUOTE)
        assert (made.reason, made.by) == ("unanimous", LEA)
        assert made.answer.labels == {"veracity": ("verified",)} and len(made.judgements) == 3
        assert decision(db, REPORT) is None and decision(db, HEADLINE) is None
        await pilot.press("U")
        await pilot.pause(0.3)
        assert message(app).startswith("No claim waits")
        await pilot.press("z")
        await pilot.pause()
        assert decision(db, QUOTE) is None and at_claim(app) == QUOTE


async def test_my_answers_against_the_final_ones(db):
    async with reviewing(db) as (app, pilot):
        await start(pilot)
        await pilot.press("r", "3", "t", *"rule 7", "enter", "enter", "q", "F")
        await pilot.pause(0.3)
        assert message(app) == "Nothing was settled on other labels than you gave."
    async with reviewing(db, reviewer="Cleo") as (app, pilot):
        await pilot.press("F")
        await pilot.pause(0.3)
        assert at_claim(app) == REPORT and "1 of 1" in screen_text(app)
        assert "settled  verified (Lea, slip: rule 7)" in screen_text(app)
        await pilot.press("j")
        assert message(app) == "The last of these claims."


async def test_agreement_shows_the_figures_and_leads_to_the_claims(db):
    async with reviewing(db, (120, 40)) as (app, pilot):
        await pilot.press("A")
        await pilot.pause(0.1)
        for _ in range(100):
            await pilot.pause(0.1)
            if "judged by two or more" in screen_text(app):
                break
        shown = screen_text(app)
        assert "reviewers: Ada, Ben, Cleo" in shown and "1000 resamples, seed 1" in shown
        assert "percent agreement" in shown and "κ Ada and Ben" in shown and "pairs" in shown
        await pilot.press("end")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "verified / disputed" in line)
        assert "2 claims" in lines[y]
        cursor = next(n for n, line in enumerate(lines) if "▸" in line)
        await pilot.press(*["k"] * (cursor - y), "enter")
        await pilot.pause()
        assert {at_claim(app)} < {REPORT, OTHER} and "1 of 2" in screen_text(app)
        assert "verified / disputed" in screen_text(app)
        await pilot.press("q")
        await pilot.pause()
        assert "Agreement" in screen_text(app)
        await pilot.press("end", "enter")
        await pilot.pause()
        article(app)
        await pilot.press("q", "q")
        await pilot.pause()
        corpus(app)


async def test_agreement_stops_when_left_and_says_what_is_undefined(tmp_path):
    db = make_project(tmp_path, bridge())
    async with reviewing(db) as (app, pilot):
        await pilot.press("A", "q")
        await pilot.pause()
        corpus(app)
        await pilot.press("A")
        for _ in range(100):
            await pilot.pause(0.1)
            if "judged by two or more" in screen_text(app):
                break
        assert "undefined: " in screen_text(app) and "reviewers: nobody" in screen_text(app)
