"""Commands on the register of lessons: search it, and say what has become of a lesson."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.confiding import replacing, to_replace
from kmtui.cli.given import as_json, back_up_today, day_of, given, hand_out, shared
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.lesson import LessonState
    from kmtui.workspace.register_export import FoundFormat

_STATES = ("captured", "agreed", "applied", "retired")


@click.command()
@click.argument("words", metavar="WORDS", nargs=-1)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", help="Only lessons with this tag. All that are given count."
)
@click.option("--team", metavar="TEAM", help="Only lessons of this team.")
@click.option("--state", type=click.Choice(_STATES), help="Only lessons that are so far.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="So many at the most.")
@click.option("--format", "form", type=click.Choice(("markdown", "csv", "json")), help="Write the result to be shared.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="PATH", help="A file or a folder for it.")
@replacing
@as_json
@shared
def search(
    words: tuple[str, ...],
    tags: tuple[str, ...],
    team: str | None,
    state: LessonState | None,
    limit: int,
    form: FoundFormat | None,
    output: Path | None,
    replacing: str,
    as_json: bool,
) -> int:
    """Search all lessons, also those that were imported; the best first.

    Words are found in all their forms, beginnings with a star (mov*), and "phrases" in quotation marks. In the words
    can stand limits: tag:moves team:"Ward 7" technique:premortem criterion:ID state:agreed kind:keep after:2026
    before:2026-06. Without words the newest lessons come first.
    """
    from kmtui.plain.lists import hit_lines
    from kmtui.workspace.confiding import hits_without, in_hits
    from kmtui.workspace.register import asked
    from kmtui.workspace.register import search as look_for
    from kmtui.workspace.register_export import found_file, found_text

    desk = given().desk()
    said = " ".join(words)
    desk.tools.store.register.look()
    hits = look_for(desk.tools, asked(said, tags=tags, team=team, state=state), limit)
    if form is not None or output is not None or replacing:
        hits = list(hits_without(hits, to_replace(in_hits(hits), replacing)))
    if as_json or form is not None or output is not None:
        form = "json" if as_json else form or "markdown"
        text = found_text(desk.tools, hits, said, form)
        if output is not None and output.is_dir():
            output = found_file(output, desk.tools, said, form)
        hand_out(desk, text, output)
        return 0
    for hit in hits:
        for line in hit_lines(hit):
            put(f"{line}\n")
    if not hits:
        talk("No lesson has these words." if said.strip() else "No lesson is there.")
    return 0


@click.command()
@click.argument("lesson_id", metavar="ID")
@click.option("--state", type=click.Choice(_STATES), help="How far it is. applied and retired need a --note.")
@click.option("--note", default="", help="What changed because of it; or why it is of no use any more.")
@click.option("--role", default="", help="Who says so: a role.")
@click.option("--owner", help="Which role looks after it.")
@click.option("--review", metavar="DATE", help='When it is looked at again; "none" takes the day away.')
@click.option(
    "--join", "others", multiple=True, metavar="ID", help="A lesson of the same kind that goes into this one."
)
@click.option("--apart", is_flag=True, help="Have it stand for itself again, after it was joined into another one.")
@as_json
@shared
def lesson(
    lesson_id: str,
    state: LessonState | None,
    note: str,
    role: str,
    owner: str | None,
    review: str | None,
    others: tuple[str, ...],
    apart: bool,
    as_json: bool,
) -> int:
    """Say what has become of a lesson; with nothing but its ID, show it.

    kmtui search shows the ID of each. A lesson is captured, then agreed, then applied; at last it may be retired.
    """
    from kmtui.flow.lesson_life import turn
    from kmtui.model.errors import WrongInput
    from kmtui.workspace import register
    from kmtui.workspace.register_export import page_document, page_markdown
    from kmtui.workspace.sharing import json_text

    desk = given().desk()
    tools = desk.tools
    line = tools.store.register.find(lesson_id)
    none = review is not None and review.strip().lower() in ("", "none")
    day = None if none else day_of(review, desk)
    saying = state is not None or bool(note) or owner is not None or review is not None
    # All of it is looked at before anything is said.
    if saying:
        turn(state, note=note, role=role, owner=owner, review=day, no_review=none)
    if apart and line.joined is None:
        raise WrongInput("This lesson was not joined into another one.")
    if others:
        line = register.join(tools, line.id, others, role=role)
    if apart:
        line = register.take_apart(tools, line.id, role=role)
    if saying:
        line = register.say(tools, line.id, state=state, note=note, role=role, owner=owner, review=day, no_review=none)
    page = register.page(tools, line.id)
    put(json_text(page_document(page)) if as_json else page_markdown(page))
    if saying or others or apart:
        back_up_today(desk)
    return 0
