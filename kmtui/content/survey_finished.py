"""Which rows of a table the form service itself calls unfinished."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kmtui.content import numbers
from kmtui.content.survey_words import compact, word_set
from kmtui.model.survey import Column

NOT_FINISHED = "the form service says that it was not finished; what is there was counted"

_NO = word_set("false no 0 n f")
_PARTLY = word_set("""
    incomplete partial partially partialresponse partiallycomplete partiallycompleted inprogress unfinished
    notfinished notcomplete notcompleted uncompleted
""")
_SUBMITTED = word_set("submitdate datesubmitted")
_WHOLE = 100  # per cent


class Finished:
    """Reads the columns in which a form service says whether somebody came to the end."""

    def __init__(self, columns: Sequence[Column]) -> None:
        own = [(place, compact(column.name)) for place, column in enumerate(columns) if column.use == "identity"]
        self._finished = [place for place, name in own if name == "finished"]
        self._progress = [place for place, name in own if name == "progress"]
        self._status = [place for place, name in own if name == "status"]
        self._submitted = [place for place, name in own if name in _SUBMITTED]
        self._any_submitted = False
        self._unfinished: list[int] = []
        self._never_submitted: list[int] = []

    def note(self, row: int, cells: Sequence[str]) -> None:
        """Note what is said of a row that was read."""
        submitted = any(_said(cells, self._submitted))
        self._any_submitted = self._any_submitted or submitted
        if (
            any(compact(said) in _NO for said in _said(cells, self._finished))
            or any(_below_whole(said) for said in _said(cells, self._progress))
            or any(compact(said) in _PARTLY for said in _said(cells, self._status))
        ):
            self._unfinished.append(row)
        elif self._submitted and not submitted:
            self._never_submitted.append(row)

    def rows(self) -> Iterator[int]:
        """Yield the rows that are not finished; no day of submission tells something only where others have one."""
        yield from self._unfinished
        if self._any_submitted:
            yield from self._never_submitted


def _said(cells: Sequence[str], places: Sequence[int]) -> list[str]:
    return [said for place in places if place < len(cells) and (said := cells[place].strip())]


def _below_whole(said: str) -> bool:
    per_cent = numbers.level(said.removesuffix("%").strip())
    return per_cent is not None and per_cent < _WHOLE
