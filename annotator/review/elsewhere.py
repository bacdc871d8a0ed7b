"""The hint that the words of a claim were labelled otherwise in another place."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from annotator.model import Claim
from annotator.scheme import Scheme
from annotator.store.alike import Alike
from annotator.tagging.hints import Hint

if TYPE_CHECKING:
    from annotator.store import Project

KIND = "labelled_otherwise"
MOST_ANSWERS = 3
MOST_NAMES = 3


def elsewhere(
    project: Project, scheme: Scheme, reviewer: str, claim: Claim, text: str
) -> Hint | None:
    """Return the hint for a claim of an article's text, None where there is nothing to say.

    It rests on the reviewer's own judgements and on those of colleagues that they may see.
    """
    words = text[claim.start : claim.end]
    found = project.finder.labelled_otherwise(reviewer, claim.id, words)
    if not found:
        return None
    reason = f"the same words are labelled otherwise elsewhere: {_answers(found, scheme, reviewer)}"
    return Hint(KIND, (claim.start, claim.end), reason, None, (claim.id,))


def _answers(found: list[Alike], scheme: Scheme, reviewer: str) -> str:
    """Return each answer once, with who gave it."""
    by_answer: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in found:
        who = "you" if one.reviewer == reviewer else one.reviewer
        by_answer[_answer(one, scheme)][who] = None
    parts = [f"{answer} ({_few([*who], MOST_NAMES)})" for answer, who in by_answer.items()]
    return _few(parts, MOST_ANSWERS)


def _answer(one: Alike, scheme: Scheme) -> str:
    names = {label.id: label.name for label in scheme.labels}
    return " + ".join(names.get(label, label) for some in one.labels.values() for label in some)


def _few(parts: list[str], most: int) -> str:
    more = len(parts) - most
    return ", ".join(parts[:most]) + (f" and {more} more" if more > 0 else "")
