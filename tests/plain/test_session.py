"""A session in plain mode, from the first line to the report."""

from __future__ import annotations

import errno
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kmtui.model.errors import StoreError
from kmtui.model.session import Person, Session
from kmtui.plain.prompts import WrongAnswer
from kmtui.plain.talk import Unsaved
from kmtui.store.protocol import Handle
from kmtui.workspace.start import Start
from tests.hostile import HOSTILE
from tests.plain.talker import AAR, TO_EXPECTED, Talker, saved

WHOLE = """
All patients moved by noon
Beds made up first

The list was late
Two beds went to the wrong bay
The porters stayed on

2: The list was only at the nurses' station
Nobody was told

Tell the porters the evening before
The list was late
Send the list by six
Bed manager

Send the bed list the evening before
Bed manager
1 Dec


"""


def test_a_whole_review_is_kept_and_its_report_written(talker: Talker) -> None:
    out = talker.type(WHOLE)
    session = talker.session
    assert talker.code == 0
    assert talker.errors == ""
    assert session.finished
    assert talker.entries("expected") == ["All patients moved by noon", "Beds made up first"]
    why = session.entries_of("why")
    assert [entry.text for entry in why] == ["The list was only at the nurses' station", "Nobody was told"]
    assert [entry.answers for entry in why] == [session.entries_of("actual")[1].id, None]
    (lesson,) = session.lessons
    assert (lesson.lesson, lesson.cause) == ("Tell the porters the evening before", "The list was late")
    assert (lesson.recommendation, lesson.owner) == ("Send the list by six", "Bed manager")
    (action,) = session.actions
    assert (action.owner, action.due) == ("Bed manager", date(2026, 12, 1))
    assert len(saved(out)) == 7 + 1 + 1
    (report,) = talker.desk.exports.iterdir()
    assert f"Written: {report}" in out
    assert "Send the bed list" in report.read_text(encoding="utf-8")


def test_the_first_line_says_how_to_get_help(talker: Talker) -> None:
    assert "? and Enter gives help" in talker.type("").splitlines()[0]


def test_two_empty_lines_lead_to_the_first_question(talker: Talker) -> None:
    start = Start(kind="session", technique="after-action-review", title="Ward move", team="Ward 7")
    out = talker.type("\n\nMoved by noon\n", start)
    assert talker.entries() == ["Moved by noon"]
    assert out.index("Who takes part") < out.index("Enter goes on") < out.index("Answer 1")


def test_without_title_and_team_they_are_asked_for(talker: Talker) -> None:
    talker.type("Ward move\nWard 7\nward sister, 4 porters\n", Start(kind="session", technique="after-action-review"))
    session = talker.session
    assert (session.title, session.team) == ("Ward move", "Ward 7")
    assert session.people == (Person(role="ward sister"), Person(role="porters", count=4))


def test_input_that_ends_at_the_title_begins_nothing(talker: Talker) -> None:
    talker.type("", Start(kind="session", technique="after-action-review"))
    assert talker.code == 3
    assert talker.desk.empty


def test_the_end_of_the_input_keeps_everything_and_says_how_to_go_on(talker: Talker) -> None:
    out = talker.type(f"{TO_EXPECTED}Moved by noon\n")
    assert talker.code == 3
    assert talker.entries() == ["Moved by noon"]
    assert not talker.session.finished
    assert f"kmtui resume {talker.session.id}" in out


def test_an_open_session_goes_on_where_it_was(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}Moved by noon\nquit\n")
    assert talker.code == 0
    out = talker.type("Beds first\n", Start(kind="record", record_id=talker.session.id))
    assert "Step 2 of 6" in out
    assert "1. Moved by noon" in out
    assert talker.entries() == ["Moved by noon", "Beds first"]


def test_the_input_may_end_once_the_session_is_finished(talker: Talker) -> None:
    talker.type("\n" * 6)
    assert talker.code == 0
    assert talker.session.finished
    assert not talker.desk.exports.exists()


def test_back_from_the_end_opens_the_session_again(talker: Talker) -> None:
    talker.type("\n" * 6 + "back\nDo it\n\n\nquit\n")
    assert [action.action for action in talker.session.actions] == ["Do it"]
    assert not talker.session.finished


def test_a_report_asked_for_in_the_command_is_written_without_a_question(talker: Talker, tmp_path: Path) -> None:
    talker.type("\n" * 6, export_to=tmp_path / "mine.md")
    assert (tmp_path / "mine.md").exists()
    assert talker.code == 0


def test_edit_remove_move_undo_and_redo(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}one\ntwo\nthree\nedit 1\nONE\nmove 3 1\nremove 3\nundo\nredo\n")
    assert talker.entries() == ["three", "ONE"]


def test_edit_keeps_the_words_for_an_empty_line_and_shows_them(talker: Talker) -> None:
    out = talker.type(f"{TO_EXPECTED}one\nedit 1\n\n")
    assert "Now: one" in out
    assert talker.entries() == ["one"]


def test_undo_in_a_later_step_leads_back_to_the_step_that_it_changes(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}one\n\nundo\nother\n")
    assert talker.entries() == ["other"]
    assert talker.entries("actual") == []


def test_undo_says_when_there_is_nothing(talker: Talker) -> None:
    assert "There is nothing to undo." in talker.type("undo\n")


def test_list_shows_this_step_and_list_all_the_session(talker: Talker) -> None:
    out = talker.type("go actual\nlate\n\n1: why not\nlist\npark The lift\nlist all\n")
    assert "1. why not (answers 1)" in out
    assert "What actually happened?\n1. late" in out
    assert "Parked\n1. The lift" in out


def test_parked_matters_are_kept_and_taken_off(talker: Talker) -> None:
    out = talker.type("park The lift\npark The lights\nunpark 1\nparked\n")
    assert talker.session.parked == ("The lights",)
    assert out.rindex("1. The lights") > out.rindex("Saved")


def test_notes_come_only_when_asked_for(talker: Talker) -> None:
    tip = "Ask the scribe to write roles rather than names"
    assert tip not in talker.type("")
    assert tip in talker.type("notes\n")


def test_more_asks_for_the_rest_of_a_lesson_and_of_an_action(talker: Talker) -> None:
    talker.type(
        "go learn\nTell them\n\n\n\nmore\nAt night\nmoves, beds\nkeep\n\n"
        "Do it\n\n\nmore 1\nno bed moves twice\nfriday\n"
    )
    (lesson,), (action,) = talker.session.lessons, talker.session.actions
    assert (lesson.context, lesson.tags, lesson.keep_or_change) == ("At night", ("moves", "beds"), "keep")
    assert (action.done_when, action.review) == ("no bed moves twice", date(2026, 11, 27))


def test_a_lesson_is_edited_field_by_field(talker: Talker) -> None:
    talker.type("go learn\nTell them\ncause\nrec\nowner\nedit 1\nTell all\n-\n\nsister\n")
    (lesson,) = talker.session.lessons
    assert (lesson.lesson, lesson.cause, lesson.recommendation, lesson.owner) == ("Tell all", "", "rec", "sister")


def test_back_in_a_form_asks_the_field_before_again(talker: Talker) -> None:
    talker.type("go learn\nTell them\nwrong\nback\nright\n\n\n")
    assert talker.session.lessons[0].cause == "right"


@pytest.mark.parametrize("how", ["end", "quit\n"])
def test_a_half_typed_lesson_is_kept(talker: Talker, how: str) -> None:
    talker.type("go learn\nTell them\nbecause\n" + how.removeprefix("end"))
    (lesson,) = talker.session.lessons
    assert (lesson.lesson, lesson.cause) == ("Tell them", "because")


def test_a_wrong_date_from_a_pipe_names_the_question_and_keeps_the_rest(talker: Talker) -> None:
    with pytest.raises(WrongAnswer, match=r"^act\.due: .*is not a date"):
        talker.type("go act\nDo it\nsister\nsoonish\n")
    (action,) = talker.session.actions
    assert (action.action, action.owner, action.due) == ("Do it", "sister", None)


def test_a_wrong_date_at_the_keyboard_is_asked_again(talker: Talker) -> None:
    out = talker.type("go act\nDo it\nsister\nsoonish\ntomorrow\n", terminal=True)
    assert "\nError: " in out.replace("By when: Error", "By when: \nError")
    assert talker.session.actions[0].due == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "question"),
    [("words\n", "welcome"), ("back\n", "welcome"), (f"{TO_EXPECTED}edit 1\n", "expected"), ("results\n", "welcome")],
)
def test_a_wrong_answer_from_a_pipe_names_its_question(talker: Talker, typed: str, question: str) -> None:
    with pytest.raises(WrongAnswer, match=f"^{question}: "):
        talker.type(typed)


def test_an_answer_to_a_line_that_is_not_there_is_wrong(talker: Talker) -> None:
    with pytest.raises(WrongAnswer, match=r"^why: There is no number 9"):
        talker.type("go actual\nlate\n\n9: because\n")


def test_the_clock_is_silent_until_the_last_minute_and_says_it_once(talker: Talker) -> None:
    def late() -> None:
        talker.now += 70

    out = talker.type(f"{TO_EXPECTED}one\ntwo\nthree\n", before={"two": late})
    assert out.count("Time left for this question: 0:50.") == 1
    assert out.index("Answer 2") < out.index("Time left") < out.index("Answer 3")


def test_time_is_told_when_asked_for(talker: Talker) -> None:
    out = talker.type(f"{TO_EXPECTED}time\ntime more\ntime pause\ntime\ntime pause\n")
    assert "2:00 left of 2:00." in out
    assert "3:00 left of 3:00." in out
    assert "The clock is paused." in out
    assert "The clock runs." in out


def test_about_changes_title_and_team(talker: Talker) -> None:
    talker.type("about\nThe big move\n\n-\n")
    session = talker.session
    assert (session.title, session.team, session.people) == ("The big move", "Ward 7", ())


def test_two_windows_on_one_session_are_told_at_once(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}one\n")
    first = talker.desk.open(talker.session.id)
    out = talker.type("two\n", Start(kind="record", record_id=talker.session.id))
    first.close()
    assert "open in another window" in out
    assert sorted(len(session.entries) for session in talker.sessions) == [1, 2]
    assert any(line.startswith("Saved as a copy") for line in out.splitlines())


class FullDisk:
    """A disk that is full from one line of the input to another."""

    def __init__(self, talker: Talker, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        store = talker.desk.tools.store
        create = store.create

        def created(record: Session) -> Handle[Session]:
            handle = create(record)
            save = handle.save

            def saving(value: Session) -> None:
                if self.full:
                    raise StoreError("The disk is full.") from OSError(errno.ENOSPC, "full")
                save(value)

            monkeypatch.setattr(handle, "save", saving)
            return handle

        monkeypatch.setattr(store, "create", created)

    def fills(self) -> None:
        """Let every save fail from now on."""
        self.full = True

    def empties(self) -> None:
        """Let saves succeed again."""
        self.full = False


@pytest.fixture
def disk(talker: Talker, monkeypatch: pytest.MonkeyPatch) -> FullDisk:
    """Return a disk that the test fills."""
    return FullDisk(talker, monkeypatch)


def test_a_full_disk_loses_nothing_and_is_tried_again(talker: Talker, disk: FullDisk) -> None:
    before: dict[str, Callable[[], None]] = {"two": disk.fills, "three": disk.empties}
    out = talker.type(f"{TO_EXPECTED}one\ntwo\nthree\n", before=before)
    assert talker.entries() == ["one", "two", "three"]
    assert talker.errors.count("Error: The disk is full.") == 1
    assert len(saved(out)) == 2
    assert talker.code == 3


def test_what_is_not_saved_at_the_end_is_an_error_and_a_copy_holds_it(
    talker: Talker, disk: FullDisk, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.json"
    with pytest.raises(Unsaved, match=r"copy\.json") as caught:
        talker.type(f"{TO_EXPECTED}one\nsave {copy}\n", before={"one": disk.fills})
    assert caught.value.exit_code == 4
    assert b'"one"' in copy.read_bytes()


@pytest.mark.parametrize("finished", [False, True])
def test_a_copy_that_holds_all_but_the_last_words_is_named(
    talker: Talker, disk: FullDisk, tmp_path: Path, finished: bool
) -> None:
    copy = tmp_path / "copy.json"
    with pytest.raises(Unsaved, match=r"All but what was changed after that copy was made is in .*copy\.json"):
        talker.type(f"{TO_EXPECTED}one\nsave {copy}\ntwo\n" + "\n" * 5 * finished, before={"one": disk.fills})
    assert b'"one"' in copy.read_bytes()
    assert b'"two"' not in copy.read_bytes()


def test_a_copy_that_is_older_than_the_workspace_is_not_named(talker: Talker, disk: FullDisk, tmp_path: Path) -> None:
    with pytest.raises(Unsaved, match=r"The rest is not kept\.$"):
        talker.type(f"{TO_EXPECTED}one\nsave {tmp_path / 'copy.json'}\ntwo\nthree\n", before={"three": disk.fills})


def test_at_the_end_another_place_is_offered(talker: Talker, disk: FullDisk, tmp_path: Path) -> None:
    with pytest.raises(Unsaved):
        talker.type("\n" * 5 + f"one\n\n\n\nsave {tmp_path / 'copy.json'}\nno\n", before={"one": disk.fills})
    assert "Not saved yet." in talker.out
    assert (tmp_path / "copy.json").exists()


def test_a_signal_at_a_question_keeps_everything(talker: Talker) -> None:
    def stop() -> None:
        signal.raise_signal(signal.SIGTERM)

    out = talker.type("go learn\nTell them\nbecause\n", before={"because": stop})
    assert talker.code == 3
    assert talker.session.lessons[0].lesson == "Tell them"
    assert "Stopped. Everything is kept." in out


def test_ctrl_c_keeps_everything(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}one\ntwo\n", before={"two": lambda: signal.raise_signal(signal.SIGINT)})
    assert talker.code == 3
    assert talker.entries() == ["one"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_literal_command_is_typed_with_a_backslash(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}\\back\n\\\\quit\n")
    assert talker.entries() == ["back", "\\quit"]
    assert "\\back" in talker.type("?\n")


def test_hostile_words_send_nothing_to_the_terminal_but_text(talker: Talker) -> None:
    typed = "".join(f"{text.replace(chr(10), ' ')}\n" for text in HOSTILE if text.strip())
    out = talker.type(f"go actual\n{typed}list\ngo why\nlist all\n", AAR, terminal=True)
    assert not {character for character in out if ord(character) < 0x20} - {"\n", "\t"}
    assert not set(out) & set("\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
