"""Commands as processes of their own: pipes, signals, a real terminal, and what gets imported."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile import HOSTILE

KMTUI = (sys.executable, "-m", "kmtui")
HEAVY = ("textual", "rich")


def kmtui(*arguments: object, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process with pipes."""
    return subprocess.run(
        [*KMTUI, *(str(argument) for argument in arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


def imported(*arguments: object, stdin: bytes = b"") -> set[str]:
    """Return the names of the packages that a command loads."""
    program = (
        "import sys; from kmtui.cli.main import run; code = run(sys.argv[1:]); "
        "sys.stderr.write('LOADED ' + ' '.join({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *(str(argument) for argument in arguments)],
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return set(done.stderr.decode().rpartition("LOADED ")[2].split())


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the workspace that the processes use."""
    folder = tmp_path / "workspace"
    monkeypatch.setenv("KMTUI_WORKSPACE", str(folder))
    return folder


def test_a_piped_review_is_saved_line_by_line(workspace: Path) -> None:
    done = kmtui("run", "after-action-review", "--plain", "--title", "T", "--team", "W", stdin=b"\n\nnoon\nbeds\n")
    assert done.returncode == 3
    assert done.stderr == b""
    assert [line for line in done.stdout.splitlines() if line.startswith(b"Saved")] == [b"Saved.", b"Saved."]
    (line,) = json.loads(kmtui("list", "sessions", "--json").stdout)
    record = json.loads(kmtui("show", line["id"], "--json").stdout)
    assert [entry["text"] for entry in record["steps"][1]["entries"]] == ["noon", "beds"]


def test_hostile_words_leave_no_escape_byte_anywhere(workspace: Path) -> None:
    typed = "\n".join(text.replace("\n", " ") for text in HOSTILE if text.strip())
    stdin = f"\n\n{typed}\nlist all\n?\n".encode("utf-8", "surrogatepass")
    done = kmtui("aar", "--plain", "--title", "\x1b[31mT", "--team", "W", stdin=stdin)
    assert b"\x1b" not in done.stdout + done.stderr
    assert not set(done.stdout) & set(range(0x20)) - {0x09, 0x0A, 0x0D}
    record = json.loads(kmtui("list", "sessions", "--json").stdout)[0]["id"]
    for command in (("show", record), ("show", record, "--json"), ("list", "sessions"), ("export", record)):
        assert b"\x1b" not in kmtui(*command).stdout


def test_output_that_cannot_show_a_character_goes_on(workspace: Path) -> None:
    done = kmtui(
        "aar", "--title", "日本", "--team", "W", stdin="\n\n日本 ✓\nlist\n".encode(), PYTHONIOENCODING="cp1252"
    )
    assert done.returncode == 3
    assert b"Saved." in done.stdout
    record = json.loads(kmtui("list", "sessions", "--json", PYTHONIOENCODING="ascii").stdout)[0]
    assert record["title"] == "日本"


@pytest.mark.parametrize(
    "command",
    [
        ("--version",),
        ("list", "techniques"),
        ("list", "sessions"),
        ("check",),
        ("--help",),
        ("survey", "create", "--team", "Ward 7"),
        ("survey", "list"),
        ("setup", "list"),
        ("compare", "river"),
        ("plan", "zzzz"),
    ],
)
def test_commands_load_no_screens(workspace: Path, command: tuple[str, ...]) -> None:
    assert not imported(*command) & set(HEAVY)


def test_the_version_loads_neither_yaml_nor_store(workspace: Path) -> None:
    assert not imported("--version") & {"yaml", "tinydb", "msgspec", "filelock", "platformdirs", *HEAVY}


def test_techniques_are_listed_without_the_store(workspace: Path) -> None:
    assert not imported("list", "techniques") & {"tinydb", "filelock", "sqlite3", *HEAVY}


def test_plain_mode_and_answers_load_no_screens(workspace: Path, tmp_path: Path) -> None:
    assert not imported("aar", "--plain", "--title", "T", stdin=b"\n\nnoon\n") & set(HEAVY)
    template = tmp_path / "a.yaml"
    template.write_bytes(kmtui("template", "aar").stdout)
    assert not imported("aar", "--answers", template) & set(HEAVY)
    record = json.loads(kmtui("list", "sessions", "--json").stdout)[0]["id"]
    for command in ("show", "export", "notes"):
        assert not imported(command, record) & set(HEAVY)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_reader_that_goes_away_gets_no_complaint(workspace: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*KMTUI, "template", "assess"], stdout=write, stderr=subprocess.PIPE, timeout=60, check=False
        )
        review = subprocess.run(
            [*KMTUI, "aar", "--title", "T", "--team", "W"],
            input=b"\n\nnoon\n",
            stdout=write,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (review.returncode, review.stderr) == (3, b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows closes streams otherwise")
def test_closed_streams_are_no_fault(workspace: Path) -> None:
    done = subprocess.run([*KMTUI, "list", "sessions"], close_fds=True, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0
    shell = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m kmtui aar --title T <&- >&- 2>&-'], timeout=60, check=False
    )
    assert shell.returncode == 3


class InTerminal:
    """Plain mode in a real terminal."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        import pty

        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execve(sys.executable, [*KMTUI, *arguments], {**os.environ, **environment})  # noqa: S606
        self.shown = b""

    def until(self, words: str, seconds: float = 30) -> bytes:
        """Read until the words have been shown; return what was shown since the call before."""
        seen, end = b"", time.monotonic() + seconds
        while words.encode() not in seen:
            ready, _, _ = select.select([self.terminal], [], [], max(end - time.monotonic(), 0))
            assert ready, f"{words!r} did not come after {seen!r}"
            seen += os.read(self.terminal, 65536)
        self.shown += seen
        return seen

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        os.write(self.terminal, f"{line}\r".encode())

    def end(self) -> int:
        """Read to the end and return the exit code."""
        try:
            while data := os.read(self.terminal, 65536):
                self.shown += data
        except OSError:  # so ends a terminal on Linux
            pass
        _, status = os.waitpid(self.process, 0)
        self.process = 0
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """End the process if the test has not."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.terminal)


@pytest.fixture
def review(workspace: Path) -> Iterator[InTerminal]:
    """Return a review in a terminal, at its first question."""
    terminal = InTerminal("aar", "--plain", "--title", "T", "--team", "W")
    try:
        terminal.until("Who takes part")
        terminal.type("porter")
        terminal.until("Enter goes on: ")
        terminal.type("")
        terminal.until("Answer 1, or Enter to go on: ")
        yield terminal
    finally:
        terminal.close()


def entries() -> list[str]:
    """Return what is on disk of the first question."""
    record = json.loads(kmtui("list", "sessions", "--json").stdout)[0]["id"]
    return [entry["text"] for entry in json.loads(kmtui("show", record, "--json").stdout)["steps"][1]["entries"]]


posix = pytest.mark.skipif(os.name == "nt", reason="a pty is POSIX only")


@posix
def test_in_a_terminal_words_are_saved_and_no_escape_byte_is_sent(review: InTerminal) -> None:
    review.type("noon")
    assert b"\nSaved." in review.until("Answer 2")
    review.type("edit 9")
    review.until("Error: There is no number 9")
    review.type("?")
    review.until("quit: end")
    review.type("quit")
    assert review.end() == 0
    assert b"\x1b" not in review.shown
    assert b"kmtui resume " in review.shown
    assert entries() == ["noon"]


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, getattr(signal, "SIGHUP", 0), signal.SIGINT])
def test_a_signal_ends_it_with_everything_saved(review: InTerminal, number: int) -> None:
    review.type("noon")
    review.until("Answer 2")
    os.kill(review.process, number)
    assert review.end() == 3
    assert b"Stopped. Everything is kept. Go on with: kmtui resume " in review.shown
    assert entries() == ["noon"]


@posix
def test_ctrl_c_and_ctrl_d_end_it_with_everything_saved(review: InTerminal) -> None:
    review.type("noon")
    review.until("Answer 2")
    os.write(review.terminal, b"\x03")
    assert review.end() == 3
    terminal = InTerminal("resume", "--plain")
    try:
        terminal.until("Answer 2")
        os.write(terminal.terminal, b"\x04")
        assert terminal.end() == 3
        assert b"The input ended." in terminal.shown
    finally:
        terminal.close()
    assert entries() == ["noon"]


@posix
def test_a_terminal_that_is_closed_ends_it_with_everything_saved(review: InTerminal) -> None:
    review.type("noon")
    review.until("Answer 2")
    os.close(review.terminal)
    _, status = os.waitpid(review.process, 0)
    review.process, review.terminal = 0, os.open(os.devnull, os.O_RDONLY)
    assert os.waitstatus_to_exitcode(status) == 3
    assert entries() == ["noon"]


@posix
@pytest.mark.parametrize("environment", [{"TERM": "dumb"}, {"KMTUI_PLAIN": "1"}, {"ACCESSIBLE": "1"}])
def test_plain_mode_is_chosen_without_a_flag(workspace: Path, environment: dict[str, str]) -> None:
    terminal = InTerminal(**environment)
    try:
        terminal.until("Plain text each time?")
        terminal.type("")
        terminal.until("Number: ")
        terminal.type("quit")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.shown
    finally:
        terminal.close()
