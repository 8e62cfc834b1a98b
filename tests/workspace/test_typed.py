"""What was typed and not entered is kept in the workspace, beside what another window keeps there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.model.errors import StoreError
from kmtui.workspace.desk import open_desk
from kmtui.workspace.typed import FILE, keep_typed, read_typed


def test_words_come_back_and_those_of_another_window_stay(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    desk = open_desk(folder, cache=tmp_path / "cache")
    assert read_typed(folder) == {}
    keep_typed(desk.tools, folder, {"a": {"text": "x"}}, {"a"})
    keep_typed(desk.tools, folder, {"a": {"text": "old"}, "b": {"text": "y"}}, {"b"})
    assert read_typed(folder) == {"a": {"text": "x"}, "b": {"text": "y"}}
    keep_typed(desk.tools, folder, {}, {"a"})
    assert read_typed(folder) == {"b": {"text": "y"}}
    assert desk.records() == []


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"a": 1}', b"\xff\xfe", b'{"a": {"text": "\\u001b[2J"}}'])
def test_a_file_that_is_damaged_or_hostile_does_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert "\x1b" not in str(read_typed(tmp_path))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    desk = open_desk(tmp_path / "workspace", cache=tmp_path / "cache")
    with pytest.raises(StoreError):
        keep_typed(desk.tools, tmp_path / "file" / "workspace", {"a": {"text": "x"}}, {"a"})
