"""The colours of the program: a dark and a light theme, named by what they mean."""

from __future__ import annotations

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="annotator-dark",
    primary="#8abbe6",
    secondary="#b79bd9",
    accent="#e3b566",
    success="#8fc28a",
    warning="#e3b566",
    error="#e58080",
    foreground="#d5d8de",
    background="#15181d",
    surface="#1b1f26",
    panel="#252b34",
    dark=True,
    variables={"quiet": "#868d99", "current": "#263d54", "report": "#86a9c9"},
)
LIGHT = Theme(
    name="annotator-light",
    primary="#1f5f8f",
    secondary="#6f4596",
    accent="#8a5a00",
    success="#35713a",
    warning="#8a5a00",
    error="#a8322b",
    foreground="#26282c",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e6e3da",
    dark=False,
    variables={"quiet": "#6c6f75", "current": "#cfe3f3", "report": "#35658a"},
)


def fallbacks(theme: Theme) -> dict[str, str]:
    """Return our own colours for a theme that does not know them, mixed from those it has."""
    colors = theme.to_color_system().generate()
    ground, ink, primary = (
        Color.parse(colors[name]) for name in ("background", "foreground", "primary")
    )
    return {
        "quiet": ground.blend(ink, 0.6).hex,
        "current": ground.blend(primary, 0.35).hex,
        "report": ground.blend(primary, 0.8).hex,
    }
