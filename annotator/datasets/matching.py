"""Which claims of an article a filter is about, whoever's answers it holds for."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from annotator.store import Project, parse_filter

NOBODY = ""


class Matcher:
    """A filter as in the UI, put to a project for everybody who has judged in it."""

    def __init__(self, project: Project, query: str, person: str | None) -> None:
        """Read the filter; UsageError where it is none. It holds where it holds for `person`.

        Without a person, where it holds for anybody.
        """
        self._finder = project.finder
        self._wanted = parse_filter(query)
        self._people: Sequence[str] = [person] if person else project.reviewers() or [NOBODY]

    def wanted(self, article_id: str) -> AbstractSet[str]:
        """Return the ids of an article's claims for which the filter holds."""
        return {
            claim_id
            for person in self._people
            for claim_id in self._finder.matches_in(person, self._wanted, article_id)
        }
