"""What may tell who somebody is, at commands: it is said on standard error, and --replace takes it out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kmtui.cli.streams import talk

if TYPE_CHECKING:
    from kmtui.workspace.confiding import FoundIn

replacing = click.option(
    "--replace",
    "replacing",
    default="",
    metavar="NUMBERS",
    help="Of what looks like an NHS number, a date of birth, an e-mail address, a telephone number or a name with a "
    "title: all, or such as 1,3, to put [name] and the like in its place.",
)


def to_replace(found: Sequence[FoundIn], typed: str) -> tuple[FoundIn, ...]:
    """Say what was found in what is to be written, and return what was chosen of it with --replace.

    Raises:
        WrongInput: a number is not in the list.
    """
    from kmtui.workspace.confiding import chosen, listed

    which = chosen(found, typed) if found or typed.strip().casefold() != "all" else ()
    for line in listed(found):
        talk(line)
    kept = len(found) - len(which)
    if which:
        talk(f"Replaced: {', '.join(str(each.number) for each in which)}.")
    if kept:
        talk("Kept as it is: the rest." if which else "All of it is kept. --replace all or --replace 1,3 replaces it.")
    return which


def say_kept(thing: object) -> None:
    """Say what was found in something that was taken in from a file, and that it is kept."""
    from kmtui.workspace.confiding import kept_in

    for line in kept_in(thing):
        talk(line)
