"""A session as Markdown: first what was learned and who does what by when, then how the group got there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kmtui.model.lines import LessonLine
from kmtui.model.session import Lesson, Session
from kmtui.report.escape import inline
from kmtui.report.lesson_parts import origin
from kmtui.report.parts import (
    actions_table,
    because_of,
    bullets,
    facts,
    front,
    joined,
    labelled,
    parked,
    sentence,
    title_of,
    told,
)
from kmtui.report.session_steps import steps_markdown


def session_markdown(
    session: Session,
    *,
    with_names: bool = False,
    held_for: str = "",
    continues: Sequence[str] = (),
    assessments: Mapping[str, str] | None = None,
    lessons: Mapping[str, LessonLine] | None = None,
) -> str:
    """Return the report of a session, to be sent round as it is.

    `held_for` is the criterion for which it was held, `continues` what the earlier sessions on the same work are
    called, `assessments` what the assessments that were begun in it are called, by id. `lessons` are earlier ones that
    it goes with, by id.

    Names of people are in it only when asked for; what was said in a private step, facilitators' tips and words not
    entered yet never are.
    """
    technique, known = session.technique, lessons or {}
    about = {"technique": technique.id, "technique_version": technique.version}
    parts = [
        title_of(session, technique.name),
        facts(session, [session.team], with_names),
        "" if session.finished else f"Not finished yet: the session is at “{inline(session.step.title)}”.",
        *labelled([("Held for", held_for), ("Goes on from", "; ".join(continues))]),
        *_lessons(session, known),
        *actions_table(session.actions, [because_of({each: line.lesson for each, line in known.items()})]),
        *_taken(session, known),
        *steps_markdown(session, with_names=with_names, assessments=assessments or {}),
        *parked(session),
    ]
    return front(session, "session", about) + "\n" + joined(parts)


def _lessons(session: Session, known: Mapping[str, LessonLine]) -> list[str]:
    said = [lesson for lesson in session.lessons if told(lesson.lesson)]
    items = [_lesson(lesson, f"{number}. ", known.get(lesson.again or "")) for number, lesson in enumerate(said, 1)]
    return ["## What we learned", "\n".join(items)] if items else []


def _taken(session: Session, known: Mapping[str, LessonLine]) -> list[str]:
    """Return the lessons that the session began with, with the day and where they come from, under their heading."""
    sources = {lesson: f" ({origin(line)})" for lesson, line in known.items()}
    lines = [f"{each.words}{sources.get(each.lesson, '')}" for each in session.taken]
    return ["## Lessons taken along", bullets(lines)] if session.taken else []


def _lesson(lesson: Lesson, mark: str, earlier: LessonLine | None) -> str:
    keep = lesson.keep_or_change == "keep"
    indent = len(mark)  # lines that belong to an item stand as far in as its text
    more = labelled(
        (
            ("Why", lesson.cause),
            ("Keep" if keep else "Change", lesson.recommendation or ("doing it" if keep else "")),
            ("Where it comes from", lesson.context),
            ("Owner", lesson.owner),
            ("Learnt before", origin(earlier) if earlier is not None else ""),
            ("Tags", ", ".join(tag for tag in lesson.tags if told(tag))),
        ),
        indent,
    )
    return mark + ("\n" + " " * indent).join([f"**{sentence(lesson.lesson, indent)}**", *more])
