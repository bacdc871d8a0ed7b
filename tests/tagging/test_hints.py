import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model import Attribution, Claim, Segment, Tagging, claim_id, digest
from annotator.tagging.graphemes import interior
from annotator.tagging.hints import (
    KINDS,
    by_claim,
    for_claim,
    grown,
    hints,
    read_lists,
    with_marked,
)

LISTS = read_lists()


def said(content, cue="", source="", speaker=None, kind="indirect"):
    """An attribution by its words; they are looked up in the segment it is given with."""
    return content, cue, source, speaker, kind


def article(*segments, language="fr"):
    """Join (text, attributions…) segments by line breaks into a text with its tagging.

    A segment that begins with "#" is a headline, with "@" a post, with "~" a byline.
    """
    kinds = {"#": "headline", "@": "post", "~": "byline"}
    texts = [one if isinstance(one, str) else one[0] for one in segments]
    reports = [() if isinstance(one, str) else one[1:] for one in segments]
    text = "\n".join(one.lstrip("#@~") for one in texts)
    name, start = digest(text), 0
    pieces, attributions, claims = [], [], []
    for number, marked in enumerate(texts):
        piece = Segment(start, start + len(marked.lstrip("#@~")), kinds.get(marked[:1], "sentence"))
        for content, cue, source, speaker, kind in reports[number]:

            def spans(words, piece=piece):
                at = text.index(words, piece.start, piece.end)
                return ((at, at + len(words)),) if words else ()

            found = Attribution(spans(content), kind, spans(cue), spans(source), speaker)
            ((first, last),) = found.content
            voice = "post" if piece.kind == "post" else kind
            own = claim_id(name, first, last, True)
            claims.append(Claim(own, first, last, number, voice, (len(attributions),)))
            attributions.append(found)
        voice = "post" if piece.kind == "post" else "narrator"
        own = claim_id(name, piece.start, piece.end, False)
        claims.append(Claim(own, piece.start, piece.end, number, voice))
        pieces.append(piece)
        start = piece.end + 1
    tagging = Tagging(name, language, None, "0", tuple(pieces), tuple(attributions), tuple(claims))
    return text, tagging


def found(*segments, language="fr", kind=None, lists=LISTS, off=frozenset()):
    """Return (kind, words) of an article's hints, or the hints of one kind."""
    text, tagging = article(*segments, language=language)
    every = hints(text, tagging, lists, off)
    if kind:
        return [hint for hint in every if hint.kind == kind]
    return [(hint.kind, text[slice(*hint.span)]) for hint in every]


def words(*segments, language="fr", kind):
    text, _ = article(*segments, language=language)
    every = found(*segments, language=language, kind=kind)
    return [text[slice(*hint.span)] for hint in every]


# Loaded words and other lists


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("fr", "Les MILITANTES d'Aubrac et l’extrémiste.", ["MILITANTES", "extrémiste"]),
        (
            "fr",
            "Des frappes chirurgicales, des plans sociaux.",
            ["frappes chirurgicales", "plans sociaux"],
        ),
        ("fr", "Ils ont neutralisé le convoi.", ["neutralisé"]),
        ("fr", "Le commerce militaire reprend.", []),
        (
            "en",
            "The Regime sent its henchmen and eco-terrorists.",
            ["Regime", "henchmen", "eco-terrorists"],
        ),
        ("en", "They neutralised a rogue state; a state.", ["neutralised", "rogue state"]),
        ("en", "The regimental band played.", []),
        ("en", "A would-be mayor would be heard.", ["would-be"]),
        ("de", "Das Regime schweigt.", []),
    ],
)
def test_loaded_words_in_their_forms(language, sentence, expected) -> None:
    assert words(sentence, language=language, kind="loaded_word") == expected


def test_decomposed_letters_are_the_same_word() -> None:
    sentence = unicodedata.normalize("NFD", "Le régime tient.")
    (hint,) = found(sentence, kind="loaded_word")
    assert sentence[slice(*hint.span)] == unicodedata.normalize("NFD", "régime")


def test_the_calque_is_explained() -> None:
    (hint,) = found("Deux militants ont fui.", kind="loaded_word")
    assert "calque" in hint.reason and "combattant" in hint.reason
    assert hint.label == "partisan_framing"


def test_a_loaded_word_says_whose_voice_it_is() -> None:
    quoted = said("Ces fanatiques fuient", "dit", "le maire Odon", "Odon", "direct")
    told = said("les fanatiques ont fui", "assure", "la mairie", None)
    text, tagging = article(
        "#Les fanatiques reculent",
        ("« Ces fanatiques fuient », dit le maire Odon.", quoted),
        ("Comme l'assure la mairie, les fanatiques ont fui.", told),
        ("@Encore ces fanatiques", said("Encore ces fanatiques", speaker="@odile", kind="direct")),
        "~Par nos fanatiques",
    )
    loaded = [hint for hint in hints(text, tagging, LISTS) if hint.kind == "loaded_word"]
    voices = [
        "the outlet's own voice",
        "in the words of Odon",
        "reported from la mairie",
        "a post by @odile",
    ]
    assert len(loaded) == len(voices)
    for hint, voice in zip(loaded, voices, strict=True):
        assert voice in hint.reason


def test_quotation_marks_decide_in_mixed_speech() -> None:
    mixed = said("les rebelles sont « des héros »", "dit", "Ana Lupo", "Ana Lupo", "mixed")
    (outside, inside) = found(
        ("Ana Lupo dit que les rebelles sont « des héros ».", mixed), kind="loaded_word"
    )
    assert (
        "reported from Ana Lupo" in outside.reason and "in the words of Ana Lupo" in inside.reason
    )


def test_hedges_boosters_and_hearsay_words() -> None:
    assert found("Évidemment, le pont tient peut-être, dit-on.") == [
        ("booster", "Évidemment"), ("hedge", "peut-être"), ("hearsay", "dit-on"),
    ]  # fmt: skip
    assert found("Clearly it seems he allegedly fled.", language="en") == [
        ("booster", "Clearly"), ("hedge", "it seems"), ("hearsay", "allegedly"),
    ]  # fmt: skip


# Reporting verbs


def test_cues_that_vouch_or_doubt() -> None:
    segments = (
        ("La radio a confirmé que le pont cède.", said("le pont cède", "a confirmé", "La radio")),
        ("Le maire prétend que non.", said("non", "prétend", "Le maire", "Odon")),
        ("Ana fait remarquer que le pont tient.", said("le pont tient", "fait remarquer", "Ana")),
        ("Le préfet a dit que tout va.", said("tout va", "a dit", "Le préfet")),
    )
    vouching, doubting, phrase = found(*segments, kind="cue_stance")
    assert "presents as true what La radio says" in vouching.reason
    assert "keeps its distance from what Odon says" in doubting.reason
    assert "neutral cues in this article: 1" in doubting.reason
    assert "fait remarquer" in phrase.reason


def test_a_cue_is_shown_at_its_report_and_at_the_claim_it_stands_in() -> None:
    text, tagging = article(
        ("Pell claimed the mill is safe.", said("the mill is safe", "claimed", "Pell")),
        language="en",
    )
    attributed, narrator = tagging.claims
    every = hints(text, tagging, LISTS)
    (hint,) = for_claim(every, attributed)
    assert hint.kind == "cue_stance" and hint.claims == (narrator.id, attributed.id)
    assert by_claim(every)[attributed.id] == for_claim(every, attributed)


# Hearsay


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Deux barrages auraient cédé hier.", ["auraient"]),
        ("Le montant atteindrait dix millions.", ["atteindrait"]),
        ("Elle serait toujours en vie.", ["serait"]),
        ("Si le vent tombait, ils partiraient.", []),
        ("Elle montrait un portrait que nul ne déclarait.", []),
        ("Ils entraient pendant que l'eau se retirait.", []),
        ("Le pont devrait rouvrir.", []),
    ],
)
def test_the_conditional_of_hearsay(sentence, expected) -> None:
    assert words(sentence, kind="hearsay") == expected


def test_conditionals_in_reports_count_after_a_preposition_only() -> None:
    by_verb = ("Odon dit qu'elle viendrait.", said("elle viendrait", "dit", "Odon"))
    by_word = ("Selon Odon, elle aurait fui.", said("elle aurait fui", "Selon", "Odon"))
    assert words(by_verb, by_word, kind="hearsay") == ["aurait"]
    assert words("Deux barrages auraient cédé.", language="en", kind="hearsay") == []


# Quotation marks


def test_a_short_quotation_without_a_cue_may_be_a_scare_quote() -> None:
    assert words("Les « experts » de Valmère ont tranché.", kind="scare_quote") == ["experts"]
    assert words('The "improved" service stopped.', language="en", kind="scare_quote") == [
        "improved"
    ]
    governed = said("de gros dégâts", "déplore", "Odon", kind="direct")
    assert not words(("Odon déplore « de gros dégâts ».", governed), kind="scare_quote")
    assert not words("Le journal « Le Progrès » et la « Ligue verte ».", kind="scare_quote")
    assert not words("Un mot : « rien de tout cela ne tient ».", kind="scare_quote")


def test_scare_quotes_in_a_post_are_the_accounts() -> None:
    whole = said("Merci pour ce « service » public", speaker="@odile", kind="direct")
    (hint,) = found(("@Merci pour ce « service » public", whole), kind="scare_quote")
    assert "a post by @odile" in hint.reason


@pytest.mark.parametrize(
    ("sentence", "at"),
    [
        ("Le maire : « Nous restons ici, dit-il.", "«"),
        ("Nous restons ici », dit le maire.", "»"),
        ("« Nous restons », dit le maire.", ""),
        ("L'eau n'est pas là, c'est dit.", ""),
    ],
)
def test_unbalanced_quotation_marks(sentence, at) -> None:
    assert "".join(words(sentence, kind="unbalanced_quote")) == at


def test_a_quotation_over_paragraphs_is_balanced() -> None:
    assert not words("« Un jour viendra.", "« Un autre aussi », dit-il.", kind="unbalanced_quote")
    assert not words("“One day.", "“And another,” he said.", language="en", kind="unbalanced_quote")


# Figures

GRIEVANCE = (
    "#Au moins 900 grévistes bloquent le port de Lanvaux",
    (
        "Le syndicat compte 300 grévistes.",
        said("300 grévistes", "compte", "Le syndicat", "syndicat"),
    ),
    (
        "« Plus de 600 personnes sont là », dit la capitainerie.",
        said("Plus de 600 personnes sont là", "dit", "la capitainerie", None, "direct"),
    ),
    "Le port emploie 7 pilotes depuis 2011 et le 3 mars il fermait 12 jours.",
)


def test_a_sum_of_attributed_figures_and_its_change_of_unit() -> None:
    text, tagging = article(*GRIEVANCE)
    headline = for_claim(hints(text, tagging, LISTS), tagging.claims[0])
    assert [hint.kind for hint in headline] == [
        "number_without_source",
        "sum_of_numbers",
        "unit_change",
    ]
    assert {text[slice(*hint.span)] for hint in headline} == {"Au moins 900 grévistes"}
    assert (
        '"300 grévistes" (syndicat) + "Plus de 600 personnes" (la capitainerie)'
        in headline[1].reason
    )
    assert (
        '"grévistes" in the outlet\'s own voice, "personnes" where la capitainerie'
        in headline[2].reason
    )
    assert len(found(*GRIEVANCE, kind="number_without_source")) == 1


def test_a_sum_in_english_with_number_words_and_three_addends() -> None:
    segments = (
        "#More than 1.5 thousand rebels dead in Tarn Hollow",
        ("The army said 1,200 rebels fell.", said("1,200 rebels fell", "said", "The army")),
        ("A doctor spoke of two hundred bodies.", said("two hundred bodies", "spoke", "A doctor")),
        ("Pell said 100 fighters died.", said("100 fighters died", "said", "Pell")),
    )
    (hint,) = found(*segments, language="en", kind="sum_of_numbers")
    assert (
        '"1,200 rebels" (The army) + "two hundred bodies" (A doctor) + "100 fighters" (Pell)'
        in hint.reason
    )


def test_what_does_not_add_up_or_is_told_by_somebody_is_no_sum() -> None:
    assert not found("#Au moins 901 grévistes à Lanvaux", *GRIEVANCE[1:], kind="sum_of_numbers")
    assert not found("#Au moins 900 tonnes à Lanvaux", *GRIEVANCE[1:], kind="sum_of_numbers")
    told = ("Odon dit que 900 grévistes sont là.", said("900 grévistes sont là", "dit", "Odon"))
    assert not found(told, *GRIEVANCE[1:], kind="sum_of_numbers")


def test_the_same_figure_of_something_else() -> None:
    source = ("Pell counted 400 protesters.", said("400 protesters", "counted", "Pell"))
    (hint,) = found("400 rioters took the square.", source, language="en", kind="unit_change")
    assert '"rioters"' in hint.reason and '"protesters" where Pell gives the figure' in hint.reason
    assert not found("400 protesters came.", source, language="en", kind="unit_change")
    (bare,) = found("400 protesters came.", source, language="en", kind="number_without_source")
    assert "Pell gives it elsewhere" in bare.reason


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("fr", "Trois morts et 1 280 000 électeurs.", ["Trois morts", "1 280 000 électeurs"]),
        (
            "fr",
            "Le budget baisse de 12 %, de 3,5 millions d'euros.",
            ["12 %", "3,5 millions d'euros"],
        ),
        ("fr", "Le 4 mai 2019, deux hommes de 42 ans, article 12, à 18h30.", []),
        ("en", "At least five killed, $2.5bn lost.", ["At least five", "$2.5bn"]),
        ("en", "On May 4, 2019, two men aged 42 met at 18:30 in room 101.", []),
    ],
)
def test_figures_without_a_source(language, sentence, expected) -> None:
    assert words(sentence, language=language, kind="number_without_source") == expected


def test_many_figures_stay_cheap_and_find_the_near_addends() -> None:
    told = [
        (f"Odon a vu {n} soldats.", said(f"{n} soldats", "a vu", "Odon"))
        for n in range(1000, 3000, 2)
    ]
    own = [f"Il y eut {n} soldats." for n in range(100_001, 101_001, 2)]
    assert not found(*told, *own, kind="sum_of_numbers")
    near = [("Elle a vu 7 000 soldats.", said("7 000 soldats", "a vu", "Elle"))]
    (hint,) = found(*told, *near, "Il y eut 9 998 soldats.", kind="sum_of_numbers")
    assert "2998 soldats" in hint.reason and "7 000 soldats" in hint.reason


# Switching off, order, the grown list


FRENCH = (
    *GRIEVANCE,
    "Le régime « modéré » aurait fui, dit-on, peut-être, évidemment.",
    ("Le maire prétend que non.", said("non", "prétend", "Le maire", "Odon")),
    "« Oui",
)
ENGLISH = (
    "#Some 400 rioters held Tarn Hollow",
    ("The army said 300 rebels fell.", said("300 rebels fell", "said", "The army")),
    ("A doctor counted 100 bodies.", said("100 bodies", "counted", "A doctor")),
    "The regime's “moderate” guard allegedly fled, perhaps, clearly.",
    ("The mayor claims it is over.", said("it is over", "claims", "The mayor", "Pell")),
    "“Yes",
)
FROM_ANSWERS = {"marked_word", "labelled_otherwise"}


@pytest.mark.parametrize(("language", "segments"), [("fr", FRENCH), ("en", ENGLISH)])
def test_every_kind_is_found_has_a_reason_and_can_be_switched_off(language, segments) -> None:
    text, tagging = article(*segments, language=language)
    every = hints(text, tagging, LISTS)
    kinds = {hint.kind for hint in every}
    assert kinds == KINDS.keys() - FROM_ANSWERS
    assert all(hint.reason and "\n" not in hint.reason and hint.claims for hint in every)
    for kind in kinds:
        left = {hint.kind for hint in hints(text, tagging, LISTS, frozenset((kind,)))}
        assert left == kinds - {kind}


def test_words_that_reviewers_mark_become_hints_of_their_label() -> None:
    judged = [
        ("la bande du port a dit non", ((3, 8),)),
        ("la bande du port est partie", ((0, 8),)),
        ("le port est une bande de terre", ()),
        ("la une, la deux", ()),
    ]
    own = grown(judged)
    assert [(one.word, one.marked, one.seen) for one in own] == [("bande", 2, 3)]
    lists = with_marked(LISTS, "fr", "sarcasm", own)
    text, tagging = article("La Bande du régime.")
    marked, loaded = hints(text, tagging, lists)
    assert (marked.kind, marked.label) == ("marked_word", "sarcasm")
    assert "marked here in 2 of its 3 places" in marked.reason
    assert loaded.kind == "loaded_word"
    assert "marked_word" not in {hint.kind for hint in hints(text, tagging, LISTS)}


def test_a_marked_word_in_a_language_without_lists() -> None:
    own = grown([("die Bande kam", ((4, 9),))])
    lists = with_marked(LISTS, "de", "partisan_framing", own)
    assert found("Eine Bande!", language="de", lists=lists) == [("marked_word", "Bande")]


FRAGMENTS = st.one_of(
    st.sampled_from(
        ["plus de", "1 600", "900 %", "$", "3 millions", "deux mille", "cent", "4 mai"]
    ),
    st.sampled_from(
        ["militants", "régime", "re\u0301gime", "aurait été", "si", "dit-on", "peut-être"]
    ),
    st.sampled_from(["«", "»", "“", "”", '"', "'", "\n", "\r\n", "\u0301", "\u200d", "e\u0301"]),
    st.sampled_from(["👩\u200d👩\u200d👧", "🇫🇷", "personnes", "évidemment"]),
    st.text(max_size=6),
)


@given(st.lists(FRAGMENTS, max_size=25), st.sampled_from(("fr", "en", "xx")))
def test_hints_never_cut_a_grapheme_and_stay_in_order(parts, language) -> None:
    text = " ".join(parts)
    lines = [match.span() for match in re.finditer(r"[^\r\n]+", text)]
    segments = tuple(Segment(start, end, "sentence") for start, end in lines)
    name = digest(text)
    claims = tuple(
        Claim(claim_id(name, start, end, False), start, end, number, "narrator")
        for number, (start, end) in enumerate(lines)
    )
    every = hints(text, Tagging(name, language, None, "0", segments, (), claims), LISTS)
    inside = interior(text)
    for hint in every:
        start, end = hint.span
        assert 0 <= start < end <= len(text) and not {start, end} & inside
        assert "\n" not in hint.reason and hint.kind in KINDS
        assert set(hint.claims) <= {claim.id for claim in claims} and hint.claims
    assert list(every) == sorted(every, key=lambda hint: hint.span)
    assert len({hint.id for hint in every}) == len(every)
