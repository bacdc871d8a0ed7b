"""The documents say what the program does."""

import re
from pathlib import Path

from annotator.cli import main
from tests.readme import README, renewed

ROOT = README.parent


def test_the_readme_names_every_command_and_every_key() -> None:
    text = README.read_text(encoding="utf-8")
    assert renewed(text) == text, "run: python -m tests.readme"
    for name in main.commands:
        assert re.search(rf"annotator \[?{name}\b", text), name


def test_links_in_documents_lead_somewhere() -> None:
    documents = [README, *ROOT.glob("*/README.md"), *ROOT.glob("annotator/*/README.md")]
    for document in documents:
        for link in re.findall(r"\]\(([^)#]+)\)", document.read_text(encoding="utf-8")):
            local = (document.parent / link).exists()
            assert local or link.startswith("https:"), f"{document}: {link}"


def test_the_benchmarks_named_in_the_readme_exist() -> None:
    for name in re.findall(r"python -m (tests\.benchmarks\.\w+)", README.read_text()):
        path = ROOT / Path(*name.split("."))
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), name
