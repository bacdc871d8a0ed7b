"""The terminal UI: opens the project after the first paint and leads from screen to screen."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import App
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import Worker, WorkerCancelled

from annotator.errors import AnnotatorError, StoreError, UsageError
from annotator.settings import Settings
from annotator.tui.adding import Adding, add_articles
from annotator.tui.corpus import CorpusScreen
from annotator.tui.desk import Desk
from annotator.tui.hint_kinds import kept_off, off_by
from annotator.tui.keys import ACTIONS, Keymap, keymap, sign
from annotator.tui.palette import ActionProvider, ArticleProvider
from annotator.tui.screen import KeyScreen, OpenArticle
from annotator.tui.theme import DARK, LIGHT, fallbacks
from annotator.tui.tidying import Tidying, no_search_by_itself

if TYPE_CHECKING:
    from rich.console import RenderableType

    from annotator.store import Project

THEME = "theme"
POLL_SECONDS = 1.0
SUMMARY_SECONDS = 10.0
LOCK_PATIENCE_SECONDS = 2.0
Start = Literal["corpus", "review"]
NARROW, WIDE = (0, "-narrow"), (100, "-wide")


class AnnotatorApp(App[None]):
    """The app; `failure` is why it ended early, where that is for a user to read."""

    CSS_PATH = "annotator.tcss"
    TITLE = "annotator"
    ALLOW_SELECT = False
    COMMANDS: ClassVar = {ActionProvider, ArticleProvider}

    def __init__(
        self,
        db: Path,
        paths: Sequence[str],
        reviewer: str,
        settings: Settings,
        scheme: Path | None = None,
        start: Start = "corpus",
    ) -> None:
        super().__init__()
        self._start_at = start
        self._scheme = scheme
        self._db = db
        self._paths = paths
        self._reviewer = reviewer
        self._settings = settings
        self._keymap_before = Keymap(ACTIONS)
        self._adding: Worker[None] | None = None
        self._tidying = Tidying()
        self._opens_first = False
        self._leaving = False
        self.desk: Desk | None = None
        self.failure: AnnotatorError | None = None
        self.HORIZONTAL_BREAKPOINTS = [NARROW, WIDE]
        self.animation_level = "none"
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = self._checked_theme(settings.theme or DARK.name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours that Textual's own themes lack."""
        return fallbacks(self.current_theme)

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen."""
        return CorpusScreen(self._keymap_before, self._db.name)

    def on_mount(self) -> None:
        """Open the project once something is on the screen."""
        self.call_after_refresh(self._open_project)

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is at work, whatever screen or window the key or mouse is for."""
        if self.desk is not None and isinstance(event, events.InputEvent):
            self.desk.at_work()
            self._tidying.touched(monotonic())
        await super().on_event(event)

    def on_open_article(self, message: OpenArticle) -> None:
        """Show an article: on its screen if that is open."""
        message.stop()
        assert self.desk is not None
        # Imported here because the first paint does without it.
        from annotator.tui.article import ArticleScreen

        try:
            if isinstance(self.screen, ArticleScreen):
                self.screen.open(message)
            else:
                self.push_screen(ArticleScreen(self.desk, message))
        except AnnotatorError as error:
            self._complain(error)

    async def action_quit(self) -> None:
        """End; what is being added in the background ends first."""
        if self._adding is not None and self._adding.is_running:
            self._adding.cancel()
            with suppress(WorkerCancelled):
                await self._adding.wait()
        self.exit()

    def action_help_quit(self) -> None:
        """Tell those who press Ctrl+C which keys leave."""
        if self.desk is not None and isinstance(self.screen, KeyScreen):
            key = sign(self.screen.key_of("back"))
            self.screen.say(f"{key} goes back, and quits from the list; Ctrl+Q quits at once.")

    def _checked_theme(self, name: str) -> str:
        if name not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            where = self._settings.places.get("theme", "settings")
            raise UsageError(f"{where}: no theme {name!r}; known: {known}")
        return name

    def _open_project(self) -> None:
        # Imported here because it takes half as long as the whole first paint.
        from annotator.review.session import Session
        from annotator.store import open_project

        try:
            project = open_project(self._db, patience=LOCK_PATIENCE_SECONDS)
            project.keep_little()
            self._adopt_scheme(project)
            project.work_as(self._reviewer, self._settings.working)
            session = Session(project, self._reviewer, self._settings.working)
            keys = keymap(session.scheme, self._settings.keys, self._settings.places)
            self.desk = Desk(project, session, keys)
            own = kept_off(project, self._reviewer)
            self.desk.hinting.off = off_by(self._settings) if own is None else own
            self._start(self.desk)
        except AnnotatorError as error:
            self.failure = error
            self.exit(return_code=1)

    def _adopt_scheme(self, project: Project) -> None:
        """Give the project the labels that the user brings, if they have keys to be given with."""
        from annotator.review.adopting import adopt, read_scheme

        if self._scheme is not None:
            keymap(read_scheme(self._scheme)[0], self._settings.keys, self._settings.places)
            adopt(project, self._reviewer, self._scheme)

    def _start(self, desk: Desk) -> None:
        """Show the project, go where the reviewer stopped, begin to add what is new."""
        corpus = self.screen
        assert isinstance(corpus, CorpusScreen)
        self._restore_theme(desk)
        desk.place = desk.project.place(desk.reviewer)
        corpus.opened(desk)
        if self._start_at == "review":
            corpus.action_review()
        elif desk.place is not None and desk.project.known([desk.place[0]]):
            self.post_message(OpenArticle(*desk.place))
        elif desk.project.count(desk.reviewer) == 0:
            self._opens_first = True
        self.set_interval(POLL_SECONDS, self._poll)
        self.call_after_refresh(self._tell_what_was_sent_back)
        if self._paths:
            self._report(Adding())
            work = add_articles(self._db, self._paths, self._reviewer, self._report)
            self._adding = self.run_worker(work)

    def _tell_what_was_sent_back(self) -> None:
        """Say on the screen that is shown first that colleagues ask for another look."""
        from annotator.review.sending import returned

        assert self.desk is not None
        count = len(returned(self.desk.project, self.desk.reviewer))
        if count:
            what = "1 judgement was" if count == 1 else f"{count} judgements were"
            for screen in self._key_screens()[:1]:
                key = screen.key_of("returned")
                screen.say(
                    f"{what} sent back to you: {key} shows {'it' if count == 1 else 'them'}."
                )

    def _restore_theme(self, desk: Desk) -> None:
        """Take the theme last chosen in this project, and keep what is chosen from now on."""
        chosen = desk.project.local(THEME)
        if chosen in self.available_themes:
            self.theme = chosen
        self.theme_changed_signal.subscribe(self, self._keep_theme)

    def _keep_theme(self, theme: Theme) -> None:
        assert self.desk is not None
        with suppress(StoreError), self.desk.writing():
            self.desk.project.set_local(THEME, theme.name)

    def _report(self, adding: Adding) -> None:
        """Show how adding goes; the first article of an empty project opens at once."""
        self._show_adding(adding)
        if adding.finished and not adding.error and not adding.refusals:
            self.set_timer(SUMMARY_SECONDS, lambda: self._show_adding(None))
        if self._opens_first and adding.article_id:
            self._opens_first = False
            self.post_message(OpenArticle(adding.article_id))

    def _show_adding(self, adding: Adding | None) -> None:
        assert self.desk is not None
        self.desk.adding = adding
        for screen in self._key_screens():
            screen.show_adding()

    def _poll(self) -> None:
        """Show what other processes wrote, remember the place, and tidy up."""
        assert self.desk is not None
        self._tidying.tidy(monotonic())
        try:
            if self.desk.changed():
                for screen in self._key_screens()[:1]:
                    screen.show_changes()
            self.desk.keep_place()
        except AnnotatorError as error:
            self._complain(error)

    def _complain(self, error: AnnotatorError) -> None:
        for screen in self._key_screens()[:1]:
            screen.say(str(error), error=True)

    def on_unmount(self) -> None:
        """Remember the place, however it ends."""
        if self.desk is not None:
            self.desk.keep_place()

    def exit(
        self, result: None = None, return_code: int = 0, message: RenderableType | None = None
    ) -> None:
        """End; from now on nothing is shown on the screens any more."""
        self._leaving = True
        super().exit(result, return_code, message)

    def _key_screens(self) -> list[KeyScreen]:
        """Return the screens that are laid out and no windows over others, the topmost first.

        One that was just pushed is not among them: it reads what it shows when it is laid out.
        """
        stack = reversed([] if self._leaving else self.screen_stack)
        return [one for one in stack if isinstance(one, KeyScreen) and one.ready]


def run(
    db: Path,
    paths: Sequence[str],
    reviewer: str,
    settings: Settings,
    *,
    mouse: bool = True,
    scheme: Path | None = None,
    start: Start = "corpus",
) -> int:
    """Open the terminal UI on a project and return the exit code.

    `scheme` is a file with labels that the project takes over; `start` says where to begin: where
    the reviewer stopped reading, or at the first disagreement. Raises the AnnotatorError that kept
    it from opening, once the terminal is restored.
    """
    app = AnnotatorApp(db, paths, reviewer, settings, scheme, start)
    try:
        with no_search_by_itself():
            app.run(mouse=mouse)
    finally:
        if app.desk is not None:
            app.desk.project.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
