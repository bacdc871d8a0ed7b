"""Time the agreement figures against NumPy: python -m tests.benchmarks.agreement [--claims N]

alpha   one coefficient of one axis with its interval, from ratings to figure
table   every coefficient on labels (not on marked words) with its interval, from ratings to report
words   the whole report with marked words: seconds only

Both sides start from the same list of ratings, run interleaved in one process, and their values
are checked against each other; ratios are medians of processor time.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from annotator.review.agreement import Nominal
from annotator.review.bootstrap import Block, Figure, Formula, Plan, Tally
from annotator.review.questions import answer_items
from annotator.review.ratings import Rating, cases
from annotator.review.report import agreement
from annotator.scheme import default_scheme
from tests.benchmarks.agreement import vectors

SCHEME = default_scheme()
AXES = {axis.id: tuple(label.id for label in axis.labels) for axis in SCHEME.axes}


def main() -> None:
    """Run each part over ten articles or more, then over fewer, and print the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=5000)
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--resamples", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    for articles in (200, 5):
        ratings = made(articles, arguments.claims, arguments.people)
        bare = [replace(one, spans=(), extent=(0, 0)) for one in ratings]
        compare(bare, articles, arguments.resamples, arguments.runs)
        seconds = timed(lambda: agreement(ratings, SCHEME, resamples=arguments.resamples))  # noqa: B023
        print(f"words  {drawn(articles)}: {seconds:.2f} s for the whole report")


def compare(ratings: Sequence[Rating], articles: int, resamples: int, runs: int) -> None:
    """Print how much longer than NumPy one alpha, and the whole table, take."""
    by_article = articles >= 10
    labels = AXES["veracity"]
    sides: dict[str, tuple[Callable[[], object], Callable[[], object]]] = {
        "alpha": (
            lambda: alpha(ratings, articles, resamples),
            lambda: vectors.alpha(ratings, "veracity", labels, by_article, resamples),
        ),
        "table": (
            lambda: agreement(ratings, SCHEME, resamples=resamples),
            lambda: vectors.table(ratings, AXES, by_article, resamples),
        ),
    }
    check(alpha(ratings, articles, resamples), sides["alpha"][1]())
    for name, (ours, theirs) in sides.items():
        pairs = [(timed(ours), timed(theirs)) for _ in range(runs)]
        mine, numpy = (statistics.median(some) for some in zip(*pairs, strict=True))
        times = f"{mine:.2f} s against {numpy:.2f} s"
        print(f"{name}  {drawn(articles)}: {mine / numpy:.1f} x NumPy ({times})")


def alpha(ratings: Sequence[Rating], articles: int, resamples: int) -> Figure:
    """Return alpha of the veracity axis alone, by the package's own parts."""
    found = cases(ratings)
    people = sorted({one.reviewer for one in ratings})
    place = {name: n for n, name in enumerate(sorted({one.article_id for one in ratings}))}
    groups = (
        [place[case.article_id] for case in found] if articles >= 10 else list(range(len(found)))
    )
    nominal = Nominal([(label,) for label in AXES["veracity"]], len(people))
    formula = Formula("alpha", nominal.alpha, nominal.size)
    items = answer_items(found, groups, SCHEME.axes[0], people)
    tally = Tally(items, (Block(nominal.row, nominal.width, (formula,)),))
    return Plan(max(groups) + 1, "articles", resamples=resamples).figures([tally])[0]


def check(ours: Figure, theirs: object) -> None:
    """Stop where the two sides do not compute the same."""
    assert isinstance(theirs, tuple) and ours.value is not None and ours.low is not None
    assert abs(ours.value - theirs[0]) < 1e-9, (ours, theirs)
    # Different random numbers: the ends of the intervals agree to within the drawing's own noise.
    assert abs(ours.low - theirs[1]) < 0.01, (ours, theirs)


def made(articles: int, claims: int, people: int) -> list[Rating]:
    """Return invented ratings in which people mostly, not always, see the same."""
    rng = random.Random(3)
    values = AXES["veracity"]
    ratings = []
    for claim in range(claims):
        truth = rng.choices(values, (4, 2, 3, 1))[0]
        framed = {"partisan_framing": rng.random() < 0.25, "sarcasm": rng.random() < 0.08}
        start = 200 * (claim // articles)
        for person in range(people):
            value = truth if rng.random() < 0.75 else rng.choice(values)
            chosen = tuple(
                label for label, true in framed.items() if rng.random() < (0.8 if true else 0.05)
            )
            spans = tuple((label, words(rng, start)) for label in chosen)
            ratings.append(
                Rating(
                    f"article {claim % articles}",
                    f"claim {claim}",
                    f"reviewer {person}",
                    {"veracity": (value,), "rhetoric": chosen},
                    spans,
                    (start, start + 150),
                )
            )
    return ratings


def words(rng: random.Random, start: int) -> tuple[int, int]:
    """Return a stretch of words inside a claim."""
    begin = start + rng.randrange(0, 60, 10)
    return begin, begin + rng.choice((8, 16))


def drawn(articles: int) -> str:
    """Return what is drawn with so many articles."""
    return f"{articles} articles drawn" if articles >= 10 else "claims drawn"


def timed(call: Callable[[], object]) -> float:
    """Return the seconds of processor time a call takes."""
    begin = time.process_time()
    call()
    return time.process_time() - begin


if __name__ == "__main__":
    main()
