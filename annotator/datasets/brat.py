"""brat standoff: a folder for each person, with a .txt and an .ann file for each article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.foreign import (
    UNSOUND,
    Link,
    Mark,
    Page,
    files,
    is_attributed,
    kind_among,
    text_beside,
    told,
)
from annotator.datasets.format import Format
from annotator.datasets.layers import (
    Sheet,
    chosen,
    count_dropped,
    count_left_out,
    evidence_text,
    identifier,
    marks,
    one_line,
    parts,
    sheets,
    word_labels,
)
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.errors import DatasetError
from annotator.model import ATTRIBUTION_KINDS, SEGMENT_KINDS, SPEAKER_TYPES, VOICES, About, Span
from annotator.scheme import Axis, Scheme

ENTITIES = ("Content", "Cue", "Source", "Claim")
RELATIONS = (
    ("Cue_of", "Cue", "Content"),
    ("Source_of", "Source", "Content"),
    ("Part_of", "Claim", "Content"),
)
FLAGS = ("Walk", "Superseded", "Unsure")
FACTS = ("Segment", "Walk", "Superseded", "Speaker_type", "ClaimId", "Reviewer")
"""What our own exports tell beside the tags that it follows from."""
NOTES = {"AnnotatorNotes": "note", "Target": "target", "Speaker": "speaker"}
"""Kind of note → the field of a mark it comes back to."""
DROPPED = ("hints_shown", "seconds", "at", "scheme")


class Standoff:
    """The lines of an .ann file as they grow; ids count from 1 by kind of line."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self._text = text
        self._last: Counter[str] = Counter()

    def entity(self, kind: str, spans: Iterable[Span]) -> str:
        """Add marked text and return its id; several spans are one discontinuous entity."""
        pieces = sorted(spans)
        places = ";".join(f"{start} {end}" for start, end in pieces)
        words = " ".join(one_line(self._text[start:end]) for start, end in pieces)
        return self._add("T", f"{kind} {places}\t{words}")

    def relation(self, kind: str, one: str, other: str) -> None:
        """Relate two entities."""
        self._add("R", f"{kind} Arg1:{one} Arg2:{other}")

    def attribute(self, kind: str, entity: str, value: str = "") -> None:
        """Give an entity an attribute, with a value or none."""
        self._add("A", f"{kind} {entity} {value}".rstrip())

    def note(self, kind: str, entity: str, text: str) -> None:
        """Attach free text to an entity."""
        self._add("#", f"{kind} {entity}\t{one_line(text)}")

    def _add(self, letter: str, rest: str) -> str:
        self._last[letter] += 1
        self.lines.append(f"{letter}{self._last[letter]}\t{rest}\n")
        return f"{letter}{self._last[letter]}"


def write(dataset: Dataset, folder: Path) -> None:
    """Write a collection that brat shows as it is."""
    _save(folder / "annotation.conf", "\n".join(_annotation_conf(dataset.scheme)))
    _save(folder / "visual.conf", "\n".join(_visual_conf(dataset.scheme)))
    for document in dataset.documents():
        found = sheets(dataset, document)
        dataset.losses.add("articles without an answer", not found)
        count_left_out(dataset, document)
        for sheet in found:
            place = folder / identifier(sheet.who)
            place.mkdir(exist_ok=True)
            _save(place / f"{document.id}.txt", document.text)
            lines = _standoff(dataset, document, sheet).lines
            _save(place / f"{document.id}.ann", "".join(lines))


def _standoff(dataset: Dataset, document: Document, sheet: Sheet) -> Standoff:
    """Return what is marked in an article, with one person's answers."""
    standoff = Standoff(document.text)
    contents = _add_attributions(standoff, document)
    for claim in document.claims:
        entity = standoff.entity("Claim", [(claim["start"], claim["end"])])
        _add_facts(standoff, entity, claim, contents)
        answer = sheet.answers.get(claim["claim_id"])
        if answer is not None:
            _add_answer(standoff, entity, answer, dataset.scheme)
            count_dropped(dataset.losses, answer, DROPPED)
            broken = [answer["note"], *(one["value"] for one in answer["evidence"])]
            lines = sum(text is not None and one_line(text) != text for text in broken)
            dataset.losses.add("line breaks in notes (now spaces)", lines)
    return standoff


def _add_attributions(standoff: Standoff, document: Document) -> dict[str, str]:
    """Add who says what; return attribution id → entity of its content."""
    contents: dict[str, str] = {}
    for role, spans, attribution in parts(document.tagging):
        entity = standoff.entity(role.capitalize(), spans)
        identity = attribution.id(document.id)
        if role == "content":
            contents[identity] = entity
            standoff.attribute("Kind", entity, attribution.kind)
            for kind, text in (("Speaker", attribution.speaker), ("Via", attribution.via)):
                if text:
                    standoff.note(kind, entity, text)
            if attribution.speaker_type:
                standoff.attribute("Speaker_type", entity, attribution.speaker_type)
        else:
            standoff.relation(f"{role.capitalize()}_of", entity, contents[identity])
    return contents


def _add_facts(standoff: Standoff, entity: str, claim: Record, contents: dict[str, str]) -> None:
    """Add what is known of a claim before anybody judged it."""
    standoff.attribute("Voice", entity, claim["voice"])
    standoff.attribute("Segment", entity, claim["segment_kind"])
    standoff.note("ClaimId", entity, claim["claim_id"])
    for flag in ("Walk", "Superseded"):
        if claim[flag.lower()]:
            standoff.attribute(flag, entity)
    said = claim["attribution"]
    if said is None:
        return
    if said["id"] in contents:
        standoff.relation("Part_of", entity, contents[said["id"]])
    if said["speaker"]:
        standoff.note("Speaker", entity, said["speaker"])


def _add_answer(standoff: Standoff, entity: str, answer: Record, scheme: Scheme) -> None:
    """Add one person's answer on a claim."""
    standoff.note("Reviewer", entity, answer["reviewer"])
    for axis in scheme.axes:
        for label in chosen(answer, axis.id):
            _add_label(standoff, entity, axis, label)
    for label, span in marks(answer):
        words = standoff.entity(_words(label), [span])
        standoff.relation("Carries", words, entity)
    if answer["unsure"]:
        standoff.attribute("Unsure", entity)
    for kind, key in (("Framer", "framer"), ("Target", "target"), ("AnnotatorNotes", "note")):
        if answer[key]:
            standoff.note(kind, entity, answer[key])
    for one in answer["evidence"]:
        standoff.note("Evidence", entity, evidence_text(one))


def _add_label(standoff: Standoff, entity: str, axis: Axis, label: str) -> None:
    """Add a label: a value on an axis with one, else an attribute of its own."""
    if axis.many:
        standoff.attribute(_attribute(label), entity)
    else:
        standoff.attribute(_attribute(axis.id), entity, identifier(label))


def _attribute(name: str) -> str:
    return f"Label_{identifier(name)}"


def _words(label: str) -> str:
    return f"Words_{identifier(label)}"


def _annotation_conf(scheme: Scheme) -> Iterator[str]:
    """Yield the lines that tell brat which entities, relations and attributes there are."""
    words = [_words(label.id) for label in word_labels(scheme)]
    yield from ("[entities]", *ENTITIES, *words)
    yield from ("[relations]", *(f"{kind}\tArg1:{one}, Arg2:{to}" for kind, one, to in RELATIONS))
    if words:
        yield f"Carries\tArg1:{'|'.join(words)}, Arg2:Claim"
    yield "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
    yield from ("[events]", "[attributes]")
    yield f"Kind\tArg:Content, Value:{'|'.join(ATTRIBUTION_KINDS)}"
    yield f"Speaker_type\tArg:Content, Value:{'|'.join(SPEAKER_TYPES)}"
    yield f"Voice\tArg:Claim, Value:{'|'.join(VOICES)}"
    yield f"Segment\tArg:Claim, Value:{'|'.join(SEGMENT_KINDS)}"
    yield from (f"{flag}\tArg:Claim" for flag in FLAGS)
    for axis in scheme.axes:
        names = [identifier(label.id) for label in axis.labels]
        if axis.many:
            yield from (f"{_attribute(label.id)}\tArg:Claim" for label in axis.labels)
        else:
            yield f"{_attribute(axis.id)}\tArg:Claim, Value:{'|'.join(names)}"
    yield ""


def _visual_conf(scheme: Scheme) -> Iterator[str]:
    """Yield the lines that tell brat the labels' names in full."""
    yield "[labels]"
    for label in word_labels(scheme):
        yield f"{_words(label.id)} | {one_line(label.name).replace('|', '/')}"
    yield from ("[drawing]", "")


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _refill_text(source: Path, target: Path, texts: Texts) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        _save(target, texts.unmask(file.read(), source.stem))


def _refill_standoff(source: Path, target: Path, texts: Texts) -> None:
    with source.open(encoding="utf-8", newline="\n") as lines:
        _save(target, "".join(_unmasked(line, source.stem, texts) for line in lines))


def _unmasked(line: str, article_id: str, texts: Texts) -> str:
    """Return a line of an .ann file, with its words where it marks some."""
    if not line.startswith("T"):
        return line
    entity, place, shown = line.rstrip("\n").split("\t")
    words, done = [], 0
    for start, end in _spans(place.partition(" ")[2]):
        piece = shown[done : done + end - start]
        words.append(texts.unmask(piece, article_id, start, form=one_line, part=True))
        done += end - start + 1
    return f"{entity}\t{place}\t{' '.join(words)}\n"


def pages(path: Path) -> Iterator[Page]:
    """Yield the articles in .ann files with a .txt beside them; their folder is who marked them."""
    folder = path if path.is_dir() else path.parent
    for file in files(path, "*.ann"):
        text, lines = (text_beside(one, folder) for one in (file.with_suffix(".txt"), file))
        yield _page(text, lines.split("\n"), file)


def _page(text: str, lines: list[str], file: Path) -> Page:
    """Return what a file says of a text: entities first, as others may name them before."""
    read = _Standoff(file.parent.name)
    for first in (True, False):
        for number, line in enumerate(lines, 1):
            if line.startswith("T") == first:
                try:
                    read.add(line)
                except UNSOUND as error:
                    raise DatasetError(f"{file}, line {number}: not brat's standoff") from error
    known, links = tuple(read.marks.values()), frozenset(read.links)
    return Page(str(file), text, About(), read.who, known, links, tuple(read.left))


class _Standoff:
    """What a file says, as it is read line by line."""

    def __init__(self, who: str) -> None:
        self.who = who
        self.marks: dict[str, Mark] = {}
        self.links: set[Link] = set()
        self.left: list[str] = []

    def add(self, line: str) -> None:
        """Take a line in; one of `UNSOUND` where it is none of brat's."""
        identity, _, rest = line.rstrip("\r").partition("\t")
        if identity.startswith("T"):
            self.marks[identity] = _mark(identity, rest)
        elif identity.startswith("R"):
            _, one, other = rest.split()
            self.links.add(Link(one.partition(":")[2], other.partition(":")[2]))
        elif identity[:1] in ("A", "M"):
            kind, of, *value = rest.split()
            self.marks[of] = _with_attribute(self.marks[of], kind, *value)
        elif identity.startswith("#") and rest.split()[1] in self.marks:
            head, _, words = rest.partition("\t")
            kind, of = head.split()
            self.who = words if kind == "Reviewer" else self.who
            self.marks[of] = _with_note(self.marks[of], kind, words, self.left)
        elif identity:
            self.left.append(f"{identity} {rest} has no place")


def _mark(identity: str, rest: str) -> Mark:
    place, words, *_ = rest.split("\t")
    kind, _, offsets = place.partition(" ")
    return Mark(identity, kind, tuple(_spans(offsets)), words)


def _spans(offsets: str) -> Iterator[Span]:
    for pair in offsets.split(";"):
        start, end = pair.split()
        yield int(start), int(end)


def _with_attribute(mark: Mark, kind: str, value: str = "") -> Mark:
    if kind == "Kind":
        return replace(mark, kind=kind_among([value]))
    if kind == "Unsure":
        return replace(mark, unsure=True)
    if kind == "Voice":
        return replace(mark, attributed=is_attributed(value))
    if kind in FACTS:
        return mark
    return replace(mark, said=(*mark.said, value or kind))


def _with_note(mark: Mark, kind: str, words: str, left: list[str]) -> Mark:
    field = NOTES.get(kind)
    if field is not None:
        return told(mark, field, words)
    if kind not in FACTS:
        left.append(f"{kind} of {mark.id} has no place")
    return mark


FORMAT = Format(
    "brat standoff: a folder a person; spans, relations, attributes and notes",
    "times, hints, what is known about articles; line breaks in notes",
    write,
    {"*.txt": _refill_text, "*.ann": _refill_standoff},
)
