"""schema.org ClaimReview: the decisions that rest on evidence, as JSON-LD to publish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.format import Format
from annotator.datasets.layers import evidence_text
from annotator.datasets.lines import refilled
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.datasets.webannotation import ADDRESS, named, unnamed
from annotator.display import json_text
from annotator.scheme import Label, Scheme

FILE = "claimreviews.jsonl"
CONTEXT = "https://schema.org"
ORGANISATIONS = ("organisation", "outlet")
"""Types of speakers that are organisations to schema.org; documents are nobody, all else people."""
CHARACTERS = "#char="
"""Before the first and last place of words in a text (RFC 5147)."""
LIVE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def write(dataset: Dataset, folder: Path) -> None:
    """Write claimreviews.jsonl, an object a line, each ready to stand in a page by itself."""
    with (folder / FILE).open("w", encoding="utf-8", newline="\n") as file:
        for document in dataset.documents():
            for claim in document.claims:
                reviews = list(_reviews(document, claim, dataset.scheme))
                dataset.losses.add(*_left_out(claim, reviews))
                file.writelines(inert(json_text(one)) + "\n" for one in reviews)


def _refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy the reviews with the words of their claims put back."""

    def unmasked(review: Record) -> Record:
        reviewed, shown = review["itemReviewed"], review["claimReviewed"]
        address, _, place = reviewed["identifier"].partition(CHARACTERS)
        start, title = int(place.partition(",")[0]), reviewed["appearance"].get("headline")
        words = texts.unmask(shown, unnamed(address), start, title=title)
        return {**review, "claimReviewed": words}

    refilled(source, target, unmasked, lambda review: inert(json_text(review)))


def inert(text: str) -> str:
    """Return JSON that says the same and cannot end or open an element of a page it stands in."""
    return re.sub("[<>&]", lambda match: LIVE[match[0]], text)


def _left_out(claim: Record, reviews: list[Record]) -> tuple[str, bool]:
    """Return why a claim is no ClaimReview, and whether that is so."""
    if claim["decision"] is None:
        return "claims that nobody decided", True
    return "decisions without evidence, stale, or with labels that need none", not reviews


def _reviews(document: Document, claim: Record, scheme: Scheme) -> Iterator[Record]:
    """Yield a review for each settled label of a claim that rests on evidence."""
    for axis in scheme.axes:
        final = claim["final"][axis.id]
        if final["basis"] != "decided" or axis.many or not claim["final_evidence"]:
            continue
        label = next((one for one in axis.labels if one.id == final["value"]), None)
        if label is not None and label.evidence:
            yield _review(document, claim, label)


def _review(document: Document, claim: Record, label: Label) -> Record:
    decision = claim["decision"]
    why = [text for text in (decision["reason"], decision["note"]) if text]
    rating = {"@type": "Rating", "alternateName": label.name}
    return {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "identifier": claim["claim_id"],
        "dateCreated": decision["at"],
        "inLanguage": document.language,
        "claimReviewed": document.text[claim["start"] : claim["end"]],
        "author": {"@type": "Person", "name": decision["by"]},
        "reviewRating": {**rating, **({"ratingExplanation": " ".join(why)} if why else {})},
        "itemReviewed": _claim(document, claim),
        "citation": [_citation(one) for one in claim["final_evidence"]],
    }


def _claim(document: Document, claim: Record) -> Record:
    """Return a claim with who made it, and where."""
    about = document.article.about
    said = claim["attribution"]
    place = f"{named(document.id)}{CHARACTERS}{claim['start']},{claim['end']}"
    reviewed: Record = {"@type": "Claim", "identifier": place, "appearance": _article(document)}
    if said is None:
        speaker, kind = about.outlet, "outlet"
    else:
        speaker, kind = said["speaker"], said["speaker_type"]
    if speaker and kind != "document":
        is_a = "Organization" if kind in ORGANISATIONS else "Person"
        reviewed["author"] = {"@type": is_a, "name": speaker}
    if _is_date(about.date):
        reviewed["datePublished"] = about.date
    return reviewed


def _article(document: Document) -> Record:
    about = document.article.about
    article: Record = {"@type": "NewsArticle", "identifier": named(document.id)}
    if about.title:
        article["headline"] = about.title
    if about.author:
        article["author"] = {"@type": "Person", "name": about.author}
    if about.outlet:
        article["publisher"] = {"@type": "Organization", "name": about.outlet}
    if _is_date(about.date):
        article["datePublished"] = about.date
    if about.url and ADDRESS.fullmatch(about.url):
        article["url"] = about.url
    return article


def _citation(evidence: Record) -> Record:
    """Return a piece of evidence as a work that is cited."""
    if evidence["kind"] == "url" and ADDRESS.fullmatch(evidence["value"]):
        work = {"@type": "WebPage", "url": evidence["value"]}
        if _is_date(evidence["as_of"]):
            work["description"] = f"as of {evidence['as_of']}"
        return work
    return {"@type": "CreativeWork", "text": evidence_text(evidence)}


def _is_date(text: str | None) -> bool:
    return bool(text and DATE.fullmatch(text[:10]))


FORMAT = Format(
    "schema.org ClaimReview: JSON-LD of decisions that rest on evidence, to publish",
    "anything else: other answers, words marked, attributions",
    write,
    {FILE: _refill},
)
