"""The card of a technique: what, when, when not, who, how long, its forms and their steps; to begin, or to hand out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from kmtui.model.base import Level, in_words
from kmtui.model.lines import RecordLine
from kmtui.model.technique import AnyStep, Technique, Variant
from kmtui.report.words import counted
from kmtui.tui.actions import bindings
from kmtui.tui.safe import lines, parts
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.sessions import OpenSession

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp

Begin = Callable[[str | None], OpenSession]
"""Begins a session in a form (a variant) of a technique."""


class CardScreen(BaseScreen):
    """Shows a technique with the steps of the chosen form; Enter begins it in that form.

    With `begin`, where a plan or an action says what it is for, nothing more is asked.
    """

    KEYS = ("leave", "export", "palette")
    BINDINGS = bindings("next", "export")
    CSS = """
    #card { padding: 0 1; height: 1fr; scrollbar-size-vertical: 1; }
    #card Static { height: auto; }
    #forms { height: auto; max-height: 6; border-top: solid $line; }
    """

    def __init__(self, technique: Technique, begin: Begin | None = None) -> None:
        super().__init__()
        self._technique = technique
        self._begin = begin

    def compose_body(self) -> ComposeResult:
        """Show card and forms."""
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="card-text", markup=False)
        yield Rows(id="forms", focusable=True)

    def draw(self) -> None:
        """Show the forms to begin with."""
        super().draw()
        technique = self._technique
        self.head(technique.name)
        forms = [Row(each.id, _form(each)) for each in technique.variants]
        menu = self.query_one(Rows)
        menu.show(forms or [Row("", parts(("Begin", "bold")))], menu.chosen)
        menu.focus()
        self._show_card()

    def _show_card(self) -> None:
        """Show the card with the steps of the chosen form."""
        self.query_one("#card-text", Static).update(card_content(self._technique, self._variant))

    @property
    def _variant(self) -> str | None:
        return self.query_one(Rows).chosen or None

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        self._show_card()

    def on_key(self, event: events.Key) -> None:
        """Scroll the card with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one("#card"))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_next()

    def action_next(self) -> None:
        """Go on to title, team and people, or begin at once where they are known."""
        from kmtui.tui.opening import show_session
        from kmtui.tui.screens.begin import BeginSessionScreen

        begin, variant = self._begin, self._variant
        if begin is None:
            self.app.push_screen(BeginSessionScreen(self._technique, variant))
        else:
            show_session(self.kmtui, lambda: begin(variant))

    def action_export(self) -> None:
        """Write the card to a file, to be handed out."""
        from kmtui.tui.screens.hand_out import HandOutScreen

        self.app.push_screen(HandOutScreen(self._technique))


def start_technique(app: KmtuiApp, technique_id: str, begin: Begin) -> None:
    """Begin a technique for an action: at once, or where it has several forms after one of them was chosen.

    Raises:
        KmtuiError: the technique is not installed, or its session cannot be begun.
    """
    from kmtui.tui.opening import show_session

    technique = app.desk.tools.library.technique(technique_id).value
    if len(technique.variants) > 1:
        app.push_screen(CardScreen(technique, begin))
    else:
        show_session(app, lambda: begin(technique.variants[0].id if technique.variants else None))


def choose_session(app: KmtuiApp, held: Sequence[RecordLine]) -> None:
    """Go to the one session that was held, or choose among several. Raises KmtuiError where it cannot be read."""
    from kmtui.tui.opening import open_record
    from kmtui.tui.screens.choose import ChooseScreen

    if len(held) == 1:
        open_record(app, held[0].id)
        return
    places = [
        (line.id, f"{line.title or line.about_name}, {in_words(line.date)}", counted(line.lessons, "lesson", "lessons"))
        for line in held
    ]
    app.push_screen(
        ChooseScreen("Sessions held for this", places, held[-1].id, lambda chosen: open_record(app, chosen))
    )


def card_content(technique: Technique, variant: str | None = None) -> Content:
    """Return the card as text with headings. The steps are those of a form, of the first one for None."""
    minutes, people = technique.minutes, technique.people
    blocks: list[Content] = [
        parts(technique.about),
        parts(
            ("How long: ", "bold"),
            f"{minutes.least} to {minutes.most} minutes   ",
            ("How many: ", "bold"),
            f"{people.least} to {people.most} people",
        ),
    ]
    for heading, texts in (
        ("When", technique.use_when),
        ("When not", technique.avoid_when),
        ("Who", tuple(f"{role.name}: {role.does}" if role.does else role.name for role in technique.roles)),
        (_steps_heading(technique, variant), tuple(map(_step, technique.as_run(variant).steps))),
        ("Look out for", technique.pitfalls),
        ("Sources", technique.sources),
    ):
        if texts:
            blocks.append(lines(parts((heading, "bold $accent")), *(parts("• ", text) for text in texts)))
    return Content("\n\n").join(blocks)


def _form(variant: Variant) -> Content:
    behind = f"  {_minutes(variant.minutes)}" if variant.minutes else ""
    return parts("Begin: ", (variant.name, "bold"), (behind, "$muted"))


def _steps_heading(technique: Technique, variant: str | None) -> str:
    form = technique.variant(variant)
    return f"Steps: {form.name}" if form is not None and len(technique.variants) > 1 else "Steps"


def _step(step: AnyStep) -> str:
    return f"{step.title} ({_minutes(step.minutes)})" if step.minutes else step.title


def _minutes(minutes: Level) -> str:
    return f"{minutes:g} min"
