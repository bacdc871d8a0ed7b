"""The whole way from a text to its tagging; all people and places are invented."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import Tagging, digest
from annotator.tagging.tagger import TAGGER_VERSION, Tagger

ARTICLE = """Valiez : la criée fermera, selon le maire

Le maire de Valiez, Paul Roux, a annoncé mardi que la criée fermerait « avant l’été ». « Nous n’avons plus le choix.

La ville n’a plus d’argent », a-t-il expliqué. « C’est fini. »

Le syndicat rappelle que :
- la criée emploie trente personnes ;
- aucune étude n’a été faite.
"""


def _tag(text: str, language: str | None = None) -> Tagging:
    return Tagger().tag(text, language)


def _slices(text: str, spans) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_an_article_is_tagged_as_a_whole():
    tagging = _tag(ARTICLE)
    assert (tagging.article_id, tagging.language) == (digest(ARTICLE), "fr")
    assert tagging.model and tagging.model.startswith("fr_core_news_")
    assert tagging.tagger == TAGGER_VERSION
    found = [(a.kind, _slices(ARTICLE, a.content), a.speaker) for a in tagging.attributions]
    assert found == [
        ("indirect", ["la criée fermera"], "Paul Roux"),
        ("mixed", ["la criée fermerait « avant l’été"], "Paul Roux"),
        ("direct", ["Nous n’avons plus le choix.", "La ville n’a plus d’argent"], "Paul Roux"),
        ("direct", ["C’est fini."], "Paul Roux"),
        (
            "indirect",
            ["la criée emploie trente personnes", "aucune étude n’a été faite."],
            "syndicat",
        ),
    ]


def test_every_attribution_names_its_rule_and_has_claims():
    tagging = _tag(ARTICLE)
    assert all(a.rule for a in tagging.attributions)
    named = {n for claim in tagging.claims for n in claim.attributions}
    assert named == set(range(len(tagging.attributions)))


def test_a_headline_shares_the_speaker_of_the_words_it_quotes():
    text = (
        "La criée « ferme pour toujours » à Valiez\n\n"
        "« La criée ferme pour toujours », a déclaré Paul Roux."
    )
    first, second = _tag(text, "fr").attributions
    assert (first.kind, first.speaker, second.speaker) == ("mixed", "Paul Roux", "Paul Roux")


def test_interview_answers_are_direct():
    text = (
        "Paul Roux a reçu notre rédaction à la mairie de Valiez lundi.\n\n"
        "— Pourquoi fermer la criée ?\n— Parce que la ville n’a plus d’argent.\n"
        "— Que répondez-vous aux pêcheurs ?\n— Que je les comprends.\n"
    )
    answers = [a for a in _tag(text, "fr").attributions if a.rule == "answer in an interview"]
    assert [_slices(text, a.content) for a in answers] == [
        ["Parce que la ville n’a plus d’argent."],
        ["Que je les comprends."],
    ]
    assert {a.speaker for a in answers} == {"Paul Roux"}


def test_scare_quotes_are_no_attribution():
    text = "Les « gilets verts » ont défilé. La mission « Aurore » partira en mai."
    assert _tag(text, "fr").attributions == ()


def test_a_coordinated_quotation_belongs_to_the_one_before():
    text = "Le ministre a dénoncé « une campagne de haine » et « des mensonges répétés »."
    (only,) = _tag(text, "fr").attributions
    assert _slices(text, only.content) == ["une campagne de haine", "des mensonges répétés"]


def test_a_live_blog_time_is_no_part_of_what_is_said():
    text = "DIRECT. Grève au port\n\n18h40 – 300 marcheurs selon la préfecture.\n"
    (only,) = _tag(text, "fr").attributions
    assert _slices(text, only.content) == ["300 marcheurs"]


def test_a_language_without_model_still_gives_direct_quotations():
    tagging = _tag("Der Bürgermeister sagte: „Wir gehen morgen nach Hause.“ Dann ging er.", "de")
    assert tagging.model is None
    (only,) = tagging.attributions
    assert only.kind == "direct" and only.speaker is None
    assert len(tagging.segments) == 2


def test_a_script_without_spaces_has_quotations_too():
    text = "彼は「明日の朝に行きます」と言った。"
    (only,) = _tag(text, "ja").attributions
    assert _slices(text, only.content) == ["明日の朝に行きます"]


def test_degenerate_text_is_quick_and_harmless():
    for text in ("", " \n ", "(" * 20_000, "l'" * 10_000, "« " * 3000, "a" * 50_000):
        assert _tag(text, "fr").attributions == ()


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="Le maire dit que «»\"“”.,:;—-\n…'’é()@#", max_size=120))
def test_any_text_gives_spans_that_lie_in_it(text: str):
    for attribution in _tag(text, "fr").attributions:
        for role in (attribution.content, attribution.cue, attribution.source):
            assert all(0 <= start < end <= len(text) for start, end in role)
        assert attribution.content
