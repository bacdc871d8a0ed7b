"""What labels of other tools are here, written down in a small TOML file."""

from __future__ import annotations

import re
from pathlib import Path

from annotator.errors import UsageError
from annotator.toml import toml_table

TABLE = "labels"


def read_labels(path: Path) -> dict[str, str]:
    """Return foreign label → ours from a table [labels]; UsageError says what is wrong, and where.

    Whether ours are known is for the scheme of the project to say.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = toml_table(text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise UsageError(f"{path}: not TOML ({error})") from None
    for name in data:
        if name != TABLE:
            raise UsageError(f"{_place(path, text, name)}: unknown {name!r}; known: [{TABLE}]")
    labels = data.get(TABLE)
    if not isinstance(labels, dict):
        raise UsageError(f'{path}: has no table [{TABLE}] with lines like PER = "source"')
    for foreign, ours in labels.items():
        if not isinstance(ours, str):
            where = _place(path, text, foreign)
            raise UsageError(f'{where}: {foreign!r} must be text, as in PER = "source"')
    return labels


def _place(path: Path, text: str, name: str) -> str:
    """Return where a name is first set, or the file where it is not written so: as escapes."""
    setting = re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[].=]""")
    for number, line in enumerate(text.split("\n"), 1):
        if setting.match(line):
            return f"{path}, line {number}"
    return str(path)
