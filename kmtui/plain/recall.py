"""Lessons of earlier sessions in plain mode: offered at a step, looked for with `find`, taken along with `take`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kmtui.model.lines import LessonLine
from kmtui.workspace.recalling import in_a_line, offered, recalls, take_along

if TYPE_CHECKING:
    from kmtui.plain.session import SessionTalk

_HELP = ("find WORDS: lessons of earlier sessions. take 2: take the second one along as an answer.",)
_WORDS = re.compile(r"(find|take)\s+(.+)$", re.IGNORECASE)


class Recall:
    """What the conversation about a session knows of earlier lessons at its present step."""

    def __init__(self, talk: SessionTalk) -> None:
        self._talk = talk
        self._offered: tuple[LessonLine, ...] = ()

    def help(self) -> Sequence[str]:
        """Return what can be typed at the present step."""
        return _HELP if recalls(self._talk.opened.step) else ()

    def offer(self, words: str) -> None:
        """Show the lessons that fit the words, or what the session is about; nothing at a step without lessons."""
        found = offered(self._talk.opened, words) if recalls(self._talk.opened.step) else ()
        if found or not words:
            self._offered = found
        if found:
            self._talk.say("Lessons that may help. take 1 takes the first one along; find WORDS looks for others.")
            for number, lesson in enumerate(self._offered, 1):
                self._talk.say(f"{number}. {in_a_line(lesson)}")
        elif words:
            self._talk.say("No lesson has these words.")

    def follow(self, words: str) -> bool:
        """Follow `find` and `take`; return False where the words are an answer."""
        match = _WORDS.match(words)
        step = self._talk.opened.step
        if match is None or not recalls(step):
            return False
        if match[1].lower() == "find":
            self.offer(match[2])
        elif not match[2].isdecimal():
            return False
        elif 1 <= int(match[2]) <= len(self._offered):
            lesson = self._offered[int(match[2]) - 1]
            self._talk.change(step.id, lambda: take_along(self._talk.opened, lesson), "The lesson is taken along.")
        else:
            self._talk.prompter.wrong(step.id, f"There is no lesson {match[2]} above.")
        return True
