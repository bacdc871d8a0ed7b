"""What is marked in an exported article, as the reader of each format sees it.

Each function takes the folder of an export, an article and a person, and returns (what, spans)
pairs, as `generated.Made.marked` does.
"""

import json
import re
from collections import defaultdict

import cassis
from lxml import etree

from annotator.datasets.layers import identifier

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def joined(pieces, continued):
    """Put pieces together that are one stretch: id → (what, span), piece → the first of its."""
    whole = defaultdict(list)
    for identity, (what, span) in pieces.items():
        whole[what, continued.get(identity, identity)].append(span)
    return [(what, tuple(spans)) for (what, _), spans in whole.items()]


def label_studio(folder, article, person):
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    task = next(one for one in tasks if one["data"]["article_id"] == article.id)
    assert task["data"]["text"] == article.text
    result = next(
        one["result"]
        for one in task["annotations"]
        if one["result"][-1]["value"]["text"] == [person]
    )
    pieces, continued = {}, {}
    for one in result:
        if one["type"] == "labels":
            value = one["value"]
            assert value["text"] == article.text[value["start"] : value["end"]]
            what = value["labels"][0].removeprefix("words: ")
            pieces[one["id"]] = what, (value["start"], value["end"])
        elif one["type"] == "relation" and one["labels"] == ["continues"]:
            continued[one["from_id"]] = one["to_id"]
    return joined(pieces, continued)


def doccano(folder, article, person):
    found = lines(folder / "spans" / f"{identifier(person)}.jsonl")
    record = next(one for one in found if one["article_id"] == article.id)
    assert record["text"] == article.text
    pieces = {
        one["id"]: (
            one["label"].removeprefix("words: "),
            (one["start_offset"], one["end_offset"]),
        )
        for one in record["entities"]
    }
    continued = {
        one["from_id"]: one["to_id"] for one in record["relations"] if one["type"] == "continues"
    }
    return joined(pieces, continued)


def webannotation(folder, article, person):
    text = (folder / "texts" / f"{article.id}.txt").read_bytes().decode()
    assert text == article.text
    page = json.loads((folder / "pages" / f"{article.id}.jsonld").read_text(encoding="utf-8"))
    shown = []
    for one in page["items"]:
        spans = tuple(_selected(text, target) for target in one["target"])
        what = next((body["value"] for body in one["body"] if _is_tag(body)), None)
        if "creator" not in one or (
            one["motivation"] == "highlighting" and one["creator"]["name"] == person
        ):
            shown.append((what, spans))
    return shown


def _is_tag(body):
    return isinstance(body, dict) and body.get("purpose") == "tagging"


def _selected(text, target):
    position, quotation = target["selector"]
    start, end = position["start"], position["end"]
    assert quotation["exact"] == text[start:end]
    around = quotation["prefix"] + quotation["exact"] + quotation["suffix"]
    assert around in text
    return start, end


def tei(folder, article, person):
    root = etree.parse(str(folder / f"{article.id}.xml")).getroot()
    block = root.find(".//t:ab", TEI)
    text = "".join(block.itertext())
    assert len(text) == len(article.text)
    assert all(a == b or b == "\ufffd" for a, b in zip(article.text, text, strict=True))
    shown = []
    for one in root.iterfind(".//t:annotation", TEI):
        motivation, place = one.get("motivation"), _pointed(one.get("target"))
        if motivation == "identifying":
            shown.append(("content", place))
            for role in ("cue", "source"):
                for pointer in one.iterfind(f"t:ptr[@type='{role}']", TEI):
                    shown.append((role, _pointed(pointer.get("target"))))
        elif motivation == "describing":
            shown.append(("claim", place))
        elif motivation == "highlighting" and tei_author(root, one) == person:
            label = root.find(f".//t:category[@{XML_ID}='{one.get('ana')[1:]}']", TEI)
            shown.append((label.get("n"), place))
    return shown


def tei_author(root, annotation):
    who = root.find(f".//t:respStmt[@{XML_ID}='{annotation.get('resp')[1:]}']", TEI)
    return who.findtext("t:name", None, TEI)


def _pointed(pointer):
    numbers = list(map(int, re.fullmatch(r"#string-range\(text,([\d,]+)\)", pointer)[1].split(",")))
    return tuple(
        (start, start + length) for start, length in zip(numbers[::2], numbers[1::2], strict=True)
    )


def xmi_cas(folder, article):
    with (folder / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    with (folder / f"{article.id}.xmi").open("rb") as file:
        return cassis.load_cas_from_xmi(file, typesystem=types)


def xmi(folder, article, person):
    cas = xmi_cas(folder, article)
    assert len(cas.sofa_string) == len(article.text)
    shown = []
    for one in cas.select("annotator.Attribution"):
        for role, name in (("content", "pieces"), ("cue", "cues"), ("source", "sources")):
            found = one.get(name)
            if found is not None:
                shown.append((role, tuple((part.begin, part.end) for part in found.elements)))
    shown += [("claim", ((one.begin, one.end),)) for one in cas.select("annotator.Claim")]
    for one in cas.select("annotator.Answer"):
        if one.reviewer == person and one.words is not None:
            shown += [(part.label, ((part.begin, part.end),)) for part in one.words.elements]
    return shown


EXACT = {
    "label-studio": label_studio,
    "doccano": doccano,
    "webannotation": webannotation,
    "tei": tei,
    "xmi": xmi,
}
"""Format in which every span stays where it is → its reader."""
