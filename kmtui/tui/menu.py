"""The lines of the home screen: what is open, what can be begun, what can be looked back on."""

from __future__ import annotations

from kmtui.content.library import Library
from kmtui.model.base import in_words
from kmtui.model.lines import RecordLine
from kmtui.model.technique import RUNNABLE, Technique
from kmtui.tui.safe import parts, words
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.desk import Glance

OPEN_SHOWN = 5
"""How many open records stand on the home screen; all of them stand under past sessions."""


def menu_rows(library: Library, first_technique: str, glance: Glance | None) -> list[Row]:
    """Return the whole menu; without a glance, where the workspace cannot be read, what can be begun."""
    return [*_open(glance), *_begin(library, first_technique), *_look_back(glance)]


def _open(glance: Glance | None) -> list[Row]:
    found = glance.open[:OPEN_SHOWN] if glance is not None else ()
    rows = [Row("", words("Go on with"), heading=True)] if found else []
    return rows + [Row(f"open:{line.id}", parts("  ", _open_words(line))) for line in found]


def _open_words(line: RecordLine) -> str:
    name = line.title or line.team or line.about_name
    what = line.about_name if line.kind == "session" else "Assessment"
    return " · ".join([name, *([what] if what != name else []), how_far(line), in_words(line.date)])


def how_far(line: RecordLine) -> str:
    """Return how far a record is: the step where a session stands, the criteria that were answered."""
    if line.kind == "session":
        return f"step {min(line.done + 1, line.steps)} of {line.steps}"
    return f"{line.done} of {line.steps} answered"


def _begin(library: Library, first_technique: str) -> list[Row]:
    techniques = [loaded.value for loaded in library.techniques()]
    shown = [each for each in techniques if all(isinstance(step, RUNNABLE) for step in each.steps)]
    shown.sort(key=lambda each: each.id != first_technique)
    rows = [Row(f"run:{each.id}", parts(f"  {each.name}", (f"  {_minutes(each)}", "$muted"))) for each in shown]
    rows.insert(1, Row("assess", parts("  Assess a team", ("  about an hour", "$muted"))))
    if library.problems:
        rows.append(Row("broken", parts(("  A technique file has an error. Run: kmtui check", "$warning"))))
    return [Row("", words("Begin"), heading=True), *rows]


def _minutes(technique: Technique) -> str:
    least, most = technique.minutes.least, technique.minutes.most
    return f"{least} min" if least == most else f"{least} to {most} min"


def _look_back(glance: Glance | None) -> list[Row]:
    if glance is None:
        return []
    late = f", {glance.overdue} overdue" if glance.overdue else ""
    rows = [
        Row("", words("Look back"), heading=True),
        Row("actions", parts("  Open actions", (f"  {glance.actions or 'none'}{late}", "$muted"))),
        Row("past", parts("  Past sessions and assessments", (f"  {glance.kept or 'none yet'}", "$muted"))),
    ]
    for trouble in glance.troubles:
        help_words = "Enter puts the version before back" if trouble.backup else "it is left as it is"
        told = f"  Cannot be read: {trouble.file} ({help_words})"
        rows.append(Row(f"trouble:{trouble.id}", parts((told, "$error"))))
    return rows
