"""Writes the golden reports anew: python -m tests.report.golden. Read what changed before keeping it."""

from __future__ import annotations

import json
from pathlib import Path

from kmtui import __version__
from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.csv_report import actions_csv, assessment_csv, lessons_csv
from kmtui.report.document import assessment_document, session_document
from kmtui.report.drawing import assessment_chart
from kmtui.report.session_markdown import session_markdown
from tests.report.examples import ASSESSMENT, SESSION

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
        "chart-80.txt": "".join(f"{line.text}\n" for line in assessment_chart(ASSESSMENT, 80)),
        "chart-40-plain.txt": "".join(f"{line.text}\n" for line in assessment_chart(ASSESSMENT, 40, plain=True)),
    }
    return {name: text.replace(f"kmtui {__version__}", "kmtui VERSION") for name, text in made.items()}


def as_json(document: dict[str, object]) -> str:
    """Return a document as it is easily read and compared."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for name, text in reports().items():
        (FOLDER / name).write_bytes(text.encode())
