"""Questions over two texts."""

from __future__ import annotations

import io
import os
import signal
import threading

import pytest

from kmtui.plain.prompts import InputEnded, Prompter, QuitAsked, Stopped, WrongAnswer
from kmtui.plain.stopping import stopping


def prompter(typed: str, *, terminal: bool = True) -> tuple[Prompter, io.StringIO]:
    """Return a prompter over a text, and what it writes to."""
    out = io.StringIO()
    return Prompter(io.StringIO(typed), out, terminal=terminal), out


def test_a_question_at_the_keyboard_is_answered_on_its_line_and_from_a_pipe_on_the_next() -> None:
    asks, out = prompter("x\n")
    assert asks.ask("id", "Owner:") == "x"
    assert out.getvalue() == "Owner: "
    asks, out = prompter("x\n", terminal=False)
    asks.ask("id", "Owner:")
    assert out.getvalue() == "Owner:\n"


def test_help_is_given_and_the_question_asked_again() -> None:
    asks, out = prompter("?\nx\n")
    asks.help = lambda: ("This helps.",)
    assert asks.ask("id", "Owner:") == "x"
    assert out.getvalue() == "Owner: This helps.\nOwner: "


def test_the_end_and_quit_are_no_answers() -> None:
    with pytest.raises(InputEnded):
        prompter("")[0].ask("id", "Owner:")
    with pytest.raises(QuitAsked):
        prompter("quit\n")[0].ask("id", "Owner:")


def test_a_last_line_without_its_end_is_an_answer() -> None:
    assert prompter("x")[0].ask("id", "Owner:") == "x"


def test_a_wrong_answer_ends_a_pipe_and_not_a_conversation() -> None:
    asks, out = prompter("")
    asks.wrong("id", "No.")
    assert out.getvalue() == "Error: No.\n"
    with pytest.raises(WrongAnswer, match=r"^id: No\.$"):
        prompter("", terminal=False)[0].wrong("id", "No.")


def test_what_is_typed_and_what_is_said_is_cleaned() -> None:
    asks, out = prompter("\x1b[31mred\x1b[0m \u202eback\n")
    assert asks.ask("id", "\x1b]0;title\x07Owner:") == "red back"
    asks.say("a\x1b[2Jb\x9b31mc")
    assert out.getvalue() == "Owner: abc\n"


def test_a_byte_order_mark_is_no_part_of_the_first_answer() -> None:
    assert prompter("\ufeffx\n")[0].ask("id", "Owner:") == "x"


def test_bytes_of_an_older_windows_are_read() -> None:
    line = "caf\xe9 \x96 noon\n".encode("cp1252", "replace").replace(b"?", b"\x96")
    typed = line.decode("utf-8", "surrogateescape")
    assert prompter(typed)[0].ask("id", "Owner:") == "café – noon"


class _Silent(io.StringIO):
    """An input that waits for a line, in a system call, until somebody writes to a pipe."""

    def __init__(self, pipe: int, waits: threading.Event) -> None:
        super().__init__()
        self._pipe = pipe
        self._waits = waits

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        self._waits.set()
        return os.read(self._pipe, 1).decode()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Windows has no threads that signals are sent to")
def test_a_signal_that_does_not_interrupt_the_read_is_not_lost() -> None:
    """As one that comes just before the read: here another thread gets it, and the read goes on."""
    read, write = os.pipe()
    waits, ended = threading.Event(), threading.Event()
    rescued: list[bool] = []

    def signal_here() -> None:
        waits.wait()
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
        rescued.append(not ended.wait(20))
        os.write(write, b"\n")

    thread = threading.Thread(target=signal_here)
    thread.start()
    asks = Prompter(_Silent(read, waits), io.StringIO(), terminal=True)
    try:
        with pytest.raises(Stopped), stopping(asks):
            asks.ask("id", "Owner:")
    finally:
        ended.set()
        thread.join()
        os.close(read)
        os.close(write)
    assert rescued == [False]
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_a_reader_that_has_gone_ends_the_conversation() -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8", closefd=True) as out:
        asks = Prompter(io.StringIO("x\n"), out, terminal=False)
        with pytest.raises(InputEnded):
            asks.ask("id", "Owner:")
        asks.say("and nothing more is written")
        with pytest.raises(BrokenPipeError):
            out.write("-" * 100_000)
        # what the closing of the file would still write has nowhere to go either
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def test_a_stop_that_came_between_two_questions_is_kept_for_the_next() -> None:
    asks, _ = prompter("x\n")
    asks.stopped = True
    with pytest.raises(Stopped):
        asks.ask("id", "Owner:")
