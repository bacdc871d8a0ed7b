"""Nouns and adjectives that report: "her claim that P", "his criticism of N", "is sure that P"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model import Span

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from .cues import quoted
from .extents import Content, clause, stretch
from .lexicon import lexicon
from .sources import mention, speaker

PREDICATES = ("acomp", "ROOT", "ccomp", "conj", "relcl", "advcl")
CLAUSES = ("acl", "ccomp", "xcomp", "relcl")
AUTHORS = ("by", "from")


def adjective_reports(sentence: Sentence, quotations: Sequence[Quotation]) -> Iterator[Report]:
    """Yield the reports of predicates: "she is sure that P", "he was critical of N"."""
    for word in sentence.words:
        frames = lexicon().adjectives.get(word.lower)
        verb = sentence.head(word)
        if not frames or verb is None or word.dep not in PREDICATES or quoted(word, quotations):
            continue
        content = _content(sentence, word, frames)
        subject = speaker(sentence, verb) if content and word.dep == "acomp" else None
        if word.dep != "acomp":
            subject = next(iter(sentence.children(word, "nsubjpass", "nsubj")), None)
        if content and subject is not None:
            source = mention(sentence, subject, word)
            yield Report(content, ((word.start, word.end),), source, "adjective + what is held")


def noun_reports(sentence: Sentence, quotations: Sequence[Quotation]) -> Iterator[Report]:
    """Yield the reports of a sentence's nouns whose speaker is named beside them, and rumours."""
    for noun in sentence.words:
        frames = lexicon().nouns.get(noun.lower)
        if not frames or noun.pos not in ("NOUN", "PROPN") or quoted(noun, quotations):
            continue
        content = _content(sentence, noun, frames) or _has_it(sentence, noun)
        source = _source(sentence, noun) if content else ()
        if content and (source or noun.lower in lexicon().rumours):
            yield Report(
                content, ((noun.start, noun.end),), source, "noun of speech + what is said"
            )


def _content(sentence: Sentence, noun: Word, frames: frozenset[str]) -> Content | None:
    """Return what follows a noun in one of its frames: "that", "to" or a preposition."""
    for child in sentence.children(noun):
        if child.index < noun.index:
            continue
        if child.dep == "prep" and child.lower in frames:
            return clause(sentence, sentence.subtree(child)[1:])
        if child.dep in CLAUSES and _opens(sentence, child) & frames:
            return clause(sentence, sentence.subtree(child))
    return None


def _has_it(sentence: Sentence, noun: Word) -> Content | None:
    """Return what follows "rumour has it that"."""
    verb, pronoun = sentence.after(noun), sentence.after(noun, 2)
    if noun.lower not in lexicon().rumours or verb is None or verb.lower not in ("has", "had"):
        return None
    if pronoun is None or pronoun.lower != "it":
        return None
    return stretch(sentence.words[pronoun.index + 1 :])


def _opens(sentence: Sentence, verb: Word) -> set[str]:
    """Return "that" or "to" for a clause that opens with it, "that" for one without a mark."""
    marks = {w.lower for w in sentence.children(verb, "mark", "aux")}
    return (marks & {"that", "to"}) or ({"that"} if verb.dep == "ccomp" else set())


def _source(sentence: Sentence, noun: Word) -> tuple[Span, ...]:
    """Return whose words they are: the owner, the author, or the subject of the verb before."""
    owners = sentence.children(noun, "poss")
    for preposition in sentence.children(noun, "prep"):
        if preposition.lower in AUTHORS:
            owners += sentence.children(preposition, "pobj")
    verb = sentence.head(noun)
    if not owners and noun.dep == "dobj" and verb is not None and verb.index < noun.index:
        subject = speaker(sentence, verb)
        owners = [subject] if subject is not None else []
    return mention(sentence, owners[0], noun) if owners else ()
