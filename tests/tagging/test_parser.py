"""The one door to spaCy."""

from annotator.tagging.parser import WINDOW, load


def test_words_carry_article_offsets_and_heads():
    parser = load("fr")
    assert parser is not None and parser.name.startswith("fr_core_news_")
    text = "Inès part.  Le port ferme."
    (words,) = parser.parse([(text, 100)])
    assert [w.text for w in words] == ["Inès", "part", ".", "Le", "port", "ferme", "."]
    assert all(text[w.start - 100 : w.end - 100] == w.text for w in words)
    assert all(words[w.head] and w.index == n for n, w in enumerate(words))


def test_long_text_goes_in_windows_and_comes_back_as_one():
    parser = load("fr")
    text = "le port ferme " * (WINDOW // 10)
    first, second = parser.parse([(text, 0), ("Inès part.", len(text))])
    assert first[-1].end > WINDOW and second[0].text == "Inès"
    assert [w.index for w in first] == list(range(len(first)))


def test_a_model_is_loaded_once_and_only_where_there_is_one():
    assert load("fr") is load("fr")
    assert load("xx") is None and load("de") is None


def test_empty_text_has_no_words():
    assert list(load("fr").parse([("", 0), ("  ", 3)])) == [[], []]
