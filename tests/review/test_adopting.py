from pathlib import Path

import pytest

from annotator.errors import CodebookError, SchemeError
from annotator.review.adopting import adopt
from annotator.scheme import default_scheme
from annotator.store import open_project

SCHEME = """
name = "mine"
[[axes]]
id = "truth"
name = "Truth"
many = false
[[axes.labels]]
id = "yes"
key = "y"
name = "yes"
definition = "It is so."
"""
CODEBOOK = "# Mine\n\n## Yes\nDefines: yes\n\nIt is so.\n"


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        yield opened


def test_a_project_takes_over_labels_and_the_codebook_beside_them(project, tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SCHEME)
    (tmp_path / "mine.md").write_text(CODEBOOK)
    assert adopt(project, "Ada", path)
    assert [label.id for label in project.scheme().labels] == ["yes"]
    assert project.codebook_text() == CODEBOOK
    assert not adopt(project, "Ada", path)
    assert len(list(project.events(kind="scheme"))) == 1


def test_labels_without_a_codebook(project, tmp_path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SCHEME)
    assert adopt(project, "Ada", path)
    assert project.codebook_text() is None


@pytest.mark.parametrize(
    ("scheme", "codebook", "error"),
    [
        ("name =", None, SchemeError),
        (None, None, SchemeError),
        (SCHEME, "# Mine\n\n## No\nDefines: no\n", CodebookError),
        (SCHEME, "# Mine\n", CodebookError),
    ],
)
def test_what_is_broken_changes_nothing(project, tmp_path, scheme, codebook, error) -> None:
    path = tmp_path / "mine.toml"
    if scheme is not None:
        path.write_text(scheme)
    if codebook is not None:
        path.with_suffix(".md").write_text(codebook)
    with pytest.raises(error, match="mine"):
        adopt(project, "Ada", path)
    assert project.scheme() == default_scheme()
