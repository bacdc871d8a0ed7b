"""W3C Web Annotation: JSON-LD, a page of annotations for each article, in one collection."""

from __future__ import annotations

import base64
import json
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from typing import Any

from annotator.datasets.choice import FINAL
from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.format import Format
from annotator.datasets.layers import (
    Sheet,
    attribution_ids,
    chosen,
    count_dropped,
    count_left_out,
    marks,
    parts,
    sheets,
)
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.display import json_text
from annotator.model import Span
from annotator.scheme import Scheme

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters of text before and after a quotation that help to find it again."""
BEGINS = "begins"
"""Of a claim that is written without the text: as many of its words as may be quoted."""
DROPPED = ("hints_shown", "seconds", "scheme")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def write(dataset: Dataset, folder: Path) -> None:
    """Write collection.jsonld, pages/ID.jsonld and, if wanted, the texts that offsets count in."""
    (folder / "pages").mkdir()
    total, pages = 0, []
    for document in dataset.documents():
        name = f"{document.id}.jsonld"
        items = list(_Annotations(dataset, document))
        if dataset.choice.text:
            _save_text(folder, document.id, document.text)
        else:
            items = [_unquoted(one) for one in items]
        page = {
            "@context": CONTEXT,
            "id": _page(name),
            "type": "AnnotationPage",
            "partOf": _page("collection.jsonld"),
            "startIndex": total,
            "items": items,
        }
        _save(folder / "pages" / name, json_text(page) + "\n")
        total += len(items)
        pages.append(name)
    ends = {"first": _page(pages[0]), "last": _page(pages[-1])} if pages else {}
    collection = {
        "@context": CONTEXT,
        "id": _page("collection.jsonld"),
        "type": "AnnotationCollection",
        "label": f"claims judged by {dataset.scheme.name}",
        "total": total,
        **ends,
    }
    _save(folder / "collection.jsonld", json_text(collection) + "\n")


def _refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a page with its words quoted again and its text beside, if that is there; else as is."""
    page = json.loads(source.read_text(encoding="utf-8"))
    filled = _text_path(source.parent.parent, source.stem).exists()
    text = None if filled else texts.of(source.stem)
    if text is None:
        shutil.copyfile(source, target)
        return
    page["items"] = [_quoting(one, text) for one in page["items"]]
    _save(target, json_text(page) + "\n")
    _save_text(target.parent.parent, source.stem, text)


def _unquoted(item: Record) -> Record:
    """Return an annotation with positions only."""
    targets = [{**one, "selector": one["selector"][:1]} for one in item["target"]]
    return {**item, "target": targets}


def _quoting(item: Record, text: str) -> Record:
    """Return an annotation of a text with quotations beside its positions."""
    targets = [
        {**one, "selector": [position, _quotation(text, (position["start"], position["end"]))]}
        for one in item["target"]
        for position in one["selector"]
    ]
    body = [one for one in item["body"] if not _begins(one)]
    return {**item, "body": body, "target": targets}


def _begins(body: Any) -> bool:
    described = isinstance(body, dict) and body.get("purpose") == "describing"
    return described and body["value"].startswith(f"{BEGINS}: ")


class _Annotations:
    """What is said in an article, and what each person said of it."""

    def __init__(self, dataset: Dataset, document: Document) -> None:
        source = {"id": named(document.id), "type": "Text", "format": "text/plain"}
        url = document.article.about.url
        if url and ADDRESS.fullmatch(url):
            source["via"] = url
        self._source = {**source, "language": document.language}
        self._dataset, self._document = dataset, document

    def __iter__(self) -> Iterator[Record]:
        """Yield first what everybody is told, then the answers."""
        dataset, document = self._dataset, self._document
        yield from self._attributions()
        known = attribution_ids(document)
        for claim in document.claims:
            yield self._claim(claim, known)
        count_left_out(dataset, document)
        for sheet in sheets(dataset, document):
            yield from self._answers(sheet)

    def _attributions(self) -> Iterator[Record]:
        """Yield who says what: cue and source are linked to the content by its id."""
        for role, spans, attribution in parts(self._document.tagging):
            said_id = attribution.id(self._document.id)
            content = _id(said_id, "content")
            self._dataset.losses.add("discontinuous spans (now several targets)", len(spans) > 1)
            targets = self._targets(*spans)
            if role != "content":
                yield _annotation(_id(said_id, role), "linking", [content, _tag(role)], targets)
                continue
            said = {"speaker": attribution.speaker, "speaker type": attribution.speaker_type}
            known = [_described(name, value) for name, value in said.items() if value]
            via = [_described("via", attribution.via)] if attribution.via else []
            body = [_tag(role), _body("classifying", attribution.kind), *known, *via]
            yield _annotation(content, "identifying", body, targets)

    def _claim(self, claim: Record, known: AbstractSet[str]) -> Record:
        """Return a claim as what is known of it before anybody judged it."""
        said = claim["attribution"]
        body: list[Record | str] = [_tag("claim"), _described("voice", claim["voice"])]
        body.append(_described("segment", claim["segment_kind"]))
        if claim["superseded"]:
            body.append(_tag("superseded"))
        if claim["text"] and not self._dataset.choice.text:
            body.append(_described(BEGINS, claim["text"]))
        if said is not None and said["id"] in known:
            body.append(_id(said["id"], "content"))
        if said is not None and said["speaker"]:
            body.append(_described("speaker", said["speaker"]))
        targets = self._targets((claim["start"], claim["end"]))
        return _annotation(_id(claim["claim_id"], "claim"), "describing", body, targets)

    def _answers(self, sheet: Sheet) -> Iterator[Record]:
        """Yield one person's answers, and the words that they rest on."""
        dataset = self._dataset
        kind = "Software" if sheet.who == FINAL else "Person"
        creator = {"id": _id(sheet.who, "person"), "type": kind, "name": sheet.who}
        for claim in self._document.claims:
            answer = sheet.answers.get(claim["claim_id"])
            if answer is None:
                continue
            count_dropped(dataset.losses, answer, DROPPED)
            made = {"creator": creator, **({"created": answer["at"]} if answer["at"] else {})}
            targets = self._targets((claim["start"], claim["end"]))
            identity = _id(claim["claim_id"], sheet.who)
            body = list(_answer(claim, answer, dataset.scheme))
            yield {**_annotation(identity, "assessing", body, targets), **made}
            for label, span in marks(answer):
                words = _id(f"{claim['claim_id']} {label} {span[0]} {span[1]}", sheet.who)
                body = [identity, _tag(label)]
                found = _annotation(words, "highlighting", body, self._targets(span))
                yield {**found, **made}

    def _targets(self, *spans: Span) -> list[Record]:
        """Return words by where they stand, and by what they and those around are."""
        text = self._document.article.text
        return [
            {
                "type": "SpecificResource",
                "source": self._source,
                "selector": [_position(span), _quotation(text, span)],
            }
            for span in spans
        ]


def _answer(claim: Record, answer: Record, scheme: Scheme) -> Iterator[Record | str]:
    """Yield the bodies of an answer."""
    yield _id(claim["claim_id"], "claim")
    for axis in scheme.axes:
        for label in chosen(answer, axis.id):
            yield _body("classifying", label)
    if answer["unsure"]:
        yield _tag("unsure")
    for name in ("framer", "target"):
        if answer[name]:
            yield _described(name, answer[name])
    if answer["note"]:
        yield _body("commenting", answer["note"])
    for one in answer["evidence"]:
        if one["kind"] == "url" and ADDRESS.fullmatch(one["value"]):
            yield {"type": "SpecificResource", "purpose": "linking", "source": one["value"]}
        else:
            yield _described(f"evidence ({one['kind']})", one["value"])
        if one["as_of"]:
            yield _described("as of", one["as_of"])


def _annotation(
    identity: str, motivation: str, body: Iterable[Record | str], target: list[Record]
) -> Record:
    return {
        "id": identity,
        "type": "Annotation",
        "motivation": motivation,
        "body": list(body),
        "target": target,
    }


def _position(span: Span) -> Record:
    start, end = span
    return {"type": "TextPositionSelector", "start": start, "end": end}


def _quotation(text: str, span: Span) -> Record:
    start, end = span
    return {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - AROUND) : start],
        "suffix": text[end : end + AROUND],
    }


def named(digest: str) -> str:
    """Return the `ni` address of a text by its id, half a SHA-256 (RFC 6920, "sha-256-128")."""
    value = base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
    return f"ni:///sha-256-128;{value}"


def unnamed(address: str) -> str:
    """Return the id of a text by its `ni` address."""
    return base64.urlsafe_b64decode(address.rpartition(";")[2] + "==").hex()


@lru_cache(maxsize=1024)
def _id(what: str, role: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{role} {what}").urn


def _page(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"page {name}").urn


def _tag(value: str) -> Record:
    return _body("tagging", value)


def _described(name: str, value: str) -> Record:
    return _body("describing", f"{name}: {value}")


def _body(purpose: str, value: str) -> Record:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _save_text(folder: Path, identity: str, text: str) -> None:
    path = _text_path(folder, identity)
    path.parent.mkdir(exist_ok=True)
    _save(path, text)


def _text_path(folder: Path, identity: str) -> Path:
    return folder / "texts" / f"{identity}.txt"


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


FORMAT = Format(
    "W3C Web Annotation: JSON-LD with position and quotation of every span",
    "discontinuous spans as one target, times, hints",
    write,
    {"pages/*.jsonld": _refill},
)
