"""An answers file of an invented run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml

from kmtui.content.answers import read_answers
from kmtui.model.answers import AssessmentAnswers, SessionAnswers
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from tests.three_faces.invented import Run


def run_file(desk: Desk, folder: Path, run: Run) -> None:
    """Write the answers file, read it as a command does, and make the record of it."""
    path = folder / "answers.yaml"
    path.write_text(as_yaml(run.answers), encoding="utf-8")
    answers, _ = read_answers(path, desk.tools.library)
    assert answers == run.answers
    fill(desk.tools, answers)


def as_yaml(answers: SessionAnswers) -> str:
    """Return answers as somebody would write them: what is left empty is not there."""
    by_step: dict[str, Any] = {}
    for field in (answers.entries, answers.lessons, answers.actions, answers.marks, answers.votes, answers.rows):
        by_step.update(_plain(field))
    by_step.update({step: f"auto {groups.seed}" for step, groups in answers.groups.items()})
    by_step.update({step: _assessment(each) for step, each in answers.assessed.items()})
    whole = {
        "technique": answers.technique,
        "variant": answers.variant,
        "title": answers.title,
        "team": answers.team,
        "people": _plain(answers.people),
        "answers": by_step,
    }
    return yaml.safe_dump(_kept(whole), allow_unicode=True, sort_keys=False)


def _assessment(answers: AssessmentAnswers) -> Any:
    found = _plain(answers)
    del found["assess"]
    found["ratings"] = {each.pop("criterion"): each for each in found["ratings"]}
    return found


def _plain(value: Any) -> Any:
    return _kept(msgspec.to_builtins(value))


def _kept(value: Any) -> Any:
    """Return a value without what is empty in its groups of keys."""
    if isinstance(value, dict):
        return {key: _kept(each) for key, each in value.items() if each not in (None, "", [], (), {})}
    return [_kept(each) for each in value] if isinstance(value, list | tuple) else value
