"""A desk in a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kmtui.workspace.desk import Desk, open_desk

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty workspace."""
    return open_desk(tmp_path / "workspace", cache=tmp_path / "cache")


@pytest.fixture
def small(tmp_path: Path) -> Desk:
    """A workspace with a matrix of its own: three criteria in two sections, levels from 1 to 5 in three bands."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    shutil.copy(DATA / "matrix-1-to-5.yaml", folder / "matrix.yaml")
    return open_desk(folder, cache=tmp_path / "cache")
