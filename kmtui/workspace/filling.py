"""Whole sessions and assessments out of answers files, without a keyboard."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from kmtui.flow import assessment as assessment_flow
from kmtui.flow import session as session_flow
from kmtui.model.answers import Answers, AssessmentAnswers, EntryAnswer, SessionAnswers
from kmtui.model.assessment import Assessment
from kmtui.model.session import Action, Entry, Lesson, Session
from kmtui.model.technique import Collect
from kmtui.workspace import log
from kmtui.workspace.tools import Tools


def fill(tools: Tools, answers: Answers) -> Session | Assessment:
    """Make a finished record of answers that were checked, put it on disk, and return it.

    Raises:
        StoreError: the workspace cannot be written to.
    """
    if isinstance(answers, SessionAnswers):
        session = filled_session(tools, answers)
        tools.store.create(session).close()
        log.note("answers", id=session.id)
        return session
    assessment = filled_assessment(tools, answers)
    tools.store.create(assessment).close()
    log.note("answers", id=assessment.id)
    return assessment


def filled_session(tools: Tools, answers: SessionAnswers) -> Session:
    """Return the finished session that the answers make; nothing is written."""
    loaded = tools.library.technique(answers.technique)
    session = session_flow.begin(
        tools.ids(),
        loaded.value,
        tools.now(),
        answers.date or tools.today(),
        digest=loaded.digest,
        variant=answers.variant,
        title=answers.title,
        team=answers.team,
        people=answers.people,
    )
    entries: list[Entry] = []
    for step_id, given in answers.entries.items():
        step = session.technique.step(step_id)
        earlier = [entry for entry in entries if isinstance(step, Collect) and entry.step == step.from_]
        entries += [_entry(tools, step_id, answer, earlier) for answer in given]
    lessons = [Lesson(id=tools.ids(), **asdict(each)) for given in answers.lessons.values() for each in given]
    actions = [Action(id=tools.ids(), **asdict(each)) for given in answers.actions.values() for each in given]
    whole = replace(
        session,
        entries=tuple(entries),
        lessons=tuple(lessons),
        actions=tuple(actions),
        parked=answers.parked,
        place=session.technique.steps[-1].id,
    )
    return session_flow.end(whole, tools.now())


def _entry(tools: Tools, step_id: str, answer: EntryAnswer, earlier: list[Entry]) -> Entry:
    answered = earlier[answer.answers - 1].id if answer.answers is not None else None
    return Entry(id=tools.ids(), step=step_id, text=answer.text, answers=answered, by=answer.by)


def filled_assessment(tools: Tools, answers: AssessmentAnswers) -> Assessment:
    """Return the finished assessment that the answers make; nothing is written."""
    loaded = tools.library.matrix(answers.assess)
    assessment = assessment_flow.begin(
        tools.ids(),
        loaded.value,
        tools.now(),
        answers.date or tools.today(),
        digest=loaded.digest,
        title=answers.title,
        team=answers.team,
        organisation=answers.organisation,
        on_behalf_of=answers.on_behalf_of,
        people=answers.people,
    )
    whole = replace(
        assessment,
        opening=answers.opening,
        ratings=answers.ratings,
        actions=tuple(Action(id=tools.ids(), **asdict(each)) for each in answers.actions),
        parked=answers.parked,
        place=assessment_flow.places(assessment)[-1],
    )
    return assessment_flow.end(whole, tools.now())
