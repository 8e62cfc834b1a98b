"""Commands on content: check, template, card, and the facilitator's notes."""

from __future__ import annotations

from pathlib import Path

import click

from kmtui.cli.given import as_json, given, in_full, shared
from kmtui.cli.streams import put, talk


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@as_json
@shared
def check(paths: tuple[Path, ...], as_json: bool) -> int:
    """Check matrix, technique and answers files.

    PATH is a file or a folder of them; without it all content that is used is checked. Warnings alone exit with 0.
    """
    from kmtui.content.check import check as problems_of

    problems = problems_of(paths, given().library())
    if as_json:
        from msgspec import json, to_builtins

        put(json.format(json.encode(to_builtins(problems)), indent=2).decode() + "\n")
    else:
        for problem in problems:
            put(f"{problem}\n")
        if not problems:
            talk("Nothing is wrong.")
    return 1 if any(problem.severity == "error" for problem in problems) else 0


@click.command()
@click.argument("what", metavar="TECHNIQUE|assess|matrix|setup")
@click.option("--variant", help="Which form of the technique.")
@shared
def template(what: str, variant: str | None) -> int:
    """Print an answers file or a set-up to fill in.

    Or the matrix, to copy and change.
    """
    from kmtui.content.findings import Findings
    from kmtui.content.source import MATRIX_LIMIT, read_text
    from kmtui.content.templates import assessment_template, session_template, set_up_template

    library = given().library()
    if what in ("assess", "matrix", "setup") and variant is not None:
        raise click.UsageError("--variant belongs to a technique.")
    if what == "matrix":
        file = library.matrix().file
        put(read_text(file, MATRIX_LIMIT, Findings(str(file))) or "")
    elif what == "assess":
        put(assessment_template(library.matrix().value))
    elif what == "setup":
        put(set_up_template(library.matrix().value))
    else:
        put(session_template(library.technique(in_full(what)).value, variant))
    return 0


@click.command()
@click.argument("technique")
@shared
def card(technique: str) -> int:
    """Print the card of a technique.

    It says what TECHNIQUE is for, when to use it and when not, who is needed, how long it takes, and its steps.
    """
    from kmtui.plain.card import card as lines_of

    for line in lines_of(given().library().technique(in_full(technique)).value):
        put(f"{line}\n")
    return 0


@click.command()
@click.argument("record", metavar="ID")
@click.option("--all", "whole", is_flag=True, help="Of all steps or criteria.")
@shared
def notes(record: str, whole: bool) -> int:
    """Print the facilitator's notes.

    Those on the present step or criterion of the record ID, for a second window that the room does not see.
    """
    from kmtui.plain.notes import notes_of

    desk = given().desk()
    for line in notes_of(desk.read(desk.find(record)), whole=whole):
        put(f"{line}\n")
    return 0
