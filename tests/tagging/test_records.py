"""The pre-tag record: there and back, and what is refused."""

import json

import pytest

from annotator.errors import AnnotatorError
from annotator.model import Article, Attribution, Segment, Tagging
from annotator.tagging.claims import claims
from annotator.tagging.records import RECORD_TAGGER, from_record, to_record

TEXT = "Brévault 🇫🇷\n\nSelon Lise Orvel, « il pleut »."
SEGMENTS = (Segment(0, 11, "headline"), Segment(13, len(TEXT), "sentence"))
QUOTED = Attribution(
    content=((TEXT.index("il"), TEXT.index(" »")),),
    kind="direct",
    cue=((13, 18),),
    source=((19, 29),),
    speaker="Lise Orvel",
    speaker_type="person",
    rule="selon + name",
)


def tagging(model="model 1.0"):
    article = Article(TEXT).id
    found = claims(article, TEXT, SEGMENTS, [QUOTED], None)
    return Tagging(article, "fr", model, RECORD_TAGGER, SEGMENTS, (QUOTED,), found)


def record():
    return json.loads(json.dumps(to_record("page 3", TEXT, tagging())))


@pytest.mark.parametrize("model", ["model 1.0", None])
def test_a_record_gives_back_what_was_written(model):
    written = json.loads(json.dumps(to_record("page 3", TEXT, tagging(model))))
    article, read = from_record(written)
    assert read == tagging(model)
    assert (article.text, article.name, article.about.language) == (TEXT, "page 3", "fr")


def test_the_shape_of_a_record():
    written = record()
    assert list(written) == [
        "id", "language", "model", "text", "segments", "attributions", "claims",
    ]  # fmt: skip
    assert written["segments"][0] == {"start": 0, "end": 11, "kind": "headline"}
    assert list(written["attributions"][0]) == [
        "id", "content", "cue", "source", "speaker", "speaker_type", "via", "kind", "rule",
    ]  # fmt: skip
    assert written["attributions"][0]["cue"] == [[13, 18]]
    assert list(written["claims"][0]) == [
        "id", "start", "end", "segment", "voice", "attributions", "walk",
    ]  # fmt: skip


def test_an_article_without_a_name_is_named_by_its_hash():
    written = to_record(None, TEXT, tagging())
    assert written["id"] == Article(TEXT).id
    assert from_record(written)[0].name is None


BROKEN = [
    (["text"], 3, "'text' is not str"),
    (["text"], "\ud800", "not valid Unicode"),
    (["model"], 1, "'model' is not str or null"),
    (["extra"], 1, "unknown field 'extra'"),
    (["segments", 0, "kind"], "poem", "'poem' is not one of"),
    (["segments", 0, "start"], True, "'start' is not int"),
    (["segments", 0, "end"], 5, "no segment covers the text from 5"),
    (["segments", 0, "end"], 10, "cuts a character"),
    (["segments", 1, "start"], 5, "overlaps the segment before"),
    (["segments", 1, "end"], 999, "not within the text"),
    (["segments", 1, "end"], 40, "after the last segment: no segment covers"),
    (["attributions", 0, "content"], [], "'content' is empty"),
    (["attributions", 0, "content"], [[5, 3]], "not within the text"),
    (["attributions", 0, "cue"], [[1]], "not a pair of offsets"),
    (["attributions", 0, "cue"], [], "'id' is not that of its spans"),
    (["attributions", 0, "kind"], "loud", "'loud' is not one of"),
    (["attributions", 0, "speaker_type"], "dog", "'dog' is not one of"),
    (["claims", 0, "segment"], 7, "there is no segment 7"),
    (["claims", 0, "segment"], 1, "not within its segment"),
    (["claims", 0, "attributions"], [4], "there is no attribution 4"),
    (["claims", 0, "attributions"], [0], "'id' is not that of its offsets"),
    (["claims", 0, "voice"], "choir", "'choir' is not one of"),
    (["claims", 0, "walk"], 1, "'walk' is not bool"),
]


@pytest.mark.parametrize(("place", "value", "message"), BROKEN)
def test_a_broken_record_is_refused_with_its_name_and_the_place(place, value, message):
    broken = record()
    target = broken
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    with pytest.raises(AnnotatorError) as refused:
        from_record(broken)
    assert message in str(refused.value)
    assert str(refused.value).startswith("record 'page 3'")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("place", [["id"], ["claims"], ["claims", 0, "id"], ["segments", 0, "end"]])
def test_a_missing_field_is_refused(place):
    broken = record()
    target = broken
    for key in place[:-1]:
        target = target[key]
    del target[place[-1]]
    with pytest.raises(AnnotatorError, match=f"'{place[-1]}' is missing"):
        from_record(broken)


@pytest.mark.parametrize("data", [None, [], "record", 3, {"segments": 1}])
def test_what_is_no_record_is_refused(data):
    with pytest.raises(AnnotatorError):
        from_record(data)
