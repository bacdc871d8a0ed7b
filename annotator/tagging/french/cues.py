"""Finds reporting verbs in a French sentence, with their auxiliaries, clitics and voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.model import Span

from ..sentence import Sentence, Word
from .lexicon import Entry, lexicon

AVOIR = frozenset(
    "ai as a avons avez ont avais avait avions aviez avaient aurai aura aurons auront aurait"
    " auraient ait aient eut eurent ayant avoir eu".split()
)
ETRE = frozenset(
    "est suis sont sommes êtes était étaient sera seront serait seraient soit soient fut furent"
    " étant être été".split()
)
REFLEXIVE = frozenset(("se", "s'"))
CLITICS = frozenset("le la les l' lui leur y en ne n' se s' me m' te t' nous vous".split())
PERSONAL = frozenset(
    "il elle ils elles on je j' nous vous tu qui ce c' cela ça celui-ci celle-ci".split()
)
SUBJECTS = frozenset(("-il", "-elle", "-ils", "-elles", "-on", "-t-il", "-t-elle", "-t-on",
                      "-t-ils", "-t-elles"))  # fmt: skip
# Words between a verb that lends speech and its infinitive: « a fini par dire ».
LINKING = frozenset("à de d' par bon utile".split())
# Words that may stand between auxiliary and participle: « a, de son côté, déclaré ».
INNER = frozenset(
    "pas plus jamais de son sa ses leur leurs côté part pour d' autre en outre par ailleurs elle"
    " lui il eux elles tout tous , le la les même ainsi - -t".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb as it stands in a sentence."""

    entry: Entry
    verb: Word
    """The lexical verb: the participle of a compound tense."""
    first: Word
    """The first word of the group: auxiliary or verb."""
    last: Word
    """The last word of the group (« a fait savoir »: "savoir")."""
    clitic: Word | None
    """The inverted pronoun (« a-t-il »)."""
    passive: bool
    begin: int
    """The offset where the group begins: its first word, or the « se » it must have."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The cue's span in the article, with the « se » of a reflexive verb."""
        return ((self.begin, self.last.end),)

    @property
    def finite(self) -> bool:
        """Whether it is a finite verb, alone or with its auxiliary."""
        return self.entry.kind == "finite" or self.first is not self.verb


def cues(sentence: Sentence) -> list[Cue]:
    """Return the reporting verbs of a sentence, one for each way a form can be read."""
    found: list[Cue] = []
    for word in sentence.words:
        entries = lexicon().verbs.get(word.lower)
        if word.lower in AVOIR or word.lower in ETRE:
            continue
        if entries and _verbal(sentence, word):
            found += _readings(sentence, word, entries)
    return found


def _verbal(sentence: Sentence, word: Word) -> bool:
    """Tell whether a form is a verb here, trusting the neighbours where the tagger may err."""
    if word.pos in ("VERB", "AUX"):
        return True
    before, after = sentence.before(word), sentence.after(word)
    if before is None and after is not None and after.lower in ("de", "d'", "comme", "par"):
        return any(e.kind == "participle" for e in lexicon().verbs[word.lower])
    if after is not None and (after.lower in SUBJECTS or after.lower == "-t"):
        return True
    if before is not None and word.lower.endswith("ant") and before.lower in CLITICS:
        return True
    if before is None or after is None:
        return False
    said = sentence.before(before)
    if before.lower in ("le", "l'") and said is not None and said.lower in ("comme", "que"):
        return True
    if before.pos in ("DET", "ADP", "NUM"):
        return False
    if after.lower in ("que", "qu'"):
        return True
    if before.lower in PERSONAL or before.lower in CLITICS or before.text in '",)':
        return True
    if before.lower in SUBJECTS or before.lower in AVOIR or before.lower in ETRE:
        return True
    return (
        before.pos in ("NOUN", "PROPN", "ADV", "CCONJ")
        and word.pos != "PROPN"
        and (_complement_ahead(sentence, word))
    )


def _complement_ahead(sentence: Sentence, word: Word) -> bool:
    """Tell whether « que », an infinitive, a colon or a quotation follows, adverbs aside."""
    for at in sentence.words[word.index + 1 :][:4]:
        if at.lower in ("que", "qu'") or at.has("VerbForm=Inf") or at.text in ':"':
            return True
        if at.pos not in ("ADV", "ADP", "NOUN", "DET", "PROPN") and at.lower not in CLITICS:
            return False
    return False


def _readings(sentence: Sentence, word: Word, entries: Sequence[Entry]) -> list[Cue]:
    aux = _auxiliaries(sentence, word)
    first = aux[0] if aux else _lender(sentence, word) or word
    reflexive = _preceded(sentence, first, *REFLEXIVE) is not None
    found = []
    for entry in entries:
        last = word
        if entry.tail:
            following = _tail(sentence, word, entry.tail)
            if following is None:
                continue
            last = following
        if (entry.reflexive and not reflexive) or (
            entry.clitic and not _preceded(sentence, first, entry.clitic)
        ):
            continue
        if "negated" in entry.frames and not _negated(sentence, first):
            continue
        passive = not reflexive and _passive(sentence, word, aux)
        lent = first is not word and not aux
        se = _preceded(sentence, first, *REFLEXIVE) if entry.reflexive or lent else None
        begin = (se or first).start
        clitic = _clitic(sentence, first, last)
        found.append(Cue(entry, word, first, last, clitic, passive, begin))
    return _best(found)


def _lender(sentence: Sentence, word: Word) -> Word | None:
    """« a tenu à préciser », « finit par admettre »: where the verb that lends speech begins."""
    if not word.has("VerbForm=Inf"):
        return None
    at = sentence.before(word)
    while at is not None and (
        at.lower in LINKING or at.lower in CLITICS or at.lower in SUBJECTS or at.pos == "ADV"
    ):
        at = sentence.before(at)
    if at is None or at.lower not in lexicon().light or at.pos not in ("VERB", "AUX", "ADJ"):
        return None
    aux = _auxiliaries(sentence, at)
    return aux[0] if aux else at if at.has("VerbForm=Fin") else None


def _best(found: list[Cue]) -> list[Cue]:
    """Of several readings keep the reflexive or longer ones, which are more specific."""
    special = [c for c in found if c.entry.reflexive or c.entry.tail or c.entry.clitic]
    return special or found


def _tail(sentence: Sentence, word: Word, tail: str) -> Word | None:
    """Return the last word of a fixed phrase that begins with the verb, None if it is not there."""
    at: Word | None = word
    for part in tail.replace("'", "' ").split():
        at = sentence.after(at) if at is not None else None
        while at is not None and (at.pos in ("ADV", "PUNCT") or at.lower in SUBJECTS):
            at = sentence.after(at)
        if at is None or at.lower != part:
            return None
    return at


def _auxiliaries(sentence: Sentence, word: Word) -> list[Word]:
    """Return the auxiliaries of a participle, leftmost first, found by position."""
    if word.morph and "VerbForm=Fin" in word.morph and word.lower.endswith(("e", "ent", "ait")):
        return []
    found: list[Word] = []
    at = sentence.before(word)
    for _ in range(8):
        if at is None:
            break
        if at.lower in AVOIR or at.lower in ETRE:
            found.insert(0, at)
        elif not (at.pos == "ADV" or at.lower in INNER or at.lower in SUBJECTS):
            break
        at = sentence.before(at)
    linked = {w.index for w in sentence.children(word) if w.dep.startswith("aux")}
    return found if found and (found[-1].index in linked or word.index - found[0].index < 7) else []


def _passive(sentence: Sentence, word: Word, aux: list[Word]) -> bool:
    """Tell whether a participle is passive: with « être », or bare after a noun."""
    if aux:
        return any(w.lower in ETRE for w in aux)
    following = sentence.after(word)
    while following is not None and following.pos == "ADV":
        following = sentence.after(following)
    if following is not None and following.text == '"':
        # « jugé « bancal » par X »
        closing = next((w for w in sentence.words[following.index + 1 :] if w.text == '"'), None)
        following = sentence.after(closing) if closing is not None else None
        return following is not None and following.lower == "par"
    governs = following is not None and following.lower in ("par", "de", "d'", "comme", "à")
    return governs and word.has("VerbForm=Part") and not word.lower.endswith("ant")


def _clitic(sentence: Sentence, first: Word, last: Word) -> Word | None:
    for at in (
        *sentence.words[first.index : last.index + 1],
        *sentence.words[last.index + 1 :][:2],
    ):
        if at.lower in SUBJECTS:
            return at
        if at.index > last.index and at.lower != "-t":
            return None
    return None


def _preceded(sentence: Sentence, first: Word, *clitics: str) -> Word | None:
    """Return the one of some clitics that stands before a verb group, None if there is none."""
    before = sentence.before(first)
    while before is not None and before.lower in CLITICS:
        if before.lower in clitics:
            return before
        before = sentence.before(before)
    return None


def _negated(sentence: Sentence, first: Word) -> bool:
    return _preceded(sentence, first, "ne", "n'") is not None
