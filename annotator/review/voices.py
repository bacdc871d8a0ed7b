"""Who speaks in a claim, and how it is reported, as the machine and each reviewer have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from annotator.model import ATTRIBUTION_KINDS, Attribution, AttributionKind, Claim
from annotator.review.deciding import standing
from annotator.review.ratings import MACHINE, TagAnswer
from annotator.tagging.overlay import Corrected, TagCorrection, corrected

if TYPE_CHECKING:
    from annotator.scheme import Scheme
    from annotator.store import DecisionRow, JudgementRow, KnownClaim, Project


class Told(NamedTuple):
    """Who speaks in a claim; None where nobody does or nobody knows."""

    speaker: str | None
    kind: AttributionKind | None
    """None in the narrator's voice."""


class Voices:
    """What everybody has about the claims of one article."""

    def __init__(self, project: Project, article_id: str) -> None:
        text, machine = project.article(article_id).text, project.tagging(article_id)
        self._known = {one.claim.id: one for one in project.known_claims(article_id)}
        views = {MACHINE: Corrected(machine, machine)}
        for name, some in project.corrections(article_id).items():
            views[name] = corrected(text, machine, some)
        self._views = {name: _View(view) for name, view in views.items()}

    def machine(self, claim_id: str) -> Told:
        """Return what the machine has; nobody where it has no such claim."""
        return self._views[MACHINE].told(self._known.get(claim_id))

    def told(self, claim_id: str, name: str) -> Told:
        """Return what a reviewer has, with their corrections on top of the machine's tags."""
        return self._views.get(name, self._views[MACHINE]).told(self._known.get(claim_id))

    def differing(self, claim_id: str) -> dict[str, Told]:
        """Return what those reviewers have who corrected it, by name."""
        machine = self.machine(claim_id)
        told = {name: self.told(claim_id, name) for name in sorted(self._views) if name != MACHINE}
        return {name: one for name, one in told.items() if one != machine}


class _View:
    """A tagging as one has it, its claims by id."""

    def __init__(self, view: Corrected) -> None:
        self._view = view
        self._claims = {claim.id: claim for claim in view.tagging.claims}

    def told(self, known: KnownClaim | None) -> Told:
        here = None if known is None else self._claims.get(known.claim.id)
        if here is not None:
            found = _innermost(here, self._view.tagging.attributions)
        else:
            found = None if known is None or known.corrected else self._replaced(known)
        return Told(None, None) if found is None else Told(found.speaker, found.kind)

    def _replaced(self, known: KnownClaim) -> Attribution | None:
        """Return what corrections made of the one who said the claim, if they moved its words."""
        found = _innermost(known.claim, known.tagging.attributions)
        if found is None:
            return None
        correction = self._view.correction(found.id(known.tagging.article_id))
        return correction.now if isinstance(correction, TagCorrection) else None


def tag_answers(project: Project, reviewer: str, article_id: str) -> Iterator[TagAnswer]:
    """Yield who has the speakers and kinds right that decisions settled in an article.

    The machine answers always; a reviewer who corrected the tag, or who judged the claim to the
    end and let it stand. Only decisions that hold and that the reader may see.
    """
    settled = {
        claim_id: one
        for claim_id, one in project.decisions(article_id).items()
        if one.speaker is not None or one.kind is not None
    }
    if not settled:
        return
    scheme, voices = project.scheme(), Voices(project, article_id)
    everybodys = project.all_judgements(article_id)
    for claim_id, decision in settled.items():
        rows = everybodys.get(claim_id, {})
        current = {row.event_id for row in rows.values()}
        if standing(decision, current) == "decided" and project.sees(reviewer, claim_id):
            names = {*voices.differing(claim_id), *_finished(scheme, rows)}
            told = {MACHINE: voices.machine(claim_id)}
            told |= {name: voices.told(claim_id, name) for name in sorted(names)}
            yield from _compared(article_id, claim_id, told, decision)


def _compared(
    article_id: str, claim_id: str, told: Mapping[str, Told], decision: DecisionRow
) -> Iterator[TagAnswer]:
    for name, one in told.items():
        if decision.speaker is not None:
            right = _plain(one.speaker) == _plain(decision.speaker)
            yield TagAnswer(article_id, claim_id, "speaker", name, right)
        if decision.kind in ATTRIBUTION_KINDS:
            yield TagAnswer(article_id, claim_id, "kind", name, one.kind == decision.kind)


def _plain(name: str | None) -> str:
    """Return a name without what does not make it another one: case and the length of spaces."""
    return " ".join((name or "").casefold().split())


def _finished(scheme: Scheme, rows: Mapping[str, JudgementRow]) -> Iterable[str]:
    return (name for name, row in rows.items() if scheme.finished(row.judgement))


def _innermost(claim: Claim, attributions: tuple[Attribution, ...]) -> Attribution | None:
    return attributions[claim.attributions[0]] if claim.attributions else None
