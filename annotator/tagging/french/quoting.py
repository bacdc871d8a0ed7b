"""French reporting verbs beside quotations, and incises in a sentence without marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.model import Span

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence, Word
from ..speaker_words import speaker_words
from . import sources
from .cues import CLITICS, Cue
from .extents import trim_end
from .frames import nobody, onward
from .lexicon import lexicon

# What may stand between a closing mark and the verb that takes the quotation.
JOINT = re.compile(r"[\s,.!?…\"»”]*(?:(?:et|puis|mais|alors|ainsi)\s+)?")

STOP = re.compile(r"[,.;:–—!?]")
RELATIVE = re.compile(r"\s*(?:qui|dont|où|lequel|laquelle)\s")


def group_start_index(sentence: Sentence, cue: Cue) -> int:
    """Return the index of a verb group's first word, clitics included (« s'est-elle étonnée »)."""
    at = cue.first
    while (before := sentence.before(at)) is not None and before.lower in CLITICS:
        at = before
    return at.index


def _group_start(sentence: Sentence, cue: Cue) -> int:
    return sentence.words[group_start_index(sentence, cue)].start


def after_quotation(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« Q », a déclaré X; « Q1 », a-t-il dit, « Q2 »."""
    start = _group_start(sentence, cue)
    ended = [
        q for q in quotations
        if sentence.start <= q.end <= start and JOINT.fullmatch(sentence.text, q.end, start)
        and any(c.isalnum() for c in sentence.text[q.end:start]) is False
    ]  # fmt: skip
    if not ended:
        return None
    taken = ended[0]
    nexts = [q for q in quotations if q.start >= cue.last.end and q.depth == taken.depth]
    source = sources.after(sentence, cue, nexts[0].start if nexts else None)
    if source is None:
        return None
    content = list(taken.content)
    end = max(cue.last.end, source[1])
    for q in nexts[:1]:
        joint = sentence.text[end : q.start]
        if re.fullmatch(r"[^.!?:;]{0,60},\s*", joint):
            content += q.content
    return Report(tuple(content), cue.spans, (source,), "quotation + verb after it")


def inside_quotation(
    sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]
) -> Report | None:
    """« Je pars, a-t-il dit. Puis… »: an incise between marks that do not close for it."""
    start = _group_start(sentence, cue)
    holding = [q for q in quotations if q.start < start and cue.last.end < q.end]
    if not holding or not _comma_before(sentence, start):
        return None
    source = sources.after(sentence, cue)
    if source is None or nobody(sentence, (source,)):
        return None
    q = holding[-1]
    resume = _incise_end(sentence, max(source[1], cue.last.end))
    head = _comma_before(sentence, start) or start
    content = [span for span in q.content if span[1] <= head]
    for s, e in q.content:
        if s < head < e:
            content += [(s, head)] + ([(resume, e)] if resume < e else [])
        elif s >= resume:
            content.append((s, e))
    return Report(tuple(content), cue.spans, (source,), "verb set into a quotation")


def _comma_before(sentence: Sentence, start: int) -> int | None:
    """Return the offset of the comma or dash right before a position."""
    at = start - 1
    while at >= sentence.start and sentence.text[at].isspace():
        at -= 1
    return at if at > sentence.start and sentence.text[at] in ",–—-?!…" else None


def _incise_end(sentence: Sentence, at: int) -> int:
    """Return where the words go on after an incise: behind the next comma or full stop.

    « …, dit X, qui dirige le port. Puis… »: a relative clause still belongs to the incise.
    """
    found = STOP.search(sentence.text, at, sentence.end)
    while found and found.group() == "," and RELATIVE.match(sentence.text, found.end()):
        found = STOP.search(sentence.text, found.end(), sentence.end)
    return found.end() if found else sentence.end


def before_quotation(
    sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]
) -> Report | None:
    """X a déclaré : « Q »; X affirme « Q »."""
    for q in quotations:
        if q.start < cue.last.end or q.depth > _depth(cue, quotations):
            continue
        between = sentence.text[cue.last.end : q.start]
        colon = between.rstrip().endswith(":")
        words = sentence.within(cue.last.end, q.start)
        if not colon and any(w.pos not in ("ADV", "PUNCT") for w in words):
            return None
        if not colon and not _speech_object(sentence, cue, q):
            return None
        if colon and (":" in between.rstrip()[:-1] or _other_clause(words)):
            return None
        if q.start >= sentence.end and not colon:
            return None
        source = sources.source_of(sentence, cue)
        if source is None and cue.clitic is None:
            source = sources.after(sentence, cue, q.start)
        spans = (source,) if source else ()
        return Report(q.content, cue.spans, spans, "verb + quotation after it")
    return None


def _speech_object(sentence: Sentence, cue: Cue, q: Quotation) -> bool:
    """Tell « affirme « servir le roi » » from « raille « Tonton » Martin »."""
    rest = sentence.text[q.end : sentence.end].lstrip(' "')
    words = len(sentence.text[q.content[0][0] : q.content[0][1]].split())
    return "person" not in cue.entry.frames and (words > 1 or not rest[:1].isalnum())


def _depth(cue: Cue, quotations: Sequence[Quotation]) -> int:
    """Return how many quotations hold a cue."""
    return sum(q.holds(cue.first.start, cue.last.end) for q in quotations)


def _other_clause(words: Sequence[Word]) -> bool:
    """Tell whether another reporting verb stands nearer to the quotation."""
    verbs = lexicon().verbs
    return any(
        w.text in ";."
        or (w.pos == "VERB" and any(e.kind == "finite" for e in verbs.get(w.lower, ())))
        for w in words
    )


def heading(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« Q » : X raconte — a headline that begins with what is said."""
    for q in quotations:
        between = sentence.text[q.end : cue.first.start]
        if q.start >= sentence.start and q.end <= cue.first.start and re.match(r"\s*:", between):
            source = sources.source_of(sentence, cue)
            if source is not None and source[0] >= q.end:
                return Report(q.content, cue.spans, (source,), "quotation + colon + verb")
    return None


def as_says(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """« comme le rappelle X, P », « ainsi que l'a dit X »: P is the clause around it."""
    at = sentence.before(cue.first)
    while at is not None and at.lower in CLITICS:
        at = sentence.before(at)
    as_well = sentence.before(at) if at is not None and at.lower in ("que", "qu'") else None
    if as_well is not None and as_well.lower == "ainsi":
        at = as_well
    if at is None or at.lower not in ("comme", "ainsi"):
        return None
    source = sources.after(sentence, cue)
    if source is None:
        source = sources.source_of(sentence, cue)
    if source is None:
        return None
    resume = _incise_end(sentence, max(source[1], cue.last.end))
    content = [
        (s, trim_end(sentence, s, e))
        for s, e in ((sentence.start, at.start), (resume, sentence.end))
    ]
    quoted = [
        q for q in quotations if q.start >= resume and not _letters(sentence, resume, q.start)
    ]
    spans = quoted[0].content if quoted else tuple(s for s in content if _letters(sentence, *s))
    return Report(spans, cue.spans, (source,), "as somebody says") if spans else None


def _letters(sentence: Sentence, start: int, end: int) -> bool:
    return any(c.isalnum() for c in sentence.text[start:end])


def clause_after_colon(
    sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]
) -> Report | None:
    """« X l'a reconnu devant le juge : P », without quotation marks."""
    if sentence.kind == "post":
        return None
    following = sentence.words[cue.last.index + 1 :]
    colon = next((w for w in following if w.text == ":"), None)
    if colon is None or any(q.start > colon.start - 2 for q in quotations):
        return None
    if colon is following[-1]:
        return onward(sentence, cue)
    between = sentence.within(cue.last.end, colon.start)
    after = sentence.within(colon.end, sentence.end)
    if any(w.has("VerbForm=Fin") or w.pos == "SCONJ" for w in between) or len(between) > 8:
        return None
    if not any(w.has("VerbForm=Fin") for w in after):
        return None
    source = sources.source_of(sentence, cue)
    if source is None:
        return None
    semicolon = next((w.start for w in after if w.text == ";"), sentence.end)
    end = trim_end(sentence, colon.end, semicolon)
    return Report(((colon.end, end),), cue.spans, (source,), "verb + colon + clause")


def incise(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    """P, a indiqué X. — an inverted clause after a comma, without quotation marks."""
    start = _group_start(sentence, cue)
    comma = _comma_before(sentence, start)
    if comma is None or any(q.start < start < q.end for q in quotations):
        return None
    source = sources.after(sentence, cue)
    if source is None or source[0] < cue.first.start or nobody(sentence, (source,)):
        return None
    resume = _incise_end(sentence, source[1])
    reopened = any(not _letters(sentence, resume, q.start) for q in quotations if q.start >= resume)
    goes_on = reopened or _verb_resumes(sentence, resume)
    if not _inverted(sentence, cue, source, goes_on):
        return None
    content: list[Span] = [(sentence.start, trim_end(sentence, sentence.start, comma))]
    if sentence.text[resume - 1] == "," and (goes_on or _clause(sentence, resume)):
        content.append((resume, trim_end(sentence, resume, sentence.end)))
    return Report(tuple(content), cue.spans, (source,), "clause + verb set after a comma")


def _clause(sentence: Sentence, start: int) -> bool:
    """Tell whether words with a finite verb, and no gerund first, follow an offset."""
    words = sentence.within(start, sentence.end)
    gerund = bool(words) and words[0].lower.endswith("ant")
    return not gerund and any(w.has("VerbForm=Fin") for w in words)


def _verb_resumes(sentence: Sentence, resume: int) -> bool:
    """« La ville, affirme le maire, ne paiera pas »: the clause goes on with its verb."""
    if sentence.text[resume - 1] != ",":
        return False
    following = [w for w in sentence.words if w.start >= resume][:2]
    return bool(following) and (
        following[0].has("VerbForm=Fin")
        or (
            following[0].lower in CLITICS
            and len(following) > 1
            and following[1].pos in ("VERB", "AUX")
        )
    )


def _names_speaker(sentence: Sentence, source: Span, subject: Word) -> bool:
    """« Aucun train, prévient la gare. »: who stands behind the verb speaks."""
    kind = speaker_words("fr").kind
    speaks = any(kind(w.lower) in ("person", "organisation") for w in sentence.within(*source)[:2])
    ends = not _letters(sentence, source[1], sentence.end)
    return speaks and ends and kind(subject.lower) is None and subject.pos == "NOUN"


def _inverted(sentence: Sentence, cue: Cue, source: Span, reopened: bool) -> bool:
    """Tell whether subject follows verb with nothing but adverbs and addressees between.

    « Le groupe, basé à Lyon, a annoncé un plan » has its own subject, « La ville, écrit X,
    « est… » » only seems to: there a quotation opens after the incise.
    """
    if cue.clitic is not None:
        return True
    between = sentence.within(cue.last.end, source[0])
    own = [
        w for w in sentence.children(cue.verb, *sources.SUBJECT_DEPS)
        if w.index < cue.first.index and w.lower not in CLITICS and not any(
            v.has("VerbForm=Fin") for v in sentence.words[w.index : cue.first.index]
        )
    ]  # fmt: skip
    if own and not reopened and _names_speaker(sentence, source, own[0]):
        own = []
    if (own and not reopened) or any(
        w.lower in ("que", "qu'") or w.has("VerbForm=Inf") for w in between
    ):
        return False
    following = sentence.text[source[1] : sentence.end].lstrip()
    return not following.startswith(("que ", "qu'", "de ", "d'", ":"))
