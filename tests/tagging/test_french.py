"""French reported speech, one construction after the other; all people and places are invented."""

import pytest

from annotator.tagging.french import rules
from annotator.tagging.french.conjugation import forms, participles
from annotator.tagging.french.lexicon import lexicon
from annotator.tagging.normalise import normalise
from annotator.tagging.parser import load
from annotator.tagging.quotations import find, near
from annotator.tagging.sentence import Sentence

Found = tuple[str, str, str]


def reports(text: str) -> list[Found]:
    """Return content, cue and source of each report in the first line of a text."""
    line = text.split("\n")[0]
    blocks, at = [], 0
    for part in text.split("\n"):
        blocks.append((at, at + len(part)))
        at += len(part) + 1
    plain = normalise(text)
    quotations = find(text, blocks, [start for start, _ in blocks])
    (words,) = load("fr").parse([(plain[: len(line)], 0)])
    sentence = Sentence(words, 0, len(line), "sentence", plain)
    found = rules().reports(sentence, near(quotations, plain, 0, len(line)))
    return [tuple(" … ".join(text[s:e].strip() for s, e in role) for role in (r.content, r.cue, r.source))
            for r in found]  # fmt: skip


def one(text: str) -> Found:
    found = reports(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        # que-clauses
        ("Le préfet a déclaré que le pont serait fermé.", "le pont serait fermé", "Le préfet"),
        ("Le préfet a déclaré mardi à la presse que le pont serait fermé.", "le pont serait fermé", "Le préfet"),
        ("Il a répondu qu'il partirait et qu'il ne reviendrait pas.", "il partirait et qu'il ne reviendrait pas", "Il"),
        ("La ministre Oriane Delvaux a fait savoir qu'elle renonçait.", "elle renonçait", "La ministre Oriane Delvaux"),
        ("Les experts s'accordent à dire que la crue était prévisible.", "la crue était prévisible", "Les experts"),
        ("Moscou a averti qu'il riposterait à toute incursion.", "il riposterait à toute incursion", "Moscou"),
        ("L'article 12 du traité stipule que les eaux sont communes.", "les eaux sont communes", "L'article 12 du traité"),
        ("L'ONG a émis l'espoir que les convois passeront.", "les convois passeront", "L'ONG"),
        # infinitives
        ("Elle raconte avoir entendu deux coups de feu.", "avoir entendu deux coups de feu", "Elle"),
        ("Les pêcheurs affirment ne plus pouvoir vivre de leur métier.", "ne plus pouvoir vivre de leur métier", "Les pêcheurs"),
        ("Le maire a accusé son adjoint d'avoir menti.", "avoir menti", "Le maire"),
        ("Le préfet a demandé aux riverains de rester chez eux.", "rester chez eux", "Le préfet"),
        ("Elle conseille aux gens qui auraient eu mal de consulter un médecin.", "consulter un médecin", "Elle"),
        ("Yvan Brac s'est engagé à publier les comptes.", "publier les comptes", "Yvan Brac"),
        ("Elle a été accusée par la mairie d'avoir falsifié des factures.", "avoir falsifié des factures", "la mairie"),
        ("Accusé d'avoir volé des fonds, le trésorier a fui.", "avoir volé des fonds", ""),
        ("Le groupe, actionnaire à 60 %, menace de se retirer.", "se retirer", "Le groupe, actionnaire à 60 %"),
        # predicates and names
        ("La ville se dit prête à payer.", "prête à payer", "La ville"),
        ("La députée s'est dite « ni naïve, ni inquiète ».", "ni naïve, ni inquiète »", "La députée"),
        ("Il a qualifié ce plan de « désastre annoncé ».", "désastre annoncé", "Il"),
        ("Le chercheur y voit « un vrai tournant ».", "un vrai tournant", "Le chercheur"),
        # incises
        ("Le port fermera à midi, a indiqué la capitainerie.", "Le port fermera à midi", "la capitainerie"),
        ("La ville, affirme le maire, ne paiera pas.", "La ville … ne paiera pas", "le maire"),
        ("« Tout va bien », assure-t-elle.", "Tout va bien", "elle"),
        ("« Je pars », a prévenu au quotidien mardi le ministre.", "Je pars", "le ministre"),
        ("« Je pars », a répondu, visiblement agacé, le directeur.", "Je pars", "le directeur"),
        ("« Je pars », souffle Malik Orsenne, « et je reviendrai ».", "Je pars … et je reviendrai", "Malik Orsenne"),
        ("« La loi sera votée, a insisté la ministre, et appliquée. »", "La loi sera votée … et appliquée.", "la ministre"),
        ("« J'ai tout vu, soupire-t-elle. Tout. »", "J'ai tout vu … Tout.", "elle"),
        # quotations after the verb
        ("Un guide a indiqué : « Le phare a brûlé. »", "Le phare a brûlé.", "Un guide"),
        ("La troupe affirme « servir la couronne ».", "servir la couronne", "La troupe"),
        ("Le ministre a dénoncé « une campagne de haine ».", "une campagne de haine", "Le ministre"),
        ("Le dossier de presse proclame :\n« La mer attend son heure. »", "La mer attend son heure.", "Le dossier de presse"),
        ("Le syndicat prévient : sans accord, la grève durera.", "sans accord, la grève durera", "Le syndicat"),
        ("Le secrétaire a fait part de sa « profonde inquiétude ».", "profonde inquiétude", "Le secrétaire"),
        ("Les habitants se plaignent de ne pas avoir été prévenus.", "ne pas avoir été prévenus", "Les habitants"),
        ("Le pape a imploré les chefs de cesser la guerre.", "cesser la guerre", "Le pape"),
        ("Le chef du port, décrit par ses voisins comme « un homme discret », a fui.", "un homme discret", "ses voisins"),
        ("« Les travaux avancent », peut-on lire dans le communiqué du port.", "Les travaux avancent", "le communiqué du port"),
        ("Le feu est maîtrisé, a-t-on appris de source policière.", "Le feu est maîtrisé", "source policière"),
        ("Le maire juge « inacceptable » que l'État se retire.", "« inacceptable » que l'État se retire", "Le maire"),
        # headlines
        ("« C'est fini » : un ouvrier raconte sa nuit", "C'est fini", "un ouvrier"),
        ("Réponse de Marc Sorel : « La digue tiendra. »", "La digue tiendra.", "Marc Sorel"),
        ("Le capitaine : « On a manqué de rythme »", "On a manqué de rythme", "Le capitaine"),
        # according to
        ("Selon le maire, la digue tiendra.", "la digue tiendra", "le maire"),
        ("La digue, selon le maire, tiendra.", "La digue … tiendra", "le maire"),
        ("La digue tiendra, d'après elle.", "La digue tiendra", "elle"),
        ("Selon le rapport, publié mardi, la digue tiendra.", "la digue tiendra", "le rapport"),
        ("Pour l'avocat de la défense, Me Rouvier, le dossier est vide.", "le dossier est vide", "l'avocat de la défense, Me Rouvier"),
        ("Elle redoute des retards qui, selon l'armateur, coûteront cher.", "coûteront cher", "l'armateur"),
        ("À ses yeux, la digue tiendra.", "la digue tiendra", "ses"),
        ("Comme l'a rappelé le ministre, la France a signé.", "la France a signé", "le ministre"),
        ("Il paraît que la digue a cédé.", "la digue a cédé", ""),
        ("Il réfute les allégations selon lesquelles la digue a cédé.", "la digue a cédé", ""),
    ],
)  # fmt: skip
def test_construction(text: str, content: str, source: str):
    found = one(text)
    assert (found[0].strip(" .»"), found[2]) == (content.strip(" .»"), source)


def test_two_sources_in_one_sentence():
    found = reports("1,2 million de marcheurs selon le syndicat, 300 000 selon la préfecture.")
    assert [(c, s) for c, _, s in found] == [
        ("1,2 million de marcheurs", "le syndicat"),
        ("300 000", "la préfecture"),
    ]


def test_a_second_verb_keeps_the_subject_and_ends_the_first_content():
    found = reports(
        "Le juge a estimé que le contrat était nul, ajoutant que la ville le savait, "
        "et a souhaité que le maire réponde."
    )
    assert [(c, s) for c, _, s in found][:2] == [
        ("le contrat était nul", "Le juge"),
        ("la ville le savait", "Le juge"),
    ]


def test_a_bare_participle_shares_its_auxiliary_and_subject():
    found = reports(
        "L'ONG a qualifié le projet de « désastre annoncé » et appelé l'État à renoncer."
    )
    assert [s for _, _, s in found] == ["L'ONG", "L'ONG"]


def test_a_nested_report_is_found_inside_the_outer_content():
    found = reports("Il regrette que la firme ait déclaré qu'elle partirait.")
    assert [c for c, _, _ in found] == ["la firme ait déclaré qu'elle partirait", "elle partirait"]


def test_a_relayer_is_no_source():
    text = "Une source militaire citée par Radio Vague a dit que le fort tombait."
    plain = normalise(text)
    (words,) = load("fr").parse([(plain, 0)])
    (report,) = rules().reports(Sentence(words, 0, len(text), "sentence", plain), [])
    assert text[slice(*report.via)] == "Radio Vague"
    assert text[slice(*report.source[0])] == "Une source militaire"


def test_somebody_who_cites_a_source_relays_it():
    text = "Le reporter Milo Zarn a cité une source militaire qui a dit que le fort tombait."
    plain = normalise(text)
    (words,) = load("fr").parse([(plain, 0)])
    (report,) = rules().reports(Sentence(words, 0, len(text), "sentence", plain), [])
    assert "Milo Zarn" in text[slice(*report.via)]
    assert text[slice(*report.source[0])] == "une source militaire"


@pytest.mark.parametrize(
    "text",
    [
        "Le gouvernement a annoncé la création de deux parcs naturels.",
        "Le film raconte l'histoire d'un marin qui perd la vue.",
        "Cette histoire montre que rien n'est acquis.",
        "Les « gilets verts » ont défilé dans le calme.",
        "Pour Noël, la mairie illumine le port.",
        "Pour la première fois, la ville a voté un budget vert.",
        "Il pense à ses enfants et croit en l'avenir.",
        "Le juge a ordonné la libération du suspect.",
        "Il est bon de rappeler que la pêche est interdite.",
        "Le tableau du « Maître de Brume » est rentré au musée.",
        "La firme prévoit de supprimer trois postes, ainsi que deux lignes.",
        "Le caporal a raillé « Tonton » Brandt.",
    ],
)
def test_what_is_no_report(text: str):
    assert reports(text) == []


def test_gate_lets_through_only_sentences_with_a_word_that_may_report():
    assert rules().may_report("Le préfet a déclaré que le pont fermerait.")
    assert rules().may_report("Selon elle, le pont fermera.")
    assert not rules().may_report("Le pont a fermé dans la nuit.")


def test_conjugation_of_each_family():
    expected = {
        "annoncer": {"annonçait", "annoncèrent", "annoncera", "annonçant", "annoncée"},
        "juger": {"jugeait", "jugea", "jugeant"},
        "répéter": {"répète", "répétait", "répétées"},
        "relever": {"relève", "relèvera", "relevé"},
        "alléguer": {"allègue", "alléguait"},
        "appeler": {"appelle", "appellera", "appelait"},
        "dire": {"dit", "dirent", "disaient", "dira", "dite", "disant", "dît"},
        "promettre": {"promet", "promit", "promis", "promettra"},
        "reconnaître": {"reconnaît", "reconnut", "reconnu", "reconnaissait"},
        "soutenir": {"soutient", "soutint", "soutenu", "soutiendra"},
        "avertir": {"avertit", "avertissait", "averti"},
        "répondre": {"répond", "répondit", "répondu", "répondra"},
        "écrire": {"écrit", "écrivait", "écrivit"},
        "conclure": {"conclut", "conclu", "concluait"},
        "se plaindre".removeprefix("se "): {"plaint", "plaignait"},
    }
    for verb, some in expected.items():
        assert some <= forms(verb).keys(), verb
    assert participles("promettre") == {"promis", "promise", "promises"}


def test_every_verb_of_the_lexicon_has_a_frame_and_its_own_form():
    known = lexicon().verbs
    assert {"quote", "que"} <= {frame for e in known["affirme"] for frame in e.frames}
    assert all(entry.frames for entries in known.values() for entry in entries)
    assert any(entry.reflexive for entry in known["exclame"])
