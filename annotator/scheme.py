"""The label set of a project: its axes, labels and keys, read from TOML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from annotator.errors import SchemeError
from annotator.model import Judgement, canonical_json, digest
from annotator.toml import toml_table

LABEL_FIELDS = {
    "id": str, "key": str, "name": str, "definition": str, "spans": bool, "evidence": bool,
}  # fmt: skip
AXIS_FIELDS = {"id": str, "name": str, "many": bool, "labels": list}


@dataclass(frozen=True, slots=True)
class Label:
    """One answer on an axis."""

    id: str
    key: str
    name: str
    definition: str
    spans: bool = False
    """Whether it rests on words that a reviewer marks."""
    evidence: bool = False
    """Whether it rests on evidence that a reviewer names."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One question asked of every claim."""

    id: str
    name: str
    many: bool
    """Whether any number of labels may be chosen; else exactly one, which finishes a judgement."""
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A label set; `version` identifies its exact content."""

    name: str
    axes: tuple[Axis, ...]
    version: str

    def axis_of(self, label_id: str) -> Axis:
        """Return the axis a label belongs to; KeyError if no axis has it."""
        for axis in self.axes:
            if any(label.id == label_id for label in axis.labels):
                return axis
        raise KeyError(label_id)

    def label(self, label_id: str) -> Label:
        """Return a label by id; KeyError if the scheme lacks it."""
        for axis in self.axes:
            for label in axis.labels:
                if label.id == label_id:
                    return label
        raise KeyError(label_id)

    @property
    def labels(self) -> tuple[Label, ...]:
        """All labels in the order of the scheme."""
        return tuple(label for axis in self.axes for label in axis.labels)

    def named(self, labels: Iterable[str]) -> str:
        """Return the names of labels as a reader sees them; ids where they are not known now."""
        names = {label.id: label.name for label in self.labels}
        return ", ".join(names.get(label, label) for label in labels)

    def finished(self, judgement: Judgement) -> bool:
        """Whether every single-valued axis has its answer; else the judgement is only begun."""
        labels = judgement.labels
        return all([axis.many or labels.get(axis.id) for axis in self.axes])


def parse_scheme(text: str, where: str) -> Scheme:
    """Read a scheme from TOML text; `where` names it in the SchemeError a broken one raises."""
    try:
        data = toml_table(text)
    except ValueError as error:
        raise SchemeError(f"{where}: not TOML ({error})") from None
    if not isinstance(data.get("name"), str):
        raise SchemeError(f"{where}: 'name' is missing or not text")
    if not isinstance(data.get("axes"), list) or not data["axes"]:
        raise SchemeError(f"{where}: 'axes' is missing or empty")
    axes = tuple(_axis(axis, f"{where}: axis {n}") for n, axis in enumerate(data["axes"], 1))
    _check_unique(axes, where)
    if all(axis.many for axis in axes):
        raise SchemeError(f"{where}: at least one axis must have many = false")
    try:
        return Scheme(data["name"], axes, digest(canonical_json(data)))
    except (TypeError, ValueError):
        raise SchemeError(f"{where}: holds a date or a number that is none") from None


@cache
def default_scheme() -> Scheme:
    """Return the scheme that ships with the program."""
    path = Path(__file__).with_name("scheme.toml")
    return parse_scheme(path.read_text(encoding="utf-8"), path.name)


def _axis(data: Any, where: str) -> Axis:
    _check_fields(data, AXIS_FIELDS, where, optional=())
    labels = tuple(_label(one, f"{where}, label {n}") for n, one in enumerate(data["labels"], 1))
    if not labels:
        raise SchemeError(f"{where}: 'labels' is empty")
    return Axis(data["id"], data["name"], data["many"], labels)


def _label(data: Any, where: str) -> Label:
    _check_fields(data, LABEL_FIELDS, where, optional=("spans", "evidence"))
    return Label(**data)


def _check_fields(
    data: Any, fields: dict[str, type], where: str, optional: tuple[str, ...]
) -> None:
    if not isinstance(data, dict):
        raise SchemeError(f"{where}: not a table")
    for name in data.keys() - fields.keys():
        raise SchemeError(f"{where}: unknown key {name!r}; known: {', '.join(fields)}")
    for name, kind in fields.items():
        if name not in data and name in optional:
            continue
        if not isinstance(data.get(name), kind):
            raise SchemeError(f"{where}: {name!r} is missing or not {kind.__name__}")


def _check_unique(axes: tuple[Axis, ...], where: str) -> None:
    labels = [label for axis in axes for label in axis.labels]
    for what, values in (
        ("axis id", [axis.id for axis in axes]),
        ("label id", [label.id for label in labels]),
        ("key", [label.key for label in labels]),
    ):
        for value in values:
            if values.count(value) > 1:
                raise SchemeError(f"{where}: {what} {value!r} is used twice")
