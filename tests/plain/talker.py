"""A conversation in plain mode over texts, with clocks that the test sets."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import TextIO

from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.session import Session
from kmtui.plain.prompts import Prompter
from kmtui.plain.run import run_plain
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start

TODAY = date(2026, 11, 20)
AAR = Start(kind="session", technique="after-action-review", title="Ward move", team="Ward 7", people="porter")
TO_EXPECTED = "\n"
"""What goes on from the welcome to the first question."""


SMALL = """
id: small
version: "1"
title: A small matrix
opening_question: How do we know?
scale: {lowest: 0, highest: 3, step: 0.5}
bands:
  - {id: low, name: Low, levels: [0, 1]}
  - {id: high, name: High, levels: [2, 3]}
sections:
  - id: one
    name: Section one
    about: All of it.
    criteria:
      - id: first
        name: First things
        indicator: We do first things first.
        statements: {low: We do not., high: We do.}
        ask: [When did we last?]
        iso30401: ["5.1"]
        options:
          - {id: try, text: Try it on Monday, bands: [low]}
          - {id: review, text: Hold a review, technique: after-action-review, bands: [low]}
          - {id: share, text: Tell another team how, bands: [high]}
      - id: second
        name: Second things
        indicator: We do second things second.
        statements: {low: We do not., high: We do.}
        ask: [Who else?]
"""
"""A matrix of two criteria on a scale from 0 to 3 in halves."""


class Lines(io.StringIO):
    """An input that does something just before it gives a certain line."""

    def __init__(self, text: str, before: dict[str, Callable[[], None]]) -> None:
        super().__init__(text)
        self._before = before

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        line = super().readline(-1 if size is None else size)
        self._before.get(line.strip(), lambda: None)()
        return line


class Talker:
    """Runs plain mode over what somebody types, and keeps what came of it."""

    def __init__(self, folder: Path) -> None:
        self.now = 1000.0
        self.today = TODAY
        self.out = ""
        self.errors = ""
        self.code = -1
        self._ticks = count()  # no two moments are the same, as for people
        desk = open_desk(folder / "workspace", cache=folder / "cache")
        tools = replace(
            desk.tools,
            monotonic=lambda: self.now,
            today=lambda: self.today,
            now=lambda: datetime.combine(self.today, time(9), UTC) + timedelta(seconds=next(self._ticks)),
        )
        self.desk = Desk(tools, desk.folder)
        self.settings = Settings(file=folder / "config.toml")

    def type(
        self,
        text: str,
        start: Start = AAR,
        *,
        terminal: bool = False,
        before: dict[str, Callable[[], None]] | None = None,
        export_to: Path | None = None,
        source: TextIO | None = None,
    ) -> str:
        """Type the text from a start on and return what was said. Errors that end it are raised."""
        out, errors = io.StringIO(), io.StringIO()
        prompter = Prompter(source or Lines(text, before or {}), out, terminal=terminal, errors=errors)
        try:
            self.code = run_plain(
                prompter,
                self.desk,
                self.settings,
                start,
                resume=lambda record_id: f"kmtui resume {record_id}",
                export_to=export_to,
            )
        finally:
            self.out, self.errors = out.getvalue(), errors.getvalue()
        return self.out

    def menu(self, words: str) -> str:
        """Return the number that home has for the line with these words."""
        self.type("", Start())
        return numbered(self.out, words)

    def of_team(self, team: str) -> Assessment:
        """Return the newest assessment of a team, as it is on disk."""
        line = next(each for each in self.desk.records() if each.kind == "assessment" and each.team == team)
        record = self.desk.tools.store.read(line.id)
        assert isinstance(record, Assessment)
        return record

    @property
    def session(self) -> Session:
        """The one session of the workspace, as it is on disk."""
        return self.sessions[0]

    @property
    def sessions(self) -> list[Session]:
        """The sessions of the workspace, the newest first."""
        records = [self.desk.tools.store.read(line.id) for line in self.desk.records() if line.kind == "session"]
        return [record for record in records if isinstance(record, Session)]

    @property
    def assessment(self) -> Assessment:
        """The one assessment of the workspace, as it is on disk."""
        records = [self.desk.tools.store.read(line.id) for line in self.desk.records()]
        (found,) = [record for record in records if isinstance(record, Assessment)]
        return found

    def entries(self, step: str = "expected") -> list[str]:
        """Return the words of the entries of a step."""
        return [entry.text for entry in self.session.entries_of(step)]


def saved(out: str) -> list[str]:
    """Return the lines that say that something is on disk."""
    return [line for line in out.splitlines() if line.startswith("Saved")]


def numbered(out: str, words: str) -> str:
    """Return the number of the last line of a menu that has these words in it."""
    lines = [line for line in out.splitlines() if words in line and line.split(". ")[0].isdecimal()]
    return lines[-1].split(". ")[0]
