"""Proper names in running text: their shape, short forms, acronyms and, for people, gender."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

CAPITAL = r"(?:(?:(?:[Aa]l|[Ee]l|[Bb]en|O)['’-])?[A-ZÀ-ÖØ-ÞŒ][\w’'-]*)"
PARTICLE = r"(?:de|du|des|la|le|van|von|der|den|di|da|dos|el|al|bin|ben|of|the|for|&|y)"
TITLE = (
    "(?:MM?|Mmes?|Mlle|Mgr|Mr|Mrs|Ms|Dr|Pr|Prof|Gov|Sen|Rep|Gen|Col|Capt|Sgt|Lt|Rev|Adm|Maj|"
    "Cllr|St|Me)"
)
TITLED = re.compile(rf"{TITLE}\.?[ \u00a0]")
NAME = re.compile(
    r"(?<![\w-])(?<!\w\w[’'])(?:[A-Z]\.){2,}(?!\w)|"
    rf"(?<![\w-])(?<!\w\w[’'])(?:{TITLE}\.?[ \u00a0])?(?:[A-Z]\.[ \u00a0-]?)*"
    rf"{CAPITAL}(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,2}}(?:[A-Z]\.[ \u00a0])?{CAPITAL})*"
    r"(?:(?<=[ \u00a0][A-ZÀ-Þ])\.(?=[ \u00a0,](?![A-ZÀ-Þ])))?"
)
"""A run of capitalised words with the particles between them, or an acronym with dots."""
ELISION = re.compile(r"(?:l|d|qu|L|D|Qu)['’](?=[A-ZÀ-ÖØ-ÞŒ])")
# Behind these a sentence or phrase begins; "" is the text's start.
OPENINGS = frozenset(("", *'.!?:;\n«»“”"–—•,('))
POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
BRACKET = re.compile(r"\s*\((?P<short>[A-ZÀ-Þ][\w.-]{1,11})\)")


def names(
    text: str, start: int = 0, end: int | None = None, leads: frozenset[str] = frozenset()
) -> Iterator[tuple[int, str]]:
    """Yield the place and text of each proper name, without a leading l', d' or one of the leads.

    Leads are the words that only open a sentence with a capital ("Selon", "The").
    """
    for match in NAME.finditer(text, start, len(text) if end is None else end):
        name = match.group()
        elided = ELISION.match(name)
        cut = elided.end() if elided else 0
        opens = text[max(0, match.start() - 3) : match.start()].rstrip(" \u00a0")[-1:] in OPENINGS
        while opens and cut < len(name) and fold(name[cut:].split()[0]) in leads:
            cut += len(name[cut:].split()[0])
            cut += len(name[cut:]) - len(name[cut:].lstrip())
        name = POSSESSIVE.sub("", name)
        if " of " in name and (gender(name[cut:]) or TITLED.match(name[cut:])):
            # "Ann Lowe of the Reef Party" is a person.
            name = name.partition(" of ")[0]
        if cut < len(name) and not all(fold(word) in leads for word in name[cut:].split()):
            yield match.start() + cut, name[cut:].replace("\u00a0", " ")


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return a text without case and accents, for comparison."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def parts(name: str) -> list[str]:
    """Return the folded words of a name; « al-Sayed » counts as « sayed »."""
    return [w.removeprefix("al-").removeprefix("el-") for w in fold(name).split()]


def abbreviates(short: str, full: str) -> bool:
    """Tell whether one name is short for another: « Sorel », « I. Sorel » for « Inès Sorel »."""
    few, many = parts(short), parts(full)
    if not few or len(few) > len(many) or few == many:
        return False
    if len(few) == 1:
        return few[0] in (many[-1], many[0]) or few[0] in many[-1].split("-")[:1]
    heads = zip(few[:-1], many, strict=False)
    return few[-1] == many[-1] and all(
        f == m or (f.endswith(".") and m.startswith(f[:-1])) for f, m in heads
    )


def acronyms(text: str, leads: frozenset[str]) -> dict[str, str]:
    """Return acronym → full name, from brackets behind a name and from equal initials."""
    found: dict[str, str] = {}
    for at, name in names(text, leads=leads):
        bracket = BRACKET.match(text, at + len(name))
        if bracket and bracket["short"].isupper() and len(name) > len(bracket["short"]):
            found.setdefault(bracket["short"], name)
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if len(initials) > 2:
            found.setdefault(initials, name)
    return found


@cache
def _given_names() -> dict[str, str]:
    source = files("annotator.tagging") / "lexicon" / "first_names.toml"
    data: dict[str, list[str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    return {name: gender for gender, listed in data.items() for name in listed}


def gender(name: str) -> str:
    """Return "m" or "f" where a name's first word tells, else ""."""
    first = fold(name).split()[0] if name.strip() else ""
    return _given_names().get(first) or _given_names().get(first.split("-")[0], "")
