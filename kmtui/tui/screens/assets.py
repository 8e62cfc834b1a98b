"""The knowledge assets: pages on a subject, with when somebody last looked at each; begin one, open one, delete one."""

from __future__ import annotations

from textual.content import Content

from kmtui.model.asset import Asset
from kmtui.report.asset_parts import asset_counts, looked_ago
from kmtui.text import one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.asset import AssetScreen
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.assets import bring_back, create, delete

_NONE = "No page yet. Type a subject and press Enter: lessons, good practice and whom to ask are collected on it."


class AssetsScreen(KeepingScreen, ListedScreen):
    """Enter in the empty field opens the chosen page; a subject typed there begins a new one."""

    KEYS = ("leave", "remove", "undo", "bundle")
    BINDINGS = bindings("remove", "undo", "bundle")

    def __init__(self) -> None:
        super().__init__()
        self._found: dict[str, Asset] = {}
        self._deleted: list[Asset] = []

    def arrive(self) -> None:
        """Begin with the subject that was left in the field."""
        super().arrive()
        self._ask(self.left().get("title", ""))

    def _ask(self, text: str = "") -> None:
        label = "New page: on which subject?" if self._found else "A page on which subject?"
        hint = "Enter opens the chosen one" if self._found else "Moving a ward"
        self.query_one(Asker).ask((Question("title", label, hint),), {"title": text})

    def draw(self) -> None:
        """Show the pages in order of the alphabet."""
        self._found = {each.id: each for each in self.desk.tools.store.assets.all()}
        super().draw()
        self.show_rows([Row(each.id, self._shown(each)) for each in self._found.values()])
        self.head("Knowledge assets", f"{len(self._found)}" if self._found else "")
        self.tell("" if self._found else _NONE)

    def resumed(self) -> None:
        """Draw again, with what the field asks for: a first page may have come meanwhile."""
        super().resumed()
        if self.query_one(Asker).question is not None:
            self._ask(self.query_one(Asker).field.text)

    def _shown(self, asset: Asset) -> Content:
        beside = f"{asset_counts(asset)} · {looked_ago(asset, self.desk.tools.today())}"
        return parts(shortened(asset.title, 120), (f"\n  {beside}", "not bold $muted"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done: nothing to delete where there is no page, nor to bring back."""
        if action in ("remove", "bundle"):
            return bool(self._found)
        return bool(self._deleted) if action == "undo" else super().check_action(action, parameters)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Open the chosen page, or begin a new one."""
        title = event.values["title"]
        self._ask(title)  # what cannot be taken stays in the field
        if title.strip():
            made = create(self.desk.tools, title)
            self._ask()
            self.keep_typed()
            self.app.push_screen(AssetScreen(made.id))
        elif self.chosen in self._found:
            self.app.push_screen(AssetScreen(self.chosen))

    def action_bundle(self) -> None:
        """Write the chosen page with its lessons into a file for another kmtui."""
        from kmtui.tui.screens.bundle import WriteBundleScreen

        if self.chosen in self._found:
            self.app.push_screen(WriteBundleScreen((self.chosen,)))

    def action_remove(self) -> None:
        """Delete the chosen page."""
        if self.chosen not in self._found:
            return
        gone = delete(self.desk.tools, self.chosen)
        self._deleted.append(gone)
        self._again(
            f'"{shortened(gone.title, 40)}" is deleted; what it links to stays. '
            f"{key_for(self, 'undo')} brings it back while this list is open."
        )

    def action_undo(self) -> None:
        """Bring back the page that was deleted last."""
        if not self._deleted:
            self.tell("Nothing to undo.")
            return
        bring_back(self.desk.tools, self._deleted[-1])
        self._again(f'"{one_line(self._deleted.pop().title)}" is back.')

    def _again(self, told: str) -> None:
        text = self.query_one(Asker).field.text
        self.draw()
        self._ask(text)
        self.draw_keys()
        self.tell(told)
