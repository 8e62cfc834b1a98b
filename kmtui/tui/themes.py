"""Our own themes: dark, light, and one without any colour for NO_COLOR.

Contrast is at least 4.5 to 1 for text and 3 to 1 for lines and focus; a test holds it.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="kmtui-dark",
    primary="#8ecbff",
    secondary="#9fd8c0",
    accent="#ffd479",
    warning="#ffd479",
    error="#ff9d94",
    success="#9fe0a8",
    foreground="#ececec",
    background="#11161b",
    surface="#11161b",
    panel="#1b232b",
    dark=True,
    variables={
        "muted": "#b6bfc8",
        "line": "#7d8b98",
        "chosen": "#ffffff",
        "chosen-background": "#17406a",
        "field-background": "#1b232b",
        "chosen-style": "bold",
        "input-selection-background": "#1e4f7d",
        "border": "#7d8b98",
        "scrollbar": "#7d8b98",
        "scrollbar-hover": "#7d8b98",
        "scrollbar-active": "#7d8b98",
        "scrollbar-background": "#1b232b",
        "scrollbar-background-hover": "#1b232b",
        "scrollbar-background-active": "#1b232b",
        "scrollbar-corner-color": "#1b232b",
    },
)

LIGHT = Theme(
    name="kmtui-light",
    primary="#0b4f85",
    secondary="#0d5c46",
    accent="#7a4a00",
    warning="#7a4a00",
    error="#a3170f",
    success="#14602a",
    foreground="#1a1d20",
    background="#fbfbf8",
    surface="#fbfbf8",
    panel="#eceeed",
    dark=False,
    variables={
        "muted": "#4a5157",
        "line": "#69737c",
        "chosen": "#10202c",
        "chosen-background": "#cfe3f5",
        "field-background": "#eceeed",
        "chosen-style": "bold",
        "input-selection-background": "#bcd7ee",
        "border": "#69737c",
        "scrollbar": "#69737c",
        "scrollbar-hover": "#69737c",
        "scrollbar-active": "#69737c",
        "scrollbar-background": "#eceeed",
        "scrollbar-background-hover": "#eceeed",
        "scrollbar-background-active": "#eceeed",
        "scrollbar-corner-color": "#eceeed",
    },
)

PLAIN_COLOURS = Theme(
    name="kmtui-none",
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    ansi=True,
    variables={
        "muted": "ansi_default",
        "line": "ansi_default",
        "chosen": "ansi_default",
        "chosen-background": "ansi_default",
        "field-background": "ansi_default",
        "chosen-style": "bold reverse",
        "input-selection-background": "ansi_default",
        "border": "ansi_default",
        "scrollbar": "ansi_default",
        "scrollbar-hover": "ansi_default",
        "scrollbar-active": "ansi_default",
        "scrollbar-background": "ansi_default",
        "scrollbar-background-hover": "ansi_default",
        "scrollbar-background-active": "ansi_default",
        "scrollbar-corner-color": "ansi_default",
    },
)

THEMES = {"dark": DARK, "light": LIGHT}
