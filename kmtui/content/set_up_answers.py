"""Reads the set-up of a team: what is agreed before it is assessed, to be kept under a name."""

from __future__ import annotations

from pathlib import Path

from kmtui.content.answer_parts import check_people, check_team, is_another, left_out, matrix_of, opened
from kmtui.content.convert import convert
from kmtui.content.document import Document
from kmtui.content.library import Library
from kmtui.content.nodes import Node
from kmtui.content.rules import get, words
from kmtui.model.answers import SetUpAnswers
from kmtui.model.base import Day, Value
from kmtui.model.errors import Problem, WrongContent
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, LocalOption, Objective, Way


class _SetUpFile(Value, frozen=True, kw_only=True):
    """The keys of a set-up. What is left out waits until it is known what the criteria are."""

    set_up: str
    team: str
    matrix: str = ""
    organisation: str = ""
    on_behalf_of: str = ""
    people: tuple[Person, ...] = ()
    objectives: tuple[Objective, ...] = ()
    leave_out: Node | None = None
    options: tuple[LocalOption, ...] = ()
    feedback: Day | None = None
    way: Way = "group"


def read_set_up(
    path: Path, library: Library, text: str | bytes | None = None
) -> tuple[SetUpAnswers, tuple[Problem, ...]]:
    """Return the set-up that a file says, and warnings. `text` as in `read_answers`.

    Raises:
        WrongContent: with all the problems of the file.
    """
    document = opened(path, text)
    answers = set_up_from(document, library)
    if answers is None:
        raise WrongContent(document.findings.problems)
    return answers, document.findings.problems


def set_up_from(document: Document, library: Library) -> SetUpAnswers | None:
    """Return the set-up in a document, or None after noting all that is wrong."""
    root, findings = document.root, document.findings
    if root is None or is_another(document, ("set_up",)):
        return None
    head = convert(root, _SetUpFile, findings)
    check_people(root, findings)
    place = get(root, "matrix")
    if words(place) is not None:
        matrix = matrix_of(place, library, findings)
    else:
        first = library.matrices()[:1]
        matrix = first[0].value if first else None
    gone: tuple[LeftOut, ...] = ()
    if matrix is not None:
        check_team(root, matrix, library, findings)
        gone = left_out(root, matrix, findings)
    if head is None or findings.failed:
        return None
    return SetUpAnswers(
        set_up=head.set_up,
        team=head.team,
        matrix=head.matrix,
        organisation=head.organisation,
        on_behalf_of=head.on_behalf_of,
        people=head.people,
        objectives=head.objectives,
        left_out=gone,
        options=head.options,
        feedback=head.feedback,
        way=head.way,
    )
