"""Names in place of ids, for what this kmtui does not know."""

from __future__ import annotations

from kmtui.report.parts import technique_name


def not_here(technique_id: str) -> str:
    """Return what is said of a technique that is not installed."""
    return f"{technique_name(technique_id, {})}: not part of this kmtui yet; the library can help"
