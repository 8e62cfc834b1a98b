"""What a team agreed the time before, and how it stood then: the parts of a report that look back."""

from __future__ import annotations

from collections.abc import Mapping

from kmtui.analysis.comparison import ThenAndNow, then_and_now
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.report.parts import (
    ACTION,
    BY,
    DONE_WHEN,
    NOTE,
    OUTCOME,
    OWNER,
    Column,
    bullets,
    for_criterion,
    how,
    sentence,
    table,
    table_of,
)
from kmtui.report.plan_parts import Held, actions_of, held_column, ideas_of
from kmtui.report.sentences import change_in_words, missing_in_words
from kmtui.report.words import FIRST_FALL, capitalised, level_with_band
from kmtui.text import one_line

_STATES = {"open": "Open", "done": "Done", "dropped": "Dropped"}
_STATE = Column(head="State", of=lambda action: _STATES[action.state], always=True)


def agreed_last_time(before: Assessment, names: Mapping[str, str], held: Held) -> list[str]:
    """Return what was agreed the time before and what has become of it, under its heading."""
    actions, ideas = actions_of(before), [each for each in ideas_of(before) if each.state == "open"]
    if not actions and not ideas:
        return []
    more = [for_criterion(before.matrix), how(names), NOTE, OUTCOME, held_column(held)]
    parts = ["## What we agreed last time", f"On {in_words(before.date)}."]
    if actions:
        parts.append(table_of(actions, [ACTION, OWNER, BY, _STATE, DONE_WHEN, *more]))
    if ideas:
        named = "; ".join(one_line(each.action) for each in ideas)
        parts.append(f"Ideas that nobody took on: {sentence(named)}")
    return parts


def then_now(assessment: Assessment, before: Assessment) -> list[str]:
    """Return each criterion then and now with the reasons beside each other, and what cannot be compared."""
    pairs, missing = then_and_now(assessment, before), missing_in_words(assessment, before)
    if not pairs and not missing:
        return []
    parts = ["## Then and now"]
    if pairs:
        then, now = in_words(before.date), in_words(assessment.date)
        heads = ["Criterion", f"Then: {then}", f"Now: {now}", "Change", "Why then", "Why now"]
        first = next((pair.criterion.id for pair in pairs if pair.fell), None)
        parts.append(table(heads, [_row(assessment, before, pair, pair.criterion.id == first) for pair in pairs]))
    if missing:
        parts += ["What cannot be compared:", bullets(missing)]
    return parts


def _row(assessment: Assessment, before: Assessment, pair: ThenAndNow, first_fall: bool) -> list[str]:
    criterion_id = pair.criterion.id
    then, now = pair.then.level, pair.now.level
    change = capitalised(change_in_words(pair))
    return [
        pair.criterion.name,
        "" if then is None else level_with_band(before, criterion_id, then),
        "" if now is None else level_with_band(assessment, criterion_id, now),
        f"{change}. {FIRST_FALL}" if first_fall else change,
        pair.then.rationale,
        pair.now.rationale,
    ]
