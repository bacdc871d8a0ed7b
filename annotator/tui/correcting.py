"""Correcting the tags of the claim under the cursor: who says what, in which words."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, get_args

from annotator.errors import JudgementError
from annotator.model import (
    ATTRIBUTION_KINDS,
    SPEAKER_TYPES,
    Attribution,
    AttributionKind,
    Claim,
    Event,
    Span,
    SpeakerType,
)
from annotator.review import corrections
from annotator.review.corrections import Role
from annotator.tagging.overlay import Corrected, Correction
from annotator.tui.choosing import ChoosingScreen
from annotator.tui.corrected import in_words, quoted
from annotator.tui.desk import Desk
from annotator.tui.dialogs import Choice
from annotator.tui.keys import Action, sign
from annotator.tui.menu import Menu
from annotator.tui.page import letters
from annotator.tui.panel import VOICES
from annotator.tui.speakers import PickSpeaker, type_menu
from annotator.tui.tag_menu import Row, TagMenu

if TYPE_CHECKING:
    from annotator.review.session import Session

OF_ROLE: dict[str, Role] = {f"correct_{role}": role for role in get_args(Role)}
OF_TAG = {*OF_ROLE, "correct_speaker", "correct_type", "correct_kind", "remove_tag"}
NO_TAG = "Nobody is said to say this: {} adds a quotation that was missed."
FRAME = 3
"""Lines of the screen above the text, and of the window around its rows."""
UNCHANGED = "Nothing has changed: that is how it was."
Then = Callable[[str | None, SpeakerType | None], object]


class CorrectingScreen(ChoosingScreen):
    """A claim screen on which the tags can be corrected."""

    tags: Corrected
    """The tagging that is shown, and what the reviewer corrected in it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._turned = ("", 0)
        self._last_speaker: str | None = None

    def show_tags(self, near: Callable[[], Claim | None]) -> None:
        """Read the tags again and show them, at the claim that `near` gives afterwards."""
        raise NotImplementedError

    # --- what is corrected ----------------------------------------------------------------------

    @property
    def tag(self) -> Attribution | None:
        """The attribution of the current claim that is corrected: the innermost at first."""
        mine = self.here.attributions
        return self.page.tagging.attributions[mine[self._which]] if mine else None

    @property
    def _which(self) -> int:
        """Which of the attributions of the current claim is corrected."""
        claim_id, turns = self._turned
        return turns % len(self.here.attributions) if claim_id == self.here.id else 0

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.id == "correct":
            return self.claim is not None
        if "tags" in action.where and action.id != "back":
            return self.claim is not None and self.hindrance(action.id) is None
        return super().possible(action)

    def offered_actions(self) -> list[Action]:
        """Return what can be done now, corrections among them."""
        found = super().offered_actions()
        if self.where != "article":
            return found
        return found + [one for one in self._corrections() if self.possible(one)]

    def hindrance(self, action_id: str) -> str | None:
        """Return why a correction cannot be made here; None where it can."""
        if action_id in OF_TAG and self.tag is None:
            return NO_TAG.format(sign(self.key_of("add_tag")))
        if action_id == "correct_type" and self.tag is not None and self.tag.speaker is None:
            return f"Nobody is named: {sign(self.key_of('correct_speaker'))} says who it is."
        if action_id == "other_tag" and len(self.here.attributions) < 2:
            return "There is no other tag here."
        if action_id == "reset_tag" and not self._mine():
            return "You corrected nothing here."
        if action_id == "superseded" and not self.page.superseded:
            return "None of your answers in this article is superseded."
        return self._segment_hindrance(action_id)

    def _segment_hindrance(self, action_id: str) -> str | None:
        segment = self.page.segments[self.here.segment]
        try:
            if action_id == "join":
                corrections.join(self.tags, segment)
            elif (
                action_id == "split" and not self.page.text[segment.start : segment.end].split()[1:]
            ):
                return "A sentence of one word cannot be divided."
        except JudgementError as error:
            return f"{str(error)[0].upper()}{str(error)[1:]}."
        return None

    def action_correct(self) -> None:
        """Show what can be corrected."""
        tags = len(self.here.attributions)
        more = f" · tag {self._which + 1} of {tags}" if tags > 1 else ""
        rows = [
            Row(one, self._now(one.id), self.hindrance(one.id))
            for one in self._corrections()
            if one.id != "other_tag" or tags > 1
        ]
        claim = (self.here.start, self.here.end)
        title = f"Correct {quoted(self.page.text, [claim])}{more}"
        # The window stands below the claim, or above it at the end of the text.
        room = max(1, self.size.height - len(rows) - FRAME)
        menu = TagMenu(title, rows, self.keymap, high=not self.reader.lift(room))
        self.app.push_screen(menu, self._take)

    def action_other_tag(self) -> None:
        """Correct another of the tags that share the claim."""
        self._turned = (self.here.id, self._which + 1)
        self.action_correct()

    def _take(self, action: Action | None) -> None:
        if action is not None:
            self.do(action)

    def _corrections(self) -> list[Action]:
        return [one for one in self.keymap.at("tags") if one.group == "correct"]

    def _now(self, action_id: str) -> str:
        """Return what there is now of what an action would correct."""
        tag, text = self.tag, self.page.text
        if action_id == "reset_tag":
            return "; ".join(in_words(text, one) for one in self._mine())
        if action_id == "superseded":
            return f"{len(self.page.superseded)} in this article" * bool(self.page.superseded)
        if tag is None:
            return ""
        if action_id in OF_ROLE:
            spans = getattr(tag, OF_ROLE[action_id])
            return quoted(text, spans) if spans else "none"
        now = {
            "correct_speaker": tag.speaker or "nobody known",
            "correct_type": tag.speaker_type or "",
            "correct_kind": VOICES[tag.kind],
        }
        return now.get(action_id, "")

    # --- who, and how ---------------------------------------------------------------------------

    def action_correct_speaker(self) -> None:
        """Ask who says it."""
        tag = self._tag()
        self._ask_speaker(
            tag.speaker,
            lambda name, kind: self._correct(
                lambda: self._session.correct_speaker(self._article, tag, name, kind)
            ),
        )

    def action_correct_type(self) -> None:
        """Ask what the speaker is."""
        tag = self._tag()

        def answered(value: str | None) -> None:
            if value is not None:
                self._correct(
                    lambda: self._session.correct_speaker(
                        self._article, tag, tag.speaker, _type(value)
                    )
                )

        self.app.push_screen(type_menu(tag.speaker or "", tag.speaker_type), answered)

    def action_correct_kind(self) -> None:
        """Ask how the words are reported."""
        tag = self._tag()
        kinds = {kind: Choice(kind, VOICES[kind]) for kind in ATTRIBUTION_KINDS}

        def answered(value: str | None) -> None:
            kind: AttributionKind | None = next((one for one in kinds if one == value), None)
            if kind is not None:
                self._correct(lambda: self._session.correct_kind(self._article, tag, kind))

        at = ATTRIBUTION_KINDS.index(tag.kind)
        self.app.push_screen(Menu("In which voice?", list(kinds.values()), at), answered)

    def action_remove_tag(self) -> None:
        """Say that nobody is said to say this."""
        tag = self._tag()
        self._correct(lambda: self._session.remove_attribution(self._article, tag))

    def _ask_speaker(self, first: str | None, then: Then) -> None:
        """Ask for a speaker, the likeliest first, and what they are where they are new here."""
        known = {one.name: one for one in corrections.speakers(self.page.tagging)}

        def named(choice: Choice | None) -> None:
            if choice is None:
                return
            name = choice.value or None
            if name is None or name in known:
                then(name, known[name].type if name else None)
            else:
                self.app.push_screen(type_menu(name, None), partial(typed, name))

        def typed(name: str, value: str | None) -> None:
            if value is not None:
                then(name, _type(value))

        self.app.push_screen(PickSpeaker(list(known.values()), first), named)

    # --- which words ----------------------------------------------------------------------------

    def action_correct_content(self) -> None:
        """Choose the words said."""
        self._choose_role("content", "Content, the words said")

    def action_correct_cue(self) -> None:
        """Choose the words that say so."""
        self._choose_role("cue", "Cue, the words for saying")

    def action_correct_source(self) -> None:
        """Choose the words that name the speaker."""
        self._choose_role("source", "Source, the speaker's name")

    def _choose_role(self, role: Role, prompt: str) -> None:
        tag = self._tag()

        def done(spans: tuple[Span, ...]) -> None:
            self._correct(lambda: self._session.correct_spans(self._article, tag, role, spans))

        self.choose(prompt, done, getattr(tag, role))

    def action_add_tag(self) -> None:
        """Choose the words of a quotation that was missed, then ask who says them."""

        def done(spans: tuple[Span, ...]) -> None:
            if not spans:
                raise JudgementError("no words are selected")
            names = [one.name for one in corrections.speakers(self.page.tagging)]
            likely = self._last_speaker if self._last_speaker in names else next(iter(names), None)
            self._ask_speaker(likely, partial(added, spans))

        def added(spans: tuple[Span, ...], name: str | None, kind: SpeakerType | None) -> None:
            self._last_speaker = name
            how = corrections.kind_of(self.page.text, spans)
            tag = Attribution(spans, how, speaker=name, speaker_type=kind)
            self._correct(lambda: self._session.add_attribution(self._article, tag))

        self.choose("A missed quotation", done, ())

    # --- sentences ------------------------------------------------------------------------------

    def action_split(self) -> None:
        """Choose the word with which another claim begins."""

        def done(at: int) -> None:
            self._correct(lambda: self._session.split_segment(self._article, at))

        self.choose_place("The second part begins with", done)

    def action_join(self) -> None:
        """Join the sentence with the next one."""
        segment = self.page.segments[self.here.segment]
        self._correct(lambda: self._session.join_segments(self._article, segment))

    # --- back, and what was answered before -----------------------------------------------------

    def action_reset_tag(self) -> None:
        """Drop a correction of one's own; ask which where there are several."""
        mine = self._mine()
        if len(mine) == 1:
            self._reset(mine[0].target)
        else:
            choices = [Choice(one.target, in_words(self.page.text, one)) for one in mine]
            self.app.push_screen(Menu("Drop which correction?", choices), self._reset)

    def _reset(self, target: str | None) -> None:
        if target is not None:
            self._correct(lambda: self._session.reset(self._article, target))

    def _mine(self) -> tuple[Correction, ...]:
        """Return the reviewer's corrections that show in the current sentence, each once."""
        found = self.page.corrections.by_claim
        here = [found.get(claim.id, ()) for claim in self.page.claims(self.here.segment)]
        return tuple(dict.fromkeys(one for some in here for one in some))

    def action_superseded(self) -> None:
        """List the answers on claims that the tags do not have any more; go to one of them."""
        page, scheme = self.page, self.desk.session.scheme
        choices = [
            Choice(
                claim_id,
                f"{letters(scheme, self.answers.judgements.get(claim_id)):<4}"
                + quoted(page.text, [(one.claim.start, one.claim.end)]),
            )
            for claim_id, one in page.superseded.items()
        ]
        self.app.push_screen(Menu("Superseded answers", choices), self._go_to_superseded)

    def _go_to_superseded(self, claim_id: str | None) -> None:
        if claim_id is not None and claim_id in self.page.walk:
            self.show_claim(self.page.walk.claim(claim_id))

    # --- saving ---------------------------------------------------------------------------------

    @property
    def _session(self) -> Session:
        return self.desk.session

    @property
    def _article(self) -> str:
        return self.page.article_id

    def _tag(self) -> Attribution:
        assert self.tag is not None
        return self.tag

    def _correct(self, act: Callable[[], Event | None]) -> None:
        """Save a correction and show it; what is not possible is said in one line."""
        self.attempt(partial(self._corrected, act))

    def _corrected(self, act: Callable[[], Event | None]) -> None:
        before, gone = self.here, len(self.page.superseded)
        with self.desk.writing():
            event = act()
        self.stop_marking()
        if event is None:
            self.say(UNCHANGED)
            return
        self.show_tags(lambda: self.claim_after(event, before))
        if len(self.page.superseded) > gone:
            keys = f"{sign(self.key_of('correct'))} {sign(self.key_of('superseded'))}"
            self.say(f"Your answer on the words as they were is kept: {keys} lists it.")

    def claim_after(self, event: Event, before: Claim | None) -> Claim | None:
        """Return the claim of the attribution that was corrected, else what is at its place now.

        Of several there, it is that which was the current one before.
        """
        index = next((n for n, one in self.tags.targets.items() if one == event.target), None)
        made = [one for one in self.page.tagging.claims if index in one.attributions]
        _, offset = corrections.place(event) or ("", None)
        if offset is None:
            offset = before.start if before else 0
        near = made or [
            one
            for one in self.page.claims(self.page.segment_at(offset))
            if one.attributions and one.start <= offset < one.end
        ]
        same = (one for one in near if before is not None and one.id == before.id)
        return next(same, made[0] if made else self.page.claim_at(offset))


def _type(value: str) -> SpeakerType | None:
    return next((one for one in SPEAKER_TYPES if one == value), None)
