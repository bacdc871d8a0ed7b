"""Corrections in a project: what each reviewer has before them, counts, and what is lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model import Attribution, claim_id, digest
from annotator.review.session import Session
from annotator.store import Project, judgement_from_body, open_project, schema
from annotator.store.log import read_event

from .conftest import HARBOUR, lines, made, tag, verdict

ARTICLE = digest(HARBOUR)
TAGGING = tag(HARBOUR)
SAID = TAGGING.attributions[0]
QUOTED = claim_id(ARTICLE, *SAID.content[0], True)
STRIKE = HARBOUR.index("la grève s'étend"), HARBOUR.index(", la mairie")


def remove(project: Project, reviewer: str = "ana") -> None:
    Session(project, reviewer).remove_attribution(ARTICLE, SAID)


def add(project: Project, reviewer: str = "ana") -> str:
    """Add an attribution and return the id of its claim, which no tagging has."""
    Session(project, reviewer).add_attribution(ARTICLE, Attribution((STRIKE,), "indirect"))
    return claim_id(ARTICLE, *STRIKE, True)


def row(project: Project, reviewer: str) -> tuple[int, int, int]:
    line = project.page(reviewer, 0, 1)[0]
    return line.claims, line.judged, line.begun


def unseen(project: Project, reviewer: str) -> list[str]:
    found = []
    place = (ARTICLE, None)
    while place := project.next_unseen(reviewer, *place):
        found.append(place[1])
    return found


def test_only_the_reviewer_who_corrected_walks_another_way(project: Project):
    before = unseen(project, "ben")
    new = add(project)
    assert unseen(project, "ben") == before
    assert unseen(project, "ana") == [
        claim.id for claim in Session(project, "ana").tagging(ARTICLE).claims if claim.walk
    ]
    assert new in unseen(project, "ana")
    assert [place for place in [project.next_unseen("ana", ARTICLE, new, -1)] if place] == [
        (ARTICLE, unseen(project, "ana")[unseen(project, "ana").index(new) - 1])
    ]
    assert row(project, "ben") == (len(before), 0, 0)
    assert row(project, "ana") == (len(unseen(project, "ana")), 0, 0)


def test_counts_follow_the_own_walk(project: Project):
    project.append("ana", "judge", QUOTED, verdict("verified"))
    project.append("ben", "judge", QUOTED, verdict("verified"))
    assert row(project, "ana") == row(project, "ben") == (3, 1, 0)
    remove(project)
    assert (row(project, "ana"), row(project, "ben")) == ((3, 0, 0), (3, 1, 0))
    for claim in unseen(project, "ana"):
        project.append("ana", "judge", claim, verdict("disputed"))
    assert row(project, "ana") == (3, 3, 0)
    assert project.check() == []


def test_a_finished_article_is_passed_by_and_one_with_a_new_claim_is_not(project: Project):
    project.add([made(lines(1, "la suite"))], "ana")
    for claim in unseen(project, "ana"):
        project.append("ana", "judge", claim, verdict("verified"))
    after = made(lines(1, "la suite"))[0].id
    assert project.next_unseen("ana", after, None, -1) is None
    new = add(project)
    assert project.next_unseen("ana", after, None, -1)[1] in {new, unseen(project, "ana")[0]}
    for claim in unseen(project, "ana"):
        project.append("ana", "judge", claim, verdict("verified"))
    assert project.next_unseen("ana", after, None, -1) is None


def test_a_claim_that_only_a_correction_makes_is_known(project: Project):
    new = add(project)
    found = project.claim(new)
    assert (found.text, found.claim.voice) == ("la grève s'étend", "indirect")
    assert (found.superseded, found.corrected) == (False, True)
    project.append("ana", "judge", new, verdict("verified"))
    assert set(project.judgements(ARTICLE, "ana")) == {new}
    assert project.all_judgements(ARTICLE)[new].keys() == {"ana"}
    assert new not in {found.claim.id for found in project.claims(ARTICLE, walk_only=False)}
    (known,) = [one for one in project.known_claims(ARTICLE) if one.claim.id == new]
    assert known.corrected and not known.superseded


@pytest.mark.parametrize("order", ["worst", "article"])
def test_the_queue_has_what_only_corrections_make_where_it_stands(project: Project, order: str):
    new = add(project)
    claims = [one.claim for one in project.claims(ARTICLE, walk_only=False)]
    claims.append(project.claim(new).claim)
    for claim in claims:
        for actor, label in (("ana", "verified"), ("ben", "disputed")):
            project.append(actor, "judge", claim.id, verdict(label))
    expected = [one.id for one in sorted(claims, key=lambda one: (one.start, -one.end))]
    assert expected.index(new) < len(expected) - 1
    found, after = [], None
    while page := project.queue.page("lea", order, after, 1):
        found += [row.claim_id for row in page]
        after = page[-1].place
    assert found == expected


def test_a_judgement_outlives_the_correction_that_made_its_claim(project: Project):
    new = add(project)
    event = project.append("ana", "judge", new, verdict("verified") | {"note": "vu"})
    project.append("ben", "judge", new, verdict("disputed"))
    assert project.undo("ana") == event
    assert project.redo("ana") == event
    session = Session(project, "ana")
    (own,) = session.corrected(ARTICLE).corrections
    session.reset(ARTICLE, own.target)
    found = project.claim(new)
    assert (found.text, found.claim.voice, found.superseded) == (
        "la grève s'étend", "indirect", True,
    )  # fmt: skip
    assert project.judgements(ARTICLE, "ana")[new].note == "vu"
    assert [one.claim_id for one in project.queue.page("lea")] == [new]
    (gone,) = session.superseded(ARTICLE)
    assert (gone.claim.id, HARBOUR[gone.claim.start : gone.claim.end]) == (new, found.text)
    assert [one.voice for one in gone.successors] == ["narrator"]
    assert project.check() == []
    add(project)
    assert not project.claim(new).superseded
    assert session.superseded(ARTICLE) == []
    assert project.check() == []


def test_only_events_about_such_claims_say_where_they_are(project: Project):
    new = add(project)
    plain = project.append("ana", "judge", QUOTED, verdict("verified"))
    placed = project.append("ana", "judge", new, verdict("verified"))
    withdrawn = project.append("ana", "judge", new, {})
    assert '"article"' not in plain.body
    assert f'"article":"{ARTICLE}"' in placed.body
    assert withdrawn.body == "{}"
    assert project.judgement("ana", new) is None


def test_a_newer_tagging_keeps_corrections_and_says_which_have_no_base(project: Project):
    session = Session(project, "ana")
    session.correct_speaker(ARTICLE, SAID, "Zoé")
    shorter = replace(SAID, content=((SAID.content[0][0], SAID.content[0][1] - 3),))
    newer = replace(TAGGING, tagger="2", attributions=(shorter,))
    project.add_tagging(newer, "ana")
    view = session.corrected(ARTICLE)
    assert view.tagging == newer
    assert [one.target for one in view.without_base] == [SAID.id(ARTICLE)]
    project.add_tagging(TAGGING, "ana")
    assert session.tagging(ARTICLE).attributions[0].speaker == "Zoé"
    assert project.check() == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"article": ARTICLE, "was": None},
        {"article": ARTICLE, "was": 3, "now": 4},
        {"article": ARTICLE, "was": None, "now": {"content": [[0, 5]]}},
        {"article": ARTICLE, "at": "x", "was": False, "now": True},
        {"article": ARTICLE, "at": 9, "was": False, "now": True},
        {"article": "elsewhere", "at": 9, "was": False, "now": True},
    ],
)
def test_what_is_no_correction_changes_nothing(project: Project, body: dict):
    project.append("eve", "correct", "0" * 32, body)
    assert project.corrections(ARTICLE) == {}
    assert project.corrected(ARTICLE, "eve").tagging == project.tagging(ARTICLE)
    project.rebuild()
    assert row(project, "eve") == row(project, "ben")


@pytest.mark.parametrize(
    "changes",
    [
        {"content": [[0, 10_000]]},
        {"content": [[5, 5]]},
        {"content": [[HARBOUR.index("\n"), HARBOUR.index("\n") + 1]]},
        {"content": []},
        {"kind": "shouted"},
        {"speaker": 3},
        {"speaker_type": "ghost"},
    ],
)
def test_what_is_no_attribution_is_not_shown(project: Project, changes: dict):
    good = {
        "content": [[5, 9]], "cue": [], "source": [], "kind": "direct",
        "speaker": None, "speaker_type": None, "via": None,
    }  # fmt: skip
    for target, tagged in (("0" * 32, good | changes), ("1" * 32, good)):
        body = {"article": ARTICLE, "was": None, "now": tagged}
        project.append("eve", "correct", target, body)
    assert [one.target for one in project.corrections(ARTICLE)["eve"]] == ["1" * 32]
    project.rebuild()
    assert row(project, "eve") != row(project, "ben")


def test_a_place_that_is_not_the_claims_is_not_believed(project: Project):
    body = verdict("verified") | {"article": ARTICLE, "start": 0, "end": 3, "voice": "direct"}
    project.append("eve", "judge", "0" * 32, body)
    body |= {"end": 10_000}
    project.append("eve", "judge", claim_id(ARTICLE, 0, 10_000, True), body)
    assert project.judgements(ARTICLE, "eve") == {}
    assert project.check() == []


def test_merging_brings_corrections_and_what_they_made(project: Project, empty_file, tmp_path):
    new = add(project)
    project.append("ana", "judge", new, verdict("verified"))
    other = tmp_path / "other.db"
    other.write_bytes(empty_file.read_bytes())
    with open_project(other) as colleague:
        colleague.add([made(HARBOUR)], "ben")
        colleague.colleagues.merge(project.path, "ben")
        assert colleague.corrections(ARTICLE) == project.corrections(ARTICLE)
        assert colleague.claim(new) == project.claim(new)
        assert unseen(colleague, "ana") == unseen(project, "ana")
        assert colleague.check() == []


def test_a_stored_correction_reads_as_it_was_meant(project: Project):
    session = Session(project, "ana")
    event = session.correct_kind(ARTICLE, SAID, "mixed")
    assert read_event(project._file, event.id) == event
    (correction,) = project.corrections(ARTICLE)["ana"]
    assert correction.was == replace(SAID, rule="")
    assert correction.now == replace(SAID, rule="", kind="mixed")
    assert event.target == SAID.id(ARTICLE)
    assert judgement_from_body({"labels": {}, "article": ARTICLE}).labels == {}


def test_a_file_from_before_corrections_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute("BEGIN")
        schema.migrate(old, ("m001_initial", "m002_queue"))
        old.execute("COMMIT")
    with open_project(path) as project:
        project.add([made(HARBOUR)], "ana")
        new = add(project)
        assert new in unseen(project, "ana")
        assert project.check() == []


def test_a_correction_writes_only_what_differs(tmp_path: Path):
    text = "\n".join(["« Il a plu hier », a dit Ana Brovic.", *["La pluie tombe encore."] * 400])
    with open_project(tmp_path / "p.db") as project:
        project.add([made(text)], "ana")
        session = Session(project, "ana")
        article = digest(text)
        (said,) = project.tagging(article).attributions

        def written(act) -> int:
            before = project._file._sql.total_changes
            act()
            return project._file._sql.total_changes - before

        # The first one writes the reviewer's walk down.
        assert written(lambda: session.correct_kind(article, said, "mixed")) > 400
        shown = session.tagging(article).attributions[0]
        assert written(lambda: session.correct_kind(article, shown, "indirect")) < 20
        assert written(session.undo) < 20
        last = text.rindex("tombe")
        assert written(lambda: session.split_segment(article, last)) < 20
        assert project.check() == []


def test_taggings_and_corrections_at_hand_follow_other_connections(project: Project):
    session = Session(project, "ana")
    before = session.tagging(ARTICLE)
    with open_project(project.path) as other:
        remove(other)
        newer = replace(TAGGING, tagger="2")
        assert session.tagging(ARTICLE).attributions == ()
        other.add_tagging(newer, "ben")
        assert project.tagging(ARTICLE) == newer
        other.undo("ana")
        assert session.tagging(ARTICLE) == newer != before
        assert project.taggings(ARTICLE) == [TAGGING, newer]
