"""What a reviewer judges: the stretches of segments in one voice, and which are on the walk."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from annotator.model import Attribution, Claim, Segment, Span, Voice, claim_id, merge_spans

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
LEAST_WORDS = 3
"""So many words outside content, cue and source speak for the narrator, where no model was used."""
OFF_WALK = frozenset({"byline", "other"})


def claims(
    article_id: str,
    text: str,
    segments: Sequence[Segment],
    attributions: Sequence[Attribution],
    verbs: Sequence[Span] | None,
) -> tuple[Claim, ...]:
    """Return the claims of an article, in the order of the walk.

    Segment by segment: the narrator's claim first, as its words frame what is said in it, then
    the attributed ones by start, of two that start together the longer first. `verbs` are the
    spans of the verbs a parser saw in segments with attributions, None where no model was used.
    """
    contents = _by_segment(segments, ((a.content, n) for n, a in enumerate(attributions)))
    taken = _by_segment(
        segments, ((a.content + a.cue + a.source, n) for n, a in enumerate(attributions))
    )
    spoken = None if verbs is None else _by_segment(segments, [(tuple(verbs), 0)])
    found: list[Claim] = []
    for index, segment in enumerate(segments):
        shared = _stretches(text, contents[index])
        covered = merge_spans(span for span, _ in taken[index])
        seen = None if spoken is None else [span for span, _ in spoken[index]]
        asserts = not shared or _asserts(text, segment, covered, seen)
        found.append(_claim(article_id, index, segment, asserts, attributions))
        for start, end in sorted(shared, key=lambda span: (span[0], -span[1])):
            inner = sorted(shared[start, end], key=lambda n: _depth(attributions[n], n))
            found.append(
                _claim(article_id, index, segment, True, attributions, (start, end), tuple(inner))
            )
    return tuple(found)


def words_outside(
    text: str, segments: Sequence[Segment], attributions: Sequence[Attribution]
) -> list[list[Span]]:
    """Return for each segment its words outside all content, cues and sources."""
    taken = _by_segment(
        segments, ((a.content + a.cue + a.source, n) for n, a in enumerate(attributions))
    )
    return [
        _words_outside(text, segment, merge_spans(span for span, _ in parts))
        for segment, parts in zip(segments, taken, strict=True)
    ]


def _claim(
    article_id: str,
    index: int,
    segment: Segment,
    walk: bool,
    attributions: Sequence[Attribution],
    stretch: Span | None = None,
    inner: tuple[int, ...] = (),
) -> Claim:
    """Return the claim of a stretch, of the whole segment in the narrator's voice by default."""
    start, end = stretch or (segment.start, segment.end)
    voice: Voice = attributions[inner[0]].kind if inner else "narrator"
    return Claim(
        id=claim_id(article_id, start, end, attributed=bool(inner)),
        start=start,
        end=end,
        segment=index,
        voice="post" if segment.kind == "post" else voice,
        attributions=inner,
        walk=walk and segment.kind not in OFF_WALK,
    )


def _by_segment(
    segments: Sequence[Segment], owned: Iterable[tuple[tuple[Span, ...], int]]
) -> list[list[tuple[Span, int]]]:
    """Return for each segment the parts of the owners' spans that lie in it, with their owner."""
    starts = [segment.start for segment in segments]
    parts: list[list[tuple[Span, int]]] = [[] for _ in segments]
    for spans, owner in owned:
        for start, end in spans:
            index = max(0, bisect_right(starts, start) - 1)
            while index < len(segments) and starts[index] < end:
                part = max(start, starts[index]), min(end, segments[index].end)
                if part[0] < part[1]:
                    parts[index].append((part, owner))
                index += 1
    return parts


def _stretches(text: str, contents: Sequence[tuple[Span, int]]) -> dict[Span, list[int]]:
    """Return each stretch from an attribution's first to its last character in a segment.

    White space at its ends does not count; attributions with the same stretch share it.
    """
    hulls: dict[int, Span] = {}
    for (start, end), owner in contents:
        known = hulls.get(owner, (start, end))
        hulls[owner] = min(known[0], start), max(known[1], end)
    shared: dict[Span, list[int]] = {}
    for owner, (start, end) in hulls.items():
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < end:
            shared.setdefault((start, end), []).append(owner)
    return shared


def _depth(attribution: Attribution, index: int) -> tuple[int, int, int]:
    """Return what sorts the innermost of several attributions first.

    That is the smallest content; of equal ones that with its cue nearest ("a source who said
    that …" within "X quoted a source who said that …").
    """
    size = sum(end - start for start, end in attribution.content)
    first, last = attribution.content[0][0], attribution.content[-1][1]
    gaps = [max(first - end, start - last, 0) for start, end in attribution.cue]
    return size, min(gaps, default=last), index


def _asserts(
    text: str, segment: Segment, covered: Sequence[Span], verbs: Sequence[Span] | None
) -> bool:
    """Whether the narrator asserts something outside the content, cue and source of others."""
    if verbs is not None:
        return any(not _overlaps(covered, verb) for verb in verbs)
    return len(_words_outside(text, segment, covered)) >= LEAST_WORDS


def _words_outside(text: str, segment: Segment, covered: Sequence[Span]) -> list[Span]:
    edges = [segment.start, *(edge for span in covered for edge in span), segment.end]
    outside = zip(edges[::2], edges[1::2], strict=True)
    return [match.span() for start, end in outside for match in WORD.finditer(text, start, end)]


def _overlaps(covered: Sequence[Span], span: Span) -> bool:
    """Whether a span shares a character with one of some sorted, separate spans."""
    before = bisect_right(covered, span[1] - 1, key=lambda one: one[0]) - 1
    return before >= 0 and covered[before][1] > span[0]
