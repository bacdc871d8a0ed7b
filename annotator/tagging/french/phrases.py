"""French reporting without a reporting verb: « selon X », hearsay, nouns of speech, colons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from annotator.model import Span

from ..names import gender
from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from ..speaker_words import speaker_words
from .extents import trim_end
from .lexicon import lexicon
from .mentions import NOMINAL, mention

# « selon mon expérience »: the speaker of the sentence, not somebody else.
OWN = re.compile(
    r"(?:mon|ma|mes|notre|nos|moi|nous)\b(?! (?:informations|sources|confrères))", re.I
)
LINKS = frozenset(
    "mais et or car donc ainsi ensuite toutefois cependant enfin puis alors ailleurs par en outre"
    " de plus même pourtant néanmoins".split()
)
VOICELESS = frozenset("qui que quoi ce cela ça laquelle lequel lesquels lesquelles dont".split())
PRONOUNS = frozenset("lui elle eux elles moi nous vous".split())


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    words = lexicon().data["prepositions"][kind]
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)", re.I)


def according_to(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """« Selon X, P », « P, selon X », « Pour X, P »."""
    found = []
    for kind in ("strict", "loose"):
        for match in _pattern(kind).finditer(sentence.text, sentence.start, sentence.end):
            report = _according(sentence, match.span(), kind == "loose", quotations)
            if report is not None:
                found.append(report)
    return found


def _according(
    sentence: Sentence, cue: Span, loose: bool, quotations: Sequence[Quotation]
) -> Report | None:
    head = _governed(sentence, cue[1])
    if head is None or not _speaks(sentence, head, loose, cue):
        return None
    source = mention(sentence, head, start=cue[1])
    if source is None or source[0] < cue[1] or OWN.match(sentence.text, source[0]):
        return None
    content = _scope(sentence, cue, source, loose, quotations)
    if not content:
        return None
    return Report(content, (cue,), (source,), "according to a source")


def _governed(sentence: Sentence, at: int) -> Word | None:
    """Return the head of the noun phrase after a preposition."""
    following = [w for w in sentence.words if w.start >= at]
    for word in following[:6]:
        if word.pos in NOMINAL and word.pos != "NUM":
            return _head(sentence, word, at)
        if word.pos in ("VERB", "AUX", "PUNCT", "SCONJ") and word.text not in ('"', "("):
            return None
    return None


def _head(sentence: Sentence, word: Word, at: int) -> Word:
    top = word
    for head in sentence.ancestors(word):
        if head.start < at or top.dep not in ("flat:name", "amod", "nmod", "det", "fixed", "appos"):
            break
        if head.index < word.index or (
            sentence.words[word.index].pos in NOMINAL and head.pos not in NOMINAL
        ):
            break
        top = head
    return top


def _speaks(sentence: Sentence, head: Word, loose: bool, cue: Span) -> bool:
    silent = lexicon().data["prepositions"]["silent"]
    if head.lower in silent or head.lower.rstrip("s") in silent:
        return False
    if loose:
        return _speaker_like(sentence, head, cue)
    return head.lower not in VOICELESS


def _speaker_like(sentence: Sentence, head: Word, cue: Span) -> bool:
    """« Pour X, » opens a sentence or clause, and X is a name or a word for people."""
    before = sentence.text[sentence.start : cue[0]].rstrip()
    opens = not before or before[-1] in ",;:" or before.lower().endswith(("mais", "et", "or"))
    span = mention(sentence, head)
    if not opens or span is None:
        return False
    closes = sentence.text[span[1] : span[1] + 1] == ","
    feasts = lexicon().data["prepositions"]["feasts"]
    named = head.text[:1].isupper() and head.text not in feasts
    human = named or head.lower in PRONOUNS or _speaker_noun(head)
    later = sentence.text.find(",", span[1], span[1] + 60)
    return human and (closes or (_speaker_noun(head) and later > 0))


def _speaker_noun(word: Word) -> bool:
    """Tell whether a noun names people or bodies that speak."""
    return speaker_words("fr").kind(word.lower) in ("person", "organisation", "outlet")


def _scope(
    sentence: Sentence, cue: Span, source: Span, loose: bool, quotations: Sequence[Quotation]
) -> tuple[Span, ...]:
    """Return what a « selon X » covers: the clause it stands in, on both sides of it."""
    left = _left(sentence, cue[0])
    after, resumed = _after_source(sentence, source[1])
    right = _right(sentence, after, quotations)
    before = (left, trim_end(sentence, left, cue[0]))
    behind = (after, trim_end(sentence, after, right))
    if not _wordy(sentence, *before):
        return (behind,) if _wordy(sentence, *behind) else ()
    set_in = sentence.text[: cue[0]].rstrip().endswith(",")
    if not set_in or not resumed or not _wordy(sentence, *behind):
        return (before,)
    opened = sentence.text[left : cue[0]].split()
    if opened[-1].rstrip(",").lower() in ("qui", "que", "qu'", "et", "mais", "dont"):
        # « des retards qui, selon X, pourraient… »: only what follows is X's.
        return (behind,)
    return (before, behind) if not _according_ahead(sentence, after, right) else (before,)


def _according_ahead(sentence: Sentence, start: int, end: int) -> bool:
    """« P selon X, Q selon Y »: what follows X has a source of its own."""
    return _pattern("strict").search(sentence.text, start, end) is not None


def _wordy(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a stretch holds more than linking words."""
    return any(w not in LINKS for w in re.findall(r"[\w']+", sentence.text[start:end].lower()))


def _left(sentence: Sentence, at: int) -> int:
    """Return where the clause before an offset begins: after « ; », « : » or « selon Y, »."""
    before = sentence.text[sentence.start : at]
    marks = [m.end() for m in re.finditer(r"[;:]\s", before)]
    marks += [m.end() for m in re.finditer(_pattern("strict").pattern + r"[^,]*,", before, re.I)]
    return sentence.start + max(marks, default=0)


def _after_source(sentence: Sentence, at: int) -> tuple[int, bool]:
    """Skip what still describes the source, up to the comma; tell whether there is a comma."""
    rest = sentence.text[at : sentence.end]
    described = re.match(r"(?:\s+(?!\")[^,;:\"]*)?,\s*", rest)
    if not described:
        return at, False
    at += described.end()
    following = next((w for w in sentence.words if w.start >= at), None)
    if following is not None and (following.has("VerbForm=Part") or following.lower == "qui"):
        # « selon le rapport, publié mardi, P »
        more = re.match(r"[^,;:\"]*,\s*(?=\w|\")", sentence.text[at : sentence.end])
        at += more.end() if more else 0
    return at, True


def _right(sentence: Sentence, at: int, quotations: Sequence[Quotation]) -> int:
    for word in sentence.words:
        if word.start < at or any(q.start < word.start < q.end for q in quotations):
            continue
        if word.text in ";:":
            return word.start
    return sentence.end


def hearsay(sentence: Sentence) -> list[Report]:
    """« Il paraît que P »: a cue without a source."""
    found = []
    for clause in lexicon().data["hearsay"]["clauses"]:
        pattern = rf"(?<!\w){clause}\b[^,;:.\"]{{0,40}}?\s(que\s|qu')"
        for match in re.finditer(pattern, sentence.text[sentence.start : sentence.end], re.I):
            start = sentence.start + match.end()
            cue = (sentence.start + match.start(), sentence.start + match.start(1))
            end = trim_end(sentence, start, sentence.end)
            found.append(Report(((start, end),), (cue,), (), "hearsay"))
    return found


def own_view(sentence: Sentence) -> list[Report]:
    """« à l'en croire, P », « à ses yeux, P »: the source is a clitic or possessive."""
    found = []
    for pattern in lexicon().data["prepositions"]["own"]:
        for match in re.finditer(pattern, sentence.text[sentence.start : sentence.end], re.I):
            cue = (sentence.start + match.start(), sentence.start + match.end())
            source = (sentence.start + match.start(1), sentence.start + match.end(1))
            content = _scope(sentence, cue, (cue[1], cue[1]), False, ())
            if content:
                found.append(Report(content, (cue,), (source,), "according to a source"))
    return found


READ = re.compile(r"(?:peut|pouvait|pourra)-on (?:y )?(?:lire|entendre)(?: (?:dans|sur) )?", re.I)


def read_in(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """« Q », peut-on lire dans le communiqué."""
    found = []
    for match in READ.finditer(sentence.text, sentence.start, sentence.end):
        taken = [
            q
            for q in quotations
            if not _wordy(sentence, q.end, match.start()) and q.end <= match.start()
        ]
        head = _governed(sentence, match.end())
        if taken and head is not None:
            source = mention(sentence, head, start=match.end())
            spans = (source,) if source else ()
            found.append(
                Report(taken[-1].content, (match.span(),), spans, "quotation read in a document")
            )
    return found


def selon_lesquelles(sentence: Sentence) -> list[Report]:
    """« les allégations selon lesquelles P »."""
    carriers = lexicon().data["prepositions"]["carriers"]
    pattern = re.compile(
        rf"(?:l[ae]s?\s|l'|des\s|un[e]?\s|ces?\s)?(?:{carriers})s?\b[^,;:]{{0,30}}?"
        r"\bselon (?:lesquel(?:le)?s|laquelle|lequel)\s",
        re.I,
    )
    found = []
    for match in pattern.finditer(sentence.text, sentence.start, sentence.end):
        end = trim_end(sentence, match.end(), sentence.end)
        found.append(Report(((match.end(), end),), (match.span(),), (), "noun of speech + clause"))
    return found


def colon(
    sentence: Sentence, quotations: Sequence[Quotation], cue_starts: set[int]
) -> list[Report]:
    """X se tournait vers l'avenir : « Q » — a quotation after a colon, no reporting verb."""
    found = []
    for q in quotations:
        if q.depth or not sentence.start <= q.start < sentence.end or q.start in cue_starts:
            continue
        before = sentence.text[sentence.start : q.start].rstrip()
        if not before.endswith(":"):
            continue
        words = sentence.within(sentence.start, q.start)
        source, cue = _verbless(sentence, words)
        if source is None:
            source = _bare_speaker(sentence, words)
        if source is None:
            source = _main_subject(sentence, words)
        spans = (source,) if source else ()
        found.append(Report(q.content, cue, spans, "quotation after a colon"))
    return found


def _verbless(sentence: Sentence, words: list[Word]) -> tuple[Span | None, tuple[Span, ...]]:
    """« Réponse de X : » gives X, with the noun as cue."""
    nouns = lexicon().data["verbless"]["nouns"]
    for n, word in enumerate(words):
        if (
            word.lower in nouns
            and n + 1 < len(words)
            and words[n + 1].lower in ("de", "du", "d'", "des")
        ):
            head = _governed(sentence, words[n + 1].end)
            if head is not None:
                return mention(sentence, head), ((word.start, word.end),)
    return None, ()


def _bare_speaker(sentence: Sentence, words: list[Word]) -> Span | None:
    """« Le capitaine : « Q » »: nothing but the speaker stands before the colon."""
    nominal = [w for w in words if w.pos in NOMINAL]
    if not nominal or len(words) > 12 or any(w.pos in ("VERB", "AUX") for w in words):
        return None
    head = nominal[0]
    named = head.text[:1].isupper() and bool(gender(sentence.text[head.start : words[-1].start]))
    return mention(sentence, head) if named or _speaker_noun(head) else None


def _main_subject(sentence: Sentence, words: list[Word]) -> Span | None:
    subjects = [
        w for w in words
        if w.dep in ("nsubj", "nsubj:pass") and w.pos in ("NOUN", "PROPN")
        and (head := sentence.head(w)) is not None and head.start < words[-1].start
    ]  # fmt: skip
    main = [w for w in subjects if (h := sentence.head(w)) is not None and h.dep == "ROOT"]
    chosen = (main or subjects)[-1:] if subjects else []
    return mention(sentence, chosen[0]) if chosen else None
