"""What a screen with a current claim does with a search that is on, and how it opens one."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotator.tui.claims import ClaimScreen
from annotator.tui.desk import MOST_COUNTED, Desk, Search
from annotator.tui.keys import Action
from annotator.tui.reader import Finder, Reader
from annotator.tui.screen import OpenArticle

if TYPE_CHECKING:
    from annotator.store import Project

STATUS = 26


class SearchingScreen(ClaimScreen):
    """A claim screen from which one searches, goes from match to match, and to speakers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._marked: Search | None = None

    def show_title(self) -> None:
        """Show the line at the top, the search in it."""
        raise NotImplementedError

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.id in ("next_match", "previous_match"):
            return self.desk.search is not None
        return super().possible(action)

    def action_search(self) -> None:
        """Search all claims; a search that is on is shown again."""
        from annotator.tui.search import SearchScreen

        text = self.desk.search.text if self.desk.search else ""
        here = self.claim.id if self.claim else None
        self.app.push_screen(SearchScreen(self.desk, text, here, self._go_there))

    def action_speaker(self) -> None:
        """Show all that the speaker of this claim says; where there is none, ask who."""
        from annotator.tui.speaker import open_speaker

        attribution = self.view.attribution if self.claim else None
        name = attribution.speaker if attribution else None
        open_speaker(self, name, self.claim.id if self.claim else None, self._go_there)

    def action_next_match(self) -> None:
        """Go to the next claim that the search finds, in any article."""
        self._match(1)

    def action_previous_match(self) -> None:
        """Go to the claim before that the search finds, in any article."""
        self._match(-1)

    def on_screen_resume(self) -> None:
        """Mark what is looked for now: the search may have been emptied."""
        if self.ready:
            self.mark_found()
            self.show_title()

    def end_search(self) -> bool:
        """End the search that is on; False where none was."""
        if self.desk.search is None:
            return False
        self.desk.search = None
        self.mark_found()
        self.show_title()
        return True

    def mark_found(self) -> None:
        """Mark the words that are looked for in the text."""
        if self._marked is not self.desk.search:
            self._marked = self.desk.search
            self.query_one(Reader).find(_finder(self._marked) if self._marked else None)
            if self._marked and self._marked.count is None:
                self._count_again(self._marked)

    def search_status(self) -> str:
        """Return what is looked for and how much of it there is; empty where nothing is."""
        return self.desk.search.status(STATUS) if self.desk.search else ""

    def _go_there(self, article_id: str, claim_id: str) -> None:
        self.app.post_message(OpenArticle(article_id, claim_id))

    def _match(self, step: int) -> None:
        search = self.desk.search
        if search is None:
            return
        here = self.claim.id if self.claim else None
        found = self.desk.project.finder.next_match(
            self.desk.reviewer, search.wanted, self.page.article_id, here, step
        )
        if found is None:
            self.say(f"No match further {'on' if step > 0 else 'back'}.")
        elif found[0] == self.page.article_id:
            self.go_to(found[1], "")
        else:
            self.post_message(OpenArticle(*found))
        if search.wanted.about_answers:
            self._count_again(search)

    def _count_again(self, search: Search) -> None:
        """Count what is not counted yet, or what answers have changed."""
        from annotator.tui.beside import reported

        self.run_worker(reported(self, self._count(search)), exclusive=True, group="count")

    async def _count(self, search: Search) -> None:
        from annotator.tui.beside import Newest

        def count(project: Project) -> int:
            return project.finder.count(self.desk.reviewer, search.wanted, MOST_COUNTED)

        found = await Newest(self, self.desk).ask(count)
        if found is not None and self.desk.search is search:
            self._marked = self.desk.search = replace(search, count=found)
            self.show_title()


def _finder(search: Search) -> Finder:
    from annotator.store.words import hits_of_all, parse_query

    return partial(hits_of_all, query=parse_query(search.wanted.words))
