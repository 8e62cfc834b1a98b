"""Lessons as a form that asks little: lesson, cause, recommendation, owner; the rest only when wanted."""

from __future__ import annotations

from textual.content import Content

from kmtui.model.session import Lesson
from kmtui.model.technique import Lessons
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import TIED, StepFace
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, numbered
from kmtui.workspace.sessions import OpenSession


class LessonsFace(StepFace[Lessons]):
    """Lessons of a session."""

    empty = "What we learned, with its cause and what to do. Type the first lesson and press Enter."

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for lesson, cause, recommendation and owner."""
        return (
            Question("lesson", "What did we learn?", "What would you tell another team?", required=True),
            Question("cause", "Why is that so?", "What happened that makes us say so?"),
            Question("recommendation", "What should be done?", "So that it goes well next time"),
            Question("owner", "Who looks after this lesson?", "A role; Enter leaves it open"),
        )

    def more_questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for context and tags."""
        return (
            Question("context", "When and where does it apply?", "What must others know to use it?"),
            Question("tags", "Words to find it by", "With commas between: moves, beds"),
        )

    def begun(self, opened: OpenSession) -> bool:
        """Say whether there are any yet; what they come from stands above them."""
        return bool(opened.record.lessons)

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the lessons with cause and recommendation."""
        said = [
            Row(lesson.id, numbered(number, _shown(lesson, opened.lesson_words(lesson.again))))
            for number, lesson in enumerate(opened.record.lessons, 1)
        ]
        return [*self.source_rows(opened), *said]

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return what stands in a lesson."""
        lesson = lesson_of(opened, item_id)
        if lesson is None:
            return None
        return {
            "lesson": lesson.lesson,
            "cause": lesson.cause,
            "recommendation": lesson.recommendation,
            "owner": lesson.owner,
            "context": lesson.context,
            "tags": ", ".join(lesson.tags),
        }

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Add or change a lesson; what the form did not ask for stays as it was."""
        before = lesson_of(opened, editing)
        old = self.values(opened, editing) if editing is not None else None
        given = {**(old or {}), **values}
        opened.put_lesson(
            given["lesson"],
            cause=given.get("cause", ""),
            recommendation=given.get("recommendation", ""),
            owner=given.get("owner", ""),
            context=given.get("context", ""),
            tags=given.get("tags", ""),
            keep_or_change=before.keep_or_change if before is not None else "change",
            lesson_id=before.id if before is not None else None,
            again=given.get(TIED),
        )
        return before.id if before is not None else None


def lesson_of(opened: OpenSession, lesson_id: str | None) -> Lesson | None:
    """Return the lesson with this id, or None."""
    return next((lesson for lesson in opened.record.lessons if lesson.id == lesson_id), None)


def _shown(lesson: Lesson, before: str) -> Content:
    keep = "Keep doing: " if lesson.keep_or_change == "keep" else ""
    pieces: list[str | tuple[str, str]] = [(f"{keep}{lesson.lesson}", "bold")]
    if lesson.cause:
        pieces.append(f"\n   Why: {lesson.cause}")
    if lesson.recommendation:
        pieces.append(f"\n   Do: {lesson.recommendation}")
    behind = " · ".join(part for part in (lesson.owner, lesson.context, ", ".join(lesson.tags)) if part)
    if behind:
        pieces.append((f"\n   {behind}", "$muted"))
    if before:
        pieces.append((f"\n   learnt before: {one_line(before)}", "$muted"))
    return parts(*pieces)
