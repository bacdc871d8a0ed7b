"""spaCy: binary documents with spans to learn from, and one set a question to classify claims by.

spaCy is imported by the functions that need it, and by no other module of this room.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.foreign import UNSOUND, Mark, Page, files, read
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
from annotator.datasets.own import own_page
from annotator.datasets.records import Record
from annotator.errors import DatasetError
from annotator.model import About, Tagging
from annotator.model import Span as Place
from annotator.scheme import Axis

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, DocBin, Span
    from spacy.vocab import Vocab

USER_DATA = "annotator"
GROUPS = ("sc", "contents", "cues", "sources", "speakers", "claims", "loaded_words")
"""Keys of `doc.spans`; "sc" is where spaCy's own components look by default."""
SPLITS = {"train": "train", "validation": "dev", "test": "test"}
NEUTRAL = "xx"
FILE_SIZE = 500
"""How many documents are held until they are written; spaCy reads all files of a folder."""
LARGEST, CHUNK = 2**29, 2**20
"""Bytes that may come out of a file, and how many at a time until that is known."""
# spaCy's time grows with the square of the length of some runs without a space.
RUN = re.compile(r"(\S{200})(\S+)")


class Tokens:
    """The places of a document's tokens."""

    def __init__(self, doc: Doc) -> None:
        self.starts = [token.idx for token in doc]
        self.ends = [token.idx + len(token) for token in doc]

    def covering(self, place: Place) -> Place | None:
        """Return (first, end) of the tokens that a stretch of text touches, None if it has none."""
        first = bisect_right(self.ends, place[0])
        end = bisect_left(self.starts, place[1])
        return (first, end) if first < end else None

    def aligned(self, place: Place) -> bool:
        """Whether a stretch that touches tokens begins and ends with them."""
        found = self.covering(place)
        if found is None:
            return False
        return (self.starts[found[0]], self.ends[found[1] - 1]) == place


def tokenized(text: str, language: str) -> Doc:
    """Return a text as tokens of spaCy's tokenizer for a language.

    The general one serves languages that spaCy does not know or needs other packages for. A run
    of hundreds of characters without a space is taken apart at its beginning only.
    """
    from spacy.tokens import Doc

    vocab, words, spaces = _words(text, language)
    return Doc(vocab, words, spaces)


@lru_cache(maxsize=512)
def _words(text: str, language: str) -> tuple[Vocab, list[str], list[bool]]:
    """Return a text's tokens, and whether a space follows each; several people's are the same."""
    pipeline = _blank(language if re.fullmatch("[a-z]{2,3}", language) else NEUTRAL)
    doc = pipeline.make_doc(RUN.sub(lambda run: run[1] + "x" * len(run[2]), text))
    words = [text[token.idx : token.idx + len(token)] for token in doc]
    return pipeline.vocab, words, [bool(token.whitespace_) for token in doc]


@cache
def _blank(language: str) -> Language:
    import spacy

    try:
        return spacy.blank(language)
    except ImportError:
        return spacy.blank(NEUTRAL)


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


class Shelf:
    """Sets of documents by language and split, written whenever some have gathered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[Path, DocBin] = {}
        self._written: Counter[Path] = Counter()

    def add(self, kind: str, document: Document, doc: Doc) -> None:
        """Add a doc to the set of a kind, in the language and split of its document."""
        from spacy.tokens import DocBin

        place = self._folder / identifier(document.language) / kind / SPLITS[document.split]
        held = self._held.setdefault(place, DocBin(attrs=["ORTH", "SPACY"], store_user_data=True))
        held.add(doc)
        if len(held) == FILE_SIZE:
            self._write(place)

    def close(self) -> None:
        """Write what is still held."""
        for place in sorted(self._held):
            self._write(place)

    def _write(self, place: Path) -> None:
        self._written[place] += 1
        place.mkdir(parents=True, exist_ok=True)
        self._held.pop(place).to_disk(place / f"{self._written[place]:05}.spacy")


class Relation(NamedTuple):
    """A relation of two spans, each given as key of `doc.spans` and place in that group."""

    label: str
    head: tuple[str, int]
    child: tuple[str, int]


class Spans:
    """The groups of spans of a doc as they grow."""

    def __init__(self, doc: Doc, losses: Losses) -> None:
        self.groups: dict[str, list[Span]] = {key: [] for key in GROUPS}
        self.relations: list[Relation] = []
        self._doc, self._losses = doc, losses
        self._tokens = Tokens(doc)

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
    doc = tokenized(document.article.text, document.language)
    spans = Spans(doc, losses)
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
        "attributions": _attributions(document.article.id, document.tagging),
        "relations": [one._asdict() for one in spans.relations],
        "claims": [_told(claim, sheet.answers.get(claim["claim_id"])) for claim in document.claims],
    }
    return doc


def _add_attributions(spans: Spans, document: Document) -> dict[str, list[tuple[str, int]]]:
    """Add who says what; return attribution id → where its content is."""
    contents: dict[str, list[tuple[str, int]]] = {}
    for role, places, attribution in parts(document.tagging):
        identity = attribution.id(document.article.id)
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
    doc = tokenized(document.article.text[claim["start"] : claim["end"]], document.language)
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


def pages(path: Path) -> Iterator[Page]:
    """Yield the documents in DocBin files: a file, or a folder (of ours those of spans).

    Of our own the exact places in the user data are read; of others `doc.spans`, `doc.ents`, and
    labels in `doc.cats` of more than a half, which are about the whole.
    """
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank(NEUTRAL).vocab
    found = files(path, "*.spacy")
    ours = [file for file in found if "spans" in file.parts]
    for file in ours or found:
        try:
            docs = list(DocBin().from_bytes(_sized(file)).get_docs(vocab))
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise DatasetError(f"{file}: not a DocBin of spaCy's") from error
        for number, doc in enumerate(docs, 1):
            where = f"{file}, document {number}"
            told = doc.user_data.get(USER_DATA) or {}
            try:
                yield own_page(where, doc.text, told) if "claims" in told else _page(where, doc)
            except UNSOUND as error:
                raise DatasetError(f"{where}: its user data are not ours") from error


def _sized(file: Path) -> bytes:
    """Return a compressed file that fits into memory; DatasetError for a larger one."""
    data = rest = read(file)
    reader, size = zlib.decompressobj(), 0
    while rest:
        size += len(reader.decompress(rest, CHUNK))
        rest = reader.unconsumed_tail
        if size > LARGEST:
            raise DatasetError(f"{file}: more than {LARGEST >> 20} MB once it is decompressed")
    return data


def _page(where: str, doc: Doc) -> Page:
    """Return a doc that is not ours."""
    spans = [*doc.ents, *(span for group in doc.spans.values() for span in group)]
    marks = [
        Mark(str(number), span.label_, ((span.start_char, span.end_char),), span.text)
        for number, span in enumerate(spans)
    ]
    chosen = tuple(label for label, score in doc.cats.items() if score > 0.5)
    if chosen:
        marks.append(Mark("doc", "claim", ((0, len(doc.text)),), said=chosen))
    return Page(where, doc.text, About(), "spacy", tuple(marks))


FORMAT = Format(
    "spaCy: DocBin with spans of articles, and claims to classify; train, dev and test",
    "places inside of tokens as spans (exact ones are in user data)",
    write,
)
