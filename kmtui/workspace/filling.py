"""Whole sessions and assessments out of answers files, without a keyboard."""

from __future__ import annotations

from contextlib import suppress

from msgspec.structs import asdict, replace

from kmtui.flow import assessment as assessment_flow
from kmtui.flow import session as session_flow
from kmtui.flow import steps
from kmtui.flow.plan import objective_of
from kmtui.model.answers import Answers, AssessmentAnswers, EntryAnswer, LessonAnswer, PlannedAnswer, SessionAnswers
from kmtui.model.assessment import Assessment
from kmtui.model.errors import StoreError, WrongInput
from kmtui.model.plan import Planned
from kmtui.model.session import Action, Entry, Grouping, Lesson, Session, TableRow
from kmtui.model.technique import AnyStep, Collect, Groups, Score, Table, Vote
from kmtui.workspace import log
from kmtui.workspace.assessments import begin_assessment
from kmtui.workspace.earlier_lessons import first_of, for_a_moment, learnt_before
from kmtui.workspace.sessions import PlanLink, begin_session
from kmtui.workspace.setups import TeamSetUp
from kmtui.workspace.steps import drawn_groups
from kmtui.workspace.tools import Tools


def fill(
    tools: Tools, answers: Answers, *, setup: TeamSetUp | None = None, begun_from: PlanLink | None = None
) -> Session | Assessment:
    """Make a finished record of answers that were checked, put it on disk, and return it.

    What an assessment does not say comes from the set-up; `begun_from` ties a session to an action of a plan.

    Raises:
        WrongInput: every criterion is left out.
        NotFound, WrongContent: there is no such technique or matrix any more, or its file has errors.
        StoreError: the workspace cannot be written to.
    """
    record: Session | Assessment
    if isinstance(answers, SessionAnswers):
        record, assessments = filled_session(tools, answers, begun_from)
        for each in assessments:
            tools.store.create(each).close()
        tools.store.create(record).close()
    else:
        record = filled_assessment(tools, answers, setup)
        tools.store.create(record).close()
    log.note("answers", id=record.id)
    return record


def filled_session(
    tools: Tools, answers: SessionAnswers, begun_from: PlanLink | None = None
) -> tuple[Session, tuple[Assessment, ...]]:
    """Return the finished session that the answers make, and the assessments of its steps; nothing is written.

    A step without answers begins with what earlier sessions on the same work have said to it. Raises as `fill`.
    """
    session = begin_session(
        tools,
        answers.technique,
        variant=answers.variant,
        title=answers.title,
        team=answers.team,
        people=answers.people,
        day=answers.date,
        begun_from=begun_from,
        continues=answers.continues,
        takes=answers.takes,
    )
    if answers.lessons:
        with suppress(StoreError):
            tools.store.register.look(for_a_moment())
    lessons = [_lesson(tools, each) for given in answers.lessons.values() for each in given]
    actions = [Action(id=tools.ids(), **asdict(each)) for given in answers.actions.values() for each in given]
    whole = replace(
        session,
        entries=_entries(tools, session, answers),
        lessons=tuple(lessons),
        actions=tuple(actions),
        parked=answers.parked,
        place=session.technique.steps[-1].id,
    )
    for step in session.technique.steps:
        whole = _answered(tools, whole, step, answers)
    assessments = {step_id: _assessment_of(tools, session, each) for step_id, each in answers.assessed.items()}
    for step_id, assessment in assessments.items():
        whole = steps.with_assessed(whole, step_id, assessment.id)
    return session_flow.end(whole, tools.now()), tuple(assessments.values())


def _lesson(tools: Tools, answer: LessonAnswer) -> Lesson:
    """Return a lesson, tied to the earlier one that says the same."""
    earlier = learnt_before(tools, answer.lesson)
    again = first_of(earlier) if earlier is not None else None
    return Lesson(id=tools.ids(), again=again, **asdict(answer))


def _entries(tools: Tools, session: Session, answers: SessionAnswers) -> tuple[Entry, ...]:
    """Return the entries of all steps in the order of the steps: those that are given, else those from before."""
    entries: list[Entry] = []
    for step in session.technique.steps:
        given = answers.entries.get(step.id)
        if given is None:
            entries += session.entries_of(step.id)
            continue
        earlier = [entry for entry in entries if isinstance(step, Collect) and entry.step == step.from_]
        entries += [_entry(tools, step.id, answer, earlier) for answer in given]
    return tuple(entries)


def _answered(tools: Tools, session: Session, step: AnyStep, answers: SessionAnswers) -> Session:
    """Return the session with the answers to one step of the kinds score, vote, groups and table."""
    if isinstance(step, Score):
        for mark in answers.marks.get(step.id, ()):
            session = steps.add_mark(session, step, mark)
    elif isinstance(step, Vote):
        entries = session.entries_of(step.from_)
        for vote in answers.votes.get(step.id, ()):
            session = steps.put_dots(session, step, entries[vote.entry - 1].id, vote.dots)
    elif isinstance(step, Groups) and (groups := answers.groups.get(step.id)) is not None:
        made = Grouping(step=step.id, rounds=groups.rounds)
        if groups.drawn:
            made = drawn_groups(tools, session, step, seed=groups.seed)
        session = steps.with_grouping(session, made)
    elif isinstance(step, Table):
        for cells in answers.rows.get(step.id, ()):
            session = steps.put_row(session, step, TableRow(id=tools.ids(), step=step.id, cells=cells))
    return session


def _assessment_of(tools: Tools, session: Session, answers: AssessmentAnswers) -> Assessment:
    """Return the assessment of an assess step; what it does not say comes from its session."""
    return filled_assessment(
        tools,
        replace(
            answers,
            title=answers.title or session.title,
            team=answers.team or session.team,
            date=answers.date or session.date,
            people=answers.people or session.people,
        ),
    )


def _entry(tools: Tools, step_id: str, answer: EntryAnswer, earlier: list[Entry]) -> Entry:
    answered = earlier[answer.answers - 1].id if answer.answers is not None else None
    return Entry(id=tools.ids(), step=step_id, text=answer.text, answers=answered, by=answer.by)


def filled_assessment(tools: Tools, answers: AssessmentAnswers, setup: TeamSetUp | None = None) -> Assessment:
    """Return the finished assessment that the answers make; nothing is written. Raises as `fill`."""
    assessment = begin_assessment(
        tools,
        matrix_id=answers.assess,
        title=answers.title,
        team=answers.team,
        organisation=answers.organisation,
        on_behalf_of=answers.on_behalf_of,
        people=answers.people,
        setup=setup,
        way="group",
        day=answers.date,
        objectives=answers.objectives,
        left_out=answers.left_out,
        options=answers.options,
        feedback=answers.feedback,
    )
    for rating in answers.ratings:
        if assessment.matrix.criterion(rating.criterion) is None:
            raise WrongInput(f'The answers rate the criterion "{rating.criterion}", which the set-up leaves out.')
    whole = replace(
        assessment,
        opening=answers.opening,
        ratings=answers.ratings,
        actions=tuple(_planned(tools, assessment, each) for each in answers.actions),
        parked=answers.parked,
        place=assessment_flow.places(assessment)[-1],
    )
    return assessment_flow.end(whole, tools.now())


def _planned(tools: Tools, assessment: Assessment, answer: PlannedAnswer) -> Planned:
    """Return a line of the plan, with the goal to which its criterion matters where none is said."""
    line = Planned(id=tools.ids(), **asdict(answer))
    if line.objective or line.criterion is None:
        return line
    return replace(line, objective=objective_of(assessment, line.criterion))
