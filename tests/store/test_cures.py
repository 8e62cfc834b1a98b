"""A damaged file is replaced with the best that is anywhere, and with nothing that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.ids import IdMaker
from kmtui.store.atomic import backup_of
from kmtui.store.backups import Backups
from kmtui.store.cures import Cures, FromBackup, events_content, from_backups, record_kind, wrong_with
from kmtui.store.followup import Followups
from kmtui.store.layout_files import Member, member
from kmtui.store.records import new_content, quick
from kmtui.store.salvage import salvaged_events
from kmtui.store.system import SYSTEM
from tests.store.test_doctor import Ward
from tests.store.things import response

DAY = date(2026, 11, 3)


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[Ward]:
    made = Ward(tmp_path)
    yield made
    made.store.close()


def cures(ward: Ward, from_backup: FromBackup = lambda path: (), deleted: frozenset[str] = frozenset()) -> Cures:
    return Cures(ward.work, SYSTEM, from_backup, deleted)


def known(path: str) -> Member:
    found = member(path)
    assert found is not None
    return found


def test_bad_bytes_in_a_field_that_is_passed_over_are_seen(ward: Ward) -> None:
    content = (ward.work / ward.path).read_bytes().replace(b'"place"', b'"pl\xddce"')
    assert quick(content, "session", ward.session.id, "x") is not None
    assert "bytes that are no text" in wrong_with(known(ward.path), content)
    assert wrong_with(known(ward.path), (ward.work / ward.path).read_bytes()) == ""


def test_a_file_that_holds_no_record_has_no_kind_of_one(ward: Ward) -> None:
    kinds = {record_kind(known(path)) for path in ward.everything() if path.endswith(".json")}
    assert kinds == {"session", "assessment", "team", "response", "lesson", "asset", None}


def test_the_best_comes_first(ward: Ward) -> None:
    whole = (ward.work / ward.path).read_bytes()
    before = new_content(replace(ward.session, title="Before"), "session")
    in_backup = new_content(replace(ward.session, title="In the backup"), "session")
    cut = whole[: whole.index(b"Entry 1")]
    kept = cures(ward, lambda path: [(DAY, b"damaged"), (DAY, in_backup)])

    def words(content: bytes) -> str:
        cure = kept.cure(known(ward.path), content)
        return cure.words if cure is not None else ""

    backup_of(ward.work / ward.path).write_bytes(before)
    assert words(whole + b"\0\0") == "All of it can be read all the same."
    assert words(cut) == "The version before is there."
    backup_of(ward.work / ward.path).write_bytes(b"damaged too")
    assert words(cut) == "A backup of 3 November 2026 has it. What can be read of it is joined with that."
    assert words(b"\0") == "A backup of 3 November 2026 has it."
    only = cures(ward).cure(known(ward.path), cut)
    assert only is not None and only.words == "Of it can be read: 1 entry, no lessons and no actions."
    assert cures(ward).cure(known(ward.path), b"\0") is None


def test_another_record_is_no_cure(ward: Ward) -> None:
    stranger = new_content(replace(ward.session, id="0" * 12), "session") + b"\0"
    assert cures(ward).cure(known(ward.path), stranger) is None
    elsewhere = new_content(response("0" * 12, id=ward.answer.id), "response") + b"\0"
    assert cures(ward).cure(known(f"responses/{ward.survey.id}/{ward.answer.id}.json"), elsewhere) is None


def test_marks_come_back_from_a_backup_alone(ward: Ward) -> None:
    (path,) = (each for each in ward.everything() if "/seen/" in each)
    whole = (ward.work / path).read_bytes()
    assert cures(ward).cure(known(path), whole[:-3]) is None
    cure = cures(ward, lambda _: [(DAY, whole)]).cure(known(path), whole[:-3])
    assert cure is not None and cure.content == whole


def test_events_of_a_backup_come_back_without_the_words_of_what_was_deleted(ward: Ward) -> None:
    (path,) = (each for each in ward.everything() if each.startswith("followup/"))
    whole = (ward.work / path).read_bytes()
    cure = cures(ward, lambda _: [(DAY, whole)], frozenset({ward.session.id})).cure(known(path), b"\0")
    assert cure is not None
    (event,) = salvaged_events(cure.content)
    assert (event.id, event.change) == (ward.event.id, {})
    again = cures(ward, lambda _: [(DAY, whole)]).cure(known(path), b"\0")
    assert again is not None and salvaged_events(again.content) == (ward.event,)


def test_events_stand_in_the_order_in_which_they_were_said(ward: Ward) -> None:
    events = [replace(ward.event, id=str(number) * 12, sequence=number) for number in (3, 1, 2)]
    assert [each.sequence for each in salvaged_events(events_content(events))] == [1, 2, 3]


def test_the_newest_backup_comes_first_and_a_cut_off_one_is_passed_over(ward: Ward) -> None:
    days = iter([3, 4, 5])
    at = [datetime(2026, 11, 2, 12, tzinfo=UTC)]
    backups = Backups(ward.work, SYSTEM, lambda: at[0], Followups(ward.work, SYSTEM, lambda: at[0], IdMaker()))
    paths = []
    for day in days:
        at[0] = at[0].replace(day=day)
        path = backups.make()
        assert path is not None
        paths.append(path)
    paths[-1].write_bytes(paths[-1].read_bytes()[:-50])
    found = list(from_backups(backups, ward.work)(ward.path))
    assert [day.day for day, _ in found] == [4, 3]
    assert {content for _, content in found} == {(ward.work / ward.path).read_bytes()}
    assert list(from_backups(backups, ward.work)("sessions/2026/other.json")) == []
