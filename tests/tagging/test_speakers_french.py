"""Who French sources are, by classes of mention; all people and places are invented."""

import pytest

from annotator.tagging.entities import take_apart
from annotator.tagging.speaker_words import speaker_words
from annotator.tagging.tagger import Tagger

FR = speaker_words("fr")


def speakers(text: str) -> list[str | None]:
    return [a.speaker for a in Tagger().tag(text, "fr").attributions]


@pytest.mark.parametrize(
    ("mention", "name", "head"),
    [
        ("l'avocat de la mairesse Inès Roc", "", "avocat"),
        ("le capitaine du ferry Albatros", "", "capitaine"),
        ("le chef de la police Jean Roc", "Jean Roc", "chef"),
        ("le président du syndicat, M. Jean-Yves Roc", "M. Jean-Yves Roc", "president"),
        ("un docker à la retraite, Victor Abel", "Victor Abel", "docker"),
        ("le quotidien L'Écho du Gué", "L'Écho du Gué", "quotidien"),
        ("un des relecteurs de la revue", "", "relecteurs"),
        ("l'une de ses voisines", "", "voisines"),
        ("leur secrétaire, M. J.-P. Brandt", "M. J.-P. Brandt", "secretaire"),
    ],
)
def test_a_mention_is_taken_apart(mention: str, name: str, head: str):
    found = take_apart(mention, FR)
    assert (found.name, found.head) == (name, head)


LEAD = "Le maire, Ezio Branca, a réuni son conseil. "
TOLD = LEAD + "« La digue tiendra », a promis Ezio Branca. "


@pytest.mark.parametrize(
    "description",
    ["Le maire", "L'édile", "L'élu", "Le premier magistrat", "L'homme", "L'intéressé", "Il",
     "Celui-ci", "Ce dernier", "Branca", "M. Branca"],
)  # fmt: skip
def test_a_description_of_the_mayor(description: str):
    assert speakers(TOLD + f"{description} assure que l'eau baisse.")[-1] == "Ezio Branca"


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Inès Sorel", "La navigatrice"),
        ("Inès Sorel", "La nageuse de 34 ans"),
        ("Victor Abel", "Le conseiller d'opposition"),
        ("Victor Abel", "Le quinquagénaire"),
    ],
)
def test_a_first_description_is_the_person_just_named(name: str, description: str):
    text = f"« Je pars », a dit {name}. {description} affirme que tout est prêt."
    assert speakers(text) == [name, name]


@pytest.mark.parametrize(
    "description",
    ["Le fils du maire", "La mère du blessé", "Une élue", "Les voisins", "L'avocate"],
)
def test_a_description_of_somebody_else_is_no_guess(description: str):
    text = f"« Je pars », a dit Victor Abel. {description} affirme que tout est prêt."
    verb = "affirment" if description == "Les voisins" else "affirme"
    assert speakers(text.replace(" affirme ", f" {verb} "))[-1] != "Victor Abel"


@pytest.mark.parametrize("noun", ["L'entreprise", "Le groupe", "La société", "L'opérateur"])
def test_another_word_for_the_body_that_spoke_last(noun: str):
    text = f"La société Voltex affirme que le courant revient. {noun} promet de payer."
    assert speakers(text) == ["Voltex", "Voltex"]


def test_a_name_in_capitals_is_not_the_group_that_spoke_before():
    text = "La société Voltex affirme que tout va bien. L'Union des bateliers dit avoir peur."
    assert speakers(text) == ["Voltex", "Union des bateliers"]


def test_the_management_is_that_of_the_firm_named():
    text = "La société Voltex ferme son usine. La direction affirme que rien n'est joué."
    assert speakers(text) == ["direction de Voltex"]


def test_a_title_tells_what_its_bearer_does():
    text = "Victor Abel est défendu par Me Rosa Quiroga. « Il est libre », a dit l'avocate."
    assert speakers(text) == ["Rosa Quiroga"]


def test_a_quotation_right_behind_a_sentence_about_somebody_is_theirs():
    text = "Le maire Ezio Branca a planté le décor. « Soit on vend, soit on ferme le marché. »"
    assert speakers(text) == ["Ezio Branca"]


def test_a_quotation_without_cue_is_the_last_speakers():
    text = TOLD + "« L'eau baisse déjà depuis ce matin. »"
    assert speakers(text) == ["Ezio Branca", "Ezio Branca"]


def test_a_pronoun_is_who_opens_the_sentence_before_even_behind_a_setting():
    text = (
        TOLD + "De son côté, le parquet a ouvert une enquête. Il soupçonne l'exploitant de mentir."
    )
    assert speakers(text)[-1] == "parquet"


@pytest.mark.parametrize(("pronoun", "speaker"), [("elle", "Rosa Quiroga"), ("il", "Ezio Branca")])
def test_pronouns_agree_in_gender(pronoun: str, speaker: str):
    text = (
        "« La digue tiendra », a promis Ezio Branca. « La digue est vieille », a répondu "
        f"Rosa Quiroga. « On verra au printemps », a ajouté {pronoun.capitalize()}."
    )
    text = text.replace(f"a ajouté {pronoun.capitalize()}", f"a-t-{pronoun} ajouté")
    assert speakers(text)[-1] == speaker


def test_a_headline_before_a_name_is_said_by_that_person():
    text = (
        "« Je ne suis pas fini » : Orsel-Brac vise la coupe\n\n"
        "Le pilote Daniel Orsel-Brac espère courir en mai, quatre mois après sa chute.\n"
    )
    assert speakers(text)[0] == "Daniel Orsel-Brac"


def test_one_of_them_is_nobody_known():
    text = (
        "Deux bateliers ont fui. « On a eu peur », raconte l'un d'eux. Il ajoute que l'eau monte."
    )
    assert Tagger().tag(text, "fr").attributions[0].speaker_type is None


def test_a_court_report_has_surnames_of_one_letter():
    text = "Jacques M. a comparu lundi. « Je regrette mon geste », a dit Jacques M. à la barre."
    assert speakers(text) == ["Jacques M."]
