"""The command that counts what came of the work: numbers."""

from __future__ import annotations

from pathlib import Path

import click

from kmtui.cli.given import as_json, day_of, given, hand_out, shared, to_file


@click.command()
@click.option("--from", "first", metavar="D", help="The first day; 1 April of the financial year of the last one.")
@click.option("--to", "last", metavar="D", help="The last day; today.")
@click.option(
    "--period", metavar="WORDS", help='A time in words instead: 2026, 2026-Q1, 2025/26, "last quarter", "March 2026".'
)
@click.option("--team", default="", metavar="T", help="Only what this team did.")
@to_file
@as_json
@shared
def numbers(
    first: str | None, last: str | None, period: str | None, team: str, output: Path | None, as_json: bool
) -> int:
    """Count what came of the work: people, lessons, actions, criteria.

    As Markdown for a quality return, by team; without a time it is this financial year so far. The report says what is
    counted, and how.
    """
    if period is not None and not (first is None and last is None):
        raise click.UsageError("--period says the time in words; --from and --to are not given beside it.")
    from kmtui.workspace.counting import count, numbers_json, numbers_report
    from kmtui.workspace.sharing import json_text

    desk = given().desk()
    begin, end = day_of(first, desk), day_of(last, desk)
    if period is not None:
        from kmtui.flow.period import parse_period

        said = parse_period(period, desk.tools.today())
        begin, end = said.first, said.last
    found = count(desk.tools, begin, end, team)
    hand_out(desk, json_text(numbers_json(found)) if as_json else numbers_report(found), output)
    return 0
