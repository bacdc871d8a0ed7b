"""The project file: articles, taggings and the log of what people did; the room that knows SQL."""

from annotator.store.alike import Alike, Clash
from annotator.store.assembly import ArticleRows, assemble
from annotator.store.bundle import Bundle
from annotator.store.catalogue import ArticleRow
from annotator.store.claims import ClaimRow, DecisionRow, JudgementRow
from annotator.store.codec import TaggingRow, judgement_from_body, judgement_to_body
from annotator.store.corrections import KnownClaim, correction_to_body
from annotator.store.filters import ClaimFilter, parse_filter
from annotator.store.finder import Finder, Totals
from annotator.store.log import EventRow
from annotator.store.merge import MergeReport, PersonReport
from annotator.store.plan import Plan
from annotator.store.project import Project, open_project
from annotator.store.queue import Disagreement, Filter, Place
from annotator.store.recover import Recovered, recover
from annotator.store.search import Match
from annotator.store.shares import Overlap, Returned
from annotator.store.speakers import Said, Speaker

__all__ = [
    "Alike",
    "ArticleRow",
    "ArticleRows",
    "Bundle",
    "ClaimFilter",
    "ClaimRow",
    "Clash",
    "DecisionRow",
    "Disagreement",
    "EventRow",
    "Filter",
    "Finder",
    "JudgementRow",
    "KnownClaim",
    "Match",
    "MergeReport",
    "Overlap",
    "PersonReport",
    "Place",
    "Plan",
    "Project",
    "Recovered",
    "Returned",
    "Said",
    "Speaker",
    "TaggingRow",
    "Totals",
    "assemble",
    "correction_to_body",
    "judgement_from_body",
    "judgement_to_body",
    "open_project",
    "parse_filter",
    "recover",
]
