"""Choosing words of the article for a correction, with the keys that also mark words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from annotator.model import Span
from annotator.tui.corrected import quoted
from annotator.tui.desk import Desk
from annotator.tui.keys import Action, Where
from annotator.tui.marking import MarkingScreen
from annotator.tui.pieces import Pieces, Task, trimmed
from annotator.tui.selection import Selection, Words

NEARBY = 10
"""So many segments before and after what is corrected can be chosen from."""
OF_PIECES = ("add_piece", "drop_piece", "sentence_more", "sentence_less")


class ChoosingScreen(MarkingScreen):
    """A claim screen on which words of the text around a claim can be chosen for something."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._choosing: Task | None = None

    @property
    def where(self) -> Where:
        """The place whose keys hold now."""
        return super().where if self._choosing is None else "pieces"

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if self._choosing is not None and self._choosing.one and action.id in OF_PIECES:
            return False
        return super().possible(action)

    def choose(
        self, prompt: str, done: Callable[[tuple[Span, ...]], object], spans: Sequence[Span]
    ) -> None:
        """Have words near the current claim chosen, starting from these."""
        segments = self.page.segments
        near = [self.here.segment, *(self.page.segment_at(start) for start, _ in spans)]
        first, last = max(0, min(near) - NEARBY), min(len(segments) - 1, max(near) + NEARBY)
        words = Words(self.page.text, segments[first].start, segments[last].end)
        self._begin(words, Task(prompt, done, Pieces.begun(words, spans, self.here.start)))

    def choose_place(self, prompt: str, done: Callable[[int], object]) -> None:
        """Have a word of the current segment chosen; `done` takes its start."""
        segment = self.page.segments[self.here.segment]
        words = Words(self.page.text, segment.start, segment.end)
        second = words.step(words.first(), 1)
        start = max(second.start, self.here.start)
        pieces = Pieces(words.at(start) if start > segment.start else second)
        self._begin(words, Task(prompt, lambda spans: done(spans[0][0]), pieces, one=True))

    def stop_marking(self) -> bool:
        """End the choosing of words; False where it was not going on."""
        self._choosing = None
        return super().stop_marking()

    # --- keys -----------------------------------------------------------------------------------

    def action_take_pieces(self) -> None:
        """Take what is chosen."""
        task = self._the_choice
        task.done(trimmed(self.page.text, task.pieces.spans))

    def action_add_piece(self) -> None:
        """Keep what is chosen and choose more."""
        self._show_pieces(self._the_choice.pieces.another(self._chooser))

    def action_drop_piece(self) -> None:
        """Drop what is chosen."""
        self._show_pieces(self._the_choice.pieces.dropped())

    def action_sentence_more(self) -> None:
        """Choose up to the end of the sentence, or of the next one."""
        self._by_sentence(longer=True)

    def action_sentence_less(self) -> None:
        """Choose a sentence less."""
        self._by_sentence(longer=False)

    def _by_sentence(self, longer: bool) -> None:
        edges = [one.start if self._chosen.backwards else one.end for one in self.page.segments]
        self._select(self._chooser.to_next(self._chosen, edges, longer))

    def drawn_over(self, start: int, end: int) -> None:
        """Choose what the mouse was drawn over."""
        if self._choosing is None:
            super().drawn_over(start, end)
        elif chosen := self._chooser.around(start, end):
            self._select(chosen)

    def choose_at(self, offset: int) -> None:
        """Choose the word that was clicked."""
        self._select(self._chooser.at(offset))

    # --- showing --------------------------------------------------------------------------------

    @property
    def _the_choice(self) -> Task:
        assert self._choosing is not None
        return self._choosing

    def _begin(self, words: Words, task: Task) -> None:
        self._words, self._choosing = words, task
        self._show_pieces(task.pieces)

    def _select(self, selection: Selection | None) -> None:
        if self._choosing is None or selection is None:
            super()._select(selection)
        else:
            self._show_pieces(self._choosing.pieces.moved(selection))

    def _show_pieces(self, pieces: Pieces) -> None:
        self._choosing = replace(self._the_choice, pieces=pieces)
        self._selection = chosen = pieces.chosen
        self.reader.select(None if pieces.empty else chosen.span, pieces.kept)
        self.reader.look_at(chosen.start if chosen.backwards else chosen.end - 1)
        words = quoted(self.page.text, pieces.spans) if pieces.spans else "none"
        self.say(f"{self._choosing.prompt}: {words}")
