"""The log as far as a reviewer may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model import Event, EventKind
from annotator.review.history import corrections_of

if TYPE_CHECKING:
    from annotator.store import ClaimRow, Project

OPEN_KINDS = ("assign", "scheme", "meta", "retag", "person")
"""Book-keeping that says nothing about anybody's answers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are wanted: those that meet everything asked for."""

    actor: str | None = None
    kind: EventKind | None = None
    targets: frozenset[str] | None = None
    """What they are about; an undo is about what the act that it takes back is about."""
    claim: str | None = None
    """The claim that these targets are all about, if they are about one."""
    since: str | None = None
    """The first time, as the log writes it."""
    until: str | None = None
    """The last time."""


def visible_events(project: Project, reviewer: str, wanted: Wanted = Wanted()) -> Iterator[Event]:
    """Yield the wanted events in the order of the log, without what must stay hidden yet.

    In a blind project that is what colleagues did about a claim the reviewer has not judged.
    """
    everything = project.sees_all(reviewer)
    if everything and wanted.targets is None:
        events = project.events(wanted.actor, wanted.kind)
        yield from (event for event in events if _matches(event, wanted))
        return
    with_tags = wanted.claim is not None and project.sees(reviewer, wanted.claim)
    hidden: set[str] = set()
    about: set[str] = set()
    for event in project.events():
        tagging = with_tags and event.kind == "correct"
        if not (everything or tagging or _open(project, reviewer, event, hidden)):
            hidden.add(event.id)
        elif _is_about(event, wanted, about) and _matches(event, wanted):
            yield event


def article_targets(project: Project, article_id: str) -> frozenset[str]:
    """Return what events that concern an article are about: it, its claims, its tags."""
    claims = (one.claim.id for one in project.known_claims(article_id))
    tags = (event.target for event in project.corrections_made(article_id))
    return frozenset((article_id, *claims, *tags))


def claim_targets(project: Project, row: ClaimRow) -> frozenset[str]:
    """Return what events that concern a claim are about: it, and the tags on its words."""
    return frozenset((row.claim.id, *(event.target for event in corrections_of(project, row))))


def _is_about(event: Event, wanted: Wanted, about: set[str]) -> bool:
    """Whether an event is about what is wanted; `about` are the ids of earlier ones that are."""
    if wanted.targets is None:
        return True
    found = event.target in (about if event.kind == "undo" else wanted.targets)
    if found:
        about.add(event.id)
    return found


def _matches(event: Event, wanted: Wanted) -> bool:
    return (
        wanted.actor in (None, event.actor)
        and wanted.kind in (None, event.kind)
        and (wanted.since is None or wanted.since <= event.at)
        and (wanted.until is None or event.at <= wanted.until)
    )


def _open(project: Project, reviewer: str, event: Event, hidden: set[str]) -> bool:
    if event.actor == reviewer or event.kind in OPEN_KINDS:
        return True
    if event.kind == "undo":
        return event.target not in hidden
    return project.sees(reviewer, event.target)
