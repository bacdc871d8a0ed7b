"""The commands as a user's shell runs them."""

import json
from pathlib import Path

import pytest

from tests.commands import annotator

ARTICLE = """Valdorne closes its footbridge

"We had no choice," said the mayor, Odile Vernay. According to the fire service, two beams were
about to give way.
"""
FRENCH = """Valdorne ferme sa passerelle

« Nous n'avions pas le choix », a déclaré la maire, Odile Vernay.
"""
SAID = "We had no choice"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "footbridge.txt").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_from_a_text_to_a_labelled_dataset(folder: Path) -> None:
    out, _ = annotator(folder, "add", "news", "--as", "Ada")
    assert out == "1 added, 0 already there, 0 refused\n"
    out, _ = annotator(folder, "add", "news", "--as", "Ada")
    assert out == "0 added, 1 already there, 0 refused\n"

    claims = json.loads(annotator(folder, "claims", "--json")[0])
    said = [claim for claim in claims if claim["text"].startswith(SAID)]
    assert [(one["voice"], one["speaker"]) for one in said] == [("direct", "Odile Vernay")]

    annotator(
        folder, "label", said[0]["id"][:12], "disputed", "partisan_framing", "--note", "=1+1",
        "--as", "Ada",
    )  # fmt: skip
    annotator(folder, "export", "jsonl", "-o", "out", "--names")
    lines = (folder / "out" / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    exported = {one["claim_id"]: one for one in map(json.loads, lines)}[said[0]["id"]]
    assert exported["text"].startswith(SAID)
    assert exported["judgements"][0]["reviewer"] == "Ada"
    assert exported["judgements"][0]["labels"] == {
        "veracity": "disputed",
        "rhetoric": ["partisan_framing"],
    }
    assert exported["final"]["veracity"] == {"value": "disputed", "basis": "single"}

    annotator(folder, "export", "csv", "-o", "table")
    tables = "".join(path.read_text(encoding="utf-8") for path in (folder / "table").glob("*.csv"))
    assert "'=1+1" in tables
    assert "everything verifies" in annotator(folder, "check")[0]


def test_claims_of_the_walk_and_all(folder: Path) -> None:
    annotator(folder, "add", "news", "--as", "Ada")
    walk = annotator(folder, "claims")[0].splitlines()
    everything = annotator(folder, "claims", "--all")[0].splitlines()
    assert 0 < len(walk) < len(everything)
    assert set(walk) < set(everything)


def test_pretag_without_a_project(folder: Path) -> None:
    line = json.dumps({"id": "my-name", "text": FRENCH, "language": "fr"}) + "\n"
    (folder / "in.jsonl").write_text(line, encoding="utf-8")
    out, _ = annotator(folder, "pretag", "in.jsonl")
    record = json.loads(out)
    assert list(record) == [
        "id", "language", "model", "text", "segments", "attributions", "claims",
    ]  # fmt: skip
    assert (record["id"], record["language"]) == ("my-name", "fr")
    assert record["model"].startswith("fr_core_news")
    annotator(folder, "pretag", "-", "-o", "out.jsonl", stdin=FRENCH.encode())
    piped = json.loads((folder / "out.jsonl").read_text(encoding="utf-8"))
    assert piped["attributions"] == record["attributions"]
    assert not (folder / "annotations.db").exists()


def test_a_refused_file_is_named_and_the_others_go_in(folder: Path) -> None:
    (folder / "news" / "broken.txt").write_bytes(b"caf\xe9")
    (folder / "news" / "empty.txt").write_bytes(b"")
    (folder / "news" / "table.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    out, err = annotator(folder, "add", "news", "absent.txt", "--as", "Ada", code=1)
    assert out == "1 added, 0 already there, 4 refused\n"
    complaints = err.splitlines()
    assert len(complaints) == 4
    for name in ("broken.txt", "empty.txt", "table.csv", "absent.txt"):
        assert sum(name in line for line in complaints) == 1


def test_progress_lines_for_the_ui(folder: Path) -> None:
    (folder / "news" / "empty.txt").write_bytes(b"")
    out, _ = annotator(folder, "add", "news", "--as", "Ada", "--progress", code=1)
    *steps, last = map(json.loads, out.splitlines())
    assert [(one["done"], one["total"]) for one in steps] == [(1, 2), (2, 2)]
    assert [one["reason"] is None for one in steps] == [False, True]
    assert steps[1]["article"]
    assert last == {"finished": True, "done": 2, "added": 1, "known": 0, "refused": 1}


def test_two_jobs_store_what_one_stores(folder: Path) -> None:
    for number in range(5):
        path = folder / "news" / f"n{number}.txt"
        path.write_text(f"Edition {number}\n\n{ARTICLE}", encoding="utf-8")
    annotator(folder, "add", "news", "--as", "Ada", "--db", "one.db")
    annotator(folder, "add", "news", "--as", "Ada", "--db", "two.db", "--jobs", "2")
    one, two = (annotator(folder, "claims", "--json", "--db", db)[0] for db in ("one.db", "two.db"))
    assert json.loads(one) == json.loads(two)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add"], "nothing to add"),
        (["pretag"], "nothing to tag"),
        (["export"], "name a format"),
        (["export", "csv", "--quote", "3"], "--without-text"),
        (["add", "news"], "--as NAME"),
        (["add", "news", "--as", " "], "reviewer's name"),
        (["add", "news", "--as", "\x1b[2J"], "reviewer's name"),
        (["open"], "needs a terminal"),
        ([], "needs a terminal"),
        (["exprot"], "exprot: no such file, folder or command (did you mean 'annotator export'?)"),
        (["--db", "x.db", "claims"], "'annotator claims' comes before its options"),
        (["open", "news", "a" * 5000], "no such file, folder or command"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_two(folder, arguments, message) -> None:
    out, err = annotator(folder, *arguments, code=2)
    assert out == ""
    assert message in err
    assert len(err.splitlines()) == 1


def test_label_refuses_what_is_not_there(folder: Path) -> None:
    annotator(folder, "add", "news", "--as", "Ada")
    claim = json.loads(annotator(folder, "claims", "--json")[0])[0]["id"]
    assert "no claim" in annotator(folder, "label", "zzz", "disputed", "--as", "A", code=2)[1]
    assert "unknown label" in annotator(folder, "label", claim, "true", "--as", "A", code=1)[1]
    exclusive = ["label", claim, "disputed", "verified", "--as", "A"]
    assert "exclude" in annotator(folder, *exclusive, code=1)[1]


@pytest.mark.parametrize("command", [["claims"], ["export", "jsonl"], ["check"]])
def test_a_missing_or_foreign_project_is_one_line(folder: Path, command: list[str]) -> None:
    assert "absent.db" in annotator(folder, *command, "--db", "absent.db", code=1)[1]
    (folder / "text.db").write_text("this is not a database, only text" * 50)
    _, err = annotator(folder, *command, "--db", "text.db", code=1)
    assert "text.db" in err
    assert len(err.splitlines()) == 1


def test_control_characters_of_a_text_never_reach_the_terminal(folder: Path) -> None:
    hostile = 'Title \x1b]0;owned\x07\n\n"Yes \x9b2J\u202e no," said the mayor.\n'
    (folder / "news" / "\x1b[31mred.txt").write_text(hostile, encoding="utf-8")
    (folder / "news" / "\x1b[31mempty.txt").write_text("")
    printed = "".join(
        "".join(one)
        for one in (
            annotator(folder, "add", "news", "--as", "Ada", code=1),
            annotator(folder, "claims"),
            annotator(folder, "claims", "--json"),
            annotator(folder, "pretag", "news", code=1),
        )
    )
    assert not set(printed) & {"\x1b", "\x07", "\x9b", "\u202e"}


def test_every_command_has_help_with_an_example(folder: Path) -> None:
    listing = annotator(folder, "--help")[0]
    lines = [line for line in listing.split("Commands:")[1].splitlines() if line.strip()]
    names = [line.split()[0] for line in lines]
    assert {"open", "add", "pretag", "claims", "label", "export", "check", "where"} <= set(names)
    for name in names:
        assert "Example" in annotator(folder, name, "--help")[0]


def test_where_names_the_paths_in_use(folder: Path) -> None:
    (folder / "annotations.hints.fr.toml").write_text('language = "fr"', encoding="utf-8")
    (folder / "other.hints.toml").write_text("", encoding="utf-8")
    out, _ = annotator(folder, "where")
    assert "annotations.db  (not there yet)" in out
    assert str(folder / "annotations.hints.fr.toml") in out and "other.hints" not in out
    assert str(folder / "settings.toml") in out


def test_a_damaged_project_is_named_and_what_is_good_is_saved(folder: Path) -> None:
    annotator(folder, "add", "news", "--as", "Ada")
    claim = json.loads(annotator(folder, "claims", "--json")[0])[0]["id"]
    annotator(folder, "label", claim, "disputed", "--as", "Ada")
    annotator(folder, "export", "jsonl", "-o", "before", "--names")
    project = folder / "annotations.db"
    data = project.read_bytes()
    project.write_bytes(bytes(100) + data[100:])
    _, err = annotator(folder, "check", code=1)
    assert err == "annotator: annotations.db: not an annotator project (not a database)\n"
    out, err = annotator(folder, "recover", "annotations.db", "--as", "Lea")
    assert out == "annotations.recovered.db: 1 article, 2 events saved\n" and err == ""
    annotator(
        folder, "export", "jsonl", "-o", "after", "--names", "--db", "annotations.recovered.db"
    )
    for path in (folder / "before").iterdir():
        assert (folder / "after" / path.name).read_bytes() == path.read_bytes()

    # Without its tags an article is tagged again, and what was said of it is there.
    project.write_bytes(data.replace(b'"attributions":[0]', b'"attributions":[1]'))
    out, _ = annotator(folder, "recover", "annotations.db", "-o", "b.db", "--as", "Lea")
    assert out.splitlines()[1] == "tagged anew, its tags being lost: 1 article"
    assert json.loads(annotator(folder, "claims", "--json", "--db", "b.db")[0])[0]["id"] == claim
    assert "everything verifies" in annotator(folder, "check", "--db", "b.db")[0]
    _, err = annotator(folder, "recover", "annotations.db", "-o", "b.db", "--as", "Lea", code=1)
    assert err == "annotator: b.db: is there already\n"


def test_a_chosen_part_of_a_project_is_exported_and_losses_are_told(folder: Path) -> None:
    annotator(folder, "add", "news", "--as", "Ada")
    claim = json.loads(annotator(folder, "claims", "--json")[0])[0]["id"]
    annotator(folder, "label", claim, "disputed", "--as", "Ada")
    out, _ = annotator(
        folder, "export", "csv", "-o", "out", "--who", "final", "--labels", "disputed,verified",
        "--only", "judged", "--filter", "label:disputed language:en", "--splits", "0/0/100",
    )  # fmt: skip
    lines = out.splitlines()
    assert lines[0] == "out: 1 article, 1 claim, 0 judgements by 0 reviewers"
    assert lines[1:3] == ["train: empty", "validation: empty"]
    assert lines[3].startswith("test: 1 of 1 articles, 1 claims; en 100%")
    assert lines[4] == "csv cannot carry: 1 log of events, 1 texts of articles"
    for wrong in (["--splits", "1/2"], ["--labels", "lie"], ["--filter", "is:odd"], ["--who", "Z"]):
        _, err = annotator(folder, "export", "csv", "-o", "no", *wrong, code=2)
        assert len(err.splitlines()) == 1
    assert not (folder / "no").exists()


def test_text_is_left_out_and_put_back(folder: Path) -> None:
    annotator(folder, "add", "news", "--as", "Ada")
    annotator(folder, "export", "jsonl", "-o", "whole")
    annotator(folder, "export", "jsonl", "-o", "out", "--without-text")
    (folder / "empty").mkdir()
    assert SAID not in (folder / "out" / "claims.jsonl").read_text(encoding="utf-8")
    _, err = annotator(folder, "rehydrate", "out", "empty", code=1)
    unread, missing = err.splitlines()
    for wrong in ("nowhere", "news", "news/footbridge.txt"):
        _, said = annotator(folder, "rehydrate", wrong, "news", code=1)
        assert f"{wrong}: no dataset that annotator exported" in said
    assert "empty: no file" in unread and "not found (Valdorne closes its footbridge)" in missing
    out, _ = annotator(folder, "rehydrate", "out", "news")
    assert out == "out: text put back into 1 article\n"
    for name in ("articles.jsonl", "claims.jsonl"):
        assert (folder / "out" / name).read_bytes() == (folder / "whole" / name).read_bytes()


def test_a_dataset_comes_back_whole(folder: Path) -> None:
    annotator(folder, "add", "news", "--as", "Ada")
    annotator(folder, "export", "jsonl", "-o", "out", "--names")
    out, _ = annotator(folder, "import", "jsonl", "out", "--db", "new.db", "--as", "Zoe")
    assert out.splitlines()[0] == "out: 1 new articles, 0 already there, 1 new taggings"
    annotator(folder, "export", "jsonl", "-o", "back", "--names", "--db", "new.db")
    for path in (folder / "out").iterdir():
        assert path.read_bytes() == (folder / "back" / path.name).read_bytes()
    _, err = annotator(folder, "import", "jsonl", "news", "--db", "new.db", "--as", "Z", code=1)
    assert "articles.jsonl: missing" in err
    assert "jsonl" in annotator(folder, "import", "--list")[0]
    assert "known: jsonl" in annotator(folder, "import", "odd", "out", "--as", "Z", code=2)[1]
    assert "name a format" in annotator(folder, "import", "--as", "Z", code=2)[1]


def test_the_formats_are_listed_with_what_they_cannot_carry(folder: Path) -> None:
    lines = annotator(folder, "export", "--list")[0].splitlines()
    assert lines[0].startswith("jsonl ")
    assert any(line.strip().startswith("cannot carry: ") for line in lines)


def test_datasets_of_other_tools_come_in_with_their_labels_explained(folder: Path) -> None:
    text = "Le pont est sûr."
    lines = [{"text": text, "label": [[0, 15, "FALSE"]]}, {"text": " "}]
    (folder / "zoe.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    take = ("import", "doccano", "zoe.jsonl", "--as", "Ada")
    _, err = annotator(folder, *take, code=1)
    assert "unknown labels: FALSE (1)" in err
    _, err = annotator(folder, "import", "brat", "nowhere", "--as", "Ada", code=1)
    assert "nowhere: no such file or folder" in err
    assert not list(folder.glob("*.db*"))  # nothing came in: no project was made
    assert "--map takes LABEL=OURS" in annotator(folder, *take, "--map", "FALSE", code=2)[1]
    out, err = annotator(folder, *take, "--map", "FALSE=disputed", code=1)
    assert out.startswith("zoe.jsonl: 1 new articles, 0 already there, 1 judgements;")
    assert "zoe.jsonl, line 2: no text" in err
    annotator(folder, "export", "csv", "--names", "-o", "out")
    row = (folder / "out" / "claims.csv").read_text(encoding="utf-8")
    assert "Le pont est sûr," in row
    assert "zoe (imported),disputed," in row


def test_what_labels_are_is_read_from_a_file(folder: Path) -> None:
    line = {"text": "Le pont est sûr.", "label": [[0, 15, "fake news"], [0, 7, "LOC"]]}
    (folder / "zoe.jsonl").write_text(json.dumps(line), encoding="utf-8")
    labels = folder / "labels.toml"
    take = ("import", "doccano", "zoe.jsonl", "--as", "Ada", "--map-file", "labels.toml")
    wrong = {
        '[labels]\nLOC = "-"\n"fake news" = 3\n': "labels.toml, line 3: 'fake news' must be text",
        '[label]\nLOC = "-"\n': "labels.toml, line 1: unknown 'label'; known: [labels]",
        'labels = "-"\n': "labels.toml: has no table [labels]",
        "[labels]\nLOC\n": "labels.toml: not TOML (",
        "[labels]\nLOC = 'place'\n": "LOC cannot be 'place'; known: content",
    }
    for content, told in wrong.items():
        labels.write_text(content, encoding="utf-8")
        err = annotator(folder, *take, code=2)[1]
        assert told in err
        assert len(err.splitlines()) == 1
    labels.write_text('[labels]\nLOC = "-"\n"fake news" = "verified"\n', encoding="utf-8")
    out, _ = annotator(folder, *take, "--map", "fake news=disputed")
    assert "1 new articles, 0 already there, 1 judgements" in out
    annotator(folder, "export", "csv", "--names", "-o", "out")
    row = (folder / "out" / "claims.csv").read_text(encoding="utf-8")
    assert "zoe (imported),disputed," in row
