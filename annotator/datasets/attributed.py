"""Whose words each claim of an article is: the machine's answer, corrected where people agree."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Literal, NamedTuple

from annotator.model import ATTRIBUTION_KINDS, Article, Attribution, Claim, Tagging
from annotator.review.corrections import uncontradicted
from annotator.store import DecisionRow, KnownClaim, Project
from annotator.tagging.overlay import Corrected, TagCorrection, corrected

Basis = Literal["machine", "corrected", "decided"]


class Attributed(NamedTuple):
    """A claim with the one who is said to have said it."""

    claim: Claim
    tagging: Tagging
    """The tagging that the claim's indices are of."""
    superseded: bool
    attribution: Attribution | None
    """None in the narrator's voice."""
    basis: Basis


class View(NamedTuple):
    """The current tagging of an article with the corrections that nobody contradicts on top."""

    agreed: Corrected
    any_corrections: bool
    """Whether anybody made some, contradicted or not."""


def viewed(project: Project, article: Article, current: Tagging) -> View:
    """Return an article's current tagging as all who corrected it agree."""
    corrections = project.corrections(article.id)
    if not corrections:
        return View(Corrected(current, current), False)
    return View(corrected(article.text, current, uncontradicted(corrections)), True)


def attributed(
    project: Project, article_id: str, view: View, answered: AbstractSet[str]
) -> Iterator[Attributed]:
    """Yield the claims of an article, each once.

    First those of the current tagging with the corrections that nobody contradicts, in its order;
    then those that these corrections replaced, and those that only contradicted ones make; and
    last the answered ones that are superseded.
    """
    agreed = view.agreed
    machines = frozenset(agreed.machine.attributions)
    for claim in agreed.tagging.claims:
        yield _told(claim, agreed.tagging, machines)
    listed = {claim.id for claim in agreed.tagging.claims}
    if not view.any_corrections and answered <= listed:
        return
    for known in project.known_claims(article_id):
        if known.claim.id in listed or (known.superseded and known.claim.id not in answered):
            continue
        if known.superseded:
            told = _told(known.claim, known.tagging, frozenset(known.tagging.attributions))
            yield told._replace(superseded=True)
        elif known.corrected:
            yield _told(known.claim, known.tagging, machines)
        else:
            yield _replaced(known, agreed)


def decided(told: Attributed, decision: DecisionRow | None, stale: bool) -> Attributed:
    """Return a claim with the speaker and kind that a decision settled, if it still holds."""
    attribution = told.attribution
    if decision is None or stale or attribution is None:
        return told
    if decision.speaker is None and decision.kind not in ATTRIBUTION_KINDS:
        return told
    if decision.speaker is not None and decision.speaker != attribution.speaker:
        attribution = replace(attribution, speaker=decision.speaker or None, speaker_type=None)
    for kind in ATTRIBUTION_KINDS:
        if kind == decision.kind:
            attribution = replace(attribution, kind=kind)
    return _voiced(told._replace(attribution=attribution, basis="decided"))


def _told(claim: Claim, tagging: Tagging, machines: AbstractSet[Attribution]) -> Attributed:
    if not claim.attributions:
        return Attributed(claim, tagging, False, None, "machine")
    found = tagging.attributions[claim.attributions[0]]
    basis: Basis = "machine" if found in machines else "corrected"
    return Attributed(claim, tagging, False, found, basis)


def _replaced(known: KnownClaim, agreed: Corrected) -> Attributed:
    """Return a claim that corrections replaced, said by the innermost who is still said to."""
    claim = replace(known.claim, walk=False)
    told = Attributed(claim, known.tagging, False, None, "machine")
    for index in claim.attributions:
        found = known.tagging.attributions[index]
        correction = agreed.correction(found.id(known.tagging.article_id))
        if not isinstance(correction, TagCorrection):
            return told._replace(attribution=found)
        if correction.now is not None:
            return _voiced(told._replace(attribution=correction.now, basis="corrected"))
    return _voiced(told)


def _voiced(told: Attributed) -> Attributed:
    """Return a claim in the voice that follows from who says it."""
    if told.claim.voice == "post":
        return told
    voice = "narrator" if told.attribution is None else told.attribution.kind
    return told._replace(claim=replace(told.claim, voice=voice))
