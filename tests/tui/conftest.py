"""A desk in a folder of its own, and the screens on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.store.system import System
from kmtui.tui.app import KmtuiApp
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty workspace."""
    return open_desk(tmp_path / "workspace", cache=tmp_path / "cache")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings as they are after the first start."""
    return Settings(file=tmp_path / "config.toml", found=True)


@pytest.fixture
def app(desk: Desk, settings: Settings) -> KmtuiApp:
    """The screens, beginning at home."""
    return KmtuiApp(lambda: desk, settings, Start())


class FullDisk(System):
    """A disk that is full while `full` is set."""

    full = False

    def write(self, descriptor: int, content: memoryview) -> int:
        """Write, or fail as a full disk does."""
        if self.full:
            raise OSError(28, "No space left on device")
        return super().write(descriptor, content)
