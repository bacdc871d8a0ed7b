from __future__ import annotations

import pytest

from annotator.errors import StoreError
from annotator.model import About, Article, digest
from annotator.store import Project

from .conftest import HARBOUR, lines, made, tag, verdict


def test_an_article_comes_back_as_it_went_in(project: Project):
    identity = digest(HARBOUR)
    assert project.article(identity).text == HARBOUR
    assert project.article(identity).about == About(title="Réouverture", outlet="L'Écho de Verlac")
    assert project.tagging(identity) == tag(HARBOUR)


@pytest.mark.parametrize("text", ["a\0b", "👩‍👩‍👧 é\r\n\t", "«\u202fnon\u202f»", "\ufeffx"])
def test_any_text_is_kept_exactly(project: Project, text: str):
    project.add([made(text)], "ana")
    assert project.article(digest(text)).text == text
    assert project.tagging(digest(text)) == tag(text)


def test_what_is_there_already_is_left_alone(project: Project):
    before = list(project.events())
    known, new = made(HARBOUR, title="Un autre titre"), made("Une phrase.")
    assert project.add([known, new, new], "ben") == 1
    assert project.article(digest(HARBOUR)).about.title == "Réouverture"
    added = list(project.events())[len(before) :]
    assert [(event.actor, event.kind, event.target) for event in added] == [
        ("ben", "meta", digest("Une phrase."))
    ]


def test_an_article_is_in_whole_or_not_at_all(project: Project):
    broken = (Article("Une phrase."), tag("Une autre."))
    with pytest.raises(ValueError, match="another article"):
        project.add([made("Avant."), broken], "ana")
    assert project.known([digest("Avant."), digest("Une phrase.")]) == set()
    assert project.count("ana") == 1
    assert project.check() == []


def test_the_first_thing_said_about_an_article_is_shown(project: Project):
    identity = digest(HARBOUR)
    project.append("ben", "meta", identity, {"title": "Plus tard"})
    assert project.article(identity).about.title == "Réouverture"


def test_known_and_ids(project: Project):
    texts = [f"Texte {number}." for number in range(700)]
    project.add([made(text) for text in texts], "ana")
    ids = sorted(digest(text) for text in (*texts, HARBOUR))
    assert list(project.article_ids()) == ids
    assert project.known([*ids, "0" * 32]) == set(ids)


def test_a_missing_article_is_a_clear_error(project: Project):
    for read in (project.article, project.tagging, project.taggings):
        with pytest.raises(StoreError, match="no article 000"):
            read("0" * 32)


def test_a_newer_tagging_becomes_current_and_the_old_one_stays(project: Project):
    identity = digest(HARBOUR)
    old, new = tag(HARBOUR), tag(HARBOUR, tagger="2", cut=9)
    assert project.add_tagging(new, "ana")
    assert not project.add_tagging(new, "ana")
    assert project.tagging(identity) == new
    assert project.taggings(identity) == [old, new]
    assert project.add_tagging(old, "ana")
    assert project.tagging(identity) == old
    assert [event.kind for event in project.events(target=identity)] == ["meta", "retag", "retag"]
    assert project.check() == []


def test_a_tagging_needs_its_article(project: Project):
    with pytest.raises(StoreError, match="no article"):
        project.add_tagging(tag("Inconnu."), "ana")


def test_a_retag_that_names_nothing_here_changes_nothing(project: Project):
    identity = digest(HARBOUR)
    project.append("ben", "retag", identity, {"tagging": "f" * 32})
    project.append("ben", "retag", identity, {"else": 1})
    assert project.tagging(identity) == tag(HARBOUR)
    assert project.check() == []


def test_judgements_on_claims_that_a_new_tagging_lacks_stay_reachable(project: Project):
    identity = digest(HARBOUR)
    old = project.tagging(identity).claims[0]
    quoted = project.tagging(identity).claims[1]
    for claim in (old, quoted):
        project.append("ana", "judge", claim.id, verdict("disputed"))
    assert project.page("ana", 0, 1)[0].judged == 2
    project.add_tagging(tag(HARBOUR, tagger="2", cut=9), "ana")
    row = project.claim(old.id)
    assert row and row.superseded and row.text == "Le port de Verlac rouvre"
    again = project.claim(quoted.id)
    assert again and not again.superseded
    assert set(project.judgements(identity, "ana")) == {old.id, quoted.id}
    assert project.page("ana", 0, 1)[0].judged == 1
    assert project.check() == []


def test_a_long_import_goes_in_short_transactions(project: Project):
    before = project.version()
    assert project.add([made(lines(400, f"l'article {n}")) for n in range(60)], "ana") == 60
    assert project.version() - before > 2
    assert project.count("ana") == 61
