"""Entries, lessons and actions as lines to read and as values to ask for."""

from __future__ import annotations

from collections.abc import Sequence

from kmtui.model.base import in_words
from kmtui.model.errors import WrongInput
from kmtui.model.session import Action, Entry, Lesson, Session, TableRow
from kmtui.model.technique import Actions, AnyStep, Collect, Lessons
from kmtui.text import one_line
from kmtui.workspace.sessions import Item


def items_of(record: Session, step: AnyStep) -> Sequence[Item]:
    """Return the entries, lessons or actions that belong to a step."""
    if isinstance(step, Lessons):
        return record.lessons
    return record.actions if isinstance(step, Actions) else record.entries_of(step.id)


def line_of(record: Session, item: Item) -> str:
    """Return an entry, lesson, action or row on one line."""
    if isinstance(item, TableRow):
        return short(item)
    if isinstance(item, Entry):
        sources = [
            entry.id for entry in record.entries if entry.id == item.answers or entry.step == _step_of(record, item)
        ]
        number = f" (answers {sources.index(item.answers) + 1})" if item.answers in sources else ""
        return f"{item.text}{number}"
    values = lesson_values(item) if isinstance(item, Lesson) else action_values(item)
    labels = _LESSON_LABELS if isinstance(item, Lesson) else _ACTION_LABELS
    parts = [f"{label}: {values[name]}" for name, label in labels.items() if values.get(name)]
    return ". ".join([values[""].rstrip("."), *parts])


_LESSON_LABELS = {
    "cause": "Cause",
    "recommendation": "Recommendation",
    "owner": "Owner",
    "context": "Context",
    "tags": "Tags",
}
_ACTION_LABELS = {"owner": "Owner", "due": "By", "done_when": "Done when", "review": "Looked at again"}


def _step_of(record: Session, entry: Entry) -> str | None:
    """Return the id of the step whose entries the step of this entry answers."""
    step = record.technique.step(entry.step)
    return step.from_ if isinstance(step, Collect) else None


def lesson_values(lesson: Lesson) -> dict[str, str]:
    """Return a lesson as it would be typed, by the name of the field; the lesson itself has none."""
    return {
        "": lesson.lesson,
        "cause": lesson.cause,
        "recommendation": lesson.recommendation,
        "owner": lesson.owner,
        "context": lesson.context,
        "tags": ", ".join(lesson.tags),
        "keep": lesson.keep_or_change,
    }


def action_values(action: Action) -> dict[str, str]:
    """Return an action as it would be typed, by the name of the field; the action itself has none."""
    return {
        "": action.action,
        "owner": action.owner,
        "due": in_words(action.due) if action.due else "",
        "done_when": action.done_when,
        "review": in_words(action.review) if action.review else "",
    }


def check_keep_or_change(words: str) -> None:
    """Raise WrongInput unless it is one of the two."""
    if words.lower() not in ("keep", "change", "k", "c"):
        raise WrongInput(f'"{words[:40]}" is neither keep nor change.')


def short(item: Item) -> str:
    """Return the words of an item without its fields."""
    if isinstance(item, TableRow):
        return one_line(". ".join(item.cells.values()))
    text = item.text if isinstance(item, Entry) else item.lesson if isinstance(item, Lesson) else item.action
    return one_line(text)


def counted(count: int, one: str, more: str) -> str:
    """Return a number with its noun."""
    return f"{count} {one if count == 1 else more}"
