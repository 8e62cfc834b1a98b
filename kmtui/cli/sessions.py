"""Commands that run something: a technique, an assessment, a record that is open; from a keyboard or a file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kmtui.cli.given import SHORT_NAME, as_json, given, in_full, shared
from kmtui.cli.quick import on_a_terminal
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.answers import Answers
    from kmtui.workspace.desk import Desk
    from kmtui.workspace.start import Start

Command = TypeVar("Command", bound=Callable[..., Any])

_title = click.option("--title", default="", help="What it is about.")
_team = click.option("--team", default="", help="Whose it is.")
_people = click.option("--people", default="", help='Who takes part, as roles: "ward sister, 4 porters".')
_variant = click.option("--variant", help="Which form of the technique; kmtui card shows them.")
_answers = click.option(
    "--answers",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="A file with all the answers (kmtui template makes one); - reads standard input.",
)
_export = click.option(
    "--export", "export_to", type=click.Path(path_type=Path), metavar="FILE", help="Write the report there as well."
)


def _session_options(command: Command) -> Command:
    for option in reversed((_title, _team, _people, _variant, _answers, _export, as_json, shared)):
        command = option(command)
    return command


@click.command()
@_session_options
def aar(
    title: str, team: str, people: str, variant: str | None, answers: Path | None, export_to: Path | None, as_json: bool
) -> int:
    """Run an After Action Review in 15 minutes.

    Or in another form, which --variant names.
    """
    return _run(SHORT_NAME, title, team, people, variant, answers, export_to, as_json)


@click.command("run")
@click.argument("technique")
@_session_options
def run_(
    technique: str,
    title: str,
    team: str,
    people: str,
    variant: str | None,
    answers: Path | None,
    export_to: Path | None,
    as_json: bool,
) -> int:
    """Run any technique.

    TECHNIQUE is an id, such as after-action-review; kmtui list techniques shows all of them.
    """
    return _run(technique, title, team, people, variant, answers, export_to, as_json)


def _run(
    technique: str,
    title: str,
    team: str,
    people: str,
    variant: str | None,
    answers: Path | None,
    export_to: Path | None,
    as_json: bool,
) -> int:
    from kmtui.workspace.start import Start

    start = Start(kind="session", technique=in_full(technique), variant=variant, title=title, team=team, people=people)
    return _from_file(start, answers, export_to, as_json) if answers else _face(start, export_to, as_json)


@click.command()
@_title
@_team
@_people
@click.option("--on-behalf-of", default="", help="For whom the team answers.")
@_answers
@_export
@as_json
@shared
def assess(
    title: str,
    team: str,
    people: str,
    on_behalf_of: str,
    answers: Path | None,
    export_to: Path | None,
    as_json: bool,
) -> int:
    """Assess a team, criterion by criterion."""
    from kmtui.workspace.start import Start

    start = Start(kind="assessment", title=title, team=team, people=people, on_behalf_of=on_behalf_of)
    return _from_file(start, answers, export_to, as_json) if answers else _face(start, export_to, as_json)


@click.command()
@click.argument("record", metavar="[ID]", required=False)
@_export
@shared
def resume(record: str | None, export_to: Path | None) -> int:
    """Go on with a session or an assessment.

    That with the given ID (any unique beginning will do), else the one worked on last that is open.
    """
    from kmtui.workspace.start import Start

    desk = given().desk()
    if record is None:
        found = desk.open_records()
        if not found:
            talk("Nothing is open. kmtui aar begins a review.")
            return 0
        record_id = found[0].id
    else:
        record_id = desk.find(record)
    return _face(Start(kind="record", record_id=record_id), export_to, False, desk)


def home() -> int:
    """Open the menu, in the face that is wanted."""
    from kmtui.workspace.start import Start

    return _face(Start(), None, False)


def _face(start: Start, export_to: Path | None, as_json: bool, desk: Desk | None = None) -> int:
    """Run the screens or plain mode from a start to its end; return the exit code."""
    if as_json:
        raise click.UsageError("--json goes with --answers. kmtui show ID --json prints a record at any time.")
    from kmtui.workspace.settings import read_settings, wants_plain

    options = given()
    settings = options.settings
    terminal = on_a_terminal()
    if not wants_plain(options.plain, settings, terminal=terminal):
        if export_to is not None:
            raise click.UsageError("--export goes with --plain or --answers. On the screens Ctrl+E writes the report.")
        from kmtui.tui.run import PLAIN_WANTED, run_screens

        code = run_screens(lambda: desk or options.desk(settings), settings, start)
        if isinstance(code, int):
            return code
        if code != PLAIN_WANTED:
            return 0
        settings = read_settings()
    return _plain(desk or options.desk(settings), start, export_to)


def _plain(desk: Desk, start: Start, export_to: Path | None) -> int:
    from kmtui.plain.prompts import Prompter
    from kmtui.plain.run import run_plain

    options = given()
    at_keyboard = sys.stdin.isatty()
    prompter = Prompter(
        sys.stdin,
        sys.stdout,
        terminal=at_keyboard,
        errors=sys.stderr,
        inline=at_keyboard and sys.stdout.isatty(),
    )
    return run_plain(prompter, desk, options.settings, start, resume=options.resume_words, export_to=export_to)


def _from_file(start: Start, file: Path, export_to: Path | None, as_json: bool) -> int:
    """Make a finished record of an answers file and print its id, or the whole record."""
    from kmtui.content.answers import read_answers
    from kmtui.workspace.filling import fill
    from kmtui.workspace.sharing import export, json_text

    desk = given().desk()
    text = sys.stdin.buffer.read() if str(file) == "-" else None
    answers, problems = read_answers(file, desk.tools.library, text)
    for problem in problems:
        talk(str(problem))
    record = fill(desk.tools, _with_options(answers, start, file))
    put(json_text(desk.show(record.id)) if as_json else f"{record.id}\n")
    if export_to is not None:
        export(desk.tools, record, "markdown", export_to)
    return 0


def _with_options(answers: Answers, start: Start, file: Path) -> Answers:
    """Return the answers with what the command says of title, team and people in place of what they say.

    Raises:
        WrongInput: the file is for something else.
    """
    from msgspec.structs import replace

    from kmtui.flow.typed import parse_people
    from kmtui.model.answers import SessionAnswers
    from kmtui.model.errors import WrongInput

    about = answers.technique if isinstance(answers, SessionAnswers) else "an assessment"
    wanted = start.technique or "an assessment"
    if about != wanted:
        raise WrongInput(f"{file}: these are answers for {about}, not for {wanted}.")
    given_too: dict[str, Any] = {
        name: value for name in ("title", "team", "on_behalf_of") if (value := getattr(start, name))
    }
    if start.people:
        given_too["people"] = parse_people(start.people)
    if isinstance(answers, SessionAnswers) and start.variant not in (None, answers.variant):
        raise WrongInput(f'{file}: the form of the technique is said in the file, as "variant: {start.variant}".')
    return replace(answers, **given_too)
