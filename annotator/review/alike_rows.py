"""The same words under other labels, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from annotator.review.rows import Row, counted, short
from annotator.scheme import Scheme
from annotator.store import Alike, Clash

WORDS, TITLE = 64, 34
"""Characters of a claim, and of an article's title, that a line has room for."""


def alike_rows(
    clashes: Iterable[Clash], scheme: Scheme, titles: Mapping[str, str], hidden: bool
) -> list[Row]:
    """Return the words line by line, with who said what where; `titles` are the articles'.

    `hidden` says that colleagues' answers may be left out because one has not judged yet.
    """
    found = list(clashes)
    rows = [Row(f"The same words under other labels: {counted(len(found), 'wording')}", True)]
    if hidden:
        rows.append(Row("of colleagues' answers, those on claims that you have judged yourself"))
    for one in found:
        rows += [Row(""), *_clash(one, scheme, titles)]
    return rows


def _clash(one: Clash, scheme: Scheme, titles: Mapping[str, str]) -> Iterator[Row]:
    claims = tuple(dict.fromkeys(said.claim_id for said in one.judgements))
    text = f"« {short(one.text, WORDS)} »"
    yield Row(text, True, claims=claims, title=short(one.text, TITLE))
    for claim_id, group in groupby(one.judgements, key=lambda said: said.claim_id):
        some = list(group)
        title = short(titles[some[0].article_id], TITLE)
        said: dict[str, list[str]] = {}
        for each in some:
            said.setdefault(_labels(each, scheme), []).append(each.reviewer)
        for place, (labels, names) in enumerate(said.items()):
            head = "" if place else title
            line = f"  {head:<{TITLE}}  {labels} ({', '.join(names)})"
            yield Row(line, claims=(claim_id,), title=title)


def _labels(one: Alike, scheme: Scheme) -> str:
    given = (scheme.named(one.labels.get(axis.id, ())) for axis in scheme.axes)
    return ", ".join(filter(None, given))
