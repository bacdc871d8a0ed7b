"""The article screen: reading, and going from claim to claim."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import PurePath

from textual import work
from textual.app import ComposeResult
from textual.containers import Container

from annotator.errors import AnnotatorError
from annotator.model import Claim, Event
from annotator.tui.answers import Answers
from annotator.tui.bars import Bar, Footer, MessageBar
from annotator.tui.corrected import collect
from annotator.tui.correcting import CorrectingScreen
from annotator.tui.desk import Desk
from annotator.tui.keys import Action, sign
from annotator.tui.lines import LineList
from annotator.tui.page import Page
from annotator.tui.panel import ClaimPanel
from annotator.tui.reader import Reader
from annotator.tui.screen import OpenArticle
from annotator.tui.searching import SearchingScreen
from annotator.tui.window import Window

AT_END = "The last claim of this article: {next} for the next article, {unseen} for what is unseen."
AT_START = "The first claim of this article."
NEEDS_CLAIM = ("next_claim", "previous_claim", "narrator")


class Body(Container):
    """The text and the panel, which cover it wholly."""

    BLANK = True


class ArticleScreen(CorrectingScreen, SearchingScreen):
    """One article with its claims; moving to another article stays on this screen."""

    AT = "article"

    def __init__(self, desk: Desk, asked: OpenArticle) -> None:
        super().__init__(desk)
        self._asked = asked
        self._read(asked.article_id)

    def compose(self) -> ComposeResult:
        """Lay the screen out; its widgets have no keys of their own."""
        yield Bar(id="title")
        with Body(id="body"):
            yield Reader()
            yield ClaimPanel(self.desk.session.scheme, self.keymap)
        yield MessageBar()
        yield Footer()

    def on_mount(self) -> None:
        """Show the first article."""
        self._begin_at(self._asked)

    def open(self, asked: OpenArticle) -> None:
        """Show an article where it is asked for, else at its first unseen claim, or its first."""
        self._read(asked.article_id)
        self._begin_at(asked)

    def _read(self, article_id: str) -> None:
        session = self.desk.session
        self._read_at = self.desk.project.version()
        self.tags = session.corrected(article_id)
        article, gone = self.desk.project.article(article_id), session.superseded(article_id)
        self.page = Page(article, self.tags.tagging, gone)
        self.page.corrections = collect(self.page, self.tags)
        self.answers = Answers(self.desk, self.page)

    def show_tags(self, near: Callable[[], Claim | None]) -> None:
        """Read the tags again and show them, at the claim that `near` gives afterwards."""
        self._read(self.page.article_id)
        claim = near()
        self.reader.change(self.page, self.answers, claim)
        self.show_claim(claim)
        self.call_after_refresh(self._look_for_hints)

    def _begin_at(self, asked: OpenArticle) -> None:
        self.stop_marking()
        self.hints = {}
        claim = self._starting_claim(asked)
        self.mark_found()
        self.reader.load(self.page, self.answers, claim)
        self.show_claim(claim)
        if asked.said:
            self.say(asked.said)
        self.call_after_refresh(self._look_for_hints)

    def _look_for_hints(self) -> None:
        """Look for the hints of the article now that it is on the screen."""
        self.words_marked = False
        self._hint(self.page)

    @work(exclusive=True, group="hints")
    async def _hint(self, page: Page) -> None:
        """Find the hints of an article and show them, if it is still the one on the screen."""
        find, version = self.desk.hinting.of_article, self.desk.project.version()
        try:
            found, by_claim = await asyncio.to_thread(find, page.text, page.tagging, version)
        except AnnotatorError as error:
            if self.ready:
                self.say(str(error), error=True)
            return
        if page is self.page and self.ready:
            self.hints = by_claim
            self.reader.hint(one.span for one in found)
            self._show_facts()
            self.refresh_footer()

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.id in NEEDS_CLAIM and self.claim is None:
            return False
        if action.id == "narrator":
            return self.page.walk.narrator(self.here) not in (None, self.claim)
        return super().possible(action)

    # --- moving ---------------------------------------------------------------------------------

    def action_next_claim(self) -> None:
        """Go to the next claim of the walk."""
        self.step(1)

    def action_previous_claim(self) -> None:
        """Go to the claim before on the walk."""
        self.step(-1)

    def action_narrator(self) -> None:
        """Go to the narrator's claim of this segment."""
        self.show_claim(self.page.walk.narrator(self.here))

    def action_next_unseen(self) -> None:
        """Go to the next claim without a judgement, in any article."""
        self._unseen(1)

    def action_previous_unseen(self) -> None:
        """Go to the claim before without a judgement, in any article."""
        self._unseen(-1)

    def action_next_article(self) -> None:
        """Open the next article of the list."""
        self._neighbour(1, "This is the last article.")

    def action_previous_article(self) -> None:
        """Open the article before in the list."""
        self._neighbour(-1, "This is the first article.")

    def action_page_down(self) -> None:
        """Go to the first claim a page further down."""
        self._page(1)

    def action_page_up(self) -> None:
        """Go to the first claim a page further up."""
        self._page(-1)

    def action_first(self) -> None:
        """Go to the first claim."""
        if ends := self.page.walk.ends():
            self.show_claim(ends[0])

    def action_last(self) -> None:
        """Go to the last claim."""
        if ends := self.page.walk.ends():
            self.show_claim(ends[1])

    def action_back(self) -> None:
        """Stop choosing words, else end the search, else go back to the list of articles."""
        if not self.stop_marking() and not self.end_search():
            self.desk.keep_place()
            self.dismiss()

    def action_details(self) -> None:
        """Show everything about the claim in a window."""
        from annotator.tui.details import details_lines

        panel, view = self.query_one(ClaimPanel), self.view
        window = Window("Claim", lambda width: details_lines(panel, view, width), "enter")
        self.app.push_screen(window)

    def action_hints(self) -> None:
        """Ask which kinds of hints are wanted."""
        from annotator.tagging.hints import KINDS
        from annotator.tui.hint_kinds import HintKinds

        window = HintKinds(KINDS, self.desk.hinting.off, self.key_of("hints"))
        self.app.push_screen(window, self._hints_chosen)

    def _hints_chosen(self, off: frozenset[str] | None) -> None:
        from annotator.tui.hint_kinds import keep_off

        if off is None or off == self.desk.hinting.off:
            return
        self.desk.hinting.off = off
        with self.desk.writing():
            keep_off(self.desk.project, self.desk.reviewer, off)
        self._look_for_hints()

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Go to the claim that was clicked, or choose the word for a correction."""
        message.stop()
        offset = self.reader.offset_at(message.item, message.line, message.cell)
        if self.where == "pieces":
            self.choose_at(offset)
            return
        self.stop_marking()
        if claim := self.page.claim_at(offset):
            self.show_claim(claim)

    def on_screen_resume(self) -> None:
        """Count the time from now on; show what was done on another screen."""
        self.desk.turn_to(self.claim.id if self.claim else None)
        if self.ready and self._read_at != self.desk.project.version():
            try:
                self.show_changes()
            except AnnotatorError as error:
                self.say(str(error), error=True)

    def go_to(self, target: str, said: str) -> None:
        """Show the claim an undone or redone act was about, without reading its article again."""
        if target not in self.page.walk:
            super().go_to(target, said)
            return
        self.show_claim(self.page.walk.claim(target))
        self.show_answer()
        if said:
            self.say(said)

    def go_to_correction(
        self, event: Event, article_id: str, offset: int | None, said: str
    ) -> None:
        """Show the tags as they are after a correction was undone or redone."""
        if article_id != self.page.article_id:
            super().go_to_correction(event, article_id, offset, said)
            return
        self.stop_marking()
        before = self.claim
        self.show_tags(lambda: self.claim_after(event, before))
        self.say(said)

    # --- showing --------------------------------------------------------------------------------

    def show_adding(self) -> None:
        """Show the progress at the right of the title."""
        self.show_title()

    def show_changes(self) -> None:
        """Read the judgements again: another process or screen may have written some."""
        self._read_at = self.desk.project.version()
        if self.desk.session.tagging(self.page.article_id) != self.tags.tagging:
            claim = self.claim
            self.stop_marking()
            self.show_tags(lambda: self._same(claim))
        elif self.answers.read():
            self.reader.repaint_all()
            self._show_facts()
            self.show_title()
            self.refresh_footer()
        else:
            self._show_facts()  # a colleague may have answered

    def _same(self, claim: Claim | None) -> Claim | None:
        """Return the claim that another one is after the tags have changed."""
        if claim is not None and claim.id in self.page.walk:
            return self.page.walk.claim(claim.id)
        return self.page.claim_at(claim.start if claim else 0)

    def _starting_claim(self, asked: OpenArticle) -> Claim | None:
        walk = self.page.walk
        if asked.claim_id is not None and asked.claim_id in walk:
            return walk.claim(asked.claim_id)
        if asked.offset is not None and (there := self.page.claim_at(asked.offset)):
            return there
        on_walk = [claim for claim in walk.claims if claim.walk]
        unseen = (claim for claim in on_walk if claim.id not in self.answers.judgements)
        return next(unseen, on_walk[0] if on_walk else None)

    def show_claim(self, claim: Claim | None) -> None:
        """Make a claim the current one on every part of the screen."""
        self.claim = claim
        self.desk.turn_to(claim.id if claim else None)
        if claim is not None:
            self.reader.show(claim)
            self.desk.place = (self.page.article_id, claim.id)
        self._show_facts()
        self.show_title()
        self.refresh_footer()
        if self.words_marked:  # no hint comes of words while one is still at their claim
            self.call_after_refresh(self._look_for_hints)

    def _show_facts(self) -> None:
        self.shown = self.view if self.claim is not None else None
        self.query_one(ClaimPanel).show(self.shown)

    def show_title(self) -> None:
        """Show what the article is, the search that is on, and how far the reviewer is."""
        about = self.page.article.about
        title = about.title or self._headline()
        outlet = None if self.desk.hide_outlet else about.outlet
        place = " · ".join(filter(None, (outlet, about.date)))
        progress = f"{self.answers.finished}/{len(self.page.walk)} judged"
        adding = self.desk.adding.status() if self.desk.adding else ""
        found = self.search_status()
        right = "  ".join(filter(None, (adding, found, self.page.tagging.language, progress)))
        left = [(f" {title}", "bold"), (f"  {place}" if place else "", "$quiet")]
        self.query_one("#title", Bar).show(left, f"{right} ")

    def _headline(self) -> str:
        for segment in self.page.segments:
            return self.page.text[segment.start : segment.end]
        return PurePath(self.page.article.name or "").name

    def show_answer(self) -> None:
        """Show what is saved on the current claim."""
        claim = self.here
        self.answers.put(claim, self.desk.project.judgement(self.desk.reviewer, claim.id))
        self.reader.answered()
        self._show_facts()
        self.show_title()

    def step(self, by: int) -> None:
        """Go to another claim along the walk."""
        claim = self.page.walk.step(self.here, by)
        if claim is None:
            after, unseen = (sign(self.key_of(one)) for one in ("next_article", "next_unseen"))
            self.say(AT_END.format(next=after, unseen=unseen) if by > 0 else AT_START)
        else:
            self.show_claim(claim)

    def _page(self, direction: int) -> None:
        reader = self.reader
        line = max(0, reader.current_line() + direction * reader.page)
        if claim := reader.first_claim_from(line):
            self.show_claim(claim)

    def _unseen(self, step: int) -> None:
        claim = self.claim
        if claim is not None and claim.id in self.page.superseded:
            claim = self.page.successor(claim)
        here = claim.id if claim else None
        found = self.desk.project.next_unseen(self.desk.reviewer, self.page.article_id, here, step)
        if found is None:
            self.say(f"No unseen claim further {'on' if step > 0 else 'back'}.")
        elif found[0] == self.page.article_id:
            self.show_claim(self.page.walk.claim(found[1]))
        else:
            self.post_message(OpenArticle(*found))

    def _neighbour(self, step: int, otherwise: str) -> None:
        article_id = self.desk.project.neighbour(
            self.page.article_id, step, self.desk.query, self.desk.reviewer
        )
        if article_id is None:
            self.say(otherwise)
        else:
            self.post_message(OpenArticle(article_id))
