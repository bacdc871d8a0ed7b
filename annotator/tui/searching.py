"""What a screen with a current claim does with a search that is on, and how it opens one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from annotator.tui.claims import ClaimScreen
from annotator.tui.desk import MOST_COUNTED, Desk, Place, Search
from annotator.tui.keys import Action
from annotator.tui.lines import LineList
from annotator.tui.reader import Finder, Reader
from annotator.tui.screen import OpenArticle

if TYPE_CHECKING:
    from annotator.store import Project
    from annotator.tui.beside import Soon

STATUS = 26
LOOKING = "Looking for the next match …"
MATCHES = ("next_match", "previous_match")
Found = tuple[int, Place | None]
"""Whether it was looked for on (1) or back (-1), and where the match is."""


class SearchingScreen(ClaimScreen):
    """A claim screen from which one searches, goes from match to match, and to speakers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._marked: Search | None = None
        self._soon: Soon[Found] | None = None

    def open(self, asked: OpenArticle) -> None:
        """Show an article where it is asked for."""
        raise NotImplementedError

    def show_title(self) -> None:
        """Show the line at the top, the search in it."""
        raise NotImplementedError

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.id in MATCHES:
            return self.desk.search is not None
        return super().possible(action)

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something; a match that is still looked for is not wanted any more."""
        self.stop_looking()
        super().attempt(act)

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Stop looking: somebody goes elsewhere."""
        self.stop_looking()

    def on_reader_dragged(self, message: Reader.Dragged) -> None:
        """Stop looking: somebody chooses words here."""
        self.stop_looking()

    def stop_looking(self) -> None:
        """Let the match that is looked for come to nothing."""
        if self._soon is not None:
            self._soon.forget()

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
        article_id, here = self.page.article_id, self.claim.id if self.claim else None

        def look(project: Project) -> Found:
            finder, reviewer = project.finder, self.desk.reviewer
            return step, finder.next_match(reviewer, search.wanted, article_id, here, step)

        self._looking.ask(look)
        if search.wanted.about_answers:
            self._count_again(search)

    @property
    def _looking(self) -> Soon[Found]:
        from annotator.tui.beside import Soon

        self._soon = self._soon or Soon(self, self.desk, self._take_match, LOOKING)
        return self._soon

    def _take_match(self, found: Found) -> None:
        step, place = found
        if place is None:
            self.say(f"No match further {'on' if step > 0 else 'back'}.")
        elif place[0] == self.page.article_id:
            self.go_to(place[1], "")
        else:
            # At once: a key that follows is about the claim that is found.
            self.open(OpenArticle(*place))

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
