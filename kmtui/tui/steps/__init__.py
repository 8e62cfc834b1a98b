"""One face for each kind of step: what it asks, what its lines look like, what is done with the answers."""

from __future__ import annotations

from kmtui.model.technique import Actions, AnyStep, Brief, Collect, Lessons
from kmtui.tui.steps.actions import ActionsFace
from kmtui.tui.steps.base import StepFace
from kmtui.tui.steps.brief import BriefFace
from kmtui.tui.steps.collect import CollectFace
from kmtui.tui.steps.lessons import LessonsFace

_FACES: dict[type[object], type[StepFace]] = {
    Brief: BriefFace,
    Collect: CollectFace,
    Lessons: LessonsFace,
    Actions: ActionsFace,
}


def face_of(step: AnyStep) -> StepFace:
    """Return the face of a step."""
    return _FACES[type(step)]()
