"""Records with the same text in every field that people or content files fill."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from kmtui.model.assessment import Assessment
from kmtui.model.session import Session
from tests.report.examples import ASSESSMENT, SESSION, SURVEY

Record = TypeVar("Record", Session, Assessment)

# Ids, and words that stand for one of a few things, are the program's own.
_OWN = {
    *("id", "step", "answers", "place", "criterion", "technique", "from", "kind", "skip", "phase", "keep_or_change"),
    *("state", "created", "changed", "date", "begun", "ended", "due", "review", "digest", "bands", "version"),
    *("way", "option", "priority", "effort", "benefit", "feedback", "closes", "closed"),
}


def _filled(value: Any, text: str) -> Any:
    if isinstance(value, str):
        return text
    if isinstance(value, list | tuple):
        return [_filled(each, text) for each in value]
    if isinstance(value, dict):
        own = {name for name, each in value.items() if name in _OWN and not isinstance(each, dict | list)}
        return {name: each if name in own else _filled(each, text) for name, each in value.items()}
    return value


def _with_text(record: Record, text: str) -> Record:
    raw = msgspec.to_builtins(record)
    filled = _filled(raw, text)
    if "matrix" in raw:  # the bands of the matrix have names, those of an option are ids
        names = [{**band, "name": text} for band in raw["matrix"]["bands"]]
        filled["matrix"]["bands"] = names
        for goal, own in zip(filled["objectives"], raw["objectives"], strict=True):
            goal["criteria"] = own["criteria"]  # ids
        for sections, kept in zip(filled["matrix"]["sections"], raw["matrix"]["sections"], strict=True):
            for criterion, own in zip(sections["criteria"], kept["criteria"], strict=True):
                for option, its in zip(criterion["options"], own["options"], strict=True):
                    option["bands"] = its["bands"]
    return msgspec.convert(filled, type(record))


def session_with(text: str) -> Session:
    """Return the example session with the text in every field."""
    return _with_text(SESSION, text)


def assessment_with(text: str) -> Assessment:
    """Return the example assessment with the text in every field."""
    return _with_text(ASSESSMENT, text)


def survey_with(text: str) -> Assessment:
    """Return the example survey, closed and talked over, with the text in every field."""
    return _with_text(SURVEY, text)
