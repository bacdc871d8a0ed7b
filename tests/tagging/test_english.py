"""English reported speech, one construction after the other; people and places are invented."""

import pytest

from annotator.tagging.english import rules
from annotator.tagging.english.inflection import third, verb_forms
from annotator.tagging.english.lexicon import lexicon
from annotator.tagging.normalise import normalise
from annotator.tagging.parser import load
from annotator.tagging.quotations import find, near
from annotator.tagging.sentence import Sentence
from annotator.tagging.tagger import Tagger

Found = tuple[str, str, str]


def reports(text: str, kind: str = "sentence") -> list[Found]:
    """Return content, cue and source of each report in the first line of a text."""
    line = text.split("\n")[0]
    blocks, at = [], 0
    for part in text.split("\n"):
        blocks.append((at, at + len(part)))
        at += len(part) + 1
    plain = normalise(text)
    quotations = find(text, blocks, [start for start, _ in blocks])
    (words,) = load("en").parse([(plain[: len(line)], 0)])
    sentence = Sentence(words, 0, len(line), kind, plain)
    found = rules().reports(sentence, near(quotations, plain, 0, len(line)))
    return [
        tuple(" … ".join(text[s:e].strip() for s, e in role) for role in (r.content, r.cue, r.source))
        for r in found
    ]  # fmt: skip


def one(text: str) -> Found:
    found = reports(text)
    assert len(found) == 1, found
    return found[0]


CLAUSES = [
    ("Mayor Orla Finn told reporters that the harbour was safe.", "the harbour was safe", "told", "Mayor Orla Finn"),
    ("Officials say the ferry was overloaded.", "the ferry was overloaded", "say", "Officials"),
    ("The captain did not say whether the engine had failed.", "whether the engine had failed", "did not say", "The captain"),
    ("The engineer asked why nobody had called him.", "why nobody had called him", "asked", "The engineer"),
    ("The letter says that the valves were rusty.", "the valves were rusty", "says", "The letter"),
    ("Moscovia says its boats never left port.", "its boats never left port", "says", "Moscovia"),
    ("Two divers, who said they had seen the wreck, were questioned.", "they had seen the wreck", "said", "who"),
    ("Quill left the meeting early, saying that she had not been consulted.", "she had not been consulted", "saying", "Quill"),
    ("The regulator issued a statement saying the dam had failed two inspections.", "the dam had failed two inspections", "saying", "The regulator"),
    ("He was quoted as saying that the wall was leaning.", "the wall was leaning", "saying", "He"),
    ("The firm said legalizing night fishing would bring jobs.", "legalizing night fishing would bring jobs", "said", "The firm"),
    ("Officials said the pier belongs to the Wexler estate, which sold it twice.", "the pier belongs to the Wexler estate", "said", "Officials"),
    ("The ferry was overloaded, officials said.", "The ferry was overloaded", "said", "officials"),
    ("The ferry, officials said, was overloaded.", "The ferry … was overloaded", "said", "officials"),
    ("As the surveyor noted, the wall was leaning.", "the wall was leaning", "noted", "the surveyor"),
    ("The pier is leaning, according to a report published Monday by the Office of Harbour Safety (OHS).", "The pier is leaning", "according to", "a report published Monday by the Office of Harbour Safety (OHS)"),
    ("Officials said the pier belongs to the Harbour Trust (HT).", "the pier belongs to the Harbour Trust (HT)", "said", "Officials"),
    ("In a memo to the council, Ada Quill, the port's new director, argued that the pier was doomed.", "the pier was doomed", "argued", "Ada Quill, the port's new director"),
]  # fmt: skip

OTHER_FRAMES = [
    ("The company vowed to repair the dam.", "to repair the dam", "vowed", "The company"),
    ("Finn urged residents to stay indoors.", "residents to stay indoors", "urged", "Finn"),
    ("Finn called on residents to stay indoors.", "residents to stay indoors", "called on", "Finn"),
    ("The union called for a public inquiry.", "a public inquiry", "called for", "The union"),
    ("Finn proposed moving the market.", "moving the market", "proposed", "Finn"),
    ("Villagers accused the company of hiding the leak.", "the company of hiding the leak", "accused", "Villagers"),
    ("Critics described the plan as reckless.", "the plan as reckless", "described", "Critics"),
    ("Villagers blamed the company for the leak.", "the company for the leak", "blamed", "Villagers"),
    ('The minister called the report "a disgrace".', 'the report "a disgrace', "called", "The minister"),
    ("The company was criticized by the regulator.", "The company", "was criticized", "the regulator"),
    ("Villagers blamed the flood on the company.", "the flood on the company", "blamed", "Villagers"),
    ("The captain was accused of hiding the leak.", "hiding the leak", "was accused", ""),
    ("The trust is said to have kept two ledgers.", "to have kept two ledgers", "is said", ""),
    ("Mr Pell allegedly received a fee of two thousand crowns.", "Mr Pell … received a fee of two thousand crowns", "allegedly", ""),
    ("The chair reminded those present that no finding had been made.", "no finding had been made", "reminded", "The chair"),
    ("The council rejected the offer.", "the offer", "rejected", "The council"),
]  # fmt: skip

NOUNS = [
    ("Her claim that the dam was sound angered the villagers.", "the dam was sound", "claim", "Her"),
    ("Finn is confident that the tunnel will open in June.", "the tunnel will open in June", "confident", "Finn"),
    ("According to the harbour board, the ferry carried ninety passengers.", "the ferry carried ninety passengers", "According to", "the harbour board"),
    ("The ferry carried ninety passengers, according to the harbour board.", "The ferry carried ninety passengers", "according to", "the harbour board"),
    ("Rumour has it that the boiler came from a biscuit factory.", "the boiler came from a biscuit factory", "Rumour", ""),
    ("In her view, the dam should never have been built.", "the dam should never have been built", "In … view", "her"),
]  # fmt: skip

QUOTATIONS = [
    ('"The bridge will open in May," said Ada Quill, who runs the port authority.', "The bridge will open in May,", "said", "Ada Quill, who runs the port authority"),
    ('"We were lucky," the captain said, "that nobody drowned."', "We were lucky, … that nobody drowned.", "said", "the captain"),
    ('Dr. Ines Vole said: "The water rose quickly."', "The water rose quickly.", "said", "Dr. Ines Vole"),
    ('"Leave now!" Ms. Roe shouted.', "Leave now!", "shouted", "Ms. Roe"),
    ('“The wall was leaning," the surveyor wrote.', "The wall was leaning,", "wrote", "the surveyor"),
    ('Vole added:\n"The water rose quickly."', "The water rose quickly.", "added", "Vole"),
    ('"We slept on the roof," Nell Grey, the mayor and the owner of the inn, told the Courier.', "We slept on the roof,", "told", "Nell Grey, the mayor and the owner of the inn"),
    ('"Let me finish the song," Grey said after a brief "sorry" to the crowd.', "Let me finish the song,", "said", "Grey"),
    ('The mayor had a new slogan for the campaign: "Ferries first!"', "Ferries first!", "", "The mayor"),
    ('For Orla Finn, the answer is simple: "Grass freezes."', "Grass freezes.", "For", "Orla Finn"),
    ('The harbour police reported "ninety dead gulls" in the bay.', 'ninety dead gulls" in the bay', "reported", "The harbour police"),
    ('Nell Grey: "We slept on the roof."', "We slept on the roof.", "", "Nell Grey"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"), CLAUSES + OTHER_FRAMES + NOUNS + QUOTATIONS
)
def test_one_report(text, content, cue, source):
    assert one(text) == (content, cue, source)


def test_a_second_report_takes_the_first_ones_speaker_and_ends_its_content():
    assert reports("Quill said the port was closed, adding that repairs would take a month.") == [
        ("the port was closed", "said", "Quill"),
        ("repairs would take a month", "adding", "Quill"),
    ]
    assert reports('The mayor says the dam is sound and calls her critics "amateurs".') == [
        ("the dam is sound", "says", "The mayor"),
        ('her critics "amateurs', "calls", "The mayor"),
    ]
    assert reports("The council rejected the offer and promised to publish the minutes.") == [
        ("the offer", "rejected", "The council"),
        ("to publish the minutes", "promised", "The council"),
    ]


def test_only_the_outermost_report_of_a_chain_is_kept():
    assert reports("Finn said the captain had claimed that the engine was new.") == [
        ("the captain had claimed that the engine was new", "said", "Finn")
    ]


def test_a_title_before_a_verb_is_not_what_it_says():
    text = 'On the radio show "Harbour Hour," Finn said that the tunnel would open in June.'
    assert one(text) == ("the tunnel would open in June", "said", "Finn")


def test_verbs_inside_a_quotation_report_nothing_themselves():
    text = '"My brother said the boat was sound," the widow told the court.'
    assert one(text) == ("My brother said the boat was sound,", "told", "the widow")


def test_words_quoted_in_a_clause_are_its_subjects():
    text = (
        'The poster promises visitors "a week of salt, wind and honest work among people who '
        'have never left the island" for nothing.'
    )
    assert reports(text)[0][2] == "The poster"


def test_a_quotation_behind_a_clause_goes_on_with_what_its_verb_reports():
    text = (
        'Grey claims that the dam is "a big problem" but "nobody in the whole valley has ever '
        'had the guts to talk about it in public."'
    )
    content, cue, source = one(text)
    assert (cue, source) == ("claims", "Grey")
    assert content.startswith("the dam is")
    assert "nobody in the whole valley" in content


def test_a_compound_is_no_reporting_verb():
    assert reports("The so-called ‘Quay method’ was taught for years.") == []


@pytest.mark.parametrize(
    ("text", "source", "relayer"),
    [
        ("A police source cited by Radio Vague said the bridge was closed.", "A police source", "Radio Vague"),
        ("The bridge is closed, according to an official quoted by Radio Vague.", "an official", "Radio Vague"),
        ("The Courier, citing a police source, reported that two divers had drowned.", "a police source", "The Courier"),
        ("The Courier said the pier was doomed, citing unnamed officials.", "unnamed officials", "The Courier"),
        ("The Courier, citing a broken wire, said the tram was late.", "The Courier", None),
    ],
)  # fmt: skip
def test_who_only_relays_is_told_from_the_source(text, source, relayer):
    said = [a for a in Tagger().tag(text, "en").attributions if "citing" not in rule_cue(text, a)]
    (found,) = said
    assert text[slice(*found.source[0])] == source
    assert (found.via or "").removeprefix("The ") == (relayer or "").removeprefix("The ")


def rule_cue(text, attribution):
    return " ".join(text[s:e] for s, e in attribution.cue)


def test_answers_behind_a_letter_are_the_interviewees():
    text = (
        "Mayor Orla Finn met our readers.\n\nQ: Is the dam safe?\nA: It is. Look at it.\n\n"
        "Q: Since when?\nA: Since June."
    )
    found = [(text[slice(*a.content[0])], a.speaker) for a in Tagger().tag(text, "en").attributions]
    assert found == [("It is. Look at it.", "Orla Finn"), ("Since June.", "Orla Finn")]


@pytest.mark.parametrize("lead", ["PORT VELM, Zembria — ", "6:40 p.m. — "])
def test_a_dateline_or_time_is_no_part_of_what_is_said(lead):
    text = lead + "Rumors of a leak are false, Gov. Orla Finn said."
    (found,) = Tagger().tag(text, "en").attributions
    assert text[slice(*found.content[0])] == "Rumors of a leak are false"
    assert found.speaker == "Orla Finn"


def test_a_headline_that_repeats_quoted_words_is_no_attribution():
    text = (
        "Town ‘robbed politely’, inquiry hears\n\n"
        "‘This town was robbed politely by its own trust,’ Bea Finn said on Monday."
    )
    found = Tagger().tag(text, "en").attributions
    assert all(a.content[0][0] > text.index("\n") for a in found)


def test_single_marks_open_each_paragraph_of_a_quotation():
    text = "Bea Finn said: ‘The town was robbed.\n\n‘It was robbed with a handshake.’"
    (found,) = Tagger().tag(text, "en").attributions
    assert [text[s:e] for s, e in found.content] == [
        "The town was robbed.",
        "It was robbed with a handshake.",
    ]
    assert text[slice(*found.source[0])] == "Bea Finn"


def test_a_turn_of_a_transcript_goes_on_until_the_next_one():
    text = "VOLE: Who came?\n\nTell us all.\n\nGREY: Nobody came.\n\nThe hearing goes on."
    found = [
        [text[s:e] for s, e in a.content]
        for a in Tagger().tag(text, "en").attributions
        if a.rule.startswith("turn")
    ]
    assert found == [["Who came?", "Tell us all."], ["Nobody came."]]


def speakers(text):
    return [a.speaker for a in Tagger().tag(text, "en").attributions]


def test_it_is_a_thing_and_she_a_person():
    text = (
        "The harbour ministry said the port was closed. Orla Finn, the mayor, said it was a "
        "shame. It added that repairs would take a month."
    )
    assert speakers(text) == ["harbour ministry", "Orla Finn", "harbour ministry"]
    text = "Orla Finn said the port was closed. The ministry said it was not. She said it lied."
    assert speakers(text) == ["Orla Finn", "ministry", "Orla Finn"]


def test_they_are_those_described_in_the_plural():
    text = "Officials said the port was closed. They added that repairs would take a month."
    assert speakers(text) == ["Officials", "Officials"]


def test_a_place_is_not_short_for_the_radio_named_after_it():
    text = "Radio Velm said the port was closed. Velm has threatened to expel the agencies."
    assert speakers(text) == ["Radio Velm", "Velm"]


def test_a_titled_name_ends_before_the_party_it_belongs_to():
    text = "Sen. Zorro Quill of the Reef Party said the port was closed."
    assert speakers(text) == ["Zorro Quill"]


def test_a_headline_names_its_speaker_before_a_colon():
    assert reports("Orla Finn: The dam is safe", "headline") == [
        ("The dam is safe", "", "Orla Finn")
    ]
    assert reports("Orla Finn: The dam is safe") == []


@pytest.mark.parametrize(
    "text",
    [
        "The shop sold umbrellas and the rain stopped at noon.",
        "Don't blame the captain.",
        "The ferry was praised in the evening.",
    ],
)
def test_no_report(text):
    assert reports(text) == []


def test_a_quotation_that_goes_on_joins_the_one_before_it():
    text = '"The water rose quickly," she said. "We had no warning."\n\n"Nobody came."'
    found = [[text[s:e] for s, e in a.content] for a in Tagger().tag(text, "en").attributions]
    assert found == [["The water rose quickly", "We had no warning."], ["Nobody came."]]


def test_a_quotation_signed_by_a_name_and_the_turns_of_a_transcript():
    text = "“We slept on the roof.” — Nell Grey\n\nVOLE: Who came?\n\nGREY: Nobody came."
    found = {
        text[slice(*a.content[0])]: text[slice(*a.source[0])]
        for a in Tagger().tag(text, "en").attributions
    }
    assert found == {
        "We slept on the roof.": "Nell Grey",
        "Who came?": "VOLE",
        "Nobody came.": "GREY",
    }


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("The captain SAID nothing.", True),
        ("According to nobody.", True),
        ("The wind was cold.", False),
    ],
)
def test_the_gate_spares_the_parser(text, worth):
    assert rules().may_report(text) is worth


def test_verb_forms():
    data = ({"say": ["said"]}, ["admit"])
    assert verb_forms("say", *data) == {"say", "says", "said", "saying"}
    assert verb_forms("admit", *data) == {"admit", "admits", "admitted", "admitting"}
    assert verb_forms("quip", *data) == {"quip", "quips", "quipped", "quipping"}
    assert verb_forms("deny", *data) == {"deny", "denies", "denied", "denying"}
    assert verb_forms("agree", *data) == {"agree", "agrees", "agreed", "agreeing"}
    assert verb_forms("confess", *data) == {"confess", "confesses", "confessed", "confessing"}
    assert [third(w) for w in ("reply", "survey", "wish")] == ["replies", "surveys", "wishes"]


def test_every_frame_of_the_lexicon_is_known():
    known = {"that", "fronted", "quote", "to", "object to", "ing", "object", "named", "loose"}
    known |= {f"object {preposition}" for preposition in ("of", "for", "as", "over", "on")} | {
        "hearsay"
    }
    used = {f for entries in lexicon().verbs.values() for e in entries for f in e.frames}
    assert used == known
