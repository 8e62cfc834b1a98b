"""Which technique? Asked of the techniques that are installed: for a situation, for a criterion, for an action."""

from __future__ import annotations

from kmtui.analysis.scoring import level_of
from kmtui.analysis.suggesting import Suggestion, suggest
from kmtui.model.assessment import Assessment
from kmtui.model.errors import WrongInput
from kmtui.model.lines import ActionLine
from kmtui.model.matrix import Criterion, Option, options_for
from kmtui.model.technique import Phase, Technique
from kmtui.workspace.tools import Tools


def suggestions(
    tools: Tools,
    *,
    phase: Phase | None = None,
    people: int | None = None,
    minutes: int | None = None,
    words: str = "",
) -> tuple[Suggestion, ...]:
    """Return up to three installed techniques that fit a situation, the best first; none where nothing fits."""
    return suggest(_installed(tools), phase=phase, people=people, minutes=minutes, words=words)


def for_criterion(
    tools: Tools,
    assessment: Assessment,
    criterion_id: str,
    *,
    phase: Phase | None = None,
    people: int | None = None,
    minutes: int | None = None,
) -> tuple[Suggestion, ...]:
    """Return up to three techniques for a criterion of an assessment, and as far as it is asked for a situation.

    Those that an option names which fits the level come first, then those that speak of what the criterion does.

    Raises:
        WrongInput: there is no such criterion.
    """
    criterion = assessment.matrix.criterion(criterion_id)
    if criterion is None:
        raise WrongInput(f'There is no criterion "{criterion_id}".')
    return suggest(
        _installed(tools),
        phase=phase,
        people=people,
        minutes=minutes,
        words=f"{criterion.name}\n{criterion.indicator}",
        named=[option.technique for option in _fitting(assessment, criterion) if option.technique is not None],
        named_by="An option for this criterion names it.",
    )


def for_action(
    tools: Tools,
    line: ActionLine,
    *,
    phase: Phase | None = None,
    people: int | None = None,
    minutes: int | None = None,
) -> tuple[Suggestion, ...]:
    """Return up to three techniques for an action: the one that it names first, then those that speak of it."""
    return suggest(
        _installed(tools),
        phase=phase,
        people=people,
        minutes=minutes,
        words=f"{line.action}\n{line.criterion_name}",
        named=[line.technique] if line.technique is not None else [],
        named_by="The action names it.",
    )


def _fitting(assessment: Assessment, criterion: Criterion) -> tuple[Option, ...]:
    """Return the options that fit the level of a criterion; all of them where it has none, as in its plan."""
    level = level_of(assessment, criterion.id)
    return criterion.options if level is None else options_for(criterion, assessment.matrix.band_at(level))


def _installed(tools: Tools) -> list[Technique]:
    return [loaded.value for loaded in tools.library.techniques()]
