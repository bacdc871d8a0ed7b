"""Finds who speaks: the noun phrase that is the subject of a French reporting verb."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.model import Span

from ..names import fold, gender
from ..sentence import Sentence, Word
from ..speaker_words import speaker_words
from .cues import AVOIR, CLITICS, ETRE, PERSONAL, SUBJECTS, Cue
from .mentions import NOMINAL, mention

SUBJECT_DEPS = ("nsubj", "nsubj:pass", "nsubj:caus", "csubj", "expl:subj")
# A verb in one of these relations shares the subject of the word it hangs on.
SHARING = frozenset("conj xcomp aux:caus advcl obl:mod obl:arg fixed parataxis".split())
RELATIVES = frozenset("qui lequel laquelle lesquels lesquelles".split())
TIMES = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui demain matin soir midi"
    " après-midi semaine week-end mois année ans an jour nuit heure heures janvier février mars"
    " avril mai juin juillet août septembre octobre novembre décembre jours semaines années"
    " minutes fois lendemain veille suite début fin".split()
)
OPENERS = frozenset(
    "joint jointe joints contacte contactee contactes interroge interrogee interroges sollicite"
    " sollicitee questionne questionnee present presente reuni reunie reunis invite invitee".split()
)
CONTRASTED = frozenset("elle elles lui eux".split())
LATTER = frozenset("dernier dernière derniers dernières".split())
SUBORDINATORS = frozenset("si lorsque lorsqu' quand comme alors tandis puisque bien après".split())


def source_of(sentence: Sentence, cue: Cue) -> Span | None:
    """Return the mention of a cue's speaker, None where the sentence names none."""
    if cue.clitic is not None:
        return pronoun_span(cue.clitic)
    shared = _shared(sentence, cue) if cue.first is cue.verb else None
    if shared is not None:
        return subject(sentence, shared, shared)
    if cue.passive:
        return agent(sentence, cue)
    if cue.entry.kind == "gerund":
        return _of_participle(sentence, cue)
    return _last_speaker(sentence, subject(sentence, cue.verb, cue.first), cue.first)


def _last_speaker(sentence: Sentence, found: Span | None, first: Word) -> Span | None:
    """« 60 000 foyers sans eau, le préfet appelle… »: who stands by the verb, not the setting."""
    words = sentence.within(*found) if found else []
    kind = speaker_words("fr").kind
    comma = max((w.index for w in words if w.text == ","), default=0)
    behind = [w for w in words if w.index > comma]
    before = [w for w in words if w.index < comma and w.pos in ("NOUN", "PROPN")]
    settled = not before or before[0].pos == "PROPN" or any(kind(w.lower) for w in before)
    if found is None or not comma or settled or len(behind) < 2 or behind[0].pos != "DET":
        return found
    beside = found[1] <= first.start and kind(behind[1].lower) in ("person", "organisation")
    return (behind[0].start, found[1]) if beside else found


def pronoun_span(clitic: Word) -> Span:
    """Return the span of an inverted pronoun without its hyphen or « -t- »."""
    bare = clitic.text.removeprefix("-t-").lstrip("-")
    return clitic.end - len(bare), clitic.end


def _shared(sentence: Sentence, cue: Cue) -> Word | None:
    """« a condamné N et estimé que »: the participle whose auxiliary a bare one shares."""
    before = sentence.before(cue.verb)
    while before is not None and before.pos == "ADV":
        before = sentence.before(before)
    if (
        cue.entry.kind != "participle"
        or before is None
        or before.lower not in ("et", ",", "mais", "puis")
    ):
        return None
    for word in reversed(sentence.words[: cue.verb.index]):
        if word.has("VerbForm=Part") and any(
            w.lower in AVOIR for w in sentence.words[max(0, word.index - 6) : word.index]
        ):
            return word
    return None


def subject(sentence: Sentence, verb: Word, first: Word) -> Span | None:
    """Return the mention of a verb's subject: the pronoun before it, the parse, or the position."""
    pronoun = _pronoun_before(sentence, first)
    if pronoun is not None:
        return _resolved(sentence, pronoun, verb)
    at: Word | None = verb
    seen: set[int] = set()
    while at is not None and at.index not in seen:
        seen.add(at.index)
        for child in sentence.children(at, *SUBJECT_DEPS):
            if child.lower in SUBJECTS:
                return pronoun_span(child)
            inside = first.index <= child.index <= verb.index
            if inside or child.index > verb.index or _apart(sentence, child, first):
                continue
            following = sentence.after(child)
            if child.lower in CONTRASTED and following is not None and following.text == ",":
                # « Sorel, elle, affirme que P »
                continue
            if _may_speak(sentence, child):
                found = _resolved(sentence, child, at)
                return _checked(sentence, child, found, first) if at is verb else found
        at = sentence.head(at) if at.dep in SHARING else None
    nonfinite = first.has("VerbForm=Inf") or first.lower.endswith("ant")
    found = by_position(sentence, first, nonfinite) or _conjunct_subject(sentence, verb)
    return found or _coordinated(sentence, first)


def _coordinated(sentence: Sentence, first: Word) -> Span | None:
    """« Elle a démenti et l'a accusé »: the subject of the verb before a conjunction."""
    at = sentence.before(first)
    while at is not None and (at.lower in CLITICS or at.pos == "ADV"):
        at = sentence.before(at)
    if at is None or at.pos != "CCONJ":
        return None
    verbs = [w for w in sentence.words[: at.index] if w.has("VerbForm=Fin")]
    return subject(sentence, verbs[-1], verbs[-1]) if verbs else None


def _checked(sentence: Sentence, child: Word, found: Span | None, first: Word) -> Span | None:
    """Prefer the subject by position where the parse's one stands in the middle of a phrase."""
    if found is None or child.lower in RELATIVES or child.lower in PERSONAL:
        return found
    positioned = by_position(sentence, first)
    if positioned is None or positioned == found:
        return found
    if positioned[1] < found[0] and sentence.text[positioned[1] : found[0]].strip() == ",":
        # « le gouverneur, le général X, a démenti »: the parse took the apposition alone.
        return positioned[0], found[1]
    openings = {piece[0].start for piece in _pieces(sentence, first)}
    near = sentence.within(found[1], first.start)
    beside = all(w.pos == "ADV" or w.lower in CLITICS for w in near)
    nested = found[0] < positioned[0] < found[1]
    return found if found[0] in openings or (beside and not nested) else positioned


def _conjunct_subject(sentence: Sentence, verb: Word) -> Span | None:
    """Look for the subject of any verb this one depends on, however the parse names it."""
    for head in sentence.ancestors(verb):
        for child in sentence.children(head, *SUBJECT_DEPS):
            near = child.index < verb.index and not _apart(sentence, child, verb)
            if near and _may_speak(sentence, child):
                return _resolved(sentence, child, head)
    return None


def _apart(sentence: Sentence, word: Word, verb: Word) -> bool:
    """Tell whether a colon or semicolon stands between a word and a verb after it."""
    return any(w.text in ";:" for w in sentence.words[word.index : verb.index])


def _pronoun_before(sentence: Sentence, first: Word) -> Word | None:
    at = sentence.before(first)
    while at is not None and (at.lower in CLITICS or at.pos == "ADV" or at.lower in AVOIR | ETRE):
        if at.lower in ("nous", "vous") and first.lower.endswith(("ons", "ez", "sommes", "êtes")):
            return at
        at = sentence.before(at)
    if at is not None and (at.lower in PERSONAL or at.lower in RELATIVES):
        return at
    return None


def _may_speak(sentence: Sentence, word: Word) -> bool:
    """Tell whether a word the parse calls a subject can be one: no date, no preposition."""
    named = word.pos != "NUM" and any(c.isalpha() for c in word.text)
    opens = word.index == 0 and fold(word.text) in OPENERS
    opens = opens or word.lower.startswith("mi-")
    return named and not opens and word.lower not in TIMES and not _governed(sentence, word)


def _governed(sentence: Sentence, word: Word) -> bool:
    """Tell whether a preposition stands before a word's phrase (« citée par Radio Vague »)."""
    if sentence.children(word, "case"):
        return True
    before = sentence.before(word)
    while before is not None and before.pos in ("PROPN", "ADJ", "NUM", "X"):
        before = sentence.before(before)
    if before is not None and before.pos == "DET":
        before = sentence.before(before)
    return before is not None and before.pos == "ADP"


def _resolved(sentence: Sentence, child: Word, verb: Word) -> Span | None:
    if child.lower in RELATIVES:
        return antecedent(sentence, child, verb)
    if child.lower in SUBJECTS:
        return pronoun_span(child)
    if child.lower in PERSONAL:
        return child.start, child.end
    stop = verb.start if child.index < verb.index else None
    return mention(sentence, child, stop=stop)


def by_position(sentence: Sentence, first: Word, nonfinite: bool = False) -> Span | None:
    """Return the first noun phrase of the clause before a verb that can be its subject.

    Pieces between commas that open with a preposition, a conjunction, a participle or a date
    are settings; a piece with a finite verb of its own is another clause, whose subject a
    gerund or infinitive shares.
    """
    chosen: Word | None = None
    for piece in _pieces(sentence, first):
        opening = piece[0]
        clause = any(w.has("VerbForm=Fin") for w in piece) and not (
            opening.pos in ("VERB", "AUX") or opening.lower in CLITICS
        )
        absolute = any(w.lower in ("ayant", "étant") for w in piece)
        if clause and opening.lower not in RELATIVES and opening.pos != "SCONJ":
            chosen = None
        if (
            chosen is None
            and (nonfinite or not clause)
            and not absolute
            and _opens_subject(opening)
        ):
            head = next((w for w in piece if w.pos in NOMINAL and w.pos != "NUM"), None)
            if len(piece) == 2 and (piece[1].lower in LATTER or head is None):
                # « ce dernier », or a noun the parse takes for a verb (« l'exploitant »).
                head = piece[1]
            dated = any(w.lower in TIMES or w.lower.startswith("mi-") for w in piece[:3])
            chosen = head if head is not None and not dated else None
    return mention(sentence, chosen, stop=first.start) if chosen is not None else None


def _pieces(sentence: Sentence, first: Word) -> Iterator[list[Word]]:
    """Split the words of a verb's clause that stand before it at commas and dashes."""
    piece: list[Word] = []
    begin = _clause_start(sentence, first)
    for word in sentence.words[begin : first.index]:
        spaced = word.index and sentence.words[word.index - 1].end < word.start
        if word.text in (",", "–", "—", "(", ")", '"') or (word.text == "-" and spaced):
            if piece:
                yield piece
            piece = []
        elif piece or word.pos not in ("PUNCT", "CCONJ"):
            piece.append(word)
    while piece and (piece[-1].lower in CLITICS or piece[-1].pos == "ADV"):
        piece.pop()
    if piece:
        yield piece


def _clause_start(sentence: Sentence, first: Word) -> int:
    for word in reversed(sentence.words[: first.index]):
        if word.text in ";:" or (word.lower in ("que", "qu'") and word.pos == "SCONJ"):
            return word.index + 1
    return 0


def _opens_subject(word: Word) -> bool:
    if word.lower.endswith(("é", "ée", "és", "ées")) and word.pos != "DET":
        # « Interrogée, la préfecture… »
        return False
    if word.index == 0 and word.pos != "DET" and fold(word.text) in OPENERS:
        # « Joint par téléphone, le préfet… »
        return False
    if word.lower in TIMES or word.lower in SUBORDINATORS or word.lower in RELATIVES:
        return False
    return word.pos in ("DET", "NOUN", "PROPN", "PRON", "NUM", "X") or (
        word.pos == "ADJ" and word.text[:1].isupper()
    )


def antecedent(sentence: Sentence, relative: Word, verb: Word) -> Span | None:
    """Return the mention a relative pronoun stands for."""
    head = sentence.head(verb)
    while head is not None and (head.index > relative.index or head.pos not in NOMINAL):
        head = sentence.head(head)
    if head is None:
        nominal = [w for w in sentence.words[: relative.index] if w.pos in ("NOUN", "PROPN")]
        head = nominal[-1] if nominal else None
    return mention(sentence, head, stop=relative.start) if head is not None else None


def agent(sentence: Sentence, cue: Cue) -> Span | None:
    """Return the « par X » of a passive."""
    quoted = False
    for word in sentence.words[cue.last.index + 1 :]:
        quoted = quoted != (word.text == '"')
        if quoted or word.text == '"':
            continue
        if word.lower == "par":
            head = sentence.head(word)
            if head is not None and head.index > word.index:
                return mention(sentence, head, start=word.end)
        if word.pos == "SCONJ" or word.lower in ("d'", "de") or word.text in ",;:":
            break
    return None


def _of_participle(sentence: Sentence, cue: Cue) -> Span | None:
    """« …, affirmant que »: the subject of the clause it hangs on, or the noun it describes."""
    own = sentence.children(cue.verb, *SUBJECT_DEPS)
    if own and own[0].index < cue.verb.index and _may_speak(sentence, own[0]):
        return _resolved(sentence, own[0], cue.verb)
    before = sentence.before(cue.first)
    head = sentence.head(cue.verb)
    if before is not None and before.pos in ("NOUN", "PROPN", "ADJ", "NUM"):
        near = head is not None and head.pos in NOMINAL and head.index < cue.verb.index
        noun = head if near and head is not None else before
        if not _issued(sentence, noun):
            return mention(sentence, noun, stop=cue.first.start)
    main = _main_verb(sentence, cue.verb)
    return subject(sentence, main, main) if main is not None else None


def _issued(sentence: Sentence, noun: Word) -> bool:
    """« X a publié un communiqué affirmant… », « dans un texte indiquant… »: X speaks."""
    if sentence.children(noun, "case"):
        return True
    document = speaker_words("fr").kind(noun.lower) == "document"
    return document and noun.dep in ("obj", "obl:arg", "dep")


def _main_verb(sentence: Sentence, verb: Word) -> Word | None:
    """Return the nearest finite verb (or participle with auxiliary) a gerund depends on."""
    for head in sentence.ancestors(verb):
        if head.pos in ("VERB", "AUX") or sentence.children(head, "cop", "aux:tense", "aux:pass"):
            return head
    before = [w for w in sentence.words[: verb.index] if w.has("VerbForm=Fin")]
    return before[-1] if before else None


def after(sentence: Sentence, cue: Cue, limit: int | None = None) -> Span | None:
    """Return the subject that stands after its verb (« a déclaré mardi le ministre »)."""
    if cue.clitic is not None:
        return pronoun_span(cue.clitic)
    end = limit if limit is not None else sentence.end
    found = _inverted_head(sentence, cue, end)
    if found is not None:
        return mention(sentence, found[0], found[1], end)
    for child in sentence.children(cue.verb, *SUBJECT_DEPS):
        if child.index > cue.last.index and child.start < end and _may_speak(sentence, child):
            return mention(sentence, child, cue.last.end, end)
    return None


def _inverted_head(sentence: Sentence, cue: Cue, end: int) -> tuple[Word, int] | None:
    """Find the first noun phrase after the verb that no preposition governs and that is no date."""
    governed = False
    start = cue.last.end
    for word in sentence.words[cue.last.index + 1 :]:
        if word.start >= end or word.text in ".;:" or word.pos in ("SCONJ", "CCONJ"):
            return None
        if word.pos == "ADP":
            governed = True
        elif word.pos == "DET" or word.text == ",":
            titled = word.text[:1].isupper()
            if _phrase_starts(sentence, word) and not titled:
                governed, start = False, word.start
        elif governed and _name_after_addressee(sentence, word):
            return _top(sentence, word, word.start), word.start
        elif _manner(sentence, word):
            governed = True
        elif word.pos in NOMINAL and word.pos != "NUM" and word.lower not in TIMES and not governed:
            return _top(sentence, word, start), min(start, word.start)
    return None


def _manner(sentence: Sentence, word: Word) -> bool:
    """« jure, main sur le cœur, l'élu »: a bare noun after a comma that names no speaker."""
    before = sentence.before(word)
    bare = before is not None and before.text == "," and word.pos == "NOUN"
    return bare and word.text[0].islower() and speaker_words("fr").kind(word.lower) is None


def _name_after_addressee(sentence: Sentence, word: Word) -> bool:
    """« a lancé devant la presse Yvon Brac »: a name that cannot belong to the noun before it."""
    before = sentence.before(word)
    if before is None or before.pos != "NOUN" or not word.text[:1].isupper():
        return False
    following = sentence.after(word)
    full = following is not None and following.text[:1].isupper() and word.pos in ("PROPN", "X")
    many = before.has("Number=Plur") or before.lower == "presse"
    return full and (many or bool(gender(word.text)))


def _phrase_starts(sentence: Sentence, word: Word) -> bool:
    """Tell whether a determiner opens a phrase of its own, not one a preposition opened."""
    before = sentence.before(word)
    return before is None or before.pos not in ("ADP", "DET")


def _top(sentence: Sentence, word: Word, start: int) -> Word:
    """Climb from a noun phrase's first noun to its head, not out of the phrase."""
    at = word
    for head in sentence.ancestors(word):
        if head.start < start or head.pos not in NOMINAL or head.pos == "PRON":
            break
        if at.dep not in ("flat:name", "nmod", "appos", "amod", "compound", "nummod", "det"):
            break
        at = head
    return at
