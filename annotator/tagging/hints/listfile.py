"""Reads one hint list (TOML) and checks it; the shipped lists and a project's own look alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotator.errors import HintListError
from annotator.toml import toml_table

from .words import Entry, split

STANCES = ("neutral", "endorsing", "doubting")
PHRASE_KINDS = {
    "hedges": "hedge", "boosters": "booster", "hearsay": "hearsay",
    "about": "about", "unless": "unless", "sources": "source",
}  # fmt: skip
"""Key in the file → kind of the phrases under it."""
WORD_FIELDS = {
    "word": str, "class": str, "instead": list, "note": str,
    "forms": list, "verb": bool, "label": str,
}  # fmt: skip
NUMBER_LISTS = (
    "glue", "skip", "breaks", "people", "tolls", "plain", "named", "months", "years", "plurals",
)  # fmt: skip
NUMBER_TABLES = ("words", "scales")
CONDITIONAL_LISTS = ("lookalikes", "modal")


@dataclass(frozen=True, slots=True)
class ListFile:
    """One list as its file has it, every field of the right type."""

    language: str
    words: tuple[Entry, ...]
    phrases: Mapping[str, tuple[str, ...]]
    """Kind → phrases."""
    without: tuple[str, ...]
    """Words and phrases of the lists below that are not wanted."""
    stances: Mapping[str, str]
    """Reporting verb → stance."""
    irregular: Mapping[str, tuple[str, ...]]
    """Reporting verb → forms that the rules do not give."""
    conditional: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Mapping[str, int]]
    """Number words and scales ("million") → value."""


def parse_list(text: str, where: str) -> ListFile:
    """Read a list from TOML text; `where` names it in the HintListError a broken one raises."""
    try:
        data = toml_table(text)
    except ValueError as error:
        raise HintListError(f"{where}: not TOML ({error})") from None
    sections = ("language", "words", "without", "verbs", "conditional", "numbers", *PHRASE_KINDS)
    _only(data, sections, where)
    if not isinstance(data.get("language"), str):
        raise HintListError(f"{where}: 'language' is missing or not text")
    verbs, conditional, numbers = (
        _table(data.get(name, {}), f"{where}: {name}")
        for name in ("verbs", "conditional", "numbers")
    )
    _only(verbs, (*STANCES, "irregular"), f"{where}: verbs")
    _only(conditional, CONDITIONAL_LISTS, f"{where}: conditional")
    _only(numbers, (*NUMBER_LISTS, *NUMBER_TABLES), f"{where}: numbers")
    return ListFile(
        language=data["language"],
        words=_entries(data.get("words", []), where),
        phrases={
            kind: _strings(data.get(name, []), f"{where}: {name}")
            for name, kind in PHRASE_KINDS.items()
        },
        without=_strings(data.get("without", []), f"{where}: without"),
        stances={
            verb: stance
            for stance in STANCES
            for verb in _strings(verbs.get(stance, []), f"{where}: verbs.{stance}")
        },
        irregular=_lists(verbs.get("irregular", {}), f"{where}: verbs.irregular"),
        conditional=_single(conditional, f"{where}: conditional"),
        numbers=_single(
            {name: value for name, value in numbers.items() if name in NUMBER_LISTS},
            f"{where}: numbers",
        ),
        values={
            name: _values(numbers.get(name, {}), f"{where}: numbers.{name}")
            for name in NUMBER_TABLES
        },
    )


def _entries(data: Any, where: str) -> tuple[Entry, ...]:
    if not isinstance(data, list):
        raise HintListError(f"{where}: 'words' is not a list")
    entries = tuple(_entry(one, f"{where}: word {n}") for n, one in enumerate(data, 1))
    seen: set[str] = set()
    for n, entry in enumerate(entries, 1):
        if entry.word in seen:
            raise HintListError(f"{where}: word {n}: {entry.word!r} is listed twice")
        seen.add(entry.word)
    return entries


def _entry(data: Any, where: str) -> Entry:
    data = _table(data, where)
    if isinstance(data.get("word"), str):
        where = f"{where} ({data['word']!r})"
    _only(data, WORD_FIELDS, where)
    for name, kind in WORD_FIELDS.items():
        if name in ("word", "class") and name not in data:
            raise HintListError(f"{where}: {name!r} is missing")
        if name in data and not isinstance(data[name], kind):
            raise HintListError(f"{where}: {name!r} must be {_in_words(kind)}")
    return Entry(
        word=_phrase(data["word"], where),
        group=_line(data["class"]),
        instead=tuple(_line(one) for one in _texts(data.get("instead", []), f"{where}: instead")),
        note=_line(data.get("note", "")),
        forms=_strings(data.get("forms", []), f"{where}: forms"),
        verb=data.get("verb", False),
        label=data.get("label", "partisan_framing"),
    )


def _line(text: str) -> str:
    """Return a text on one line, as the reasons of hints are."""
    return " ".join(text.split())


def _only(data: Mapping[str, Any], known: Any, where: str) -> None:
    for name in data:
        if name not in known:
            raise HintListError(f"{where}: unknown key {name!r}; known: {', '.join(known)}")


def _table(data: Any, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise HintListError(f"{where}: not a table")
    return data


def _texts(data: Any, where: str) -> tuple[str, ...]:
    if not (isinstance(data, list) and all(isinstance(one, str) for one in data)):
        raise HintListError(f"{where}: must be a list of texts")
    return tuple(data)


def _strings(data: Any, where: str) -> tuple[str, ...]:
    """Check a list of words or phrases; each must have a letter, or nothing could match it."""
    return tuple(_phrase(one, where) for one in _texts(data, where))


def _phrase(text: str, where: str) -> str:
    if not split(text):
        raise HintListError(f"{where}: {text!r} has no word in it")
    return text


def _lists(data: Any, where: str) -> dict[str, tuple[str, ...]]:
    return {name: _strings(one, f"{where}.{name}") for name, one in _table(data, where).items()}


def _single(data: Any, where: str) -> dict[str, tuple[str, ...]]:
    """Check lists of single words: what reads them goes word by word."""
    lists = _lists(data, where)
    for name, words in lists.items():
        for word in words:
            if len(split(word)) > 1:
                raise HintListError(f"{where}.{name}: {word!r} is more than one word")
    return lists


def _values(data: Any, where: str) -> dict[str, int]:
    for name, value in _table(data, where).items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise HintListError(f"{where}: {name!r} must be a whole number")
    return dict(data)


def _in_words(kind: type) -> str:
    return {str: "text", list: "a list", bool: "true or false"}[kind]
