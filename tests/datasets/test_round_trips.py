"""Whatever is marked in a text is where it was when another program opens it."""

import json
from itertools import pairwise

import spacy
from hypothesis import given
from spacy.tokens import DocBin

from annotator import datasets
from annotator.datasets import Choice
from tests.datasets.generated import FEW, PEOPLE, made, project_of
from tests.datasets.opened import EXACT, lines

NAMED = Choice(names=True)
SPACY_KEYS = {
    "contents": "content", "cues": "cue", "sources": "source", "claims": "claim",
}  # fmt: skip


@FEW
@given(made())
def test_exact_formats_carry_every_span(made):
    with project_of(made) as (project, place):
        for name, read in EXACT.items():
            datasets.export(project, name, place / name, NAMED)
            for person in PEOPLE:
                found = sorted(read(place / name, made.article, person))
                assert found == made.marked(person), name


@FEW
@given(made())
def test_formats_of_tokens_carry_every_span_widened_to_whole_tokens(made):
    with project_of(made) as (project, place):
        told = {
            name: datasets.export(project, name, place / name, NAMED).losses
            for name in ("spacy", "prodigy")
        }
        docs = {doc.user_data["annotator"]["reviewer"]: doc for doc in spacy_docs(place / "spacy")}
        tasks = {one["_annotator_id"]: one for one in lines(place / "prodigy" / "spans.jsonl")}
    for person in PEOPLE:
        doc, task = docs[person], tasks[person]
        assert doc.text == task["text"] == made.article.text
        wanted = sorted(
            (what, place)
            for what, spans in made.marked(person)
            for place in (covered(doc, span) for span in spans)
            if place is not None
        )
        assert sorted(spacy_spans(doc)) == wanted
        assert sorted(prodigy_spans(doc, task)) == wanted
        assert exact(doc) == [
            [list(map(list, spans)) for spans in (one.content, one.cue, one.source)]
            for one in made.tagging.attributions
        ]
        moved = any(
            covered(doc, span) not in (span, None)
            for _, spans in made.marked(person)
            for span in spans
        )
        assert not moved or all("inside of tokens" in one for one in told.values())


def exact(doc):
    """The unchanged places of content, cue and source in the user data."""
    told = json.loads(json.dumps(doc.user_data["annotator"]))
    return [[one["content"], one["cue"], one["source"]] for one in told["attributions"]]


def covered(doc, span):
    """The whole tokens that a stretch of text touches, found one by one."""
    inside = [token for token in doc if token.idx < span[1] and token.idx + len(token) > span[0]]
    return (inside[0].idx, inside[-1].idx + len(inside[-1])) if inside else None


def spacy_docs(folder):
    nlp = spacy.blank("xx")
    for path in sorted(folder.glob("*/spans/*/*.spacy")):
        yield from DocBin().from_disk(path).get_docs(nlp.vocab)


def spacy_spans(doc):
    for key, what in SPACY_KEYS.items():
        for span in doc.spans[key]:
            yield what, (span.start_char, span.end_char)
    for span in doc.spans["loaded_words"]:
        yield span.label_, (span.start_char, span.end_char)


def prodigy_spans(doc, task):
    for one, after in pairwise(task["tokens"]):
        assert one["end"] + one["ws"] == after["start"]
    for one in task["spans"]:
        span = doc.char_span(one["start"], one["end"])
        assert (span.start, span.end - 1) == (one["token_start"], one["token_end"])
        assert task["tokens"][span.start]["start"] == one["start"]
        yield one["label"].removeprefix("words: "), (one["start"], one["end"])
