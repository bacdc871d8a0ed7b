"""What of a project goes into a dataset, and which part of it an article belongs to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal, get_args

from annotator.errors import UsageError

Split = Literal["train", "validation", "test"]
Only = Literal["all", "judged", "decided"]
Shares = tuple[int, int, int]

SPLITS: tuple[Split, ...] = get_args(Split)
EACH, FINAL = "each", "final"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is exported, and in which form."""

    who: str = EACH
    """Whose answers: everybody's (`EACH`), what they amount to (`FINAL`), or one person's name."""
    labels: frozenset[str] | None = None
    """Ids of the labels that are kept; None for all."""
    only: Only = "all"
    """Which claims: all, those with an answer of the wanted people, or those decided on."""
    query: str = ""
    """A filter as in the UI; it holds where it holds for anybody's answer."""
    names: bool = False
    """Whether people have their names; else pseudonyms."""
    seed: int = 1
    """Of the division into splits."""
    shares: Shares = (80, 10, 10)
    """How many articles of a hundred go into training, validation and test, on average."""
    text: bool = True
    """Whether the text of articles is written."""
    quoted: int = 0
    """How many words of a claim are quoted at most where the text is not written."""

    @property
    def whole(self) -> bool:
        """Whether nothing is left out but, at most, text: then the log is written too."""
        return self.who == EACH and self.labels is None and not self.narrow

    @property
    def narrow(self) -> bool:
        """Whether some claims are left out."""
        return self.only != "all" or bool(self.query)

    def split(self, article_id: str) -> Split:
        """Return the part an article is in, which never changes as a project grows."""
        key = hashlib.sha256(f"{self.seed} {article_id}".encode()).digest()
        point = int.from_bytes(key[:8], "big") * sum(self.shares) >> 64
        train, validation, _ = self.shares
        if point < train:
            return "train"
        return "validation" if point < train + validation else "test"


def parse_shares(text: str) -> Shares:
    """Read shares as people write them ("80/10/10"); UsageError where they are none."""
    parts = text.split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise UsageError(f"splits are three numbers like 80/10/10, not {text!r}")
    train, validation, test = map(int, parts)
    if train + validation + test != 100:
        raise UsageError(f"splits {text}: the three numbers must make 100")
    return train, validation, test
