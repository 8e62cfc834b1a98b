"""What everyone is called in the room, whom that tells on another day, and what a report without names says."""

from __future__ import annotations

from hypothesis import given, settings

from kmtui.flow.people import participants, roles_by_label
from kmtui.model.session import Person
from tests.report.records import PEOPLE


def labels(*people: Person) -> list[str]:
    return [each.label for each in participants(people)]


def test_several_of_one_role_are_numbered_and_one_is_not() -> None:
    people = (Person(role="Ward sister"), Person(role="porter", count=2), Person(role=" Porter "))
    assert [(each.label, each.role, each.known) for each in participants(people)] == [
        ("Ward sister", "Ward sister", True),
        ("porter 1", "porter 1", False),
        ("porter 2", "porter 2", False),
        ("Porter 3", "Porter 3", False),
    ]


def test_who_has_a_name_is_called_by_it_and_known_again() -> None:
    people = (Person(role="porter", name=" Jo "), Person(role="porter"), Person(role="", name="Amina"))
    assert [(each.label, each.role, each.known) for each in participants(people)] == [
        ("Jo", "porter 1", True),
        ("porter 2", "porter 2", False),
        ("Amina", "Person 1", True),
    ]
    assert roles_by_label(people) == {"Jo": "porter 1", "porter 2": "porter 2", "Amina": "Person 1"}


def test_who_has_neither_name_nor_role_is_a_person_with_a_number_and_not_known_again() -> None:
    (first, second, third) = participants((Person(role=" ", count=2), Person(role="", site="North")))
    assert [each.label for each in (first, second, third)] == ["Person 1", "Person 2", "Person 3"]
    assert not any(each.known for each in (first, second, third))
    assert third.site == "North"
    assert participants(()) == ()


def test_a_name_that_people_of_different_places_have_comes_with_the_place() -> None:
    pharmacy, ward = Person(role="", name="Amina", department="Pharmacy"), Person(role="", name="amina", site="North")
    assert labels(pharmacy, ward, Person(role="", name="Jo", site="South")) == [
        "Amina (Pharmacy)",
        "amina (North)",
        "Jo",
    ]
    assert labels(pharmacy, Person(role="", name="Amina")) == ["Amina (Pharmacy)", "Amina"]


def test_the_site_tells_apart_who_is_of_the_same_department() -> None:
    north, south = (Person(role="", name="Amina", department="Pharmacy", site=site) for site in ("North", "South"))
    assert labels(north, south) == ["Amina (Pharmacy, North)", "Amina (Pharmacy, South)"]
    assert labels(north, north) == ["Amina", "Amina"]


def test_roles_of_different_places_stay_roles() -> None:
    people = (Person(role="Sister", department="Surgery"), Person(role="Porter", department="Transport"))
    assert labels(*people) == ["Sister", "Porter"]


def test_the_place_stands_behind_what_somebody_is_called_once() -> None:
    north = Person(role="", name="Amina", department="Pharmacy", site="North")
    (alone,) = participants((north,))
    assert alone.with_place(alone.label) == "Amina (Pharmacy, North)"
    assert alone.with_place(alone.role) == "Person 1 (Pharmacy, North)"
    first, _ = participants((north, Person(role="", name="Amina")))
    assert first.with_place(first.label) == "Amina (Pharmacy, North)"
    (nowhere,) = participants((Person(role="Porter"),))
    assert nowhere.with_place("Porter") == "Porter"


@settings(deadline=None, max_examples=80)
@given(PEOPLE)
def test_everyone_is_there_and_called_something(people: tuple[Person, ...]) -> None:
    found = participants(people)
    assert len(found) == sum(person.count for person in people)
    assert all(each.label and each.role for each in found)
    without_names = {person.role.strip() for person in people} | {"Person"}
    assert all(each.role in without_names or each.role.rsplit(" ", 1)[0] in without_names for each in found)
