"""A list of entries, typed fast; where they answer an earlier step, each below what it answers."""

from __future__ import annotations

from kmtui.model.session import Entry
from kmtui.model.technique import Collect
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import SOURCE, StepFace, source_row
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, numbered
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.steps import whose_turn
from kmtui.workspace.thread import names_of_earlier


class CollectFace(StepFace[Collect]):
    """Entries of a collect step."""

    empty = "One line for each thing that is said. Type it and press Enter."

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for the next entry."""
        step = self.step(opened)
        turn = whose_turn(opened.record, step)
        line = f"{one_line(turn)}: next line" if turn else "Next line"
        private = ", private: seen here, in no export" if step.private else ""
        label = f"{line}{private}"
        chosen = "Up and Down choose the line that it answers" if self._sources(opened) else ""
        return (Question("text", label, chosen or "Type it and press Enter; F8 goes on", required=True),)

    def begun(self, opened: OpenSession) -> bool:
        """Say whether anything was said here: what an earlier session has said stands here from the beginning."""
        return any(isinstance(entry, Entry) and entry.session is None for entry in opened.items())

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the entries; behind each entry of the earlier step those that answer it."""
        entries = opened.items()
        sources = self._sources(opened)
        if not sources:
            named = names_of_earlier(opened.tools, opened.record) if opened.record.continues else {}
            return [
                Row(entry.id, numbered(number, parts(_text(entry), (_origin(entry, named), "$muted"))))
                for number, entry in enumerate(entries, 1)
            ]
        rows = []
        known = {source.id for source in sources}
        for source in sources:
            rows.append(source_row(opened, source))
            rows += [_answer(entry) for entry in entries if getattr(entry, "answers", None) == source.id]
        loose = [entry for entry in entries if getattr(entry, "answers", None) not in known]
        head = [Row("", parts("Not tied to one line"), heading=True)] if loose else []
        return [*rows, *head, *(Row(_id(entry), parts("– ", _text(entry))) for entry in loose)]

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


def _origin(entry: object, named: dict[str, str]) -> str:
    """Return from which earlier session an entry comes."""
    found = named.get(entry.session or "") if isinstance(entry, Entry) else None
    return f"\n   from: {one_line(found)}" if found else ""


def _answer(entry: object) -> Row:
    return Row(_id(entry), parts("   → ", _text(entry)))


def _id(entry: object) -> str:
    return entry.id if isinstance(entry, Entry) else ""
