"""The review screen: claims on which answers differ, one after the other, to be settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Container

from annotator.errors import AnnotatorError, JudgementError
from annotator.model import Judgement
from annotator.review.deciding import Dispute, answer_of, decide, dispute
from annotator.review.sending import send_back
from annotator.tui.acts import story_window
from annotator.tui.bars import Bar, Footer, MessageBar
from annotator.tui.beside import COUNTING_PAUSE, Newest, reported
from annotator.tui.corpus import Notice
from annotator.tui.desk import Desk
from annotator.tui.dialogs import Ask
from annotator.tui.keys import Action, sign
from annotator.tui.page import Page
from annotator.tui.review_all import accept_unanimous
from annotator.tui.review_answers import AnswerTable
from annotator.tui.review_case import Case, why_empty
from annotator.tui.review_choosing import ChoosingScreen
from annotator.tui.review_passage import Passage
from annotator.tui.review_queue import Queue
from annotator.tui.screen import OpenArticle

ALWAYS = (
    "undo", "redo", "codebook", "palette", "help", "back", "first", "next_waiting",
    "previous_waiting", "order", "differing", "without_mine", "accept_unanimous",
    "agreement", "mine", "people", "same_words", "returned",
)  # fmt: skip
QUEUE_ONLY = ("order", "differing", "without_mine")
NO_MAJORITY = "No answer has a majority: ← → choose one, or give your own."


class ReviewScreen(ChoosingScreen):
    """The queue, or with `only` some claims of a given title, whether settled or not."""

    AT = "review"

    def __init__(self, desk: Desk, only: Sequence[str] | None = None, title: str = "") -> None:
        super().__init__(desk)
        self._title = title or "Review"
        self._queue = Queue(desk, only)
        self._names = False
        self._counter = Newest(self, desk, COUNTING_PAUSE)

    def compose(self) -> ComposeResult:
        """Lay the screen out; its widgets have no keys of their own."""
        yield Bar(id="title")
        yield Notice(id="empty")
        with Container(id="case"):
            yield Passage()
            yield Bar(id="standing")
            yield AnswerTable(self.desk.session.scheme)
        yield MessageBar()
        yield Footer()

    def on_mount(self) -> None:
        """Begin with the first claim that waits."""
        self.attempt(self._restart)

    def on_screen_resume(self) -> None:
        """Show what was done on another screen."""
        self.desk.turn_to(None)
        if self.ready:
            try:
                self.show_changes()
            except AnnotatorError as error:
                self.say(str(error), error=True)

    def on_resize(self) -> None:
        """Set the answers in the form for the width."""
        self.query_one(AnswerTable).refresh()

    def possible(self, action: Action) -> bool:
        """Whether an action would do something here and now."""
        if action.id in QUEUE_ONLY and self._queue.fixed:
            return False
        if self.case is None and action.id not in ALWAYS:
            return False
        return super().possible(action)

    def looked_at(self) -> Judgement | None:
        """Return the answer that is pointed at."""
        return self.case.answer if self.case is not None else None

    # --- settling -------------------------------------------------------------------------------

    def action_take(self) -> None:
        """Settle on the answer that is pointed at, and go on."""
        answer = self.here.answer
        scheme = self.desk.session.scheme
        if answer is None:
            self.say(NO_MAJORITY)
        elif not scheme.finished(answer):
            missing = [a.name for a in scheme.axes if not a.many and not answer.labels.get(a.id)]
            self.say(f"This answer is not finished: it lacks {', '.join(missing)}.")
        else:
            self._settle(answer)

    def action_take_number(self) -> None:
        """Settle on the answer with the digit that was pressed, and go on."""
        count = len(self.here.answers(False))
        number = int(self.pressed) if self.pressed.isdecimal() else 0
        if not 1 <= number <= min(count, 9):
            self.say(f"The digits 1 to {min(count, 9)} take an answer.")
            return
        self.case = replace(self.here, chosen=number - 1)
        self.action_take()
        self.show_case()

    def action_none_right(self) -> None:
        """Settle that none of the labels is right, and go on."""
        self._settle(Judgement())

    def _settle(self, answer: Judgement) -> None:
        case, scheme = self.here, self.desk.session.scheme
        row = case.dispute.row
        made = answer_of(answer, scheme, case.note)
        with self.desk.writing():
            decide(
                self.desk.project, self.desk.reviewer, row.claim.id, made, case.reason,
                speaker=case.speaker, kind=case.kind,
            )  # fmt: skip
        self._go_on()

    def action_send_back(self) -> None:
        """Ask the author of the answer that is pointed at to look at it again."""
        case, author = self.here, self.here.author
        if author is None:
            self.say("← → choose the answer to send back.")
        elif author == self.desk.reviewer:
            key = sign(self.key_of("read"))
            self.say(f"That answer is your own: {key} opens the article to change it.")
        else:
            who = case.who(author, self._names)

            def answered(note: str | None) -> None:
                if note is not None and self.is_here(case):
                    self.attempt(lambda: self._send_back(author, who, note))

            self.app.push_screen(Ask(f"Send back to {who}", "", "why, or nothing"), answered)

    def _send_back(self, author: str, who: str, note: str) -> None:
        claim_id = self.here.claim_id
        with self.desk.writing():
            send_back(self.desk.project, self.desk.reviewer, claim_id, author, note)
        self._go_on()
        self.say(f"Sent back to {who}; the claim waits on.")

    def action_accept_unanimous(self) -> None:
        """Settle all on which everybody agrees, once asked with the number of claims."""
        self.run_worker(accept_unanimous(self), exclusive=True, group="beside")

    # --- moving ---------------------------------------------------------------------------------

    def action_next_waiting(self) -> None:
        """Go to the next claim without deciding this one."""
        if self._queue.step(1):
            self._read()
        else:
            self.say(self._at_end())

    def action_previous_waiting(self) -> None:
        """Go to the claim before."""
        if self._queue.step(-1):
            self._read()
        else:
            self.say("The first claim.")

    def action_first(self) -> None:
        """Begin again with the first claim that waits now."""
        self._restart()

    def action_page_down(self) -> None:
        """Show what is further down in the article."""
        self.query_one(Passage).scroll_page(1)

    def action_page_up(self) -> None:
        """Show what is further up in the article."""
        self.query_one(Passage).scroll_page(-1)

    def action_order(self) -> None:
        """Change between the worst articles first and the order of the list."""
        worst = self._queue.order == "article"
        self._queue.order = "worst" if worst else "article"
        self._restart()
        self.say("The worst articles first." if worst else "The articles in the list's order.")

    def action_differing(self) -> None:
        """Keep to claims that differ on one axis or in their words, or to all again."""
        what = self._queue.next_differing()
        self._restart()
        self.say(f"Claims on which answers differ on {what}.")

    def action_without_mine(self) -> None:
        """Leave out the claims that one judged oneself, or not."""
        self._queue.leave_out_mine()
        self._restart()
        without = self._queue.without_mine
        self.say("Only claims you did not judge." if without else "Your own claims too.")

    def action_read(self) -> None:
        """Open the article at the claim."""
        row = self.here.dispute.row
        self.post_message(OpenArticle(row.article_id, row.claim.id))

    def action_back(self) -> None:
        """Leave the review."""
        self.dismiss()

    def go_to(self, target: str, said: str) -> None:
        """Show the claim that an undone or redone act was about, if one may decide on it."""
        project = self.desk.project
        if project.claim(target) and project.sees(self.desk.reviewer, target):
            self._queue.go_to(target)
            self._read()
            self.say(said)
        else:
            super().go_to(target, said)

    def _restart(self) -> None:
        self._queue.restart()
        self._read()

    def _go_on(self) -> None:
        """Go to the next claim that still waits; say so where there is none further on."""
        while self._queue.step(1):
            found = self._dispute()
            if found is not None and (self._queue.fixed or found.standing != "decided"):
                self._read()
                return
        if not self._queue.fixed and not self._queue.anything_waits():
            self._queue.finish()
        self._read()
        if self.case is not None:
            self.say(self._at_end())

    def _at_end(self) -> str:
        if self._queue.fixed:
            return "The last of these claims."
        waiting = self._queue.waiting()
        left = "" if waiting is None else f"; {waiting} still wait{'s' * (waiting == 1)}"
        return f"The end of the queue{left}: {sign(self.key_of('first'))} begins again."

    # --- windows --------------------------------------------------------------------------------

    def action_names(self) -> None:
        """Show who is who, or letters again."""
        self._names = not self._names
        self.show_case()

    def action_history(self) -> None:
        """Show what was done about the claim; by letters while the names are hidden."""
        case, names = self.here, self._names
        key = self.key_of("history")
        window = story_window(self.desk, case.claim_id, key, lambda name: case.who(name, names))
        self.app.push_screen(window)

    # --- showing --------------------------------------------------------------------------------

    def show_changes(self) -> None:
        """Read the claim again; what was being answered stays."""
        if self.case is None and not self._queue.fixed and self._queue.anything_waits():
            self._restart()
            return
        before, self.page = self.case, None
        self._read()
        if self.case is not None and before is not None:
            self.case = self.case.resumed(before)
            self.show_case()

    def _dispute(self) -> Dispute | None:
        if (claim_id := self._queue.current) is None:
            return None
        try:
            return dispute(self.desk.project, self.desk.reviewer, claim_id)
        except JudgementError:  # withdrawn, so that the others' answers are hidden again
            return None

    def _read(self) -> None:
        """Read the current claim from the project and show it."""
        found = self._dispute()
        self.case = None if found is None else Case.of(self.desk, found)
        if found is not None and (
            self.page is None or self.page.article_id != found.row.article_id
        ):
            project, article_id = self.desk.project, found.row.article_id
            self.page = Page(project.article(article_id), project.tagging(article_id))
        self.show_case()

    def show_case(self) -> None:
        """Show the claim and its answers, or why there are none."""
        case, page = self.case, self.page
        self.query_one("#case").display = case is not None
        empty = "" if case is not None else why_empty(self.desk, self._queue)
        self.query_one("#empty", Notice).show(empty)
        if case is not None and page is not None:
            claim = case.dispute.row.claim
            self.query_one(Passage).show(page, (claim.start, claim.end), case.marks(self._names))
            answers = case.answers(self._names)
            self.query_one(AnswerTable).show(page.text, answers, case.chosen)
            scheme = self.desk.session.scheme
            self.query_one("#standing", Bar).show(case.standing(scheme, self._names), case.extra())
        self._show_title()
        self.refresh_footer()

    def _show_title(self) -> None:
        about = self.page.article.about if self.case is not None and self.page else None
        title = (about.title if about else None) or ""
        if self._queue.fixed:
            right = f"{self._queue.here + 1} of {len(self._queue.claims)}"
        else:
            waiting = self._queue.waiting()
            if waiting is None:
                waiting = self._queue.last_count()
                self.run_worker(reported(self, self._count()))
            right = f"{'…' if waiting is None else waiting} wait{'s' * (waiting == 1)}"
        left = [(f" {self._title}", "bold $primary"), (f"  {title}", "bold")]
        self.query_one("#title", Bar).show(left, f"{right}  {self.desk.reviewer} ")

    async def _count(self) -> None:
        """Count what waits beside the keys, once nobody types."""
        if await self._queue.count(self._counter):
            self._show_title()
