"""What full-text search finds, in what order, and that the index follows articles and log."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import Article, digest
from annotator.store import Match, Project, open_project
from annotator.store.words import words

from .conftest import HARBOUR, lines, made, tag, verdict

SENTENCES = ["Le chenal est sûr", "« L’État cède »", "Par Éva Brovic", "L'œuvre d'Al-Qaïda", "Etc"]
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("\n".join)
corpora = st.lists(texts, min_size=1, max_size=4, unique=True)
SEARCHED = ["le", "etat", "eva brovic", "oeuvre", "qaida", "l", '"l etat"', "chen", "et", "etc"]


def found(project: Project, text: str, reviewer: str = "ana") -> list[str]:
    return [match.text for match in project.finder.search(reviewer, text)]


def naive(texts: list[str], query: str) -> list[tuple[str, int]]:
    """(article id, start) of the lines that have all words of a query, the last as a beginning."""
    places = []
    phrase = query.startswith('"')
    for text in texts:
        start = 0
        for line in text.split("\n"):
            *whole, last = words(query)
            here = words(line)
            begins = any(word.startswith(last) for word in here if len(last) > 2 or word == last)
            good = begins and set(whole) <= set(here)
            if phrase:
                good = f" {' '.join(words(query))} " in f" {' '.join(here)} "
            if good:
                places.append((digest(text), start))
            start += len(line) + 1
    return places


@settings(max_examples=40, deadline=None)
@given(corpus=corpora, query=st.sampled_from(SEARCHED))
def test_every_sentence_with_the_words_is_found(empty_file: Path, corpus: list[str], query: str):
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty_file, Path(folder) / "project.db")
        with open_project(path) as project:
            project.add([made(text) for text in corpus], "ana")
            expected = naive(corpus, query)
            matches = project.finder.search("ana", query, limit=100)
            assert [(match.article_id, match.start) for match in matches] == expected
            assert project.finder.count_sentences(query) == len(expected)
            assert all(match.hits for match in matches)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=30))
def test_nothing_that_is_typed_is_an_error(searched: Project, text: str):
    project = searched
    matches = project.finder.search("ana", text)
    assert len(matches) == min(project.finder.count_sentences(text), 50)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory):
    """A project that no test changes."""
    with open_project(tmp_path_factory.mktemp("searched") / "project.db") as opened:
        opened.add([made(HARBOUR), *(made(lines(30, f"l'article {n}")) for n in range(9))], "ana")
        yield opened


@pytest.mark.parametrize(
    "text", ['a" OR "b', "port*", "NEAR(a b)", "text : le", "^le", "le - port", "(", "a AND"]
)
def test_what_has_a_meaning_in_fts5_has_none_here(searched: Project, text: str):
    for match in searched.finder.search("ana", text):
        assert set(words(text)[:-1]) <= set(words(match.text))


def test_pages_follow_on_one_another(searched: Project):
    whole = searched.finder.search("ana", "phrase", limit=1000)
    assert len(whole) == searched.finder.count_sentences("phrase") == 270
    pages: list[Match] = []
    while page := searched.finder.search("ana", "phrase", 37, pages[-1] if pages else None):
        pages += page
    assert pages == whole


def test_a_match_names_the_nearest_claim_of_the_walk(project: Project):
    _, quoted, narrated = (row.claim.id for row in project.claims())
    (inside,) = project.finder.search("ana", "chenal")
    assert (inside.claim_id, inside.start) == (quoted, HARBOUR.index("«"))
    assert [inside.text[start:end] for start, end in inside.hits] == ["chenal"]
    (outside,) = project.finder.search("ana", "declare")
    assert outside.claim_id == quoted, "the narrator's claim there is off the walk"
    (byline,) = project.finder.search("ana", "temperel")
    assert byline.claim_id == narrated
    project.add([made("Par Éva Dral")], "ana")
    assert project.finder.search("ana", "dral")[0].claim_id is None


def test_the_index_follows_a_new_tagging_and_its_withdrawal(project: Project):
    before = found(project, "chenal sur")
    text = HARBOUR.replace("\n", " ")
    whole = tag(text, tagger="2")
    moved = type(whole)(digest(HARBOUR), "fr", None, "2", whole.segments, (), ())
    project.add_tagging(moved, "ana")
    assert found(project, "chenal attendre") == [HARBOUR]
    project.add_tagging(tag(HARBOUR), "ana")
    assert found(project, "chenal sur") == before
    assert found(project, "chenal attendre") == []
    assert project.check() == []


def test_a_rebuilt_index_is_the_same(project: Project):
    claim = next(project.claims()).claim.id
    project.append("ana", "flag", claim, {"note": "à revoir"})
    before = project.finder.search("ana", "revoir port")
    project.rebuild()
    assert project.finder.search("ana", "revoir port") == before
    assert project.check() == []


def test_what_a_merge_brings_is_found(project: Project, path: Path, tmp_path: Path):
    with open_project(tmp_path / "other.db") as other:
        other.add([made(HARBOUR), made("La digue tient.")], "ben")
        claim = next(other.claims()).claim.id
        other.append("ben", "judge", claim, verdict("verified") | {"note": "quai à revoir"})
    project.colleagues.merge(tmp_path / "other.db")
    assert found(project, "digue") == ["La digue tient."]
    assert found(project, "quai") == ["quai à revoir"]
    assert project.check() == []


def test_an_article_that_fails_to_come_in_leaves_nothing_behind(project: Project):
    article, tagging = made("La digue tient.")
    with pytest.raises(ValueError, match="another article"):
        project.add([(article, tagging), (Article("La digue cède."), tagging)], "ana")
    assert found(project, "digue") == []
    assert project.check() == []


def test_notes_are_found_while_they_hold_the_newest_first(project: Project):
    first, second, _ = (row.claim.id for row in project.claims())
    project.append("ana", "judge", first, verdict("verified") | {"note": "Chenal dragué"})
    project.append("ana", "flag", second, {"note": "chenal ?"})
    everything = project.finder.search("ana", "chenal")
    assert [(match.text, match.claim_id) for match in everything[:2]] == [
        ("chenal ?", second),
        ("Chenal dragué", first),
    ]
    assert [match.author for match in everything] == ["ana", "ana", None]
    assert [
        one for at in (0, 1) for one in project.finder.search("ana", "chenal", 1, everything[at])
    ] == (everything[1:])
    project.append("ana", "judge", first, verdict("verified") | {"note": "vu"})
    project.undo("ana")
    project.append("ana", "flag", second, {})
    assert found(project, "chenal")[0] == "Chenal dragué"
    project.append("ana", "judge", first, {})
    assert len(found(project, "chenal")) == 1


def test_colleagues_notes_are_found_where_one_may_see_them(project: Project):
    first, second, _ = (row.claim.id for row in project.claims())
    project.append("ben", "judge", first, verdict("verified") | {"note": "douteux"})
    project.append("ben", "judge", second, verdict("verified") | {"note": "douteux aussi"})
    project.append("lea", "decide", second, verdict("verified") | {"reason": "douteux enfin"})
    assert len(found(project, "douteux", "lead")) == 3
    project.append("ana", "judge", first, verdict("disputed"))
    assert found(project, "douteux", "ana") == ["douteux"]
    project.append("ana", "judge", second, {"labels": {"rhetoric": ["sarcasm"]}})
    assert found(project, "douteux", "ana") == ["douteux"], "begun is not finished"
    project.set_blind("lead", False)
    assert len(found(project, "douteux", "ana")) == 3
