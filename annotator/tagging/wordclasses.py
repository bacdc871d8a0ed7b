"""Universal parts of speech and features, by the patterns of a model's attribute ruler.

The ruler's own matcher takes a quarter of the time of tagging English. Its patterns only look at a
word's tag, form and relation (and whether the word before is an expletive), so that an answer,
once found, can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

SAID = ("POS", "MORPH")
SEEN = frozenset(("TAG", "LOWER", "DEP", "IS_SPACE"))


class Seen(NamedTuple):
    """What a pattern may look at in one word."""

    tag: str
    lower: str
    dep: str


class _Rule(NamedTuple):
    """One pattern: what it asks of a word and of the one before it, and what it says."""

    before: Mapping[str, Any]
    word: Mapping[str, Any]
    says: Mapping[str, str]


class WordClasses:
    """Gives words part of speech and features as the attribute ruler of a model would."""

    def __init__(self, patterns: Iterable[Mapping[str, Any]]) -> None:
        """Read the ruler's patterns; ValueError if one looks at more than a word's `Seen`."""
        self._rules = list(_rules(patterns))
        forms = (_named(part.get("LOWER")) for rule in self._rules for part in rule[:2])
        self._forms = frozenset(form for named in forms for form in named)
        self._before = frozenset(
            dep for rule in self._rules for dep in _named(rule.before.get("DEP"))
        )
        self._known: dict[tuple[Seen, str], tuple[str, str]] = {}

    def __call__(self, tag: str, lower: str, dep: str, before: str) -> tuple[str, str]:
        """Return part of speech and features of a word; `before` is the last word's relation."""
        # Words that no pattern names are all the same to them: few answers are enough.
        form = lower if lower in self._forms else ""
        key = Seen(tag, form, dep), before if before in self._before else ""
        answer = self._known.get(key)
        if answer is None:
            answer = self._known[key] = self._find(*key)
        return answer

    def _find(self, word: Seen, before: str) -> tuple[str, str]:
        """Apply every pattern in order: later ones overrule earlier ones."""
        found = dict.fromkeys(SAID, "")
        for rule in self._rules:
            if _fits(rule.word, word) and _fits(rule.before, Seen("", "", before)):
                found |= rule.says
        return found["POS"], "" if found["MORPH"] == "_" else found["MORPH"]


def _rules(patterns: Iterable[Mapping[str, Any]]) -> Iterator[_Rule]:
    """Yield the patterns that say something of part of speech or features."""
    for pattern in patterns:
        says = {name: pattern["attrs"][name] for name in SAID if name in pattern["attrs"]}
        for parts in pattern["patterns"] if says else ():
            before: Mapping[str, Any] = parts[0] if len(parts) == 2 else {}
            known = SEEN.issuperset(parts[-1]) and {"DEP"}.issuperset(before)
            if not known or len(parts) > 2 or pattern["index"] != len(parts) - 1:
                raise ValueError(f"an attribute ruler's pattern of another form: {pattern}")
            yield _Rule(before, parts[-1], says)


def _named(asked: str | Mapping[str, list[str]] | None) -> list[str]:
    """Return the values that a condition names; ValueError if it is of another form."""
    if asked is None or isinstance(asked, str):
        return [asked] if asked else []
    if len(asked) != 1 or not asked.keys() <= {"IN", "NOT_IN"}:
        raise ValueError(f"an attribute ruler's condition of another form: {asked}")
    return next(iter(asked.values()))


def _fits(asked: Mapping[str, Any], word: Seen) -> bool:
    """Tell whether a word, which is no white space, is what a pattern asks for."""
    has: dict[str, str | bool] = {
        "TAG": word.tag,
        "LOWER": word.lower,
        "DEP": word.dep,
        "IS_SPACE": False,
    }
    return all(_holds(value, has[name]) for name, value in asked.items())


def _holds(asked: str | bool | Mapping[str, list[str]], value: str | bool) -> bool:
    if isinstance(asked, Mapping):
        return all((value in named) == (how == "IN") for how, named in asked.items())
    return asked == value
