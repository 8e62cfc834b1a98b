"""Writing in one step: the old file or the new one, and whole."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from kmtui.model.errors import ChangedMeanwhile, StoreError
from kmtui.store.atomic import backup_of, create_file, overwrite, replace_file, write_export
from kmtui.store.system import SYSTEM, System
from tests.store.things import Failing, Windows, temporaries

OLD, NEW = b"old words\n", b"new words\n"
MARKER = "0123456789ab"


def put(system: System, path: Path, content: bytes = NEW, *accepted: bytes) -> None:
    replace_file(system, path, content, accepted=accepted or (OLD,), marker=MARKER)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "record.json"
    create_file(SYSTEM, path, OLD, marker=MARKER)
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_replaced_and_the_generation_before_is_kept(file: Path) -> None:
    put(SYSTEM, file)
    assert file.read_bytes() == NEW
    assert backup_of(file).read_bytes() == OLD
    assert sorted(path.name for path in file.parent.iterdir()) == ["record.json", "record.json.bak"]


def test_files_and_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "record.json"
    create_file(SYSTEM, path, OLD, marker=MARKER)
    put(SYSTEM, path)
    if os.name == "posix":
        assert [mode(path), mode(backup_of(path))] == [0o600, 0o600]
        assert [mode(path.parent), mode(path.parent.parent)] == [0o700, 0o700]


def test_content_file_and_folder_are_flushed_before_the_save_is_done(file: Path, failing: Failing) -> None:
    put(failing, file)
    assert failing.calls[:4] == ["create", "write", "fsync", "close"]
    assert failing.calls[4:] == ["read", "link", "replace", "remove", "replace", "sync_folder"]


def test_new_folders_are_flushed_into_their_parents(tmp_path: Path, failing: Failing) -> None:
    create_file(failing, tmp_path / "one" / "two" / "record.json", OLD, marker=MARKER)
    assert failing.calls[:4] == ["make_folder", "sync_folder", "make_folder", "sync_folder"]


def test_a_backup_that_is_the_file_itself_leaves_no_spare_name(file: Path) -> None:
    """After a kill between two steps both names lead to one file, and replacing one by the other does nothing."""
    os.link(file, backup_of(file))
    put(SYSTEM, file)
    assert [file.read_bytes(), backup_of(file).read_bytes(), temporaries(file.parent)] == [NEW, OLD, []]


def test_where_links_are_impossible_the_backup_is_a_copy_that_is_flushed(file: Path, failing: Failing) -> None:
    failing.fail("link", 1, OSError(errno.EPERM, "no links here"), lasting=True)
    put(failing, file)
    assert [file.read_bytes(), backup_of(file).read_bytes(), temporaries(file.parent)] == [NEW, OLD, []]
    assert failing.calls.count("fsync") == 2


def test_where_links_are_impossible_a_new_file_is_moved_into_place(tmp_path: Path, failing: Failing) -> None:
    failing.fail("link", 1, OSError(errno.EPERM, "no links here"), lasting=True)
    path = tmp_path / "record.json"
    create_file(failing, path, OLD, marker=MARKER)
    with pytest.raises(ChangedMeanwhile):
        create_file(failing, path, NEW, marker=MARKER)
    assert path.read_bytes() == OLD


def test_a_file_in_the_place_of_a_folder_is_told(file: Path) -> None:
    with pytest.raises(StoreError, match="is not there"):
        create_file(SYSTEM, file / "more" / "record.json", NEW, marker=MARKER)

    class Late(Failing):
        def make_folder(self, path: Path) -> None:
            path.write_bytes(b"made by somebody else in this moment")
            super().make_folder(path)

    with pytest.raises(StoreError, match="is not there"):
        create_file(Late(), file.parent / "new" / "record.json", NEW, marker=MARKER)


def test_two_that_make_a_folder_at_once_do_not_hinder_each_other(tmp_path: Path) -> None:
    class Late(Failing):
        def make_folder(self, path: Path) -> None:
            path.mkdir()
            super().make_folder(path)

    create_file(Late(), tmp_path / "new" / "record.json", NEW, marker=MARKER)
    assert (tmp_path / "new" / "record.json").read_bytes() == NEW


def test_a_new_file_never_takes_the_place_of_another(file: Path) -> None:
    with pytest.raises(ChangedMeanwhile, match=r"There is a file record\.json already"):
        create_file(SYSTEM, file, NEW, marker=MARKER)
    assert [file.read_bytes(), temporaries(file.parent)] == [OLD, []]


def test_a_new_file_that_is_not_certain_to_stay_is_taken_away_again(tmp_path: Path, failing: Failing) -> None:
    failing.fail("sync_folder", 1)
    with pytest.raises(StoreError):
        create_file(failing, tmp_path / "record.json", OLD, marker=MARKER)
    assert list(tmp_path.iterdir()) == []


def test_what_somebody_else_wrote_is_not_replaced(file: Path) -> None:
    file.write_bytes(b"somebody else's")
    with pytest.raises(ChangedMeanwhile, match="changed on disk"):
        put(SYSTEM, file)
    assert [file.read_bytes(), backup_of(file).exists(), temporaries(file.parent)] == [b"somebody else's", False, []]


def test_a_file_that_was_deleted_is_not_made_again(file: Path) -> None:
    file.unlink()
    with pytest.raises(ChangedMeanwhile, match="not there any more"):
        put(SYSTEM, file)
    assert list(file.parent.iterdir()) == []


def test_a_missing_folder_means_a_drive_that_was_taken_out(file: Path, failing: Failing) -> None:
    away = file.parent.rename(file.parent.with_name("away"))
    with pytest.raises(StoreError, match="Connect its drive again") as told:
        put(SYSTEM, file)
    assert not isinstance(told.value, ChangedMeanwhile)
    assert (away / file.name).read_bytes() == OLD
    assert not file.parent.exists()


def test_a_drive_taken_out_in_the_middle_of_a_save_is_not_told_as_a_deletion(file: Path) -> None:
    class TakenOut(Failing):
        def read(self, path: Path) -> bytes:
            file.parent.rename(file.parent.with_name("away"))
            return super().read(path)

    with pytest.raises(StoreError, match="Connect its drive again") as told:
        put(TakenOut(), file)
    assert not isinstance(told.value, ChangedMeanwhile)


def test_overwriting_leaves_the_backup_alone(file: Path) -> None:
    put(SYSTEM, file)
    overwrite(SYSTEM, file, b"right again", accepted=(NEW,), marker=MARKER)
    assert [file.read_bytes(), backup_of(file).read_bytes()] == [b"right again", OLD]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "no room left on the disk"),
        (errno.EDQUOT, "no room left on the disk"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "you may not write there"),
        (errno.EPERM, "you may not write there"),
        (errno.ENOENT, "is not there"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "could not be written: it broke"),
    ],
)
def test_an_error_says_what_is_wrong_where_and_what_to_do(
    file: Path, failing: Failing, number: int, words: str
) -> None:
    failing.fail("write", 1, OSError(number, "it broke"))
    with pytest.raises(StoreError, match=words) as told:
        put(failing, file)
    message = str(told.value)
    assert str(file.parent) in message
    assert message.endswith(".") and "!" not in message
    assert file.read_bytes() == OLD


def test_a_write_that_takes_only_a_part_goes_on(file: Path) -> None:
    class Slow(System):
        def write(self, descriptor: int, content: memoryview) -> int:
            return super().write(descriptor, content[:3])

    put(Slow(), file)
    assert file.read_bytes() == NEW


def test_an_interrupt_leaves_no_temporary_file(file: Path) -> None:
    class Interrupted(System):
        def fsync(self, descriptor: int) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(Interrupted(), file)
    assert [path.name for path in file.parent.iterdir()] == ["record.json"]


def test_on_windows_a_held_file_is_tried_again_and_folders_are_not_flushed(file: Path, windows: Windows) -> None:
    class HeldTwice(Windows):
        held = 2

        def replace(self, source: Path, target: Path) -> None:
            if target == file and self.held:
                self.held -= 1
                raise PermissionError(errno.EACCES, "a scanner holds it")
            super().replace(source, target)

    held = HeldTwice()
    put(held, file)
    assert file.read_bytes() == NEW
    assert 0 < held.clock < 2.5
    assert "sync_folder" not in held.calls


def test_on_windows_patience_ends_after_two_and_a_half_seconds(file: Path, windows: Windows) -> None:
    windows.fail("replace", 1, PermissionError(errno.EACCES, "a scanner holds it"), lasting=True)
    with pytest.raises(StoreError, match="you may not write there"):
        put(windows, file)
    assert 2.5 <= windows.clock < 2.7
    assert [file.read_bytes(), temporaries(file.parent)] == [OLD, []]


def test_elsewhere_nothing_is_tried_again(file: Path, failing: Failing) -> None:
    failing.fail("replace", 1, PermissionError(errno.EACCES, "no"))
    with pytest.raises(StoreError):
        put(failing, file)
    assert failing.calls.count("replace") == 1


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EACCES])
def test_disks_that_cannot_flush_folders_are_written_to_all_the_same(file: Path, failing: Failing, number: int) -> None:
    failing.fail("sync_folder", 1, OSError(number, "folders cannot be flushed"))
    put(failing, file)
    assert file.read_bytes() == NEW


def test_the_real_system_waits_and_has_a_clock_that_goes_on() -> None:
    before = SYSTEM.seconds()
    SYSTEM.wait(0)
    assert SYSTEM.seconds() >= before
    assert (os.name == "nt") == SYSTEM.windows


class TestExport:
    """Exports go anywhere, and never harm what is there."""

    def test_a_new_file(self, tmp_path: Path) -> None:
        path = tmp_path / "report.md"
        write_export(SYSTEM, path, NEW)
        assert [path.read_bytes(), [each.name for each in tmp_path.iterdir()]] == [NEW, ["report.md"]]

    def test_an_old_file_keeps_its_permissions_and_gets_no_backup(self, tmp_path: Path) -> None:
        path = tmp_path / "report.md"
        path.write_bytes(OLD)
        path.chmod(0o640)
        write_export(SYSTEM, path, NEW)
        assert path.read_bytes() == NEW
        assert [each.name for each in tmp_path.iterdir()] == ["report.md"]
        if os.name == "posix":
            assert mode(path) == 0o640

    def test_on_windows_permissions_are_left_to_the_folder(self, tmp_path: Path, windows: Windows) -> None:
        path = tmp_path / "report.md"
        path.write_bytes(OLD)
        write_export(windows, path, NEW)
        assert path.read_bytes() == NEW
        assert "chmod" not in windows.calls

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        target, link = tmp_path / "elsewhere" / "report.md", tmp_path / "link.md"
        target.write_bytes(OLD)
        link.symlink_to(target)
        write_export(SYSTEM, link, NEW)
        assert link.is_symlink()
        assert target.read_bytes() == NEW

    def test_a_link_to_nothing_yet_makes_its_target(self, tmp_path: Path) -> None:
        link = tmp_path / "link.md"
        link.symlink_to(tmp_path / "report.md")
        write_export(SYSTEM, link, NEW)
        assert (tmp_path / "report.md").read_bytes() == NEW

    def test_a_link_to_itself_is_told(self, tmp_path: Path) -> None:
        link = tmp_path / "link.md"
        link.symlink_to(link)
        with pytest.raises(StoreError, match=r"link\.md could not be written"):
            write_export(SYSTEM, link, NEW)

    def test_a_folder_is_not_replaced(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="is a folder"):
            write_export(SYSTEM, tmp_path, NEW)

    def test_a_missing_folder_is_told_and_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match=r"none is not there"):
            write_export(SYSTEM, tmp_path / "none" / "report.md", NEW)
        assert list(tmp_path.iterdir()) == []

    def test_a_name_that_no_disk_takes_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="could not be written"):
            write_export(SYSTEM, tmp_path / "re\0port.md", NEW)

    def test_a_device_is_written_to_and_not_replaced(self) -> None:
        if os.name == "posix":
            write_export(SYSTEM, Path(os.devnull), NEW)
            assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)

    @pytest.mark.parametrize("call", ["create", "write", "fsync", "close", "chmod", "replace"])
    def test_a_failure_leaves_the_old_file_and_nothing_else(self, tmp_path: Path, failing: Failing, call: str) -> None:
        path = tmp_path / "report.md"
        path.write_bytes(OLD)
        failing.fail(call, 1)
        with pytest.raises(StoreError):
            write_export(failing, path, NEW)
        assert [path.read_bytes(), [each.name for each in tmp_path.iterdir()]] == [OLD, ["report.md"]]
