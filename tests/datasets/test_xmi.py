"""UIMA CAS, opened by dkpro-cassis."""

import pytest
from lxml import etree

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.xmi import Units
from tests.datasets.conftest import BRIDGE, QUOTATION
from tests.datasets.opened import xmi_cas


@pytest.fixture
def folder(project, tmp_path):
    datasets.export(project, "xmi", tmp_path / "out", Choice(names=True))
    return tmp_path / "out"


def test_answers_lead_to_claims_and_claims_to_who_said_them(folder):
    cas = xmi_cas(folder, BRIDGE)
    (answer,) = [
        one
        for one in cas.select("annotator.Answer")
        if one.reviewer == "Ada Brun" and one.claim.identity == QUOTATION
    ]
    assert answer.get_covered_text() == "Le pont est sûr"
    assert answer.axis_veracity == "disputed"
    assert answer.axis_rhetoric.elements == ["partisan_framing"]
    assert (answer.unsure, answer.seconds, answer.target) == (True, 12, "la préfecture")
    assert answer.evidence.elements == ["url: https://pont.example|x (2031-02-04)", "text: vu"]
    (words,) = answer.words.elements
    assert (words.get_covered_text(), words.label) == ("sûr", "partisan_framing")
    said = answer.claim.attribution
    assert (said.speaker, said.kind) == ("Zoé Lantier", "direct")
    assert [one.get_covered_text() for one in said.sources.elements] == ["la maire Zoé Lantier"]


def test_what_is_known_about_the_article(folder):
    cas = xmi_cas(folder, BRIDGE)
    (article,) = cas.select("annotator.Article")
    assert (article.title, article.language) == (BRIDGE.about.title, "fr")
    (document,) = cas.select("uima.tcas.DocumentAnnotation")
    assert document.language == "fr"
    assert [one.kind for one in cas.select("annotator.Segment")] == [
        "headline", "sentence", "sentence",
    ]  # fmt: skip


def test_offsets_in_the_file_count_utf_16_code_units(folder):
    tree = etree.parse(str(folder / f"{BRIDGE.id}.xmi"))
    in_units = BRIDGE.text.encode("utf-16-le")
    for one in tree.iterfind(".//{http:///annotator.ecore}Source"):
        begin, end = (2 * int(one.get(name)) for name in ("begin", "end"))
        assert in_units[begin:end].decode("utf-16-le") == "la maire Zoé Lantier"
        assert int(one.get("begin")) > BRIDGE.text.index("la maire")
    units = Units("a🎉b🇫🇷c")
    assert [units(place) for place in range(7)] == [0, 1, 3, 4, 6, 8, 9]
