"""The card of a technique as a hand-out."""

from __future__ import annotations

from pathlib import Path

from kmtui.model.technique import Technique
from kmtui.workspace.sharing import free_file, write_text
from kmtui.workspace.tools import Tools


def default_card(folder: Path, technique: Technique, form: str | None = None) -> Path:
    """Return a file in the folder that is not there yet, named after the technique and the form, where one is given."""
    return free_file(folder, (technique.id, form or "", "card"), ".md")


def write_card(tools: Tools, technique: Technique, path: Path, form: str | None = None) -> None:
    """Write the card to a file as Markdown, of all forms side by side or of one.

    Raises:
        StoreError: it could not be written.
    """
    from kmtui.report.card_markdown import card_markdown

    write_text(tools, path, card_markdown(technique if form is None else technique.as_run(form)))
