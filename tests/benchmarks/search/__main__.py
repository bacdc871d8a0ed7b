"""Time finding things in a large project: python -m tests.benchmarks.search [--sentences N]

search   milliseconds to the first 50 results, over those of a plain FTS5 query for the same words
         in a table that has nothing but the sentences; a second page; the next match on the walk
filter   milliseconds to the next claim of a filter, to all of them, and to the articles with one
opening  milliseconds to read the tagging of an article of 20,000 claims, over parsing its JSON
add      seconds to add all articles, and the longest that anybody else had to wait meanwhile

The words are made up, and as unevenly frequent as those of a language.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from annotator.model import (
    About,
    Article,
    Attribution,
    Claim,
    Judgement,
    Segment,
    Tagging,
    claim_id,
)
from annotator.store import ClaimFilter, Project, judgement_to_body, open_project, parse_filter
from annotator.store.codec import tagging_from_row, tagging_to_row

SYLLABLES = "ba dé ri mo lan ter qui sé vé tion ment pré con ra lu po nai ger fa ci œu".split()
PEOPLE = [f"{first} {last}" for first in ("Ana", "Luc", "Éva") for last in ("Brovic", "Temperel")]
WORDS = 30_000
PER_SENTENCE = 20
PER_ARTICLE = 40
BATCH = 50
JUDGED = 2_000
FIRST = 50
REPEATS = 9
LABELS = ("verified", "disputed", "unverified")
FILTERS = (
    "voice:mixed", "speaker:temperel voice:direct", "label:disputed missing:evidence", "is:flagged",
    'is:unseen outlet:"gazette 9"', 'outlet:"gazette 11" is:unsure',
)  # fmt: skip
Result = TypeVar("Result")


def main() -> None:
    """Build a project and a plain table, and print what finding costs in each."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sentences", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="folder for the files, to be used again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        run(arguments.keep or Path(folder), arguments.sentences)


def run(folder: Path, sentences: int) -> None:
    """Print all the figures for so many sentences."""
    words = vocabulary()
    path, plain_path = folder / f"{sentences}.db", folder / f"{sentences}.plain.db"
    if not plain_path.exists():
        build(path, plain_path, words, sentences)
    plain = sqlite3.connect(plain_path)
    with open_project(path) as project:
        search(project, plain, words)
        filters(project)
    plain.close()
    opening(folder / "long.db")


# --- what is measured ---------------------------------------------------------------------------


def search(project: Project, plain: sqlite3.Connection, words: list[str]) -> None:
    """Compare the first results with those of a plain query."""
    queries = {
        "common word": f'"{words[3]}"',
        "rare word": f'"{words[9000]}"',
        "beginning": words[9000][:5],
        "short beginning": words[300][:3],
        "two words": f"{words[40]} {words[700]}",
        "phrase": f'"{words[1]} {words[2]}"',
        "nothing": "zzyzx",
    }
    start = project.page("ana", project.count("ana") // 2, 1)[0].id
    for name, text in queries.items():
        match = text if '"' in text else " ".join(f'"{word}"' for word in text.split()) + "*"
        theirs = milliseconds(lambda match=match: first_plain(plain, match))
        wanted = ClaimFilter(words=text)
        ours = milliseconds(lambda wanted=wanted: project.finder.search("ana", wanted, FIRST))
        found = project.finder.search("ana", wanted, FIRST)
        last = found[-1] if found else None
        more = milliseconds(
            lambda wanted=wanted, at=last: project.finder.search("ana", wanted, FIRST, at)
        )
        step = milliseconds(
            lambda wanted=wanted: project.finder.next_match("ana", wanted, start, None)
        )
        print(
            f"search   {ours - theirs:+7.1f} ms over plain FTS5, {name} ({ours:.1f} against"
            f" {theirs:.1f}; second page {more:.1f}, next match {step:.1f};"
            f" {project.finder.count('ana', wanted):,} claims)"
        )


def filters(project: Project) -> None:
    """Time filters that find something early, late or never."""
    start = project.page("ana", 0, 1)[0].id
    for text in FILTERS:
        wanted = parse_filter(text)
        step = milliseconds(
            lambda wanted=wanted: project.finder.next_match("ana", wanted, start, None)
        )
        number, all_of_them = once(lambda wanted=wanted: project.finder.count("ana", wanted))
        articles, listed = once(lambda text=text: project.count("ana", text))
        print(
            f"filter   {step:7.1f} ms to the next one, {text} ({all_of_them:.0f} ms for all"
            f" {number:,}, {listed:.0f} ms for their {articles:,} articles)"
        )
    print(f"filter   {milliseconds(lambda: project.finder.totals('ana')):7.1f} ms for the totals")
    speakers = milliseconds(lambda: project.finder.speakers("ana", "te"))
    print(f"filter   {speakers:7.1f} ms for speakers")


def opening(path: Path) -> None:
    """Compare reading a long article's tagging with parsing the JSON it is kept in."""
    path.unlink(missing_ok=True)
    rng = random.Random(7)
    lines = [f"Phrase {number} du rapport." for number in range(10_000)]
    article, tagging = made(lines, rng, quoted=1, outlet="Gazette")
    row = tagging_to_row(tagging)
    with open_project(path) as project:
        project.add([(article, tagging)], "ana")
        ours = milliseconds(lambda: tagging_from_row(row))
        bare = milliseconds(
            lambda: [json.loads(one) for one in (row.segments, row.attributions, row.claims)]
        )
        claim = milliseconds(lambda: project.claim(tagging.claims[-1].id))
    print(
        f"opening  {ours:7.1f} ms for a tagging of {len(tagging.claims):,} claims ({bare:.1f} for"
        f" parsing alone; {claim:.1f} for one claim of it)"
    )


def first_plain(plain: sqlite3.Connection, match: str) -> None:
    """Ask the plain table for the first results."""
    plain.execute(
        "SELECT rowid, text FROM sentences WHERE sentences MATCH ? ORDER BY rowid LIMIT ?",
        (match, FIRST),
    ).fetchall()


def milliseconds(work: Callable[[], object]) -> float:
    """Return the median time of some work."""
    return statistics.median(once(work)[1] for _ in range(REPEATS))


def once(work: Callable[[], Result]) -> tuple[Result, float]:
    """Return the result of some work and its milliseconds."""
    started = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - started) * 1000


# --- what it is measured on ---------------------------------------------------------------------


def vocabulary() -> list[str]:
    """Return made-up words, the most frequent first, which are the short ones."""
    rng = random.Random(1)
    made_up: dict[str, None] = {}
    while len(made_up) < WORDS:
        made_up["".join(rng.choices(SYLLABLES, k=rng.randint(1, 5)))] = None
    return sorted(made_up, key=len)


def build(path: Path, plain_path: Path, words: list[str], sentences: int) -> None:
    """Fill a project and a plain table with the same sentences."""
    rng = random.Random(2)
    weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(words))))
    plain = sqlite3.connect(plain_path)
    plain.execute("CREATE VIRTUAL TABLE sentences USING fts5 (text)")
    spent = longest = 0.0
    with open_project(path) as project:
        for batch in batches(words, weights, sentences, rng):
            for article, _ in batch:
                lines = ((line,) for line in article.text.split("\n"))
                plain.executemany("INSERT INTO sentences (text) VALUES (?)", lines)
            for one in batch:
                _, took = once(lambda one=one: project.add([one], "ana"))
                spent, longest = spent + took, max(longest, took)
        judge(project, rng)
        print(
            f"add      {spent / 1000:7.1f} s for {sentences:,} sentences, {longest:.0f} ms for the"
            f" slowest article ({path.stat().st_size / 1e6:,.0f} MB)"
        )
    plain.commit()
    plain.close()


def batches(
    words: list[str], weights: list[float], sentences: int, rng: random.Random
) -> Iterator[list[tuple[Article, Tagging]]]:
    """Yield articles with their taggings, some at a time."""
    batch = []
    for number in range(sentences // PER_ARTICLE):
        lines = [
            " ".join(rng.choices(words, cum_weights=weights, k=PER_SENTENCE)) + "."
            for _ in range(PER_ARTICLE)
        ]
        batch.append(made(lines, rng, quoted=0.2, outlet=f"Gazette {number % 100}"))
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def made(
    lines: list[str], rng: random.Random, quoted: float, outlet: str
) -> tuple[Article, Tagging]:
    """Return an article of these sentences; of some of them a part is said by somebody."""
    article = Article("\n".join(lines), About(outlet=outlet))
    segments, attributions, claims = [], [], []
    start = 0
    for place, line in enumerate(lines):
        end = start + len(line)
        segments.append(Segment(start, end, "sentence"))
        identity = claim_id(article.id, start, end, False)
        said = rng.random() < quoted
        claims.append(Claim(identity, start, end, place, "narrator", (), not said))
        if said:
            content = (start + 2, end - 2)
            speaker = rng.choice(PEOPLE)
            attributions.append(Attribution((content,), "direct", (), (), speaker, "person"))
            identity = claim_id(article.id, *content, True)
            last = (len(attributions) - 1,)
            claims.append(Claim(identity, *content, place, "direct", last))
        start = end + 1
    parts = (tuple(segments), tuple(attributions), tuple(claims))
    return article, Tagging(article.id, "fr", None, "0", *parts)


def judge(project: Project, rng: random.Random) -> None:
    """Judge some claims here and there."""
    articles = list(project.article_ids())
    for _ in range(JUDGED):
        claim = rng.choice(list(project.claims(rng.choice(articles)))).claim.id
        labels = {"veracity": (rng.choice(LABELS),)}
        body = judgement_to_body(Judgement(labels, unsure=rng.random() < 0.01))
        project.append("ana", "judge", claim, body)
        if rng.random() < 0.005:
            project.append("ana", "flag", claim, {"note": "à revoir"})


if __name__ == "__main__":
    main()
