"""Records and failing systems for the tests of the store."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kmtui.flow import assessment as assessments
from kmtui.flow import session as sessions
from kmtui.model.assessment import Assessment
from kmtui.model.ids import IdMaker
from kmtui.model.matrix import Band, Criterion, Matrix, Scale, Section
from kmtui.model.plan import Planned
from kmtui.model.rating import Rating
from kmtui.model.session import Action, Entry, Lesson, Session
from kmtui.model.setup import SetUp, Team
from kmtui.model.survey import Response
from kmtui.model.technique import Actions, Brief, Collect, Lessons, Span, Technique
from kmtui.store.files import FileStore
from kmtui.store.protocol import Handle
from kmtui.store.system import System

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)
new_id = IdMaker()

TECHNIQUE = Technique(
    id="after-action-review",
    version="1.0",
    name="After Action Review",
    phase="during",
    about="Looking back together.",
    minutes=Span(least=15, most=60),
    people=Span(least=2, most=12),
    steps=(
        Brief(id="welcome", title="Welcome", say="Thank you for coming.", minutes=1),
        Collect(id="expected", title="What was supposed to happen?", minutes=2),
        Collect(id="actual", title="What actually happened?", from_="expected", minutes=2),
        Lessons(id="learn", title="What can we learn from this?"),
        Actions(id="act", title="Who does what by when?"),
    ),
)

MATRIX = Matrix(
    id="knowledge-mobilisation",
    version="1.0",
    title="Knowledge self-assessment",
    scale=Scale(lowest=1, highest=12),
    bands=(Band(id="all", name="All of it", levels=(1, 12)),),
    sections=(
        Section(
            id="behaviours",
            name="Behaviours",
            criteria=tuple(
                Criterion(id=each, name=each.title(), indicator="We do.", statements={"all": "We do."})
                for each in ("innovation", "evidence")
            ),
        ),
    ),
)


def session(title: str = "Ward move", *, day: date = DAY, entries: int = 0, **fields: Any) -> Session:
    """Return a new session with some entries."""
    begun = sessions.begin(fields.pop("id", new_id()), TECHNIQUE, AT, day, title=title, team="Ward 7")
    return replace(begun, entries=tuple(entry(f"Entry {number}") for number in range(entries)), **fields)


def assessment(team: str = "Ward 7", *, day: date = DAY, **fields: Any) -> Assessment:
    """Return a new assessment."""
    return replace(assessments.begin(new_id(), MATRIX, AT, day, team=team), **fields)


def entry(text: str, step: str = "expected") -> Entry:
    """Return an entry with an id of its own."""
    return Entry(id=new_id(), step=step, text=text)


def lesson(text: str) -> Lesson:
    """Return a lesson with an id of its own."""
    return Lesson(id=new_id(), lesson=text)


def action(text: str) -> Action:
    """Return an action with an id of its own."""
    return Action(id=new_id(), action=text)


def planned(text: str, **fields: Any) -> Planned:
    """Return an intervention of a plan with an id of its own."""
    return Planned(id=new_id(), action=text, **fields)


def survey(**fields: Any) -> Assessment:
    """Return a new survey to which responses still come."""
    return assessment(way="survey", **fields)


def response(survey_id: str, level: int = 6, **fields: Any) -> Response:
    """Return a response of one answer with an id of its own."""
    ratings = (Rating(criterion="innovation", level=level, rationale=f"It is {level}."),)
    return replace(Response(id=new_id.wholly_random(), survey=survey_id, ratings=ratings, finished=True), **fields)


def team(name: str = "Ward 7", *setups: SetUp) -> Team:
    """Return a new team."""
    return Team(id=new_id(), created=AT, changed=AT, name=name, setups=setups)


def held_in(folder: Path, *parts: str) -> dict[str, bytes]:
    """Return what all files in some folders of the workspace hold, by their paths from the workspace on."""
    work = folder / "work"
    found = sorted(path for part in parts for path in (work / part).rglob("*") if path.is_file())
    return {path.relative_to(work).as_posix(): path.read_bytes() for path in found}


def open_store(folder: Path, **parameters: Any) -> FileStore:
    """Return a store with its workspace and its cache in a folder."""
    return FileStore(folder / "work", folder / "cache", **parameters)


def create(store: FileStore, record: Session | Assessment) -> None:
    """Create a record of either kind, and close it."""
    if isinstance(record, Session):
        store.create(record).close()
    else:
        store.create(record).close()


def opened(store: FileStore, record_id: str) -> Handle[Session]:
    """Open a session for writing."""
    handle = store.open(record_id)
    assert isinstance(handle.record, Session)
    return handle


def record_files(folder: Path) -> list[Path]:
    """Return the record files of the workspace in a folder, whoever made them."""
    return sorted((folder / "work").glob("*s/*/*.json"))


def only_file(folder: Path) -> Path:
    """Return the one record file."""
    (found,) = record_files(folder)
    return found


def temporaries(folder: Path) -> list[Path]:
    """Return the temporary files that are left anywhere in a folder."""
    return list(folder.rglob(".*.tmp"))


CALLS = ("create", "write", "fsync", "close", "read", "link", "replace", "sync_folder")
"""The calls of the system that a save makes."""


class Failing(System):
    """A system whose n-th call of one kind fails, once or from then on."""

    windows = False

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.name = ""
        self.number = 0
        self.error: OSError = OSError(errno.EIO, "the disk is broken")
        self.lasting = False
        self._seen = 0

    def fail(self, name: str, number: int, error: OSError | None = None, *, lasting: bool = False) -> None:
        """Let the call with this name fail when it is made for the n-th time from now, from 1."""
        self.name, self.number, self.lasting, self._seen = name, number, lasting, 0
        self.error = error or OSError(errno.EIO, "the disk is broken")

    def heal(self) -> None:
        """Let nothing fail any more."""
        self.name = ""

    @property
    def failed(self) -> bool:
        """Whether the call that was to fail has been made."""
        return bool(self.name) and self._seen >= self.number

    def _note(self, name: str) -> None:
        self.calls.append(name)
        if name == self.name:
            self._seen += 1
            if self._seen == self.number or (self.lasting and self._seen > self.number):
                raise self.error

    def create(self, path: Path) -> int:
        """As the real one, unless it is to fail."""
        self._note("create")
        return super().create(path)

    def write(self, descriptor: int, content: memoryview) -> int:
        """Write a part; where it is to fail, half of it is written and the next call fails."""
        try:
            self._note("write")
        except OSError:
            os.write(descriptor, content[: len(content) // 2])
            raise
        return super().write(descriptor, content)

    def fsync(self, descriptor: int) -> None:
        """As the real one, unless it is to fail."""
        self._note("fsync")
        super().fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close, and then fail."""
        super().close(descriptor)
        self._note("close")

    def read(self, path: Path) -> bytes:
        """As the real one, unless it is to fail."""
        self._note("read")
        return super().read(path)

    def link(self, source: Path, target: Path) -> None:
        """As the real one, unless it is to fail."""
        self._note("link")
        super().link(source, target)

    def replace(self, source: Path, target: Path) -> None:
        """As the real one, unless it is to fail."""
        self._note("replace")
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        """As the real one, unless it is to fail."""
        self._note("remove")
        super().remove(path)

    def chmod(self, path: Path, mode: int) -> None:
        """As the real one, unless it is to fail."""
        self._note("chmod")
        super().chmod(path, mode)

    def set_time(self, path: Path, seconds: int) -> None:
        """As the real one, unless it is to fail."""
        self._note("set_time")
        super().set_time(path, seconds)

    def remove_folder(self, path: Path) -> None:
        """As the real one, unless it is to fail."""
        self._note("remove_folder")
        super().remove_folder(path)

    def make_folder(self, path: Path) -> None:
        """As the real one, unless it is to fail."""
        self._note("make_folder")
        super().make_folder(path)

    def sync_folder(self, path: Path) -> None:
        """As the real one, unless it is to fail."""
        self._note("sync_folder")
        super().sync_folder(path)


class Stopped(BaseException):
    """The end of a process, which nothing in it can do anything about."""


class Stopping(Failing):
    """A system that stops for good at the n-th call of all: from then on nothing is done, not even putting right."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self.left = left

    def _note(self, name: str) -> None:
        super()._note(name)
        self.left -= 1
        if self.left < 0:
            raise Stopped


def half_an_import(folder: Path, survey_id: str, **fields: Any) -> list[Response]:
    """Leave what an import leaves that was killed just before the end, and return its responses."""
    new = [response(survey_id, level, **fields) for level in (1, 2)]

    class Killed(Failing):
        def remove(self, path: Path) -> None:
            if path.suffix != ".tmp":
                raise Stopped
            super().remove(path)

    with suppress(Stopped):
        open_store(folder, system=Killed()).add_responses(new, ["half"])
    return new


class Windows(Failing):
    """A system where scanners hold files, folders cannot be flushed, and waiting takes no time."""

    windows = True

    def __init__(self) -> None:
        super().__init__()
        self.clock = 0.0

    def seconds(self) -> float:
        """The clock that only waiting moves."""
        return self.clock

    def wait(self, seconds: float) -> None:
        """Move the clock."""
        self.clock += seconds
