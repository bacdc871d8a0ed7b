"""The licences of the program and of all that is installed for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

PROGRAM = "annotator"
LISTS = "annotator's word lists"
LISTS_LICENCE = "CC0-1.0"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
LONGEST = 100
"""Some packages give the whole text where the name of a licence belongs."""
UNKNOWN = "not said by the package"


@dataclass(frozen=True, slots=True)
class Licensed:
    """A part of the program with its version and licence."""

    name: str
    version: str
    licence: str


def licences() -> list[Licensed]:
    """Return the program, its word lists, then every package it needs, by name."""
    own, *others = _needed(PROGRAM)
    lists = Licensed(LISTS, own.version, LISTS_LICENCE)
    return [own, lists, *sorted(others, key=lambda one: one.name.casefold())]


def _needed(name: str) -> list[Licensed]:
    """Return a package and all that it needs here, itself first, each once."""
    found: dict[str, Licensed] = {}
    wanted = [name]
    while wanted:
        package = _installed(wanted.pop())
        if package is None or package.name in found:
            continue  # what only other systems need is not installed
        found[package.name] = Licensed(package.name, package.version, _licence(package))
        wanted += [
            NAME.match(line)[0]  # type: ignore[index]
            for line in package.requires or ()
            if "extra ==" not in line
        ]
    return list(found.values())


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence(package: Distribution) -> str:
    said = package.metadata
    classified = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    named = [
        *(said.get_all("License-Expression") or ()),
        *(said.get_all("License") or ()),
        ", ".join(classified),
    ]
    short = (" ".join(name.split()) for name in named if name)
    return next((name for name in short if len(name) <= LONGEST), UNKNOWN)
