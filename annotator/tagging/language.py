"""Which language a text is in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

UNKNOWN = "und"
SAMPLE = 4000
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
NOISE = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+|[@#]\w+")
LEAST_SHARE = 0.2
"""The share of function words from which a text is taken for their language without a model."""
LEAST_DIFFERENT = 4
HOME_WEIGHT = 8.0
"""How much likelier French and English are than any other language before reading the text."""


def detect(text: str) -> str:
    """Return the language's ISO 639 code ("fr"); "und" for a text without any letter.

    Only the first few thousand characters count. Where function words do not settle it for
    French or English, a model of 100 languages does, with French and English favoured in texts
    too short for certainty.
    """
    sample = NOISE.sub(" ", text[:SAMPLE]).replace("’", "'")
    if not WORD.search(sample):
        return UNKNOWN
    return _by_function_words(sample) or _by_model(sample)


def _by_function_words(sample: str) -> str | None:
    words = WORD.findall(sample.lower())
    hits = {
        language: [word for word in words if word in function_words]
        for language, function_words in _function_words().items()
    }
    best = max(hits, key=lambda language: len(hits[language]))
    others = sum(len(found) for language, found in hits.items() if language != best)
    sure = (
        len(hits[best]) >= LEAST_SHARE * len(words)
        and len(set(hits[best])) >= LEAST_DIFFERENT
        and len(hits[best]) >= 4 * others
    )
    return best if sure else None


def _by_model(sample: str) -> str:
    # The model's longer codes are local forms of a language that has a two-letter code too.
    scores: dict[str, float] = {
        code: score for code, score in _identifier().rank(sample) if len(code) == 2
    }
    for language in _function_words():
        scores[language] *= HOME_WEIGHT
    return max(scores, key=lambda language: scores[language])


@cache
def _function_words() -> dict[str, frozenset[str]]:
    path = Path(__file__).parent / "lexicon" / "language.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {language: frozenset(words) for language, words in data.items()}


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
