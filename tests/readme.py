"""The parts of README.md that follow from the code: python -m tests.readme makes them anew."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from annotator.pipeline import tag_all
from annotator.reading import read_paths
from annotator.scheme import default_scheme
from annotator.settings import Settings
from annotator.store import open_project
from annotator.tui.app import AnnotatorApp
from annotator.tui.keys import key_table, keymap

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SCREENSHOT = ROOT / "annotator" / "tui" / "screenshot.svg"
SHOWN = ROOT / "corpora" / "articles" / "fr-bataille-de-dorvane.txt"
KEYS = re.compile(r"(?<=<!-- keys -->\n).*(?=<!-- end of keys -->)", re.S)
# Without these the picture fetches a font from the network wherever it is shown.
FONTS = re.compile(r"\s*@font-face \{.*?\}", re.S)


def keys() -> str:
    """Return the table of keys in Markdown."""
    lines = ["| | |", "|---|---|"]
    for heading, rows in key_table(keymap(default_scheme(), {})):
        lines.append(f"| **{heading}** | |")
        lines += [f"| {_codes(signs)} | {words} |" for signs, words in rows]
    return "\n".join(lines) + "\n"


def renewed(text: str) -> str:
    """Return the README's text with its generated parts made anew."""
    return KEYS.sub(lambda _: keys(), text)


async def screenshot(folder: Path) -> str:
    """Return a picture of the article screen, a few claims judged, as SVG."""
    path = folder / "sample.db"
    with open_project(path) as project:
        for tagged in tag_all(read_paths([SHOWN])):
            project.add([(tagged.article, tagged.tagging)], "Ada")
    app = AnnotatorApp(path, [], "Ada", Settings())
    async with app.run_test(size=(110, 32)) as pilot:
        await pilot.pause(1)
        await pilot.press("enter", *"djpvnjj")
        await pilot.pause(1)
        return FONTS.sub("", app.export_screenshot())


def _codes(signs: str) -> str:
    return " ".join(f"`{sign}`" for sign in signs.split())


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        SCREENSHOT.write_text(asyncio.run(screenshot(Path(name))), encoding="utf-8")
