"""UIMA CAS as XMI, with its type system: what INCEpTION and DKPro read.

Offsets count UTF-16 code units there, as Java does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
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
    sheets,
)
from annotator.datasets.markup import Element, forbidden, read_xml, xml_bytes, xml_text
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.model import Attribution, Span
from annotator.scheme import Axis, Scheme

UIMA = "http://uima.apache.org/resourceSpecifier"
XMI = "http://www.omg.org/XMI"
XMI_ID = f"{{{XMI}}}id"
CAS = "http:///uima/cas.ecore"
TCAS = "http:///uima/tcas.ecore"
OURS = "http:///annotator.ecore"
SOFA = "1"
SOFA_STRING = "sofaString"
STRING, BOOLEAN, INTEGER = "uima.cas.String", "uima.cas.Boolean", "uima.cas.Integer"
STRINGS, OTHERS = "uima.cas.StringArray", "uima.cas.FSArray"
DROPPED = ("hints_shown", "scheme")

Features = Mapping[str, str | list[str] | None]

SAID = {
    "identity": STRING, "kind": STRING, "speaker": STRING, "speakerType": STRING, "via": STRING,
    "pieces": OTHERS, "cues": OTHERS, "sources": OTHERS,
}  # fmt: skip
CLAIM = {
    "identity": STRING, "segmentKind": STRING, "voice": STRING, "walk": BOOLEAN,
    "superseded": BOOLEAN, "speaker": STRING, "attribution": "annotator.Attribution",
}  # fmt: skip
ANSWER = {
    "claim": "annotator.Claim", "reviewer": STRING, "unsure": BOOLEAN, "framer": STRING,
    "target": STRING, "note": STRING, "evidence": STRINGS, "seconds": INTEGER, "at": STRING,
    "words": OTHERS,
}  # fmt: skip
ABOUT = {
    "article_id": STRING, "title": STRING, "outlet": STRING, "author": STRING, "date": STRING,
    "url": STRING, "language": STRING, "split": STRING,
}  # fmt: skip
"""Feature → its type, for each type of annotation."""


class Units:
    """Where the characters of a text are in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        # The places of the characters that take two units: few, so that this stays small.
        self._wide = [place for place, character in enumerate(text) if ord(character) > 0xFFFF]

    def __call__(self, offset: int) -> int:
        """Return the offset in code units of an offset in characters."""
        return offset + bisect_right(self._wide, offset - 1)


class Cas:
    """A document of UIMA's as it grows."""

    def __init__(self, text: str, language: str) -> None:
        self.root = etree.Element(
            f"{{{XMI}}}XMI", {f"{{{XMI}}}version": "2.0"},
            nsmap={"xmi": XMI, "cas": CAS, "tcas": TCAS, "annotator": OURS},
        )  # fmt: skip
        self._text, self._units = text, Units(text)
        self._last = int(SOFA)
        self._members: list[str] = []
        etree.SubElement(self.root, f"{{{CAS}}}NULL", {XMI_ID: "0"})
        self.add("DocumentAnnotation", (0, len(text)), {"language": language}, TCAS)

    def add(self, kind: str, span: Span, features: Features, space: str = OURS) -> str:
        """Add an annotation and return its id; a list is an array of strings."""
        self._last += 1
        identity = str(self._last)
        begin, end = map(self._units, span)
        told = {XMI_ID: identity, "sofa": SOFA, "begin": str(begin), "end": str(end)}
        several = []
        for name, value in features.items():
            if isinstance(value, list):
                several += [(name, one) for one in value]
            elif value is not None:
                told[name] = xml_text(value)
        # To set attributes one by one takes twice as long.
        element = etree.SubElement(self.root, f"{{{space}}}{kind}", told)
        for name, one in several:
            etree.SubElement(element, name).text = xml_text(one)
        self._members.append(identity)
        return identity

    def close(self) -> bytes:
        """Add the text and the index of all annotations; return the whole as XML."""
        text = {"sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text"}
        words = {**text, SOFA_STRING: xml_text(self._text)}
        etree.SubElement(self.root, f"{{{CAS}}}Sofa", {XMI_ID: SOFA, **words})
        members = {"sofa": SOFA, "members": " ".join(self._members)}
        etree.SubElement(self.root, f"{{{CAS}}}View", members)
        return xml_bytes(self.root)


def write(dataset: Dataset, folder: Path) -> None:
    """Write TypeSystem.xml, and a file named by its article's id for each article."""
    (folder / "TypeSystem.xml").write_bytes(type_system(dataset.scheme))
    for document in dataset.documents():
        dataset.losses.add("characters that XML has no place for", forbidden(document.article.text))
        cas = Cas(document.text, document.language)
        count_left_out(dataset, document)
        _add_article(cas, document)
        attributions = {
            one.id(document.id): _add_attribution(cas, document, one)
            for one in document.tagging.attributions
        }
        claims = {
            claim["claim_id"]: _add_claim(cas, claim, attributions) for claim in document.claims
        }
        for sheet in sheets(dataset, document):
            _add_answers(cas, dataset, document, sheet, claims)
        (folder / f"{document.id}.xmi").write_bytes(cas.close())


def _add_article(cas: Cas, document: Document) -> None:
    cas.add("Article", (0, len(document.text)), about(document))
    for segment in document.tagging.segments:
        cas.add("Segment", (segment.start, segment.end), {"kind": segment.kind})


def _add_attribution(cas: Cas, document: Document, one: Attribution) -> str:
    """Add who says what, each discontinuous part as an array of pieces; return its id."""
    whole = (min(start for start, _ in one.content), max(end for _, end in one.content))
    return cas.add(
        "Attribution",
        whole,
        {
            "identity": one.id(document.id),
            "kind": one.kind,
            "speaker": one.speaker,
            "speakerType": one.speaker_type,
            "via": one.via,
            "pieces": _add_pieces(cas, "Content", one.content),
            "cues": _add_pieces(cas, "Cue", one.cue),
            "sources": _add_pieces(cas, "Source", one.source),
        },
    )


def _add_pieces(cas: Cas, kind: str, spans: Iterable[Span]) -> str | None:
    """Add stretches of text and return their ids as UIMA lists them, None for none."""
    return " ".join(cas.add(kind, span, {}) for span in spans) or None


def _add_claim(cas: Cas, claim: Record, attributions: Mapping[str, str]) -> str:
    said = claim["attribution"] or {}
    return cas.add(
        "Claim",
        (claim["start"], claim["end"]),
        {
            "identity": claim["claim_id"],
            "segmentKind": claim["segment_kind"],
            "voice": claim["voice"],
            "walk": _boolean(claim["walk"]),
            "superseded": _boolean(claim["superseded"]),
            "speaker": said.get("speaker"),
            "attribution": attributions.get(said.get("id", "")),
        },
    )


def _add_answers(
    cas: Cas, dataset: Dataset, document: Document, sheet: Sheet, claims: Mapping[str, str]
) -> None:
    """Add one person's answers, and the words that they rest on."""
    for claim in document.claims:
        answer = sheet.answers.get(claim["claim_id"])
        if answer is None:
            continue
        count_dropped(dataset.losses, answer, DROPPED)
        words = [cas.add("Words", span, {"label": label}) for label, span in marks(answer)]
        features: dict[str, str | list[str] | None] = {
            "claim": claims[claim["claim_id"]],
            "reviewer": sheet.who,
            "unsure": _boolean(answer["unsure"]),
            **{key: answer[key] for key in ("framer", "target", "note", "at")},
            "evidence": [evidence_text(one) for one in answer["evidence"]],
            "seconds": str(answer["seconds"]),
            "words": " ".join(words) or None,
        }
        for axis in dataset.scheme.axes:
            labels = chosen(answer, axis.id)
            features[_feature(axis)] = labels if axis.many else next(iter(labels), None)
        cas.add("Answer", (claim["start"], claim["end"]), features)


def _refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a file with the article's text put back."""
    root = read_xml(source)
    sofa = root.find(f"{{{CAS}}}Sofa")
    shown = sofa.get(SOFA_STRING)
    sofa.set(SOFA_STRING, texts.unmask(shown, source.stem, form=xml_text))
    target.write_bytes(xml_bytes(root))


def type_system(scheme: Scheme) -> bytes:
    """Return the description of our types, with a feature for each axis of a scheme."""
    root = etree.Element(f"{{{UIMA}}}typeSystemDescription", nsmap={None: UIMA})
    types = _add(root, "types")
    axes = {_feature(axis): STRINGS if axis.many else STRING for axis in scheme.axes}
    for name, features in (
        ("Article", ABOUT),
        ("Segment", {"kind": STRING}),
        ("Content", {}),
        ("Cue", {}),
        ("Source", {}),
        ("Words", {"label": STRING}),
        ("Attribution", SAID),
        ("Claim", CLAIM),
        ("Answer", {**ANSWER, **axes}),
    ):
        described = _add(types, "typeDescription")
        _add(described, "name", f"annotator.{name}")
        _add(described, "description")
        _add(described, "supertypeName", "uima.tcas.Annotation")
        listed = _add(described, "features")
        for feature, kind in features.items():
            one = _add(listed, "featureDescription")
            _add(one, "name", feature)
            _add(one, "description")
            _add(one, "rangeTypeName", kind)
            if kind == OTHERS:
                _add(one, "elementType", "uima.tcas.Annotation")
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _add(parent: Element, tag: str, text: str = "") -> Element:
    child = etree.SubElement(parent, f"{{{UIMA}}}{tag}")
    child.text = text or None
    return child


def _feature(axis: Axis) -> str:
    """Return the name of the feature for an axis, which has to be a name in Java."""
    return f"axis_{identifier(axis.id)}".replace("-", "_")


def _boolean(value: bool) -> str:
    return "true" if value else "false"


FORMAT = Format(
    "UIMA CAS: XMI and type system, as INCEpTION and DKPro read them; UTF-16 offsets",
    "hints, characters that XML has no place for",
    write,
    {"*.xmi": _refill},
)
