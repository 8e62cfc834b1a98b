"""What is wrong with a workspace, file by file."""

from __future__ import annotations

from typing import Literal

from kmtui.model.base import Value

ProblemKind = Literal[
    "format",  # the file that tells the format of the workspace
    "damaged",
    "lost",  # the file is not there, but the generation before is
    "misnamed",  # the file holds another record than the one in its name
    "twice",  # another file has the same id and is used instead
    "copy",  # a conflict copy
    "older",
    "newer",
    "deleted",  # what is left of a record that was deleted
    "leftover",
    "interrupted",  # an import of responses that was not completed
    "open",  # others may read it
    "archive",
    "folder",
]
"""What kind of thing is wrong. In this order it is put right: what others need comes first."""


class Problem(Value, frozen=True, kw_only=True):
    """One thing that is wrong with one file or folder.

    `file` is its path from the workspace on, with slashes, and empty for the workspace itself. `problem` says in
    sentences what is wrong, what can be recovered, and what else can be done; `id` is that of the record, as far as the
    name of the file tells it.
    """

    file: str
    problem: str
    repairable: bool
    kind: ProblemKind
    id: str = ""
