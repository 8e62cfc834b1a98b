"""What people type when they ask which technique fits: when, how many people, how much time, and what for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple, get_args

from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.session import number_in_words
from kmtui.model.technique import Phase

MOST_PEOPLE, MOST_MINUTES = 9999, 9999
_PEOPLE = re.compile(r"(?:about |around )?(\d{1,4})(?:\s*(?:people|persons?|of us))?$")
_TIME = re.compile(
    r"(?:(\d{1,3}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?)(?: and)?)?\s*(?:(\d{1,4})\s*(?:m|mins?|minutes?)?)?$"
)
_IN_FIGURES = {number_in_words(number): str(number) for number in range(1, 13)}
_SPELT = {"half an hour": 30, "an hour": 60, "one hour": 60}


class Situation(Value, frozen=True, kw_only=True):
    """What a technique is looked for; what is None or empty was left open."""

    phase: Phase | None = None
    people: int | None = None
    minutes: int | None = None
    words: str = ""


class SituationQuestion(NamedTuple):
    """One of the questions that lead to a technique. `check` raises WrongInput for what cannot be taken."""

    id: str
    words: str
    hint: str
    check: Callable[[str], object]


def parse_phase(text: str) -> Phase | None:
    """Return when it is, out of "before", "after the work" or a beginning of it; None for an empty text.

    Raises:
        WrongInput: it is neither before, during nor after.
    """
    typed = text.casefold().split()
    if not typed:
        return None
    phases: tuple[Phase, ...] = get_args(Phase)
    found = next((phase for phase in phases if phase.startswith(typed[0])), None)
    if found is None:
        raise WrongInput(f'"{text.strip()[:40]}" is none of the three. Type before, during or after, or Enter alone.')
    return found


def parse_number_of_people(text: str) -> int | None:
    """Return how many people there are, out of "8" or "8 people"; None for an empty text. Raises WrongInput."""
    typed = " ".join(text.casefold().split())
    if not typed:
        return None
    match = _PEOPLE.match(" ".join(_IN_FIGURES.get(word, word) for word in typed.split()))
    if match is None or int(match[1]) < 1:
        raise WrongInput(
            f'"{text.strip()[:40]}" is no number of people from 1 to {MOST_PEOPLE}. Type one such as 8, or Enter alone.'
        )
    return int(match[1])


def parse_minutes(text: str) -> int | None:
    """Return how many minutes there are, out of "30", "30 min" or "1.5 hours"; None for an empty text.

    Raises:
        WrongInput: it is no time, or none of 1 to `MOST_MINUTES` minutes.
    """
    typed = " ".join(text.casefold().split()).rstrip(".")
    if not typed:
        return None
    match = _TIME.match(typed)
    hours, minutes = match.groups() if match is not None else (None, None)
    found = _SPELT.get(typed) or round(float((hours or "0").replace(",", ".")) * 60) + int(minutes or 0)
    if not 1 <= found <= MOST_MINUTES:
        raise WrongInput(f'"{text.strip()[:40]}" is no time. Type minutes such as 30, or Enter alone.')
    return found


def situation_typed(typed: Mapping[str, str]) -> Situation:
    """Return the situation that was typed, by the id of the question. Raises WrongInput."""
    return Situation(
        phase=parse_phase(typed.get("phase", "")),
        people=parse_number_of_people(typed.get("people", "")),
        minutes=parse_minutes(typed.get("minutes", "")),
        words=" ".join(typed.get("words", "").split()),
    )


SITUATION_QUESTIONS = (
    SituationQuestion("phase", "Before, during or after the work?", "before, during, after, or Enter", parse_phase),
    SituationQuestion("people", "How many people are there?", "A number such as 8, or Enter", parse_number_of_people),
    SituationQuestion("minutes", "How many minutes are there?", "A number such as 30, or Enter", parse_minutes),
    SituationQuestion("words", "What is it for?", "A few words, or Enter", lambda _words: None),
)
"""What is asked, one after the other; each may be left open."""
