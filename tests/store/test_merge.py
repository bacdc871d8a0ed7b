"""Merging is a set union: laws over real files, what it reports, and who may go on working."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import About, Article
from annotator.store import Project, open_project, schema
from annotator.store.log import COLUMNS

from .conftest import HARBOUR, lines, made, tag, verdict

SECOND = lines(3, "la suite")
THIRD = lines(2, "la fin")
ARTICLES = [made(HARBOUR, title="Le port"), made(SECOND), made(THIRD, outlet="Le Phare")]
TARGETS = [claim.id for _, tagging in ARTICLES for claim in tagging.claims][:6]
DEVICES = [f"{letter}" * 32 for letter in "abcd"]
SCHEME = (
    'name = "tiny"\n[[axes]]\nid = "veracity"\nname = "Truth"\nmany = false\n'
    '[[axes.labels]]\nid = "verified"\nkey = "v"\nname = "yes"\ndefinition = "It is so."\n'
)


def pair(label: str, *start: int) -> dict[str, object]:
    """A judgement with marked words."""
    labels = {"veracity": [label], "rhetoric": ["sarcasm"]}
    return {"labels": labels, "spans": {"sarcasm": [[one, one + 3] for one in start]}}


def sorted_rows(project: Project, query: str) -> list[tuple]:
    return sorted(project._file.rows(query), key=repr)


def contents(project: Project) -> dict[str, list[tuple]]:
    """All that a project knows, without the numbers that tell in which order it came."""
    article = "(SELECT id FROM articles WHERE number = article)"
    tagging = "(SELECT id FROM taggings WHERE taggings.number = {0}.tagging)"
    claims = 'position, id, "start", "end", segment_kind, voice, speaker, walk, superseded'
    queries = {
        "articles": "SELECT id, text FROM articles",
        "taggings": "SELECT id, article, segments, attributions, claims FROM taggings",
        "events": f"SELECT id, {COLUMNS} FROM events",
        "state": "SELECT * FROM state",
        "undone": "SELECT * FROM undone",
        "catalogue": "SELECT id, title, outlet, author, date, url, language, claims, search,"
        f" {tagging.format('catalogue')} FROM catalogue",
        "claims": f"SELECT {article}, {claims}, {tagging.format('claims')} FROM claims",
        "progress": f"SELECT reviewer, {article}, seen FROM progress",
        "disputes": f"SELECT {article}, position, claim, axes, spans, status FROM disputes",
        "troubled": f"SELECT {article}, claims, waiting FROM troubled",
    }
    return {name: sorted_rows(project, query) for name, query in queries.items()}


@contextmanager
def files(empty_file: Path, count: int) -> Iterator[list[Path]]:
    """Some new projects for one example, each on a device of its own."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.db" for number in range(count)]
        for path in paths:
            shutil.copy(empty_file, path)
        yield paths


acts = st.tuples(
    st.sampled_from(["judge", "judge", "judge", "judge", "skip", "decide", "flag"]),
    st.sampled_from(TARGETS),
    st.sampled_from(
        [verdict("verified"), verdict("disputed"), pair("verified", 0), pair("verified", 1), {}]
    ),
)
steps = st.one_of(
    acts,
    st.sampled_from(["undo", "undo", "redo", "retag", "meta", "scheme", "add", "decide", "pull"]),
)
stories = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["ana", "ben"]), steps), max_size=30
)


def play(paths: list[Path], story: list) -> None:
    """Let colleagues work on their files, merging another's now and then."""
    projects = [open_project(path) for path in paths]
    for number, project in enumerate(projects):
        project.device = DEVICES[number]
        project.add([ARTICLES[number]], f"owner {number}")
    for number, actor, step in story:
        project = projects[number]
        if step == "pull":
            project.colleagues.merge(paths[(number + 1) % len(paths)])
        elif step in ("undo", "redo"):
            getattr(project, step)(actor)
        elif step == "retag":
            project.add_tagging(tag(ARTICLES[number][0].text, "2", cut=5 + number), actor)
        elif step == "meta":
            about = {"title": f"Titre {number}"}
            project.append(actor, "meta", ARTICLES[number][0].id, about)
        elif step == "scheme":
            project.append(actor, "scheme", "", {"text": SCHEME})
        elif step == "add":
            project.add(ARTICLES, actor)
        elif step == "decide":
            decide(project, actor, TARGETS[0])
        else:
            project.append(actor, *step)
    for project in projects:
        project.close()


def decide(project: Project, actor: str, claim_id: str) -> None:
    """Settle a claim from all that is said of it here."""
    seen = project._file.rows("SELECT kind, event, target FROM state WHERE body <> '{}'")
    body = {
        **verdict("disputed"),
        "judgements": sorted(one for kind, one, on in seen if kind == "judge" and on == claim_id),
        "decisions": sorted(one for kind, one, on in seen if kind == "decide" and on == claim_id),
    }
    project.append(actor, "decide", claim_id, body)


@settings(max_examples=25, deadline=None)
@given(story=stories, order=st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same(empty_file: Path, story, order: random.Random):
    with files(empty_file, 5) as paths:
        sources, targets = paths[:3], paths[3:]
        play(sources, story)
        ways = [sources, order.choices(sources, k=2) + order.sample(sources, 3)]
        found = []
        for target, way, cut in zip(targets, ways, (0, order.randrange(6)), strict=True):
            with open_project(target) as project:
                for source in way[cut:]:
                    project.colleagues.merge(source)
                assert project.colleagues.merge_all(way[:cut]).refused == ()
                assert project.check() == []
                found.append(contents(project))
        assert found[0] == found[1]
        # Associative: a merged file merged into one of its parts is the same union again.
        with open_project(sources[order.randrange(3)]) as project:
            project.colleagues.merge(targets[0])
            assert contents(project) == found[0]
            again = project.colleagues.merge(targets[1])
            assert (again.added, again.articles, again.taggings) == (0, 0, 0)
            project.rebuild()
            assert contents(project) == found[0]


def test_two_files_that_add_the_same_article_with_other_taggings(tmp_path: Path):
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    with open_project(a) as ana, open_project(b) as ben:
        ana.add([made(HARBOUR, title="Le port")], "ana")
        ben.add([(Article(HARBOUR, About(title="Other")), tag(HARBOUR, "2", cut=9))], "ben")
        mine, theirs = ana.tagging(ARTICLES[0][0].id).claims[0], ben.tagging(ARTICLES[0][0].id)
        ana.append("ana", "judge", mine.id, verdict("verified"))
        ben.append("ben", "judge", theirs.claims[0].id, verdict("disputed"))
        report = ana.colleagues.merge(b)
        assert (report.articles, report.known_articles, report.taggings) == (0, 1, 1)
        assert len(ana.taggings(ARTICLES[0][0].id)) == 2
        said = ana.all_judgements(ARTICLES[0][0].id)
        assert said.keys() == {mine.id, theirs.claims[0].id}
        assert ana.claim(mine.id).superseded and not ana.claim(theirs.claims[0].id).superseded


def test_the_report_says_who_brought_what(tmp_path: Path):
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    with open_project(a) as ana, open_project(b) as ben:
        for project in (ana, ben):
            project.add(ARTICLES[:2], "lea")
        ben.add(ARTICLES[2:], "lea")
        ben.append("ben", "judge", TARGETS[0], verdict("verified"))
        ben.append("ana", "judge", TARGETS[0], verdict("disputed"))
        steps: list[tuple[int, int]] = []
        report = ana.colleagues.merge(b, "ana", lambda done, total: steps.append((done, total)))
        assert (report.articles, report.known_articles, report.taggings) == (1, 2, 1)
        assert [(one.name, one.added, one.known) for one in report.people] == [
            ("ana", 1, 0), ("ben", 1, 0), ("lea", 3, 0),
        ]  # fmt: skip
        assert report.devices == ((ben.device, 1),) and report.added == 5
        assert steps[-1] == (8, 8) and not report.lifted
        again = ana.colleagues.merge(b, "ana")
        assert [(one.added, one.known) for one in again.people] == [(0, 1), (0, 1), (0, 3)]
        assert again.devices == () and (again.articles, again.known_articles) == (0, 3)
        ben.set_blind("ben", False)
        assert ana.colleagues.merge(b).lifted and not ana.is_blind()


def test_what_several_files_bring_is_the_first_ones(tmp_path: Path):
    paths = [tmp_path / f"{name}.db" for name in ("ana", "ben", "cleo")]
    with open_project(paths[0]) as project:
        project.add(ARTICLES[:2], "lea")
        project.append("ana", "judge", TARGETS[0], verdict("verified"))
    for path in paths[1:]:
        with open_project(path) as project:
            project.colleagues.merge(paths[0])
            project.append(path.stem, "judge", TARGETS[1], verdict("disputed"))
    with open_project(paths[1]) as project:
        project.set_blind("ben", False)
    (tmp_path / "no.db").write_bytes(b"no project")
    with open_project(tmp_path / "all.db") as project:
        merged = project.colleagues.merge_all([paths[2], tmp_path / "no.db", *paths[:2]])
        assert [str(error).split(":")[0] for error in merged.refused] == [str(tmp_path / "no.db")]
        assert [(one.path, one.articles, one.known_articles) for one in merged.reports] == [
            (paths[2], 2, 0), (paths[0], 0, 2), (paths[1], 0, 2),
        ]  # fmt: skip
        assert [[(one.name, one.added, one.known) for one in report.people]
                for report in merged.reports] == [
            [("ana", 1, 0), ("cleo", 1, 0), ("lea", 2, 0)],
            [("ana", 0, 1), ("lea", 0, 2)],
            [("ana", 0, 1), ("ben", 2, 0), ("lea", 0, 2)],
        ]  # fmt: skip
        assert [one.lifted for one in merged.reports] == [False, False, True]
        assert project.check() == []


def test_of_two_decisions_at_once_the_last_stands_and_is_contested(tmp_path: Path):
    a, b = tmp_path / "a.db", tmp_path / "b.db"
    with open_project(a) as ana, open_project(b) as ben:
        ana.add(ARTICLES[:1], "lea")
        ben.colleagues.merge(a)
        for number, project in enumerate((ana, ben)):
            project.append(f"judge {number}", "judge", TARGETS[0], verdict("verified"))
        ana.colleagues.merge(b)
        ben.colleagues.merge(a)
        for actor, project in (("ana", ana), ("ben", ben)):
            decide(project, actor, TARGETS[0])
        assert ana.queue.count("lea") == 0
        ana.colleagues.merge(b)
        ben.colleagues.merge(a)
        last = max(ana.events(kind="decide"), key=lambda event: (event.seq, event.id))
        for project in (ana, ben):
            (decision,) = project.decisions(ARTICLES[0][0].id).values()
            assert decision.event_id == last.id and decision.contested
            assert [row.status for row in project.queue.page("lea")] == ["contested"]


def test_an_interrupted_merge_leaves_a_sound_project_and_can_be_repeated(tmp_path: Path):
    a, b, c = (tmp_path / f"{name}.db" for name in "abc")
    with open_project(a) as lea:
        texts = [made(lines(20, f"l'article {number}")) for number in range(30)]
        lea.add(texts, "lea")
        lea.colleagues.bundle("lea", ["ben"], tmp_path)
        (tmp_path / "a-ben.db").rename(b)
    with open_project(b) as ben:
        for row in ben.claims():
            ben.append("ben", "judge", row.claim.id, verdict("verified"))
        expected = contents(ben)

    class Stop(Exception):
        pass

    def stopping(steps: int):
        def report(done: int, total: int) -> None:
            nonlocal steps
            steps -= 1
            if steps < 0:
                raise Stop

        return report

    with open_project(c) as project:
        for steps in (0, 1, 2):
            with pytest.raises(Stop):
                project.colleagues.merge(b, report=stopping(steps))
            assert project.check() == []
            # What came so far is itself a file that others take.
            project.colleagues.hand_in(tmp_path / "part.db", force=True)
            with open_project(tmp_path / f"{steps}.db") as other:
                other.colleagues.merge(tmp_path / "part.db")
        project.colleagues.merge(b)
        assert contents(project) == expected


MERGER = """
import sys
from annotator.store import open_project
with open_project(sys.argv[1]) as project:
    print("ready", flush=True)
    project.colleagues.merge(sys.argv[2])
"""


def test_a_merge_that_was_killed_can_be_repeated(tmp_path: Path):
    source, target = tmp_path / "source.db", tmp_path / "target.db"
    with open_project(source) as project:
        project.add([made(lines(40, f"l'article {number}")) for number in range(40)], "lea")
        for number, row in enumerate(project.claims()):
            project.append(f"p{number % 3}", "judge", row.claim.id, verdict("verified"))
        expected = contents(project)
    with open_project(target) as project:
        for least in (1, 400):
            command = [sys.executable, "-c", MERGER, str(target), str(source)]
            merger = subprocess.Popen(command, stdout=subprocess.PIPE)
            while len(list(project.events())) < least and merger.poll() is None:
                time.sleep(0.002)
            merger.kill()
            merger.wait()
            assert project.check() == []
        assert len(list(project.events())) >= 400
        project.colleagues.merge(source)
        assert contents(project) == expected


def test_a_person_at_the_receiving_file_hardly_waits(tmp_path: Path):
    source, target = tmp_path / "source.db", tmp_path / "target.db"
    with open_project(source) as project:
        project.add([made(lines(60, f"l'article {number}")) for number in range(60)], "lea")
        for row in project.claims():
            project.append("lea", "judge", row.claim.id, verdict("verified"))
    waits = []
    with open_project(target, patience=2) as project:
        command = [sys.executable, "-c", MERGER, str(target), str(source)]
        merger = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert merger.stdout.readline() == "ready\n"
        while merger.poll() is None:
            started = time.monotonic()
            project.append("ben", "flag", "x", {})
            waits.append(time.monotonic() - started)
            time.sleep(0.02)
        assert merger.returncode == 0 and project.count("ben") == 60
        assert len(list(project.events(kind="judge"))) == 3600
        assert len(list(project.events(kind="flag"))) == len(waits) > 10
        assert sorted(waits)[len(waits) // 2] < 0.15
        assert project.check() == []


def test_an_earlier_version_is_merged_and_brought_up_to_date(empty_file: Path, tmp_path: Path):
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with open_project(new) as project:
        project.add(ARTICLES, "lea")
        for actor, label in (("ana", "verified"), ("ben", "disputed")):
            project.append(actor, "judge", TARGETS[0], verdict(label))
        expected = contents(project)
    file = sqlite3.connect(old, isolation_level=None)
    file.execute("PRAGMA journal_mode = WAL")
    file.execute("BEGIN")
    schema.migrate(file, schema.KNOWN_STEPS[:1])
    file.execute("COMMIT")
    file.execute("ATTACH ? AS new", (str(new),))
    for table in ("articles", "taggings", "events"):
        file.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
    file.close()
    with open_project(tmp_path / "merged.db") as project:
        project.colleagues.merge(old)
        assert contents(project) == expected
    with open_project(old) as project:
        assert contents(project) == expected and project.check() == []
