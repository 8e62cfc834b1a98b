"""The set-ups that are kept, by team: open one, begin with it, take it away, make a new one."""

from __future__ import annotations

from textual.content import Content

from kmtui.analysis.matching import same_name
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError
from kmtui.model.setup import SetUp
from kmtui.text import one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.editing import SetUpEditing
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.setups import TeamSetUp, drop_set_up, keep_set_up, new_set_up, set_ups, used_matrix

WAYS = {"group": "with a group", "survey": "survey of individuals"}
FIRST_NAME = "Whole team"
"""What a new set-up is called until somebody types another name."""


class SetUpsScreen(KeepingScreen, ListedScreen):
    """Enter in the empty field opens the chosen set-up; a team typed there begins a new one."""

    KEYS = ("leave", "use", "remove")
    BINDINGS = bindings("use", "edit", "remove", "undo")

    def __init__(self, team: str = "") -> None:
        """`team` is put into the field, for a new set-up."""
        super().__init__()
        self._team = team
        self._new_team = ""  # the team of a new set-up while its name is asked
        self._found: dict[str, TeamSetUp] = {}
        self._removed: list[TeamSetUp] = []

    def arrive(self) -> None:
        """Begin the form where it was left."""
        super().arrive()
        before = self.left()
        if "name" in before and before.get("team"):
            self._ask_name(before["team"], before["name"])
        else:
            self._ask_team(self._team or before.get("team", ""))

    def typed(self) -> dict[str, str]:
        """Return the team and the name of a new set-up; not a team that somebody typed on the screen before."""
        present = self.query_one(Asker).present()
        if self._new_team:
            return {"team": self._new_team, **present}
        return {} if present["team"].strip() == self._team else present

    def _ask_team(self, text: str = "") -> None:
        self._new_team = ""
        hint = "Enter opens the chosen one" if self._found else "Ward 7"
        label = "New set-up: for which team?" if self._found else "For which team?"
        self.query_one(Asker).ask((Question("team", label, hint),), {"team": text})

    def _ask_name(self, team: str, name: str = "") -> None:
        self._new_team = team
        label = f"{shortened(one_line(team), 24)}: what is the set-up called?"
        self.query_one(Asker).ask(
            (Question("name", label, f'Enter calls it "{self._free_name(team)}"'),), {"name": name}
        )

    def _free_name(self, team: str) -> str:
        """Return what a new set-up is called where nobody types a name: one that the team does not have yet."""
        own = [each.setup.name for each in self._found.values() if same_name(each.team, team)]
        number, name = 1, FIRST_NAME
        while any(same_name(name, each) for each in own):
            number += 1
            name = f"{FIRST_NAME} {number}"
        return name

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
        return bool(self._found) if action in ("use", "edit", "remove") else super().check_action(action, parameters)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Open the chosen set-up, or begin a new one."""
        team, name = self._new_team, event.values.get("name", "").strip()
        if team:
            self._ask_name(team, name)  # what cannot be kept stays in the field
            self._begin_new(team, name or self._free_name(team))
        elif event.values["team"].strip():
            self._ask_name(event.values["team"].strip())
            self.keep_typed()
            self.tell("A team may have several set-ups. Type a name, or press Enter.")
        else:
            self._ask_team()
            self.action_edit()

    def action_use(self) -> None:
        """Begin with the chosen set-up; words in the field are entered first."""
        from kmtui.tui.opening import use_set_up

        asker = self.query_one(Asker)
        if asker.begun or self._new_team:
            if not asker.settled():
                return
            self.on_asker_answered(Asker.Answered(asker.present(), None))
            return
        chosen = self._found.get(self.chosen)
        if chosen is not None:
            use_set_up(self.kmtui, chosen)

    def _begin_new(self, team: str, name: str) -> None:
        found = keep_set_up(self.desk.tools, team, new_set_up(self.desk.tools, name))
        self._team = ""
        self._ask_team()
        self._open(found)
        self.keep_typed()

    def _open(self, found: TeamSetUp) -> None:
        from kmtui.tui.screens.setup import SetUpScreen

        self.app.push_screen(SetUpScreen(SetUpEditing(self.desk.tools, found)))

    def action_edit(self) -> None:
        """Open the chosen set-up, to change it or to begin with it."""
        chosen = self._found.get(self.chosen)
        if chosen is not None:
            self._open(chosen)

    def action_remove(self) -> None:
        """Take the chosen set-up away."""
        chosen = self._found.get(self.chosen)
        if chosen is None:
            return
        self._removed.append(drop_set_up(self.desk.tools, chosen.setup.id))
        self._draw_again()
        name = one_line(chosen.setup.name)
        self.tell(f'"{name}" is taken away. What was assessed with it stays. Ctrl+Z brings it back.')

    def _draw_again(self) -> None:
        """Draw after the list has changed; the words in the field stay."""
        present = self.query_one(Asker).present()
        self.draw()
        if self._new_team:
            self._ask_name(self._new_team, present["name"])
        else:
            self._ask_team(present["team"])
        self.draw_keys()

    def action_undo(self) -> None:
        """Bring back the set-up that was taken away last."""
        if not self._removed:
            self.tell("Nothing to undo.")
            return
        found = keep_set_up(self.desk.tools, self._removed[-1].team, self._removed[-1].setup)
        self._removed.pop()
        self._draw_again()
        self.tell(f'"{one_line(found.setup.name)}" is back.')
