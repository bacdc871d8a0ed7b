"""The project file: articles, taggings and the log of what people did; the room that knows SQL."""

from annotator.store.bundle import Bundle, Returned
from annotator.store.catalogue import ArticleRow
from annotator.store.claims import ClaimRow, DecisionRow, JudgementRow
from annotator.store.codec import judgement_from_body, judgement_to_body
from annotator.store.corrections import KnownClaim, correction_to_body
from annotator.store.merge import MergeReport, PersonReport
from annotator.store.plan import Plan
from annotator.store.project import Project, open_project
from annotator.store.queue import Disagreement, Filter, Place

__all__ = [
    "ArticleRow",
    "Bundle",
    "ClaimRow",
    "DecisionRow",
    "Disagreement",
    "Filter",
    "JudgementRow",
    "KnownClaim",
    "MergeReport",
    "PersonReport",
    "Place",
    "Plan",
    "Project",
    "Returned",
    "correction_to_body",
    "judgement_from_body",
    "judgement_to_body",
    "open_project",
]
