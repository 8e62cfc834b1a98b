"""What a system refuses: output that takes nothing, and a workspace that cannot be written to."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui.cli.main import run
from kmtui.store.system import System
from tests.cli.conftest import ANSWERS, Kmtui

FULL = Path("/dev/full")
NO_SPACE = f"Error: standard output cannot be written to ({os.strerror(errno.ENOSPC)}).\n"


class FullOutput(io.RawIOBase):
    """An output on a full disk."""

    def writable(self) -> bool:
        return True

    def write(self, _data: object, /) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def commands(record: str) -> list[list[str]]:
    """Return the commands that print data of a record."""
    return [
        ["show", record],
        ["show", record, "--json"],
        ["export", record],
        ["list", "sessions"],
        ["list", "techniques", "--json"],
        ["template", "assess"],
        ["--help"],
        ["show", "--help"],
        ["--version"],
    ]


def test_output_that_takes_nothing_is_one_clear_error(
    kmtui: Kmtui, answers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    for command in [*commands(record), ["aar", "--answers", str(answers)]]:
        told = io.StringIO()
        with monkeypatch.context() as streams:
            full = io.TextIOWrapper(io.BufferedWriter(FullOutput()), encoding="utf-8")
            streams.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
            streams.setattr(sys, "stdout", full)
            streams.setattr(sys, "stderr", told)
            code = run(command)
            with contextlib.suppress(OSError):  # what waits in it cannot go anywhere
                full.close()
        assert (code, told.getvalue()) == (4, NO_SPACE), command


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has such a device")
def test_a_full_device_is_one_clear_error_even_as_the_process_ends(
    kmtui: Kmtui, answers: Path, workspace: Path
) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    for command in [["show", record], ["--help"], ["show", "--help"], ["aar", "--answers", "-"]]:
        with FULL.open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "kmtui", *command],
                input=ANSWERS.encode(),
                stdout=full,
                stderr=subprocess.PIPE,
                timeout=60,
                check=False,
            )
        assert (done.returncode, done.stderr.decode()) == (4, NO_SPACE), command


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has such a device")
def test_errors_that_nobody_can_read_change_no_exit_code(workspace: Path) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kmtui", "list", "sessions"],
            stdout=subprocess.PIPE,
            stderr=full,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stdout) == (0, b"")


def refuses(*_: object) -> int:
    """Refuse a call to the system, whoever asks: the administrator may write where others may not."""
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@pytest.fixture
def read_only(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return what makes the workspace read-only, for the administrator too."""

    def make() -> None:
        for name in ("create", "link", "replace", "remove", "chmod", "make_folder"):
            monkeypatch.setattr(System, name, refuses)

    return make


def everything_in(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return every file and folder with when it was changed and what it holds."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in (folder, *folder.rglob("*"))
    }


def test_a_read_only_workspace_can_be_listed_and_is_not_written_to(
    kmtui: Kmtui, answers: Path, workspace: Path, read_only: Callable[[], None], tmp_path: Path
) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    survey = kmtui("survey", "create", "--team", "Ward 7").out.strip()
    kmtui("setup", "save", "-", stdin="set_up: Spring\nteam: Ward 7\n")
    said = f"survey: {survey}\nratings: {{innovation: 3}}\n"
    kmtui("survey", "answer", survey, "--answers", "-", stdin=said)
    before = everything_in(workspace)
    read_only()
    for command in (
        ("survey", "list", "--json"),
        ("survey", "status", survey),
        ("survey", "form", survey),
        ("setup", "list", "--json"),
        ("setup", "advance", "Spring"),
        ("compare", "river", "--json"),
        ("plan", survey),
        ("show", survey),
    ):
        assert kmtui(*command).code == 0, command
    for kind in ("sessions", "lessons", "actions", "teams"):
        assert len(kmtui("list", kind, "--json").json) == 1
    assert kmtui("show", record).code == 0
    assert kmtui("export", record).code == 0
    assert kmtui("notes", record).code == 0
    assert kmtui("resume", record).code == 0
    assert everything_in(workspace) == before
    for refused in (
        kmtui("aar", "--answers", answers),
        kmtui("survey", "close", survey),
        kmtui("survey", "answer", survey, "--answers", "-", stdin=said),
        kmtui("survey", "create", "--team", "Ward 7"),
        kmtui("setup", "remove", "Spring"),
    ):
        assert (refused.code, refused.error.startswith("Error: ")) == (4, True)
    assert len(kmtui("list", "sessions", "--json").json) == 1
