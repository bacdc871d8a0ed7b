"""Records of our own exports, whatever held them, as a page of what one person marked."""

from __future__ import annotations

from annotator.datasets.foreign import Link, Mark, Page, about_of, kind_among
from annotator.datasets.layers import marks as marks_of
from annotator.datasets.records import Record


def own_page(where: str, text: str, told: Record) -> Page:
    """Return one person's answers on an article by the records of an export of ours.

    `told` has "article", "attributions", "reviewer", and "claims" each with its "answer" or None.
    KeyError, TypeError or the like where something else is there.
    """
    marks: list[Mark] = []
    links: list[Link] = []
    for one in told["attributions"]:
        for role in ("content", "cue", "source"):
            if one[role]:
                spans = tuple((start, end) for start, end in one[role])
                identity = f"{one['id']} {role}"
                kind = kind_among([one["kind"]])
                marks.append(Mark(identity, role, spans, kind=kind, speaker=one["speaker"]))
                links.append(Link(f"{one['id']} content", identity))
    for claim in told["claims"]:
        _add_claim(marks, links, claim)
    left = [f"via of {one['id']} has no place" for one in told["attributions"] if one["via"]]
    for claim in told["claims"]:
        answer = claim["answer"] or {}
        dropped = [name for name in ("framer", "evidence") if answer.get(name)]
        left += [f"{name} of {claim['claim_id']} has no place" for name in dropped]
    known = about_of(told["article"])
    kept, linked = tuple(marks), frozenset(links)
    return Page(where, text, known, told["reviewer"], kept, linked, tuple(left))


def _add_claim(marks: list[Mark], links: list[Link], claim: Record) -> None:
    """Add a claim of ours, what was answered on it, and the words that carry labels."""
    answer, said = claim["answer"] or {}, claim["attribution"]
    labels = [
        label
        for value in answer.get("labels", {}).values()
        for label in ([value] if isinstance(value, str) else value or ())
    ]
    whole = Mark(
        claim["claim_id"],
        "claim",
        ((claim["start"], claim["end"]),),
        claim.get("text"),
        said=tuple(labels),
        attributed=said is not None,
        target=answer.get("target"),
        note=answer.get("note"),
        unsure=answer.get("unsure", False),
    )
    marks.append(whole)
    if said is not None:
        links.append(Link(whole.id, f"{said['id']} content"))
    for label, place in marks_of(answer) if answer else ():
        words = Mark(f"{whole.id} {label} {place}", label, (place,))
        marks.append(words)
        links.append(Link(words.id, whole.id))
