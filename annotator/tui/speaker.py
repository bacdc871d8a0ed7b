"""The page of one speaker: all that somebody says, over the whole corpus."""

from __future__ import annotations

from textual.app import ComposeResult

from annotator.store import Project, Said, Speaker
from annotator.tui.bars import Bar, Footer, MessageBar
from annotator.tui.beside import reported
from annotator.tui.claimlist import ClaimList, Entry
from annotator.tui.desk import Desk
from annotator.tui.dialogs import Choice, Pick
from annotator.tui.finding import PAGE, said
from annotator.tui.found import FoundScreen, GoThere
from annotator.tui.screen import KeyScreen

LISTED = 100
NOBODY = "Nobody is said to have said anything yet."
NO_NAME = "No speaker has a name with a word that begins like that."


def open_speaker(screen: KeyScreen, name: str | None, here: str | None, go_there: GoThere) -> None:
    """Show all that somebody says; without a name, ask first who."""
    assert screen.desk is not None
    desk = screen.desk

    def chosen(choice: Choice | None) -> None:
        if choice is not None:
            screen.app.push_screen(SpeakerScreen(desk, choice.value, here, go_there))

    if name is not None:
        chosen(Choice(name, name))
    elif desk.project.finder.speakers(desk.reviewer, limit=1):
        screen.app.push_screen(PickSpeaker(desk), chosen)
    else:
        screen.say(NOBODY)


class PickSpeaker(Pick):
    """Asks for one of all speakers: those who say most first, narrowed down by typing."""

    HINT = "↑ ↓ choose · Enter shows what they say · Esc leaves"

    def __init__(self, desk: Desk) -> None:
        super().__init__("Speakers", self._speakers, placeholder="the beginning of a name")
        self._desk = desk

    def _speakers(self, typed: str) -> list[Choice]:
        finder = self._desk.project.finder
        found = finder.speakers(self._desk.reviewer, typed, LISTED)
        return [Choice(one.name, f"{one.name}  {_amount(one)}") for one in found]

    def give(self, choice: Choice) -> None:
        """End with the speaker pointed at, else with the first of those listed."""
        is_typed = choice.text == choice.value
        listed = self._speakers(choice.value)[:1] if is_typed else [choice]
        if listed:
            self.close(listed[0])
        else:
            self.query_one(MessageBar).say(NO_NAME, error=True)


class SpeakerScreen(FoundScreen[Said]):
    """The claims of a speaker, in the order of the list, with the reviewer's own answers."""

    AT = "speaker"

    def __init__(self, desk: Desk, name: str, here: str | None, go_there: GoThere) -> None:
        super().__init__(desk, here, go_there)
        self._speaker = name

    def compose(self) -> ComposeResult:
        """Lay the screen out; its widgets have no keys of their own."""
        yield Bar(id="title")
        yield ClaimList()
        yield MessageBar()
        yield Footer()

    def on_mount(self) -> None:
        """Show what they say."""
        self.query_one(MessageBar).say("")
        self._show_speaker()

    def _show_speaker(self) -> None:
        found = self.desk.project.finder.speakers(self.desk.reviewer, self._speaker, LISTED)
        known = next((one for one in found if one.name == self._speaker), None)
        kind = f"  {known.type}" if known and known.type else ""
        left = [(f" {self._speaker}", "bold $primary"), (kind, "$quiet")]
        self.query_one("#title", Bar).show(left, f"{_amount(known)} " if known else "")
        self.run_worker(reported(self, self._read()))
        self.refresh_footer()

    async def _read(self) -> None:
        found = await self.newest.ask(lambda project: self.page_after(project, None))
        if found is not None:
            self.show_page(*found)

    def page_after(self, project: Project, last: Said | None) -> tuple[list[Said], list[Entry]]:
        """Return what they say after another claim, and the lines of that."""
        reviewer, scheme = self.desk.reviewer, self.desk.session.scheme
        claims = project.finder.speaker_claims(reviewer, self._speaker, last, PAGE)
        return claims, said(project, scheme, reviewer, claims)

    def action_speaker(self) -> None:
        """Choose another speaker."""
        self.app.push_screen(PickSpeaker(self.desk), self._turn_to)

    def action_search(self) -> None:
        """Search what they say, in the place of this page."""
        from annotator.tui.search import SearchScreen

        name = self._speaker.replace('"', " ")
        text = f'speaker:"{name}" '
        self.dismiss()
        self.app.push_screen(SearchScreen(self.desk, text, self.here, self.go_there))

    def _turn_to(self, choice: Choice | None) -> None:
        if choice is not None:
            self._speaker = choice.value
            self._show_speaker()


def _amount(speaker: Speaker) -> str:
    """Return how much somebody says."""
    claims = f"{speaker.claims} claim{'' if speaker.claims == 1 else 's'}"
    return f"{claims} in {speaker.articles} article{'' if speaker.articles == 1 else 's'}"
