"""Lessons in Markdown, alone and in folders: front matter, headings, and text without either."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kmtui.content import lesson_folder
from kmtui.content.lesson_file import look_at, read_lessons
from kmtui.content.lesson_markdown import sections_of
from kmtui.model.errors import WrongInput
from kmtui.model.imported import LessonReading, ReadLesson
from kmtui.text import one_line
from tests.hostile import HOSTILE

WARD_MOVE = """\
---
title: Moving Ward 7
date: 2026-11-22
tags: [ward, "#moves"]
team: Ward 7
type: ~
status: agreed
---
# The porters

Two beds went astray.

## Lesson learned

Tell the porters the evening before.

### In detail

- by six
- in writing

## Root cause
The list was only at the nurses' station.
## What to do
Send the list.
## Anything else
We thanked them.
"""


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files, in whose names __ stands for a folder and _dot_ for a dot; return the folder."""
    for name, content in files.items():
        path = folder / (name.replace("__", "/").replace("_dot_", ".") + ".md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def rejected(reading: LessonReading) -> list[tuple[str, int, str]]:
    return [(each.file, each.line, each.reason) for each in reading.rejected]


def alone(folder: Path, text: str) -> ReadLesson:
    """Return the lesson in one file."""
    path = folder / "ward-move.md"
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    reading = read_lessons(path)
    (lesson,) = reading.lessons
    assert reading.rejected == ()
    return lesson


def test_front_matter_and_headings_are_the_columns(tmp_path: Path) -> None:
    lesson = alone(tmp_path, WARD_MOVE)
    assert lesson == ReadLesson(
        line=1,
        lesson="Tell the porters the evening before.\n\n### In detail\n\n- by six\n- in writing",
        context="The porters\n\nTwo beds went astray.\n\n## Anything else\n\nWe thanked them.",
        cause="The list was only at the nurses' station.",
        recommendation="Send the list.",
        tags=("ward", "moves"),
        title="Moving Ward 7",
        team="Ward 7",
        date=date(2026, 11, 22),
        state="agreed",
    )


def test_looking_says_what_the_keys_and_headings_are_taken_for(tmp_path: Path) -> None:
    table = look_at(write(tmp_path, a=WARD_MOVE, b="---\nTags: x\nseverity: high\n---\nbody\n"))
    assert {column.heading: column.field for column in table.columns} == {
        "title": "title",
        "date": "date",
        "tags": "tags",
        "team": "team",
        "status": "state",
        "The porters": None,
        "Lesson learned": "lesson",
        "In detail": None,
        "Root cause": "cause",
        "What to do": "recommendation",
        "Anything else": None,
        "severity": None,
        "body": "context",
    }
    assert (table.rows, table.encoding) == (2, "utf-8")
    assert table.columns[7].sample == ("- by six - in writing",) and table.columns[2].sample == ("ward #moves", "x")
    assert look_at(write(tmp_path / "plain", a="text")).columns[0].field == "lesson"


def test_text_without_headings_is_the_lesson_or_else_the_context(tmp_path: Path) -> None:
    lesson = alone(tmp_path, "Tell the porters.\n\nEarly.\n")
    assert (lesson.lesson, lesson.title, lesson.context) == ("Tell the porters.\n\nEarly.", "ward-move", "")
    lesson = alone(tmp_path, "---\nlesson: Tell the porters.\n---\n\nTwo beds went astray.\n")
    assert (lesson.lesson, lesson.context) == ("Tell the porters.", "Two beds went astray.")
    lesson = alone(tmp_path, "# Porters\n\nTell them.\n\n## Notes in full\n\nAll of them.\n")
    assert (lesson.lesson, lesson.title) == ("Tell them.\n\n## Notes in full\n\nAll of them.", "Porters")
    lesson = alone(tmp_path, "# Lesson learned\n\n## Porters\n\nTell them.\n")
    assert (lesson.lesson, lesson.title) == ("## Porters\n\nTell them.", "ward-move")


def test_a_title_stands_for_the_lesson_only_where_something_is_said_beside_it(tmp_path: Path) -> None:
    lesson = alone(tmp_path, "# Tell the porters early\n\n## What happened\n\nBeds went astray.\n")
    assert (lesson.lesson, lesson.title, lesson.context) == ("Tell the porters early", "ward-move", "Beds went astray.")
    folder = write(tmp_path / "x", a="# Tell the porters\n\n## Why\n\nx\n", b="# Only a title\n", c="## Why\n\nx\n")
    reading = read_lessons(folder)
    assert [each.lesson for each in reading.lessons] == ["Tell the porters"]
    assert rejected(reading) == [("b.md", 1, "no lesson in it"), ("c.md", 1, "no lesson in it")]
    assert reading.notes == ("1 lesson is its title alone.",)


def test_headings_of_every_kind_and_none_within_code() -> None:
    text = (
        "before\n# One #\ntext\n```\n# code\n~~~\n```` \n\nTwo\n===\n\n  ## **Three:** ##\n####### not\n"
        "#not\n- item\n---\n\nFour\n--\nmore\nlines\n---\n| a |\n---\n# \nlast\n~~~~\n# open"
    )
    found = [(each.level, each.heading, each.text) for each in sections_of(text.split("\n"))]
    assert found == [
        (0, "", "before"),
        (1, "One", "text\n```\n# code\n~~~\n```` \n"[:-1]),
        (1, "Two", ""),
        (2, "Three", "####### not\n#not\n- item\n---"),
        (2, "Four", "more\nlines\n---\n| a |\n---"),
        (1, "", "last\n~~~~\n# open"),
    ]


def test_a_mapping_names_keys_headings_and_the_body(tmp_path: Path) -> None:
    folder = write(tmp_path, a=WARD_MOVE)
    reading = read_lessons(folder, {"lesson": "In detail", "context": "Lesson learned", "note": "body", "tags": ""})
    (lesson,) = reading.lessons
    assert (lesson.lesson, lesson.context) == ("- by six\n- in writing", "Tell the porters the evening before.")
    assert lesson.note == "Two beds went astray.\n\n## Anything else\n\nWe thanked them." and lesson.tags == ()
    assert reading.notes == ('Not used: column "tags".',)
    with pytest.raises(WrongInput, match=r'no column "Root causes"\. Did you mean "Root cause"'):
        read_lessons(folder, {"cause": "Root causes"})
    with pytest.raises(WrongInput, match="is for the lesson"):
        read_lessons(folder, {"lesson": ""})


def test_files_may_name_the_same_field_in_different_words(tmp_path: Path) -> None:
    reading = read_lessons(
        write(
            tmp_path,
            a="## Lesson\none\n",
            b="## WHAT WE LEARNED\ntwo\n",
            c="---\nlesson: three\n---\n## Takeaway\nfour\n",
        )
    )
    assert [each.lesson for each in reading.lessons] == ["one", "two", "three\n\nfour"]


def test_folders_are_read_to_the_bottom_in_their_order(tmp_path: Path) -> None:
    folder = write(tmp_path / "top", b="b", a__z="a/z", a__b__c="a/b/c", c="c", _dot_hidden="no", _dot_git__x="no")
    (folder / "d.markdown").write_text("d")
    (folder / "E.MD").write_text("e")
    (folder / "notes.txt").write_text("no")
    outside = write(tmp_path / "elsewhere", secret="no")
    (folder / "link.md").symlink_to(outside / "secret.md")
    (folder / "linked").symlink_to(outside)
    (folder / "gone.md").symlink_to(folder / "nothing.md")
    (folder / "again.md").symlink_to(folder / "b.md")
    (folder / "a" / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.md")
    reading = read_lessons(folder)
    assert [(each.file, each.lesson) for each in reading.lessons] == [
        ("E.MD", "e"),
        ("again.md", "b"),
        ("b.md", "b"),
        ("c.md", "c"),
        ("d.markdown", "d"),
        ("a/z.md", "a/z"),
        ("a/b/c.md", "a/b/c"),
    ]
    assert reading.notes == ("5 links were passed over. Name what lies behind to read it.",)


def test_files_that_cannot_be_read_are_named_with_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lesson_folder, "LARGEST", 1 << 20)
    folder = write(
        tmp_path,
        a="---\ntitle: x\ntags: [a\n---\ntext\n",
        b="\n---\ntitle: x\n\ntext\n",
        c="---\na: 1\na: 2\nb: *x\n---\ntext\n",
        d="---\n- a\n---\ntext\n",
        e="",
        f=b"PK\x03\x04",
        g=b"\x01\x02\x03\x04",
        h="x" * ((1 << 20) + 1),
        i="---\na\n---\nno front matter, but two lines\n",
        j="---\n# only a remark\n---\nfine\n",
        k="---\n---\nfine too\n",
        l="---\ntitle: !!python/object:os.system x\n---\ntext\n",
        m=b"caf\xe9",
    )
    reading = read_lessons(folder)
    assert [(each.file, each.lesson) for each in reading.lessons] == [
        ("i.md", "---\na\n---\nno front matter, but two lines"),
        ("j.md", "fine"),
        ("k.md", "fine too"),
        ("m.md", "café"),
    ]
    found = rejected(reading)
    assert [(file, line) for file, line, _ in found] == [
        ("a.md", 4),
        ("b.md", 2),
        ("c.md", 3),
        ("d.md", 2),
        ("e.md", 1),
        ("f.md", 1),
        ("g.md", 1),
        ("h.md", 1),
        ("l.md", 2),
    ]
    assert "the list that begins with [ in line 3 is not closed here" in found[0][2]
    assert "never closed" in found[1][2] and "(and 1 more)" in found[2][2]
    assert [reason for _, _, reason in found[4:8]] == [
        "it is empty. Export the lesson again",
        "it is an Excel or other Office file. Save it as CSV, and import that",
        "it is no text",
        "it is larger than 1 MB. Divide it",
    ]
    assert reading.notes == ("1 file was read as Windows text (cp1252). If letters look wrong, name the encoding.",)
    strict = read_lessons(folder, {}, "utf-8")
    assert ("m.md", 1, "it has bytes that are not in this encoding") in rejected(strict)


def test_a_folder_without_markdown_or_with_too_much_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text("Lesson\nx\n")
    with pytest.raises(WrongInput, match=r"no Markdown file \(\*\.md\)"):
        read_lessons(tmp_path)
    write(tmp_path, a="x" * 100, b="y" * 100)
    monkeypatch.setattr(lesson_folder, "MOST_BYTES", 150)
    with pytest.raises(WrongInput, match="Divide them"):
        look_at(tmp_path)
    monkeypatch.setattr(lesson_folder, "MOST_FILES", 1)
    with pytest.raises(WrongInput, match="more than 1 files"):
        look_at(tmp_path)


def test_texts_in_markdown_stay_as_they_are(tmp_path: Path) -> None:
    words = "Tell <b>them</b> &amp; wait.\n\n'=SUM\n\n\n\n    indented\x1b[2J"
    assert alone(tmp_path, f"## Lesson\n{words}\n").lesson == words.removesuffix("\x1b[2J")
    long = "many words\n\n" * 4000 + "end"
    assert alone(tmp_path, f"---\ntitle: x\n---\n{long}").lesson == long
    values = alone(tmp_path, "---\nlesson: No\nreference: 0012\nowner: {name: Ann, roles: [a, b]}\n---\n")
    assert (values.lesson, values.reference, values.owner) == ("No", "0012", "name: Ann\nroles: a\nb")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_and_names(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.md"
    for form in (text, f"# {text}\n\nbody", f"---\n{text}: {text}\n---\n{text}", f"---\nlesson: |\n  {text}\n---\n"):
        path.write_text(form, encoding="utf-8", errors="replace")
        if path.stat().st_size and form.strip():
            reading = read_lessons(tmp_path)
            assert len(reading.lessons) + len(reading.rejected) == 1
    name = tmp_path / "named"
    name.mkdir()
    try:
        (name / f"x{text[:60]}.md").write_text("a lesson")
    except (OSError, ValueError):
        return  # no such name is possible here
    for each in read_lessons(name).lessons:
        assert each.lesson == "a lesson" and each.file == one_line(each.file) and each.title == one_line(each.title)
