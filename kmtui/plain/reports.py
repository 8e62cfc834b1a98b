"""Questions around a finished record: where its report goes, and whether it is opened again."""

from __future__ import annotations

import os
from pathlib import Path

from kmtui.model.errors import WrongInput
from kmtui.plain.prompts import InputEnded, Prompter
from kmtui.plain.words import Command
from kmtui.workspace.sharing import ENDINGS, Format

_YES = ("yes", "y")
_NO = ("no", "n")
_HELP = ("yes: open it again, to change it. Enter alone, no or quit: leave it as it is.",)


def typed_path(words: str) -> Path:
    """Return the path that somebody typed, with or without quotation marks around it.

    Raises:
        WrongInput: it begins with the home of somebody who is not known here.
    """
    try:
        return Path(words.strip("\"'")).expanduser()
    except RuntimeError:
        raise WrongInput(f"{words}: there is no such home folder here. Type the whole path.") from None


def report_path(words: str, suggested: Path) -> Path | None:
    """Return where the report is wanted; None where it is not wanted.

    Raises:
        WrongInput: the words are no path of a report, or a file is there already.
    """
    if words.lower() in _NO:
        return None
    if words.lower() in ("", *_YES):
        return suggested
    path = typed_path(words)
    if path.suffix.lower() not in ENDINGS.values():
        raise WrongInput(f'"{words[:40]}" is no path: type yes, no, or a path that ends in .md or .json.')
    if os.path.lexists(path):
        raise WrongInput(f"{path} is there already, and is left as it is. Type another path.")
    return path


def format_of(path: Path) -> Format:
    """Return the format that the ending of a path asks for."""
    return "json" if path.suffix.lower() == ENDINGS["json"] else "markdown"


def wanted_again(prompter: Prompter) -> bool:
    """Ask whether a finished record is to be opened again; the end of the input says no.

    Raises:
        QuitAsked, Stopped: there is no answer.
        WrongAnswer: the answer came from a pipe, and is neither yes nor no.
    """
    prompter.help = lambda: _HELP
    while True:
        try:
            answer = prompter.ask("again", "Open it again? Type yes, or Enter to leave it as it is:")
        except InputEnded:
            return False
        if isinstance(answer, Command):
            if answer.word in ("skip", "back"):
                return False
            prompter.wrong("again", f'"{answer.word}" does nothing here. Type yes or no.')
        elif answer.lower() in (*_YES, "open again"):
            return True
        elif answer.lower() in ("", *_NO):
            return False
        else:
            prompter.wrong("again", "Type yes or no.")
