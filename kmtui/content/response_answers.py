"""Reads what one person answers in a survey, written in a file by hand."""

from __future__ import annotations

from pathlib import Path

from kmtui.content.answer_parts import is_another, opened
from kmtui.content.convert import convert
from kmtui.content.nodes import Node
from kmtui.content.ratings import Answered, read_ratings
from kmtui.content.rules import get, words
from kmtui.content.words import quoted
from kmtui.model.answers import ResponseAnswers
from kmtui.model.assessment import Assessment
from kmtui.model.base import Value
from kmtui.model.errors import Problem, WrongContent
from kmtui.model.ids import as_typed


class _ResponseFile(Value, frozen=True, kw_only=True):
    """The keys of a response. The ratings wait until it is known what the criteria are."""

    survey: str
    role: str = ""
    ratings: Node | None = None


def read_response(
    path: Path, survey: Assessment, text: str | bytes | None = None
) -> tuple[ResponseAnswers, tuple[Problem, ...]]:
    """Return what a file answers to a survey, and warnings. `text` as in `read_answers`.

    Raises:
        WrongContent: with all the problems of the file.
    """
    document = opened(path, text)
    root, findings = document.root, document.findings
    if root is None or is_another(document, ("survey",)):
        raise WrongContent(findings.problems)
    head = convert(root, _ResponseFile, findings)
    place = get(root, "survey")
    wanted = words(place)
    if place is not None and wanted is not None and not survey.id.startswith(as_typed(wanted)):
        findings.error(place, f"it answers the survey {quoted(wanted)}, not {survey.id}: import it there")
    ratings = read_ratings(get(root, "ratings"), survey.matrix, findings, kind=Answered)
    if head is None or findings.failed:
        raise WrongContent(findings.problems)
    return ResponseAnswers(survey=survey.id, role=head.role, ratings=ratings), findings.problems
