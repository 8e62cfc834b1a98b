"""The specialist's own numbers in plain mode: time and team asked for, read aloud, written to a file."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.flow.typed import parse_people
from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.filling import fill
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.plain.talker import AAR, Talker, numbered
from tests.plain.test_hostile import TYPED, only_text


def held(talker: Talker, team: str, day: date, people: str = "sister, 3 porters") -> None:
    """Hold a review."""
    said = (LessonAnswer(lesson=f"Tell {team or 'everybody'}"),)
    answers = SessionAnswers(
        technique=AAR.technique,
        team=team,
        date=day,
        people=parse_people(people),
        lessons={"learn": said},
        title="Ward move",
    )
    fill(talker.desk.tools, answers)


@pytest.fixture
def worked(talker: Talker) -> Talker:
    """Return a conversation whose workspace has reviews of two teams, and one of last year."""
    talker.settings = Settings(file=talker.settings.file, found=True)
    held(talker, "Ward 7", date(2026, 5, 12))
    held(talker, "Theatres", date(2026, 11, 2), "9 nurses")
    held(talker, "Ward 7", date(2025, 5, 12))
    return talker


def typed(talker: Talker, *lines: str, terminal: bool = False) -> str:
    """Type lines at the numbers, and return what was said from there on."""
    menu = talker.menu("Numbers: what came of our work")
    out = talker.type("\n".join((menu, *lines, "")), Start(), terminal=terminal)
    return out[out.index("Which time") :]


def test_enter_twice_reads_this_financial_year_of_all_teams(worked: Talker) -> None:
    out = typed(worked, "", "")
    assert "Between 1 April and 20 November 2026: two sessions with 13 people" in out
    assert "Two lessons were captured." in out
    assert worked.code == 0


def test_a_time_and_a_team_are_asked_for(worked: Talker) -> None:
    assert "Between 1 January and 31 December 2025, Ward 7: one session with four people" in typed(
        worked, "last year", "ward 7"
    )
    assert "Between 1 October and 20 November 2026: one session with nine people" in typed(worked, "2026-Q4", "")


def test_help_says_what_a_time_looks_like_and_back_goes_back(worked: Talker) -> None:
    out = typed(worked, "?", "back")
    assert "Write it as 2026, 2026-Q1, 2025/26" in out
    assert "\nHome\n" in out
    out = typed(worked, "", "back")
    assert "Between" not in out
    assert "\nHome\n" in out


def test_what_cannot_be_is_asked_again_at_a_terminal_and_stops_a_pipe(worked: Talker) -> None:
    out = typed(worked, "soon", "list", "2026", "Ward 70", "Ward 7", terminal=True)
    assert 'Error: "soon" is not a period.' in out
    assert 'Error: "list" does nothing here.' in out
    assert 'Error: Nothing here is of the team "Ward 70".' in out
    assert "Between 1 January and 20 November 2026, Ward 7: one session" in out
    for lines in (("soon",), ("", "Ward 70"), ("", "", "9")):
        with pytest.raises(WrongAnswer, match=r"^numbers"):
            typed(worked, *lines)


def test_teams_and_what_is_counted_are_read_out_and_another_time_is_asked_for(worked: Talker) -> None:
    menu = typed(worked, "", "")
    teams, counted, again = (numbered(menu, words) for words in ("Team by team", "What is counted", "Another time"))
    out = typed(worked, "", "", teams, counted, again, "2025", "", "")
    assert "\nTheatres: one session, nine people and one lesson captured.\n" in out
    assert "\nWard 7: one session, four people and one lesson captured.\n" in out
    assert "The same person in two sessions counts twice." in out
    rest = out[out.rindex("Which time") :]
    assert "Between 1 January and 31 December 2025: one session" in rest
    assert "Team by team" not in rest  # there is one team
    assert "\nHome\n" in rest


def test_they_are_written_to_a_file_named_after_time_and_team(worked: Talker) -> None:
    write = numbered(typed(worked, "", "Ward 7"), "Write them")
    out = typed(worked, "", "Ward 7", write, write)
    names = ["2026-04-01_2026-11-20_ward-7_numbers-2.md", "2026-04-01_2026-11-20_ward-7_numbers.md"]
    assert sorted(path.name for path in worked.desk.exports.iterdir()) == names
    assert f"Written: {worked.desk.exports / names[1]}" in out
    report = (worked.desk.exports / names[1]).read_text("utf-8")
    assert "# Ward 7: What was done, 1 April to 20 November 2026" in report


def test_what_may_tell_who_somebody_is_is_replaced_in_the_file(worked: Talker) -> None:
    held(worked, "Ring 07700 900123", date(2026, 6, 1))
    write = numbered(typed(worked, "", ""), "Write them")
    typed(worked, "", "", write, "replace all", terminal=True)
    (file,) = worked.desk.exports.iterdir()
    assert "900123" not in file.read_text("utf-8")
    assert "| Ring [telephone number] |" in file.read_text("utf-8")


def test_an_empty_workspace_says_that_nothing_was_done(talker: Talker) -> None:
    assert "no session and no assessment was finished" in typed(talker, "", "")
    assert not talker.desk.folder.exists()


def test_hostile_names_are_only_text(worked: Talker) -> None:
    for text in TYPED:
        held(worked, text.encode("utf-8", "ignore").decode(), date(2026, 6, 1))
    menu = typed(worked, "", "")
    out = typed(worked, "", "", numbered(menu, "Team by team"), numbered(menu, "Write them"), "", terminal=True)
    assert only_text(out)
    (file,) = worked.desk.exports.iterdir()
    assert only_text(file.read_text("utf-8"))
    for text in TYPED[:30]:
        assert only_text(typed(worked, f"\\{text}", f"\\{text}", terminal=True))
