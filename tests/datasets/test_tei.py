"""TEI files, opened by lxml."""

import pytest
from lxml import etree

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.layers import identifier
from annotator.datasets.tei import TOGETHER
from annotator.model import About, Article, Claim, Segment, Tagging, claim_id
from annotator.store import open_project
from tests.datasets.conftest import BRIDGE, QUOTATION
from tests.datasets.opened import TEI, XML_ID, tei_author


@pytest.fixture
def root(project, tmp_path):
    datasets.export(project, "tei", tmp_path / "out", Choice(names=True))
    return etree.parse(str(tmp_path / "out" / f"{BRIDGE.id}.xml")).getroot()


def by_id(root):
    ids = [one.get(XML_ID) for one in root.iter() if one.get(XML_ID)]
    assert len(ids) == len(set(ids))
    return {one.get(XML_ID): one for one in root.iter() if one.get(XML_ID)}


def notes(element):
    return {one.get("type"): one.text for one in element.iterfind("t:note", TEI)}


def test_all_pointers_lead_to_something(root):
    known = by_id(root)
    for element in root.iter():
        pointers = " ".join(element.get(name, "") for name in ("target", "ana", "resp"))
        for pointer in pointers.split():
            name = pointer.removeprefix("#")
            assert name in known or name.startswith("string-range(text,"), pointer


def test_an_answer_has_its_labels_author_and_remarks(root):
    answer = by_id(root)[f"answer-{identifier('Ada Brun')}-{QUOTATION}"]
    assert answer.get("motivation") == "assessing"
    assert answer.get("ana") == "#label-disputed #label-partisan_framing"
    assert tei_author(root, answer) == "Ada Brun"
    assert answer.find("t:revisionDesc/t:change", TEI).get("when").endswith("Z")
    assert notes(answer) == {
        "unsure": "true",
        "framer": "speaker",
        "target": "la préfecture",
        "note": "=1+1 says Bo Dahl, not Bodahl",
        "evidence": "text: vu",
    }
    assert len(answer.findall("t:note[@type='evidence']", TEI)) == 2


def test_the_speaker_is_told_with_what_was_said(root):
    (said,) = root.findall(".//t:annotation[@motivation='identifying']", TEI)
    assert notes(said) == {"kind": "direct", "speaker": "Zoé Lantier", "speaker_type": "person"}


def test_the_header_explains_the_labels_and_the_text_is_cut_into_segments(root):
    category = root.find(".//t:category[@n='unverified']/t:catDesc", TEI)
    assert category.text == "unverified: Looked at, and nothing settles it."
    assert root.findtext(".//t:sourceDesc/t:bibl/t:publisher", None, TEI) == "L'Écho de Brume"
    segments = root.findall(".//t:seg", TEI)
    assert [one.get("type") for one in segments] == ["headline", "sentence", "sentence"]
    assert segments[2].text == "Les riverains en doutent encore."


def test_articles_beyond_those_one_thread_writes_are_written_too(tmp_path):
    with open_project(tmp_path / "annotations.db") as project:
        made = []
        for number in range(2 * TOGETHER + 1):
            article = Article(f"Pont {number}.")
            segments = (Segment(0, len(article.text), "sentence"),)
            made.append((article, Tagging(article.id, "fr", None, "1", segments, (), ())))
        project.add(made, "Ada")
        datasets.export(project, "tei", tmp_path / "out")
    for article, _ in made:
        tree = etree.parse(str(tmp_path / "out" / f"{article.id}.xml"))
        assert "".join(tree.find(".//t:ab", TEI).itertext()) == article.text
    assert len(list((tmp_path / "out").glob("*.xml"))) == len(made)


@pytest.mark.parametrize("name", ["tei", "xmi"])
def test_characters_that_xml_lacks_are_replaced_and_counted(tmp_path, name):
    text = "Le\x00 pont\ud7ff \x1b[31m\ufffe est <sûr>\r\n&amp; ]]> là.\r"
    article = Article(text, About(title="\x07 ]]> <title>"))
    one = Claim(claim_id(article.id, 0, len(text), False), 0, len(text), 0, "narrator")
    segments = (Segment(0, len(text), "sentence"),)
    tagging = Tagging(article.id, "fr", None, "1", segments, (), (one,))
    with open_project(tmp_path / "annotations.db") as project:
        project.add([(article, tagging)], "Ada")
        report = datasets.export(project, name, tmp_path / "out")
    assert "3 characters that XML has no place for" in report.losses
    (path,) = (tmp_path / "out").glob(f"{article.id}.*")
    tree = etree.parse(str(path))
    if name == "tei":
        found = "".join(tree.find(".//t:ab", TEI).itertext())
    else:
        found = tree.find(".//{http:///uima/cas.ecore}Sofa").get("sofaString")
    assert found == "Le\ufffd pont\ud7ff \ufffd[31m\ufffd est <sûr>\r\n&amp; ]]> là.\r"
