"""Time correcting the tags of a long article: python -m tests.benchmarks.correction [--sentences N]

For each correction and for reading the tags after it: milliseconds of CPU in an article of so many
sentences, over those in one of 20 sentences, and over making everything from the log again.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.model import Article, Attribution, Segment, Tagging
from annotator.review.session import Session
from annotator.store import open_project
from annotator.tagging.claims import claims

SHORT, REPEATS = 20, 7
SAID = "Le maire numéro {0} a dit que la digue {0} tiendra demain matin."
TOLD = "La pluie est tombée sur la ville pendant {0} jours entiers."


def main() -> None:
    """Print what corrections cost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sentences", type=int, default=10_000)
    count = parser.parse_args().sentences
    with tempfile.TemporaryDirectory() as folder:
        long, again = measured(Path(folder) / "long.db", count)
        short, _ = measured(Path(folder) / "short.db", SHORT)
    print(f"rebuild  {again:7.1f} ms for {count:,} sentences")
    for name, spent in long.items():
        print(
            f"{name:<8} {spent:7.1f} ms, {spent / short[name]:6.1f} times that of {SHORT}"
            f" sentences, {spent / again:.2f} of a rebuild"
        )


def measured(path: Path, count: int) -> tuple[dict[str, float], float]:
    """Return the milliseconds of each correction, and of making everything again."""
    article, tagging = made(count)
    spent: dict[str, list[float]] = {}
    with open_project(path) as project:
        project.add([(article, tagging)], "Ada")
        session = Session(project, "Ada")
        session.correct_kind(article.id, tagging.attributions[0], "mixed")
        for turn in range(REPEATS):
            for name, act in acts(session, article, 1 + turn):
                spent.setdefault(name, []).append(milliseconds(act))
                read = milliseconds(lambda: session.tagging(article.id))
                spent.setdefault("read", []).append(read)
        rebuilt = milliseconds(project.rebuild)
    return {name: statistics.median(some) for name, some in spent.items()}, rebuilt


def acts(
    session: Session, article: Article, turn: int
) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield one correction of each kind, by name, at some place of the article."""

    def tag() -> Attribution:
        shown = session.tagging(article.id).attributions
        return shown[turn % len(shown)]

    one = tag()
    yield "speaker", lambda: session.correct_speaker(article.id, one, f"Zoé {turn}")
    two = tag()
    start, end = two.content[0]
    yield "content", lambda: session.correct_spans(article.id, two, "content", [(start + 4, end)])
    yield "undo", session.undo
    three = tag()
    yield "remove", lambda: session.remove_attribution(article.id, three)
    last = article.text.rindex("pendant")
    yield "split", lambda: session.split_segment(article.id, last)
    middle = article.text.index("pendant", len(article.text) // 2)
    yield "shift", lambda: session.split_segment(article.id, middle)
    session.undo()
    session.undo()


def made(count: int) -> tuple[Article, Tagging]:
    """Return an article of so many sentences, every second of them with an attribution."""
    segments, attributions, lines, start = [], [], [], 0
    for number in range(count):
        line = (SAID if number % 2 else TOLD).format(number)
        segments.append(Segment(start, start + len(line), "sentence"))
        if number % 2:
            said, at = start + line.index("que"), start + line.index("a dit")
            content, cue = ((said, start + len(line) - 1),), ((at, at + 5),)
            source, name = ((start, at - 1),), f"Maire {number % 7}"
            attributions.append(Attribution(content, "indirect", cue, source, name, "person"))
        lines.append(line)
        start += len(line) + 1
    article = Article(" ".join(lines))
    found = claims(article.id, article.text, segments, attributions, None)
    return article, Tagging(
        article.id, "fr", None, "1", tuple(segments), tuple(attributions), found
    )


def milliseconds(work: Callable[[], object]) -> float:
    """Return the CPU time of some work."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
