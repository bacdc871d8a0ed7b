"""Several people and one project: hand out, judge apart, merge, compare, settle."""

import json
from pathlib import Path

import pytest

from annotator.store import Project, open_project
from tests.commands import annotator

TEXTS = {
    "bridge": """Valdorne closes its footbridge

"We had no choice," said the mayor, Odile Vernay. Two beams are about to give way.
""",
    "market": """Market hall reopens on Saturday

The council said the stalls would cost more. The hall is three hundred years old.
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    annotator(tmp_path, "add", "bridge.txt", "market.txt", "--as", "Lea")
    return tmp_path


def claims(folder: Path, db: str = "annotations.db") -> list[str]:
    return [one["id"] for one in json.loads(annotator(folder, "claims", "--json", "--db", db)[0])]


def judge(folder: Path, db: str, name: str, *answers: str) -> None:
    """Judge the claims one after the other, in the order of their ids."""
    for claim, labels in zip(sorted(claims(folder, db)), answers, strict=False):
        annotator(folder, "label", claim, *labels.split(), "--db", db, "--as", name)


def exported(folder: Path, db: str, out: str) -> dict[str, bytes]:
    annotator(folder, "export", "jsonl", "--names", "--db", db, "-o", out)
    return {path.name: path.read_bytes() for path in (folder / out).iterdir()}


@pytest.fixture
def handed_in(folder: Path) -> Path:
    """Two colleagues have judged all claims apart and handed their files in."""
    people = ["--for", "Ada", "--for", "Ben", "--each", "2"]
    out, _ = annotator(folder, "bundle", *people, "-o", "out", "--as", "Lea")
    assert len(out.splitlines()) == 2
    files = {name: folder / "out" / f"annotations-{name.lower()}.db" for name in ("Ada", "Ben")}
    judge(folder, str(files["Ada"]), "Ada", "verified", "disputed", "verified", "not_a_claim")
    judge(folder, str(files["Ben"]), "Ben", "verified", "verified sarcasm", "verified", "disputed")
    for name, path in files.items():
        annotator(folder, "handin", "-o", f"from-{name}.db", "--db", str(path), "--as", name)
    return folder


def test_the_order_of_merging_changes_nothing(handed_in: Path) -> None:
    (handed_in / "other.db").write_bytes(b"")
    (handed_in / "other.db").unlink()
    annotator(handed_in, "handin", "-o", "other.db", "--as", "Lea")
    out, _ = annotator(handed_in, "merge", "from-Ada.db", "from-Ben.db", "--as", "Lea")
    assert "Ada: 4 new" in out
    assert "Ben: 4 new" in out
    again, _ = annotator(handed_in, "merge", "from-Ben.db", "--as", "Lea")
    assert "Ben: 0 new, 4 already known" in again
    annotator(
        handed_in, "merge", "from-Ben.db", "from-Ada.db", "--db", "other.db", "--as", "Lea"
    )  # fmt: skip
    one = exported(handed_in, "annotations.db", "one")
    assert one == exported(handed_in, "other.db", "two")
    assert b'"basis": "unanimous"' in one["claims.jsonl"]


def test_agreement_and_decisions(handed_in: Path) -> None:
    annotator(handed_in, "merge", "from-Ada.db", "from-Ben.db", "--as", "Lea")
    out, _ = annotator(handed_in, "agreement", "--as", "Lea", "--resamples", "50")
    assert "reviewers: Ada, Ben" in out
    assert "verified / disputed        1 claim  (" in out
    assert "Veracity" in out and "seed 1" in out
    report = json.loads(
        annotator(handed_in, "agreement", "--json", "--as", "Lea", "--resamples", "50")[0]
    )
    figures = {one["name"]: one for one in report["questions"][0]["figures"]}
    assert figures["percent agreement"]["value"] == pytest.approx(0.5)

    second = sorted(claims(handed_in))[1]
    settle = ["decide", second, "disputed", "--reason", "slip", "--as", "Lea"]
    annotator(handed_in, *settle, "--speaker", "Nobody  Else", "--kind", "indirect")
    report = json.loads(annotator(handed_in, "agreement", "--json", "--as", "Lea")[0])
    right = {
        (one["axis"], one["subject"]): (one["figures"][0]["value"], one["figures"][0]["units"])
        for one in report["tags"]
    }
    assert right["speaker", "Ada"] == right["speaker", "the machine"] == (0, 1)
    assert set(right) == {
        (tag, name) for tag in ("speaker", "kind") for name in ("Ada", "Ben", "the machine")
    }
    annotator(handed_in, "decide", second, "disputed", "--reason", "slip", "--as", "Lea")
    report = json.loads(annotator(handed_in, "agreement", "--json", "--as", "Lea")[0])
    assert report["tags"][0]["figures"][0]["units"] == 1  # who speaks is settled still
    lines = exported(handed_in, "annotations.db", "settled")["claims.jsonl"].decode().splitlines()
    final = {one["claim_id"]: one for one in map(json.loads, lines)}[second]
    assert final["final"]["veracity"] == {"value": "disputed", "basis": "decided"}
    assert final["decision"]["by"] == "Lea"
    assert not final["decision"]["stale"]

    annotator(handed_in, "label", second, "disputed", "--as", "Ben")
    lines = exported(handed_in, "annotations.db", "stale")["claims.jsonl"].decode().splitlines()
    stale = {one["claim_id"]: one for one in map(json.loads, lines)}[second]
    assert stale["decision"]["stale"]
    assert stale["final"]["veracity"]["basis"] == "unresolved"

    _, err = annotator(handed_in, "decide", second, "--reason", "mood", "--as", "Lea", code=1)
    assert "unknown reason 'mood'" in err


def test_what_is_hidden_stays_hidden_in_every_command(handed_in: Path) -> None:
    annotator(handed_in, "merge", "from-Ada.db", "from-Ben.db", "--as", "Lea")
    first, second, *_ = sorted(claims(handed_in))
    annotator(handed_in, "label", first, "verified", "--as", "Cleo")
    log = json.loads(annotator(handed_in, "log", "--json", "--as", "Cleo")[0])
    judged = {(one["actor"], one["target"]) for one in log if one["kind"] == "judge"}
    assert judged == {("Ada", first), ("Ben", first), ("Cleo", first)}
    out, _ = annotator(handed_in, "agreement", "--as", "Cleo", "--resamples", "20")
    assert "1 claim of 1 article" in out
    assert "hidden" in out
    refused = annotator(handed_in, "decide", second, "verified", "--as", "Cleo", code=1)[1]
    assert "still hidden" in refused


@pytest.fixture
def judged(folder: Path) -> Path:
    """Ada and Ben have judged all claims, Cleo and Dan only the first."""
    with open_project(folder / "annotations.db") as project:
        ids = sorted(row.claim.id for row in project.claims())
        for name in ("Ada", "Ben"):
            verify(project, name, ids)
        for name in ("Cleo", "Dan"):
            verify(project, name, ids[:1])
    return folder


def verify(project: Project, name: str, ids: list[str]) -> None:
    for claim in ids:
        project.append(name, "judge", claim, {"labels": {"veracity": ["verified"]}})


def test_who_lifts_the_blindness_for_themselves_is_named_in_the_log(judged: Path) -> None:
    figures = [
        annotator(judged, "agreement", "--resamples", "20", *more)[0]
        for more in (["--unblind", "--as", "Cleo"], ["--as", "Dan"], ["--as", "Cleo"])
    ]
    assert ["hidden" in one for one in figures] == [False, True, False]
    assert "1 claim of 1 article" in figures[1] and figures[0] == figures[2]
    # Those whom nothing is hidden from lift nothing.
    for name in ("Cleo", "Lea"):
        annotator(judged, "log", "--unblind", "--as", name)
    with open_project(judged / "annotations.db") as project:
        (lifted,) = [one for one in project.events(kind="meta") if '"blind"' in one.body]
        assert lifted.actor == "Cleo" and project.is_blind()


def test_a_project_is_blind_until_somebody_switches_that(judged: Path) -> None:
    states = []
    with open_project(judged / "annotations.db") as project:
        for setting in ((), ("off", "--as", "Lea"), ("on", "--as", "Lea")):
            out, _ = annotator(judged, "blind", *setting)
            states.append((out.split(":")[0], project.sees_all("Cleo")))
            project.unblind("Cleo")
            assert project.sees_all("Cleo")
        annotator(judged, "blind", "on", "--as", "Lea")
        assert not project.sees_all("Cleo")
    assert states == [("on", False), ("off", True), ("on", False)]


def test_what_was_handed_out_is_reported_on(folder: Path) -> None:
    assert annotator(folder, "bundle", "--status")[0] == "nothing has been handed out\n"
    assert "--for" in annotator(folder, "bundle", "-o", "out", "--as", "Lea", code=2)[1]
    names = ["Ada", "Ben", "Cleo"]
    people = [word for name in names for word in ("--for", name)]
    annotator(folder, "bundle", *people, "--everybody", "50", "-o", "out", "--as", "Lea")
    files = [folder / "out" / f"annotations-{name.lower()}.db" for name in names]
    for name, file in zip(names, files, strict=True):
        with open_project(file) as project:
            verify(project, name, [row.claim.id for row in project.claims()])
    with open_project(folder / "annotations.db") as project:
        project.colleagues.merge(files[0])
    found = json.loads(annotator(folder, "bundle", "--status", "--json")[0])
    assert [one["person"] for one in found["people"]] == names
    assert [one["judged"] == one["claims"] for one in found["people"]] == [True, False, False]
    assert [(one["people"], one["articles"]) for one in found["overlap"]] == [(1, 1), (3, 1)]
    assert found["overlap"][1]["finished"] == 0
    with open_project(folder / "annotations.db") as project:
        project.colleagues.merge_all(files[1:])
    lines = annotator(folder, "bundle", "--status")[0].splitlines()
    assert [line.split(":")[0] for line in lines[:3]] == names
    assert lines[3:] == [
        "given to one person: 1 of 1 articles finished by all",
        "given to each of 3 people: 1 of 1 articles finished by all",
    ]


def test_what_to_learn_from(handed_in: Path) -> None:
    annotator(handed_in, "merge", "from-Ada.db", "from-Ben.db", "--as", "Lea")
    second = sorted(claims(handed_in))[1]
    annotator(handed_in, "decide", second, "disputed", "--note", "rule 7", "--as", "Lea")
    out, _ = annotator(handed_in, "agreement", "--people", "--as", "Ben")
    assert [one for one in out.splitlines() if one in ("Ada", "Ben")] == ["Ben", "Ada"]
    data = json.loads(annotator(handed_in, "agreement", "--people", "--json", "--as", "Lea")[0])
    ada, ben = data["people"]
    assert (ada["name"], ada["judged"], ada["settled"]) == ("Ada", 4, 1)
    assert ada["as_settled"]["veracity"] == 1 and ben["as_settled"]["veracity"] == 0
    assert ben["labels"]["rhetoric"] == {"sarcasm": 1} and ben["none"]["rhetoric"] == 3
    out, _ = annotator(handed_in, "agreement", "--mine", "--as", "Ben")
    assert "you: verified   settled: disputed" in out and "rule 7" in out
    assert out.count(second[:8]) == 2  # behind the pair of labels, and once with its words
    (mine,) = json.loads(annotator(handed_in, "agreement", "--mine", "--json", "--as", "Ben")[0])[
        "settled"
    ]
    assert (mine["claim_id"], mine["as_you_said"], mine["note"]) == (second, False, "rule 7")
    assert mine["final"] == {"veracity": ["disputed"], "rhetoric": []}
    assert "0 wordings" in annotator(handed_in, "agreement", "--same-words", "--as", "Lea")[0]
    words = json.loads(annotator(handed_in, "agreement", "--same-words", "--json", "--as", "A")[0])
    assert words == {"wordings": [], "blind": False}


def test_the_log_tells_who_did_what(handed_in: Path) -> None:
    annotator(handed_in, "merge", "from-Ada.db", "--as", "Lea")
    out, _ = annotator(handed_in, "log", "--by", "Ada", "--kind", "judge", "--as", "Lea")
    assert len(out.splitlines()) == 4
    assert "Ada               judge" in out and "not a claim" in out and "{" not in out
    assert "unknown kind" in annotator(handed_in, "log", "--kind", "x", "--as", "Lea", code=2)[1]


def logged(folder: Path, *options: str) -> list[dict[str, str]]:
    return json.loads(annotator(folder, "log", "--json", "--as", "Lea", *options)[0])


def test_the_log_by_article_claim_and_time(handed_in: Path) -> None:
    annotator(handed_in, "merge", "from-Ada.db", "from-Ben.db", "--as", "Lea")
    found = json.loads(annotator(handed_in, "claims", "--json")[0])
    claim = sorted(found, key=lambda one: one["id"])[1]
    annotator(handed_in, "decide", claim["id"], "disputed", "--as", "Lea")
    everything = logged(handed_in)
    story = logged(handed_in, "--claim", claim["id"][:8])
    assert [(one["actor"], one["kind"]) for one in story][-1] == ("Lea", "decide")
    assert {one["actor"] for one in story} == {"Ada", "Ben", "Lea"}
    of_article = logged(handed_in, "--article", claim["article_id"][:8])
    own = {one["id"] for one in found if one["article_id"] == claim["article_id"]}
    judged = set(sorted(one["id"] for one in found)[:4])
    assert {one["target"] for one in of_article} - {claim["article_id"]} == own & judged
    assert [one for one in of_article if one["target"] == claim["id"]] == story
    day = story[-1]["at"][:10]
    assert logged(handed_in, "--since", day, "--until", day) == [
        one for one in everything if one["at"][:10] == day
    ]
    at = story[-1]["at"][:-1] + "+00:00"
    assert story[-1] in logged(handed_in, "--since", at)
    assert logged(handed_in, "--until", "2001-01-01") == []
    refused = annotator(handed_in, "log", "--since", "yesterday", "--as", "Lea", code=2)[1]
    assert "'yesterday' is no date" in refused
    assert "there is no article 'zz'" in annotator(
        handed_in, "log", "--article", "zz", "--as", "Lea", code=2
    )[1]  # fmt: skip


def test_a_bad_file_is_refused_by_name_and_the_others_go_in(handed_in: Path) -> None:
    (handed_in / "bad.db").write_bytes((handed_in / "from-Ben.db").read_bytes()[:3000])
    out, err = annotator(handed_in, "merge", "bad.db", "from-Ada.db", "--as", "Lea", code=1)
    assert "bad.db" in err
    assert len(err.splitlines()) == 1
    assert "Ada: 4 new" in out


def test_an_export_gives_away_nothing_that_is_hidden(folder: Path) -> None:
    first, second, *_ = sorted(claims(folder))
    annotator(folder, "label", first, "verified", "--as", "Ada")
    for claim in (first, second):
        annotator(folder, "label", claim, "disputed", "--as", "Ben")
    _, err = annotator(folder, "export", "jsonl", "-o", "all", "--as", "Ada", code=1)
    assert "hidden from Ada" in err and not (folder / "all").exists()
    annotator(folder, "export", "jsonl", "-o", "own", "--who", "Ada", "--as", "Ada")
    assert b"disputed" not in (folder / "own" / "claims.jsonl").read_bytes()
    annotator(folder, "export", "jsonl", "-o", "lead", "--as", "Lea")  # who judges nothing
    annotator(folder, "export", "jsonl", "-o", "all", "--as", "Ada", "--unblind")
    assert "meta" in annotator(folder, "log", "--by", "Ada", "--as", "Lea", "--json")[0]
    annotator(folder, "label", second, "verified", "--as", "Ben")
    annotator(folder, "export", "jsonl", "-o", "seen", "--as", "Ben", code=0)
