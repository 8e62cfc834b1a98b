"""Bundles in plain text: writing what was chosen into one file for another kmtui, and taking one in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kmtui.model.errors import WrongInput
from kmtui.model.lines import RecordLine
from kmtui.plain.found import to_replace
from kmtui.plain.lists import record_line
from kmtui.plain.menu import PAGE, Menu
from kmtui.plain.words import Command, typed_numbers
from kmtui.text import one_line
from kmtui.workspace.bundles import bundle_of, bundle_text, merge, read_file
from kmtui.workspace.confiding import bundle_without, in_bundle, kept_in
from kmtui.workspace.desk import Desk
from kmtui.workspace.sharing import free_file, write_text
from kmtui.workspace.taking import names_of

_WHICH = "bundle.which"
_WHICH_HELP = (
    "Numbers with spaces between choose records: 1 3 4. all chooses all of them. Words find records, more reads on.",
    "Enter alone, or back, goes back.",
)


def write_chosen(menu: Menu, desk: Desk) -> None:
    """Ask which records go into a bundle, and write it."""
    lines = desk.records()
    if not lines:
        menu.say("Nothing has been kept yet.")
        return
    chosen = _chosen(menu, lines)
    if chosen:
        write_bundle(menu, desk, [line.id for line in chosen])


def write_bundle(menu: Menu, desk: Desk, ids: Sequence[str]) -> None:
    """Ask for names and private entries, and write a bundle into the folder of exports."""
    names = _wanted(menu, "bundle.names", "With the names of people? yes, or Enter for no:")
    private = (
        _wanted(menu, "bundle.private", "With private entries? yes, or Enter for no:") if names is not None else None
    )
    if names is None or private is None:
        menu.say("Nothing was written.")
        return
    made = bundle_of(desk.tools, ids, with_names=names, with_private=private)
    made = bundle_without(made, to_replace(menu.prompter, in_bundle(made), menu.ask))
    path = free_file(desk.exports, (desk.tools.today().isoformat(), "bundle"), ".json")
    write_text(desk.tools, path, bundle_text(made))
    menu.say(f"Written: {path}")


def take_bundle(menu: Menu, desk: Desk, path: Path) -> None:
    """Take a bundle in, and say what is new, what was joined, and where both sides differ. Raises WrongInput."""
    bundle = read_file(path)
    if bundle is None:
        raise WrongInput(f"{path} is no bundle of kmtui.")
    merged = merge(desk.tools, bundle)
    names = names_of(desk.tools, {*merged.new, *merged.joined})
    menu.say(f"Saved. {len(merged.new):,} new, {len(merged.joined):,} joined, {merged.same:,} here already.")
    for begins, ids in (("New", merged.new), ("Joined", merged.joined)):
        for each in ids:
            menu.say(f"{begins}: {one_line(names.get(each, each)).rstrip('.')}.")
    for sentence in merged.conflicts:
        menu.say(f"Different on both sides: {one_line(sentence)}")
    for sentence in merged.failed:
        menu.prompter.error(one_line(sentence))
    for line in kept_in(bundle):
        menu.prompter.warn(line)


def _wanted(menu: Menu, question: str, words: str) -> bool | None:
    """Return what somebody wants; None to go back."""
    while True:
        answer = menu.ask(question, words)
        if answer in (Command(word="back"), Command(word="skip")):
            return None
        if isinstance(answer, str) and answer.casefold() in ("", "no", "n", "yes", "y"):
            return answer.casefold().startswith("y")
        menu.prompter.wrong(question, "Type yes, or Enter for no.")


def _chosen(menu: Menu, lines: Sequence[RecordLine]) -> list[RecordLine]:
    """Read records out page by page, and return those that are chosen; none to go back."""
    found, first = list(lines), 0
    while True:
        for number, line in enumerate(found[first : first + PAGE], first + 1):
            menu.say(f"{number}. {one_line(record_line(line))}")
        if len(found) > first + PAGE:
            menu.say(f"{len(found) - first - PAGE} more: type more.")
        answer = menu.ask(_WHICH, "Numbers, all, words to find, or Enter to go back:", _WHICH_HELP)
        if answer in ("", Command(word="back"), Command(word="skip")):
            return []
        if answer == Command(word="more"):
            first = first + PAGE if first + PAGE < len(found) else 0
        elif isinstance(answer, Command):
            menu.prompter.wrong(_WHICH, f'"{answer.word}" does nothing here. Type numbers, or Enter to go back.')
        elif answer.casefold() == "all":
            return found
        elif (numbers := typed_numbers(answer)) is not None:
            if all(1 <= number <= len(found) for number in numbers):
                return [found[number - 1] for number in dict.fromkeys(numbers)]
            menu.prompter.wrong(_WHICH, f"Type numbers from 1 to {len(found)}.")
        else:
            first, wanted = 0, answer.casefold().split()
            found = [line for line in lines if all(word in record_line(line).casefold() for word in wanted)]
            menu.say(f"{len(found)} found." if found else "Nothing found. Enter goes back.")
