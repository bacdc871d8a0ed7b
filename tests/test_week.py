"""A week of work by two leads and four reviewers on the corpus, by files alone.

Monday it is handed out, then all judge apart, exchange what they have, settle, change their minds
and hand in; one file comes back damaged. Whoever merges the files, in whatever order and by
whatever steps, exports the same bytes.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.cli import main
from annotator.model import Attribution, Judgement
from annotator.review.deciding import answer_of, dispute, settle
from annotator.review.judging import mark
from annotator.review.sending import send_back
from annotator.review.session import Session
from annotator.review.unanimous import accept_unanimous
from annotator.store import Project, open_project
from annotator.store.schema import GUARD
from tests.commands import annotator

pytestmark = pytest.mark.slow

ARTICLES = Path(__file__).parents[1] / "corpora" / "articles"
PEOPLE = ("Ana", "Ben", "Cleo", "Dan")
LEADS = ("Lea", "Max")
VERACITY = ("verified", "verified", "disputed", "unverified", "not_a_claim")


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder at the end of the week; what was handed in for good is in `back`."""
    folder = tmp_path_factory.mktemp("week")
    monday(folder)
    for person in PEOPLE:
        judge_all(folder / f"{person}.db", person)
    wednesday(folder)
    thursday(folder)
    friday(folder)
    return folder


def monday(folder: Path) -> None:
    """The lead adds the articles and hands them out, each to two people and some to all."""
    annotator(folder, "add", str(ARTICLES), "--db", "Lea.db", "--as", "Lea")
    people = [word for person in PEOPLE for word in ("--for", person)]
    annotator(
        folder, "bundle", *people, "--each", "2", "--everybody", "20", "-o", ".",
        "--db", "Lea.db", "--as", "Lea",
    )  # fmt: skip
    for person in PEOPLE:
        (folder / f"Lea-{person.lower()}.db").rename(folder / f"{person}.db")


def judge_all(path: Path, person: str) -> None:
    """Judge one's share, with all that happens on the way."""
    rng = random.Random(person)
    with open_project(path, create=False) as project:
        session = Session(project, person)
        for article_id in list(project.article_ids()):
            correct_some(session, article_id, rng)
            for claim in [one for one in session.tagging(article_id).claims if one.walk]:
                judge(session, claim.id, (claim.start, claim.end), rng)


def judge(session: Session, claim_id: str, span: tuple[int, int], rng: random.Random) -> None:
    session.answer(claim_id, rng.choice(VERACITY))
    chance = rng.random()
    if chance < 0.1:
        session.undo()
        if chance < 0.05:
            session.redo()
    elif chance < 0.2:
        marked = mark(session.scheme, session.judgement(claim_id), "sarcasm", span)
        session.record(claim_id, replace(marked, note="à voir", seconds=rng.randrange(90)))
    elif chance < 0.25:
        session.mark("flag", claim_id, "revenir ici")
    elif chance < 0.3:
        session.toggle_unsure(claim_id)
    elif chance < 0.33:
        session.withdraw(claim_id)
        session.mark("skip", claim_id, "")


def correct_some(session: Session, article_id: str, rng: random.Random) -> None:
    """Correct a speaker and, now and then, mark what the machine missed or split a sentence."""
    tagging = session.tagging(article_id)
    if tagging.attributions:
        chosen = rng.choice(tagging.attributions)
        session.correct_speaker(article_id, chosen, rng.choice(["Iver Holm", None]))
    if rng.random() < 0.4:
        segment = rng.choice(tagging.segments)
        text = session.project.article(article_id).text[segment.start : segment.end]
        words = segment.start, segment.start + len(text.split()[0])
        session.add_attribution(article_id, Attribution((words,), "indirect", speaker="Iver Holm"))
    if rng.random() < 0.4:
        session.undo()


def wednesday(folder: Path) -> None:
    """Some exchange files, and some hand in; a second lead begins from a copy."""
    with open_project(folder / "Ana.db") as project:
        project.colleagues.merge(folder / "Ben.db", "Ana")
        for claim in list(project.judgements(next(project.article_ids()), "Ben")):
            Session(project, "Ana").answer(claim, "disputed")
    annotator(folder, "handin", "--mine", "-o", "Ben mine.db", "--db", "Ben.db", "--as", "Ben")
    annotator(folder, "handin", "-o", "Cleo whole.db", "--db", "Cleo.db", "--as", "Cleo")
    out, _ = annotator(
        folder, "merge", "Ben mine.db", "Cleo whole.db", "Ana.db", "--db", "Lea.db", "--as", "Lea"
    )
    assert out.count("new articles") == 3
    with open_project(folder / "Lea.db") as project:
        project.colleagues.hand_in(folder / "Max.db")


def thursday(folder: Path) -> None:
    """Both leads settle without knowing of each other; then people change their minds."""
    for lead in LEADS:
        with open_project(folder / f"{lead}.db") as project:
            settle_some(project, lead)
    with open_project(folder / "Ben.db") as project:
        changed = list(project.judgements(next(project.article_ids()), "Ben"))
        for claim in changed:
            Session(project, "Ben").answer(claim, "unverified")
    with open_project(folder / "Cleo.db") as project:
        project.colleagues.merge_all([folder / "Lea.db", folder / "Dan.db"], "Cleo")
        (back,) = [event for event in project.events(kind="send_back")]
        Session(project, "Cleo").answer(back.target, "not_a_claim")
        Session(project, "Cleo").undo()
        Session(project, "Cleo").redo()


def settle_some(project: Project, lead: str) -> None:
    """Settle what people disagree on: by an answer, or that none is right."""
    rng = random.Random(lead)
    queue = project.queue.page(lead, limit=1000)
    assert len(queue) == project.queue.count(lead) > 10
    for row in queue:
        found = dispute(project, lead, row.claim_id)
        assert found is not None
        one = rng.choice(found.opinions)
        answer = answer_of(one.judgement, project.scheme())
        chosen = rng.choice([answer, Judgement()])
        seen = [row.event_id for row in project.judgements_on(row.claim_id).values()]
        if rng.random() < 0.8:
            settle(project, lead, row.claim_id, chosen, "slip", seen, {})
    if lead == "Lea":
        theirs = next(row for row in queue if project.judgement("Cleo", row.claim_id))
        send_back(project, lead, theirs.claim_id, "Cleo", "relire")
        assert accept_unanimous(project, lead, 2) > 0
        project.undo(lead)


def friday(folder: Path) -> None:
    """Everybody hands in for good, some all they have and some only their own."""
    (folder / "back").mkdir()
    for person in (*PEOPLE, *LEADS):
        mine = ["--mine"] if person in ("Ben", "Dan") else []
        to = str(folder / "back" / f"{person}.db")
        annotator(folder, "handin", *mine, "-o", to, "--db", f"{person}.db", "--as", person)


def exported(path: Path) -> dict[str, bytes]:
    """Return the dataset of a project, as the command writes it."""
    out = path.parent / f"{path.stem} exported"
    command = ["export", "jsonl", "--names", "--db", str(path), "-o", str(out)]
    main.main(command, standalone_mode=False)
    found = {one.name: one.read_bytes() for one in out.iterdir()}
    shutil.rmtree(out)
    return found


@pytest.fixture(scope="module")
def handed_in(week: Path) -> list[Path]:
    """What all six handed in for good."""
    return sorted((week / "back").iterdir())


@pytest.fixture(scope="module")
def expected(week: Path, handed_in: list[Path]) -> dict[str, bytes]:
    """What the lead exports who merges it all with the command at once."""
    shutil.copy(week / "back" / "Lea.db", week / "end.db")
    others = [str(path) for path in handed_in if path.stem != "Lea"]
    annotator(week, "merge", *others, "--db", "end.db", "--as", "Lea")
    annotator(week, "check", "--db", "end.db")
    return exported(week / "end.db")


def test_all_of_the_week_is_in_what_is_exported(
    week: Path, expected: dict[str, bytes], handed_in: list[Path]
) -> None:
    records = [json.loads(line) for line in expected["claims.jsonl"].decode().splitlines()]
    judged = [one for one in records if one["judgements"]]
    assert len(judged) > 200
    assert {one["reviewer"] for record in judged for one in record["judgements"]} == set(PEOPLE)
    decisions = [one["decision"] for one in records if one["decision"]]
    assert {one["by"] for one in decisions} == set(LEADS)
    assert {one["reason"] for one in decisions} >= {"slip", "unanimous"}
    assert any(one["contested"] for one in decisions) and any(one["stale"] for one in decisions)
    assert {one["final"]["veracity"]["basis"] for one in records} >= {
        "none", "single", "decided", "unresolved"
    }  # fmt: skip
    assert "corrected" in {
        one["attribution"]["basis"] for one in records if one["attribution"] is not None
    }
    kinds = {json.loads(line)["kind"] for line in expected["events.jsonl"].decode().splitlines()}
    assert kinds >= {
        "judge", "undo", "correct", "decide", "skip", "flag", "send_back", "assign", "meta"
    }  # fmt: skip
    with open_project(week / "end.db") as project:
        assert [one.person for one in project.colleagues.returned()] == list(PEOPLE)
        plan = project.colleagues.overlaps()
        assert [one.people for one in plan] == [2, 4]
        assert sum(one.articles for one in plan) == project.count("Lea")
    assert len(handed_in) == 6


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_order_of_merging_ends_in_the_same_bytes(
    week: Path, expected: dict[str, bytes], handed_in: list[Path], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(handed_in))
    cuts = data.draw(st.sets(st.integers(1, len(order) - 1)))
    folder = week / "merged"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    # What is merged up to a cut is itself a file that the next one takes.
    edges = [0, *sorted(cuts), len(order)]
    for number, (first, last) in enumerate(pairwise(edges)):
        parts = [*order[first:last], *sorted(folder.glob("*.db"))[-1:]]
        with open_project(folder / f"{number}.db") as project:
            assert project.colleagues.merge_all(parts).refused == ()
    assert exported(folder / f"{len(edges) - 2}.db") == expected


def test_a_tampered_file_is_refused_by_name_and_nothing_changes(
    week: Path, expected: dict[str, bytes]
) -> None:
    shutil.copy(week / "back" / "Dan.db", week / "tampered.db")
    file = sqlite3.connect(week / "tampered.db")
    file.execute("DROP TRIGGER events_are_not_changed")
    file.execute(
        "UPDATE events SET body = replace(body, 'disputed', 'verified') WHERE number ="
        " (SELECT max(number) FROM events WHERE kind = 'judge' AND body LIKE '%disputed%')"
    )
    trigger = GUARD.format(table="events").split("CREATE TRIGGER events_are_not_changed")[1]
    file.execute(f"CREATE TRIGGER events_are_not_changed{trigger.split('END;')[0]}END")
    file.commit()
    file.close()
    shutil.copy(week / "end.db", week / "fair.db")
    _, err = annotator(
        week, "merge", "tampered.db", "back/Ana.db", "--db", "fair.db", "--as", "Lea", code=1
    )
    assert "tampered.db: refused, nothing was merged: event" in err
    assert "changed after it was written" in err and len(err.splitlines()) == 1
    assert exported(week / "fair.db") == expected
