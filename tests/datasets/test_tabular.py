"""The CSV table: a row per claim and reviewer, in which no cell is a formula."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import datasets
from annotator.datasets import tabular
from tests.datasets.conftest import BRIDGE, DOUBT, HEADLINE, QUOTATION, SAILED, span

FORMULAS = tuple("=+-@＝＋－＠")


def table(project, folder):
    datasets.export(project, "csv", folder, datasets.Choice(names=True))
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_a_row_per_claim_and_reviewer_and_one_for_a_claim_nobody_judged(project, tmp_path):
    rows = table(project, tmp_path / "out")
    by_claim = [(row["claim_id"], row["reviewer"]) for row in rows]
    assert [who for which, who in by_claim if which == QUOTATION] == ["Ada Brun", "Bo Dahl", "Ça"]
    assert [who for which, who in by_claim if which == HEADLINE] == [""]
    assert len(by_claim) == len(set(by_claim)) == 10


def test_a_row_says_what_the_record_says(project, tmp_path):
    rows = table(project, tmp_path / "out")
    first, second, _ = (row for row in rows if row["claim_id"] == QUOTATION)
    start, end = span(BRIDGE, "sûr")
    expected = {
        "text": "Le pont est sûr", "walk": "true", "superseded": "false", "voice": "direct",
        "attribution_speaker": "Zoé Lantier", "attribution_via": "", "veracity": "disputed",
        "rhetoric": "partisan_framing", "spans": f"partisan_framing:{start}-{end}",
        "unsure": "true", "note": "'=1+1 says Bo Dahl, not Bodahl", "seconds": "12",
        "evidence": "url:https://pont.example|x (2031-02-04)|text:vu", "decision_by": "",
        "final_veracity": "disputed", "final_veracity_basis": "majority",
        "final_rhetoric": "partisan_framing",
    }  # fmt: skip
    assert {name: first[name] for name in expected} == expected
    assert second["rhetoric"] == "partisan_framing|sarcasm"
    [doubt, _] = (row for row in rows if row["claim_id"] == DOUBT)
    assert (doubt["decision_by"], doubt["decision_veracity"]) == ("Ça", "unverified")
    assert (doubt["decision_stale"], doubt["final_veracity_basis"]) == ("false", "decided")


def test_a_formula_in_an_article_is_made_harmless(project, tmp_path):
    rows = table(project, tmp_path / "out")
    assert [row["text"] for row in rows if "Ferry" in row["text"]] == ["'=Ferry cancelled"]
    assert [row["text"] for row in rows if row["claim_id"] == SAILED] == [
        "The ferry did not sail on Monday."
    ]


@pytest.mark.readers
def test_a_table_reader_finds_the_same_cells(project, tmp_path):
    import pandas

    rows = table(project, tmp_path / "out")
    frame = pandas.read_csv(tmp_path / "out" / "claims.csv", dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == rows
    assert not frame.map(lambda cell: cell.lstrip().startswith(FORMULAS)).to_numpy().any()


@given(
    st.one_of(
        st.text(),
        st.lists(st.text()),
        st.tuples(st.text(" \t\r\n\xa0"), st.sampled_from(FORMULAS), st.text()).map("".join),
    )
)
def test_a_formula_never_survives(value):
    cell = tabular._cell(value)
    plain = "|".join(value) if isinstance(value, list) else value
    assert not cell.startswith(("\t", "\r", "\n"))
    assert not cell.lstrip().startswith(FORMULAS)
    assert cell in (plain, f"'{plain}")
