"""Fixtures of plain mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plain.talker import SMALL, Talker


@pytest.fixture
def talker(tmp_path: Path) -> Talker:
    """Return a conversation in an empty workspace."""
    return Talker(tmp_path)


@pytest.fixture
def small(tmp_path: Path) -> Talker:
    """Return a conversation whose workspace has a matrix of two criteria on a scale from 0 to 3 in halves."""
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "matrix.yaml").write_text(SMALL, encoding="utf-8")
    return Talker(tmp_path)
