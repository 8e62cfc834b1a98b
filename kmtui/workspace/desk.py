"""The desk: what is open, what is past, what is due. The first thing that a face asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kmtui.analysis.matching import folded
from kmtui.model.base import State, Value
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.ids import as_typed
from kmtui.model.lines import ActionLine, LessonLine, RecordLine
from kmtui.model.session import Session
from kmtui.model.setup import Team
from kmtui.store.files import FileStore
from kmtui.store.protocol import Record, Removed, Trouble
from kmtui.text import clean, file_slug
from kmtui.workspace import log
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.finding import Thing
from kmtui.workspace.following import with_followup
from kmtui.workspace.library import library_for
from kmtui.workspace.retention import too_old
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.settings import Settings, cache_folder
from kmtui.workspace.sharing import document
from kmtui.workspace.tools import Tools

FIRST_TECHNIQUE = "after-action-review"
"""The technique behind the short command `aar`."""


SOON = timedelta(days=14)
"""How far ahead home looks for actions that are due."""

MOST_DUE = 50
"""So many of them, the most urgent, are told by home."""


class TeamLine(Value, frozen=True, kw_only=True):
    """A team in a list, known from the records that name it and from its set-ups."""

    id: str
    name: str
    sessions: int
    assessments: int
    setups: int = 0


def open_desk(folder: Path, settings: Settings | None = None, *, cache: Path | None = None) -> Desk:
    """Return the desk of a workspace folder, with the content that settings name. Nothing is read or written yet."""
    store = FileStore(folder, cache if cache is not None else cache_folder())
    years = settings.keep_years if settings is not None else None
    return Desk(Tools(store=store, library=library_for(folder, settings)), folder, keep_years=years)


class Glance(Value, frozen=True, kw_only=True):
    """What home shows, from one look at the workspace. `open` has what was worked on last first.

    `due` are up to `MOST_DUE` actions that are overdue or due within `SOON` days, the most urgent first. Ideas are not
    counted. `lessons` is how many there are, and `review` those whose day to be looked at again has come.
    `old` are records that are older than records are to be kept.
    """

    open: tuple[RecordLine, ...]
    kept: int
    actions: int
    overdue: int
    due: tuple[ActionLine, ...]
    assessments: int
    lessons: int
    review: tuple[LessonLine, ...]
    troubles: tuple[Trouble, ...]
    old: tuple[RecordLine, ...] = ()


class Desk:
    """A workspace as the faces see it."""

    def __init__(self, tools: Tools, folder: Path, *, keep_years: int | None = None) -> None:
        """`keep_years` is how long records are kept before they are asked about; None for as long as there is room."""
        self.tools = tools
        self.keep_years = keep_years
        self.folder = folder
        self._removed: list[tuple[str, Removed]] = []
        self.left_behind = ""
        """Where something of what was deleted last may still be, since a backup could not be read or written."""

    @property
    def exports(self) -> Path:
        """The folder in which reports are written where nobody names another."""
        return self.folder / "exports"

    @property
    def first_technique(self) -> str:
        """The technique that comes first in every list: the review that takes a quarter of an hour."""
        return FIRST_TECHNIQUE

    # Lists

    def records(self) -> list[RecordLine]:
        """Return all sessions and assessments, the newest first."""
        return self.tools.store.records()

    def glance(self) -> Glance:
        """Return what home shows."""
        today = self.tools.today()
        counted: Counter[str] = Counter()
        ids: set[str] = set()
        due: list[ActionLine] = []

        def is_open(line: RecordLine) -> bool:
            counted["records"] += 1
            counted[line.kind] += 1
            return not line.finished

        def look(line: ActionLine) -> bool:
            if line.state != "open" or line.idea or line.id in ids:
                return False
            ids.add(line.id)  # a copy that a second window went on with has the same actions
            counted["actions"] += 1
            counted["overdue"] += line.overdue(today)
            if line.due is not None and line.due <= today + SOON:
                due.append(line)
                if len(due) > 2 * MOST_DUE:
                    due[:] = in_order_of_urgency(due, today)[:MOST_DUE]
            return False  # what is looked at is not held in memory, however many there are

        with self.tools.store.one_look():
            records = self.tools.store.pick_records(is_open)
            self.tools.store.pick_actions(look)
            return Glance(
                open=tuple(_worked_on_last_first(records)),
                kept=counted["records"],
                actions=counted["actions"],
                overdue=counted["overdue"],
                due=tuple(in_order_of_urgency(due, today)[:MOST_DUE]),
                assessments=counted["assessment"],
                lessons=self.tools.store.register.count(),
                review=tuple(self.tools.store.register.waiting(today)),
                troubles=tuple(self.troubles()),
                old=tuple(too_old(self.tools, self.keep_years)),
            )

    def open_records(self) -> list[RecordLine]:
        """Return what was begun and not finished, the one worked on last first."""
        return _worked_on_last_first(self.tools.store.pick_records(lambda line: not line.finished))

    def actions(self) -> list[ActionLine]:
        """Return all actions: the open ones first, overdue before due before those without a day; ideas after them."""
        lines: dict[str, ActionLine] = {}
        for line in self.tools.store.actions():
            lines.setdefault(line.id, line)  # a copy that a second window went on with has the same actions
        return in_order_of_urgency(lines.values(), self.tools.today())

    def lessons(self) -> list[LessonLine]:
        """Return all lessons, the newest first."""
        return list(self.tools.store.register.all())

    def teams(self) -> list[TeamLine]:
        """Return the teams that records and set-ups name, in order of the alphabet."""
        found: dict[str, list[RecordLine]] = {}
        for line in self.records():
            if line.team:
                found.setdefault(folded(line.team), []).append(line)
        kept = {folded(team.name): team for team in self.tools.store.teams() if team.setups}
        lines = [_team(found.get(name, []), kept.get(name)) for name in sorted(found.keys() | kept.keys())]
        return _each_with_its_own_id(lines)

    def troubles(self) -> list[Trouble]:
        """Return the files of the workspace that cannot be read."""
        return self.tools.store.troubles()

    @property
    def empty(self) -> bool:
        """Whether nothing has been kept here yet."""
        return not self.records()

    # One record

    def find(self, beginning: str) -> str:
        """Return the id that begins so. Raises NotFound."""
        return self.tools.store.find(beginning)

    def read(self, record_id: str) -> Record:
        """Return a record with what follow-up has made of its actions. Raises NotFound, Damaged."""
        return with_followup(self.tools.store.read(record_id), self.tools.store.followed())

    def show(self, record_id: str) -> dict[str, Any]:
        """Return a record as data; the same in every workspace that holds it."""
        return document(self.read(record_id), with_names=True)

    def open(self, record_id: str) -> OpenSession | OpenAssessment:
        """Open a record for writing. Raises NotFound, Damaged, StoreError."""
        handle = self.tools.store.open(record_id)
        log.note("open", id=record_id, second=handle.second)
        if isinstance(handle.record, Session):
            return OpenSession(self.tools, handle)
        return OpenAssessment(self.tools, handle)

    # Deleting, with undo until the program ends

    def delete(self, record_id: str) -> str:
        """Delete a record and return its name. Until the program ends it can be brought back.

        Raises:
            NotFound, StoreError: it is not there, is open in another window, or cannot be deleted.
        """
        name = next((line.title or line.about_name for line in self.records() if line.id == record_id), "")
        return self._gone(name, self.tools.store.remove(record_id))

    def delete_thing(self, thing: Thing) -> str:
        """Delete a record, a lesson or a knowledge asset and return its name. An asset cannot be brought back.

        Raises:
            NotFound, StoreError: it is not there, is open in another window, or cannot be deleted.
        """
        if thing.kind == "record":
            return self.delete(thing.id)
        if thing.kind == "lesson":
            return self._gone(thing.name, self.tools.store.remove_lesson(thing.id))
        self.left_behind = self.tools.store.assets.remove(thing.id)
        log.note("delete", id=thing.id)
        return thing.name

    def _gone(self, name: str, removed: Removed) -> str:
        self._removed.append((name, removed))
        self.left_behind = removed.left
        log.note("delete", id=removed.id)
        return name

    def undo_delete(self) -> str | None:
        """Bring the record back that was deleted last; return its name, or None where there is none."""
        if not self._removed:
            return None
        name, removed = self._removed[-1]
        self.tools.store.restore(removed)
        self._removed.pop()
        log.note("restore", id=removed.id)
        return name

    # Follow-up

    def follow_up(
        self,
        action_id: str,
        *,
        state: State | None = None,
        note: str | None = None,
        owner: str | None = None,
        due: date | None = None,
        no_due: bool = False,
        outcome: str | None = None,
        review: date | None = None,
        no_review: bool = False,
        done_when: str | None = None,
    ) -> ActionLine:
        """Say what has become of an action; any unique beginning of its id will do. Return the action as it is now.

        What is None stays as it is; `no_due` and `no_review` take the days away; `outcome` is what changed.

        Raises:
            NotFound: there is no such action.
            StoreError: it could not be written.
        """
        line = self.tools.store.find_action(action_id)
        change: dict[str, str | None] = {}
        if state is not None:
            change["state"] = state
        if note is not None:
            change["note"] = clean(note).strip()
        if owner is not None:
            change["owner"] = clean(owner).strip()
        if due is not None or no_due:
            change["due"] = None if due is None else due.isoformat()
        if review is not None or no_review:
            change["review"] = None if review is None else review.isoformat()
        if outcome is not None:
            change["outcome"] = clean(outcome).strip()
        if done_when is not None:
            change["done_when"] = clean(done_when).strip()
        if not change:
            raise WrongInput("Nothing to change was given. Say --state, --note, --outcome, --owner, --due or --review.")
        self.tools.store.add_event(line.id, change)
        return self.tools.store.find_action(line.id)

    def teams_named(self) -> list[str]:
        """Return the names of teams, for suggestions while one is typed."""
        return [team.name for team in self.teams()]

    def recover(self, beginning: str) -> str:
        """Put the generation before in the place of a damaged file, which is set aside; return the id.

        Raises:
            NotFound: no damaged record has such an id.
        """
        typed = as_typed(beginning)
        ids = {trouble.id for trouble in self.troubles() if trouble.id and trouble.id.startswith(typed)}
        if len(ids) != 1:
            raise NotFound(f'There is no damaged record "{beginning}".')
        record_id = ids.pop()
        self.tools.store.recover(record_id)
        log.note("recover", id=record_id)
        return record_id


def _worked_on_last_first(lines: Iterable[RecordLine]) -> list[RecordLine]:
    return sorted(lines, key=lambda line: line.changed, reverse=True)


def _team(lines: list[RecordLine], kept: Team | None) -> TeamLine:
    name = lines[0].team if lines else kept.name if kept is not None else ""
    sessions = sum(line.kind == "session" for line in lines)
    return TeamLine(
        id=file_slug(name) or "team",
        name=name,
        sessions=sessions,
        assessments=len(lines) - sessions,
        setups=len(kept.setups) if kept is not None else 0,
    )


def _each_with_its_own_id(lines: list[TeamLine]) -> list[TeamLine]:
    """Return the lines with a number behind an id that another team has already: Ward 7 and Ward-7."""
    taken: set[str] = set()
    found = []
    for line in lines:
        number, made = 2, line.id
        while made in taken:
            number, made = number + 1, f"{line.id}-{number}"
        taken.add(made)
        found.append(replace(line, id=made))
    return found


def in_order_of_urgency(actions: Iterable[ActionLine], today: date) -> list[ActionLine]:
    """Return actions with the open ones first: overdue, due soonest, without a day, ideas, not for us; then closed."""

    def urgency(line: ActionLine) -> tuple[bool, bool, bool, bool, date]:
        return line.state != "open", line.declined, line.idea, not line.overdue(today), line.due or date.max

    return sorted(actions, key=urgency)
