"""Reports without a verb: "according to X", "in X's view", "X: Q"."""

from __future__ import annotations

from collections.abc import Sequence

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from ..speaker_words import speaker_words
from .cues import quoted, spans
from .extents import Content, around, stretch
from .lexicon import lexicon
from .sources import mention

LONGEST_NAME = 8
"""Words that a name with its titles may have before a colon."""
NAMING = ("PROPN", "NOUN", "CCONJ", "PUNCT", "INTJ")
DASHES = ("-", "--", "—", "–")
HEARSAY = "hearsay: nobody is named"
VIEWED = ("in", "by", "to")


def according_to(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """Return the reports of "according to X, P", "in X's view, P" and "P in a poll"."""
    found = []
    for word in sentence.words:
        if quoted(word, quotations):
            continue
        following = sentence.after(word)
        if word.lower == "according" and following is not None and following.lower == "to":
            nouns, cue = sentence.children(following, "pobj"), [word, following]
        elif word.lower in VIEWED and word.dep == "prep":
            nouns, cue = _viewers(sentence, word)
        else:
            continue
        content = around(sentence.subtree(_clause(sentence, word)), sentence.subtree(word))
        if nouns and content:
            source = mention(sentence, nouns[0], word)
            found.append(Report(content, spans(cue), source, "according to + source"))
    return found


def hearsay(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """Return the reports of "he allegedly P": somebody says so, nobody is named."""
    found = []
    for word in sentence.words:
        verb = sentence.head(word)
        if word.lower not in lexicon().hearsay or verb is None or quoted(word, quotations):
            continue
        clauses = [v for v in (verb, *sentence.ancestors(verb)) if _has_subject(sentence, v)]
        if clauses:
            words = sentence.subtree(clauses[0])
            words = [w for w in words if w.dep != "mark" or w.head != clauses[0].index]
            content = around(words, [word])
            cue = ((word.start, word.end),)
            found += [Report(content, cue, (), HEARSAY)] if content else []
    return found


def _has_subject(sentence: Sentence, word: Word) -> bool:
    return bool(sentence.children(word, "nsubj", "nsubjpass"))


def _viewers(sentence: Sentence, word: Word) -> tuple[list[Word], list[Word]]:
    """Return who holds a view or the poll that finds something, and the words that say so."""
    phrase = sentence.subtree(word)
    neighbours = (sentence.before(phrase[0]), sentence.after(phrase[-1]))
    if not any(w is not None and w.text == "," for w in neighbours):
        return [], []
    for noun in sentence.children(word, "pobj"):
        if noun.lower in lexicon().views:
            return sentence.children(noun, "poss"), [word, noun]
        if noun.lower in lexicon().polls and word.lower == "in":
            return [noun], [word]
    return [], []


def _clause(sentence: Sentence, word: Word) -> Word:
    """Return the head of the sentence or relative clause that a phrase stands in."""
    clause = word
    for above in sentence.ancestors(word):
        clause = above
        if above.dep in ("relcl", "acl"):
            break
    return clause


def colon(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """Return the report of `X: "Q"`, or of "X: P" in a headline."""
    for word in sentence.words:
        if word.text != ":" or quoted(word, quotations):
            continue
        names = _names(sentence, word)
        content = _announced(sentence, word, quotations) if names else None
        if not content:
            return []
        return [Report(content, (), ((names[0].start, names[-1].end),), "name + colon")]
    return []


def _announced(sentence: Sentence, colon: Word, quotations: Sequence[Quotation]) -> Content | None:
    """Return the quotation right after a colon, or all that follows it in a headline."""
    rest = stretch(sentence.words[colon.index + 1 :])
    after = [q for q in quotations if q.start >= colon.end]
    opens = after and not sentence.text[colon.end : after[0].start].strip()
    if opens and (sentence.kind != "headline" or not rest or after[0].end >= rest[0][1]):
        return after[0].content
    return rest if sentence.kind == "headline" else None


def _names(sentence: Sentence, colon: Word) -> list[Word]:
    """Return the words of the speaker before a colon, empty where they are no name."""
    words = sentence.words[: colon.index]
    dashes = [
        w.index for w in words
        if w.text in DASHES and sentence.text[w.start - 1 : w.start].isspace()
    ]  # fmt: skip
    words = words[dashes[-1] + 1 :] if dashes else words
    named = bool(words) and any(map(_is_name, words)) and not _is_thing(words[-1])
    plain = all(w.pos in NAMING and w.text not in ':;"' for w in words)
    return words if named and plain and len(words) <= LONGEST_NAME else []


def _is_name(word: Word) -> bool:
    alone = word.index == 0 and word.pos == "NOUN" and word.text[:1].isupper()
    return word.pos == "PROPN" or alone or word.lower in lexicon().documents


def _is_thing(word: Word) -> bool:
    """Tell whether a small-lettered noun names nobody who could speak ("Quay Street pool: …")."""
    speaks = speaker_words("en").kind(word.text) or word.lower in lexicon().documents
    return word.pos == "NOUN" and word.text.islower() and not speaks
