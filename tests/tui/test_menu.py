"""The lines of home that tell of content which cannot be used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kmtui.tui.menu import menu_rows
from kmtui.workspace.library import library_for
from kmtui.workspace.settings import Settings


def test_home_tells_of_content_that_cannot_be_used(tmp_path: Path) -> None:
    def told(settings: Settings) -> list[str]:
        rows = menu_rows(library_for(tmp_path, settings), "after-action-review", None, date(2026, 11, 22))
        return [row.content.plain.strip() for row in rows if row.id == "broken"]

    settings = Settings(file=tmp_path / "config.toml", matrix=tmp_path / "gone.yaml")
    assert told(Settings(file=settings.file)) == []
    assert told(settings) == ["The settings name what is not there. Run: kmtui check"]
