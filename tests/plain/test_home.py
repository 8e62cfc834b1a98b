"""The menu of plain mode: what it offers, and that nothing is lost on the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kmtui.model.errors import NotFound
from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.start import Start
from tests.plain.talker import AAR, Talker, numbered

HOME = Start()


@pytest.fixture
def past(talker: Talker) -> Talker:
    """Return a conversation whose workspace has one finished session with two actions."""
    talker.type("\n" * 5 + "Call the lift firm\nsister\n1/1/2026\nBuy a lamp\n\n\n\nno\n")
    return talker


def test_the_end_of_the_input_at_the_menu_is_a_normal_end(talker: Talker) -> None:
    talker.type("", HOME)
    assert talker.code == 0
    assert not talker.desk.folder.exists()


def test_quit_at_the_menu_ends(talker: Talker) -> None:
    talker.type("quit\n1\n", HOME)
    assert talker.code == 0
    assert talker.desk.empty


def test_the_short_review_is_one_number_away_and_its_end_leads_home(talker: Talker) -> None:
    out = talker.type("1\nWard move\n\n\n" + "\n" * 6 + "no\n", HOME)
    assert "1. After Action Review, in 15 minutes" in out
    assert talker.session.finished
    assert out.count("\nHome\n") == 2
    assert talker.code == 0


def test_input_that_ends_in_a_session_begun_at_the_menu_exits_with_3(talker: Talker) -> None:
    talker.type("1\nWard move\n", HOME)
    assert talker.code == 3
    assert talker.session.title == "Ward move"


def test_what_is_open_comes_first(talker: Talker) -> None:
    talker.type("\nMoved by noon\nquit\n")
    out = talker.type("1\nBeds first\n", HOME)
    assert "1. Go on with: Ward move" in out
    assert talker.entries() == ["Moved by noon", "Beds first"]
    assert "Step 2 of 6" in out


def test_another_of_the_open_ones_can_be_chosen(talker: Talker) -> None:
    talker.type("\nOne\nquit\n")
    talker.type(
        "\nTwo\nquit\n", Start(kind="session", technique="after-action-review", title="B", team="C", people="d")
    )
    out = talker.type("2\n1\nquit\n", HOME)
    assert "2. Go on with another (1)" in out
    assert talker.code == 0


def test_a_technique_is_run_from_its_card_in_a_chosen_form(talker: Talker) -> None:
    listed = talker.type("2\nbefore action\n", HOME)
    out = talker.type(f"2\nbefore action\n{numbered(listed, 'Before Action Review')}\n2\nBefore\n\n\n", HOME)
    assert "When not\n" in out
    assert talker.session.technique.steps[0].minutes == 2
    assert talker.session.technique.id == "before-action-review"


def test_a_team_is_assessed_from_the_menu(talker: Talker) -> None:
    out = talker.type("", HOME)
    talker.type(f"{numbered(out, 'Assess a team')}\nWard 7\n", HOME)
    assert talker.assessment.team == "Ward 7"


def test_a_past_session_is_shown_exported_and_deleted_with_undo(past: Talker) -> None:
    menu = numbered(past.type("", HOME), "Past sessions")
    assert "| Buy a lamp |" in past.type(f"{menu}\n1\n1\n", HOME)
    past.type(f"{menu}\n1\n2\n", HOME)
    assert len(list(past.desk.exports.iterdir())) == 1
    out = past.type(f"{menu}\n1\n4\nundo\n{menu}\n1\n4\n", HOME)
    assert "Back again: Ward move" in out
    assert past.desk.empty


def test_deleting_says_where_reports_stay(past: Talker) -> None:
    menu = past.menu("Past sessions")
    assert "Reports that were written" not in past.type(f"{menu}\n1\n4\nundo\n", HOME)
    past.type(f"{menu}\n1\n2\n", HOME)
    out = past.type(f"{menu}\n1\n4\n", HOME)
    assert f"Reports that were written to exports are not deleted: {past.desk.exports}\n" in out


def test_a_past_session_is_found_by_its_words(past: Talker) -> None:
    menu = numbered(past.type("", HOME), "Past sessions")
    assert "Nothing found." in past.type(f"{menu}\ngarden\n", HOME)
    assert "1 found." in past.type(f"{menu}\nward 7\n1\n\n", HOME)


def test_a_long_list_is_read_page_by_page(talker: Talker) -> None:
    for _ in range(22):
        talker.type("\n" * 6 + "no\n")
    menu = numbered(talker.type("", HOME), "Past sessions")
    out = talker.type(f"{menu}\nmore\n", HOME)
    assert "2 more: type more." in out
    assert "\n22. " in out


def test_open_actions_come_overdue_first_and_can_be_done_and_undone(past: Talker) -> None:
    menu = numbered(past.type("", HOME), "Open actions")
    out = past.type(f"{menu}\n1\n1\n", HOME)
    assert "Open actions (2, 1 overdue)" in out
    assert "1. Overdue: Call the lift firm" in out
    assert {line.action: line.state for line in past.desk.actions()} == {
        "Call the lift firm": "done",
        "Buy a lamp": "open",
    }
    past.type(f"{menu}\n1\n2\nundo\n", HOME)
    assert {line.state for line in past.desk.actions() if line.action == "Buy a lamp"} == {"open"}


def test_an_action_gets_a_note_an_owner_and_a_day(past: Talker) -> None:
    menu = numbered(past.type("", HOME), "Open actions")
    past.type(f"{menu}\n2\n3\nordered\n2\n4\nporter\n2\n5\nfriday\nundo\n", HOME)
    line = next(line for line in past.desk.actions() if line.action == "Buy a lamp")
    assert (line.note, line.owner, line.due) == ("ordered", "porter", None)
    with pytest.raises(WrongAnswer, match=r"^actions\.due: "):
        past.type(f"{menu}\n2\n5\nsoonish\n", HOME)
    assert line.due != date(2026, 11, 27)


@pytest.mark.parametrize("typed", ["99\n", "words\n", "edit 3\n"])
def test_a_wrong_choice_from_a_pipe_names_the_menu(talker: Talker, typed: str) -> None:
    with pytest.raises(WrongAnswer, match=r"^home: "):
        talker.type(typed, HOME)


def test_a_wrong_choice_at_the_keyboard_is_asked_again(talker: Talker) -> None:
    out = talker.type("\n99\nquit\n", HOME, terminal=True)
    assert "Error: " in out
    assert talker.code == 0


def test_the_first_start_says_where_files_lie_and_asks_for_the_face(talker: Talker) -> None:
    out = talker.type("yes\n", HOME, terminal=True)
    assert str(talker.desk.folder) in out
    assert "plain = true" in talker.settings.file.read_text(encoding="utf-8")


def test_the_first_start_asks_nothing_of_a_pipe_nor_of_a_command_that_names_its_work(talker: Talker) -> None:
    assert "stays on this machine" in talker.type("1\n", HOME)
    assert "stays on this machine" not in talker.type("\n", AAR, terminal=True)
    assert not talker.settings.file.exists()


def test_a_damaged_file_is_told_with_what_to_do(past: Talker) -> None:
    (file,) = (past.desk.folder / "sessions").rglob("*.json")
    file.write_bytes(b"")
    out = past.type("", HOME)
    assert f"kmtui recover {file.stem.rpartition('_')[2]}" in out
    assert "Error: " in out


def test_an_error_at_the_keyboard_leads_back_to_the_menu(talker: Talker, monkeypatch: pytest.MonkeyPatch) -> None:
    talker.type("\n" * 6 + "no\n")

    def gone(record_id: str) -> None:
        raise NotFound("It is not there any more.")

    monkeypatch.setattr(talker.desk, "read", gone)
    menu = talker.menu("Past sessions")
    out = talker.type(f"\n{menu}\n1\n1\nquit\n", HOME, terminal=True)
    assert "Error: It is not there any more." in out
    assert talker.code == 0


def test_the_export_folder_is_made_when_it_is_needed(past: Talker, tmp_path: Path) -> None:
    assert not past.desk.exports.exists()
    past.type("\n" * 6 + "\n")
    assert past.desk.exports.is_dir()
