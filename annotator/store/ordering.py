"""In which order the articles come: as they were added, by date, or shuffled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from annotator.model import WorkOrder
from annotator.store.connection import Connection

BATCH = 500
# Whatever is written before the year 1000 or in another form stands where its characters put it.
BY_DATE = "SELECT article FROM catalogue ORDER BY date IS NULL, date {way}, article"


class Ordering:
    """One reviewer's order of the articles, worked out again only when their list has changed."""

    def __init__(self, file: Connection, order: WorkOrder = "corpus", reviewer: str = "") -> None:
        self._file = file
        self._order = order
        self._reviewer = reviewer
        self._kept: tuple[int, Sequence[int], dict[int, int]] = (-1, (), {})

    @property
    def added(self) -> bool:
        """Whether the articles come as they were added: by their numbers."""
        return self._order == "corpus"

    def rank(self, number: int) -> int:
        """Return the place of an article in the order; a number that is not there comes first."""
        return number if self.added else self._ordered()[1].get(number, -1)

    def numbers(self) -> Sequence[int]:
        """Return the numbers of all articles in the order."""
        return self._ordered()[0]

    def sorted(self, numbers: Iterable[int]) -> list[int]:
        """Return the numbers of some articles in the order."""
        return sorted(numbers, key=self.rank)

    def beyond(self, number: int, forward: bool) -> Iterator[Sequence[int]]:
        """Yield the articles after (or, backward, before) one, nearest first, some at a time."""
        numbers, ranks = self._ordered()
        here = ranks.get(number, -1)
        rest = numbers[here + 1 :] if forward else numbers[: max(0, here)][::-1]
        for start in range(0, len(rest), BATCH):
            yield rest[start : start + BATCH]

    def _ordered(self) -> tuple[Sequence[int], dict[int, int]]:
        version = self._file.list_version()
        if self._kept[0] != version:
            numbers = self._work_out()
            self._kept = version, numbers, {one: rank for rank, one in enumerate(numbers)}
        return self._kept[1:]

    def _work_out(self) -> list[int]:
        if self._order == "shuffled":
            rows = self._file.rows("SELECT id, article FROM catalogue")
            # The same for one person in every copy, another one for everybody else.
            rows.sort(key=lambda row: sha256(f"{self._reviewer}\n{row[0]}".encode()).digest())
            return [number for _, number in rows]
        way = "DESC" if self._order == "newest" else "ASC"
        return [number for (number,) in self._file.rows(BY_DATE.format(way=way))]
