"""Lessons of earlier sessions in plain mode: offered at a step, looked for with `find`, taken along with `take`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kmtui.analysis.query import parse_query
from kmtui.model.errors import StoreError, WrongInput
from kmtui.model.lines import LessonLine
from kmtui.model.session import Action, Lesson
from kmtui.model.technique import Actions, Collect, Lessons
from kmtui.plain.prompts import Prompter
from kmtui.text import clean, one_line, shortened
from kmtui.workspace.earlier_lessons import MOST, advice, for_a_moment, in_a_line
from kmtui.workspace.recalling import at_beginning, goes_with, offered, offers, recalls, take_along
from kmtui.workspace.register import search
from kmtui.workspace.tools import Tools

if TYPE_CHECKING:
    from kmtui.plain.session import SessionTalk

_WORDS = re.compile(r"(find|take|untie)\s+(.+)$", re.IGNORECASE)
_FIND = "find WORDS: lessons of earlier sessions."
_HELP = {
    "entry": "take 2: take the second one along as an answer.",
    "lesson": "take 2: it is the second one that was learnt again. untie 3: number 3 was not learnt before.",
    "action": "take 2: an action because of the second one. untie 3: number 3 goes with no lesson.",
}


class Offers:
    """Lessons that were offered last, with a number each. `find` gives those that fit words."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self.lessons: tuple[LessonLine, ...] = ()

    def show(self, found: Sequence[LessonLine], head: str = "") -> None:
        """Say which lessons may help; with none nothing is said, and what was offered before still is."""
        if not found:
            return
        self.lessons = tuple(found)
        self._say(head or "Lessons that may help. take 1 takes the first one along; find WORDS looks for others.")
        for number, lesson in enumerate(self.lessons, 1):
            self._say(f"{number}. {in_a_line(lesson)}")

    def look_for(self, tools: Tools, words: str, fitting: Sequence[LessonLine], head: str = "") -> None:
        """Show the lessons that fit words somebody looks for, or where none does those that a search finds."""
        try:
            found = fitting or [hit.line for hit in search(tools, parse_query(clean(words)), MOST)]
        except (StoreError, WrongInput):
            found = []
        self.show(found, head)
        if not found:
            self._say("No lesson has these words.")

    def numbered(self, prompter: Prompter, question: str, number: str) -> LessonLine | None:
        """Return the lesson with a number; None after saying that there is none."""
        if 1 <= int(number[:4]) <= len(self.lessons):
            return self.lessons[int(number[:4]) - 1]
        prompter.wrong(question, f"There is no lesson {number[:4]} above.")
        return None


def follows(words: str) -> tuple[str, str] | None:
    """Return which of find, take and untie was typed, in small letters, and what stands behind it."""
    match = _WORDS.match(words)
    if match is None or (match[1].lower() != "find" and not (match[2].isascii() and match[2].isdecimal())):
        return None
    return match[1].lower(), match[2]


def as_words(answer: str) -> str:
    """Return an answer without the backslash that keeps it from being one of these commands."""
    rest = answer.removeprefix("\\")
    return rest if follows(rest) is not None else answer


def meant_as_words(words: str) -> str:
    """Return what is said after `find` where an action may begin so: Find somebody who orders the labels."""
    return f"If that was what to write down, begin with a backslash: \\{shortened(words, 40)}"


class Recall:
    """What the conversation about a session knows of earlier lessons at its present step."""

    def __init__(self, talk: SessionTalk) -> None:
        self._talk = talk
        self._offers = Offers(talk.say)

    def help(self) -> Sequence[str]:
        """Return what can be typed at the present step."""
        step = self._talk.opened.step
        kind = "entry" if isinstance(step, Collect) else "lesson" if isinstance(step, Lessons) else "action"
        if at_beginning(self._talk.opened):
            return (f"{_FIND} take 2: take the second one along.",)
        return (f"{_FIND} {_HELP[kind]}",) if recalls(step) else ()

    def introduce(self) -> None:
        """Say what was taken along at the beginning, and offer what fits the session."""
        opened = self._talk.opened
        if opened.position[0] == 1:
            for taken in opened.record.taken:
                self._talk.say(f"Taken along: {one_line(taken.words)}")
        self._offers.lessons = ()
        self._offers.show(self._fitting(""))

    def _fitting(self, words: str) -> tuple[LessonLine, ...]:
        opened = self._talk.opened
        try:
            return offered(opened, words, for_a_moment()) if offers(opened) else ()
        except StoreError:
            return ()

    def follow(self, words: str) -> bool:
        """Follow `find`, `take` and `untie`; return False where the words are an answer."""
        step, found = self._talk.opened.step, follows(words)
        if found is None or not offers(self._talk.opened):
            return False
        word, rest = found
        if word == "find":
            self._offers.look_for(self._talk.desk.tools, rest, self._fitting(rest))
            if isinstance(step, Lessons | Actions):
                self._talk.say(meant_as_words(words))
        elif word == "take":
            lesson = self._offers.numbered(self._talk.prompter, step.id, rest)
            if lesson is not None:
                self._take(lesson)
        elif not isinstance(step, Lessons | Actions):
            return False
        else:
            self._untie(int(rest[:4]))
        return True

    def _take(self, lesson: LessonLine) -> None:
        talk = self._talk
        step, opened = talk.opened.step, talk.opened
        if not isinstance(step, Lessons | Actions):
            talk.change(step.id, lambda: take_along(opened, lesson), "The lesson is taken along.")
        elif isinstance(step, Lessons):
            talk.say(f"Lesson: {one_line(lesson.lesson)}")
            talk.forms.lesson(step.id, one_line(lesson.lesson), again=goes_with(opened, lesson))
        else:
            talk.say(f"Action: {advice(lesson)}")
            talk.forms.action(step.id, advice(lesson), because=lesson.id)

    def _untie(self, number: int) -> None:
        talk = self._talk
        items, question = talk.opened.items(), talk.opened.step.id
        item = items[number - 1] if 1 <= number <= len(items) else None
        tied = item.lesson if isinstance(item, Action) else item.again if isinstance(item, Lesson) else None
        if item is None or tied is None:
            talk.prompter.wrong(question, f"Number {number} goes with no earlier lesson.")
        else:
            talk.change(question, lambda: talk.opened.tie(item.id, None), "It goes with no earlier lesson now.")
