"""One question of a form."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kmtui.analysis.identifiers import Kind


class Question:
    """One question of a form: an id, what is asked, a hint in the empty field, and a check that may refuse.

    In words that are not `kept`, as paths and words to search with, nothing is pointed out; nor the kinds in `fine`.
    """

    __slots__ = ("check", "fine", "hint", "id", "kept", "label", "required")

    def __init__(
        self,
        question_id: str,
        label: str,
        hint: str = "",
        *,
        required: bool = False,
        check: Callable[[str], object] | None = None,
        kept: bool = True,
        fine: Collection[Kind] = (),
    ) -> None:
        self.id = question_id
        self.label = label
        self.hint = hint
        self.required = required
        self.check = check
        self.kept = kept
        self.fine = fine
