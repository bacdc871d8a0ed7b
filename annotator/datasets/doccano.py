"""doccano: JSON Lines of articles with entities and relations, and of claims to classify."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.foreign import (
    UNSOUND,
    Link,
    Mark,
    Page,
    about_of,
    files,
    joined,
    json_lines,
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
from annotator.datasets.lines import LineFiles, refilled
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.display import json_text
from annotator.errors import DatasetError
from annotator.model import Span
from annotator.scheme import Scheme

ENTITIES = {"content": "#8ecae6", "cue": "#ffb703", "source": "#90be6d", "claim": "#dddddd"}
WORDS = "#f28482"
CONTINUES = "continues"
RELATIONS = ("cue", "source", "part of", "carries", CONTINUES)
DROPPED = ("framer", "target", "hints_shown", "seconds", "at", "scheme")


class Drawn:
    """The entities and relations of an article as they grow; ids go on from article to article."""

    def __init__(self, first: int) -> None:
        self.entities: list[Record] = []
        self.relations: list[Record] = []
        self.continued = 0
        """How many stretches had to be cut into pieces."""
        self._first = first

    @property
    def next(self) -> int:
        """The first id that is still free."""
        return self._first + len(self.entities) + len(self.relations)

    def mark(self, label: str, spans: Iterable[Span]) -> int:
        """Add an entity and return its id; of several spans the first, the others linked to it."""
        ids = [self._entity(label, span) for span in spans]
        for piece in ids[1:]:
            self.relate(piece, CONTINUES, ids[0])
        self.continued += len(ids) > 1
        return ids[0]

    def relate(self, one: int, kind: str, other: int) -> None:
        """Relate two entities."""
        record = {"id": self.next, "from_id": one, "to_id": other, "type": kind}
        self.relations.append(record)

    def _entity(self, label: str, span: Span) -> int:
        start, end = span
        record = {"id": self.next, "label": label, "start_offset": start, "end_offset": end}
        self.entities.append(record)
        return self.next - 1


def write(dataset: Dataset, folder: Path) -> None:
    """Write a file for each person, as doccano does, and the labels to import first."""
    _save_types(folder / "span_types.json", _entity_colours(dataset.scheme))
    _save_types(folder / "relation_types.json", dict.fromkeys(RELATIONS, "#666666"))
    categories = {label.id: "#666666" for label in dataset.scheme.labels}
    _save_types(folder / "category_types.json", categories)
    number, entity = 0, 1
    with LineFiles(folder) as files:
        for document in dataset.documents():
            found = sheets(dataset, document)
            dataset.losses.add("articles without an answer", not found)
            count_left_out(dataset, document)
            for sheet in found:
                drawn = _drawn(dataset, document, sheet, entity)
                entity, number = drawn.next, number + 1
                name = identifier(sheet.who)
                files.write(f"spans/{name}.jsonl", _article(document, sheet, drawn, number))
                for claim in _claims(document, sheet, dataset.scheme):
                    number += 1
                    files.write(f"claims/{name}.jsonl", {"id": number, **claim})


def _drawn(dataset: Dataset, document: Document, sheet: Sheet, first: int) -> Drawn:
    """Return what is marked in an article, with one person's answers."""
    drawn = Drawn(first)
    contents: dict[str, int] = {}
    for role, spans, attribution in parts(document.tagging):
        entity = drawn.mark(role, spans)
        identity = attribution.id(document.id)
        if role == "content":
            contents[identity] = entity
            dataset.losses.add("kinds of attribution")
            dataset.losses.add("speakers", attribution.speaker is not None)
        else:
            drawn.relate(entity, role, contents[identity])
    for claim in document.claims:
        entity = drawn.mark("claim", [(claim["start"], claim["end"])])
        said = claim["attribution"]
        if said is not None and said["id"] in contents:
            drawn.relate(entity, "part of", contents[said["id"]])
        answer = sheet.answers.get(claim["claim_id"])
        if answer is not None:
            count_dropped(dataset.losses, answer, DROPPED)
            for label, span in marks(answer):
                drawn.relate(drawn.mark(_words(label), [span]), "carries", entity)
    dataset.losses.add("discontinuous spans (now pieces that are linked)", drawn.continued)
    return drawn


def _article(document: Document, sheet: Sheet, drawn: Drawn, number: int) -> Record:
    return {
        "id": number,
        "text": document.text,
        "entities": drawn.entities,
        "relations": drawn.relations,
        "Comments": [],
        "reviewer": sheet.who,
        **about(document),
    }


def _claims(document: Document, sheet: Sheet, scheme: Scheme) -> Iterator[Record]:
    """Yield the claims that a person answered, each with its labels and remarks."""
    for claim in document.claims:
        answer = sheet.answers.get(claim["claim_id"])
        if answer is None:
            continue
        remarks = [answer["note"], *map(evidence_text, answer["evidence"])]
        said = claim["attribution"] or {}
        yield {
            "text": document.text[claim["start"] : claim["end"]],
            "label": [label for axis in scheme.axes for label in chosen(answer, axis.id)],
            "Comments": [text for text in remarks if text],
            "claim_id": claim["claim_id"],
            "article_id": claim["article_id"],
            "start": claim["start"],
            "end": claim["end"],
            "voice": claim["voice"],
            "speaker": said.get("speaker"),
            "unsure": answer["unsure"],
            "reviewer": sheet.who,
        }


def _refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a file with the text of each article or claim put back."""

    def unmasked(record: Record) -> Record:
        identity, shown = record["article_id"], record["text"]
        if "start" in record:
            return {**record, "text": texts.unmask(shown, identity, record["start"], part=True)}
        return {**record, "text": texts.unmask(shown, identity, title=record["title"])}

    refilled(source, target, unmasked)


def pages(path: Path) -> Iterator[Page]:
    """Yield the articles in doccano's JSON Lines: a file, or a folder with a file a person.

    Spans may be entities with relations, or [start, end, label] under one of the names that
    doccano's versions gave them. Of our own exports only the spans come back.
    """
    spans = path / "spans"
    for file in files(spans if spans.is_dir() else path, "*.jsonl"):
        for where, data in json_lines(file):
            try:
                yield _page(data, file, where)
            except UNSOUND as error:
                raise DatasetError(f"{where}: not a line that doccano writes") from error


def _page(data: Record, file: Path, where: str) -> Page:
    marks = [
        Mark(str(one["id"]), one["label"], ((one["start_offset"], one["end_offset"]),))
        for one in data.get("entities", ())
    ]
    for key in ("label", "labels", "annotations"):
        for number, one in enumerate(data.get(key) or ()):
            # Where texts are classified, a label is about the whole of one.
            start, end, label = (0, len(data["text"]), one) if isinstance(one, str) else one
            marks.append(Mark(f"{key} {number}", label, ((start, end),)))
    related = data.get("relations", ())
    continued = {
        str(one["from_id"]): str(one["to_id"]) for one in related if one["type"] == CONTINUES
    }
    links = frozenset(Link(str(one["from_id"]), str(one["to_id"])) for one in related)
    who = data.get("reviewer") or file.stem
    return Page(where, data["text"], about_of(data), who, joined(marks, continued), links)


def _entity_colours(scheme: Scheme) -> dict[str, str]:
    return ENTITIES | {_words(label.id): WORDS for label in word_labels(scheme)}


def _save_types(path: Path, colours: dict[str, str]) -> None:
    """Write labels as doccano imports them."""
    types = [
        {"text": name, "suffix_key": None, "background_color": colour, "text_color": "#000000"}
        for name, colour in colours.items()
    ]
    path.write_text(json_text(types) + "\n", encoding="utf-8", newline="\n")


def _words(label: str) -> str:
    return f"words: {label}"


FORMAT = Format(
    "doccano: JSON Lines with entities and relations, and claims with labels; a file a person",
    "discontinuous spans as one entity, speakers and kinds of attribution, times",
    write,
    {"spans/*.jsonl": _refill, "claims/*.jsonl": _refill},
)
