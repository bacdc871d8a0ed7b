"""Prodigy: JSON Lines of articles with token-aligned spans and relations, and of choices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from annotator.datasets.dataset import Dataset
from annotator.datasets.documents import Document
from annotator.datasets.foreign import (
    UNSOUND,
    Link,
    Mark,
    Page,
    about_of,
    files,
    joined,
    json_lines,
)
from annotator.datasets.format import Format
from annotator.datasets.layers import (
    Sheet,
    about,
    chosen,
    count_dropped,
    count_left_out,
    evidence_text,
    examples,
    identifier,
    marks,
    parts,
    sheets,
)
from annotator.datasets.lines import LineFiles, refilled
from annotator.datasets.losses import Losses
from annotator.datasets.records import Record
from annotator.datasets.texts import Texts
from annotator.datasets.tokens import Tokens, tokenized
from annotator.errors import DatasetError
from annotator.model import Span
from annotator.scheme import Axis

CONTINUES = "continues"
DROPPED = ("hints_shown", "seconds", "scheme")


class Drawn:
    """The spans and relations of an article as they grow, all of whole tokens."""

    def __init__(self, tokens: Tokens, losses: Losses) -> None:
        self.spans: list[Record] = []
        self.relations: list[Record] = []
        self._tokens, self._losses = tokens, losses

    def mark(self, label: str, places: Iterable[Span]) -> Record | None:
        """Add a span and return it; of several the first, the others linked to it.

        None where there is nothing but spaces.
        """
        added = [span for place in places if (span := self._span(label, place)) is not None]
        self.spans.extend(added)
        for piece in added[1:]:
            self.relate(piece, CONTINUES, added[0])
        self._losses.add("discontinuous spans (now pieces that are linked)", len(added) > 1)
        return added[0] if added else None

    def relate(self, head: Record | None, label: str, child: Record | None) -> None:
        """Relate two spans, if both are there; each is known by its last token."""
        if head is None or child is None:
            return
        ends = {"head": head["token_end"], "child": child["token_end"]}
        spans = {"head_span": head, "child_span": child}
        self.relations.append({**ends, "label": label, **spans})

    def _span(self, label: str, place: Span) -> Record | None:
        found = self._tokens.covering(place)
        if found is None:
            self._losses.add("spans of nothing but spaces")
            return None
        first, end = found
        start, stop = self._tokens.starts[first], self._tokens.ends[end - 1]
        self._losses.add("spans inside of tokens (now of whole tokens)", (start, stop) != place)
        # Prodigy's last token is part of the span, its last character is not.
        inside = {"token_start": first, "token_end": end - 1}
        return {"start": start, "end": stop, **inside, "label": label}


def write(dataset: Dataset, folder: Path) -> None:
    """Write spans.jsonl, and a file of choices for each axis; everybody's answers in one."""
    with LineFiles(folder) as files:
        for document in dataset.documents():
            found = sheets(dataset, document)
            dataset.losses.add("articles without an answer", not found)
            count_left_out(dataset, document)
            for sheet in found:
                files.write("spans.jsonl", _article(dataset.losses, document, sheet))
                for axis, claim, answer in examples(dataset, document, sheet):
                    name = f"choices-{identifier(axis.id)}.jsonl"
                    files.write(name, _choice(document, claim, answer, axis))


def _article(losses: Losses, document: Document, sheet: Sheet) -> Record:
    """Return an article with the spans in it, as one person answered."""
    tokens = tokenized(document.article.text, document.language)
    drawn = Drawn(tokens, losses)
    contents: dict[str, Record | None] = {}
    for role, places, attribution in parts(document.tagging):
        span = drawn.mark(role, places)
        identity = attribution.id(document.id)
        if role == "content":
            contents[identity] = span
            losses.add("kinds of attribution")
            losses.add("speakers", attribution.speaker is not None)
        else:
            drawn.relate(contents[identity], role, span)
    for claim in document.claims:
        span = drawn.mark("claim", [(claim["start"], claim["end"])])
        said = claim["attribution"]
        if said is not None:
            drawn.relate(contents.get(said["id"]), "claim", span)
        answer = sheet.answers.get(claim["claim_id"])
        if answer is not None:
            count_dropped(losses, answer, DROPPED)
            for label, place in marks(answer):
                drawn.relate(span, "carried by", drawn.mark(f"words: {label}", [place]))
    return {
        "text": document.text,
        "tokens": [
            {"text": document.text[start:end], "start": start, "end": end, "id": number, "ws": ws}
            for number, (start, end, ws) in enumerate(
                zip(tokens.starts, tokens.ends, tokens.spaces, strict=True)
            )
        ],
        "spans": drawn.spans,
        "relations": drawn.relations,
        "meta": about(document),
        "_view_id": "relations",
        **_accepted(sheet.who),
    }


def _choice(document: Document, claim: Record, answer: Record, axis: Axis) -> Record:
    """Return a claim with what one person chose on an axis."""
    said = claim["attribution"] or {}
    facts = {key: claim[key] for key in ("claim_id", "start", "end", "voice")}
    remarks = {key: answer[key] for key in ("unsure", "framer", "target", "note")}
    evidence = [evidence_text(one) for one in answer["evidence"]]
    record = {
        "text": document.text[claim["start"] : claim["end"]],
        "options": [{"id": label.id, "text": label.name} for label in axis.labels],
        "accept": chosen(answer, axis.id),
        "config": {"choice_style": "multiple" if axis.many else "single"},
        "meta": {
            **about(document),
            **facts,
            "speaker": said.get("speaker"),
            **remarks,
            "evidence": " | ".join(evidence),
        },
        "_view_id": "choice",
        **_accepted(answer["reviewer"]),
    }
    if answer["at"]:
        record["_timestamp"] = int(datetime.fromisoformat(answer["at"]).timestamp())
    return record


def _refill(source: Path, target: Path, texts: Texts) -> None:
    """Copy a file with the text of each task, and of its tokens, put back."""

    def unmasked(record: Record) -> Record:
        meta, shown = record["meta"], record["text"]
        identity = meta["article_id"]
        if "start" in meta:
            return {**record, "text": texts.unmask(shown, identity, meta["start"], part=True)}
        text = texts.unmask(shown, identity, title=meta["title"])
        tokens = [{**one, "text": text[one["start"] : one["end"]]} for one in record["tokens"]]
        return {**record, "text": text, "tokens": tokens}

    refilled(source, target, unmasked)


def pages(path: Path) -> Iterator[Page]:
    """Yield the tasks in Prodigy's JSON Lines: a file, or a folder of them (of ours the spans)."""
    spans = path / "spans.jsonl"
    for file in files(spans if spans.is_file() else path, "*.jsonl"):
        for where, data in json_lines(file):
            try:
                yield _page(data, where)
            except UNSOUND as error:
                raise DatasetError(f"{where}: not a line that Prodigy writes") from error


def _page(data: Record, where: str) -> Page:
    """Return a task; spans are known by place and label, as relations name them so."""
    text = data["text"]
    whole = ((0, len(text)),)
    marks = [
        Mark(_name(one), one["label"], ((one["start"], one["end"]),))
        for one in data.get("spans") or ()
    ]
    chosen = [*data.get("accept", ()), *([data["label"]] if "label" in data else ())]
    if chosen:
        marks.append(Mark("task", "claim", whole, said=tuple(chosen)))
    related = data.get("relations", ())
    ends = [(one["label"], _name(one["head_span"]), _name(one["child_span"])) for one in related]
    continued = {head: child for label, head, child in ends if label == CONTINUES}
    links = frozenset(Link(head, child) for _, head, child in ends)
    accepted = data.get("answer", "accept") == "accept"
    left = () if accepted else (f"the answer is {data['answer']}",)
    who = data.get("_annotator_id") or data.get("_session_id") or "prodigy"
    kept = joined(marks, continued) if accepted else ()
    return Page(where, text, about_of(data.get("meta") or {}), who, kept, links, left)


def _name(span: Record) -> str:
    return f"{span['start']}-{span['end']} {span['label']}"


def _accepted(who: str) -> Record:
    return {"answer": "accept", "_annotator_id": who, "_session_id": who}


FORMAT = Format(
    "Prodigy: JSON Lines with token-aligned spans and relations, and choices a question",
    "places inside of tokens, discontinuous spans as one, speakers and kinds of attribution",
    write,
    {"spans.jsonl": _refill, "choices-*.jsonl": _refill},
)
