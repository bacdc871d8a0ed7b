"""Language detection. All texts are invented."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.tagging.language import UNKNOWN, detect

TEXTS = {
    "fr": [
        "Le maire de Brévault a annoncé lundi la fermeture du pont.",
        "Le maire démissionne",
        "Grève des bacs : le port paralysé",
        "« Non »",
        "DIRECT. LA MAIRE DÉMISSIONNE APRÈS LES RÉVÉLATIONS DE LA PRESSE",
    ],
    "en": [
        "The mayor of Millford said on Monday that the bridge would close.",
        "The mayor resigns",
        "Breaking news",
        "He left.",
    ],
    "de": ["Der Bürgermeister tritt nach der Affäre zurück."],
    "it": ["Il sindaco ha detto che non si tratta di una crisi."],
    "es": ["El alcalde dijo que no habrá elecciones este año."],
    "ca": ["El president ha dit que no hi haurà eleccions aquest any."],
    "oc": ["Lo president a dich que las eleccions seràn anulladas."],
    "ja": ["市長は月曜日に辞任すると述べた。"],
    "ar": ["قال رئيس البلدية إن الجسر سيغلق يوم الاثنين"],
}


@pytest.mark.parametrize(("language", "text"), [(k, t) for k, v in TEXTS.items() for t in v])
def test_languages(language, text):
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", " \n", "123 !?", "🇫🇷👏", "https://ville.example @lise #un"])
def test_a_text_without_words_has_no_language(text):
    assert detect(text) == UNKNOWN


def test_a_french_article_about_english_titles_is_french():
    text = "Le film « The Bridge of the King » sort lundi. La ville l'attend depuis des mois."
    assert detect(text) == "fr"


@given(st.text())
def test_any_text_has_a_code(text):
    assert len(detect(text)) == 2 or detect(text) == UNKNOWN


def test_plain_french_and_english_need_no_model():
    code = (
        "import sys; from annotator.tagging.language import detect; "
        "print(detect('Le pont de la ville est fermé depuis lundi, et la mairie ne dit pas si'), "
        "'py3langid' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["fr", "False"]
