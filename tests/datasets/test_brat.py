"""brat standoff, opened by bratly and, for agreement between people, by bratiaa."""

import re

import pytest
from hypothesis import given

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.layers import identifier
from annotator.review.agreement import Undefined
from annotator.review.marked import SpanPairs
from tests.datasets.conftest import BRIDGE, DOUBT, FERRY, GONE, QUOTATION, SAILED, answer, judge
from tests.datasets.generated import FEW, PEOPLE, made, project_of

BO = """\
T1	Claim 0 16	=Ferry cancelled
A1	Voice T1 narrator
A2	Segment T1 headline
#1	ClaimId T1	{first}
A3	Walk T1
T2	Claim 17 50	The ferry did not sail on Monday.
A4	Voice T2 narrator
A5	Segment T2 sentence
#2	ClaimId T2	{second}
A6	Walk T2
#3	Reviewer T2	Bo Dahl
A7	Label_veracity T2 disputed
A8	Label_sarcasm T2
T3	Words_sarcasm 27 34	did not
R1	Carries Arg1:T3 Arg2:T2
#4	AnnotatorNotes T2	tab  and line
"""


@pytest.fixture
def folder(project, tmp_path):
    ironic = answer("disputed", "sarcasm", spans=(("sarcasm", (27, 34)),), note="tab \tand\nline")
    judge(project, "Bo Dahl", SAILED, ironic)
    report = datasets.export(project, "brat", tmp_path / "out", Choice(names=True))
    assert "1 line breaks in notes" in report.losses
    return tmp_path / "out"


def test_lines_are_as_brat_documents_them(folder):
    path = folder / identifier("Bo Dahl") / f"{FERRY.id}.ann"
    first, second = re.findall(r"ClaimId T.\t(\w+)", path.read_text(encoding="utf-8"))
    assert path.read_bytes().decode() == BO.format(first=first, second=second)
    assert second == SAILED
    assert path.with_suffix(".txt").read_bytes().decode() == FERRY.text


def test_everything_used_is_declared(folder):
    sections = re.split(r"\[(\w+)\]\n", (folder / "annotation.conf").read_text(encoding="utf-8"))
    declared = {
        name: {re.split(r"\s", line)[0] for line in lines.splitlines()}
        for name, lines in zip(sections[1::2], sections[2::2], strict=True)
    }
    for path in folder.glob("*/*.ann"):
        for line in path.read_text(encoding="utf-8").splitlines():
            kinds = {"T": "entities", "R": "relations", "A": "attributes"}
            if line[0] in kinds:
                assert line.split("\t")[1].split(" ")[0] in declared[kinds[line[0]]], line


def test_an_article_is_in_the_folders_of_those_who_judged_it_or_in_final(project, tmp_path):
    datasets.export(project, "brat", tmp_path / "each", Choice(names=True))
    found = {path.parent.name for path in (tmp_path / "each").glob(f"*/{FERRY.id}.ann")}
    assert found == {identifier("Bo Dahl")}
    datasets.export(project, "brat", tmp_path / "final", Choice(who="final"))
    assert {path.parent.name for path in (tmp_path / "final").glob("*/*.ann")} == {"final"}


def read(path):
    """Return the annotations in a file as bratly reads them, ids and order left alone."""
    from bratly.io import read_and_load_ann_file

    found = read_and_load_ann_file(
        str(path), no_duplicates=False, sorting=False, renumerotize=False
    )
    return found.annotations


def shown(folder, article, person):
    """What bratly finds marked, as `generated.Made.marked` says it."""
    path = folder / identifier(person) / f"{article.id}.txt"
    assert path.read_bytes().decode() == article.text
    found = []
    for one in read(path.with_suffix(".ann")):
        if one.id[0] == "T":
            words = " ".join(article.text[part.start : part.end] for part in one.fragments)
            assert re.sub(r"\s", " ", one.content) == re.sub(r"\s", " ", words)
            spans = tuple((part.start, part.end) for part in one.fragments)
            what = one.label.removeprefix("Words_")
            found.append((what if what != one.label else what.lower(), spans))
    return found


@pytest.mark.readers
@FEW
@given(made())
def test_bratly_finds_every_span_where_it_was(made):
    with project_of(made) as (project, place):
        datasets.export(project, "brat", place / "out", Choice(names=True))
        for person in PEOPLE:
            found = sorted(shown(place / "out", made.article, person))
            assert found == made.marked(person)


@pytest.mark.readers
def test_bratly_reads_answers_relations_and_notes(folder):
    lines = read(folder / identifier("Ada Brun") / f"{BRIDGE.id}.ann")
    claims = {one.value: one.component.id for one in lines if one.label == "ClaimId"}
    assert {QUOTATION, DOUBT, GONE} <= claims.keys()
    about = [one for one in lines if one.id[0] in "A#" and one.component.id == claims[QUOTATION]]
    attributes = {(one.label, *one.values) for one in about if one.id[0] == "A"}
    assert {("Label_veracity", "disputed"), ("Label_partisan_framing",), ("Unsure",)} <= attributes
    notes = {(one.label, one.value) for one in about if one.id[0] == "#"}
    assert ("AnnotatorNotes", "=1+1 says Bo Dahl, not Bodahl") in notes
    assert ("Evidence", "url: https://pont.example|x (2031-02-04)") in notes
    relations = {
        (one.label, one.argument1[1].content, one.argument2[1].content)
        for one in lines
        if one.id[0] == "R"
    }
    assert ("Source_of", "la maire Zoé Lantier", "Le pont est sûr") in relations
    assert ("Carries", "sûr", "Le pont est sûr") in relations
    assert ("Part_of", "Le pont est sûr", "Le pont est sûr") in relations


@pytest.mark.readers
@FEW
@given(made())
def test_bratiaa_gives_the_agreement_that_we_give(made):
    from bratiaa import compute_f1_agreement

    with project_of(made) as (project, place):
        datasets.export(project, "brat", place / "out")
        agreement = compute_f1_agreement(str(place / "out"))
        theirs = dict(zip(agreement.labels, agreement.mean_sd_per_label()[0], strict=True))
    for label in ("sarcasm", "partisan_framing"):
        # The claims of one article are one question to bratiaa, to which a span is an answer once.
        marks = [
            tuple(sorted({one for judgement in answers.values() for one in judgement.spans}))
            for answers in made.answers.values()
        ]
        pairs = SpanPairs(len(PEOPLE), label)
        found = theirs[f"Words_{label}"]
        try:
            assert found == pytest.approx(pairs.exact(pairs.row(marks)))
        except Undefined:
            assert found != found
    assert theirs["Claim"] == 1
