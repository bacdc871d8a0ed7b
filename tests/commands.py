"""The `annotator` command as a user's shell runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def annotator(folder: Path, *arguments: str, stdin: bytes = b"", code: int = 0) -> tuple[str, str]:
    """Run the command in a folder; return what it printed, having checked its exit code."""
    environment = {
        key: value for key, value in os.environ.items() if key != "ANNOTATOR_REVIEWER"
    } | {"ANNOTATOR_CONFIG": str(folder / "settings.toml")}
    run = subprocess.run(
        [sys.executable, "-m", "annotator", *arguments],
        cwd=folder,
        input=stdin,
        capture_output=True,
        env=environment,
    )
    out, err = run.stdout.decode(), run.stderr.decode()
    assert run.returncode == code, (run.returncode, out, err)
    assert "Traceback" not in err
    return out, err
