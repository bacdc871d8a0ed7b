"""What full-text search finds, in what order, and that the index follows articles and log."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import Article, Claim, Tagging, claim_id, digest
from annotator.store import ClaimFilter, Match, Project, open_project
from annotator.store.words import words

from .conftest import HARBOUR, lines, made, tag, verdict

SENTENCES = [
    "Le chenal est sûr",
    "« L’État cède »",
    "Selon Éva Brovic",
    "L'œuvre d'Al-Qaïda",
    "Etc",
]
texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("\n".join)
corpora = st.lists(texts, min_size=1, max_size=4, unique=True)
SEARCHED = ["le", "etat", "eva brovic", "oeuvre", "qaida", "l", '"l etat"', "chen", "et", "etc"]


def search(
    project: Project, text: str, reviewer: str = "ana", limit: int = 50, after: Match | None = None
) -> list[Match]:
    return project.finder.search(reviewer, ClaimFilter(words=text), limit, after)


def count(project: Project, text: str, most: int = 1000) -> int:
    return project.finder.count("ana", ClaimFilter(words=text), most)


def found(project: Project, text: str, reviewer: str = "ana") -> list[str]:
    return [match.text for match in search(project, text, reviewer)]


def naive(texts: list[str], query: str) -> list[tuple[str, str]]:
    """(article id, line) of the lines that have all words of a query, the last as a beginning."""
    places = []
    phrase = query.startswith('"')
    for text in texts:
        for line in text.split("\n"):
            *whole, last = words(query)
            here = words(line)
            begins = any(word.startswith(last) for word in here if len(last) > 2 or word == last)
            good = begins and set(whole) <= set(here)
            if phrase:
                good = f" {' '.join(words(query))} " in f" {' '.join(here)} "
            if good:
                places.append((digest(text), line))
    return places


@settings(max_examples=40, deadline=None)
@given(corpus=corpora, query=st.sampled_from(SEARCHED))
def test_every_sentence_with_the_words_is_found(empty_file: Path, corpus: list[str], query: str):
    with tempfile.TemporaryDirectory() as folder:
        path = shutil.copy(empty_file, Path(folder) / "project.db")
        with open_project(path) as project:
            project.add([made(text) for text in corpus], "ana")
            expected = naive(corpus, query)
            matches = search(project, query, limit=100)
            assert [(match.article_id, match.text) for match in matches] == expected
            assert count(project, query) == len(expected)
            assert count(project, query, most=2) == min(2, len(expected))
            assert all(match.hits for match in matches)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=30))
def test_nothing_that_is_typed_is_an_error(searched: Project, text: str):
    project = searched
    assert len(search(project, text, limit=1000)) == count(project, text)


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
    for match in search(searched, text) if words(text) else ():
        assert set(words(text)[:-1]) <= set(words(match.text))


def test_pages_follow_on_one_another(searched: Project):
    whole = search(searched, "phrase", limit=1000)
    assert len(whole) == count(searched, "phrase") == 270
    pages: list[Match] = []
    while page := search(searched, "phrase", "ana", 37, pages[-1] if pages else None):
        pages += page
    assert pages == whole


def test_a_match_names_the_nearest_claim_of_the_walk(project: Project):
    _, quoted, narrated = (row.claim.id for row in project.claims())
    (inside,) = search(project, "chenal")
    assert (inside.claim_id, inside.text) == (quoted, HARBOUR.split("\n")[1])
    assert (inside.speaker, inside.voice) == ("Ana Brovic", "direct")
    assert inside.title == "Réouverture"
    assert [inside.text[start:end] for start, end in inside.hits] == ["chenal"]
    assert inside.claim is not None and inside.text[slice(*inside.claim)] == "Le chenal est sûr"
    (outside,) = search(project, "declare")
    assert outside.claim_id == quoted, "the narrator's claim there is off the walk"
    (byline,) = search(project, "temperel")
    assert (byline.claim_id, byline.text) == (narrated, "Par Luc Temperel")
    assert byline.claim is None, "it stands elsewhere"
    project.add([made("Par Éva Dral")], "ana")
    assert search(project, "dral") == [], "an article without claims"


def test_the_index_follows_a_new_tagging_and_its_withdrawal(project: Project):
    before = found(project, "chenal sur")
    text = HARBOUR.replace("\n", " ")
    whole = tag(text, tagger="2")
    identity = claim_id(digest(HARBOUR), 0, len(HARBOUR), False)
    claim = Claim(identity, 0, len(HARBOUR), 0, "narrator")
    moved = Tagging(digest(HARBOUR), "fr", None, "2", whole.segments, (), (claim,))
    project.add_tagging(moved, "ana")
    assert found(project, "chenal attendre") == [HARBOUR]
    project.add_tagging(tag(HARBOUR), "ana")
    assert found(project, "chenal sur") == before
    assert found(project, "chenal attendre") == []
    assert project.check() == []


def test_a_rebuilt_index_is_the_same(project: Project):
    claim = next(project.claims()).claim.id
    project.append("ana", "flag", claim, {"note": "à revoir"})
    before = search(project, "revoir port")
    project.rebuild()
    assert search(project, "revoir port") == before
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


def test_notes_are_found_while_they_hold_where_their_claims_are(project: Project):
    headline, quoted, last = (row.claim.id for row in project.claims())
    project.append("ana", "judge", last, verdict("verified") | {"note": "Chenal dragué"})
    project.append("ana", "flag", headline, {"note": "chenal ?"})
    project.append("ana", "flag", quoted, {"note": "le chenal, encore"})
    everything = search(project, "chenal")
    assert [(one.text, one.claim_id, one.author) for one in everything] == [
        ("chenal ?", headline, "ana"),
        ("« Le chenal est sûr », a déclaré Ana Brovic.", quoted, None),
        ("Chenal dragué", last, "ana"),
    ]
    assert [one.text[a:b] for one in everything for a, b in one.hits] == [
        "chenal", "chenal", "Chenal",
    ]  # fmt: skip
    pages = [search(project, "chenal", "ana", 1, one)[0] for one in everything[:2]]
    assert pages == everything[1:]
    project.append("ana", "judge", last, verdict("verified") | {"note": "vu"})
    project.undo("ana")
    project.append("ana", "flag", headline, {})
    assert found(project, "chenal")[-1] == "Chenal dragué"
    project.append("ana", "judge", last, {})
    assert len(found(project, "chenal")) == 1


def test_of_several_notes_on_a_claim_the_newest_is_shown(project: Project):
    claim = next(project.claims()).claim.id
    project.append("ana", "flag", claim, {"note": "quai, ancien"})
    project.append("ana", "judge", claim, verdict("verified") | {"note": "quai, nouveau"})
    assert found(project, "quai") == ["quai, nouveau"]


def test_a_note_on_a_claim_off_the_walk_is_found(project: Project):
    aside = next(row.claim.id for row in project.claims(walk_only=False) if not row.claim.walk)
    project.append("ana", "judge", aside, {"note": "digue"})
    (one,) = search(project, "digue")
    assert one.claim_id == aside
    wanted = ClaimFilter(words="digue")
    assert project.finder.next_match("ana", wanted, one.article_id, None) == (
        one.article_id,
        aside,
    )


def test_words_and_the_rest_of_a_filter_must_hold_together(project: Project):
    headline, quoted, last = (row.claim.id for row in project.claims())
    project.append("ana", "judge", last, verdict("verified") | {"note": "le port"})
    both = ClaimFilter(words="port", labels=("verified",))
    assert [one.claim_id for one in project.finder.search("ana", both)] == [last]
    by_voice = ClaimFilter(words="port", voice="narrator")
    assert [one.claim_id for one in project.finder.search("ana", by_voice)] == [headline, last]
    (whole,) = project.finder.search("ana", ClaimFilter(voice="direct"))
    assert (whole.claim_id, whole.text, whole.hits) == (quoted, "Le chenal est sûr", ())
    assert whole.claim == (0, len("Le chenal est sûr"))


def test_colleagues_notes_are_found_where_one_may_see_them(project: Project):
    first, second, _ = (row.claim.id for row in project.claims())
    project.append("ben", "judge", first, verdict("verified") | {"note": "douteux"})
    project.append("ben", "judge", second, verdict("verified") | {"note": "douteux aussi"})
    project.append("lea", "decide", second, verdict("verified") | {"reason": "douteux enfin"})
    assert found(project, "douteux", "lead") == ["douteux", "douteux enfin"]
    assert found(project, "douteux aussi", "lead") == ["douteux aussi"]
    project.append("ana", "judge", first, verdict("disputed"))
    assert found(project, "douteux", "ana") == ["douteux"]
    project.append("ana", "judge", second, {"labels": {"rhetoric": ["sarcasm"]}})
    assert found(project, "douteux", "ana") == ["douteux"], "begun is not finished"
    project.set_blind("lead", False)
    assert len(found(project, "douteux", "ana")) == 2
