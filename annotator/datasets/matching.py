"""Which claims of an article a filter is about, whoever's answers it holds for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from annotator.datasets.choice import FINAL, Choice
from annotator.store import Project, parse_filter

NOBODY = ""


class Matcher:
    """A filter as in the UI, put to a project for all whose answers are wanted.

    It holds where it holds for anybody's answer; `is:unseen`, where none of them has one; and
    `label:` is about what the answers amount to where that is wanted.
    """

    def __init__(self, project: Project, choice: Choice, person: str | None) -> None:
        """Read the filter; UsageError where it is none. Without a person, all are meant."""
        asked = parse_filter(choice.query)
        self.labels = frozenset(asked.labels if choice.who == FINAL else ())
        """What the answers must amount to."""
        self.unseen = asked.unseen
        """Whether nobody may have answered."""
        self._finder = project.finder
        self._asked = replace(asked, unseen=False, labels=() if self.labels else asked.labels)
        self._people = _people(project, asked.reviewer, person)

    def wanted(self, article_id: str) -> frozenset[str]:
        """Return the ids of an article's claims for which the filter holds, but for these two."""
        return frozenset(
            claim_id
            for person in self._people
            for claim_id in self._finder.matches_in(person, self._asked, article_id)
        )

    def holds(self, answers: Collection[object], final: frozenset[str]) -> bool:
        """Whether these two hold of a claim: its answers, and the labels that they amount to."""
        return self.labels <= final and not (self.unseen and answers)


def _people(project: Project, asked: str | None, person: str | None) -> Sequence[str]:
    if asked is not None:
        # The filter names whose answers it is about; somebody who never judged may see them all.
        return (NOBODY,)
    return (person,) if person else project.reviewers() or (NOBODY,)
