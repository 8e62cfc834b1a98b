"""Lists for people: a line for each thing, no columns, the id last, since it is what commands take."""

from __future__ import annotations

from datetime import date

from kmtui.model.base import in_words
from kmtui.model.lines import ActionLine, LessonLine, RecordLine
from kmtui.store.protocol import Trouble
from kmtui.text import one_line
from kmtui.workspace.desk import TeamLine


def record_line(line: RecordLine) -> str:
    """Return a session or an assessment: what, whose, when, how far."""
    what = line.about_name if line.kind == "session" else "Assessment"
    noun = "steps" if line.kind == "session" else "criteria answered"
    state = "finished" if line.finished else f"open, {line.done} of {line.steps} {noun}"
    name = line.title if line.title and line.title != what else ""
    return _sentence(name, what, line.team, in_words(line.date), state)


def action_line(line: ActionLine, today: date) -> str:
    """Return an action: overdue first, then what, who, by when, what became of it, where it comes from."""
    state = "" if line.state == "open" else line.state
    words = _sentence(
        line.action,
        f"owner {line.owner}" if line.owner else "",
        f"by {in_words(line.due)}" if line.due else "",
        state,
        f"note: {line.note}" if line.note else "",
        f"from {line.title}" if line.title else "",
        line.team,
    )
    rivals = "".join(f" Somebody else said of {field}: {one_line(value)}." for field, value in line.rivals.items())
    return ("Overdue: " if line.overdue(today) else "") + words + rivals


def lesson_line(line: LessonLine) -> str:
    """Return a lesson: what, why, what to do, where it comes from."""
    return _sentence(
        line.lesson,
        f"cause: {line.cause}" if line.cause else "",
        f"recommendation: {line.recommendation}" if line.recommendation else "",
        f"from {line.title}" if line.title else "",
        line.team,
        in_words(line.date),
    )


def team_line(line: TeamLine) -> str:
    """Return a team and how much it has done."""
    sessions = f"{line.sessions} session{'' if line.sessions == 1 else 's'}"
    assessments = f"{line.assessments} assessment{'' if line.assessments == 1 else 's'}"
    return _sentence(line.name, sessions, assessments)


def trouble_lines(trouble: Trouble) -> list[str]:
    """Return what is wrong with a file that cannot be read, and what to do."""
    lines = [f"Error: {one_line(trouble.file)}: {one_line(trouble.message)}"]
    if trouble.backup and trouble.id:
        lines.append(f"The version before is there. To go on with it: kmtui recover {trouble.id}")
    return lines


def _sentence(*parts: str) -> str:
    return ", ".join(one_line(part).rstrip(".") for part in parts if part.strip()) + "."
