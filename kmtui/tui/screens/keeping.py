"""What screens with a field share: words that were not entered are kept, and are there again next time."""

from __future__ import annotations

import contextlib
from typing import Any

from kmtui.model.errors import StoreError
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.unanswered import Form
from kmtui.tui.widgets.asker import Asker

KEPT_AFTER = 0.7
"""Seconds of quiet after which words that were not entered yet are put on disk."""


class KeepingScreen(BaseScreen):
    """Keeps what stands in its form after a moment of quiet, when it is left, and when the program ends."""

    _quiet: Any = None

    @property
    def form(self) -> Form:
        """Under what the words are kept. Screens of which there is one for each record extend this."""
        return type(self)

    def typed(self) -> dict[str, str]:
        """Return what was typed and not entered. Screens extend this."""
        return self.query_one(Asker).present()

    def left(self) -> dict[str, str]:
        """Return what was typed here before and not entered."""
        return self.kmtui.unanswered.get(self.form, {})

    def keep_typed(self) -> None:
        """Keep what was typed and not entered. Raises StoreError; it is kept in memory then."""
        if self._quiet is not None:
            self._quiet.stop()
            self._quiet = None
        self.kmtui.unanswered[self.form] = self.typed()
        self.kmtui.unanswered.save()

    def on_asker_typed(self) -> None:
        """Put words on disk after a moment of quiet."""
        if self._quiet is not None:
            self._quiet.stop()
        self._quiet = self.set_timer(KEPT_AFTER, self.action_keep_typed)

    def on_asker_passed(self) -> None:
        """Put an answer on disk that was entered while others are asked still."""
        self.keep_typed()

    def on_asker_pointed_out(self) -> None:
        """Put words on disk at once that are not entered until it is decided about them."""
        self.keep_typed()

    def action_keep_typed(self) -> None:
        """Put words on disk, or say why that is not possible."""
        self.keep_typed()

    def flush(self) -> str:
        """Keep what was typed before the program ends."""
        self.keep_typed()
        return super().flush()

    def action_leave(self) -> None:
        """Go back; what was typed is there again next time."""
        with contextlib.suppress(StoreError):  # it is told when the program ends; until then it is in memory
            self.keep_typed()
        super().action_leave()
