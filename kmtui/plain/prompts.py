"""Questions and answers over a text input and a text output, and nothing else: no escape byte, no cursor, no colour."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TextIO

from kmtui.analysis.identifiers import Finding, Kind, replaced
from kmtui.model.errors import WrongInput
from kmtui.plain.words import Command, read_line
from kmtui.text import clean
from kmtui.workspace.confiding import Decided, pointed_out

_WAYS = ("keep", "replace", "again")
"""What can be done with words that may tell who somebody is."""


class InputEnded(Exception):
    """No further line will come: the end of the input, or a terminal that has gone."""


class EndedWithin(InputEnded):
    """The input ended in a session that was begun out of another record, and is not finished."""


class QuitAsked(Exception):
    """Somebody typed `quit`."""


class Stopped(Exception):
    """A signal asked the program to end, Ctrl+C among them."""


class WrongAnswer(WrongInput):
    """A wrong answer from a pipe, which nobody is there to mend. The message begins with the question's id."""


class Prompter:
    """Asks one question a line. `terminal` says whether somebody is there to mend a wrong answer.

    With `inline` the answer is typed behind the question; otherwise, as in a pipe, every question is a whole line.
    """

    def __init__(
        self,
        source: TextIO,
        out: TextIO,
        *,
        terminal: bool,
        errors: TextIO | None = None,
        inline: bool | None = None,
    ) -> None:
        self.terminal = terminal
        self.help: Callable[[], Iterable[str]] = lambda: ()
        self.typed: Callable[[str, str], object] = lambda question, words: None  # keeps words that are not entered yet
        self.kept = Decided()
        self.waiting = False
        self.stopped = False
        self._source = source
        self._out = out
        self._errors = errors if errors is not None else out
        self._inline = terminal if inline is None else inline
        self._gone = False
        self._first = True
        self._left: InputEnded | QuitAsked | Stopped | None = None  # how a question was left whose words are kept

    def say(self, words: str = "") -> None:
        """Write a line. Once the reader has gone nothing is written any more."""
        self._write(self._out, clean(words) + "\n")

    def error(self, message: str) -> None:
        """Write an error that does not end the conversation."""
        self._write(self._out if self.terminal else self._errors, f"Error: {clean(message)}\n")

    def warn(self, message: str) -> None:
        """Write what people should know and nobody is asked about."""
        self._write(self._out if self.terminal else self._errors, clean(message) + "\n")

    def wrong(self, question: str, message: str) -> None:
        """Say that an answer cannot be taken. Who asked then asks again.

        Raises:
            WrongAnswer: the answer came from a pipe.
        """
        if not self.terminal:
            raise WrongAnswer(f"{question}: {message}")
        self.error(message)

    def ask(self, question: str, words: str, places: Collection[str] = (), *, unsaved: bool = False) -> str | Command:
        """Ask, and return the words that were typed or a command. `?` is answered here.

        Args:
            question: the id of the question, for errors.
            words: the question as it is shown.
            places: what `go` knows here.
            unsaved: whether `save` is on offer for any path.

        Raises:
            InputEnded, QuitAsked, Stopped: there is no answer.
        """
        while True:
            answer = read_line(self._line(words), places, unsaved=unsaved)
            if not isinstance(answer, Command):
                return answer
            if answer.word == "quit":
                raise QuitAsked
            if answer.word != "?":
                return answer
            for line in self.help():
                self.say(line)

    def words(self, question: str, words: str) -> str:
        """Ask where no command but `skip` makes sense, before there is a record to speak about."""
        while True:
            answer = self.ask(question, words)
            if not isinstance(answer, Command):
                if (decided := self.decided(question, answer)) is not None:
                    return decided
            elif answer.word == "skip":
                return ""
            else:
                self.wrong(question, f'"{answer.word}" does nothing here. Enter alone goes on.')

    def decided(self, question: str, text: str, fine: Collection[Kind] = ()) -> str | None:
        """Point out what in a text may tell who somebody is; return what is to be entered, None to ask for it again.

        On a terminal each is asked about. In a pipe nobody is there to be asked: it is said, and kept. Where the input
        ends at such a question the words are kept, and the next question says so.

        Args:
            question: the id of the question that the text answers.
            text: what was typed.
            fine: kinds that are passed over.
        """
        found = self.kept.open(text, but=fine)
        if not self.terminal:
            for each in found:
                self.warn(f"{question}: {pointed_out(text, each)} It is kept.")
            return text
        if not found:
            return text
        self.typed(question, text)
        gone: list[Finding] = []
        for each in found:
            if self.kept.keeps(each):  # it stands twice in the same words
                continue
            way = self._way(f"{pointed_out(text, each)} Keep it, replace it, or type it again? (keep, replace, again)")
            if way == "again":
                return None
            if way == "replace":
                gone.append(each)
            elif way == "keep":
                self.kept.keep(each)
        return replaced(text, gone)

    def _way(self, words: str) -> str:
        """Ask what to do with a finding; an empty text where the question was left."""
        while self._left is None:
            try:
                typed = self._line(words).casefold()
            except (InputEnded, Stopped) as left:
                self._left = left
                break
            way = next((each for each in _WAYS if each.startswith(typed)), "")
            if way:
                return way  # Enter alone keeps
            if typed == "quit":
                self._left = QuitAsked()
            else:
                self.error("Type keep, replace or again. Enter keeps it.")
        return ""

    def choose(self, question: str, words: str, choices: Sequence[str]) -> int | Command | None:
        """Show numbered choices and return the place of the chosen one, from 0; None for an empty line."""
        for number, choice in enumerate(choices, 1):
            self.say(f"{number}. {choice}")
        while True:
            answer = self.ask(question, words)
            if isinstance(answer, Command):
                return answer
            if not answer:
                return None
            if answer.isdecimal() and 1 <= int(answer) <= len(choices):
                return int(answer) - 1
            self.wrong(question, f'"{answer[:40]}" is not one of the numbers 1 to {len(choices)}.')

    def _line(self, words: str) -> str:
        if self._left is not None:
            left, self._left = self._left, None
            raise left
        self._write(self._out, clean(words) + (" " if self._inline else "\n"))
        if self._gone:
            raise InputEnded
        self.waiting = True
        try:
            if self.stopped:
                raise Stopped
            line = self._source.readline()
        except KeyboardInterrupt:
            raise Stopped from None
        except OSError as error:  # a terminal that was closed
            raise InputEnded from error
        finally:
            self.waiting = False
        if not line:
            self._write(self._out, "\n" if self._inline else "")
            raise InputEnded
        line = line.removeprefix("\ufeff") if self._first else line
        self._first = False
        return clean(_decoded(line)).strip()

    def _write(self, stream: TextIO, words: str) -> None:
        if self._gone:
            return
        try:
            stream.write(words)
            stream.flush()
        except (OSError, ValueError):  # the reader has gone, or the stream is closed
            self._gone = True


def _decoded(line: str) -> str:
    """Return a line that was not UTF-8 as Windows wrote it. Such bytes arrive as lone surrogates."""
    if not any("\udc80" <= character <= "\udcff" for character in line):
        return line
    try:
        return line.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    except UnicodeEncodeError:  # other lone surrogates, from a Windows console
        return line
