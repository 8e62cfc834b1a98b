"""Writes the golden reports anew: python -m tests.report.golden. Read what changed before keeping it."""

from __future__ import annotations

import json
from pathlib import Path

from kmtui import __version__
from kmtui.report.advance import advance_markdown
from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.csv_report import actions_csv, assessment_csv, lessons_csv, plan_csv
from kmtui.report.document import assessment_document, plan_document, session_document
from kmtui.report.drawing import assessment_chart
from kmtui.report.forms import csv_form, email_form, paper_form
from kmtui.report.plan_markdown import board_markdown, plan_markdown
from kmtui.report.sentences import (
    chart_sentences,
    disagreement_sentences,
    plan_sentences,
    summary_sentences,
    then_and_now_sentences,
)
from kmtui.report.session_markdown import session_markdown
from tests.report.examples import ASSESSMENT, FEW, HELD, LATER, MATRIX, OPEN_SURVEY, SESSION, SURVEY

FOLDER = Path(__file__).parent / "golden"


def reports() -> dict[str, str]:
    """Return every report of the examples by the name of its file, without the version of the program."""
    names = {"after-action-review": "After Action Review"}
    made = {
        "session.md": session_markdown(SESSION),
        "session-with-names.md": session_markdown(SESSION, with_names=True),
        "assessment.md": assessment_markdown(ASSESSMENT, technique_names=names),
        "session.json": as_json(session_document(SESSION, with_names=False)),
        "assessment.json": as_json(assessment_document(ASSESSMENT, with_names=False)),
        "assessment.csv": assessment_csv(ASSESSMENT),
        "assessment-actions.csv": actions_csv(ASSESSMENT),
        "lessons.csv": lessons_csv(SESSION),
        "assessment-a-year-later.md": assessment_markdown(LATER, technique_names=names, before=ASSESSMENT, held=HELD),
        "survey.md": assessment_markdown(SURVEY, technique_names=names, held=HELD),
        "survey-few.md": assessment_markdown(FEW),
        "survey-open.md": assessment_markdown(OPEN_SURVEY),
        "survey.json": as_json(assessment_document(SURVEY, with_names=False)),
        "survey.csv": assessment_csv(SURVEY),
        "survey-chart-120.txt": "".join(f"{line.text}\n" for line in assessment_chart(SURVEY, 120)),
        "survey-chart-40-plain.txt": "".join(f"{line.text}\n" for line in assessment_chart(SURVEY, 40, plain=True)),
        "plan.md": plan_markdown(ASSESSMENT, technique_names=names, held=HELD),
        "plan.json": as_json(plan_document(ASSESSMENT)),
        "plan.csv": plan_csv(ASSESSMENT, names),
        "board.md": board_markdown(ASSESSMENT),
        "survey-board.md": board_markdown(SURVEY),
        "advance.md": advance_markdown(
            MATRIX,
            team="Ward 7",
            on_behalf_of="the whole team",
            objectives=ASSESSMENT.objectives,
            left_out=ASSESSMENT.left_out,
            feedback=ASSESSMENT.feedback,
            people=ASSESSMENT.people,
        ),
        "form-email.txt": email_form(OPEN_SURVEY),
        "form-paper.md": paper_form(OPEN_SURVEY),
        "form.csv": csv_form(OPEN_SURVEY),
        "sentences.txt": _sentences(),
        "chart-80.txt": "".join(f"{line.text}\n" for line in assessment_chart(ASSESSMENT, 80)),
        "chart-40-plain.txt": "".join(f"{line.text}\n" for line in assessment_chart(ASSESSMENT, 40, plain=True)),
    }
    return {name: text.replace(f"kmtui {__version__}", "kmtui VERSION") for name, text in made.items()}


def _sentences() -> str:
    """Return what is read aloud, each kind after an empty line."""
    kinds = (
        summary_sentences(SURVEY),
        chart_sentences(SURVEY),
        disagreement_sentences(SURVEY),
        summary_sentences(FEW),
        disagreement_sentences(FEW),
        summary_sentences(OPEN_SURVEY),
        then_and_now_sentences(LATER, ASSESSMENT),
        then_and_now_sentences(ASSESSMENT, SURVEY),
        plan_sentences(ASSESSMENT),
    )
    return "\n".join("".join(f"{each}\n" for each in kind) for kind in kinds)


def as_json(document: dict[str, object]) -> str:
    """Return a document as it is easily read and compared."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for name, text in reports().items():
        (FOLDER / name).write_bytes(text.encode())
