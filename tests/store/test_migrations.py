"""Records in an older form are read, and written in the present one; the old or the new is there at every moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui.model.base import SCHEMA
from kmtui.model.errors import ChangedMeanwhile, Damaged, StoreError
from kmtui.model.session import Session
from kmtui.model.survey import Response
from kmtui.store import layout, quarantine
from kmtui.store.atomic import SOME_DAY, backup_of
from kmtui.store.migrations import MIGRATIONS, Form
from kmtui.store.records import RecordFile, new_content, quick
from kmtui.store.system import SYSTEM, System
from tests.store.things import CALLS, Failing, Stopped, Stopping, entry, new_id, response, session, temporaries

Document = dict[str, Any]

RECORD = session(entries=3)
NEXT = SCHEMA + 1


def renamed(document: Document) -> Document:
    """The change of a form in which titles had another name and an entry was called a remark."""
    document["title"] = document.pop("heading")
    for each in document["entries"]:
        each["text"] = each.pop("remark")
    return document


FORM = Form(NEXT, {("session", SCHEMA): renamed})


def old_content(record: Session = RECORD) -> bytes:
    """Return a record as it was written in the form before."""
    content = new_content(record, "session")
    return content.replace(b'"title": "Ward move"', b'"heading": "Ward move"').replace(b'"text": ', b'"remark": ')


def in_new_form(record: Session = RECORD) -> Session:
    return replace(record, schema=NEXT)


def written(workspace: Path, content: bytes | None = None) -> Path:
    path = workspace / layout.path_of(RECORD)
    path.parent.mkdir(parents=True)
    path.write_bytes(content or old_content())
    return path


def opened(path: Path, system: System = SYSTEM, form: Form = FORM) -> RecordFile[Session]:
    return RecordFile[Session](path, "session", RECORD.id, system, form)


def older_copies(workspace: Path) -> list[Path]:
    return sorted((workspace / quarantine.FOLDER).glob("*"))


def test_nothing_has_to_be_brought_up_today() -> None:
    assert MIGRATIONS == {}
    assert Form().schema == SCHEMA


def test_an_older_record_is_read_in_the_present_form_and_stays_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path)
    file = opened(path)
    assert file.load() == in_new_form()
    assert file.older == SCHEMA
    assert path.read_bytes() == old_content()
    assert older_copies(tmp_path) == []


def test_it_is_never_read_the_quick_way(tmp_path: Path) -> None:
    content = new_content(RECORD, "session")
    assert quick(content, "session", RECORD.id, "x") == RECORD
    assert quick(content, "session", RECORD.id, "x", form=FORM) is None
    assert quick(old_content(), "session", RECORD.id, "x", form=FORM) is None
    current = new_content(in_new_form(), "session")
    assert quick(current, "session", RECORD.id, "x", form=FORM) == in_new_form()


def test_the_first_save_keeps_the_old_file_and_later_ones_do_not(tmp_path: Path) -> None:
    path = written(tmp_path)
    file = opened(path)
    record = file.load()
    for number in range(3):
        record = replace(record, entries=(*record.entries, entry(f"New {number}")))
        file.save(record)
    assert opened(path).load() == record
    (kept,) = older_copies(tmp_path)
    assert kept.name == f"{path.name}.v{SCHEMA}"
    assert kept.read_bytes() == old_content()
    assert layout.set_aside(tmp_path, RECORD.id) == [kept]  # deleting the record deletes it
    assert opened(backup_of(path)).load().schema == NEXT


def test_unknown_fields_are_kept_through_the_change(tmp_path: Path) -> None:
    path = written(tmp_path, old_content().replace(b'"team"', b'"mood": "good",\n   "team"'))
    file = opened(path)
    file.save(file.load())
    assert b'"mood": "good"' in path.read_bytes()


def test_several_steps_are_taken_one_after_the_other_and_missing_ones_change_nothing() -> None:
    form = Form(
        5,
        {
            ("session", 1): lambda document: {**document, "path": [1]},
            ("session", 3): lambda document: {**document, "path": [*document["path"], 3]},
            ("session", 5): lambda document: {**document, "path": None},
            ("team", 2): lambda document: {**document, "path": None},
        },
    )
    assert form.brought_up({"schema": 1}, "session", "x") == {"schema": 5, "path": [1, 3]}
    assert form.brought_up({"schema": 2, "path": []}, "session", "x") == {"schema": 5, "path": [3]}
    assert form.brought_up({"schema": 1}, "asset", "x") == {"schema": 5}
    for present in ({"schema": 5}, {"schema": 6}, {}, {"schema": "old"}):
        assert form.brought_up(present, "session", "x") == present
    assert form.brought_up({"schema": -(10**12)}, "asset", "x") == {"schema": 5}


def test_what_a_step_cannot_read_is_damaged_and_stays_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path, new_content(RECORD, "session"))  # without a heading
    with pytest.raises(Damaged, match=f"older form {SCHEMA}"):
        opened(path).load()
    assert path.read_bytes() == new_content(RECORD, "session")


def test_a_newer_record_is_still_only_read(tmp_path: Path) -> None:
    path = written(tmp_path, new_content(replace(RECORD, schema=NEXT), "session"))
    file = opened(path, form=Form())
    assert file.load().schema == NEXT
    assert file.newer != ""


def test_who_brings_up_what_somebody_else_has_brought_up_is_told(tmp_path: Path) -> None:
    path = written(tmp_path)
    first, second = opened(path), opened(path)
    first.load()
    record = second.load()
    first.save(in_new_form())
    with pytest.raises(ChangedMeanwhile):
        second.save(replace(record, title="Mine"))
    assert opened(path).load() == in_new_form()
    assert len(older_copies(tmp_path)) == 1


def test_an_answer_is_brought_up_without_leaving_a_time(tmp_path: Path) -> None:
    answer = response(new_id())
    path = layout.response_path(tmp_path, answer.survey, answer.id)
    path.parent.mkdir(parents=True)
    path.write_bytes(new_content(answer, "response"))
    file = RecordFile[Response](path, "response", answer.id, SYSTEM, Form(NEXT, {}))
    file.save(file.load())
    assert {each.name for each in path.parent.iterdir()} == {path.name, f"{path.name}.v{SCHEMA}"}
    assert {each.stat().st_mtime for each in path.parent.iterdir()} == {SOME_DAY}
    assert len(layout.of_responses(tmp_path, answer.survey)) == 2


# At every moment


def migrate(path: Path, system: System) -> Session:
    """Read an older record, change it and save it, as somebody does who works on."""
    file = opened(path, system)
    record = file.load()
    changed = replace(record, entries=(*record.entries, replace(RECORD.entries[0], id="0" * 12, text="New")))
    file.save(changed)
    return changed


CHANGED = in_new_form(replace(RECORD, entries=(*RECORD.entries, replace(RECORD.entries[0], id="0" * 12, text="New"))))


def assert_old_or_new_is_readable(workspace: Path, path: Path) -> None:
    assert opened(path).load() in (in_new_form(), CHANGED)
    everywhere = [path, backup_of(path), *older_copies(workspace)]
    assert old_content() in [each.read_bytes() for each in everywhere if each.exists()]


def test_killed_at_any_call_the_old_or_the_new_is_there_and_readable(tmp_path: Path) -> None:
    number = 0
    while True:
        workspace = tmp_path / str(number)
        path = written(workspace)
        try:
            migrate(path, Stopping(number))
        except Stopped:
            assert_old_or_new_is_readable(workspace, path)
            if opened(path).load() == in_new_form():  # whoever goes on gets to the end
                migrate(path, SYSTEM)
                assert opened(path).load() == CHANGED
                assert len(older_copies(workspace)) - len(temporaries(workspace / quarantine.FOLDER)) == 1
        else:
            break
        number += 1
    assert number > 15
    assert opened(path).load() == CHANGED


def failures() -> Iterator[tuple[str, int]]:
    for call in (*CALLS, "make_folder"):
        for number in (1, 2, 3):
            yield call, number


@pytest.mark.parametrize(("call", "number"), list(failures()))
def test_a_call_that_fails_loses_nothing_and_the_next_try_gets_to_the_end(
    tmp_path: Path, call: str, number: int
) -> None:
    path = written(tmp_path)
    system = Failing()
    system.fail(call, number)
    attempt: Callable[[], Session] = lambda: migrate(path, system)  # noqa: E731
    try:
        attempt()
    except StoreError:
        assert_old_or_new_is_readable(tmp_path, path)
    system.heal()
    if opened(path).load() == in_new_form():
        attempt()
    assert opened(path).load() == CHANGED
    assert [each.read_bytes() for each in older_copies(tmp_path)] == [old_content()]
    assert temporaries(tmp_path) == []
