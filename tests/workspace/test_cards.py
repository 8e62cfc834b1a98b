"""The card of a technique as a hand-out in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.model.errors import StoreError
from kmtui.report.card_markdown import card_markdown
from kmtui.workspace.cards import default_card, write_card
from kmtui.workspace.desk import Desk


def test_the_card_of_all_forms_or_of_one_is_written_to_a_file_that_is_not_there_yet(desk: Desk) -> None:
    technique = desk.tools.library.technique(desk.first_technique).value
    form = technique.variants[-1]
    whole = default_card(desk.exports, technique)
    one = default_card(desk.exports, technique, form.id)
    assert (whole.name, one.name) == (f"{technique.id}_card.md", f"{technique.id}_{form.id}_card.md")
    write_card(desk.tools, technique, whole)
    write_card(desk.tools, technique, one, form.id)
    assert whole.read_text(encoding="utf-8") == card_markdown(technique)
    assert one.read_text(encoding="utf-8") == card_markdown(technique.as_run(form.id))
    assert default_card(desk.exports, technique).name == f"{technique.id}_card-2.md"


def test_a_folder_that_is_not_there_is_told(desk: Desk, tmp_path: Path) -> None:
    technique = desk.tools.library.technique(desk.first_technique).value
    with pytest.raises(StoreError):
        write_card(desk.tools, technique, tmp_path / "nowhere" / "card.md")
