"""French reporting by what is written: papers, walls and placards, studies « selon laquelle »."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model import Span

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence
from ..speaker_words import speaker_words
from .extents import trim_end
from .lexicon import lexicon
from .mentions import mention
from .phrases import governed, wordy

SELON_LEQUEL = re.compile(
    r"\b((?:selon|d'après) (?:lesquel(?:le)?s|laquelle|lequel)|(?:aux termes|au terme) duquel)\s",
    re.I,
)
ON = frozenset("sur dans".split())
RELATIVE = frozenset("lequel laquelle lesquels lesquelles".split())
READ = re.compile(r"(?:peut|pouvait|pourra)-on (?:y )?(?:lire|entendre)(?: (?:dans|sur) )?", re.I)
WRITTEN = re.compile(
    r"(?:\b(?:l')?on (?:peut|pouvait|pourra|a pu|peut encore) (?:y )?lire"
    r"|\b(?:l')?on (?:y )?(?:lit|lisait)"
    r"|\b(?:est|était|sont|étaient) (?:écrite?s?|inscrite?s?|gravée?s?|peinte?s?|imprimée?s?))"
    r"[^.:;\"]{0,40}:?\s*(?=\")",
    re.I,
)


def read_in(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """« Q », peut-on lire dans le communiqué."""
    found = []
    for match in READ.finditer(sentence.text, sentence.start, sentence.end):
        taken = [
            q
            for q in quotations
            if not wordy(sentence, q.end, match.start()) and q.end <= match.start()
        ]
        head = governed(sentence, match.end())
        if taken and head is not None:
            source = mention(sentence, head, start=match.end())
            spans = (source,) if source else ()
            found.append(
                Report(taken[-1].content, (match.span(),), spans, "quotation read in a document")
            )
    return found


def _whose(sentence: Sentence, selon: int) -> Span | None:
    """« l'étude selon laquelle P »: the document that says so, None for a rumour or an idea."""
    noun = next((w for w in sentence.words if w.end >= selon), None)
    for _ in range(8):
        noun = sentence.before(noun) if noun is not None else None
        if noun is None or noun.pos in ("PUNCT", "VERB", "AUX"):
            return None
        if noun.pos == "NOUN" and speaker_words("fr").kind(noun.lower) == "document":
            return mention(sentence, noun, stop=selon)
    return None


def written_on(sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
    """« une pancarte où était écrit : « Q » », « sur le mur, on peut lire « Q » »."""
    found = []
    for match in WRITTEN.finditer(sentence.text, sentence.start, sentence.end):
        q = next((q for q in quotations if q.start == match.end() and not q.depth), None)
        if q is None:
            continue
        cue = (match.start(), match.start() + len(match.group().rstrip(" :")))
        source = _support(sentence, match.start())
        spans = (source,) if source else ()
        found.append(Report(q.content, (cue,), spans, "quotation read in a document"))
    return found


def _support(sentence: Sentence, at: int) -> Span | None:
    """Return the noun phrase words are written on: before « sur laquelle » or after « sur »."""
    before = sentence.within(sentence.start, at)
    for word in reversed(before):
        following = sentence.after(word)
        if word.lower == "où" or (word.lower in ON and following in before):
            relative = word.lower == "où" or (following is not None and following.lower in RELATIVE)
            noun = sentence.before(word)
            while relative and noun is not None and noun.pos != "NOUN":
                noun = sentence.before(noun)
            head = noun if relative else governed(sentence, word.end)
            stop = word.start if relative else None
            return mention(sentence, head, stop=stop) if head is not None else None
    return None


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
    for match in SELON_LEQUEL.finditer(sentence.text, sentence.start, sentence.end):
        source = _whose(sentence, match.start())
        if source is not None and not any(r.cue[0][1] == match.end() for r in found):
            content = (match.end(), trim_end(sentence, match.end(), sentence.end))
            cue = (match.start(), match.end(1))
            found.append(Report((content,), (cue,), (source,), "document + clause"))
    return found
