from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotator.model import Judgement, digest
from annotator.store import ArticleRow, Project, judgement_to_body, open_project
from annotator.store.catalogue import fold_text

from .conftest import HARBOUR, lines, made, verdict


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project of a few thousand articles, which no test changes."""
    batch = [
        made(lines(3, f"l'article {n}"), title=f"Numéro {n}", outlet="Gazette" if n % 2 else "Écho")
        for n in range(2000)
    ]
    with open_project(tmp_path_factory.mktemp("many") / "project.db") as project:
        project.add([made(HARBOUR, title="Réouverture", outlet="L'Écho de Verlac"), *batch], "ana")
        yield project


def test_a_line_of_the_list(project: Project):
    first, quoted, last = project.claims(digest(HARBOUR))
    project.append("ana", "judge", first.claim.id, verdict("verified"))
    begun = Judgement(labels={"rhetoric": ("sarcasm",)})
    project.append("ana", "judge", quoted.claim.id, judgement_to_body(begun))
    project.append("ben", "judge", last.claim.id, verdict("verified"))
    expected = ArticleRow(
        digest(HARBOUR), "Réouverture", "L'Écho de Verlac", "fr", None, claims=3, judged=1, begun=1
    )
    assert project.page("ana", 0, 10) == [expected]
    assert project.count("ana") == 1


def test_claims_off_the_walk_do_not_count_as_progress(project: Project):
    off = [row for row in project.claims(digest(HARBOUR), walk_only=False) if not row.claim.walk]
    assert len(off) == 2
    for row in off:
        project.append("ana", "judge", row.claim.id, verdict("verified"))
    assert project.page("ana", 0, 1)[0].judged == 0


def test_without_a_title_the_first_words_are_shown_and_found(project: Project):
    project.add([made("\n  Un début   de texte.\nLa suite.")], "ana")
    assert project.page("ana", 0, 1, "debut de")[0].title == "Un début de texte."


def test_pages_follow_on_one_another(many: Project):
    whole = many.page("ana", 0, 5000)
    assert len(whole) == many.count("ana") == 2001
    pieces = [row for offset in range(0, 2100, 300) for row in many.page("ana", offset, 300)]
    assert pieces == whole
    assert many.page("ana", 2001, 10) == []


@pytest.mark.parametrize(
    "query", ["", "gazette", "NUMERO 19", "écho", "rien de tel", "%", "l'echo"]
)
def test_filter_position_and_neighbours_agree_with_the_list(many: Project, query: str):
    everything = [(row.id, f"{row.title}\n{row.outlet}") for row in many.page("ana", 0, 5000)]
    expected = [one for one, words in everything if fold_text(query) in fold_text(words)]
    found = [row.id for row in many.page("ana", 0, 5000, query)]
    assert found == expected
    assert many.count("ana", query) == len(expected)
    assert [row.id for row in many.page("ana", 7, 5, query)] == expected[7:12]
    for place in {0, 1, len(expected) // 2, len(expected) - 1} & set(range(len(expected))):
        one = expected[place]
        assert many.position(one, query) == place
        for step in (1, -1, 3, -3):
            there = place + step
            beside = expected[there] if 0 <= there < len(expected) else None
            assert many.neighbour(one, step, query) == beside
        near = expected[max(0, place - 3) : place + 4] if query else None
        assert around(many, one, query) == near
    assert many.position("0" * 32, query) is None
    assert many.neighbour("0" * 32, 1, query) is None
    assert around(many, "0" * 32, query) == (expected[:4] if query else None)


def around(project: Project, article_id: str, query: str) -> list[str] | None:
    found = project.around("ana", article_id, 3, query)
    return None if found is None else [row.id for row in found]


def test_text_is_folded_for_searching():
    assert fold_text("Où est l’Œuvre de Qaïda ?") == "ou est l'oeuvre de qaida ?"
