"""A finished record in plain mode: where its report goes, and that looking at it changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.start import Start
from tests.plain.talker import Talker

TO_REPORT = "\n" * 6
"""What leads through a review to the question about its report."""


@pytest.fixture
def finished(talker: Talker) -> Start:
    """Return what goes on with a review that is finished."""
    talker.type(f"\nMoved by noon\n{TO_REPORT}no\n")
    assert talker.session.finished
    return Start(kind="record", record_id=talker.session.id)


def everything_in(folder: Path) -> dict[Path, bytes]:
    """Return every file of a folder with what it holds, and its folders."""
    return {path: path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


@pytest.mark.parametrize("typed", ["", "\n", "no\n", "N\n", "back\n", "skip\n", "quit\n", "?\n"])
def test_a_finished_session_is_shown_and_stays_finished(talker: Talker, finished: Start, typed: str) -> None:
    before = everything_in(talker.desk.folder)
    out = talker.type(typed, finished)
    assert talker.code == 0
    assert "This is finished." in out
    assert "Moved by noon" in out
    assert "Open it again? Type yes" in out
    assert everything_in(talker.desk.folder) == before


@pytest.mark.parametrize("typed", ["yes", "Y", "open again"])
def test_a_finished_session_is_opened_again_when_that_is_asked_for(talker: Talker, finished: Start, typed: str) -> None:
    out = talker.type(f"{typed}\ngo expected\nOne more\n", finished)
    assert "is open again" in out
    assert talker.code == 3
    assert talker.entries() == ["Moved by noon", "One more"]
    assert not talker.session.finished


@pytest.mark.parametrize("typed", ["perhaps\n", "undo\n"])
def test_any_other_word_is_asked_about_again_and_changes_nothing(talker: Talker, finished: Start, typed: str) -> None:
    with pytest.raises(WrongAnswer, match=r"^again: .*yes or no"):
        talker.type(typed, finished)
    out = talker.type(f"{typed}no\n", finished, terminal=True)
    assert (talker.code, out.count("Open it again?")) == (0, 2)
    assert talker.session.finished


def test_a_finished_assessment_is_shown_and_opened_again_only_when_asked(talker: Talker) -> None:
    talker.type("Ward 7\n\n" + "\n" * 60 + "no\n", Start(kind="assessment"))
    start = Start(kind="record", record_id=talker.assessment.id)
    assert talker.assessment.finished
    talker.type("", start)
    assert (talker.code, talker.assessment.finished) == (0, True)
    talker.type("yes\ngo 1\n", start)
    assert (talker.code, talker.assessment.finished) == (3, False)


def test_the_report_of_a_finished_session_is_written_without_opening_it(
    talker: Talker, finished: Start, tmp_path: Path
) -> None:
    talker.type("", finished, export_to=tmp_path / "r.md")
    assert "Moved by noon" in (tmp_path / "r.md").read_text("utf-8")
    assert talker.session.finished


# The question about the report


def test_no_leaves_the_report_and_a_path_takes_it(talker: Talker, tmp_path: Path) -> None:
    talker.type(f"{TO_REPORT}no\n")
    assert not talker.desk.exports.exists()
    talker.type(f"{TO_REPORT}{tmp_path / 'mine.md'}\n")
    assert (tmp_path / "mine.md").read_text(encoding="utf-8").startswith("---")
    talker.type(f'{TO_REPORT}"{tmp_path / "mine.JSON"}"\n')
    assert (tmp_path / "mine.JSON").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize("typed", ["dk", "nope", "mine.txt", ".md", "folder/", "~nobody-here/mine.md"])
def test_a_word_is_not_taken_for_the_path_of_a_report(
    talker: Talker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    with pytest.raises(WrongAnswer, match=r"^export: .*(ends in \.md or \.json|whole path)"):
        talker.type(f"{TO_REPORT}{typed}\n")
    talker.type(f"{TO_REPORT}{typed}\nno\n", terminal=True)
    assert (talker.code, "Error: " in talker.out) == (0, True)
    assert set(tmp_path.iterdir()) - before <= {talker.desk.folder, tmp_path / "cache"}
    assert not talker.desk.exports.exists()


def test_a_file_that_is_there_is_not_overwritten_by_a_report(talker: Talker, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("my own words", "utf-8")
    out = talker.type(f"{TO_REPORT}{tmp_path / 'mine.md'}\n{tmp_path / 'other.md'}\n", terminal=True)
    assert f"{tmp_path / 'mine.md'} is there already" in out
    assert (tmp_path / "mine.md").read_text("utf-8") == "my own words"
    assert (tmp_path / "other.md").exists()
