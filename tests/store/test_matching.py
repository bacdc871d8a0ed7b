"""Filters over claims and articles against the same written naively in Python."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from annotator.errors import UsageError
from annotator.model import (
    Attribution,
    Evidence,
    Judgement,
    Working,
    WorkOrder,
    claim_id,
    digest,
)
from annotator.review.session import Session
from annotator.store import ClaimFilter, Project, judgement_to_body, open_project, parse_filter
from annotator.store.catalogue import fold_text
from annotator.store.words import words

from .conftest import HARBOUR, lines, made, verdict

QUOTED = "Le quai ferme\n« Le quai tient », dit-elle.\nLe port attend."
HEARD = "« Le quai est à sec », dit-on. « La grue dort », dit-il.\n« Le quai cède », dit-elle."
TEXTS = [HARBOUR, QUOTED, HEARD, *(lines(5, f"l'article {n}") for n in range(12)), "Par Éva Dral"]
OUTLETS = ["L'Écho de Verlac", "Gazette", None]
VALUES = {
    "labels": [(), (), ("verified",), ("disputed",), ("sarcasm",), ("verified", "sarcasm")],
    "voice": [None, None, None, "narrator", "direct", "indirect", "mixed"],
    "speaker": [None, None, None, "brov", "ana brovic", "eva", "rovic", ""],
    "language": [None, None, "fr", "en"],
    "outlet": [None, None, "echo", "gaz"],
    "reviewer": [None, None, "ben", "ana", "nobody"],
    "words": ["", "", "", "phrase 3", "quai", "temperel", "port"],
}
FLAGS = (
    "unseen", "unsure", "flagged", "skipped", "begun", "missing_evidence", "missing_words",
)  # fmt: skip


@pytest.fixture(scope="module", params=[True, False], ids=["blind", "open"])
def worked_on(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    """A project in which two people judged, marked and corrected at random."""
    rng = random.Random(4)
    with open_project(tmp_path_factory.mktemp("worked") / "project.db") as project:
        about = [{"outlet": outlet} if outlet else {} for outlet in OUTLETS]
        project.add([made(text, **rng.choice(about)) for text in TEXTS], "ana")
        project.set_blind("ana", request.param)
        strike = HARBOUR.index("la grève"), HARBOUR.index(", la mairie")
        added = Attribution((strike,), "indirect", speaker="Éva Brovic")
        Session(project, "ana").add_attribution(digest(HARBOUR), added)
        (said,) = project.tagging(digest(QUOTED)).attributions
        Session(project, "ana").remove_attribution(digest(QUOTED), said)
        (dry, _) = project.tagging(digest(HEARD)).attributions
        Session(project, "ana").correct_speaker(digest(HEARD), dry, "Éva Brovic", "person")
        Session(project, "ben").correct_speaker(digest(HEARD), dry, None)
        dry = Session(project, "ana").tagging(digest(HEARD)).attributions[0]
        Session(project, "ana").correct_kind(digest(HEARD), dry, "mixed")
        claims = [claim.id for text in TEXTS for claim in walk(project, "ana", digest(text))]
        claims += [row.claim.id for row in project.claims(walk_only=False)]
        for _ in range(150):
            actor, claim = rng.choice(["ana", "ben"]), rng.choice(claims)
            kind = rng.choice(["judge", "judge", "judge", "flag", "skip"])
            note = {"note": rng.choice(["?", "au port", "quai à revoir"])}
            body = judgement_to_body(judged(rng)) if kind == "judge" else note
            project.append(actor, kind, claim, body if rng.random() < 0.9 else {})
        assert project.check() == []
        yield project


def judged(rng: random.Random) -> Judgement:
    labels = {}
    if rng.random() < 0.8:
        labels["veracity"] = (rng.choice(["verified", "disputed", "unverified"]),)
    if rng.random() < 0.4:
        labels["rhetoric"] = ("sarcasm",)
    spans = (("sarcasm", (0, 3)),) if rng.random() < 0.5 else ()
    evidence = (Evidence("text", "vu"),) if rng.random() < 0.5 else ()
    return Judgement(labels, spans=spans, evidence=evidence, unsure=rng.random() < 0.3)


def matches(project: Project, reviewer: str, wanted: ClaimFilter) -> list[tuple[str, str]]:
    found = project.finder.search(reviewer, wanted, limit=1000)
    return [(one.article_id, one.claim_id) for one in found]


def walk(project: Project, reviewer: str, article_id: str) -> list:
    tagging = project.corrected(article_id, reviewer).tagging
    return [claim for claim in tagging.claims if claim.walk]


def naive(project: Project, reviewer: str, wanted: ClaimFilter) -> list[tuple[str, str]]:
    """(article id, claim id) of the claims for which a filter holds."""
    found = []
    for row in project.page(reviewer, 0, 1000):
        if wanted.language not in (None, row.language):
            continue
        if wanted.outlet is not None and fold_text(wanted.outlet) not in fold_text(
            row.outlet or ""
        ):
            continue
        if wanted.outlet is not None and row.outlet is None:
            continue
        tagging = project.corrected(row.id, reviewer).tagging
        claims = walk(project, reviewer, row.id)
        near = with_words(project, row.id, claims, wanted.words)
        near |= noted(project, reviewer, row.id, wanted.words)
        for claim in tagging.claims if words(wanted.words) else claims:
            speaker = (
                tagging.attributions[claim.attributions[0]].speaker if claim.attributions else None
            )
            good = claim.id in near and wanted.voice in (None, claim.voice)
            if wanted.speaker is not None:
                begins = " " + " ".join(words(wanted.speaker))
                good &= speaker is not None and begins in " " + " ".join(words(speaker))
            if good and judgement_fits(project, reviewer, wanted, row.id, claim.id):
                found.append((row.id, claim.id))
    return found


def with_words(project: Project, article_id: str, claims: list, text: str) -> set[str]:
    """The claims in the sentences with all the words, or the nearest where these have none."""
    if not words(text):
        return {claim.id for claim in claims}
    *whole, last = words(text)
    found = set()
    everything = project.article(article_id).text
    for segment in project.tagging(article_id).segments:
        here = words(everything[segment.start : segment.end])
        if not (set(whole) <= set(here) and any(one.startswith(last) for one in here)):
            continue
        inside = [one.id for one in claims if segment.start <= one.start < segment.end]
        gaps = [max(one.start - segment.start, 0) + max(segment.end - one.end, 0) for one in claims]
        nearest = [one.id for one, gap in zip(claims, gaps, strict=True) if gap == min(gaps)]
        found.update(inside or nearest[:1])
    return found


def noted(project: Project, reviewer: str, article_id: str, text: str) -> set[str]:
    """The claims with a note that has all the words and that the reviewer may see."""
    *whole, last = words(text) or [""]
    return {
        claim_id
        for author in ("ana", "ben")
        for marked in (project.flagged, project.skipped)
        for claim_id, note in marked(article_id, author).items()
        if last
        and set(whole) <= set(words(note))
        and any(one.startswith(last) for one in words(note))
        and (author == reviewer or project.sees(reviewer, claim_id))
    }


def judgement_fits(
    project: Project, reviewer: str, wanted: ClaimFilter, article_id: str, claim_id: str
) -> bool:
    who = wanted.reviewer or reviewer
    marks = [getattr(wanted, name) for name in FLAGS]
    asks = wanted.reviewer is not None or wanted.labels or any(marks)
    if not asks:
        return True
    if who != reviewer and not project.sees(reviewer, claim_id):
        return False
    judgement = project.judgement(who, claim_id)
    if wanted.flagged and claim_id not in project.flagged(article_id, who):
        return False
    if wanted.skipped and claim_id not in project.skipped(article_id, who):
        return False
    if wanted.unseen and judgement is not None:
        return False
    if not wanted.about_judgements:
        return True
    return judgement is not None and answer_fits(project, wanted, judgement)


def answer_fits(project: Project, wanted: ClaimFilter, judgement: Judgement) -> bool:
    scheme = project.scheme()
    chosen = [label for labels in judgement.labels.values() for label in labels]
    marked = {label for label, _ in judgement.spans}
    rests = [scheme.label(label) for label in chosen]
    return (
        set(wanted.labels) <= set(chosen)
        and (not wanted.unsure or judgement.unsure)
        and (not wanted.begun or not scheme.finished(judgement))
        and (
            not wanted.missing_evidence
            or (any(label.evidence for label in rests) and not judgement.evidence)
        )
        and (
            not wanted.missing_words
            or any(label.spans and label.id not in marked for label in rests)
        )
    )


def some_filters(count: int) -> Iterator[ClaimFilter]:
    rng = random.Random(9)
    yield ClaimFilter()
    for name in FLAGS:
        yield ClaimFilter(**{name: True})
    for name, values in VALUES.items():
        for value in values:
            yield ClaimFilter(**{name: value})
    for _ in range(count):
        chosen = rng.sample(sorted(VALUES), k=2)
        asked = {name: rng.choice(VALUES[name]) for name in chosen}
        if rng.random() < 0.6:
            asked[rng.choice(FLAGS)] = True
        yield ClaimFilter(**asked)


@pytest.mark.parametrize("reviewer", ["ana", "ben", "lead"])
def test_filters_equal_a_naive_one(worked_on: Project, reviewer: str):
    sizes = set()
    for wanted in some_filters(120):
        expected = naive(worked_on, reviewer, wanted)
        assert matches(worked_on, reviewer, wanted) == expected, wanted
        assert worked_on.finder.count(reviewer, wanted) == len(expected), wanted
        sizes.add(len(expected))
    assert len(sizes) > 10, "the filters tell claims apart"


TYPED = (
    "", "phrase 3", "is:unseen", "label:verified", "is:flagged", "speaker:brovic", "port",
    "quai voice:direct", "port is:unseen", "quai voice:indirect label:disputed", "zzz",
)  # fmt: skip


@pytest.mark.parametrize("order", ["corpus", "shuffled"])
@pytest.mark.parametrize("reviewer", ["ana", "ben"])
@pytest.mark.parametrize("text", TYPED)
def test_next_and_previous_match_visit_all_in_the_order_of_the_list(
    worked_on: Project, reviewer: str, text: str, order: WorkOrder
):
    wanted = parse_filter(text)
    with open_project(worked_on.path) as project:
        project.work_as(reviewer, Working(order))
        listed = [row.id for row in project.page(reviewer, 0, 1000)]
        assert (listed == sorted(listed, key=numbered(worked_on))) == (order == "corpus")
        found = matches(project, reviewer, wanted)
        expected = sorted(found, key=lambda one: listed.index(one[0]))
        for step, place in ((1, (listed[0], None)), (-1, (listed[-1], None))):
            visited = []
            while place := project.finder.next_match(reviewer, wanted, *place, step):
                visited.append(place)
            assert visited == expected[::step]


def numbered(project: Project) -> Callable[[str], int]:
    added = [row.id for row in project.page("ana", 0, 1000)]
    return added.index


@pytest.mark.parametrize("reviewer", ["ana", "ben"])
@pytest.mark.parametrize("text", TYPED)
def test_pages_and_articles_have_the_same_matches(worked_on: Project, reviewer: str, text: str):
    wanted = parse_filter(text)
    found = worked_on.finder.search(reviewer, wanted, limit=1000)
    for row in worked_on.page(reviewer, 0, 1000):
        within = [one.claim_id for one in found if one.article_id == row.id]
        assert worked_on.finder.matches_in(reviewer, wanted, row.id) == within
    for at, one in enumerate(found):
        assert worked_on.finder.search(reviewer, wanted, 1000, one) == found[at + 1 :]
        assert worked_on.finder.search(reviewer, wanted, 1, one) == found[at + 1 : at + 2]


def test_a_match_is_looked_for_from_any_claim(project: Project):
    everything = list(project.claims(walk_only=False))
    aside = next(row for row in everything if not row.claim.walk)
    after = project.finder.next_match("ana", ClaimFilter(), digest(HARBOUR), aside.claim.id)
    assert after == (digest(HARBOUR), everything[aside.position + 1].claim.id)
    assert project.finder.next_match("ana", ClaimFilter(), "0" * 32, None) is None


@pytest.mark.parametrize("reviewer", ["ana", "ben"])
def test_the_list_of_articles_is_filtered_likewise(worked_on: Project, reviewer: str):
    everything = worked_on.page(reviewer, 0, 1000)
    for text in (
        "label:verified", "is:unseen", "voice:direct speaker:brovic", "outlet:echo lang:fr",
        "phrase outlet:gazette", "is:flagged", "by:ben", "lang:en",
    ):  # fmt: skip
        wanted = parse_filter(text)
        claims = ClaimFilter(**{**as_dict(wanted), "words": ""})
        good = {article for article, _ in naive(worked_on, reviewer, claims)}
        if not wanted.about_claims:
            outlet = fold_text(wanted.outlet or "")
            good = {
                row.id
                for row in everything
                if outlet in fold_text(row.outlet or "") and wanted.language in (None, row.language)
            }
        expected = [
            row
            for row in everything
            if row.id in good and wanted.words in fold_text(f"{row.title} {row.outlet}")
        ]
        assert worked_on.count(reviewer, text) == len(expected)
        assert worked_on.page(reviewer, 0, 1000, text) == expected
        assert worked_on.page(reviewer, 1, 2, text) == expected[1:3]
        for row in everything:
            listed = [one.id for one in expected]
            place = listed.index(row.id) if row.id in listed else None
            assert worked_on.position(row.id, text, reviewer) == place
        check_neighbours(worked_on, reviewer, text, everything, [row.id for row in expected])


def check_neighbours(
    project: Project, reviewer: str, text: str, everything: list, listed: list[str]
) -> None:
    order = [row.id for row in everything]
    for at, article_id in enumerate(order):
        after = [one for one in order[at + 1 :] if one in listed]
        before = [one for one in order[:at][::-1] if one in listed]
        for step in (1, 2):
            beyond = after[step - 1] if len(after) >= step else None
            back = before[step - 1] if len(before) >= step else None
            assert project.neighbour(article_id, step, text, reviewer) == beyond
            assert project.neighbour(article_id, -step, text, reviewer) == back
    assert project.neighbour("0" * 32, 1, text, reviewer) is None


def as_dict(wanted: ClaimFilter) -> dict:
    return {name: getattr(wanted, name) for name in wanted.__slots__}


def test_a_list_that_was_worked_out_follows_what_is_judged(project: Project):
    claim = next(project.claims()).claim.id
    assert project.count("ana", "label:disputed") == 0
    project.append("ana", "judge", claim, verdict("disputed"))
    assert project.count("ana", "label:disputed") == 1
    project.undo("ana")
    assert project.count("ana", "label:disputed") == 0


def test_an_unknown_label_is_a_usage_error(project: Project):
    with pytest.raises(UsageError, match="no label dispute"):
        project.finder.count("ana", ClaimFilter(labels=("dispute",)))
    with pytest.raises(UsageError, match="unknown filter colour:"):
        project.count("ana", "colour:red")


def test_what_a_colleague_said_of_a_claim_that_only_ones_own_walk_has(project: Project):
    strike = HARBOUR.index("la grève"), HARBOUR.index(", la mairie")
    Session(project, "ana").add_attribution(digest(HARBOUR), Attribution((strike,), "indirect"))
    new = claim_id(digest(HARBOUR), *strike, True)
    project.set_blind("ana", False)
    project.append("ben", "judge", new, verdict("verified"))
    wanted = ClaimFilter(reviewer="ben")
    assert matches(project, "ana", wanted) == [(digest(HARBOUR), new)]
    assert matches(project, "ben", ClaimFilter(labels=("verified",))) == []
