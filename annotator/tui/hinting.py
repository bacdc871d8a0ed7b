"""Hints for one reviewer: of an article, found beside the keys in a thread, and of a claim."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotator.model import Claim, Tagging
from annotator.settings import hint_lists

if TYPE_CHECKING:
    from annotator.review.session import Session
    from annotator.tagging.hints import Hint, Lists

HintsByClaim = dict[str, tuple["Hint", ...]]


class Hinting:
    """Finds hints; what it needs from the project is read again only once that has changed."""

    def __init__(self, session: Session) -> None:
        self.off: frozenset[str] = frozenset()
        """Kinds of hints that are not wanted."""
        self._session = session
        self._path = session.project.path
        self._grown: tuple[int, Lists] | None = None

    def of_article(
        self, text: str, tagging: Tagging, version: int
    ) -> tuple[tuple[Hint, ...], HintsByClaim]:
        """Return an article's hints, all of them and by claim; HintListError for a broken own list.

        It may be called in any thread; `version` is that of the project.
        """
        from annotator.tagging.hints import by_claim, hints

        found = hints(text, tagging, self._lists(version), self.off)
        return found, by_claim(found)

    def of_claim(self, claim: Claim, text: str) -> tuple[Hint, ...]:
        """Return the hints that depend on what was answered elsewhere, as it is now."""
        from annotator.review.elsewhere import KIND, elsewhere

        if KIND in self.off:
            return ()
        project, scheme, reviewer = (
            self._session.project,
            self._session.scheme,
            self._session.reviewer,
        )
        found = elsewhere(project, scheme, reviewer, claim, text)
        return (found,) if found else ()

    def _lists(self, version: int) -> Lists:
        """Return all word lists, those among them that grow by themselves."""
        from annotator.review.own_words import own_words, with_own_words
        from annotator.store import open_project

        if "marked_word" in self.off:
            return self._read_lists
        if self._grown is None or self._grown[0] != version:
            with open_project(self._path, create=False) as project:
                own = own_words(project, self._session.reviewer)
            self._grown = version, with_own_words(self._read_lists, own)
        return self._grown[1]

    @cached_property
    def _read_lists(self) -> Lists:
        from annotator.tagging.hints import read_lists

        return read_lists(hint_lists(self._path))
