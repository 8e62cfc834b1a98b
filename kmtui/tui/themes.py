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
        "cursor-style": "none",
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
        "cursor-style": "none",
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


def without_colour() -> Theme:
    """Return a theme that uses no colour at all, only bold and underlined, for NO_COLOR.

    Every colour variable that Textual knows for terminals' own colours is set to the default one; a few of its
    variables are asked for by its style sheets and not made, so they are named here.
    """
    plain = "ansi_default"
    base = Theme(name="kmtui-none", primary=plain, background=plain, foreground=plain, dark=True, ansi=True)
    made = base.to_color_system().generate()
    names = [name for name, value in made.items() if "ansi_" in value]
    variables = dict.fromkeys((*names, *DARK.variables, "ansi-background", "ansi-foreground"), plain)
    # Underlined, since Textual 8.2 drops "reverse" from what it draws of a list's chosen line.
    variables |= {
        "chosen-style": "bold underline",
        "block-cursor-text-style": "bold underline",
        "cursor-style": "reverse",
    }
    return Theme(
        name=base.name,
        primary=plain,
        secondary=plain,
        accent=plain,
        warning=plain,
        error=plain,
        success=plain,
        foreground=plain,
        background=plain,
        surface=plain,
        panel=plain,
        boost=plain,
        dark=True,
        ansi=True,
        variables=variables,
    )


THEMES = {"dark": DARK, "light": LIGHT}
