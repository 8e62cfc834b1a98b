"""Commands on one record or one action: show, export, import, delete, follow up, recover."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.given import as_json, day_of, given, said_yes, shared
from kmtui.cli.lists import action_row
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.base import State
    from kmtui.workspace.sharing import Format


@click.command()
@click.argument("record", metavar="ID")
@as_json
@shared
def show(record: str, as_json: bool) -> int:
    """Print a session or an assessment, as Markdown or JSON.

    Of the ID any unique beginning will do.
    """
    from kmtui.workspace.sharing import json_text, rendered

    desk = given().desk()
    record_id = desk.find(record)
    put(json_text(desk.show(record_id)) if as_json else rendered(desk.tools, desk.read(record_id), "markdown"))
    return 0


@click.command()
@click.argument("record", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(("markdown", "json", "plan", "board", "invitations")),
    default="markdown",
    show_default=True,
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="A file or a folder.")
@click.option("--with-names", is_flag=True, help="With the names of people, which are left out otherwise.")
@shared
def export(record: str, form: Format, output: Path | None, with_names: bool) -> int:
    """Write a session or an assessment to be shared.

    To standard output, or with -o to a file. plan and board are of an assessment: its plan, and one page for a board.
    invitations are of a session with groups, such as random coffee pairs: a text for each group.
    """
    from kmtui.workspace.sharing import default_export, rendered
    from kmtui.workspace.sharing import export as write

    desk = given().desk()
    found = desk.read(desk.find(record))
    if output is None or str(output) == "-":
        put(rendered(desk.tools, found, form, with_names=with_names))
        return 0
    path = default_export(output, found, form) if output.is_dir() else output
    write(desk.tools, found, form, path, with_names=with_names)
    talk(f"Written: {path}")
    return 0


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@shared
def import_(file: Path, as_json: bool) -> int:
    """Take in a record that was exported as JSON.

    Prints its id, which is the one that it had.
    """
    from kmtui.model.errors import WrongInput
    from kmtui.workspace.sharing import import_file, json_text

    desk = given().desk()
    try:
        record, here_already = import_file(desk.tools, file)
    except WrongInput as error:
        named = str(error).startswith(str(file))
        raise WrongInput(str(error) if named else f"{file}: {error}") from error
    if here_already:
        talk("It was here already, just the same.")
    put(json_text(desk.show(record.id)) if as_json else f"{record.id}\n")
    return 0


@click.command()
@click.argument("record", metavar="ID")
@shared
def delete(record: str) -> int:
    """Delete a session or an assessment for good.

    On a terminal you are asked first.
    """
    from kmtui.plain.lists import exports_line, record_line

    desk = given().desk()
    record_id = desk.find(record)
    if sys.stdin.isatty():
        line = next((each for each in desk.records() if each.id == record_id), None)
        talk(record_line(line) if line else record_id)
        if not said_yes("It will be gone for good. Type yes to delete it: "):
            talk("Nothing was deleted.")
            return 0
    name = desk.delete(record_id)
    talk(f"Deleted: {name or record_id}")
    if words := exports_line(desk.exports):
        talk(words)
    return 0


@click.command()
@click.argument("action_id", metavar="ID")
@click.option("--state", type=click.Choice(("open", "done", "dropped")))
@click.option("--note", help="What came of it.")
@click.option("--owner", help="Who does it.")
@click.option("--due", metavar="DATE", help='By when: 2026-12-01, 1 Dec, friday, 2 weeks; "none" takes the day away.')
@click.option("--review", metavar="DATE", help='When it is looked at again; "none" takes the day away.')
@click.option("--done-when", help="How it will be known that it has worked.")
@click.option("--outcome", help="What has changed because of it.")
@as_json
@shared
def action(
    action_id: str,
    state: State | None,
    note: str | None,
    owner: str | None,
    due: str | None,
    review: str | None,
    done_when: str | None,
    outcome: str | None,
    as_json: bool,
) -> int:
    """Say what has become of an action.

    kmtui list actions shows the ID of each.
    """
    from kmtui.plain.lists import action_line
    from kmtui.workspace.sharing import json_text

    desk = given().desk()
    line = desk.follow_up(
        action_id,
        state=state,
        note=note,
        owner=owner,
        due=None if _none(due) else day_of(due, desk),
        no_due=_none(due),
        outcome=outcome,
        review=None if _none(review) else day_of(review, desk),
        no_review=_none(review),
        done_when=done_when,
    )
    put(json_text(action_row(desk, line)) if as_json else f"{action_line(line, desk.tools.today())} {line.id}\n")
    return 0


def _none(day: str | None) -> bool:
    """Say whether an option takes a day away."""
    return day is not None and day.strip().lower() in ("", "none")


@click.command()
@click.argument("record", metavar="ID")
@shared
def recover(record: str) -> int:
    """Put the version before of a damaged record back.

    The damaged file is kept in the folder quarantine of the workspace.
    """
    record_id = given().desk().recover(record)
    talk("The version before is back. The damaged file is kept in the folder quarantine.")
    put(f"{record_id}\n")
    return 0
