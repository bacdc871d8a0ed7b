"""The only list of what can be done with a key: footer, help, palette and README come from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from annotator.errors import SchemeError, UsageError
from annotator.scheme import Scheme

Where = Literal[
    "corpus", "filter", "article", "words", "tags", "pieces", "review", "results", "speaker",
    "report",
]  # fmt: skip
Group = Literal["judge", "more", "words", "correct", "settle", "move", "find", "other"]
GROUPS: dict[Group, str] = {
    "judge": "Judge",
    "more": "Add to it",
    "words": "Mark words",
    "correct": "Correct the tags",
    "settle": "Settle",
    "move": "Move",
    "find": "Find",
    "other": "Other",
}
FOOTER_ORDER = (
    "choose", "take", "none", "judge", "toggle", "take these", "add", "drop", "word", "longer",
    "sentence", "letter", "mark", "end", "claim", "move", "open", "claims", "match", "unseen",
    "filter", "undo", "words", "correct", "evidence", "search", "reason", "note", "send back",
    "names", "narrator", "article", "speaker", "help", "back",
)  # fmt: skip
CORPUS: tuple[Where, ...] = ("corpus",)
LIST: tuple[Where, ...] = ("corpus", "filter")
ARTICLE: tuple[Where, ...] = ("article",)
WORDS: tuple[Where, ...] = ("words",)
# The window of corrections, and the choosing of the words that one of them is about.
TAGS: tuple[Where, ...] = ("tags",)
PIECES: tuple[Where, ...] = ("pieces",)
CHOOSING: tuple[Where, ...] = (*WORDS, *PIECES)
BOTH: tuple[Where, ...] = ("corpus", "article")
REVIEW: tuple[Where, ...] = ("review",)
REPORT: tuple[Where, ...] = ("report",)
SCREENS: tuple[Where, ...] = (*BOTH, *REVIEW)
RESULTS: tuple[Where, ...] = ("results",)
SPEAKER: tuple[Where, ...] = ("speaker",)
FOUND: tuple[Where, ...] = (*RESULTS, *SPEAKER)
PAGED: tuple[Where, ...] = ("corpus", "filter", "article", "words", "review", *FOUND, *REPORT)
EVERYWHERE: tuple[Where, ...] = (*PAGED, *PIECES)
# Here characters are text to be typed.
TYPING: tuple[Where, ...] = ("filter", *RESULTS)
COMPARE: tuple[Where, ...] = (*CORPUS, *REVIEW, *REPORT)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key does; the screen it works on has a method `action_<id>`."""

    id: str
    keys: tuple[str, ...]
    """The first is the one shown."""
    words: str
    group: Group
    where: tuple[Where, ...]
    footer: str = ""
    """A word of FOOTER_ORDER; actions with the same one share an entry. Empty: not shown there."""
    label: str | None = None
    """The label of the scheme that it gives."""


ACTIONS: tuple[Action, ...] = (
    Action("toggle_unsure", ("u",), "unsure, or sure again", "judge", ARTICLE, "toggle"),
    Action("withdraw", ("backspace",), "withdraw my judgement", "judge", ARTICLE),
    Action("mark_words", ("w",), "mark words", "more", ARTICLE, "words"),
    Action("next_proposal", ("tab",), "other proposed words", "more", ARTICLE, "words"),
    Action("framer", ("b",), "whose framing it is", "more", ARTICLE),
    Action("target", ("g",), "whom it is aimed at", "more", ARTICLE),
    Action("evidence", ("e",), "evidence", "more", ARTICLE, "evidence"),
    Action("note", ("t",), "a note", "more", (*ARTICLE, *REVIEW), "note"),
    Action("correct", ("x",), "correct the tags", "more", ARTICLE, "correct"),
    Action("skip", ("-",), "skip for later, or not", "more", ARTICLE),
    Action("flag", ("f",), "flag with a comment", "more", ARTICLE),
    Action("next_word", ("right",), "the next word", "words", CHOOSING, "word"),
    Action("previous_word", ("left",), "the word before", "words", CHOOSING, "word"),
    Action("longer", ("down",), "a word longer", "words", CHOOSING, "longer"),
    Action("shorter", ("up",), "a word shorter", "words", CHOOSING, "longer"),
    Action("sentence_more", ("pagedown",), "a sentence longer", "words", PIECES, "sentence"),
    Action("sentence_less", ("pageup",), "a sentence shorter", "words", PIECES, "sentence"),
    Action("letter_more", ("shift+right",), "a character longer", "words", CHOOSING, "letter"),
    Action("letter_less", ("shift+left",), "a character shorter", "words", CHOOSING, "letter"),
    Action("other_end", ("tab",), "change the other end", "words", CHOOSING, "end"),
    Action("take_words", ("enter", "space"), "mark these, or not", "words", WORDS, "mark"),
    Action("take_pieces", ("enter",), "these are the words", "words", PIECES, "take these"),
    Action("add_piece", ("space",), "these, and others too", "words", PIECES, "add"),
    Action("drop_piece", ("backspace",), "not these words", "words", PIECES, "drop"),
    Action("correct_speaker", ("s",), "who says it", "correct", TAGS),
    Action("correct_type", ("t",), "what the speaker is", "correct", TAGS),
    Action("correct_kind", ("v",), "in which voice", "correct", TAGS),
    Action("correct_content", ("c",), "content: the words said", "correct", TAGS),
    Action("correct_cue", ("u",), "cue: the words for saying", "correct", TAGS),
    Action("correct_source", ("o",), "source: the speaker named", "correct", TAGS),
    Action("remove_tag", ("r",), "nobody says this", "correct", TAGS),
    Action("add_tag", ("a",), "add a missed quotation", "correct", TAGS),
    Action("split", ("d",), "divide the sentence", "correct", TAGS),
    Action("join", ("n",), "join it with the next", "correct", TAGS),
    Action("reset_tag", ("m",), "the machine's tag again", "correct", TAGS),
    Action("other_tag", ("tab",), "the other tag here", "correct", TAGS),
    Action("superseded", ("l",), "list superseded answers", "correct", TAGS),
    Action("choose_previous", ("left", "up"), "the answer before", "settle", REVIEW, "choose"),
    Action("choose_next", ("right", "down"), "the next answer", "settle", REVIEW, "choose"),
    Action("take", ("enter",), "take it and go on", "settle", REVIEW, "take"),
    Action("take_number", tuple("123456789"), "take that answer", "settle", REVIEW),
    Action("none_right", ("0",), "none is right", "settle", REVIEW, "none"),
    Action("reason", ("r",), "why answers differ", "settle", REVIEW, "reason"),
    Action("settle_speaker", ("x",), "who speaks, and how", "settle", REVIEW),
    Action("send_back", ("y",), "send it back", "settle", REVIEW, "send back"),
    Action("names", ("N",), "names, or letters", "settle", (*REVIEW, *REPORT), "names"),
    Action("accept_unanimous", ("U",), "settle the unanimous", "settle", REVIEW),
    Action("next_waiting", ("j",), "next claim", "move", REVIEW, "claim"),
    Action("previous_waiting", ("k",), "previous claim", "move", REVIEW, "claim"),
    Action("order", ("o",), "worst first, or in order", "move", REVIEW),
    Action("without_mine", ("l",), "leave out my own, or not", "move", REVIEW),
    Action("differing", ("f",), "only an axis, or words", "move", REVIEW),
    Action("read", ("a",), "open the article", "move", REVIEW),
    Action("next_claim", ("j", "down"), "next claim", "move", ARTICLE, "claim"),
    Action("previous_claim", ("k", "up"), "previous claim", "move", ARTICLE, "claim"),
    Action("next_row", ("j", "down"), "next article", "move", LIST, "move"),
    Action("previous_row", ("k", "up"), "previous article", "move", LIST, "move"),
    Action("open", ("enter",), "open the article", "move", LIST, "open"),
    Action("next_found", ("j", "down"), "next claim found", "move", FOUND, "move"),
    Action("previous_found", ("k", "up"), "previous claim found", "move", FOUND, "move"),
    Action("open_found", ("enter",), "go to the claim", "move", FOUND, "open"),
    Action("next_line", ("j", "down"), "next line", "move", REPORT, "move"),
    Action("previous_line", ("k", "up"), "previous line", "move", REPORT, "move"),
    Action("open_line", ("enter",), "what is behind a line", "move", REPORT, "open"),
    Action("next_unseen", ("i",), "next unseen claim", "move", BOTH, "unseen"),
    Action("previous_unseen", ("I",), "previous unseen claim", "move", BOTH),
    Action("narrator", ("o",), "the narrator's claim here", "move", ARTICLE, "narrator"),
    Action("next_article", ("J",), "next article", "move", ARTICLE, "article"),
    Action("previous_article", ("K",), "previous article", "move", ARTICLE, "article"),
    Action("page_down", ("pagedown",), "a page down", "move", PAGED),
    Action("page_up", ("pageup",), "a page up", "move", PAGED),
    Action("first", ("home",), "to the start", "move", (*SCREENS, *SPEAKER, *REPORT)),
    Action("last", ("end",), "to the end", "move", (*BOTH, *SPEAKER, *REPORT)),
    Action("filter", ("/",), "filter the articles", "find", CORPUS, "filter"),
    Action("claims", ("tab",), "the claims that match", "find", LIST, "claims"),
    Action("search", ("/",), "search all claims", "find", (*ARTICLE, *SPEAKER), "search"),
    Action("next_match", ("m",), "next match", "find", ARTICLE, "match"),
    Action("previous_match", ("M",), "previous match", "find", ARTICLE, "match"),
    Action("speaker", ("S",), "all that a speaker says", "find", (*BOTH, *SPEAKER), "speaker"),
    Action("undo", ("z",), "undo, wherever it was", "other", SCREENS, "undo"),
    Action("redo", ("Z",), "redo", "other", SCREENS),
    Action("history", ("h",), "history of the claim", "other", (*ARTICLE, *REVIEW)),
    Action("details", ("enter",), "all about the claim", "other", ARTICLE),
    Action("hints", ("H",), "kinds of hints, on or off", "other", ARTICLE),
    Action("codebook", ("c",), "codebook", "other", (*SCREENS, *SPEAKER, *REPORT)),
    Action("agreement", ("A",), "how far reviewers agree", "other", COMPARE),
    Action("mine", ("F",), "mine and what was settled", "other", COMPARE),
    Action("people", ("P",), "how each reviewer works", "other", COMPARE),
    Action("same_words", ("W",), "same words, other label", "other", COMPARE),
    Action("returned", ("Y",), "sent back to me", "other", (*COMPARE, *ARTICLE)),
    Action("review", ("R",), "settle disagreements", "other", BOTH),
    Action("palette", ("ctrl+p",), "everything by name", "other", EVERYWHERE),
    Action("help", ("?",), "this help", "other", (*SCREENS, *CHOOSING, *SPEAKER, *REPORT), "help"),
    Action("back", ("q", "escape"), "back, or quit", "other", (*EVERYWHERE, *TAGS), "back"),
)
# Neighbours in the list above that share a line of the help, and its words.
PAIRS = {
    "next_word": "next word, word before",
    "previous_word": "next word, word before",
    "longer": "a word longer, shorter",
    "shorter": "a word longer, shorter",
    "sentence_more": "a sentence more, less",
    "sentence_less": "a sentence more, less",
    "letter_more": "a character more, less",
    "letter_less": "a character more, less",
    "choose_previous": "the answer before, next",
    "choose_next": "the answer before, next",
    "next_waiting": "next, previous claim",
    "previous_waiting": "next, previous claim",
    "next_claim": "next, previous claim",
    "previous_claim": "next, previous claim",
    "next_row": "next, previous article",
    "previous_row": "next, previous article",
    "next_found": "next, previous claim",
    "previous_found": "next, previous claim",
    "next_match": "next, previous match",
    "previous_match": "next, previous match",
    "next_line": "next, previous line",
    "previous_line": "next, previous line",
    "next_unseen": "next, previous unseen",
    "previous_unseen": "next, previous unseen",
    "next_article": "next, previous article",
    "previous_article": "next, previous article",
    "page_down": "a page down, up",
    "page_up": "a page down, up",
    "first": "to the start, the end",
    "last": "to the start, the end",
    "undo": "undo, redo, anywhere",
    "redo": "undo, redo, anywhere",
    "history": "its history, all about it",
    "details": "its history, all about it",
    "palette": "all by name, this help",
    "help": "all by name, this help",
}
NAMED_KEYS = {
    *("space", "enter", "tab", "shift+tab", "escape", "backspace", "delete", "insert"),
    *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
    *("shift+up", "shift+down", "shift+left", "shift+right"),
    *(f"f{number}" for number in range(1, 13)),
}
SIGNS = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "backspace": "Bksp", "pageup": "PgUp",
    "pagedown": "PgDn", "home": "Home", "end": "End", "up": "↑", "down": "↓", "left": "←",
    "right": "→", "tab": "Tab", "delete": "Del", "insert": "Ins",
}  # fmt: skip


class Keymap:
    """Every action with the key it has now, the scheme's labels among them."""

    def __init__(self, actions: Iterable[Action]) -> None:
        self.actions = tuple(actions)
        self._by_key = {
            (where, key): action
            for action in self.actions
            for where in action.where
            for key in keys_at(action, where)
        }
        self._at: dict[Where, list[Action]] = {
            where: [one for one in self.actions if where in one.where and keys_at(one, where)]
            for where in get_args(Where)
        }

    def find(self, where: Where, key: str) -> Action | None:
        """Return what a key does in a place, None if nothing."""
        return self._by_key.get((where, key))

    def at(self, where: Where) -> list[Action]:
        """Return the actions of a place in the order of help and footer."""
        return self._at[where]


def keymap(
    scheme: Scheme, moved: Mapping[str, str], places: Mapping[str, str] | None = None
) -> Keymap:
    """Return the keys for a scheme, with the user's own keys (action id → key) in place.

    `places` says where "keys." and each of them is set, for messages. Raises SchemeError if a
    label's key is taken or no key, UsageError if a moved one is.
    """
    labels = [_label_action(scheme, label.id) for label in scheme.labels]
    for action in labels:
        _check_label(action, f"scheme {scheme.name!r}")
    actions = {action.id: action for action in (*labels, *ACTIONS)}
    where = {name: (places or {}).get(f"keys.{name}", "keys") for name in moved}
    for name, key in moved.items():
        if name not in actions:
            raise UsageError(f"{where[name]}: no action {name!r}{_nearest(name, actions)}")
        actions[name] = replace(actions[name], keys=(_checked(key, f"{where[name]}: {name}"),))
    for name in moved:
        _check_free(actions[name], actions.values(), where[name])
    return Keymap(actions.values())


def keys_at(action: Action, where: Where) -> tuple[str, ...]:
    """Return the keys of an action in a place: where one types, characters are text."""
    return tuple(key for key in action.keys if where not in TYPING or len(key) > 1)


def sign(key: str) -> str:
    """Return a key as it is written on a keyboard."""
    if key.startswith("shift+"):
        return f"⇧{sign(key[6:])}"
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return SIGNS.get(key, key)


def key_table(keymap: Keymap) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the groups of actions: heading, then (keys, words) of each, for help and README."""
    return [
        (heading, [_table_row(action) for action in keymap.actions if action.group == group])
        for group, heading in GROUPS.items()
    ]


def _table_row(action: Action) -> tuple[str, str]:
    words = f"{action.words} (list)" if action.where == LIST else action.words
    return " ".join(sign(key) for key in action.keys), words


def _label_action(scheme: Scheme, label_id: str) -> Action:
    label = scheme.label(label_id)
    footer = "toggle" if scheme.axis_of(label_id).many else "judge"
    key = _checked(label.key, f"scheme {scheme.name!r}: label {label.id}", SchemeError)
    name = f"label_{label.id}"
    where = (*ARTICLE, *REVIEW, *WORDS) if label.spans else (*ARTICLE, *REVIEW)
    return Action(name, (key,), label.name, "judge", where, footer, label.id)


def _check_label(action: Action, where: str) -> None:
    for other in ACTIONS:
        if set(action.where) & set(other.where) and action.keys[0] in other.keys:
            raise SchemeError(
                f"{where}: the key {sign(action.keys[0])!r} of label {action.label!r} "
                f"already means '{other.words}'"
            )


def _checked(key: str, where: str, error: type[UsageError] | type[SchemeError] = UsageError) -> str:
    """Return a key under the name it has here; raise the error if no keyboard sends it."""
    name = "space" if key == " " else key
    if name in NAMED_KEYS or (len(name) == 1 and name.isprintable()):
        return name
    if name.startswith("ctrl+") and len(name) == 6 and name[5].isascii() and name[5].isalpha():
        return name.lower()
    raise error(f"{where}: {key!r} is no key (a character, ctrl+letter, or a name such as 'space')")


def _nearest(name: str, actions: Iterable[str]) -> str:
    """Return the action most like a wrong name, as the end of a message; else all of them."""
    from difflib import get_close_matches

    known = list(actions)
    near = get_close_matches(name, known, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"


def _check_free(action: Action, actions: Iterable[Action], where: str) -> None:
    for other in actions:
        together = set(other.where) & set(action.where)
        if other.id != action.id and together and set(other.keys) & set(action.keys):
            raise UsageError(
                f"{where}: {sign(action.keys[0])!r} for {action.id} already means {other.id}"
            )
