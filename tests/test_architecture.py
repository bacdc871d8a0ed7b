"""What may be imported when: faces stay light, and the layers of the design hold."""

import subprocess
import sys

import pytest


def modules_after(code: str) -> set[str]:
    """Run code in a fresh interpreter and return the names of all modules it loaded."""
    report = "import sys; print(*sys.modules, sep='\\n')"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import annotator.cli", {"textual", "spacy", "numpy", "sqlite_utils", "trafilatura"}),
        ("import annotator.tui.app", {"spacy", "numpy", "sqlite_utils", "trafilatura"}),
        ("import annotator.review.session", {"textual", "spacy"}),
        ("import annotator.datasets", {"textual", "spacy", "pyarrow", "trafilatura"}),
        ("import annotator.pipeline", {"textual", "spacy", "trafilatura"}),
        ("import annotator.datasets", {"textual", "spacy", "numpy", "pyarrow", "trafilatura"}),
        ("import annotator.tagging.tagger", {"textual", "spacy", "sqlite_utils"}),
        ("import annotator.model", {"textual", "spacy", "numpy", "sqlite_utils", "click"}),
    ],
)
def test_light_imports(code: str, absent: set[str]) -> None:
    assert not modules_after(code) & absent


def test_layers_hold() -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
