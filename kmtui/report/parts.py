"""What the reports of sessions and assessments have in common: the line under the title, actions, parked matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kmtui import __version__
from kmtui.model.assessment import Assessment
from kmtui.model.base import Value, in_words
from kmtui.model.matrix import Matrix
from kmtui.model.session import Action, Session, people_in_words
from kmtui.report.escape import block, cell, front_matter, inline
from kmtui.text import clean, one_line

SEPARATOR = " · "
_STATES = {"open": "Open", "done": "Done", "dropped": "Dropped"}


def front(record: Session | Assessment, kind: str, about: Mapping[str, str]) -> str:
    """Return the front matter, the one place where a report has ids."""
    return front_matter(
        {
            "kind": kind,
            "id": record.id,
            **about,
            "title": record.title or None,
            "team": record.team or None,
            "date": record.date,
            "finished": record.finished,
            "made_by": f"kmtui {__version__}",
        }
    )


def title_of(record: Session | Assessment, subject: str) -> str:
    """Return the first heading: the title somebody gave, and what was done."""
    title = inline(record.title)
    return f"# {title}: {inline(subject)}" if title else f"# {inline(subject)}"


def facts(record: Session | Assessment, places: Iterable[str], with_names: bool) -> str:
    """Return the line under the title: whose it is, the day, who took part and how long it took, as far as known."""
    known = [inline(place) for place in places] + [in_words(record.date)]
    if record.people:
        known.append(inline(people_in_words(record.people, with_names=with_names)))
    return SEPARATOR.join(part for part in (*known, minutes_in_words(record)) if part)


def minutes_in_words(record: Session | Assessment) -> str:
    """Return the minutes that were spent: 17 minutes; an empty text below half a minute."""
    seconds = sum(record.spent.values())
    if seconds <= 30:
        return ""
    minutes = max(round(seconds / 60), 1)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def told(text: str) -> bool:
    """Say whether anything is left of a text once it is cleaned."""
    return bool(clean(text).strip())


def sentence(text: str, indent: int = 0) -> str:
    """Return the text as a block, with a full stop where it ends in a letter or figure."""
    before, _, last = clean(text).rstrip().rpartition("\n")
    # A last line of figures alone stays so: with a full stop it would look like the start of a numbered list.
    closed = last[-1:].isalnum() and not (before and last.strip().isdecimal())
    return block(text, indent) + ("." if closed else "")


def begun(text: str) -> str:
    """Return the text as a sentence for the beginning of a list item, where `1.` would begin a numbered list."""
    return block(text, 2) if clean(text).strip().isdecimal() else sentence(text, 2)


def labelled(pairs: Iterable[tuple[str, str]], indent: int = 0) -> list[str]:
    """Return `Label: text.` for every text that is not empty."""
    return [f"{label}: {sentence(text, indent)}" for label, text in pairs if told(text)]


def bullets(texts: Iterable[str]) -> str:
    """Return a list of the texts that are not empty."""
    return "\n".join(f"- {block(text, 2)}" for text in texts if told(text))


def parked(record: Session | Assessment) -> list[str]:
    """Return the matters that were put aside, under their heading."""
    listed = bullets(record.parked)
    return ["## Parked for another time", listed] if listed else []


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; the cells are escaped here."""
    lines = [_row([cell(head) for head in heads]), "|" + "---|" * len(heads)]
    return "\n".join([*lines, *(_row([cell(text) for text in row]) for row in rows)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


class Column(Value, frozen=True, kw_only=True):
    """A column of a table of actions. Without `always` it is there only where it says something."""

    head: str
    of: Callable[[Any], str]
    always: bool = False


ACTION, OWNER, BY = (
    Column(head="Action", of=lambda action: action.action, always=True),
    Column(head="Owner", of=lambda action: action.owner, always=True),
    Column(head="By", of=lambda action: in_words(action.due) if action.due else "", always=True),
)
DONE_WHEN = Column(head="We know it worked when", of=lambda action: action.done_when)
REVIEW = Column(head="Looked at again", of=lambda action: in_words(action.review) if action.review else "")
NOTE = Column(head="Note", of=lambda action: action.note)
OUTCOME = Column(head="What changed", of=lambda action: action.outcome)


def states(actions: Sequence[Action]) -> list[Column]:
    """Return the column of states where any action is not open."""
    if all(action.state == "open" for action in actions):
        return []
    return [Column(head="State", of=lambda action: _STATES[action.state], always=True)]


def for_criterion(matrix: Matrix | None) -> Column:
    """Return the column that names the criterion an action belongs to."""
    return Column(head="For", of=lambda action: criterion_name(matrix, action.criterion))


def how(names: Mapping[str, str]) -> Column:
    """Return the column that names the technique of an action."""
    return Column(head="How", of=lambda action: technique_name(action.technique, names) if action.technique else "")


def because_of(lessons: Mapping[str, str]) -> Column:
    """Return the column that says because of which lesson an action is done; `lessons` are their words by id."""
    return Column(head="Because of the lesson", of=lambda action: one_line(lessons.get(action.lesson or "", "")))


def table_of(actions: Sequence[Action], columns: Iterable[Column]) -> str:
    """Return a table of actions with those of the columns that say something."""
    shown = [each for each in columns if each.always or any(told(each.of(action)) for action in actions)]
    return table([each.head for each in shown], [[each.of(action) for each in shown] for action in actions])


def actions_table(actions: Sequence[Action], more: Iterable[Column] = ()) -> list[str]:
    """Return who does what, under its heading. `more` are columns before the note."""
    if not actions:
        return []
    columns = [ACTION, OWNER, BY, DONE_WHEN, *states(actions), *more, REVIEW, NOTE, OUTCOME]
    return ["## Who does what", table_of(actions, columns)]


def criterion_name(matrix: Matrix | None, criterion_id: str | None) -> str:
    """Return the name of a criterion, or an empty text where the matrix does not have it."""
    criterion = matrix.criterion(criterion_id) if matrix and criterion_id else None
    return criterion.name if criterion else ""


def technique_name(technique_id: str, names: Mapping[str, str]) -> str:
    """Return the name of a technique, or its id turned into words where it is not installed."""
    words = one_line(technique_id.replace("-", " "))
    return names.get(technique_id) or words[:1].upper() + words[1:]


def joined(parts: Iterable[str]) -> str:
    """Return the parts of a document with an empty line between them."""
    return "\n\n".join(part for part in parts if part) + "\n"
