"""Text from people, made safe to show: never markup, never a control character."""

from __future__ import annotations

from textual.content import Content

from kmtui.text import clean


def words(text: str, style: str = "") -> Content:
    """Return a text as it is, in one style. Nothing in it is read as markup."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def parts(*pieces: str | tuple[str, str] | Content) -> Content:
    """Return pieces one after the other: texts, texts with a style, or content that is safe already."""
    made: list[str | Content | tuple[str, str]] = []
    for piece in pieces:
        if isinstance(piece, str):
            made.append(clean(piece))
        elif isinstance(piece, tuple):
            made.append((clean(piece[0]), piece[1]))
        else:
            made.append(piece)
    return Content.assemble(*made)


def lines(*contents: Content) -> Content:
    """Return contents below each other."""
    return Content("\n").join(contents)
