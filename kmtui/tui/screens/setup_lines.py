"""The lines of a set-up that are changed in a field: what is asked, what stands there, and what words become."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from kmtui.flow.typed import parse_date, people_after, people_as_typed
from kmtui.model.base import in_words
from kmtui.model.errors import WrongInput
from kmtui.model.setup import SetUp, Way
from kmtui.text import one_line
from kmtui.tui.screens.setups import WAYS
from kmtui.workspace.setups import TeamSetUp


class Line(NamedTuple):
    """A line that is changed in the field: what is asked, what stands there, and what words become."""

    id: str
    label: str
    question: str
    hint: str
    typed: Callable[[TeamSetUp], str]
    shown: Callable[[TeamSetUp], str]
    taken: Callable[[SetUp, str, date], dict[str, Any]]


def _text(field: str) -> Callable[[TeamSetUp], str]:
    return lambda found: str(getattr(found.setup, field))


def _day(found: TeamSetUp) -> str:
    return "" if found.setup.feedback is None else in_words(found.setup.feedback)


def _way(text: str) -> Way:
    typed = text.strip().casefold()
    for way in ("group", "survey"):
        if typed and way.startswith(typed):
            return "survey" if way == "survey" else "group"
    raise WrongInput(f'"{one_line(text)[:40]}" is neither. Type group or survey.')


LINES = (
    Line(
        "name",
        "Name",
        "What is the set-up called?",
        "A name to find it by",
        _text("name"),
        _text("name"),
        lambda _, text, __: {"name": text},
    ),
    Line(
        "team",
        "Team",
        "Which team?",
        "Ward 7",
        lambda found: found.team,
        lambda found: found.team,
        lambda _, text, __: {"team": text},
    ),
    Line(
        "way",
        "How",
        "With a group, or a survey of individuals?",
        "Type group or survey; Enter keeps it as it is",
        lambda _: "",
        lambda found: WAYS[found.setup.way],
        lambda setup, text, _: {"way": _way(text) if text.strip() else setup.way},
    ),
    Line(
        "on_behalf_of",
        "On behalf of",
        "On whose behalf does the team answer?",
        "The whole team, the directorate…",
        _text("on_behalf_of"),
        _text("on_behalf_of"),
        lambda _, text, __: {"on_behalf_of": text},
    ),
    Line(
        "people",
        "People",
        "Who takes part?",
        "Roles with commas between: ward sister, 4 porters",
        lambda found: people_as_typed(found.setup.people),
        lambda found: people_as_typed(found.setup.people),
        lambda setup, text, _: {"people": people_after(setup.people, text)},
    ),
    Line(
        "organisation",
        "Organisation",
        "Which organisation?",
        "May be left empty",
        _text("organisation"),
        _text("organisation"),
        lambda _, text, __: {"organisation": text},
    ),
    Line(
        "feedback",
        "Feedback meeting",
        "When are the results talked over?",
        "1 December, friday, 2 weeks; may be left empty",
        _day,
        _day,
        lambda _, text, today: {"feedback": parse_date(text, today)},
    ),
)
BY_ID = {line.id: line for line in LINES}
