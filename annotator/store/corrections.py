"""Reviewers' corrections of tags: their stored form, and the claims that they make.

The body of a `correct` event about an attribution is {"article", "was", "now"}, both values an
attribution as {"content", "cue", "source", "kind", "speaker", "speaker_type", "via"} or null:
what the machine has (null for an added one), and what it is to be (null: removed). Each says all
that this reviewer wants changed about it, so only the last one counts. Its target is the id of
the machine's attribution, or the id that an added one had at first. About a segment it is
{"article", "at", "was", "now"}: whether a segment starts at this offset; its target is `cut_id`.
A body without "now" drops what this reviewer corrected there.

An event about a claim that only corrections make says where that is, {"article", "start", "end",
"voice"} beside the rest of its body, so that it can be found when the corrections are gone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.model import (
    ATTRIBUTION_KINDS,
    SPEAKER_TYPES,
    VOICES,
    Attribution,
    Claim,
    Event,
    Span,
    Tagging,
    claim_id,
)
from annotator.store.codec import read_body
from annotator.store.connection import Connection, Row
from annotator.store.log import COLUMNS
from annotator.tagging.overlay import (
    Corrected,
    Correction,
    CutCorrection,
    TagCorrection,
    corrected,
    cut_id,
)

if TYPE_CHECKING:
    from annotator.tagging.graphemes import Interior

ROLES = ("content", "cue", "source")
NOBODY = (None, None)

# Whether a claim is on the walk of the one whose judgement is in `state`: on that of their
# corrected tagging where they have one, else on the machine's.
ON_WALK = """
coalesce(
    (SELECT walk FROM corrected WHERE reviewer = state.actor AND corrected.id = claims.id),
    claims.walk AND NOT EXISTS (
        SELECT 1 FROM corrected WHERE article = claims.article AND reviewer = state.actor
    )
)
"""

# How many claims are on the walk of :reviewer through an article of the catalogue.
WALK_LENGTH = """
coalesce(
    (SELECT sum(walk) FROM corrected
     WHERE corrected.article = catalogue.article AND corrected.reviewer = :reviewer),
    catalogue.claims
)
"""

CURRENT = """
SELECT state.actor, state.target, state.body
FROM located CROSS JOIN events ON events.id = located.event AND events.kind = 'correct'
CROSS JOIN state
ON state.kind = 'correct' AND state.target = events.target AND state.actor = events.actor
AND state.event = events.id
WHERE located.article = :article AND (:reviewer IS NULL OR state.actor = :reviewer)
ORDER BY state.actor, state.seq, state.event
"""

# The articles whose claims may be others after new events: those whose corrections are touched,
# and those of claims that only the events about them know of.
AFFECTED = """
SELECT articles.number FROM temp.touched AS key
CROSS JOIN events AS event
ON event.target = key.target AND event.kind = key.kind AND event.actor = key.actor
CROSS JOIN located ON located.event = event.id
CROSS JOIN articles ON articles.id = located.article
WHERE key.kind = 'correct'
UNION
SELECT articles.number FROM events
CROSS JOIN located ON located.event = events.id
CROSS JOIN articles ON articles.id = located.article
WHERE events.number > ? AND events.kind <> 'correct' AND NOT EXISTS (
    SELECT 1 FROM claims WHERE id = events.target AND NOT (corrected AND superseded)
)
"""


WALK = """
SELECT position, id, walk, voice, speaker, speaker_type FROM corrected
WHERE article = ? AND reviewer = ? ORDER BY position
"""


class KnownClaim(NamedTuple):
    """A claim of an article, whoever knows of it."""

    claim: Claim
    tagging: Tagging
    """The tagging that has it; where none has it any more, the current one."""
    number: int
    """Arrival number of that tagging, or of the one below the corrections."""
    position: int
    """Place among the claims of that tagging, from 0; after them all where none has it."""
    superseded: bool
    """Whether neither the current tagging has it nor anybody's corrections make it."""
    corrected: bool
    """Whether only somebody's corrections make it, or made it once."""


# --- stored form --------------------------------------------------------------------------------


def correction_to_body(article_id: str, correction: Correction) -> dict[str, Any]:
    """Return the body of a `correct` event; of a correction that says nothing, one that drops."""
    body: dict[str, Any] = {"article": article_id}
    if isinstance(correction, CutCorrection):
        body |= {"at": correction.at, "was": correction.was, "now": correction.now}
    else:
        body |= {"was": _to_tag(correction.was), "now": _to_tag(correction.now)}
    if correction.now == correction.was:
        del body["now"]
    return body


def _to_tag(attribution: Attribution | None) -> dict[str, Any] | None:
    if attribution is None:
        return None
    return {
        **{role: [list(span) for span in getattr(attribution, role)] for role in ROLES},
        "kind": attribution.kind,
        "speaker": attribution.speaker,
        "speaker_type": attribution.speaker_type,
        "via": attribution.via,
    }


class _Reader:
    """Reads the corrections of one article; what is not one, by a colleague's file, is None."""

    def __init__(self, article_id: str, text: str) -> None:
        self.article_id = article_id
        self.text = text

    def read(self, target: str, body: Mapping[str, Any]) -> Correction | None:
        if "was" not in body or "now" not in body or body.get("article") != self.article_id:
            return None
        was, now = body["was"], body["now"]
        if "at" in body:
            at = body["at"]
            good = type(at) is int and type(was) is bool and type(now) is bool and was is not now
            same = good and cut_id(self.article_id, at) == target
            return CutCorrection(target, at, was, now) if same else None
        try:
            old = None if was is None else self._attribution(was)
            new = None if now is None else self._attribution(now)
        except (KeyError, TypeError, ValueError):
            return None
        if old == new or (old is not None and old.id(self.article_id) != target):
            return None
        return TagCorrection(target, old, new)

    def _attribution(self, tag: Mapping[str, Any]) -> Attribution:
        names = (tag["speaker"], tag["via"])
        if not all(one is None or isinstance(one, str) for one in names):
            raise TypeError("a name is not a text")
        if tag["kind"] not in ATTRIBUTION_KINDS or not tag["content"]:
            raise ValueError("no attribution")
        if tag["speaker_type"] not in (None, *SPEAKER_TYPES):
            raise ValueError("no type of speaker")
        return Attribution(
            content=self._spans(tag["content"]),
            kind=tag["kind"],
            cue=self._spans(tag["cue"]),
            source=self._spans(tag["source"]),
            speaker=names[0],
            speaker_type=tag["speaker_type"],
            via=names[1],
        )

    def _spans(self, data: Sequence[Sequence[int]]) -> tuple[Span, ...]:
        spans = tuple((start, end) for start, end in data)
        for start, end in spans:
            if not (type(start) is type(end) is int and 0 <= start < end <= len(self.text)):
                raise ValueError("no stretch of the text")
            if start in self._inside or end in self._inside or not self.text[start:end].strip():
                raise ValueError("no words")
        return spans

    @cached_property
    def _inside(self) -> Interior:
        from annotator.tagging.graphemes import Interior  # only corrections pay for its imports

        return Interior(self.text)


# --- what reviewers have corrected --------------------------------------------------------------


def corrections(
    file: Connection, article_id: str, reviewer: str | None = None
) -> dict[str, tuple[Correction, ...]]:
    """Return reviewer → current corrections in the order of the log, of those who have any."""
    rows = file.rows(CURRENT, {"article": article_id, "reviewer": reviewer})
    found: dict[str, list[Correction]] = {}
    reader = _Reader(article_id, _text(file, article_id)) if rows else None
    for actor, target, body in rows:
        one = reader.read(target, read_body(body)) if reader else None
        if one is not None:
            found.setdefault(actor, []).append(one)
    return {actor: tuple(some) for actor, some in found.items()}


def made(file: Connection, article_id: str) -> Iterator[Event]:
    """Yield every `correct` event about an article in the order of the log."""
    rows = file.rows(
        f"SELECT {COLUMNS} FROM located CROSS JOIN events ON events.id = located.event"
        " WHERE located.article = ? AND kind = 'correct' ORDER BY seq, events.id",
        (article_id,),
    )
    return (Event(*row) for row in rows)


def corrected_for(file: Connection, tagging: Tagging, reviewer: str) -> Corrected:
    """Return a tagging with a reviewer's current corrections on top."""
    own = corrections(file, tagging.article_id, reviewer).get(reviewer, ())
    return _corrected(file, tagging, reviewer, own)


def _corrected(
    file: Connection, tagging: Tagging, reviewer: str, own: tuple[Correction, ...]
) -> Corrected:
    """Return a tagging with a reviewer's corrections on top, as it was made last if it can be."""
    key = tagging.article_id, reviewer
    known = file.corrected.get(key)
    if known is not None and known.machine is tagging and known.corrections == own:
        return known
    lookup = next((one for one in file.taggings if one.tagging is tagging), None)
    text = _text(file, tagging.article_id)
    return file.corrected.put(key, corrected(text, tagging, own, lookup))


def locate(file: Connection, since: int) -> None:
    """List the events after number `since` by the article that their body names."""
    file.run(
        "INSERT INTO located SELECT id, json_extract(body, '$.article') FROM events"
        " WHERE number > ? AND json_type(body, '$.article') = 'text'",
        (since,),
    )


def affected(file: Connection, since: int) -> list[int]:
    """Return the numbers of the articles whose claims may be others after the touched keys."""
    return [number for (number,) in file.rows(AFFECTED, (since,))]


def placed(file: Connection, target: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the body of an event with where its claim is, if only corrections make the claim."""
    row = file.row(
        'SELECT articles.id, "start", "end", voice FROM claims'
        " JOIN articles ON articles.number = claims.article WHERE claims.id = ? AND corrected",
        (target,),
    )
    # An empty body says that there is no answer any more.
    if row is None or not body:
        return body
    return {**body, **dict(zip(("article", "start", "end", "voice"), row, strict=True))}


# --- the claims they make -----------------------------------------------------------------------


def everybodys(file: Connection, tagging: Tagging) -> dict[str, Tagging]:
    """Return reviewer → their tagging, of those whose corrections change something, by name."""
    found = corrections(file, tagging.article_id)
    own = {name: _corrected(file, tagging, name, some).tagging for name, some in found.items()}
    own = dict(sorted(own.items()))
    return {name: one for name, one in own.items() if one is not tagging}


def derive(file: Connection, number: int, tagging: Tagging) -> dict[str, Tagging]:
    """List the claims of all who corrected an article again; return reviewer → their tagging.

    Those whose corrections leave claims and speakers as they are go along with everybody.
    """
    own = everybodys(file, tagging)
    machines = _listed(tagging)
    walks = {name: _listed(one) for name, one in own.items()}
    walks = {name: listed for name, listed in walks.items() if listed != machines}
    rows = file.rows("SELECT DISTINCT reviewer FROM corrected WHERE article = ?", (number,))
    for reviewer in {*walks, *(name for (name,) in rows)}:
        _write_walk(file, number, reviewer, walks.get(reviewer, ()))
    return own


def _write_walk(file: Connection, number: int, reviewer: str, listed: Sequence[Row]) -> None:
    """Write the claims that are others than before, or have another place."""
    placed: dict[str, Row] = {}
    for position, row in enumerate(listed):  # a tagging from a file may list a claim twice
        placed.setdefault(row[0], (position, *row))
    now, before = list(placed.values()), file.rows(WALK, (number, reviewer))
    first = next((n for n, (a, b) in enumerate(zip(now, before, strict=False)) if a != b), None)
    first = min(len(now), len(before)) if first is None else first
    last = 0
    if len(now) == len(before):
        while last < len(now) - first and now[-1 - last] == before[-1 - last]:
            last += 1
    gone, new = before[first : len(before) - last], now[first : len(now) - last]
    if gone:
        file.run(
            "DELETE FROM corrected WHERE article = ? AND reviewer = ? AND position BETWEEN ? AND ?",
            (number, reviewer, gone[0][0], gone[-1][0]),
        )
    file.run_many(
        "INSERT INTO corrected VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, reviewer, *row) for row in new),
    )


def _listed(tagging: Tagging) -> list[Row]:
    """Return (id, whether it is on the walk, voice, speaker, their type) of each claim."""
    speakers = [(one.speaker, one.speaker_type) for one in tagging.attributions]
    return [
        (
            one.id,
            one.walk,
            one.voice,
            *(speakers[one.attributions[0]] if one.attributions else NOBODY),
        )
        for one in tagging.claims
    ]


def known_claims(
    file: Connection, found: Sequence[tuple[int, Tagging]], own: Mapping[str, Tagging]
) -> Iterator[KnownClaim]:
    """Yield every claim of an article that anybody can have judged, each once.

    First those of the current tagging, the last of `found`; then those that corrections make;
    those that only older taggings have; and those that only corrections made that are gone.
    """
    number, current = found[-1]
    sources = [(number, current, False, False)]
    sources += [(number, one, False, True) for one in own.values()]
    sources += [(older, one, True, False) for older, one in reversed(found[:-1])]
    listed: set[str] = set()
    for source, tagging, superseded, is_corrected in sources:
        for position, claim in enumerate(tagging.claims):
            if claim.id not in listed:
                listed.add(claim.id)
                yield KnownClaim(claim, tagging, source, position, superseded, is_corrected)
    for claim in _lost(file, current):
        if claim.id not in listed:
            listed.add(claim.id)
            yield KnownClaim(claim, current, number, len(current.claims), True, True)


def _lost(file: Connection, current: Tagging) -> Iterator[Claim]:
    """Yield the claims that the events about them place in an article, in the order of the log."""
    rows = file.rows(
        "SELECT target, body FROM located CROSS JOIN events ON events.id = located.event"
        " WHERE located.article = ? AND kind <> 'correct' ORDER BY seq, id",
        (current.article_id,),
    )
    length = len(_text(file, current.article_id)) if rows else 0
    starts = [segment.start for segment in current.segments]
    for target, text in rows:
        body = read_body(text)
        start, end, voice = body.get("start"), body.get("end"), body.get("voice")
        if not (type(start) is type(end) is int and voice in VOICES):
            continue
        ids = [claim_id(current.article_id, start, end, side) for side in (True, False)]
        if 0 <= start < end <= length and target in ids and starts:
            segment = max(0, bisect_right(starts, start) - 1)
            yield Claim(target, start, end, segment, voice, walk=False)


def progress_rows(file: Connection, number: int) -> list[Row]:
    """Return (reviewer, article, claims of their walk they judged) for all who judged any."""
    return file.rows(
        "SELECT state.actor, claims.article, count(*) FROM claims"
        " CROSS JOIN state"
        " ON state.kind = 'judge' AND state.target = claims.id AND state.body <> '{}'"
        f" WHERE claims.article = ? AND {ON_WALK} GROUP BY state.actor",
        (number,),
    )


def _text(file: Connection, article_id: str) -> str:
    return file.value("SELECT text FROM articles WHERE id = ?", (article_id,)) or ""
