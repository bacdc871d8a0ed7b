"""Everything about one claim, for a window."""

from __future__ import annotations

from textual.content import Content

from annotator.tui.panel import ClaimPanel
from annotator.tui.remarks import View
from annotator.tui.wrap import broken


def details_lines(panel: ClaimPanel, view: View, width: int) -> list[Content]:
    """Return the words of a claim, then all that the panel has to say about it."""
    words = view.page.text[view.claim.start : view.claim.end]
    text = [Content.styled(line, "bold") for line in broken(words, width)]
    return [*text, Content(), *panel.column(view, width)]
