"""spaCy's DocBin files coming in: ours with exact places, others with spans, entities and cats."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.datasets.foreign import UNSOUND, Mark, Page, files
from annotator.datasets.own import own_page
from annotator.datasets.spacy import USER_DATA, unpacked
from annotator.datasets.tokens import NEUTRAL, pipeline
from annotator.errors import DatasetError
from annotator.model import About

if TYPE_CHECKING:
    from spacy.tokens import Doc


def pages(path: Path) -> Iterator[Page]:
    """Yield the documents in DocBin files: a file, or a folder (of ours those of spans).

    Of our own the exact places in the user data are read; of others `doc.spans`, `doc.ents`, and
    labels in `doc.cats` of more than a half, which are about the whole.
    """
    from spacy.tokens import DocBin

    vocab = pipeline(NEUTRAL).vocab
    found = files(path, "*.spacy")
    ours = [file for file in found if "spans" in file.parts]
    for file in ours or found:
        try:
            docs = list(DocBin().from_bytes(unpacked(file)).get_docs(vocab))
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise DatasetError(f"{file}: not a DocBin of spaCy's") from error
        for number, doc in enumerate(docs, 1):
            where = f"{file}, document {number}"
            told = doc.user_data.get(USER_DATA) or {}
            try:
                yield own_page(where, doc.text, told) if "claims" in told else _page(where, doc)
            except UNSOUND as error:
                raise DatasetError(f"{where}: its user data are not ours") from error


def _page(where: str, doc: Doc) -> Page:
    """Return a doc that is not ours."""
    spans = [*doc.ents, *(span for group in doc.spans.values() for span in group)]
    marks = [
        Mark(str(number), span.label_, ((span.start_char, span.end_char),), span.text)
        for number, span in enumerate(spans)
    ]
    chosen = tuple(label for label, score in doc.cats.items() if score > 0.5)
    if chosen:
        marks.append(Mark("doc", "claim", ((0, len(doc.text)),), said=chosen))
    return Page(where, doc.text, About(), "spacy", tuple(marks))
