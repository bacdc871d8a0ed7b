from decimal import Decimal

import pytest

from annotator.tagging.hints import read_lists
from annotator.tagging.hints.figures import figures
from annotator.tagging.hints.words import find

LISTS = read_lists()


def read(text, language="fr"):
    """Return (words, value, unit) of the figures in a text."""
    words = LISTS[language]
    hits = {"number": [], "about": []}
    for phrase, span in find(text, words.phrases):
        hits.get(phrase.kind, []).append(span)
    every = figures(text, words, hits["number"], hits["about"])
    return [(text[one.start : one.end], one.value, one.unit) for one in every]


@pytest.mark.parametrize(
    ("language", "text", "value", "unit"),
    [
        ("fr", "2 000 militants", 2000, "militants"),
        ("fr", "plus de 1\u202f600 personnes", 1600, "personnes"),
        ("fr", "1.600 habitants", 1600, "habitants"),
        ("fr", "deux mille trois cents soldats", 2300, "soldats"),
        ("fr", "quatre-vingt-dix-sept blessés", 97, "blessés"),
        ("fr", "vingt et un morts", 21, "morts"),
        ("fr", "soixante et onze élèves", 71, "élèves"),
        ("fr", "1,28 million de voyageurs", 1_280_000, "voyageurs"),
        ("fr", "trois milliards d'euros", 3_000_000_000, "euros"),
        ("fr", "une centaine de manifestants", 100, "manifestants"),
        ("fr", "12 pour cent", 12, "%"),
        ("fr", "2000 militants", 2000, "militants"),
        ("en", "1,600 people", 1600, "people"),
        ("en", "1.28 million voters", 1_280_000, "voters"),
        ("en", "at least two hundred and five villagers", 205, "villagers"),
        ("en", "forty-two dead", 42, "dead"),
        ("en", "300 armed young men", 300, "men"),
        ("en", "two dozen other fighters", 24, "fighters"),
        ("en", "£3bn", 3_000_000_000, "£"),
        ("en", "$2.5 million", 2_500_000, "$"),
        ("en", "4.5 per cent", Decimal("4.5"), "%"),
    ],
)
def test_a_figure_with_its_unit(language, text, value, unit) -> None:
    assert read(text, language) == [(text, value, unit)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "le 4 décembre 2024"),
        ("fr", "en 2015, depuis 2015 plusieurs"),
        ("fr", "à 10h30, à 18:05, le 3/4, le 12-10, 04.12.2024"),
        ("fr", "le F-16, le G20, l'article 5, la page 12, n° 7"),
        ("fr", "des millions de gens, une porte, le 1er, la 5e"),
        ("en", "on December 4, 2024, in the 1990s, in 2015 troops left"),
        ("en", "a 42-year-old, Flight 302, No. 10, COVID-19, the 5th"),
        ("en", "one of them, millions of people, a thousand-yard stare"),
        ("en", "9" * 40),
    ],
)
def test_what_is_no_figure(language, text) -> None:
    assert read(text, language) == []


def test_several_figures_in_order() -> None:
    text = "12 500 gendarmes face à dix mille manifestants, soit 2,5 %"
    assert [(value, unit) for _, value, unit in read(text)] == [
        (12_500, "gendarmes"), (10_000, "manifestants"), (Decimal("2.5"), "%"),
    ]  # fmt: skip
