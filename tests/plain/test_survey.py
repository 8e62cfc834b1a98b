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
from kmtui.workspace.answering import next_person
from kmtui.workspace.start import Start
from kmtui.workspace.surveys import close_survey
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
    code = code_of(out)
    out = small.type(f"5\n{code}\n2\n\n\n", survey)
    assert "nobody has answered yet" in out
    assert "porter" not in out
    (found,) = responses(small)
    assert (found.finished, found.rating("second").level) == (True, 2)


def code_of(out: str) -> str:
    """Return the code that was told last."""
    return out.rpartition("Your code, to go on later: ")[2][:6]


def test_the_code_is_told_before_the_role_and_in_the_help(small: Talker, survey: Start) -> None:
    out = small.type("1\nporter\n1\n?\n", survey)
    (found,) = responses(small)
    line = f"Your code, to go on later: {found.id[:6]}."
    assert out.index(line) < out.index("Your role")
    assert out.count(line) == 2


def test_nothing_tells_which_answers_were_begun(small: Talker, survey: Start) -> None:
    before = small.type("5\n", survey)
    for role in ("porter", "sister", ""):
        small.type(f"1\n{role}\n1\n", survey)
    assert small.type("5\n", survey) == before
    assert "Go on with answers begun before\n" in before


def test_a_wrong_code_opens_nothing_and_is_asked_again(small: Talker, survey: Start) -> None:
    code = code_of(small.type("1\nporter\n1\n", survey))
    handed_in = code_of(small.type(f"1\n{person('sister')}", survey).rpartition("Thank you")[0])
    for wrong in (code[:5], code[:-1] + ("2" if code[-1] == "3" else "3"), handed_in):
        with pytest.raises(WrongAnswer, match=r"^survey\.code: No answers"):
            small.type(f"5\n{wrong}\n", survey)
        with pytest.raises(WrongAnswer, match=r"^next: No answers"):
            small.type(f"1\n{person()}{wrong}\n", survey)
    with pytest.raises(WrongAnswer, match=r"^survey\.code: "):
        small.type("5\nlist\n", survey)
    assert "Level" in small.type(f"5\nzzzzzz\n{code.upper()}\n", survey, terminal=True)


def test_a_code_goes_on_where_the_next_person_would_begin(small: Talker, survey: Start) -> None:
    code = code_of(small.type("1\nporter\n1\n", survey))
    small.type(f"{person()}{code}\n2\n\n\n", Start(kind="survey", record_id=survey.record_id, view="answer"))
    assert [each.finished for each in responses(small)] == [True, True]


@pytest.mark.parametrize("end", ["quit\n", f"{person()[1:]}back\n"])
def test_no_code_is_in_sight_of_the_next_person(small: Talker, survey: Start, end: str) -> None:
    shown = small.type(f"1\n\n{end}", survey, terminal=True)
    code = code_of(shown)
    assert shown.partition(code)[2].count("\n") >= 40
    again = code_of(small.type("1\n\n1\n", survey))
    wrong = small.type(f"5\n{again[:5]}\n\n", survey, terminal=True)
    assert "\n" * 40 in wrong.partition("Your code, or Enter to go back:")[2].partition("Error: ")[0]


def test_answers_that_cannot_be_handed_in_are_out_of_sight_as_well(small: Talker, survey: Start) -> None:
    """The survey is closed in another window meanwhile."""

    def close() -> None:
        close_survey(small.desk.tools, survey.record_id, leave_unfinished=True)

    out = small.type("1\n\n1\nA secret\n2\nbecause\n\n", survey, terminal=True, before={"because": close})
    shown, _, told = out.rpartition("Error: ")
    assert "is closed" in told
    assert shown.endswith("\n" * 40)


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
    assert "was not counted again" in out


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


def test_closing_says_how_many_wait_and_leaves_them_out(small: Talker, survey: Start) -> None:
    small.type("1\nporter\n1\n", survey)
    out = small.type(f"1\n{person()}back\n4\n\n", survey)
    assert "One person has begun to answer here and not handed in. That is not counted." in out
    assert small.assessment.collecting
    out = small.type("4\nclose\n", survey)
    assert "Saved. The survey is closed." in out
    assert small.assessment.survey is not None
    assert small.assessment.survey.answered == 1


def test_who_begins_after_it_was_said_how_many_wait_is_not_left_out(small: Talker, survey: Start) -> None:
    def begin() -> None:
        next_person(small.desk.tools, survey.record_id).rate(level=1)

    out = small.type("4\nclose\n", survey, terminal=True, before={"close": begin})
    assert "Error: 1 person has begun to answer and not handed in." in out
    assert small.assessment.collecting


def test_after_the_closing_it_is_said_where_the_single_answers_are(small: Talker, survey: Start) -> None:
    said = f"The single answers stay in this workspace. kmtui survey forget {survey.record_id} deletes them.\n"
    assert said in small.type(f"1\n{person()}back\n4\nclose\n", survey)


def test_where_nobody_answered_there_is_nothing_to_forget(small: Talker, survey: Start) -> None:
    assert "survey forget" not in small.type("4\nclose\n", survey)


def closed(small: Talker, survey: Start) -> str:
    """Let five people differ most on the second criterion, close the survey, and return what was said."""
    people = "\n".join(person("", first, "", second) for first, second in zip("12121", "03030", strict=True))
    return small.type(f"1\n{people}back\n4\nclose\n", survey)


def test_a_closed_survey_leads_over_the_opening_question_to_the_widest_difference(small: Talker, survey: Start) -> None:
    out = closed(small, survey)
    assert out.index("Ask: How do we know?") < out.index("People differ most on 2 Second things. go 2 leads there.")
    assert "Criterion 1 of 2" not in out
    out = small.type("go 2\n1\n\n\n\n\n", survey)
    assert out.index("Still open") < out.index("People differ most on 1 First things. go 1 leads there.")


def test_a_rated_criterion_leads_to_the_next_difference_unless_it_comes_next(small: Talker, survey: Start) -> None:
    closed(small, survey)
    out = small.type("\n1\n\n\n\n\n", survey)
    assert out.count("People differ most") == 1
    assert "Criterion 2 of 2" in out


def test_an_opening_question_that_is_answered_is_not_asked_again(small: Talker, survey: Start) -> None:
    closed(small, survey)
    small.type("We talk\ngo opening\n", survey)
    out = small.type("", survey)
    assert "Ask: How do we know?" not in out
    assert "Criterion 2 of 2: Second things" in out


def test_a_closed_survey_is_not_called_open(small: Talker, survey: Start) -> None:
    closed(small, survey)
    out = small.type("", Start())
    assert "Survey, Ward 7, 20 November 2026, closed, 0 of 2 levels agreed." in out


def test_a_return_date_that_has_passed_is_asked_again(small: Talker, survey: Start) -> None:
    with pytest.raises(WrongAnswer, match=r"^survey\.closes: 1 November 2026 has passed\."):
        small.type("\n2026-11-01\n", NEW)
    with pytest.raises(WrongAnswer, match=r"^survey\.closes: "):
        small.type("6\n\n2026-11-19\n", survey)
    small.type("6\n\ntoday\n", survey)
    assert small.assessment.closes == date(2026, 11, 20)
    small.today = date(2026, 12, 24)
    small.type("6\nNovember\n\n", survey)
    assert (small.assessment.title, small.assessment.closes) == ("November", date(2026, 11, 20))


def test_a_closed_survey_takes_no_more_answers_and_leads_to_the_walk(small: Talker, survey: Start) -> None:
    small.type(f"1\n{person()}back\n4\nclose\n", survey)
    out = small.type("results\n\n", survey)
    assert "People differ most" not in out
    assert "The next person answers here" not in out
    assert "Individuals answered: fewer than five answers: one." in out
    assert "No criterion has enough answers to show how far they differ." in out


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
