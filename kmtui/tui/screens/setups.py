"""The set-ups that are kept, by team: use one, change it, take it away, make a new one."""

from __future__ import annotations

from textual.content import Content

from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError
from kmtui.model.setup import SetUp
from kmtui.text import one_line
from kmtui.tui.actions import bindings
from kmtui.tui.editing import SetUpEditing
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.setups import TeamSetUp, drop_set_up, keep_set_up, new_set_up, set_ups, used_matrix

WAYS = {"group": "with a group", "survey": "survey of individuals"}
FIRST_NAME = "Whole team"
"""What a new set-up is called until somebody types another name."""


class SetUpsScreen(ListedScreen):
    """Enter in the empty field uses the chosen set-up; a team typed there begins a new one."""

    KEYS = ("edit", "remove", "leave")
    BINDINGS = bindings("edit", "remove", "undo")

    def __init__(self, team: str = "") -> None:
        """`team` is put into the field, for a new set-up."""
        super().__init__()
        self._team = team
        self._found: dict[str, TeamSetUp] = {}
        self._removed: list[TeamSetUp] = []

    def arrive(self) -> None:
        """Begin the form where it was left."""
        super().arrive()
        before = self.kmtui.unanswered.pop(type(self), {})
        if before.get("name"):
            self._ask_name(before["team"], before["name"])
        else:
            self._ask_team(before.get("team", "") or self._team)

    def _ask_team(self, text: str = "") -> None:
        hint = "Enter uses the chosen one; type a team for a new one" if self._found else "Ward 7"
        label = "New set-up: for which team?" if self._found else "For which team?"
        self.query_one(Asker).ask((Question("team", label, hint),), {"team": text})

    def _ask_name(self, team: str, name: str) -> None:
        question = Question("name", "What is the set-up called?", "A name to find it by", required=True)
        self.query_one(Asker).ask((Question("team", "Team"), question), {"team": team, "name": name}, resume=True)

    def draw(self) -> None:
        """Show the set-ups, those of one team together."""
        found = set_ups(self.desk.tools)
        self._found = {each.setup.id: each for each in found}
        super().draw()
        rows: list[Row] = []
        team = None
        for each in found:
            if each.team != team:
                team = each.team
                rows.append(Row("", words(team), heading=True))
            rows.append(Row(each.setup.id, self._shown(each.setup)))
        self.show_rows(rows)
        self.head("Set-ups of teams", f"{len(found)}" if found else "")
        if not found:
            self.tell("No set-up yet. Type a team and press Enter: goals, criteria and people are asked then.")

    def _shown(self, setup: SetUp) -> Content:
        try:
            used = f"{len(used_matrix(self.desk.tools, setup).criteria)} criteria"
        except KmtuiError:
            used = "its model is not here"  # the others can be used all the same
        told = [WAYS[setup.way], used]
        if setup.objectives:
            told.append(f"{len(setup.objectives)} goal{'s' if len(setup.objectives) > 1 else ''}")
        if setup.feedback is not None:
            told.append(f"feedback {in_words(setup.feedback)}")
        return parts(f"  {setup.name}", (f"  {' · '.join(told)}", "$muted"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done to a set-up only where there is one."""
        return bool(self._found) if action in ("edit", "remove") else super().check_action(action, parameters)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Use the chosen set-up, or begin a new one."""
        team, name = event.values["team"].strip(), event.values.get("name", "").strip()
        if name:
            self._ask_name(team, name)  # what cannot be kept stays in the field
            self._begin_new(team, name)
        elif team:
            self._ask_name(team, FIRST_NAME)
            self.tell("A team may have several set-ups. Enter keeps this name.")
        else:
            self._ask_team()
            self._use()

    def _use(self) -> None:
        from kmtui.tui.opening import use_set_up

        chosen = self._found.get(self.chosen)
        if chosen is not None:
            use_set_up(self.kmtui, chosen)

    def _begin_new(self, team: str, name: str) -> None:
        found = keep_set_up(self.desk.tools, team, new_set_up(self.desk.tools, name))
        self._ask_team()
        self._open(found)

    def _open(self, found: TeamSetUp) -> None:
        from kmtui.tui.screens.setup import SetUpScreen

        self.app.push_screen(SetUpScreen(SetUpEditing(self.desk.tools, found)))

    def action_edit(self) -> None:
        """Change the chosen set-up."""
        chosen = self._found.get(self.chosen)
        if chosen is not None:
            self._open(chosen)

    def action_remove(self) -> None:
        """Take the chosen set-up away."""
        chosen = self._found.get(self.chosen)
        if chosen is None:
            return
        self._removed.append(drop_set_up(self.desk.tools, chosen.setup.id))
        self.draw()
        self._ask_team(self.query_one(Asker).present()["team"])
        name = one_line(chosen.setup.name)
        self.tell(f'"{name}" is taken away. What was assessed with it stays. Ctrl+Z brings it back.')

    def action_undo(self) -> None:
        """Bring back the set-up that was taken away last."""
        if not self._removed:
            self.tell("Nothing to undo.")
            return
        found = keep_set_up(self.desk.tools, self._removed[-1].team, self._removed[-1].setup)
        self._removed.pop()
        self.draw()
        self._ask_team(self.query_one(Asker).present()["team"])
        self.tell(f'"{one_line(found.setup.name)}" is back.')

    def action_leave(self) -> None:
        """Go back; what was typed is there again when the list is opened again."""
        self.kmtui.unanswered[type(self)] = self.query_one(Asker).present()
        super().action_leave()
