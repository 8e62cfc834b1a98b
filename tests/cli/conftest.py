"""Runs commands within the process, with streams like those of a pipe."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kmtui.cli.main import run

DATA = Path(__file__).parent.parent / "data"


class Result:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: bytes, error: str) -> None:
        self.code = code
        self.bytes = out
        self.out = out.decode("utf-8")
        self.error = error

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.bytes)


class Terminal(io.TextIOWrapper):
    """An input at which somebody sits."""

    def isatty(self) -> bool:
        return True


Kmtui = Callable[..., Result]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the workspace that commands use; it is not there yet."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("KMTUI_WORKSPACE", str(folder))
    return folder


@pytest.fixture
def kmtui(workspace: Path) -> Kmtui:
    """Return what runs a command in this process."""

    def call(*arguments: object, stdin: str | bytes = "", terminal: bool = False) -> Result:
        out, errors = io.BytesIO(), io.BytesIO()
        given = stdin.encode() if isinstance(stdin, str) else stdin
        kind = Terminal if terminal else io.TextIOWrapper
        with pytest.MonkeyPatch.context() as streams:
            streams.setattr(sys, "stdin", kind(io.BytesIO(given), encoding="utf-8"))
            streams.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8"))
            streams.setattr(sys, "stderr", io.TextIOWrapper(errors, encoding="utf-8"))
            code = run([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            printed, told = out.getvalue(), errors.getvalue().decode()
        return Result(code, printed, told)

    return call


@pytest.fixture
def small(workspace: Path) -> Path:
    """Return the workspace with a matrix of its own: three criteria in two sections, levels from 1 to 5."""
    workspace.mkdir()
    shutil.copy(DATA / "matrix-1-to-5.yaml", workspace / "matrix.yaml")
    return workspace


ANSWERS = """
technique: after-action-review
title: Ward move
team: Ward 7
date: 2026-11-20
people: [Ward sister, {role: Porter, name: Bob Smith}]
answers:
  expected: [All patients moved by noon]
  why: [The list was late]
  learn: [{lesson: Tell the porters, cause: They did not know, tags: [moves]}]
  act: [{action: Send the list, owner: Bed manager, due: 2020-12-01}]
parked: [The lift]
"""

RATINGS = """
assess: knowledge-mobilisation
team: Ward 7
on_behalf_of: the whole team
ratings:
  innovation: {level: 6, rationale: It varies, target: 8}
  sponsor: {skip: dont-know}
"""


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return an answers file of a review."""
    file = tmp_path / "answers.yaml"
    file.write_text(ANSWERS, encoding="utf-8")
    return file


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    """Return an answers file of an assessment."""
    file = tmp_path / "ratings.yaml"
    file.write_text(RATINGS, encoding="utf-8")
    return file
