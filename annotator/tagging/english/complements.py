"""Finds what a reporting verb takes as its content, by the frames of the lexicon."""

from __future__ import annotations

from collections.abc import Callable

from ..sentence import Sentence, Word
from .cues import Cue
from .extents import Content, adjacent, around, between, clause, stretch, until_next_cue
from .lexicon import lexicon
from .sources import FINITE

Finder = Callable[[Sentence, Cue], Content | None]

VERBAL = (*FINITE, "VB", "VBG")
# Prepositional phrases right after an object that belong to what is said ("his role in P").
EXTENDING = frozenset(
    ("as", "for", "of", "over", "after", "against", "about", "to", "with", "from", "into")
)


def _rights(sentence: Sentence, cue: Cue, *deps: str) -> list[Word]:
    """Return the dependents of a verb that follow it and its second word."""
    last = max(cue.verb.index, cue.second.index if cue.second else 0)
    return [w for w in sentence.children(cue.verb, *deps) if w.index > last]


def _objects(sentence: Sentence, cue: Cue) -> list[Word]:
    """Return the objects of a verb or of the preposition that belongs to it."""
    if cue.second is not None and cue.second.dep != "prt":
        return sentence.children(cue.second, "pobj", "pcomp")
    return _rights(sentence, cue, "dobj", "dative")


def _infinitive(sentence: Sentence, verb: Word) -> bool:
    return any(child.lower == "to" for child in sentence.children(verb, "aux"))


def that(sentence: Sentence, cue: Cue) -> Content | None:
    """She says (that) P."""
    clauses = _rights(sentence, cue, "ccomp") or _hung(sentence, cue)
    if not clauses:
        return None
    clauses += _resumed(sentence, cue, clauses[-1])
    words = between(sentence, clauses[0], clauses[-1])
    return clause(sentence, until_next_cue(sentence, words))


def _hung(sentence: Sentence, cue: Cue) -> list[Word]:
    """Return the clause with "that" that the tree hangs on who is told ("reminded them that P")."""
    return [
        verb
        for told in _rights(sentence, cue, "dobj", "dative") if told.lower not in lexicon().nouns
        for verb in sentence.children(told, "acl", "relcl")
        if any(w.lower == "that" and w.dep == "mark" for w in sentence.children(verb))
    ]  # fmt: skip


def _resumed(sentence: Sentence, cue: Cue, last: Word) -> list[Word]:
    """Return the second verb of what is said, hung on the cue ("said they agreed and would go")."""
    return [
        verb for verb in _rights(sentence, cue, "conj")
        if verb.index > last.index
        and not sentence.children(verb, "nsubj", "nsubjpass")
        and any(w.tag == "MD" for w in sentence.children(verb, "aux"))
    ]  # fmt: skip


def fronted(sentence: Sentence, cue: Cue) -> Content | None:
    """P, she says; P1, she says, P2; as she says, P."""
    before = [w for w in sentence.children(cue.verb, "ccomp") if w.index < cue.verb.index]
    if before:
        return stretch(sentence.subtree(before[0]))
    head = sentence.head(cue.verb)
    while head is not None and head.dep in ("aux", "auxpass"):
        head = sentence.head(head)
    if head is not None and (cue.verb.dep == "parataxis" or _as_said(sentence, cue)):
        return around(sentence.subtree(head), sentence.subtree(cue.verb))
    return None


def _as_said(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a verb without a complement stands in "as she said"."""
    first = sentence.subtree(cue.verb)[0]
    complete = _rights(sentence, cue, "dobj", "ccomp", "xcomp", "prep")
    return cue.verb.dep == "advcl" and first.lower == "as" and not complete


def loose(sentence: Sentence, cue: Cue) -> Content | None:
    """She says P, where the tree takes the subject of P for the object of the verb."""
    parts = _rights(sentence, cue, "dobj", "xcomp", "advcl", "dep", "attr", "ccomp")
    if not parts or (parts[0].dep == "advcl" and sentence.children(parts[0], "mark")):
        return None
    words = between(sentence, parts[0], parts[-1])
    verbal = words[0].tag == "VBG" or any(w.tag in VERBAL for w in words[1:])
    return clause(sentence, words) if verbal else None


def to(sentence: Sentence, cue: Cue) -> Content | None:
    """They vow to P."""
    for verb in _rights(sentence, cue, "xcomp"):
        if _infinitive(sentence, verb) and not sentence.children(cue.verb, "dobj"):
            return clause(sentence, until_next_cue(sentence, sentence.subtree(verb)))
    return None


def object_to(sentence: Sentence, cue: Cue) -> Content | None:
    """She urges X to P."""
    for verb in _rights(sentence, cue, "xcomp", "ccomp", "advcl"):
        if not _infinitive(sentence, verb):
            continue
        persons = _objects(sentence, cue) or sentence.children(verb, "nsubj")
        if persons:
            words = between(sentence, persons[0], verb)
            return clause(sentence, until_next_cue(sentence, words))
    return None


def gerund(sentence: Sentence, cue: Cue) -> Content | None:
    """He suggests P-ing."""
    for verb in _rights(sentence, cue, "xcomp", "ccomp"):
        if verb.tag == "VBG":
            return clause(sentence, sentence.subtree(verb))
    return None


def named(sentence: Sentence, cue: Cue) -> Content | None:
    """He called N a liar."""
    parts = _rights(sentence, cue, "dobj", "oprd", "ccomp", "xcomp")
    if len(parts) < 2 and not (parts and parts[0].dep == "ccomp"):
        return None
    return clause(sentence, between(sentence, parts[0], parts[-1]))


def object_with(preposition: str) -> Finder:
    """Return the finder of "he accuses N of P" for one preposition.

    Of "he was accused of P" and "what she described as P" it finds P.
    """

    def find(sentence: Sentence, cue: Cue) -> Content | None:
        objects = _objects(sentence, cue)
        free = any(w.tag == "WP" for w in sentence.children(cue.verb, "dobj"))
        for last in _rights(sentence, cue, "prep"):
            if last.lower != preposition:
                continue
            if objects and last.index > objects[0].index:
                return clause(sentence, between(sentence, objects[0], last))
            if not objects and (free or (cue.passive and preposition != "as")):
                return clause(sentence, sentence.subtree(last)[1:])
        return None

    return find


def plain_object(sentence: Sentence, cue: Cue) -> Content | None:
    """She condemns N; she calls for N after P; N was condemned by her."""
    if cue.passive:
        objects = sentence.children(cue.verb, "nsubjpass")
        told = objects and sentence.children(cue.verb, "agent")
        return clause(sentence, sentence.subtree(objects[0])) if told else None
    objects = _objects(sentence, cue)
    if not objects or _tells(sentence, objects[0]):
        return None
    last = objects[0]
    for follower in _rights(sentence, cue, "prep", "xcomp", "advcl"):
        if follower.index > last.index:
            if follower.lower not in EXTENDING or not adjacent(sentence, last, follower):
                break
            last = follower
    return clause(sentence, between(sentence, objects[0], last))


def _tells(sentence: Sentence, noun: Word) -> bool:
    """Tell whether an object is a document whose words follow ("a letter saying that P")."""
    telling = any(w.lower in lexicon().verbs for w in sentence.children(noun, "acl", "relcl"))
    return telling and noun.lower in lexicon().documents


def hearsay(sentence: Sentence, cue: Cue) -> Content | None:
    """They are said to P; it is rumoured that P."""
    if not cue.passive or sentence.children(cue.verb, "agent"):
        return None
    subjects = sentence.children(cue.verb, "nsubjpass")
    for verb in _rights(sentence, cue, "xcomp", "ccomp"):
        if _infinitive(sentence, verb) or any(w.lower == "it" for w in subjects):
            return clause(sentence, sentence.subtree(verb))
    return None


FRAMES: tuple[tuple[str, Finder, str], ...] = (
    ("hearsay", hearsay, "hearsay: nobody is named"),
    ("that", that, "verb + clause"),
    ("fronted", fronted, "clause + verb after it or inside it"),
    ("named", named, "verb + object and what it is called"),
    ("object to", object_to, "verb + somebody + infinitive"),
    ("object of", object_with("of"), "verb + somebody + of"),
    ("object for", object_with("for"), "verb + object + for"),
    ("object as", object_with("as"), "verb + object + as"),
    ("object on", object_with("on"), "verb + object + on"),
    ("object over", object_with("over"), "verb + object + over"),
    ("to", to, "verb + infinitive"),
    ("loose", loose, "verb + clause"),
    ("ing", gerund, "verb + gerund"),
    ("object", plain_object, "verb + noun phrase"),
)
"""Frame, its finder, and the rule in a reviewer's words; of several that fit the first is taken."""
