"""W3C Web Annotation, expanded by a JSON-LD processor with a context kept here."""

import base64
import hashlib
import json

import pytest
from pyld import jsonld

from annotator import datasets
from annotator.datasets import Choice
from tests.datasets.conftest import BRIDGE, FERRY

OA, AS, RDF = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
DC, DCTERMS, DCTYPES, FOAF, RDFS = (
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://purl.org/dc/dcmitype/",
    "http://xmlns.com/foaf/0.1/",
    "http://www.w3.org/2000/01/rdf-schema#",
)
MOTIVATIONS = (
    "assessing", "classifying", "commenting", "describing", "highlighting", "identifying",
    "linking", "tagging",
)  # fmt: skip
TYPES = ("Annotation", "TextualBody", "SpecificResource", "TextPositionSelector",
         "TextQuoteSelector")  # fmt: skip


def node(iri, kind="@id", **more):
    return {"@id": iri, "@type": kind, **more}


# The part of the vocabulary's terms (https://www.w3.org/TR/annotation-vocab/) that we may use.
CONTEXT = {
    "id": "@id",
    "type": "@type",
    **{name: f"{OA}{name}" for name in (*MOTIVATIONS, *TYPES, "start", "end", "exact", "prefix")},
    "suffix": f"{OA}suffix",
    "Text": f"{DCTYPES}Text",
    "Person": f"{FOAF}Person",
    "Software": f"{AS}Application",
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "body": node(f"{OA}hasBody"),
    "target": node(f"{OA}hasTarget"),
    "source": node(f"{OA}hasSource"),
    "selector": node(f"{OA}hasSelector"),
    "via": node(f"{OA}via"),
    "motivation": node(f"{OA}motivatedBy", "@vocab"),
    "purpose": node(f"{OA}hasPurpose", "@vocab"),
    "creator": node(f"{DCTERMS}creator"),
    "created": f"{DCTERMS}created",
    "items": node(f"{AS}items", **{"@container": "@list"}),
    "partOf": node(f"{AS}partOf"),
    "first": node(f"{AS}first"),
    "last": node(f"{AS}last"),
    "total": f"{AS}totalItems",
    "startIndex": f"{AS}startIndex",
    "format": f"{DC}format",
    "language": f"{DC}language",
    "value": f"{RDF}value",
    "name": f"{FOAF}name",
    "label": f"{RDFS}label",
}


def only_ours(url, options):
    assert url == "http://www.w3.org/ns/anno.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def expanded(document):
    return jsonld.expand(document, {"documentLoader": only_ours})


def keys(value):
    """How often each key stands in JSON-LD before expansion, in its words."""
    if isinstance(value, list):
        return [key for one in value for key in keys(one)]
    if not isinstance(value, dict):
        return []
    return [key for name in value for key in (name, *keys(value[name])) if key != "@context"]


def properties(value):
    """How often each property stands in expanded JSON-LD."""
    if isinstance(value, list):
        return [key for one in value for key in properties(one)]
    if not isinstance(value, dict):
        return []
    inner = [key for one in value.values() for key in properties(one)]
    return [name for name in value if name not in ("@value", "@list")] + inner


def iri(name):
    entry = CONTEXT[name]
    return entry["@id"] if isinstance(entry, dict) else entry


@pytest.fixture(params=["each", "final"])
def folder(project, tmp_path, request):
    choice = Choice(who=request.param, names=True)
    datasets.export(project, "webannotation", tmp_path / "out", choice)
    return tmp_path / "out"


def pages(folder):
    return [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.jsonld"))
    ]


def test_every_term_survives_expansion(folder):
    for page in pages(folder):
        before = [iri(name) for name in keys(page)]
        # A resource that is named by its id alone, and not described, has it as its only key.
        named = [key for key in properties(expanded(page)) if key != "@id"]
        assert sorted(named) == sorted(key for key in before if key != "@id")


def test_motivations_purposes_and_types_are_of_the_vocabulary(folder):
    for page in pages(folder):
        for one in found(expanded(page), "@type"):
            assert one.startswith(("http://www.w3.org/", "http://xmlns.com/", "http://purl.org/"))
        for name in ("motivatedBy", "hasPurpose"):
            for one in found(expanded(page), f"{OA}{name}"):
                assert one["@id"].removeprefix(OA) in MOTIVATIONS


def found(value, name):
    if isinstance(value, list):
        return [hit for one in value for hit in found(one, name)]
    if not isinstance(value, dict):
        return []
    return value.get(name, []) + [hit for one in value.values() for hit in found(one, name)]


def test_pages_and_collection_belong_together(folder):
    collection = json.loads((folder / "collection.jsonld").read_text(encoding="utf-8"))
    leaves = [one for one in pages(folder) if one["type"] == "AnnotationPage"]
    assert {one["partOf"] for one in leaves} == {collection["id"]}
    assert {collection["first"], collection["last"]} == {one["id"] for one in leaves}
    assert collection["total"] == sum(len(one["items"]) for one in leaves)
    ids = [one["id"] for page in leaves for one in page["items"]]
    assert len(ids) == len(set(ids))


def test_a_source_is_named_by_the_hash_of_its_text(folder):
    for page in pages(folder):
        for item in page.get("items", ()):
            for target in item["target"]:
                name = target["source"]["id"].removeprefix("ni:///sha-256-128;")
                known = base64.urlsafe_b64decode(name + "==")
                texts = [one.text.encode() for one in (BRIDGE, FERRY)]
                assert known in [hashlib.sha256(text).digest()[:16] for text in texts]


def test_who_said_it_and_what_they_said(project, tmp_path):
    datasets.export(project, "webannotation", tmp_path / "out", Choice(names=True))
    page = json.loads((tmp_path / "out" / "pages" / f"{BRIDGE.id}.jsonld").read_text("utf-8"))
    said = {}
    for one in page["items"]:
        words = one["target"][0]["selector"][1]["exact"]
        if one["motivation"] == "assessing" and words == "Le pont est sûr":
            values = [body["value"] for body in one["body"] if "value" in body]
            said[one["creator"]["name"]] = values
    assert said["Bo Dahl"] == ["disputed", "partisan_framing", "sarcasm"]
    assert said["Ada Brun"][:3] == ["disputed", "partisan_framing", "unsure"]
    assert "target: la préfecture" in said["Ada Brun"]
