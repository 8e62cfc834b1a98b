"""A desk in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.workspace.desk import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty workspace."""
    return open_desk(tmp_path / "workspace", cache=tmp_path / "cache")
