"""All that ships is listed with a licence one may ship it under."""

import json
import re
import tomllib
from pathlib import Path

from annotator.licences import UNKNOWN, licences
from tests.commands import annotator

PERMISSIVE = re.compile(
    r"MIT|Public Domain|BSD|Apache|CC0|MPL|LGPL|PSF|Python|ISC|HPND|Unlicense|Zlib", re.I
)


def test_all_that_is_needed_is_listed_with_a_permissive_licence() -> None:
    found = {one.name.casefold().replace("_", "-"): one for one in licences()}
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [re.split(r"[<>=]", line)[0] for line in project["dependencies"]]
    assert {name.casefold() for name in needed} <= found.keys()
    assert {"thinc", "numpy", "lxml"} <= found.keys()  # needed by what we need
    assert "pytest" not in found
    for one in found.values():
        # "MPL OR GPL" leaves the choice.
        choices = re.split(r"\bOR\b", one.licence)
        assert any(PERMISSIVE.search(choice) for choice in choices), one
    assert found["annotator"].licence == "MIT"


def test_the_command_prints_them(tmp_path: Path) -> None:
    out, _ = annotator(tmp_path, "licences")
    lines = out.splitlines()
    assert lines[0].split() == ["annotator", "0.1.0", "MIT"] and UNKNOWN not in out
    listed = json.loads(annotator(tmp_path, "licences", "--json")[0])
    assert [one["name"] for one in listed] == [one.name for one in licences()]
    assert len(listed) == len(lines)
