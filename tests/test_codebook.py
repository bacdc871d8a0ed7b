import pytest

from annotator.codebook import default_codebook, parse_codebook, read_codebook
from annotator.errors import AnnotatorError, CodebookError
from annotator.scheme import default_scheme, parse_scheme

SCHEME = parse_scheme(
    """
name = "tone"
[[axes]]
id = "tone"
name = "Tone"
many = false
labels = [
  {id = "warm", key = "w", name = "warm", definition = "kind"},
  {id = "cold", key = "k", name = "cold", definition = "unkind"},
]
""",
    "tone.toml",
)
OWN = """Words before any heading.

# Tone
Intro.

## Warm ##
Defines: warm

Kind words.

```
# no heading in here
```

## Cold
Defines: cold
## 1. Thanks
Concerns: warm, `cold`

Thanking is *warm*.
"""


def parse(text):
    return parse_codebook(text, "own.md", SCHEME)


def test_default_codebook_defines_every_label_and_rules_on_it() -> None:
    book = default_codebook()
    for label in default_scheme().labels:
        section = book.section_for(label.id)
        assert "> fr:" in section.text and "> en:" in section.text
        assert book.rulings_for(label.id)


def test_default_rulings_are_numbered_and_have_an_example_each() -> None:
    rulings = [section for section in default_codebook().sections if section.concerns]
    assert [r.title.split(".")[0] for r in rulings] == [str(n + 1) for n in range(len(rulings))]
    assert all("> fr:" in r.text or "> en:" in r.text for r in rulings)
    assert any("Decision tree" in s.title for s in default_codebook().sections)


def test_sections_keep_their_text_line_and_tags() -> None:
    book = parse(OWN)
    assert [(s.level, s.title, s.line) for s in book.sections] == [
        (1, "Tone", 3), (2, "Warm", 6), (2, "Cold", 15), (2, "1. Thanks", 17),
    ]  # fmt: skip
    warm = book.section_for("warm")
    assert warm.text.startswith("Kind words.") and "# no heading" in warm.text
    assert "Defines" not in warm.text
    assert book.rulings_for("cold")[0].text == "Thanking is *warm*."
    with pytest.raises(KeyError):
        book.section_for("verified")


def test_version_follows_the_text() -> None:
    assert parse(OWN).version == parse(OWN).version != parse(OWN + "\n").version
    assert [s.text for s in parse(OWN.replace("\n", "\r\n")).sections] == [
        s.text for s in parse(OWN).sections
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "Defines: cold",
            "Defines: hot",
            "own.md, line 16: unknown label 'hot'; known: warm, cold",
        ),
        ("Concerns: warm", "Concerns: ", "own.md, line 18: unknown label ''"),
        ("Defines: cold", "", "own.md: no section says 'Defines: cold'"),
        ("Defines: cold", "Defines: cold\nDefines: cold", "line 17: 'Defines' is given twice"),
        ("Defines: cold", "Defines: warm", "line 15: 'warm' is defined at line 6 already"),
        ("## Cold", "## ", "own.md, line 15: a heading without words"),
    ],
)
def test_a_broken_codebook_names_file_and_line(old, new, message) -> None:
    with pytest.raises(CodebookError) as caught:
        parse(OWN.replace(old, new))
    assert message in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path) -> None:
    (tmp_path / "latin.md").write_bytes(b"# Caf\xe9")
    for name, message in (("none.md", "cannot be read"), ("latin.md", "not UTF-8")):
        with pytest.raises(AnnotatorError, match=message):
            read_codebook(tmp_path / name, SCHEME)
    (tmp_path / "own.md").write_text(OWN, encoding="utf-8")
    assert read_codebook(tmp_path / "own.md", SCHEME) == parse(OWN)


def test_no_heading_at_all() -> None:
    with pytest.raises(CodebookError, match="no heading"):
        parse("just text")
