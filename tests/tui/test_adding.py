"""Adding articles through our own command in a child process."""

import asyncio

from annotator.store import open_project
from annotator.tui.adding import Adding, add_articles

from .helpers import ADA

NEWS = "The bridge stays shut\n\nMayor Ida Vale said the bridge would stay shut until June.\n"


async def test_progress_and_the_end(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS)
    (tmp_path / "b.bin").write_bytes(b"\x00")
    reports = []
    paths = [str(tmp_path / "a.txt"), str(tmp_path / "b.bin"), str(tmp_path / "missing.txt")]
    await add_articles(tmp_path / "p.db", paths, ADA, reports.append)
    last = reports[-1]
    assert last.finished and last.error is None
    assert (last.done, last.added, len(last.refusals)) == (3, 1, 2)
    assert "missing.txt" in "".join(last.refusals)
    assert not any(report.finished for report in reports[:-1])
    with open_project(tmp_path / "p.db") as project:
        assert project.known([report.article_id for report in reports if report.article_id])
    reports.clear()
    await add_articles(tmp_path / "p.db", paths[:1], ADA, reports.append)
    assert reports[-1].status() == "added 0, 1 already there"


async def test_a_child_that_fails_says_why(tmp_path):
    (tmp_path / "a.txt").write_text(NEWS)
    (tmp_path / "p.db").write_text("no database")
    reports = []
    await add_articles(tmp_path / "p.db", [str(tmp_path / "a.txt")], ADA, reports.append)
    assert reports[-1].finished
    assert reports[-1].status().startswith("adding stopped:")
    assert "not a database" in reports[-1].status()


async def test_a_path_that_looks_like_an_option(tmp_path):
    reports = []
    await add_articles(tmp_path / "p.db", ["--rebuild"], ADA, reports.append)
    assert len(reports[-1].refusals) == 1


async def test_cancelling_ends_the_child(tmp_path):
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(f"Report {number}\n\n{NEWS}")
    reports = []
    task = asyncio.create_task(
        add_articles(tmp_path / "p.db", [str(tmp_path)], ADA, reports.append)
    )
    while not reports:
        await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    with open_project(tmp_path / "p.db") as project:
        before = project.count(ADA)
        await asyncio.sleep(0.3)
        assert project.count(ADA) == before < 200


def test_status_lines():
    assert Adding().status() == "adding 0 …"
    assert Adding(done=3, total=12).status() == "adding 3/12 …"
    done = Adding(done=4, added=2, known=1, refusals=("b: empty",), finished=True)
    assert done.status() == "added 2, 1 already there, 1 refused"
