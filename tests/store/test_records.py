"""Records as tables, and back: everything comes back, also what this version does not know."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.base import SCHEMA
from kmtui.model.errors import ChangedMeanwhile, Damaged, NewerSchema, NotFound
from kmtui.model.rating import Rating
from kmtui.model.session import Person, Session
from kmtui.store import extras
from kmtui.store.records import RecordFile, kind_of, quick
from kmtui.text import clean
from tests.store.things import AT, action, assessment, entry, lesson, planned, session

Raw = dict[str, dict[str, dict[str, Any]]]


def file_of(folder: Path, record: Session | Assessment) -> RecordFile[Any]:
    return RecordFile[Any](folder / "record.json", kind_of(record), record.id)


def written(folder: Path, record: Session | Assessment) -> Raw:
    """Write a record and return the tables in its file."""
    file_of(folder, record).create(record)
    return on_disk(folder)


def on_disk(folder: Path) -> Raw:
    raw: Raw = json.loads((folder / "record.json").read_text("utf-8"))
    return raw


def put(folder: Path, raw: Raw) -> None:
    (folder / "record.json").write_text(json.dumps(raw), "utf-8")


def full_session() -> Session:
    return session(
        entries=2,
        people=(Person(role="Porter", count=3), Person(role="Bed manager", name="Zoë")),
        lessons=(lesson("Say when"), lesson("Ask first")),
        actions=(action("Write it down"),),
        parked=("The lift",),
        spent={"expected": 12.5},
        extended={"expected": 1},
        drafts={"actual": "half a wo"},
        ended=AT,
    )


def full_assessment() -> Assessment:
    ratings = (
        Rating(criterion="innovation", level=6, target=8.5, same_for_everyone="not at night"),
        Rating(criterion="evidence", skip="dont-know", same_for_everyone=False),
    )
    plan = (
        planned("Ask the library", option="local-1", objective="Fewer surprises", priority="now", dots=3, effort="low"),
        planned("Hire somebody", priority="not-for-us", reason="No money", benefit="high", outcome="None yet"),
    )
    return assessment(ratings=ratings, actions=plan)


@pytest.mark.parametrize("record", [full_session(), full_assessment(), session(), assessment()])
def test_everything_comes_back(tmp_path: Path, record: Session | Assessment) -> None:
    written(tmp_path, record)
    assert file_of(tmp_path, record).load() == record
    assert quick((tmp_path / "record.json").read_bytes(), kind_of(record), record.id, "record.json") == record


def test_a_session_is_kept_in_the_tables_that_the_design_names(tmp_path: Path) -> None:
    record = full_session()
    raw = written(tmp_path, record)
    assert set(raw) == {"session", "entries", "lessons", "actions"}
    assert raw["session"]["1"]["created"] == "2026-11-22T09:30:00Z"
    assert raw["session"]["1"]["date"] == "2026-11-22"
    assert raw["entries"]["2"]["id"] == record.entries[1].id
    assert "entries" not in raw["session"]["1"]


def test_an_assessment_is_kept_in_the_tables_that_the_design_names(tmp_path: Path) -> None:
    raw = written(tmp_path, full_assessment())
    assert set(raw) == {"assessment", "ratings", "actions"}
    assert raw["ratings"]["1"]["level"] == 6


@given(words=some.text(some.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=50))
def test_any_words_come_back(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    folder = tmp_path_factory.mktemp("words")
    record = session(clean(words), entries=1)
    record = replace(record, entries=(entry(clean(words)),))
    written(folder, record)
    assert file_of(folder, record).load() == record


def test_rows_come_in_the_order_of_their_numbers_though_a_program_sorted_the_fields(tmp_path: Path) -> None:
    record = session(entries=12)
    raw = written(tmp_path, record)
    put(tmp_path, {name: dict(sorted(table.items())) for name, table in raw.items()})
    assert list(on_disk(tmp_path)["entries"])[:2] == ["1", "10"]
    assert file_of(tmp_path, record).load().entries == record.entries
    fast = quick((tmp_path / "record.json").read_bytes(), "session", record.id, "record.json")
    assert isinstance(fast, Session) and fast.entries == record.entries


def test_texts_are_cleaned_on_reading(tmp_path: Path) -> None:
    record = session("Ward", entries=1)
    raw = written(tmp_path, record)
    raw["entries"]["1"]["text"] = "go\x1b[2J on\u202e"
    put(tmp_path, raw)
    assert file_of(tmp_path, record).load().entries[0].text == "go on"


def test_a_time_without_a_zone_is_taken_for_utc(tmp_path: Path) -> None:
    record = session()
    raw = written(tmp_path, record)
    raw["session"]["1"]["changed"] = "2026-11-22T10:00:00"
    put(tmp_path, raw)
    assert file_of(tmp_path, record).load().changed == datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def test_a_record_is_not_created_over_another(tmp_path: Path) -> None:
    record = session("One")
    written(tmp_path, record)
    with pytest.raises(ChangedMeanwhile):
        file_of(tmp_path, record).create(replace(record, title="Two"))
    assert file_of(tmp_path, record).load() == record


class TestDamage:
    """A document that does not fit its type is damaged, and the message names the field."""

    @pytest.mark.parametrize(
        ("table", "field", "value", "named"),
        [
            ("session", "title", 5, '"title"'),
            ("session", "date", "soon", '"date"'),
            ("session", "technique", None, '"technique"'),
            ("entries", "text", None, r'"entries\[0\]\.text"'),
            ("session", "drafts", {"a": 1}, r'"drafts\[\.\.\.\]"'),
            ("session", "id", "000000000000", "not the one in its name"),
        ],
    )
    def test_a_wrong_field_is_named(self, tmp_path: Path, table: str, field: str, value: object, named: str) -> None:
        record = session(entries=1)
        raw = written(tmp_path, record)
        raw[table]["1"][field] = value
        put(tmp_path, raw)
        with pytest.raises(Damaged, match=named):
            file_of(tmp_path, record).load()
        content = (tmp_path / "record.json").read_bytes()
        assert quick(content, "session", record.id, "record.json") is None

    def test_a_missing_field_is_named(self, tmp_path: Path) -> None:
        record = session()
        raw = written(tmp_path, record)
        del raw["session"]["1"]["created"]
        put(tmp_path, raw)
        with pytest.raises(Damaged, match="created"):
            file_of(tmp_path, record).load()

    @pytest.mark.parametrize("count", [0, 2])
    def test_there_is_one_document_with_everything_else(self, tmp_path: Path, count: int) -> None:
        record = session()
        raw = written(tmp_path, record)
        raw["session"] = {str(number): raw["session"]["1"] for number in range(1, count + 1)}
        put(tmp_path, raw)
        with pytest.raises(Damaged, match=f"{count} documents"):
            file_of(tmp_path, record).load()
        assert quick((tmp_path / "record.json").read_bytes(), "session", record.id, "record.json") is None

    def test_a_missing_file_is_not_found(self, tmp_path: Path) -> None:
        with pytest.raises(NotFound):
            file_of(tmp_path, session()).load()

    def test_missing_parts_are_empty(self, tmp_path: Path) -> None:
        record = session(entries=1)
        raw = written(tmp_path, record)
        put(tmp_path, {"session": raw["session"]})
        assert file_of(tmp_path, record).load() == replace(record, entries=())


class TestUnknown:
    """What another version has written beside what we know is still there after a save."""

    def changed(self, folder: Path, record: Session | Assessment, change: Session | Assessment) -> Raw:
        file = file_of(folder, record)
        file.load()
        file.save(change)
        return on_disk(folder)

    def test_fields_at_every_depth_and_tables_are_kept(self, tmp_path: Path) -> None:
        record = full_session()
        raw = written(tmp_path, record)
        top = raw["session"]["1"]
        top["mood"] = {"colour": "green"}
        top["technique"]["licence"] = "open"
        top["technique"]["minutes"]["usual"] = 20
        top["technique"]["steps"][1]["hint"] = "slowly"
        top["people"][0]["shift"] = "late"
        raw["entries"]["2"]["stars"] = [1, 2]
        raw["photos"] = {"1": {"id": "p"}}
        put(tmp_path, raw)
        turned = replace(record, title="New", entries=(entry("first"), *reversed(record.entries)))
        after = self.changed(tmp_path, record, turned)
        top = after["session"]["1"]
        assert top["mood"] == {"colour": "green"}
        assert top["technique"]["licence"] == "open"
        assert top["technique"]["minutes"]["usual"] == 20
        assert top["technique"]["steps"][1]["hint"] == "slowly"
        assert top["people"][0]["shift"] == "late"
        assert [row.get("stars") for row in after["entries"].values()] == [None, [1, 2], None]
        assert after["photos"] == {"1": {"id": "p"}}
        assert top["title"] == "New"

    def test_ratings_are_matched_by_their_criterion(self, tmp_path: Path) -> None:
        record = full_assessment()
        raw = written(tmp_path, record)
        raw["ratings"]["2"]["votes"] = 7
        put(tmp_path, raw)
        after = self.changed(tmp_path, record, replace(record, ratings=(record.ratings[1], record.ratings[0])))
        assert [row.get("votes") for row in after["ratings"].values()] == [7, None]

    def test_what_we_know_and_emptied_does_not_come_back(self, tmp_path: Path) -> None:
        record = full_session()
        raw = written(tmp_path, record)
        raw["session"]["1"]["mood"] = "good"
        raw["entries"]["1"]["stars"] = 1
        put(tmp_path, raw)
        after = self.changed(tmp_path, record, replace(record, drafts={}, spent={}, entries=record.entries[1:]))
        assert after["session"]["1"]["drafts"] == after["session"]["1"]["spent"] == {}
        assert [row["id"] for row in after["entries"].values()] == [record.entries[1].id]

    def test_they_outlast_a_second_save(self, tmp_path: Path) -> None:
        record = session()
        raw = written(tmp_path, record)
        raw["session"]["1"]["mood"] = "good"
        put(tmp_path, raw)
        file = file_of(tmp_path, record)
        file.load()
        file.save(replace(record, title="One"))
        file.save(replace(record, title="Two"))
        assert on_disk(tmp_path)["session"]["1"]["mood"] == "good"

    def test_objects_without_a_name_and_plain_values_are_left_to_us(self) -> None:
        assert not extras.find({"a": [{"x": 1}, 2, "b"]}, {"a": [2, "b"]})


class TestNewer:
    """A record of a newer version can be read as far as it is understood, and is never written."""

    def newer(self, folder: Path, record: Session, **changes: Any) -> RecordFile[Any]:
        raw = written(folder, record)
        raw["session"]["1"] |= {"schema": SCHEMA + 1, **changes}
        put(folder, raw)
        return file_of(folder, record)

    def test_it_opens_for_reading_alone(self, tmp_path: Path) -> None:
        record = session(entries=1)
        file = self.newer(tmp_path, record, mood=1)
        before = (tmp_path / "record.json").read_bytes()
        loaded = file.load()
        assert loaded.entries == record.entries
        assert "newer version" in file.newer
        with pytest.raises(NewerSchema, match="newer version"):
            file.save(replace(loaded, title="Mine"))
        assert (tmp_path / "record.json").read_bytes() == before
        assert quick(before, "session", record.id, "record.json") is None

    def test_what_is_not_understood_is_left_out(self, tmp_path: Path) -> None:
        record = session(entries=2)
        file = self.newer(tmp_path, record, title={"en": "Ward move"}, drafts={"a": {"words": 1}}, team="Ward 7")
        raw = on_disk(tmp_path)
        raw["session"]["1"]["technique"]["steps"].insert(1, {"id": "dance", "kind": "dance", "title": "Dance"})
        raw["entries"]["1"]["text"] = ["rich"]
        put(tmp_path, raw)
        loaded = file.load()
        assert loaded.team == "Ward 7"
        assert (loaded.title, loaded.drafts) == ("", {})
        assert [step.id for step in loaded.technique.steps] == [step.id for step in record.technique.steps]
        assert loaded.entries == record.entries[1:]

    def test_what_cannot_be_understood_at_all_is_told(self, tmp_path: Path) -> None:
        record = session()
        file = self.newer(tmp_path, record, created="yesterday")
        with pytest.raises(NewerSchema, match="newer version"):
            file.load()
