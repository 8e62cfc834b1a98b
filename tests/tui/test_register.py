"""The register on the screens: lessons found as one types, a lesson and its life, joining, what waits for review."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual import events

from kmtui.analysis.query import Query
from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.lesson import KeptLesson
from kmtui.store.files import FileStore
from kmtui.store.protocol import Hit
from kmtui.store.register import FileRegister
from kmtui.store.system import System
from kmtui.text import clean
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.lesson import LessonScreen
from kmtui.tui.screens.register import RegisterScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.review import ReviewScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.filling import fill
from kmtui.workspace.register import LessonPage, join, page, say
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.tui.conftest import FullDisk
from tests.tui.driving import Hands
from tests.tui.test_compare import text_of
from tests.tui.test_followup import whole
from tests.tui.test_hostile import FEWER, STEERING, Texts
from tests.tui.test_session import REVIEW

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
SIZES = [(40, 14), (60, 18), (100, 30)]
PORTERS = LessonAnswer(
    lesson="Tell the porters the order of beds",
    context="Two beds went to the wrong bay",
    cause="The list hung in one place",
    recommendation="Send the list by six",
    tags=("moves", "beds"),
    owner="Bed manager",
)
KITCHEN = LessonAnswer(lesson="The kitchen knew a week ahead", keep_or_change="keep", context="Porters had told it")
DRIP = LessonAnswer(lesson="Label the drip stands")


def kept(lesson: str, number: int = 0, **more: Any) -> KeptLesson:
    """Return a lesson as importing makes it."""
    day = date(2025, 1, 1) + timedelta(days=number)
    made = {"title": "Elsewhere", "team": "Library", "source": "regional.csv"} | more
    return KeptLesson(id=f"1ngq{number:08d}", created=NOON, changed=NOON, date=day, lesson=lesson, **made)


@pytest.fixture
def lessons(desk: Desk) -> Desk:
    """A workspace with three lessons of a session, and an imported one."""
    answers = SessionAnswers(
        technique=REVIEW, title="Ward move", team="Ward 7", date=date(2026, 5, 12),
        lessons={"learn": (PORTERS, KITCHEN, DRIP)},
    )  # fmt: skip
    fill(desk.tools, answers)
    desk.tools.store.register.add([kept("Porters need the order of moves a day ahead", reference="R-1")])
    return desk


def lesson(desk: Desk, beginning: str) -> LessonPage:
    """Return what the disk has of a lesson, read by a store of its own."""
    fresh = open_desk(desk.folder, cache=desk.folder.parent / "another cache")
    found = next(line for line in fresh.lessons() if line.lesson.startswith(beginning))
    return page(fresh.tools, found.id)


async def to_register(hands: Hands) -> RegisterScreen:
    """Go to the register from home."""
    await hands.settle()
    await hands.press("ctrl+f")
    assert isinstance(hands.app.screen, RegisterScreen)
    return hands.app.screen


async def to_lesson(hands: Hands, words: str) -> None:
    """Find a lesson by its words, and open it."""
    await to_register(hands)
    await hands.say(words)
    await hands.press("enter")
    assert isinstance(hands.app.screen, LessonScreen)


def first_lines(hands: Hands) -> list[str]:
    """Return the first line of every row."""
    return [row.split("\n")[0] for row in hands.rows]


def found_words(hands: Hands) -> set[str]:
    """Return the words that are shown as found."""
    shown = set()
    for option in hands.app.screen.query_one(Rows).options:
        prompt: Any = option.prompt
        shown |= {prompt.plain[span.start : span.end] for span in prompt.spans if "underline" in str(span.style)}
    return shown


# Searching


@pytest.mark.parametrize("size", SIZES)
async def test_lessons_are_found_as_one_types(app: KmtuiApp, lessons: Desk, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_register(hands)
        assert "4 lessons" in text_of(hands)
        assert len(hands.rows) == 4
        for key in "porte":
            await hands.press(key)
        assert "3 of 4 lessons" in text_of(hands)
        assert hands.field == "porte"
        assert first_lines(hands)[:2] == [
            "Porters need the order of moves a day ahead",
            "Tell the porters the order of beds",
        ]
        assert "F1 Help" in hands.screen_text()[-1]


async def test_the_found_words_are_bold_and_underlined_where_they_stand(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_register(hands)
        assert found_words(hands) == set()
        await hands.say("porters")
        assert found_words(hands) == {"porters", "Porters"}
        kitchen = next(row for row in hands.rows if row.startswith("The kitchen"))
        assert (
            kitchen
            == "The kitchen knew a week ahead\n  Porters had told it\n  Ward 7 · 12 May 2026 · keep doing, captured"
        )


async def test_a_limit_narrows_and_half_a_limit_is_told_quietly(app: KmtuiApp, lessons: Desk) -> None:
    say(lessons.tools, lesson(lessons, "Label").line.id, state="agreed")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_register(hands)
        assert "tag: team: technique: criterion: state: after: before: kind:" in text_of(hands)
        await hands.say("state:xy")
        assert hands.told.startswith('"state:xy" is none of these')
        assert not app.screen.query_one("#told").has_class("-error")
        assert len(hands.rows) == 4
        await hands.press("backspace", "backspace")
        await hands.say("ag")
        assert first_lines(hands) == ["Label the drip stands"]
        assert hands.told == ""
        await hands.press("ctrl+u")
        await hands.say('team:"Ward 7" kind:keep')
        assert first_lines(hands) == ["The kitchen knew a week ahead"]


async def test_nothing_found_and_nothing_there_say_what_helps(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_register(hands)
        assert "No lessons yet." in text_of(hands)
        assert "kmtui import FILE --as lessons" in " ".join(text_of(hands).split())
        desk.tools.store.register.add([kept("Porters need the order")])
        await hands.say("penguin")
        assert hands.told.startswith("No lesson has these words.")
        assert "No lessons yet." not in text_of(hands)
        await hands.press("ctrl+u")
        await hands.say("tag:penguin")
        assert hands.told.startswith("No lesson fits. With fewer limits")


async def test_a_result_of_older_words_never_replaces_a_newer_one(
    app: KmtuiApp, lessons: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, gate, ended = threading.Event(), threading.Event(), threading.Event()
    at_once = FileRegister.search

    def search(self: FileRegister, query: Query, limit: int = 50) -> list[Hit]:
        hits = at_once(self, query, limit)
        if query.begun == ("drip",):
            begun.set()
            assert gate.wait(20)
            ended.set()
        return hits

    monkeypatch.setattr(FileRegister, "search", search)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_register(hands)
        app.post_message(events.Paste("drip"))
        assert await asyncio.to_thread(begun.wait, 20)
        await hands.press("ctrl+u")
        await hands.say("kitchen")
        assert first_lines(hands) == ["The kitchen knew a week ahead"]
        gate.set()
        assert await asyncio.to_thread(ended.wait, 20)
        await hands.settle()
        assert first_lines(hands) == ["The kitchen knew a week ahead"]
        assert "1 of 4" in text_of(hands)


async def test_what_another_process_adds_appears_and_the_chosen_line_stays(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        screen = await to_register(hands)
        await hands.say("porters")
        await hands.press("down")
        chosen = screen.chosen
        FileStore(lessons.folder, lessons.folder.parent / "other").register.add([kept("Porters, porters, porters", 7)])
        await hands.press("f1", "escape")
        assert "4 of 5 lessons" in text_of(hands)
        assert screen.chosen == chosen
        assert "Porters, porters, porters" in first_lines(hands)


# Reading many files


class HeldDisk(System):
    """A disk that lets some files of lessons be read, and holds the next one until it is told to go on."""

    def __init__(self) -> None:
        self.left = 1000
        self.held = threading.Event()
        self.go_on = threading.Event()
        self.reads = 0

    def read(self, path: Path) -> bytes:
        """Read, now or later."""
        if "lessons" in path.parts:
            self.reads += 1
            self.left -= 1
            if self.left < 0:
                self.held.set()
                assert self.go_on.wait(20)
        return super().read(path)


@pytest.fixture
def disk() -> HeldDisk:
    """A disk that holds nothing yet."""
    return HeldDisk()


@pytest.fixture
def held(lessons: Desk, settings: Settings, disk: HeldDisk, monkeypatch: pytest.MonkeyPatch) -> Iterator[KmtuiApp]:
    """The screens on a disk that can be held, where two files are read at a time."""
    monkeypatch.setattr("kmtui.store.catalogue._AT_A_TIME", 2)
    store = FileStore(lessons.folder, lessons.folder.parent / "cache", system=disk)
    desk = Desk(replace(lessons.tools, store=store), lessons.folder)
    yield KmtuiApp(lambda: desk, settings, Start())
    disk.go_on.set()


async def until_held(hands: Hands, desk: Desk, disk: HeldDisk) -> None:
    """Copy six lessons in, and go to the register, where reading stops after two of them."""
    await hands.settle()
    six = [kept(f"Copied in, number {number}", number) for number in range(1, 7)]
    FileStore(desk.folder, desk.folder.parent / "other").register.add(six)
    for folder in (desk.folder, *desk.folder.rglob("*/")):
        os.utime(folder, (1_700_000_000, 1_700_000_000))  # else everybody looks again, as long as they are so new
    disk.left = 2
    await hands.pilot.press("ctrl+f")
    assert await asyncio.to_thread(disk.held.wait, 20)
    await hands.pilot.pause()


async def found(hands: Hands) -> None:
    """Wait for the search alone."""
    await hands.pilot.pause()
    await hands.app.workers.wait_for_complete([each for each in hands.app.workers if each.name == "find"])
    await hands.pilot.pause()


async def test_reading_shows_how_far_it_is_can_be_stopped_and_goes_on(
    held: KmtuiApp, lessons: Desk, disk: HeldDisk
) -> None:
    async with held.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await until_held(hands, lessons, disk)
        assert "Reading 2 of " in text_of(hands)
        assert "you can search meanwhile. F5 stops it." in " ".join(text_of(hands).split())
        held.post_message(events.Paste("kitchen"))
        await found(hands)
        assert first_lines(hands)[0] == "The kitchen knew a week ahead"
        await pilot.press("f5")
        disk.go_on.set()
        await hands.settle()
        shown = " ".join(text_of(hands).split())
        assert "Not all records are read, so lessons are missing here. F5 reads on." in shown
        assert held.desk.tools.store.register.count() < 10
        await hands.press("f5")
        await hands.settle()
        assert "Not all" not in text_of(hands)
        await hands.press("ctrl+u")
        assert "10 lessons" in text_of(hands)


async def test_leaving_the_screen_stops_reading_and_coming_back_reads_on(
    held: KmtuiApp, lessons: Desk, disk: HeldDisk
) -> None:
    async with held.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await until_held(hands, lessons, disk)
        before = disk.reads
        await pilot.press("f1")
        disk.go_on.set()
        await hands.settle()
        assert disk.reads <= before + 1, "more than those that were under way"
        await hands.press("escape")
        await hands.settle()
        assert "10 lessons" in text_of(hands)


async def test_home_tells_how_far_reading_is_where_no_record_was_known_yet(
    lessons: Desk, settings: Settings, disk: HeldDisk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kmtui.store.catalogue._AT_A_TIME", 2)
    lessons.tools.store.register.add([kept(f"One of more, number {number}", number) for number in range(1, 7)])
    store = FileStore(lessons.folder, lessons.folder.parent / "a new cache", system=disk)
    desk = Desk(replace(lessons.tools, store=store), lessons.folder)
    app = KmtuiApp(lambda: desk, settings, Start())
    disk.left = 2
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        assert await asyncio.to_thread(disk.held.wait, 20)
        await pilot.pause()
        assert hands.told == "Reading 2 of 8 records; you can begin meanwhile."
        assert any("After Action Review" in row for row in hands.rows)
        await pilot.press("ctrl+f")
        assert isinstance(app.screen, RegisterScreen)
        disk.go_on.set()
        await hands.settle()
        assert "10 lessons" in text_of(hands)
        await hands.press("escape")
        assert "  Lessons: the register  10" in hands.rows
        assert hands.told == ""


# One lesson


@pytest.mark.parametrize("size", SIZES)
async def test_a_lesson_shows_all_that_is_known_of_it(app: KmtuiApp, lessons: Desk, size: tuple[int, int]) -> None:
    porters, drip = lesson(lessons, "Tell").line.id, lesson(lessons, "Label").line.id
    say(lessons.tools, porters, state="agreed", role="Ward sister")
    say(lessons.tools, porters, state="applied", note="The list hangs at the door", review=date(2027, 5, 1))
    join(lessons.tools, porters, [drip])
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_lesson(hands, "order of beds")
        shown = whole(app, "#lesson")
        for part in (
            "Tell the porters the order of beds\nchange, applied, learnt twice",
            "Where it comes from: Two beds went to the wrong bay",
            "Cause: The list hung in one place",
            "Recommendation: Send the list by six",
            "Tags: moves, beds",
            "Owner: Bed manager",
            "Learned in: Ward move, Ward 7, After Action Review, 12 May 2026",
            "agreed, said by Ward sister",
            "applied: The list hangs at the door",
            "To be looked at again on: 1 May 2027",
            "Joined out of\n– Label the drip stands (Ward move, Ward 7, 12 May 2026)",
        ):
            assert part in shown
        assert "F2 Agreed" in hands.screen_text()[-1]
        await hands.press("escape")
        assert isinstance(app.screen, RegisterScreen)
        assert hands.field == "order of beds"


async def test_agreed_applied_and_retired_are_on_disk_with_role_and_note(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_lesson(hands, "drip")
        await hands.press("f2")
        await hands.enter("Ward sister")
        assert hands.told == "Saved. The lesson is agreed."
        assert [(each.state, each.role) for each in lesson(lessons, "Label").turns] == [("agreed", "Ward sister")]
        await hands.press("f3", "enter")
        assert hands.told == "What has changed because of it: type some words first."
        await hands.enter("Labels hang at the store", "")
        assert hands.told == "Saved. The lesson is applied."
        applied = lesson(lessons, "Label").turns[-1]
        assert (applied.state, applied.note, applied.role) == ("applied", "Labels hang at the store", "Ward sister")
        assert "applied, said by Ward sister: Labels hang at the store" in whole(app, "#lesson")
        await hands.press("delete")
        await hands.enter("New stands have labels", "")
        assert lesson(lessons, "Label").line.state == "retired"
        assert "retired" not in app.keys_of(app.screen)
        await hands.press("ctrl+z")
        assert lesson(lessons, "Label").line.state == "applied"
        assert lesson(lessons, "Label").turns[-1].note == "Labels hang at the store"


async def test_day_and_owner_are_typed_as_people_do_and_can_be_taken_back(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_lesson(hands, "drip")
        await hands.press("f4")
        await hands.enter("when it suits")
        assert "is not a date" in hands.told
        assert app.screen.query_one("#told").has_class("-error")
        await hands.press("ctrl+u")
        await hands.enter("2 weeks")
        day = lessons.tools.today() + timedelta(days=14)
        assert lesson(lessons, "Label").line.review == day
        assert hands.told.startswith("Saved. It is looked at again on ")
        await hands.press("f4", "ctrl+u", "enter")
        assert lesson(lessons, "Label").line.review is None
        await hands.press("ctrl+z")
        assert lesson(lessons, "Label").line.review == day
        await hands.press("ctrl+o")
        await hands.enter("Equipment library")
        assert lesson(lessons, "Label").line.owner == "Equipment library"


async def test_half_typed_words_come_back_with_the_same_form(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_lesson(hands, "drip")
        await hands.press("f3")
        await hands.say("Labels hang")
        await hands.press("escape")
        assert isinstance(app.screen, LessonScreen)
        assert hands.told == "The words come back with the same form."
        await hands.press("f4")
        assert hands.field == ""
        await hands.press("escape", "f3")
        assert hands.field == "Labels hang"
        await hands.press("f8")
        assert lesson(lessons, "Label").turns[-1].note == "Labels hang"


async def test_what_cannot_be_saved_is_told_and_stays_in_the_form(
    lessons: Desk, settings: Settings, tmp_path: Path
) -> None:
    full = FullDisk()
    store = FileStore(lessons.folder, tmp_path / "cache", system=full)
    app = KmtuiApp(lambda: Desk(replace(lessons.tools, store=store), lessons.folder), settings, Start())
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_lesson(hands, "drip")
        await hands.press("f3")
        await hands.enter("Labels hang")
        full.full = True
        await hands.press("enter")
        assert app.screen.query_one("#told").has_class("-error")
        assert app.screen.query_one(Asker).present()["note"] == "Labels hang"
        assert lesson(lessons, "Label").turns == ()
        full.full = False
        await hands.press("f8")
        assert lesson(lessons, "Label").line.state == "applied"


async def test_a_lesson_leads_to_its_session_and_an_imported_one_has_none(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_lesson(hands, "drip")
        await hands.press("ctrl+g")
        assert isinstance(app.screen, ReportScreen)
        await hands.press("escape", "escape", "ctrl+u")
        await hands.say('"moves a day"')
        await hands.press("enter")
        assert "Imported from: regional.csv\nReference: R-1" in whole(app, "#lesson")
        assert "source" not in app.keys_of(app.screen)


# Joining


async def test_a_lesson_is_joined_into_this_one_and_taken_apart(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_lesson(hands, "order of beds")
        await hands.press("ctrl+l")
        assert hands.heading.startswith("Join which lesson")
        assert "mark" not in app.keys_of(app.screen)
        await hands.say("a day ahead")
        await hands.press("enter")
        await hands.settle()
        assert isinstance(app.screen, LessonScreen)
        assert hands.told == "Saved. “Porters need the order of moves a day a…” is joined into this one."
        assert [each.lesson for each in lesson(lessons, "Tell").sources] == [
            "Porters need the order of moves a day ahead"
        ]
        assert "Joined out of" in whole(app, "#lesson")
        await hands.press("ctrl+l")
        await hands.say("order of beds")
        await hands.press("enter")
        await hands.settle()
        assert hands.told == "A lesson cannot be joined into itself. Choose another one."
        await hands.press("ctrl+t")
        assert lesson(lessons, "Tell").sources == ()
        assert hands.told.endswith("stands for itself again.")


async def test_marked_lessons_are_joined_into_the_chosen_one(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        screen = await to_register(hands)
        await hands.press("ctrl+l")
        assert hands.told.startswith("Mark the lessons that say the same with Ctrl+K")
        await hands.say("a day ahead")
        await hands.press("ctrl+k")
        assert first_lines(hands)[0] == "[x] Porters need the order of moves a day ahead"
        assert hands.told.startswith("1 marked. Ctrl+L joins them")
        await hands.press("ctrl+u")
        await hands.say("order of beds")
        assert [each.lesson for each in screen.marked] == ["Porters need the order of moves a day ahead"]
        await hands.press("ctrl+l")
        assert hands.told.startswith("Saved. One lesson is joined into “Tell the porters")
        assert len(lesson(lessons, "Tell").sources) == 1
        assert screen.marked == ()
        await hands.press("ctrl+u")
        assert len(hands.rows) == 3


async def test_what_was_found_is_written_to_a_file(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_register(hands)
        await hands.say("drip")
        await hands.press("ctrl+e")
        assert "One lesson, as a page to be read." in text_of(hands)
        await hands.press("enter")
        assert hands.told.startswith("Written to ")
        assert isinstance(app.screen, RegisterScreen)
    (file,) = (lessons.folder / "exports").glob("*_drip_lessons.md")
    written = file.read_text(encoding="utf-8")
    assert "Label the drip stands" in written
    assert "kitchen" not in written


# Home


@pytest.mark.parametrize("size", SIZES)
async def test_home_leads_to_the_register_and_to_what_waits(
    app: KmtuiApp, lessons: Desk, size: tuple[int, int]
) -> None:
    say(lessons.tools, lesson(lessons, "Label").line.id, review=date(2026, 1, 2))
    say(lessons.tools, lesson(lessons, "The kitchen").line.id, review=date(2025, 1, 2))
    say(lessons.tools, lesson(lessons, "Tell").line.id, review=lessons.tools.today() + timedelta(days=1))
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert "  2 lessons wait for review" in hands.rows
        assert "  Lessons: the register  4" in hands.rows
        menu = app.screen.query_one(Rows)
        menu.highlighted = hands.rows.index("  2 lessons wait for review")
        await hands.press("enter")
        assert isinstance(app.screen, ReviewScreen)
        assert first_lines(hands) == ["The kitchen knew a week ahead", "Label the drip stands"]
        assert "waits since 2 January 2025" in hands.rows[0]
        await hands.say("drip")
        await hands.press("enter")
        assert isinstance(app.screen, LessonScreen)
        assert "Somebody wanted to look at it again on 2 January 2026." in whole(app, "#lesson")
        await hands.press("f4", "ctrl+u")
        await hands.enter("2 weeks")
        await hands.press("escape", "ctrl+u")
        assert first_lines(hands) == ["The kitchen knew a week ahead"]
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert "  1 lesson waits for review" in hands.rows


async def test_the_palette_at_home_finds_the_register(app: KmtuiApp, lessons: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("ctrl+p")
        await hands.press(*"the regis")
        await pilot.pause()
        await hands.press("down", "enter")
        assert isinstance(app.screen, RegisterScreen)


# Hostile text


@pytest.mark.parametrize("texts", FEWER, ids=range(len(FEWER)))
async def test_hostile_text_in_every_field_steers_nothing(desk: Desk, settings: Settings, texts: Texts) -> None:
    texts = tuple(text for text in texts if "\ud800" not in text)  # no file can hold that one
    following = cycle(texts)

    def some() -> str:
        return next(following)

    register = desk.tools.store.register
    register.add(
        [
            kept(
                f"{text} porters", number, context=some(), cause=some(), recommendation=some(), tags=(some(), some()),
                owner=some(), title=some(), team=some(), technique=some(), criterion=some(), source=some(),
                reference=some(), session=some(),
            )
            for number, text in enumerate(texts)
        ]
    )  # fmt: skip
    first, second, *_ = [line.id for line in register.all()]
    say(desk.tools, first, state="applied", note=some() + "x", role=some(), owner=some(), review=date(2026, 1, 1))
    join(desk.tools, first, [second], role=some())
    app = KmtuiApp(lambda: desk, settings, Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_register(hands)
        for text in texts[:4]:
            await hands.say(text)
            await hands.press("ctrl+u")
        await hands.say("porters")
        opened = 0
        for keys in (["ctrl+k"], ["enter"], ["f3"], ["escape", "escape", "down"], ["enter"], ["escape"]):
            await hands.press(*keys)
            opened += isinstance(app.screen, LessonScreen)
            for line in hands.screen_text():
                assert not STEERING.search(line), (keys, line)
        assert opened == 3
        app.push_screen(ReviewScreen())
        await hands.settle()
        assert len(hands.rows) == 1
        app.push_screen(LessonScreen(first))
        await hands.settle()
        shown = whole(app, "#lesson")
        opened_one = register.find(first)
        assert clean(opened_one.lesson) in shown
        assert clean(opened_one.context) in shown
        for line in hands.screen_text():
            assert not STEERING.search(line)
