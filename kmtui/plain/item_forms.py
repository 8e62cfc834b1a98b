"""Lessons and actions as short forms in plain mode, and what is changed about them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kmtui.flow.typed import parse_date
from kmtui.model.session import Action, Entry, KeepOrChange, Lesson
from kmtui.plain.forms import Field, filled, whole_form
from kmtui.plain.items import action_values, check_keep_or_change, lesson_values, short
from kmtui.workspace.earlier_lessons import seen_again
from kmtui.workspace.sessions import Item

if TYPE_CHECKING:
    from kmtui.plain.session import SessionTalk


class ItemForms:
    """What the conversation about a session asks of a lesson or an action. `question` is the id of the step."""

    def __init__(self, talk: SessionTalk) -> None:
        self._talk = talk

    def lesson(self, question: str, words: str, before: Lesson | None = None, *, again: str | None = None) -> None:
        """Ask for a lesson, or change the one that was there before. `again` is the id of one that it repeats."""
        decided = self._talk.prompter.decided(question, words)
        if decided is None:
            return
        fields = [
            Field("cause", "What caused it:"),
            Field("recommendation", "Recommendation:"),
            Field("owner", "Owner:"),
        ]
        whole_form(
            self._talk,
            question,
            [Field("", "Lesson:"), *fields],
            {} if before is None else lesson_values(before),
            {"": decided} if decided else {},
            lambda values: self._put_lesson(values, before, again),
        )
        repeats = self._talk.opened.repeats
        if before is None and repeats is not None:
            self._talk.say(f"{seen_again(repeats)} undo if it is another one.")

    def _put_lesson(self, values: dict[str, str], before: Lesson | None, again: str | None = None) -> None:
        keep: KeepOrChange = "keep" if values.get("keep", "change").lower().startswith("k") else "change"
        self._talk.opened.put_lesson(
            values.get("", ""),
            cause=values.get("cause", ""),
            recommendation=values.get("recommendation", ""),
            owner=values.get("owner", ""),
            context=values.get("context", ""),
            tags=values.get("tags", ""),
            keep_or_change=keep,
            lesson_id=before.id if before else None,
            again=again,
        )

    def action(self, question: str, words: str, before: Action | None = None, *, because: str | None = None) -> None:
        """Ask for an action, or change the one that was there before. `because` is the id of a lesson it goes with."""
        decided = self._talk.prompter.decided(question, words)
        if decided is None:
            return
        whole_form(
            self._talk,
            question,
            [Field("", "Action:"), Field("owner", "Owner:"), Field("due", "By when:", self._day)],
            {} if before is None else action_values(before),
            {"": decided} if decided else {},
            lambda values: self._put_action(values, before, because),
        )

    def _put_action(self, values: dict[str, str], before: Action | None, because: str | None = None) -> None:
        self._talk.opened.put_action(
            values.get("", ""),
            owner=values.get("owner", ""),
            due=self._day(values.get("due", "")),
            done_when=values.get("done_when", ""),
            review=self._day(values.get("review", "")),
            action_id=before.id if before else None,
            lesson=because,
        )

    def _day(self, words: str) -> date | None:
        return parse_date(words, self._talk.desk.tools.today())

    def edit(self, question: str, item: Item) -> None:
        """Give an entry, a lesson or an action other words."""
        if isinstance(item, Lesson):
            self.lesson(question, "", item)
        elif isinstance(item, Action):
            self.action(question, "", item)
        elif isinstance(item, Entry):
            values: dict[str, str] = {}
            filled(self._talk, question, [Field("", "Now:")], {"": item.text}, values)
            if values.get(""):
                self._talk.change(question, lambda: self._talk.opened.edit_entry(item.id, values[""]))

    def more(self, question: str, item: Item) -> None:
        """Ask for what else can be said of a lesson or an action."""
        if isinstance(item, Lesson):
            fields = [
                Field("context", "Context, where and when it holds:"),
                Field("tags", "Tags, with commas between:"),
                Field("keep", "Keep doing this, or change (keep or change):", check_keep_or_change),
            ]
            self._talk.say(short(item))
            whole_form(
                self._talk, question, fields, lesson_values(item), {}, lambda values: self._put_lesson(values, item)
            )
        elif isinstance(item, Action):
            fields = [
                Field("done_when", "We know it worked when:"),
                Field("review", "Look at it again on:", self._day),
            ]
            self._talk.say(short(item))
            whole_form(
                self._talk, question, fields, action_values(item), {}, lambda values: self._put_action(values, item)
            )
        else:
            self._talk.prompter.wrong(question, "There is no more to say of an answer. edit changes its words.")
