"""`kmtui survey import`: answers out of files, what was not understood of them, and which columns were not used."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kmtui.cli.given import as_json, back_up_today, given, said_yes, shared
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.assessment import Assessment
    from kmtui.model.survey import Column, Reading, Refused


@click.command("import")
@click.argument("survey_id", metavar="ID")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="CRITERION=COLUMN",
    help="Which column of a table holds a criterion. Those named by its id or name need none.",
)
@click.option("--check", "only_look", is_flag=True, help="Say what is understood, and keep nothing.")
@as_json
@shared
def import_(survey_id: str, files: tuple[Path, ...], maps: tuple[str, ...], only_look: bool, as_json: bool) -> int:
    """Take in answers: a CSV table, replies to the e-mail, filled-in files.

    What cannot be read is listed with its row and the reason, and everything else is taken in, from all files or from
    none. The same response is never counted twice. A file of which nothing can be read makes the exit code 1.
    """
    from kmtui.model.errors import WrongInput
    from kmtui.model.survey import Refused
    from kmtui.workspace.sharing import json_text
    from kmtui.workspace.surveys import columns_of, open_survey, read_file, take_in

    desk = given().desk()
    found = open_survey(desk.tools, desk.find(survey_id))
    mapping = _mapping(found, maps)
    readings: list[Reading] = []
    refused: list[Refused] = []
    columns: list[tuple[str, Column]] = []
    for file in files:
        try:
            reading = read_file(desk.tools, found.id, file, mapping)
        except WrongInput as error:
            refused.append(Refused(file=str(file), row=0, reason=str(error)))
            columns += [(str(file), column) for column in columns_of(desk.tools, found.id, file, mapping)]
            continue
        columns += [(reading.file, column) for column in reading.columns]
        if only_look or _wanted(reading):
            readings.append(reading)
    unread = len(refused)
    if only_look or not readings:
        read = sum(len(reading.given) for reading in readings)
        refused += [each for reading in readings for each in reading.refused]
    else:
        taken = take_in(desk.tools, found.id, readings)
        read = taken.read
        refused += taken.refused
    responses = {(reading.file, given.row) for reading in readings for given in reading.given}
    _tell(found, refused, columns, responses, all_of_them=only_look)
    if as_json:
        put(json_text(_import_document(read, refused, columns)))
    else:
        put(f"{'Can be read' if only_look else 'Taken in'}: {read}. Refused: {sum(each.whole for each in refused)}.\n")
    if read and not only_look:
        back_up_today(desk)
    return 0 if read and not unread else 1


def _wanted(reading: Reading) -> bool:
    """Ask on a terminal before a file is taken in without columns that may be criteria: they cannot be added later."""
    suggested = [column.name for column in reading.columns if column.suggested is not None]
    if not suggested:
        return True
    return said_yes(
        f"{reading.file}: not used, though they may be criteria: {', '.join(suggested)}. They cannot be added later.\n"
        "Type yes to take the file in without them; else say --map for each, as it is said below: "
    )


def _mapping(found: Assessment, maps: tuple[str, ...]) -> dict[str, str]:
    """Return the columns by what they hold: a criterion, "role", or "CRITERION.rationale".

    Raises:
        UsageError: it is not written so, or the same is there twice.
        WrongInput: the survey has no such criterion.
    """
    from kmtui.content.survey_columns import Labels

    labels = Labels(found.matrix)
    mapping: dict[str, str] = {}
    seen = set()
    for each in maps:
        named, _, column = (part.strip() for part in each.partition("="))
        if not (named and column):
            raise click.UsageError(f'--map takes CRITERION=COLUMN, and "{each}" is not written so.')
        target = labels.mapped(named)
        if target in seen:
            raise click.UsageError(f'--map names "{named}" twice.')
        seen.add(target)
        mapping[named] = column
    return mapping


def _tell(
    found: Assessment,
    refused: list[Refused],
    columns: list[tuple[str, Column]],
    responses: set[tuple[str, int]],
    *,
    all_of_them: bool,
) -> None:
    """Say what was refused and why, which columns were not used and what they might be; of `all_of_them` what they are.

    `responses` are the files and rows that hold one.
    """
    whole = {(each.file, each.row) for each in refused if each.whole}
    for each in refused:
        where = f"{each.file}, row {each.row}: " if each.row else f"{each.file}: "
        here = (each.file, each.row)
        rest = " The rest of the row was taken in." if here in responses - whole and not all_of_them else ""
        talk(("" if each.file in each.reason else where) + f"{each.reason.rstrip('.')}.{rest}")
    names = {criterion.id: criterion.name for criterion in found.matrix.criteria}
    for file, column in columns:
        if all_of_them and column.use != "nothing":
            talk(f'{file}, column "{column.name}": {_use(column, names)}.')
        elif column.suggested is not None and (file, 0) not in whole:  # else the refusal has said it
            mapped = f"--map {column.suggested}={shlex.quote(column.name)}"
            name = names.get(column.suggested, column.suggested)
            talk(f'{file}, column "{column.name}": not used. If it is "{name}": {mapped}')
    for file in dict.fromkeys(file for file, _ in columns):
        unused = [column.name for of, column in columns if of == file and column.use == "nothing"]
        if unused:
            talk(f"{file}: not used: {', '.join(unused)}")


def _use(column: Column, names: dict[str, str]) -> str:
    if column.use == "role":
        return "the role"
    if column.use == "identity":
        return "only tells rows apart, and is not kept"
    return f'the {column.use} of "{names.get(column.criterion or "", column.criterion or "")}"'


def _import_document(read: int, refused: list[Refused], columns: list[tuple[str, Column]]) -> dict[str, Any]:
    from msgspec import to_builtins

    return {
        "read": read,
        "refused": [to_builtins(each) for each in refused],
        "columns": [{"file": file, **to_builtins(column)} for file, column in columns],
    }
