"""spaCy: binary documents with spans to learn from, and one set a question to classify claims by.

spaCy is imported by the functions that need it, and by no other module of this room.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.foreign import read
from annotator.datasets.format import Format
from annotator.datasets.layers import (
    Sheet,
    about,
    chosen,
    count_left_out,
    examples,
    identifier,
    parts,
    sheets,
)
from annotator.datasets.layers import marks as marked
from annotator.datasets.losses import Losses
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.datasets.tokens import NEUTRAL, Tokens, pipeline, tokenized
from annotator.errors import DatasetError
from annotator.model import Span as Place
from annotator.model import Tagging
from annotator.scheme import Axis

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin, Span

USER_DATA = "annotator"
GROUPS = ("sc", "contents", "cues", "sources", "speakers", "claims", "loaded_words")
"""Keys of `doc.spans`; "sc" is where spaCy's own components look by default."""
SPLITS = {"train": "train", "validation": "dev", "test": "test"}
FILE_SIZE = 500
"""How many documents are held until they are written; spaCy reads all files of a folder."""
LARGEST, CHUNK = 2**29, 2**20
"""Bytes that may come out of a file, and how many at a time until that is known."""


def write(dataset: Dataset, folder: Path) -> None:
    """Write LANGUAGE/spans/SPLIT and LANGUAGE/claims-AXIS/SPLIT, each a folder of documents."""
    with _encoders_found_once():
        _fill(Shelf(folder), dataset)


def _fill(shelf: Shelf, dataset: Dataset) -> None:
    for document in dataset.documents():
        found = sheets(dataset, document)
        dataset.losses.add("articles without an answer", not found)
        count_left_out(dataset, document)
        for sheet in found:
            shelf.add("spans", document, _article(dataset.losses, document, sheet))
            for axis, claim, answer in examples(dataset, document, sheet):
                doc = _claim(document, claim, answer, axis)
                shelf.add(f"claims-{identifier(axis.id)}", document, doc)
    shelf.close()


@contextmanager
def _encoders_found_once() -> Iterator[None]:
    """Spare spaCy's serializer going through all installed packages for each document.

    It looks for encoders that they may bring, which takes four times as long as all the rest.
    """
    from srsly.msgpack import msgpack_encoders

    found = msgpack_encoders.get_all()
    msgpack_encoders.get_all = lambda: found
    try:
        yield
    finally:
        del msgpack_encoders.get_all


def _docbin() -> DocBin:
    from spacy.tokens import DocBin

    return DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)


class Shelf:
    """Sets of documents by language and split, written whenever some have gathered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, DocBin] = {}
        self._written: Counter[str] = Counter()

    def add(self, kind: str, document: Document, doc: Doc) -> None:
        """Add a doc to the set of a kind, in the language and split of its document."""
        place = f"{identifier(document.language)}/{kind}/{SPLITS[document.split]}"
        if place not in self._held:
            self._held[place] = _docbin()
        self._held[place].add(doc)
        if len(self._held[place]) == FILE_SIZE:
            self._write(place)

    def close(self) -> None:
        """Write what is still held."""
        for place in sorted(self._held):
            self._write(place)

    def _write(self, place: str) -> None:
        self._written[place] += 1
        folder = self._folder / place
        folder.mkdir(parents=True, exist_ok=True)
        self._held.pop(place).to_disk(folder / f"{self._written[place]:05}.spacy")


class Relation(NamedTuple):
    """A relation of two spans, each given as key of `doc.spans` and place in that group."""

    label: str
    head: tuple[str, int]
    child: tuple[str, int]


class Spans:
    """The groups of spans of a doc as they grow."""

    def __init__(self, doc: Doc, tokens: Tokens, losses: Losses) -> None:
        self.groups: dict[str, list[Span]] = {key: [] for key in GROUPS}
        self.relations: list[Relation] = []
        self._doc, self._losses = doc, losses
        self._tokens = tokens

    def add(
        self, key: str, places: tuple[Place, ...], label: str, identity: str, name: str = ""
    ) -> list[tuple[str, int]]:
        """Add stretches of text to a group; return where each one is."""
        added = []
        for place in places:
            span = self._span(place, label, identity, name)
            if span is not None:
                added.append((key, len(self.groups[key])))
                self.groups[key].append(span)
                self._losses.add(
                    "spans inside of tokens (now of whole tokens)",
                    not self._tokens.aligned(place),
                )
        return added

    def relate(
        self, label: str, heads: list[tuple[str, int]], children: list[tuple[str, int]]
    ) -> None:
        """Relate the first of some spans to all of others."""
        for head in heads[:1]:
            self.relations.extend(Relation(label, head, child) for child in children)

    def _span(self, place: Place, label: str, identity: str, name: str) -> Span | None:
        from spacy.tokens import Span

        found = self._tokens.covering(place)
        if found is None:
            self._losses.add("spans of nothing but spaces")
            return None
        return Span(self._doc, *found, label=label, span_id=identity, kb_id=name)


def _article(losses: Losses, document: Document, sheet: Sheet) -> Doc:
    """Return an article with all spans in it, and one person's marks and answers."""
    tokens = tokenized(document.article.text, document.language)
    doc = tokens.doc(document.text)
    spans = Spans(doc, tokens, losses)
    contents = _add_attributions(spans, document)
    for claim in document.claims:
        place = (claim["start"], claim["end"])
        added = spans.add("claims", (place,), claim["voice"], claim["claim_id"])
        said = claim["attribution"]
        if said is not None:
            spans.relate("part_of", added, contents.get(said["id"], []))
        answer = sheet.answers.get(claim["claim_id"])
        for label, words in marked(answer) if answer else ():
            carriers = spans.add("loaded_words", (words,), label, claim["claim_id"])
            spans.relate("carries", carriers, added)
    for key, group in spans.groups.items():
        doc.spans[key] = group
    doc.user_data[USER_DATA] = {
        "article": about(document),
        "reviewer": sheet.who,
        "attributions": _attributions(document.id, document.tagging),
        "relations": [one._asdict() for one in spans.relations],
        "claims": [_told(claim, sheet.answers.get(claim["claim_id"])) for claim in document.claims],
    }
    return doc


def _add_attributions(spans: Spans, document: Document) -> dict[str, list[tuple[str, int]]]:
    """Add who says what; return attribution id → where its content is."""
    contents: dict[str, list[tuple[str, int]]] = {}
    for role, places, attribution in parts(document.tagging):
        identity = attribution.id(document.id)
        spans.add("sc", places, role, identity)
        added = spans.add(f"{role}s", places, role, identity)
        if role == "content":
            contents[identity] = added
            spans.relate("continues", added, added[1:])
            continue
        spans.relate(role, added, contents[identity])
        if role == "source":
            kind = attribution.speaker_type or "unknown"
            spans.add("speakers", places, kind, identity, attribution.speaker or "")
    return contents


def _claim(document: Document, claim: Record, answer: Record, axis: Axis) -> Doc:
    """Return a claim as a document of its own, with every label of an axis in its cats."""
    place = slice(claim["start"], claim["end"])
    doc = tokenized(document.article.text[place], document.language).doc(document.text[place])
    picked = chosen(answer, axis.id)
    doc.cats = {label.id: float(label.id in picked) for label in axis.labels}
    doc.user_data[USER_DATA] = {
        "article": about(document),
        "reviewer": answer["reviewer"],
        **_told(claim, answer),
    }
    return doc


def _told(claim: Record, answer: Record | None) -> Record:
    """Return what is known of a claim and one answer on it."""
    kept = ("claim_id", "start", "end", "segment_kind", "voice", "walk", "superseded")
    known = {key: claim[key] for key in (*kept, "attribution")}
    return {**known, "answer": answer}


def _attributions(article_id: str, tagging: Tagging) -> list[Record]:
    """Return who says what, at the exact places in the text."""
    return [
        {
            "id": one.id(article_id),
            "kind": one.kind,
            **{role: list(map(list, getattr(one, role))) for role in ("content", "cue", "source")},
            "speaker": one.speaker,
            "speaker_type": one.speaker_type,
            "via": one.via,
        }
        for one in tagging.attributions
    ]


def _refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a file of documents with the words of articles put back."""
    from spacy.tokens import DocBin

    with _encoders_found_once():
        masked = DocBin().from_bytes(unpacked(source))
        filled = _docbin()
        for doc in masked.get_docs(pipeline(NEUTRAL).vocab):
            filled.add(_unmasked(doc, texts))
        filled.to_disk(target)


def _unmasked(masked: Doc, texts: Texts) -> Doc:
    """Return a document with its words put back, and those quoted in its user data."""
    from spacy.tokens import Doc, Span

    told = masked.user_data[USER_DATA]
    known, start = told["article"], told.get("start", 0)
    article = {name: known[name] for name in ("article_id", "title")}
    whole = "claims" in told
    text = texts.unmask(
        masked.text, known["article_id"], start, title=known["title"], part=not whole
    )
    if known["article_id"] not in texts.found:
        return masked

    def filled(claim: Record) -> Record:
        found = texts.fill({**article, "text": None, **claim})
        return {**claim, "attribution": found["attribution"]}

    words = [text[one.idx : one.idx + len(one)] for one in masked]
    # What a language knows of its words is written with them.
    vocab = pipeline(known["language"]).vocab
    doc = Doc(vocab, words, [bool(one.whitespace_) for one in masked])
    for key, group in masked.spans.items():
        doc.spans[key] = [
            Span(doc, one.start, one.end, one.label_, kb_id=one.kb_id_, span_id=one.id_)
            for one in group
        ]
    doc.cats = masked.cats
    if whole:
        told = {**told, "claims": [filled(claim) for claim in told["claims"]]}
    else:
        told = filled(told)
    doc.user_data[USER_DATA] = told
    return doc


def unpacked(file: Path) -> bytes:
    """Return a compressed file that fits into memory; DatasetError for a larger one."""
    data = rest = read(file)
    reader, size = zlib.decompressobj(), 0
    while rest:
        size += len(reader.decompress(rest, CHUNK))
        rest = reader.unconsumed_tail
        if size > LARGEST:
            raise DatasetError(f"{file}: more than {LARGEST >> 20} MB once it is decompressed")
    return data


FORMAT = Format(
    "spaCy: DocBin with spans of articles, and claims to classify; train, dev and test",
    "places inside of tokens as spans (exact ones are in user data)",
    write,
    {"*.spacy": _refill},
)
