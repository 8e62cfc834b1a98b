"""The specialist's own numbers as sentences, to be read on the screen or aloud."""

from __future__ import annotations

from kmtui.analysis.scoring import number
from kmtui.model.base import ENGLISH_MONTHS, in_words
from kmtui.model.numbers import Move, Numbers, Period, Tally, TeamTally
from kmtui.model.session import number_in_words
from kmtui.report.words import FIRST_FALL, capitalised, counted, levels_in_words, listed
from kmtui.text import one_line

NO_TEAM = "No team named"
"""What stands for the team of all that names none."""

_MOST_NAMED = 5


def period_in_words(period: Period) -> str:
    """Return `1 January to 31 March 2026`, with both years where they differ; of one day the day alone."""
    return in_words(period.first) if period.first == period.last else f"{_begin(period)} to {in_words(period.last)}"


def between_in_words(period: Period) -> str:
    """Return `Between 1 January and 31 March 2026`, or of one day `On 1 January 2026`."""
    if period.first == period.last:
        return f"On {in_words(period.first)}"
    return f"Between {_begin(period)} and {in_words(period.last)}"


def _begin(period: Period) -> str:
    first = period.first
    same_year = first.year == period.last.year
    return f"{first.day} {ENGLISH_MONTHS[first.month - 1]}" if same_year else in_words(first)


def numbers_sentences(numbers: Numbers) -> list[str]:
    """Return what was done in the period: sessions and people, lessons, actions, criteria that moved."""
    total = numbers.total
    return [
        *_sessions(numbers),
        *_lessons(total),
        *_actions(total, numbers.period),
        *_criteria(total, with_teams=not one_line(numbers.team)),
    ]


def _sessions(numbers: Numbers) -> list[str]:
    total = numbers.total
    when = between_in_words(numbers.period)
    who = f", {one_line(numbers.team)}" if one_line(numbers.team) else ""
    sentences = [f"{when}{who}: {_held(total)}."]
    if total.techniques:
        names = [f"{one_line(name)} ({_times(count)})" for name, count in total.techniques]
        sentences.append(f"Techniques: {_some(names)}.")
    if total.open_sessions:
        sentences.append(
            f"{capitalised(counted(total.open_sessions, 'more session was', 'more sessions were'))} begun and "
            f"{'is' if total.open_sessions == 1 else 'are'} not finished."
        )
    return sentences


def _held(total: Tally) -> str:
    if not total.sessions and not total.assessments:
        return "no session and no assessment was finished"
    held = [counted(total.sessions, "session", "sessions")]
    held += [counted(total.assessments, "assessment", "assessments")] if total.assessments else []
    if not total.people_reached:
        return f"{listed(held)}; nobody noted who took part"
    people = counted(total.people_reached, "person", "people")
    twice = " (a person who came twice counts twice)" if total.people_reached > 1 else ""
    return f"{listed(held)} with {people}{twice}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count) or f"{number_in_words(count)} times"


def _some(names: list[str]) -> str:
    """Return names as a sentence has them, a few of many, and how many more there are."""
    if len(names) <= _MOST_NAMED + 1:
        return listed(names)
    return f"{', '.join(names[:_MOST_NAMED])} and {number_in_words(len(names) - _MOST_NAMED)} more"


def _lessons(total: Tally) -> list[str]:
    said = f"{_was(total.lessons_captured, 'lesson')} captured"
    about = [f"{number_in_words(total.lessons_keep)} of what to keep doing"] if total.lessons_keep else []
    about += [f"{number_in_words(total.seen_again)} that had been learnt before"] if total.seen_again else []
    rest = "" if total.lessons_captured else " in this time"
    captured = f"{said}, {listed(about)}." if about else f"{said}{rest}."
    lives = (("agreed", total.lessons_agreed), ("applied", total.lessons_applied), ("retired", total.lessons_retired))
    return [captured, _lives(lives), _reused(total)]


def _lives(lives: tuple[tuple[str, int], ...]) -> str:
    """Return what became of lessons in the period; what became of none is said as well."""
    happened = [(words, count) for words, count in lives if count]
    none = [words for words, count in lives if not count and words != "retired"]
    sentences = []
    if happened:
        (word, count), *rest = happened
        more = [f"{number_in_words(each)} {'was' if each == 1 else 'were'} {other}" for other, each in rest]
        sentences.append(listed([f"{_was(count, 'lesson')} {word}", *more]))
    if none:
        sentences.append(f"no lesson was {' or '.join(none)} in this time")
    return capitalised("; ".join(sentences)) + "."


def _reused(total: Tally) -> str:
    words = f"{_was(total.lessons_reused, 'lesson')} taken along into other work"
    if not total.lessons_reused:
        return f"{words} in this time."
    return f"{words}, {_times(total.uses)} in all." if total.uses != total.lessons_reused else f"{words}."


def _was(count: int, noun: str) -> str:
    """Return `No lesson was`, `One lesson was`, `Two lessons were`."""
    return capitalised(f"{number_in_words(count)} {noun}{' was' if count < 2 else 's were'}")


def _actions(total: Tally, period: Period) -> list[str]:
    agreed = f"{_was(total.actions_agreed, 'action')} agreed{'' if total.actions_agreed else ' in this time'}."
    closed = _closed(total)
    if total.actions_dropped:
        closed = f"{closed} {_was(total.actions_dropped, 'action')} dropped."
    overdue = f"On {in_words(period.last)} {counted(total.actions_overdue, 'action was', 'actions were')} overdue."
    return [agreed, closed, overdue]


def _closed(total: Tally) -> str:
    if not total.actions_closed:
        return "No action was closed in this time."
    how = [
        f"{number_in_words(count)} {words}"
        for count, words in (
            (total.actions_closed_on_time, "on time"),
            (total.actions_closed_late, "late"),
            (total.actions_closed_without_a_day, "without a day to be done by"),
        )
        if count
    ]
    return f"{_was(total.actions_closed, 'action')} closed: {listed(how)}."


def _criteria(total: Tally, with_teams: bool) -> list[str]:
    if not total.moves:
        return ["No criterion was scored for a second time, so nothing can be said about movement."]
    ways = (
        (total.criteria_moved_up, "moved up"),
        (total.criteria_moved_down, "moved down"),
        (total.criteria_same, "stayed as it was" if total.criteria_same == 1 else "stayed as they were"),
    )
    how = listed([f"{number_in_words(count)} {words}" for count, words in ways if count])
    scored = counted(len(total.moves), "criterion was", "criteria were")
    sentences = [f"{capitalised(scored)} scored again: {how}."]
    highest = sorted((each for each in total.moves if each.change > 0), key=lambda each: -each.change)
    lowest = sorted((each for each in total.moves if each.change < 0), key=lambda each: each.change)
    sentences += [f"Up: {_some([_move(each, with_teams) for each in highest])}."] if highest else []
    sentences += [f"Down: {_some([_move(each, with_teams) for each in lowest])}. {FIRST_FALL}"] if lowest else []
    return sentences


def _move(move: Move, with_team: bool) -> str:
    """Return `Learning before we start (Ward 7, by two levels, from 4 to 6)`."""
    team = f"{one_line(move.team)}, " if with_team else ""
    by = levels_in_words(abs(move.change))
    return f"{one_line(move.criterion_name)} ({team}by {by}, from {number(move.before)} to {number(move.after)})"


def team_sentences(numbers: Numbers) -> list[str]:
    """Return for each team what it did, one sentence each."""
    return [f"{team_name(each)}: {_team(each.tally)}." for each in numbers.teams]


def team_name(each: TeamTally) -> str:
    """Return the name of a team, or that none is named."""
    return one_line(each.team) or NO_TEAM


def _team(tally: Tally) -> str:
    """Return what a team did, without what it did not do."""
    counts = (
        (tally.sessions, "session", "sessions"),
        (tally.open_sessions, "session not finished", "sessions not finished"),
        (tally.assessments, "assessment", "assessments"),
        (tally.people_reached, "person", "people"),
        (tally.lessons_captured, "lesson captured", "lessons captured"),
        (tally.lessons_agreed, "lesson agreed", "lessons agreed"),
        (tally.lessons_applied, "lesson applied", "lessons applied"),
        (tally.lessons_retired, "lesson retired", "lessons retired"),
        (tally.lessons_reused, "lesson taken along", "lessons taken along"),
        (tally.actions_agreed, "action agreed", "actions agreed"),
        (tally.actions_closed_on_time, "action closed on time", "actions closed on time"),
        (tally.actions_closed_late, "action closed late", "actions closed late"),
        (tally.actions_closed_without_a_day, "action without a day closed", "actions without a day closed"),
        (tally.actions_dropped, "action dropped", "actions dropped"),
        (tally.actions_overdue, "action overdue", "actions overdue"),
        (tally.criteria_moved_up, "criterion up", "criteria up"),
        (tally.criteria_moved_down, "criterion down", "criteria down"),
        (tally.criteria_same, "criterion as it was", "criteria as they were"),
    )
    return listed([counted(count, one, more) for count, one, more in counts if count])


def counting_sentences(numbers: Numbers) -> list[str]:
    """Return what is counted, and how, so that nobody reads more into a number than is in it."""
    last = in_words(numbers.period.last)
    return [
        "A session counts on the day on which it took place, once it is finished; an assessment likewise, and a survey "
        "once it is closed.",
        "People are those noted with each session and assessment, and those who answered a survey. The same person in "
        "two sessions counts twice.",
        "A lesson is captured on the day of its session, also where that is not finished. It is agreed, applied or "
        "retired on the day on which somebody said so, whenever it was captured. One that was imported is not captured "
        "here; what becomes of it counts.",
        "A lesson is taken along when it is put into another session, entry or action. It counts for the team that "
        "took it along: once for each team, and once in the whole.",
        "An action is agreed on the day of its session or plan; ideas that nobody has taken on do not count. It is "
        "closed on the day on which somebody said that it is done, whenever it was agreed, and on time if that was on "
        "or before its day, as this stands now. What was written down as done already is not among those closed, since "
        "its day is not known.",
        f"An action is overdue if it was open on {last} and its day was before that.",
        "A criterion has moved if the last level in this time differs from the last one before it, or from the first "
        "one in this time where there is none before. Only levels of the same team under the same words, scale and "
        "bands are compared.",
    ]
