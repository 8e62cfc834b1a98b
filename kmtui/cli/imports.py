"""What comes in and goes out as files: records, lessons from elsewhere, bundles."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kmtui.cli.confiding import replacing, say_kept, to_replace
from kmtui.cli.given import as_json, back_up_today, given, hand_out, shared, to_file
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.bundle import Bundle
    from kmtui.workspace.desk import Desk


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "kind", type=click.Choice(("lessons",)), help="lessons: a table, a folder of Markdown, or JSON.")
@click.option("--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help="Which column is which field of a lesson.")
@click.option("--encoding", metavar="NAME", help="How the text of the file is encoded; it is found out otherwise.")
@as_json
@shared
def import_(file: Path, kind: str | None, pairs: tuple[str, ...], encoding: str | None, as_json: bool) -> int:
    """Take in a record, a bundle, or with --as lessons lessons from elsewhere.

    Of a record its id is printed, of a bundle what came of it. Lessons are read from CSV and other tables, folders of
    Markdown with front matter, and JSON. --map lesson="What we learned" names a column by its heading or its number;
    several are joined with +. The fields are lesson, context, cause, recommendation, tags, keep_or_change, owner,
    title, team, technique, criterion, date, reference, state, note.
    """
    if kind == "lessons":
        return _lessons(file, pairs, encoding, as_json)
    if pairs or encoding:
        raise click.UsageError("--map and --encoding belong to --as lessons.")
    from kmtui.workspace.bundles import read_file

    bundle = read_file(file)
    return _record(file, as_json) if bundle is None else _bundle(given().desk(), bundle, as_json)


def _lessons(file: Path, pairs: tuple[str, ...], encoding: str | None, as_json: bool) -> int:
    from kmtui.workspace.lesson_imports import keep, mapping_of, read
    from kmtui.workspace.sharing import json_text

    desk = given().desk()
    reading = read(desk.tools, file, mapping_of(pairs), encoding)
    done = keep(desk.tools, reading, file.resolve().name)
    for note in done.notes:
        talk(note)
    say_kept(reading.lessons)
    rejected = [
        {"line": each.line, "reason": each.reason, **({"file": each.file} if each.file else {})}
        for each in done.rejected
    ]
    if as_json:
        result = {"read": done.read, "duplicates": done.duplicates, "rejected": rejected}
        put(json_text({**result, "notes": list(done.notes), "ids": list(done.ids)}))
    else:
        put(f"{done.read} new, {done.duplicates} here already, {len(rejected)} not read.\n")
        for each in done.rejected:
            put(f"{each.file + ', ' if each.file else ''}line {each.line}: {each.reason}\n")
    back_up_today(desk)
    return 1 if reading.rejected and not reading.lessons else 0


def _record(file: Path, as_json: bool) -> int:
    from kmtui.model.errors import WrongInput
    from kmtui.workspace.sharing import import_file, json_text

    desk = given().desk()
    try:
        record, here_already = import_file(desk.tools, file)
    except WrongInput as error:
        named = str(error).startswith(str(file))
        raise WrongInput(str(error) if named else f"{file}: {error}") from error
    if not here_already:
        say_kept(record)
    else:
        talk("It was here already, just the same.")
    put(json_text(desk.show(record.id)) if as_json else f"{record.id}\n")
    back_up_today(desk)
    return 0


def _bundle(desk: Desk, bundle: Bundle, as_json: bool) -> int:
    from msgspec import to_builtins

    from kmtui.plain.lists import merged_lines
    from kmtui.workspace.bundles import merge
    from kmtui.workspace.sharing import json_text

    merged = merge(desk.tools, bundle)
    say_kept(bundle)
    if as_json:
        put(json_text(to_builtins(merged)))
    else:
        for line in merged_lines(merged):
            put(f"{line}\n")
    back_up_today(desk)
    return 1 if merged.failed else 0


@click.command()
@click.argument("ids", metavar="[ID]…", nargs=-1)
@to_file
@click.option("--with-names", is_flag=True, help="With the names of people, which are left out otherwise.")
@click.option("--with-private", is_flag=True, help="With private entries and half-typed words, left out otherwise.")
@replacing
@shared
def bundle(ids: tuple[str, ...], output: Path | None, with_names: bool, with_private: bool, replacing: str) -> int:
    """Write chosen records, lessons and assets into one file to be sent.

    With a record go its lessons, actions and what became of them; with an asset its lessons. Without an ID all of the
    workspace is written. kmtui import FILE takes it in, twice and in any order if need be.
    """
    from kmtui.workspace.bundles import bundle_of, bundle_text
    from kmtui.workspace.confiding import bundle_without, in_bundle

    desk = given().desk()
    made = bundle_of(desk.tools, ids, with_names=with_names, with_private=with_private)
    made = bundle_without(made, to_replace(in_bundle(made), replacing))
    hand_out(desk, bundle_text(made), output)
    talk(f"{len(made.records)} records, {len(made.lessons)} lessons, {len(made.assets)} knowledge assets.")
    return 0
