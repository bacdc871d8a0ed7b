"""The settings file: read whole, and what is wrong in it named with its line."""

from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.model import Working
from annotator.settings import Settings, load_settings, save_reviewer

WHOLE = """
reviewer = "Ada"
theme = "nord"
order = "newest"
hide_outlet = true
hints_off = ["hedge", "booster"]

[keys]
next_claim = "l"
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))
    return path


def test_everything_there_is_to_set(file: Path) -> None:
    file.write_text(WHOLE)
    found = load_settings()
    assert (found.reviewer, found.theme, found.hide_outlet) == ("Ada", "nord", True)
    assert found.hints_off == ("hedge", "booster")
    assert found.keys == {"next_claim": "l"}
    assert found.places["keys.next_claim"] == f"{file}, line 9"
    assert found.working == Working("newest", hide_outlet=True)


def test_no_file_means_defaults(file: Path) -> None:
    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\ncolour = 1\n", "line 2: unknown setting 'colour'"),
        ("theme = 3\n", "line 1: 'theme' must be text"),
        ("reviewer = 'A'\nhide_outlet = 'yes'\n", "line 2: 'hide_outlet' must be true or false"),
        ("hints_off = 'hedge'\n", "line 1: 'hints_off' must be a list"),
        ("hints_off = [1]\n", "line 1: 'hints_off' must be a list"),
        ("keys = 3\n", "line 1: 'keys' must be a table"),
        ("order = 'newest'\n[keys]\norder = 3\n", "line 3: the key of 'order' must be text"),
        ("keys.undo = 3\n", "line 1: the key of 'undo' must be text"),
        ("\norder = 'backward'\n", "line 2: 'order' must be one of corpus, oldest, newest"),
        ("order = ['oldest']\n", "line 1: 'order' must be one of"),
        ("keys = [", "not TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(file: Path, text: str, message: str) -> None:
    file.write_text(text)
    with pytest.raises(AnnotatorError) as caught:
        load_settings()
    assert message in str(caught.value) and "\n" not in str(caught.value)


def test_the_name_asked_for_stands_before_what_was_there(file: Path) -> None:
    file.write_text("[keys]\nundo = 'Z'\nredo = 'z'\n")
    save_reviewer('Ada "A" M')
    found = load_settings()
    assert found.reviewer == 'Ada "A" M' and found.keys == {"undo": "Z", "redo": "z"}
