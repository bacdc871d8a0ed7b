"""The queue of claims that wait for a decision, and who sees what of colleagues' answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.store import Disagreement, Filter, Project, disputes, fold, log, open_project, queue

from .conftest import HARBOUR, lines, made, verdict

SARCASTIC = {"veracity": ["verified"], "rhetoric": ["sarcasm"]}


@pytest.fixture
def claims(project: Project) -> list[str]:
    """The claims of three articles of four sentences each, in the order of the list."""
    project.add([made(lines(4, f"l'article {n}")) for n in range(3)], "lead")
    return [row.claim.id for row in project.claims() if row.article_id != made(HARBOUR)[0].id]


def say(project: Project, claim: str, **labels: str) -> None:
    for actor, label in labels.items():
        project.append(actor, "judge", claim, verdict(label))


def decide(project: Project, claim: str, label: str = "verified") -> None:
    rows = [row for article in project.article_ids()
            for row in project.all_judgements(article).get(claim, {}).values()]  # fmt: skip
    seen = sorted(row.event_id for row in rows)
    project.append("lead", "decide", claim, {**verdict(label), "judgements": seen})


def queued(project: Project, **options) -> list[str]:
    return [row.claim_id for row in project.queue.page("lead", **options)]


def only(project: Project) -> Disagreement:
    (row,) = project.queue.page("lead")
    return row


def test_who_agrees_is_not_in_it(project: Project, claims: list[str]):
    say(project, claims[0], ana="verified", ben="verified")
    say(project, claims[1], ana="verified")
    project.append("ben", "judge", claims[1], {"labels": {"rhetoric": ["sarcasm"]}})
    assert queued(project) == [] and project.queue.count("lead") == 0


def test_what_differs_is_named(project: Project, claims: list[str]):
    say(project, claims[0], ana="verified", ben="disputed")
    assert (only(project).axes, only(project).spans) == (("veracity",), False)
    project.append("ben", "judge", claims[0], {"labels": SARCASTIC})
    assert (only(project).axes, only(project).spans) == (("rhetoric",), False)
    for actor, end in (("ana", 3), ("ben", 4)):
        body = {"labels": SARCASTIC, "spans": {"sarcasm": [[0, end]]}}
        project.append(actor, "judge", claims[0], body)
    assert (only(project).axes, only(project).spans) == ((), True)
    assert queued(project, wanted=Filter(words=True)) == [claims[0]]
    say(project, claims[1], ana="verified", ben="disputed")
    assert queued(project, wanted=Filter(words=True)) == [claims[0]]
    assert project.queue.count("lead", Filter(words=True)) == 1
    project.undo("ben")
    project.undo("ana")
    project.undo("ben")
    assert (only(project).axes, only(project).spans) == ((), True)
    project.append("ben", "judge", claims[0], {})
    assert queued(project) == []
    project.undo("ben")
    project.undo("ana")
    assert only(project).axes == ("rhetoric",)


def test_a_decision_settles_until_an_answer_changes(project: Project, claims: list[str]):
    say(project, claims[0], ana="verified", ben="disputed")
    decide(project, claims[0])
    assert queued(project) == []
    say(project, claims[0], ben="verified")
    assert (only(project).status, only(project).axes) == ("stale", ())
    decide(project, claims[0])
    assert queued(project) == []
    project.append("lead", "decide", claims[0], {})
    assert queued(project) == []
    say(project, claims[0], ben="disputed")
    assert only(project).status == "open"
    assert project.check() == []


def tone() -> str:
    """A scheme that asks for the tone."""
    labels = "".join(
        f'[[axes.labels]]\nid = "{name}"\nkey = "{name[0]}"\nname = "x"\ndefinition = "x"\n'
        for name in ("flat", "shrill")
    )
    return f'name = "t"\n[[axes]]\nid = "tone"\nname = "Tone"\nmany = false\n{labels}'


def test_a_new_scheme_asks_other_questions(project: Project, claims: list[str]):
    project.append("ana", "judge", claims[0], {"labels": {"tone": ["flat"]}})
    project.append("ben", "judge", claims[0], {"labels": {"tone": ["shrill"]}})
    assert queued(project) == []
    project.append("lead", "scheme", "", {"text": tone()})
    assert only(project).axes == ("tone",) and project.check() == []


def test_who_opens_the_file_goes_on_where_a_change_of_scheme_was_interrupted(
    path: Path, project: Project, tmp_path: Path
):
    count = 3 * disputes.FEW
    project.add([made(lines(count, "la digue"))], "lead")
    claims = [row.claim.id for row in project.claims(made(lines(count, "la digue"))[0].id)]
    for claim in (claims[0], claims[-1]):
        project.append("ana", "judge", claim, {"labels": {"tone": ["flat"]}})
        project.append("ben", "judge", claim, {"labels": {"tone": ["shrill"]}})
    file = project._file
    with file.writing():
        since = log.last_number(file)
        log.write_event(file, project.device, "lead", "scheme", "", {"text": tone()})
        fold.fold(file, since)
        disputes._catch_up_some(file)
        disputes._catch_up_some(file)
    assert queued(project) == [claims[0]] and project.check() == []
    project.colleagues.hand_in(tmp_path / "copy.db")
    for copy in (path, tmp_path / "copy.db"):
        with open_project(copy) as again:
            assert queued(again) == [claims[0], claims[-1]]
            assert again.check() == [] and not disputes.is_behind(again._file)


@pytest.mark.parametrize("order", ["worst", "article"])
@pytest.mark.parametrize("limit", [1, 2, 50])
def test_pages_go_through_all_once(project: Project, claims: list[str], order: str, limit: int):
    wanted = [claims[n] for n in (1, 4, 5, 6, 9, 11)]
    for claim in wanted:
        say(project, claim, ana="verified", ben="disputed")
    expected = [claims[n] for n in (4, 5, 6, 9, 11, 1)] if order == "worst" else wanted
    found, after = [], None
    while page := project.queue.page("lead", order, after, limit):
        found += [row.claim_id for row in page]
        after = page[-1].place
    assert found == expected and project.queue.count("lead") == 6


def test_settling_on_the_way_leads_through_an_article_and_never_back(
    project: Project, claims: list[str]
):
    for claim in claims[:8]:
        say(project, claim, ana="verified", ben="disputed")
    found, after = [], None
    while page := project.queue.page("lead", "worst", after, 1):
        found.append(page[0].claim_id)
        after = page[0].place
        if len(found) % 2:
            decide(project, page[0].claim_id)
    assert found == claims[:8]
    assert queued(project) == [claims[n] for n in (1, 3, 5, 7)]


def test_filters(project: Project, claims: list[str]):
    say(project, claims[0], ana="verified", ben="disputed")
    say(project, claims[1], ben="verified", cleo="verified")
    project.append("cleo", "judge", claims[1], {"labels": SARCASTIC})
    assert queued(project, wanted=Filter(axis="rhetoric")) == [claims[1]]
    assert queued(project, wanted=Filter(axis="veracity")) == [claims[0]]
    assert queued(project, wanted=Filter(without="ana")) == [claims[1]]
    assert project.queue.count("lead", Filter("veracity", "cleo")) == 1


def test_who_judges_sees_only_what_they_have_answered(project: Project, claims: list[str]):
    say(project, claims[0], ana="verified", ben="disputed")
    say(project, claims[1], cleo="verified", ben="disputed")
    project.append("ana", "judge", claims[1], {"labels": {"rhetoric": ["sarcasm"]}})
    article = project.claim(claims[0]).article_id
    assert [project.sees("ana", claim) for claim in claims[:3]] == [True, False, False]
    assert not project.sees_all("ana") and project.sees_all("lead")
    seen = project.visible_judgements(article, "ana")
    assert {claim: set(rows) for claim, rows in seen.items()} == {
        claims[0]: {"ana", "ben"}, claims[1]: {"ana"},
    }  # fmt: skip
    assert [row.claim_id for row in project.queue.page("ana")] == [claims[0]]
    assert project.queue.count("ana") == 1 and project.queue.count("lead") == 2
    project.append("ana", "judge", claims[1], {})
    project.append("ana", "judge", claims[0], {})
    assert not project.sees("ana", claims[0]), "withdrawing is no way to look"


def test_blindness_is_lifted_and_put_back_by_an_event(project: Project, claims: list[str]):
    say(project, claims[0], ana="verified", ben="disputed")
    assert project.is_blind() and not project.sees("ana", claims[1])
    project.set_blind("lead", False)
    assert not project.is_blind() and project.sees("ana", claims[1]) and project.sees_all("ana")
    assert [event.actor for event in project.events(target="project")] == ["lead"]
    project.set_blind("lead", True)
    assert not project.sees("ana", claims[1]) and project.check() == []


def test_each_of_many_claims_is_not_looked_at_to_count_them(
    project: Project, claims: list[str], monkeypatch: pytest.MonkeyPatch
):
    for claim in claims[:3]:
        say(project, claim, ben="verified", cleo="disputed")
    say(project, claims[0], ana="verified")
    assert project.queue.known_count("ana") == project.queue.count("ana") == 1
    monkeypatch.setattr(queue, "FEW", 2)
    assert project.queue.known_count("ana") is None and project.queue.count("ana") == 1
    assert project.queue.known_count("lead") == 3
    assert project.queue.known_count("lead", Filter(without="lead")) is None
