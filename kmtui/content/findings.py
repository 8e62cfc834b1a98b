"""Gathers all the problems of one file."""

from __future__ import annotations

from typing import Literal, Protocol

from kmtui.model.errors import Problem

MOST = 100
"""So many errors, and so many warnings, are told; nobody reads more, and a hostile file could make millions."""


class Placed(Protocol):
    """Whatever has a place in a file."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def column(self) -> int:
        """The column, from 1."""


class Findings:
    """The problems of one file."""

    def __init__(self, file: str) -> None:
        """`file` is the name of the file as it is shown."""
        self.file = file
        self._errors: list[Problem] = []
        self._warnings: list[Problem] = []
        self._more = False

    @property
    def failed(self) -> bool:
        """Whether there is an error, not only warnings."""
        return bool(self._errors)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems by line and column."""
        found = sorted((*self._errors, *self._warnings), key=lambda problem: (problem.line, problem.column))
        if self._more:
            last = found[-1]
            message = f"there are more problems than the {MOST} before this: mend those first, and check again"
            found.append(Problem(file=self.file, line=last.line, column=last.column, message=message))
        return tuple(found)

    def takes_more(self) -> bool:
        """Say whether one more error, which there is, would be told, so that words for it are worth making."""
        self._more = self._more or len(self._errors) >= MOST
        return not self._more

    def error(self, at: Placed, message: str, where: str = "") -> None:
        """Note an error at a place; `where` says in words in which part of the file."""
        self.error_at(at.line, at.column, f"{where}: {message}" if where else message)

    def error_at(self, line: int, column: int, message: str) -> None:
        """Note an error at a line and a column."""
        self._note(self._errors, self._problem(line, column, message, "error"))

    def warning(self, at: Placed, message: str, where: str = "") -> None:
        """Note something doubtful, which stops nothing."""
        words = f"{where}: {message}" if where else message
        self._note(self._warnings, self._problem(at.line, at.column, words, "warning"))

    def _problem(self, line: int, column: int, message: str, severity: Literal["error", "warning"]) -> Problem:
        return Problem(file=self.file, line=line, column=column, message=message, severity=severity)

    def _note(self, found: list[Problem], problem: Problem) -> None:
        if len(found) < MOST:
            found.append(problem)
        else:
            self._more = True
