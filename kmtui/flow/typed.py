"""What people type into one line: dates and who took part."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kmtui.model.base import ENGLISH_MONTHS
from kmtui.model.errors import WrongInput
from kmtui.model.session import Person

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = {name.lower()[:3]: number for number, name in enumerate(ENGLISH_MONTHS, 1)}
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{2}|\d{4}))?$")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?$")
_IN = re.compile(r"(?:in\s+|\+)?(\d{1,3})\s*(days?|weeks?|months?|d|w|m)$")
_COUNT = re.compile(r"(\d{1,3})\s*(?:[x×]\s*)?(?=\D)(.+)$", re.IGNORECASE)

DATE_HELP = "Write it as 2026-12-01, 1 Dec, 1/12, friday, tomorrow or 2 weeks."


def parse_date(text: str, today: date) -> date | None:
    """Return the day that somebody typed; None for an empty text. Days come before months, as in Britain.

    A day without a year is the next one from today on; a weekday is the next one after today.

    Raises:
        WrongInput: it is no date.
    """
    words = " ".join(text.lower().split())
    if not words:
        return None
    try:
        found = _parse(words, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise WrongInput(f'"{text.strip()[:40]}" is not a date. {DATE_HELP}')
    return found


def _parse(words: str, today: date) -> date | None:
    if words in ("today", "tomorrow"):
        return today + timedelta(days=words == "tomorrow")
    weekday = [name for name in _WEEKDAYS if len(words) >= 3 and name.startswith(words.removeprefix("next "))]
    if len(weekday) == 1:
        return today + timedelta(days=(_WEEKDAYS.index(weekday[0]) - today.weekday() - 1) % 7 + 1)
    if match := _IN.match(words):
        return _later(today, int(match[1]), match[2][0])
    if match := _NUMBERS.match(words):
        return _next(int(match[1]), int(match[2]), match[3], today)
    if match := _WORDS.match(words):
        month = _MONTHS.get(match[2][:3])
        spelt = month is not None and ENGLISH_MONTHS[month - 1].lower().startswith(match[2])
        return _next(int(match[1]), month, match[3], today) if spelt and month is not None else None
    return date.fromisoformat(words) if re.match(r"\d{4}-\d{2}-\d{2}$", words) else None


def _later(today: date, count: int, unit: str) -> date:
    if unit != "m":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    month = today.month - 1 + count
    year, month = today.year + month // 12, month % 12 + 1
    day = today.day
    while True:  # the 31st of a shorter month is its last day
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def _next(day: int, month: int, year: str | None, today: date) -> date:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year, today.year + 9):  # 29 February may be eight years away
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("there is no such day")


def parse_people(text: str) -> tuple[Person, ...]:
    """Return who took part, out of roles with commas between: "Ward sister, 4 porters, bed manager"."""
    people = []
    for part in re.split(r"[,;\n]", text):
        words = " ".join(part.split())
        if not words:
            continue
        match = _COUNT.match(words)
        if match and int(match[1]) > 0:
            people.append(Person(role=match[2].strip(), count=int(match[1])))
        else:
            people.append(Person(role=words))
    return tuple(people)


def people_after(before: tuple[Person, ...], text: str) -> tuple[Person, ...]:
    """Return who took part after somebody has changed the line that `people_as_typed` made of `before`.

    Who is still named as before keeps name, department and site, which the line does not show. An unchanged line
    changes nobody, whatever commas stand in a role. Those who have a name alone stay, since the line has only roles.
    """
    if " ".join(text.split()) == " ".join(people_as_typed(before).split()):
        return before
    known: dict[str, list[Person]] = {}
    for person in reversed(before):
        known.setdefault(_as_typed(person), []).append(person)
    typed = ((person, known.get(_as_typed(person))) for person in parse_people(text))
    return (
        *(same.pop() if same else person for person, same in typed),
        *(each for each in before if _name_alone(each)),
    )


def people_as_typed(people: tuple[Person, ...]) -> str:
    """Return people as somebody would type them, for a field in which they can be changed.

    Whoever was added to a group by name has no role, and is left out: a name that is typed here becomes a role, and
    roles are in every report.
    """
    return ", ".join(_as_typed(person) for person in people if not _name_alone(person))


def _as_typed(person: Person) -> str:
    return person.role if person.count == 1 else f"{person.count} {person.role}".strip()


def _name_alone(person: Person) -> bool:
    return bool(person.name.strip()) and not person.role.strip()
