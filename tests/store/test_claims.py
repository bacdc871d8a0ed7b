from __future__ import annotations

from annotator.model import Evidence, Judgement, digest
from annotator.store import Project, judgement_to_body

from .conftest import HARBOUR, lines, made, verdict


def test_claims_in_walk_order(project: Project):
    rows = list(project.claims(digest(HARBOUR)))
    assert [row.text for row in rows] == [
        "Le port de Verlac rouvre",
        "Le chenal est sûr",
        "Alors que la grève s'étend, la mairie a dit attendre.",
    ]
    assert [row.speaker for row in rows] == [None, "Ana Brovic", None]
    everything = list(project.claims(digest(HARBOUR), walk_only=False))
    assert [row.position for row in everything] == list(range(5))
    assert [row.segment_kind for row in everything][-1] == "byline"
    assert project.claim(rows[1].claim.id) == rows[1]
    assert project.claim("0" * 32) is None


def test_claims_of_all_articles_follow_the_list(project: Project):
    texts = [lines(2, f"l'article {n}") for n in range(600)]
    project.add([made(text) for text in texts], "ana")
    articles = list(dict.fromkeys(row.article_id for row in project.claims()))
    assert articles == [digest(text) for text in (HARBOUR, *texts)]


def _unseen(project: Project, reviewer: str, step: int) -> list[tuple[str, str]]:
    """All that one meets by going on to the next unseen claim from the first or last article."""
    start = project.page(reviewer, 0 if step > 0 else project.count(reviewer) - 1, 1)[0].id
    found = []
    place: tuple[str, str | None] = (start, None)
    while there := project.next_unseen(reviewer, *place, step):
        found.append(there)
        place = there
    return found


def test_next_unseen_visits_what_is_not_judged_and_nothing_else(project: Project):
    project.add([made(lines(4, f"l'article {n}")) for n in range(5)], "ana")
    walk = [(row.article_id, row.claim.id) for row in project.claims()]
    assert _unseen(project, "ana", 1) == walk
    judged = {*walk[3:7], walk[9], walk[-1]}  # the second article wholly
    for _, claim in judged:
        project.append("ana", "judge", claim, verdict("verified"))
    left = [one for one in walk if one not in judged]
    assert _unseen(project, "ana", 1) == left
    assert _unseen(project, "ana", -1) == left[::-1]
    assert _unseen(project, "ben", 1) == walk
    project.append("ana", "judge", walk[4][1], {})
    assert walk[4] in _unseen(project, "ana", 1)


def test_next_unseen_from_a_claim_off_the_walk(project: Project):
    everything = list(project.claims(digest(HARBOUR), walk_only=False))
    aside = next(row for row in everything if not row.claim.walk)
    after = project.next_unseen("ana", digest(HARBOUR), aside.claim.id)
    assert after == (digest(HARBOUR), everything[aside.position + 1].claim.id)
    assert project.next_unseen("ana", "0" * 32, None) is None


def test_a_judgement_comes_back_as_it_went_in(project: Project):
    claim = next(project.claims()).claim.id
    judgement = Judgement(
        labels={"veracity": ("disputed",), "rhetoric": ("partisan_framing", "sarcasm")},
        spans=(("sarcasm", (3, 8)), ("sarcasm", (9, 12))),
        unsure=True,
        framer="le maire",
        target="le port",
        note="à revoir « demain »",
        evidence=(Evidence("url", "https://example.org", "2031-02-03"), Evidence("text", "x")),
        hints_shown=("hearsay",),
        seconds=12,
        scheme="s1",
    )
    event = project.append("ana", "judge", claim, judgement_to_body(judgement))
    assert project.judgement("ana", claim) == judgement
    assert project.judgements(digest(HARBOUR), "ana") == {claim: judgement}
    row = project.all_judgements(digest(HARBOUR))[claim]["ana"]
    assert (row.judgement, row.event_id, row.at) == (judgement, event.id, event.at)
    assert project.judgement("ben", claim) is None


def test_a_withdrawn_judgement_is_none(project: Project):
    claim = next(project.claims()).claim.id
    project.append("ana", "judge", claim, verdict("verified"))
    project.append("ana", "judge", claim, {})
    assert project.judgement("ana", claim) is None
    assert project.judgements(digest(HARBOUR), "ana") == {}
    assert project.all_judgements(digest(HARBOUR)) == {}
    assert project.page("ana", 0, 1)[0].judged == 0
    assert project.reviewers() == ["ana"]


def test_the_last_decision_stands_and_says_what_it_had_not_seen(project: Project):
    claim = next(project.claims()).claim.id
    first = project.append("lea", "decide", claim, {"labels": {"veracity": ["verified"]}})
    project.append("max", "decide", claim, {"reason": "slip", "judgements": ["a" * 32]})
    (row,) = project.decisions(digest(HARBOUR)).values()
    assert (row.by, row.reason, row.judgements) == ("max", "slip", frozenset({"a" * 32}))
    assert row.contested
    project.append("max", "decide", claim, {"reason": "slip", "decisions": [first.id]})
    assert not project.decisions(digest(HARBOUR))[claim].contested
    project.append("max", "decide", claim, {})
    assert project.decisions(digest(HARBOUR)) == {}
