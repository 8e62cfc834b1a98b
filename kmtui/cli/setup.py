"""`kmtui setup`: what is agreed about a team before it is assessed, kept to be used again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kmtui.cli.given import as_json, given, hand_out, piped, shared, to_file
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.workspace.setups import TeamSetUp

_team = click.option("--team", default="", help="Whose it is, where more than one team has a set-up of that name.")


@click.group()
@shared
def setup() -> None:
    """Keep what is agreed about a team: list, show, save, remove, advance.

    Goals of the team, criteria that it leaves out, options of its own, the day of the feedback. kmtui assess --setup
    and kmtui survey create --setup begin with it.
    """


@setup.command("list")
@as_json
@shared
def list_(as_json: bool) -> int:
    """List the set-ups, those of one team together."""
    from kmtui.plain.lists import setup_line
    from kmtui.workspace.setups import set_ups
    from kmtui.workspace.sharing import json_text

    found = set_ups(given().desk().tools)
    if as_json:
        put(json_text([_document(each) for each in found]))
        return 0
    for each in found:
        put(f"{setup_line(each)} {each.setup.id}\n")
    if not found:
        talk("No set-up yet. kmtui template setup prints one to fill in, and kmtui setup save keeps it.")
    return 0


@setup.command()
@click.argument("name")
@_team
@as_json
@shared
def show(name: str, team: str, as_json: bool) -> int:
    """Print a set-up. NAME is its name, or any unique beginning of its id."""
    from kmtui.cli.words import set_up_lines
    from kmtui.workspace.setups import find_set_up, matrix_of
    from kmtui.workspace.sharing import json_text

    tools = given().desk().tools
    found = find_set_up(tools, name, team)
    if as_json:
        put(json_text(_document(found)))
        return 0
    for line in set_up_lines(found, matrix_of(tools, found.setup).value):
        put(f"{line}\n")
    return 0


@setup.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@as_json
@shared
def save(file: Path, as_json: bool) -> int:
    """Keep the set-up that FILE says (kmtui template setup makes one); - reads standard input.

    One of the same team with the same name is replaced. Prints its name and team.
    """
    from kmtui.content.answers import read_set_up
    from kmtui.workspace.setups import keep_answers
    from kmtui.workspace.sharing import json_text

    tools = given().desk().tools
    answers, problems = read_set_up(file, tools.library, piped(file))
    for problem in problems:
        talk(str(problem))
    found = keep_answers(tools, answers)
    put(json_text(_document(found)) if as_json else f"{found.setup.name}, {found.team}\n")
    return 0


@setup.command()
@click.argument("name")
@_team
@shared
def remove(name: str, team: str) -> int:
    """Take a set-up away. Assessments that began with it stay as they are."""
    from kmtui.workspace.setups import drop_set_up, find_set_up

    tools = given().desk().tools
    found = drop_set_up(tools, find_set_up(tools, name, team).setup.id)
    talk(f"Taken away: {found.setup.name}, {found.team}")
    return 0


@setup.command()
@click.argument("name")
@_team
@to_file
@shared
def advance(name: str, team: str, output: Path | None) -> int:
    """Print what participants get before they are asked, as Markdown."""
    from kmtui.workspace.setups import advance_copy, find_set_up

    desk = given().desk()
    hand_out(desk, advance_copy(desk.tools, find_set_up(desk.tools, name, team)), output)
    return 0


def _document(found: TeamSetUp) -> dict[str, Any]:
    from msgspec import to_builtins

    return {"team": found.team, **to_builtins(found.setup)}
