"""Older forms of records, and the steps that bring them into the present one.

A record in an older form is brought up as it is read, and written in the present form when it is saved next. Before
that a copy of the old file is put into the quarantine, so at every moment the old or the new one is there and readable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from kmtui.model.base import SCHEMA
from kmtui.model.errors import Damaged

Document = dict[str, Any]
Step = Callable[[Document], Document]

MIGRATIONS: dict[tuple[str, int], Step] = {}
"""What is done with the document of a record of some kind to bring it from one schema to the next.

A step gets the record with its parts as lists, as its JSON has them, and may change it. Of a kind for which nothing
changed between two schemas there is no step. The number of the schema is put in by whoever takes the steps.
"""

_FIRST = 1


class Form(msgspec.Struct, frozen=True):
    """The form in which records are written: the number of its schema, and the steps that lead there."""

    schema: int = SCHEMA
    steps: Mapping[tuple[str, int], Step] = MIGRATIONS

    def older(self, document: Document) -> int | None:
        """Return the schema of a document that is in an older form; None for the present one and newer ones."""
        schema = document.get("schema", self.schema)
        return schema if isinstance(schema, int) and schema < self.schema else None

    def newer(self, document: Document) -> bool:
        """Say whether a document is in a newer form."""
        schema = document.get("schema", self.schema)
        return isinstance(schema, int) and schema > self.schema

    def brought_up(self, document: Document, kind: str, name: str) -> Document:
        """Return a document in the present form; `name` is that of its file.

        Raises:
            Damaged: it is not what a step expects.
        """
        older = self.older(document)
        if older is None:
            return document
        for schema in range(max(older, _FIRST), self.schema):
            step = self.steps.get((kind, schema))
            if step is not None:
                document = _taken(step, document, name, schema)
        return {**document, "schema": self.schema}


def _taken(step: Step, document: Document, name: str, schema: int) -> Document:
    try:
        return step(document)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Damaged(
            f"{name} cannot be read: it has the older form {schema}, and something in it is missing or does not fit "
            f"({type(error).__name__}: {error})."
        ) from error


FORM = Form()
"""The present one."""
