"""Nobody's name is in an export unless it was asked for, in any format, in whatever text."""

import zlib
from contextlib import suppress

import pytest

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.dataset import Dataset
from annotator.datasets.folder import files_in
from annotator.model import Evidence
from tests.datasets.conftest import BRIDGE, DOUBT, GONE, QUOTATION, answer, formats, judge, merged

NAMES = ("Ada Brun", "Bo Dahl", "Ça", "Dee Ruse", "Professor Brun", "Eve Unseen", "Åke Ö")


def readable(path):
    """Return what is in a file as text, whatever it is packed in."""
    if path.suffix == ".parquet":
        from pyarrow import parquet

        file = parquet.ParquetFile(path)
        return f"{file.read().to_pylist()} {file.schema_arrow.metadata}"
    data = path.read_bytes()
    with suppress(zlib.error):
        data = zlib.decompress(data)
    return data.decode("utf-8", "replace")


@pytest.fixture
def crowded(project):
    """A project in which people name each other wherever they can write."""
    said = "Bo Dahl told ada  brun, professor brun and A\u030ake O\u0308"
    rich = answer(
        "disputed", "partisan_framing", framer=said, target=said, note=said, unsure=True,
        spans=(("partisan_framing", (0, 2)),),
        evidence=(Evidence("text", said), Evidence("url", "https://x.example/?by=Bo Dahl")),
    )  # fmt: skip
    project.append("Dee Ruse", "person", "Ada Brun", {"name": "Professor Brun"})
    project.append("Dee Ruse", "assign", "Eve Unseen", {"articles": []})
    for claim in (QUOTATION, GONE, DOUBT):
        judge(project, "Åke Ö", claim, rich)
    project.append("Åke Ö", "flag", QUOTATION, {"note": f"{said}, Eve Unseen"})
    project.append("Åke Ö", "skip", DOUBT, {"note": said})
    project.append("Bo Dahl", "send_back", QUOTATION, {"to": "Åke Ö", "note": said})
    seen = [row.event_id for row in project.all_judgements(BRIDGE.id)[QUOTATION].values()]
    body = {"labels": {"veracity": ["disputed"]}, "reason": said, "note": said, "framer": said}
    body |= {"evidence": [{"kind": "text", "value": said}], "judgements": sorted(seen)}
    project.append("Dee Ruse", "decide", QUOTATION, body)
    return project


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("who", ["each", "final", "Åke Ö"])
def test_no_known_name_is_in_any_file_of_any_format(crowded, tmp_path, name, who):
    out = tmp_path / "out"
    datasets.export(crowded, name, out, Choice(who=who, query="by:ada" if who == "final" else ""))
    everything = " ".join(readable(out / path) for path in files_in(out)) + " ".join(files_in(out))
    folded = everything.casefold()
    for person in (*NAMES, "A\u030ake O\u0308", "ada  brun", crowded.device):
        assert person.casefold() not in folded, person


@pytest.mark.parametrize("name", formats())
def test_with_names_they_are_there(crowded, tmp_path, name):
    out = tmp_path / "out"
    datasets.export(crowded, name, out, Choice(names=True))
    everything = "".join(readable(out / path) for path in files_in(out) if path != "README.md")
    # Some formats have the answers of all, some only what was decided.
    assert ("Dee Ruse" if name == "claimreview" else "Åke Ö") in everything


def test_names_are_replaced_by_who_is_meant(crowded):
    dataset = Dataset(crowded)
    called = dataset.people.called
    (note, *_) = (
        judgement["note"]
        for claim in dataset.claims()
        for judgement in claim["judgements"]
        if judgement["reviewer"] == called("Åke Ö")
    )
    assert note == (
        f"{called('Bo Dahl')} told {called('Ada Brun')}, {called('Professor Brun')} and"
        f" {called('Åke Ö')}"
    )


def test_how_somebody_works_is_told_and_is_nobodys_name(crowded, tmp_path):
    crowded.append("Bo Dahl", "person", "work", {"order": "shuffled", "hide_outlet": True})
    assert Dataset(crowded).people.in_text("hard work") == "hard work"
    datasets.export(crowded, "jsonl", tmp_path / "out")
    bo = Dataset(crowded).people.called("Bo Dahl")
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    (row,) = [line for line in card.split("\n") if line.startswith(f"| {bo} |")]
    assert row.endswith("| shuffled | hidden |")
    assert '"order":"shuffled"' in (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8")


def test_parts_of_words_are_left_alone(crowded):
    people = Dataset(crowded).people
    assert people.in_text("Bodahl, Ada Brunner, Façade, Ça!").startswith("Bodahl, Ada Brunner, Faç")
    assert people.in_text(None) is None


def test_pseudonyms_are_the_same_wherever_the_project_was_merged(crowded, tmp_path):
    with merged(crowded, tmp_path / "other.db", 1) as other:
        ours, theirs = Dataset(crowded).people, Dataset(other).people
        assert {name: ours.called(name) for name in NAMES} == {
            name: theirs.called(name) for name in NAMES
        }
