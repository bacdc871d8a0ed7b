"""The pre-tagger: a text in, its segments, attributions and claims out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model import Attribution, Segment, Span, Tagging, digest

from . import attribution, claims, joining, layout, posts, quotations, sentences, speakers
from .language import detect
from .normalise import normalise
from .parser import Parser, load
from .quotations import Quotation
from .reports import Report, Rules
from .sentence import Sentence
from .stretches import Stretch, capped, placed, stretches

TAGGER_VERSION = "1"
"""Changes whenever the same text may get other tags."""


class Tagger:
    """Tags articles; holds nothing but what `parser.load` keeps once per process."""

    def tag(self, text: str, language: str | None = None) -> Tagging:
        """Return the tagging of a text; the language is detected where none is given."""
        language = language or detect(text)
        blocks = layout.blocks(text)
        segments = capped(text, sentences.segment(text, blocks, language))
        parser = load(language)
        found: list[Attribution] = []
        seen: list[Span] = []
        for part in stretches(text, blocks, segments):
            told, verbs = attribute(text[part.start : part.end], language, part, parser)
            found += [placed(attribution, part.start) for attribution in told]
            seen += [(start + part.start, end + part.start) for start, end in verbs]
        article = digest(text)
        return Tagging(
            article_id=article,
            language=language,
            model=parser.name if parser else None,
            tagger=TAGGER_VERSION,
            segments=segments,
            attributions=tuple(found),
            claims=claims.claims(article, text, segments, found, seen if parser else None),
        )


def attribute(
    text: str, language: str, part: Stretch, parser: Parser | None
) -> tuple[list[Attribution], list[Span]]:
    """Return the attributions of a stretch, given its text, and the verbs the parser saw in it."""
    blocks, segments = part.blocks, part.segments
    plain = normalise(text)
    paragraphs = [(b.start, b.end) for b in blocks if b.kind != "byline"]
    quotes = quotations.find(text, paragraphs, [s.start for s in segments])
    rules = rules_for(language)
    parsed: list[Sentence] = []
    reports: list[Report] = []
    if parser and rules:
        parsed = list(parse(parser, rules, plain, segments, quotes))
        for sentence in parsed:
            near = quotations.near(quotes, plain, sentence.start, sentence.end)
            reports += rules.reports(sentence, near)
    fixed = posts.posts(text, blocks) + posts.answers(text, blocks)
    fixed += posts.turns(text, blocks) + posts.signed(text, quotes)
    drafts = attribution.assemble(text, segments, quotes, reports, fixed, bool(parser))
    if rules is not None and rules.joins:
        drafts = joining.joined(text, drafts)
    found = speakers.resolve(text, segments, quotes, drafts, language)
    return found, [span for sentence in parsed for span in verbs(sentence)]


def rules_for(language: str) -> Rules | None:
    """Return the rules of a language, None where there are none; lexicons load on first use."""
    if language == "fr":
        from .french import rules

        return rules()
    if language == "en":
        from .english import rules as english_rules

        return english_rules()
    return None


def parse(
    parser: Parser,
    rules: Rules,
    plain: str,
    segments: Sequence[Segment],
    quotes: Sequence[Quotation],
) -> Iterator[Sentence]:
    """Yield the parsed segments among those that may hold a report or words beside a quotation."""
    chosen = []
    for segment in segments:
        if segment.kind in ("byline", "other"):
            continue
        start = posts.lead(plain, segment)
        words = plain[start : segment.end]
        if rules.may_report(words) or _cut(plain, quotes, start, segment.end):
            chosen.append((segment, start, words))
    pieces = ((words, start) for _, start, words in chosen)
    for (segment, start, _), parsed in zip(chosen, parser.parse(pieces), strict=True):
        yield Sentence(parsed, start, segment.end, segment.kind, plain)


def _cut(plain: str, quotes: Sequence[Quotation], start: int, end: int) -> bool:
    """Tell whether a segment has words both inside and outside a quotation."""
    return any(
        any(c.isalnum() for c in plain[start : q.start] + plain[q.end : end])
        for q in quotations.touching(quotes, start, end)
    )


def verbs(sentence: Sentence) -> Iterator[Span]:
    """Yield the span of each finite verb of a sentence."""
    for word in sentence.words:
        if word.pos in ("VERB", "AUX") and word.has("VerbForm=Fin"):
            yield word.start, word.end
