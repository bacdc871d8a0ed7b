"""The words of a project's own: those that its reviewers marked more often than not."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from annotator.model import Span
from annotator.tagging.hints import Grown, Lists, grown, with_marked

if TYPE_CHECKING:
    from annotator.store import Project

OwnWords = dict[tuple[str, str], tuple[Grown, ...]]
"""(language, label) → its words."""


def own_words(project: Project, reviewer: str) -> OwnWords:
    """Return the words marked in at least half of their places, from what the reviewer may see.

    A label counts where it is, or ever was, marked in words.
    """
    texts: defaultdict[str, list[tuple[str, dict[str, list[Span]]]]] = defaultdict(list)
    labels: dict[tuple[str, str], None] = {}
    for language, text, marks in project.finder.judged(reviewer):
        spans: defaultdict[str, list[Span]] = defaultdict(list)
        for label, span in marks:
            spans[label].append(span)
            labels[language, label] = None
        texts[language].append((text, spans))
    found = {
        (language, label): grown((text, spans.get(label, ())) for text, spans in texts[language])
        for language, label in labels
    }
    return {key: words for key, words in found.items() if words}


def with_own_words(lists: Lists, own: OwnWords) -> Lists:
    """Return the lists with these words in them; a word already listed keeps what is said there."""
    for (language, label), words in own.items():
        lists = with_marked(lists, language, label, words)
    return lists
