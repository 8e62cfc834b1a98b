"""Care of the files: examining all of them, putting right what can be, backups made and put back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from kmtui.model.backup import BackupLine, Restored
from kmtui.model.base import in_words
from kmtui.model.session import number_in_words
from kmtui.report.words import capitalised, counted
from kmtui.store.protocol import Problem
from kmtui.text import one_line
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.screens.outcome import OutcomeScreen
from kmtui.tui.screens.working import Progress, StoppedEarly, WorkingScreen
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.care import back_up, backups, examine, put_back, repair

KEPT_ASIDE = "What was replaced lies in the folder quarantine."

_LEAVE, _BACK, _ALL = "leave", "back", "all"


class CareScreen(WorkingScreen):
    """Lists what is wrong with the files once they were examined, and the backups there are."""

    KEYS = ("repair", "examine", "back-up", "leave")
    BINDINGS = bindings("examine", "repair", "back-up")

    def __init__(self) -> None:
        super().__init__()
        self._problems: list[Problem] | None = None  # None while nobody has looked
        self._backups: list[BackupLine] = []

    def compose_body(self) -> ComposeResult:
        """Show the list."""
        yield Rows(id="care", focusable=True)

    def arrive(self) -> None:
        """Draw, and say what can be done."""
        super().arrive()
        self.tell("Enter does what a line says. A backup is made by itself on each day of use.")

    def draw(self) -> None:
        """Show problems and backups."""
        self._backups = backups(self.desk.tools)
        super().draw()
        self.head("Care of the files")
        rows = self.query_one(Rows)
        rows.show([*self._problem_rows(), *self._backup_rows()], rows.chosen)
        rows.focus()

    def _problem_rows(self) -> list[Row]:
        state = "nobody has looked yet" if self._problems is None else _found_words(self._problems)
        rows = [Row("examine", parts("Examine all files", (f"  {state}", "$muted")))]
        for number, each in enumerate(self._problems or ()):
            rows.append(Row(f"problem:{number}", _problem(each, self.desk.tools.store.place)))
        return rows

    def _backup_rows(self) -> list[Row]:
        rows = [Row("", words("Backups"), heading=True), Row("back-up", words("Make a backup now"))]
        return rows + [Row(f"backup:{each.name}", _backup(each)) for each in self._backups]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to put right only what can be."""
        if action == "repair":
            return any(each.repairable for each in self._problems or ())
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_choose(self.query_one(Rows).chosen or "")

    def action_choose(self, row: str) -> None:
        """Do what a line says."""
        kind, _, name = row.partition(":")
        if kind == "examine":
            self.action_examine()
        elif kind == "back-up":
            self.action_back_up()
        elif kind == "problem" and self._problems is not None:
            self._repair_one(self._problems[int(name)])
        elif kind == "backup":
            self._ask(next(each for each in self._backups if each.name == name))

    # Examining

    def action_examine(self) -> None:
        """Look through every file."""
        self.work("Examining", self._examine, self._examined)

    def _examine(self, progress: Progress) -> list[Problem]:
        def go_on(done: int, total: int) -> None:
            if not progress(done, total):
                raise StoppedEarly

        return examine(self.desk.tools, go_on)

    def _examined(self, problems: list[Problem]) -> None:
        self._problems = problems
        self.draw()
        can = sum(each.repairable for each in problems)
        if not problems:
            self.tell("All files are well.")
        elif can:
            self.tell(f"{key_for(self, 'repair')} puts right what can be; Enter does it for one line.")
        else:
            self.tell("Nothing of it can be put right here. Each line says what else can be done.")

    def action_repair(self) -> None:
        """Put right all that can be."""
        self._repair([each for each in self._problems or () if each.repairable])

    def _repair_one(self, problem: Problem) -> None:
        if problem.repairable:
            self._repair([problem])
        else:
            self.tell(problem.problem, error=True)

    def _repair(self, asked: list[Problem]) -> None:
        self.work("Putting right", lambda _: repair(self.desk.tools, asked), partial(self._repaired, asked))

    def _repaired(self, asked: list[Problem], left: list[Problem]) -> None:
        known = {(each.file, each.kind) for each in asked}
        rest = [each for each in self._problems or () if (each.file, each.kind) not in known]
        self._problems = [*left, *rest]
        self.draw()
        self.tell(f"{len(asked) - len(left)} of {len(asked)} put right. {KEPT_ASIDE}", error=bool(left))

    # Backups

    def action_back_up(self) -> None:
        """Make a backup now."""
        self.work("Backing up", partial(back_up, self.desk.tools), self._backed_up)

    def _backed_up(self, path: Path | None) -> None:
        self.draw()
        self.tell("No backup was made: it was stopped." if path is None else f"Backed up: {path}")

    def _ask(self, line: BackupLine) -> None:
        """Ask what of a backup is put back."""
        if not line.readable:
            self.tell("This backup cannot be read: it is cut off or damaged.", error=True)
            return
        places = [
            (_LEAVE, "Leave everything as it is", ""),
            (_BACK, "Put it back", "what was deleted here stays deleted"),
            (_ALL, "Put back also what was deleted here", ""),
        ]
        told = "What is here is backed up before. What is replaced lies in the folder quarantine."
        heading = f"Put back the backup of {_when(line)}?"
        self.app.push_screen(ChooseScreen(heading, places, _LEAVE, partial(self._put_back, line.name), told))

    def _put_back(self, name: str, chosen: str) -> None:
        if chosen == _LEAVE:
            self.tell("Everything is as it was.")
            return

        def does(progress: Progress) -> Restored:
            return put_back(self.desk.tools, Path(name), deleted=chosen == _ALL, progress=progress)

        self.work("Putting back", does, self._were_put_back)

    def _were_put_back(self, done: Restored) -> None:
        self._problems = None
        self.draw()
        stopped = " It was stopped before its end." if done.stopped else ""
        total = f"{len(done.restored):,} put back, {done.same:,} were here as they are in it.{stopped}"
        refused = [f"{each.file}: {each.why}" for each in done.refused]
        before = [f"What was here before is in the backup {done.backup}."] if done.backup else []
        sections = [
            ("Not put back", refused),
            ("Before that", before),
            ("Put back", done.restored),
            ("What was replaced is kept in", done.kept_aside),
        ]
        self.app.push_screen(OutcomeScreen("A backup was put back", total, sections))


def _found_words(problems: list[Problem]) -> str:
    can = sum(each.repairable for each in problems)
    if not problems:
        return "all are well"
    there = counted(len(problems), "problem", "problems")
    return f"{there}, {number_in_words(can) if can else 'none'} can be put right"


def _problem(problem: Problem, place: str) -> Content:
    sign = "joins it" if problem.kind == "copy" else "puts it right"
    can = (f" Enter {sign}.", "bold") if problem.repairable else ""
    return parts((f"  {one_line(problem.file) or place}", "$warning"), f"\n    {one_line(problem.problem)}", can)


def _when(line: BackupLine) -> str:
    when = line.when.astimezone()
    return f"{in_words(when.date())}, {when:%H:%M}"


def _backup(line: BackupLine) -> Content:
    size = f"{line.size / 1_000_000:.1f} MB" if line.size >= 1_000_000 else f"{max(line.size // 1000, 1)} kB"
    if not line.readable:
        return parts(f"  {_when(line)}", ("  cannot be read", "$warning"))
    return parts(f"  {_when(line)}", (f"  {capitalised(counted(line.files, 'file', 'files'))}, {size}", "$muted"))
