"""What leaves the register: a search result or one lesson, as Markdown, a table or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import to_builtins

from kmtui.report.lessons_report import found_csv, found_markdown, lesson_markdown
from kmtui.store.protocol import Hit
from kmtui.text import file_slug
from kmtui.workspace.register import LessonPage, row_of
from kmtui.workspace.sharing import free_file, json_text, write_text
from kmtui.workspace.tools import Tools

FoundFormat = Literal["markdown", "csv", "json"]
"""What a search result can be written as."""

FOUND_ENDINGS: dict[FoundFormat, str] = {"markdown": ".md", "csv": ".csv", "json": ".json"}


def found_text(tools: Tools, hits: Sequence[Hit], asked: str, form: FoundFormat) -> str:
    """Return a search result in one of the formats in which it is shared."""
    lines = [hit.line for hit in hits]
    if form == "csv":
        return found_csv(lines)
    if form == "json":
        return json_text([row_of(hit) for hit in hits])
    return found_markdown(lines, asked, tools.today())


def found_file(folder: Path, tools: Tools, asked: str, form: FoundFormat) -> Path:
    """Return a file in the folder that is not there yet, named after the day and what was asked."""
    return free_file(folder, (tools.today().isoformat(), file_slug(asked) or "all", "lessons"), FOUND_ENDINGS[form])


def export_found(tools: Tools, hits: Sequence[Hit], asked: str, form: FoundFormat, path: Path) -> None:
    """Write a search result to a file. Raises StoreError where it cannot be written."""
    write_text(tools, path, found_text(tools, hits, asked, form))


def page_markdown(page: LessonPage) -> str:
    """Return a lesson with all that is known of it."""
    return lesson_markdown(
        page.line,
        turns=page.turns,
        uses=page.uses,
        sources=page.sources,
        into=page.into,
        earlier=page.earlier,
        technique=page.technique_name,
        criterion=page.criterion_name,
    )


def page_document(page: LessonPage) -> dict[str, object]:
    """Return a lesson with all that is known of it for scripts."""
    row = row_of(Hit(line=page.line, score=0.0))
    life = [{"state": each.state, "at": each.at, "role": each.role, "note": each.note} for each in page.turns]
    return {
        **{field: value for field, value in row.items() if field not in ("excerpt", "score", "all_words")},
        "life": life,
        "uses": to_builtins(page.uses),
        "joined": page.line.joined,
        "sources": [each.id for each in page.sources],
        "again": page.line.again,
    }
