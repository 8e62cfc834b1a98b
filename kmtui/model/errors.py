"""Errors that are told to people. Each says what is wrong, where, and what to do.

Loaded before the first frame, so without msgspec, which takes a tenth of that time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong in a content or answers file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        kind = "warning: " if self.severity == "warning" else ""
        return f"{self.file}:{self.line}:{self.column}: {kind}{self.message}"


class KmtuiError(Exception):
    """An error with a message for people. `exit_code` is what the command ends with."""

    exit_code = 1


class WrongInput(KmtuiError):
    """What was given cannot be taken as it is: a wrong value, an unknown name, a file that is not ours."""


class WrongContent(WrongInput):
    """A content or answers file with problems; all of them, not the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class NotFound(WrongInput):
    """No record, technique or option has this id or name."""


class StoreError(KmtuiError):
    """The workspace could not be read or written. What was to be saved is still in memory."""

    exit_code = 4


class Damaged(StoreError):
    """A file is there and is not a readable record. It is left unharmed.

    `backup` says that the generation before can be read in its place.
    """

    def __init__(self, message: str, *, backup: bool = False) -> None:
        self.backup = backup
        super().__init__(message)


class ChangedMeanwhile(StoreError):
    """The file on disk is not the one that was read: another window or another person has saved it since."""


class NewerSchema(StoreError):
    """The record was written by a newer version, and is only read."""
