"""In a real terminal: signals, a closed window, a crash, no colour, and nothing hostile among the bytes."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui.model.session import Session
from kmtui.workspace.desk import open_desk
from kmtui.workspace.sessions import start_session
from tests.content.helpers import TECHNIQUE

if sys.platform == "win32":  # a pseudo terminal as here is POSIX; the handlers for Windows are called in test_run.py
    collect_ignore = [__file__]
else:
    from tests.tui.terminal import Terminal, kmtui

TITLE = ["--title", "Ward move", "--team", "Ward 7"]
COLOUR = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment with a configuration, so that the first start does not come up."""
    config = tmp_path / "config.toml"
    config.write_text("plain = false\n")
    return {**os.environ, "KMTUI_CONFIG": str(config)}


def kept(workspace: Path, cache: Path) -> Session:
    """Return the one session of a workspace."""
    desk = open_desk(workspace, cache=cache)
    (line,) = desk.records()
    record = desk.read(line.id)
    assert isinstance(record, Session)
    return record


def hang_up(terminal: Terminal) -> None:
    """Send the signal of a line that was cut."""
    terminal.process.send_signal(signal.SIGHUP)


def terminate(terminal: Terminal) -> None:
    """Send the signal of a computer that is shut down."""
    terminal.process.send_signal(signal.SIGTERM)


def close(terminal: Terminal) -> None:
    """Close the window."""
    terminal.close()


@pytest.mark.slow
@pytest.mark.parametrize("end", [hang_up, terminate, close])
def test_whatever_ends_the_terminal_keeps_entries_and_half_typed_words(
    tmp_path: Path, environment: dict[str, str], end: Callable[[Terminal], None]
) -> None:
    workspace = tmp_path / "workspace"
    with Terminal(kmtui(workspace, "aar", *TITLE), environment) as terminal:
        terminal.wait_for("Welcome and ground rules")
        terminal.type("\r")
        terminal.wait_for("What was supposed to happen?")
        terminal.type("All moved by noon\r")
        terminal.wait_for("1. All moved by noon")
        terminal.wait_for("Saved")
        terminal.type("half a thought")
        terminal.wait_for("half a thought")
        end(terminal)
        assert terminal.ended() == 0
    session = kept(workspace, tmp_path / "cache")
    assert [entry.text for entry in session.entries] == ["All moved by noon"]
    assert session.drafts == {"expected.text": "half a thought"}
    with Terminal(kmtui(workspace, "resume"), environment) as terminal:
        terminal.wait_for("half a thought")
        terminal.type("\x11")
        assert terminal.ended() == 0


@pytest.mark.slow
def test_a_crash_prints_no_words_ends_with_5_and_the_session_is_there(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    workspace = tmp_path / "workspace"
    script = tmp_path / "crashing.py"
    script.write_text(
        "import sys\n"
        "from kmtui.tui.screens.session import SessionScreen\n"
        "def fault(self):\n"
        "    words = 'a confidential thing'\n"
        "    raise ValueError(words)\n"
        "SessionScreen.action_notes = fault\n"
        "from kmtui.__main__ import main\n"
        "main()\n"
    )
    command = [sys.executable, str(script), "--workspace", str(workspace), "aar", *TITLE]
    with Terminal(command, environment) as terminal:
        terminal.wait_for("Welcome and ground rules")
        terminal.type("\r")
        terminal.wait_for("What was supposed to happen?")
        terminal.type("said before\r")
        terminal.wait_for("Saved")
        terminal.type("\x1bOR")  # F3
        assert terminal.ended() == 5
        assert b"confidential" not in terminal.raw
        assert b"fault" in terminal.raw
        assert b"ValueError" in terminal.raw
    assert [entry.text for entry in kept(workspace, tmp_path / "cache").entries] == ["said before"]
    logs = [file.read_text() for file in Path(environment["HOME"]).rglob("kmtui.log")]
    assert any("ValueError" in log for log in logs)
    assert not any("confidential" in log or "said before" in log or "Ward" in log for log in logs)


@pytest.mark.slow
def test_no_color_means_no_colour_at_all(tmp_path: Path, environment: dict[str, str]) -> None:
    with Terminal(kmtui(tmp_path / "workspace"), {**environment, "NO_COLOR": "1"}) as terminal:
        terminal.wait_for("Open actions")
        terminal.type("\x11")
        assert terminal.ended() == 0
        assert not COLOUR.search(terminal.raw)
    with Terminal(kmtui(tmp_path / "workspace"), environment) as terminal:
        terminal.wait_for("Open actions")
        assert COLOUR.search(terminal.raw), "the check would not see colours"


@pytest.mark.slow
def test_hostile_words_do_not_reach_the_terminal_as_bytes(tmp_path: Path, environment: dict[str, str]) -> None:
    workspace = tmp_path / "workspace"
    desk = open_desk(workspace, cache=tmp_path / "cache")
    hostile = "Ward\x1b]0;PWNED\x07 \x1b[2Jmove \x9b31mred \u202eevil"
    opened = start_session(desk.tools, "after-action-review", title=hostile, team=hostile)
    opened.forward()
    opened.close()
    with Terminal(kmtui(workspace, "resume"), environment) as terminal:
        terminal.wait_for("What was supposed to happen?")
        terminal.type("\x1b[200~one\u202e two\x1b[201~")
        terminal.wait_for("one two")
        terminal.type("\r")
        terminal.wait_for("Saved")
        terminal.type("\x11")
        assert terminal.ended() == 0
        for bad in (b"PWNED", b"\x1b[2J", b"\xc2\x9b", "\u202e".encode()):
            assert bad not in terminal.raw


@pytest.mark.parametrize("arguments", [[], ["aar"]], ids=["home", "command"])
def test_the_screens_have_the_techniques_that_the_settings_name(
    tmp_path: Path, environment: dict[str, str], arguments: list[str]
) -> None:
    (tmp_path / "config.toml").write_text('plain = false\ntechniques = "shared"\n')
    (tmp_path / "shared").mkdir()
    own = TECHNIQUE.replace("id: talk", "id: after-action-review").replace("name: Talk", "name: A review of our own")
    (tmp_path / "shared" / "after-action-review.yaml").write_text(own, encoding="utf-8")
    command = [sys.executable, "-m", "kmtui", *arguments]
    with Terminal(command, {**environment, "KMTUI_WORKSPACE": str(tmp_path / "workspace")}) as terminal:
        terminal.wait_for("A review of our own")
