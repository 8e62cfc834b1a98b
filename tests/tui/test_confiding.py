"""On the screens: what may tell who somebody is is pointed out before it is kept and before it leaves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from kmtui.model.assessment import Assessment
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.sessions import start_session
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.tui.driving import Hands
from tests.tui.test_session import begin, only_session

NHS = "943 476 5919"
MAIL = "amina@example.nhs.uk"


async def at_first_question(pilot: Pilot[str]) -> Hands:
    """Return hands at the first question that takes entries."""
    hands = Hands(pilot)
    await begin(hands)
    return hands


async def test_nothing_is_entered_until_it_is_decided_and_enter_keeps_it(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        text = f"Her number is {NHS}"
        await hands.say(text)
        await hands.press("enter")
        assert hands.pointed == (
            f'This looks like an NHS number: "{NHS}" (character 15). Enter keeps it, Ctrl+R replaces it, or change it.'
        )
        assert hands.field == text
        assert app.focused is app.screen.query_one("Asker #field")
        assert only_session(desk).entries == ()
        await hands.press("enter")
        assert hands.pointed == hands.field == ""
        assert [each.text for each in only_session(desk).entries] == [text]


async def test_each_is_decided_on_its_own(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.say(f"Mr Smith, {NHS}, {MAIL}")
        await hands.press("enter")
        assert '"Mr Smith" (character 1)' in hands.pointed
        await hands.press("enter")
        assert f'"{NHS}" (character 11)' in hands.pointed
        await hands.press("ctrl+r")
        assert hands.field == f"Mr Smith, [NHS number], {MAIL}"
        assert f'"{MAIL}" (character 25)' in hands.pointed
        assert only_session(desk).entries == ()
        await hands.press("ctrl+r")
        assert hands.pointed == hands.field == ""
        assert [each.text for each in only_session(desk).entries] == ["Mr Smith, [NHS number], [e-mail address]"]


async def test_what_was_kept_is_not_asked_twice_and_what_was_replaced_is(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.say("Mr Smith called")
        await hands.press("enter", "enter")
        await hands.say("Mr Smith called again")
        await hands.press("enter")
        assert [each.text for each in only_session(desk).entries] == ["Mr Smith called", "Mr Smith called again"]
        for _ in range(2):
            await hands.say(NHS)
            await hands.press("enter")
            assert NHS in hands.pointed
            await hands.press("ctrl+r")
        await hands.press("up", "f2")
        await hands.say(" and Mr Jones")
        await hands.press("enter")
        assert "Mr Jones" in hands.pointed


async def test_changed_words_are_looked_at_anew(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.say(f"Ring {NHS}")
        await hands.press("enter", "backspace")
        assert hands.pointed == ""
        await hands.press("9", "enter")
        assert NHS in hands.pointed
        await hands.press("enter")
        assert len(only_session(desk).entries) == 1
        await hands.say("Ring 943 476 591")
        await hands.press("enter")
        assert len(only_session(desk).entries) == 2


async def test_the_key_that_replaces_is_that_of_the_screen_otherwise(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        assert app.keys_of(app.screen)["more"][0] == "Ctrl+R"
        assert "replace" not in app.keys_of(app.screen)
        await hands.say(NHS)
        await hands.press("enter")
        keys = app.keys_of(app.screen)
        assert keys["replace"] == ("Ctrl+R", "Replace")
        assert "more" not in keys
        await hands.press("f1")
        assert any("Replace what is pointed out" in line for line in hands.screen_text())


async def test_another_key_for_it_can_be_set(desk: Desk, settings: Settings) -> None:
    app = KmtuiApp(lambda: desk, replace(settings, keys={"replace": "f10"}), Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.say(NHS)
        await hands.press("enter")
        assert "F10 replaces it" in hands.pointed
        await hands.press("f10")
        assert [each.text for each in only_session(desk).entries] == ["[NHS number]"]


async def test_next_points_it_out_too_and_the_second_time_keeps_it(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        step = only_session(desk).place
        await hands.say(f"{NHS} and {MAIL}")
        await hands.press("f8")
        assert NHS in hands.pointed
        await hands.press("f8")
        assert MAIL in hands.pointed
        assert only_session(desk).place == step
        assert only_session(desk).entries == ()
        await hands.press("f8")
        assert only_session(desk).place != step
        assert [each.text for each in only_session(desk).entries] == [f"{NHS} and {MAIL}"]


async def test_words_are_on_disk_while_it_asks_and_come_back(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.say(f"Ring {NHS}")
        await hands.press("enter")
        # What a kill at this moment leaves is what stands on disk now.
        session = only_session(desk)
        assert session.entries == ()
        assert list(session.drafts.values()) == [f"Ring {NHS}"]
        await hands.press("escape")
    session = only_session(desk)
    assert list(session.drafts.values()) == [f"Ring {NHS}"]
    again = KmtuiApp(lambda: desk, app.settings, app.start)
    async with again.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        assert isinstance(again.screen, SessionScreen)
        assert hands.field == f"Ring {NHS}"
        await hands.press("enter")
        assert NHS in hands.pointed


async def test_a_form_asks_at_the_field_in_which_it_stands(app: KmtuiApp, desk: Desk) -> None:
    opened = start_session(desk.tools, "after-action-review", title="x", team="y")
    opened.go("learn")
    opened.close()
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        await hands.say("Ask first")
        await hands.press("enter")
        await hands.say("Dr Jones was away")
        await hands.press("enter")
        assert "Dr Jones" in hands.pointed
        assert hands.field == "Dr Jones was away"
        await hands.press("ctrl+r")
        await hands.say("Do it")
        await hands.press("f7", "f7", "f8")
        (lesson,) = only_session(desk).lessons
        assert (lesson.cause, lesson.recommendation) == ("[name] was away", "Do it")


async def test_title_and_team_of_a_session(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "enter")
        await hands.say("Move of Mrs Patel")
        await hands.press("f8")
        assert "Mrs Patel" in hands.pointed
        assert desk.records() == []
        await hands.press("ctrl+r", "f8")
        assert only_session(desk).title == "Move of [name]"
        await hands.press("ctrl+t")
        await hands.say(f" {MAIL}")
        await hands.press("escape")
        assert MAIL in hands.pointed
        assert only_session(desk).title == "Move of [name]"
        await hands.press("escape")
        assert only_session(desk).title == f"Move of [name] {MAIL}"


async def test_parking(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.say(NHS)
        await hands.press("ctrl+k")
        assert NHS in hands.pointed
        assert only_session(desk).parked == ()
        await hands.press("ctrl+k")
        assert only_session(desk).parked == (NHS,)


def only_assessment(desk: Desk) -> Assessment:
    """Return the one assessment as it is on disk."""
    (line,) = desk.records()
    record = desk.read(line.id)
    assert isinstance(record, Assessment)
    return record


async def test_reasons_of_a_criterion(app: KmtuiApp, desk: Desk) -> None:
    opened = start_assessment(desk.tools, team="Ward 7")
    criterion = opened.record.matrix.criteria[0].id
    opened.go(criterion)
    opened.close()
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "5", "enter")
        await hands.say("Mr Smith says so")
        await hands.press("f8")
        assert "Mr Smith" in hands.pointed
        await hands.press("ctrl+r")
        assert only_assessment(desk).rating(criterion).rationale == "[name] says so"
        await hands.say(f"Ring {NHS}")
        await hands.press("down")
        assert NHS in hands.pointed
        assert only_assessment(desk).rating(criterion).example == ""
        await hands.press("down")
        assert only_assessment(desk).rating(criterion).example == f"Ring {NHS}"


async def test_lines_of_a_plan_and_what_came_of_an_action(app: KmtuiApp, desk: Desk) -> None:
    opened: OpenAssessment = start_assessment(desk.tools, team="Ward 7")
    Planning(desk.tools, opened).write_own("Ask around")
    opened.go(opened.record.matrix.criteria[0].id)
    opened.close()
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "ctrl+l")
        await hands.say("Ask Dr Jones")
        await hands.press("enter")
        assert "Dr Jones" in hands.pointed
        await hands.press("ctrl+r")
        assert [each.action for each in only_assessment(desk).actions] == ["Ask around", "Ask [name]"]
        await hands.press("f2", "enter")
        await hands.say("Mrs Patel")
        await hands.press("f8")
        assert "Mrs Patel" in hands.pointed
        await hands.press("f8")
        assert only_assessment(desk).actions[1].owner == "Mrs Patel"


@pytest.mark.parametrize("size", [(40, 14), (60, 18), (100, 30)])
async def test_all_of_it_is_seen_in_any_window(app: KmtuiApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        hands = await at_first_question(pilot)
        await hands.say(f"Her number is {NHS}")
        await hands.press("enter")
        shown = " ".join(" ".join(line.split()) for line in hands.screen_text())
        assert hands.pointed in " ".join(shown.split())


async def test_paths_and_words_to_search_with_are_not_looked_at(app: KmtuiApp, tmp_path: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.enter("one")
        await hands.press("ctrl+e")
        path = tmp_path / "Mr Smith.md"
        app.screen.query_one(Asker).field.fill(str(path))
        await hands.press("enter")
        assert path.exists(), (hands.told, hands.field)


async def test_a_text_of_50_000_characters_is_looked_at(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        text = "The list was long. " * 2600 + NHS
        await hands.say(text)
        await hands.press("enter")
        assert f"(character {len(text) - len(NHS) + 1})" in hands.pointed
        await hands.press("ctrl+r")
        assert only_session(desk).entries[0].text.endswith("long. [NHS number]")


async def test_lines_of_a_text_are_counted_and_replaced_in_place(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.say(f"one\ntwo {NHS} three\nfour")
        await hands.press("enter")
        assert "(line 2, character 5)" in hands.pointed
        await hands.press("ctrl+r")
        assert only_session(desk).entries[0].text == "one\ntwo [NHS number] three\nfour"


# Before exporting


async def exporting(hands: Hands, *entries: str) -> None:
    """Enter lines and go to the export."""
    await begin(hands)
    await hands.enter(*entries)
    await hands.press("ctrl+e")


def about(hands: Hands) -> str:
    """Return the words above the form."""
    return str(hands.app.screen.query_one("#about", Static).content)


async def test_where_nothing_is_found_the_export_is_as_before(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await exporting(hands, "one")
        assert not app.screen.query("#found.-some")
        assert "identify" not in about(hands)
        assert "replace-all" not in app.keys_of(app.screen)
        await hands.press("enter")
        assert "Written to" in hands.told


def written(desk: Desk) -> str:
    """Return the one file that was exported."""
    (file,) = desk.exports.iterdir()
    return file.read_text(encoding="utf-8").replace("\\", "")


async def test_all_is_kept_unless_somebody_replaces_it(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await exporting(hands, f"Mr Smith, {NHS}", MAIL)
        assert hands.rows == [
            '[kept] A name with a title "Mr Smith" in What was supposed to happen?, entry 1, character 1',
            f'[kept] An NHS number "{NHS}" in What was supposed to happen?, entry 1, character 11',
            f'[kept] An e-mail address "{MAIL}" in What was supposed to happen?, entry 2, character 1',
        ]
        assert "Three things look like what could identify somebody." in about(hands)
        await hands.press("enter")
        assert "Written to" in hands.told
        assert f"Mr Smith, {NHS}" in written(desk)
        assert MAIL in written(desk)


async def test_each_is_replaced_or_kept_and_the_file_follows(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await exporting(hands, f"Mr Smith, {NHS}", MAIL)
        await hands.press("down", "space", "down", "space", "down", "space", "space")
        assert [row.split("]")[0] for row in hands.rows] == ["[replaced", "[replaced", "[kept"]
        assert not list(desk.exports.glob("*"))
        await hands.press("escape")
        assert app.focused is app.screen.query_one("Asker #field")
        await hands.press("enter")
        assert "[name], [NHS number]" in written(desk)
        assert MAIL in written(desk)
    assert only_session(desk).entries[0].text == f"Mr Smith, {NHS}"


async def test_one_key_replaces_all_and_keeps_all(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await exporting(hands, f"Mr Smith, {NHS}", MAIL)
        await hands.press("f4")
        assert all(row.startswith("[replaced]") for row in hands.rows)
        await hands.press("f4")
        assert all(row.startswith("[kept]") for row in hands.rows)
        await hands.press("f4", "f8")
        text = written(desk)
    assert not any(word in text for word in (NHS, "amina", "Smith"))


async def test_enter_writes_the_file_also_from_the_list(app: KmtuiApp, desk: Desk) -> None:
    """A librarian pressed it there to write what she had just had replaced."""
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await exporting(hands, f"Mr Smith, {NHS}", MAIL)
        await hands.press("down", "f4", "enter")
        text = written(desk)
    assert not any(word in text for word in (NHS, "amina", "Smith"))


async def test_what_was_decided_outlasts_another_form_of_the_file(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await exporting(hands, f"Mr Smith, {NHS}")
        await hands.press("down", "space", "ctrl+r")
        assert [row.split("]")[0] for row in hands.rows] == ["[replaced", "[kept"]
        await hands.press("enter")
        text = written(desk)
    assert "[name]" in text
    assert NHS in text
    assert '"kind": "session"' in text


async def test_more_that_the_whole_record_holds_is_shown_before_it_is_written(app: KmtuiApp, desk: Desk) -> None:
    opened = start_assessment(desk.tools, team="Ward 7")
    criterion = opened.record.matrix.criteria[0].id
    opened.go(criterion)
    opened.rate(level=2, rationale=f"because of {NHS}")
    Planning(desk.tools, opened).write_own("Ask around")
    opened.close()
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "ctrl+l", "ctrl+e")
        assert not app.screen.query("#found.-some")
        path = desk.folder / "whole.json"
        app.screen.query_one(Asker).field.fill(str(path))
        await hands.press("enter")
        assert not path.exists()
        assert NHS in hands.rows[0]
        await hands.press("f4", "enter")
        assert NHS not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(40, 14), (60, 18), (100, 30)])
async def test_what_was_found_and_the_field_are_seen_in_any_window(app: KmtuiApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await exporting(hands, f"Mr Smith, {NHS}", MAIL)
        screen = "\n".join(hands.screen_text())
        assert "[kept]" in screen
        assert "Write it to" in screen


async def test_undo_brings_replaced_words_back_into_the_record_only(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = await at_first_question(pilot)
        await hands.say(NHS)
        await hands.press("enter", "ctrl+r", "ctrl+z")
        assert only_session(desk).entries == ()
        assert not isinstance(app.screen, ReportScreen)
