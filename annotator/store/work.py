"""Under which conditions people judge, as the log has it.

A `person` event about `WORK` says how its author works from then on: {"order", "hide_outlet"}. One
is written before the first judgement under other conditions than the last one said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from annotator.model import Working, WorkOrder
from annotator.store.codec import read_body
from annotator.store.connection import Connection

WORK = "work"


def body_of(working: Working) -> dict[str, Any]:
    """Return conditions as the body of an event."""
    return {"order": working.order, "hide_outlet": working.hide_outlet}


def conditions(file: Connection) -> dict[str, Working]:
    """Return reviewer → the conditions under which they last said that they work."""
    rows = file.rows(
        "SELECT actor, body FROM state WHERE kind = 'person' AND target = ? ORDER BY actor", (WORK,)
    )
    return {actor: _working(read_body(body)) for actor, body in rows}


def _working(body: Mapping[str, Any]) -> Working:
    orders: dict[object, WorkOrder] = {one: one for one in get_args(WorkOrder)}
    # A newer version may know orders that this one does not.
    order = orders.get(body.get("order"), "corpus")
    return Working(order, body.get("hide_outlet") is True)
