"""How good the first five lessons of a search are, against plain rankings of SQLite FTS5 in the same run.

Prints means and counts over a set with known labels, and asserts nothing: `python -m benchmarks.relevance FOLDER…`.
A folder holds docs.json [{id, title, text}], queries.json [{id, text}] and labels.json {query: [ids of documents]}.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

import msgspec

from kmtui.analysis.query import Query, parse_query
from kmtui.analysis.stems import tokens
from kmtui.model.ids import IdMaker
from kmtui.model.lesson import KeptLesson
from kmtui.store.files import FileStore

FIRST = 5
DAY = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PORTER = "porter unicode61"
WORD = re.compile(r"\w+")

Ranking = Callable[[str], list[str]]
"""Finds the ids of the best documents for the words of a query, the best first."""


class Document(msgspec.Struct, frozen=True):
    """A document of the set."""

    id: str
    title: str
    text: str


class Question(msgspec.Struct, frozen=True):
    """A query of the set."""

    id: str
    text: str


class Labelled(msgspec.Struct, frozen=True):
    """A set: its documents, its queries that have labels, and which documents are right for a query."""

    documents: list[Document]
    questions: list[Question]
    right: Mapping[str, frozenset[str]]


class Measured(msgspec.Struct, frozen=True):
    """What the first results of one query are worth: how many of them are right, and one through the first right place.

    `number` is how many there are.
    """

    right: int
    reciprocal: float
    number: int


def main() -> None:
    """Measure every folder that is named, and print."""
    if not sys.argv[1:]:
        print(__doc__)
    for folder in map(Path, sys.argv[1:]):
        measure(folder)


def measure(folder: Path) -> None:
    """Print what the rankings are worth over one set."""
    labelled = read(folder)
    print(f"{folder}: {len(labelled.documents)} documents, {len(labelled.questions)} queries, ", end="")
    print(f"{sum(map(len, labelled.right.values()))} labels; SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory() as place:
        register = filled(Path(place), labelled.documents)
        rankings: dict[str, Ranking] = {
            "FTS5, all words": fts5(labelled.documents, " "),
            "FTS5, any word": fts5(labelled.documents, " OR "),
            "FTS5, any word, porter": fts5(labelled.documents, " OR ", PORTER),
            "kmtui, as searched": register["search"],
            "kmtui, as offered": register["similar"],
        }
        measured = {
            name: [one(ranking, each, labelled) for each in labelled.questions] for name, ranking in rankings.items()
        }
    print_means(measured, labelled)
    print_pairs(measured)


def read(folder: Path) -> Labelled:
    """Read a set; queries without labels are left out."""
    documents = msgspec.json.decode((folder / "docs.json").read_bytes(), type=list[Document])
    questions = msgspec.json.decode((folder / "queries.json").read_bytes(), type=list[Question])
    labels = msgspec.json.decode((folder / "labels.json").read_bytes(), type=dict[str, frozenset[str]])
    there = {each.id for each in documents}
    right = {query: found & there for query, found in labels.items() if found & there}
    return Labelled(documents, [each for each in questions if each.id in right], right)


def filled(place: Path, documents: Sequence[Document]) -> dict[str, Ranking]:
    """Return the two rankings of a register that holds the documents as lessons."""
    make = IdMaker()
    named = {make(): each for each in documents}
    register = FileStore(place / "workspace", place / "cache").register
    register.add(
        KeptLesson(id=name, created=DAY, changed=DAY, date=DAY.date(), title=each.title, lesson=each.text)
        for name, each in named.items()
    )
    register.look()

    def search(text: str) -> list[str]:
        return [named[hit.line.id].id for hit in register.search(parse_query(text), limit=FIRST)]

    def similar(text: str) -> list[str]:
        return [named[line.id].id for line in register.similar(Query(words=tokens(text)), FIRST)]

    return {"search": search, "similar": similar}


def fts5(documents: Sequence[Document], between: str, tokenizer: str = "unicode61") -> Ranking:
    """Return a ranking by a bare table of SQLite FTS5, with the words of a query as they are."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE bare USING fts5(id UNINDEXED, title, text, tokenize='{tokenizer}')")
    database.executemany("INSERT INTO bare VALUES (?, ?, ?)", ((each.id, each.title, each.text) for each in documents))

    def ranking(text: str) -> list[str]:
        match = between.join(f'"{word}"' for word in WORD.findall(text))
        rows = database.execute("SELECT id FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT ?", (match, FIRST))
        return [name for (name,) in rows]

    return ranking


def one(ranking: Ranking, question: Question, labelled: Labelled) -> Measured:
    """Return what a ranking is worth for one query."""
    found = ranking(question.text)
    right = labelled.right[question.id]
    places = [place for place, name in enumerate(found, 1) if name in right]
    return Measured(len(places), 1 / places[0] if places else 0.0, len(found))


def print_means(measured: Mapping[str, Sequence[Measured]], labelled: Labelled) -> None:
    """Print a line for each ranking: precision, queries with a right one among the first five, and how few it found."""
    print(f"{'':26}{'precision@5':>12}{'success@5':>11}{'MRR@5':>8}{'nothing found':>15}{'fewer than 5':>14}")
    best = fmean(min(FIRST, len(labelled.right[each.id])) / FIRST for each in labelled.questions)
    print(f"{'(a perfect ranking)':26}{best:>12.3f}{1:>11.3f}{1:>8.3f}")
    for name, all_of_it in measured.items():
        precision = fmean(each.right / FIRST for each in all_of_it)
        success = fmean(each.right > 0 for each in all_of_it)
        reciprocal = fmean(each.reciprocal for each in all_of_it)
        nothing = sum(each.number == 0 for each in all_of_it)
        few = sum(each.number < FIRST for each in all_of_it)
        print(f"{name:26}{precision:>12.3f}{success:>11.3f}{reciprocal:>8.3f}{nothing:>15}{few:>14}")


def print_pairs(measured: Mapping[str, Sequence[Measured]]) -> None:
    """Print for how many queries the search of kmtui has more, as many, and fewer right ones than the others."""
    ours = measured["kmtui, as searched"]
    for name, theirs in measured.items():
        if theirs is not ours:
            more = sum(one.right > other.right for one, other in zip(ours, theirs, strict=True))
            fewer = sum(one.right < other.right for one, other in zip(ours, theirs, strict=True))
            same = len(ours) - more - fewer
            print(f"kmtui, as searched, against {name}: more right {more}, as many {same}, fewer {fewer}")
    print()


if __name__ == "__main__":
    main()
