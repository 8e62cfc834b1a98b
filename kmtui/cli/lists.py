"""`kmtui list`: what there is, for people a line each, for scripts as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kmtui.cli.given import as_json, given, shared
from kmtui.cli.streams import put, talk
from kmtui.cli.suggest import Situation, situation

if TYPE_CHECKING:
    from kmtui.model.technique import Phase
    from kmtui.workspace.desk import Desk

KINDS = ("techniques", "sessions", "assessments", "lessons", "actions", "teams", "practices", "assets", "old")
_NOTHING = {
    "techniques": "There are no techniques. kmtui check says why.",
    "sessions": "No session yet. kmtui aar begins one.",
    "assessments": "No assessment yet. kmtui assess begins one.",
    "lessons": "No lessons yet. They come from the sessions.",
    "actions": "No actions yet. They come from the last step of a session.",
    "teams": "No team yet. They come from sessions, assessments and set-ups.",
    "practices": "No good practice yet. An example of an assessment is kept as such with a role to ask about it.",
    "assets": "No knowledge asset yet. kmtui asset new TITLE makes one: a page on a subject.",
    "old": "No record is older than records are kept.",
}


@click.command("list")
@click.argument("kind", type=click.Choice(KINDS))
@situation
@click.option("--years", type=click.IntRange(1, 100), help="After how many years records are old.")
@as_json
@shared
def list_(
    kind: str,
    phase: Phase | None,
    people: int | None,
    minutes: int | None,
    words: str,
    years: int | None,
    as_json: bool,
) -> int:
    """List what there is, a line each.

    The id at the end of a line is what other commands take. A list of techniques can be narrowed to those that suit a
    phase, people and time, and speak of what they are wanted for. old are the records that are older than --years, or
    else keep_years of the configuration; kmtui deletes none of them by itself.
    """
    if years is not None and kind != "old":
        raise click.UsageError("--years belongs to old.")
    wanted = Situation(phase=phase, people=people, minutes=minutes, words=words)
    if kind == "techniques":
        rows, lines = _techniques(wanted)
    elif any(wanted.values()):
        raise click.UsageError("--phase, --people, --minutes and --for belong to techniques.")
    else:
        desk = given().desk()
        rows, lines = _old(desk, years) if kind == "old" else _RECORDS[kind](desk)
        _tell_troubles(desk)
    if as_json:
        from msgspec import json

        put(json.format(json.encode(rows), indent=2).decode() + "\n")
        return 0
    for row, line in zip(rows, lines, strict=True):
        put(f"{line} {row['id']}\n")
    if not rows:
        talk("No technique suits all of that." if any(wanted.values()) else _NOTHING[kind])
    return 0


def _techniques(wanted: Situation) -> tuple[list[dict[str, Any]], list[str]]:
    from kmtui.plain.card import technique_line

    library = given().library()
    found = library.techniques()
    if any(wanted.values()):
        from kmtui.analysis.suggesting import matches  # a plain list does without

        found = tuple(each for each in found if matches(each.value, **wanted))
    for problem in library.problems:
        talk(str(problem))
    rows = [
        {
            "id": each.value.id,
            "name": each.value.name,
            "phase": each.value.phase,
            "minutes": {"least": each.value.minutes.least, "most": each.value.minutes.most},
            "people": {"least": each.value.people.least, "most": each.value.people.most},
            "variants": [
                {"id": variant.id, "name": variant.name, "minutes": variant.minutes} for variant in each.value.variants
            ],
            "file": str(each.file),
        }
        for each in found
    ]
    return rows, [technique_line(each.value) for each in found]


def _sessions(desk: Desk) -> tuple[list[dict[str, Any]], list[str]]:
    from kmtui.plain.lists import record_line

    found = [line for line in desk.records() if line.kind == "session"]
    rows = [
        {
            "id": line.id,
            "title": line.title,
            "team": line.team,
            "date": line.date,
            "technique": line.about,
            "technique_name": line.about_name,
            "finished": line.finished,
            "begun": line.begun,
            "changed": line.changed,
            "people": line.people,
            "lessons": line.lessons,
            "actions": line.actions,
            "step": line.done,
            "steps": line.steps,
            "action": line.action,
            "criterion": line.criterion,
        }
        for line in found
    ]
    return rows, [record_line(line) for line in found]


def _assessments(desk: Desk) -> tuple[list[dict[str, Any]], list[str]]:
    from kmtui.plain.lists import record_line

    found = [line for line in desk.records() if line.kind == "assessment"]
    rows = [
        {
            "id": line.id,
            "title": line.title,
            "team": line.team,
            "date": line.date,
            "matrix": line.about,
            "matrix_title": line.about_name,
            "finished": line.finished,
            "begun": line.begun,
            "changed": line.changed,
            "people": line.people,
            "actions": line.actions,
            "answered": line.done,
            "criteria": line.steps,
            "way": line.way,
            "open_survey": line.collecting,
            "closes": line.closes,
        }
        for line in found
    ]
    return rows, [record_line(line) for line in found]


def _lessons(desk: Desk) -> tuple[list[dict[str, Any]], list[str]]:
    from msgspec import to_builtins

    from kmtui.plain.lists import lesson_line

    found = desk.lessons()
    return [to_builtins(line) for line in found], [lesson_line(line) for line in found]


def _actions(desk: Desk) -> tuple[list[dict[str, Any]], list[str]]:
    from kmtui.plain.lists import action_line

    today = desk.tools.today()
    found = desk.actions()
    return [action_row(desk, line) for line in found], [action_line(line, today) for line in found]


def action_row(desk: Desk, line: Any) -> dict[str, Any]:
    """Return an action for scripts, with whether its day has passed."""
    from msgspec import to_builtins

    row: dict[str, Any] = to_builtins(line)
    return {**row, "overdue": line.overdue(desk.tools.today())}


def _teams(desk: Desk) -> tuple[list[dict[str, Any]], list[str]]:
    from msgspec import to_builtins

    from kmtui.plain.lists import team_line

    found = desk.teams()
    return [to_builtins(line) for line in found], [team_line(line) for line in found]


def _practices(desk: Desk) -> tuple[list[dict[str, Any]], list[str]]:
    """Return examples kept as good practice; the id of each is that of its assessment."""
    from msgspec import to_builtins

    from kmtui.plain.lists import practice_line

    found = desk.tools.store.practices()
    return [{"id": line.source, **to_builtins(line)} for line in found], [practice_line(line) for line in found]


def _assets(desk: Desk) -> tuple[list[dict[str, Any]], list[str]]:
    from kmtui.plain.lists import asset_line

    found = desk.tools.store.assets.all()
    rows = [
        {
            "id": each.id,
            "title": each.title,
            "about": each.about,
            "created": each.created,
            "changed": each.changed,
            "looked": each.looked,
            "looked_by": each.looked_by,
            "lessons": len(each.lessons),
            "practices": len(each.practices),
            "contacts": len(each.contacts),
        }
        for each in found
    ]
    today = desk.tools.today()
    return rows, [asset_line(each, today) for each in found]


_RECORDS = {
    "sessions": _sessions,
    "assessments": _assessments,
    "lessons": _lessons,
    "actions": _actions,
    "teams": _teams,
    "practices": _practices,
    "assets": _assets,
}


def _old(desk: Desk, years: int | None) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the records that are older than records are kept, the oldest first. Raises WrongInput."""
    from msgspec import to_builtins

    from kmtui.model.errors import WrongInput
    from kmtui.plain.lists import record_line
    from kmtui.workspace.retention import too_old

    years = years if years is not None else desk.keep_years
    if years is None:
        raise WrongInput("Say after how many years, with --years 8, or with keep_years = 8 in config.toml.")
    found = too_old(desk.tools, years)
    return [to_builtins(line) for line in found], [record_line(line) for line in found]


def _tell_troubles(desk: Desk) -> None:
    from kmtui.plain.lists import trouble_lines

    for trouble in desk.troubles():
        for line in trouble_lines(trouble):
            talk(line)
