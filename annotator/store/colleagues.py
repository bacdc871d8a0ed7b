"""What passes between colleagues by files: handing out, handing in, merging."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotator.store import bundle, merge, shares
from annotator.store.articles import article_ids
from annotator.store.bundle import Bundle
from annotator.store.connection import Connection
from annotator.store.merge import Merged, MergeReport, Report
from annotator.store.plan import Plan
from annotator.store.shares import Overlap, Returned

ALL_ONCE = Plan()


def _silent(done: int, total: int) -> None:
    """Tell nobody how far a merge is."""


class Colleagues:
    """The files that come from and go to those who work on copies of a project."""

    def __init__(self, file: Connection, device: str) -> None:
        self._file = file
        self._device = device

    def merge(
        self, path: str | Path, reviewer: str | None = None, report: Report = _silent
    ) -> MergeReport:
        """Add all that a colleague's file has and this one lacks; their file is only read.

        The whole of it is verified first: StoreError names what is wrong, and nothing has changed.
        `reviewer` is who merges, for the list of events in their own name.
        """
        merged = self.merge_all([path], reviewer, report)
        for error in merged.refused:
            raise error
        return merged.reports[0]

    def merge_all(
        self, paths: Sequence[str | Path], reviewer: str | None = None, report: Report = _silent
    ) -> Merged:
        """Add all that several files have, which is faster than one after another.

        Those that are not sound are told in the result, and nothing of them is taken.
        """
        files = [Path(path) for path in paths]
        return merge.merge(self._file, self._device, files, reviewer, report)

    def bundle(
        self,
        actor: str,
        people: Sequence[str],
        folder: str | Path,
        articles: Sequence[str] | None = None,
        plan: Plan = ALL_ONCE,
        force: bool = False,
    ) -> list[Bundle]:
        """Write a project file for each person with their share of the articles (all, if None).

        Of judgements it has only that person's own. What everybody is given is logged. StoreError
        where the plan is impossible or, without `force`, a file of that name is there.
        """
        chosen = list(article_ids(self._file)) if articles is None else articles
        return bundle.bundle(
            self._file, self._device, actor, chosen, people, Path(folder), plan, force
        )

    def hand_in(self, path: str | Path, reviewer: str | None = None, force: bool = False) -> None:
        """Write a clean copy to give back, without this copy's settings.

        With a reviewer, of judgements only that person's own, which is logged.
        """
        bundle.hand_in(self._file, self._device, Path(path), reviewer, force)

    def returned(self) -> list[Returned]:
        """Return how far everybody is, in this file, with the articles they were given."""
        return shares.returned(self._file)

    def overlaps(self) -> list[Overlap]:
        """Return how many articles were given to how many people, and how far these are."""
        return shares.overlaps(self._file)
