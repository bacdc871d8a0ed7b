"""The sample dataset in the repository is what the program writes, and comes back whole."""

from annotator.datasets.folder import files_in
from annotator.datasets.importing import take_in
from annotator.store import open_project
from tests.sample import FOLDER, renew


def test_it_is_what_the_program_writes(tmp_path):
    renew(tmp_path / "sample")
    assert files_in(tmp_path / "sample") == files_in(FOLDER), "run: python -m tests.sample"
    for name in files_in(FOLDER):
        ours, lying = (tmp_path / "sample" / name).read_bytes(), (FOLDER / name).read_bytes()
        assert ours == lying, f"{name} is out of date; run: python -m tests.sample"


def test_it_holds_what_people_do(tmp_path):
    with open_project(tmp_path / "sample.db") as project:
        take_in(project, "jsonl", FOLDER, "Ada Morel")
        assert project.check() == []
        assert {event.kind for event in project.events()} >= {"meta", "judge", "undo", "decide"}
        assert project.reviewers() == ["Ada Morel", "Ben Okoro"]
