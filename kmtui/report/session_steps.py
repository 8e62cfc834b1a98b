"""What was said in the steps of a session as Markdown, in their order: answers, numbers, dots, groups, rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kmtui.analysis.marks import counts, tally
from kmtui.analysis.scoring import number
from kmtui.flow.steps import candidates
from kmtui.model.base import Day, Level, in_words
from kmtui.model.session import Entry, Session, number_in_words
from kmtui.model.technique import AnyStep, Assess, Collect, Column, Groups, Score, Table, Vote
from kmtui.report.escape import block, inline
from kmtui.report.parts import table, told
from kmtui.report.step_document import rounds_for
from kmtui.report.words import counted, deviation
from kmtui.text import shortened


def steps_markdown(session: Session, *, with_names: bool, assessments: Mapping[str, str]) -> list[str]:
    """Return a heading and what was said for every step in which something was; private steps are passed over.

    `assessments` says in words which assessment an id is, as far as it is known.
    """
    parts: list[str] = []
    for step in session.technique.steps:
        said = _said(session, step, with_names, assessments)
        if said:
            parts += [f"## {inline(step.title)}", *said]
    return parts


def _said(session: Session, step: AnyStep, with_names: bool, assessments: Mapping[str, str]) -> list[str]:
    if isinstance(step, Collect):
        return _entries(session, step, with_names)
    if isinstance(step, Score):
        return _numbers(session, step)
    if isinstance(step, Vote):
        return _dots(session, step)
    if isinstance(step, Groups):
        return _groups(session, step, with_names)
    if isinstance(step, Table):
        return _rows(session, step)
    if isinstance(step, Assess) and (words := assessments.get(session.assessed_at(step.id) or "")):
        return [inline(words)]
    return []


def _open_entries(session: Session) -> dict[str, str]:
    """Return the words of all entries by id but those of private steps, which nothing else quotes."""
    private = {step.id for step in session.technique.steps if isinstance(step, Collect) and step.private}
    return {entry.id: entry.text for entry in session.entries if entry.step not in private}


def _entries(session: Session, step: Collect, with_names: bool) -> list[str]:
    texts = _open_entries(session)
    entries = [entry for entry in session.entries_of(step.id) if entry.id in texts and told(entry.text)]
    return ["\n".join(f"- {_entry(entry, texts, with_names)}" for entry in entries)] if entries else []


def _entry(entry: Entry, texts: Mapping[str, str], with_names: bool) -> str:
    answered = shortened(texts.get(entry.answers or "", ""), 60)
    notes = [inline(entry.by)] if with_names and told(entry.by) else []
    notes += [f"on “{inline(answered)}”"] if answered else []
    return block(entry.text, 2) + (f" ({', '.join(notes)})" if notes else "")


def _numbers(session: Session, step: Score) -> list[str]:
    numbers = session.marks_of(step.id)
    if not numbers:
        return []
    rows = [(str(mark), counted(count, "person", "people")) for mark, count in counts(numbers)]
    return [numbers_in_words(step, numbers), table(("Number", "Given by"), rows)]


def numbers_in_words(step: Score, numbers: Iterable[Level]) -> str:
    """Return what people gave as a sentence: how many, how far apart, the mean; disagreement before the mean."""
    found = tally(tuple(numbers))
    if found.mean is None or found.lowest is None or found.highest is None:
        return f"Nobody has given a number from {step.lowest} to {step.highest} yet."
    who = f"{number_in_words(found.n)} {'person' if found.n == 1 else 'people'}"
    who = who[:1].upper() + who[1:]
    if found.n == 1:
        return f"{who}: {number(found.mean)}, on a scale from {step.lowest} to {step.highest}."
    scale = f"the scale goes from {step.lowest} to {step.highest}"
    if found.lowest == found.highest:
        return f"{who}, all of them {number(found.mean)} ({scale})."
    mean = f"mean {round(found.mean, 1):g} of {step.highest}, standard deviation {deviation(found.sd)}"
    return f"{who}, from {found.lowest} to {found.highest}; {mean} ({scale})."


def ranked(session: Session, step: Vote) -> list[tuple[Entry, int]]:
    """Return the entries that can be voted for with their dots, most dots first, equal ones as they stand."""
    dots = session.dots_of(step.id)
    return sorted(((each, dots.get(each.id, 0)) for each in candidates(session, step)), key=lambda pair: -pair[1])


def _dots(session: Session, step: Vote) -> list[str]:
    texts = _open_entries(session)
    rows = [
        (texts[entry.id], str(dots)) for entry, dots in ranked(session, step) if dots and told(texts.get(entry.id, ""))
    ]
    return [table(("What", "Dots"), rows)] if rows else []


def _groups(session: Session, step: Groups, with_names: bool) -> list[str]:
    grouping = session.grouping_of(step.id)
    rounds = rounds_for(session, step.id, with_names=with_names)
    if grouping is None or not rounds:
        return []
    parts = []
    for number_, round_ in enumerate(rounds, 1):
        parts += [f"Round {number_}:"] if len(rounds) > 1 else []
        named = [[name for name in group if told(name)] for group in round_]
        parts.append("\n".join(f"- {inline(', '.join(group))}" for group in named if group))
    parts += [inline(words) for words in grouping.told] if with_names else []
    return parts


def _rows(session: Session, step: Table) -> list[str]:
    rows = [
        [cell_in_words(column, row.cells.get(column.id, "")) for column in step.columns]
        for row in session.rows_of(step.id)
    ]
    said = [row for row in rows if any(map(told, row))]
    used = [place for place in range(len(step.columns)) if any(told(row[place]) for row in said)]
    heads = [step.columns[place].name for place in used]
    return [table(heads, [[row[place] for place in used] for row in said])] if said else []


def cell_in_words(column: Column, text: str) -> str:
    """Return a cell for reading: a date as British readers write it, other texts as they are."""
    if column.kind != "date" or not text:
        return text
    try:
        return in_words(Day.fromisoformat(text))
    except ValueError:
        return text
