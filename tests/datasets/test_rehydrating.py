"""Datasets without text: what is quoted, and the text put back from the articles."""

import json
import shutil
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.folder import files_in, listed, write_sums
from annotator.datasets.importing import take_in
from annotator.datasets.masking import MASK, WIDE, first_words, masked
from annotator.errors import DatasetError
from annotator.model import Article, Claim, Evidence, Segment, Tagging, claim_id
from annotator.store import open_project
from tests.datasets.conftest import (
    BRIDGE,
    DOUBT,
    FERRY,
    NEW,
    SAILED,
    answer,
    formats,
    judge,
)
from tests.datasets.generated import FEW, PEOPLE, made, project_of
from tests.datasets.opened import EXACT
from tests.datasets.test_people import readable

WITHOUT = Choice(text=False)


@pytest.fixture
def project(project):
    """With a claim in each article that was decided on evidence."""
    for claim in (DOUBT, SAILED):
        evidence = (Evidence("url", "https://pont.example/a"),)
        seen = [
            judge(project, who, claim, answer("verified", evidence=evidence)).id for who in PEOPLE
        ]
        body = {"labels": {"veracity": ["verified"]}, "judgements": sorted(seen)}
        project.append("Ça", "decide", claim, body)
    return project


@pytest.fixture
def articles(tmp_path):
    """The articles as files; the first one's title is not in its text."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number, article in enumerate((BRIDGE, FERRY)):
        record = json.dumps({"text": article.text})
        (folder / f"{number}.jsonl").write_text(record + "\n", encoding="utf-8")
    return folder


def data(folder):
    """Return what is in the files of an export but for the card and its checksum."""
    others = {"README.md", "SHA256SUMS"}
    return {name: (folder / name).read_bytes() for name in set(files_in(folder)) - others}


def left(folder):
    """Return everything that can be read in an export."""
    return " ".join(readable(folder / one) for one in files_in(folder))


@pytest.mark.parametrize("name", formats())
def test_text_is_left_out_and_comes_back_as_it_was(project, articles, tmp_path, name):
    datasets.export(project, name, tmp_path / "whole")
    datasets.export(project, name, tmp_path / "out", WITHOUT)
    for words in ("doutent", "riverains", "Le pont est", "not sail", "a déclaré"):
        assert words not in left(tmp_path / "out")
    report = datasets.rehydrate(tmp_path / "out", [articles])
    assert (report.articles, report.missing, report.refusals) == (2, (), ())
    assert data(tmp_path / "out") == data(tmp_path / "whole")
    with pytest.raises(DatasetError, match="no text was left out"):
        datasets.rehydrate(tmp_path / "out", [articles])


@pytest.mark.parametrize("name", formats())
def test_at_most_so_many_words_are_quoted(project, articles, tmp_path, name):
    datasets.export(project, name, tmp_path / "out", Choice(text=False, quoted=2))
    assert "riverains" in left(tmp_path / "out")
    assert "doutent" not in left(tmp_path / "out")
    datasets.export(project, name, tmp_path / "whole")
    datasets.rehydrate(tmp_path / "out", [articles])
    assert data(tmp_path / "out") == data(tmp_path / "whole")


@pytest.mark.parametrize("name", formats())
def test_what_was_not_found_can_come_later_in_any_format(project, articles, tmp_path, name):
    datasets.export(project, name, tmp_path / "whole")
    datasets.export(project, name, tmp_path / "out", WITHOUT)
    for number, missing in ((0, FERRY), (1, None)):
        report = datasets.rehydrate(tmp_path / "out", [articles / f"{number}.jsonl"])
        assert report.articles == 1
        assert [line.split()[1] for line in report.missing] == (
            [f"{missing.id}:"] if missing else []
        )
    assert data(tmp_path / "out") == data(tmp_path / "whole")


@settings(FEW, max_examples=8)
@given(made(), st.integers(0, 3))
def test_any_text_comes_back_byte_for_byte(made, quoted):
    with project_of(made) as (project, place):
        source = place / "article.jsonl"
        source.write_text(json.dumps({"text": made.article.text}) + "\n", encoding="utf-8")
        for name, one in datasets.FORMATS.items():
            if not one.needs:
                datasets.export(project, name, place / name)
                datasets.export(project, name, place / "out", Choice(text=False, quoted=quoted))
                datasets.rehydrate(place / "out", [source])
                assert data(place / "out") == data(place / name), name
                shutil.rmtree(place / "out")


@settings(FEW, max_examples=8)
@given(made())
def test_what_is_marked_is_where_it_was_under_masks(made):
    shown = SimpleNamespace(id=made.article.id, text=masked(made.article.text))
    with project_of(made) as (project, place):
        for name in EXACT.keys() - {"webannotation"}:
            datasets.export(project, name, place / name, Choice(names=True, text=False))
            for person in PEOPLE:
                found = sorted(EXACT[name](place / name, shown, person))
                assert found == made.marked(person), name


@given(st.text(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))), st.integers(0, 3))
def test_a_mask_is_as_long_and_shows_only_what_it_should(text, ends, most):
    spans = [(min(pair), max(pair)) for pair in ends]
    shown = [one for span in spans for one in first_words(text, [span], most)]
    found = masked(text, shown)
    assert len(found) == len(text)
    for place, (one, other) in enumerate(zip(found, text, strict=True)):
        open_there = other.isspace() or any(start <= place < end for start, end in shown)
        assert one == other if open_there else one == (WIDE if other > "\uffff" else MASK)
    for start, end in spans:
        words = list(first_words(text, [(start, end)], most))
        assert [text[slice(*one)] for one in words] == text[start:end].split()[:most]


@pytest.mark.parametrize("quoted", [0, 9])
@pytest.mark.parametrize(
    "name", ["brat", "spacy", "label-studio", "doccano", "prodigy", "webannotation"]
)
def test_a_dataset_without_text_never_comes_in_as_articles_of_masks(
    project, tmp_path, name, quoted
):
    datasets.export(project, name, tmp_path / "out", Choice(text=False, quoted=quoted))
    with open_project(tmp_path / "other.db") as other:
        with pytest.raises(DatasetError, match="annotator rehydrate"):
            take_in(other, name, tmp_path / "out", "Eve")
        assert list(other.article_ids()) == []


def test_what_is_missing_is_named_and_can_come_later(project, articles, tmp_path):
    datasets.export(project, "jsonl", tmp_path / "whole")
    datasets.export(project, "jsonl", tmp_path / "out", WITHOUT)
    (articles / "broken.txt").write_bytes(b"\xff\xfe\xff")
    report = datasets.rehydrate(tmp_path / "out", [articles / "1.jsonl", articles / "broken.txt"])
    assert report.articles == 1
    assert report.missing == (f"article {BRIDGE.id}: not found ({BRIDGE.about.title})",)
    assert [one.name for one in report.refusals] == [str(articles / "broken.txt")]
    texts = [json.loads(line)["text"] for line in (tmp_path / "out" / "articles.jsonl").open()]
    assert sorted(texts, key=str) == sorted([None, FERRY.text], key=str)
    assert datasets.rehydrate(tmp_path / "out", [articles]).missing == ()
    assert data(tmp_path / "out") == data(tmp_path / "whole")


def test_another_text_is_never_taken_for_the_article(project, articles, tmp_path):
    datasets.export(project, "jsonl", tmp_path / "out", WITHOUT)
    (articles / "0.jsonl").write_text(json.dumps({"text": BRIDGE.text + " "}), encoding="utf-8")
    (missing,) = datasets.rehydrate(tmp_path / "out", [articles]).missing
    assert BRIDGE.id in missing


def test_a_dataset_that_was_changed_is_refused_and_stays(project, articles, tmp_path):
    datasets.export(project, "jsonl", tmp_path / "out", WITHOUT)
    claims = tmp_path / "out" / "claims.jsonl"
    changed = claims.read_text(encoding="utf-8").replace('"start": 0', '"start": 1')
    claims.write_text(changed, encoding="utf-8")
    with pytest.raises(DatasetError, match=r"claims.jsonl: changed after it was written"):
        datasets.rehydrate(tmp_path / "out", [articles])
    claims.unlink()
    with pytest.raises(DatasetError, match=r"claims.jsonl: No such file"):
        datasets.rehydrate(tmp_path / "out", [articles])
    assert changed.count("Le pont est sûr") == 0


def test_a_claim_says_where_the_words_of_its_attribution_are(project):
    from annotator.datasets.dataset import Dataset

    (told,) = (
        claim["attribution"]
        for claim in Dataset(project, WITHOUT).claims()
        if claim["attribution"] and not claim["superseded"]
    )
    said = NEW.attributions[0]
    assert told["spans"] == {"content": said.content, "cue": said.cue, "source": said.source}
    assert (told["cue"], told["source"]) == (None, None)


def remade(folder, name, change):
    """Change a file of an export, and its checksum with it."""
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    write_sums(folder, [one for one in files_in(folder) if one != "SHA256SUMS"])


@pytest.mark.parametrize("name", formats())
def test_junk_under_good_checksums_is_one_line(project, articles, tmp_path, name):
    datasets.export(project, name, tmp_path / "out", WITHOUT)
    pattern = next(iter(datasets.FORMATS[name].refill))
    names = [one for one in files_in(tmp_path / "out") if one != "LOSSES.txt"]
    file = next(one for one in names if (tmp_path / "out" / one).match(pattern))
    remade(tmp_path / "out", file, lambda data: b"{\xff" + data[5:-5])
    before = {one: (tmp_path / "out" / one).read_bytes() for one in files_in(tmp_path / "out")}
    with pytest.raises(DatasetError, match="not a file that annotator wrote"):
        datasets.rehydrate(tmp_path / "out", [articles])
    assert before == {
        one: (tmp_path / "out" / one).read_bytes() for one in files_in(tmp_path / "out")
    }


@pytest.mark.parametrize("name", ["brat", "tei"])
def test_files_of_ones_own_stay_and_do_not_become_part_of_the_dataset(
    project, articles, tmp_path, name
):
    datasets.export(project, name, tmp_path / "out", WITHOUT)
    (tmp_path / "out" / "mine.txt").write_bytes(b"\xe9")
    (tmp_path / "out" / "own").mkdir()
    (tmp_path / "out" / "own" / "x.xml").write_bytes(b"<")
    (tmp_path / "out" / "link").symlink_to("nowhere")
    datasets.rehydrate(tmp_path / "out", [articles])
    assert (tmp_path / "out" / "mine.txt").read_bytes() == b"\xe9"
    assert (tmp_path / "out" / "own" / "x.xml").read_bytes() == b"<"
    assert (tmp_path / "out" / "link").is_symlink()
    assert not {"mine.txt", "own/x.xml", "link"} & listed(tmp_path / "out").keys()


def one_article(folder, text, note=None):
    """Give a project of one article that is one claim, and the article's file."""
    article = Article(text)
    claim = Claim(claim_id(article.id, 0, len(text), False), 0, len(text), 0, "narrator")
    segments = (Segment(0, len(text), "sentence"),)
    tagging = Tagging(article.id, "hi", None, "1", segments, (), (claim,))
    source = folder / "article.jsonl"
    source.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    project = open_project(folder / "one.db")
    project.add([(article, tagging)], "Ada")
    judge(project, "Ada", claim.id, answer("verified", note=note))
    return project, source


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize(
    "text",
    [
        "'=BBC claimed it all.",
        "Files show ███ paid 🟦.",
        "██ █",
        "अधिकारियों ने कहा कि पुल बंद है।",
        "'tis",
    ],
)
def test_texts_that_look_like_what_stands_for_them(tmp_path, name, text):
    project, source = one_article(tmp_path, text, "begins: here")
    with project:
        datasets.export(project, name, tmp_path / "whole")
        datasets.export(project, name, tmp_path / "out", Choice(text=False, quoted=2))
    datasets.rehydrate(tmp_path / "out", [source])
    assert data(tmp_path / "out") == data(tmp_path / "whole")
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert "had been left out and was put back" in card
