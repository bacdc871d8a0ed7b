"""Label Studio: its labelling configuration, and tasks with an annotation for each person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from annotator.datasets.choice import FINAL
from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.foreign import (
    UNSOUND,
    Link,
    Mark,
    Page,
    about_of,
    files,
    is_attributed,
    joined,
    kind_among,
    parsed,
    read,
    told,
)
from annotator.datasets.format import Format
from annotator.datasets.layers import (
    Sheet,
    about,
    chosen,
    count_dropped,
    count_left_out,
    evidence_text,
    identifier,
    marks,
    parts,
    sheets,
    word_labels,
)
from annotator.datasets.markup import xml_text
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.display import json_text
from annotator.errors import DatasetError
from annotator.model import ATTRIBUTION_KINDS, SPEAKER_TYPES, VOICES, Span, Tagging
from annotator.scheme import Axis, Scheme

TASKS = "tasks.json"
MARKS, TEXT = "marks", "text"
CONTINUES, SAID, CARRIES = "continues", "said", "carries"
RELATIONS = ("cue", "source", SAID, CARRIES, CONTINUES)
NOTES = ("speaker", "via", "framer", "target", "note", "evidence", "claim_id")
TOLD = ("speaker", "target", "note")
"""Text areas that come back as they are."""
FACTS = ("speaker_type", "claim_id")
"""Controls whose values follow from the tags."""
NOBODY: Record = {"result": []}
DROPPED = ("hints_shown", "at", "scheme")


class Regions:
    """The result of an annotation as it grows: regions, what is said of them, relations."""

    def __init__(self, text: str) -> None:
        self.result: list[Record] = []
        self.continued = 0
        """How many stretches had to be cut into pieces."""
        self._text = text

    def mark(self, label: str, spans: Iterable[Span]) -> Record:
        """Add a region and return it; of several spans the first, the others linked to it."""
        pieces = [self._region(label, span) for span in spans]
        for piece in pieces[1:]:
            self.relate(piece, CONTINUES, pieces[0])
        self.continued += len(pieces) > 1
        return pieces[0]

    def choose(self, region: Record, control: str, choices: list[str]) -> None:
        """Answer a choice about a region."""
        self._say(region, control, "choices", choices)

    def write(self, region: Record, control: str, texts: list[str]) -> None:
        """Fill in a text about a region."""
        self._say(region, control, "textarea", texts)

    def relate(self, one: Record, label: str, other: Record) -> None:
        """Relate two regions."""
        self.result.append(
            {
                "type": "relation",
                "from_id": one["id"],
                "to_id": other["id"],
                "direction": "right",
                "labels": [label],
            }
        )

    def _region(self, label: str, span: Span) -> Record:
        start, end = span
        place = {"start": start, "end": end, "text": self._text[start:end]}
        region = {
            "id": f"r{len(self.result)}",
            "from_name": MARKS,
            "to_name": TEXT,
            "type": "labels",
            "value": {**place, "labels": [label]},
        }
        self.result.append(region)
        return region

    def _say(self, region: Record, control: str, kind: str, said: list[str]) -> None:
        if not said:
            return
        place = {key: region["value"][key] for key in ("start", "end")}
        value = {**place, "text" if kind == "textarea" else kind: said}
        self.result.append(
            {
                "id": region["id"],
                "from_name": control,
                "to_name": TEXT,
                "type": kind,
                "value": value,
            }
        )


def write(dataset: Dataset, folder: Path) -> None:
    """Write the configuration of a project, and the tasks to import into it."""
    config = ElementTree(configuration(dataset.scheme))
    indent(config)
    config.write(folder / "config.xml", encoding="utf-8")
    with (folder / TASKS).open("w", encoding="utf-8", newline="\n") as file:
        before = "[\n"
        for number, document in enumerate(dataset.documents(), 1):
            file.write(before + json_text(_task(dataset, document, number)))
            before = ",\n"
        file.write("[]\n" if before == "[\n" else "\n]\n")


def _refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy the tasks, each in a line of its own, with the words of articles put back."""
    with (
        source.open(encoding="utf-8", newline="\n") as lines,
        target.open("w", encoding="utf-8", newline="\n") as file,
    ):
        for line in lines:
            task = line.removesuffix("\n").removesuffix(",")
            end = line[len(task) :]
            if task.startswith("{"):
                task = json_text(_unmasked(json.loads(task), texts))
            file.write(task + end)


def _unmasked(task: Record, texts: Texts) -> Record:
    data = task["data"]
    article_id, title = data["article_id"], data["title"]
    data[TEXT] = texts.unmask(data[TEXT], article_id, title=title)
    for said in (*task["annotations"], *task["predictions"]):
        for one in said["result"]:
            if one["type"] == "labels":
                value = one["value"]
                value["text"] = texts.unmask(value["text"], article_id, value["start"], part=True)
    return task


def configuration(scheme: Scheme) -> Element:
    """Return the labelling configuration of a scheme."""
    view = Element("View")
    relations = SubElement(view, "Relations")
    for name in RELATIONS:
        SubElement(relations, "Relation", value=name)
    labels = SubElement(view, "Labels", name=MARKS, toName=TEXT)
    for name in ("content", "cue", "source", "claim"):
        SubElement(labels, "Label", value=name)
    for label in word_labels(scheme):
        SubElement(labels, "Label", value=_words(label.id), hint=xml_text(label.name))
    SubElement(view, "Text", name=TEXT, value="$text", granularity="symbol")
    for axis in scheme.axes:
        hints = {label.id: label.definition for label in axis.labels}
        _add_choices(view, _control(axis), "claim", hints, "multiple" if axis.many else "single")
    _add_choices(view, "unsure", "claim", {"unsure": ""})
    _add_choices(view, "voice", "claim", dict.fromkeys(VOICES, ""))
    _add_choices(view, "kind", "content", dict.fromkeys(ATTRIBUTION_KINDS, ""))
    _add_choices(view, "speaker_type", "content", dict.fromkeys(SPEAKER_TYPES, ""))
    for name in NOTES:
        SubElement(view, "TextArea", name=name, toName=TEXT, perRegion="true", editable="true")
    SubElement(view, "TextArea", name="reviewer", toName=TEXT, editable="true")
    return view


def _add_choices(
    view: Element, name: str, label: str, hints: dict[str, str], choice: str = "single"
) -> None:
    """Add a choice that is about the regions with a label."""
    about = {"toName": TEXT, "perRegion": "true", "whenTagName": MARKS, "whenLabelValue": label}
    choices = SubElement(view, "Choices", {"name": name, "choice": choice, **about})
    for value, hint in hints.items():
        SubElement(
            choices, "Choice", {"value": value, **({"hint": xml_text(hint)} if hint else {})}
        )


def _task(dataset: Dataset, document: Document, number: int) -> Record:
    """Return an article with what everybody said of it."""
    count_left_out(dataset, document)
    annotations = [_annotation(dataset, document, sheet) for sheet in sheets(dataset, document)]
    machine = document.taggings[-1]
    predicted = Regions(document.text)
    _add_attributions(predicted, document.id, machine)
    version = f"annotator {machine.tagger}, {machine.model or 'no model'}"
    return {
        "id": number,
        "data": {TEXT: document.text, **about(document)},
        "annotations": annotations,
        "predictions": [{"model_version": version, "result": predicted.result}],
    }


def _annotation(dataset: Dataset, document: Document, sheet: Sheet) -> Record:
    """Return what is marked in an article, with one person's answers."""
    regions = Regions(document.text)
    contents = _add_attributions(regions, document.id, document.tagging)
    for claim in document.claims:
        region = regions.mark("claim", [(claim["start"], claim["end"])])
        _add_facts(regions, region, claim, contents)
        answer = sheet.answers.get(claim["claim_id"])
        if answer is not None:
            _add_answer(regions, region, answer, dataset.scheme)
            count_dropped(dataset.losses, answer, DROPPED)
    dataset.losses.add("discontinuous spans (now pieces that are linked)", regions.continued)
    who = {"from_name": "reviewer", "to_name": TEXT, "type": "textarea"}
    return {
        "result": [*regions.result, {"id": "reviewer", **who, "value": {"text": [sheet.who]}}],
        "was_cancelled": False,
        "ground_truth": sheet.who == FINAL,
        "lead_time": sum(answer["seconds"] for answer in sheet.answers.values()),
    }


def _add_attributions(regions: Regions, article_id: str, tagging: Tagging) -> dict[str, Record]:
    """Add who says what; return attribution id → region of its content."""
    contents: dict[str, Record] = {}
    for role, spans, attribution in parts(tagging):
        region = regions.mark(role, spans)
        identity = attribution.id(article_id)
        if role == "content":
            contents[identity] = region
            regions.choose(region, "kind", [attribution.kind])
            regions.choose(region, "speaker_type", _some(attribution.speaker_type))
            regions.write(region, "speaker", _some(attribution.speaker))
            regions.write(region, "via", _some(attribution.via))
        else:
            regions.relate(region, role, contents[identity])
    return contents


def _add_facts(
    regions: Regions, region: Record, claim: Record, contents: dict[str, Record]
) -> None:
    """Add what is known of a claim before anybody judged it."""
    regions.choose(region, "voice", [claim["voice"]])
    regions.write(region, "claim_id", [claim["claim_id"]])
    said = claim["attribution"]
    if said is not None:
        regions.write(region, "speaker", _some(said["speaker"]))
        if said["id"] in contents:
            regions.relate(region, SAID, contents[said["id"]])


def _add_answer(regions: Regions, region: Record, answer: Record, scheme: Scheme) -> None:
    """Add one person's answer on a claim."""
    for axis in scheme.axes:
        regions.choose(region, _control(axis), chosen(answer, axis.id))
    regions.choose(region, "unsure", ["unsure"] if answer["unsure"] else [])
    for name in ("framer", "target", "note"):
        regions.write(region, name, _some(answer[name]))
    regions.write(region, "evidence", [evidence_text(one) for one in answer["evidence"]])
    for label, span in marks(answer):
        regions.relate(regions.mark(_words(label), [span]), CARRIES, region)


def _some(value: Any) -> list[Any]:
    return [] if value is None else [value]


def _control(axis: Axis) -> str:
    return f"axis-{identifier(axis.id)}"


def _words(label: str) -> str:
    return f"words: {label}"


def pages(path: Path) -> Iterator[Page]:
    """Yield the annotations of Label Studio's tasks: a file, or a folder with tasks.json."""
    for file in files(path, TASKS):
        tasks = parsed(read(file), str(file))
        if not isinstance(tasks, list):
            raise DatasetError(f"{file}: not a list of tasks")
        for number, task in enumerate(tasks, 1):
            where = f"{file}, task {number}"
            try:
                # A task that nobody worked on has its text, and what a machine marked in it.
                said = task.get("annotations") or (task.get("predictions") or [NOBODY])[:1]
                for annotation in said:
                    yield _page(task["data"], annotation, where)
            except UNSOUND as error:
                raise DatasetError(f"{where}: not a task that Label Studio writes") from error


def _page(data: Record, annotation: Record, where: str) -> Page:
    """Return one person's annotation of a task."""
    marks: dict[str, Mark] = {}
    links, continued = set(), {}
    left: list[str] = []
    who = _author(annotation)
    for one in annotation["result"]:
        kind, value = one["type"], one.get("value", {})
        if kind == "relation":
            links.add(Link(one["from_id"], one["to_id"]))
            if CONTINUES in (one.get("labels") or ()):
                continued[one["from_id"]] = one["to_id"]
        elif kind in ("labels", "hypertextlabels"):
            place = ((value["start"], value["end"]),)
            marks[one["id"]] = Mark(one["id"], value[kind][0], place, value.get("text"))
        elif one.get("id") in marks:
            marks[one["id"]] = _with(marks[one["id"]], one["from_name"], kind, value, left)
        elif one["from_name"] == "reviewer":
            (who,) = value["text"]
        else:
            left.append(f"{one['from_name']} is about no region")
    kept = joined(list(marks.values()), continued)
    return Page(where, data[TEXT], about_of(data), who, kept, frozenset(links), tuple(left))


def _with(mark: Mark, control: str, kind: str, value: Record, left: list[str]) -> Mark:
    """Return a mark with what a control says of it; what has no place is added to `left`."""
    if kind == "textarea" and control in TOLD:
        return told(mark, control, " ".join(value["text"]))
    if control == "kind":
        return replace(mark, kind=kind_among(value["choices"]))
    if control == "voice":
        return replace(mark, attributed=is_attributed(value["choices"][0]))
    if control == "unsure":
        return replace(mark, unsure=True)
    if kind == "choices" and control not in FACTS:
        return replace(mark, said=(*mark.said, *value["choices"]))
    if control not in FACTS:
        left.append(f"{control} of {mark.label} at {mark.spans[0][0]} has no place")
    return mark


def _author(annotation: Record) -> str:
    author = annotation.get("completed_by")
    if isinstance(author, dict):
        author = author.get("email") or author.get("id")
    return "somebody" if author is None else str(author)


FORMAT = Format(
    "Label Studio: configuration and tasks; an annotation a person, the machine's as predictions",
    "discontinuous spans as one region, dates of answers, hints",
    write,
    {TASKS: _refill},
)
