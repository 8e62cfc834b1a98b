"""What stands in forms that were left, or that are filled in just now: it is there again when they are opened again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING

from kmtui.workspace.typed import keep_typed, read_typed

if TYPE_CHECKING:
    from kmtui.workspace.desk import Desk

Form = type | str
"""A form is named by its class, with a record behind it where there is one form for each."""


class Unanswered(MutableMapping[Form, dict[str, str]]):
    """By form what stands in its fields. `save` puts it into the workspace, from where the next start reads it."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        self._desk = desk
        self._found: dict[str, dict[str, str]] | None = None
        self._changed: set[str] = set()

    @property
    def _forms(self) -> dict[str, dict[str, str]]:
        if self._found is None:
            self._found = read_typed(self._desk().folder)
        return self._found

    def __getitem__(self, form: Form) -> dict[str, str]:
        """Return what stands in a form."""
        return dict(self._forms[_name(form)])

    def __setitem__(self, form: Form, fields: Mapping[str, str]) -> None:
        """Keep what stands in a form; where every field is empty there is nothing to keep."""
        name = _name(form)
        self._changed.add(name)
        if any(text.strip() for text in fields.values()):
            self._forms[name] = dict(fields)
        else:
            self._forms.pop(name, None)

    def __delitem__(self, form: Form) -> None:
        """Forget what stands in a form."""
        del self._forms[_name(form)]
        self._changed.add(_name(form))

    def __iter__(self) -> Iterator[Form]:
        """Go through the names of the forms."""
        return iter(self._forms)

    def __len__(self) -> int:
        """Return how many forms have words."""
        return len(self._forms)

    def save(self) -> None:
        """Put what has changed on disk. Raises StoreError."""
        if self._changed:
            desk = self._desk()
            keep_typed(desk.tools, desk.folder, self._forms, self._changed)
            self._changed = set()


def _name(form: Form) -> str:
    return form if isinstance(form, str) else form.__name__
