"""Writing lessons to a file in plain text: as a page to be read, as a table, or as data for scripts."""

from __future__ import annotations

from collections.abc import Sequence

from kmtui.plain.found import to_replace
from kmtui.plain.menu import Menu
from kmtui.plain.words import Command
from kmtui.store.protocol import Hit
from kmtui.workspace.confiding import hits_without, in_hits, in_text, text_without
from kmtui.workspace.desk import Desk
from kmtui.workspace.register import LessonPage
from kmtui.workspace.register_export import FoundFormat, export_found, found_file, page_markdown
from kmtui.workspace.sharing import write_text

_FORMS: dict[str, FoundFormat] = {"": "markdown", "markdown": "markdown", "csv": "csv", "json": "json"}
_QUESTION = "register.write"


def write_found(menu: Menu, desk: Desk, hits: Sequence[Hit], asked: str) -> None:
    """Write lessons that were found into the folder of exports, in the form that is chosen."""
    form = _form(menu)
    if form is None:
        return
    path = found_file(desk.exports, desk.tools, asked, form)
    kept = hits_without(hits, to_replace(menu.prompter, in_hits(hits), menu.ask))
    export_found(desk.tools, kept, asked, form, path)
    menu.say(f"Written: {path}")


def write_lesson(menu: Menu, desk: Desk, found: LessonPage) -> None:
    """Write one lesson into the folder of exports; as a page with all that is known of it."""
    form = _form(menu)
    if form is None:
        return
    path = found_file(desk.exports, desk.tools, found.line.lesson, form)
    if form == "markdown":
        text = page_markdown(found)
        write_text(desk.tools, path, text_without(text, to_replace(menu.prompter, in_text(text), menu.ask)))
    else:
        hits = (Hit(line=found.line, score=0.0),)
        kept = hits_without(hits, to_replace(menu.prompter, in_hits(hits), menu.ask))
        export_found(desk.tools, kept, found.line.lesson, form, path)
    menu.say(f"Written: {path}")


def _form(menu: Menu) -> FoundFormat | None:
    """Ask in which form; None to go back."""
    while True:
        answer = menu.ask(_QUESTION, "As what: markdown (or Enter), csv or json; back goes back:")
        if answer in (Command(word="back"), Command(word="skip")):
            return None
        if isinstance(answer, str) and answer.casefold() in _FORMS:
            return _FORMS[answer.casefold()]
        menu.prompter.wrong(_QUESTION, "Type markdown, csv or json, or back.")
