"""The guide to writing a technique, followed to the letter: files are written, commands run, outputs compared.

Nothing that the guide does not say is done, but for what a person types while a session asks (`TYPED`).
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from kmtui.workspace.settings import read_settings
from tests.test_docs import ROOT, TECHNIQUE, blocks

HEARD, IDEA, OTHER = "They asked the night staff first", "Ask the night staff before the rota", "A board by the lift"
LESSON = ("Ask those who were not there", "Nobody had asked the nights", "Ask them by Monday", "Ward sister", "")
ACTION = ("Ask the night staff", "Ward sister", "1 dec", "")
TYPED = {
    "kmtui run learn-at-lunch": (
        *("Rehearsal", "Ward 7", "4 nurses"),  # title, team, who takes part
        *("", "", HEARD, "", f"1: {IDEA}", OTHER, "", "1, 1, 2", "", *LESSON, *ACTION),
    ),
    "kmtui run learn-at-lunch --variant short": ("Second rehearsal", "", "", "", "", HEARD, "", IDEA, "", *ACTION),
}
CLEAR = "Nothing is wrong."


class Reader:
    """Somebody who follows the guide in a home of their own. `said` is what the last command printed."""

    def __init__(self, home: Path) -> None:
        self.folder = home
        self.file: Path | None = None
        self.said = ""
        self.ran: list[str] = []
        self.compared: list[str] = []

    def follow(self, markdown: str) -> None:
        """Do what the guide says, in its order."""
        before = ""
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown):
            if token.type == "inline":
                before = " ".join(token.content.split())
            elif token.type == "fence":
                self.obey(token.info.strip(), token.content, before)

    def obey(self, language: str, block: str, before: str) -> None:
        """Do what one block says; `before` are the words above it."""
        if language == "sh":
            for line in block.splitlines():
                self.run(line)
        elif language == "yaml":
            self.edit(block, before)
        else:
            assert language == "text", language
            assert re.fullmatch(expected(block), self.said, re.DOTALL), (
                f"the guide shows\n{block}\nand not\n{self.said}"
            )
            self.compared.append(block.strip())

    def run(self, line: str) -> None:
        """Run one line in the terminal."""
        words = shlex.split(line)
        self.ran.append(line)
        if words[0] == "cd":
            self.folder /= words[1]
            assert self.folder.is_dir(), line
        elif words[:2] == ["mkdir", "-p"]:
            (self.folder / words[2]).mkdir(parents=True)
        else:
            assert words[0] == "kmtui", line
            self.start(line, words[1:])

    def start(self, line: str, words: list[str]) -> None:
        """Run the real program, with what a person types to it; what it prints goes where `>` says."""
        words, target = (words[:-2], words[-1]) if ">" in words else (words, "")
        result = subprocess.run(
            [sys.executable, "-m", "kmtui", *words],
            input="".join(f"{each}\n" for each in TYPED.get(line, ())),
            capture_output=True,
            encoding="utf-8",
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            timeout=60,
            check=False,
        )
        self.said = result.stdout + result.stderr
        assert result.returncode == 0 or "check" in words, f"{line}\n{self.said}"
        if target:
            self.file = self.folder / target
            self.file.write_text(result.stdout, encoding="utf-8")

    def edit(self, block: str, before: str) -> None:
        """Change the file as the words above a block say."""
        assert self.file is not None, before
        lines = self.file.read_text(encoding="utf-8").splitlines(keepends=True)
        above = re.search(r"in place of everything above the line `(.+?)`", before)
        below = re.search(r"in place of everything from the line `(.+?)` to the end", before)
        number = re.search(r"Go to line (\d+), and put this in its place", before)
        if above:
            lines = [block, "\n", *lines[lines.index(f"{above[1]}\n") :]]
        elif below:
            lines = [*lines[: lines.index(f"{below[1]}\n")], block]
        elif number:
            assert lines[int(number[1]) - 1].split(":")[0] == block.split(":")[0]
            lines[int(number[1]) - 1] = block
        else:
            assert "add this at the end of the file" in before, before
            lines.append(block)
        self.file.write_text("".join(lines), encoding="utf-8")

    def ask(self, *words: str) -> str:
        """Run a command that is not in the guide, and return what it prints."""
        self.start("", list(words))
        return self.said


def expected(block: str) -> str:
    """Return a shown output as a regular expression; a line with `…` alone stands for any lines."""
    lines = (".*" if line == "…" else re.escape(f"{line}\n") for line in block.splitlines())
    return "".join(lines)


@pytest.fixture(scope="module")
def guide() -> str:
    """The part of the page that is followed."""
    return TECHNIQUE.read_text(encoding="utf-8").split("\n## ")[1]


@pytest.fixture
def reader(isolated: Path, guide: str) -> Iterator[Reader]:
    """Somebody who has followed the guide."""
    reader = Reader(isolated)
    reader.follow(guide)
    yield reader


@pytest.mark.slow
def test_the_guide_leads_from_nothing_to_a_session(reader: Reader, isolated: Path) -> None:
    assert len(reader.compared) == 5
    assert [shown == CLEAR for shown in reader.compared] == [False, False, True, False, True]
    assert set(TYPED) < set(reader.ran)
    assert reader.folder == isolated / "Documents" / "kmtui"
    second, first = json.loads(reader.ask("list", "sessions", "--json"))
    assert [(each["title"], each["technique_name"], each["finished"]) for each in (first, second)] == [
        ("Rehearsal", "Learn at lunch", True),
        ("Second rehearsal", "Learn at lunch", True),
    ]
    assert (first["lessons"], first["actions"], second["lessons"], second["actions"]) == (1, 1, 0, 1)
    report = reader.ask("show", first["id"])
    assert report.index(LESSON[0]) < report.index(ACTION[0]) < report.index(HEARD) < report.index(OTHER)
    record = json.loads(reader.ask("show", first["id"], "--json"))
    (votes,) = [step["votes"] for step in record["steps"] if step["kind"] == "vote"]
    texts = {entry["id"]: entry["text"] for step in record["steps"] for entry in step.get("entries", ())}
    assert [(texts[each["entry"]], each["dots"]) for each in votes] == [(IDEA, 2), (OTHER, 1)]


def test_what_the_guide_takes_to_read_leaves_time_to_do_it(guide: str) -> None:
    """At 200 words a minute three minutes are for reading; seven are for typing, copying and mending."""
    prose = re.sub(r"^```.*?^```$", "", guide, flags=re.DOTALL | re.MULTILINE)
    assert len(prose.split()) <= 600


def test_the_settings_of_the_page_are_accepted(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(blocks(TECHNIQUE, "toml")[0], encoding="utf-8")
    settings = read_settings(file)
    assert settings.techniques is not None
    assert settings.matrix is not None
