"""How long until something is seen: kmtui against a bare Textual app with one widget, side by side in one run.

Prints medians and ratios. Run it from the project's root: .venv/bin/python benchmarks/start.py
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

ROUNDS = 11
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("first frame")
Bare().run()
"""


def until_seen(command: list[str], wanted: bytes, environment: dict[str, str]) -> float:
    """Return the seconds from starting a command in a pty until its output holds some bytes."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    seen = b""
    try:
        while wanted not in seen:
            if not select.select([ours], [], [], 20)[0]:
                sys.exit(f"{command} never showed {wanted!r}")
            seen += os.read(ours, 65536)
        return time.perf_counter() - started
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def resident_when_seen(command: list[str], wanted: bytes, environment: dict[str, str], rest: float = 5) -> float:
    """Return the megabytes that a command in a pty holds in memory, some seconds after its output held some bytes."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    seen = b""
    try:
        while wanted not in seen:
            if not select.select([ours], [], [], 60)[0]:
                sys.exit(f"{command} never showed {wanted!r}")
            seen += os.read(ours, 65536)
        until = time.perf_counter() + rest
        while (left := until - time.perf_counter()) > 0:
            if select.select([ours], [], [], left)[0]:
                os.read(ours, 65536)
        status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def until_ended(command: list[str], environment: dict[str, str]) -> float:
    """Return the seconds that a command takes."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Measure in turns, so that a busy moment hits all alike."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "HOME": folder,
            "XDG_CONFIG_HOME": folder,
            "XDG_CACHE_HOME": folder,
            "KMTUI_WORKSPACE": str(Path(folder) / "workspace"),
        }
        Path(folder, "kmtui").mkdir()
        Path(folder, "kmtui", "config.toml").write_text("plain = false\n")
        kmtui = str(Path(sys.executable).with_name("kmtui"))
        taken: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for name, seconds in (
                ("bare Textual app", until_seen([sys.executable, "-c", BARE], b"first frame", environment)),
                ("kmtui, first frame", until_seen([kmtui], b"Learn from", environment)),
                ("kmtui, menu to choose from", until_seen([kmtui], b"Begin", environment)),
                ("kmtui --version", until_ended([kmtui, "--version"], environment)),
                ("kmtui list techniques", until_ended([kmtui, "list", "techniques"], environment)),
            ):
                taken.setdefault(name, []).append(seconds)
    bare = statistics.median(taken["bare Textual app"])
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:<28} {median * 1000:7.0f} ms   {median / bare:5.2f} times the bare app")


if __name__ == "__main__":
    main()
