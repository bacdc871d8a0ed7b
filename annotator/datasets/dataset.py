"""A project as a stream of records in an order that depends on its content alone.

The same project gives the same records, whoever exports it and in whatever order it was merged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from annotator.datasets import records
from annotator.datasets.attributed import attributed, decided
from annotator.datasets.people import People
from annotator.datasets.records import Record
from annotator.store import DecisionRow, JudgementRow, Project


class Dataset:
    """What a project holds, read as it is asked for; `counts` grows with what was yielded."""

    def __init__(self, project: Project, names: bool) -> None:
        self.scheme = project.scheme()
        self.people = People(project.actors(), names)
        self.counts: Counter[str] = Counter()
        self.reviewers: set[str] = set()
        self._project = project

    def articles(self) -> Iterator[Record]:
        """Yield each article with what is known about it and all its taggings, sorted by id."""
        for article_id in self._project.article_ids():
            taggings = self._project.taggings(article_id)
            yield records.article_record(self._project.article(article_id), taggings)

    def events(self) -> Iterator[Record]:
        """Yield the log in its order."""
        for event in self._project.events():
            yield records.event_record(event, self.people)

    def claims(self) -> Iterator[Record]:
        """Yield the claims by article: those of its current tagging in the order they have there.

        That tagging has the corrections that nobody contradicts on top. After its claims come
        those that corrections replaced or only contradicted ones make, and those with a judgement
        or decision that no longer are in any tagging.
        """
        for article_id in self._project.article_ids():
            self.counts["articles"] += 1
            yield from self._claims_of(article_id)

    def _claims_of(self, article_id: str) -> Iterator[Record]:
        article = self._project.article(article_id)
        judgements = self._project.all_judgements(article_id)
        decisions = self._project.decisions(article_id)
        taggings = self._project.taggings(article_id)
        language = taggings[-1].language
        for told in attributed(
            self._project, article, taggings[-1], judgements.keys() | decisions.keys()
        ):
            rows, decision = judgements.get(told.claim.id, {}), decisions.get(told.claim.id)
            told = decided(told, decision, _is_stale(decision, rows.values()))
            yield {
                **records.claim_record(article, language, told),
                "attribution": records.attribution_record(article, told),
                **self._answers(rows.values(), decision),
            }

    def _answers(self, rows: Collection[JudgementRow], decision: DecisionRow | None) -> Record:
        """Return what people said of a claim and what it amounts to."""
        self.counts["claims"] += 1
        self.counts["judgements"] += len(rows)
        self.reviewers.update(row.reviewer for row in rows)
        told = [records.judgement_record(row, self.scheme, self.people) for row in rows]
        judgements = [row.judgement for row in rows]
        record: Record = {
            "judgements": sorted(told, key=lambda one: str(one["reviewer"])),
            "decision": None,
            "final": records.final_record(self.scheme, judgements),
        }
        if decision is not None:
            stale = _is_stale(decision, rows)
            record["decision"] = records.decision_record(decision, stale, self.scheme, self.people)
            record["final"] = records.final_record(self.scheme, judgements, decision.answer, stale)
        return record


def _is_stale(decision: DecisionRow | None, rows: Collection[JudgementRow]) -> bool:
    """Whether a decision was made from other judgements than the current ones."""
    return decision is not None and decision.judgements != {row.event_id for row in rows}
