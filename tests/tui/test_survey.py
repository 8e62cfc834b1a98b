"""A survey as its facilitator sees it: counts while it is open, forms, files taken in, closing, and home."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from kmtui.model.assessment import Assessment
from kmtui.model.rating import Rating
from kmtui.model.survey import Response
from kmtui.text import clean
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.actions import ActionsScreen
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.compare import CompareScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.results import ResultsScreen
from kmtui.tui.screens.survey import (
    BeginSurveyScreen,
    CloseSurveyScreen,
    CodeScreen,
    SurveyScreen,
    answered_words,
    until_words,
    withheld,
)
from kmtui.tui.screens.taken import TakenScreen
from kmtui.tui.screens.taking_in import FilesScreen, ReadScreen, paths_in
from kmtui.tui.screens.texts import TextScreen
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk
from kmtui.workspace.sessions import start_session
from kmtui.workspace.settings import Settings
from kmtui.workspace.setups import keep_set_up, new_set_up
from kmtui.workspace.start import Start
from kmtui.workspace.surveys import close_survey, create_survey, status
from tests.hostile import HOSTILE
from tests.tui.driving import Hands
from tests.tui.test_hostile import STEERING
from tests.tui.test_session import REVIEW

TODAY = date(2026, 11, 22)


@pytest.fixture
def survey_id(desk: Desk) -> str:
    """A survey with a return date."""
    return create_survey(desk.tools, team="Ward 7", closes=desk.tools.today() + timedelta(days=9)).id


def answer(desk: Desk, survey_id: str, *levels: int, finished: bool = True, why: str = "", role: str = "") -> None:
    """Keep a response for each level, on the first criterion."""
    first = desk.tools.library.matrix().value.criteria[0]
    for level in levels:
        rating = Rating(criterion=first.id, level=level, rationale=why)
        desk.tools.store.add_response(
            Response(
                id=desk.tools.ids.wholly_random(), survey=survey_id, role=role, ratings=(rating,), finished=finished
            )
        )


async def show(hands: Hands, survey_id: str) -> None:
    """Open the survey."""
    await hands.settle()
    await hands.app.push_screen(SurveyScreen(survey_id))
    await hands.settle()


async def choose(hands: Hands, words: str) -> None:
    """Choose a line of the survey by its words."""
    await hands.press("home")
    rows = hands.app.screen.query_one(Rows)
    place = [words in row for row in hands.rows].index(True)
    while rows.highlighted is not None and rows.highlighted < place:
        await hands.press("down")
    await hands.press("enter")


def shown(hands: Hands) -> str:
    """The screen as one line."""
    return " ".join(" ".join(hands.screen_text()).split())


# What is told


def test_the_return_date_is_told_with_the_days() -> None:
    assert until_words(date(2026, 12, 1), TODAY) == "Return by 1 December 2026: 9 days left."
    assert until_words(date(2026, 11, 23), TODAY) == "Return by 23 November 2026: 1 day left."
    assert until_words(TODAY, TODAY) == "Return by 22 November 2026: today."
    assert until_words(date(2026, 11, 20), TODAY).startswith("The return date was 20 November 2026, 2 days ago.")
    assert until_words(None, TODAY) == "There is no return date."


def test_the_count_is_a_sentence() -> None:
    assert [answered_words(count) for count in range(3)] == [
        "Nobody has answered yet.",
        "1 person has answered.",
        "2 people have answered.",
    ]


@pytest.mark.parametrize(
    ("answered", "fewest", "told"),
    [(2, 5, "only their number"), (3, 5, "number and mean"), (4, 5, "number and mean"), (5, 8, "only their number")],
)
def test_closing_with_few_answers_says_what_is_not_shown(answered: int, fewest: int, told: str) -> None:
    assert told in withheld(answered, fewest)[0]
    assert withheld(fewest, fewest) == ()


async def test_while_open_only_the_count_and_the_date_are_shown(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    answer(desk, survey_id, 11, 9, why="the manager shouts", role="night porter")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        home = shown(hands)
        await hands.press("home", "enter")
        assert isinstance(app.screen, SurveyScreen)
        assert "2 people have answered." in shown(hands)
        assert "9 days left" in shown(hands)
        assert "Ward 7" in hands.heading
        await hands.press("f1")
        for screen in (home, shown(hands)):
            assert not any(secret in screen for secret in ("shouts", "porter", "11", "Mean"))


async def test_answers_that_were_begun_are_neither_listed_nor_counted(
    app: KmtuiApp, desk: Desk, survey_id: str
) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        before = hands.screen_text()
        answer(desk, survey_id, 5, finished=False, role="night porter")
        await hands.press("f1", "escape")
        assert hands.screen_text() == before
        await choose(hands, "Go on with answers")
        assert isinstance(app.screen, CodeScreen)
        assert "porter" not in shown(hands)
        await hands.enter("abcdef")
        assert isinstance(app.screen, CodeScreen)
        assert "have this code" in hands.told
        await hands.press("escape")
        assert app.unanswered == {}


# Beginning


async def test_a_survey_begins_from_assess_a_team(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("down", "enter")
        await hands.say("Ward 7")
        await hands.press("ctrl+r")
        await hands.enter("", "", "2 weeks")
        assert isinstance(app.screen, SurveyScreen)
        (line,) = desk.records()
        assert (line.team, line.way, line.collecting) == ("Ward 7", "survey", True)
        assert line.closes == desk.tools.today() + timedelta(days=14)
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("how", ["record", "survey"])
async def test_the_command_line_leads_to_a_survey(desk: Desk, settings: Settings, survey_id: str, how: str) -> None:
    start = Start(kind="record", record_id=survey_id) if how == "record" else Start(kind="survey", record_id=survey_id)
    app = KmtuiApp(lambda: desk, settings, start)
    async with app.run_test(size=(60, 18)) as pilot:
        await Hands(pilot).settle()
        assert isinstance(app.screen, SurveyScreen)


async def test_the_command_line_leads_to_a_new_survey_with_a_set_up(desk: Desk, settings: Settings) -> None:
    keep_set_up(desk.tools, "Ward 7", new_set_up(desk.tools, "Whole team"))
    app = KmtuiApp(lambda: desk, settings, Start(kind="survey", setup="Whole team", title="Spring"))
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert isinstance(app.screen, BeginSurveyScreen)
        await hands.press("enter")
        assert isinstance(app.screen, SurveyScreen)
    (line,) = desk.records()
    assert (line.team, line.title) == ("Ward 7", "Spring")


async def test_the_command_line_begins_an_assessment_with_a_set_up(desk: Desk, settings: Settings) -> None:
    keep_set_up(desk.tools, "Ward 7", new_set_up(desk.tools, "Whole team"))
    app = KmtuiApp(lambda: desk, settings, Start(kind="assessment", setup="whole team"))
    async with app.run_test(size=(60, 18)) as pilot:
        await Hands(pilot).settle()
        assert isinstance(app.screen, AssessmentScreen)
        assert app.screen.opened.record.setup == "Whole team"


async def test_what_is_no_survey_is_told(desk: Desk, settings: Settings) -> None:
    opened = start_session(desk.tools, REVIEW, title="Ward move")
    opened.close()
    for kind in ("survey", "plan"):
        app = KmtuiApp(lambda: desk, settings, Start(kind=kind, record_id=opened.record.id))
        async with app.run_test(size=(60, 18)) as pilot:
            hands = Hands(pilot)
            await hands.settle()
            assert isinstance(app.screen, HomeScreen)
            assert "Ward move" in hands.told


# Forms


@pytest.mark.parametrize(("line", "ending"), [(0, ".txt"), (1, ".md"), (2, ".csv"), (3, ".yaml")])
async def test_each_form_is_shown_and_written(
    app: KmtuiApp, desk: Desk, survey_id: str, line: int, ending: str
) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        await choose(hands, "Write the form")
        await hands.press(*["down"] * line, "enter")
        assert isinstance(app.screen, TextScreen)
        await hands.press("ctrl+e", "enter")
        assert "Written to" in hands.told
    (written,) = (desk.folder / "exports").iterdir()
    assert written.suffix == ending
    first = desk.tools.library.matrix().value.criteria[0]
    text = written.read_text(encoding="utf-8")
    assert first.name in text or first.id in text


# Files

TABLE = """Timestamp,Your role,{first},Why?,{second_near},Shoe size
2026/11/20 10:00,porter,7,because so,5,43
2026/11/20 10:05,sister,6,,4,38
2026/11/20 10:06,,ninety,,4,40
"""


def a_table(desk: Desk, tmp_path: Path) -> Path:
    """Write a table in which one column is named by its criterion and another is not."""
    first, second = desk.tools.library.matrix().value.criteria[:2]
    path = tmp_path / "answers of Ward 7.csv"
    path.write_text(TABLE.format(first=first.name, second_near="Column X"), encoding="utf-8")
    assert second.name
    return path


async def test_a_table_is_read_mapped_taken_in_and_what_is_refused_is_written(
    app: KmtuiApp, desk: Desk, survey_id: str, tmp_path: Path
) -> None:
    first, second = desk.tools.library.matrix().value.criteria[:2]
    path = a_table(desk, tmp_path)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        await choose(hands, "Take in answers")
        assert isinstance(app.screen, FilesScreen)
        await hands.enter(str(path))
        assert isinstance(app.screen, ReadScreen)
        assert "2 answers can be taken in" in shown(hands)
        assert any(f"level: {first.name}" in row for row in hands.rows)
        assert any("Column X  not used" in row for row in hands.rows)
        assert status(desk.tools, survey_id).answered == 0

        await hands.press("enter")  # Column X is chosen: the first that is not used
        assert hands.heading == "Column X"
        await hands.press("down", "down", "down", "enter")
        assert any(f"Column X  level: {second.name}" in row for row in hands.rows)
        assert "3 answers can be taken in" in shown(hands)
        await hands.press("ctrl+z")
        assert any("Column X  not used" in row for row in hands.rows)
        await hands.press("enter", "down", "down", "down", "enter", "f8")

        assert isinstance(app.screen, TakenScreen)
        assert status(desk.tools, survey_id).answered == 3
        levels = {
            tuple(response.rating(each.id).level for each in (first, second))
            for response in desk.tools.store.responses(survey_id)
        }
        assert levels == {(7, 5), (6, 4), (None, 4)}
        assert any("row 4" in row and "ninety" in row for row in hands.rows)
        assert any("Shoe size" in row for row in hands.rows)
        assert "Nothing else is lost" not in hands.told
        await hands.press("ctrl+e", "enter")
        assert "Written to" in hands.told
        await hands.press("escape")
        assert isinstance(app.screen, SurveyScreen)
        assert "3 people have answered." in shown(hands)
    (written,) = (desk.folder / "exports").iterdir()
    assert "answers of Ward 7.csv, row 4" in written.read_text(encoding="utf-8")


async def test_a_suggestion_is_accepted_with_enter(app: KmtuiApp, desk: Desk, survey_id: str, tmp_path: Path) -> None:
    first, second = desk.tools.library.matrix().value.criteria[:2]
    path = tmp_path / "answers.csv"
    near = " ".join(["please rate", *second.name.lower().split(), "this year"])
    path.write_text(f"{first.name},{near}\n7,5\n", encoding="utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(ReadScreen(survey_id, [path]))
        await hands.settle()
        if any(f"level: {second.name}" in row for row in hands.rows):
            pytest.fail("choose a name that is only near")
        assert any(f"{second.name}?" in row for row in hands.rows)
        await hands.press("enter")
        assert any(f"level: {second.name}" in row for row in hands.rows)
        await hands.press("f8")
        (response,) = desk.tools.store.responses(survey_id)
        assert [rating.level for rating in response.ratings] == [7, 5]


async def test_the_same_file_twice_is_refused_row_by_row(
    app: KmtuiApp, desk: Desk, survey_id: str, tmp_path: Path
) -> None:
    path = a_table(desk, tmp_path)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        for expected in (2, 0):
            await show(hands, survey_id)
            await app.push_screen(ReadScreen(survey_id, [path]))
            await hands.settle()
            await hands.press("f8")
            assert hands.app.screen.query_one("#aside").content == f"{expected} kept"  # type: ignore[attr-defined]
        assert sum("here already" in row for row in hands.rows) == 2


async def test_a_file_that_is_not_there_or_not_read_is_told_and_the_others_are_taken(
    app: KmtuiApp, desk: Desk, survey_id: str, tmp_path: Path
) -> None:
    path = a_table(desk, tmp_path)
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\x00" * 50)
    async with app.run_test(size=(40, 14)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        await app.push_screen(FilesScreen(survey_id))
        await hands.settle()
        await hands.enter(f"{path}; {tmp_path / 'nothing.csv'}")
        assert "There is no file" in hands.told
        assert "nothing.csv" in hands.field
        await hands.press("ctrl+a")
        app.screen.query_one("#field").load_text("")  # type: ignore[attr-defined]
        await hands.enter(f"{path}; {broken}")
        assert isinstance(app.screen, ReadScreen)
        await hands.press("f8")
        assert status(desk.tools, survey_id).answered == 2
        assert any("broken.csv" in row for row in hands.rows)


async def test_a_table_without_a_known_column_is_mapped_and_the_mapping_outlives_esc(
    app: KmtuiApp, desk: Desk, survey_id: str, tmp_path: Path
) -> None:
    first = desk.tools.library.matrix().value.criteria[0]
    path = tmp_path / "unknown.csv"
    path.write_text("Xa,Xb\n7,porter\n5,sister\n", encoding="utf-8")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        await choose(hands, "Take in answers")
        await hands.enter(str(path))
        assert isinstance(app.screen, ReadScreen)
        assert [row.strip() for row in hands.rows[1:]] == ["Xa  not used", "Xb  not used"]
        assert "--map" not in shown(hands)
        await hands.press("down", "enter", "down", "enter")
        assert any("Xb  role" in row for row in hands.rows)
        await hands.press("home", "enter", "down", "down", "enter")
        assert any(f"Xa  level: {first.name}" in row for row in hands.rows)
        await hands.press("escape")
        assert isinstance(app.screen, FilesScreen)
        assert hands.field == str(path)
        await hands.press("enter")
        assert any(f"Xa  level: {first.name}" in row for row in hands.rows)
        await hands.press("f8")
        assert isinstance(app.screen, TakenScreen)
        assert "Everything was read" in hands.told
        await hands.press("escape")
        assert isinstance(app.screen, SurveyScreen)
    found = {(each.role, each.rating(first.id).level) for each in desk.tools.store.responses(survey_id)}
    assert found == {("porter", 7), ("sister", 5)}


def test_paths_are_taken_as_they_are_typed_pasted_and_dropped(tmp_path: Path) -> None:
    spaced = tmp_path / "my answers.csv"
    other = tmp_path / "b;c.csv"
    for path in (spaced, other):
        path.write_text("x")
    escaped = str(spaced).replace(" ", "\\ ")
    for typed in (f"{spaced}", f"'{spaced}'", f'"{spaced}"', escaped, f" file://{spaced} "):
        assert paths_in(typed) == [spaced], typed
    assert paths_in(str(other)) == [other]
    assert paths_in(f"{spaced}\n{spaced};/nowhere") == [spaced, Path("/nowhere")]
    assert paths_in("  ;\n") == []


# Closing


async def test_closing_takes_the_word_and_leads_to_the_results(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    answer(desk, survey_id, 2, 2, 11)
    answer(desk, survey_id, 6, finished=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        await choose(hands, "Close the survey")
        assert isinstance(app.screen, CloseSurveyScreen)
        for words in ("3 people have answered.", "Below 5 answers", "1 begun here", "what one person answered"):
            assert words in shown(hands)
        await hands.press("f8", "enter")
        await hands.enter("yes")
        assert isinstance(app.screen, CloseSurveyScreen)
        assert not status(desk.tools, survey_id).closed
        app.screen.query_one("#field").load_text("")  # type: ignore[attr-defined]
        await hands.enter("Close")
        assert status(desk.tools, survey_id).closed
        record = desk.read(survey_id)
        assert isinstance(record, Assessment)
        assert record.survey is not None
        assert record.survey.answered == 3
        assert isinstance(app.screen, ResultsScreen)
        await hands.press("escape")
        assert isinstance(app.screen, AssessmentScreen)
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert not any("return by" in row for row in hands.rows)


async def test_esc_leaves_the_survey_open_and_forgets_the_word(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        await choose(hands, "Close the survey")
        await hands.say("close")
        await hands.press("escape")
        assert isinstance(app.screen, SurveyScreen)
        await choose(hands, "Close the survey")
        assert hands.field == ""
    assert not status(desk.tools, survey_id).closed


async def test_a_survey_closed_in_another_window_takes_nothing_more(
    app: KmtuiApp, desk: Desk, survey_id: str, tmp_path: Path
) -> None:
    path = a_table(desk, tmp_path)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        close_survey(desk.tools, survey_id)
        for line in ("Next person", "Write the form"):
            await choose(hands, line)
            if not isinstance(app.screen, SurveyScreen):
                await hands.press("enter")
            assert "is closed" in hands.told
        await choose(hands, "Take in answers")
        await hands.enter(str(path))
        await hands.press("f8")
        assert desk.tools.store.responses(survey_id) == []


# Home


async def test_home_shows_what_is_due_and_leads_to_comparing(app: KmtuiApp, desk: Desk) -> None:
    opened = start_session(desk.tools, REVIEW, title="Ward move", team="Ward 7")
    opened.go("act")
    today = desk.tools.today()
    for number in range(5):
        opened.put_action(f"Late {number}", owner="Sister", due=today - timedelta(days=9 - number))
    opened.put_action("Much later", owner="Sister", due=today + timedelta(days=40))
    opened.finish()
    opened.close()
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        due = hands.rows[hands.rows.index("Due") + 1 : hands.rows.index("Look back")]
        assert [row.split("  ")[1] for row in due] == ["Late 0", "Late 1", "Late 2"]
        assert all("overdue" in row and "Sister" in row for row in due)
        assert not any("Compare" in row for row in hands.rows)
        create_survey(desk.tools, team="Ward 7")
        await hands.press("f1", "escape")
        assert any("Compare teams and years" in row for row in hands.rows)
        assert "Ward 7 · survey" in hands.rows[1]
        await choose(hands, "Late 0")
        assert isinstance(app.screen, ActionsScreen)
        await hands.press("escape")
        await choose(hands, "Compare teams")
        assert isinstance(app.screen, CompareScreen)


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 26))
async def test_hostile_words_do_nothing(app: KmtuiApp, desk: Desk, survey_id: str, tmp_path: Path, start: int) -> None:
    texts = HOSTILE[start : start + 26]
    for text in texts[:6]:
        create_survey(desk.tools, team=f"T {text}", title=text, on_behalf_of=text)
        answer(desk, survey_id, 3, finished=False, role=clean(text), why=clean(text))
    first = desk.tools.library.matrix().value.criteria[0]
    path = tmp_path / "hostile.csv"

    def cell(text: str) -> str:
        doubled = text.replace('"', '""')
        return f'"{doubled}"'

    header = ",".join([first.name, *(cell(text) for text in texts)])
    rows = [",".join([cell(text), *(cell(other) for other in texts)]) for text in texts]
    path.write_text("\n".join([header, *rows]), encoding="utf-8", errors="replace", newline="\n")
    async with app.run_test(size=(40, 14)) as pilot:
        hands = Hands(pilot)
        await show(hands, survey_id)
        for keys in (["f1"], ["escape", "down", "enter"], ["escape", "escape"]):
            await hands.press(*keys)
            assert not any(STEERING.search(line) for line in hands.screen_text())
        for line in desk.records():
            await show(hands, line.id)
            assert not any(STEERING.search(line) for line in hands.screen_text())
        await app.push_screen(ReadScreen(survey_id, [path]))
        await hands.settle()
        for keys in (["end"], ["home", "enter"], ["escape", "f8"], ["end"], ["f1"]):
            await hands.press(*keys)
            assert not any(STEERING.search(line) for line in hands.screen_text())
