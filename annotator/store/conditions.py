"""What a filter asks for, in SQL.

The conditions are about rows of `catalogue` and `claims`, and about the voice and the speaker of a
claim as the reviewer sees them: the machine's, or as they corrected them themselves. :reviewer is
who asks, :who is whose judgements and marks are meant.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from annotator.errors import UsageError
from annotator.scheme import Scheme
from annotator.store import blind
from annotator.store.catalogue import fold_text
from annotator.store.connection import Connection
from annotator.store.filters import ClaimFilter
from annotator.store.walks import OWN
from annotator.store.words import words

MARK = """
EXISTS (
    SELECT 1 FROM state WHERE kind = '{kind}' AND target = claims.id AND actor = :who
    AND body <> '{{}}'{tests}
)
"""
CHOSEN = (
    "SELECT label.value FROM json_each(state.body, '$.labels') AS axis,"
    " json_each(axis.value) AS label"
)
NO_EVIDENCE = (
    "coalesce(json_array_length(state.body, '$.evidence'), 0) = 0 AND EXISTS"
    f" ({CHOSEN} WHERE label.value IN (SELECT value FROM json_each(:resting_on_evidence)))"
)
NO_WORDS = (
    f"EXISTS ({CHOSEN} WHERE label.value IN (SELECT value FROM json_each(:resting_on_words))"
    " AND NOT EXISTS (SELECT 1 FROM json_each(state.body, '$.spans') AS marked"
    "  WHERE marked.key = label.value AND json_array_length(marked.value) > 0))"
)
BEGUN = f"NOT {blind.HAS_ANSWERED.format(claim='claims.id').replace(':reviewer', ':who')}"

# Articles in which there is nothing of theirs need not be gone through.
WORKED_ON = (
    "(EXISTS (SELECT 1 FROM progress WHERE progress.reviewer = :who"
    f" AND progress.article = catalogue.article) OR EXISTS ({OWN}))"
).format(article="catalogue.article")


LITTLE = 3000
"""So many claims are quickly put in order; of more, the next one is soon met in the list."""


class Conditions(NamedTuple):
    """Conditions joined by AND, and the values they name."""

    terms: list[str]
    tags: list[str]
    """Those about {voice} and {speaker}, which are for `on_tags` to fill in."""
    values: dict[str, Any]
    says_little: bool = False
    """Whether there is so little of the wanted speakers that it is best looked up by speaker."""

    def on_tags(self, voice: str, speaker: str) -> list[str]:
        """Return the conditions about voice and speaker with what stands for them in a query."""
        return [tag.format(voice=voice, speaker=speaker) for tag in self.tags]


def conditions(file: Connection, scheme: Scheme, reviewer: str, wanted: ClaimFilter) -> Conditions:
    """Return what a filter asks for but for its words; UsageError for a label there is not."""
    _check_labels(scheme, wanted)
    who = wanted.reviewer or reviewer
    speakers = [] if wanted.speaker is None else _speakers(file, reviewer, wanted.speaker)
    values = {"who": who, **blind.answering(scheme, reviewer)}
    said = sum(claims for _, claims in speakers)
    found = Conditions([], [], values, wanted.speaker is not None and said < LITTLE)
    _add_article(file, found, wanted)
    _add_claim(found, wanted, [name for name, _ in speakers])
    _add_judgement(found, scheme, wanted)
    asks_of_person = wanted.about_judgements or wanted.unseen or wanted.flagged or wanted.skipped
    if who != reviewer and asks_of_person and not blind.sees_all(file, reviewer):
        found.terms.append(blind.HAS_ANSWERED.format(claim="claims.id"))
    return found


def _check_labels(scheme: Scheme, wanted: ClaimFilter) -> None:
    known = [label.id for label in scheme.labels]
    for label in wanted.labels:
        if label not in known:
            raise UsageError(f"no label {label} (known: {', '.join(known)})")


def _add_article(file: Connection, found: Conditions, wanted: ClaimFilter) -> None:
    if wanted.language is not None:
        found.terms.append("catalogue.language = :language")
        found.values["language"] = wanted.language.casefold()
    if wanted.outlet is not None:
        part = fold_text(wanted.outlet)
        outlets = file.rows("SELECT DISTINCT outlet FROM catalogue WHERE outlet IS NOT NULL")
        # The plus sign keeps SQLite from going through the articles outlet by outlet.
        found.terms.append("+catalogue.outlet IN (SELECT value FROM json_each(:outlets))")
        names = [outlet for (outlet,) in outlets if part in fold_text(outlet)]
        found.values["outlets"] = json.dumps(names, ensure_ascii=False)


def _add_claim(found: Conditions, wanted: ClaimFilter, speakers: Sequence[str]) -> None:
    if wanted.voice is not None:
        found.tags.append("{voice} = :voice")
        found.values["voice"] = wanted.voice
    if wanted.speaker is not None:
        found.tags.append("{speaker} IN (SELECT value FROM json_each(:speakers))")
        found.values["speakers"] = json.dumps(speakers, ensure_ascii=False)


def _add_judgement(found: Conditions, scheme: Scheme, wanted: ClaimFilter) -> None:
    tests = [f":label{number} IN ({CHOSEN})" for number in range(len(wanted.labels))]
    found.values.update((f"label{number}", one) for number, one in enumerate(wanted.labels))
    if wanted.unsure:
        tests.append("json_extract(state.body, '$.unsure')")
    if wanted.missing_evidence:
        tests.append(NO_EVIDENCE)
        resting = [label.id for label in scheme.labels if label.evidence]
        found.values["resting_on_evidence"] = json.dumps(resting)
    if wanted.missing_words:
        tests.append(NO_WORDS)
        resting = [label.id for label in scheme.labels if label.spans]
        found.values["resting_on_words"] = json.dumps(resting)
    if wanted.about_judgements:
        every = "".join(f" AND {test}" for test in tests)
        found.terms.extend((WORKED_ON, MARK.format(kind="judge", tests=every)))
    if wanted.begun:
        found.terms.append(BEGUN)
    if wanted.unseen:
        found.terms.append("NOT " + MARK.format(kind="judge", tests="").strip())
    for kind, asked in (("flag", wanted.flagged), ("skip", wanted.skipped)):
        if asked:
            found.terms.append(MARK.format(kind=kind, tests=""))


def _speakers(file: Connection, reviewer: str, beginning: str) -> list[tuple[str, int]]:
    """Return names in which words begin like that, with how many claims they have.

    Those that only the reviewer's own corrections have are among them.
    """
    wanted = " " + " ".join(words(beginning))
    found = file.rows(
        "SELECT name, sum(claims) FROM speakers WHERE instr(' ' || search, ?) GROUP BY name",
        (wanted,),
    )
    own = file.rows(
        "SELECT DISTINCT speaker, 0 FROM corrected WHERE reviewer = ?"
        " AND walk AND speaker IS NOT NULL",
        (reviewer,),
    )
    found += [row for row in own if wanted in " " + " ".join(words(row[0]))]
    return [(name, claims) for name, claims in found]
