"""One knowledge asset: what stands on the page as it is now; adding to it, taking away, saying that it is right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from kmtui.model.asset import Asset, Contact
from kmtui.model.asset_page import AssetPage
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import LessonLine
from kmtui.report.asset_parts import looked_words, practice_where, since_words
from kmtui.report.words import capitalised, counted
from kmtui.text import one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import lines, parts
from kmtui.tui.screens.asset_rows import CONTACT, LESSON, OFFERED, PRACTICE, asset_rows
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.unanswered import Form
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.asset_links import place_of
from kmtui.workspace.assets import AssetChange, change, page, put_as_it_was, suggestions

_FORMS: dict[str, tuple[Question, ...]] = {
    "title": (
        Question("title", "The subject of the page", "Moving a ward", required=True),
        Question("about", "What is it for, and where does it hold?", "For everyone who plans a move. Or Enter"),
    ),
    "contact": (
        Question("role", "Who can be asked?", "A role: bed manager", required=True),
        Question("about", "What about?", "The order of beds. Or Enter"),
    ),
    "looked": (Question("role", "Still right. Who looked?", "A role: knowledge manager. Or Enter"),),
}
_FORM_KEYS = ("next", "back")
_PAGE_KEYS = (
    "add-lesson", "take-lesson", "add-practice", "add-contact", "page-title", "looked", "remove", "export", "undo",
)  # fmt: skip


class AssetScreen(KeepingScreen):
    """Shows a page. A form stands below it while something is asked; what is half typed there is kept."""

    KEYS = ("next", "add-lesson", "looked", "leave")
    BINDINGS = bindings(*_PAGE_KEYS, *_FORM_KEYS)
    CSS = """
    #about { height: auto; max-height: 5; padding: 0 1; }
    AssetScreen.-low #about { max-height: 3; }
    #asker { display: none; }
    """

    class Read(Message):
        """The page was read, or could not be; `found` with the lessons that may belong on it."""

        def __init__(self, found: AssetPage | None, offered: Sequence[LessonLine] = (), trouble: str = "") -> None:
            super().__init__()
            self.found = found
            self.offered = offered
            self.trouble = trouble

    def __init__(self, asset_id: str) -> None:
        super().__init__()
        self._asset_id = asset_id
        self._page: AssetPage | None = None
        self._offered: tuple[LessonLine, ...] = ()
        self._asked = ""  # what the form below is for
        self._stood: dict[str, str] = {}  # what stood in it at first
        self._role = ""  # who looked the last time
        self._undo: list[tuple[Asset, Asset]] = []

    def compose_body(self) -> ComposeResult:
        """Show what the page is about, what stands on it, and the form."""
        yield Static(id="about", markup=False)
        yield Rows(id="rows", focusable=True)
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Draw the frame, and read."""
        super().arrive()
        self.query_one(Rows).focus()
        self.tell(f"Enter opens a lesson. {key_for(self, 'help')} lists what can be done.")

    def draw(self) -> None:
        """Show the heading, and read the page in a thread: lessons are looked for that may belong on it."""
        super().draw()
        self.head("A knowledge asset")
        self.run_worker(self._read, name="read", group="read", thread=True, exclusive=True)

    def _read(self) -> None:
        tools = self.desk.tools
        try:
            found = page(tools, self._asset_id)
            message = self.Read(found, suggestions(tools, found.asset))
        except KmtuiError as error:
            message = self.Read(None, trouble=str(error))
        self.post_message(message)

    def on_asset_screen_read(self, event: Read) -> None:
        """Show the page."""
        if event.found is None:
            self.tell(event.trouble, error=True)
            return
        self._page, self._offered = event.found, tuple(event.offered)
        asset = event.found.asset
        self.head(asset.title)
        state = " ".join(each for each in (looked_words(asset), since_words(event.found, which=False)) if each)
        about = [parts(shortened(asset.about, 300))] if one_line(asset.about) else []
        add = key_for(self, "add-lesson")
        rows = asset_rows(event.found, self._offered, f"{key_for(self, 'take-lesson')} adds one")
        nothing = [] if rows else [parts(f"Nothing stands on it yet. {add} finds lessons for it.")]
        self.query_one("#about", Static).update(lines(parts((state, "$muted")), *about, *nothing))
        shown = self.query_one(Rows)
        shown.show(rows, shown.chosen)
        self.draw_keys()

    @property
    def _here(self) -> AssetPage:
        """The page. Raises WrongInput while it is not read yet."""
        if self._page is None:
            raise WrongInput("The page is not read yet.")
        return self._page

    @property
    def _chosen(self) -> str:
        return self.query_one(Rows).chosen or ""

    # Changing

    def _change(self, wanted: AssetChange, told: str, *, seen: bool = False) -> None:
        """Change the page, remember how it was, and tell. With `seen` nobody else may have changed it meanwhile."""
        tools = self.desk.tools
        before = self._here.asset if seen else page(tools, self._asset_id).asset
        after = change(tools, self._asset_id, wanted, before=before)
        if after == before:
            self.tell("That stands on the page already.")
            return
        self._undo.append((before, after))
        self.draw()
        self.tell(f"Saved. {told}")

    def _try(self, act: Callable[[], None]) -> None:
        """Do what another screen came back with, and tell an error here."""
        try:
            act()
        except KmtuiError as error:
            self.tell(str(error), error=True)

    def action_add_lesson(self) -> None:
        """Find lessons, and add them."""
        from kmtui.tui.screens.adding_lessons import AddLessonsScreen

        self.app.push_screen(AddLessonsScreen(self._add))

    def action_take_lesson(self) -> None:
        """Add the chosen one of the lessons that may belong here, or the first of them."""
        chosen = (each for each in self._offered if f"{OFFERED}{each.id}" == self._chosen)
        self._add((next(chosen, self._offered[0]),))

    def _add(self, found: tuple[LessonLine, ...]) -> None:
        told = f"{capitalised(counted(len(found), 'lesson', 'lessons'))} added."
        self._try(lambda: self._change(AssetChange(lessons=tuple(each.id for each in found)), told))

    def action_add_practice(self) -> None:
        """Choose an example that a team keeps as good practice."""
        from kmtui.tui.screens.choose import ChooseScreen

        here = {place_of(each.line) for each in self._here.practices}
        found = [each for each in self.desk.tools.store.practices() if place_of(each) not in here]
        if not found:
            raise WrongInput(
                "No other good practice is kept. It is an example in an assessment, with a role to ask about it."
            )
        places = [
            (f"{number}", f"{one_line(each.criterion_name)}: {shortened(each.example, 120)}", practice_where(each))
            for number, each in enumerate(found)
        ]

        def add(number: str) -> None:
            self._change(AssetChange(practices=(place_of(found[int(number)]),)), "The example is added.")

        self.app.push_screen(ChooseScreen("Which good practice?", places, "", add, "Enter adds it to the page."))

    def action_remove(self) -> None:
        """Take the chosen line from the page. What it is linked to stays."""
        chosen, kept = self._chosen, self._here
        undo = f"{key_for(self, 'undo')} brings it back."
        if chosen.startswith(LESSON):
            wanted = AssetChange(without_lessons=(chosen.removeprefix(LESSON),))
            self._change(wanted, f"The lesson is off the page, and stays in the register. {undo}")
        elif chosen.startswith(PRACTICE):
            practice = kept.practices[int(chosen.removeprefix(PRACTICE))].line
            self._change(AssetChange(without_practices=(place_of(practice),)), f"The example is off the page. {undo}")
        elif chosen.startswith(CONTACT):
            contact = kept.asset.contacts[int(chosen.removeprefix(CONTACT))]
            self._change(AssetChange(without_contacts=(contact,)), f"The contact is off the page. {undo}")
        else:
            self.tell("Choose a line of the page first.")

    def action_undo(self) -> None:
        """Take the last change back."""
        put_as_it_was(self.desk.tools, *self._undo[-1])
        self._undo.pop()
        self.draw()
        self.tell("Saved. It is as it was before.")

    def action_export(self) -> None:
        """Write the page to a file."""
        from kmtui.tui.screens.texts import WriteScreen
        from kmtui.workspace.asset_export import asset_file, asset_text

        tools = self.desk.tools
        path = asset_file(self.desk.exports, tools, self._asset_id)
        self.app.push_screen(WriteScreen("Export the page", asset_text(tools, self._asset_id), path))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, _, lesson = self._chosen.partition(":")
        if f"{kind}:" in (LESSON, OFFERED) and self._has_line(lesson):
            from kmtui.tui.screens.lesson import LessonScreen

            self.app.push_screen(LessonScreen(lesson))
        elif kind:
            self.tell(f"{key_for(self, 'remove')} takes it from the page.")

    def _has_line(self, lesson: str) -> bool:
        shown = (each.id for each in self._here.lessons if each.line is not None)
        return lesson in {*shown, *(each.id for each in self._offered)}

    # Asking

    @property
    def form(self) -> Form:
        """Under what half-typed words are kept: of each page, what is asked."""
        return f"AssetScreen {self._asset_id} {self._asked}"

    def typed(self) -> dict[str, str]:
        """Return what was typed and not entered."""
        present = self.query_one(Asker).present() if self._asked else {}
        return {} if present == self._stood else present

    def _ask(self, asked: str, **stands: str) -> None:
        """Open a form below the page, with what was typed there before and not entered."""
        self._asked = asked
        questions = _FORMS[asked]
        self._stood = {each.id: stands.get(each.id, "") for each in questions}
        left = self.left()
        self.query_one(Asker).ask(questions, {**self._stood, **left}, resume=bool(left))
        self.tell("Esc goes back to the page.")
        self.draw_keys()

    def _close(self) -> None:
        self._asked = ""
        self.query_one(Asker).ask(())
        self.query_one(Rows).focus()
        self.draw_keys()

    def action_page_title(self) -> None:
        """Change the title, and what the page is about."""
        asset = self._here.asset
        self._ask("title", title=asset.title, about=asset.about)

    def action_add_contact(self) -> None:
        """Add a role that may be asked."""
        self._ask("contact")

    def action_looked(self) -> None:
        """Say that somebody looked at the page, and it is still right."""
        self._ask("looked", role=self._role or one_line(self._here.asset.looked_by))

    def on_asker_refused(self, event: Asker.Refused) -> None:
        """Say why what was typed cannot be taken; it is still in the field."""
        self.tell(event.words, error=True)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Keep what was said, or say why that cannot be, with the words still in the form."""
        asker, form = self.query_one(Asker), self.form
        try:
            self._take(event.values)
        except KmtuiError as error:
            asker.restore(event.values)
            asker.display = True
            self.draw()
            self.tell(str(error), error=True)
            return
        self.kmtui.unanswered.pop(form, None)
        self._close()
        self.kmtui.unanswered.save()

    def _take(self, given: dict[str, str]) -> None:
        """Put on disk what a form says. Raises WrongInput, StoreError."""
        if self._asked == "title":
            self._change(AssetChange(title=given["title"], about=given["about"]), "The page is changed.", seen=True)
        elif self._asked == "contact":
            contact = Contact(role=given["role"], about=given["about"])
            self._change(AssetChange(contacts=(contact,)), "The contact is added.")
        else:
            self._role = given["role"]
            self._change(AssetChange(looked_by=given["role"]), "The page is still right today.")

    def action_next(self) -> None:
        """Take the form as it stands."""
        asker = self.query_one(Asker)
        if (refusal := asker.refusal()) is not None:
            self.tell(refusal, error=True)
        else:
            self.on_asker_answered(Asker.Answered(dict(asker.present()), None))

    def action_back(self) -> None:
        """Go to the question before."""
        if not self.query_one(Asker).back():
            self.tell("This is the first question. Esc goes back to the page.")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what belongs to the form while one is open, and else what can be done with the page."""
        if action in _FORM_KEYS:
            return bool(self._asked)
        if action.replace("_", "-") in _PAGE_KEYS:
            there = {"undo": bool(self._undo), "take_lesson": bool(self._offered)}
            return not self._asked and self._page is not None and there.get(action, True)
        return super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Scroll the page with Page Up and Page Down while a form is open."""
        if self._asked:
            self.scroll_by_page(event.key, self.query_one(Rows))

    def action_leave(self) -> None:
        """Leave the form if one is open, with what was typed kept; else go back."""
        if not self._asked:
            super().action_leave()
            return
        kept = bool(self.typed())
        self.keep_typed()
        self._close()
        self.tell("The words come back with the same form." if kept else "")
