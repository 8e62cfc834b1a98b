"""Lists for people: a line for each thing, no columns, the id last, since it is what commands take."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kmtui.model.asset import Asset
from kmtui.model.backup import BackupLine
from kmtui.model.base import in_words
from kmtui.model.bundle import Merged
from kmtui.model.lines import ActionLine, LessonLine, PracticeLine, RecordLine
from kmtui.report.asset_parts import asset_counts, looked_ago
from kmtui.report.lesson_parts import SOME_WORDS, counted_words
from kmtui.store.protocol import Hit, Trouble
from kmtui.text import one_line
from kmtui.workspace.desk import TeamLine
from kmtui.workspace.setups import TeamSetUp


def record_line(line: RecordLine) -> str:
    """Return a session or an assessment: what, whose, when, how far."""
    what = line.about_name if line.kind == "session" else "Survey" if line.way == "survey" else "Assessment"
    noun = "steps" if line.kind == "session" else "criteria answered"
    state = "finished" if line.finished else f"open, {line.done} of {line.steps} {noun}"
    if line.way == "survey" and not line.collecting and not line.finished:
        state = f"closed, {line.done} of {line.steps} levels agreed"
    if line.collecting:
        state = f"answers wanted by {in_words(line.closes)}" if line.closes else "answers are coming in"
    name = line.title if line.title not in (what, line.team) else ""
    return _sentence(name, what, line.team, in_words(line.date), state)


def action_line(line: ActionLine, today: date) -> str:
    """Return an action: overdue first, then what, who, by when, what became of it, where it comes from."""
    state = "" if line.state == "open" else line.state
    words = _sentence(
        line.action,
        f"because: {line.reason}" if line.declined and line.reason else "",
        f"owner {line.owner}" if line.owner else "",
        f"by {in_words(line.due)}" if line.due else "",
        f"looked at again on {in_words(line.review)}" if line.review else "",
        state,
        f"note: {line.note}" if line.note else "",
        f"what changed: {line.outcome}" if line.outcome else "",
        f"for {line.criterion_name}" if line.criterion_name else "",
        f"from {line.title}" if line.title and line.title != line.team else "",
        line.team,
    )
    rivals = "".join(f" Somebody else said of {field}: {one_line(value)}." for field, value in line.rivals.items())
    begins = "Overdue: " if line.overdue(today) else _idea(line) if line.idea and line.state == "open" else ""
    return begins + words + rivals


def _idea(line: ActionLine) -> str:
    """Return why something in a plan is no action yet."""
    if line.priority == "not-for-us":
        return "Not for us: "
    if not line.owner and line.due is None:
        return "An idea, no owner and no day yet: "
    return "An idea, no day yet: " if line.owner else "An idea, no owner yet: "


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


def hit_lines(hit: Hit) -> list[str]:
    """Return a lesson that was found: its words with those that were looked for in marks, then the rest of it."""
    line = hit.line
    excerpt = "".join(f"«{text}»" if found else text for text, found in hit.excerpt)
    found = [f"{one_line(line.lesson)} {line.id}"]
    if one_line(excerpt.replace("«", "").replace("»", "")) != one_line(line.lesson) and excerpt:
        found.append(f"  {one_line(excerpt)}")
    elif excerpt:
        found = [f"{one_line(excerpt)} {line.id}"]
    some = "" if hit.whole else SOME_WORDS
    return [*found, f"  {_sentence(counted_words(line), line.title, line.team, in_words(line.date), some)}"]


def merged_lines(merged: Merged) -> list[str]:
    """Return what came of a bundle: how much is new, was joined or was here, and where both had different words."""
    counts = f"{len(merged.new)} new, {len(merged.joined)} joined, {merged.same} here already."
    failed = [f"Error: {one_line(each)}" for each in merged.failed]
    return [counts, *merged.new, *merged.joined, *(one_line(each) for each in merged.conflicts), *failed]


def backup_line(line: BackupLine) -> str:
    """Return a backup: its name, when it was made, and how much is in it."""
    when = line.when.astimezone()
    if not line.readable:
        return f"{line.name}: {in_words(when.date())}, {when:%H:%M}. It cannot be read."
    return f"{line.name}: {in_words(when.date())}, {when:%H:%M}, {line.files} files, {_size(line.size)}."


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} kB"


def team_line(line: TeamLine) -> str:
    """Return a team and how much it has done."""
    sessions = f"{line.sessions} session{'' if line.sessions == 1 else 's'}"
    assessments = f"{line.assessments} assessment{'' if line.assessments == 1 else 's'}"
    setups = f"{line.setups} set-up{'' if line.setups == 1 else 's'}" if line.setups else ""
    return _sentence(line.name, sessions, assessments, setups)


def setup_line(found: TeamSetUp) -> str:
    """Return a set-up: its name, whose it is, on whose behalf, how, and when the results are talked over."""
    setup = found.setup
    counts = (("goal", "goals", setup.objectives), ("criterion left out", "criteria left out", setup.left_out))
    return _sentence(
        setup.name,
        found.team if found.team != setup.name else "",
        setup.organisation,
        f"on behalf of {setup.on_behalf_of}" if setup.on_behalf_of else "",
        "a survey of individuals" if setup.way == "survey" else "in a group",
        *(f"{len(items)} {one if len(items) == 1 else more}" for one, more, items in counts if items),
        f"feedback on {in_words(setup.feedback)}" if setup.feedback else "",
    )


def practice_line(line: PracticeLine) -> str:
    """Return good practice: whose, where it stands, what, and whom to ask."""
    who = f"{line.team} ({line.organisation})" if line.organisation else line.team
    level = f" at {line.level:g}" if line.level is not None else ""
    words = one_line(line.example).rstrip(".")
    return f"{one_line(line.criterion_name)}: {one_line(who)}{level}. {words}. Ask: {one_line(line.contact)}."


def asset_line(asset: Asset, today: date) -> str:
    """Return a knowledge asset: its title, how much stands on it, when somebody last looked at it."""
    return _sentence(asset.title, asset_counts(asset), looked_ago(asset, today))


def single_answers_line(survey_id: str) -> str:
    """Return what becomes of the single answers to a survey that was closed, and how they are deleted."""
    return f"The single answers stay in this workspace. kmtui survey forget {survey_id} deletes them."


def exports_line(folder: Path) -> str:
    """Return where reports stay when a record is deleted; empty where none was written."""
    try:
        kept = any(folder.iterdir())
    except OSError:  # there is no such folder
        return ""
    return f"Reports that were written to exports are not deleted: {folder}" if kept else ""


def trouble_lines(trouble: Trouble) -> list[str]:
    """Return what is wrong with a file that cannot be read, and what to do."""
    lines = [f"Error: {one_line(trouble.file)}: {one_line(trouble.message)}"]
    if trouble.backup and trouble.id:
        lines.append(f"The version before is there. To go on with it: kmtui recover {trouble.id}")
    return lines


def _sentence(*parts: str) -> str:
    return ", ".join(one_line(part).rstrip(".") for part in parts if part.strip()) + "."
