"""Actions as a form that asks little: action, owner, due; sign of success and review date only when wanted."""

from __future__ import annotations

from functools import partial

from textual.content import Content

from kmtui.flow.typed import parse_date
from kmtui.model.base import in_words
from kmtui.model.session import Action
from kmtui.model.technique import Actions
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import TIED, StepFace
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, numbered
from kmtui.workspace.sessions import OpenSession


class ActionsFace(StepFace[Actions]):
    """Actions of a session."""

    empty = "Who does what by when. Type the first action and press Enter."

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for action, owner and day."""
        check = partial(parse_date, today=opened.tools.today())
        return (
            Question("action", "What will be done?", "Begin with a verb", required=True),
            Question("owner", "Who does it?", "One person or role; Enter leaves it open"),
            Question("due", "By when?", "1 Dec, friday, 2 weeks; Enter leaves it open", check=check),
        )

    def more_questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for the sign of success and the review date."""
        check = partial(parse_date, today=opened.tools.today())
        return (
            Question("done_when", "How will we know that it worked?", "What will be different, and who will see it?"),
            Question("review", "When do we look at it again?", "1 Dec, friday, 2 weeks", check=check),
        )

    def begun(self, opened: OpenSession) -> bool:
        """Say whether there are any yet; what they come from stands above them."""
        return bool(opened.record.actions)

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the actions with owner and day."""
        said = [
            Row(action.id, numbered(number, _shown(action, opened.lesson_words(action.lesson))))
            for number, action in enumerate(opened.record.actions, 1)
        ]
        return [*self.source_rows(opened), *said]

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return what stands in an action."""
        action = next((each for each in opened.record.actions if each.id == item_id), None)
        if action is None:
            return None
        return {
            "action": action.action,
            "owner": action.owner,
            "due": action.due.isoformat() if action.due else "",
            "done_when": action.done_when,
            "review": action.review.isoformat() if action.review else "",
        }

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Add or change an action; what the form did not ask for stays as it was."""
        old = self.values(opened, editing) if editing is not None else None
        given = {**(old or {}), **values}
        today = opened.tools.today()
        opened.put_action(
            given["action"],
            owner=given.get("owner", ""),
            due=parse_date(given.get("due", ""), today),
            done_when=given.get("done_when", ""),
            review=parse_date(given.get("review", ""), today),
            action_id=editing if old is not None else None,
            lesson=given.get(TIED),
        )
        return editing if old is not None else None


def _shown(action: Action, because: str) -> Content:
    owner = action.owner or "no owner yet"
    due = f"by {in_words(action.due)}" if action.due else "no day yet"
    pieces: list[str | tuple[str, str]] = [(action.action, "bold"), f"\n   {owner}, {due}"]
    if action.state != "open":
        pieces.append(f", {action.state}")
    if action.done_when:
        pieces.append((f"\n   It worked when: {action.done_when}", "$muted"))
    if because:
        pieces.append((f"\n   because of: {one_line(because)}", "$muted"))
    return parts(*pieces)
