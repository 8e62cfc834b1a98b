"""From a line of the plan to a technique: its own, one that is suggested, or the sessions that were held for it."""

from __future__ import annotations

from functools import partial

from kmtui.model.errors import WrongInput
from kmtui.tui.keys import key_for
from kmtui.tui.naming import not_here
from kmtui.tui.screens.plan_shown import ShownPlan


class StartedPlan(ShownPlan):
    """Starts what the lines say. Keys and changes of a line belong to the screen that extends this one."""

    def action_start(self) -> None:
        """Start the technique of the chosen line."""
        from kmtui.tui.screens.card import start_technique

        line = self.line()
        if line.technique is None:
            raise WrongInput(f"This line has no technique to start. {key_for(self, 'which')}: which one fits.")
        if not self.planning.can_start(line.technique):
            raise WrongInput(f"{not_here(line.technique)}. {key_for(self, 'which')}: which one fits.")
        if not self.enter_words():
            return
        self.rest()
        start_technique(
            self.kmtui,
            line.technique,
            lambda variant: self.planning.start(line.id, variant=variant),
        )

    def action_which(self) -> None:
        """Show which techniques fit the chosen line; Enter starts one, and its session stays tied to the line."""
        from kmtui.tui.screens.which import suggest_for_action

        line = self.line()
        if self.enter_words():
            suggest_for_action(
                self.kmtui,
                line.action,
                lambda: self.planning.suggestions(line.id),
                partial(self.planning.start, line.id),
            )

    def action_held(self) -> None:
        """Go to what came of the chosen line: its session, or the list of them."""
        from kmtui.tui.screens.card import choose_session

        line = self.line()
        held = self._held.get(line.id, ())
        if not held:
            self.tell("No session was held for this line yet.")
        elif self.enter_words():
            self.rest()
            choose_session(self.kmtui, held)
