"""Commands that run something: a technique, an assessment, a record that is open; from a keyboard or a file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from kmtui.cli.confiding import say_kept
from kmtui.cli.given import SHORT_NAME, as_json, back_up_today, given, in_full, one_set_up, piped, shared
from kmtui.cli.quick import on_a_terminal
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.answers import Answers
    from kmtui.workspace.desk import Desk
    from kmtui.workspace.setups import TeamSetUp
    from kmtui.workspace.start import Start

Command = TypeVar("Command", bound=Callable[..., Any])

_title = click.option("--title", default="", help="What it is about.")
_team = click.option("--team", default="", help="Whose it is.")
_people = click.option("--people", default="", help='Who takes part, as roles: "ward sister, 4 porters".')
_setup = click.option("--setup", metavar="NAME", help="A set-up that was kept; kmtui setup list shows them.")
_for = click.option(
    "--for", "action_id", metavar="ID", help="The action that it is held for; kmtui list actions shows them."
)
_continues = click.option(
    "--continues",
    multiple=True,
    metavar="ID",
    help="An earlier session on the same work to go on from; those with the same title and team are found without it.",
)
_take = click.option(
    "--take",
    "takes",
    multiple=True,
    metavar="LESSON",
    help="A lesson that is taken along; kmtui search finds its id. May be given several times.",
)
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
    for option in reversed(
        (_title, _team, _people, _variant, _for, _continues, _take, _answers, _export, as_json, shared)
    ):
        command = option(command)
    return command


@click.command()
@_session_options
def aar(**options: Any) -> int:
    """Run an After Action Review in 15 minutes.

    Or in another form, which --variant names.
    """
    return _run(SHORT_NAME, **options)


@click.command("run")
@click.argument("technique")
@_session_options
def run_(technique: str, **options: Any) -> int:
    """Run any technique.

    TECHNIQUE is an id, such as after-action-review; kmtui list techniques shows all of them.
    """
    return _run(technique, **options)


def _run(
    technique: str,
    *,
    title: str,
    team: str,
    people: str,
    variant: str | None,
    action_id: str | None,
    continues: tuple[str, ...],
    takes: tuple[str, ...],
    answers: Path | None,
    export_to: Path | None,
    as_json: bool,
) -> int:
    from kmtui.workspace.start import Start

    desk = given().desk() if action_id is not None or continues or takes else None
    start = Start(
        kind="session",
        technique=in_full(technique),
        variant=variant,
        title=title,
        team=team,
        people=people,
        action=desk.tools.store.find_action(action_id).id if desk is not None and action_id is not None else "",
        continues=tuple(desk.find(each) for each in continues) if desk is not None and continues else None,
        takes=tuple(desk.tools.store.register.find(each).id for each in takes) if desk is not None else (),
    )
    if desk is not None and action_id is not None:
        _say_if_another_technique(desk, start)
    if answers is not None:
        return _from_file(start, answers, export_to, as_json, desk)
    if desk is not None and action_id is not None and not as_json:
        start = _begun_for_action(desk, start)
    return face(start, export_to, as_json, desk)


def _say_if_another_technique(desk: Desk, start: Start) -> None:
    """Say so where the plan names another technique for the action than the one that is run."""
    from kmtui.workspace.sharing import technique_names

    planned = desk.tools.store.find_action(start.action).technique
    names = technique_names(desk.tools)
    if planned is not None and planned != start.technique and start.technique in names:
        talk(f"The plan names {names.get(planned, planned)}; this runs {names[start.technique]}.")


def _begun_for_action(desk: Desk, start: Start) -> Start:
    """Begin a session that is tied to an action, with its criterion as the title unless there is one; go on with it."""
    from kmtui.flow.typed import parse_people
    from kmtui.workspace.planning import link_to
    from kmtui.workspace.sessions import start_session
    from kmtui.workspace.start import Start

    line = desk.tools.store.find_action(start.action)
    opened = start_session(
        desk.tools,
        start.technique,
        variant=start.variant,
        title=start.title or line.criterion_name,
        team=start.team or line.team,
        people=parse_people(start.people),
        begun_from=link_to(line),
        continues=start.continues,
        takes=start.takes,
    )
    opened.close()
    return Start(kind="record", record_id=opened.record.id)


@click.command()
@_title
@_team
@_people
@click.option("--on-behalf-of", default="", help="For whom the team answers.")
@_setup
@_answers
@_export
@as_json
@shared
def assess(
    title: str,
    team: str,
    people: str,
    on_behalf_of: str,
    setup: str | None,
    answers: Path | None,
    export_to: Path | None,
    as_json: bool,
) -> int:
    """Assess a team, criterion by criterion.

    With a group, which agrees a level. To ask individuals there is kmtui survey.
    """
    from kmtui.workspace.start import Start

    desk, found = None, None
    if setup is not None:
        desk = given().desk()
        found = one_set_up(desk, setup, team)
    start = Start(
        kind="assessment",
        title=title,
        team=team,
        people=people,
        on_behalf_of=on_behalf_of,
        setup=found.setup.id if found is not None else "",
    )
    if answers is not None:
        return _from_file(start, answers, export_to, as_json, desk, setup=found)
    return face(start, export_to, as_json, desk)


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
    line = next((each for each in desk.records() if each.id == record_id), None)
    kind: Literal["survey", "record"] = "survey" if line is not None and line.collecting else "record"
    return face(Start(kind=kind, record_id=record_id), export_to, desk=desk)


def home() -> int:
    """Open the menu, in the face that is wanted."""
    from kmtui.workspace.start import Start

    return face(Start())


def face(start: Start, export_to: Path | None = None, as_json: bool = False, desk: Desk | None = None) -> int:
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


def _from_file(
    start: Start,
    file: Path,
    export_to: Path | None,
    as_json: bool,
    desk: Desk | None = None,
    setup: TeamSetUp | None = None,
) -> int:
    """Make a finished record of an answers file and print its id, or the whole record."""
    from kmtui.content.answers import read_answers
    from kmtui.model.session import Session
    from kmtui.workspace.filling import fill
    from kmtui.workspace.sharing import export, json_text

    desk = desk or given().desk()
    answers, problems = read_answers(file, desk.tools.library, piped(file), variant=start.variant)
    for problem in problems:
        talk(str(problem))
    begun_from = None
    if start.action:
        from kmtui.workspace.planning import link_to

        begun_from = link_to(desk.tools.store.find_action(start.action))
    record = fill(desk.tools, _with_options(answers, start, file), setup=setup, begun_from=begun_from)
    say_kept(record)
    if isinstance(record, Session):
        for words in (words for grouping in record.groups for words in grouping.told):
            talk(words)
    put(json_text(desk.show(record.id)) if as_json else f"{record.id}\n")
    if export_to is not None:
        export(desk.tools, record, "markdown", export_to)
    back_up_today(desk)
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
    if start.continues is not None:
        given_too["continues"] = start.continues
    if isinstance(answers, SessionAnswers) and start.takes:
        given_too["takes"] = (*answers.takes, *start.takes)
    if isinstance(answers, SessionAnswers) and start.variant not in (None, answers.variant):
        raise WrongInput(f'{file}: the file is for another form of the technique, "variant: {answers.variant}".')
    return replace(answers, **given_too)
