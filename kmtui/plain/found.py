"""Before a report is written in plain mode: what may tell who somebody is, and what is replaced of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kmtui.model.errors import WrongInput
from kmtui.plain.prompts import Prompter
from kmtui.plain.words import Command
from kmtui.workspace.confiding import FoundIn, chosen, listed

QUESTION = "export.found"
Ask = Callable[[str, str], "str | Command"]
_REPLACE = "replace"


def to_replace(prompter: Prompter, found: Sequence[FoundIn], ask: Ask | None = None) -> tuple[FoundIn, ...]:
    """Say what was found, and return what is to be replaced of it. In a pipe nobody is asked, and all is kept.

    Without `ask` nobody is asked either. Raises what it raises where there is no answer; nothing is written then.
    """
    if not found:
        return ()
    for line in listed(found):
        prompter.warn(line)
    if ask is None or not prompter.terminal:
        prompter.warn("All of it is kept as it is.")
        return ()
    while True:
        answer = ask(QUESTION, "Enter keeps all of it. replace 1 3 replaces those, replace all all of them:")
        if isinstance(answer, Command):
            if answer.word in ("skip", "back"):
                return ()
            prompter.wrong(QUESTION, f'"{answer.word}" does nothing here. Type replace and numbers, or Enter.')
        elif answer.casefold() in ("", "keep"):
            return ()
        elif answer.casefold().split()[0] == _REPLACE:
            try:
                return chosen(found, answer[len(_REPLACE) :].strip() or "all")
            except WrongInput as error:
                prompter.wrong(QUESTION, str(error))
        else:
            prompter.wrong(QUESTION, "Type replace and numbers, replace all, or Enter to keep all of it.")
