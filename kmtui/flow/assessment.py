"""How an assessment proceeds: the opening question, then criterion by criterion, then the results.

Every function takes an assessment and returns a new one. Times of saving are not set here.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.matrix import Criterion, Matrix, Scale, as_level
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, LocalOption, Objective, Way, as_used, named

_LEVEL = re.compile(r"-?\d{1,9}(\.\d{0,9})?")

OPENING = "opening"
"""The place of the opening question, before the first criterion."""


def begin(
    assessment_id: str,
    matrix: Matrix,
    at: datetime,
    day: date,
    *,
    digest: str = "",
    title: str = "",
    team: str = "",
    organisation: str = "",
    on_behalf_of: str = "",
    people: tuple[Person, ...] = (),
    way: Way = "group",
    setup: str = "",
    objectives: tuple[Objective, ...] = (),
    left_out: tuple[LeftOut, ...] = (),
    options: tuple[LocalOption, ...] = (),
    feedback: date | None = None,
    closes: date | None = None,
) -> Assessment:
    """Return a new assessment at the opening question, with the matrix as the team uses it.

    Raises:
        WrongInput: every criterion is left out.
    """
    gone = named(matrix, left_out)
    used = as_used(matrix, gone, options)
    if not used.criteria:
        raise WrongInput("Every criterion is left out. Keep at least one of them.")
    return Assessment(
        id=assessment_id,
        created=at,
        changed=at,
        matrix=used,
        digest=digest,
        title=title,
        team=team,
        organisation=organisation,
        on_behalf_of=on_behalf_of,
        date=day,
        people=people,
        begun=at,
        place=OPENING,
        way=way,
        setup=setup,
        objectives=objectives,
        left_out=gone,
        feedback=feedback,
        closes=closes,
    )


def places(assessment: Assessment) -> tuple[str, ...]:
    """Return the opening and the ids of all criteria, in the order in which they are walked."""
    return (OPENING, *(criterion.id for criterion in assessment.matrix.criteria))


def position(assessment: Assessment) -> int:
    """Return the number of the present place, from 0 for the opening question."""
    walk = places(assessment)
    return walk.index(assessment.place) if assessment.place in walk else 0


def go(assessment: Assessment, place: str) -> Assessment:
    """Return the assessment at the opening or at a criterion.

    Raises:
        NotFound: there is no such criterion.
    """
    if place not in places(assessment):
        raise NotFound(f'There is no criterion "{place}".')
    return replace(assessment, place=place)


def forward(assessment: Assessment) -> Assessment | None:
    """Return the assessment at the next criterion; None at the last one."""
    return _at(assessment, position(assessment) + 1)


def back(assessment: Assessment) -> Assessment | None:
    """Return the assessment at the place before; None at the opening question."""
    return _at(assessment, position(assessment) - 1)


def _at(assessment: Assessment, number: int) -> Assessment | None:
    walk = places(assessment)
    return replace(assessment, place=walk[number]) if 0 <= number < len(walk) else None


def rate(assessment: Assessment, criterion_id: str, **changes: Any) -> Assessment:
    """Return the assessment with changed fields in the rating of a criterion.

    A level takes a skip away; a skip takes level and target away. `changes` are fields of `Rating`.

    Raises:
        NotFound: there is no such criterion.
        WrongInput: the scale has no such level.
    """
    criterion = assessment.matrix.criterion(criterion_id)
    if criterion is None:
        raise NotFound(f'There is no criterion "{criterion_id}".')
    if changes.get("level") is not None:
        changes = {"skip": None, **changes}
    elif changes.get("skip") is not None:
        changes = {"level": None, "target": None, "enough": "", **changes}
    rating = replace(assessment.rating(criterion_id), **changes)
    check_rating(assessment.matrix, criterion, rating)
    return _with_rating(assessment, rating)


def check_rating(matrix: Matrix, criterion: Criterion, rating: Rating) -> None:
    """Raise WrongInput if a level or target is not on the scale, or a criterion has both a level and a skip."""
    for words, level in (("level", rating.level), ("target", rating.target)):
        if level is not None and not matrix.has_level(level):
            raise WrongInput(f"{criterion.name}: {level} is no {words} here. {scale_in_words(matrix.scale)}")
    if rating.level is not None and rating.skip is not None:
        raise WrongInput(f"{criterion.name}: it has both a level and a reason to leave it out. Keep one of them.")


def _with_rating(assessment: Assessment, rating: Rating) -> Assessment:
    ratings = {each.criterion: each for each in assessment.ratings}
    ratings[rating.criterion] = rating
    order = [criterion.id for criterion in assessment.matrix.criteria]
    kept = tuple(ratings[name] for name in order if name in ratings and not ratings[name].empty)
    return replace(assessment, ratings=kept)


def scale_in_words(scale: Scale) -> str:
    """Return what a level may be, as a sentence."""
    halves = " in steps of a half" if scale.step != 1 else ""
    return f"Levels go from {scale.lowest} to {scale.highest}{halves}."


def answered(assessment: Assessment) -> int:
    """Return how many criteria have a level or a reason to leave them out."""
    return sum(assessment.rating(criterion.id).answered for criterion in assessment.matrix.criteria)


def open_criteria(assessment: Assessment) -> tuple[Criterion, ...]:
    """Return the criteria without an answer, and those parked, in their order."""
    ratings = ((criterion, assessment.rating(criterion.id)) for criterion in assessment.matrix.criteria)
    return tuple(criterion for criterion, rating in ratings if not rating.answered or rating.skip == "parked")


def level_after_digit(matrix: Matrix, typed: str, key: str) -> tuple[str, Level | None]:
    """Return what has been typed of a level after one more key (a digit or a full stop), and the level it means.

    A digit goes on with the number typed so far where the scale has that level (1 then 2 is 12), and begins a new one
    where it has not. Where no level comes of it the typed text is kept for the next key and the level is None.
    """
    for candidate in (typed + key, key):
        try:
            level = as_level(float(candidate))
        except ValueError:
            continue
        if matrix.has_level(level) and candidate[-1] != ".":
            return candidate, level
        if candidate[-1] == "." and matrix.scale.step != 1 and matrix.has_level(level):
            return candidate, level
        if any(str(possible).startswith(candidate) for possible in matrix.levels()):
            return candidate, None
    return "", None


def parse_level(matrix: Matrix, text: str) -> Level:
    """Return the level that somebody typed whole, with a full stop or a comma for halves.

    Raises:
        WrongInput: it is no number, or the scale has no such level.
    """
    typed = text.strip().replace(",", ".")
    # Python would take 1_2 for twelve and 1e1 for ten; people mistype.
    level = as_level(float(typed)) if _LEVEL.fullmatch(typed) else None
    if level is None or not matrix.has_level(level):
        raise WrongInput(f'"{text.strip()[:40]}" is not a level. {scale_in_words(matrix.scale)}')
    return level


def parse_same_for_everyone(text: str) -> bool | str | None:
    """Return yes as True, no as False, an empty text as None and other words as they are."""
    words = text.strip()
    return {"": None, "yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}.get(
        words.lower(), words
    )


def end(assessment: Assessment, at: datetime) -> Assessment:
    """Return the assessment as ended."""
    return replace(assessment, ended=at)


def reopen(assessment: Assessment) -> Assessment:
    """Return the assessment as not ended."""
    return replace(assessment, ended=None)
