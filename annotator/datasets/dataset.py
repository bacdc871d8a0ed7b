"""A project as a stream of documents in an order that depends on its content alone.

The same project gives the same documents, whoever exports it and in whatever order it was merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from annotator.codebook import default_codebook, definitions
from annotator.datasets import records
from annotator.datasets.attributed import View, attributed, viewed
from annotator.datasets.choice import EACH, FINAL, Choice
from annotator.datasets.documents import Document, final_answer
from annotator.datasets.losses import Losses
from annotator.datasets.masking import first_words, masked
from annotator.datasets.matching import Matcher
from annotator.datasets.people import People
from annotator.datasets.records import Answers, Record, Recorder
from annotator.datasets.tally import Tally
from annotator.errors import UsageError
from annotator.model import Article, Span, digest
from annotator.scheme import Scheme, default_scheme
from annotator.store import DecisionRow, JudgementRow, Project

EVERYTHING = Choice()


class Dataset:
    """What was chosen of a project, read as it is asked for.

    `tally` and `losses` are about the documents as they were last gone through.
    """

    def __init__(self, project: Project, choice: Choice = EVERYTHING) -> None:
        whole = project.scheme()
        self.choice = choice
        self.scheme = narrowed(whole, choice.labels)
        """The project's, with the labels that were chosen."""
        self.codebook_version = _codebook_version(project, whole)
        self.blind = project.is_blind()
        """Whether reviewers do not see colleagues' answers before they gave their own."""
        self.lifts = project.blindness_lifted()
        """For whom that was otherwise, be it for a time."""
        self.people = People(project, choice.names)
        self.working = {self.people.called(name): how for name, how in project.conditions().items()}
        """Who → in which order they work, as they last said."""
        self.losses = Losses()
        self.tally = Tally(self.scheme)
        self._project = project
        self._person = _person(choice.who, project)
        self._recorder = Recorder(whole, self.scheme, self.people, choice)
        self._matcher = Matcher(project, choice, self._person) if choice.query else None

    def documents(self) -> Iterator[Document]:
        """Yield the articles with what was chosen of them, sorted by id.

        Their claims are in the order of the current tagging; then come those that corrections
        replaced or only contradicted ones make, and those with a judgement or decision that no
        longer are in any tagging. Articles of which no claim was chosen are left out.
        """
        self.tally = Tally(self.scheme)
        self.losses.reset()
        for article_id in self._project.article_ids():
            document = self._document(article_id)
            if document.claims or not self.choice.narrow:
                self.tally.add(document)
                yield document

    def claims(self) -> Iterator[Record]:
        """Yield the claims of all documents."""
        for document in self.documents():
            yield from document.claims

    def event_lines(self) -> Iterator[str]:
        """Yield the log in its order, each event as a line of JSON."""
        for event in self._project.event_rows():
            yield records.event_line(event, self.people)

    def article_record(self, document: Document) -> Record:
        """Return an article with what is known about it and all its taggings."""
        return records.article_record(document.article, document.taggings, self.choice)

    def answers(self, claim: Record) -> list[Record]:
        """Return the answers to write for a claim, each in the form of a judgement.

        That is everybody's or one person's; or, where final ones are wanted, at most one by
        "final", made from the decision or the majority.
        """
        if self.choice.who != FINAL:
            return list(claim["judgements"])
        answer = final_answer(claim)
        return [] if answer is None else [{**answer, "scheme": self.scheme.version}]

    def _document(self, article_id: str) -> Document:
        article = self._project.article(article_id)
        taggings = self._project.taggings(article_id)
        view = viewed(self._project, article, taggings[-1])
        claims = tuple(self._claims(article, taggings[-1].language, view))
        return Document(
            article,
            article_id,
            self._shown(article, claims),
            taggings[-1].language,
            self.choice.split(article_id),
            view.agreed.tagging,
            tuple(taggings),
            claims,
        )

    def _shown(self, article: Article, claims: Iterable[Record]) -> str:
        """Return an article's text, or the words of it that may be quoted among masks."""
        if self.choice.text:
            return article.text
        text, most = article.text, self.choice.quoted
        quotable = [places for claim in claims for places in _quotable(claim)]
        return masked(text, (one for some in quotable for one in first_words(text, some, most)))

    def _claims(self, article: Article, language: str, view: View) -> Iterator[Record]:
        judgements = self._project.all_judgements(article.id)
        decisions = self._project.decisions(article.id)
        answered = judgements.keys() | decisions.keys()
        matching = self._matcher.wanted(article.id) if self._matcher else None
        about = self._recorder.about(article, language)
        for told in attributed(self._project, article.id, view, answered):
            identity = told.claim.id
            if matching is not None and identity not in matching:
                continue
            answers = self._answers(judgements.get(identity, {}), decisions.get(identity))
            if self._wanted(answers, identity in decisions):
                yield self._recorder.claim(article, about, told, answers)

    def _answers(self, rows: Mapping[str, JudgementRow], decision: DecisionRow | None) -> Answers:
        """Return what the wanted people said of a claim."""
        if self._person is not None:
            rows = {name: row for name, row in rows.items() if name == self._person}
            decision = None
        stale = decision is not None and decision.judgements != {
            row.event_id for row in rows.values()
        }
        return Answers(tuple(rows.values()), decision, stale)

    def _wanted(self, answers: Answers, decided: bool) -> bool:
        """Whether a claim with these answers is wanted."""
        if self.choice.only == "decided" and not decided:
            return False
        if self.choice.only == "judged" and not (answers.rows or answers.decision):
            return False
        matcher = self._matcher
        final = self._recorder.final_labels(answers) if matcher and matcher.labels else frozenset()
        return matcher is None or matcher.holds(answers.rows, final)


def _quotable(claim: Record) -> Iterator[Iterable[Span]]:
    """Yield where a claim and the cue and source of its attribution are."""
    yield [(claim["start"], claim["end"])]
    if claim["attribution"]:
        spans = claim["attribution"]["spans"]
        yield from (spans["cue"], spans["source"])


def narrowed(scheme: Scheme, labels: frozenset[str] | None) -> Scheme:
    """Return a scheme with some of its labels; UsageError for one it lacks."""
    if labels is None:
        return scheme
    known = [label.id for label in scheme.labels]
    for label in sorted(labels):
        if label not in known:
            raise UsageError(f"no label {label} (known: {', '.join(known)})")
    axes = (
        replace(axis, labels=tuple(one for one in axis.labels if one.id in labels))
        for axis in scheme.axes
    )
    return replace(scheme, axes=tuple(axis for axis in axes if axis.labels))


def _codebook_version(project: Project, scheme: Scheme) -> str:
    own = project.codebook_text()
    if own is not None:
        return digest(own)
    return (default_codebook() if scheme == default_scheme() else definitions(scheme)).version


def _person(who: str, project: Project) -> str | None:
    """Return the one person whose answers are wanted, None for all; UsageError for nobody's."""
    if who in (EACH, FINAL):
        return None
    if who not in project.reviewers():
        raise UsageError(f"{who} has judged nothing in this project")
    return who
