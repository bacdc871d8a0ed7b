"""Who is named in an article, and which mentions name the same one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.model import SpeakerType

from .names import abbreviates, acronyms, fold, gender, names, parts
from .speaker_words import SpeakerWords

EDGES = ',;:.()«»"“”'
ARTICLED = re.compile(r"(?:^|\W)(?:l|d)['’]$|\b(?:la|le|les|des|du|the|of|au|aux|en)\s$", re.I)
# « un des relecteurs », « l'une de ses voisines »: what counts is who they are.
ONE_OF = re.compile(r"^(?:l')?une? (?=(?:des|de [cs]es|de leurs) )", re.I)
ONE_OF_THEM = re.compile(r"une? d'(?:eux|elles|entre (?:eux|elles))\b", re.I)
# « le ministre des Affaires étrangères, Ivo Brandt »: so many words may stand before the name.
ROLE_REACH = 9


@dataclass(slots=True)
class Entity:
    """Somebody or something that speaks or is named in an article."""

    name: str
    type: SpeakerType | None
    gender: str = ""
    """ "m", "f" or "" where nothing tells."""
    plural: bool = False
    heads: set[str] = field(default_factory=set)
    """Folded head nouns it is described with."""
    roles: set[str] = field(default_factory=set)
    """These and the words that go with them."""
    named: bool = False
    """Whether it has a proper name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A noun phrase taken apart."""

    bare: str
    """The phrase without its determiner."""
    determiner: str
    head: str
    """Its head noun, folded; empty for a bare name."""
    name: str
    """The proper name in it that is its own, not that of something it depends on."""
    kind: SpeakerType | None
    gender: str
    plural: bool
    words: frozenset[str]
    """Its content words, folded, without name and particles."""
    proper: bool
    """Whether it depends on a capitalised word ("the mayor of X")."""


def plain(text: str) -> str:
    """Return a text on one line with straight apostrophes and plain spaces."""
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()


def take_apart(text: str, words: SpeakerWords) -> Mention:
    """Read a source mention: its determiner, head noun, own name and type."""
    determiner, bare = _determiner(ONE_OF.sub("", plain(text)), words)
    mark = words.determiners.get(determiner, "")
    name, title = _own_name(bare, words, bool(determiner))
    several = bool(name) and _several(bare, name, words)
    name = "" if several else name
    head, kind = ("", None) if ONE_OF_THEM.match(bare) else _head(bare, name, words)
    sex = words.titles.get(title, "") or (mark if mark in ("m", "f") and not title else "")
    sex = sex or words.sexes.get(head, "")
    if kind is None and name:
        kind = _kind_of_name(name, title, determiner)
    own = set(parts(name))
    capital = [w for w in bare.split()[1:] if _bare_word(w)[:1].isupper()]
    proper = any(fold(_bare_word(w)) not in own for w in capital)
    content = {fold(_bare_word(w)) for w in bare.split()} - own - {""}
    content = {w for w in content if w not in words.links and len(w) > 2}
    plural = several or mark == "p" or _plural(head, words)
    return Mention(bare, determiner, head, name, kind, sex, plural, frozenset(content), proper)


def _plural(noun: str, words: SpeakerWords) -> bool:
    return noun not in words.nouns and noun[-1:] == "s" and noun[:-1] in words.nouns


def _bare_word(token: str) -> str:
    return re.sub(r"^(?:l|d|qu)'", "", token.strip(EDGES), flags=re.I)


def _determiner(phrase: str, words: SpeakerWords) -> tuple[str, str]:
    lower = phrase.lower()
    for determiner in sorted(words.determiners, key=len, reverse=True):
        glue = "" if determiner.endswith("'") else " "
        if lower.startswith(determiner + glue):
            return determiner, phrase[len(determiner + glue) :].lstrip()
    return "", phrase


def _own_name(bare: str, words: SpeakerWords, determined: bool) -> tuple[str, str]:
    """Return the name that stands free in a phrase, and the title before it."""
    for at, name in names(bare, leads=words.leads):
        before = bare[:at].rstrip()
        if before.endswith(" L'"):
            # « le quotidien L'Écho »: the article is part of the name.
            name, before = f"L'{name}", before.removesuffix("L'").rstrip()
        last = before.split()[-1].lower() if before else ""
        if bare[at + len(name) :].startswith(("'s", "' ")) or _nested(before, name, words):
            continue
        if (
            last in words.links
            or before.endswith(("'", "("))
            or _common(name, words, not at and (determined or _plural(fold(name), words)))
        ):
            continue
        first, _, more = name.partition(" ")
        title = next((t for t in words.titles if t in (first, first + ".", last)), "")
        return name, title if more or title == last else ""
    return "", ""


def _nested(before: str, name: str, words: SpeakerWords) -> bool:
    """« l'avocat de la maire Inès Roc », « le patron du bar Le Cap »: the name is the inner noun's.

    « le chef de la police Jean Roc » is not nested: a person's name after a noun for a body.
    """
    tokens = before.split()
    if before.endswith(",") or len(before.split(",")[-1].split()) < 2:
        return False
    links = [n for n, token in enumerate(tokens) if token.lower() in words.links and n]
    if not links or words.kind(_bare_word(tokens[0])) is None or len(tokens) - links[-1] > 4:
        return False
    inner = [_bare_word(token) for token in tokens[links[-1] + 1 :]]
    if not inner or not all(token[:1].islower() for token in inner):
        return False
    if words.kind(inner[0]) == "person":
        return True
    return not gender(name) and not tokens[links[-1] + 1 :][0].startswith(("l'", "d'"))


def _several(bare: str, name: str, words: SpeakerWords) -> bool:
    """« la Zembrie et la Kordalie »: two names, so that neither is the speaker's."""
    rest = bare.partition(name)[2].split()[:3]
    joined = bool(rest) and rest[0].lower() in words.conjunctions
    return joined and any(w[:1].isupper() or w[2:3].isupper() for w in rest[1:])


def _common(name: str, words: SpeakerWords, first: bool) -> bool:
    """« l'Observatoire syrien », « la Cour »: a capital that only honours a common noun."""
    return first and words.kind(name.split()[0]) is not None and " " not in name


def _head(bare: str, name: str, words: SpeakerWords) -> tuple[str, SpeakerType | None]:
    """Return the first noun that names a kind of speaker, and the kind."""
    stop = name.split()[0] if name else None
    tokens = [_bare_word(t) for t in bare.split()]
    for token in tokens:
        if token == stop:
            break
        kind = words.kind(token)
        if kind:
            return fold(token), kind
    if name and bare.startswith(name):
        inner = [words.kind(t) for t in name.split()]
        following = _head(bare[len(name) :], "", words) if "," in bare else ("", None)
        kind = next((k for k in inner if k in ("organisation", "outlet")), None)
        kind = None if gender(name) else kind
        return following if following[1] == "person" else ("", kind)
    first = next((t for t in tokens if t[:1].islower()), "")
    return fold(first), None


def _kind_of_name(name: str, title: str, determiner: str) -> SpeakerType | None:
    """Guess a bare name's type: people have titles and given names, bodies articles, capitals."""
    if title or gender(name):
        return "person"
    if determiner or name.replace(".", "").isupper():
        return "organisation"
    return "organisation" if any(w.isupper() and len(w) > 1 for w in name.split()) else None


def is_demonym(mention: Mention, words: SpeakerWords) -> bool:
    """Tell whether a mention is a capitalised noun of origin, not a name (« le Lyonnais »)."""
    single = mention.determiner in words.definite and not mention.plural
    return (
        single
        and mention.bare == mention.name
        and bool(words.demonym and re.search(words.demonym, mention.name))
    )


class Entities:
    """The entities of one article, found by whatever name they go by."""

    def __init__(self, text: str, words: SpeakerWords) -> None:
        self.words = words
        self.all: list[Entity] = []
        self._full: dict[str, str] = {}
        counts: dict[str, int] = {}
        self.acronyms = acronyms(text, words.leads)
        found = list(names(text, leads=words.leads))
        for _, name in found:
            name = self.untitled(name)
            counts[name] = counts.get(name, 0) + 1
        compound = [n for n in counts if len(re.split(r"[ -]", n)) > 1 and not self._led(n)]
        self.compound = sorted(compound, key=lambda n: -counts[n])
        for at, name in found:
            bare = self.untitled(name)
            roles = self.words.bearers.get(name.split()[0].rstrip("."), ())
            for role in roles if " " in bare else ():
                self.add_named(Mention(
                    bare, "", role, bare, "person", "", False, frozenset((role,)), False,
                ))  # fmt: skip
            self._introduce(text, at + len(name) - len(bare), bare)

    def _led(self, name: str) -> bool:
        """« Selon Météo-Brive »: a word that only opened the sentence."""
        first = name.split()[0]
        return fold(first) in self.words.leads and first.lower() not in self.words.determiners

    def untitled(self, name: str) -> str:
        """Drop a title or role before a name: « M. Paul Roux » (not « M. Roux »), « ONG Rive »."""
        first, _, rest = name.partition(" ")
        titled = any(t in (first, first + ".") for t in self.words.titles)
        if " " in rest and self.words.kind(first) is not None and gender(rest):
            # « le sénateur d'État Ivo Brandt »
            return rest
        if (titled and " " in rest) or (rest and self._role(first)):
            return self.untitled(rest)
        return name

    def _role(self, word: str) -> bool:
        """« Président Brandt », « ONG Rive »: a role or kind written with capitals."""
        kind = self.words.kind(word)
        return kind == "person" or (kind is not None and word.isupper())

    def full_name(self, name: str) -> str:
        """Return the name in the article that a short one abbreviates, else itself."""
        if name not in self._full:
            self._full[name] = self._find_full(name)
        return self._full[name]

    def _find_full(self, name: str) -> str:
        name = self.untitled(name)
        first, _, rest = name.partition(" ")
        short = rest if rest and any(t in (first, first + ".") for t in self.words.titles) else name
        if f"{short}." in self.compound:
            # « Jacques M. »: a full stop that belongs to the name.
            return f"{short}."
        if short in self.acronyms:
            return self.acronyms[short]
        longer = [n for n in self.compound if abbreviates(short, n) and not self._place(short, n)]
        people = [n for n in longer if gender(n)]
        return (people or longer or [name])[0]

    def _place(self, short: str, full: str) -> bool:
        """Tell whether a name is only where a body is: "Velm" is not short for "Radio Velm"."""
        first, _, rest = full.rpartition(" ")
        body = self.words.kind(first.split()[0]) in ("organisation", "outlet") if first else False
        return body and fold(rest) == fold(short) and not gender(full)

    def named(self, name: str) -> Entity | None:
        """Return the entity that goes by a name."""
        full = fold(self.full_name(name))
        return next((e for e in self.all if e.named and fold(e.name) == full), None)

    def add_named(self, mention: Mention) -> Entity:
        """Return the entity of a mention with a proper name, made where it is new."""
        full = self.full_name(mention.name)
        entity = self.named(full)
        if entity is None:
            kind = mention.kind or ("person" if gender(full) else None)
            entity = Entity(full, kind, plural=mention.plural, named=True)
            self.all.append(entity)
        entity.type = entity.type or mention.kind
        entity.gender = entity.gender or gender(full) or mention.gender
        if entity.type in ("organisation", "outlet"):
            # "the ministry" is the "Kordavian Ministry of Defence" that has spoken.
            entity.heads |= {fold(w) for w in full.split() if self.words.kind(w) == entity.type}
        if mention.head:
            entity.heads.add(mention.head)
            entity.roles |= mention.words | {mention.head}
        return entity

    def add_name(self, name: str) -> Entity:
        """Return the entity of a proper name that stands alone."""
        kind = _kind_of_name(name, "", "")
        return self.add_named(Mention(name, "", "", name, kind, "", False, frozenset(), False))

    def _introduce(self, text: str, at: int, name: str) -> None:
        """Note the role a name is introduced with, before it (« le maire, X ») or after it."""
        single = " " not in name and name not in self.acronyms
        lead = text[max(0, at - 120) : at]
        before = re.split(r"[.;:!?«»\"“”(\n]|, ", lead.rstrip(" ,"))[-1]
        role = self._role_before(plain(before), lead.rstrip().endswith(","))
        if single and self.words.kind(role.partition(" ")[0]) not in ("organisation", "outlet"):
            return
        behind = text[at + len(name) : at + len(name) + 80]
        if not role and behind.startswith(", "):
            role = self._role_after(plain(re.split(r"[,.;:!?«»\"\n]", behind[2:])[0]))
        if role:
            kind = self.words.kind(role.split()[0])
            mention = take_apart(role, self.words)
            entity = self.add_named(Mention(
                name, "", mention.head, name, kind, "", False, mention.words, mention.proper,
            ))  # fmt: skip
            entity.type = kind if kind == "person" else entity.type

    def _role_before(self, text: str, apposed: bool) -> str:
        """Return the role that ends a text: the first one before a comma, else the nearest."""
        tokens = text.split()[-ROLE_REACH:]
        order = list(enumerate(tokens))
        for n, token in order if apposed else reversed(order):
            kind = self.words.kind(_bare_word(token))
            near = n == len(tokens) - 1 or (n == len(tokens) - 3 and tokens[n + 1] == "de")
            if kind and (kind == "person" or near) and not self._crosses(tokens[n + 1 :]):
                return " ".join([_bare_word(token), *tokens[n + 1 :]])
        return ""

    def _crosses(self, tokens: Iterable[str]) -> bool:
        """Tell whether the words between role and name hold more than a role's own."""
        tokens = list(tokens)
        if tokens and tokens[-1].lower() in self.words.links | {"et", "and", "que", "qui"}:
            return True
        return any(t.lower() in self.words.breaks for t in tokens)

    def _role_after(self, text: str) -> str:
        tokens = text.split()
        joined = [n for n, t in enumerate(tokens) if t.lower() in self.words.conjunctions]
        tokens = tokens[: joined[0]] if joined else tokens
        if self._crosses(tokens):
            return ""
        first = [n for n, t in enumerate(tokens[:3]) if self.words.kind(_bare_word(t)) == "person"]
        if not first:
            return ""
        return " ".join([_bare_word(tokens[first[0]]), *tokens[first[0] + 1 :]])

    def described(self, mention: Mention, order: Iterable[Entity]) -> Entity | None:
        """Return who a description without a name points to, the first that fits."""
        extra = mention.words - {mention.head}
        fitting = [
            entity for entity in order
            if agrees(entity, mention.gender, mention.plural) and mention.head in entity.heads
        ]  # fmt: skip
        exact = next((entity for entity in fitting if extra <= entity.roles), None)
        return exact or self._only_bearer(mention, extra, fitting)

    def _only_bearer(
        self, mention: Mention, extra: Iterable[str], fitting: Iterable[Entity]
    ) -> Entity | None:
        """Return the one named person of a role, where its other words do not tell another."""
        bearers = {id(e): e for e in fitting if e.named and e.type == "person"}
        if len(bearers) != 1 or mention.plural:
            return None
        (bearer,) = bearers.values()
        told = bearer.roles - bearer.heads
        return bearer if not told or not told.isdisjoint(extra) else None


def agrees(entity: Entity, sex: str, plural: bool) -> bool:
    """Tell whether gender and number do not contradict an entity's."""
    return entity.plural == plural and not (sex and entity.gender and sex != entity.gender)


def stands_for(entity: Entity, sex: str, neuter: bool) -> bool:
    """Tell whether a pronoun may mean an entity as a person or thing.

    Where a language has a neuter, he and she are no things, and it is nobody.
    """
    thing = entity.type in ("organisation", "outlet", "document")
    return thing if sex == "n" else not (sex and neuter and thing)


def type_of(entity: Entity) -> SpeakerType | None:
    """Return a speaker's type; a name of two words that nothing tells more of is a person's."""
    return entity.type or ("person" if entity.named and " " in entity.name else None)
