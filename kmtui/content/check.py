"""Checks files of any kind of ours. What kind of file it is, its content says and not its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from kmtui.content.answers import answers_from
from kmtui.content.document import Document, open_file
from kmtui.content.findings import Findings
from kmtui.content.library import ENDINGS, Library, content_files, matrix_from, technique_from
from kmtui.content.nodes import Mapping
from kmtui.content.rules import get, parts, words
from kmtui.content.set_up_answers import set_up_from
from kmtui.content.source import ANSWERS_LIMIT, TECHNIQUE_LIMIT
from kmtui.content.words import quoted, unknown
from kmtui.model.errors import NotFound, Problem, WrongContent

Kind = Literal["matrix", "technique", "answers", "set-up", "response"]

_KEYS: dict[Kind, frozenset[str]] = {
    "matrix": frozenset(("bands", "sections", "scale", "opening_question", "notice")),
    "technique": frozenset(("steps", "phase", "variants", "minutes", "use_when", "avoid_when", "pitfalls", "roles")),
    "answers": frozenset(("technique", "assess", "answers", "ratings", "team", "on_behalf_of", "parked")),
    "set-up": frozenset(("set_up", "matrix", "way", "leave_out", "objectives", "feedback")),
    "response": frozenset(("survey",)),
}
_SAY_IT: dict[str, Kind] = {"set_up": "set-up", "survey": "response"}
"""Keys that no other kind has: with them, the keys that several kinds share say nothing."""

_EXPECTED = (
    'this is none of our files: a matrix has "bands" and "sections", a technique has "steps", '
    'a file of answers begins with "technique" or "assess", a set-up with "set_up"'
)

_UNCHECKED = (
    "this is one person's answers to a survey, which only the survey can check: "
    '"kmtui survey import ID FILE" says what is wrong with them'
)


def check(paths: Sequence[Path], library: Library) -> tuple[Problem, ...]:
    """Return all problems of files, and of the YAML files in folders; without paths those of the whole library.

    The whole library also tells what should be there and is not. Options and answers are checked against what is in it.
    """
    found = [] if paths else list(library.missing)
    for folder in paths or library.folders:
        found += _hidden(folder)
    for path in paths or library.files:
        for file in _files(path):
            found += check_file(file, library)
        if path.is_dir() and not _files(path):
            findings = Findings(str(path))
            findings.error_at(1, 1, "there is no .yaml file in this folder")
            found += findings.problems
    return tuple(found)


def _hidden(folder: Path) -> list[Problem]:
    """Return a warning for each file that is none of ours by an ending which editors add and Windows does not show."""
    found = sorted(path for ending in ENDINGS for path in folder.glob(f"*{ending}.txt")) if folder.is_dir() else []
    message = "this file is not read, since its name ends in .txt: take that off its name"
    return [Problem(file=str(path), line=1, column=1, message=message, severity="warning") for path in found]


def check_file(path: Path, library: Library) -> tuple[Problem, ...]:
    """Return all problems of one file."""
    document = open_file(path)
    kind = kind_of(document)
    if kind == "matrix":
        matrix_from(document, library.technique_ids)
    elif kind == "technique" and document.within(TECHNIQUE_LIMIT):
        technique_from(document, path.stem)
        check_references(document, library)
    elif kind == "answers" and document.within(ANSWERS_LIMIT):
        answers_from(document, library)
    elif kind == "set-up" and document.within(ANSWERS_LIMIT):
        set_up_from(document, library)
    elif kind == "response" and document.root is not None:
        document.findings.warning(document.root, _UNCHECKED)
    elif kind is None and document.root is not None:
        document.findings.error(document.root, _EXPECTED)
    return document.findings.problems


def check_references(document: Document, library: Library) -> None:
    """Warn of a technique, a step or a matrix that a technique names and that is not there: it would do nothing."""
    known = library.technique_ids
    own = words(get(document.root, "id"))
    for step in parts(document.root, "steps"):
        where = f"step {quoted(words(get(step, 'id')) or '')}"
        for each in parts(step, "earlier"):
            at, named = get(each, "technique"), words(get(each, "technique"))
            if at is None or named is None:
                continue
            if named not in known and named != own:
                document.findings.warning(at, unknown("technique", named, known), where)
            elif named != own:
                _check_step(each, named, library, document, where)
        at, matrix = get(step, "matrix"), words(get(step, "matrix"))
        matrices = [loaded.value.id for loaded in library.matrices()]
        if at is not None and matrix is not None and matrix not in matrices:
            document.findings.warning(at, unknown("matrix", matrix, matrices), where)


def _check_step(each: Mapping, named: str, library: Library, document: Document, where: str) -> None:
    at, step = get(each, "step"), words(get(each, "step"))
    try:
        technique = library.technique(named).value
    except (NotFound, WrongContent):  # its own file says what is wrong with it
        return
    if at is not None and step is not None and technique.step(step) is None:
        there = [found.id for found in technique.steps]
        document.findings.warning(at, f"{named} has an {unknown('step', step, there)}", where)


def kind_of(document: Document) -> Kind | None:
    """Return which kind of file this is by the keys that it has in common with each; None where with none."""
    if not isinstance(document.root, Mapping):
        return None
    keys = document.keys()
    if not keys & {"technique", "assess"}:  # with one of these too, the file of answers says which to keep
        for key, said in _SAY_IT.items():
            if key in keys:
                return said
    shared: dict[Kind, int] = {kind: len(keys & typical) for kind, typical in _KEYS.items()}
    best: Kind = max(shared, key=lambda kind: shared[kind])
    return best if shared[best] else None


def _files(path: Path) -> list[Path]:
    return content_files(path) if path.is_dir() else [path]
