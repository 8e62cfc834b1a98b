"""`kmtui compare` and `kmtui plan`: the contract, and every option."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Kmtui

VIEWS = ("river", "stairs", "trend")


def assessed(kmtui: Kmtui, folder: Path, team: str, ratings: str, *, date: str = "2026-11-01", more: str = "") -> str:
    """Make an assessment of answers, and return its id."""
    file = folder / "a.yaml"
    file.write_text(f'assess: meetings\nteam: "{team}"\ndate: {date}\nratings: {{{ratings}}}\n{more}\n', "utf-8")
    made = kmtui("assess", "--answers", file)
    assert made.code == 0, made.error
    return made.out.strip()


@pytest.fixture
def three(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    """Three teams, one of them for the second time."""
    assessed(kmtui, tmp_path, "Ward 7", "agenda: 4", date="2025-11-01")
    assessed(kmtui, tmp_path, "Ward 7", "agenda: {level: 2, target: 4}, papers: 3")
    assessed(kmtui, tmp_path, "Ward 8", "agenda: {level: 5, target: 5}")
    assessed(kmtui, tmp_path, "Ward 9", "agenda: {level: 3, target: 4}, papers: {skip: dont-know}")


def row(found: Any, criterion: str) -> Any:
    """Return one criterion of a comparison."""
    return next(each for each in found["criteria"] if each["id"] == criterion)


@pytest.mark.usefixtures("three")
def test_river_and_stairs_have_the_newest_of_each_team(kmtui: Kmtui) -> None:
    for view in ("river", "stairs"):
        found = kmtui("compare", view, "--json").json
        assert [each["id"] for each in found["criteria"]] == ["agenda", "papers", "minutes"]
        agenda = row(found, "agenda")
        assert {"id", "lowest", "highest", "teams"} <= set(agenda)
        assert (agenda["lowest"], agenda["highest"]) == (2, 5)
        assert agenda["teams"] == [
            {"team": "Ward 7", "level": 2, "target": 4},
            {"team": "Ward 8", "level": 5, "target": 5},
            {"team": "Ward 9", "level": 3, "target": 4},
        ]
        assert (row(found, "minutes")["lowest"], row(found, "minutes")["highest"]) == (None, None)


@pytest.mark.usefixtures("three")
def test_trend_has_the_points_of_one_team(kmtui: Kmtui) -> None:
    found = kmtui("compare", "trend", "--team", "ward 7", "--json").json
    assert row(found, "agenda")["points"] == [
        {"date": "2025-11-01", "level": 4, "target": None},
        {"date": "2026-11-01", "level": 2, "target": 4},
    ]
    unnamed = kmtui("compare", "trend", "--json")
    assert (unnamed.code, unnamed.out) == (1, "")
    assert "Ward 7, Ward 8, Ward 9" in unnamed.error


def test_the_only_team_need_not_be_named(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    assessed(kmtui, tmp_path, "Ward 7", "agenda: 4")
    assert len(row(kmtui("compare", "trend", "--json").json, "agenda")["points"]) == 1


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("view", VIEWS)
def test_hidden_names_are_hidden_in_every_form(kmtui: Kmtui, view: str) -> None:
    team = ("--team", "Ward 7") if view == "trend" else ()
    for form in ((), ("--json",), ("--sentences",)):
        shown = kmtui("compare", view, *team, "--hide-names", *form)
        assert shown.code == 0
        assert "Ward" not in shown.out + shown.error
    if view != "trend":
        own = kmtui("compare", view, "--team", "Ward 8", "--hide-names", "--json").out
        assert "Ward" not in own
        assert '"Our team"' in own


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("wrong", [("--team", "Ward 70"), ("--matrix", "nothing"), ("--team", "")])
def test_no_error_tells_a_name_that_is_hidden(kmtui: Kmtui, view: str, wrong: tuple[str, ...]) -> None:
    for form in ((), ("--json",), ("--sentences",)):
        told = kmtui("compare", view, "--hide-names", *wrong, *form)
        assert told.code == (0 if wrong == ("--team", "") and view != "trend" else 1)
        assert "Ward" not in told.out + told.error


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("view", VIEWS)
def test_markdown_sentences_and_files(kmtui: Kmtui, view: str, tmp_path: Path) -> None:
    team = ("--team", "Ward 7")
    report = kmtui("compare", view, *team)
    assert (report.code, report.error) == (0, "")
    assert "\n| " in report.out
    sentences = kmtui("compare", view, *team, "--sentences").out
    assert "|" not in sentences
    assert "Agenda" in sentences
    file = tmp_path / "out.md"
    assert kmtui("compare", view, *team, "-o", file).out == ""
    assert file.read_bytes() == report.bytes
    kmtui("compare", view, *team, "--json", "-o", file)
    assert file.read_bytes() == kmtui("compare", view, *team, "--json").bytes


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("view", VIEWS)
def test_a_wrong_team_or_matrix_is_told_with_those_there_are(kmtui: Kmtui, view: str) -> None:
    team = kmtui("compare", view, "--team", "Ward 70", "--json")
    assert (team.code, team.out) == (1, "")
    assert "Ward 7, Ward 8, Ward 9" in team.error
    matrix = kmtui("compare", view, "--matrix", "nothing")
    assert (matrix.code, "meetings" in matrix.error) == (1, True)
    named = kmtui("compare", view, "--team", "Ward 7", "--matrix", "meetings", "--json")
    assert named.json["matrix"]["id"] == "meetings"


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_to_compare_is_no_error(kmtui: Kmtui, workspace: Path, tmp_path: Path, view: str) -> None:
    found = kmtui("compare", view, "--json")
    assert (found.code, found.json["criteria"]) == (0, [])
    assert "no assessment of a team" in found.error
    words = kmtui("compare", view, "--team", "Ward 7", "--hide-names")
    assert (words.code, words.out) == (0, "")
    assert not workspace.exists()


def test_a_river_of_surveys_has_means_and_no_open_ones(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    assessed(kmtui, tmp_path, "Ward 7", "agenda: 4")
    record = kmtui("survey", "create", "--team", "Ward 8").out.strip()
    file = tmp_path / "s.csv"
    file.write_text("respondent id,agenda\n" + "".join(f"p{n},{n}\n" for n in (1, 2, 4)), "utf-8")
    kmtui("survey", "import", record, file)
    before = kmtui("compare", "river", "--json").json
    assert [each["team"] for each in row(before, "agenda")["teams"]] == ["Ward 7"]
    kmtui("survey", "close", record)
    after = row(kmtui("compare", "river", "--json").json, "agenda")["teams"]
    assert after[1] == {"team": "Ward 8", "level": pytest.approx(7 / 3), "target": None}


PLAN = """
actions:
  - action: Write one
    criterion: agenda
    option: list
    technique: after-action-review
    owner: Sister
    due: 2026-12-01
    review: 2027-01-15
    done_when: Meetings are shorter
    priority: now
  - {action: Ask the clerk, criterion: papers}
  - {action: Buy a clock, owner: Clerk, due: 2026-12-24, priority: not-for-us, reason: too dear}
"""


@pytest.fixture
def plan(kmtui: Kmtui, small: Path, tmp_path: Path) -> str:
    """Return the id of an assessment with a plan."""
    return assessed(kmtui, tmp_path, "Ward 7", "agenda: {level: 2, target: 4}", more=PLAN)


def test_the_plan_of_the_contract(kmtui: Kmtui, plan: str) -> None:
    found = kmtui("plan", plan[:10], "--json").json
    first, second, third = found["actions"]
    keys = [
        "id",
        "action",
        "criterion",
        "technique",
        "priority",
        "owner",
        "due",
        "review",
        "done_when",
        "state",
        "idea",
    ]
    assert set(keys) <= set(first)
    assert {key: first[key] for key in keys[1:]} == {
        "action": "Write one",
        "criterion": "agenda",
        "technique": "after-action-review",
        "priority": "now",
        "owner": "Sister",
        "due": "2026-12-01",
        "review": "2027-01-15",
        "done_when": "Meetings are shorter",
        "state": "open",
        "idea": False,
    }
    assert [each["idea"] for each in (second, third)] == [True, True]
    assert third["reason"] == "too dear"


def test_the_plan_knows_what_has_become_of_it(kmtui: Kmtui, plan: str) -> None:
    first, second, _ = kmtui("plan", plan, "--json").json["actions"]
    kmtui("action", first["id"], "--state", "done", "--outcome", "ten minutes less")
    kmtui("action", second["id"], "--owner", "Clerk", "--due", "2026-12-05", "--done-when", "we know")
    first, second, _ = kmtui("plan", plan, "--json").json["actions"]
    assert (first["state"], first["outcome"]) == ("done", "ten minutes less")
    assert (second["idea"], second["due"], second["done_when"]) == (False, "2026-12-05", "we know")
    assert "ten minutes less" in kmtui("plan", plan).out


def test_plan_and_board_as_markdown_and_files(kmtui: Kmtui, plan: str, tmp_path: Path) -> None:
    whole, board = kmtui("plan", plan), kmtui("plan", plan, "--board")
    assert "Write one" in whole.out
    assert "Ask the clerk" in whole.out
    assert "too dear" in whole.out
    assert "too dear" not in board.out
    assert kmtui("export", plan, "--format", "plan").out == whole.out
    assert kmtui("export", plan, "--format", "board").out == board.out
    kmtui("plan", plan, "--board", "-o", tmp_path / "board.md")
    assert (tmp_path / "board.md").read_bytes() == board.bytes
    folder = tmp_path / "exports"
    folder.mkdir()
    for form in ("plan", "board", "markdown", "json"):
        assert kmtui("export", plan, "--format", form, "-o", folder).code == 0
    assert len(list(folder.iterdir())) == 4


def test_a_session_has_no_plan(kmtui: Kmtui, answers: Path) -> None:
    session = kmtui("aar", "--answers", answers).out.strip()
    for command in (
        ("plan", session),
        ("plan", session, "--json"),
        ("plan", session, "--board"),
        ("export", session, "--format", "board"),
    ):
        done = kmtui(*command)
        assert (done.code, done.out, "is a session" in done.error) == (1, "", True)
    assert kmtui("plan", "zzzz").code == 1


def test_ideas_are_last_and_said_in_the_list(kmtui: Kmtui, plan: str) -> None:
    rows = kmtui("list", "actions", "--json").json
    assert (rows[0]["action"], rows[0]["idea"], rows[0]["overdue"]) == ("Write one", False, False)
    assert {each["action"] for each in rows[1:]} == {"Ask the clerk", "Buy a clock"}
    assert all(each["idea"] and not each["overdue"] for each in rows[1:])
    lines = kmtui("list", "actions").out.splitlines()
    assert lines[0].startswith("Write one, ")
    assert lines[1].startswith("An idea, no owner and no day yet: Ask the clerk")
    assert lines[2].startswith("Not for us: Buy a clock, because: too dear, owner Clerk")


def test_an_action_gets_its_day_of_review_and_what_changed(kmtui: Kmtui, plan: str) -> None:
    line = kmtui("list", "actions", "--json").json[0]
    said = kmtui(
        "action", line["id"], "--review", "2027-02-01", "--done-when", "two meetings", "--outcome", "shorter", "--json"
    )
    assert (said.json["review"], said.json["done_when"], said.json["outcome"]) == (
        "2027-02-01",
        "two meetings",
        "shorter",
    )
    assert kmtui("action", line["id"], "--review", "none", "--json").json["review"] is None
    assert kmtui("action", line["id"], "--review", "soonish").code == 1


def test_a_session_is_held_for_an_action(kmtui: Kmtui, plan: str, answers: Path, tmp_path: Path) -> None:
    action = kmtui("plan", plan, "--json").json["actions"][0]["id"]
    held = kmtui("run", "after-action-review", "--for", action[:11], "--answers", answers, "--json").json
    assert (held["action"], held["criterion"], held["assessment"]) == (action, "agenda", plan)
    assert held["title"] == "Ward move"
    (listed,) = [each for each in kmtui("list", "sessions", "--json").json if each["id"] == held["id"]]
    assert (listed["action"], listed["criterion"]) == (action, "agenda")
    typed = kmtui("aar", "--for", action, "--plain", stdin="\nnoon\n")
    assert typed.code == 3
    (open_,) = [each for each in kmtui("list", "sessions", "--json").json if not each["finished"]]
    assert (open_["action"], open_["title"], open_["team"]) == (action, "Agenda", "Ward 7")
    assert "After Action Review on 20 November 2026: one lesson" in kmtui("plan", plan).out
    assert "Agenda" in kmtui("show", held["id"]).out
    kmtui("export", held["id"], "--format", "json", "--with-names", "-o", tmp_path / "s.json")
    kmtui("import", tmp_path / "s.json", "--workspace", tmp_path / "o")
    assert kmtui("show", held["id"], "--json", "--workspace", tmp_path / "o").json["action"] == action
    assert kmtui("run", "after-action-review", "--for", "zzzz", "--answers", answers).code == 1


def test_another_technique_than_the_planned_one_may_be_held_for_an_action(kmtui: Kmtui, plan: str) -> None:
    idea = kmtui("plan", plan, "--json").json["actions"][1]["id"]
    assert kmtui("run", "before-action-review", "--for", idea, "--plain", stdin="").code == 3
    (line,) = kmtui("list", "sessions", "--json").json
    assert (line["technique"], line["action"]) == ("before-action-review", idea)


@pytest.mark.parametrize("how", [("--plain",), ("--answers",)])
def test_another_technique_than_the_plan_names_is_run_and_told(
    kmtui: Kmtui, plan: str, answers: Path, how: tuple[str, ...]
) -> None:
    action = kmtui("plan", plan, "--json").json["actions"][0]["id"]
    said = "The plan names After Action Review; this runs Before Action Review.\n"
    if how == ("--answers",):
        answers.write_text("technique: before-action-review\ntitle: x\n", encoding="utf-8")
        how = ("--answers", str(answers))
    assert said in kmtui("run", "before-action-review", "--for", action, *how).error
    assert [each["action"] for each in kmtui("list", "sessions", "--json").json] == [action]
    assert "The plan names" not in kmtui("aar", "--for", action, "--plain").error
    assert "The plan names" not in kmtui("run", "nothing", "--for", action, "--plain").error


def test_a_plan_goes_out_and_comes_in_again(kmtui: Kmtui, plan: str, tmp_path: Path) -> None:
    kmtui("export", plan, "--format", "json", "--with-names", "-o", tmp_path / "a.json")
    other = ("--workspace", tmp_path / "other")
    assert kmtui("import", tmp_path / "a.json", *other).out == f"{plan}\n"
    for command in (("show", plan, "--json"), ("plan", plan, "--json"), ("plan", plan, "--board")):
        assert kmtui(*command, *other).out == kmtui(*command).out


def test_good_practice_is_listed(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    assert kmtui("list", "practices", "--json").json == []
    assert "No good practice yet" in kmtui("list", "practices").error
    record = assessed(kmtui, tmp_path, "Ward 8", "agenda: {level: 5, example: We send it on Friday, contact: Clerk}")
    assessed(kmtui, tmp_path, "Ward 9", "agenda: {level: 5, example: nobody to ask}")
    (row_,) = kmtui("list", "practices", "--json").json
    assert (row_["id"], row_["criterion"], row_["example"], row_["contact"], row_["team"]) == (
        record,
        "agenda",
        "We send it on Friday",
        "Clerk",
        "Ward 8",
    )
    assert kmtui("list", "practices").out == (f"Agenda: Ward 8 at 5. We send it on Friday. Ask: Clerk. {record}\n")


def test_resume_of_an_open_survey_leads_to_the_survey(kmtui: Kmtui, small: Path) -> None:
    record = kmtui("survey", "create", "--team", "Ward 7").out.strip()
    for command in (("resume", record, "--plain"), ("resume", "--plain")):
        begun = kmtui(*command, stdin="")
        assert (begun.code, begun.error) == (0, "")
        assert "A survey of individuals: nobody has answered yet." in begun.out
    assert kmtui("survey", "status", record, "--json").json == {"answered": 0, "closed": False}


def test_survey_answer_leads_to_the_first_person_at_once(kmtui: Kmtui, small: Path) -> None:
    record = kmtui("survey", "create", "--team", "Ward 7").out.strip()
    begun = kmtui("survey", "answer", record, "--plain", stdin="Porter\n")
    assert begun.code == 3
    assert "role" in begun.out
    assert "A survey of individuals" not in begun.out
    assert kmtui("survey", "status", record, "--json").json == {"answered": 0, "closed": False}
