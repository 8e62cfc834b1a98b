"""What the conversations about a session and about an assessment share around their questions: beginning and end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Protocol

from kmtui.model.errors import StoreError, WrongInput
from kmtui.plain.forms import about_fields, filled
from kmtui.plain.found import to_replace
from kmtui.plain.prompts import Prompter
from kmtui.plain.reports import format_of, report_path
from kmtui.plain.talk import Talk
from kmtui.plain.words import Command
from kmtui.store.protocol import Kept
from kmtui.workspace.confiding import export_without, in_export
from kmtui.workspace.desk import Desk
from kmtui.workspace.opened import Opened
from kmtui.workspace.sharing import Format, default_export, export, write_text
from kmtui.workspace.start import Start


class Whole(Protocol):
    """A record that can be said what it is about, and opened again."""

    @property
    def about(self) -> Callable[..., None]:
        """Change what the record is about; the names are those of `kmtui.plain.forms.about_fields`."""
        ...

    def reopen(self) -> None:
        """Open it again after its end."""
        ...

    def go(self, place: str, /) -> None:
        """Go to a place of it."""
        ...


class RecordTalk(Talk[Kept]):
    """A conversation about one open record, which asks first what is missing and ends with the report."""

    about_names: Sequence[str] = ("title", "team", "people")

    def __init__(
        self,
        prompter: Prompter,
        desk: Desk,
        opened: Opened[Kept],
        whole: Whole,
        *,
        resume: Callable[[str], str],
        export_to: Path | None,
    ) -> None:
        """`opened` and `whole` are the same open record."""
        Talk.__init__(self, prompter, desk, opened, resume=resume, export_to=export_to)  # super() confuses mypy here
        self.asks_first: tuple[str, ...] = ()
        self._whole = whole

    def begin(self, start: Start, names: Sequence[str]) -> None:
        """Run from the beginning; ask first for what of `names` the start does not say. Raises as `run`."""
        self.asks_first = tuple(name for name in names if not getattr(start, name))
        self.run()

    def here_again(self) -> None:
        """Give help on this record again, after a conversation about another one within it."""
        self.prompter.help = self._help
        self.prompter.typed = self._keep_draft

    def _open(self) -> None:
        """Ask what is to be asked first, and open a finished record again."""
        if self.asks_first:
            self._ask_about(self.asks_first)
        if self._opened.record.finished:
            self.moved(self._whole.reopen)
            self.say("This was finished, and is open again.")

    def _places(self) -> dict[str, str]:
        """Return what `go` knows: what is typed, and the place that it means."""
        raise NotImplementedError

    def _go(self, command: Command) -> None:
        self.moved(lambda: self._whole.go(self._places()[command.words]))

    def _lead_back(self, command: Command) -> None:
        """Open the record again and follow a command that was typed after its end."""
        if self._opened.record.finished:
            self.moved(self._whole.reopen)
        if command.word == "go":
            self._go(command)

    def _change_about(self) -> None:
        self._ask_about(self.about_names)

    def _ask_about(self, names: Sequence[str]) -> None:
        fields, values = about_fields(self._opened.record)
        before = dict(values)
        try:
            filled(self, "", [field for field in fields if field.name in names], before, values)
        finally:
            if values != before:
                self.change("about", lambda: self._whole.about(**values), told=False)

    # The report

    def _write_report(self) -> None:
        self.write_to(self._export_to or default_export(self.desk.exports, self._opened.record, "markdown"))

    def write_to(self, path: Path, form: Format = "markdown") -> bool:
        """Write a report and say so; return False after saying why it could not be written."""
        tools, record = self.desk.tools, self._opened.record
        which = to_replace(self.prompter, in_export(tools, record, form), self.prompter.ask)
        try:
            write_text(tools, path, export_without(tools, record, form, which))
        except StoreError as error:
            self.prompter.error(str(error))
            return False
        self.say(f"Written: {path}")
        return True

    def offer_report(self, places: Collection[str] = (), words: Collection[str] = ()) -> Command | None:
        """Offer to write the report; return a command that leads back into the record, or None when all is done.

        `words` are what else can be typed here; they come back as commands.

        Raises:
            StoreError: from a pipe, where nobody is there to name another place.
        """
        if self._export_to is not None:
            tools, record = self.desk.tools, self._opened.record
            to_replace(self.prompter, in_export(tools, record, "markdown"))
            export(tools, record, "markdown", self._export_to)
            self.say(f"Written: {self._export_to}")
            return None
        while True:
            path = default_export(self.desk.exports, self._opened.record, "markdown")
            self.say(f"The report can be shared as Markdown: {path}")
            answer = self.asked("export", "Enter writes it, no leaves it, or type a path that ends in .md:", places)
            if isinstance(answer, Command):
                if answer.word in ("back", "go") or (answer.word == "again" and not self._opened.record.finished):
                    return answer
                if answer.word == "skip":
                    return None
                if answer.word != "again":
                    self.unknown("export", answer)
            elif answer.lower() in words:
                return Command(word=answer.lower())
            else:
                try:
                    target = report_path(answer, path)
                except WrongInput as error:
                    self.prompter.wrong("export", str(error))
                    continue
                if target is None or self.write_to(target, format_of(target)):
                    return None
                if not self.prompter.terminal:
                    raise StoreError(f"The report was not written. The record is kept: {self._opened.record.id}")
