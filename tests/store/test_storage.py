"""TinyDB on the atomic writer."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from tinydb import TinyDB

from kmtui.model.errors import ChangedMeanwhile, Damaged, StoreError
from kmtui.store.storage import AtomicStorage, encode, parse
from tests.store.things import Failing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.json"


def storage(path: Path, system: Failing | None = None) -> AtomicStorage:
    return AtomicStorage(path, needs="things", system=system or Failing())


def test_missing_means_new_and_nothing_is_made_by_reading(path: Path) -> None:
    assert storage(path).read() is None
    assert not path.exists()


def test_what_is_written_is_read_again_by_another(path: Path) -> None:
    TinyDB(storage=lambda: storage(path)).table("things").insert({"id": "a", "words": "Zoë’s – “move”"})
    assert TinyDB(storage=lambda: storage(path)).table("things").all() == [{"id": "a", "words": "Zoë’s – “move”"}]


def test_the_file_can_be_read_by_people_and_compared_line_by_line(path: Path) -> None:
    storage(path).write({"things": {"1": {"id": "a", "words": "Zoë"}}})
    assert path.read_bytes().decode("utf-8").splitlines() == [
        "{",
        ' "things": {',
        '  "1": {',
        '   "id": "a",',
        '   "words": "Zoë"',
        "  }",
        " }",
        "}",
    ]
    assert b"\r" not in path.read_bytes()


def test_a_byte_order_mark_is_accepted(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbf{"things": {"1": {"id": "a"}}}')
    assert storage(path).read() == {"things": {"1": {"id": "a"}}}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"\0" * 4096,
        b'{"things": {"1": {"id"',
        b"not JSON",
        b"\xff\xfe{\0}\0",
        b"[" * 100_000,
        b"[]",
        b"{}",
        b'{"other": {}}',
        b'{"things": []}',
        b'{"things": {"one": {}}}',
        b'{"things": {"1": 2}}',
    ],
)
def test_what_is_not_ours_is_damaged_and_stays_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Damaged, match=r"file\.json") as told:
        TinyDB(storage=lambda: storage(path)).table("things").insert({"id": "a"})
    assert str(told.value).endswith(".")
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_read_is_told_with_its_reason(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StoreError, match="could not be read"):
        storage(path).read()


def test_somebody_elses_change_is_not_overwritten(path: Path) -> None:
    mine, theirs = storage(path), storage(path)
    mine.write({"things": {}})
    theirs.read()
    theirs.write({"things": {"1": {"id": "theirs"}}})
    with pytest.raises(ChangedMeanwhile):
        mine.write({"things": {"1": {"id": "mine"}}})
    assert storage(path).read() == {"things": {"1": {"id": "theirs"}}}


def test_together_makes_one_write_of_many(path: Path) -> None:
    system = Failing()
    kept = storage(path, system)
    database = TinyDB(storage=lambda: kept)
    with kept.together():
        for name in ("things", "others", "more"):
            table = database.table(name)
            table.truncate()
            table.insert_multiple([{"id": "a"}, {"id": "b"}])
        assert len(database.table("others")) == 2
        assert not path.exists()
    assert system.calls.count("fsync") == 1
    assert set(storage(path).read() or {}) == {"things", "others", "more"}


def test_together_without_a_write_writes_nothing(path: Path) -> None:
    kept = storage(path)
    with kept.together():
        assert TinyDB(storage=lambda: kept).table("things").all() == []
    assert not path.exists()


def test_an_error_within_together_writes_nothing_and_forgets_what_was_to_be_written(path: Path) -> None:
    kept = storage(path)
    kept.write({"things": {}})
    table = TinyDB(storage=lambda: kept).table("things")
    with pytest.raises(KeyError), kept.together():
        table.insert({"id": "a"})
        raise KeyError
    assert table.all() == []
    with kept.together():
        table.insert({"id": "b"})
    assert table.all() == [{"id": "b"}]


def test_a_failed_write_is_not_taken_for_written(path: Path) -> None:
    system = Failing()
    kept = storage(path, system)
    kept.write({"things": {}})
    table = TinyDB(storage=lambda: kept).table("things")
    system.fail("fsync", 1)
    with pytest.raises(StoreError), kept.together():
        table.insert({"id": "a"})
    system.heal()
    with kept.together():
        assert table.all() == []


def test_a_failed_write_outside_of_together_is_not_taken_for_written_either(path: Path) -> None:
    system = Failing()
    kept = storage(path, system)
    kept.write({"things": {}})
    table = TinyDB(storage=lambda: kept).table("things")
    system.fail("fsync", 1)
    with pytest.raises(StoreError):
        table.insert({"id": "a"})
    with kept.together():
        assert table.all() == []


def test_after_a_failed_flush_of_the_folder_our_own_content_may_be_replaced(path: Path) -> None:
    system = Failing()
    kept = storage(path, system)
    kept.write({"things": {}})
    system.fail("sync_folder", 1)
    with pytest.raises(StoreError):
        kept.write({"things": {"1": {"id": "a"}}})
    assert storage(path).read() == {"things": {"1": {"id": "a"}}}
    kept.write({"things": {"1": {"id": "b"}}})
    assert storage(path).read() == {"things": {"1": {"id": "b"}}}


def test_a_failed_first_write_can_be_tried_again(path: Path) -> None:
    system = Failing()
    kept = storage(path, system)
    kept.expect_nothing()
    system.fail("sync_folder", 1)
    with pytest.raises(StoreError):
        kept.write({"things": {}})
    kept.write({"things": {"1": {}}})
    assert storage(path).read() == {"things": {"1": {}}}


def test_what_expects_nothing_touches_no_file_that_is_there(path: Path) -> None:
    storage(path).write({"things": {"1": {"id": "a"}}})
    kept = storage(path)
    kept.expect_nothing()
    with pytest.raises(ChangedMeanwhile):
        kept.write({"things": {}})
    assert storage(path).read() == {"things": {"1": {"id": "a"}}}


def test_half_a_character_does_not_hinder_saving() -> None:
    assert msgspec.json.decode(encode({"words": ["half: \ud83d", 1]})) == {"words": ["half: \ufffd", 1]}


def test_every_text_is_cleaned_on_reading_at_any_depth() -> None:
    content = b'{"things": {"1": {"a\\u001b[2Jb": ["x\\u0007y", {"z": "\\u202ereversed", "n": 1.5}]}}}'
    assert parse(content, "things", "file.json") == {"things": {"1": {"ab": ["xy", {"z": "reversed", "n": 1.5}]}}}


def test_what_could_not_be_read_again_is_not_written(path: Path) -> None:
    def check(content: bytes) -> None:
        msgspec.json.decode(content, type=dict[str, dict[str, dict[str, str]]])

    kept = AtomicStorage(path, needs="things", check=check)
    kept.write({"things": {"1": {"id": "a"}}})
    with pytest.raises(StoreError, match="not saved, since it could not be read again: The field"):
        kept.write({"things": {"1": {"id": float("nan")}}})
    assert storage(path).read() == {"things": {"1": {"id": "a"}}}
