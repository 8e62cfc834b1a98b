"""The reports as they read, whole: a change of a word shows here first."""

from __future__ import annotations

import pytest

from tests.report.golden import FOLDER, reports

MADE = reports()


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_report_reads_as_it_is_kept(name: str) -> None:
    assert MADE[name].encode() == (FOLDER / name).read_bytes()


def test_every_kept_report_is_made() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(MADE)
