"""What is read out beside a criterion: what individuals answered, how it was last time, and who does it well."""

from __future__ import annotations

from collections.abc import Iterator

from kmtui.analysis.survey import by_disagreement
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.survey import Spread
from kmtui.plain.items import counted
from kmtui.plain.lists import practice_line
from kmtui.plain.ratings import answer_in_words, statement_lines
from kmtui.report.last_time import LastTime
from kmtui.report.sentences import plan_sentences
from kmtui.report.words import mean_with_band, spread_in_words
from kmtui.text import one_line
from kmtui.workspace.comparing import WhoDoesWell


def survey_lines(matrix: Matrix, spread: Spread) -> Iterator[str]:
    """Yield what individuals answered on a criterion: how far apart they are, the mean, what they said."""
    mean = "" if spread.mean is None else f" The mean is {mean_with_band(matrix, spread.mean)}."
    yield f"Individuals answered: {spread_in_words(matrix, spread)}.{mean}"
    for rationale in spread.rationales:
        yield f"- {one_line(rationale)}"


def goals_lines(assessment: Assessment) -> Iterator[str]:
    """Yield the goals of the team, what it leaves out, and the day of the feedback meeting."""
    for objective in assessment.objectives:
        yield f"Goal of the team: {one_line(objective.text)}"
    for left_out in assessment.left_out:
        because = f": {one_line(left_out.reason)}" if left_out.reason else ""
        yield f"Left out: {one_line(left_out.name or left_out.criterion)}{because}"
    if assessment.feedback:
        yield f"The results are talked over on {in_words(assessment.feedback)}."


def last_time_lines(last: LastTime, criterion_id: str) -> Iterator[str]:
    """Yield level, target and reason of a criterion last time."""
    if said := last.said(criterion_id):
        yield f"Last time, on {last.when}: {said}."


def agreed_lines(last: LastTime) -> Iterator[str]:
    """Yield what was agreed last time, and what has become of it."""
    pairs = zip(plan_sentences(last.before), last.before.actions, strict=True)
    agreed = [(words, action) for words, action in pairs if not action.idea]  # of an idea nobody has promised anything
    if not agreed:
        return
    yield f"Agreed last time, on {last.when}:"
    for words, action in agreed:
        outcome = f" What changed: {one_line(action.outcome)}" if action.outcome else ""
        note = f" Note: {one_line(action.note)}" if action.note else ""
        yield f"{words}{outcome}{note}"


def opening_lines(record: Assessment, last_time: LastTime | None) -> Iterator[str]:
    """Yield what is read out at the opening question: the matrix, the goals, what was agreed last time."""
    matrix = record.matrix
    yield f"{one_line(matrix.title)}: {counted(len(matrix.criteria), 'criterion', 'criteria')}."
    if matrix.opening_question:
        yield f"Ask: {one_line(matrix.opening_question)}"
    yield from goals_lines(record)
    if last_time is not None:
        yield from agreed_lines(last_time)
    if record.opening:
        yield f"Said so far: {one_line(record.opening)}"
    yield from widest_lines(record)


def widest(record: Assessment) -> Criterion | None:
    """Return the criterion on which individuals differ most, of those that the group has not talked over yet."""
    if record.survey is None:
        return None
    pairs = by_disagreement(record)
    return next((one for one, spread in pairs if spread.sd and not record.rating(one.id).answered), None)


def widest_lines(record: Assessment) -> Iterator[str]:
    """Yield where people differ most of what is still open, and how to go there."""
    if (found := widest(record)) is not None:
        number = record.matrix.criteria.index(found) + 1
        yield f"People differ most on {number} {one_line(found.name)}. go {number} leads there."


def criterion_lines(record: Assessment, criterion: Criterion, last_time: LastTime | None) -> Iterator[str]:
    """Yield what is read out at a criterion below its name: statements, questions, individuals, last time, answer."""
    matrix, rating = record.matrix, record.rating(criterion.id)
    yield from statement_lines(matrix, criterion)
    for question in criterion.ask:
        yield f"Ask: {one_line(question)}"
    if record.survey is not None:
        yield from survey_lines(matrix, record.survey.spread(criterion.id))
    if last_time is not None:
        yield from last_time_lines(last_time, criterion.id)
    if rating.answered:
        yield f"Answered: {answer_in_words(matrix, rating)}"


def then_lines(now: Assessment, before: Assessment) -> Iterator[str]:
    """Yield how each criterion stood then and stands now, with the reasons beside each other."""
    from kmtui.analysis.comparison import then_and_now
    from kmtui.report.comparison_sentences import reasons
    from kmtui.report.sentences import then_and_now_sentences

    pairs, sentences = then_and_now(now, before), then_and_now_sentences(now, before)
    for pair, words in zip(pairs, sentences, strict=False):
        yield words
        yield from (f"- {reason}" for reason in reasons(pair.then, pair.now))
    yield from sentences[len(pairs) :]


def well_lines(found: WhoDoesWell) -> Iterator[str]:
    """Yield who does well on a criterion: good practice first, then teams that stand higher."""
    yield from (practice_line(line) for line in found.practices)
    if found.teams:
        yield f"Teams that stand higher here: {', '.join(one_line(team) for team in found.teams)}."
    if not found.practices and not found.teams:
        yield "No other team has kept good practice here, and none stands higher."
