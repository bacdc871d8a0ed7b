"""One reviewer's answers beside what was settled, to learn from where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.codebook import Codebook, Section
from annotator.model import Judgement
from annotator.review.deciding import standing
from annotator.review.rows import Row, counted, section, share, short
from annotator.scheme import Axis, Scheme

if TYPE_CHECKING:
    from annotator.store import DecisionRow, Project

Progress = Callable[[int, int], None]
Labels = tuple[str, ...]

WORDS, NAMES = 60, 26
"""Characters of a claim, and of a pair of labels, that a line has room for."""
NONE = "none"


@dataclass(frozen=True, slots=True)
class Settled:
    """A claim that a reviewer judged to the end and that was settled."""

    claim_id: str
    article_id: str
    own: Judgement
    decision: DecisionRow

    def labels(self, axis: Axis) -> tuple[Labels, Labels]:
        """Return one's own labels on an axis and the settled ones, sorted."""
        own, final = (one.labels.get(axis.id, ()) for one in (self.own, self.decision.answer))
        return tuple(sorted(own)), tuple(sorted(final))

    def otherwise(self, scheme: Scheme) -> bool:
        """Whether it was settled on other labels."""
        return any(len(set(self.labels(axis))) > 1 for axis in scheme.axes)


def settled(
    project: Project, reviewer: str, progress: Progress = lambda done, total: None
) -> list[Settled]:
    """Return the settled claims that a reviewer judged, by article id and place in the article.

    Only decisions that hold and that they may see, on claims that they have finished judging.
    """
    scheme = project.scheme()
    found: list[Settled] = []
    articles = list(project.article_ids())
    for number, article_id in enumerate(articles, 1):
        found += _in_article(project, scheme, reviewer, article_id)
        progress(number, len(articles))
    return found


def _in_article(
    project: Project, scheme: Scheme, reviewer: str, article_id: str
) -> Iterator[Settled]:
    decisions = project.decisions(article_id)
    everybodys = project.all_judgements(article_id) if decisions else {}
    for claim_id, decision in decisions.items():
        rows = everybodys.get(claim_id, {})
        current = {row.event_id for row in rows.values()}
        if reviewer not in rows or standing(decision, current) != "decided":
            continue
        own = rows[reviewer].judgement
        if scheme.finished(own):
            yield Settled(claim_id, article_id, own, decision)


def rulings(found: list[Settled], scheme: Scheme, codebook: Codebook) -> list[tuple[str, Section]]:
    """Return (label, section of the codebook) for what bears on the labels that differ."""
    labels = {
        label
        for one in found
        for axis in scheme.axes
        for label in set.symmetric_difference(*map(set, one.labels(axis)))
    }
    sections: dict[int, tuple[str, Section]] = {}
    for label in scheme.labels:
        for ruling in codebook.rulings_for(label.id) if label.id in labels else ():
            sections.setdefault(ruling.line, (label.id, ruling))
    return [sections[line] for line in sorted(sections)]


def mine_record(
    found: list[Settled], scheme: Scheme, codebook: Codebook, texts: dict[str, str]
) -> dict[str, object]:
    """Return everything as JSON fields; `texts` are the words of the claims by id."""
    return {
        "settled": [
            {
                "claim_id": one.claim_id,
                "article_id": one.article_id,
                "text": texts.get(one.claim_id),
                "as_you_said": not one.otherwise(scheme),
                "own": {axis.id: one.labels(axis)[0] for axis in scheme.axes},
                "final": {axis.id: one.labels(axis)[1] for axis in scheme.axes},
                "by": one.decision.by,
                "reason": one.decision.reason,
                "note": one.decision.answer.note,
            }
            for one in found
        ],
        "rulings": [
            {"label": label, "ruling": ruling.title, "text": ruling.text}
            for label, ruling in rulings(found, scheme, codebook)
        ],
    }


# --- in words -----------------------------------------------------------------------------------


def mine_rows(
    found: list[Settled], scheme: Scheme, codebook: Codebook, texts: dict[str, str]
) -> list[Row]:
    """Return what to learn, line by line; `texts` are the words of the claims by id."""
    other = [one for one in found if one.otherwise(scheme)]
    same = len(found) - len(other)
    are = "is" if len(found) == 1 else "are"
    about = f"{counted(len(found), 'claim')} you judged {are} settled, {same} as you said"
    rows = [Row(about, True)]
    for axis in scheme.axes if found else ():
        agreed = sum(len(set(one.labels(axis))) == 1 for one in found)
        rows.append(
            Row(f"  {axis.name:<{NAMES}} {agreed} as you said ({share(agreed, len(found))})")
        )
    rows += section("You said, and what was settled", _pairs(other, scheme))
    told = (
        Row(f"  {scheme.label(label).name}: {ruling.title}", label=label)
        for label, ruling in rulings(other, scheme, codebook)
    )
    rows += section("Rulings of the codebook that bear on these labels", told)
    return rows + section("Claim by claim", _claims(other, scheme, texts))


def _pairs(other: list[Settled], scheme: Scheme) -> Iterator[Row]:
    for axis in scheme.axes:
        pairs: dict[tuple[Labels, Labels], list[str]] = {}
        for one in other:
            own, final = one.labels(axis)
            if own != final:
                pairs.setdefault((own, final), []).append(one.claim_id)
        for (own, final), claims in sorted(pairs.items(), key=lambda pair: -len(pair[1])):
            title = f"{scheme.named(own) or NONE} → {scheme.named(final) or NONE}"
            text = f"  {title:<{2 * NAMES}} {counted(len(claims), 'claim')}"
            yield Row(text, claims=tuple(claims), title=title)


def _claims(other: list[Settled], scheme: Scheme, texts: dict[str, str]) -> Iterator[Row]:
    for one in other:
        claims = (one.claim_id,)
        yield Row(f"  « {short(texts[one.claim_id], WORDS)} »", claims=claims, title="Settled")
        for axis in scheme.axes:
            own, final = one.labels(axis)
            if own != final:
                pair = f"you: {scheme.named(own) or NONE}   settled: {scheme.named(final) or NONE}"
                yield Row(f"      {pair}", claims=claims, title="Settled")
        if why := reasons(one.decision):
            yield Row(f"      {why}", claims=claims, title="Settled")


def reasons(decision: DecisionRow) -> str:
    """Return why something was settled as it was: the reason and the note; empty without."""
    reason = (decision.reason or "").replace("_", " ")
    return ": ".join(filter(None, (reason, decision.answer.note)))
