"""Invitations to conversations, a text for each group, to be sent as a message."""

from __future__ import annotations

from kmtui.flow.people import participants
from kmtui.model.base import in_words
from kmtui.model.session import Session
from kmtui.model.technique import Groups
from kmtui.report.step_document import rounds_for
from kmtui.text import clean, one_line


def invitations(session: Session, *, with_names: bool = True) -> tuple[str, ...]:
    """Return an invitation for each group of each round of the groups steps, as plain text to paste into a message.

    An invitation says who is invited and from where, what it is about, and how the conversation could start.
    """
    people = {each.label if with_names else each.role: each for each in participants(session.people)}
    found = []
    for step in session.technique.steps:
        if isinstance(step, Groups):
            rounds = rounds_for(session, step.id, with_names=with_names)
            for number, round_ in enumerate(rounds, 1):
                groups = [
                    [people[name].with_place(name) if name in people else name for name in group] for group in round_
                ]
                found += [_invitation(session, step, group, number if len(rounds) > 1 else 0) for group in groups]
    return tuple(found)


def _invitation(session: Session, step: Groups, group: list[str], number: int) -> str:
    lines = [f"To: {', '.join(map(one_line, group))}"]
    about = one_line(session.title) or one_line(session.technique.name)
    lines += [f"About: {about}" + (f", round {number}" if number else ""), ""]
    lines += [one_line(step.invite), ""] if step.invite else []
    if step.starters:
        lines += ["To begin with, if you like:", *(f"- {one_line(each)}" for each in step.starters), ""]
    lines.append(f"Drawn on {in_words(session.date)}.")
    return clean("\n".join(lines))
