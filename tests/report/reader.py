"""Reads Markdown with a real parser, and says which structure and which text comes out of it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kmtui.text import clean

PARSERS = (
    MarkdownIt("gfm-like"),  # tables, strikethrough, autolinks
    MarkdownIt("commonmark").enable(["table", "strikethrough"]),
    MarkdownIt("js-default", {"html": True, "linkify": True}),
)

Structure = list[str]


def as_read(text: str) -> str:
    """Return a typed text as a reader of Markdown should get it: cleaned, its spaces collapsed as HTML does it."""
    lines = clean(text).strip("\n\t ").split("\n")
    return "\n".join(re.sub(r"[ \t]+", " ", line).strip(" ") for line in lines)


def on_one_line(text: str) -> str:
    """Return a typed text as it should be read where there are no line breaks."""
    return re.sub(" +", " ", as_read(text).replace("\n", " ")).strip(" ")


def text_of(token: Token) -> str:
    """Return the text within an inline token; anything but text, breaks and strong type is an error."""
    text = ""
    for child in token.children or []:
        if child.type == "text":
            text += child.content
        elif child.type in ("hardbreak", "softbreak"):
            text += "\n"
        else:
            assert child.type in ("strong_open", "strong_close"), f"{child.type} in {token.content[:200]!r}"
    return text


def read(markdown: str, parser: MarkdownIt = PARSERS[0]) -> tuple[Structure, list[str]]:
    """Return the kinds of all blocks, opening and closing, and the texts of those that hold text."""
    tokens = parser.parse(markdown)
    return [token.type for token in tokens], [text_of(token) for token in tokens if token.type == "inline"]


def without_front_matter(markdown: str) -> str:
    """Return the report after its front matter."""
    assert markdown.startswith("---\n")
    return markdown.partition("\n---\n")[2]
