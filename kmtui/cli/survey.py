"""`kmtui survey`: a survey of individuals, from its beginning to its scores."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.given import as_json, coming_day_of, given, hand_out, one_set_up, piped, said_yes, shared, to_file
from kmtui.cli.streams import put, talk
from kmtui.cli.survey_import import import_

if TYPE_CHECKING:
    from kmtui.model.assessment import Assessment
    from kmtui.workspace.surveys import Form


@click.group()
@shared
def survey() -> None:
    """Ask individuals: create, form, import, answer, close, forget and more.

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
        closes=coming_day_of(closes, desk),
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


survey.add_command(import_)


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
        closes=None if none else coming_day_of(closes, desk),
        no_date=none,
    )
    line = next(each for each in desk.records() if each.id == found.id)
    put(f"{record_line(line)} {line.id}\n")
    return 0


@survey.command()
@click.argument("survey_id", metavar="ID")
@click.option("--leave-unfinished", is_flag=True, help="Close it though answers wait here that were not handed in.")
@as_json
@shared
def close(survey_id: str, leave_unfinished: bool, as_json: bool) -> int:
    """Close a survey for good, and print what it came to.

    No more answers can come in after that, and those that were begun on this machine and not handed in are not counted.
    """
    from kmtui.model.errors import WrongInput
    from kmtui.plain.lists import single_answers_line
    from kmtui.workspace.sharing import document, json_text
    from kmtui.workspace.surveys import close_survey
    from kmtui.workspace.surveys import status as status_of

    options = given()
    settings = options.settings
    desk = options.desk(settings)
    record_id = desk.find(survey_id)
    before = status_of(desk.tools, record_id)
    try:
        found = close_survey(desk.tools, record_id, settings.fewest_answers, leave_unfinished=leave_unfinished)
    except WrongInput as error:
        if before.closed or not before.unfinished or leave_unfinished:
            raise
        raise WrongInput(f"{error} Answers that wait are left out with --leave-unfinished.") from error
    if as_json:
        put(json_text(document(found, with_names=False)["scores"]))
    else:
        _say_scores(found)
        talk(f"Closed. The whole report: kmtui show {found.id}")
    if before.answered or before.unfinished:
        talk(single_answers_line(found.id))
    return 0


def _say_scores(found: Assessment) -> None:
    from kmtui.report.sentences import disagreement_sentences, rounding_rule, summary_sentences

    for sentence in (*summary_sentences(found), rounding_rule(found.matrix), *disagreement_sentences(found)):
        put(f"{sentence}\n")


@survey.command()
@click.argument("survey_id", metavar="ID")
@shared
def forget(survey_id: str) -> int:
    """Delete the single answers to a closed survey for good.

    What the survey came to stays. On a terminal you are asked first.
    """
    from kmtui.workspace.surveys import forget_responses
    from kmtui.workspace.surveys import survey as survey_of

    desk = given().desk()
    found = survey_of(desk.tools, desk.find(survey_id))
    if not found.collecting:  # else it is refused, and nothing is to be asked
        asked = f"{found.name}\nThe single answers will be gone for good. Type yes to delete them: "
        if not said_yes(asked):
            talk("Nothing was deleted.")
            return 0
    forget_responses(desk.tools, found.id)
    talk(f"Deleted: the single answers to {found.name}. What the survey came to stays: kmtui show {found.id}")
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
