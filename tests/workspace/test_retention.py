"""What is older than records are kept is asked about, and never deleted by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kmtui.model.errors import NotFound, WrongInput
from kmtui.workspace.desk import Desk
from kmtui.workspace.retention import a_year_on, keep_until, old_words, too_old, years_before
from kmtui.workspace.sessions import start_session
from tests.workspace.kinds import desk_of_kinds
from tests.workspace.making import assessed, on_day

TODAY = date(2026, 11, 22)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with a session or an assessment of some days."""
    desk = desk_of_kinds(tmp_path)
    for day in (date(2026, 11, 21), date(2020, 11, 21), date(2020, 11, 22), date(2019, 1, 1)):
        start_session(on_day(desk, day).tools, "kinds", title=day.isoformat()).close()
    assessed(on_day(desk, date(2018, 6, 1)), "Ward 7", {}).close()
    return desk


def old(desk: Desk, years: int | None, day: date = TODAY) -> list[date]:
    return [line.date for line in too_old(on_day(desk, day).tools, years)]


def test_records_are_too_old_from_the_day_after_so_many_years(desk: Desk) -> None:
    assert old(desk, 6) == [date(2018, 6, 1), date(2019, 1, 1), date(2020, 11, 21)]
    assert old(desk, 7) == [date(2018, 6, 1), date(2019, 1, 1)]
    assert old(desk, 20) == []
    assert old(desk, 1, date(2040, 1, 1))[-1] == date(2026, 11, 21)


def test_without_a_time_nothing_is_too_old_and_nothing_is_ever_deleted(desk: Desk) -> None:
    assert old(desk, None, date(2100, 1, 1)) == []
    before = len(desk.tools.store.records())
    assert len(old(desk, 1, date(2100, 1, 1))) == before == 5
    assert len(desk.tools.store.records()) == before


def test_what_is_kept_until_a_day_is_asked_about_again_then(desk: Desk) -> None:
    oldest = too_old(on_day(desk, TODAY).tools, 6)[0]
    keep_until(on_day(desk, TODAY).tools, oldest.id[:11], date(2027, 11, 22))
    assert oldest.date not in old(desk, 6)
    assert oldest.date not in old(desk, 6, date(2027, 11, 21))
    assert oldest.date in old(desk, 6, date(2027, 11, 22))
    for day in (TODAY, date(2026, 1, 1)):
        with pytest.raises(WrongInput, match="Say a day to come"):
            keep_until(on_day(desk, TODAY).tools, oldest.id, day)
    with pytest.raises(NotFound):
        keep_until(on_day(desk, TODAY).tools, "zzzz", date(2030, 1, 1))


def test_years_before_and_after_the_29th_of_february() -> None:
    assert years_before(date(2024, 2, 29), 1) == date(2023, 2, 28)
    assert years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
    assert a_year_on(date(2024, 2, 29)) == date(2025, 2, 28)
    assert a_year_on(TODAY) == date(2027, 11, 22)


def test_the_words_for_what_is_old() -> None:
    assert old_words(1, 1) == "1 record is older than a year"
    assert old_words(2, 6) == "2 records are older than 6 years"
