"""Speakers, likenesses and totals, and reading one tagging among many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.model import Attribution, Tagging, claim_id, digest
from annotator.review.session import Session
from annotator.store import ClaimFilter, Project, Speaker, Totals, alike, open_project

from .conftest import HARBOUR, lines, made, tag, verdict


def said_by(text: str, speaker: str | None, kind: str | None = None) -> Tagging:
    """The tagging of a text with another speaker."""
    tagging = tag(text)
    said = [replace(one, speaker=speaker, speaker_type=kind) for one in tagging.attributions]
    return replace(tagging, attributions=tuple(said), tagger="9")


def test_speakers_by_how_much_they_say(project: Project):
    texts = [f"« Mot {n} », dit-il." for n in range(4)]
    for text, name, kind in zip(
        texts,
        ["Éva Dral", "Éva Dral", "Éva Dral", None],
        ["person", "person", None, None],
        strict=True,
    ):
        project.add([(made(text)[0], said_by(text, name, kind))], "ana")
    assert project.finder.speakers("ana") == [
        Speaker("Éva Dral", "person", 3, 3),
        Speaker("Ana Brovic", None, 1, 1),
    ]
    assert [one.name for one in project.finder.speakers("ana", "dra")] == ["Éva Dral"]
    assert project.finder.speakers("ana", "ral") == []
    assert len(project.finder.speakers("ana", limit=1)) == 1


def test_an_article_counts_once_for_a_name_of_two_types(project: Project):
    text = "« Un » et « Deux »"
    first, second = ((2, 4),), ((12, 16),)
    both = tag(text)
    attributions = (
        Attribution(first, "direct", speaker="Le Phare", speaker_type="outlet"),
        Attribution(second, "direct", speaker="Le Phare", speaker_type="organisation"),
    )
    (claim,) = [one for one in both.claims if one.attributions]
    identity = claim_id(both.article_id, *second[0], True)
    other = replace(claim, id=identity, start=12, end=16, attributions=(1,))
    project.add(
        [(made(text)[0], replace(both, attributions=attributions, claims=(claim, other)))], "ana"
    )
    assert [one[2:] for one in project.finder.speakers("ana", "phare")] == [(2, 1)]


def test_what_a_speaker_says_page_by_page(project: Project):
    texts = [f"« Mot {n} », dit-elle." for n in range(7)]
    project.add([made(text, title=f"Numéro {n}") for n, text in enumerate(texts)], "ana")
    whole = project.finder.speaker_claims("ana", "Ana Brovic")
    assert [one.text for one in whole] == ["Le chenal est sûr", *(f"Mot {n}" for n in range(7))]
    assert whole[3].title == "Numéro 2" and whole[3].voice == "direct"
    assert project.claim(whole[3].claim_id).article_id == whole[3].article_id
    pages = []
    while page := project.finder.speaker_claims(
        "ana", "Ana Brovic", pages[-1] if pages else None, 3
    ):
        pages += page
    assert pages == whole
    assert project.finder.speaker_claims("ana", "Ana") == [], "the exact name"


def test_a_new_tagging_changes_who_speaks(project: Project):
    project.add_tagging(said_by(HARBOUR, "Éva Dral"), "ana")
    assert [one.name for one in project.finder.speakers("ana")] == ["Éva Dral"]
    assert project.finder.speaker_claims("ana", "Ana Brovic") == []
    project.add_tagging(tag(HARBOUR), "ana")
    assert [one.name for one in project.finder.speakers("ana")] == ["Ana Brovic"]
    assert project.check() == []


def test_speakers_are_those_that_a_reviewer_corrected_for_themselves(project: Project):
    project.add([(made("« Un », dit-il.")[0], said_by("« Un », dit-il.", "Éva Dral"))], "ana")
    (said,) = project.tagging(digest(HARBOUR)).attributions
    Session(project, "ana").correct_speaker(digest(HARBOUR), said, "Éva Dral", "person")
    assert project.finder.speakers("ana") == [Speaker("Éva Dral", "person", 2, 2)]
    assert project.finder.speakers("ana", "dra", limit=1)[0].claims == 2
    assert [one.text for one in project.finder.speaker_claims("ana", "Éva Dral")] == [
        "Le chenal est sûr",
        "Un",
    ]
    assert project.finder.speaker_claims("ana", "Ana Brovic") == []
    assert [one.name for one in project.finder.speakers("ben")] == ["Ana Brovic", "Éva Dral"]
    assert len(project.finder.speaker_claims("ben", "Ana Brovic")) == 1
    before = project.finder.speakers("ana")
    project.rebuild()
    assert project.finder.speakers("ana") == before and project.check() == []
    said = Session(project, "ana").tagging(digest(HARBOUR)).attributions[0]
    Session(project, "ana").correct_speaker(digest(HARBOUR), said, "Luc Nouveau")
    assert project.finder.speakers("ana", "nouv") == [Speaker("Luc Nouveau", None, 1, 1)]
    Session(project, "ana").correct_speaker(
        digest(HARBOUR), Session(project, "ana").tagging(digest(HARBOUR)).attributions[0], None
    )
    assert [one.name for one in project.finder.speakers("ana")] == ["Éva Dral"]
    project.undo("ana")
    project.undo("ana")
    project.undo("ana")
    assert project.finder.speakers("ana") == project.finder.speakers("ben")


def test_a_corrected_voice_counts_for_the_one_who_corrected_it(project: Project):
    (said,) = project.tagging(digest(HARBOUR)).attributions
    Session(project, "ana").correct_kind(digest(HARBOUR), said, "mixed")
    mixed, direct = ClaimFilter(voice="mixed"), ClaimFilter(voice="direct", words="chenal")
    assert project.finder.count("ana", mixed) == 1 and project.finder.count("ana", direct) == 0
    assert project.finder.count("ben", mixed) == 0 and project.finder.count("ben", direct) == 1
    (found,) = project.finder.speaker_claims("ana", "Ana Brovic")
    assert found.voice == "mixed"
    assert project.check() == []


@pytest.fixture
def repeated(project: Project) -> list[tuple[str, str]]:
    """(claim id, text) of the same words in four articles."""
    texts = [f"Le pont de Verlac a cédé {sign}\nSuite {n}." for n, sign in enumerate(".!?…")]
    project.add([made(text) for text in texts], "ana")
    rows = [row for row in project.claims() if "pont" in row.text]
    return [(row.claim.id, row.text) for row in rows]


def test_the_same_words_labelled_otherwise(project: Project, repeated: list[tuple[str, str]]):
    here, second, third, fourth = repeated
    project.append("ana", "judge", second[0], verdict("disputed"))
    project.append("ana", "judge", third[0], verdict("verified"))
    project.append("ana", "judge", fourth[0], {"unsure": True})
    ask = project.finder.labelled_otherwise
    assert [one.claim_id for one in ask("ana", *here)] == [second[0], third[0]]
    project.append("ana", "judge", here[0], verdict("verified"))
    (found,) = ask("ana", *here)
    assert (found.claim_id, found.reviewer) == (second[0], "ana")
    assert found.labels == {"veracity": ("disputed",)}
    assert project.claim(second[0]).article_id == found.article_id
    project.append("ana", "judge", second[0], {})
    assert ask("ana", *here) == []


def test_colleagues_answers_are_no_hint_before_ones_own(
    project: Project, repeated: list[tuple[str, str]]
):
    here, second, *_ = repeated
    project.append("ben", "judge", second[0], verdict("disputed"))
    project.append("ana", "judge", here[0], verdict("verified"))
    ask = project.finder.labelled_otherwise
    assert ask("ana", *here) == []
    project.append("ana", "judge", second[0], verdict("verified"))
    assert [one.reviewer for one in ask("ana", *here)] == ["ben"]
    project.append("ana", "judge", second[0], {})
    assert ask("ana", *here) == []
    project.set_blind("lead", False)
    assert [one.reviewer for one in ask("ana", *here)] == ["ben"]


def test_clashes_are_told_for_the_whole_project(project: Project, repeated: list[tuple[str, str]]):
    first, second, third, fourth = (claim for claim, _ in repeated)
    clashes = lambda name: list(project.finder.clashes(name))  # noqa: E731
    project.append("ana", "judge", first, verdict("verified"))
    project.append("ben", "judge", first, verdict("disputed"))
    assert clashes("lead") == [], "on one claim that is a disagreement"
    project.append("ana", "judge", second, verdict("verified"))
    project.append("ana", "judge", fourth, {"labels": {"rhetoric": ["sarcasm"]}})
    (clash,) = clashes("lead")
    assert clash.text == repeated[0][1]
    assert [(one.claim_id, one.reviewer) for one in clash.judgements] == [
        (first, "ana"), (first, "ben"), (second, "ana")
    ]  # fmt: skip
    assert clashes("ben") == [], "ben has not judged the second"
    project.append("ben", "judge", third, verdict("verified"))
    (own,) = clashes("ben")
    assert [(one.claim_id, one.reviewer) for one in own.judgements] == [
        (first, "ana"), (first, "ben"), (third, "ben")
    ]  # fmt: skip
    assert len(clashes("ana")) == 1
    project.append("ben", "judge", first, {})
    assert clashes("ana") == [] == clashes("lead")


def test_clashes_beyond_one_page(project: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(alike, "BATCH", 2)
    for letter in "ab":
        project.add([made(lines(5, f"la suite\nfin {letter} {letter}"))], "ana")
    for number, row in enumerate(list(project.claims())):
        label = "verified" if number < 13 else "disputed"
        project.append("ana", "judge", row.claim.id, verdict(label))
    found = list(project.finder.clashes("ana"))
    assert len({one.text for one in found}) == len(found) == 5


def test_few_words_say_nothing(project: Project):
    texts = ["Oui, certes.\nUn.", "Oui, certes !\nDeux."]
    project.add([made(text) for text in texts], "ana")
    one, other = (row for row in project.claims() if "certes" in row.text)
    project.append("ana", "judge", one.claim.id, verdict("disputed"))
    assert project.finder.labelled_otherwise("ana", other.claim.id, other.text) == []


def test_totals(project: Project):
    assert project.finder.totals("ana") == Totals(1, 3, 0)
    project.add([made(lines(4, "la suite"))], "ana")
    for row in list(project.claims())[2:5]:
        project.append("ana", "judge", row.claim.id, verdict("verified"))
    project.undo("ana")
    assert project.finder.totals("ana") == Totals(2, 7, 2)
    assert project.finder.totals("ben") == Totals(2, 7, 0)


def test_nothing_is_found_in_an_empty_project(path: Path):
    with open_project(path) as project:
        assert project.finder.totals("ana") == Totals(0, 0, 0)
        assert project.finder.search("ana", ClaimFilter(words="port")) == []
        assert project.finder.speakers("ana") == []


def test_the_current_tagging_and_claims_of_an_older_one(project: Project):
    older = tag(HARBOUR)
    newer = tag(HARBOUR, tagger="2", cut=5)
    project.add_tagging(newer, "ana")
    assert project.tagging(digest(HARBOUR)) == newer == project.taggings(digest(HARBOUR))[-1]
    gone = next(one for one in older.claims if one.id not in {each.id for each in newer.claims})
    row = project.claim(gone.id)
    assert (row.claim, row.superseded, row.corrected) == (gone, True, False)
    assert row.position == older.claims.index(gone)
    assert not project.claim(newer.claims[0].id).superseded
