"""Commands on content: check, template, card, and the facilitator's notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.given import as_json, given, in_full, shared, to_file
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.technique import Technique


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
@click.argument("what", metavar="TECHNIQUE|assess|setup|matrix|technique")
@click.option("--variant", help="Which form of the technique.")
@shared
def template(what: str, variant: str | None) -> int:
    """Print an answers file or a set-up to fill in.

    TECHNIQUE is the id of one. Or the matrix, to copy and change; or, for the word technique, a new one to fill in.
    """
    if what in ("assess", "matrix", "setup", "technique") and variant is not None:
        raise click.UsageError("--variant belongs to the id of a technique.")
    if what == "technique":
        from kmtui.content.skeleton import TECHNIQUE_SKELETON

        put(TECHNIQUE_SKELETON)
        return 0
    from kmtui.content.findings import Findings
    from kmtui.content.source import MATRIX_LIMIT, read_text
    from kmtui.content.templates import assessment_template, session_template, set_up_template

    library = given().library()
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
@click.option("--variant", help="Which form of the technique; else all of them, side by side.")
@to_file
@shared
def card(technique: str, variant: str | None, output: Path | None) -> int:
    """Print the card of a technique, a page to hand out.

    It says what TECHNIQUE is for, when to use it and when not, who is needed, how long it takes, its steps and
    questions, as Markdown.
    """
    from kmtui.report.card_markdown import card_markdown

    found = given().library().technique(in_full(technique)).value
    if variant is not None:
        found = _form(found, variant)
    text = card_markdown(found)
    if output is not None and str(output) != "-":
        from kmtui.workspace.sharing import write_text

        write_text(given().desk().tools, output, text)
        talk(f"Written: {output}")
        return 0
    put(text)
    if len(found.variants) > 1:
        talk(f"Forms for --variant: {', '.join(f'{each.id} ({each.name})' for each in found.variants)}.")
    return 0


def _form(technique: Technique, variant: str) -> Technique:
    """Return a technique in one of its forms. Raises NotFound where it has none of that name."""
    from kmtui.model.errors import NotFound

    if technique.variant(variant) is None:
        known = ", ".join(each.id for each in technique.variants) or "none"
        raise NotFound(f'{technique.name} has no form "{variant}". Its forms: {known}.')
    return technique.as_run(variant)


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
