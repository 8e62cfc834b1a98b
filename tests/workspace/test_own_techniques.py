"""A session keeps the words that it began with, whatever becomes of the file of its technique."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui.model.errors import NotFound, WrongContent
from kmtui.model.session import Session
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.sessions import OpenSession, start_session
from kmtui.workspace.sharing import rendered
from tests.content.helpers import TECHNIQUE

CHANGED = (
    TECHNIQUE.split("variants:")[0]
    .replace('version: "1"', 'version: "2"')
    .replace("What was said?", "What was heard?")
    .replace("  - {id: why, kind: collect, from: said, title: Why?, minutes: 2}\n", "")
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The technique in the workspace."""
    file = tmp_path / "workspace" / "techniques" / "talk.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(TECHNIQUE, encoding="utf-8")
    return file


def later(tmp_path: Path) -> Desk:
    """The same workspace as the program finds it when it is started again."""
    return open_desk(tmp_path / "workspace", cache=tmp_path / "cache")


def reopened(desk: Desk, record_id: str) -> OpenSession:
    opened = desk.open(record_id)
    assert isinstance(opened, OpenSession)
    return opened


def rewrite(file: Path) -> None:
    file.write_text(CHANGED, encoding="utf-8")


def spoil(file: Path) -> None:
    file.write_text("id: talk\nsteps: [", encoding="utf-8")


def take_away(file: Path) -> None:
    shutil.rmtree(file.parent)


@pytest.mark.parametrize("change", [rewrite, spoil, take_away])
def test_a_session_goes_on_and_is_told_in_the_words_that_it_began_with(
    desk: Desk, file: Path, change: Callable[[Path], None]
) -> None:
    opened = start_session(desk.tools, "talk", variant="whole", title="Ward move", team="Ward 7")
    opened.forward()
    opened.add_entry("All of it")
    opened.close()
    record_id, before = opened.record.id, opened.record.technique
    change(file)
    desk = later(file.parent.parent.parent)
    opened = reopened(desk, record_id)
    assert opened.record.technique == before
    assert (opened.step.id, opened.position) == ("said", (2, 3))
    opened.forward()
    assert (opened.step.title, opened.step.minutes) == ("Why?", 2)
    opened.add_entry("It was late", answers=opened.record.entries[0].id)
    opened.finish()
    opened.close()
    record = desk.read(record_id)
    assert isinstance(record, Session)
    assert (record.technique.version, record.finished) == ("1", True)
    report = rendered(desk.tools, record, "markdown")
    assert "## What was said?" in report
    assert "## Why?" in report
    assert "What was heard?" not in report
    assert desk.show(record_id)["technique"]["version"] == "1"


def test_the_next_session_has_the_new_words(desk: Desk, file: Path) -> None:
    first = start_session(desk.tools, "talk")
    first.close()
    rewrite(file)
    desk = later(file.parent.parent.parent)
    second = start_session(desk.tools, "talk")
    assert second.record.technique.version == "2"
    assert [step.title for step in second.record.technique.steps][1] == "What was heard?"
    assert second.record.digest != first.record.digest
    second.close()
    spoil(file)
    with pytest.raises(WrongContent):
        start_session(later(file.parent.parent.parent).tools, "talk")
    take_away(file)
    with pytest.raises(NotFound):
        start_session(later(file.parent.parent.parent).tools, "talk")
