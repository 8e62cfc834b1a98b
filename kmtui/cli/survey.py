"""`kmtui survey`: a survey of individuals, from its beginning to its scores."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kmtui.cli.given import as_json, day_of, given, hand_out, one_set_up, piped, shared, to_file
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.assessment import Assessment
    from kmtui.model.survey import Column, Reading, Refused
    from kmtui.workspace.surveys import Form


@click.group()
@shared
def survey() -> None:
    """Ask individuals: create, form, import, answer, status, change, close, list.

    Until a survey is closed only the number of answers is told; after that no more answers can come in. Nothing that
    one person answered is shown.
    """


@survey.command()
@click.option("--team", default="", help="Whose it is.")
@click.option("--title", default="", help="What it is about.")
@click.option("--closes", metavar="DATE", help="By when people answer: 2026-12-01, 1 Dec, friday, 2 weeks.")
@click.option("--setup", metavar="NAME", help="A set-up that was kept; kmtui setup list shows them.")
@click.option("--organisation", default="", help="To which organisation the team belongs.")
@click.option("--on-behalf-of", default="", help="For whom people answer.")
@as_json
@shared
def create(
    team: str,
    title: str,
    closes: str | None,
    setup: str | None,
    organisation: str,
    on_behalf_of: str,
    as_json: bool,
) -> int:
    """Begin a survey and print its id."""
    if not team.strip() and setup is None:
        raise click.UsageError("Say --team: whose survey it is; or --setup: a set-up that says it.")
    from kmtui.workspace.sharing import json_text
    from kmtui.workspace.surveys import create_survey

    desk = given().desk()
    made = create_survey(
        desk.tools,
        team=team,
        title=title,
        closes=day_of(closes, desk),
        organisation=organisation,
        on_behalf_of=on_behalf_of,
        setup=one_set_up(desk, setup, team),
    )
    put(json_text({"id": made.id}) if as_json else f"{made.id}\n")
    return 0


@survey.command()
@click.argument("survey_id", metavar="ID")
@click.option("--paper", "kind", flag_value="paper", default=True, help="Markdown to be printed; so without an option.")
@click.option("--email", "kind", flag_value="email", help="Text for an e-mail, to which people reply.")
@click.option("--csv", "kind", flag_value="csv", help="The columns of a table with one row for each person.")
@click.option("--yaml", "kind", flag_value="yaml", help="A file for one person to fill in.")
@to_file
@shared
def form(survey_id: str, kind: Form, output: Path | None) -> int:
    """Print the form of a survey, to be sent round."""
    from kmtui.workspace.surveys import form as form_of

    desk = given().desk()
    hand_out(desk, form_of(desk.tools, desk.find(survey_id), kind), output)
    return 0


@survey.command("import")
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

    What cannot be read is listed with its row and the reason, and everything else is taken in. The same response is
    never counted twice.
    """
    from kmtui.model.errors import WrongInput
    from kmtui.model.survey import Refused
    from kmtui.workspace.sharing import json_text
    from kmtui.workspace.surveys import columns_of, open_survey, read_file, take_in

    desk = given().desk()
    found = open_survey(desk.tools, desk.find(survey_id))
    mapping = _mapping(found, maps)
    read = 0
    refused: list[Refused] = []
    columns: list[tuple[str, Column]] = []
    responses: set[tuple[str, int]] = set()
    for file in files:
        try:
            reading = read_file(desk.tools, found.id, file, mapping)
        except WrongInput as error:
            refused.append(Refused(file=str(file), row=0, reason=str(error)))
            columns += [(str(file), column) for column in columns_of(desk.tools, found.id, file, mapping)]
            continue
        columns += [(reading.file, column) for column in reading.columns]
        responses |= {(reading.file, given.row) for given in reading.given}
        if only_look:
            read += len(reading.given)
            refused += reading.refused
        elif _wanted(reading):
            taken = take_in(desk.tools, found.id, reading)
            read += taken.read
            refused += taken.refused
    _tell(found, refused, columns, responses, all_of_them=only_look)
    if as_json:
        put(json_text(_import_document(read, refused, columns)))
    else:
        put(f"{'Can be read' if only_look else 'Taken in'}: {read}. Refused: {sum(each.whole for each in refused)}.\n")
    return 0 if read else 1


def _wanted(reading: Reading) -> bool:
    """Ask on a terminal before a file is taken in without columns that may be criteria: they cannot be added later."""
    suggested = [column.name for column in reading.columns if column.suggested is not None]
    if not suggested or not sys.stdin.isatty():
        return True
    talk(f"{reading.file}: not used, though they may be criteria: {', '.join(suggested)}. They cannot be added later.")
    sys.stderr.write("Type yes to take the file in without them; else say --map for each, as it is said below: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"


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
    """Say what was refused and why, and what columns might be that were not used; of `all_of_them` what they are.

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
        elif all_of_them:
            talk(f'{file}, column "{column.name}": not used.')


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


@survey.command()
@click.argument("survey_id", metavar="ID")
@as_json
@shared
def status(survey_id: str, as_json: bool) -> int:
    """Print how many have answered, and whether the survey is closed."""
    from kmtui.cli.words import survey_status
    from kmtui.workspace.sharing import json_text
    from kmtui.workspace.surveys import status as status_of

    desk = given().desk()
    found = status_of(desk.tools, desk.find(survey_id))
    if as_json:
        put(json_text({"answered": found.answered, "closed": found.closed}))
    else:
        put(f"{survey_status(found)}\n")
    return 0


@survey.command()
@click.argument("survey_id", metavar="ID")
@click.option("--title", help="Another title.")
@click.option("--closes", metavar="DATE", help='Another return date: 1 Dec, friday, 2 weeks; "none" takes it away.')
@shared
def change(survey_id: str, title: str | None, closes: str | None) -> int:
    """Give an open survey another title or return date."""
    from kmtui.plain.lists import record_line
    from kmtui.workspace.surveys import change_survey

    if title is None and closes is None:
        raise click.UsageError("Say --title or --closes: what is to be changed.")
    desk = given().desk()
    none = closes is not None and closes.strip().lower() in ("", "none")
    found = change_survey(
        desk.tools,
        desk.find(survey_id),
        title=title,
        closes=None if none else day_of(closes, desk),
        no_date=none,
    )
    line = next(each for each in desk.records() if each.id == found.id)
    put(f"{record_line(line)} {line.id}\n")
    return 0


@survey.command()
@click.argument("survey_id", metavar="ID")
@as_json
@shared
def close(survey_id: str, as_json: bool) -> int:
    """Close a survey for good, and print what it came to.

    No more answers can come in after that.
    """
    from kmtui.report.sentences import disagreement_sentences, rounding_rule, summary_sentences
    from kmtui.workspace.sharing import document, json_text
    from kmtui.workspace.surveys import close_survey

    options = given()
    settings = options.settings
    desk = options.desk(settings)
    found = close_survey(desk.tools, desk.find(survey_id), settings.fewest_answers)
    if as_json:
        put(json_text(document(found, with_names=False)["scores"]))
        return 0
    for sentence in (*summary_sentences(found), rounding_rule(found.matrix), *disagreement_sentences(found)):
        put(f"{sentence}\n")
    talk(f"Closed. The whole report: kmtui show {found.id}")
    return 0


@survey.command()
@click.argument("survey_id", metavar="ID")
@click.option(
    "--answers",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="A file with the answers of one person (kmtui survey form --yaml makes one); - reads standard input.",
)
@shared
def answer(survey_id: str, answers: Path | None) -> int:
    """Answer a survey on this machine, one person after the other.

    Nobody sees what another person has answered.
    """
    from kmtui.workspace.surveys import answer as keep
    from kmtui.workspace.surveys import open_survey

    desk = given().desk()
    found = open_survey(desk.tools, desk.find(survey_id))
    if answers is None:
        from kmtui.cli.sessions import face
        from kmtui.workspace.start import Start

        return face(Start(kind="survey", record_id=found.id, view="answer"), desk=desk)
    from kmtui.content.answers import read_response

    said, problems = read_response(answers, found, piped(answers))
    for problem in problems:
        talk(str(problem))
    keep(desk.tools, found.id, said)
    put("Taken in: 1.\n")
    return 0


@survey.command("list")
@as_json
@shared
def list_(as_json: bool) -> int:
    """List the surveys, those still open first."""
    from kmtui.cli.words import survey_line
    from kmtui.workspace.sharing import json_text
    from kmtui.workspace.surveys import status as status_of

    desk = given().desk()
    with desk.tools.store.one_look():
        lines = [line for line in desk.records() if line.way == "survey"]
        found = [(line, status_of(desk.tools, line.id)) for line in sorted(lines, key=lambda each: not each.collecting)]
    if as_json:
        rows = [
            {
                "id": line.id,
                "title": line.title,
                "team": line.team,
                "date": line.date,
                "closes": line.closes,
                "answered": now.answered,
                "closed": now.closed,
            }
            for line, now in found
        ]
        put(json_text(rows))
        return 0
    for line, now in found:
        put(f"{survey_line(line, now)} {line.id}\n")
    if not found:
        talk("No survey yet. kmtui survey create begins one.")
    return 0
