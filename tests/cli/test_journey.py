"""A whole year of three teams, as their knowledge specialist goes through it, with commands alone."""

from __future__ import annotations

import statistics
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.desk import open_desk
from kmtui.workspace.planning import Planning
from tests.cli.conftest import Kmtui

TODAY = date.today()  # noqa: DTZ011 - as the program sees it
NEXT_YEAR = date(TODAY.year + 1, 11, 1)
LIBRARY = (2, 3, 3, 5, 4, 4)
WARD = (1, 1, 2, 5, 1)

GROUP = f"""
assess: meetings
team: Ward 7
date: {TODAY.isoformat()}
leave_out: {{papers: we have none}}
objectives: [{{text: Shorter meetings, criteria: [agenda]}}]
ratings:
  agenda: {{level: 4, rationale: We always send one, target: 5}}
  minutes: {{level: 5, example: The clerk keeps them, contact: Clerk}}
actions:
  - action: Hold a review of the last meeting
    criterion: agenda
    technique: after-action-review
    objective: Shorter meetings
    priority: now
    owner: Sister
    due: {TODAY.isoformat()}
  - {{action: Ask the clerk, criterion: agenda, priority: next}}
"""

AGAIN = f"""
assess: meetings
team: Ward 7
date: {NEXT_YEAR.isoformat()}
ratings:
  agenda: {{level: 3, rationale: Half of us never read it, target: 5}}
  minutes: 5
"""


def of(kmtui: Kmtui, view: str, criterion: str, *more: object) -> Any:
    """Return one criterion of a comparison."""
    found = kmtui("compare", view, "--json", *more).json
    return next(each for each in found["criteria"] if each["id"] == criterion)


def planned(workspace: Path, record: str) -> None:
    """Agree a plan out of the options that fit, as a group does on the screens."""
    desk = open_desk(workspace, cache=workspace.parent / "cache")
    opened = desk.open(record)
    assert isinstance(opened, OpenAssessment)
    opened.go("agenda")
    opened.rate(level=2, target=4, rationale="Some of us")
    plan = Planning(desk.tools, opened)
    line = plan.toggle("agenda", "list")
    assert line is not None
    plan.put(line.id, owner="Librarian", due=NEXT_YEAR, priority="now")
    opened.finish()
    opened.close()


def test_three_teams_and_a_year(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    # One team in a group, out of a file.
    (tmp_path / "group.yaml").write_text(GROUP, "utf-8")
    ward_7 = kmtui("assess", "--answers", tmp_path / "group.yaml").out.strip()

    # One by a table of a form service, which has its own names of columns.
    library = kmtui("survey", "create", "--team", "Library", "--closes", "2 weeks").out.strip()
    rows = "".join(f"{n},{level},because {n}\n" for n, level in enumerate(LIBRARY))
    (tmp_path / "forms.csv").write_text(f"Response ID,1. Our agendas,Why?\n{rows}", "utf-8")
    looked = kmtui("survey", "import", library, tmp_path / "forms.csv", "--check")
    assert "--map agenda='1. Our agendas'" in looked.error
    mapped = ("--map", "agenda=1. Our agendas")
    assert kmtui("survey", "import", library, tmp_path / "forms.csv", *mapped).out == "Taken in: 6. Refused: 0.\n"

    # One on the machine, person by person.
    ward_9 = kmtui("survey", "create", "--team", "Ward 9").out.strip()
    for level in WARD:
        said = f"survey: {ward_9}\nratings: {{agenda: {level}, papers: {{skip: dont-know}}}}\n"
        assert kmtui("survey", "answer", ward_9, "--answers", "-", stdin=said).code == 0

    assert {row["id"]: row["answered"] for row in kmtui("survey", "list", "--json").json} == {library: 6, ward_9: 5}
    river = of(kmtui, "river", "agenda")
    assert [each["team"] for each in river["teams"]] == ["Ward 7"]

    for record, levels in ((library, LIBRARY), (ward_9, WARD)):
        assert kmtui("survey", "close", record).code == 0
        score = kmtui("show", record, "--json").json["scores"]["criteria"][0]
        assert score["mean"] == pytest.approx(statistics.mean(levels))
        assert score["sd"] == pytest.approx(statistics.stdev(levels))

    # Plans: what the group has agreed stands beside what individuals answered.
    planned(small, library)
    shown = kmtui("show", library, "--json").json
    assert shown["scores"]["criteria"][0]["mean"] == 3.5
    assert shown["ratings"][0]["level"] == 2
    (action,) = kmtui("plan", library, "--json").json["actions"]
    assert (action["idea"], action["technique"]) == (False, "after-action-review")
    review, idea = kmtui("plan", ward_7, "--json").json["actions"]
    assert (review["idea"], idea["idea"]) == (False, True)

    # A technique out of the plan, and what came of it.
    answers = tmp_path / "review.yaml"
    answers.write_text(
        "technique: after-action-review\ntitle: Review\nteam: Ward 7\n"
        "answers: {learn: [{lesson: Send it on Friday}], act: []}\n",
        "utf-8",
    )
    held = kmtui("run", "aar", "--for", review["id"], "--answers", answers, "--json").json
    assert (held["criterion"], held["assessment"]) == ("agenda", ward_7)
    kmtui("action", review["id"], "--state", "done", "--outcome", "It is sent on Friday")
    assert "It is sent on Friday" in kmtui("plan", ward_7).out

    # A year later: the level has fallen, and the report says what that often means.
    (tmp_path / "again.yaml").write_text(AGAIN, "utf-8")
    again = kmtui("assess", "--answers", tmp_path / "again.yaml").out.strip()
    report = kmtui("show", again).out
    assert "better understanding" in report
    for reason in ("We always send one", "Half of us never read it"):
        assert reason in report

    # Beside each other, and over the years.
    stairs = of(kmtui, "stairs", "agenda")
    assert {each["team"]: (each["level"], each["target"]) for each in stairs["teams"]} == {
        "Ward 7": (3, 5),
        "Library": (2, 4),
        "Ward 9": (2, None),
    }
    assert (stairs["lowest"], stairs["highest"]) == (2, 3)
    points = of(kmtui, "trend", "agenda", "--team", "Ward 7")["points"]
    assert [point["level"] for point in points] == [4, 3]
    for view in ("river", "stairs", "trend"):
        aloud = kmtui("compare", view, "--sentences", "--team", "Ward 7").out
        assert "Agenda" in aloud
        assert "better understanding" in aloud or view != "trend"
    (practice,) = kmtui("list", "practices", "--json").json
    assert practice["contact"] == "Clerk"

    # All of it in another workspace.
    other = ("--workspace", tmp_path / "other")
    for record in (ward_7, library, ward_9, again, held["id"]):
        kmtui("export", record, "--format", "json", "--with-names", "-o", tmp_path / "out.json")
        assert kmtui("import", tmp_path / "out.json", *other).out == f"{record}\n"
        assert kmtui("show", record, "--json", *other).json == kmtui("show", record, "--json").json
    for view in ("river", "stairs"):
        assert kmtui("compare", view, *other).out == kmtui("compare", view).out
    assert kmtui("plan", ward_7, *other).out == kmtui("plan", ward_7).out
    assert kmtui("list", "actions", "--json", *other).json == kmtui("list", "actions", "--json").json
