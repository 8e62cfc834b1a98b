"""One face for each kind of step: what it asks, what its lines look like, what is done with the answers."""

from __future__ import annotations

from typing import Any

from kmtui.model.technique import Actions, AnyStep, Assess, Brief, Collect, Groups, Lessons, Score, Table, Vote
from kmtui.tui.steps.actions import ActionsFace
from kmtui.tui.steps.assess import AssessFace
from kmtui.tui.steps.base import StepFace
from kmtui.tui.steps.brief import BriefFace
from kmtui.tui.steps.collect import CollectFace
from kmtui.tui.steps.groups import GroupsFace
from kmtui.tui.steps.lessons import LessonsFace
from kmtui.tui.steps.score import ScoreFace
from kmtui.tui.steps.table import TableFace
from kmtui.tui.steps.vote import VoteFace

_FACES: dict[type[object], type[StepFace[Any]]] = {
    Brief: BriefFace,
    Collect: CollectFace,
    Score: ScoreFace,
    Vote: VoteFace,
    Groups: GroupsFace,
    Table: TableFace,
    Lessons: LessonsFace,
    Actions: ActionsFace,
    Assess: AssessFace,
}


def face_of(step: AnyStep) -> StepFace[Any]:
    """Return the face of a step."""
    return _FACES[type(step)]()
