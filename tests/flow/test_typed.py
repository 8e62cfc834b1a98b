"""Dates and people as somebody types them into one line."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.flow.typed import parse_date, parse_people, people_after, people_as_typed
from kmtui.model.errors import WrongInput
from kmtui.model.session import Person

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", None),
        ("  ", None),
        ("2026-12-01", date(2026, 12, 1)),
        ("1 Dec", date(2026, 12, 1)),
        ("1st december 2027", date(2027, 12, 1)),
        ("1/12", date(2026, 12, 1)),
        ("1.12.27", date(2027, 12, 1)),
        ("03/02/2027", date(2027, 2, 3)),
        ("1/11", date(2027, 11, 1)),
        ("29 feb", date(2028, 2, 29)),
        ("today", SUNDAY),
        ("Tomorrow", date(2026, 11, 23)),
        ("friday", date(2026, 11, 27)),
        ("next fri", date(2026, 11, 27)),
        ("sunday", date(2026, 11, 29)),
        ("2 weeks", date(2026, 12, 6)),
        ("in 3 days", date(2026, 11, 25)),
        ("+10d", date(2026, 12, 2)),
        ("3 months", date(2027, 2, 22)),
    ],
)
def test_a_date_as_people_type_it(typed: str, meant: date | None) -> None:
    assert parse_date(typed, SUNDAY) == meant


@pytest.mark.parametrize("typed", ["soon", "31 Feb", "30/2", "2026-13-01", "1 decemberish", "99999 days", "s", "1 xyz"])
def test_what_is_no_date_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(WrongInput, match=r"is not a date\. Write it as 2026-12-01"):
        parse_date(typed, SUNDAY)


def test_a_month_after_the_31st_ends_on_its_last_day() -> None:
    assert parse_date("1 month", date(2027, 1, 31)) == date(2027, 2, 28)


def test_people_with_and_without_a_number() -> None:
    assert parse_people("ward sister, 4 porters; 2 x nurse\n, 0 of these, 7") == (
        Person(role="ward sister"),
        Person(role="porters", count=4),
        Person(role="nurse", count=2),
        Person(role="0 of these"),
        Person(role="7"),
    )


def test_people_stay_who_they_were_where_the_line_still_names_them() -> None:
    people = (Person(role="Consultant", name="A name", site="North"), Person(role="Head, nursing"))
    assert people_as_typed(people) == "Consultant, Head, nursing"
    assert people_after(people, " Consultant,  Head, nursing") == people
    assert people_after(people, "Consultant, porter") == (people[0], Person(role="porter"))
    assert people_after((), "") == ()


def test_who_has_a_name_alone_is_not_in_the_line_and_stays() -> None:
    """A name that is typed into the line becomes a role, and roles are in every report."""
    amina = Person(name="Amina Khan", department="Pharmacy")
    people = (amina, Person(role=" ", count=3), Person(role="nurse"))
    assert people_as_typed(people) == "3, nurse"
    assert people_as_typed((Person(role="porter", name="Jo", count=2),)) == "2 porter"
    assert people_after(people, "3, nurse") == people
    assert people_after(people, "nurse, porter") == (people[2], Person(role="porter"), amina)
    assert people_after((amina,), "") == (amina,)


def test_two_who_are_named_alike_stay_two() -> None:
    people = tuple(Person(role="Consultant", name=name, site=site) for name, site in (("A", "North"), ("B", "South")))
    assert people_after(people, "Consultant, Consultant, porter") == (*people, Person(role="porter"))
    assert people_after(people, "porter, Consultant") == (Person(role="porter"), people[0])
    assert people_after(people, "Consultant, Consultant, Consultant") == (*people, Person(role="Consultant"))
