"""The life of a lesson: captured, agreed, applied, retired. What is said of it is the fold of events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar, get_args

from msgspec.structs import replace

from kmtui.flow.followup import Followed, fold
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.lesson import LessonState, Life, Turn
from kmtui.model.lines import LessonLine

JOINED = "joined"
"""The field of the event that says into which lesson one was joined."""

_STATES: frozenset[str] = frozenset(get_args(LessonState))
_OWN_FIELDS = ("state", "review", "owner", JOINED)
_NEEDS_NOTE: dict[str, str] = {
    "applied": "Say with it what changed.",
    "retired": "Say with it why it is of no use any more.",
}

Lined = TypeVar("Lined", bound=LessonLine)


def turn(
    state: str | None = None,
    *,
    note: str = "",
    role: str = "",
    owner: str | None = None,
    review: date | None = None,
    no_review: bool = False,
) -> dict[str, str | None]:
    """Return the change of an event that gives a lesson a state, a role that owns it, or a day of review.

    Raises:
        WrongInput: the state is none, or needs a note; or nothing is changed.
    """
    if state is not None and state not in _STATES:
        raise WrongInput(f'"{state}" is no state of a lesson. They are: {", ".join(get_args(LessonState))}.')
    if state in _NEEDS_NOTE and not note.strip():
        raise WrongInput(f"A lesson is not {state} without a word. {_NEEDS_NOTE[state or '']}")
    change: dict[str, str | None] = {}
    if state is not None:
        change |= {"state": state}
    if note.strip():
        change["note"] = note.strip()
    if owner is not None:
        change["owner"] = owner.strip()
    if review is not None or no_review:
        change["review"] = None if review is None else review.isoformat()
    if not change:
        raise WrongInput("Nothing to change was given: a state, a note, a role that owns it, or a day of review.")
    return change | ({"role": role.strip()} if role.strip() else {})


def lives(events: Mapping[str, Iterable[Event]]) -> dict[str, Life]:
    """Return what has become of lessons, by id, out of all events by subject."""
    found = {about: life(said) for about, said in events.items()}
    return {about: each for about, each in found.items() if each != Life()}


def life(events: Iterable[Event]) -> Life:
    """Return what the events on one lesson come to; those on other things come to nothing."""
    ordered = sorted(
        {event.id: event for event in events}.values(),
        key=lambda event: (event.at, event.process, event.sequence, event.id),
    )
    turns = tuple(_turn(event) for event in ordered if event.change.get("state") in _STATES)
    noted = any(event.change.keys() & {JOINED, "review", "owner"} for event in ordered)
    if not turns and not noted:
        return Life()
    followed = next(iter(fold(ordered).values()))
    values = followed.values
    return Life(
        state=turns[-1].state if turns else "captured",
        review=_as_date(values.get("review")),
        owner=values.get("owner"),
        joined=values.get(JOINED) or None,
        turns=turns,
        rivals=_rivals(followed),
    )


def _turn(event: Event) -> Turn:
    state: LessonState = next(each for each in get_args(LessonState) if each == event.change["state"])
    return Turn(state=state, at=event.at, role=event.change.get("role") or "", note=event.change.get("note") or "")


def _rivals(followed: Followed) -> dict[str, str]:
    return {field: value or "" for field, value in followed.rivals.items() if field in _OWN_FIELDS}


def _as_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None


def with_life(line: Lined, known: Life | None) -> Lined:
    """Return the line of a lesson with what has become of it."""
    if known is None:
        return line
    owner = line.owner if known.owner is None else known.owner
    return replace(
        line, state=known.state, review=known.review, joined=known.joined, owner=owner, rivals=dict(known.rivals)
    )


def waits(line: LessonLine, today: date) -> bool:
    """Say whether somebody should look at a lesson again: its day has come, and it is neither retired nor joined."""
    return line.review is not None and line.review <= today and line.state != "retired" and line.joined is None


def root(lesson_id: str, known: Mapping[str, Life]) -> str:
    """Return the lesson into which one was joined in the end, or its own id. Whoever joins in a circle stays apart."""
    seen = [lesson_id]
    while (found := known.get(seen[-1])) is not None and found.joined and found.joined not in seen:
        seen.append(found.joined)
    last = known.get(seen[-1])
    return lesson_id if last is not None and last.joined in seen else seen[-1]
