"""Commands on where teams stand and what they will do: compare, plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.given import as_json, given, hand_out, shared, to_file
from kmtui.cli.streams import talk

if TYPE_CHECKING:
    from kmtui.analysis.comparison import Comparison, Trend
    from kmtui.workspace.comparing import View
    from kmtui.workspace.desk import Desk


@click.command()
@click.argument("view", type=click.Choice(("river", "stairs", "trend")))
@click.option("--team", default="", help="Which team asks; for a trend, whose it is.")
@click.option("--matrix", metavar="ID", help="Which matrix, where there are several.")
@click.option("--hide-names", is_flag=True, help="Other teams are called Team A, Team B and so on.")
@click.option("--sentences", is_flag=True, help="As sentences to be read aloud, without tables and drawings.")
@to_file
@as_json
@shared
def compare(
    view: View,
    team: str,
    matrix: str | None,
    hide_names: bool,
    sentences: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Compare teams, or one team over the years.

    river shows how far all teams lie apart on each criterion, stairs who stands where and wants to climb how far, and
    trend one team from year to year.
    """
    if as_json and sentences:
        raise click.UsageError("--json and --sentences exclude each other.")
    from kmtui.workspace.comparing import NothingToCompare
    from kmtui.workspace.sharing import json_text

    desk = given().desk()
    try:
        found = _found(desk, view, team, matrix, hide_names)
    except NothingToCompare as nothing:
        talk(str(nothing))
        if as_json:
            hand_out(desk, json_text({"criteria": [], "not_compared": []}), output)
        return 0
    if as_json:
        from kmtui.workspace.comparing import comparison_json

        hand_out(desk, json_text(comparison_json(view, found)), output)
    elif sentences:
        from kmtui.workspace.comparing import comparison_sentences

        hand_out(desk, "".join(f"{sentence}\n" for sentence in comparison_sentences(view, found)), output)
    else:
        from kmtui.workspace.comparing import comparison_report

        hand_out(desk, comparison_report(desk.tools, view, found), output)
    return 0


def _found(desk: Desk, view: View, team: str, matrix: str | None, hide_names: bool) -> Comparison | Trend:
    from kmtui.workspace.comparing import comparison, team_trend

    if view == "trend":
        return team_trend(desk.tools, team, matrix_id=matrix, hide_names=hide_names)
    return comparison(desk.tools, team=team, matrix_id=matrix, hide_names=hide_names)


@click.command()
@click.argument("record", metavar="ID")
@click.option("--board", is_flag=True, help="One page for a board instead of the whole plan.")
@to_file
@as_json
@shared
def plan(record: str, board: bool, output: Path | None, as_json: bool) -> int:
    """Print the plan of an assessment, as Markdown or JSON.

    With what has become of its actions since. What has no owner or no day is an idea.
    """
    if as_json and board:
        raise click.UsageError("--json and --board exclude each other.")
    from kmtui.workspace.sharing import json_text, plan_of, rendered

    desk = given().desk()
    found = desk.read(desk.find(record))
    text = json_text(plan_of(found)) if as_json else rendered(desk.tools, found, "board" if board else "plan")
    hand_out(desk, text, output)
    return 0
