"""Finds who speaks: the subject of a reporting verb, and the noun phrase around it."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model import Span

from ..quotations import Quotation
from ..sentence import Sentence, Word
from .lexicon import lexicon

VERBS = ("VERB", "AUX")
FINITE = ("VBD", "VBZ", "VBP", "MD")
INNER = ("aux", "neg", "advmod")
NOMINAL = ("NOUN", "PROPN", "PRON")
# Relations in which a verb has its subject from the verb above.
SHARING = ("xcomp", "advcl", "pcomp", "conj", "acl")
LONGEST_CLIMB = 5
MARKS = (",", "-", "--", "—", "–", '"')
# "She used the visit to ask for P": the object does not ask.
USING = frozenset(("use", "uses", "used", "using", "take", "took", "takes", "taking"))


def speaker(sentence: Sentence, verb: Word, passive: bool = False) -> Word | None:
    """Return the head of the noun phrase that speaks, None where the sentence does not tell."""
    if passive:
        return _agent(sentence, verb)
    found = _subject(sentence, verb, LONGEST_CLIMB) or _neighbour(sentence, verb)
    if found is None:
        return None
    if found.lower == "that" and verb.dep == "relcl" and found.index < verb.index:
        found = sentence.head(verb) or found
    return _author(sentence, found)


def _agent(sentence: Sentence, verb: Word) -> Word | None:
    """Return the noun after "by" of a passive."""
    for agent in sentence.children(verb, "agent"):
        for noun in sentence.children(agent, "pobj"):
            return noun
    return None


def _subject(sentence: Sentence, verb: Word, steps: int) -> Word | None:
    """Return the subject of a verb, its own or the one it shares with the verb it hangs on."""
    own = sentence.children(verb, "nsubj") or _contracted(sentence, verb)
    if own:
        return own[-1]
    reporting = detached(sentence, verb)
    head = reporting or sentence.head(verb)
    if head is None or not steps:
        return None
    infinitive = verb.dep == "acl" and verb.tag == "VB"
    if reporting is None and verb.dep in ("acl", "relcl") and not infinitive:
        return head
    if reporting is None and verb.dep not in SHARING:
        return None
    while head is not None and head.pos not in VERBS:
        head = sentence.head(head)
    if head is None:
        return None
    shared = _controller(sentence, head, verb) or sentence.children(head, "nsubjpass")
    return shared[0] if shared else _subject(sentence, head, steps - 1)


def _controller(sentence: Sentence, head: Word, verb: Word) -> list[Word]:
    """Return the object that an infinitive has for its subject ("she urged X to say P")."""
    if verb.dep != "xcomp" or head.lower in USING:
        return []
    return [w for w in sentence.children(head, "dobj", "dative") if w.index < verb.index]


def _contracted(sentence: Sentence, verb: Word) -> list[Word]:
    """Return the subject of "he's called for P", which parsers read as a passive."""
    short = any(w.lower == "'s" for w in sentence.children(verb, "auxpass"))
    return sentence.children(verb, "nsubjpass") if short else []


def detached(sentence: Sentence, verb: Word) -> Word | None:
    """Return the earlier reporting verb to which a reporting verb really belongs.

    "She said that P, adding that Q", "he says that P and calls N Q": parsers hang the second verb
    on that of P. None where the tree can be trusted.
    """
    head = sentence.head(verb)
    if verb.dep not in ("advcl", "conj") or not _reports(verb):
        return None
    alone = not sentence.children(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    if head is not None and head.tag == "VB" and head.dep == "xcomp" and alone:
        above = sentence.head(head)
        return above if above is not None and verb.tag == above.tag and _reports(above) else None
    while head is not None and head.dep in ("conj", "xcomp", "advcl"):
        head = sentence.head(head)
    reporting = sentence.head(head) if head is not None and head.dep == "ccomp" else None
    if reporting is None or reporting.index > verb.index or not _reports(reporting):
        return None
    if verb.dep == "advcl":
        before = sentence.before(sentence.subtree(verb)[0])
        marked = before is not None and before.text in MARKS
        return reporting if verb.tag == "VBG" and marked else None
    again = verb.lower == reporting.lower
    return reporting if again or (alone and verb.tag == reporting.tag) else None


def _reports(verb: Word) -> bool:
    return verb.lower in lexicon().verbs


def _neighbour(sentence: Sentence, verb: Word) -> Word | None:
    """Return the noun phrase that ends before a finite verb for which the tree has no subject."""
    if verb.tag not in FINITE and not any(w.tag in FINITE for w in sentence.children(verb, "aux")):
        return None
    inner = [w for w in sentence.children(verb, *INNER) if w.index < verb.index]
    at = sentence.before(inner[0] if inner else verb)
    if at is not None and at.text == ",":
        at = sentence.before(at)
    if at is None or at.pos not in NOMINAL:
        return None
    above = [at]
    while above[-1].head < verb.index and above[-1].head != above[-1].index:
        above.append(sentence.words[above[-1].head])
    # Parsers hang such a subject as an apposition on the phrase that opens the sentence.
    later = [w for w in above if w.dep in ("appos", "conj") and _after_comma(sentence, w)]
    return later[-1] if later else at


def _after_comma(sentence: Sentence, word: Word) -> bool:
    before = sentence.before(sentence.subtree(word)[0])
    return before is not None and before.text == ","


def _author(sentence: Sentence, noun: Word) -> Word:
    """Return who issued the document that says something ("X released a letter saying P")."""
    at: Word | None = noun
    if noun.lower not in lexicon().documents:
        return noun
    while at is not None and at.pos not in VERBS:
        if at.dep not in ("dobj", "pobj", "prep", "appos", "conj"):
            return noun
        at = sentence.head(at)
    return (_subject(sentence, at, 1) if at is not None else None) or noun


def mention(
    sentence: Sentence, noun: Word, cue: Word, quotations: Sequence[Quotation] = ()
) -> tuple[Span, ...]:
    """Return the span of a noun phrase without what holds the cue or stands before a quotation."""
    words = sentence.subtree(noun)
    for child in sentence.children(noun, "acl", "relcl", "advcl"):
        below = sentence.subtree(child)
        if cue in below:
            words = [w for w in words if w.index < below[0].index]
    for q in quotations:
        ahead = [w for w in words if w.start < q.end]
        if q.end <= noun.start and any(w.start <= q.start or w.tag in FINITE for w in ahead):
            words = [w for w in words if w.start >= q.end]
    while words and words[-1].dep == "punct" and words[-1].text not in ")]":
        words.pop()
    while words and words[0].dep == "punct":
        words.pop(0)
    return ((words[0].start, _closed(sentence, words).end),) if words else ()


def _closed(sentence: Sentence, words: Sequence[Word]) -> Word:
    """Return the last word, or the bracket after it that closes one of the words."""
    texts, after = [w.text for w in words], sentence.after(words[-1])
    opened = texts.count("(") > texts.count(")")
    return after if opened and after is not None and after.text == ")" else words[-1]
