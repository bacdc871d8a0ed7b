"""Datasets of other tools come in: with their authors, exact places, and nothing unexplained."""

import json
import tempfile
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from spacy.tokens import DocBin

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.importing import take_in
from annotator.errors import DatasetError, UsageError
from annotator.model import About
from annotator.reading.decoding import LIMIT
from annotator.store import open_project
from tests.datasets.generated import FEW, PEOPLE, made, project_of

TEXT = "Élu 🎉 hier, le maire a dit « le pont est sûr » à Brume."
ANNOTATION = """{"items": [{"id": "a", "motivation": "tagging", "body": [], "target": []}]}"""
NAMED = Choice(names=True)


@pytest.fixture
def empty(tmp_path):
    with open_project(tmp_path / "empty.db") as project:
        yield project


def at(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def answers(project):
    """(who, words, labels, marked words, note) of all judgements in a project."""
    found = []
    for article_id in project.article_ids():
        text = project.article(article_id).text
        places = {one.claim.id: one.claim for one in project.known_claims(article_id)}
        for claim_id, rows in project.all_judgements(article_id).items():
            claim = places[claim_id]
            for who, row in rows.items():
                one = row.judgement
                marked = [(label, text[start:end]) for label, (start, end) in one.spans]
                labels = {label for chosen in one.labels.values() for label in chosen}
                found.append((who, text[claim.start : claim.end], labels, marked, one.note))
    return found


def said(project):
    (article_id,) = project.article_ids()
    return [
        (one.content, one.cue, one.source, one.kind)
        for one in project.taggings(article_id)[-1].attributions
    ]


def doccano(path, **record):
    path.write_text(json.dumps({"text": TEXT} | record) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["label-studio", "brat", "spacy", "webannotation"])
@FEW
@given(made=made())
def test_what_we_export_comes_back(name, made):
    with project_of(made) as (project, place), tempfile.TemporaryDirectory() as other:
        datasets.export(project, name, place / "out", NAMED)
        with open_project(Path(other) / "again.db") as again:
            take_in(again, name, place / "out", "Ada")
            (article_id,) = again.article_ids()
            assert again.article(article_id).text == made.article.text
            assert sorted(said(again)) == sorted(
                (one.content, one.cue, one.source, one.kind) for one in made.tagging.attributions
            )
            found = again.all_judgements(article_id)
            for person in PEOPLE:
                for claim, judgement in made.answers[person].items():
                    back = found[claim][f"{person} (imported)"].judgement
                    assert (back.labels, back.spans) == (
                        {axis: labels for axis, labels in judgement.labels.items() if labels},
                        judgement.spans,
                    )
                    assert (back.note is None) == (judgement.note is None)
            assert take_in(again, name, place / "out", "Ada").judgements == 0


@pytest.mark.parametrize("name", ["doccano", "prodigy"])
def test_spans_and_marked_words_come_back(project, empty, tmp_path, name):
    datasets.export(project, name, tmp_path / "out", NAMED)
    report = take_in(empty, name, tmp_path / "out", "Ada")
    assert (report.articles, report.known) == (2, 0)
    assert ("Ada Brun (imported)", "Le pont est sûr", {"partisan_framing"},
            [("partisan_framing", "sûr")], None) in answers(empty)  # fmt: skip


def test_labels_are_explained_or_listed_before_anything_is_written(empty, tmp_path):
    entities = [
        {"id": 1, "label": "PER", "start_offset": at("le maire")[0], "end_offset": at("maire")[1]},
        {"id": 2, "label": "QUOTE", "start_offset": at("le pont")[0], "end_offset": at("sûr")[1]},
        {"id": 3, "label": "FALSE", "start_offset": at("le pont")[0], "end_offset": at("sûr")[1]},
        {"id": 4, "label": "LOC", "start_offset": at("Brume")[0], "end_offset": at("Brume")[1]},
    ]
    relations = [{"id": 5, "from_id": 2, "to_id": 1, "type": "by"}]
    path = doccano(tmp_path / "zoe.jsonl", entities=entities, relations=relations)
    with pytest.raises(DatasetError, match=r"FALSE \(1\), LOC \(1\), PER \(1\), QUOTE \(1\)"):
        take_in(empty, "doccano", path, "Ada")
    assert not list(empty.article_ids())
    with pytest.raises(UsageError, match="LOC cannot be 'place'; known: content"):
        take_in(empty, "doccano", path, "Ada", {"LOC": "place"})
    explained = {"PER": "source", "QUOTE": "content", "FALSE": "disputed", "LOC": "-"}
    report = take_in(empty, "doccano", path, "Ada", explained)
    assert str(report) == ("1 new articles, 0 already there, 1 judgements; 0 annotations left out")
    content, source = at("le pont est sûr"), at("le maire")
    assert said(empty) == [((content,), (), (source,), "direct")]
    assert answers(empty) == [("zoe (imported)", "le pont est sûr", {"disputed"}, [], None)]


def test_what_came_in_does_not_come_in_again(empty, tmp_path):
    (start, end), (first, last) = at("le pont est sûr"), at("sûr")
    words = {"id": 1, "label": "sarcasm", "start_offset": first, "end_offset": last}
    claim = {"id": 1, "label": "disputed", "start_offset": start, "end_offset": end}
    path = tmp_path / "zoe.jsonl"
    # The words stand first in the file, and belong to a claim that is only made after them.
    lines = [json.dumps({"text": TEXT, "entities": [one]}) for one in (words, claim)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert take_in(empty, "doccano", path, "Ada").judgements == 1
    before = list(empty.events())
    assert take_in(empty, "doccano", path, "Ada").judgements == 0
    assert list(empty.events()) == before
    path.write_text(lines[1].replace("disputed", "verified") + "\n", encoding="utf-8")
    assert take_in(empty, "doccano", path, "Ada").judgements == 1


def test_texts_with_labels_are_claims_as_a_whole(empty, tmp_path):
    path = doccano(tmp_path / "zoe.jsonl", label=["verified", "Sarcasm"])
    take_in(empty, "doccano", path, "Ada")
    ((who, words, labels, _, _),) = answers(empty)
    assert (who, words, labels) == ("zoe (imported)", TEXT, {"verified", "sarcasm"})


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-16-le", "utf-8"])
def test_offsets_are_in_the_unit_in_which_the_words_fit(empty, tmp_path, encoding):
    width = {"utf-32-le": 4, "utf-16-le": 2, "utf-8": 1}[encoding]
    start, end = (len(TEXT[:place].encode(encoding)) // width for place in at("le pont est sûr"))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    line = f"T1\tContent {start} {end}\tle pont est sûr\n"
    (tmp_path / "a.ann").write_text(line, encoding="utf-8")
    take_in(empty, "brat", tmp_path / "a.ann", "Ada")
    assert said(empty) == [((at("le pont est sûr"),), (), (), "direct")]


def test_words_that_are_not_there_refuse_the_whole(empty, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tContent 0 7\tle pont\n", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"a.ann: what is marked does not stand where"):
        take_in(empty, "brat", tmp_path, "Ada")
    assert not list(empty.article_ids())


def test_what_cannot_come_in_is_listed(empty, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    start, end = at("le pont est sûr")
    lines = [
        f"T1\tclaim {start} {end}\tle pont est sûr",
        "A1\tLabel_veracity T1 disputed",
        "A2\tLabel_veracity T1 verified",
        "N1\tReference T1 Wikidata:Q1\tpont",
        "#1\tGloss T1\tbridge",
        "#2\tAnnotatorNotes T1\tsee above",
    ]
    (tmp_path / "a.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    report = take_in(empty, "brat", tmp_path, "Ada")
    assert [problem.partition("a.ann: ")[2] for problem in report.problems] == [
        "N1 Reference T1 Wikidata:Q1\tpont has no place",
        "Gloss of T1 has no place",
        f"claim at {start}-{end} says verified where disputed is said",
    ]
    ((_, words, labels, _, note),) = answers(empty)
    assert (words, labels, note) == ("le pont est sûr", {"disputed"}, "see above")


@pytest.mark.parametrize("name", ["label-studio", "brat", "spacy", "webannotation"])
def test_what_our_own_exports_lose_on_the_way_back_is_listed(project, empty, tmp_path, name):
    datasets.export(project, name, tmp_path / "out", NAMED)
    report = take_in(empty, name, tmp_path / "out", "Ada")
    lost = " ".join(report.problems).casefold()
    assert "framer" in lost
    assert "evidence" in lost or "https://pont.example" in lost


def test_an_article_that_is_there_keeps_its_tags(project, tmp_path):
    datasets.export(project, "label-studio", tmp_path / "out", NAMED)
    before = {one: project.taggings(one) for one in project.article_ids()}
    report = take_in(project, "label-studio", tmp_path / "out", "Ada")
    assert (report.articles, report.known) == (0, 2)
    assert {one: project.taggings(one) for one in project.article_ids()} == before
    assert ("Bo Dahl (imported)", "Le pont est sûr",
            {"disputed", "partisan_framing", "sarcasm"}, [], None) in answers(project)  # fmt: skip


def test_what_is_known_about_articles_comes_with_them(project, empty, tmp_path):
    datasets.export(project, "label-studio", tmp_path / "out", NAMED)
    take_in(empty, "label-studio", tmp_path / "out", "Ada")
    for article_id in empty.article_ids():
        told, here = project.article(article_id).about, empty.article(article_id).about
        assert isinstance(here, About)
        assert (here.title, here.outlet, here.url) == (told.title, told.outlet, told.url)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("doccano", '{"text": 1, "entities": []}'),
        ("doccano", '{"text": "a", "label": [[0, "b", "claim"]]}'),
        ("doccano", '{"text": "a", "label": [[0, 2, "claim"]]}'),
        ("doccano", '{"text": "a\\ud800", "label": []}'),
        ("doccano", "[]"),
        ("doccano", "{"),
        ("prodigy", '{"text": "a", "spans": [{"start": 0}]}'),
        ("label-studio", "{}"),
        ("label-studio", '[{"data": {"text": "a"}, "annotations": [{"result": [{}]}]}]'),
        ("label-studio", "\udcff"),
        ("spacy", "no DocBin"),
        ("webannotation", '{"items": [{"id": "a"}]}'),
        ("webannotation", '{"items": 1}'),
        ("brat", "T1\tclaim x y\ta"),
        ("brat", "R1\tbelongs Arg1:T1"),
        ("brat", "T1"),
        ("brat", "T1\tclaim 0 1\ta\nA1\tLabel T1 a b c"),
        ("webannotation", ANNOTATION),
    ],
)
def test_what_no_tool_writes_is_refused_with_its_place(empty, tmp_path, name, content):
    path = tmp_path / "file.ann"
    path.write_text(content, encoding="utf-8", errors="surrogateescape")
    path.with_suffix(".txt").write_text("a", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"file\.ann"):
        take_in(empty, name, path, "Ada")


def test_documents_of_spacy_that_are_not_ours_come_in(empty, tmp_path):
    doc = spacy.blank("fr")(TEXT)
    start, end = at("le maire")
    doc.ents = [doc.char_span(start, end, label="PER")]
    start, end = at("le pont est sûr")
    doc.spans["sc"] = [doc.char_span(start, end, label="content")]
    doc.cats = {"disputed": 0.9, "verified": 0.1}
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    with pytest.raises(DatasetError, match=r"unknown labels: PER \(1\)"):
        take_in(empty, "spacy", tmp_path / "a.spacy", "Ada")
    take_in(empty, "spacy", tmp_path / "a.spacy", "Ada", {"PER": "-"})
    assert said(empty) == [((at("le pont est sûr"),), (), (), "direct")]
    assert answers(empty) == [("spacy (imported)", TEXT, {"disputed"}, [], None)]


def test_a_language_is_told_or_found(empty, tmp_path):
    for number, told in enumerate(("fr", "en", "Klingon", "../x", "", None)):
        path = doccano(tmp_path / f"{number}.jsonl", text=f"{TEXT} {number}", language=told)
        take_in(empty, "doccano", path, "Ada")
    languages = [empty.taggings(one)[-1].language for one in empty.article_ids()]
    assert sorted(languages) == ["en", "fr", "fr", "fr", "fr", "fr"]


def test_a_page_without_text_is_listed(empty, tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": " "}\n\n{"text": "Le pont.", "label": []}\n', encoding="utf-8")
    report = take_in(empty, "doccano", path, "Ada")
    assert report.problems == (f"{path}, line 1: no text",)
    assert report.articles == 1


def test_a_text_longer_than_any_article_is_refused(empty, tmp_path):
    path = doccano(tmp_path / "zoe.jsonl", text="a" * (LIMIT + 1))
    with pytest.raises(DatasetError, match=r"zoe\.jsonl, line 1: longer than 20 MB"):
        take_in(empty, "doccano", path, "Ada")


def test_a_file_that_is_not_there_is_named(empty, tmp_path):
    for name in ("doccano", "prodigy", "label-studio", "brat", "spacy", "webannotation"):
        with pytest.raises(DatasetError, match="nowhere"):
            take_in(empty, name, tmp_path / "nowhere", "Ada")
        with pytest.raises(DatasetError, match="no "):
            take_in(empty, name, tmp_path, "Ada")
