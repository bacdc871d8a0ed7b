"""The word lists behind the hints: the shipped ones and a project's own, ready to look up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from annotator.errors import HintListError

from .forms import forms_of_verb, word_forms
from .grown import Grown
from .listfile import ListFile, parse_list
from .words import Entry, Node, Phrase, Phrases, fold, split, tree

SHIPPED = ("fr", "en")
SMALL_WORDS = 3
"""Words of a phrase up to this length ("de", "of") are not inflected."""


@dataclass(frozen=True, slots=True)
class WordList:
    """All that the hints know about one language; empty for a language without lists."""

    language: str = ""
    phrases: Phrases = field(default_factory=dict)
    """All that is looked up in one pass over a text; `Phrase.kind` tells the lists apart."""
    stances: Phrases = field(default_factory=dict)
    """Reporting verbs; the kind of each is its stance."""
    conditional: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Words around the conditional of hearsay; empty where a language has no such form."""
    numbers: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Word lists around figures, each folded with its plurals; see the shipped files."""
    values: Mapping[str, int] = field(default_factory=dict)
    """Number word → value, up to "hundred"."""
    scales: Mapping[str, int] = field(default_factory=dict)
    """Word that multiplies what stands before it, from "thousand" on → value."""


Lists = Mapping[str, WordList]
"""Language → its list."""


def read_lists(paths: Iterable[Path] = ()) -> Lists:
    """Return the shipped lists with the lists in these files on top, later ones over earlier.

    Raises HintListError, naming file and entry, where a file is missing or breaks the rules.
    """
    stacks = {language: [_shipped(language)] for language in SHIPPED}
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise HintListError(f"{path}: cannot be read ({error.strerror})") from None
        except UnicodeDecodeError:
            raise HintListError(f"{path}: not UTF-8 text") from None
        file = parse_list(text, str(path))
        stacks.setdefault(file.language, []).append(file)
    return {language: compose(stack) for language, stack in stacks.items()}


def with_marked(lists: Lists, language: str, label: str, grown: Iterable[Grown]) -> Lists:
    """Return the lists with the words that a project's reviewers marked with a label.

    A word that a list already has keeps what is said about it there.
    """
    own = lists.get(language, WordList(language))
    phrases = dict(own.phrases)
    for one in grown:
        known = phrases.get(one.word, Node())
        if known.phrase is None:
            note = f"marked here in {one.marked} of its {one.seen} places"
            entry = Entry(one.word, note=note, label=label)
            phrase = Phrase("marked_word", (frozenset((one.word,)),), entry)
            phrases[one.word] = Node(phrase, known.after)
    return {**lists, language: replace(own, phrases=phrases)}


def compose(stack: Sequence[ListFile]) -> WordList:
    """Return one language's files as a word list, later files over earlier ones."""
    language = stack[0].language
    values, scales = _values(stack, "words"), _values(stack, "scales")
    phrases = [*_loaded(stack), *_phrases(stack)]
    number = Entry("number")
    phrases += [Phrase("number", (frozenset((word,)),), number) for word in {**values, **scales}]
    return WordList(
        language=language,
        phrases=tree(phrases),
        stances=tree(_stances(stack)),
        conditional=_united([file.conditional for file in stack], ""),
        numbers=_united([file.numbers for file in stack], language),
        values=values,
        scales=scales,
    )


@cache
def _shipped(language: str) -> ListFile:
    source = files("annotator.tagging") / "lexicon" / f"hints_{language}.toml"
    return parse_list(source.read_text(encoding="utf-8"), source.name)


def _loaded(stack: Sequence[ListFile]) -> list[Phrase]:
    entries: dict[str, Entry] = {}
    for file in stack:
        for word in file.without:
            entries.pop(word, None)
        entries.update((entry.word, entry) for entry in file.words)
    language = stack[0].language
    return [
        Phrase("loaded_word", parts, entry)
        for entry in entries.values()
        for parts in _parts(entry, language)
    ]


def _parts(entry: Entry, language: str) -> list[tuple[frozenset[str], ...]]:
    """Return the patterns of an entry: its own, and one for each irregular form it lists."""
    head, *rest = split(entry.word)
    if entry.verb:
        tail = tuple(frozenset((word,)) for word in rest)
        own = (forms_of_verb(head, language, {}), *tail)
    else:
        own = tuple(_inflected(word, language) for word in (head, *rest))
    listed = [tuple(_inflected(word, language) for word in split(form)) for form in entry.forms]
    return [own, *listed]


def _inflected(word: str, language: str) -> frozenset[str]:
    if len(word) <= SMALL_WORDS:
        return frozenset((word,))
    return word_forms(word, language)


def _phrases(stack: Sequence[ListFile]) -> list[Phrase]:
    kinds: dict[str, str] = {}
    for file in stack:
        for word in file.without:
            kinds.pop(word, None)
        kinds.update((phrase, kind) for kind in file.phrases for phrase in file.phrases[kind])
    return [
        Phrase(kind, tuple(frozenset((word,)) for word in split(phrase)), Entry(phrase))
        for phrase, kind in kinds.items()
    ]


def _stances(stack: Sequence[ListFile]) -> list[Phrase]:
    stances: dict[str, str] = {}
    irregular: dict[str, tuple[str, ...]] = {}
    for file in stack:
        stances.update(file.stances)
        irregular.update(file.irregular)
    found = []
    for verb, stance in stances.items():
        head, *rest = split(verb)
        tail = tuple(frozenset((word,)) for word in rest)
        forms = forms_of_verb(head, stack[0].language, irregular)
        found.append(Phrase(stance, (forms, *tail), Entry(verb)))
    return found


def _values(stack: Sequence[ListFile], name: str) -> dict[str, int]:
    return {fold(word): value for file in stack for word, value in file.values[name].items()}


def _united(
    tables: Sequence[Mapping[str, tuple[str, ...]]], language: str
) -> dict[str, frozenset[str]]:
    united: defaultdict[str, set[str]] = defaultdict(set)
    for table in tables:
        for name, words in table.items():
            united[name].update(*(word_forms(fold(word), language) for word in words))
    return {name: frozenset(words) for name, words in united.items()}
