"""What a file from elsewhere is, how it may be typed, and what was taken in is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.model.errors import WrongInput
from kmtui.workspace.assets import create
from kmtui.workspace.bundles import bundle_of, write_bundle
from kmtui.workspace.desk import Desk
from kmtui.workspace.lesson_imports import keep, look_at, mapping_for, read
from kmtui.workspace.sharing import export
from kmtui.workspace.taking import kind_of, names_of, typed_file
from tests.lesson_files import lessons_table
from tests.workspace.asset_things import KITCHEN, with_lessons


def test_a_file_is_a_bundle_a_record_or_lessons(desk: Desk, tmp_path: Path) -> None:
    with_lessons(desk)
    record = desk.records()[0].id
    write_bundle(desk.tools, bundle_of(desk.tools, [record]), tmp_path / "bundle.json")
    export(desk.tools, desk.read(record), "json", tmp_path / "record.json")
    assert kind_of(tmp_path / "bundle.json") == "bundle"
    assert kind_of(tmp_path / "record.json") == "record"
    assert kind_of(lessons_table(tmp_path)) == "lessons"
    assert kind_of(tmp_path) == "lessons"


@pytest.mark.parametrize("form", ["{}", " {} ", '"{}"', "'{}'", "file://{}", "escaped"])
def test_a_path_may_be_typed_pasted_or_dropped(tmp_path: Path, form: str) -> None:
    path = lessons_table(tmp_path)
    typed = str(path).replace(" ", "\\ ") if form == "escaped" else form.format(path)
    assert typed_file(typed) == path


@pytest.mark.parametrize("typed", ["", "no such file", "\0", "~nobody-of-this-name/x", "x" * 5000])
def test_what_is_no_file_is_told(typed: str) -> None:
    with pytest.raises(WrongInput, match="There is no file or folder"):
        typed_file(typed)


def test_names_are_those_of_records_lessons_and_assets(desk: Desk) -> None:
    lessons = with_lessons(desk)
    asset, record = create(desk.tools, "Moving a ward"), desk.records()[0]
    names = names_of(desk.tools, {asset.id, record.id, lessons[KITCHEN], "not here"})
    assert names == {asset.id: "Moving a ward", record.id: "May review", lessons[KITCHEN]: KITCHEN}


def test_a_mapping_takes_each_column_for_its_field(desk: Desk, tmp_path: Path) -> None:
    path = lessons_table(tmp_path, "2;1;Lesson;Note\nbefore;cause;What it was;more\n")
    table = look_at(path)
    mapping = mapping_for(table, ["context", "cause", "lesson", None])
    keep(desk.tools, read(desk.tools, path, mapping), "x")
    (line,) = desk.lessons()
    assert (line.context, line.cause, line.lesson) == ("before", "cause", "What it was")
    mapping = mapping_for(look_at(lessons_table(tmp_path)), [None, "lesson", "context", "context", None, None])
    (first, *_) = read(desk.tools, lessons_table(tmp_path), mapping).lessons
    assert "Two beds" in first.context and "The list hung" in first.context
    assert (first.cause, first.reference, first.team) == ("", "", "")


def test_a_number_in_a_row_is_not_taken_for_that_of_a_column(desk: Desk, tmp_path: Path) -> None:
    path = lessons_table(tmp_path, "Ref;Gelernt;Grund\n1;The kitchen knew;x\n2;The beds were wrong;y\n")
    mapping = mapping_for(look_at(path), ["reference", "lesson", "cause"])
    reading = read(desk.tools, path, mapping)
    assert [(each.reference, each.lesson) for each in reading.lessons] == [
        ("1", "The kitchen knew"),
        ("2", "The beds were wrong"),
    ]
    assert reading.rejected == ()
