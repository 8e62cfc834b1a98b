"""Commands on one thing: show, export, delete, follow an action up, recover."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.confiding import replacing, to_replace
from kmtui.cli.given import as_json, back_up_today, day_of, given, said_yes, shared
from kmtui.cli.lists import action_row
from kmtui.cli.streams import put, talk
from kmtui.text import file_slug

if TYPE_CHECKING:
    from kmtui.model.base import State
    from kmtui.workspace.desk import Desk
    from kmtui.workspace.finding import Thing
    from kmtui.workspace.sharing import Format


@click.command()
@click.argument("record", metavar="ID")
@as_json
@shared
def show(record: str, as_json: bool) -> int:
    """Print a session, an assessment, a lesson or a knowledge asset.

    As Markdown, or with --json as JSON. Of the ID any unique beginning will do.
    """
    from kmtui.workspace.finding import find_any
    from kmtui.workspace.sharing import json_text, rendered

    desk = given().desk()
    found = find_any(desk.tools, record)
    if found.kind == "record":
        put(json_text(desk.show(found.id)) if as_json else rendered(desk.tools, desk.read(found.id), "markdown"))
    else:
        put(_text(desk, found, "json" if as_json else "markdown"))
    return 0


def _text(desk: Desk, thing: Thing, form: Format) -> str:
    """Return a lesson or a knowledge asset as text. Raises WrongInput."""
    from kmtui.model.errors import WrongInput

    if form not in ("markdown", "json"):
        raise WrongInput(f'"{thing.name}" is no session and no assessment: it can be written as markdown or json.')
    if thing.kind == "asset":
        from kmtui.workspace.asset_export import asset_text

        return asset_text(desk.tools, thing.id, "json" if form == "json" else "markdown")
    from kmtui.workspace.register import page
    from kmtui.workspace.register_export import page_document, page_markdown
    from kmtui.workspace.sharing import json_text

    found = page(desk.tools, thing.id)
    return json_text(page_document(found)) if form == "json" else page_markdown(found)


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
@replacing
@shared
def export(record: str, form: Format, output: Path | None, with_names: bool, replacing: str) -> int:
    """Write a session, an assessment, a lesson or a knowledge asset to be shared.

    To standard output, or with -o to a file. plan and board are of an assessment: its plan, and one page for a board.
    invitations are of a session with groups, such as random coffee pairs: a text for each group.
    """
    from kmtui.workspace.confiding import export_without, in_export, in_text, text_without
    from kmtui.workspace.finding import find_any
    from kmtui.workspace.sharing import default_export, free_file, write_text

    desk = given().desk()
    thing = find_any(desk.tools, record)
    found = desk.read(thing.id) if thing.kind == "record" else None
    if found is not None:
        which = to_replace(in_export(desk.tools, found, form, with_names=with_names), replacing)
        text = export_without(desk.tools, found, form, which, with_names=with_names)
    else:
        text = _text(desk, thing, form)
        text = text_without(text, to_replace(in_text(text), replacing))
    if output is None or str(output) == "-":
        put(text)
        return 0
    if output.is_dir() and found is not None:
        output = default_export(output, found, form)
    elif output.is_dir():
        ending = ".json" if form == "json" else ".md"
        output = free_file(output, (desk.tools.today().isoformat(), file_slug(thing.name) or thing.kind), ending)
    write_text(desk.tools, output, text)
    talk(f"Written: {output}")
    return 0


@click.command()
@click.argument("record", metavar="ID")
@shared
def delete(record: str) -> int:
    """Delete a session, an assessment, a lesson or a knowledge asset for good.

    Its words go out of the index and the backups as well. On a terminal you are asked first.
    """
    from kmtui.plain.lists import exports_line, record_line
    from kmtui.workspace.finding import find_any

    desk = given().desk()
    thing = find_any(desk.tools, record)
    if sys.stdin.isatty():
        line = next((each for each in desk.records() if each.id == thing.id), None)
        talk(record_line(line) if line else thing.name or thing.id)
        if not said_yes("It will be gone for good. Type yes to delete it: "):
            talk("Nothing was deleted.")
            return 0
    name = desk.delete_thing(thing)
    talk(f"Deleted: {name or thing.id}")
    for words in (desk.left_behind, exports_line(desk.exports)):
        if words:
            talk(words)
    back_up_today(desk)
    return 4 if desk.left_behind else 0


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
    back_up_today(desk)
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
