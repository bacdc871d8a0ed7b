"""The rules of French reported speech."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ..quotations import Quotation
from ..reports import Report, Rules
from ..sentence import Sentence
from . import colons, documents, phrases
from .lexicon import lexicon
from .relays import relayer
from .verbs import verbal

WORDS = re.compile(r"\w+")


class French:
    """Finds reports in French sentences."""

    language = "fr"
    joins = False

    def may_report(self, text: str) -> bool:
        """Tell whether a sentence holds a word or phrase of the lexicon."""
        known = lexicon()
        words = WORDS.findall(text.lower())
        return not known.words.isdisjoint(words) or known.gate.search(text) is not None

    def reports(self, sentence: Sentence, quotations: Sequence[Quotation]) -> list[Report]:
        """Return the reports of one sentence."""
        written = documents.written_on(sentence, quotations)
        found = [r for r in verbal(sentence, quotations) if not _same_cue(r, written)]
        found += [
            r for r in phrases.according_to(sentence, quotations) if not _inner(sentence, r, found)
        ]
        found += phrases.own_view(sentence)
        found += documents.read_in(sentence, quotations)
        found += written
        found += phrases.from_sources(sentence)
        found += phrases.hearsay(sentence)
        found += documents.selon_lesquelles(sentence)
        found += [r for r in colons.headed(sentence, quotations) if not found]
        found += colons.colon(sentence, quotations, found)
        return [phrases.learnt_from(sentence, _relayed(sentence, report)) for report in found]


def _same_cue(report: Report, others: Sequence[Report]) -> bool:
    """Tell whether the words that report are part of a longer phrase (« on peut lire »)."""
    (start, end), *_ = report.cue
    return any(s <= start and end <= e for other in others for s, e in other.cue)


def _relayed(sentence: Sentence, report: Report) -> Report:
    """Add who only passes the words on."""
    if not report.source:
        return report
    return replace(report, via=relayer(sentence, report.source[0]))


def _inner(sentence: Sentence, report: Report, others: Sequence[Report]) -> bool:
    """« précise que P, selon lui »: a pronoun inside another content adds nothing."""
    pronoun = all(sentence.text[s:e].lower() in phrases.PRONOUNS for s, e in report.source)
    at = report.cue[0][0]
    return pronoun and any(s <= at < e for r in others for s, e in r.content)


@cache
def rules() -> Rules:
    """Return the rules of French."""
    return French()
