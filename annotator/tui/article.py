"""The article screen: reading, and judging claim by claim."""

from __future__ import annotations

from pathlib import PurePath

from textual.app import ComposeResult
from textual.containers import Container

from annotator.model import Claim, Judgement
from annotator.tui.bars import Bar, Footer, MessageBar
from annotator.tui.desk import Desk
from annotator.tui.keys import Action
from annotator.tui.lines import LineList
from annotator.tui.page import Page
from annotator.tui.panel import ClaimPanel, View
from annotator.tui.reader import Reader
from annotator.tui.screen import KeyScreen, OpenArticle

AT_END = "The last claim of this article: J for the next article, i for the next unseen claim."
AT_START = "The first claim of this article."
NEEDS_CLAIM = ("toggle_unsure", "withdraw", "next_claim", "previous_claim", "narrator")


class ArticleScreen(KeyScreen):
    """One article with its claims; moving to another article stays on this screen."""

    AT = "article"
    desk: Desk

    def __init__(self, desk: Desk, article_id: str, claim_id: str | None) -> None:
        super().__init__(desk.keymap)
        self.desk = desk
        self._first_claim = claim_id
        self._judgements: dict[str, Judgement] = {}
        self._finished: set[str] = set()
        self.claim: Claim | None = None
        self._read(article_id)

    def compose(self) -> ComposeResult:
        """Lay the screen out; its widgets have no keys of their own."""
        yield Bar(id="title")
        with Container(id="body"):
            yield Reader(self.desk.session.scheme)
            yield ClaimPanel(self.desk.session.scheme, self.keymap)
        yield MessageBar()
        yield Footer()

    def on_mount(self) -> None:
        """Show the first article."""
        self._start(self._first_claim)

    def open(self, article_id: str, claim_id: str | None) -> None:
        """Show an article at a claim, else at its first unseen claim, else at its first."""
        self._read(article_id)
        self._start(claim_id)

    def _read(self, article_id: str) -> None:
        project = self.desk.project
        self.page = Page(project.article(article_id), project.tagging(article_id))
        self._read_judgements()

    def _start(self, claim_id: str | None) -> None:
        self._reader.load(self.page, self._judgements)
        self.claim = None
        self._show(self._starting_claim(claim_id))

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.label is not None or action.id in NEEDS_CLAIM:
            if self.claim is None:
                return False
            if action.id == "withdraw":
                return self.claim.id in self._judgements
            if action.id == "narrator":
                return self.page.walk.narrator(self.claim) not in (None, self.claim)
        return super().possible(action)

    # --- judging --------------------------------------------------------------------------------

    def action_label(self, label_id: str) -> None:
        """Give a label: save it, and go on once the claim has its answer."""
        assert self.claim is not None
        with self.desk.writing():
            judgement = self.desk.session.answer(self.claim.id, label_id)
        self._show_answer()
        scheme = self.desk.session.scheme
        if not scheme.axis_of(label_id).many and scheme.finished(judgement):
            self._step(1)
        self.desk.keep_place()

    def action_toggle_unsure(self) -> None:
        """Say, or take back, that one is unsure."""
        assert self.claim is not None
        with self.desk.writing():
            self.desk.session.toggle_unsure(self.claim.id)
        self._show_answer()

    def action_withdraw(self) -> None:
        """Make the claim unseen again."""
        assert self.claim is not None
        with self.desk.writing():
            self.desk.session.withdraw(self.claim.id)
        self._show_answer()

    # --- moving ---------------------------------------------------------------------------------

    def action_next_claim(self) -> None:
        """Go to the next claim of the walk."""
        self._step(1)

    def action_previous_claim(self) -> None:
        """Go to the claim before on the walk."""
        self._step(-1)

    def action_narrator(self) -> None:
        """Go to the narrator's claim of this segment."""
        assert self.claim is not None
        self._show(self.page.walk.narrator(self.claim))

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
            self._show(ends[0])

    def action_last(self) -> None:
        """Go to the last claim."""
        if ends := self.page.walk.ends():
            self._show(ends[1])

    def action_back(self) -> None:
        """Go back to the list of articles."""
        self.desk.keep_place()
        self.dismiss()

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Go to the claim that was clicked."""
        message.stop()
        if claim := self._reader.claim_at(message.item, message.line, message.cell):
            self._show(claim)

    def go_to(self, target: str | None, otherwise: str) -> None:
        """Show the claim an undone or redone act was about, without reading its article again."""
        if target is None or target not in self.page.walk:
            super().go_to(target, otherwise)
            return
        self._show(self.page.walk.claim(target))
        self._show_answer()

    # --- showing --------------------------------------------------------------------------------

    def show_adding(self) -> None:
        """Show the progress at the right of the title."""
        self._show_title()

    def show_changes(self) -> None:
        """Read the judgements again: another process may have written some."""
        before = self._judgements
        self._read_judgements()
        if self._judgements != before:
            self._reader.answered_all(self._judgements)
            self._show_facts()
            self._show_title()
            self.refresh_footer()

    @property
    def _reader(self) -> Reader:
        return self.query_one(Reader)

    def _read_judgements(self) -> None:
        self._judgements = self.desk.project.judgements(self.page.article_id, self.desk.reviewer)
        self._finished = {
            claim.id
            for claim in self.page.tagging.claims
            if claim.walk and self._is_finished(self._judgements.get(claim.id))
        }

    def _is_finished(self, judgement: Judgement | None) -> bool:
        return judgement is not None and self.desk.session.scheme.finished(judgement)

    def _starting_claim(self, claim_id: str | None) -> Claim | None:
        walk = self.page.walk
        if claim_id is not None and claim_id in walk:
            return walk.claim(claim_id)
        on_walk = [claim for claim in walk.claims if claim.walk]
        unseen = (claim for claim in on_walk if claim.id not in self._judgements)
        return next(unseen, on_walk[0] if on_walk else None)

    def _show(self, claim: Claim | None) -> None:
        """Make a claim the current one on every part of the screen."""
        self.claim = claim
        if claim is not None:
            self._reader.show(claim)
            self.desk.place = (self.page.article_id, claim.id)
        self._show_facts()
        self._show_title()
        self.refresh_footer()

    def _show_facts(self) -> None:
        view = None
        if self.claim is not None:
            view = View(self.page, self.claim, self._judgements.get(self.claim.id))
        self.query_one(ClaimPanel).show(view)

    def _show_title(self) -> None:
        about = self.page.article.about
        title = about.title or self._headline()
        place = " · ".join(filter(None, (about.outlet, about.date)))
        progress = f"{len(self._finished)}/{len(self.page.walk)} judged"
        adding = self.desk.adding.status() if self.desk.adding else ""
        right = "  ".join(filter(None, (adding, self.page.tagging.language, progress)))
        left = [(f" {title}", "bold"), (f"  {place}" if place else "", "$quiet")]
        self.query_one("#title", Bar).show(left, f"{right} ")

    def _headline(self) -> str:
        for segment in self.page.segments:
            return self.page.text[segment.start : segment.end]
        return PurePath(self.page.article.name or "").name

    def _show_answer(self) -> None:
        """Show what is saved on the current claim."""
        assert self.claim is not None
        judgement = self.desk.project.judgement(self.desk.reviewer, self.claim.id)
        if judgement is None:
            self._judgements.pop(self.claim.id, None)
        else:
            self._judgements[self.claim.id] = judgement
        if self.claim.walk:
            keep = self._finished.add if self._is_finished(judgement) else self._finished.discard
            keep(self.claim.id)
        self._reader.answered(self._judgements)
        self._show_facts()
        self._show_title()

    def _step(self, by: int) -> None:
        assert self.claim is not None
        claim = self.page.walk.step(self.claim, by)
        if claim is None:
            self.say(AT_END if by > 0 else AT_START)
        else:
            self._show(claim)

    def _page(self, direction: int) -> None:
        reader = self._reader
        line = max(0, reader.current_line() + direction * reader.page)
        if claim := reader.first_claim_from(line):
            self._show(claim)

    def _unseen(self, step: int) -> None:
        here = self.claim.id if self.claim else None
        found = self.desk.project.next_unseen(self.desk.reviewer, self.page.article_id, here, step)
        if found is None:
            self.say(f"No unseen claim further {'on' if step > 0 else 'back'}.")
        elif found[0] == self.page.article_id:
            self._show(self.page.walk.claim(found[1]))
        else:
            self.post_message(OpenArticle(*found))

    def _neighbour(self, step: int, otherwise: str) -> None:
        article_id = self.desk.project.neighbour(self.page.article_id, step, self.desk.query)
        if article_id is None:
            self.say(otherwise)
        else:
            self.post_message(OpenArticle(article_id))
