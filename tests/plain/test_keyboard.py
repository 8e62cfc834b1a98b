"""At a keyboard a wrong answer is asked again, wherever it is typed, and the conversation goes on to its end."""

from __future__ import annotations

from pathlib import Path

from kmtui.workspace.setups import set_ups
from kmtui.workspace.start import Start
from tests.plain.talker import Talker, numbered

HOME = Start()


def test_from_a_set_up_over_a_survey_to_a_plan_with_a_slip_at_every_question(small: Talker, tmp_path: Path) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("Timestamp,First things,Zzz\n1,0,3\n2,3,3\n3,1,3\n4,2,2\n", encoding="utf-8")
    menu = numbered(small.type("\n", HOME, terminal=True), "Set up a team")
    out = small.type(
        # the set-up
        f"\n{menu}\n1\n7\n1\nWard 7\nAutumn\n\nall of us\n\nsomeday\n1 Dec\nboth\nsurvey\n9\n"
        "3\nLess waiting\n7\n1\n\n4\n9\n\n"
        # the survey
        "1\nOctober\nnever\n1 Dec\n8\n"
        "1\nporter\n9\n1\nIt varies\n\n\nundo\nlist\nfinish\nperhaps\nback\n"
        # a file
        f"2\nnowhere.csv\n{file}\nlist\nwhy 9\n2\nmaybe\n\n"
        # the results, the walk and the plan
        "4\nshut\nclose\n\n9\n1\nWe agree\n\n\nhigh\n3\n0\n\n\n\n\nplan\n7\n1\n\n\nnow 4\nnow 1\nedit 1\n\nmatron\n"
        "soon\n1 Dec\n\n\n\nperhaps\n\n\nmany\n5\nhuge\nlow\n\n\nno\n\n\n",
        HOME,
        terminal=True,
    )
    assert small.code == 0
    assert len(set_ups(small.desk.tools)) == 1
    assessment = small.assessment
    assert assessment.survey is not None
    assert assessment.survey.answered == 5
    assert assessment.finished
    (line,) = assessment.actions
    assert (line.owner, line.priority, line.dots, line.effort) == ("matron", "now", 5, "low")
    assert out.count("Error: ") == 25
