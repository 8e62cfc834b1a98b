"""`kmtui suggest`: two or three techniques that fit, and why. The options of a situation, which lists take as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import click

from kmtui.cli.given import Command, as_json, given, shared
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.technique import Phase


class Situation(TypedDict):
    """What is asked for; None or empty where it is not."""

    phase: Phase | None
    people: int | None
    minutes: int | None
    words: str


def situation(command: Command) -> Command:
    """Add the options that say which techniques are asked for."""
    options = (
        click.option("--phase", type=click.Choice(("before", "during", "after")), help="When: of the work."),
        click.option("--people", type=click.IntRange(min=1), metavar="N", help="How many people there are."),
        click.option("--minutes", type=click.IntRange(min=1), metavar="N", help="How much time there is."),
        click.option("--for", "words", default="", metavar="WORDS", help="What for, in a few words."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@situation
@click.option("--action", "action_id", metavar="ID", help="An action, whose words say what for.")
@as_json
@shared
def suggest(
    phase: Phase | None, people: int | None, minutes: int | None, words: str, action_id: str | None, as_json: bool
) -> int:
    """Suggest two or three techniques, and say why.

    The id at the end of a line is what kmtui card and kmtui run take.
    """
    if action_id is not None and words:
        raise click.UsageError("--for and --action exclude each other.")
    from kmtui.workspace.sharing import json_text
    from kmtui.workspace.suggesting import for_action, suggestions

    tools = given().desk().tools
    if action_id is None:
        found = suggestions(tools, phase=phase, people=people, minutes=minutes, words=words)
    else:
        line = tools.store.find_action(action_id)
        found = for_action(tools, line, phase=phase, people=people, minutes=minutes)
    for problem in tools.library.problems:
        talk(str(problem))
    if as_json:
        put(json_text([{"id": each.id, "name": each.name, "why": each.why} for each in found]))
        return 0
    for each in found:
        put(f"{each.name}. {each.why} {each.id}\n")
    if not found:
        talk("No technique fits that. kmtui list techniques shows them all.")
    return 0
