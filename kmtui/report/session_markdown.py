"""A session as Markdown: first what was learned and who does what by when, then how the group got there."""

from __future__ import annotations

from kmtui.model.session import Entry, Lesson, Session
from kmtui.model.technique import Collect
from kmtui.report.escape import block, inline
from kmtui.report.parts import actions_table, facts, front, joined, labelled, parked, sentence, title_of, told
from kmtui.text import shortened


def session_markdown(session: Session, *, with_names: bool = False, held_for: str = "") -> str:
    """Return the report of a session, to be sent round as it is.

    Names of people are in it only when asked for; what was said in a private step, facilitators' tips and words not
    entered yet never are.
    """
    technique = session.technique
    about = {"technique": technique.id, "technique_version": technique.version}
    parts = [
        title_of(session, technique.name),
        facts(session, [session.team], with_names),
        "" if session.finished else f"Not finished yet: the session is at “{inline(session.step.title)}”.",
        *labelled([("Held for", held_for)]),
        *_lessons(session),
        *actions_table(session.actions),
        *_steps(session, with_names),
        *parked(session),
    ]
    return front(session, "session", about) + "\n" + joined(parts)


def _lessons(session: Session) -> list[str]:
    said = [lesson for lesson in session.lessons if told(lesson.lesson)]
    items = [_lesson(lesson, f"{number}. ") for number, lesson in enumerate(said, start=1)]
    return ["## What we learned", "\n".join(items)] if items else []


def _lesson(lesson: Lesson, mark: str) -> str:
    keep = lesson.keep_or_change == "keep"
    indent = len(mark)  # lines that belong to an item stand as far in as its text
    more = labelled(
        (
            ("Why", lesson.cause),
            ("Keep" if keep else "Change", lesson.recommendation or ("doing it" if keep else "")),
            ("Where it comes from", lesson.context),
            ("Owner", lesson.owner),
            ("Tags", ", ".join(tag for tag in lesson.tags if told(tag))),
        ),
        indent,
    )
    return mark + ("\n" + " " * indent).join([f"**{sentence(lesson.lesson, indent)}**", *more])


def _steps(session: Session, with_names: bool) -> list[str]:
    open_steps = [step for step in session.technique.steps if isinstance(step, Collect) and not step.private]
    shown = {step.id for step in open_steps}
    # What answers an entry of a private step does not quote it.
    texts = {entry.id: entry.text for entry in session.entries if entry.step in shown}
    parts = []
    for step in open_steps:
        entries = [entry for entry in session.entries_of(step.id) if told(entry.text)]
        if entries:
            lines = [f"- {_entry(entry, texts, with_names)}" for entry in entries]
            parts += [f"## {inline(step.title)}", "\n".join(lines)]
    return parts


def _entry(entry: Entry, texts: dict[str, str], with_names: bool) -> str:
    answered = shortened(texts.get(entry.answers or "", ""), 60)
    notes = [inline(entry.by)] if with_names and told(entry.by) else []
    notes += [f"on “{inline(answered)}”"] if answered else []
    return block(entry.text, 2) + (f" ({', '.join(notes)})" if notes else "")
