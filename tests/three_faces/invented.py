"""Invents a run of any technique. Nothing but the kinds of its steps and what they declare is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from kmtui.content.library import Library
from kmtui.model.answers import (
    ActionAnswer,
    AssessmentAnswers,
    EntryAnswer,
    GroupsAnswer,
    LessonAnswer,
    SessionAnswers,
    VoteAnswer,
)
from kmtui.model.base import Level
from kmtui.model.matrix import Matrix
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.technique import (
    Actions,
    AnyStep,
    Assess,
    Collect,
    Column,
    Groups,
    Lessons,
    Score,
    Table,
    Technique,
    Vote,
)

TITLE, TEAM = "Ward move", "Ward 7"
HOSTS = (Person(role="facilitator"), Person(role="porters", count=2))
"""Who takes part from the beginning. On the command line they are typed as `HOSTS_AS_TYPED`."""
HOSTS_AS_TYPED = "facilitator, 2 porters"
GUESTS = (
    Person(role="", name="Amina", department="pharmacy", site="north"),
    Person(role="", name="Björn", department="pharmacy", site="south"),
    Person(role="", name="Chidi", department="theatre", site="north"),
    Person(role="", name="Dana", department="theatre"),
    Person(role="", name="Eun"),
)
"""Who is added at the first step at which people are put into groups."""
SEED = 7
WHISPERED = "Whispered"
"""Stands in every entry of a private step, and nowhere else."""
DUE = date(2026, 12, 1)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A variant of a technique; with `goes_on` there are earlier sessions on the same work, which it goes on from."""

    technique: str
    variant: str | None
    goes_on: bool = False

    def __str__(self) -> str:
        parts = (self.technique, self.variant or "whole", "goes-on" if self.goes_on else "")
        return "/".join(part for part in parts if part)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What is said in a session: its steps in their order, the answers to them, and the sessions before it."""

    technique: Technique
    matrix: Matrix
    answers: SessionAnswers
    before: tuple[SessionAnswers, ...]

    @property
    def guests_at(self) -> str:
        """The id of the step at which the guests are added, or an empty text."""
        return next((step.id for step in self.technique.steps if isinstance(step, Groups)), "")

    def carried(self) -> tuple[Collect, ...]:
        """Return the steps that begin with what was said in the sessions before."""
        steps = self.technique.steps if self.before else ()
        return tuple(step for step in steps if isinstance(step, Collect) and step.earlier)


def cases(library: Library) -> Iterator[Case]:
    """Yield every variant of every technique, and once more those that can go on from earlier sessions."""
    for loaded in library.techniques():
        technique = loaded.value
        for variant in _variants(technique):
            yield Case(technique=technique.id, variant=variant)
            if _begins_with_earlier(technique.as_run(variant)):
                yield Case(technique=technique.id, variant=variant, goes_on=True)


def _variants(technique: Technique) -> tuple[str | None, ...]:
    """Return the ids of the variants; None alone for a technique without any, which is run as it is."""
    return tuple(each.id for each in technique.variants) or (None,)


def _begins_with_earlier(technique: Technique) -> bool:
    return any(isinstance(step, Collect) and step.earlier for step in technique.steps)


def invented(library: Library, case: Case) -> Run:
    """Return a run of a case."""
    technique, matrix = library.technique(case.technique).value, library.matrix().value
    before = tuple(_before(library, technique.as_run(case.variant), matrix)) if case.goes_on else ()
    answers = _answers(technique, case.variant, matrix, carries=case.goes_on)
    return Run(technique=technique.as_run(case.variant), matrix=matrix, answers=answers, before=before)


def _before(library: Library, technique: Technique, matrix: Matrix) -> Iterator[SessionAnswers]:
    """Yield a session of each technique that the steps name, in the variant that has the most of the steps named."""
    named: dict[str, set[str]] = {}
    for step in technique.steps:
        for earlier in step.earlier if isinstance(step, Collect) else ():
            named.setdefault(earlier.technique, set()).add(earlier.step)
    for day, (technique_id, steps) in enumerate(named.items(), 1):
        found = library.technique(technique_id).value
        variant = max(_variants(found), key=lambda each: len({step.id for step in found.as_run(each).steps} & steps))
        answers = _answers(found, variant, matrix, carries=False)
        yield replace(answers, date=date(2026, 11, day), continues=())


def _answers(technique: Technique, variant: str | None, matrix: Matrix, *, carries: bool) -> SessionAnswers:
    steps = technique.as_run(variant).steps
    entries: dict[str, tuple[EntryAnswer, ...]] = {}
    for step in steps:
        if isinstance(step, Collect) and not (carries and step.earlier):
            entries[step.id] = _entries(step, len(entries.get(step.from_ or "", ())))
    groups = {step.id: GroupsAnswer(drawn=True, seed=SEED) for step in steps if isinstance(step, Groups)}
    return SessionAnswers(
        technique=technique.id,
        variant=variant,
        title=TITLE,
        team=TEAM,
        people=(*HOSTS, *(GUESTS if groups else ())),
        entries=entries,
        lessons={step.id: _lessons(step) for step in steps if isinstance(step, Lessons)},
        actions={step.id: _actions(step) for step in steps if isinstance(step, Actions)},
        marks={step.id: _marks(step) for step in steps if isinstance(step, Score)},
        votes={
            step.id: _votes(len(entries[step.from_]))
            for step in steps
            if isinstance(step, Vote) and entries.get(step.from_)
        },
        groups=groups,
        rows={step.id: _rows(step) for step in steps if isinstance(step, Table)},
        assessed={step.id: _assessed(matrix) for step in steps if isinstance(step, Assess)},
    )


def _entries(step: Collect, sources: int) -> tuple[EntryAnswer, ...]:
    """Return three entries; where they can answer others, the first answers none, the others the first and last."""
    said = WHISPERED if step.private else "Said"
    answered = (None, 1, sources) if sources else (None, None, None)
    texts = (f"{said} first at {step.id}", f'{said} "twice": #2 of {step.id}', f"{said} at last, naïvely, at {step.id}")
    return tuple(EntryAnswer(text=text, answers=number) for text, number in zip(texts, answered, strict=True))


def _lessons(step: AnyStep) -> tuple[LessonAnswer, ...]:
    return (
        LessonAnswer(
            lesson=f"Tell the porters about the ward move ({step.id})",
            cause="The list was at the desk",
            recommendation="Send it the evening before",
            owner="ward sister",
        ),
        LessonAnswer(lesson="Keep the huddle"),
    )


def _actions(step: AnyStep) -> tuple[ActionAnswer, ...]:
    return (ActionAnswer(action=f"Send the list ({step.id})", owner="porter", due=DUE), ActionAnswer(action="Ask"))


def _marks(step: Score) -> tuple[Level, ...]:
    middle = (step.lowest + step.highest) / 2
    return (step.highest, step.lowest, int(middle) if middle == int(middle) else middle)


def _votes(count: int) -> tuple[VoteAnswer, ...]:
    """Return two dots for the first entry, and one for the last where that is another."""
    return (VoteAnswer(entry=1, dots=2), *([VoteAnswer(entry=count, dots=1)] if count > 1 else []))


def _rows(step: Table) -> tuple[dict[str, str], ...]:
    """Return a row with something in each column, and one with its first column alone."""
    first = step.columns[0]
    return ({column.id: _cell(column, 0) for column in step.columns}, {first.id: _cell(first, 1)})


def _cell(column: Column, number: int) -> str:
    if column.kind == "date":
        return DUE.replace(day=number + 1).isoformat()
    if column.kind == "choice":
        return column.choices[number % len(column.choices)]
    return f"Porter {number + 1}" if column.kind == "person" else f"Row {number + 1}, {column.id}"


def _assessed(matrix: Matrix) -> AssessmentAnswers:
    """Return the first two criteria rated: one low with a target above it, one high that is good enough."""
    levels = tuple(matrix.levels())
    low, high = levels[len(levels) // 4], levels[-2]
    one, other = matrix.criteria[:2]
    return AssessmentAnswers(
        assess=matrix.id,
        on_behalf_of="the whole team",
        opening="We are not sure",
        ratings=(
            Rating(
                criterion=one.id,
                level=low,
                rationale="We ask some",
                example="The ward move",
                same_for_everyone="not at night",
                target=levels[-1],
            ),
            Rating(
                criterion=other.id,
                level=high,
                rationale="We ask all",
                example="Each move",
                contact="ward sister",
                same_for_everyone=True,
                target=high,
                enough="It serves us",
            ),
        ),
    )
