"""Bundles: writing what was chosen into one file for another kmtui, and what came of taking one in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from kmtui.model.bundle import Bundle, Merged
from kmtui.model.errors import WrongInput
from kmtui.report.words import capitalised, counted, listed
from kmtui.text import one_line
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import words
from kmtui.tui.screens.found import FoundForm
from kmtui.tui.screens.outcome import POINTED_OUT, OutcomeScreen, Section
from kmtui.tui.screens.working import Progress, WorkingScreen
from kmtui.tui.widgets.asker import Question
from kmtui.workspace.bundles import bundle_of, bundle_text, merge, read_file
from kmtui.workspace.confiding import FoundIn, bundle_without, in_bundle, kept_in
from kmtui.workspace.sharing import free_file, write_text
from kmtui.workspace.taking import names_of


class WriteBundleScreen(FoundForm):
    """Asks where to, and writes. Names of people and private entries are left out unless somebody puts them in."""

    HEADING = "Write a bundle"
    HINT = "Enter writes the file."
    QUESTIONS = (Question("path", "Write it to", "", required=True, kept=False),)
    KEYS = ("leave", "names", "private", "replace-all")
    BINDINGS = bindings("names", "private")

    def __init__(self, ids: Sequence[str]) -> None:
        """`ids` are of records, lessons and knowledge assets."""
        super().__init__()
        self._ids = tuple(ids)
        self._names = False
        self._private = False
        self._bundle: Bundle | None = None

    def about(self) -> tuple[str, ...]:
        """Return what will be written."""
        names = "are in it" if self._names else "are left out; owners stand as typed"
        private = "are in it" if self._private else "are left out"
        return (
            *self.told_of_found(),
            f"{capitalised(_contents(self._made()))}, with what belongs to them.",
            f"Names of people {names}. {key_for(self, 'names')} changes that.",
            f"Private entries {private}. {key_for(self, 'private')} changes that.",
        )

    def _made(self) -> Bundle:
        if self._bundle is None:
            tools, how = self.desk.tools, {"with_names": self._names, "with_private": self._private}
            self._bundle = bundle_of(tools, self._ids, **how)
        return self._bundle

    def look(self) -> tuple[FoundIn, ...]:
        """Return what is found in the bundle."""
        return in_bundle(self._made())

    def values(self) -> dict[str, str]:
        """Return a file that is not there yet."""
        return {"path": str(free_file(self.desk.exports, (self.desk.tools.today().isoformat(), "bundle"), ".json"))}

    def take(self, values: dict[str, str]) -> None:
        """Write the file."""
        path = Path(values["path"].strip()).expanduser()
        made = bundle_without(self._made(), self.replacing(self._found))
        write_text(self.desk.tools, path, bundle_text(made))
        self.back_with(f"Written to {path}")

    def action_names(self) -> None:
        """Put names in, or leave them out."""
        self._names = not self._names
        self._again()

    def action_private(self) -> None:
        """Put private entries in, or leave them out."""
        self._private = not self._private
        self._again()

    def _again(self) -> None:
        self._bundle = None
        self.look_again()
        self.draw()


def _contents(bundle: Bundle) -> str:
    """Return in words how much is in a bundle."""
    found = (
        (len(bundle.records), "record", "records"),
        (len(bundle.lessons), "lesson", "lessons"),
        (len(bundle.assets), "knowledge asset", "knowledge assets"),
    )
    return listed([counted(count, one, more) for count, one, more in found if count])


class MergeScreen(WorkingScreen):
    """Takes a bundle in, in a thread, and then shows what came of it."""

    CSS = "#sum { height: 1fr; padding: 0 1; }"

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def compose_body(self) -> ComposeResult:
        """Show what is done."""
        yield Static(id="sum", markup=False)

    def arrive(self) -> None:
        """Begin."""
        super().arrive()
        self.query_one("#sum", Static).update(words(f"From {one_line(self._path.name)}"))
        self.work("Taking in", self._merge, self._merged)

    def draw(self) -> None:
        """Show the heading."""
        super().draw()
        self.head("Take in a bundle")

    def _merge(self, _: Progress) -> tuple[Merged, list[Section]]:
        tools, bundle = self.desk.tools, read_file(self._path)
        if bundle is None:
            raise WrongInput(f"{self._path} is no bundle of kmtui any more.")
        merged = merge(tools, bundle)
        names = names_of(tools, {*merged.new, *merged.joined})
        return merged, [*sections_of(merged, names), (POINTED_OUT, kept_in(bundle))]

    def _merged(self, done: tuple[Merged, list[Section]]) -> None:
        merged, sections = done
        self.app.switch_screen(OutcomeScreen("Bundle taken in", total_of(merged), sections))


def total_of(merged: Merged) -> str:
    """Return in a line what came of a bundle."""
    counts = f"{len(merged.new):,} new, {len(merged.joined):,} joined, {merged.same:,} here already."
    failed = f" {len(merged.failed):,} could not be taken in." if merged.failed else ""
    return counts + failed


def sections_of(merged: Merged, names: dict[str, str]) -> list[Section]:
    """Return every sentence about a bundle: what could not be taken in first, then where both sides differ."""
    return [
        ("Could not be taken in", merged.failed),
        ("Different on both sides; both are kept", merged.conflicts),
        ("New", [one_line(names.get(each, each)) for each in merged.new]),
        ("Joined with what was here", [one_line(names.get(each, each)) for each in merged.joined]),
    ]
