"""The lines of the home screen: what is open, what can be begun, what is due, what can be looked back on."""

from __future__ import annotations

from datetime import date

from kmtui.content.library import Library, shipped_folder
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError, WrongContent
from kmtui.model.lines import ActionLine, RecordLine
from kmtui.model.technique import Technique
from kmtui.text import shortened
from kmtui.tui.safe import parts, words
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.desk import Glance
from kmtui.workspace.library import trouble_of
from kmtui.workspace.retention import old_words

OPEN_SHOWN = 5
"""How many open records stand on the home screen; all of them stand under past sessions."""
DUE_SHOWN = 3
"""How many actions that are overdue or due soon stand there; all of them stand under actions."""


def menu_rows(
    library: Library,
    first_technique: str,
    glance: Glance | None,
    today: date,
    *,
    keep_years: int | None = None,
    no_backup: str = "",
) -> list[Row]:
    """Return the whole menu; without a glance, where the workspace cannot be read, what can be begun.

    `no_backup` says why there is no backup of today. Care of the files stands here where something is wrong.
    """
    begin, due = _begin(library, first_technique), _due(glance, today, keep_years)
    return [*_open(glance), *begin, *due, *_look_back(glance), *_care(glance, no_backup), *_troubles(glance)]


def _open(glance: Glance | None) -> list[Row]:
    found = glance.open[:OPEN_SHOWN] if glance is not None else ()
    rows = [Row("", words("Go on with"), heading=True)] if found else []
    return rows + [Row(f"open:{line.id}", parts("  ", _open_words(line))) for line in found]


def _open_words(line: RecordLine) -> str:
    name = line.title or line.team or line.about_name
    if line.collecting:
        return f"{name} · {how_far(line)}"
    what = line.about_name if line.kind == "session" else "Assessment"
    return " · ".join([name, *([what] if what != name else []), how_far(line), in_words(line.date)])


def how_far(line: RecordLine) -> str:
    """Return how far a record is: the step where a session stands, the criteria that were answered.

    Of a survey to which answers still come only its return date is told.
    """
    if line.collecting:
        return "survey" + (f", return by {in_words(line.closes)}" if line.closes is not None else "")
    if line.kind == "session":
        return f"step {min(line.done + 1, line.steps)} of {line.steps}"
    if line.way == "survey":
        return f"survey closed, {line.done} of {line.steps} agreed"
    return f"{line.done} of {line.steps} answered"


def _begin(library: Library, first_technique: str) -> list[Row]:
    """Return what can be begun. Of the techniques only the first one is read; the others are one line together."""
    rows = [
        *_first(library, first_technique),
        Row("assess", parts("  Assess a team", ("  about an hour", "$muted"))),
        Row("survey", parts("  Ask people one by one", ("  a survey", "$muted"))),
        Row("setups", parts("  Set up a team", ("  goals and people", "$muted"))),
    ]
    count = len(library.technique_ids)
    if count:
        rows.append(Row("techniques", parts("  Find a technique", (f"  {count}, and which one fits", "$muted"))))
    if trouble := _trouble(library):
        rows.append(Row("broken", parts((f"  {trouble}", "$warning"))))
    return [Row("", words("Begin"), heading=True), *rows]


def _first(library: Library, first_technique: str) -> list[Row]:
    try:
        technique = library.technique(first_technique).value
    except KmtuiError:  # its file is not there, or broken, which is told below
        return []
    return [Row(f"run:{technique.id}", parts(f"  {technique.name}", (f"  {_minutes(technique)}", "$muted")))]


def _trouble(library: Library) -> str:
    """Return that content cannot be used. Only techniques of one's own are read for it: the others came tested."""
    shipped = shipped_folder() / "techniques"
    own = (path.stem for path in library.files if path.parent in library.folders and path.parent != shipped)
    return trouble_of(library) if library.missing or any(_broken(library, each) for each in own) else ""


def _broken(library: Library, technique_id: str) -> bool:
    try:
        library.technique(technique_id)
    except WrongContent:
        return True
    return False


def _minutes(technique: Technique) -> str:
    least, most = technique.minutes.least, technique.minutes.most
    return f"{least} min" if least == most else f"{least} to {most} min"


def _due(glance: Glance | None, today: date, keep_years: int | None) -> list[Row]:
    found = glance.due[:DUE_SHOWN] if glance is not None else ()
    rows = [Row(f"due:{line.id}", parts(f"  {shortened(line.action, 28)}", *_when(line, today))) for line in found]
    rows += _review(glance)
    rows += _old(glance, keep_years)
    return [Row("", words("Due"), heading=True), *rows] if rows else []


def _review(glance: Glance | None) -> list[Row]:
    count = len(glance.review) if glance is not None else 0
    waits = "1 lesson waits" if count == 1 else f"{count} lessons wait"
    return [Row("review", parts(f"  {waits} for review"))] if count else []


def _old(glance: Glance | None, keep_years: int | None) -> list[Row]:
    """Return that records are older than they are to be kept."""
    if glance is None or not glance.old or keep_years is None:
        return []
    return [Row("old", parts(f"  {old_words(len(glance.old), keep_years)}", ("  look at them", "$muted")))]


def _when(line: ActionLine, today: date) -> tuple[tuple[str, str], ...]:
    """Return whose it is where it is overdue, else by when: one line at 60 columns."""
    if line.overdue(today):
        owner = shortened(line.owner, 16)
        return (("  overdue", "bold $warning"), (f", {owner}" if owner else "", "$muted"))
    return ((f"  by {in_words(line.due)}" if line.due is not None else "", "$muted"),)


def _look_back(glance: Glance | None) -> list[Row]:
    if glance is None:
        return []
    late = f", {glance.overdue} overdue" if glance.overdue else ""
    return [
        Row("", words("Look back"), heading=True),
        *([Row("compare", parts("  Compare teams and years"))] if glance.assessments else []),
        Row("assets", parts("  Knowledge assets", ("  pages on a subject", "$muted"))),
        Row("numbers", parts("  Numbers: what came of our work")),
        Row("register", parts("  Lessons: the register", (f"  {_many(glance.lessons)}", "$muted"))),
        Row("actions", parts("  Open actions", (f"  {glance.actions or 'none'}{late}", "$muted"))),
        Row("past", parts("  Past sessions and assessments", (f"  {glance.kept or 'none yet'}", "$muted"))),
    ]


def _troubles(glance: Glance | None) -> list[Row]:
    rows = []
    for trouble in glance.troubles if glance is not None else ():
        help_words = "Enter puts the version before back" if trouble.backup else "it is left as it is"
        told = f"  Cannot be read: {trouble.file} ({help_words})"
        rows.append(Row(f"trouble:{trouble.id}", parts((told, "$error"))))
    return rows


def _care(glance: Glance | None, no_backup: str) -> list[Row]:
    if not no_backup and (glance is None or not glance.troubles):
        return []
    beside = "there is no backup of today" if no_backup else "look through all of them"
    return [Row("care", parts("  Care of the files", (f"  {beside}", "$muted")))]


def _many(count: int) -> str:
    return f"{count:,}" if count else "none yet"
