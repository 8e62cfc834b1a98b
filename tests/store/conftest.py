"""Fixtures for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kmtui.store.files import FileStore
from tests.store.things import Failing, Windows, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FileStore]:
    """A store in a new folder."""
    opened = open_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def failing() -> Failing:
    """A system that fails where it is told to."""
    return Failing()


@pytest.fixture
def windows() -> Windows:
    """A system that behaves as Windows does."""
    return Windows()
