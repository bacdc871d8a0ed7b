"""The complements of French reporting verbs: clauses, infinitives, predicates, quoted objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotator.model import Span

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from .cues import CLITICS, PERSONAL, Cue
from .extents import Complement, content_end
from .lexicon import lexicon
from .sources import source_of

THAT = frozenset(("que", "qu'", "qu"))
# Before a « que » these make it something else than « that »: « plus que », « afin que ».
COMPARING = frozenset(
    "plus moins aussi autant même mêmes tel telle tels telles autre autres si ainsi alors tandis"
    " bien dès afin pour sans avant après parce depuis tant sauf ce pendant lors maintenant"
    " tellement puis quoi quel quelle autrement".split()
)
# But right behind the verb these are adverbs: « il écrit aussi que P ».
ALSO = frozenset("aussi même ainsi alors depuis maintenant puis".split())
# An infinitive after one of these is no complement of the cue: « a dit cela pour rassurer ».
INFINITIVE = re.compile(r"\w+(?:er|ir|oir|dre|tre|ire|ître)")
BARRING = frozenset("de d' pour sans afin avant après par que qu' qui comment".split())
OF = frozenset(("de", "d'", "d"))
JOINTS = {"as": ("comme", "en"), "of": ("de", "d'", "d", "des", "du"), "to": ("à", "au", "aux")}
"""Frame of a name → the words before the quoted name."""
TO = frozenset(("à",))
NOBODY = frozenset("je j' nous tu vous ce c' cela ça ceci ceux celui celle celles".split())
# Words that open an indirect question, anywhere behind the verb or only next to it.
ASKING = frozenset("si pourquoi comment combien".split())
ASKING_NEXT = frozenset("quand où qui quel quelle quels quelles ce lequel laquelle".split())
# A judgement in quotation marks and the object before it have so many words at most.
LONGEST_JUDGEMENT = 8
# « avant de partir », « afin de voter »: no complement of the verb before.
ADJUNCT = frozenset(
    "avant afin lieu près loin faute façon manière cours train sorte point peur crainte".split()
)
# An infinitive may stand so many words after « accuser X de ».
REACH = 14


def that_clause(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« affirme que P »."""
    that = _that(sentence, cue)
    if that is None:
        return _judgement(sentence, cue, quotations)
    start = that.end
    following = sentence.after(that)
    if that.lower == "qu" and following is not None and following.text == "'":
        start = following.end
    if not sentence.text[start : sentence.end].strip(" :"):
        return onward(sentence, cue)
    report = _report(sentence, Complement(cue, start, True), quotations, "verb + que-clause")
    return report if report is not None and _has_verb(sentence, report) else None


def _judgement(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« juge « inacceptable » que P »: the quoted word belongs to the content."""
    for q in quotations:
        behind = next((w for w in sentence.words if w.start >= q.end), None)
        opens = q.start >= cue.last.end and not sentence.within(cue.last.end, q.start)
        if opens and behind is not None and behind.lower in THAT and len(_words(sentence, q)) < 5:
            end = content_end(sentence, Complement(cue, behind.end, True), quotations)
            source = source_of(sentence, cue)
            spans = (source,) if source else ()
            return Report(((q.start, end),), cue.spans, spans, "verb + que-clause")
    return None


def _has_verb(sentence: Sentence, report: Report) -> bool:
    """Tell a clause from « averti qu'une seule fois »."""
    (start, end), *_ = report.content
    words = sentence.within(start, end)
    return any(w.pos in ("VERB", "AUX") for w in words) or end >= sentence.end


def _that(sentence: Sentence, cue: Cue) -> Word | None:
    """Find the « que » that a cue governs, over adverbs, addressees and dates."""
    for word in sentence.words[cue.last.index + 1 :]:
        if word.lower in THAT:
            before = sentence.before(word)
            adjacent = before is not None and (
                before is cue.last or before.lower in ("-il", "-elle")
            )
            beside = before is not None and before.index == cue.last.index + 1
            if before is not None and before.lower in COMPARING:
                if not (beside and before.lower in ALSO):
                    return None
                adjacent = True
            if word.pos == "PRON" and not adjacent and not _complement(sentence, word, cue):
                return None
            return word
        if word.text in ';:"' or word.lower in ("qui", "dont", "afin", "pour que"):
            return None
        if word.has("VerbForm=Fin") or word.has("VerbForm=Inf"):
            return None
        if word.pos == "VERB" and word.lower in lexicon().verbs:
            return None
    return None


def _complement(sentence: Sentence, that: Word, cue: Cue) -> bool:
    """Tell whether a « que » read as a relative pronoun opens the complement after all."""
    head = sentence.head(that)
    if head is not None and head.dep in ("ccomp", "advcl") and head.head == cue.verb.index:
        return True
    following, before = sentence.after(that), sentence.before(that)
    if before is not None and before.lower == "fait":
        return True
    impersonal = following is not None and following.lower in PERSONAL
    return impersonal and not sentence.children(cue.verb, "obj")


def _adverbial(sentence: Sentence, word: Word) -> bool:
    """« d'ailleurs », « de nouveau »."""
    following = sentence.after(word)
    return following is not None and following.pos == "ADV" and following.lower not in CLITICS


def onward(sentence: Sentence, cue: Cue) -> Report | None:
    """« X rappelle que : » before a list, « X précise : » at a line's end."""
    if not sentence.text[: sentence.end].rstrip().endswith(":"):
        return None
    source = source_of(sentence, cue)
    spans = (source,) if source else ()
    return Report((), cue.spans, spans, "verb + list after it", onward=True)


def noun_clause(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« émet l'espoir que P », « exprime la crainte de P »."""
    nouns = lexicon().data["phrases"]["nouns"]
    for word in sentence.words[cue.last.index + 1 :][:6]:
        following = sentence.after(word)
        if word.lower in nouns and following is not None and following.lower in THAT:
            longer = replace(cue, last=word)
            complement = Complement(longer, following.end, True)
            return _report(sentence, complement, quotations, "verb + noun + que-clause")
        if word.has("VerbForm=Fin") or word.text in ";:.":
            return None
    return None


def bare_infinitive(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« affirme avoir vu », « dit ne rien savoir »."""
    start = None
    for word in sentence.words[cue.last.index + 1 :][:12]:
        before = sentence.before(word)
        adjacent = before is not None and before.index == cue.last.index
        following = sentence.after(word)
        quoting = following is not None and following.text == '"'
        infinitive = word.has("VerbForm=Inf") and word.pos != "NOUN" and word.text[0].islower()
        if infinitive or (adjacent and quoting and INFINITIVE.fullmatch(word.lower)):
            start = word.start if start is None else start
            return _report(sentence, Complement(cue, start, False), quotations, "verb + infinitive")
        if word.lower in CLITICS or word.lower in ("pas", "rien", "plus", "jamais"):
            governed = before is not None and before.pos == "ADP"
            start = word.start if start is None and not governed else start
        elif word.lower in ("d'", "de") and _adverbial(sentence, word):
            continue
        elif (
            word.lower in BARRING
            or word.pos in ("VERB", "AUX", "SCONJ", "CCONJ")
            or word.text in ".;:"
        ):
            return None
        elif start is not None and word.pos != "ADV" and word.text != '"':
            start = None
    return None


def governed_infinitive(
    sentence: Sentence,
    cue: Cue,
    quotations: Sequence[Quotation],
    prepositions: frozenset[str],
    rule: str,
) -> Report | None:
    """« accuse X de P », « appelle X à P »: an infinitive after a preposition."""
    words = sentence.words[cue.last.index + 1 :][: REACH + 12]
    relative = False
    for n, word in enumerate(words):
        relative = relative or word.lower in ("qui", "dont")
        verb = word.has("VerbForm=Fin") and not relative
        if word.text in ";:." or verb or (word.text == "," and n > REACH):
            return None
        before = sentence.before(word)
        if word.lower in prepositions and before is not None and before.lower not in ADJUNCT:
            first = _infinitive_after(sentence, word)
            if first is not None:
                start = _quoted_object(sentence, cue, word, quotations) or first.start
                return _report(sentence, Complement(cue, start, False), quotations, rule)
    return None


def _infinitive_after(sentence: Sentence, preposition: Word) -> Word | None:
    """Return the first word of an infinitive group right after a preposition."""
    first: Word | None = None
    at = sentence.after(preposition)
    while at is not None:
        opened = at.index and sentence.words[at.index - 1].text == '"'
        if at.has("VerbForm=Inf") or (opened and INFINITIVE.fullmatch(at.lower)):
            return first or at
        if at.lower in CLITICS or at.lower in ("pas", "plus", "rien", "jamais", "tout"):
            first = first or at
        elif at.text not in ('"', "'", "["):
            return None
        at = sentence.after(at)
    return None


def _quoted_object(
    sentence: Sentence, cue: Cue, preposition: Word, quotations: Sequence[Quotation]
) -> int | None:
    """« accuse « certains » de « P » »: the quoted addressee belongs to the content."""
    starts = [q.start for q in quotations if cue.last.end <= q.start and q.end <= preposition.start]
    return min(starts, default=None)


def predicate(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« se dit prêt à P », « s'estime lésé »."""
    for word in sentence.words[cue.last.index + 1 :]:
        quoted = word.text == '"' and any(q.start == word.start for q in quotations)
        if quoted:
            complement = Complement(cue, word.end, False)
            return _report(sentence, complement, quotations, "says of itself + quotation")
        if word.pos == "ADV" or word.lower in ("-il", "-elle", "-t"):
            continue
        if (word.pos in ("ADJ", "VERB") and not word.has("VerbForm=Fin")) or word.lower in (
            "prêt",
            "prête",
            "prêts",
            "prêtes",
            "favorable",
            "contre",
            "pour",
        ):
            complement = Complement(cue, word.start, False)
            return _report(sentence, complement, quotations, "says of itself + adjective")
        following = sentence.after(word)
        state = word.lower in ("à", "en", "sous", "dans", "de") and following is not None
        if state and following is not None and following.pos in ("NOUN", "ADJ"):
            complement = Complement(cue, word.start, False)
            return _report(sentence, complement, quotations, "says of itself + adjective")
        return None
    return None


def whether(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« demande au préfet si P », « se demande pourquoi P »: the question is the content."""
    for word in sentence.words[cue.last.index + 1 :]:
        following = sentence.after(word)
        before = sentence.before(word)
        near = before is not None and before.index <= cue.last.index + 1
        person = following is not None and following.lower in ("il", "ils")
        asks = word.lower in ASKING or (word.lower == "s'" and person)
        if asks or (near and word.lower in ASKING_NEXT):
            complement = Complement(cue, word.start, True)
            report = _report(sentence, complement, quotations, "verb + indirect question")
            return report if report is not None and _has_verb(sentence, report) else None
        if word.text in ';:"' or word.lower in THAT or word.lower in ("qui", "dont", "pour"):
            return None
        if word.has("VerbForm=Fin") or word.has("VerbForm=Inf"):
            return None
    return None


def judged(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« juge le plan « bancal » », « trouve cela « absurde » »: a quoted word about the object."""
    q = next((q for q in quotations if q.start >= cue.last.end and not q.depth), None)
    if q is None or q.start >= sentence.end or len(_words(sentence, q)) > LONGEST_JUDGEMENT:
        return None
    between = sentence.within(cue.last.end, q.start)
    title = sentence.text[q.content[0][0]].isupper()
    barred = any(
        w.has("VerbForm=Fin") or w.pos in ("SCONJ", "PUNCT") or w.lower in THAT for w in between
    )
    if title or barred or len(between) > LONGEST_JUDGEMENT:
        return None
    if between and (between[0].pos in ("ADP", "CCONJ") or between[-1].pos in ("ADP", "DET")):
        return None
    return _quoted(sentence, cue, (q,), "verb + object + quoted word about it")


def quoted_about(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« ironise sur « Q » », « met en garde contre une « Q » »."""
    q = next((q for q in quotations if q.start >= cue.last.end and not q.depth), None)
    if q is None or len(_words(sentence, q)) < 2:
        return None
    between = sentence.within(cue.last.end, q.start)
    kinds = [w.pos for w in between if w.pos != "ADV"]
    if kinds not in (["ADP"], ["ADP", "DET"]):
        return None
    return _quoted(sentence, cue, (q,), "verb + preposition + quotation")


def naming(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« qualifie N de « Q » », « la décrit comme « Q » »."""
    for q in quotations:
        if not (cue.last.end <= q.start < sentence.end):
            continue
        between = sentence.within(cue.last.end, q.start)
        if any(w.has("VerbForm=Fin") or w.text in ":;." for w in between):
            return None
        if "long" in cue.entry.frames and len(_words(sentence, q)) < 2:
            return None
        opening = sentence.text[q.content[0][0] :].lower()
        begins = opening.startswith(("d'", "de ")) and "of" in cue.entry.frames
        begins = begins or (opening.startswith("comme ") and "as" in cue.entry.frames)
        joints = {w for frame in JOINTS.keys() & cue.entry.frames for w in JOINTS[frame]}
        if begins or any(w.lower in joints for w in between[-3:]):
            more = [
                later for later in quotations
                if later.start >= q.end and later.end <= sentence.end and later.depth == q.depth
                and not any(w.pos in ("VERB", "AUX") for w in sentence.within(q.end, later.start))
            ]  # fmt: skip
            return _quoted(sentence, cue, (q, *more), "calls something + quotation")
    return None


def quoted_object(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« raille « une farce » », « évoquant des « fautes » », « a salué « Q » et « Q » »."""
    taken: list[Quotation] = []
    at = cue.last.end
    for q in quotations:
        if q.depth or q.start < at:
            continue
        between = sentence.within(at, q.start)
        if taken and [w.lower for w in between] not in (
            ["et"],
            [","],
            ["et", "des"],
            ["et", "de"],
            ["et", "la"],
            ["et", "le"],
            ["et", "les"],
        ):
            break
        if not taken and any(
            w.pos in ("VERB", "AUX", "SCONJ", "NOUN", "PROPN")
            or w.lower in (":", ";", ".", "à", "au")
            for w in between
        ):
            return None
        if not taken and (len(between) > 4 or len(_words(sentence, q)) < 2):
            return None
        taken.append(q)
        at = q.end
    return (
        _quoted(sentence, cue, tuple(taken), "verb + quoted words as its object") if taken else None
    )


def _words(sentence: Sentence, q: Quotation) -> list[str]:
    return [w for s, e in q.content for w in sentence.text[s:e].split()]


def _quoted(sentence: Sentence, cue: Cue, taken: tuple[Quotation, ...], rule: str) -> Report:
    source = source_of(sentence, cue)
    content = tuple(span for q in taken for span in q.content)
    return Report(content, cue.spans, (source,) if source else (), rule)


def _report(
    sentence: Sentence, complement: Complement, quotations: Sequence[Quotation], rule: str
) -> Report | None:
    cue, start = complement.cue, complement.start
    end = content_end(sentence, complement, quotations)
    if not any(c.isalnum() for c in sentence.text[start:end]):
        return None
    source = source_of(sentence, cue)
    if cue.entry.kind == "infinitive" and not cue.finite and _impersonal(sentence, cue):
        return None
    return Report(((start, end),), cue.spans, (source,) if source else (), rule)


def _impersonal(sentence: Sentence, cue: Cue) -> bool:
    """« il est bon de rappeler que »: nobody in particular says it."""
    head = sentence.head(cue.verb)
    return head is not None and head.pos in ("ADJ", "ADV", "NOUN")


def nobody(sentence: Sentence, source: tuple[Span, ...]) -> bool:
    """Tell whether a source is who speaks or reads (« je », « on »), or no person (« cela »)."""
    return any(sentence.text[s:e].lower() in NOBODY for s, e in source)
