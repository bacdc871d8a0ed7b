"""Where things live and what the user prefers: paths, environment and a TOML file."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from annotator.errors import AnnotatorError
from annotator.model import Working, WorkOrder
from annotator.toml import toml_table

DEFAULT_PROJECT = Path("annotations.db")
DEFAULT_EXPORTS = Path("exports")
CONFIG_VARIABLE = "ANNOTATOR_CONFIG"
REVIEWER_VARIABLE = "ANNOTATOR_REVIEWER"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user has set; every field has a working default."""

    reviewer: str | None = None
    theme: str | None = None
    """Name of a Textual theme."""
    order: WorkOrder = "corpus"
    """In which order articles come."""
    hide_outlet: bool = False
    """Whether articles are judged without their outlet and author being shown."""
    hints_off: tuple[str, ...] = ()
    """Kinds of hints that are not wanted."""
    keys: dict[str, str] = field(default_factory=dict)
    """Action id → the key it is moved to."""
    places: dict[str, str] = field(default_factory=dict)
    """Name of a setting, or "keys." and a moved action → "FILE, line N", for messages."""

    @property
    def working(self) -> Working:
        """Under which conditions the user judges."""
        return Working(self.order, self.hide_outlet)


ORDERS: tuple[WorkOrder, ...] = get_args(WorkOrder)
FORMS = {
    "reviewer": (str, "text"),
    "theme": (str, "text"),
    "order": (str, f"one of {', '.join(ORDERS)}"),
    "hide_outlet": (bool, "true or false"),
    "hints_off": (list, "a list of texts"),
    "keys": (dict, "a table of action = key"),
}


SET = re.compile(r"""\s*\[?\s*["']?([^\s"'=\]]+)["']?\s*[=\]]""")


def settings_file() -> Path:
    """Return the path of the settings file, whether it exists or not."""
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("annotator") / "settings.toml"


def load_settings() -> Settings:
    """Read the settings; a missing file means defaults, a broken one an AnnotatorError."""
    path = settings_file()
    try:
        text = path.read_text(encoding="utf-8")
        return _checked(toml_table(text), _places(text, path), path)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise AnnotatorError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise AnnotatorError(f"{path}: not TOML ({error})") from None


def save_reviewer(name: str) -> None:
    """Write the reviewer's name, asked for once, to the settings file."""
    path = settings_file()
    line = f"reviewer = {json.dumps(name, ensure_ascii=False)}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        # Keys of the top level must stand before the first table.
        path.write_text(line + before, encoding="utf-8")
    except OSError as error:
        raise AnnotatorError(f"{path}: cannot be written ({error.strerror})") from None


def _checked(data: dict[str, Any], places: dict[str, str], path: Path) -> Settings:
    for name, value in data.items():
        where = places.get(name, str(path))
        if name not in FORMS:
            raise AnnotatorError(f"{where}: unknown setting {name!r}; known: {', '.join(FORMS)}")
        form, words = FORMS[name]
        right = isinstance(value, form) and (name != "order" or value in ORDERS)
        if not right or (form is list and not all(isinstance(one, str) for one in value)):
            raise AnnotatorError(f"{where}: {name!r} must be {words}")
    for action, key in data.get("keys", {}).items():
        if not isinstance(key, str):
            where = places.get(f"keys.{action}", str(path))
            raise AnnotatorError(f"{where}: the key of {action!r} must be text")
    return Settings(
        reviewer=data.get("reviewer") or None,
        theme=data.get("theme"),
        order=data.get("order", "corpus"),
        hide_outlet=data.get("hide_outlet", False),
        hints_off=tuple(data.get("hints_off", ())),
        keys=data.get("keys", {}),
        places=places,
    )


def _places(text: str, path: Path) -> dict[str, str]:
    """Return where each name is set for the first time: the parser does not say."""
    found: dict[str, str] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if name := SET.match(line):
            if line.lstrip().startswith("["):
                table = f"{name[1]}."
                found.setdefault(name[1], f"{path}, line {number}")
            else:
                found.setdefault(f"{table}{name[1]}", f"{path}, line {number}")
    return found


def hint_lists(project: Path) -> list[Path]:
    """Return the lists that a project brings: NAME.hints.toml and NAME.hints.*.toml beside it."""
    beside = project.parent.glob("*.toml")
    return sorted(one for one in beside if one.name.startswith(f"{project.stem}.hints."))
