"""A survey of individuals: the responses, and what came of them once it was closed.

Nothing individual is in the result: what too few people answered is not kept there at all (design, part 6).
"""

from __future__ import annotations

from typing import Literal

from kmtui.model.base import SCHEMA, Level, Value
from kmtui.model.rating import Rating
from kmtui.model.session import Person


class Response(Value, frozen=True, kw_only=True):
    """What one person answered. The id is wholly random and there are no times, so that nobody can be told by them.

    `survey` is the id of the assessment. Only what is `finished` is counted.
    """

    id: str
    schema: int = SCHEMA
    survey: str
    role: str = ""
    ratings: tuple[Rating, ...] = ()
    finished: bool = False

    def rating(self, criterion_id: str) -> Rating:
        """Return what was answered on a criterion; an empty rating where nothing was."""
        return next((each for each in self.ratings if each.criterion == criterion_id), Rating(criterion=criterion_id))

    @property
    def answered(self) -> int:
        """How many criteria have a level or a reason to leave them out."""
        return sum(rating.answered for rating in self.ratings)


class Spread(Value, frozen=True, kw_only=True):
    """What individuals answered on one criterion; `n` counts levels. What may not be shown is None or empty.

    `sd` is the standard deviation of the sample (n - 1), in levels. `bands` counts levels by the id of the band;
    `rationales` are in the order of the alphabet, which tells nothing of who gave them.
    """

    criterion: str
    n: int
    mean: Level | None = None
    sd: float | None = None
    lowest: Level | None = None
    highest: Level | None = None
    bands: dict[str, int] | None = None
    dont_know: int | None = None
    rationales: tuple[str, ...] = ()


class SurveyResult(Value, frozen=True, kw_only=True):
    """What a closed survey came to. `roles` are those that enough people have."""

    answered: int
    spreads: tuple[Spread, ...] = ()
    roles: tuple[Person, ...] = ()

    def spread(self, criterion_id: str) -> Spread:
        """Return what was answered on a criterion; a spread of nobody where nothing was."""
        return next(
            (each for each in self.spreads if each.criterion == criterion_id), Spread(criterion=criterion_id, n=0)
        )


class Given(Value, frozen=True, kw_only=True):
    """What a file says of one person's answers. `row` counts from 1, as an editor or a spreadsheet counts.

    `mark` is what tells this response from every other in the file and its next export: what the form service wrote
    of it, or all its answers. It is never kept as it is.
    """

    row: int
    role: str = ""
    ratings: tuple[Rating, ...] = ()
    mark: str = ""
    response_id: str = ""


class Refused(Value, frozen=True, kw_only=True):
    """What could not be read, with the file, the row (0 for the whole file) and the reason in words.

    `whole` says that the whole response was refused, not one cell of it.
    """

    file: str
    row: int
    reason: str
    whole: bool = True


class Column(Value, frozen=True, kw_only=True):
    """A column of a table and what it is taken for. `criterion` is an id; `suggested` what it might be, not used."""

    name: str
    use: Literal["level", "rationale", "role", "identity", "nothing"] = "nothing"
    criterion: str | None = None
    suggested: str | None = None


class Reading(Value, frozen=True, kw_only=True):
    """What was understood of a file with responses, before anything of it is kept."""

    file: str
    kind: Literal["table", "e-mail", "response"]
    given: tuple[Given, ...] = ()
    refused: tuple[Refused, ...] = ()
    columns: tuple[Column, ...] = ()
