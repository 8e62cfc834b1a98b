"""Cells of a survey: what is a level, what is an answer without one, and what nobody can read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.content.survey_cells import NOTHING, Cell, Cells
from kmtui.model.assessment import Assessment
from tests.content.damaged_survey import CELLS
from tests.content.surveys import HALVES, SHIPPED_SURVEY, WELSH
from tests.hostile import HOSTILE


def _read(text: str, of: Assessment = SHIPPED_SURVEY, *, loosely: bool = False) -> Cell:
    return Cells(of.matrix).read(text, of.matrix.criteria[0], loosely=loosely)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\xa0", "\u200b"])
def test_nothing_is_no_answer(text: str) -> None:
    assert _read(text) == NOTHING


@pytest.mark.parametrize(("text", "answer"), [each for kind in CELLS.values() for each in kind])
def test_every_kind_of_cell(text: str, answer: object) -> None:
    cell = _read(text)
    assert (cell.level if cell.level is not None else cell.skip) == answer
    assert bool(cell.wrong) == (answer is None)
    assert cell.answered == (answer is not None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("6", ""),
        ("6.", ""),
        ("6 – pockets", ""),
        ("6: Pockets of good practice", ""),
        ("6: Pockets of good practice – the night staff do", "the night staff do"),
        ("6 – pockets of sand", "pockets of sand"),
        ("6 because we ask", "we ask"),
        ("6 because of the rota", "because of the rota"),
        ("6 (only at night)", "only at night"),
        ("6 - we do, in part", "we do, in part"),
        ("6 of 12: we do", "we do"),
        ("6 – one\ntwo", "one\ntwo"),
        ("n/a – we have no beds", "we have no beds"),
        ("Don’t know because I am new", "I am new"),
        ("6: " + SHIPPED_SURVEY.matrix.criteria[0].statements["pockets"], ""),
    ],
)
def test_the_words_behind_an_answer_are_its_reason(text: str, words: str) -> None:
    cell = _read(text)
    assert cell.answered and cell.words == words


def test_what_is_wrong_is_quoted_and_shortened_with_the_levels() -> None:
    assert _read("06-Sep").wrong == '"06-Sep" is not a level. Levels go from 1 to 12.'
    long = _read("x" * 10_000).wrong
    assert long.endswith('…" is not a level. Levels go from 1 to 12.') and len(long) < 120
    assert _read("a\x1b[2J\nb").wrong == '"a b" is not a level. Levels go from 1 to 12.'


def test_half_levels_only_where_the_scale_has_them() -> None:
    assert [_read(text, HALVES).level for text in ("2.5", "2,5", "2.50", "3.0", "0")] == [2.5, 2.5, 2.5, 3, 0]
    assert _read("2.25", HALVES).wrong == '"2.25" is not a level. Levels go from 0 to 3 in steps of a half.'
    assert _read("2.5 – some", HALVES).level == 2.5
    assert _read("2.5").wrong


def test_bands_are_those_of_the_matrix() -> None:
    assert _read("3: Yn arferol", WELSH) == Cell(level=3)
    assert _read("3: Yn dechrau", WELSH).wrong
    assert _read("3/4", WELSH).level == 3
    assert _read("3/12", WELSH).wrong


def test_in_a_mail_any_words_are_a_reason() -> None:
    assert _read("7 mostly in theatre", loosely=True) == Cell(level=7, words="mostly in theatre")
    assert _read("7 on nights", loosely=True) == Cell(level=7, words="on nights")
    assert _read("7 on nights").wrong
    assert _read("7 or 8", loosely=True).wrong


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_never_a_level_and_comes_out_clean(text: str) -> None:
    cell = _read(text)
    assert cell.level is None
    assert not (set(cell.wrong) & set("\x1b\x00\n\u202e"))
    behind = _read(f"6 – {text}")
    if behind.answered:
        assert behind.level == 6 and not (set(behind.words) & set("\x1b\x00\r\u202e"))


@given(st.text(max_size=40))
def test_any_text_is_an_answer_or_nothing_or_wrong(text: str) -> None:
    cell = _read(text)
    assert cell.answered + bool(cell.wrong) + (cell == NOTHING) == 1
    assert cell.level is None or str(cell.level) in text


@given(st.integers(1, 12), st.text(alphabet="abc -–:", max_size=20))
def test_a_level_that_is_read_is_the_one_that_stands_there(level: int, words: str) -> None:
    cell = _read(f"{level} – {words}")
    assert cell.level in (level, None)
