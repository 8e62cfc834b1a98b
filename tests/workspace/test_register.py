"""The register as the faces use it: what is asked, a lesson with all that is known of it, and its life."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.errors import NotFound, StoreError, WrongInput
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Session
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.register import asked, join, page, row_of, say, search, stood, take_apart
from kmtui.workspace.register_export import (
    FOUND_ENDINGS,
    FoundFormat,
    export_found,
    found_file,
    found_text,
    page_document,
    page_markdown,
)
from tests.workspace.kinds import SUNDAY, desk_of_kinds

ORDER = LessonAnswer(
    lesson="Tell the porters the order of beds", context="Two went wrong", tags=("moves",), owner="Sister"
)
KITCHEN = LessonAnswer(lesson="The kitchen knew a week ahead", keep_or_change="keep")
LATE = LessonAnswer(lesson="Porters come late", tags=("moves",))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with three lessons in two sessions, and an imported one."""
    desk = desk_of_kinds(tmp_path)
    learn(desk, ORDER, KITCHEN)
    learn(desk, LATE, team="Ward 8", title="Theatres")
    now = desk.tools.now()
    imported = KeptLesson(
        id="1ngq00000001", created=now, changed=now, date=date(2025, 1, 1), lesson="Beds need space", source="old.csv",
        technique="elsewhere", criterion="space",
    )  # fmt: skip
    desk.tools.store.register.add([imported])
    return desk


def learn(desk: Desk, *lessons: LessonAnswer, team: str = "Ward 7", title: str = "Ward move") -> Session:
    answers = SessionAnswers(
        technique="plan", title=title, team=team, date=date(2026, 5, 12), lessons={"learn": lessons}
    )
    record = fill(desk.tools, answers)
    assert isinstance(record, Session)
    return record


def found(desk: Desk, words: str = "", **options: object) -> list[str]:
    return [hit.line.lesson for hit in search(desk.tools, asked(words, **options))]  # type: ignore[arg-type]


def id_of(desk: Desk, words: str) -> str:
    (hit,) = search(desk.tools, asked(words))
    return hit.line.id


# Looking


def test_options_narrow_as_limits_do(desk: Desk) -> None:
    assert set(found(desk, "porters")) == {ORDER.lesson, LATE.lesson}
    assert found(desk, "porters", team="Ward 8") == found(desk, 'porters team:"ward 8"') == [LATE.lesson]
    assert set(found(desk, "", tags=("moves",))) == {ORDER.lesson, LATE.lesson}
    assert found(desk, "tag:moves", tags=("food",)) == []
    say(desk.tools, id_of(desk, "late"), state="agreed")
    assert found(desk, "porters", state="agreed") == [LATE.lesson]
    assert ORDER.lesson in found(desk, "port", typing=True)
    assert found(desk, "port") == []
    assert found(desk, "port\x1b[31mers order") == [ORDER.lesson, LATE.lesson]
    assert search(desk.tools, asked(""), 1)[0].line.date == date(2026, 5, 12)
    with pytest.raises(WrongInput):
        asked("state:done")


def test_a_page_tells_all_that_is_known(desk: Desk) -> None:
    again = learn(desk, replace(LATE, lesson="Late again"))
    order, kitchen = id_of(desk, "order"), id_of(desk, "kitchen")
    say(desk.tools, order, state="applied", note="It hangs there", role="Sister", review=date(2027, 1, 1))
    join(desk.tools, order, [kitchen])
    shown = page(desk.tools, order[:11])
    assert (shown.line.state, shown.line.review, shown.line.seen) == ("applied", date(2027, 1, 1), 2)
    assert [(turn.state, turn.note, turn.role) for turn in shown.turns] == [("applied", "It hangs there", "Sister")]
    assert [line.id for line in shown.sources] == [kitchen]
    assert (shown.into, shown.earlier, shown.uses) == (None, None, ())
    assert shown.technique_name == "Plan"
    into = page(desk.tools, kitchen).into
    assert into is not None
    assert into.id == order
    assert page(desk.tools, again.lessons[0].id).line.lesson == "Late again"
    imported = page(desk.tools, "1ngq00000001")
    assert (imported.technique_name, imported.criterion_name, imported.line.imported) == ("", "space", True)
    with pytest.raises(NotFound):
        page(desk.tools, "zzzz")


# Life


def test_what_is_said_of_a_lesson_is_there_at_once_and_cleaned(desk: Desk) -> None:
    order = id_of(desk, "order")
    line = say(
        desk.tools, order[:11], state="applied", note="It \x1b[31mhangs", role="Sis\u202eter", owner="Por\x07ters"
    )
    assert (line.state, line.owner) == ("applied", "Porters")
    assert [(turn.note, turn.role) for turn in page(desk.tools, order).turns] == [("It hangs", "Sister")]
    assert say(desk.tools, order, review=date(2027, 1, 1)).review == date(2027, 1, 1)
    assert say(desk.tools, order, no_review=True).review is None
    assert say(desk.tools, order, owner="").owner == ""


def test_what_cannot_be_said_changes_nothing(desk: Desk) -> None:
    order = id_of(desk, "order")
    for wrong in ({"state": "applied"}, {"state": "retired", "note": "\x1b[31m"}, {"state": "done"}, {}):
        with pytest.raises(WrongInput):
            say(desk.tools, order, **wrong)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        say(desk.tools, "zzzz", state="agreed")
    assert page(desk.tools, order).turns == ()


def test_a_change_can_be_taken_back(desk: Desk) -> None:
    order = id_of(desk, "order")
    for change in (
        {"state": "agreed"},
        {"state": "applied", "note": "It hangs", "role": "Sister"},
        {"owner": "Porters"},
        {"review": date(2027, 1, 1)},
        {"state": "retired", "note": "No use"},
    ):
        before = page(desk.tools, order)
        say(desk.tools, order, **change)
        assert page(desk.tools, order).line != before.line
        say(desk.tools, order, **stood(before, change))
        assert page(desk.tools, order).line == before.line
        say(desk.tools, order, **change)


def test_lessons_are_joined_and_taken_apart(desk: Desk) -> None:
    order, kitchen, late = (id_of(desk, words) for words in ("order", "kitchen", "late"))
    joined = join(desk.tools, order, [kitchen, late[:11]], role="Librarian")
    assert (joined.id, joined.seen) == (order, 3)
    assert found(desk, "kitchen") == [ORDER.lesson]
    for others, message in (
        ([], "Say which lessons"),
        ([order], "cannot be joined into itself"),
        ([kitchen], "is the same lesson already"),
        (["zzzz"], "no lesson"),
    ):
        with pytest.raises((WrongInput, NotFound), match=message):
            join(desk.tools, order, others)
    with pytest.raises(WrongInput, match="the same lesson already"):
        join(desk.tools, kitchen, [order])
    assert take_apart(desk.tools, kitchen).joined is None
    assert found(desk, "kitchen") == [KITCHEN.lesson]
    with pytest.raises(WrongInput, match="was not joined"):
        take_apart(desk.tools, kitchen)
    assert page(desk.tools, order).line.seen == 2


# What leaves


def test_a_row_has_what_is_promised_to_scripts(desk: Desk) -> None:
    (hit,) = search(desk.tools, asked("order beds"))[:1]
    row = row_of(hit)
    assert list(row)[:9] == ["id", "lesson", "excerpt", "score", "team", "session", "date", "state", "used"]
    assert row["excerpt"] == "Tell the porters the «order» of «beds»"
    assert (row["session"], row["team"], row["date"], row["state"]) == (
        "Ward move",
        "Ward 7",
        date(2026, 5, 12),
        "captured",
    )
    (imported,) = search(desk.tools, asked("space"))
    assert (row_of(imported)["session_id"], row_of(imported)["source"]) == (None, "old.csv")


@pytest.mark.parametrize("form", list(FOUND_ENDINGS))
def test_a_search_result_is_exported(desk: Desk, tmp_path: Path, form: FoundFormat) -> None:
    hits = search(desk.tools, asked("porters"))
    text = found_text(desk.tools, hits, "porters", form)
    assert all(lesson in text for lesson in (ORDER.lesson, LATE.lesson))
    assert KITCHEN.lesson not in text
    path = found_file(tmp_path, desk.tools, "Por/ters: ../x", form)
    assert path.parent == tmp_path
    assert path.suffix == FOUND_ENDINGS[form]
    assert path.name.startswith(f"{SUNDAY.isoformat()}_")
    export_found(desk.tools, hits, "porters", form, path)
    assert (
        path.read_text("utf-8-sig").replace("\r\n", "\n").strip() == text.replace("\r\n", "\n").strip("\ufeff").strip()
    )
    assert found_file(tmp_path, desk.tools, "Por/ters: ../x", form) != path
    with pytest.raises(StoreError):
        export_found(desk.tools, hits, "x", form, tmp_path / "gone" / "further" / "x")
    if form == "json":
        assert [row["lesson"] for row in json.loads(text)] == [hit.line.lesson for hit in hits]


def test_a_page_as_markdown_and_for_scripts(desk: Desk) -> None:
    order = id_of(desk, "order")
    say(desk.tools, order, state="applied", note="It hangs there", role="Sister")
    join(desk.tools, order, [id_of(desk, "kitchen")])
    shown = page(desk.tools, order)
    text = page_markdown(shown)
    for said in (f"# {ORDER.lesson}", "applied, said by Sister: It hangs there", "## Joined out of", "Plan"):
        assert said in text
    row = page_document(shown)
    assert [turn["state"] for turn in row["life"]] == ["applied"]  # type: ignore[attr-defined]
    assert row["sources"] == [shown.sources[0].id]
    assert not {"excerpt", "score"} & row.keys()
