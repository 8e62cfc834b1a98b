"""The plan of an assessment as Markdown, and the one page of it for a board."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from kmtui.analysis.scoring import Scores, agreed_scores, mean_in_words, scores_of
from kmtui.analysis.survey import by_disagreement
from kmtui.model.assessment import Assessment
from kmtui.model.plan import Planned
from kmtui.model.session import number_in_words
from kmtui.report.escape import inline
from kmtui.report.parts import ACTION, BY, OWNER, bullets, facts, front, joined, states, table_of, told
from kmtui.report.plan_parts import Held, actions_of, by_priority, ideas_of, not_for_us
from kmtui.report.sentences import section_sentence
from kmtui.report.words import (
    answered_in_words,
    capitalised,
    counted,
    hidden,
    listed,
    mean_with_band,
    range_in_words,
    rounding_rule,
    still_open,
)
from kmtui.text import one_line, shortened

_WIDEST = 3
_MOST_SECTIONS = 8
_MOST_ACTIONS = 10
_LONGEST_OPENING = 400
_FIRST = ("now", "next", "later", None)


def plan_markdown(
    assessment: Assessment,
    *,
    with_names: bool = False,
    technique_names: Mapping[str, str] | None = None,
    held: Held | None = None,
    lessons: Mapping[str, str] | None = None,
) -> str:
    """Return the plan, beginning with the summary for a board.

    `technique_names` are the names of installed techniques by id; `held` are sessions by the id of the action from
    which they were begun; `lessons` the words of lessons because of which something is done, by id.
    """
    lines = by_priority(assessment, technique_names or {}, held or {}, lessons or {})
    body = ["## The whole plan", *lines] if lines else []
    return joined([*_begin(assessment, "plan", "plan", with_names), *_page(assessment), *body])


def board_markdown(
    assessment: Assessment,
    *,
    with_names: bool = False,
    technique_names: Mapping[str, str] | None = None,
    held: Held | None = None,
    lessons: Mapping[str, str] | None = None,
) -> str:
    """Return one page for a board: the assurance question, where we stand, where we differ, what we do by when."""
    return joined([*_begin(assessment, "board", "for the board", with_names), *_page(assessment)])


def _begin(assessment: Assessment, kind: str, subject: str, with_names: bool) -> list[str]:
    matrix = assessment.matrix
    head = front(assessment, kind, {"matrix": matrix.id, "matrix_version": matrix.version})
    places = [place for place in (assessment.team, assessment.organisation) if told(place)]
    name = inline(f"{assessment.name}: {subject}")
    about = facts(replace(assessment, spent={}), places, with_names)  # how long it took is nothing for a board
    return [head.rstrip("\n"), f"# {name}", about]


def _page(assessment: Assessment) -> list[str]:
    return [*_question(assessment), *_standing(assessment), *_differing(assessment), *_doing(assessment)]


def _question(assessment: Assessment) -> list[str]:
    question = assessment.matrix.opening_question
    if not told(question) and not told(assessment.opening):
        return []
    answer = inline(shortened(assessment.opening, _LONGEST_OPENING))
    return [f"## {inline(question) or 'To begin with'}", answer or "What follows is our answer so far."]


def _standing(assessment: Assessment) -> list[str]:
    """Return where the team stands: what a group agreed first, and behind it what individuals answered."""
    if assessment.collecting:
        return ["## Where we stand", still_open(assessment)]
    answered = [answered_in_words(assessment)] if assessment.way == "survey" else []
    scores, agreed = scores_of(assessment), agreed_scores(assessment)
    if answered and agreed.whole.mean is not None:
        mean = (
            f" The mean of their answers is {mean_in_words(assessment.matrix, scores.whole)}." if scores.whole.n else ""
        )
        sentences = [*_levels(assessment, agreed, "The group agreed"), answered[0] + mean]
    else:
        sentences = [*answered, *_levels(assessment, scores, "The whole")]
    return ["## Where we stand", bullets(sentences)]


def _levels(assessment: Assessment, scores: Scores, what: str) -> list[str]:
    """Return the whole and the sections in words, with the rule for rounding."""
    matrix = assessment.matrix
    if scores.whole.mean is None:
        return ["There is no level yet."]
    rest = len(scores.sections) - _MOST_SECTIONS
    return [
        f"{what}, on a scale from {matrix.scale.lowest} to {matrix.scale.highest}: "
        f"{mean_with_band(matrix, scores.whole.mean)}, the mean of "
        f"{counted(scores.whole.n, 'criterion', 'criteria')} out of {number_in_words(len(matrix.criteria))}.",
        *(section_sentence(matrix, score) for score in scores.sections[:_MOST_SECTIONS]),
        *([f"{capitalised(counted(rest, 'more section', 'more sections'))} are in the report."] if rest > 0 else []),
        rounding_rule(matrix),
    ]


def _differing(assessment: Assessment) -> list[str]:
    found = _widest(assessment) if assessment.way == "survey" else _not_the_same(assessment)
    if not found:
        return []
    rest = len(found) - _WIDEST
    more = [f"{capitalised(counted(rest, 'more criterion', 'more criteria'))} where we differ less, in the report."]
    if assessment.way == "group":
        more = [f"{capitalised(counted(rest, 'more criterion', 'more criteria'))} that differ, in the report."]
    return ["## Where we differ", bullets([*found[:_WIDEST], *(more if rest > 0 else [])])]


def _widest(assessment: Assessment) -> list[str]:
    if assessment.collecting:
        return []
    pairs = by_disagreement(assessment)
    words = [
        f"{one_line(criterion.name)}: {counted(spread.n, 'answer', 'answers')}, {range_in_words(spread)}."
        for criterion, spread in pairs
        if spread.sd
    ]
    if not words and any(hidden(spread) and spread.n for _, spread in pairs):
        return ["Too few people answered to show how far they differ."]
    return words


def _not_the_same(assessment: Assessment) -> list[str]:
    words = []
    for criterion in assessment.matrix.criteria:
        same = assessment.rating(criterion.id).same_for_everyone
        if same is False:
            words.append(f"{one_line(criterion.name)}: it is not the same for everyone.")
        elif isinstance(same, str) and told(same):
            words.append(f"{one_line(criterion.name)}: not the same for everyone: {shortened(same, 200)}")
    return words


def _doing(assessment: Assessment) -> list[str]:
    going = [each for each in actions_of(assessment) if each.state == "open"]
    in_order = sorted(going, key=lambda each: _FIRST.index(each.priority))
    shown = in_order[:_MOST_ACTIONS]
    told_of = [table_of([_short(each) for each in shown], [ACTION, OWNER, BY, *states(shown)])] if shown else []
    rest = _rest(assessment, len(in_order) - len(shown))
    if not told_of and not rest:
        return ["## What we do, by when", "Nothing is planned yet."]
    if not told_of:
        told_of = ["Nothing open has both an owner and a day."]
    return ["## What we do, by when", *told_of, rest]


def _short(planned: Planned) -> Planned:
    return Planned(
        id=planned.id, action=shortened(planned.action, 200), owner=shortened(planned.owner, 60), due=planned.due
    )


def _rest(assessment: Assessment, more: int) -> str:
    """Return in words what the plan holds beside the actions shown."""
    finished = [each for each in actions_of(assessment) if each.state != "open"]
    done = sum(each.state == "done" for each in finished)
    dropped, out = len(finished) - done, len(not_for_us(assessment))
    thoughts = len(ideas_of(assessment))
    parts = [counted(more, "more action", "more actions")] if more > 0 else []
    parts += [f"{counted(done, 'action', 'actions')} already done"] if done else []
    parts += [f"{counted(dropped, 'action', 'actions')} dropped"] if dropped else []
    parts += [f"{counted(thoughts, 'idea', 'ideas')} that nobody has taken on yet"] if thoughts else []
    parts += (
        [f"{counted(out, 'suggestion', 'suggestions')} that {'is' if out == 1 else 'are'} not for us"] if out else []
    )
    return f"Also in the plan: {listed(parts)}." if parts else ""
