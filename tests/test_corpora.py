"""The sample corpus: its gold fits its files, and the pre-tagger keeps the level it has reached."""

import json
from pathlib import Path

import pytest

from annotator.reading import read_paths
from annotator.tagging.records import to_record
from annotator.tagging.tagger import Tagger
from tests.scoring import Score, score

CORPORA = Path(__file__).parent.parent / "corpora"
GOLD = {path.stem: path for path in sorted((CORPORA / "gold").glob("*.jsonl"))}

# A little below what the pre-tagger reaches, so that a loss shows and a new rule may cost a hit.
FLOORS = {
    "fr": {"joint": 0.95, "direct": 0.95, "boundaries": 0.985, "segments": 0.97, "speaker": 0.75},
    "en": {"joint": 0.73, "direct": 0.70, "boundaries": 0.985, "segments": 0.97, "speaker": 0.70},
}


def golds(language: str) -> list[dict]:
    return [json.loads(line) for line in GOLD[language].read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def results() -> dict[str, Score]:
    tagger = Tagger()
    return {
        language: score(
            golds(language),
            [
                to_record(gold["id"], gold["text"], tagger.tag(gold["text"]))
                for gold in golds(language)
            ],
        )
        for language in GOLD
    }


@pytest.mark.parametrize("language", GOLD)
def test_the_pre_tagger_keeps_its_level(results: dict[str, Score], language: str) -> None:
    found = results[language]
    reached = {
        "joint": found.joint.f1,
        "direct": found.kinds["direct"].f1,
        "boundaries": found.boundaries.f1,
        "segments": found.segments.f1,
        "speaker": found.speaker.recall,
    }
    below = {name: value for name, value in reached.items() if value < FLOORS[language][name]}
    assert not below


@pytest.mark.parametrize("language", GOLD)
def test_gold_texts_are_the_files(language: str) -> None:
    for gold in golds(language):
        (path,) = (CORPORA / "articles").glob(f"{gold['id']}.*")
        (article,) = read_paths([path])
        assert article.text == gold["text"]


@pytest.mark.parametrize("language", GOLD)
def test_gold_segments_cover_the_text_in_order(language: str) -> None:
    for gold in golds(language):
        text, end = gold["text"], 0
        for segment in gold["segments"]:
            assert not text[end : segment["start"]].strip(), gold["id"]
            end = segment["end"]
        assert not text[end:].strip(), gold["id"]


def test_every_article_is_marked_as_fiction() -> None:
    for path in (CORPORA / "articles").iterdir():
        assert "fiction" in path.read_text(encoding="utf-8").lower(), path.name


def test_the_corpus_is_as_large_as_the_readme_says() -> None:
    assert len(golds("fr")) >= 8
    assert len(golds("en")) >= 4
