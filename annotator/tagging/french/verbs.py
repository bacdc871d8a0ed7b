"""Which report each French reporting verb makes: its frames are tried one after the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ..quotations import Quotation
from ..reports import Report
from ..sentence import Sentence
from . import frames, quoting
from .cues import Cue, cues
from .frames import OF, TO
from .lexicon import lexicon

Finder = Callable[[Sentence, Cue, Sequence[Quotation]], Report | None]
Condition = Callable[[Sentence, Cue], bool]


def verbal(sentence: Sentence, quotations: Sequence[Quotation]) -> Iterator[Report]:
    """Yield at most one report for each verb: the first frame that fits."""
    done: set[int] = set()
    previous: Report | None = None
    finite: Report | None = None
    for cue in cues(sentence):
        if cue.verb.index in done or _relative_object(sentence, cue) or _asked(cue, previous):
            continue
        for finder in _finders(sentence, cue):
            report = finder(sentence, cue, quotations)
            if report is None or frames.nobody(sentence, report.source):
                continue
            if previous is not None and (
                _continues(sentence, cue, previous) or _describes(sentence, cue, previous)
            ):
                report = replace(report, source=previous.source)
            elif finite is not None and (_hangs_on(sentence, cue) or _before_that(sentence, cue)):
                report = replace(report, source=finite.source)
            if not report.source and not cue.finite and not cue.passive:
                continue
            done.add(cue.verb.index)
            previous = report
            if cue.finite:
                finite = report
            yield report
            break


def _continues(sentence: Sentence, cue: Cue, previous: Report) -> bool:
    """« a dit que P, ajoutant que Q », « … et a souhaité que Q »: the same speaker goes on."""
    if not previous.content:
        return False
    start = cue.first.start
    governor = sentence.head(cue.verb)
    if cue.entry.kind == "infinitive" and not cue.finite and governor is not None:
        start = min(start, governor.start)
    between = sentence.text[previous.content[-1][1] : start]
    words = set(re.findall(r"\w+", between.lower()))
    if cue.entry.kind == "gerund":
        return words <= {"en", "tout"}
    return (
        cue.clitic is None
        and bool(words)
        and words <= {"et", "mais", "puis", "a", "ensuite", "aussi"}
    )


def _describes(sentence: Sentence, cue: Cue, previous: Report) -> bool:
    """« « Q », soupire la gérante d'un bar, qui avoue P »: « qui » is who has just spoken."""
    start = sentence.words[quoting.group_start_index(sentence, cue)]
    relative = sentence.before(start)
    if relative is None or relative.lower != "qui" or not previous.source:
        return False
    end = previous.source[0][1]
    inverted = previous.cue[0][0] < end <= relative.start
    return inverted and not re.search(r"\w", sentence.text[end : relative.start])


def _hangs_on(sentence: Sentence, cue: Cue) -> bool:
    """« a lancé X, appelant à Q »: a gerund after a comma has the speaker of the finite verb."""
    start = sentence.words[quoting.group_start_index(sentence, cue)]
    before = sentence.before(start)
    return cue.entry.kind == "gerund" and before is not None and before.text == ","


def _before_that(sentence: Sentence, cue: Cue) -> bool:
    """« a dit P, avant d'ajouter que Q », « … pour conclure que Q »."""
    of, before = sentence.before(cue.first), sentence.before(cue.first, 2)
    if cue.entry.kind != "infinitive" or cue.finite or of is None or before is None:
        return False
    return of.lower == "pour" or (of.lower in OF and before.lower == "avant")


def _relative_object(sentence: Sentence, cue: Cue) -> bool:
    """« ce qu'affirme X », « ce qu'a dit X »: what is said stands elsewhere."""
    start = sentence.words[quoting.group_start_index(sentence, cue)]
    that, this = sentence.before(start), sentence.before(start, 2)
    return (
        that is not None
        and that.lower in ("que", "qu'")
        and this is not None
        and this.lower == "ce"
    )


def _demanded(sentence: Sentence, cue: Cue) -> bool:
    """« demande de reconnaître « Q » »: the infinitive is what is demanded, not a cue."""
    governor = sentence.head(cue.verb)
    if cue.entry.kind != "infinitive" or cue.finite or governor is None:
        return False
    before = [w.lower for w in sentence.words[max(0, cue.first.index - 3) : cue.first.index]]
    if "avant" in before or "après" in before:
        # « … », a-t-il dit, avant d'ajouter : « Q »
        return False
    return governor.lower in lexicon().verbs


def _asked(cue: Cue, previous: Report | None) -> bool:
    """« demande s'il trouve cela « juste » »: what a question holds is not said."""
    if previous is None or previous.rule != "verb + indirect question":
        return False
    return any(s <= cue.first.start < e for s, e in previous.content)


def _of_infinitive(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    rule = "verb + de + infinitive"
    return frames.governed_infinitive(sentence, cue, quotations, OF, rule)


def _to_infinitive(sentence: Sentence, cue: Cue, quotations: Sequence[Quotation]) -> Report | None:
    rule = "verb + à + infinitive"
    return frames.governed_infinitive(sentence, cue, quotations, TO, rule)


def _always(sentence: Sentence, cue: Cue) -> bool:
    return True


def _finite(sentence: Sentence, cue: Cue) -> bool:
    return cue.finite


def _active(sentence: Sentence, cue: Cue) -> bool:
    """Not passive, not demanded by another verb, not a participle that opens the sentence."""
    opening = cue.entry.kind == "participle" and not cue.finite and cue.verb.index == 0
    return not cue.passive and not opening and not _demanded(sentence, cue)


def _inverted(sentence: Sentence, cue: Cue) -> bool:
    return cue.finite and cue.clitic is not None


def _told(sentence: Sentence, cue: Cue) -> bool:
    """« a-t-on appris », « a appris Radio Vague auprès du parquet »."""
    one = cue.clitic is not None and cue.clitic.lower.endswith("on")
    ahead = {w.lower for w in sentence.words[cue.last.index + 1 :]}
    return cue.finite and (one or not ahead.isdisjoint(("auprès", "source", "sources")))


def _finite_active(sentence: Sentence, cue: Cue) -> bool:
    return cue.finite and not cue.passive


# Frames of the lexicon, a condition on the verb as it stands, and what to look for; in this order.
FINDERS: tuple[tuple[frozenset[str], Condition, Finder], ...] = (
    (frozenset(("quote",)), _finite, quoting.as_says),
    (frozenset(("quote", "aside")), _finite_active, quoting.after_quotation),
    (frozenset(("quote", "aside")), _finite_active, quoting.inside_quotation),
    (frozenset(("quote",)), _finite, quoting.heading),
    (frozenset(("phrase",)), _always, frames.noun_clause),
    (frozenset(("que",)), _always, frames.that_clause),
    (frozenset(("self",)), _always, frames.predicate),
    (frozenset(("inf",)), _always, frames.bare_infinitive),
    (frozenset(("de",)), _always, _of_infinitive),
    (frozenset(("as", "of", "to")), _always, frames.naming),
    (frozenset(("a",)), _always, _to_infinitive),
    (frozenset(("si",)), _active, frames.whether),
    (frozenset(("judge",)), _always, frames.judged),
    (frozenset(("quote",)), _active, quoting.before_quotation),
    (frozenset(("object",)), _active, frames.quoted_object),
    (frozenset(("incise",)), _finite, quoting.incise),
    (frozenset(("quote",)), _inverted, quoting.incise),
    (frozenset(("heard",)), _told, quoting.incise),
    (frozenset(("about",)), _active, frames.quoted_about),
    (frozenset(("incise", "quote")), _finite_active, quoting.clause_after_colon),
)


def _finders(sentence: Sentence, cue: Cue) -> Iterator[Finder]:
    """Yield what to look for, the most certain first."""
    for wanted, condition, finder in FINDERS:
        if wanted & cue.entry.frames and condition(sentence, cue):
            yield finder
