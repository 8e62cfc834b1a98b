"""Lessons beside the plan in plain mode: those about a criterion, those that are looked for, and what goes with one."""

from __future__ import annotations

from contextlib import suppress

from kmtui.model.errors import StoreError
from kmtui.plain.forms import FormTalk
from kmtui.plain.recall import Offers, follows, meant_as_words
from kmtui.workspace.earlier_lessons import advice
from kmtui.workspace.planning import Planning

_HEAD = "Lessons that may help. take 1 puts what the first one recommends into the plan; find WORDS looks for others."


class PlanRecall:
    """What the conversation about a plan knows of earlier lessons."""

    def __init__(self, talk: FormTalk, planning: Planning) -> None:
        self._talk = talk
        self._planning = planning
        self._offers = Offers(talk.prompter.say)

    def offer(self, criterion_id: str) -> None:
        """Show the lessons about a criterion."""
        self._offers.lessons = ()
        with suppress(StoreError):
            self._offers.show(self._planning.lessons(criterion_id), _HEAD)

    def follow(self, question: str, words: str, criterion_id: str | None) -> bool:
        """Follow `find`, `take` and `untie`; return False where the words are something else."""
        found = follows(words)
        if found is None:
            return False
        word, rest = found
        if word == "find":
            self._offers.look_for(self._planning.tools, rest, (), _HEAD)
            if criterion_id is not None:
                self._talk.prompter.say(meant_as_words(words))
        elif word == "untie":
            self._untie(question, int(rest[:4]))
        elif (lesson := self._offers.numbered(self._talk.prompter, question, rest)) is not None:
            self._talk.change(
                question,
                lambda: self._planning.write_own(advice(lesson), criterion_id, lesson=lesson.id),
                "It is in the plan, and goes with the lesson.",
            )
        return True

    def _untie(self, question: str, number: int) -> None:
        """Take the lesson off the line of the plan with a number."""
        line = self._planning.lines[number - 1] if 1 <= number <= len(self._planning.lines) else None
        if line is None or line.lesson is None:
            self._talk.prompter.wrong(question, f"Number {number} of the plan goes with no lesson.")
        else:
            self._talk.change(question, lambda: self._planning.put(line.id, lesson=None), "It goes with no lesson now.")
