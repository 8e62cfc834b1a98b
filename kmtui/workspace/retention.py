"""How long records are kept. A time can be set; what is older is asked about, and never deleted by itself."""

from __future__ import annotations

from datetime import date

from kmtui.flow.followup import Followed
from kmtui.model.errors import WrongInput
from kmtui.model.lines import RecordLine
from kmtui.workspace.tools import Tools

KEPT_UNTIL = "kept_until"
"""The field of the event that says until when somebody wants to keep a record that is too old."""


def years_before(day: date, years: int) -> date:
    """Return the day so many years before; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def too_old(tools: Tools, years: int | None) -> list[RecordLine]:
    """Return the sessions and assessments that are older than so many years, the oldest first; none without years.

    Those that somebody wants to keep longer are left out until that day has come.
    """
    if years is None:
        return []
    today = tools.today()
    before, followed = years_before(today, years), tools.store.followed()
    old = tools.store.pick_records(lambda line: line.date < before and _asked_about(followed.get(line.id), today))
    return sorted(old, key=lambda line: line.date)


def _asked_about(followed: Followed | None, today: date) -> bool:
    until = followed.values.get(KEPT_UNTIL) if followed is not None else None
    return not until or until <= today.isoformat()


def keep_until(tools: Tools, record_id: str, until: date) -> None:
    """Say that a record is kept until a day, though it is older than records are kept. Raises WrongInput, StoreError.

    Any unique beginning of its id will do.
    """
    if until <= tools.today():
        raise WrongInput("Say a day to come: until then the record is kept without a question.")
    tools.store.add_event(tools.store.find(record_id), {KEPT_UNTIL: until.isoformat()})


def a_year_on(day: date) -> date:
    """Return the day a year later; 29 February becomes 28 February."""
    return years_before(day, -1)


def old_words(count: int, years: int) -> str:
    """Return that so many records are older than records are kept."""
    are = "1 record is" if count == 1 else f"{count} records are"
    return f"{are} older than {'a year' if years == 1 else f'{years} years'}"
