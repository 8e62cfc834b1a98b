"""Forms that write a file: what may tell who somebody is stands above the field, and each is kept or replaced."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from kmtui.report.words import capitalised, counted
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.begin import FormScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.confiding import FoundIn


class FoundForm(FormScreen):
    """Asks where to, and shows what was found in what is to be written. All is kept unless somebody replaces it."""

    BINDINGS = bindings("replace-all", "choose-next")
    CSS = """
    #about { padding: 0 1; height: 1fr; }
    #found { display: none; height: 1fr; min-height: 2; }
    #about.-above { height: auto; max-height: 30%; }
    #found.-some { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[FoundIn, ...] = ()
        self._wanted: set[str] = set()  # what is replaced, by words and place, which outlast another form

    def compose_body(self) -> ComposeResult:
        """Show the words, what was found, and the form."""
        yield Static(id="about", markup=False)
        yield Rows(id="found", focusable=True)
        yield Asker(id="asker")

    def look(self) -> Sequence[FoundIn]:
        """Return what is found in what would be written now. Screens extend this."""
        return ()

    def replacing(self, found: Sequence[FoundIn]) -> tuple[FoundIn, ...]:
        """Return those of what was found that are to be replaced."""
        return tuple(each for each in found if each.words in self._wanted)

    def arrive(self) -> None:
        """Look first, so that nothing is written unseen."""
        self.look_again()
        super().arrive()

    def look_again(self) -> None:
        """Look at what would be written now, after it has changed."""
        self._found = tuple(self.look())

    def draw(self) -> None:
        """Show what was found, with what becomes of each."""
        super().draw()
        self.query_one("#about").set_class(bool(self._found), "-above")
        shown = self.query_one("#found", Rows)
        shown.set_class(bool(self._found), "-some")
        chosen = shown.highlighted if shown.has_focus else None
        shown.show(Row(str(number), self._row(each)) for number, each in enumerate(self._found))
        shown.highlighted = chosen

    def _row(self, each: FoundIn) -> Content:
        state = "[replaced] " if each.words in self._wanted else "[kept] "
        return parts((state, "bold $warning"), capitalised(each.words))

    def told_of_found(self) -> tuple[str, ...]:
        """Return what can be done about what was found; nothing where nothing was found."""
        if not self._found:
            return ()
        looks = "thing looks" if len(self._found) == 1 else "things look"
        head = capitalised(f"{counted(len(self._found), looks, looks)} like what could identify somebody.")
        return (f"{head} Down, then Space: keep or replace. {key_for(self, 'replace-all')}: all.",)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done to findings only where there are some."""
        if action in ("replace_all", "choose_next"):
            return bool(self._found)
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected, "#found")
    def _entered(self, event: OptionList.OptionSelected) -> None:
        """Write the file with Enter from the list too: what Enter does is the same everywhere on the screen."""
        event.stop()
        self.action_next()

    def _turn(self, each: FoundIn) -> None:
        self._wanted ^= {each.words}
        self.draw()

    def action_replace_all(self) -> None:
        """Replace all that was found; where all is replaced, keep all."""
        every = {each.words for each in self._found}
        self._wanted = set() if every <= self._wanted else every
        self.draw()

    def action_choose_next(self) -> None:
        """Go from the field to what was found."""
        shown = self.query_one("#found", Rows)
        shown.focus()
        shown.highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """Let the space bar turn what is chosen in the list."""
        shown = self.query_one("#found", Rows)
        if shown.has_focus and event.key == "space" and shown.highlighted is not None:
            event.stop()
            self._turn(self._found[shown.highlighted])

    def action_leave(self) -> None:
        """Go from the list to the field, and from there back."""
        shown = self.query_one("#found", Rows)
        if shown.has_focus:
            shown.highlighted = None
            self.query_one(Asker).field.focus()
        else:
            super().action_leave()
