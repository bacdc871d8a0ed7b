"""The list of articles in the order in which somebody works, and what is hidden from them."""

from __future__ import annotations

import pytest

from annotator.errors import UsageError
from annotator.model import Article, Working, digest
from annotator.store import ClaimFilter, Project, open_project

from .conftest import HARBOUR, made, verdict

DATES = ["2026-03-01", None, "2026-01-09", "2026-03-01", "2025-12-31"]
TEXTS = [f"Phrase {n} du quai.\nSuite." for n in range(len(DATES))]
NAMES = ["Quai", "Rade", "Môle", "Quai bis", "Digue"]


@pytest.fixture
def dated(path) -> Project:
    with open_project(path) as project:
        articles = zip(TEXTS, DATES, NAMES, strict=True)
        project.add([about(*one) for one in articles], "ana")
        yield project


def about(text: str, date: str | None, name: str):
    known = {"title": name, "outlet": "La Vigie", "author": "Luc Temperel"}
    return made(text, **known, **({"date": date} if date else {}))


def order(project: Project, who: str, wanted: str, query: str = "") -> list[int]:
    """Which of the texts stand where in the list."""
    project.work_as(who, Working(wanted))
    rows = project.page(who, 0, 10, query)
    places = {digest(text): n for n, text in enumerate(TEXTS)}
    return [places[row.id] for row in rows]


def test_by_date_those_without_one_last(dated: Project):
    assert order(dated, "ana", "corpus") == [0, 1, 2, 3, 4]
    assert order(dated, "ana", "oldest") == [4, 2, 0, 3, 1]
    assert order(dated, "ana", "newest") == [0, 3, 2, 4, 1]
    assert order(dated, "ana", "newest", "quai") == [0, 3]
    assert order(dated, "ana", "newest", "quai lang:fr") == [0, 3]
    assert order(dated, "ana", "oldest", "is:unseen") == [4, 2, 0, 3, 1]


def test_shuffled_for_each_in_another_way_but_always_the_same(dated: Project):
    orders = {who: order(dated, who, "shuffled") for who in ("ana", "ben", "cy", "dee")}
    assert all(sorted(one) == [0, 1, 2, 3, 4] for one in orders.values())
    assert len({tuple(one) for one in orders.values()}) > 1
    assert order(dated, "ana", "shuffled") == orders["ana"]


@pytest.mark.parametrize("wanted", ["corpus", "oldest", "newest", "shuffled"])
@pytest.mark.parametrize("query", ["", "quai", "lang:fr"])
def test_places_and_neighbours_agree_with_the_list(dated: Project, wanted: str, query: str):
    dated.work_as("ana", Working(wanted))
    listed = [row.id for row in dated.page("ana", 0, 10, query)]
    assert dated.count("ana", query) == len(listed)
    assert [row.id for row in dated.page("ana", 1, 1, query)] == listed[1:2]
    for place, one in enumerate(listed):
        assert dated.position(one, query, "ana") == place
        for step in (-2, -1, 1, 2):
            there = place + step
            beside = listed[there] if 0 <= there < len(listed) else None
            assert dated.neighbour(one, step, query, "ana") == beside
    assert dated.position("0" * 32, query, "ana") is None
    assert dated.neighbour("0" * 32, 1, query, "ana") is None


def test_an_article_that_is_filtered_out_stands_between_two(dated: Project):
    dated.work_as("ana", Working("oldest"))
    middle = digest(TEXTS[2])
    assert dated.position(middle, "quai", "ana") is None
    assert dated.neighbour(middle, 1, "quai", "ana") == digest(TEXTS[0])
    assert dated.neighbour(middle, -1, "quai", "ana") is None


@pytest.mark.parametrize("wanted", ["corpus", "oldest", "newest", "shuffled"])
def test_unseen_claims_come_in_the_same_order(dated: Project, wanted: str):
    dated.work_as("ana", Working(wanted))
    listed = [row.id for row in dated.page("ana", 0, 10)]
    dated.append("ana", "judge", next(dated.claims(listed[2])).claim.id, verdict("verified"))
    place, met = (listed[0], None), []
    while place := dated.next_unseen("ana", *place):
        met.append(place[0])
    assert list(dict.fromkeys(met)) == listed and met.count(listed[2]) == 1
    place, met = (listed[-1], None), []
    while place := dated.next_unseen("ana", *place, -1):
        met.append(place[0])
    assert list(dict.fromkeys(met)) == listed[::-1]


def test_what_comes_later_finds_its_place(dated: Project):
    assert order(dated, "ana", "oldest")[0] == 4
    new = about("Un texte de plus.", "2020-01-01", "Phare")
    dated.add([new], "ben")
    assert dated.page("ana", 0, 1)[0].title == "Phare"
    with open_project(dated.path) as other:
        other.add([about("Encore un.", "2019-01-01", "Feu")], "ben")
    assert dated.page("ana", 0, 1)[0].title == "Feu"


def test_a_hidden_outlet_is_not_found(dated: Project):
    assert dated.count("ana", "vigie") == dated.count("ana", "temperel") == 5
    dated.work_as("ana", Working(hide_outlet=True))
    assert dated.count("ana", "vigie") == dated.count("ana", "temperel") == 0
    assert [row.title for row in dated.page("ana", 0, 9, "mole")] == ["Môle"]
    assert dated.count("ana", "rade lang:fr") == 1
    assert dated.count("ana", "vigie lang:fr") == 0
    for ask in (
        lambda: dated.count("ana", "outlet:vigie"),
        lambda: dated.finder.count("ana", ClaimFilter(outlet="vigie")),
        lambda: dated.finder.search("ana", ClaimFilter(outlet="vigie")),
    ):
        with pytest.raises(UsageError, match="outlet is hidden"):
            ask()


def test_an_article_without_anything_known_is_found_by_its_words(project: Project):
    project.add([made("Sans titre ici.\n")], "ana")
    project.work_as("ana", Working(hide_outlet=True))
    assert project.count("ana", "sans titre") == 1
    assert project.article(digest(HARBOUR)) == Article(
        HARBOUR, project.article(digest(HARBOUR)).about
    )
