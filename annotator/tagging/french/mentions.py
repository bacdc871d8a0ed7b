"""The extent of a French noun phrase that names a source."""

from __future__ import annotations

from annotator.model import Span

from ..names import NAME
from ..sentence import Sentence, Word
from ..speaker_words import speaker_words

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "X"))
# What belongs to a mention: its words and appositions, not the clauses that hang on it.
MENTION_DEPS = frozenset(
    "det amod nummod nmod flat:name flat:foreign flat compound fixed appos conj cc case punct"
    " advmod dep".split()
)
# Deeper down, participles too: « la salle d'opérations dirigée par X, Y ».
INNER_DEPS = MENTION_DEPS | frozenset(("acl", "obl:arg", "obl:agent", "obl:mod"))
CLAUSE_POS = frozenset(("VERB", "AUX", "SCONJ"))
EDGE = frozenset((",", "(", ")", "-", "–", "—", ":", ";", '"', ".", "et", "mais", "ou", "[", "]"))
OF = frozenset("de d' du des".split())
# Of the verb behind, however they were parsed: « son père lui a dit ».
CLITIC = frozenset("lui leur en y se s' ne n'".split())
PHRASE = frozenset(("DET", "NOUN", "ADJ", "PROPN", "NUM"))
# Pronouns that take nothing with them.
ALONE = frozenset("il elle ils elles lui eux on je tu nous vous".split())


def mention(sentence: Sentence, head: Word, start: int = 0, stop: int | None = None) -> Span | None:
    """Return the span of the noun phrase of a head word, kept between two offsets."""
    stop = sentence.end if stop is None else stop
    bare = head.lower.removeprefix("-t-").lstrip("-")
    if bare in ALONE and (head.pos == "PRON" or head.text[:1] == "-"):
        return head.end - len(bare), head.end
    words = [w for w in _members(sentence, head) if start <= w.start and w.end <= stop]
    if head not in words:
        return None
    words = _run(sentence, head, {w.index for w in words}, stop)
    while words[-1] is not head and words[-1].lower in EDGE and not _balanced(words):
        words.pop()
    while words[-1] is not head and words[-1].lower in CLITIC:
        words.pop()
    while words[0] is not head and (words[0].lower in EDGE or words[0].pos == "ADP"):
        words.pop(0)
    first = _name_before(sentence, words[0], start)
    last = _of_phrases(sentence, words[-1], stop)
    beside = _name_beside(sentence, last, stop)
    return first.start, beside or _name_behind(sentence, last, stop)


def _of_phrases(sentence: Sentence, last: Word, stop: int) -> Word:
    """« la gérante » + « d'un bar du quai »: « de » and its noun belong to the noun before."""
    while last.pos in ("NOUN", "ADJ") and last.lower not in EDGE:
        at = sentence.after(last)
        if at is None or at.lower not in OF:
            break
        noun = None
        at = sentence.after(at)
        while at is not None and at.end <= stop and at.pos in PHRASE:
            noun = at if at.pos in ("NOUN", "ADJ", "PROPN") else noun
            at = sentence.after(at)
        if noun is None:
            break
        last = noun
    return last


def _name_beside(sentence: Sentence, last: Word, stop: int) -> int | None:
    """« le quotidien » + « L'Écho du Port »: a name right behind a word for its bearer."""
    known = speaker_words("fr").kind(last.lower) in ("person", "organisation", "outlet")
    behind = sentence.after(last)
    if not known or behind is None or last.end + 1 != behind.start or last.pos == "PROPN":
        return None
    found = NAME.match(sentence.text, behind.start, stop)
    return found.end() if found else None


def _name_before(sentence: Sentence, first: Word, start: int) -> Word:
    """Return where a name begins whose last part alone the parse took (« Orsel-Brac »)."""
    while (before := sentence.before(first)) is not None and before.start >= start:
        glued = before.end == first.start and (first.text[:1] == "-" or before.text[-1:] == "-")
        named = (
            before.end + 1 == first.start and first.pos == "PROPN" and before.pos in ("PROPN", "X")
            and before.text[:1].isupper() and first.text[:1].isupper()
        )  # fmt: skip
        if not (glued or named):
            break
        first = before
    return first


def _name_behind(sentence: Sentence, last: Word, stop: int) -> int:
    """« la ministre de la Pêche, Inès Sorel, »: a name between commas belongs to the mention."""
    comma = sentence.after(last)
    if comma is None or comma.text != "," or last.pos == "PROPN":
        return last.end
    end = None
    for word in sentence.words[comma.index + 1 :]:
        if word.end > stop or not word.text[:1].isupper() or word.pos not in ("PROPN", "NOUN", "X"):
            closed = word.start >= stop or word.text in ",.!?"
            return end if end is not None and closed else last.end
        end = word.end
    return end if end is not None and end >= stop else last.end


def _balanced(words: list[Word]) -> bool:
    """Tell whether the last word closes a bracket opened inside the phrase."""
    texts = [w.text for w in words]
    return texts[-1] == ")" and texts.count("(") == texts.count(")")


def _members(sentence: Sentence, head: Word) -> list[Word]:
    found, todo = {head.index}, [head]
    while todo:
        word = todo.pop()
        for child in sentence.children(word):
            if child.dep not in (MENTION_DEPS if word is head else INNER_DEPS):
                continue
            if child.pos in CLAUSE_POS and child.dep not in ("acl", "amod", "flat:name", "fixed"):
                continue
            if child.lower.endswith("ant") and child.pos == "VERB":
                continue
            if child.dep in ("conj", "appos", "dep") and _has_subject(sentence, child):
                continue
            found.add(child.index)
            todo.append(child)
    return [sentence.words[i] for i in sorted(found)]


def _has_subject(sentence: Sentence, word: Word) -> bool:
    return bool(sentence.children(word, "nsubj", "nsubj:pass", "cop"))


def _run(sentence: Sentence, head: Word, inside: set[int], stop: int) -> list[Word]:
    """Keep the run of words around the head; to its right, commas and brackets may bridge a gap.

    To its left a comma ends it: in French the first noun of a phrase is its head.
    """
    words = sentence.words
    left = right = head.index
    while left - 1 in inside and words[left - 1].text != ",":
        left -= 1
    while True:
        if right + 1 in inside:
            right += 1
        elif right + 2 in inside and words[right + 1].text in ',("-':
            right += 2
        elif (
            _name_goes_on(words, right, stop)
            or _hyphenated(words, right)
            or (stop < words[-1].end and _noun_goes_on(words, right, stop))
        ):
            right += 1
        else:
            break
    if right + 1 < len(words) and words[right + 1].text == ")":
        right += 1
    return words[left : right + 1]


def _noun_goes_on(words: list[Word], right: int, stop: int) -> bool:
    """« La société Norvex a dit », « le service météo a dit »: a noun right before the verb."""
    following = words[right + 1] if right + 1 < len(words) else None
    if (
        following is None
        or following.end > stop
        or following.pos not in ("PROPN", "NOUN", "X", "ADJ")
    ):
        return False
    return all(
        w.pos in ("PROPN", "NOUN", "X", "ADJ") for w in words[right + 1 :] if w.end <= stop
    ) and words[right].pos in ("NOUN", "PROPN", "X")


def _hyphenated(words: list[Word], right: int) -> bool:
    """« Président » + « -candidat », « Celle » + « - » + « ci »: one word for a reader."""
    if right + 1 >= len(words) or words[right + 1].start != words[right].end:
        return False
    return words[right + 1].text.startswith("-") or words[right].text == "-"


def _name_goes_on(words: list[Word], right: int, stop: int) -> bool:
    """« I. » + « Sorel », « Jean » + « Dupont »: capitalised neighbours are one name."""
    if right + 1 >= len(words) or words[right + 1].end > stop:
        return False
    here, following = words[right], words[right + 1]
    capital = here.text[:1].isupper() and following.text[:1].isupper()
    return (
        capital and following.pos in ("PROPN", "X", "NOUN") and here.pos in ("PROPN", "X", "NOUN")
    )
