"""Plain mode: what may tell who somebody is is asked about on a terminal, and only said where nobody is there."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from kmtui.model.errors import WrongInput
from kmtui.plain.prompts import Stopped
from kmtui.workspace.start import Start
from tests.plain.talker import AAR, TO_EXPECTED, Talker

NHS = "943 476 5919"
MAIL = "amina@example.nhs.uk"
ASKED = "Keep it, replace it, or type it again? (keep, replace, again)"


def test_each_is_kept_or_replaced_and_then_it_is_saved(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}Mr Smith, {NHS}, {MAIL}\nkeep\nreplace\nr\n", terminal=True)
    assert f'This looks like an NHS number: "{NHS}" (character 11). {ASKED}' in talker.out
    assert talker.out.count(ASKED) == 3
    assert talker.entries() == ["Mr Smith, [NHS number], [e-mail address]"]
    assert talker.session.drafts == {}


def test_enter_alone_keeps_and_what_was_kept_is_not_asked_again(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}{NHS} and {NHS}\n\nagain {NHS}\n", terminal=True)
    assert talker.out.count(ASKED) == 1
    assert talker.entries() == [f"{NHS} and {NHS}", f"again {NHS}"]


def test_again_asks_for_the_words_anew(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}Mr Smith rang\nagain\nThe porter rang\n", terminal=True)
    assert talker.entries() == ["The porter rang"]


def test_other_words_are_asked_about_and_nothing_is_entered_by_them(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}Mr Smith rang\nwhat\nreplace\n", terminal=True)
    assert "Type keep, replace or again." in talker.out
    assert talker.entries() == ["[name] rang"]


def test_a_pipe_is_never_asked_and_warned_on_the_other_stream(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}Mr Smith, {NHS}\nsecond\n")
    assert ASKED not in talker.out
    assert talker.errors.splitlines()[:2] == [
        'expected: This looks like a name with a title: "Mr Smith" (character 1). It is kept.',
        f'expected: This looks like an NHS number: "{NHS}" (character 11). It is kept.',
    ]
    assert talker.entries() == [f"Mr Smith, {NHS}", "second"]


def test_fields_of_lessons_actions_and_rows_are_asked_about(talker: Talker) -> None:
    lesson = f"go 5\nAsk Dr Jones\nkeep\n{NHS}\nreplace\nring {MAIL}\nagain\nring\nMrs Patel\nr\n"
    talker.type(f"{lesson}go 6\nTell Mr Bond\nr\nSister\n1 Dec\n", terminal=True)
    (found,) = talker.session.lessons
    assert (found.lesson, found.cause, found.recommendation, found.owner) == (
        "Ask Dr Jones",
        "[NHS number]",
        "ring",
        "[name]",
    )
    assert talker.session.actions[0].action == "Tell [name]"


def test_title_team_and_parked_matters(talker: Talker) -> None:
    start = Start(kind="session", technique="after-action-review")
    talker.type(f"Move of Mr Smith\nreplace\nWard {NHS}\nr\nporter\npark ask {MAIL}\nr\n", start, terminal=True)
    assert talker.session.title == "Move of [name]"
    assert talker.session.team == "Ward [NHS number]"
    assert talker.session.parked == ("ask [e-mail address]",)


def test_reasons_and_plan_of_an_assessment(small: Talker) -> None:
    start = Start(kind="assessment", team="Ward 7", on_behalf_of="all")
    small.type(f"\n1\nMr Smith says so\nreplace\n{NHS}\nkeep\n", start, terminal=True)
    rating = small.assessment.ratings[0]
    assert (rating.rationale, rating.example) == ("[name] says so", NHS)
    small.type(f"plan\nadd Ask {MAIL}\nr\n", Start(kind="plan", record_id=small.assessment.id), terminal=True)
    assert small.assessment.actions[-1].action == "Ask [e-mail address]"


def test_one_who_answers_a_survey_learns_nothing_of_what_others_kept(small: Talker) -> None:
    small.type("\n\n", Start(kind="survey", team="Ward 7"), terminal=True)
    one = "porter\n1\nMr Smith\nkeep\ndk\n\n"
    small.type(f"1\n{one}\n{one}back\n", Start(kind="survey", record_id=small.assessment.id), terminal=True)
    assert small.out.count(ASKED) == 2


@pytest.mark.parametrize("left", ["quit\n", ""])
def test_words_are_kept_where_it_is_left_at_the_question(talker: Talker, left: str) -> None:
    talker.type(f"{TO_EXPECTED}Mr Smith, {NHS}\nreplace\n{left}", terminal=True)
    assert talker.entries() == [f"[name], {NHS}"]
    assert "Everything is kept." in talker.out


def test_words_are_kept_where_it_is_stopped_at_the_question(talker: Talker) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with suppress(Stopped):
        talker.type(f"{TO_EXPECTED}Ring {NHS}\nkeep\nx\n", terminal=True, before={"keep": stop})
    assert talker.entries() == [f"Ring {NHS}"]


def test_words_are_on_disk_while_it_asks_and_are_told_again(talker: Talker) -> None:
    seen: list[dict[str, str]] = []
    talker.type(
        f"{TO_EXPECTED}Ring {NHS}\nagain\n", terminal=True, before={"again": lambda: seen.append(talker.session.drafts)}
    )
    assert seen == [{"expected.text": f"Ring {NHS}"}]  # what a kill at this moment would leave


def test_half_typed_words_of_a_killed_program_are_told(talker: Talker) -> None:
    talker.type(TO_EXPECTED, terminal=True)
    opened = talker.desk.open(talker.session.id)
    opened.draft("expected.text", f"Ring {NHS}")
    opened.close()
    talker.type("", Start(kind="record", record_id=talker.session.id), terminal=True)
    assert f"Typed before and not entered: Ring {NHS}" in talker.out


# The report


def finish(talker: Talker, end: str, *, terminal: bool = True, **how: Path) -> str:
    """Enter two lines, go to the end, and say what is done about what was found; return the report."""
    kept = "keep\n" * 3 if terminal else ""
    talker.type(f"{TO_EXPECTED}Mr Smith, {NHS}, {MAIL}\n{kept}\n\n\n\n\n{end}", terminal=terminal, **how)  # type: ignore[arg-type]
    return "".join(file.read_text("utf-8").replace("\\", "") for file in talker.desk.exports.glob("*.md"))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("\n", f"Mr Smith, {NHS}, {MAIL}"),
        ("replace 1 3\n", f"[name], {NHS}, [e-mail address]"),
        ("replace all\n", "[name], [NHS number], [e-mail address]"),
        ("replace 9\nwhat\nreplace 2\n", f"Mr Smith, [NHS number], {MAIL}"),
    ],
)
def test_what_was_found_is_listed_and_the_report_follows(talker: Talker, typed: str, line: str) -> None:
    report = finish(talker, f"\n{typed}")
    assert "Three things look like what could identify somebody:" in talker.out
    assert f'2. an NHS number "{NHS}" in What was supposed to happen?, entry 1, character 11' in talker.out
    assert line in report
    assert talker.entries() == [f"Mr Smith, {NHS}, {MAIL}"]


def test_a_pipe_is_warned_before_the_report_and_not_asked(talker: Talker, tmp_path: Path) -> None:
    report = finish(talker, "\n", terminal=False)
    assert f"Mr Smith, {NHS}" in report
    assert f'2. an NHS number "{NHS}" in' in talker.errors
    assert "All of it is kept as it is." in talker.errors
    assert "replace all" not in talker.out


def test_nothing_is_asked_where_nothing_is_found(talker: Talker) -> None:
    talker.type(f"{TO_EXPECTED}one\n\n\n\n\n\n\n", AAR, terminal=True)
    assert "identify" not in talker.out + talker.errors
    assert len(list(talker.desk.exports.glob("*.md"))) == 1


def test_an_ended_input_at_the_list_writes_nothing(talker: Talker) -> None:
    assert finish(talker, "\n") == ""


def test_wrong_numbers_are_refused() -> None:
    from kmtui.workspace.confiding import chosen

    with pytest.raises(WrongInput):
        chosen((), "1")
