import pytest

from annotator.errors import AnnotatorError
from annotator.model import Claim, Segment, Tagging, digest
from annotator.tagging.hints import hints, read_lists
from annotator.tagging.hints.listfile import parse_list
from annotator.tagging.hints.lists import SHIPPED, _shipped


def hinted(text, lists, language="fr"):
    end = len(text)
    claim = Claim("c", 0, end, 0, "narrator")
    tagging = Tagging(
        digest(text), language, None, "0", (Segment(0, end, "sentence"),), (), (claim,)
    )
    return {text[slice(*hint.span)]: hint for hint in hints(text, tagging, lists)}


@pytest.fixture
def own(tmp_path):
    def write(text, name="own.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("language", SHIPPED)
def test_shipped_words_have_a_class_and_alternatives(language) -> None:
    entries = _shipped(language).words
    assert 150 <= len(entries) <= 300
    for entry in entries:
        assert entry.group and entry.instead and entry.word not in entry.instead, entry.word


def test_a_project_adds_changes_and_drops_words(own) -> None:
    path = own('''
language = "fr"
without = ["régime", "peut-être"]
words = [
  {word = "galapiat", class = "insult", instead = ["jeune"], label = "sarcasm"},
  {word = "militant", class = "plain", note = """
two
lines"""},
]
hedges = ["à vue de nez"]
''')
    shown = hinted(
        "Le galapiat, militant du régime, à vue de nez et peut-être.", read_lists([path])
    )
    assert shown.keys() == {"galapiat", "militant", "à vue de nez"}
    assert (
        shown["galapiat"].label == "sarcasm"
        and "insult (could be jeune)" in shown["galapiat"].reason
    )
    assert "two lines" in shown["militant"].reason and "calque" not in shown["militant"].reason


def test_later_lists_go_over_earlier_ones_and_leave_other_languages_alone(own) -> None:
    first = own('language = "fr"\nwords = [{word = "galapiat", class = "one"}]', "1.toml")
    second = own('language = "fr"\nwords = [{word = "galapiat", class = "two"}]', "2.toml")
    lists = read_lists([first, second])
    assert hinted("Un galapiat.", lists)["galapiat"].reason.endswith("two")
    assert lists["en"] == read_lists()["en"]


def test_a_list_for_a_further_language(own) -> None:
    path = own("""
language = "de"
words = [{word = "Horde", class = "Bild", forms = ["Horden"]}]
[numbers]
people = ["Leute"]
[numbers.words]
zwei = 2
""")
    shown = hinted("Horden, 400 Leute.", read_lists([path]), "de")
    assert shown.keys() == {"Horden", "400 Leute"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("language = ", "own.toml: not TOML"),
        ("words = []", "own.toml: 'language' is missing"),
        ('language = "fr"\nwrods = []', "own.toml: unknown key 'wrods'; known: language, words"),
        ('language = "fr"\nwords = "x"', "own.toml: 'words' is not a list"),
        (
            'language = "fr"\nwords = [{word = "a", class = "b"}, {class = "c"}]',
            "word 2: 'word' is missing",
        ),
        (
            'language = "fr"\nwords = [{word = "zig"}]',
            "own.toml: word 1 ('zig'): 'class' is missing",
        ),
        (
            'language = "fr"\nwords = [{word = "zig", class = 3}]',
            "word 1 ('zig'): 'class' must be text",
        ),
        (
            'language = "fr"\nwords = [{word = "zig", class = "b", insted = []}]',
            "('zig'): unknown key 'insted'",
        ),
        ('language = "fr"\nwords = [{word = "…", class = "b"}]', "'…' has no word in it"),
        (
            'language = "fr"\nwords = [{word = "zig", class = "b"}, {word = "zig", class = "b"}]',
            "word 2: 'zig' is listed twice",
        ),
        ('language = "fr"\nhedges = [3]', "own.toml: hedges: must be a list of texts"),
        ('language = "fr"\n[verbs]\nloud = []', "own.toml: verbs: unknown key 'loud'"),
        ('language = "fr"\n[numbers]\npeople = ["les gens"]', "'les gens' is more than one word"),
        (
            'language = "fr"\n[numbers.words]\ntwo = "2"',
            "numbers.words: 'two' must be a whole number",
        ),
    ],
)
def test_a_broken_list_names_file_and_entry(own, text, message) -> None:
    with pytest.raises(AnnotatorError) as caught:
        read_lists([own(text)])
    assert message in str(caught.value) and "own.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_list_that_cannot_be_read(tmp_path) -> None:
    with pytest.raises(AnnotatorError, match=r"none\.toml: cannot be read"):
        read_lists([tmp_path / "none.toml"])
    (tmp_path / "latin.toml").write_bytes(b'language = "\xe9"')
    with pytest.raises(AnnotatorError, match="not UTF-8"):
        read_lists([tmp_path / "latin.toml"])


def test_a_project_may_call_a_verb_neutral() -> None:
    assert parse_list('language = "fr"\n[verbs]\nneutral = ["affirmer"]', "x").stances == {
        "affirmer": "neutral"
    }
