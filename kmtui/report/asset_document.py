"""A knowledge asset as JSON for scripts: what stands on it, and its lessons and examples as they are now."""

from __future__ import annotations

from typing import Any

import msgspec

from kmtui.model.asset_page import AssetLesson, AssetPage
from kmtui.report.asset_parts import last_note
from kmtui.report.document import cleaned


def asset_document(page: AssetPage) -> dict[str, Any]:
    """Return a page as JSON-ready values. A lesson that is not here any more has its id and is `missing`."""
    asset = page.asset
    document: dict[str, Any] = cleaned(
        {
            "kind": "asset",
            "id": asset.id,
            "title": asset.title,
            "about": asset.about,
            "created": asset.created,
            "changed": asset.changed,
            "looked": asset.looked,
            "looked_by": asset.looked_by,
            "lessons": [_lesson(each) for each in page.lessons],
            "practices": [{**msgspec.to_builtins(each.line), "gone": each.gone} for each in page.practices],
            "contacts": msgspec.to_builtins(asset.contacts),
        }
    )
    return document


def _lesson(lesson: AssetLesson) -> dict[str, Any]:
    own = {"id": lesson.id, "missing": lesson.line is None, "held": list(lesson.held), "turned": lesson.turned}
    if lesson.line is None:
        return own
    line: dict[str, Any] = msgspec.to_builtins(lesson.line)
    title = line.pop("title")
    session = None if lesson.line.imported else lesson.line.session
    return {**line, **own, "session": title, "session_id": session, "note": last_note(lesson)}
