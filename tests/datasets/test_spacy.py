"""spaCy's binary documents, opened by spaCy, which learns from them."""

import pytest
import spacy
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.tokens import DocBin

from annotator import datasets
from annotator.datasets import Choice
from annotator.datasets.tokens import tokenized
from annotator.model import Article, Claim, Segment, Tagging, claim_id
from annotator.store import open_project
from tests.datasets.conftest import QUOTATION, answer, judge

SHORT = {
    "training.max_steps": 40,
    "training.eval_frequency": 20,
    "training.optimizer.learn_rate": 0.05,
}


def docs(folder):
    nlp = spacy.blank("xx")
    for path in sorted(folder.glob("*.spacy")):
        yield from DocBin().from_disk(path).get_docs(nlp.vocab)


def one_doc(folder, who):
    (found,) = [one for one in docs(folder) if one.user_data["annotator"]["reviewer"] == who]
    return found


@pytest.fixture
def french(project, tmp_path):
    """Everybody's answers on the French article, which is in the training split."""
    datasets.export(project, "spacy", tmp_path / "out", Choice(names=True))
    return tmp_path / "out" / "fr"


def words(spans):
    return [(span.text, span.label_) for span in spans]


def test_spans_of_an_article(french):
    doc = one_doc(french / "spans" / "train", "Ada Brun")
    assert words(doc.spans["contents"]) == [("Le pont est sûr", "content")]
    assert words(doc.spans["sources"]) == [("la maire Zoé Lantier", "source")]
    (speaker,) = doc.spans["speakers"]
    assert (speaker.text, speaker.label_, speaker.kb_id_) == (
        "la maire Zoé Lantier", "person", "Zoé Lantier",
    )  # fmt: skip
    assert {span.label_ for span in doc.spans["sc"]} == {"content", "cue", "source"}
    assert words(doc.spans["loaded_words"]) == [("sûr", "partisan_framing")]
    assert QUOTATION in {span.id_ for span in doc.spans["claims"]}


def test_relations_name_spans_by_group_and_place(french):
    doc = one_doc(french / "spans" / "train", "Ada Brun")
    told = set()
    for one in doc.user_data["annotator"]["relations"]:
        ends = [doc.spans[key][place].text for key, place in (one["head"], one["child"])]
        told.add((one["label"], *ends))
    assert ("source", "la maire Zoé Lantier", "Le pont est sûr") in told
    assert ("carries", "sûr", "Le pont est sûr") in told
    assert ("part_of", "Le pont est sûr", "Le pont est sûr") in told


def test_a_claim_has_every_label_of_a_question(french):
    found = {
        doc.user_data["annotator"]["reviewer"]: doc
        for doc in docs(french / "claims-rhetoric" / "train")
        if doc.user_data["annotator"]["claim_id"] == QUOTATION
    }
    assert found["Ada Brun"].cats == {"partisan_framing": 1.0, "sarcasm": 0.0}
    assert found["Bo Dahl"].cats == {"partisan_framing": 1.0, "sarcasm": 1.0}
    assert found["Ça"].cats == {"partisan_framing": 0.0, "sarcasm": 0.0}
    assert found["Ça"].text == "Le pont est sûr"
    assert found["Ada Brun"].user_data["annotator"]["answer"]["target"] == "la préfecture"


def test_claims_without_an_answer_are_no_example(project, tmp_path):
    with open_project(tmp_path / "begun.db") as begun:
        begun.add([news(0)], "Ada Brun")
        (claim,) = news(0)[1].claims
        judge(begun, "Ada Brun", claim.id, answer(note="to do"))
        datasets.export(begun, "spacy", tmp_path / "out", Choice(shares=(100, 0, 0)))
    assert list((tmp_path / "out" / "en" / "spans").rglob("*.spacy"))
    assert not list((tmp_path / "out" / "en" / "claims-veracity").rglob("*.spacy"))


def news(number):
    """An article of one claim, which is the kind of text that its number says."""
    said = ("dogs bark", "cats purr")[number % 2]
    text = f"It is said in street {number} that {said} at night."
    article = Article(text)
    one = Claim(claim_id(article.id, 0, len(text), False), 0, len(text), 0, "narrator")
    segments = (Segment(0, len(text), "sentence"),)
    return article, Tagging(article.id, "en", None, "1", segments, (), (one,))


def test_spacy_train_learns_from_the_claims(tmp_path):
    with open_project(tmp_path / "annotations.db") as project:
        project.add([news(number) for number in range(40)], "Ada Brun")
        for number in range(40):
            (claim,) = news(number)[1].claims
            judge(project, "Ada Brun", claim.id, answer(("verified", "disputed")[number % 2]))
        folder = tmp_path / "out"
        datasets.export(project, "spacy", folder, Choice(who="final", shares=(60, 20, 20)))
    place = folder / "en" / "claims-veracity"
    config = init_config(lang="en", pipeline=["textcat"], gpu=False, silent=True)
    config.to_disk(tmp_path / "config.cfg")
    paths = {"paths.train": str(place / "train"), "paths.dev": str(place / "dev")}
    train(tmp_path / "config.cfg", tmp_path / "model", overrides=SHORT | paths)
    nlp = spacy.load(tmp_path / "model" / "model-best")
    unseen = list(docs(place / "test"))
    assert unseen
    for doc in unseen:
        learnt = nlp(doc.text).cats
        assert max(learnt, key=learnt.get) == max(doc.cats, key=doc.cats.get)


def test_languages_that_spacy_does_not_serve_are_taken_apart_all_the_same():
    for language in ("qqq", "ja", "", "../en", "en.tokenizer"):
        assert tokenized("Ano, ne.", language).words("Ano, ne.") == ["Ano", ",", "ne", "."]


@pytest.mark.parametrize("run", ["(" * 30_000, "l'" * 15_000, "é" * 30_000, ")" * 30_000])
def test_a_run_without_spaces_stays_whole_text(run):
    text = f"Le pont {run} est sûr."
    tokens = tokenized(text, "fr")
    assert tokens.doc(text).text == text
    assert tokens.words(text)[-3:] == ["est", "sûr", "."]


def test_spacys_serializer_is_left_as_it_was(project, tmp_path):
    from srsly.msgpack import msgpack_encoders

    before = msgpack_encoders.get_all()
    datasets.export(project, "spacy", tmp_path / "out")
    assert "get_all" not in vars(msgpack_encoders)
    assert msgpack_encoders.get_all() == before
