"""Commands that care for the files of the workspace: doctor, backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kmtui.cli.given import as_json, given, shared
from kmtui.cli.streams import put, talk


@click.command()
@click.option("--repair", "repairing", is_flag=True, help="Put right what can be. What is replaced is kept aside.")
@as_json
@shared
def doctor(repairing: bool, as_json: bool) -> int:
    """Examine every file of the workspace, and say what is wrong.

    What can be recovered is told with it. Nothing is changed without --repair. Exit code 1 while something is wrong.
    """
    from kmtui.workspace.care import examine, repair
    from kmtui.workspace.sharing import json_text

    tools = given().desk().tools
    problems = examine(tools)
    before = len(problems)
    if repairing and any(each.repairable for each in problems):
        problems = repair(tools, problems)
        talk(f"{before - len(problems)} of {before} put right. What was replaced lies in the folder quarantine.")
    if as_json:
        rows = [{"file": each.file, "problem": each.problem, "repairable": each.repairable} for each in problems]
        put(json_text(rows))
    else:
        for each in problems:
            can = " kmtui doctor --repair puts it right." if each.repairable else ""
            put(f"{each.file or tools.store.place}: {each.problem}{can}\n")
        if not problems:
            talk("All files are well.")
    return 1 if problems else 0


@click.command()
@click.option("--list", "listing", is_flag=True, help="List the backups that there are.")
@as_json
@shared
def backup(listing: bool, as_json: bool) -> int:
    """Make a backup of the whole workspace now, into its folder backups.

    One is made by itself on each day of use. Kept are those of the last seven days, four weeks and six months of use.
    """
    from msgspec import to_builtins

    from kmtui.plain.lists import backup_line
    from kmtui.workspace.care import back_up, backups
    from kmtui.workspace.sharing import json_text

    tools = given().desk().tools
    if listing:
        found = backups(tools)
        put(json_text(to_builtins(found)) if as_json else "".join(f"{backup_line(each)}\n" for each in found))
        if not found:
            talk("There is no backup yet.")
        return 0
    path = back_up(tools)
    put(json_text({"file": str(path)}) if as_json else f"{path}\n")
    return 0


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--deleted", is_flag=True, help="Put back also what was deleted here.")
@as_json
@shared
def restore(file: Path, deleted: bool, as_json: bool) -> int:
    """Put back what is missing or different of a backup.

    FILE is one anywhere, or the name of one in the folder backups. What is here is backed up first, and what is
    replaced is kept in the folder quarantine. Files that are not in the backup stay as they are.
    """
    from msgspec import to_builtins

    from kmtui.cli.given import said_yes
    from kmtui.workspace.care import put_back
    from kmtui.workspace.sharing import json_text

    tools = given().desk().tools
    if sys.stdin.isatty() and not said_yes("Files here will be replaced by older ones, which are kept. Type yes: "):
        talk("Nothing was put back.")
        return 0
    done = put_back(tools, file, deleted=deleted)
    if as_json:
        put(json_text(to_builtins(done)))
        return 1 if done.refused else 0
    put(f"{len(done.restored)} put back, {done.same} were here as they are in it.\n")
    for name in done.restored:
        put(f"{name}\n")
    for each in done.refused:
        talk(f"Not put back: {each.file}: {each.why}")
    if done.backup:
        talk(f"What was here before is in the backup {done.backup}.")
    return 1 if done.refused else 0
