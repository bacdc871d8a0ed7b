"""The corpus screen: every article with its progress, filtered as you type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from annotator.errors import AnnotatorError
from annotator.tui.adding import Adding
from annotator.tui.bars import Bar, Footer, MessageBar
from annotator.tui.catalogue import Catalogue, heads
from annotator.tui.dialogs import PRINTABLE
from annotator.tui.keys import Action, Keymap, Where, sign
from annotator.tui.lines import LineList
from annotator.tui.screen import KeyScreen, OpenArticle
from annotator.tui.wrap import broken

if TYPE_CHECKING:
    from annotator.tui.beside import Newest
    from annotator.tui.desk import Desk

WITHOUT_ARTICLES = ("back", "help", "palette", "undo", "redo", "codebook", "claims")
REFUSALS_SHOWN = 5
OPENING = "opening …"
NO_ARTICLES = "No articles yet.\n\nPress q and add some:  annotator open FILES-OR-FOLDERS"
FOUND_BY, FOUND_BY_TITLE = "title, outlet or author", "title"
NO_MATCH = (
    "No article has this in its {found_by}.\n\n"
    "Press {claims} to look for it in all claims, Esc to see all articles."
)
ORDERS = {"corpus": "", "oldest": ", oldest first", "newest": ", newest first",
          "shuffled": ", shuffled"}  # fmt: skip


class Notice(Widget):
    """Lines that stay until dismissed: what was refused, or why the list is empty."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._text = ""

    def show(self, text: str) -> None:
        """Show lines of text; without any the notice is hidden."""
        if (text, bool(text)) == (self._text, self.display):
            return
        self._text = text
        self.display = bool(text)
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the lines, broken to the width."""
        return Content("\n".join(self._lines(self.size.width)))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the number of lines."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[str]:
        return [piece for line in self._text.split("\n") for piece in broken(line, width)]


class CorpusScreen(KeyScreen):
    """The list of articles; the first thing on the screen, before the project is open."""

    AT = "corpus"

    def __init__(self, keymap: Keymap, project_name: str) -> None:
        super().__init__(keymap)
        self._project_name = project_name
        self._counter: Newest | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out; only the filter takes the focus."""
        yield Bar(id="title")
        yield Input(placeholder=FOUND_BY, id="filter", restrict=PRINTABLE)
        yield Bar(id="keyhelp")
        yield Bar(id="heads")
        yield Catalogue()
        yield Notice(id="empty")
        yield Notice(id="refused")
        yield MessageBar()
        yield Footer()

    def on_mount(self) -> None:
        """Show that the project is being opened."""
        for name in ("#catalogue", "#heads", "#keyhelp"):
            self.query_one(name).display = False
        self.query_one("#empty", Notice).show(OPENING)
        self.query_one("#refused", Notice).show("")
        self._show_title()
        self.refresh_footer()

    def opened(self, desk: Desk) -> None:
        """Show the articles of the project that has just been opened."""
        from annotator.tui.beside import COUNTING_PAUSE, Newest

        self.desk = desk
        self.keymap = desk.keymap
        self._counter = Newest(self, desk, COUNTING_PAUSE)
        self._filter.placeholder = self._found_by
        self._show_heads()
        self.show_changes()

    def on_screen_resume(self) -> None:
        """Show what was judged on the other screen, with the cursor on the article left."""
        if self.desk is not None and self.ready:
            self.desk.turn_to(None)
            self.show_changes()
            if self.desk.place is not None:
                self.query_one(Catalogue).go_to(self.desk.place[0])

    def on_resize(self) -> None:
        """Fit the headings to the width."""
        self._show_heads()

    @property
    def where(self) -> Where:
        """The filter, while something is typed in it; else the list."""
        return "filter" if self._filter.has_focus else "corpus"

    def possible(self, action: Action) -> bool:
        """Whether an action would do something now."""
        if not super().possible(action):
            return False
        return self._catalogue.cursor is not None or action.id in WITHOUT_ARTICLES

    # --- keys -----------------------------------------------------------------------------------

    def action_next_row(self) -> None:
        """Go to the next article."""
        self._catalogue.step(1)

    def action_previous_row(self) -> None:
        """Go to the article before."""
        self._catalogue.step(-1)

    def action_page_down(self) -> None:
        """Go a page further down."""
        self._catalogue.step(self._catalogue.page)

    def action_page_up(self) -> None:
        """Go a page further up."""
        self._catalogue.step(-self._catalogue.page)

    def action_first(self) -> None:
        """Go to the first article."""
        self._catalogue.to_start()

    def action_last(self) -> None:
        """Go to the last article."""
        self._catalogue.to_end()

    def action_open(self) -> None:
        """Open the article under the cursor."""
        catalogue = self._catalogue
        if catalogue.cursor is not None and (row := catalogue.row(catalogue.cursor)):
            self.set_focus(None)
            self.post_message(OpenArticle(row.id))

    def action_next_unseen(self) -> None:
        """Open the next unseen claim from the article under the cursor on."""
        self._unseen(1)

    def action_previous_unseen(self) -> None:
        """Open the unseen claim before, from the end of the article under the cursor."""
        self._unseen(-1)

    def action_filter(self) -> None:
        """Type what the articles are filtered by."""
        self._filter.display = self.query_one("#keyhelp").display = True
        self._filter.focus()
        self._show_keys()

    def action_claims(self) -> None:
        """Show the claims for which the filter holds."""
        from annotator.tui.search import SearchScreen

        assert self.desk is not None
        self.app.push_screen(SearchScreen(self.desk, self._filter.value, None, self._go_there))

    def action_speaker(self) -> None:
        """Choose a speaker and show all that they say."""
        from annotator.tui.speaker import open_speaker

        open_speaker(self, None, None, self._go_there)

    def action_back(self) -> None:
        """Close the filter, else what was refused, else the program."""
        refused = self.query_one("#refused", Notice)
        if self._filter.display:
            self.set_focus(None)
            self._filter.display = self.query_one("#keyhelp").display = False
            self._filter.value = ""
        elif refused.display:
            refused.show("")
            if self.desk is not None:
                self.desk.adding = None
            self._show_title()
        else:
            self.app.call_later(self.app.action_quit)

    @on(Input.Changed, "#filter")
    def filter_changed(self, event: Input.Changed) -> None:
        """Show the articles that match what has been typed."""
        event.stop()
        self._show_keys()
        if self.desk is not None and event.value != self.desk.query:
            self.attempt(lambda: self._filter_by(event.value))

    def on_line_list_pressed(self, message: LineList.Pressed) -> None:
        """Open the article that was clicked."""
        message.stop()
        self._catalogue.move(message.item)
        self.action_open()

    # --- showing --------------------------------------------------------------------------------

    def show_changes(self) -> None:
        """Read the list anew."""
        if self.desk is None:
            return
        self._catalogue.read(self.desk)
        empty = self._catalogue.cursor is None
        self._catalogue.display = self.query_one("#heads").display = not empty
        self.query_one("#empty", Notice).show(self._why_empty() if empty else "")
        self._show_title()
        self.refresh_footer()
        if not self._catalogue.counted:
            from annotator.tui.beside import reported

            self.run_worker(reported(self, self._count()))

    async def _count(self) -> None:
        """Count the articles beside the keys, once nobody types."""
        assert self.desk is not None and self._counter is not None
        query = self.desk.query
        found = await self._counter.ask(self._catalogue.extent())
        if found is not None and query == self.desk.query:
            if not self._catalogue.counted:
                self._catalogue.take(*found)
            self._show_title()

    def show_adding(self) -> None:
        """Show how adding goes; at the end, what was refused and why."""
        assert self.desk is not None
        adding = self.desk.adding
        if adding is not None and adding.finished:
            self.query_one("#refused", Notice).show("\n".join(_refused(adding)))
            self.show_changes()
        elif self._catalogue.cursor is None:
            self.query_one("#empty", Notice).show(self._why_empty())
        self._show_title()

    def _show_keys(self) -> None:
        """Show the keys of a filter, which say more than words."""
        from annotator.tui.finding import key_help

        if self.desk is not None:
            keys = key_help(self._filter.value, self.desk)
            self.query_one("#keyhelp", Bar).show([(keys, "$quiet")])

    def _go_there(self, article_id: str, claim_id: str) -> None:
        self.set_focus(None)
        self.post_message(OpenArticle(article_id, claim_id))

    def _filter_by(self, query: str) -> None:
        """Show what matches; a filter that means nothing (yet) leaves the list as it was."""
        assert self.desk is not None
        before, self.desk.query = self.desk.query, query
        try:
            self.show_changes()
        except AnnotatorError:
            self.desk.query = before
            raise

    def _show_heads(self) -> None:
        hidden = self.desk is not None and self.desk.hide_outlet
        self.query_one("#heads", Bar).show([(heads(self.size.width, hidden), "$quiet")])

    @property
    def _found_by(self) -> str:
        hidden = self.desk is not None and self.desk.hide_outlet
        return FOUND_BY_TITLE if hidden else FOUND_BY

    @property
    def _catalogue(self) -> Catalogue:
        return self.query_one(Catalogue)

    @property
    def _filter(self) -> Input:
        return self.query_one("#filter", Input)

    def _why_empty(self) -> str:
        assert self.desk is not None
        if self.desk.query:
            claims = sign(self.key_of("claims"))
            return NO_MATCH.format(found_by=self._found_by, claims=claims)
        if self.desk.adding is not None and not self.desk.adding.finished:
            return self.desk.adding.status()
        return NO_ARTICLES

    def _show_title(self) -> None:
        left = [(" annotator", "bold $primary"), (f"  {self._project_name}", "")]
        right = ""
        if self.desk is not None:
            count = self._catalogue.item_count if self._catalogue.counted else "…"
            order = ORDERS[self.desk.session.working.order]
            left.append((f"  {count} article{'' if count == 1 else 's'}{order}", "$quiet"))
            adding = self.desk.adding.status() if self.desk.adding else ""
            right = "  ".join(filter(None, (adding, self.desk.reviewer)))
        self.query_one("#title", Bar).show(left, f"{right} ")

    def _unseen(self, step: int) -> None:
        assert self.desk is not None
        catalogue = self._catalogue
        row = catalogue.row(catalogue.cursor) if catalogue.cursor is not None else None
        if row is None:
            return
        found = self.desk.project.next_unseen(self.desk.reviewer, row.id, None, step)
        if found is None:
            self.say(f"No unseen claim further {'on' if step > 0 else 'back'}.")
        else:
            self.post_message(OpenArticle(*found))


def _refused(adding: Adding) -> list[str]:
    """Return the lines that name what was refused, not more than a few."""
    if not adding.refusals:
        return []
    lines = [f"Refused: {line}" for line in adding.refusals[:REFUSALS_SHOWN]]
    more = len(adding.refusals) - REFUSALS_SHOWN
    return [*lines, f"… and {more} more"] if more > 0 else lines
