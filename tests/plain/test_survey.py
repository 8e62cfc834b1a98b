"""Surveys in plain mode: people answer one after the other, files come in, and nothing is told before the closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kmtui.model.errors import StoreError, WrongInput
from kmtui.model.survey import Response
from kmtui.plain.prompts import WrongAnswer
from kmtui.plain.talk import Unsaved
from kmtui.workspace.start import Start
from tests.plain.talker import Talker

NEW = Start(kind="survey", team="Ward 7")
OPENED = "October\n1 Dec\n"
"""What answers the questions about a new survey."""


def person(role: str = "", first: str = "1", why: str = "", second: str = "dk") -> str:
    """Return what one person types, from the role to handing in."""
    return f"{role}\n{first}\n{why}\n{second}\n" + ("\n" if second[:1].isdigit() else "") + "\n"


@pytest.fixture
def survey(small: Talker) -> Start:
    """Return what goes on with an open survey in which nobody has answered."""
    small.type(OPENED, NEW)
    return Start(kind="survey", record_id=small.assessment.id)


def responses(talker: Talker) -> list[Response]:
    """Return the responses to the one survey, as they are on disk."""
    return talker.desk.tools.store.responses(talker.assessment.id)


def test_a_survey_is_created_and_says_its_id_and_return_date(small: Talker) -> None:
    out = small.type(OPENED, NEW)
    assert (small.assessment.title, small.assessment.closes) == ("October", date(2026, 12, 1))
    assert small.assessment.id in out
    assert "nobody has answered yet" in out
    assert "Answers are wanted by 1 December 2026." in out
    assert small.code == 0


def test_the_end_of_the_input_before_the_survey_is_there_keeps_what_was_typed(small: Talker) -> None:
    small.type("Ward 9\nOctober\n", Start(kind="survey"))
    assert (small.assessment.team, small.assessment.title, small.code) == ("Ward 9", "October", 3)


def test_people_answer_one_after_the_other(small: Talker, survey: Start) -> None:
    out = small.type(f"1\n{person('porter', '1', 'It varies')}\n{person('', '2.5', '', '3')}back\n", survey)
    found = sorted(responses(small), key=lambda each: each.role)
    assert [each.finished for each in found] == [True, True]
    assert [each.role for each in found] == ["", "porter"]
    assert (found[1].rating("first").level, found[1].rating("first").rationale) == (1, "It varies")
    assert found[1].rating("second").skip == "dont-know"
    assert (found[0].rating("first").level, found[0].rating("second").level) == (2.5, 3)
    assert "two people have answered" in out


def test_nothing_of_a_person_is_on_the_screen_when_the_next_one_sits_down(small: Talker, survey: Start) -> None:
    out = small.type(f"1\n{person('porter', '1', 'A secret')}\nlist\nquit\n", survey, terminal=True)
    after = out[out.index("Enter hands the answers in") :]
    shown = after[: after.index("Thank you. Next person.")]
    assert shown.count("\n") >= 40
    assert "A secret" not in after
    assert "First things: 1" not in after


def test_what_was_handed_in_cannot_be_undone_or_seen(small: Talker, survey: Start) -> None:
    small.type(f"1\n{person()}", survey)
    for typed in ("undo", "list", "edit 1"):
        with pytest.raises(WrongAnswer, match=r"^next: "):
            small.type(f"1\n{person()}{typed}\n", survey)
    assert all(each.finished for each in responses(small))


def test_back_and_go_lead_to_other_answers_before_they_are_handed_in(small: Talker, survey: Start) -> None:
    small.type("1\n\n1\nback\n2\n\nback\n\n3\n\ngo 2\n1.5\n\n\n", survey)
    (found,) = responses(small)
    assert (found.rating("first").level, found.rating("second").level) == (2, 1.5)
    assert found.finished


def test_finish_hands_in_early_and_nothing_at_all_is_refused(small: Talker, survey: Start) -> None:
    small.type("1\n\n2\n\nfinish\n\n", survey)
    assert [(each.answered, each.finished) for each in responses(small)] == [(1, True)]
    with pytest.raises(WrongAnswer, match=r"^finish: Nothing is answered"):
        small.type("1\n\n\n\n\n", survey)
    assert len(responses(small)) == 1


def test_the_end_of_the_input_keeps_what_was_answered_and_it_can_be_gone_on_with(small: Talker, survey: Start) -> None:
    out = small.type("1\nporter\n1\n", survey)
    assert small.code == 3
    assert "What was answered is kept" in out
    out = small.type("5\n1\n2\n\n\n", survey)
    assert "nobody has answered yet" in out
    assert "1. 1 of two criteria answered." in out
    assert "porter" not in out
    (found,) = responses(small)
    assert (found.finished, found.rating("second").level) == (True, 2)


def test_of_several_that_were_begun_the_roles_tell_which(small: Talker, survey: Start) -> None:
    for role in ("porter", ""):
        small.type(f"1\n{role}\n1\n", survey)
    out = small.type("5\n", survey)
    assert "porter, 1 of two criteria answered." in out
    assert "No role, 1 of two criteria answered." in out


@pytest.mark.parametrize(
    ("typed", "question"),
    [("1\n\n9\n", "first.level"), ("1\n\npark\n", "first.level"), ("1\n\n1\n\nback\nback\n", "first.level")],
)
def test_a_wrong_answer_from_a_pipe_names_its_question(small: Talker, survey: Start, typed: str, question: str) -> None:
    with pytest.raises(WrongAnswer, match=f"^{question}: "):
        small.type(typed, survey)


def test_a_full_disk_loses_no_answer_and_is_tried_again(
    small: Talker, survey: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, full = small.desk.tools.store, [False]
    for name in ("add_response", "save_response"):
        keep = getattr(store, name)

        def keeping(response: Response, keep: Callable[[Response], None] = keep) -> None:
            if full[0]:
                raise StoreError("The disk is full.")
            keep(response)

        monkeypatch.setattr(store, name, keeping)
    out = small.type(
        "1\nporter\n1\nwhy\n2\n\n\n\n",
        survey,
        terminal=True,
        before={"porter": lambda: full.__setitem__(0, True), "2": lambda: full.__setitem__(0, False)},
    )
    (found,) = responses(small)
    assert (found.role, found.finished) == ("porter", True)
    assert [rating.level for rating in found.ratings] == [1, 2]
    assert found.rating("first").rationale == "why"
    assert out.count("Error: The disk is full.") == 3

    with pytest.raises(Unsaved, match="The rest is lost now"):
        small.type("1\nporter\n2\n", survey, terminal=True, before={"2": lambda: full.__setitem__(0, True)})


def csv(folder: Path, name: str = "answers.csv") -> Path:
    """Write an export of a form service with one column that has another name, and one row that is damaged."""
    path = folder / name
    path.write_text(
        "Timestamp,First things,How second things are done\n1,1,2\n2,3,2\n3,2,x\n4,2,3\n5,1,1\n6,0,0.5\n7,99,\n",
        encoding="utf-8",
    )
    return path


def test_a_table_is_taken_in_after_its_columns_are_agreed(small: Talker, survey: Start, tmp_path: Path) -> None:
    out = small.type(f"2\n{csv(tmp_path)}\nlist\n2\n\n", survey)
    assert "Column “First things”: 1 First things." in out
    assert "Column “How second things are done” is not used." in out
    assert "2. Second things" in out
    assert "Row 8: " in out
    levels = sorted(str(each.rating("second").level) for each in responses(small))
    assert "0.5" in levels
    assert "Saved. Kept: " in out
    assert "six people have answered" in out or "seven people have answered" in out


def test_a_column_can_be_for_reasons_or_roles(small: Talker, survey: Start, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("Timestamp,First things,Words of yours,Your job here\n1,2,It varies,porter\n", encoding="utf-8")
    out = small.type(f"2\n{path}\nwhy 1\nrole\n\n", survey)
    (found,) = responses(small)
    assert (found.rating("first").rationale, found.role) == ("It varies", "porter")
    assert "Column “Words of yours”: why, 1 First things." in out


@pytest.mark.parametrize("typed", ["9", "why 9", "nothing", "yes"])
def test_a_wrong_use_of_a_column_names_its_question(small: Talker, survey: Start, tmp_path: Path, typed: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("Timestamp,First things,Zzz\n1,2,3\n", encoding="utf-8")
    with pytest.raises(WrongAnswer, match=r"^survey\.column: "):
        small.type(f"2\n{path}\n{typed}\n", survey)


def test_the_same_table_is_not_taken_in_twice(small: Talker, survey: Start, tmp_path: Path) -> None:
    small.type(f"2\n{csv(tmp_path)}\n2\n\n", survey)
    before = len(responses(small))
    out = small.type(f"2\n{csv(tmp_path)}\n2\n\n", survey)
    assert len(responses(small)) == before
    assert "was not counted twice" in out


def test_a_table_can_be_left_and_a_wrong_path_is_asked_for_again(small: Talker, survey: Start, tmp_path: Path) -> None:
    out = small.type(f"2\nnowhere.csv\n{csv(tmp_path)}\n\nno\n\n", survey, terminal=True)
    assert "Error: " in out
    assert "Nothing was kept." in out
    assert responses(small) == []
    with pytest.raises(WrongAnswer, match=r"^survey\.file: "):
        small.type("2\nnowhere.csv\n", survey)


@pytest.mark.parametrize("number", ["1", "2", "3", "4"])
def test_every_form_is_written_to_a_file(small: Talker, survey: Start, number: str) -> None:
    out = small.type(f"3\n{number}\n", survey)
    (file,) = small.desk.exports.iterdir()
    assert "first" in file.read_text(encoding="utf-8").lower()
    assert f"Written: {file}" in out


def test_nothing_is_told_before_the_closing(small: Talker, survey: Start) -> None:
    out = small.type(f"1\n{person('porter', '1', 'A secret')}", survey)
    out = small.type("", Start(kind="record", record_id=small.assessment.id))
    assert "one person has answered" in out
    assert "secret" not in out
    assert "porter" not in out


def test_closing_takes_the_word_and_leads_to_results_and_the_walk(small: Talker, survey: Start) -> None:
    six = "\n".join(person("", level, f"because {level}", "2") for level in ("0", "1", "1", "2", "3", "3"))
    out = small.type(f"1\n{six}back\n4\n\n4\nclose\n\n2\nWe agree\n\n\n\n\n\nno\n", survey)
    assert "It stays open." in out
    assert "Closing is for good" in out
    assert "Of a criterion with fewer than 5 answers only their number is shown" in out
    results = out[out.index("Where people differ most") :]
    assert results.index("First things: six answers, from 0 to 3") < results.index("Second things: six answers")
    assert "Individuals answered: six answers, from 0 to 3" in results
    assert "- because 0" in results
    assert small.assessment.survey is not None
    assert small.assessment.survey.answered == 6
    assert small.assessment.rating("first").level == 2
    assert small.assessment.finished
    assert small.code == 0


def test_a_closed_survey_takes_no_more_answers_and_leads_to_the_walk(small: Talker, survey: Start) -> None:
    small.type(f"1\n{person()}back\n4\nclose\n", survey)
    out = small.type("results\n\n", survey)
    assert "The next person answers here" not in out
    assert "Individuals answered: fewer than five answers: one." in out
    assert "No criterion has five answers or more" in out


def test_home_lists_the_surveys_that_are_open(small: Talker, survey: Start) -> None:
    menu = small.menu("Survey of individuals")
    out = small.type(f"{menu}\n1\n\nquit\n", Start())
    assert "1. Go on with: October" in out
    assert "answers wanted by 1 December 2026" in out
    out = small.type("1\n\nquit\n", Start())
    assert "nobody has answered yet" in out
    small.type(f"{menu}\n2\nWard 9\n\n\n", Start())
    assert small.of_team("Ward 9").collecting


def test_a_return_date_that_has_passed_is_said(small: Talker, survey: Start) -> None:
    small.today = date(2026, 12, 2)
    assert "Answers were wanted by 1 December 2026. It can be closed." in small.type("", survey)


def test_an_open_survey_has_no_plan_yet(small: Talker, survey: Start) -> None:
    with pytest.raises(WrongInput, match="still coming in"):
        small.type("", Start(kind="plan", record_id=small.assessment.id))
