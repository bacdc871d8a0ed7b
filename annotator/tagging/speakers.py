"""Says who each source is: resolves pronouns, descriptions, acronyms and short names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from annotator.model import Attribution, Segment

from .drafts import Draft
from .entities import (
    ARTICLED,
    Entities,
    Entity,
    Mention,
    agrees,
    is_demonym,
    plain,
    stands_for,
    take_apart,
    type_of,
)
from .names import fold, gender, names
from .places import beginning, crossed
from .posts import lead
from .quotations import Quotation, touching
from .speaker_words import SpeakerWords, speaker_words

POST_NAME = re.compile(r"(?P<name>.+?)\s*\((?P<handle>@\w+)\)")
# A quotation without cue is the last speaker's if so few segments lie between.
NEAR = 2
# A pronoun looks back over so many segments, not further.
MEMORY = 8
# Words that may stand before the noun of a description: « le premier magistrat ».
LEADING = frozenset(
    "premier premiere ancien ancienne jeune vieux vieille nouveau nouvelle ex".split()
)
# Determiners by which a description may point to somebody named just before.
POINTING = frozenset(("le", "la", "l'", "ce", "cet", "cette"))
# A name counts as a sentence's subject if it stands so near its beginning, in characters.
OPENING = 90


def resolve(
    text: str,
    segments: Sequence[Segment],
    quotations: Sequence[Quotation],
    drafts: Sequence[Draft],
    language: str,
) -> list[Attribution]:
    """Return the attributions of the drafts, in their order, with speaker, type and relayer."""
    resolver = _Resolver(text, segments, quotations, speaker_words(language))
    order = sorted(
        range(len(drafts)), key=lambda n: (drafts[n].form == "headline", _place(drafts[n]))
    )
    found = {n: resolver.resolve(drafts[n]) for n in order}
    return [found[n] for n in range(len(drafts))]


def _place(draft: Draft) -> int:
    """Where a draft's speaker is mentioned: the order in which a reader meets the speakers."""
    return draft.source[0][0] if draft.source else draft.start


class _Resolver:
    """Walks through an article's drafts and remembers who has spoken."""

    def __init__(
        self,
        text: str,
        segments: Sequence[Segment],
        quotations: Sequence[Quotation],
        words: SpeakerWords,
    ) -> None:
        self.text = text
        self.words = words
        self.segments = segments
        self.quotations = quotations
        self.entities = Entities(text, words)
        self.spoken: list[tuple[Draft, Entity, str | None]] = []
        """Who spoke so far, and the relayer."""
        self.interviewee: Entity | None = None

    def resolve(self, draft: Draft) -> Attribution:
        """Return the attribution of a draft, with what earlier drafts taught."""
        via = self._relayer(draft)
        entity: Entity | None = None
        if draft.form == "post":
            entity = self._account(draft)
        elif draft.form == "answer":
            entity = self._interviewee(draft)
        elif draft.source:
            entity = self._mentioned(draft)
        elif draft.form == "headline":
            entity = self._of_twin(draft)
        elif draft.form == "continuation" or (draft.kind == "direct" and not draft.cue):
            entity, via = self._continued(draft)
        if entity is not None and draft.form != "post":
            via = via or self._still_relayed(draft, entity)
            self.spoken.append((draft, entity, via))
        return Attribution(
            content=draft.content,
            kind=draft.kind,
            cue=draft.cue,
            source=draft.source,
            speaker=entity.name if entity else None,
            speaker_type=type_of(entity) if entity else None,
            via=via,
            rule=draft.rule,
        )

    def _relayer(self, draft: Draft) -> str | None:
        if not draft.via:
            return None
        mention = take_apart(self.text[slice(*draft.via)], self.words)
        return self.entities.full_name(mention.name) if mention.name else mention.bare

    def _still_relayed(self, draft: Draft, entity: Entity) -> str | None:
        """« Elle ajoute… » after « une source citée par X »: X still relays."""
        pronoun = bool(draft.source) and plain(self.text[slice(*draft.source[0])]).lower()
        if pronoun not in self.words.pronouns or not self.spoken:
            return None
        _, last, via = self.spoken[-1]
        return via if last is entity else None

    def _account(self, draft: Draft) -> Entity | None:
        if not draft.source:
            return None
        signature = plain(self.text[slice(*draft.source[0])])
        found = POST_NAME.fullmatch(signature)
        name = f"{found['name'].rstrip('. ')} ({found['handle']})" if found else signature
        return Entity(name, "account", named=True)

    def _interviewee(self, draft: Draft) -> Entity | None:
        """Who answers: the first person the article names before the interview begins."""
        if self.interviewee is None:
            people = [e for _, e in self._people(0, draft.start) if e.type == "person"]
            self.interviewee = people[0] if people else None
        return self.interviewee

    def _of_twin(self, draft: Draft) -> Entity | None:
        """Who says in the article what the headline quotes; in an interview, who answers."""
        said = [entity for earlier, entity, _ in self.spoken if earlier is draft.twin]
        return said[0] if said else self.interviewee

    def _continued(self, draft: Draft) -> tuple[Entity | None, str | None]:
        """A quotation that goes on without a cue is the last speaker's, if that is near."""
        told = self._told_of(draft.start)
        for earlier, entity, via in reversed(self.spoken):
            if earlier.start < draft.start:
                if told is not None and told[0] > max(earlier.end, _place(earlier)):
                    return told[1], None
                ends = max(earlier.end, _place(earlier))
                between = [s for s in self.segments if ends <= s.start and s.end <= draft.start]
                return (entity, via) if len(between) <= NEAR else (None, None)
        return (told[1], None) if told is not None else (None, None)

    def _told_of(self, at: int) -> tuple[int, Entity] | None:
        """Return the person the narrator's sentence right before a quotation is about."""
        before = [s for s in self.segments if s.end <= at and s.kind == "sentence"]
        if not before or "\n\n" in self.text[before[-1].end : at].strip(" "):
            return None
        found = self._subjects(before[-1].start, before[-1].end)
        people = [(place, entity) for place, entity in found if type_of(entity) == "person"]
        return people[-1] if people and people[-1][1].named else None

    def _mentioned(self, draft: Draft) -> Entity | None:
        start, end = draft.source[0]
        text = plain(self.text[start:end])
        if text.lower() in self.words.nobody:
            return None
        mark = self.words.pronouns.get(text.lower())
        if mark is not None:
            return self._pronoun(mark, _place(draft))
        mention = take_apart(text, self.words)
        if not mention.bare:
            return None
        if mention.determiner in self.words.possessives and not mention.name:
            return self._possessed(mention, _place(draft))
        if mention.name and not is_demonym(mention, self.words):
            return self.entities.add_named(mention)
        return self._described(mention, _place(draft))

    # ------------------------------------------------------------ descriptions

    def _described(self, mention: Mention, at: int) -> Entity:
        """« le ministère », « une source militaire »: who was described so before, or itself."""
        recent = [entity for _, entity, _ in reversed(self.spoken)]
        if mention.determiner in self.words.definite or not mention.determiner:
            known = self.entities.described(mention, [*recent, *self.entities.all])
            pointed = (
                known or self._varied(mention, recent, at) or self._unnamed_so_far(mention, at)
            )
            if pointed is not None:
                return pointed
        return self._owned(mention, at) or self._new(mention)

    def _unnamed_so_far(self, mention: Mention, at: int) -> Entity | None:
        """« le conseiller »: the person last named, if nothing said so far who that is.

        « l'élu » may also be a mayor: the words for people have wider ones (`wider`).
        """
        first = re.split(r"[ -]", fold(mention.bare))[0]
        leading = first == mention.head or first in LEADING
        whose = re.search(r" (?:du|de la|des|de l'|de s\w+) ?", mention.bare)
        if mention.kind != "person" or mention.determiner not in POINTING or not leading or whose:
            return None
        spoken = [(_place(d), e) for d, e, _ in self.spoken if self._memory(at) <= _place(d) < at]
        named = [c for c in sorted(spoken, key=lambda c: -c[0]) if c[1].named]
        named += [c for c in reversed(self._people(self._memory(at, 4), at)) if c not in named]
        fitting = [
            (place, e) for place, e in named
            if type_of(e) == "person" and agrees(e, mention.gender, mention.plural)
        ]  # fmt: skip
        narrower = self.words.wider.get(mention.head, frozenset())
        chosen = [e for _, e in fitting if not narrower.isdisjoint(e.heads)]
        chosen += [e for p, e in fitting[:1] if not e.heads and p >= self._memory(at, 4)]
        if chosen:
            chosen[0].heads.add(mention.head)
            chosen[0].gender = chosen[0].gender or mention.gender
        return chosen[0] if chosen else None

    def _owned(self, mention: Mention, at: int) -> Entity | None:
        """« la direction »: of the one body the article has named."""
        body = self._nearest_body(at) if mention.head in self.words.owned else None
        if body is None or mention.words - {mention.head}:
            return None
        entity = self._new(mention)
        entity.name = self.words.owned_by(entity.name, body.name)
        return entity

    def _possessed(self, mention: Mention, at: int) -> Entity:
        """« son avocat »: the lawyer of whoever was spoken of."""
        owner = self._pronoun(self.words.possessives[mention.determiner], at)
        entity = self._new(mention)
        if owner is not None and owner.named and not mention.proper:
            entity.name = self.words.owned_by(entity.name, owner.name)
        return entity

    def _varied(self, mention: Mention, recent: Sequence[Entity], at: int) -> Entity | None:
        """« le groupe », « le communiqué », « l'attaquant »: another word for who spoke last."""
        extra = mention.words - {mention.head}
        bare = not any(w in self.words.nouns for w in extra)
        if not extra and mention.head in self.words.issued:
            return next((e for e in recent if e.type in ("organisation", "outlet")), None)
        # « l'Union des ports » is a name, not « the union ».
        title = mention.bare[:1].isupper() and mention.bare[1:2].islower()
        if mention.head in self.words.generic and not mention.proper and not title:
            return self._only_body(recent, bool(extra)) or self._nearest_body(at)
        varies = mention.head in self.words.epithets and bare
        if (varies or is_demonym(mention, self.words)) and recent:
            last = recent[0]
            fits = agrees(last, mention.gender, mention.plural)
            return last if type_of(last) == "person" and last.named and fits else None
        return None

    def _only_body(self, recent: Sequence[Entity], described: bool) -> Entity | None:
        """Return the one organisation that has spoken, or of several the very last speaker.

        More words than the noun (`described`) may tell of another one than the last.
        """
        bodies = [e for e in recent if e.type in ("organisation", "outlet") and not e.plural]
        named = [e for e in bodies if e.named]
        bodies = named or bodies
        last = bool(bodies) and bodies[0] is recent[0] and not described
        return bodies[0] if last or (bodies and len({id(e) for e in bodies}) == 1) else None

    def _nearest_body(self, at: int) -> Entity | None:
        """Return the one body the narrator names shortly before a place."""
        near = self._near(self._memory(at), at)
        found = [
            known
            for segment in near
            for _, name in self._names(segment.start, min(segment.end, at))
            if (known := self.entities.named(name)) and known.type == "organisation"
        ]
        return found[-1] if found and all(e is found[-1] for e in found) else None

    def _new(self, mention: Mention) -> Entity:
        """Make an entity of a description that points to nothing named."""
        unnamed = any(w in self.words.unnamed for w in mention.words)
        kind = "anonymous" if unnamed else mention.kind
        name = mention.bare.split(",")[0].strip()
        roles = set(mention.words | {mention.head})
        entity = Entity(name, kind, mention.gender, mention.plural, {mention.head}, roles)
        self.entities.all.append(entity)
        return entity

    # ------------------------------------------------------------ pronouns

    def _pronoun(self, mark: str, at: int) -> Entity | None:
        """The nearest speaker, or person who opens a sentence, that agrees in gender and number."""
        sex, plural = mark.rstrip("p"), mark.endswith("p")
        near = self._memory(at)
        spoken = [(_place(d), e) for d, e, _ in self.spoken if near <= _place(d) < at]
        candidates = [(place, e) for place, e in spoken if not self._entitled(place)]
        candidates += self._subjects(near, at)
        last = self._memory(at, 2)
        others = [c for c in self._people(last, at) if c not in candidates]
        ranked = sorted(candidates, key=lambda c: -c[0])
        recent = [c for c in ranked if c[0] >= last]
        for _, entity in [*recent, *reversed(others), *ranked]:
            fits = stands_for(entity, sex, self.words.neuter)
            if fits and agrees(entity, sex.strip("n"), plural):
                if entity.type == "person":
                    entity.gender = entity.gender or sex
                return entity
        return None

    def _entitled(self, at: int) -> bool:
        """Tell whether a place lies in a headline: what it names in short the text names anew."""
        return any(s.kind == "headline" and s.start <= at < s.end for s in self.segments)

    def _memory(self, at: int, back: int = MEMORY) -> int:
        """Return where the segment so many before a place begins."""
        before = bisect_right(self.segments, at, key=lambda s: s.start)
        return self.segments[before - back].start if before >= back else 0

    def _near(self, start: int, at: int) -> list[Segment]:
        """Return the segments between two places that may name people."""
        silent = ("byline", "other")
        return [s for s in beginning(self.segments, start, at) if s.kind not in silent]

    def _subjects(self, start: int, at: int) -> list[tuple[int, Entity]]:
        """Return the subjects of the narrator's sentences between two places, by their look:
        a description that opens the sentence, or the first name near its beginning."""
        found = []
        for segment in self._near(start, at):
            start = lead(self.text, segment)
            end = min(segment.end, at, start + OPENING)
            comma = self.text.find(", ", start, end)
            described = self._opening(start, end)
            if described is None and comma > 0:
                # « De son côté, le parquet … »
                described = self._opening(comma + 2, end)
            if described is not None:
                found.append((start, described))
            for place, name in self._names(start, end):
                known = self.entities.named(name)
                body = known is not None and known.type == "organisation" and place > start + 3
                if (known is not None and not body) or gender(self.entities.full_name(name)):
                    entity = self.entities.add_name(name)
                    found.append((place, entity))
                    break
        return found

    def _opening(self, start: int, end: int) -> Entity | None:
        """Return who a sentence's opening words describe: « Le ministre … », « L'ONG … »."""
        opening = plain(self.text[start:end]).split()[:3]
        elided = 1 if opening and "'" in opening[0] else 2
        if len(opening) > elided and opening[elided][:1].isupper():
            return None
        mention = take_apart(" ".join(opening[:elided]), self.words)
        if mention.determiner not in self.words.definite or mention.kind not in (
            "person",
            "organisation",
        ):
            return None
        if any(q.holds(start, start + 1) for q in self.quotations) or not mention.head:
            return None
        recent = [entity for _, entity, _ in reversed(self.spoken)]
        return self.entities.described(mention, [*recent, *self.entities.all]) or self._new(mention)

    def _people(self, start: int, at: int) -> list[tuple[int, Entity]]:
        """Return every person the narrator names between two places."""
        return [
            (place, self.entities.add_name(name))
            for segment in self._near(start, at)
            for place, name in self._names(segment.start, min(segment.end, at))
            if self._is_person(name, place)
        ]

    def _names(self, start: int, end: int) -> list[tuple[int, str]]:
        """Return the narrator's names that begin between two places."""
        own = crossed(self.segments, start, start + 1)
        whole = own[0].end if own else end
        return [
            (at, self.entities.untitled(name))
            for at, name in names(self.text, start, whole, self.words.leads)
            if at < end
            and not any(
                q.holds(at, at + len(name)) for q in touching(self.quotations, at, at + len(name))
            )
        ]

    def _is_person(self, name: str, at: int) -> bool:
        known = self.entities.named(name)
        if known is not None and known.type is not None:
            return known.type == "person"
        full = self.entities.full_name(name)
        if gender(full):
            return True
        return (
            " " in full
            and not ARTICLED.search(self.text[max(0, at - 5) : at])
            and (self.words.kind(full.split()[0]) is None)
        )
