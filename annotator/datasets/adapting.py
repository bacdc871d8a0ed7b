"""An article as others marked it, made into tags and answers as we have them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotator.datasets.foreign import Mark, Page
from annotator.datasets.glossary import Glossary, Meaning
from annotator.model import (
    Article,
    Attribution,
    AttributionKind,
    Claim,
    Judgement,
    Span,
    Tagging,
    Voice,
    claim_id,
    merge_spans,
)
from annotator.scheme import Scheme
from annotator.store import Project
from annotator.tagging.claims import claims
from annotator.tagging.language import detect
from annotator.tagging.layout import blocks
from annotator.tagging.sentences import segment

LANGUAGE = re.compile("[a-z]{2,3}")
TAGGER = "imported"
QUOTES = ("«", "“", "„", '"', "‘")


@dataclass(frozen=True, slots=True)
class Adapted:
    """An article with its tags and what each person said of its claims."""

    article: Article
    tagging: Tagging
    is_new: bool
    answers: Mapping[str, Mapping[str, Judgement]]
    """Who → claim id → judgement."""
    problems: tuple[str, ...]


def adapted(project: Project, scheme: Scheme, glossary: Glossary, pages: Sequence[Page]) -> Adapted:
    """Return what several people's pages of one text are here.

    An article that the project has keeps its tags: only answers on claims it has come in.
    """
    article = Article(pages[0].text, pages[0].about)
    is_new = not project.known([article.id])
    tagging = _tagging(article, pages, glossary) if is_new else project.taggings(article.id)[-1]
    answers = _Answers(tagging, is_new, scheme, glossary)
    claims_of = [(page, answers.add_claims(page)) for page in pages]
    # Only now, so that words find the same claims when the article is known already.
    for page, found in claims_of:
        answers.add_words(page, found)
    whole = replace(tagging, claims=tuple(answers.claims.values()))
    return Adapted(article, whole, is_new, answers.given, tuple(answers.problems))


def _tagging(article: Article, pages: Sequence[Page], glossary: Glossary) -> Tagging:
    """Return the tags of a new article: its segments by our rules, who says what by the pages."""
    told = article.about.language or ""
    language = told if LANGUAGE.fullmatch(told) else detect(article.text)
    segments = segment(article.text, blocks(article.text), language)
    found: dict[str, Attribution] = {}
    for page in pages:
        for one in _attributions(page, glossary):
            found.setdefault(one.id(article.id), one)
    said = tuple(found.values())
    made = claims(article.id, article.text, segments, said, None)
    return Tagging(article.id, language, None, TAGGER, segments, said, made)


def _attributions(page: Page, glossary: Glossary) -> Iterator[Attribution]:
    """Yield who says what on a page: each content with the cues and sources linked to it."""
    role = {mark.id: glossary.role(mark.label) for mark in page.marks}
    by_id = {mark.id: mark for mark in page.marks}
    beside: dict[tuple[str, str], list[Span]] = {}
    for link in page.links:
        for content, other in (link, (link.other, link.one)):
            if role.get(content) == "content" and role.get(other) in ("cue", "source"):
                beside.setdefault((content, str(role[other])), []).extend(by_id[other].spans)
    for mark in page.marks:
        if role[mark.id] == "content":
            yield Attribution(
                merge_spans(mark.spans),
                mark.kind or _kind(page.text, mark),
                merge_spans(beside.get((mark.id, "cue"), ())),
                merge_spans(beside.get((mark.id, "source"), ())),
                mark.speaker,
                rule=TAGGER,
            )


def _kind(text: str, mark: Mark) -> AttributionKind:
    """Return the kind of what is said, by whether a quotation mark stands before it."""
    before = text[: min(mark.spans)[0]].rstrip()
    return "direct" if before.endswith(QUOTES) else "indirect"


class _Answers:
    """What people say of the claims of an article, as it is gathered from their pages."""

    def __init__(self, tagging: Tagging, is_new: bool, scheme: Scheme, glossary: Glossary) -> None:
        self.claims = {one.id: one for one in tagging.claims}
        self.given: dict[str, dict[str, Judgement]] = {}
        self.problems: list[str] = []
        self._tagging, self._is_new = tagging, is_new
        self._scheme, self._glossary = scheme, glossary

    def add_claims(self, page: Page) -> dict[str, str]:
        """Add one person's claims and what they say of them; return mark → claim."""
        self.problems.extend(f"{page.where}: {line}" for line in page.left_out)
        found: dict[str, str] = {}
        for mark in page.marks:
            meaning = self._glossary.meaning(mark.label) or Meaning()
            if self._carries(meaning.label) or not (meaning.label or meaning.role == "claim"):
                continue
            claim = self._claim(page, mark)
            if claim is None:
                self._left_out(page, mark, "is on no claim of the article's")
            else:
                found[mark.id] = claim
                self._say(page, mark, claim)
        return found

    def add_words(self, page: Page, found: Mapping[str, str]) -> None:
        """Add one person's words that carry a label, once everybody's claims are there."""
        for mark in page.marks:
            meaning = self._glossary.meaning(mark.label) or Meaning()
            if not (meaning.label and self._carries(meaning.label)):
                continue
            claim = self._carried(page, mark, found)
            if claim is None:
                self._left_out(page, mark, "is in no claim")
                continue
            self._label(page, mark, claim, meaning.label)
            one = self._of(page.who, claim)
            spans = {*one.spans, *((meaning.label, span) for span in mark.spans)}
            self.given[page.who][claim] = replace(one, spans=tuple(sorted(spans)))

    def _carries(self, label: str | None) -> bool:
        """Whether words carry a label."""
        return label is not None and self._scheme.label(label).spans

    def _claim(self, page: Page, mark: Mark) -> str | None:
        """Return the claim that a mark is, made where a new article has none there."""
        start, end = min(mark.spans)[0], max(end for _, end in mark.spans)
        sides = {bool(one.attributions): one for one in self.claims.values()
                 if (one.start, one.end) == (start, end)}  # fmt: skip
        by = self._attribution(page, mark)
        wanted = mark.attributed
        if wanted is None:
            wanted = by is not None or (True in sides and False not in sides)
        if wanted in sides:
            return sides[wanted].id
        segments = [one.start for one in self._tagging.segments]
        if not (self._is_new and segments) or (wanted and by is None):
            return None
        attributions: tuple[int, ...] = ()
        voice: Voice = "narrator"
        if wanted and by is not None:
            attributions, voice = (by,), self._tagging.attributions[by].kind
        identity = claim_id(self._tagging.article_id, start, end, wanted)
        index = max(0, bisect_right(segments, start) - 1)
        self.claims[identity] = Claim(identity, start, end, index, voice, attributions)
        return identity

    def _attribution(self, page: Page, mark: Mark) -> int | None:
        """Return the place of the attribution whose content a mark is linked to."""
        near = {link.other for link in page.links if link.one == mark.id}
        near |= {link.one for link in page.links if link.other == mark.id}
        contents = [
            merge_spans(one.spans)
            for one in page.marks
            if one.id in near and self._glossary.role(one.label) == "content"
        ]
        return next(
            (n for n, one in enumerate(self._tagging.attributions) if one.content in contents),
            None,
        )

    def _carried(self, page: Page, mark: Mark, found: Mapping[str, str]) -> str | None:
        """Return the claim that words belong to: the one linked to, else the smallest around."""
        for link in page.links:
            for one, other in (link, (link.other, link.one)):
                if one == mark.id and other in found:
                    return found[other]
        start, end = min(mark.spans)[0], max(end for _, end in mark.spans)
        around = [one for one in self.claims.values() if one.start <= start and end <= one.end]
        nearest = min(around, key=lambda one: (one.end - one.start, not one.walk), default=None)
        return nearest.id if nearest else None

    def _say(self, page: Page, mark: Mark, claim: str) -> None:
        """Add all labels and remarks of a mark on a claim."""
        for foreign in (mark.label, *mark.said):
            meaning = self._glossary.meaning(foreign) or Meaning()
            if meaning.label:
                self._label(page, mark, claim, meaning.label)
        if mark.note or mark.target or mark.unsure:
            one = self._of(page.who, claim)
            told = replace(
                one,
                note=mark.note or one.note,
                target=mark.target or one.target,
                unsure=mark.unsure or one.unsure,
            )
            self.given[page.who][claim] = told

    def _label(self, page: Page, mark: Mark, claim: str, label: str) -> None:
        """Add a label to an answer; on an axis with one value the first stays."""
        axis = self._scheme.axis_of(label)
        one = self._of(page.who, claim)
        had = one.labels.get(axis.id, ())
        if had and not axis.many and label not in had:
            self._left_out(page, mark, f"says {label} where {had[0]} is said")
            return
        labels = {**one.labels, axis.id: tuple(sorted({*had, label}))}
        self.given[page.who][claim] = replace(one, labels=labels)

    def _of(self, who: str, claim: str) -> Judgement:
        empty = Judgement(scheme=self._scheme.version)
        return self.given.setdefault(who, {}).setdefault(claim, empty)

    def _left_out(self, page: Page, mark: Mark, why: str) -> None:
        start, end = mark.spans[0]
        self.problems.append(f"{page.where}: {mark.label} at {start}-{end} {why}")
