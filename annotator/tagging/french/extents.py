"""Finds where the content of a French report ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..quotations import Quotation
from ..sentence import Sentence, Word
from .cues import AVOIR, ETRE, PERSONAL, Cue
from .lexicon import lexicon

# Conjunctions after a comma that carry the narrator's own setting, not what was said.
SETTING = re.compile(
    r"(?:contrairement à|alors qu|tandis qu|après qu|avant qu|pendant qu|lorsqu|bien qu|quoiqu"
    r"|même si\b|sans pour autant|sans toutefois|tout en\b"
    r"|(?:peu |juste )?(?:après|avant) (?:avoir|être|que|qu'))",
    re.I,
)
WHILE = re.compile(r"tandis qu", re.I)
# After an infinitive or predicate any of these begins something new.
NEW = re.compile(
    r"(?:suite à|à la suite|selon|d'après|comme l|ce (?:que|qu'|qui|dont)\b"
    r"|une? (?:\w+ ){1,3}(?:que|qu'|à laquelle|auquel)\b)",
    re.I,
)
PUNCTUATION = ".,;:!?…\"»”'"


@dataclass(frozen=True, slots=True)
class Complement:
    """A content whose end is looked for."""

    cue: Cue
    start: int
    clause: bool
    """Whether it is a clause with its own finite verb, not an infinitive or predicate."""


def content_end(sentence: Sentence, complement: Complement, quotations: Sequence[Quotation]) -> int:
    """Return where a complement ends."""
    quoted = _quoted_end(sentence, complement.start, quotations)
    if quoted is not None:
        return quoted
    depth = 0
    end = sentence.end
    for word in sentence.words:
        if word.start < complement.start or _inside(word, complement.start, quotations):
            continue
        depth += (word.text in "([") - (word.text in ")]")
        begun = any(c.isalnum() for c in sentence.text[complement.start : word.start])
        if begun and depth <= 0 and _breaks(sentence, word, complement):
            end = word.start
            break
    return trim_end(sentence, complement.start, end)


def _inside(word: Word, start: int, quotations: Sequence[Quotation]) -> bool:
    return any(q.start < word.start < q.end and q.start >= start - 2 for q in quotations)


def _quoted_end(sentence: Sentence, start: int, quotations: Sequence[Quotation]) -> int | None:
    """A content that opens with a quotation ends with it if nothing belongs on after it."""
    for q in quotations:
        if not any(
            c.isalnum() for c in sentence.text[min(start, q.start) : max(start, q.content[0][0])]
        ):
            rest = sentence.text[q.end : sentence.end].lstrip()
            if q.end >= sentence.end or not rest or rest[0] in ",.;:!?)–—-":
                return min(q.end, sentence.end) if q.end <= sentence.end else sentence.end
    return None


def trim_end(sentence: Sentence, start: int, end: int) -> int:
    """Take white space and closing punctuation off an end, but not from « etc. » or « !»."""
    while end > start and (
        sentence.text[end - 1].isspace() or sentence.text[end - 1] in PUNCTUATION
    ):
        if sentence.text[end - 1] in "!?…" or sentence.text[max(start, end - 4) : end] == "etc.":
            break
        end -= 1
    return end


def _breaks(sentence: Sentence, word: Word, complement: Complement) -> bool:
    if word.text == ":" and complement.clause and _chained(sentence, word, complement.start):
        return False
    if word.text in (";", ":"):
        return True
    if _reporting_gerund(word) and sentence.text[word.start - 2 : word.start] == '" ':
        return True
    text = sentence.text
    if WHILE.match(text, word.start):
        return True
    following = sentence.after(word)
    if following is None:
        return False
    if word.text == ",":
        if SETTING.match(text, following.start) or _reporting_gerund(following):
            return True
        if _next_report(sentence, following) or _incise(sentence, following):
            return True
        if not complement.clause and NEW.match(text, following.start):
            return True
        if not complement.cue.finite and _main_clause_follows(sentence, complement.cue):
            return True
    if word.lower == "mais" and complement.cue.entry.kind == "gerund":
        return True
    return (word.text == "," or word.pos == "CCONJ") and _second_predicate(
        sentence, word, complement
    )


def _chained(sentence: Sentence, colon: Word, start: int) -> bool:
    """« raconte que son père lui a dit : « Q » »: the quotation belongs to what is told."""
    words = sentence.within(start, colon.start)
    speaks = any(
        w.pos == "VERB"
        and any(
            "quote" in e.frames and e.kind != "gerund" and not e.tail
            for e in lexicon().verbs.get(w.lower, ())
        )
        for w in words
    )
    following = sentence.after(colon)
    return speaks and following is not None and following.text == '"'


def _next_report(sentence: Sentence, first: Word) -> bool:
    """« certains estiment que P, d'autres jugent que Q »: a new speaker after a comma."""
    for word in sentence.words[first.index : first.index + 6]:
        following = sentence.after(word)
        entries = lexicon().verbs.get(word.lower, ())
        if word.pos == "VERB" and any(e.kind == "finite" for e in entries):
            return following is not None and following.lower in ("que", "qu'")
        if word.has("VerbForm=Fin") or word.pos in ("SCONJ", "PUNCT"):
            return False
    return False


def _incise(sentence: Sentence, first: Word) -> bool:
    """« P, a rapporté samedi le quotidien »: an inverted clause about the whole sentence."""
    if first.lower not in AVOIR:
        return False
    verb, behind = sentence.after(first), sentence.after(first, 2)
    entries = lexicon().verbs.get(verb.lower, ()) if verb is not None else ()
    speaks = any("incise" in e.frames and e.kind == "participle" for e in entries)
    return speaks and behind is not None and behind.lower not in ("que", "qu'", "de", "d'", "à")


def _reporting_gerund(word: Word) -> bool:
    """« …, ajoutant que », « …, affirmant »: the narrator goes on."""
    return any(e.kind == "gerund" for e in lexicon().verbs.get(word.lower, ()))


def _main_clause_follows(sentence: Sentence, cue: Cue) -> bool:
    """« En accusant X de P, Y a… »: the gerund opens the sentence."""
    return not any(w.has("VerbForm=Fin") for w in sentence.words[: cue.first.index])


def _second_predicate(sentence: Sentence, word: Word, complement: Complement) -> bool:
    """Tell whether a comma or conjunction opens another predicate of the cue's own subject.

    « a déclaré que P et accusé N », « indique que P, mais ajoute que » end P; « …qu'il part et
    qu'il revient » does not. The verb that follows has no subject of its own and agrees with the
    cue in form: a bare participle after a compound tense, a reporting verb otherwise.
    """
    cue = complement.cue
    at, has_aux = _verb_after(sentence, word)
    if at is None:
        return False
    compound = cue.first is not cue.verb
    entries = lexicon().verbs.get(at.lower, ())
    reports = bool(entries)
    finite = has_aux or at.has("VerbForm=Fin") or any(e.kind == "finite" for e in entries)
    if at.has("VerbForm=Part") and not has_aux and not (finite and not compound):
        return (
            compound
            and word.lower in ("et", "mais", "puis", ",")
            and (reports or (at.dep == "conj" and at.head == cue.verb.index))
        )
    if not finite:
        return False
    if word.pos == "CCONJ" and (not cue.finite or _reporting_infinitive(sentence, at)):
        return True
    if at.dep == "conj" and at.head == cue.verb.index:
        return True
    if not complement.clause and not _clause_opened(sentence, complement.start, word):
        return True
    if compound and has_aux and word.pos == "CCONJ" and _same_tense(sentence, complement, word):
        return True
    relative = cue.verb.dep == "acl:relcl" and word.text == ","
    return relative or (reports and has_aux == compound and word.pos == "CCONJ")


def _reporting_infinitive(sentence: Sentence, verb: Word) -> bool:
    """« …, et tient à souligner que »."""
    ahead = sentence.words[verb.index + 1 : verb.index + 4]
    return any(e.kind == "infinitive" for w in ahead for e in lexicon().verbs.get(w.lower, ()))


def _same_tense(sentence: Sentence, complement: Complement, word: Word) -> bool:
    """« a dit que la digue tenait et a promis N »: only the cue has the tense that follows."""
    aux = complement.cue.first.lower
    begun = {w.lower for w in sentence.within(complement.start, word.start)}
    ahead = {w.lower for w in sentence.words[word.index + 1 : word.index + 4]}
    return aux in ahead and aux not in begun


def _verb_after(sentence: Sentence, word: Word) -> tuple[Word | None, bool]:
    """Return the verb that follows without a subject, and whether an auxiliary precedes it."""
    has_aux = False
    at = sentence.after(word)
    for _ in range(6):
        if at is None:
            return None, has_aux
        if at.lower in AVOIR or at.lower in ETRE:
            following = sentence.after(at)
            if following is None or following.lower.startswith("-"):
                return None, has_aux
            has_aux = True
            if following.pos not in ("VERB", "AUX", "ADV"):
                return at, True
        elif at.pos in ("VERB", "AUX") or (
            at.pos in ("NOUN", "ADJ")
            and at.lower in lexicon().verbs
            and before_is_link(sentence, at)
        ):
            return at, has_aux
        elif at.lower in PERSONAL or not (
            at.pos in ("ADV", "CCONJ")
            or at.lower in ("n'", "s'", "se", "ne", "l'", "en", "y", "lui")
        ):
            return None, has_aux
        at = sentence.after(at)
    return None, has_aux


def before_is_link(sentence: Sentence, word: Word) -> bool:
    """Tell whether a word comes right after a coordinating conjunction."""
    before = sentence.before(word)
    return before is not None and before.pos == "CCONJ"


def _clause_opened(sentence: Sentence, start: int, word: Word) -> bool:
    """Tell whether a relative or « que » clause began inside the complement so far."""
    return any(
        w.lower in ("qui", "que", "qu'", "dont", "où", "si")
        for w in sentence.within(start, word.start)
    )
