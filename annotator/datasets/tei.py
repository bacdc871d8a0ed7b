"""TEI: an XML file for each article, its text whole and all that is said of it standing off."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path

from lxml import etree

from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.format import Format
from annotator.datasets.layers import (
    Sheet,
    attribution_ids,
    chosen,
    count_dropped,
    count_left_out,
    evidence_text,
    identifier,
    marks,
    sheets,
)
from annotator.datasets.markup import Element, forbidden, read_xml, xml_bytes, xml_text
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.model import Span
from annotator.scheme import Scheme

NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
TEXT = "text"
DROPPED = ("hints_shown", "seconds", "scheme")
TOGETHER = 500
"""Articles that a thread writes: lxml keeps every xml:id in memory until its thread ends."""


def write(dataset: Dataset, folder: Path) -> None:
    """Write a file named by its article's id for each article."""
    documents = dataset.documents()
    for first in documents:
        with ThreadPoolExecutor(1) as thread:
            for document in chain([first], islice(documents, TOGETHER - 1)):
                thread.submit(_save, dataset, document, folder).result()


def _save(dataset: Dataset, document: Document, folder: Path) -> None:
    dataset.losses.add("characters that XML has no place for", forbidden(document.article.text))
    root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
    answered = sheets(dataset, document)
    _add_header(root, document, dataset.scheme, answered)
    _add_annotations(_add(root, "standOff"), dataset, document, answered)
    _add_text(root, document)
    (folder / f"{document.id}.xml").write_bytes(xml_bytes(root))


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str | None) -> Element:
    """Add an element; `xml_id` and `xml_lang` are attributes of XML's own, None is left out."""
    told = {
        name.replace("xml_", XML): xml_text(value)
        for name, value in attributes.items()
        if value is not None
    }
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", told)
    if text:
        child.text = xml_text(text)
    return child


def _add_header(
    root: Element, document: Document, scheme: Scheme, answered: Iterable[Sheet]
) -> None:
    """Add what is known about the article, who judged its claims, and what the labels mean."""
    about = document.article.about
    root.set(f"{XML}lang", xml_text(document.language))
    header = _add(root, "teiHeader")
    described = _add(header, "fileDesc")
    titled = _add(described, "titleStmt")
    _add(titled, "title", about.title or "")
    for sheet in answered:
        made = _add(titled, "respStmt", xml_id=_who_id(sheet.who))
        _add(made, "resp", "judged the claims")
        _add(made, "name", sheet.who)
    _add(_add(described, "publicationStmt"), "p", "Written by annotator.")
    source = _add(_add(described, "sourceDesc"), "bibl")
    for tag, text in (
        ("title", about.title),
        ("author", about.author),
        ("publisher", about.outlet),
        ("date", about.date),
        ("idno", document.id),
    ):
        if text:
            _add(source, tag, text)
    if about.url:
        _add(source, "idno", about.url, type="url")
    declared = _add(_add(header, "encodingDesc"), "classDecl")
    for axis in scheme.axes:
        taxonomy = _add(declared, "taxonomy", xml_id=f"axis-{identifier(axis.id)}")
        _add(taxonomy, "desc", axis.name)
        for label in axis.labels:
            category = _add(taxonomy, "category", xml_id=_label_id(label.id), n=label.id)
            _add(category, "catDesc", f"{label.name}: {label.definition}")


def _add_text(root: Element, document: Document) -> None:
    """Add the text, character by character as it is, cut into its segments."""
    text = document.text
    body = _add(_add(root, "text"), "body")
    block = _add(body, "ab", xml_id=TEXT, xml_space="preserve")
    done, last = 0, None
    for number, segment in enumerate(document.tagging.segments):
        _append(block, last, text[done : segment.start])
        words = text[segment.start : segment.end]
        last = _add(block, "seg", words, xml_id=f"segment-{number}", type=segment.kind)
        done = segment.end
    _append(block, last, text[done:])


def _refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a file with the article's text put back."""
    root = read_xml(source)
    block = root.find(f".//{{{NAMESPACE}}}ab")
    pieces = [(block, "text")]
    pieces += [(one, part) for one in block for part in ("text", "tail")]
    text, done = texts.unmask("".join(block.itertext()), source.stem, form=xml_text), 0
    for element, part in pieces:
        length = len(getattr(element, part) or "")
        setattr(element, part, text[done : done + length] or None)
        done += length
    target.write_bytes(xml_bytes(root))


def _append(block: Element, last: Element, text: str) -> None:
    """Add text behind the last element of a block, or at its beginning."""
    if last is None:
        block.text = xml_text(text)
    else:
        last.tail = xml_text(text)


def _add_annotations(
    apart: Element, dataset: Dataset, document: Document, answered: Iterable[Sheet]
) -> None:
    """Add who says what, the claims, and what each person said of them."""
    _add_attributions(_list(apart, "attributions", document.tagging.attributions), document)
    claims = _list(apart, "claims", document.claims)
    known = attribution_ids(document)
    for claim in document.claims:
        _add_claim(claims, claim, known)
    count_left_out(dataset, document)
    for sheet in answered:
        _add_answers(_list(apart, "answers", sheet.answers), dataset, document, sheet)


def _list(apart: Element, kind: str, entries: Iterable[object]) -> Element:
    """Add a list, unless it would be empty, which TEI does not allow."""
    return _add(apart, "listAnnotation", type=kind) if any(True for _ in entries) else apart


def _add_attributions(listed: Element, document: Document) -> None:
    for one in document.tagging.attributions:
        added = _annotation(listed, f"said-{one.id(document.id)}", "identifying", one.content)
        _note(added, "kind", one.kind)
        _note(added, "speaker", one.speaker)
        _note(added, "speaker_type", one.speaker_type)
        _note(added, "via", one.via)
        for role, spans in (("cue", one.cue), ("source", one.source)):
            if spans:
                _add(added, "ptr", type=role, target=place(spans))


def _add_claim(listed: Element, claim: Record, known: AbstractSet[str]) -> None:
    said = claim["attribution"] or {}
    span = (claim["start"], claim["end"])
    added = _annotation(listed, f"claim-{claim['claim_id']}", "describing", [span])
    for key in ("voice", "segment_kind"):
        _note(added, key, claim[key])
    for key in ("walk", "superseded"):
        if claim[key]:
            _note(added, key, "true")
    for key in ("speaker", "speaker_type"):
        _note(added, key, said.get(key))
    if said.get("id") in known:
        _add(added, "ptr", type="attribution", target=f"#said-{said['id']}")


def _add_answers(listed: Element, dataset: Dataset, document: Document, sheet: Sheet) -> None:
    """Add one person's answers, and the words that they rest on."""
    for claim in document.claims:
        answer = sheet.answers.get(claim["claim_id"])
        if answer is None:
            continue
        count_dropped(dataset.losses, answer, DROPPED)
        identity = f"answer-{identifier(sheet.who)}-{claim['claim_id']}"
        span = (claim["start"], claim["end"])
        added = _annotation(listed, identity, "assessing", [span], answer)
        axes = dataset.scheme.axes
        labels = [label for axis in axes for label in chosen(answer, axis.id)]
        if labels:
            added.set("ana", " ".join(f"#{_label_id(label)}" for label in labels))
        if answer["unsure"]:
            _note(added, "unsure", "true")
        for key in ("framer", "target", "note"):
            _note(added, key, answer[key])
        for one in answer["evidence"]:
            _note(added, "evidence", evidence_text(one))
        _add(added, "ptr", type="claim", target=f"#claim-{claim['claim_id']}")
        for number, (label, words) in enumerate(marks(answer)):
            marked = _annotation(listed, f"{identity}-{number}", "highlighting", [words], answer)
            marked.set("ana", f"#{_label_id(label)}")
            _add(marked, "ptr", type="answer", target=f"#{identity}")


def _annotation(
    listed: Element,
    identity: str,
    motivation: str,
    spans: Iterable[Span],
    answer: Record | None = None,
) -> Element:
    """Add an annotation, with who made it and when if it is an answer."""
    about = {"xml_id": identity, "motivation": motivation, "target": place(spans)}
    if answer is None:
        return _add(listed, "annotation", **about)
    added = _add(listed, "annotation", **about, resp=f"#{_who_id(answer['reviewer'])}")
    if answer["at"]:
        _add(_add(added, "revisionDesc"), "change", status="created", when=answer["at"])
    return added


def _note(parent: Element, kind: str, text: str | None) -> None:
    if text:
        _add(parent, "note", text, type=kind)


def place(spans: Iterable[Span]) -> str:
    """Return a pointer to stretches of the text: pairs of offset and length, in characters."""
    pairs = (f"{start},{end - start}" for start, end in sorted(spans))
    return f"#string-range({TEXT},{','.join(pairs)})"


def _who_id(who: str) -> str:
    return f"who-{identifier(who)}"


def _label_id(label: str) -> str:
    return f"label-{identifier(label)}"


FORMAT = Format(
    "TEI: an XML file an article, its text whole with stand-off annotations",
    "times, hints, characters that XML has no place for",
    write,
    {"*.xml": _refill},
)
