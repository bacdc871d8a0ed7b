"""Who a source is: names, pronouns, descriptions; all people and places are invented."""

import pytest

from annotator.tagging.entities import Entities, take_apart
from annotator.tagging.names import abbreviates, acronyms, gender, names
from annotator.tagging.speaker_words import speaker_words
from annotator.tagging.tagger import Tagger

FR = speaker_words("fr")


def said(text: str, language: str = "fr") -> list[tuple[str | None, str | None]]:
    """Return speaker and type of each attribution of a text, in order."""
    return [(a.speaker, a.speaker_type) for a in Tagger().tag(text, language).attributions]


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in said(text)]


@pytest.mark.parametrize(
    ("mention", "name", "head", "kind"),
    [
        ("le porte-parole de l'armée, Sorin Vald", "Sorin Vald", "porte-parole", "person"),
        ("Oriane Delvaux, directrice du port", "Oriane Delvaux", "directrice", "person"),
        ("Le ministère zembre de la Défense", "", "ministere", "organisation"),
        ("l’Observatoire des marées (ODM)", "", "observatoire", "organisation"),
        ("l'association Rive", "Rive", "association", "organisation"),
        ("Une source militaire", "", "source", "anonymous"),
        ("le rapport", "", "rapport", "document"),
        ("le quotidien Le Fanal", "Fanal", "quotidien", "outlet"),
        ("M. Brandt", "M. Brandt", "", "person"),
        ("la CGM", "CGM", "", "organisation"),
    ],
)
def test_a_mention_is_taken_apart(mention, name, head, kind):
    found = take_apart(mention, FR)
    assert (found.name.split(" ")[-1:], found.head, found.kind) == (
        name.split(" ")[-1:],
        head,
        kind,
    )


def test_names_are_found_without_what_only_opens_a_sentence():
    found = [
        name for _, name in names("Selon Inès de Sorel, l’A.R.S. et d’Ari Vond", leads=FR.leads)
    ]
    assert found == ["Inès de Sorel", "A.R.S.", "Ari Vond"]


def test_short_forms():
    assert abbreviates("Sorel", "Inès Sorel") and abbreviates("I. Sorel", "Inès Sorel")
    assert abbreviates("Al-Zarim", "Walid al-Zarim") and abbreviates("Ri", "Ri Yong Sol")
    assert not abbreviates("Inès Sorel", "Sorel") and not abbreviates("Sor", "Inès Sorel")


def test_acronyms_come_from_brackets_and_initials():
    found = acronyms("L’Office des Marées (ODM) et Human Reef Watch", FR.leads)
    assert found["HRW"] == "Human Reef Watch"
    assert found["ODM"].endswith("Marées")


def test_gender_of_given_names():
    assert (gender("Inès Sorel"), gender("Paul Roux"), gender("Sacha Vim")) == ("f", "m", "")


def test_a_role_is_learned_wherever_it_stands():
    text = "Le maire, Paul Roux, est arrivé. La juge Inès Sorel et Marc Vidor, directeur, aussi."
    entities = Entities(text, FR)
    assert "maire" in entities.named("Roux").heads
    assert "juge" in entities.named("Inès Sorel").heads
    assert "directeur" in entities.named("Vidor").heads


def test_a_last_name_is_the_full_one_and_a_role_its_bearer():
    text = (
        "Le maire de Valiez, Paul Roux, a dit que le port fermerait. « C'est dur », a reconnu Roux. "
        "Le maire a ajouté que la criée resterait."
    )
    assert said(text) == [("Paul Roux", "person")] * 3


def test_a_pronoun_takes_gender_and_number_into_account():
    text = (
        "Paul Roux a dit que le port fermerait. Inès Sorel a répondu que c'était faux. "
        "Elle a ajouté que la ville paierait. Il a maintenu que le port fermerait."
    )
    assert speakers(text) == ["Paul Roux", "Inès Sorel", "Inès Sorel", "Paul Roux"]


def test_a_pronoun_finds_the_subject_of_the_sentence_before():
    text = "Omar Navel, candidat au port, a réagi mardi. « C'est énorme », a-t-il écrit."
    assert speakers(text) == ["Omar Navel"]


def test_a_bare_description_points_back_and_an_indefinite_one_does_not():
    text = (
        "Le ministère zembre de la Défense a dit que le fort tenait. "
        "Le ministère a ajouté que l'ennemi fuyait. Un ministère a dit que tout allait mal."
    )
    first = "ministère zembre de la Défense"
    assert speakers(text) == [first, first, "ministère"]


def test_an_acronym_is_the_name_it_stands_for():
    text = (
        "L'ONG Human Reef Watch (HRW) affirme que le récif meurt. « Il meurt », répète HRW. "
        "L'ONG demande à l'État de payer."
    )
    assert speakers(text) == ["Human Reef Watch"] * 3


def test_an_unnamed_source_stays_a_description():
    text = "Une source militaire a dit que le fort tombait."
    assert said(text) == [("source militaire", "anonymous")]


def test_a_quotation_without_cue_goes_on_with_the_speaker_before_and_only_nearby():
    near = "« Je pars », a dit Paul Roux. « Le port est mort. »"
    assert speakers(near) == ["Paul Roux", "Paul Roux"]
    far = near.replace(". «", ". Le port ferme. La pluie tombe. Les gens rentrent. Il fait nuit. «")
    assert speakers(far) == ["Paul Roux", None]


def test_a_possessive_says_whose():
    text = "Paul Roux a dit que le port fermerait. Son avocat affirme qu'il a raison."
    assert speakers(text)[1] == "avocat de Paul Roux"


def test_nobody_in_particular_has_no_name():
    assert speakers("« Tout va bien », assure-t-on au port.") == [None]


def test_a_relayer_is_no_speaker_and_stays_with_the_pronoun():
    tagging = Tagger().tag(
        "Une source militaire citée par Radio Vague a dit que le fort tombait. "
        "Elle a ajouté que la route était coupée.",
        "fr",
    )
    assert [(a.speaker, a.via) for a in tagging.attributions] == [
        ("source militaire", "Radio Vague")
    ] * 2


def test_a_communique_speaks_for_the_body_before_it():
    text = (
        "L'Observatoire des marées (ODM) a dit que l'eau montait. "
        "« L'eau monte encore », a précisé le communiqué."
    )
    assert len(set(speakers(text))) == 1


def test_an_account_signs_its_post():
    text = (
        "La côte brûle.\n\nLe fort est tombé ce matin pic.twitter.com/a1b2c3\n"
        "– Vigie du Fort (@vigie_fort) 3 mai 2024\n\nLe port reste ouvert."
    )
    assert said(text) == [("Vigie du Fort (@vigie_fort)", "account")]


def test_english_names_and_pronouns():
    text = (
        "The mayor of Vale, Ines Sorel, said the port would close. “It hurts,” she said. "
        "Sorel added that the city would pay."
    )
    assert [speaker for speaker, _ in said(text, "en")] == ["Ines Sorel"] * 3


def test_two_speakers_stay_two():
    text = "La Zembrie et la Kordalie affirment que la trêve tient."
    assert speakers(text) == ["Zembrie et la Kordalie"]
