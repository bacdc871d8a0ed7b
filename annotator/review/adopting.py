"""Giving a project its own labels: a scheme and its codebook, kept in the project's log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from annotator.codebook import Codebook, default_codebook, definitions, parse_codebook
from annotator.errors import SchemeError
from annotator.scheme import Scheme, default_scheme, parse_scheme

if TYPE_CHECKING:
    from annotator.store import Project

TARGET = "project"


def read_scheme(path: Path) -> tuple[Scheme, str]:
    """Return a scheme and its text; SchemeError where the file is missing or broken."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SchemeError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SchemeError(f"{path}: not UTF-8 text") from None
    return parse_scheme(text, str(path)), text


def codebook(project: Project) -> Codebook:
    """Return the codebook of the project's scheme, at least the definitions of its labels."""
    scheme = project.scheme()
    if own := project.codebook_text():
        return parse_codebook(own, f"{project.path.name}: codebook", scheme)
    if scheme == default_scheme():
        return default_codebook()
    return definitions(scheme)


def adopt(project: Project, reviewer: str, path: Path) -> bool:
    """Make the scheme in a file the project's, with the codebook of the same name (.md) beside it.

    Return False where the project has exactly these already. Raises SchemeError or CodebookError
    where one of them is broken; then nothing has changed.
    """
    scheme, text = read_scheme(path)
    body = {"text": text}
    beside = path.with_suffix(".md")
    if beside.exists():
        try:
            body["codebook"] = beside.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SchemeError(f"{beside}: cannot be read ({error})") from None
        parse_codebook(body["codebook"], str(beside), scheme)
    if project.scheme() == scheme and project.codebook_text() == body.get("codebook"):
        return False
    project.append(reviewer, "scheme", TARGET, body)
    return True
