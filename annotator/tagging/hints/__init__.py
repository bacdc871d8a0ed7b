"""Hints: places worth a second look, each with its reason; they never judge.

They come from an article, its tagging and word lists that people can edit, never from answers.
"""

from .finder import by_claim, for_claim, hints
from .grown import Grown, grown
from .hint import KINDS, Hint
from .lists import Lists, read_lists, with_marked

__all__ = [
    "KINDS",
    "Grown",
    "Hint",
    "Lists",
    "by_claim",
    "for_claim",
    "grown",
    "hints",
    "read_lists",
    "with_marked",
]
