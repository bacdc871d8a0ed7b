"""Every number on the card follows from the rows beside it, and nothing on it acts on a page."""

import csv
import json
import re
from collections import Counter

import pytest

from annotator import datasets
from annotator.datasets import Choice, compared
from annotator.datasets.markdown import plain
from annotator.datasets.methods import figure
from annotator.model import About, Article, Claim, Segment, Tagging, claim_id
from annotator.review.collecting import collect
from annotator.review.report import agreement
from tests.datasets.conftest import DOUBT, QUOTATION, SAILED, answer, judge


def cells(card, heading):
    """Return the rows of the tables below a heading: first cell → the others."""
    section = card.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in section.split("\n") if line.startswith("| ")]
    return {row[0].replace("\\", ""): row[1:] for row in rows}


@pytest.fixture
def busy(project):
    for who in ("Dee", "Eli"):
        judge(project, who, QUOTATION, answer("disputed", "sarcasm"))
        judge(project, who, DOUBT, answer("verified"))
        judge(project, who, SAILED, answer("verified" if who == "Dee" else "unverified"))
    return project


@pytest.fixture
def exported(busy, tmp_path):
    report = datasets.export(busy, "jsonl", tmp_path / "out", Choice(names=True))
    rows = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").open(encoding="utf-8")]
    return report, rows, (tmp_path / "out" / "README.md").read_text(encoding="utf-8")


def test_the_rows_give_the_numbers_of_the_card_again(exported):
    report, rows, card = exported
    contents = cells(card, "Contents")
    splits = Counter(row["split"] for row in rows)
    expected = [splits[one] for one in ("train", "validation", "test")]
    assert [int(one) for one in contents["claims"]] == [*expected, len(rows)]
    for axis in ("veracity", "rhetoric"):
        values = [row["final"][axis]["value"] or [] for row in rows]
        labels = Counter(
            label for one in values for label in ([one] if isinstance(one, str) else one)
        )
        assert labels
        for label, count in labels.items():
            assert int(contents[label][-1]) == count
    people = Counter(one["reviewer"] for row in rows for one in row["judgements"])
    assert {name: int(row[0]) for name, row in cells(card, "People").items() if name in people} == (
        people
    )
    overlap = Counter(len(row["judgements"]) for row in rows)
    for number, count in overlap.items():
        assert re.search(rf"how many claims: .*\b{number}: {count}\b", card)
    assert f"Superseded (judged, but no longer in the current tags): {1}." in card
    assert f"{report.judgements} judgements on" in card and report.judgements == people.total()


def test_agreement_is_what_the_command_prints(busy, exported):
    _, _, card = exported
    ratings = collect(busy, "").ratings
    found = agreement(ratings, busy.scheme())
    rows = [line for line in card.split("\n") if line.startswith("| ")]
    for question in (*found.questions, *found.words):
        for one in question.figures:
            start = f"| {plain(question.label or question.axis or 'all labels')} |"
            end = f"| {one.name} | {figure(one)} | {one.units} | {one.pairs} |"
            assert any(row.startswith(start) and row.endswith(end) for row in rows), end
    assert f"{found.claims} claims of {found.articles} articles" in card


def test_in_a_large_dataset_the_first_articles_are_compared(busy, tmp_path, monkeypatch):
    monkeypatch.setattr(compared, "MOST", 1)
    datasets.export(busy, "jsonl", tmp_path / "out")
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "Compared are the first 1 articles" in card and "1 are left out" in card
    (first, *_) = sorted(busy.article_ids())
    some = [one for one in collect(busy, "").ratings if one.article_id == first]
    assert f"{len({one.claim_id for one in some})} claim" in card


def test_the_card_says_what_was_chosen_without_naming_anybody(busy, tmp_path):
    choice = Choice(who="Bo Dahl", query="by:Dee is:unsure", only="judged")
    datasets.export(busy, "csv", tmp_path / "out", choice)
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "One reviewer's answers; judged claims; filter by:reviewer-" in card
    assert "Dee" not in card and "Bo" not in card


def test_text_from_articles_is_no_markup_on_the_card(project, tmp_path):
    outlet = "<script>alert(1)</script> | [x](https://evil.example) `\x1b[31m` **b**\n# Title"
    article = Article("One line.", About(outlet=outlet, language="en"))
    claim = Claim(claim_id(article.id, 0, 9, False), 0, 9, 0, "narrator")
    tagging = Tagging(article.id, "en", None, "2", (Segment(0, 9, "sentence"),), (), (claim,))
    project.add([(article, tagging)], "Ada Brun")
    datasets.export(project, "csv", tmp_path / "out")
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "<script" not in card and "\x1b" not in card and "[x](" not in card
    (line,) = [line for line in card.split("\n") if "evil.example" in line]
    assert len(re.findall(r"(?<!\\)\|", line)) == 6


def test_shares_are_reported_split_by_split(exported, tmp_path):
    report, rows, _ = exported
    assert [line.split(":")[0] for line in report.splits] == ["train", "validation", "test"]
    for line in report.splits:
        split, _, rest = line.partition(": ")
        of_split = [row for row in rows if row["split"] == split]
        assert (rest == "empty") == (not of_split)
        if of_split:
            assert f"{len(of_split)} claims" in rest
            assert "L'Écho de Brume" in rest or "The Brume Gazette" in rest


def test_losses_are_told_and_lie_beside_the_data(busy, tmp_path):
    report = datasets.export(busy, "csv", tmp_path / "out")
    assert report.losses == "csv cannot carry: 1 log of events, 2 texts of articles"
    assert (tmp_path / "out" / "LOSSES.txt").read_text(encoding="utf-8") == f"{report.losses}\n"
    with (tmp_path / "out" / "claims.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["split"]


def origin(project, folder):
    """Return the sentence of a new card about who saw whose answers, and the methods paragraph."""
    datasets.export(project, "jsonl", folder)
    card = (folder / "README.md").read_text(encoding="utf-8")
    (seen,) = (line for line in card.split("\n") if line.startswith("3. "))
    (methods,) = (line for line in card.split("\n") if line.startswith("> "))
    return seen, methods


def test_the_card_tells_when_colleagues_answers_were_shown(busy, tmp_path):
    hidden = "did not see colleagues' answers before their own was finished"
    for text in origin(busy, tmp_path / "hidden"):
        assert hidden in text and "shown" not in text
    busy.unblind("Dee")
    for text in origin(busy, tmp_path / "one"):
        assert f"{hidden}, but for 1 person who had them shown" in text
    busy.set_blind("Eli", False)
    for text in origin(busy, tmp_path / "open"):
        assert "could see colleagues' answers" in text and "part of the time" not in text
    busy.set_blind("Eli", True)
    for text in origin(busy, tmp_path / "again"):
        assert "could see colleagues' answers" in text and "for a part of the time" in text
