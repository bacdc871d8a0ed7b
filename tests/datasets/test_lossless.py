"""Our own JSON Lines come back into a project without a loss, or not at all."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.folder import files_in
from annotator.datasets.lossless import take
from annotator.errors import DatasetError
from annotator.model import (
    About,
    Article,
    Attribution,
    Claim,
    Evidence,
    Segment,
    Tagging,
    canonical_json,
    claim_id,
    digest,
)
from annotator.review.session import Session
from annotator.store import open_project
from tests.datasets.conftest import BRIDGE, NEW, QUOTATION, answer, judge

NAMES = Choice(names=True)


def content(folder):
    return {name: (folder / name).read_bytes() for name in files_in(folder)}


def round_trip(project, folder):
    """Export a project, take the dataset into an empty one, export that; return both."""
    datasets.export(project, "jsonl", folder / "out", NAMES)
    with open_project(folder / "again.db") as again:
        take(again, folder / "out")
        assert again.check() == []
        datasets.export(again, "jsonl", folder / "back", NAMES)
        assert list(again.events()) == list(project.events())
    return content(folder / "out"), content(folder / "back")


@pytest.fixture
def lively(project):
    """With corrections, an undo, a fork of two devices, a scheme and what only `meta` says."""
    session = Session(project, "Ada Brun")
    session.correct_speaker(BRIDGE.id, NEW.attributions[0], "le préfet", "person")
    project.append("Ada Brun", "flag", QUOTATION, {"note": "sûr\u202e\x1b[31m 👩‍👩‍👧"})
    project.undo("Ada Brun")
    project.redo("Ada Brun")
    project.append("Ada Brun", "meta", BRIDGE.id, {"outlet": "Other", "title": "=1+1"})
    project.append("Ada Brun", "person", "Ada Brun", {"name": "Ada B."})
    project.set_blind("Ada Brun", False)
    return project


def test_everything_comes_back_as_it_was(lively, tmp_path):
    out, back = round_trip(lively, tmp_path)
    assert out == back
    assert len(out) == 6


def test_it_merges_into_a_project_that_has_a_part_of_it(lively, tmp_path):
    datasets.export(lively, "jsonl", tmp_path / "out", NAMES)
    report = take(lively, tmp_path / "out")
    assert (report.articles, report.added, report.taggings) == (0, 0, 0)
    events = sum(1 for _ in lively.events())
    judge(lively, "Ada Brun", QUOTATION, answer("verified"))
    with open_project(tmp_path / "other.db") as other:
        other.colleagues.merge(lively.path)
        assert take(other, tmp_path / "out").added == 0
        assert sum(1 for _ in other.events()) == events + 1


HARD = st.text(
    st.sampled_from("aé \u0301ب🇫🇷👩\u200d👧\n«»\u00a0\u202e\x00=\"'|")
    | st.characters(codec="utf-8"),
    min_size=1,
    max_size=40,
)


@st.composite
def tagged(draw):
    """An article with nested and discontinuous attributions, wherever spans may lie."""
    text = draw(HARD)
    place = st.integers(0, len(text) - 1)
    span = st.tuples(place, place).map(lambda ends: (min(ends), max(ends) + 1))
    said = st.builds(
        Attribution,
        st.lists(span, min_size=1, max_size=3).map(tuple),
        st.sampled_from(["direct", "indirect", "mixed"]),
        st.lists(span, max_size=2).map(tuple),
        st.lists(span, max_size=2).map(tuple),
        st.none() | HARD,
    )
    attributions = tuple(draw(st.lists(said, max_size=3)))
    about = About(*draw(st.tuples(*[st.none() | HARD] * 5)), "fr")
    article = Article(text, about)
    claims = [Claim(claim_id(article.id, 0, len(text), False), 0, len(text), 0, "narrator")]
    for index, (start, end) in enumerate({one.content[0]: 0 for one in attributions}):
        identity = claim_id(article.id, start, end, True)
        claims.append(Claim(identity, start, end, 0, "direct", (index,)))
    segments = (Segment(0, len(text), "sentence"),)
    return article, Tagging(article.id, "fr", None, "2", segments, attributions, tuple(claims))


@given(
    st.lists(tagged(), min_size=1, max_size=5, unique_by=lambda pair: pair[0].id),
    st.lists(st.tuples(HARD, HARD), max_size=2),
)
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_any_text_comes_back(tmp_path_factory, pairs, notes):
    folder = tmp_path_factory.mktemp("one")
    with open_project(folder / "first.db") as project:
        project.add(pairs, "Ada")
        for claim in (claim for _, tagging in pairs for claim in tagging.claims):
            for note, evidence in notes:
                spans = (("sarcasm", (0, 1)),)
                made = answer(
                    "disputed", "sarcasm", note=note, spans=spans,
                    evidence=(Evidence("text", evidence),),
                )  # fmt: skip
                judge(project, "Bo", claim.id, made)
        out, back = round_trip(project, folder)
    assert out == back


# --- what is refused ----------------------------------------------------------------------------


def changed(name, change):
    """Return a function that rewrites the first record of a file for which it has a change."""

    def rewrite(folder):
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        for number, line in enumerate(lines):
            record = json.loads(line)
            if (new := change(record)) is not None:
                lines[number] = json.dumps(new) + "\n"
                break
        (folder / name).write_text("".join(lines), encoding="utf-8")

    return rewrite


def forged(record):
    """Give an event another author, and the id that goes with it."""
    if record["kind"] != "judge" or record["prev"] is None:
        return None
    columns = ("seq", "actor", "device", "prev", "at", "kind", "target")
    record["actor"] = "Mallory"
    body = canonical_json(record["body"])
    return {**record, "id": digest(canonical_json([*(record[one] for one in columns), body]))}


def without(name):
    return lambda folder: (folder / name).unlink()


def bad_span(record):
    record["taggings"][0]["segments"][0]["end"] = 10_000
    return record


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (changed("events.jsonl", lambda e: {**e, "actor": "Eve"}), "changed after it was written"),
        (changed("events.jsonl", lambda e: {**e, "body": {"x": 1.5}}), "changed after it was"),
        (changed("events.jsonl", forged), "is not an earlier one of its author and device"),
        (changed("events.jsonl", lambda e: {**e, "seq": 2**70}), "line 1: 'seq' is too large"),
        (changed("events.jsonl", lambda e: {**e, "seq": True}), "line 1: 'seq' is missing or not"),
        (changed("events.jsonl", lambda e: {**e, "kind": []}), "line 1: 'kind' is missing or not"),
        (changed("events.jsonl", lambda e: [e]), "line 1: not an object"),
        (
            changed("articles.jsonl", lambda a: {**a, "text": a["text"] + "!"}),
            "its text is not the",
        ),
        (changed("articles.jsonl", lambda a: {**a, "text": "\ud800"}), "not valid Unicode"),
        (changed("articles.jsonl", lambda a: {**a, "taggings": []}), "has no tagging"),
        (changed("articles.jsonl", bad_span), "damaged"),
        (without("events.jsonl"), "events.jsonl: missing"),
        (lambda folder: (folder / "articles.jsonl").write_text("{"), "line 1: not a line of JSON"),
        (lambda folder: (folder / "articles.jsonl").write_text("[" * 10**5), "line 1: not a line"),
        (lambda folder: (folder / "articles.jsonl").write_bytes(b"\xff\n"), "line 1: not a line"),
    ],
)
def test_what_does_not_verify_is_refused_as_a_whole(lively, tmp_path, damage, message):
    out = tmp_path / "out"
    datasets.export(lively, "jsonl", out, NAMES)
    (out / "SHA256SUMS").unlink()
    damage(out)
    with open_project(tmp_path / "again.db") as again:
        with pytest.raises(DatasetError, match=message) as caught:
            take(again, out)
        assert "\n" not in str(caught.value) and str(out) in str(caught.value)
        assert not list(again.events()) and not list(again.article_ids())


def test_a_file_that_its_checksum_denies_is_refused(lively, tmp_path):
    datasets.export(lively, "jsonl", tmp_path / "out", NAMES)
    (tmp_path / "out" / "claims.jsonl").write_text("{}\n")
    with (
        open_project(tmp_path / "again.db") as again,
        pytest.raises(DatasetError, match=r"claims.jsonl: changed after it was written"),
    ):
        take(again, tmp_path / "out")


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(), "only an export with --names comes back"),
        (Choice(names=True, text=False), "annotator rehydrate"),
        (Choice(names=True, only="judged"), "exported whole"),
    ],
)
def test_an_export_that_is_not_whole_says_what_it_lacks(lively, tmp_path, choice, message):
    datasets.export(lively, "jsonl", tmp_path / "out", choice)
    with (
        open_project(tmp_path / "again.db") as again,
        pytest.raises(DatasetError, match=message),
    ):
        take(again, tmp_path / "out")
