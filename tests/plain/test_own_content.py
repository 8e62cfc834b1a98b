"""Content of one's own in plain mode: what cannot be used is told at home."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from kmtui.workspace.desk import Desk
from kmtui.workspace.library import library_for
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.plain.talker import Talker


def test_home_tells_of_a_folder_that_is_not_there_and_goes_on(talker: Talker, tmp_path: Path) -> None:
    assert "kmtui check" not in talker.type("", Start())
    settings = Settings(file=tmp_path / "config.toml", found=True, techniques=tmp_path / "gone")
    tools = replace(talker.desk.tools, library=library_for(talker.desk.folder, settings))
    talker.desk = Desk(tools, talker.desk.folder)
    assert "The settings name what is not there. Run: kmtui check" in talker.type("", Start())
