"""Lessons that leave the register: what was typed is read as that text, and a table comes back as it was."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.content.lesson_file import read_lessons
from kmtui.model.lesson import LESSON_STATES, LessonState, Turn, Use
from kmtui.model.lines import LessonLine
from kmtui.report.lessons_report import HEADS, found_csv, found_markdown, lesson_markdown
from kmtui.text import clean, one_line
from tests.hostile import HOSTILE
from tests.report.reader import PARSERS, as_read, read

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
LINE = LessonLine(
    id="1ngqg1111111",
    lesson="Tell the porters the order of beds the evening before",
    context="Two beds went to the wrong bay",
    cause="The list hung in one place",
    recommendation="Send the list by six",
    tags=("moves", "beds"),
    owner="Bed manager",
    session="1ngqg0000000",
    title="Ward move",
    team="Ward 7",
    date=date(2026, 5, 12),
    technique="after-action-review",
    criterion="learning-before",
    state="applied",
    used=2,
    seen=3,
)
USE = Use(
    lesson=LINE.id, record="1ngqg2222222", title="Theatres", team="Ward 3", date=TODAY, into="action", words="Call"
)
TOLD = [text for text in HOSTILE if clean(text).strip()]


def line_with(text: str, **fields: str) -> LessonLine:
    """Return a lesson that has a text in every field."""
    texts = dict.fromkeys(("lesson", "context", "cause", "recommendation", "owner", "title", "team"), text)
    return replace(LINE, **texts, source=text, reference=text, tags=(text, text), **fields)


def test_a_search_result_reads_well() -> None:
    other = replace(LINE, id="1ngqg3333333", lesson="The kitchen knew", keep_or_change="keep", state="captured", used=0)
    other = replace(other, seen=1, context="", cause="", recommendation="", tags=(), owner="")
    assert found_markdown([LINE, other], "porters tag:moves", TODAY) == (
        "# Lessons\n\nTwo lessons out of the register for porters tag:moves, 22 November 2026.\n\n"
        "## Tell the porters the order of beds the evening before\n\n"
        "Applied, used twice, learnt 3 times. (1ngqg1111111)\n\n"
        "- Where it comes from: Two beds went to the wrong bay\n- Cause: The list hung in one place\n"
        "- Recommendation: Send the list by six\n- Tags: moves, beds\n- Owner: Bed manager\n"
        "- Learned in: Ward move, Ward 7, 12 May 2026\n\n"
        "## The kitchen knew\n\nKeep doing, captured. (1ngqg3333333)\n\n"
        "- Learned in: Ward move, Ward 7, 12 May 2026\n"
    )
    assert "One lesson out of the register, 22" in found_markdown([LINE], " ", TODAY)
    assert "No lessons out of the register for x" in found_markdown([], "x", TODAY)


def test_one_lesson_is_told_with_its_life_and_its_uses() -> None:
    text = lesson_markdown(
        replace(LINE, review=date(2027, 1, 1), rivals={"owner": "Porters"}),
        turns=[Turn(state="applied", at=NOON, role="ward sister", note="The list hangs at the door")],
        uses=[USE, replace(USE, into="entry"), replace(USE, into="session")],
        sources=[replace(LINE, lesson="Porters first", id="1ngqg4444444")],
        into=replace(LINE, lesson="All of it"),
        earlier=replace(LINE, lesson="Before"),
        technique="After Action Review",
        criterion="Learning before we start",
    )
    for said in (
        "- Learned in: Ward move, Ward 7, After Action Review, 12 May 2026\n- Criterion: Learning before we start\n",
        "It was joined into: All of it (1ngqg1111111)",
        "It was learnt before: Before (1ngqg1111111)",
        "- 1 December 2026: applied, said by ward sister: The list hangs at the door",
        "- To be looked at again on: 1 January 2027\n- Somebody else said of owner: Porters\n",
        "- Theatres, Ward 3, 22 November 2026, as an action: Call\n",
        ", as an answer: Call\n",
        ", at the beginning\n",
        "## Joined out of\n\n- Porters first (Ward move, 12 May 2026, 1ngqg4444444)",
    ):
        assert said in text
    bare = lesson_markdown(LINE)
    assert "##" not in bare
    assert "joined" not in bare


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_hostile_text_is_read_as_that_text(text: str, parser: object) -> None:
    line = line_with(text)
    structure, texts = read(found_markdown([line, LINE], text, TODAY), parser)  # type: ignore[arg-type]
    plain, _ = read(found_markdown([line_with("word"), LINE], "word", TODAY))
    assert structure == plain
    assert texts[2] == one_line(text)
    assert f"Where it comes from: {as_read(text)}" in [as_read(each) for each in texts]

    turns = [Turn(state="applied", at=NOON, role=text, note=text)]
    uses = [replace(USE, title=text, team=text, words=text)]
    structure, texts = read(
        lesson_markdown(
            replace(line, rivals={"owner": text}), turns=turns, uses=uses, sources=[line], into=line, earlier=line,
            technique=text, criterion=text,
        ),
        parser,  # type: ignore[arg-type]
    )  # fmt: skip
    other = line_with("word")
    plain, _ = read(
        lesson_markdown(
            replace(other, rivals={"owner": "word"}),
            turns=[Turn(state="applied", at=NOON, role="word", note="word")],
            uses=[replace(USE, title="word", team="word", words="word")],
            sources=[other], into=other, earlier=other, technique="word", criterion="word",
        )
    )  # fmt: skip
    assert structure == plain
    assert texts[0] == one_line(text)
    assert any(each.startswith("Somebody else said of owner: ") for each in texts)


# Tables


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_a_table_has_a_line_for_each_lesson() -> None:
    heads, row = rows(found_csv([LINE]))
    assert tuple(heads) == HEADS
    assert row == [
        LINE.lesson, "change", LINE.context, LINE.cause, LINE.recommendation, "moves; beds", LINE.owner, LINE.title,
        LINE.team, LINE.technique, "learning-before", "2026-05-12", "applied", "", "2", "3", LINE.id,
    ]  # fmt: skip
    assert rows(found_csv([])) == [list(HEADS)]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_is_a_formula_and_every_text_comes_back(text: str) -> None:
    _, row, last = rows(found_csv([line_with(text), LINE]))
    assert len(row) == len(last) == len(HEADS)
    assert row[0] in (clean(text), f"'{clean(text)}")
    assert not any(each.strip().startswith(tuple("=+-@＝＋－＠")) for each in row)
    assert last[0] == LINE.lesson


def read_again(folder: Path, lines: list[LessonLine]) -> list[LessonLine]:
    """Return what an import makes of a table of lessons, put into lines to be compared."""
    path = folder / "lessons.csv"
    path.write_text(found_csv(lines), "utf-8", newline="")
    reading = read_lessons(path, {}, None, TODAY)
    assert reading.rejected == ()
    return [
        replace(
            before, lesson=each.lesson, context=each.context, cause=each.cause, recommendation=each.recommendation,
            tags=each.tags, keep_or_change=each.keep_or_change, owner=each.owner, title=each.title, team=each.team,
            technique=each.technique, criterion=each.criterion or None, date=each.date or date.min,
            reference=each.reference, state=each.state or "captured",
        )
        for before, each in zip(lines, reading.lessons, strict=True)
    ]  # fmt: skip


@pytest.mark.parametrize("state", LESSON_STATES)
def test_a_table_that_is_imported_again_gives_the_same_fields(tmp_path: Path, state: LessonState) -> None:
    lines = [
        replace(LINE, state=state, reference="R-1"),
        replace(LINE, keep_or_change="keep", state=state, criterion=None, tags=(), team="", date=date(1999, 12, 31)),
        replace(LINE, state=state, lesson='Two\nlines, "quoted"; and more', context="a\n\nb", tags=("a b", "c-d")),
    ]
    assert read_again(tmp_path, lines) == lines


# Tables out of web pages have entities for characters, and a dash where there is nothing: importing knows these.
READ_OTHERWISE = ("-", "&amp; &lt; &#35; &#x23; AT&T")
SAME = [text for text in TOLD if text not in READ_OTHERWISE]


@pytest.mark.parametrize("text", SAME, ids=range(len(SAME)))
def test_hostile_fields_come_back_from_a_table(tmp_path: Path, text: str) -> None:
    line = replace(LINE, lesson=text, context=text, cause=text, recommendation=text)
    (found,) = read_again(tmp_path, [line])
    told = clean(text).strip()
    assert [each.strip() for each in (found.lesson, found.context, found.cause, found.recommendation)] == [told] * 4
