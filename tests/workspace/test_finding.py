"""What somebody means by the beginning of an id."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.model.asset import Asset
from kmtui.model.errors import NotFound
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Session
from kmtui.workspace.desk import Desk
from kmtui.workspace.finding import find_any, find_asset
from tests.workspace.kinds import desk_of_kinds
from tests.workspace.test_register import KITCHEN, ORDER, learn


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty workspace."""
    return desk_of_kinds(tmp_path)


def asset(desk: Desk, asset_id: str, title: str = "Moving wards") -> Asset:
    made = Asset(id=asset_id, created=desk.tools.now(), changed=desk.tools.now(), title=title)
    desk.tools.store.assets.save(made, None)
    return made


def kept(desk: Desk, lesson_id: str, lesson: str = "Beds need space") -> None:
    now = desk.tools.now()
    made = KeptLesson(id=lesson_id, created=now, changed=now, date=desk.tools.today(), lesson=lesson)
    desk.tools.store.register.add([made])


def filled(desk: Desk) -> Session:
    record = learn(desk, ORDER, KITCHEN)
    asset(desk, "aaaaaaaaaaa1")
    return record


def test_a_record_a_lesson_and_an_asset_are_told_apart(desk: Desk) -> None:
    record = filled(desk)
    first = find_any(desk.tools, record.id)
    assert (first.kind, first.id) == ("record", record.id)
    lesson = find_any(desk.tools, record.lessons[0].id.upper())
    assert (lesson.kind, lesson.id, lesson.name) == ("lesson", record.lessons[0].id, ORDER.lesson)
    page = find_any(desk.tools, "aaaa")
    assert (page.kind, page.id, page.name) == ("asset", "aaaaaaaaaaa1", "Moving wards")
    assert find_asset(desk.tools, " AAAA").id == page.id


def test_i_l_and_o_are_read_as_digits(desk: Desk) -> None:
    kept(desk, "zzzz10000000")
    assert find_any(desk.tools, "ZZZZIo").id == "zzzz10000000"
    assert find_any(desk.tools, "zzzzlO").kind == "lesson"


def test_what_is_not_there_or_not_the_only_one_is_told(desk: Desk) -> None:
    filled(desk)
    for find in (find_any, find_asset):
        with pytest.raises(NotFound, match='id begins with "yyyy"'):
            find(desk.tools, "yyyy")
    asset(desk, "aaaaaaaaaaa2", "Other")
    kept(desk, "aaabaaaaaaa1")
    kept(desk, "zzzzaaaaaaa1", "One")
    kept(desk, "zzzzaaaaaaa2", "Two")
    for beginning in ("aaaa", "aaa", "zzzz", "a"):
        with pytest.raises(NotFound, match="More than one"):
            find_any(desk.tools, beginning)
    with pytest.raises(NotFound, match="More than one knowledge asset"):
        find_asset(desk.tools, "aaa")
    assert find_any(desk.tools, "aaab").kind == "lesson"
    assert find_any(desk.tools, "aaaaaaaaaaa2").name == "Other"
    assert find_any(desk.tools, "zzzzaaaaaaa2").name == "Two"


def test_what_begins_an_id_of_two_kinds_is_not_the_only_one(desk: Desk) -> None:
    kept(desk, "qqqqaaaaaaa1")
    asset(desk, "qqqqbbbbbbb1")
    with pytest.raises(NotFound, match="More than one thing"):
        find_any(desk.tools, "qqqq")
    assert find_any(desk.tools, "qqqqa").kind == "lesson"
    assert find_any(desk.tools, "qqqqb").kind == "asset"


def test_two_lessons_and_one_asset_are_more_than_one(desk: Desk) -> None:
    kept(desk, "qqqqaaaaaaa1", "One")
    kept(desk, "qqqqaaaaaaa2", "Two")
    asset(desk, "qqqqbbbbbbb1")
    with pytest.raises(NotFound, match="More than one"):
        find_any(desk.tools, "qqqq")


def test_what_was_deleted_is_not_found(desk: Desk) -> None:
    record = filled(desk)
    desk.tools.store.remove_lesson(record.lessons[0].id)
    with pytest.raises(NotFound):
        find_any(desk.tools, record.lessons[0].id)
    desk.tools.store.remove(record.id)
    for gone in (record.id, record.lessons[1].id):
        with pytest.raises(NotFound):
            find_any(desk.tools, gone)
