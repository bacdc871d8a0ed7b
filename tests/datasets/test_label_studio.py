"""Label Studio's tasks and configuration, held against each other by its own SDK."""

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.importing import take_in
from annotator.store import open_project
from tests.datasets.conftest import BRIDGE, NEW, QUOTATION
from tests.datasets.generated import FEW, made, project_of


def exported(project, folder, who="each"):
    datasets.export(project, "label-studio", folder, Choice(who=who, names=True))
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    return tasks, (folder / "config.xml").read_text(encoding="utf-8")


def said_of(annotation, claim):
    """What an annotation says of a claim: control → values."""
    region = next(
        one["id"]
        for one in annotation["result"]
        if one.get("from_name") == "claim_id" and one["value"]["text"] == [claim]
    )
    return {
        one["from_name"]: one["value"].get("choices") or one["value"]["text"]
        for one in annotation["result"]
        if one.get("id") == region and one["type"] != "labels"
    }


def test_everybody_has_an_annotation_with_their_answers(project, tmp_path):
    tasks, _ = exported(project, tmp_path / "out")
    task = next(one for one in tasks if one["data"]["language"] == "fr")
    by_person = {one["result"][-1]["value"]["text"][0]: one for one in task["annotations"]}
    assert set(by_person) == {"Ada Brun", "Bo Dahl", "Ça"}
    assert said_of(by_person["Ada Brun"], QUOTATION) == {
        "axis-veracity": ["disputed"],
        "axis-rhetoric": ["partisan_framing"],
        "unsure": ["unsure"],
        "voice": ["direct"],
        "speaker": ["Zoé Lantier"],
        "framer": ["speaker"],
        "target": ["la préfecture"],
        "note": ["=1+1 says Bo Dahl, not Bodahl"],
        "evidence": ["url: https://pont.example|x (2031-02-04)", "text: vu"],
        "claim_id": [QUOTATION],
    }
    assert by_person["Ada Brun"]["lead_time"] == 12
    assert not by_person["Ada Brun"]["ground_truth"]


def test_relations_lead_from_region_to_region(project, tmp_path):
    tasks, _ = exported(project, tmp_path / "out")
    task = next(one for one in tasks if one["data"]["language"] == "fr")
    result = task["annotations"][0]["result"]
    words = {one["id"]: one["value"]["text"] for one in result if one["type"] == "labels"}
    relations = [
        (*one["labels"], words[one["from_id"]], words[one["to_id"]])
        for one in result
        if one["type"] == "relation"
    ]
    assert ("source", "la maire Zoé Lantier", "Le pont est sûr") in relations
    assert ("carries", "sûr", "Le pont est sûr") in relations


def test_final_answers_are_ground_truth_and_the_machine_s_tags_predictions(project, tmp_path):
    tasks, _ = exported(project, tmp_path / "out", "final")
    for task in tasks:
        (annotation,) = task["annotations"]
        assert annotation["ground_truth"]
        (predicted,) = task["predictions"]
        assert predicted["model_version"].startswith("annotator 2, ")
    assert any(task["predictions"][0]["result"] for task in tasks)


def test_the_configuration_explains_the_labels(project, tmp_path):
    _, config = exported(project, tmp_path / "out")
    choices = ElementTree.fromstring(config).find(".//Choices[@name='axis-veracity']")
    assert choices.get("choice") == "single"
    hints = {one.get("value"): one.get("hint") for one in choices}
    assert hints["unverified"] == "Looked at, and nothing settles it."


@pytest.mark.readers
@FEW
@given(made())
def test_the_sdk_accepts_every_annotation_and_prediction(made):
    from label_studio_sdk.label_interface import LabelInterface

    with project_of(made) as (project, place):
        tasks, config = exported(project, place / "out")
    reader = LabelInterface(config)
    reader.validate()
    for task in tasks:
        for annotation in task["annotations"]:
            assert reader.validate_annotation(annotation)
        for prediction in task["predictions"]:
            assert reader.validate_prediction(prediction, return_errors=True) == []
        spoilt = json.loads(json.dumps(task["annotations"][0]))
        spoilt["result"][0]["value"]["labels"] = ["no such label"]
        assert not reader.validate_annotation(spoilt)


def test_tasks_that_nobody_worked_on_come_in_with_what_the_machine_marked(project, tmp_path):
    datasets.export(project, "label-studio", tmp_path / "out")
    path = tmp_path / "out" / "tasks.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        task["annotations"] = []
    path.write_text(json.dumps([*tasks, {"data": {"text": "Bare."}}]), encoding="utf-8")
    with open_project(tmp_path / "other.db") as other:
        taken = take_in(other, "label-studio", path, "Eve")
        assert (taken.articles, taken.judgements) == (3, 0)
        (said,) = other.tagging(BRIDGE.id).attributions
        assert said.content == NEW.attributions[0].content
        assert said.speaker == "Zoé Lantier"
