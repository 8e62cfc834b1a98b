"""What the result of a survey may say: on the scale, counts that agree with each other, nothing of too few answers."""

from __future__ import annotations

from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.errors import WrongInput
from kmtui.model.matrix import Matrix
from kmtui.model.survey import Spread, SurveyResult
from kmtui.model.thresholds import FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD

_NEARLY = 1e-9


def check_survey(assessment: Assessment) -> None:
    """Raise WrongInput if the result of a survey says what cannot be so, or more of few answers than may be shown."""
    result = assessment.survey
    if assessment.way != "survey" and (result is not None or assessment.closed is not None):
        raise WrongInput('survey: only an assessment whose "way" is "survey" has a result or was closed.')
    if (result is None) != (assessment.closed is None):
        raise WrongInput("survey: its result is there once it is closed, and not before.")
    if result is not None:
        _check_result(assessment.matrix, result)


def _check_result(matrix: Matrix, result: SurveyResult) -> None:
    if result.answered < 0:
        raise WrongInput("survey.answered: a count is never negative.")
    _check_roles(result)
    seen: set[str] = set()
    for number, spread in enumerate(result.spreads):
        where = f"survey.spreads[{number}]"
        if matrix.criterion(spread.criterion) is None:
            raise WrongInput(f'{where}.criterion: the matrix has no criterion "{spread.criterion[:40]}".')
        if spread.criterion in seen:
            raise WrongInput("survey.spreads: every criterion may be there only once.")
        seen.add(spread.criterion)
        _check_counts(matrix, spread, result.answered, where)
        _check_shown(spread, where)
        _check_levels(matrix, spread, where)


def _check_roles(result: SurveyResult) -> None:
    if result.roles and result.answered < FEWEST_FOR_SPREAD:
        raise WrongInput(f"survey.roles: fewer than {FEWEST_FOR_SPREAD} people answered, so no role is told.")
    counts = [role.count for role in result.roles]
    if any(count < FEWEST_FOR_SPREAD for count in counts) or sum(counts) > result.answered:
        raise WrongInput(
            f"survey.roles: each is that of {FEWEST_FOR_SPREAD} people or more, and together they are not more than "
            "answered."
        )


def _check_counts(matrix: Matrix, spread: Spread, answered: int, where: str) -> None:
    if spread.n < 0 or (spread.dont_know or 0) < 0 or any(count < 0 for count in (spread.bands or {}).values()):
        raise WrongInput(f"{where}: a count is never negative.")
    if spread.n + (spread.dont_know or 0) > answered:
        raise WrongInput(f"{where}.n: there are more answers than people who answered.")
    for band_id in spread.bands or {}:
        if all(band.id != band_id for band in matrix.bands):
            raise WrongInput(f'{where}.bands: the matrix has no band "{band_id[:40]}".')
    if len(spread.rationales) > answered:
        raise WrongInput(f"{where}.rationales: there are more than people who answered.")
    if spread.bands is not None and sum(spread.bands.values()) != spread.n:
        raise WrongInput(f"{where}.bands: together they have to be as many as n.")


def _check_shown(spread: Spread, where: str) -> None:
    """Raise WrongInput if more is said of few answers than may be shown, or only a part of what belongs together."""
    if spread.n < FEWEST_FOR_MEAN and spread.mean is not None:
        raise WrongInput(f"{where}.mean: below {FEWEST_FOR_MEAN} answers no mean is shown.")
    together = (spread.sd, spread.lowest, spread.highest, spread.bands, spread.dont_know)
    if spread.n < FEWEST_FOR_SPREAD and (spread.rationales or any(each is not None for each in together)):
        raise WrongInput(f"{where}: below {FEWEST_FOR_SPREAD} answers only n and the mean are shown.")
    some = [each is not None for each in (spread.sd, spread.lowest, spread.highest, spread.bands, spread.dont_know)]
    if any(some) and not (all(some) and spread.mean is not None):
        raise WrongInput(f"{where}: mean, sd, lowest, highest, bands and dont_know are there together or not at all.")
    if spread.rationales and not any(some):
        raise WrongInput(f"{where}.rationales: they are shown only where the answers are.")


def _check_levels(matrix: Matrix, spread: Spread, where: str) -> None:
    for name, level in (("lowest", spread.lowest), ("highest", spread.highest)):
        if level is not None and not matrix.has_level(level):
            raise WrongInput(f"{where}.{name}: {level} is no level of the scale.")
    if spread.sd is not None and spread.sd < 0:
        raise WrongInput(f"{where}.sd: it is never negative.")
    low: Level = matrix.scale.lowest if spread.lowest is None else spread.lowest
    high: Level = matrix.scale.highest if spread.highest is None else spread.highest
    if low > high:
        raise WrongInput(f"{where}.lowest: it is above the highest.")
    if spread.mean is not None and not low - _NEARLY <= spread.mean <= high + _NEARLY:
        raise WrongInput(f"{where}.mean: it has to lie from {low} to {high}.")
    if spread.sd is not None and spread.sd > high - low:
        raise WrongInput(f"{where}.sd: it is not wider than from lowest to highest.")
