"""The whole story of a claim: what it is, how it stands, and what was done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from annotator.scheme import Scheme
from annotator.tui.keys import sign
from annotator.tui.review_answers import standing_line
from annotator.tui.window import Window
from annotator.tui.wrap import broken, shown

if TYPE_CHECKING:
    from annotator.review.history import Act
    from annotator.review.telling import Who
    from annotator.store import ClaimRow
    from annotator.tui.desk import Desk

NO_ACTS = "Nothing was done here yet: {keys} judge the claim."
MARGIN = "  "


def story_window(desk: Desk, claim_id: str, key: str, who: Who = str) -> Window:
    """Return a window with the whole story of a claim; `key` closes it as well."""
    from annotator.review.history import story

    row = desk.project.claim(claim_id)
    assert row is not None  # it is on the screen
    acts = story(desk.project, desk.reviewer, row)
    head = list(_head(desk, row, who))
    return Window("History", lambda width: _story(acts, desk, head, who, width), key)


def _head(desk: Desk, row: ClaimRow, who: Who) -> Iterator[str]:
    """Yield what a claim is and how it stands."""
    from annotator.review.deciding import dispute

    project = desk.project
    yield f"« {' '.join(row.text.split())} »"
    title = project.article(row.article_id).about.title
    yield " · ".join(filter(None, (title, _voice(desk, row))))
    if row.superseded:
        yield "the current tags no longer have this claim"
    if not project.sees(desk.reviewer, row.claim.id):
        yield "what colleagues did is hidden until you have judged it"
    elif found := dispute(project, desk.reviewer, row.claim.id):
        yield standing_line(found, desk.session.scheme, who)


def _voice(desk: Desk, row: ClaimRow) -> str:
    """Return whose words a claim is, as the reviewer corrected it."""
    tagging = desk.session.tagging(row.article_id)
    claim = next((one for one in tagging.claims if one.id == row.claim.id), None)
    if claim is None:
        return ", ".join(filter(None, (row.claim.voice, row.speaker)))
    said = [tagging.attributions[index] for index in claim.attributions[:1]]
    return ", ".join([claim.voice, *(one.speaker for one in said if one.speaker)])


def _story(
    acts: Sequence[Act], desk: Desk, head: Sequence[str], who: Who, width: int
) -> list[Content]:
    """Return what a claim is, then when, who and what for each act, the newest first."""
    lines = [Content.styled(line, "$quiet") for one in head for line in broken(one, width)]
    lines.append(Content())
    if not acts:
        keys = " ".join(sign(one.keys[0]) for one in desk.keymap.actions if one.footer == "judge")
        return lines + [Content(line) for line in broken(NO_ACTS.format(keys=keys), width)]
    return lines + [line for act in acts for line in _lines(act, desk.session.scheme, who, width)]


def _lines(act: Act, scheme: Scheme, who: Who, width: int) -> Iterator[Content]:
    from annotator.review.telling import told

    undone = f"  (taken back {_local(act.undone_at)})" if act.undone_at else ""
    heading = f"{_local(act.event.at)}  {who(act.event.actor)}{undone}"
    yield from (Content.styled(line, "bold") for line in broken(heading, width))
    for line in broken(told(act, scheme, who), max(1, width - len(MARGIN))):
        yield Content.styled(MARGIN + line, "$quiet" if act.undone else "")


def _local(at: str) -> str:
    """Return a time of the log as a clock on the wall shows it."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return shown(at)
