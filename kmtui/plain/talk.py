"""What the conversations about a session and about an assessment have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Generic

from kmtui.model.base import Level
from kmtui.model.errors import StoreError, WrongInput
from kmtui.plain.clock import time_in_words, time_running_out
from kmtui.plain.prompts import EndedWithin, InputEnded, Prompter, QuitAsked, Stopped, WrongAnswer
from kmtui.plain.reports import typed_path
from kmtui.plain.words import Command
from kmtui.store.protocol import Kept
from kmtui.text import one_line
from kmtui.workspace.desk import Desk
from kmtui.workspace.opened import SAVED, Opened

AGAIN = Command(word="again")
"""What `asked` returns when the place has changed and the question is to be asked anew."""

_CLOCK_HELP = (
    "time: how much time is left. time pause: stop the clock, and let it run on. time more: one more minute.",
)
COMMON_HELP = (
    "undo, redo: take the last change back, or make it again.",
    "park WORDS: put a matter aside for later. parked: what is parked. unpark 1: take it off the list.",
    "notes: the facilitator's notes. about: change title, team and who takes part.",
    "export: write the report to a file now. save PATH: write a whole copy to a file that ends in .json.",
    "quit: end; everything is kept and can be resumed. ?: this help.",
    "A line that would be a command is typed with a backslash in front: \\back",
)


class Unsaved(StoreError):
    """A conversation has ended, and not all of it is on disk."""


class Talk(Generic[Kept]):
    """A conversation about one open record: asks, saves with every answer, and tells."""

    own_help: Sequence[str] = ()

    def __init__(
        self,
        prompter: Prompter,
        desk: Desk,
        opened: Opened[Kept],
        *,
        resume: Callable[[str], str],
        export_to: Path | None,
    ) -> None:
        """`resume` gives the command that goes on with an id; `export_to` says where the report goes unasked."""
        self.prompter = prompter
        self.say = prompter.say
        self.desk = desk
        self._opened: Opened[Kept] = opened
        self._resume = resume
        self._export_to = export_to
        self._told = SAVED
        self._copy: tuple[Path, Kept] | None = None
        self._warned = ""
        opened.on_change = self._save

    def run(self) -> None:
        """Talk until the record is finished and its report written; the input may end once it is finished.

        Raises:
            InputEnded, QuitAsked, Stopped: the conversation was left before its end; everything is saved.
            WrongAnswer: as above, and the answer came from a pipe.
            StoreError: it could not be saved at last, or can only be read.
        """
        if self._opened.read_only:
            self._opened.close()
            raise StoreError(self._opened.read_only)
        self.prompter.help = self._help
        self.prompter.typed = self._keep_draft
        if self._opened.second:
            self.say("This is open in another window as well. If both change it, what you type here goes into a copy.")
        try:
            self._walk()
        except (InputEnded, QuitAsked, Stopped) as left:
            self._close()
            if self._opened.record.finished:
                if isinstance(left, InputEnded) and not isinstance(left, EndedWithin):
                    return
                raise
            self._say_how_to_go_on("The input ended" if isinstance(left, InputEnded) else "Stopped")
            raise
        except WrongAnswer:
            self._close()
            self._say_how_to_go_on("Stopped at a wrong answer")
            raise
        except BaseException:
            self._close()
            raise
        self._close()

    def _say_how_to_go_on(self, why: str) -> None:
        self.say(f"{why}. Everything is kept. Go on with: {self._resume(self._opened.record.id)}")

    def _walk(self) -> None:
        """Talk from the present place to the end."""
        raise NotImplementedError

    def _help(self) -> Iterable[str]:
        return (*self.own_help, *(_CLOCK_HELP if self._minutes() else ()), *COMMON_HELP)

    def _minutes(self) -> Level:
        """Return the minutes of the present step; 0 where there is no clock."""
        return 0

    def _notes(self) -> Sequence[str]:
        """Return the facilitator's notes on the present place."""
        raise NotImplementedError

    def _list(self, whole: bool) -> None:
        """Show what has been said at this place, or everywhere."""
        raise NotImplementedError

    def _write_report(self) -> None:
        """Write the report to a file."""
        raise NotImplementedError

    def _change_about(self) -> None:
        """Ask for title, team and so on again."""
        raise NotImplementedError

    # Asking

    def asked(self, question: str, words: str, places: Collection[str] = ()) -> str | Command:
        """Ask, deal with the commands that every place knows, and return words or another command."""
        while True:
            self._tell_time()
            place = self._opened.record.place
            answer = self.prompter.ask(question, words, places, unsaved=not self._opened.saved)
            if not isinstance(answer, Command) or not self._common(question, answer):
                return answer
            if self._opened.record.place != place or answer.word in ("undo", "redo", "about"):
                return AGAIN

    def _common(self, question: str, command: Command) -> bool:
        does: dict[str, Callable[[], object]] = {
            "time": self._say_time,
            "time pause": self._pause,
            "time more": self._more_time,
            "parked": lambda: self._numbered(self._opened.record.parked, "Nothing is parked."),
            "park": lambda: self._park(question, command.words),
            "unpark": lambda: self.change(
                question, lambda: self._opened.unpark(command.numbers[0] - 1), "Taken off the parking list."
            ),
            "undo": lambda: self._travel(question, self._opened.undo, "Undone", "There is nothing to undo."),
            "redo": lambda: self._travel(question, self._opened.redo, "Made again", "There is nothing to redo."),
            "list": lambda: self._list(whole=False),
            "list all": lambda: self._list(whole=True),
            "notes": self._say_notes,
            "about": self._change_about,
            "export": self._write_report,
            "save": lambda: self._save_elsewhere(question, command.words),
        }
        found = does.get(command.word)
        if found is None:
            return False
        found()
        return True

    def _park(self, question: str, words: str) -> None:
        decided = self.prompter.decided(question, words)
        if decided is not None:
            self.change(question, lambda: self._opened.park(decided), "Parked.")

    def _keep_draft(self, question: str, words: str) -> None:
        """Put words on disk that are typed and not entered, until it is decided about them."""
        name = self.draft_name(question)
        if name:
            self._opened.draft(name, words)
            self.moved(self._save)
            self._opened.draft(name, "")  # out of the record with the next save, when they are entered

    def draft_name(self, question: str) -> str:
        """Return under what half-typed words of a question are kept, which is the same on the screens."""
        return question if "." in question else ""

    def unknown(self, question: str, command: Command) -> None:
        """Say that a command does nothing at this question."""
        self.prompter.wrong(question, f'"{command.word}" does nothing here. ? lists what can be typed.')

    def numbered(self, question: str, command: Command, count: int) -> int | None:
        """Return the place, from 0, of the item that a command names; the last one where it names none."""
        number = command.numbers[0] if command.numbers else count
        if 1 <= number <= count:
            return number - 1
        self.prompter.wrong(question, f"There is no number {number} here." if count else "Nothing is here yet.")
        return None

    def _numbered(self, items: Iterable[str], nothing: str) -> None:
        lines = [f"{number}. {one_line(item)}" for number, item in enumerate(items, 1)]
        for line in lines or [nothing]:
            self.say(line)

    def _travel(self, question: str, go: Callable[[], str | None], words: str, nothing: str) -> None:
        done: list[str | None] = []
        self.change(question, lambda: done.append(go()), "", told=False)
        if not done or done[0] is None:
            self.say(nothing)
        elif self._opened.saved:
            self.say(f"{self._told}. {words}: {done[0]}.")

    # Saving

    def change(self, question: str, act: Callable[[], object], words: str = "", *, told: bool = True) -> bool:
        """Make a change; say "Saved" once it is on disk, or what is wrong. Return whether it was made."""
        self._told = SAVED
        try:
            act()
        except StoreError as error:
            self._trouble(error)
            return True
        except WrongInput as error:
            self.prompter.wrong(question, str(error))
            return False
        if not self._opened.saved:  # nothing was changed, but an earlier change still waits
            self._try_again()
        elif told:
            self.say(f"{self._told}. {words}".rstrip() if words else f"{self._told}.")
        return True

    def moved(self, act: Callable[[], object]) -> None:
        """Go to another place. Nothing is said of its being saved, unless that fails."""
        try:
            act()
        except StoreError as error:
            self._trouble(error)

    def _save(self) -> None:
        self._told = self._opened.save()
        self._copy = None  # from here on the workspace has more than it

    def _try_again(self) -> None:
        try:
            self._save()
        except StoreError as error:
            self._trouble(error)
        else:
            self.say(f"{self._told}. Everything typed so far is on disk.")

    def _trouble(self, error: StoreError) -> None:
        self.prompter.error(
            f"{error} What you typed is kept here and saved with the next answer as soon as that can be done. "
            "save and a path writes a copy to another place."
        )

    def _save_elsewhere(self, question: str, path: str) -> None:
        try:
            target = typed_path(path)
            self._opened.save_elsewhere(target)
        except (StoreError, WrongInput) as error:
            self.prompter.error(str(error))
            return
        self._copy = (target, self._opened.record)
        self.say(f"A whole copy is in {target}")

    @property
    def _copied(self) -> bool:
        """Whether a copy elsewhere holds the present state."""
        return self._copy is not None and self._copy[1] == self._opened.record

    def _close(self) -> None:
        try:
            told = self._opened.close()
        except StoreError as error:
            raise Unsaved(f"{error} {self._kept_elsewhere()}") from error
        if not self._opened.read_only and not self._opened.saved:
            raise Unsaved(f"The workspace does not have all that was typed. {self._kept_elsewhere()}")
        if told != SAVED:
            self.say(f"{told}.")

    def _kept_elsewhere(self) -> str:
        if self._copy is None:
            return "The rest is not kept."
        what = "All of it" if self._copied else "All but what was changed after that copy was made"
        return f"{what} is in {self._copy[0]}, which kmtui import takes in."

    def settle(self, question: str) -> None:
        """Before the end: while something is not saved, offer to try again or to write it somewhere else."""
        while not self._opened.saved:
            self.moved(self._save)
            if self._opened.saved:
                self.say("Saved. Everything typed so far is on disk.")
                return
            if self._copied:
                return
            answer = self.asked(question, "Not saved yet. save and a path writes a copy; Enter tries again:")
            if isinstance(answer, Command):
                self.unknown(question, answer)

    # Clock, notes, report

    def _tell_time(self) -> None:
        minutes, place = self._minutes(), self._opened.record.place
        if self._warned != place and (words := time_running_out(self._opened, minutes)):
            self._warned = place
            self.say(words)

    def _say_time(self) -> None:
        for line in time_in_words(self._opened, self._minutes()):
            self.say(line)

    def _pause(self) -> None:
        self.say(
            "The clock runs." if self._opened.pause_or_resume() else "The clock is paused. time pause: it runs on."
        )

    def _more_time(self) -> None:
        self._opened.extend(1)
        self._warned = ""
        self._say_time()

    def _say_notes(self) -> None:
        for line in self._notes() or ("There are no notes for this.",):
            self.say(f"- {one_line(line)}")
