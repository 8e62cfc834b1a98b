"""Lessons in the cache: where their words are looked for. SQLite FTS5, with stems, ranked by BM25."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from kmtui.analysis.matching import folded
from kmtui.model.lesson import Use
from kmtui.model.lines import LessonLine
from kmtui.store import fts

_TEXTS = ("lesson", "recommendation", "cause", "context")
_WEIGHTS = (4.0, 2.0, 1.0, 1.0, 4.0)  # what was learned counts most, and its title, team and tags

TABLES = (
    "CREATE TABLE lessons (rowid INTEGER PRIMARY KEY, path TEXT, id TEXT, record TEXT, day TEXT, date TEXT, team TEXT, "
    "tags TEXT, technique TEXT, criterion TEXT, kind TEXT, again TEXT, same TEXT, lesson TEXT, recommendation TEXT, "
    "cause TEXT, context TEXT, about TEXT, rest TEXT)",
    *(f"CREATE INDEX lessons_{each} ON lessons ({each})" for each in ("path", "id", "day", "team", "same")),
    "CREATE INDEX lessons_again ON lessons (again) WHERE again IS NOT NULL",
    "CREATE TABLE uses (path TEXT, lesson TEXT, date TEXT, used BLOB)",
    *(f"CREATE INDEX uses_{each} ON uses ({each})" for each in ("path", "lesson", "date")),
    f"CREATE VIRTUAL TABLE words USING fts5({', '.join(fts.COLUMNS)}, content='lessons', content_rowid='rowid', "
    f"tokenize='{fts.TOKENIZER}', prefix='1 2 3')",
    f"INSERT INTO words (words, rank) VALUES ('rank', 'bm25({', '.join(map(str, _WEIGHTS))})')",
)
NAMES = ("words", "lessons", "uses")
"""The tables that are dropped with another version."""

_LINE = f"l.rest, {', '.join(f'l.{text}' for text in _TEXTS)}"
_NEWEST = "ORDER BY l.day DESC, l.record DESC, l.rowid"
_SURELY_DELETES = (3, 42, 0)  # the version of SQLite from which on FTS5 can take words out where they stand


_REST = msgspec.json.Decoder(LessonLine)


class Found(msgspec.Struct, frozen=True):
    """A lesson that a search found: the number of its row, the higher score the better, and its line.

    `whole` says that it has all the words that were looked for."""

    row: int
    score: float
    line: LessonLine
    whole: bool = True


class LessonIndex:
    """The lessons and their uses in one database. Whoever changes it holds a transaction."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def make(self) -> None:
        """Make the tables anew, within a transaction."""
        for name in NAMES:
            self._database.execute(f"DROP TABLE IF EXISTS {name}")
        for table in TABLES:
            self._database.execute(table)
        if sqlite3.sqlite_version_info >= _SURELY_DELETES:
            self._database.execute("INSERT INTO words (words, rank) VALUES ('secure-delete', 1)")

    def change(
        self, paths: Iterable[str], lessons: Iterable[tuple[str, str, LessonLine]], uses: Iterable[_Used]
    ) -> None:
        """Drop what files held, and add the lessons (path, what puts records in order, line) and uses of others."""
        columns = ", ".join(fts.COLUMNS)
        for path in paths:
            where = "WHERE path = ?"
            self._database.execute(
                f"INSERT INTO words (words, rowid, {columns}) SELECT 'delete', rowid, {columns} FROM lessons {where}",
                (path,),
            )
            self._database.execute(f"DELETE FROM lessons {where}", (path,))
            self._database.execute(f"DELETE FROM uses {where}", (path,))
        marks = ", ".join("?" * 18)
        for path, day, line in lessons:
            row = self._database.execute(f"INSERT INTO lessons VALUES (NULL, {marks})", _row(path, day, line)).lastrowid
            self._database.execute(
                f"INSERT INTO words (rowid, {columns}) VALUES (?, ?, ?, ?, ?, ?)", (row, *texts(line))
            )
        self._database.executemany(
            "INSERT INTO uses VALUES (?, ?, ?, ?)",
            ((path, use.lesson, use.date.isoformat(), msgspec.json.encode(use)) for path, use in uses),
        )

    def forget_words(self) -> None:
        """Take out of the index what it holds of words that are deleted."""
        self._database.execute("INSERT INTO words (words) VALUES ('optimize')")

    def check(self) -> None:
        """Compare the words with the lessons. Raises sqlite3.DatabaseError where they do not fit."""
        self._database.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")

    # Looking for lessons

    def size(self, match: str, most: int) -> int:
        """Return in how many lessons a match expression of FTS5 is found; `most` where there are as many or more."""
        query = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        return int(self._database.execute(query, (match, most)).fetchone()[0])

    def latest(self, match: str, limits: fts.Limits, most: int) -> list[int]:
        """Return the rows that fit, those that came last first. They are not ranked, so there may be any number."""
        where, values = limits.clause()
        query = (
            f"SELECT words.rowid FROM words{_join(where)} WHERE words MATCH ?{where} ORDER BY words.rowid DESC LIMIT ?"
        )
        return [row[0] for row in self._database.execute(query, (match, *values, most))]

    def scores(self, match: str, limits: fts.Limits) -> list[tuple[int, float]]:
        """Return the rows that fit with their scores, the best first. Looks at every place of every word."""
        where, values = limits.clause()
        query = (
            f"SELECT words.rowid, -rank FROM words{_join(where)} WHERE words MATCH ?{where} "
            "ORDER BY rank, words.rowid DESC"
        )
        return self._database.execute(query, (match, *values)).fetchall()

    def at(self, rows: Sequence[int]) -> dict[int, LessonLine]:
        """Return the lessons in rows."""
        query = f"SELECT l.rowid, {_LINE} FROM lessons AS l WHERE l.rowid IN (SELECT value FROM json_each(?))"
        return {row[0]: _line(row[1:]) for row in self._database.execute(query, (_json(rows),))}

    def newest(self, limits: fts.Limits, most: int) -> list[Found]:
        """Return the newest lessons within limits."""
        where, values = limits.clause()
        query = f"SELECT l.rowid, {_LINE} FROM lessons AS l WHERE 1{where} {_NEWEST} LIMIT ?"
        return [Found(row[0], 0.0, _line(row[1:])) for row in self._database.execute(query, (*values, most))]

    def lines(self, ids: Iterable[str]) -> list[LessonLine]:
        """Return the lessons with these ids, those of the newest record first."""
        found = self._database.execute(
            f"SELECT {_LINE} FROM lessons AS l WHERE id IN (SELECT value FROM json_each(?)) {_NEWEST}",
            (_json(ids),),
        )
        return [_line(row) for row in found]

    def beginning(self, beginning: str) -> list[LessonLine]:
        """Return the lessons whose ids begin so."""
        query = f"SELECT {_LINE} FROM lessons AS l WHERE id >= ? AND id < ? ORDER BY l.day DESC, l.rowid LIMIT 20"
        return [_line(row) for row in self._database.execute(query, (beginning, f"{beginning}~"))]

    def all(self) -> Iterator[LessonLine]:
        """Yield all lessons, those of the newest record first."""
        query = f"SELECT {_LINE} FROM lessons AS l {_NEWEST}"
        return map(_line, self._database.execute(query))

    def of_record(self, record_id: str) -> list[LessonLine]:
        """Return the lessons of a record."""
        query = f"SELECT {_LINE} FROM lessons AS l WHERE record = ? ORDER BY l.rowid"
        return [_line(row) for row in self._database.execute(query, (record_id,))]

    def count(self) -> int:
        """Return how many lessons there are."""
        return int(self._database.execute("SELECT count(*) FROM lessons").fetchone()[0])

    def facts(self) -> Iterator[tuple[str, str, str, str | None, bool, str]]:
        """Yield of every lesson its id, date, team, which one it repeats, if it is to be kept, and its record."""
        keep = "coalesce(json_extract(rest, '$.keep_or_change') = 'keep', 0)"
        query = f"SELECT id, date, json_extract(rest, '$.team'), again, {keep}, record FROM lessons"
        return iter(self._database.execute(query))

    def like(self, line: LessonLine) -> list[LessonLine]:
        """Return the lessons that have all fields as this one has them, but the day and the id."""
        query = f"SELECT {_LINE} FROM lessons AS l WHERE same = ?"
        return [_line(row) for row in self._database.execute(query, (same(line),))]

    def repeated(self, ids: Iterable[str]) -> dict[str, int]:
        """Return how many lessons repeat these, by id."""
        return self._counts("SELECT again, count(DISTINCT id) FROM lessons WHERE again", "again", ids)

    # Uses

    def used(self, ids: Iterable[str]) -> dict[str, int]:
        """Return in how many records these lessons were taken along, by id."""
        return self._counts("SELECT lesson, count(DISTINCT path) FROM uses WHERE lesson", "lesson", ids)

    def _counts(self, query: str, column: str, ids: Iterable[str]) -> dict[str, int]:
        whole = f"{query} IN (SELECT value FROM json_each(?)) GROUP BY {column}"
        return dict(self._database.execute(whole, (_json(ids),)))

    def uses(self, lesson_ids: Iterable[str]) -> list[Use]:
        """Return where lessons were taken along, the newest first."""
        query = "SELECT used FROM uses WHERE lesson IN (SELECT value FROM json_each(?)) ORDER BY date DESC, rowid"
        return [msgspec.json.decode(row[0], type=Use) for row in self._database.execute(query, (_json(lesson_ids),))]

    def uses_between(self, first: str, last: str) -> list[Use]:
        """Return what was taken along on days from the first to the last, as ISO 8601."""
        query = "SELECT used FROM uses WHERE date BETWEEN ? AND ? ORDER BY date, rowid"
        return [msgspec.json.decode(row[0], type=Use) for row in self._database.execute(query, (first, last))]


_Lesson = tuple[str, str, LessonLine]
"""The path of a file with a lesson, what puts records in order, and the line of the lesson."""

_Used = tuple[str, Use]
"""The path of the file in which a lesson was taken along, and where."""


def same(line: LessonLine) -> str:
    """Return what lessons have in common that have all fields alike but the day, the id and where they were kept."""
    fields = (
        line.lesson,
        line.context,
        line.cause,
        line.recommendation,
        *line.tags,
        line.keep_or_change,
        line.owner,
        line.title,
        line.team,
        line.technique,
        line.criterion or "",
        line.reference,
    )
    return hashlib.sha256("\x1f".join(fields).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _row(path: str, day: str, line: LessonLine) -> tuple[object, ...]:
    rest = msgspec.json.encode(replace(line, **dict.fromkeys(_TEXTS, ""))).decode()
    tags = "".join(f"\n{folded(tag)}" for tag in line.tags) + "\n"
    known = (line.technique, line.criterion or "", line.keep_or_change, line.again, same(line))
    return path, line.id, line.session, day, line.date.isoformat(), folded(line.team), tags, *known, *texts(line), rest


def _about(line: LessonLine) -> str:
    return "\n".join((line.title, line.team, *line.tags))


def _line(row: Sequence[Any]) -> LessonLine:
    rest: LessonLine = _REST.decode(row[0])
    return replace(rest, **dict(zip(_TEXTS, row[1:], strict=True)))


def _join(where: str) -> str:
    return " JOIN lessons AS l ON l.rowid = words.rowid" if where else ""


def texts(line: LessonLine) -> tuple[str, ...]:
    """Return the texts of a lesson by the columns of fts.COLUMNS."""
    return line.lesson, line.recommendation, line.cause, line.context, _about(line)


def _json(ids: Iterable[str | int]) -> str:
    return msgspec.json.encode(list(ids)).decode()
