"""Lessons in Markdown, one in each file: a file, or a folder with all that lies in it."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kmtui.content.incoming import Decoded, decoded, file_bytes, first_unreadable_line, looks_binary, shown
from kmtui.content.lesson_markdown import BrokenPage, Page, page_of
from kmtui.content.lesson_source import Row, Source, by_windows
from kmtui.content.survey_csv import MOST_CELLS
from kmtui.content.survey_words import compact
from kmtui.model.errors import WrongInput
from kmtui.model.imported import Rejected
from kmtui.text import one_line

ENDINGS = (".md", ".markdown", ".mdown")
MOST_FILES = 100_000
LARGEST = 4 * 1024 * 1024
MOST_BYTES = 512 * 1024 * 1024
_BODY = "body"
"""The heading of the column with text that has no heading of its own, for the mapping."""


def page_source(read: Decoded, path: Path) -> Source:
    """Return the lesson in a single file."""
    pages = _Pages()
    pages.add(read, "", path.stem)
    return pages.source(shown(path), by_windows(read))


def folder_source(path: Path, encoding: str | None) -> Source:
    """Return the lessons in all the files of a folder and the folders in it.

    Raises:
        WrongInput: the folder cannot be read, has no such file or too many of them, or there is no such encoding.
    """
    pages = _Pages()
    size, windows, links = 0, 0, 0
    for file, is_link in _files(path):
        if is_link:
            links += 1
            continue
        name = one_line(file.relative_to(path).as_posix())
        try:
            data = file_bytes(file, LARGEST, what="the lesson", smaller="Divide it.")
        except WrongInput as error:
            pages.reject(name, 1, _without_name(str(error), file))
            continue
        size += len(data)
        if size > MOST_BYTES:
            raise WrongInput(f"The files in {shown(path)} are larger than {MOST_BYTES >> 20} MB. Divide them.")
        read = decoded(data, encoding)
        windows += read.windows > 0
        pages.add(read, name, file.stem)
    if pages.empty:
        raise WrongInput(f"There is no Markdown file (*.md) in {shown(path)}. Name the folder or the file of lessons.")
    notes = []
    if windows:
        files = "1 file was" if windows == 1 else f"{windows:,} files were"
        notes.append(f"{files} read as Windows text (cp1252). If letters look wrong, name the encoding.")
    if links:
        passed = "1 link was" if links == 1 else f"{links:,} links were"
        notes.append(f"{passed} passed over. Name what lies behind to read it.")
    return pages.source(shown(path), tuple(notes))


def _without_name(message: str, file: Path) -> str:
    """Return what is wrong with a file that is named beside it: "it is empty" and not "/home/x/a.md is empty"."""
    message = message.rstrip(".")
    name = shown(file)
    return f"it{message.removeprefix(name)}" if message.startswith(name) else message[:1].lower() + message[1:]


def _files(top: Path) -> Iterator[tuple[Path, bool]]:
    """Yield the files to be read, by name, and links that lead out of the folder or to another folder, to be told."""
    inside = os.path.realpath(top)
    waiting, found = [top], 0
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except (OSError, ValueError) as error:
            if folder is not top:
                continue
            reason = getattr(error, "strerror", None) or "its name is not possible"
            raise WrongInput(f"{shown(top)} cannot be read ({reason}).") from None
        deeper = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                deeper.append(folder / entry.name)
            elif entry.name.lower().endswith(ENDINGS):
                found += 1
                if found > MOST_FILES:
                    raise WrongInput(f"{shown(top)} has more than {MOST_FILES:,} files. Divide it.")
                yield folder / entry.name, _leads_away(entry, inside)
            elif entry.is_symlink() and entry.is_dir():
                yield folder / entry.name, True
        waiting.extend(reversed(deeper))


def _leads_away(entry: os.DirEntry[str], inside: str) -> bool:
    """Say whether this is a link out of the folder, or no file at all but a pipe or a device."""
    try:
        if not stat.S_ISREG(entry.stat().st_mode):
            return True
        return entry.is_symlink() and os.path.commonpath((os.path.realpath(entry.path), inside)) != inside
    except (OSError, ValueError):
        return True


class _Pages:
    """Gathers files and their columns: the keys of the front matter and the headings, whatever the case."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str, Page] | Rejected] = []
        self._places: dict[str, int] = {}
        self._headings: list[str] = []
        self._encodings: Counter[str] = Counter()
        self._has_body = False

    @property
    def empty(self) -> bool:
        """Whether there is no file at all, not even one that cannot be read."""
        return not self._found

    def reject(self, file: str, line: int, reason: str) -> None:
        self._found.append(Rejected(line=line, reason=reason, file=file))

    def add(self, read: Decoded, file: str, name: str) -> None:
        line = first_unreadable_line(read.text)
        if line:
            self.reject(file, line, "it has bytes that are not in this encoding")
            return
        if looks_binary(read.text):
            self.reject(file, 1, "it is no text")
            return
        try:
            page = page_of(read.text)
        except BrokenPage as broken:
            self.reject(file, broken.line, str(broken))
            return
        self._encodings[read.encoding] += 1
        for key in page.front:
            self._place(key)
        for section in page.sections:
            if section.heading:
                self._place(section.heading)
        self._found.append((file, one_line(name), page))

    def _place(self, heading: str) -> None:
        key = _key(heading)
        if key not in self._places and len(self._places) < MOST_CELLS:
            self._places[key] = len(self._headings)
            self._headings.append(heading)

    def source(self, name: str, notes: tuple[str, ...]) -> Source:
        self._place(_BODY)
        return Source(
            name=name,
            kind="markdown",
            headings=tuple(self._headings),
            rows=self._rows,
            encoding=", ".join(self._encodings) or "utf-8",
            notes=notes,
            body=self._places.get(_key(_BODY)),
        )

    def _rows(self, used: frozenset[int]) -> Iterator[Row | Rejected]:
        for each in self._found:
            if isinstance(each, Rejected):
                yield each
                continue
            file, name, page = each
            parts, title = self._parts(page, used)
            cells = {place: text for place, texts in parts.items() if (text := "\n\n".join(texts).strip())}
            yield Row(1, cells, file, title, one_line(name))

    def _parts(self, page: Page, used: frozenset[int]) -> tuple[dict[int, list[str]], str]:
        """Return the texts of a page by column, and the heading above all.

        A heading that is no column of its own belongs with its text to the one above it that is, or to the body.
        """
        parts: dict[int, list[str]] = {}
        for key, text in page.front.items():
            if (place := self._places.get(_key(key))) is not None:
                parts.setdefault(place, []).append(text)
        body = self._places[_key(_BODY)]
        owner, depth, title, first = body, 0, "", True
        for section in page.sections:
            text, place = section.text, self._places.get(_key(section.heading)) if section.heading else None
            above_all = first and section.level > 0
            first = first and not section.level
            if place is not None and place in used and not (above_all and section.level == 1 and not text.strip()):
                owner, depth = place, section.level
            elif above_all:
                title = "" if place is not None and place in used else section.heading
            else:
                if section.level <= depth:
                    owner, depth = body, 0
                text = f"{section.written}\n\n{text}" if section.written else text
            if text.strip():
                parts.setdefault(owner, []).append(text.strip("\n"))
        return parts, title


def _key(heading: str) -> str:
    return compact(heading) or heading
