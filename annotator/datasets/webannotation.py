"""W3C Web Annotation: JSON-LD, a page of annotations for each article, in one collection."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from annotator.datasets.choice import FINAL
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
    parsed,
    read,
    text_beside,
)
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
from annotator.display import json_text
from annotator.errors import DatasetError
from annotator.model import About, Article, Span
from annotator.scheme import Scheme

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters of text before and after a quotation that help to find it again."""
PURPOSES = ("tagging", "classifying", "describing", "commenting")
BEGINS = "begins"
"""Of a claim that is written without the text: as many of its words as may be quoted."""
KNOWN = ("voice: ", "segment: ", "speaker: ", "speaker type: ", "target: ", f"{BEGINS}: ")
"""Descriptions that come back, or follow from the tags."""
DROPPED = ("hints_shown", "seconds", "scheme")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


def write(dataset: Dataset, folder: Path) -> None:
    """Write collection.jsonld, pages/ID.jsonld and, if wanted, the texts that offsets count in."""
    (folder / "pages").mkdir()
    total, pages = 0, []
    for document in dataset.documents():
        name = f"{document.article.id}.jsonld"
        items = list(_annotations(dataset, document))
        if dataset.choice.text:
            _save_text(folder, document.article)
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


def refill(source: Path, target: Path, fill: Callable[[Record], Record]) -> None:
    """Copy a page with its words quoted again and its text beside, if that is there; else as is."""
    page = json.loads(source.read_text(encoding="utf-8"))
    identity = source.stem
    text = fill({"id": identity, "title": None}).get("text") if "items" in page else None
    if text is None:
        shutil.copyfile(source, target)
        return
    page["items"] = [_quoting(one, text) for one in page["items"]]
    _save(target, json_text(page) + "\n")
    _save_text(target.parent.parent, Article(text, About()))


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


def _begins(body: Record | str) -> bool:
    return isinstance(body, dict) and body.get("value", "").startswith(f"{BEGINS}: ")


def _annotations(dataset: Dataset, document: Document) -> Iterator[Record]:
    """Yield what is said in an article, and what each person said of it."""
    yield from _attributions(dataset, document)
    known = attribution_ids(document)
    for claim in document.claims:
        yield _claim(dataset, document, claim, known)
    count_left_out(dataset, document)
    for sheet in sheets(dataset, document):
        yield from _answers(dataset, document, sheet)


def _attributions(dataset: Dataset, document: Document) -> Iterator[Record]:
    """Yield who says what: cue and source are linked to the content by its id."""
    article = document.article
    for role, spans, attribution in parts(document.tagging):
        content = _id(attribution.id(article.id), "content")
        dataset.losses.add("discontinuous spans (now several targets)", len(spans) > 1)
        target = [_place(article, document.language, span) for span in spans]
        if role != "content":
            identity = _id(attribution.id(article.id), role)
            yield _annotation(identity, "linking", [content, _tag(role)], target)
            continue
        said = {"speaker": attribution.speaker, "speaker type": attribution.speaker_type}
        known = [_described(name, value) for name, value in said.items() if value]
        via = [_described("via", attribution.via)] if attribution.via else []
        body = [_tag(role), _body("classifying", attribution.kind), *known, *via]
        yield _annotation(content, "identifying", body, target)


def _claim(dataset: Dataset, document: Document, claim: Record, known: AbstractSet[str]) -> Record:
    """Return a claim as what is known of it before anybody judged it."""
    said = claim["attribution"]
    body: list[Record | str] = [_tag("claim"), _described("voice", claim["voice"])]
    body.append(_described("segment", claim["segment_kind"]))
    if claim["superseded"]:
        body.append(_tag("superseded"))
    if claim["text"] and not dataset.choice.text:
        body.append(_described(BEGINS, claim["text"]))
    if said is not None and said["id"] in known:
        body.append(_id(said["id"], "content"))
    if said is not None and said["speaker"]:
        body.append(_described("speaker", said["speaker"]))
    target = [_place(document.article, document.language, (claim["start"], claim["end"]))]
    return _annotation(_id(claim["claim_id"], "claim"), "describing", body, target)


def _answers(dataset: Dataset, document: Document, sheet: Sheet) -> Iterator[Record]:
    """Yield one person's answers, and the words that they rest on."""
    kind = "Software" if sheet.who == FINAL else "Person"
    creator = {"id": _id(sheet.who, "person"), "type": kind, "name": sheet.who}
    for claim in document.claims:
        answer = sheet.answers.get(claim["claim_id"])
        if answer is None:
            continue
        count_dropped(dataset.losses, answer, DROPPED)
        made = {"creator": creator, **({"created": answer["at"]} if answer["at"] else {})}
        place = (claim["start"], claim["end"])
        target = [_place(document.article, document.language, place)]
        identity = _id(claim["claim_id"], sheet.who)
        body = list(_answer(claim, answer, dataset.scheme))
        yield {**_annotation(identity, "assessing", body, target), **made}
        for label, span in marks(answer):
            target = [_place(document.article, document.language, span)]
            words = _id(f"{claim['claim_id']} {label} {span[0]} {span[1]}", sheet.who)
            found = _annotation(words, "highlighting", [identity, _tag(label)], target)
            yield {**found, **made}


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


def _place(article: Article, language: str, span: Span) -> Record:
    """Return words of an article: by where they stand, and by what they and those around are."""
    start, end = span
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    source = {"id": named(article.id), "type": "Text", "format": "text/plain"}
    if article.about.url and ADDRESS.fullmatch(article.about.url):
        source["via"] = article.about.url
    return {
        "type": "SpecificResource",
        "source": {**source, "language": language},
        "selector": [position, _quotation(article.text, span)],
    }


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


def _save_text(folder: Path, article: Article) -> None:
    (folder / "texts").mkdir(exist_ok=True)
    _save(folder / "texts" / f"{article.id}.txt", article.text)


def _save(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def pages(path: Path) -> Iterator[Page]:
    """Yield what each creator says in annotation pages: a file, or a folder with them.

    The text is in a .txt file beside, or in texts/ as in our own exports.
    """
    for file in files(path, "*.jsonld"):
        data = parsed(read(file), str(file))
        if not isinstance(data, dict) or data.get("type") == "AnnotationCollection":
            continue
        text = _text_of(file)
        try:
            items = data.get("items", [data])
            shared = [one for one in items if "creator" not in one]
            creators = {one["creator"]["name"]: None for one in items if "creator" in one}
            for who in creators or ["somebody"]:
                own = [one for one in items if one.get("creator", {}).get("name") == who]
                marks, links = _marks(shared, own)
                left = tuple(line for one in [*shared, *own] for line in _unplaced(one))
                yield Page(str(file), text, About(), who, marks, links, left)
        except UNSOUND as error:
            raise DatasetError(f"{file}: not a page of annotations as we read them") from error


def _text_of(file: Path) -> str:
    """Return the text that a page is about."""
    beside = file.with_suffix(".txt")
    if os.path.lexists(beside):
        return text_beside(beside, file.parent)
    folder = file.parent.parent
    return text_beside(folder / "texts" / beside.name, folder)


def _marks(shared: list[Record], own: list[Record]) -> tuple[tuple[Mark, ...], frozenset[Link]]:
    """Return the marks of a page, answers on a claim told of its mark, and what is linked."""
    marks = {one["id"]: _mark(one) for one in shared}
    stands_for: dict[str, str] = {}
    for one in own:
        mark = _mark(one)
        claims = [body for body in one["body"] if isinstance(body, str) and body in marks]
        if one["motivation"] == "assessing" and claims:
            claim = marks[claims[0]]
            marks[claim.id] = replace(
                mark, id=claim.id, attributed=claim.attributed, speaker=claim.speaker
            )
            stands_for[mark.id] = claim.id
        else:
            marks[mark.id] = mark
    links = {
        Link(one["id"], stands_for.get(body, body))
        for one in [*shared, *own]
        for body in one["body"]
        if isinstance(body, str) and one["id"] in marks
    }
    return tuple(marks.values()), frozenset(links)


def _mark(item: Record) -> Mark:
    """Return an annotation: its tag is its label, what classifies it the further labels."""
    values: dict[str, list[str]] = {purpose: [] for purpose in PURPOSES}
    for body in item["body"]:
        if isinstance(body, dict) and body.get("purpose") in values:
            values[body["purpose"]].append(body["value"])
    told = dict(one.split(": ", 1) for one in values["describing"] if ": " in one)
    selectors = [_selectors(target) for target in item["target"]]
    assesses = item["motivation"] == "assessing"
    label = "claim" if assesses else (values["tagging"] or values["classifying"])[0]
    return Mark(
        item["id"],
        label,
        tuple((one["start"], one["end"]) for one, _ in selectors),
        " ".join(quotation["exact"] for _, quotation in selectors),
        tuple(values["classifying"]) if assesses else (),
        kind_among(values["classifying"]),
        is_attributed(told["voice"]) if "voice" in told else None,
        told.get("speaker"),
        told.get("target"),
        " ".join(values["commenting"]) or None,
        "unsure" in values["tagging"],
    )


def _unplaced(item: Record) -> Iterator[str]:
    """Yield what an annotation says that has no place here."""
    for body in item["body"]:
        if not isinstance(body, dict):
            continue
        value = body.get("value", "")
        known = body.get("purpose") != "describing" or value.startswith(KNOWN)
        if not known or body.get("purpose") not in PURPOSES:
            yield f"{value or body.get('source')} on {item['id']} has no place"


def _selectors(target: Record) -> tuple[Record, Record]:
    """Return the position and the quotation of a target; KeyError where one is missing."""
    by_type = {one["type"]: one for one in target["selector"]}
    return by_type["TextPositionSelector"], by_type["TextQuoteSelector"]


FORMAT = Format(
    "W3C Web Annotation: JSON-LD with position and quotation of every span",
    "discontinuous spans as one target, times, hints",
    write,
    textless=True,
)
