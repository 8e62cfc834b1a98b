"""What is done in steps of the kinds score, vote, groups, table and assess of an open session, and whose turn it is."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from typing import TypeVar

from msgspec.structs import replace

from kmtui.analysis.grouping import Guest, Met, draw, join
from kmtui.analysis.matching import folded
from kmtui.flow import steps as flow
from kmtui.flow.people import Participant, participants
from kmtui.model.errors import NotFound, StoreError, WrongInput
from kmtui.model.session import Grouping, Person, Session, TableRow
from kmtui.model.technique import Assess, Collect, Groups, Score, Table, Vote
from kmtui.text import clean
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.opened import wanted
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.tools import Tools

Kind = TypeVar("Kind", Score, Vote, Groups, Table, Assess)

_DRAW = re.compile(r"draw(?:\s+(\d{1,9}))?", re.IGNORECASE)

SEEDS = 10_000
"""Seeds are drawn below this number: short enough to be read out and typed again."""


# Whose turn it is


def whose_turn(session: Session, step: Collect) -> str:
    """Return whose turn it is in a step in which each person has one: empty in other steps, and once all had theirs.

    Turns are counted and never noted down beside what was said.
    """
    if step.each != "person":
        return ""
    said = [entry for entry in session.entries_of(step.id) if entry.session is None and entry.lesson is None]
    people = participants(session.people)
    return people[len(said)].label if len(said) < len(people) else ""


# Score


def give_mark(opened: OpenSession, text: str) -> None:
    """Add a number to a score step, or several with spaces between. Raises WrongInput."""
    step, record = _step(opened, Score), opened.record
    for mark in flow.parse_marks(step, clean(text)):
        record = flow.add_mark(record, step, mark)
    opened.change(record, "number added")


def change_mark(opened: OpenSession, place: int, text: str) -> None:
    """Give the number at a place, counted from 0, another value. Raises WrongInput, NotFound."""
    step = _step(opened, Score)
    mark = flow.parse_mark(step, clean(text))
    opened.change(flow.put_mark(opened.record, step, place, mark), "number changed")


def remove_mark(opened: OpenSession, place: int) -> None:
    """Take away the number at a place, counted from 0. Raises NotFound."""
    opened.change(flow.put_mark(opened.record, _step(opened, Score), place, None), "number removed")


# Vote


def put_dots(opened: OpenSession, entry_id: str, dots: int) -> None:
    """Give an entry so many dots. Raises WrongInput, NotFound."""
    opened.change(flow.put_dots(opened.record, _step(opened, Vote), entry_id, dots), "dots changed")


def vote(opened: OpenSession, text: str) -> None:
    """Give dots as they are typed: `2, 5, 5` one more for number 2 and two for number 5; `2: 4` four in all.

    Raises:
        WrongInput: it is no number of an entry.
    """
    step = _step(opened, Vote)
    record = opened.record
    entries = flow.candidates(record, step)
    for place, dots in flow.parse_votes(clean(text), len(entries)):
        entry = entries[place].id
        record = flow.put_dots(record, step, entry, record.dots_of(step.id).get(entry, 0) + 1 if dots is None else dots)
    opened.change(record, "dots changed")


# Groups


def drawn_groups(tools: Tools, session: Session, step: Groups, *, seed: int | None = None) -> Grouping:
    """Return who sits with whom: drawn with the seed, or any, with as few repeats as the people allow.

    Whoever met in an earlier session of the workspace, or in another step of this one, has met before.
    """
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    made = draw(
        _guests(session),
        size=step.size,
        rounds=step.rounds,
        avoid_repeats=step.avoid_repeats,
        earlier=_met(tools, session, step),
        seed=seed,
    )
    return Grouping(step=step.id, rounds=made.rounds, seed=seed, told=made.told)


def _guests(session: Session) -> tuple[Guest, ...]:
    return tuple(
        Guest(name=each.label, department=each.department, site=each.site) for each in participants(session.people)
    )


def _met(tools: Tools, session: Session, step: Groups) -> list[Met]:
    earlier = [
        Met(names=line.names, larger=line.larger) for line in tools.store.meetings() if line.session != session.id
    ]
    for grouping in session.groups:
        other = session.technique.step(grouping.step)
        if grouping.step != step.id and isinstance(other, Groups):
            groups = (group for round_ in grouping.rounds for group in round_)
            earlier += [Met(names=group, larger=len(group) > other.size) for group in groups]
    return earlier


def draw_groups(opened: OpenSession, seed: int | None = None) -> None:
    """Draw who sits with whom at the present step, in the place of what was drawn before.

    Raises:
        WrongInput: fewer than two people take part.
    """
    step = _step(opened, Groups)
    if len(participants(opened.record.people)) < 2:
        raise WrongInput("Groups need at least two people. Add who takes part first.")
    grouping = drawn_groups(opened.tools, opened.record, step, seed=seed)
    opened.change(flow.with_grouping(opened.record, grouping), "groups drawn")


def left_out_of(session: Session, step: Groups) -> tuple[Participant, ...]:
    """Return those who take part and sit in no group yet, since they came later than the groups were drawn."""
    grouping = session.grouping_of(step.id)
    if grouping is None:
        return ()
    seated = {name for round_ in grouping.rounds for group in round_ for name in group}
    return tuple(each for each in participants(session.people) if each.label not in seated)


def seat_newcomers(opened: OpenSession) -> None:
    """Give those who came later a place in the groups that were drawn; everybody else stays where they are."""
    step = _step(opened, Groups)
    grouping = opened.record.grouping_of(step.id)
    if grouping is None:
        draw_groups(opened)
        return
    seed = grouping.seed if grouping.seed is not None else secrets.randbelow(SEEDS)
    made = join(
        grouping.rounds,
        _guests(opened.record),
        size=step.size,
        avoid_repeats=step.avoid_repeats,
        earlier=_met(opened.tools, opened.record, step),
        seed=seed,
    )
    changed = replace(grouping, rounds=made.rounds, told=made.told)
    opened.change(flow.with_grouping(opened.record, changed), "newcomers seated")


def seat(opened: OpenSession, text: str) -> None:
    """Do what is typed at a groups step: `draw`, `draw 42` with a seed, `seat`, `again`, or people to add.

    `again` brings those of last time. People have commas between them; each is a name, with department and site behind
    strokes: Amina / pharmacy / north.

    Raises:
        WrongInput: fewer than two people take part, or that person does already.
    """
    match = _DRAW.fullmatch(text.strip())
    if match:
        draw_groups(opened, int(match[1]) if match[1] else None)
    elif text.strip().lower() == "seat":
        seat_newcomers(opened)
    elif text.strip().lower() == "again":
        bring_people(opened)
    else:
        for each in [part for part in re.split(r"[,;\n]", text) if part.strip()] or [text]:
            _add_typed(opened, each)


def _add_typed(opened: OpenSession, text: str) -> None:
    name, *places = text.split("/")
    if len(places) > 2:
        raise WrongInput(f'"{text.strip()[:40]}" has more than a name, a department and a site.')
    department, site = (*places, "", "")[:2]
    add_person(opened, name, department, site)


def people_of_last_time(opened: OpenSession) -> tuple[Person, ...]:
    """Return who took part in the newest session before of the same technique and team, in which groups were drawn."""
    record = opened.record
    for line in opened.tools.store.records():
        same = line.kind == "session" and line.about == record.technique.id
        if not same or folded(line.team) != folded(record.team) or line.id == record.id:
            continue
        try:
            before = opened.tools.store.read(line.id)
        except (NotFound, StoreError):
            continue
        if isinstance(before, Session) and before.groups and before.people:
            return before.people
    return ()


def bring_people(opened: OpenSession) -> None:
    """Add the people of last time who are not here yet, with department and site.

    Raises:
        WrongInput: there is nobody to add.
    """
    known = {_called(each) for each in opened.record.people}
    added = tuple(each for each in people_of_last_time(opened) if _called(each) not in known)
    if not added:
        raise WrongInput("There is no earlier session of this technique and team with people who are not here yet.")
    opened.change(replace(opened.record, people=(*opened.record.people, *added)), "people added")


def add_person(opened: OpenSession, name: str, department: str = "", site: str = "") -> None:
    """Add somebody who takes part. The name stays out of exports unless it is asked for.

    Raises:
        WrongInput: no name was given, or somebody is called so already at the same place.
    """
    person = Person(
        role="",
        name=" ".join(wanted(name, "The name").split()),
        department=" ".join(clean(department).split()),
        site=" ".join(clean(site).split()),
    )
    _refuse_twice(opened, person)
    opened.change(replace(opened.record, people=(*opened.record.people, person)), "person added")


def _refuse_twice(opened: OpenSession, person: Person) -> None:
    """Raise WrongInput where somebody is called so already, and nothing tells the two apart."""
    for each in opened.record.people:
        if _called(each)[0] == _called(person)[0] and (
            _called(each) == _called(person) or "" in (_placed(each), _placed(person))
        ):
            here = f"{each.name or each.role}{f' ({_placed(each)})' if _placed(each) else ''}"
            raise WrongInput(f"{here} takes part already. For another one of that name say department or site of both.")


def _placed(person: Person) -> str:
    return ", ".join(part for part in (person.department, person.site) if part)


def _called(person: Person) -> tuple[str, str, str]:
    return ((person.name or person.role).casefold(), person.department.casefold(), person.site.casefold())


def remove_person(opened: OpenSession, label: str) -> None:
    """Take somebody off the list of those who take part. Raises NotFound."""
    everybody = participants(opened.record.people)
    if label not in {each.label for each in everybody}:
        raise NotFound(f"{label} does not take part.")
    labels = iter(everybody)
    people = []
    for person in opened.record.people:
        gone = sum(next(labels).label == label for _ in range(person.count))
        if person.count - gone:
            people.append(replace(person, count=person.count - gone))
    opened.change(replace(opened.record, people=tuple(people)), "person removed")


# Table


def put_row(opened: OpenSession, cells: dict[str, str], row_id: str | None = None) -> None:
    """Add a row to a table step, or change the one with `row_id`. `cells` are texts as typed, by id of the column.

    Raises:
        WrongInput: a cell cannot be what its column wants, or nothing stands in the row.
    """
    step = _step(opened, Table)
    today = opened.tools.today()
    typed = {column.id: flow.parse_cell(column, clean(cells.get(column.id, "")), today) for column in step.columns}
    row = TableRow(id=row_id or opened.tools.ids(), step=step.id, cells=typed)
    opened.change(flow.put_row(opened.record, step, row), "row changed" if row_id else "row added")


# Assess


def begin_assessment_here(opened: OpenSession) -> OpenAssessment:
    """Begin the assessment that the present step hands over to, or open the one that was begun there.

    Raises:
        NotFound, WrongContent, WrongInput, StoreError: as `start_assessment`.
    """
    step = _step(opened, Assess)
    record, tools = opened.record, opened.tools
    there = record.assessed_at(step.id)
    if there is not None:
        with suppress(NotFound):
            handle = tools.store.open(there)
            if not isinstance(handle.record, Session):
                return OpenAssessment(tools, handle)
            handle.close()
    begun = start_assessment(
        tools, matrix_id=step.matrix or None, title=record.title, team=record.team, people=record.people
    )
    opened.change(flow.with_assessed(record, step.id, begun.record.id), "assessment begun")
    return begun


def _step(opened: OpenSession, kind: type[Kind]) -> Kind:
    step = opened.step
    if not isinstance(step, kind):
        raise WrongInput(f'"{step.title}" does not take this.')
    return step
