"""The log as far as a reviewer may see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.model import Event, EventKind

if TYPE_CHECKING:
    from annotator.store import Project

OPEN_KINDS = ("assign", "scheme", "meta", "retag", "person")
"""Book-keeping that says nothing about anybody's answers."""


def visible_events(
    project: Project,
    reviewer: str,
    actor: str | None = None,
    kind: EventKind | None = None,
    target: str | None = None,
) -> Iterator[Event]:
    """Yield the events that match every filter given, without what must stay hidden yet.

    In a blind project that is what colleagues did about a claim the reviewer has not judged.
    """
    if project.sees_all(reviewer):
        yield from project.events(actor, kind, target)
        return
    hidden: set[str] = set()
    for event in project.events():
        if not _open(project, reviewer, event, hidden):
            hidden.add(event.id)
        elif (
            actor in (None, event.actor)
            and kind in (None, event.kind)
            and target in (None, event.target)
        ):
            yield event


def _open(project: Project, reviewer: str, event: Event, hidden: set[str]) -> bool:
    if event.actor == reviewer or event.kind in OPEN_KINDS:
        return True
    if event.kind == "undo":
        return event.target not in hidden
    return project.sees(reviewer, event.target)
