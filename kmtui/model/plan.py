"""The plan of an assessment: interventions that were chosen, in the order in which they matter."""

from __future__ import annotations

from typing import Literal

from kmtui.model.session import Action

Priority = Literal["now", "next", "later", "not-for-us"]

PRIORITY_WORDS: dict[Priority, str] = {
    "now": "do now",
    "next": "next",
    "later": "later",
    "not-for-us": "not for us",
}

Size = Literal["low", "medium", "high"]
"""How much effort something takes, or how much good it does, as the team guesses."""


class Planned(Action, frozen=True, kw_only=True):
    """An intervention that was chosen for a criterion. With an owner and a day it is an action, else an idea.

    `option` is the id of the option of the criterion that it was chosen from; `objective` the goal of the team that it
    serves, in its words; `reason` says why it is not for us; `dots` are the votes that it got.
    """

    option: str | None = None
    objective: str = ""
    priority: Priority | None = None
    reason: str = ""
    dots: int = 0
    effort: Size | None = None
    benefit: Size | None = None

    @property
    def idea(self) -> bool:
        """Whether it is no action yet: nobody owns it, it has no day, or it is not for us."""
        return not self.owner.strip() or self.due is None or self.priority == "not-for-us"
