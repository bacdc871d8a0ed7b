"""From reviewers' ratings to the table of agreement: every figure, with interval and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from annotator.review.agreement import Rights
from annotator.review.bootstrap import (
    RESAMPLES,
    SEED,
    Block,
    Figure,
    Formula,
    Items,
    Plan,
    Progress,
    Sums,
    Tally,
)
from annotator.review.confusion import Confusion, confusions
from annotator.review.expected import RANGES, Expected
from annotator.review.questions import (
    Asked,
    answer_items,
    of_axis,
    of_characters,
    of_company,
    of_spans,
    word_items,
)
from annotator.review.ratings import MACHINE, TAGS, Case, Rating, TagAnswer, cases
from annotator.scheme import Scheme

FEWEST_ARTICLES = 10
ACCURACY = "accuracy"

Unit = tuple[str, str]
"""(article id, claim id)."""


@dataclass(frozen=True, slots=True)
class Question:
    """The figures of one question: an axis, one label against the rest, or marked words."""

    axis: str | None
    """None for marked words."""
    label: str | None
    """None for the whole axis, or for the words of all labels."""
    figures: tuple[Figure, ...]
    pairs: tuple[tuple[str, str, Figure], ...] = ()
    """(reviewer, reviewer, Cohen's kappa)."""
    expected: Expected | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one article or one reviewer on an axis."""

    subject: str
    """Article id; reviewer; or, for tags, a reviewer or `MACHINE`."""
    axis: str
    """For tags, which one."""
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All figures on some ratings, and what is needed to get them again."""

    reviewers: tuple[str, ...]
    articles: int
    """Articles with a claim that two or more judged."""
    claims: int
    """Claims that two or more judged."""
    single: int
    """Claims that only one judged: not compared."""
    seed: int
    resamples: int
    questions: tuple[Question, ...]
    words: tuple[Question, ...]
    tags: tuple[Line, ...]
    """How many of each one's speakers and kinds of report are what was decided, by name."""
    confusions: tuple[Confusion, ...]
    by_article: tuple[Line, ...]
    """Without intervals; articles without a shared claim are left out."""
    by_reviewer: tuple[Line, ...]
    """Agreement with all the others, by name: no ranking."""


def agreement(
    ratings: Iterable[Rating],
    scheme: Scheme,
    tags: Iterable[TagAnswer] = (),
    resamples: int = RESAMPLES,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Report:
    """Compute every figure of agreement; the order of what is given changes nothing.

    `progress` is called with (resamples done, all of them). Raises ValueError where a reviewer
    has two ratings of a claim.
    """
    found = cases(ratings)
    people = sorted({person for case in found for person in case.ratings})
    shared = [case for case in found if len(case.ratings) > 1]
    plan, groups = grouped(map(_unit, found), map(_unit, shared), resamples, seed)
    items = [answer_items(found, groups, axis, people) for axis in scheme.axes]
    asked = [
        of_axis(axis, some, len(people)) for axis, some in zip(scheme.axes, items, strict=True)
    ]
    labels = (None, *_word_labels(found, scheme))
    tallies = [_axis_tally(*one, len(people)) for one in zip(items, asked, strict=True)]
    tallies += _word_tallies(labels, word_items(found, groups, people), len(people))

    figures = iter(plan.figures(tallies, progress))
    questions: list[Question] = []
    by_reviewer: list[Line] = []
    for axis, of_this in zip(scheme.axes, asked, strict=True):
        questions += [_question(one, people, figures) for one in of_this]
        by_reviewer += [Line(person, axis.id, (next(figures),)) for person in people]
    return Report(
        reviewers=tuple(people),
        articles=len({case.article_id for case in shared}),
        claims=len(shared),
        single=len(found) - len(shared),
        seed=seed,
        resamples=resamples,
        questions=tuple(questions),
        words=_words(labels, list(figures)),
        tags=tag_accuracy(tags, resamples, seed),
        confusions=confusions(shared, scheme.axes),
        by_article=tuple(
            line
            for some, of_this in zip(items, asked, strict=True)
            for line in _by_article(of_this[0], some, dict(zip(groups, found, strict=True)))
        ),
        by_reviewer=tuple(by_reviewer),
    )


def tag_accuracy(
    answers: Iterable[TagAnswer], resamples: int = RESAMPLES, seed: int = SEED
) -> tuple[Line, ...]:
    """Return, for each tag and each one who has it, the share that equals the decided ones."""
    given = sorted(answers, key=lambda one: (one.article_id, one.claim_id, one.by, one.tag))
    found: list[Line] = []
    for tag in TAGS:
        some = [one for one in given if one.tag == tag]
        units = [(one.article_id, one.claim_id) for one in some]
        plan, groups = grouped(units, units, resamples, seed)
        rights = Rights(sorted({MACHINE, *(one.by for one in some)}))
        answered = zip(groups, ((one.by, one.right) for one in some), strict=True)
        formulas = tuple(
            Formula(ACCURACY, partial(rights.accuracy, name=name), partial(rights.size, name=name))
            for name in rights.names
        )
        tally = Tally(Counter(answered), (Block(rights.row, rights.width, formulas),))
        figures = plan.figures([tally])
        found += (Line(name, tag, (one,)) for name, one in zip(rights.names, figures, strict=True))
    return tuple(found)


def grouped(
    units: Iterable[Unit], shared: Iterable[Unit], resamples: int, seed: int
) -> tuple[Plan, list[int]]:
    """Return how to draw, and the group of each unit.

    Articles are drawn where ten or more have something to compare. Else single units are, as if
    those of one article did not depend on each other, and the plan carries a warning.
    """
    articles = len({article for article, _ in shared})
    whole = articles >= FEWEST_ARTICLES
    keys = [(article,) if whole else (article, unit) for article, unit in units]
    places = {key: place for place, key in enumerate(sorted(set(keys)))}
    warning = (
        None
        if whole
        else (
            f"fewer than {FEWEST_ARTICLES} articles ({articles}): claims drawn singly,"
            " the interval is too narrow"
        )
    )
    plan = Plan(len(places), "articles" if whole else "claims", warning, resamples, seed)
    return plan, [places[key] for key in keys]


def _axis_tally(items: Items, asked: Sequence[Asked], people: int) -> Tally:
    blocks = [block for one in asked for block in (one.block, *one.pairs)]
    return Tally(items, (*blocks, of_company(people)))


def _question(asked: Asked, people: Sequence[str], figures: Iterator[Figure]) -> Question:
    """Take a question's figures off the iterator, in the order of its blocks."""
    own = tuple(next(figures) for _ in asked.block.formulas)
    twos = combinations(people, 2) if asked.pairs else ()
    pairs = tuple((first, second, next(figures)) for first, second in twos)
    return Question(asked.axis, asked.label, own, pairs, RANGES.get(asked.label or asked.axis))


def _word_tallies(
    labels: Sequence[str | None], items: tuple[Items, Items], people: int
) -> tuple[Tally, Tally]:
    marked, characters = items
    spans = tuple(of_spans(label, people) for label in labels)
    inside = tuple(of_characters(label, characters, people) for label in labels)
    return Tally(marked, spans), Tally(characters, inside)


def _words(labels: Sequence[str | None], figures: Sequence[Figure]) -> tuple[Question, ...]:
    """Return each label's two figures on spans, which come first, with its one on characters."""
    spans, inside = figures[: 2 * len(labels)], figures[2 * len(labels) :]
    return tuple(
        Question(None, label, (*some, alpha), expected=RANGES["words"])
        for label, some, alpha in zip(
            labels, zip(spans[::2], spans[1::2], strict=True), inside, strict=True
        )
    )


def _by_article(whole: Asked, items: Items, cases: Mapping[int, Case]) -> Iterator[Line]:
    """Yield an axis's figures article by article, where there is anything to compare."""
    tally = Tally(items, (whole.block,))
    sums = Sums(tally, len(cases))
    groups: dict[str, list[int]] = {}
    for group, case in cases.items():
        groups.setdefault(case.article_id, []).append(group)
    for article, some in sorted(groups.items()):
        figures = tuple(formula.on(counts) for formula, counts in tally.formulas(sums.over(some)))
        if any(figure.units for figure in figures):
            yield Line(article, whole.axis, figures)


def _word_labels(found: Sequence[Case], scheme: Scheme) -> list[str]:
    """Return the labels that rest on words: the scheme's, then others that were marked."""
    known = [label.id for label in scheme.labels if label.spans]
    seen = {label for case in found for one in case.ratings.values() for label, _ in one.spans}
    return known + sorted(seen - set(known))


def _unit(case: Case) -> Unit:
    return case.article_id, case.claim_id
