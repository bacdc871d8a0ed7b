"""French reported speech by classes of verbs and phrases; all people and places are invented."""

import pytest

from .test_french import one, reports

QUOTED = "« Nous tiendrons jusqu'au printemps »"


@pytest.mark.parametrize(
    "verb",
    [
        "maugrée", "bredouille", "grommelle", "tonne", "s'emporte", "se récrie", "s'attriste",
        "s'enquiert", "s'émeut", "ricane", "geint", "éructe", "susurre", "claironne", "fulmine",
        "rectifie", "nuance", "renchérit", "embraye", "rétorque", "martèle", "s'époumone",
        "pronostique", "prophétise", "ironise", "dédramatise", "positive", "triomphe", "râle",
        "tacle", "rebondit", "contre-attaque", "s'impatiente", "se désespère", "se gausse",
        "a tenu à préciser", "a fini par admettre", "a voulu rassurer", "s'est contenté de répondre",
        "tient à souligner", "s'est empressé d'ajouter", "se borne à répéter",
    ],
)  # fmt: skip
def test_a_verb_behind_a_quotation(verb: str):
    content, cue, source = one(f"{QUOTED}, {verb} le meunier Basile Corvin.")
    assert (content.strip("« »"), source) == (QUOTED.strip("« »"), "le meunier Basile Corvin")
    assert cue == verb


@pytest.mark.parametrize(
    "between",
    [
        " mardi", " devant la presse", " à ses troupes", ", furieux,", ", main sur le cœur,",
        " dans un soupir", " au micro de Radio Falaise", " hier soir", " sans détour",
        " d'un ton sec", " à l'issue du conseil",
    ],
)  # fmt: skip
def test_adverbs_and_addressees_stand_between_verb_and_subject(between: str):
    _, _, source = one(f"{QUOTED}, a répondu{between} l'entraîneur Odon Velk.")
    assert source == "l'entraîneur Odon Velk"


@pytest.mark.parametrize(
    ("phrase", "cue", "source"),
    [
        ("Aux yeux d'Armand Lescot", "Aux yeux d'", "Armand Lescot"),
        ("Aux dires des bateliers", "Aux dires des", "bateliers"),
        ("De l'aveu même de l'armateur", "De l'aveu même de", "l'armateur"),
        ("De l'avis du jury", "De l'avis du", "jury"),
        ("Au dire de plusieurs voisins", "Au dire de", "plusieurs voisins"),
        ("À en croire la capitainerie", "À en croire", "la capitainerie"),
        ("Si l'on en croit le cadastre", "Si l'on en croit", "le cadastre"),
        ("À entendre les mariniers", "À entendre", "les mariniers"),
        ("D'après le quotidien L'Écho du Gué", "D'après", "le quotidien L'Écho du Gué"),
        ("Pour le géologue Aurel Kantor", "Pour", "le géologue Aurel Kantor"),
        ("De source judiciaire", "De", "source judiciaire"),
        ("Selon Rosa Quiroga-Lemaire", "Selon", "Rosa Quiroga-Lemaire"),
    ],
)
def test_prepositions_of_saying(phrase: str, cue: str, source: str):
    assert one(f"{phrase}, le moulin sera vendu.") == ("le moulin sera vendu", cue, source)


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        # speech acts with an infinitive
        ("Le préfet a mis en demeure les forains de partir.", "partir", "Le préfet"),
        ("Le colonel a donné l'ordre de rouvrir le col.", "rouvrir le col", "Le colonel"),
        ("Le syndic presse Voltex de payer la facture.", "payer la facture", "Le syndic"),
        ("La guide déconseille de franchir le gué.", "franchir le gué", "La guide"),
        ("Le recteur convie les élèves à chanter.", "chanter", "Le recteur"),
        ("Il se promet de revenir.", "revenir", "Il"),
        ("Le maire fait grief au préfet d'avoir menti, ce que ce dernier conteste.", "avoir menti", "Le maire"),
        # indirect questions
        ("Le juge a demandé au témoin s'il dormait.", "s'il dormait", "Le juge"),
        ("Le garde se demande pourquoi le loup revient.", "pourquoi le loup revient", "Le garde"),
        ("Elle s'est demandé si le bac « tiendrait ».", "si le bac « tiendrait »", "Elle"),
        # judgements of an object
        ("Le peintre juge la toile « ratée ».", "ratée", "Le peintre"),
        ("Il trouve le procédé « indigne ».", "indigne", "Il"),
        ("L'avocat dénonce une procédure « bâclée ».", "bâclée", "L'avocat"),
        ("Le plan, jugé « bancal » par les bateliers, sera revu.", "bancal", "les bateliers"),
        ("Décrit comme « un tyran » par ses commis, il est parti.", "un tyran", "ses commis"),
        # quoted words after a preposition
        ("Le député ironise sur « une usine à gaz ».", "une usine à gaz", "Le député"),
        ("Le phare met en garde contre « une mer démontée ».", "une mer démontée", "Le phare"),
        # clauses after a colon
        ("Le médecin met en garde : sans vaccin, la fièvre reviendra.", "sans vaccin, la fièvre reviendra", "Le médecin"),
        ("La gazette s'interroge : qui paiera le pont ?", "qui paiera le pont ?", "La gazette"),
        # as somebody says
        ("Ainsi que l'a noté l'expert, le pont date de 1930.", "le pont date de 1930", "l'expert"),
        ("Le pont, comme le souligne Nora Delbos, est vieux.", "Le pont … est vieux", "Nora Delbos"),
        # hearsay with a source, and news learnt from somebody
        ("Le fort est pris, apprend-on de source militaire.", "Le fort est pris", "source militaire"),
        ("Le fort est pris, a appris Radio Falaise auprès de la mairie.", "Le fort est pris", "la mairie"),
        ("« Le fort tient », dixit le sergent, qui n'y était pas.", "Le fort tient", "le sergent"),
        # documents
        ("Il cite une étude selon laquelle les abeilles meurent.", "les abeilles meurent", "une étude"),
        ("Il tient une pancarte sur laquelle est écrit : « Rendez-nous le bac ».", "Rendez-nous le bac", "une pancarte"),
        ("Sur une banderole, on pouvait lire : « Rendez-nous le bac ».", "Rendez-nous le bac", "une banderole"),
        ("Selon ses propres mots, « le bac est mort », et il le regrette.", "le bac est mort", "ses propres mots"),
        # nouns before a colon
        ("Réponse, cinglante, du meunier : « Le bac est mort. »", "Le bac est mort.", "meunier"),
        ("Même écho chez les bateliers : « Le bac est mort. »", "Le bac est mort.", "les bateliers"),
        # several verbs, one subject
        ("Elle lui doit tout et l'accuse d'avoir « trahi les siens ».", "avoir « trahi les siens »", "Elle"),
        ("Sorel-Brac, elle, assure que le bac est mort.", "le bac est mort", "Sorel-Brac"),
        ("Joint par téléphone, le batelier Wim Orsec juge l'idée « folle ».", "folle", "le batelier Wim Orsec"),
        ("Le bac est mort, nous a confié le passeur.", "Le bac est mort", "le passeur"),
    ],
)  # fmt: skip
def test_a_class(text: str, content: str, source: str):
    found = one(text)
    assert (found[0].strip(" .»"), found[2]) == (content.strip(" .»"), source)


def test_a_clause_and_the_quotation_behind_it_share_cue_and_source():
    found = reports("Pour la meunière Irma Vautel, rien ne presse : « Le blé attendra. »")
    assert [(c, s) for c, _, s in found] == [
        ("rien ne presse", "la meunière Irma Vautel"),
        ("Le blé attendra.", "la meunière Irma Vautel"),
    ]


def test_a_chain_keeps_the_inner_quotation_in_the_outer_content():
    found = reports("Il raconte que son père lui a dit : « Tu partiras. »")
    assert found[0][0].startswith("son père lui a dit : « Tu partiras")
    assert ("Tu partiras.", "son père") in [(c, s) for c, _, s in found]


def test_a_relative_clause_behind_the_source_has_its_speaker():
    found = reports("« J'ai peur », souffle la gérante d'un bar du quai, qui avoue ne plus dormir.")
    assert [s for _, _, s in found] == ["la gérante d'un bar du quai"] * 2


def test_an_infinitive_behind_avant_de_has_the_speaker_of_the_verb_before():
    found = reports("Il a ajouté : « Rien ne presse », avant de conclure que le débat était clos.")
    assert [s for _, _, s in found] == ["Il", "Il"]


@pytest.mark.parametrize(
    "text",
    [
        "Le préfet a demandé une enquête avant de partir.",
        "Le jury a salué le roman « Brumes d'octobre ».",
        "La mère trouve le « bon » chemin.",
        "Il a demandé du pain si souvent.",
        "Le plan du port tient compte du vent.",
        "Le maire tient à ses arbres.",
    ],
)
def test_what_is_no_report(text: str):
    assert reports(text) == []
