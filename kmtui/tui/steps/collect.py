"""A list of entries, typed fast; where they answer an earlier step, each below what it answers."""

from __future__ import annotations

from kmtui.model.session import Entry
from kmtui.model.technique import Collect
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import StepFace
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, numbered
from kmtui.workspace.sessions import OpenSession

SOURCE = "of:"
"""What the row ids of entries of the earlier step begin with."""


class CollectFace(StepFace):
    """Entries of a collect step."""

    empty = "One line for each thing that is said. Type it and press Enter."

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for the next entry."""
        step = opened.step
        turns = ", one turn for each person" if isinstance(step, Collect) and step.each else ""
        private = ", private: it is never exported" if isinstance(step, Collect) and step.private else ""
        label = f"Next line{turns}{private}"
        return (Question("text", label, "Type it and press Enter; F8 goes on", required=True),)

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the entries; behind each entry of the earlier step those that answer it."""
        entries = opened.items()
        sources = self._sources(opened)
        if not sources:
            return [Row(entry.id, numbered(number, parts(_text(entry)))) for number, entry in enumerate(entries, 1)]
        rows = []
        known = {source.id for source in sources}
        for source in sources:
            rows.append(Row(f"{SOURCE}{source.id}", parts((f"· {source.text}", "$muted"))))
            rows += [_answer(entry) for entry in entries if getattr(entry, "answers", None) == source.id]
        return rows + [_answer(entry) for entry in entries if getattr(entry, "answers", None) not in known]

    def _sources(self, opened: OpenSession) -> tuple[Entry, ...]:
        step = opened.step
        return opened.record.entries_of(step.from_) if isinstance(step, Collect) and step.from_ else ()

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return the words of an entry of this step."""
        return next(({"text": _text(entry)} for entry in opened.items() if entry.id == item_id), None)

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Add or change an entry. A new one answers the chosen entry of the earlier step, if one is chosen."""
        if editing is not None:
            opened.edit_entry(editing, values["text"])
            return None
        opened.add_entry(values["text"], self._answered(opened, chosen))
        return chosen if chosen is not None and self._answered(opened, chosen) else None

    def _answered(self, opened: OpenSession, chosen: str | None) -> str | None:
        if chosen is None:
            return None
        if chosen.startswith(SOURCE):
            return chosen.removeprefix(SOURCE)
        return next((entry.answers for entry in opened.record.entries if entry.id == chosen), None)


def _text(entry: object) -> str:
    return entry.text if isinstance(entry, Entry) else ""


def _answer(entry: object) -> Row:
    return Row(entry.id if isinstance(entry, Entry) else "", parts("   → ", _text(entry)))
