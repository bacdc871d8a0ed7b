"""The palette: everything that can be done now by name, and articles by title."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from annotator.errors import AnnotatorError
from annotator.tui.keys import sign
from annotator.tui.screen import KeyScreen, OpenArticle
from annotator.tui.wrap import shown

ARTICLES = 20


class ActionProvider(Provider):
    """The actions of the registry that are possible on the screen below, and the themes."""

    async def discover(self) -> Hits:
        """Yield everything before anything is typed."""
        for words, keys, command in self._commands():
            yield DiscoveryHit(_line(Content(words), keys), command, text=words)

    async def search(self, query: str) -> Hits:
        """Yield what matches."""
        matcher = self.matcher(query)
        for words, keys, command in self._commands():
            if score := matcher.match(words):
                yield Hit(score, _line(matcher.highlight(words), keys), command, text=words)

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """Yield the words, the keys and the call of each."""
        screen = self.screen
        if not isinstance(screen, KeyScreen):
            return
        for action in screen.offered_actions():
            if action.id != "palette":
                keys = "  ".join(sign(key) for key in action.keys)
                if "tags" in action.where and screen.where not in action.where:
                    keys = f"{sign(screen.key_of('correct'))} {keys}"
                yield shown(action.words), keys, partial(screen.do, action)
        yield "choose other colours", "", self.app.action_change_theme


class ArticleProvider(Provider):
    """The articles whose title, outlet or author has what is typed."""

    async def search(self, query: str) -> Hits:
        """Yield the first articles found."""
        screen = self.screen
        if not isinstance(screen, KeyScreen) or screen.desk is None:
            return
        desk = screen.desk
        try:
            rows = desk.project.page(desk.reviewer, 0, ARTICLES, query)
        except AnnotatorError:  # a word with a colon that is no filter
            return
        for row in rows:
            title = Content(shown(row.title))
            outlet = "" if desk.hide_outlet else row.outlet or ""
            command = partial(screen.post_message, OpenArticle(row.id))
            yield Hit(0.5, title, command, text=title.plain, help=shown(outlet))


def _line(words: Content, keys: str) -> Content:
    return Content.assemble(words, "  ", (keys, "not bold $accent"))
