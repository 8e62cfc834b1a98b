"""Fixtures of plain mode."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plain.talker import Talker


@pytest.fixture
def talker(tmp_path: Path) -> Talker:
    """Return a conversation in an empty workspace."""
    return Talker(tmp_path)
