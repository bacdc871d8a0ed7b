"""What the screens on which one finds claims show of them, read from the project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from annotator.errors import UsageError
from annotator.model import VOICES
from annotator.scheme import Scheme
from annotator.store import Match, Project, Said, parse_filter
from annotator.store.filters import IS, MISSING, SHORT
from annotator.tui.answers import signs
from annotator.tui.claimlist import Entry, longest
from annotator.tui.desk import MOST_COUNTED, Desk, counted
from annotator.tui.dialogs import Choice
from annotator.tui.wrap import fit

PAGE = 100
"""So many claims are read at once."""
CHOICES, CHOICE, BEFORE = 50, 48, 20

KEYS = "words  label:  voice:  speaker:  language:  outlet:  by:  is:  missing:"
FREE = {
    "speaker": 'speaker:  a name or the beginnings of its words, "in quotation marks"',
    "language": "language:  fr, en …",
    "outlet": 'outlet:  a part of its name, "in quotation marks" if it has spaces',
    "reviewer": "by:  whose answers, if not yours: of those that you may see",
}

READY = {
    "is:unseen": "not judged yet",
    "is:begun": "begun: an answer is missing",
    "is:unsure": "judged, and unsure",
    "is:flagged": "flagged",
    "is:skipped": "skipped for later",
    "missing:evidence": "a label without evidence for it",
    "missing:words": "a label without the words that carry it",
}


def key_help(typed: str, desk: Desk) -> str:
    """Return the keys of a filter, or what may follow the key that is being typed."""
    scheme = desk.session.scheme
    keys = KEYS.replace("  outlet:", "") if desk.hide_outlet else KEYS
    key = typed.rsplit(maxsplit=1)[-1].partition(":") if typed.split() else ("", "", "")
    if not key[1] or typed[-1:].isspace():
        return keys
    name = SHORT.get(key[0].casefold(), key[0].casefold())
    values = {
        "label": [label.id for label in scheme.labels],
        "voice": VOICES,
        "is": IS,
        "missing": MISSING,
    }
    if name in values:
        return f"{name}:  {'  '.join(values[name])}"
    return FREE.get(name, keys)


def ready_counts(project: Project, reviewer: str) -> dict[str, int]:
    """Return how many claims each of the lists has that can be had without typing."""
    finder = project.finder
    return {text: finder.count(reviewer, parse_filter(text), MOST_COUNTED) for text in READY}


def ready_lists(counts: Mapping[str, int]) -> list[Choice]:
    """Return the lists that can be had without typing, with their counts where these are known."""
    return [
        Choice(text, f"{text:<18}{counted(counts.get(text)):<20}{words}")
        for text, words in READY.items()
    ]


def matched(
    project: Project, scheme: Scheme, reviewer: str, matches: Sequence[Match]
) -> list[Entry]:
    """Return the lines of claims that a search found."""
    answered = own_signs(project, scheme, reviewer, [(m.article_id, m.claim_id) for m in matches])
    return [
        Entry(
            one.article_id,
            one.claim_id,
            one.title,
            sign,
            one.text,
            one.hits,
            one.speaker or one.voice,
            f"note by {one.author}:" if one.author is not None else "",
            one.claim,
        )
        for one, sign in zip(matches, answered, strict=True)
    ]


def said(project: Project, scheme: Scheme, reviewer: str, claims: Sequence[Said]) -> list[Entry]:
    """Return the lines of claims that somebody made."""
    answered = own_signs(project, scheme, reviewer, [(c.article_id, c.claim_id) for c in claims])
    return [
        Entry(one.article_id, one.claim_id, one.title, sign, one.text, (), one.voice)
        for one, sign in zip(claims, answered, strict=True)
    ]


def own_signs(
    project: Project, scheme: Scheme, reviewer: str, claims: Iterable[tuple[str, str]]
) -> list[str]:
    """Return the reviewer's own answer on each of some (article id, claim id), as letters."""
    marks: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    found = []
    for article_id, claim_id in claims:
        if article_id not in marks:
            marks[article_id] = (
                project.skipped(article_id, reviewer),
                project.flagged(article_id, reviewer),
            )
        skipped, flagged = marks[article_id]
        judgement = project.judgement(reviewer, claim_id)
        found.append(signs(scheme, judgement, claim_id in skipped, claim_id in flagged))
    return found


def choices(project: Project, reviewer: str, typed: str) -> list[Choice]:
    """Return claims of any article for which what is typed holds, to choose one from."""
    try:
        wanted = parse_filter(typed)
    except UsageError:  # a link, say
        return []
    return [
        Choice(one.claim_id, f"{fit(around(one), CHOICE)} · {one.title}")
        for one in project.finder.search(reviewer, wanted, CHOICES)
        if one.author is None
    ]


def around(match: Match) -> str:
    """Return the words of a claim from shortly before what was searched for in it."""
    start, end = match.claim or (0, len(match.text))
    first, _ = longest([hit for hit in match.hits if start <= hit[0] < end])
    begin = match.text.rfind(" ", start, max(start, first - BEFORE)) + 1
    return f"…{match.text[begin:end]}" if begin else match.text[start:end]
