"""All assessments whole, as comparing needs them: the same as each read alone, and one matrix for those alike."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.rating import Rating
from kmtui.store.files import FileStore
from tests.store.things import (
    AT,
    MATRIX,
    assessment,
    create,
    only_file,
    open_store,
    planned,
    record_files,
    session,
    survey,
)


def test_all_assessments_come_whole_and_the_newest_first(tmp_path: Path, store: FileStore) -> None:
    rating = Rating(criterion="innovation", level=6, rationale="Lots “said” – and more.")
    old = assessment("Old", day=date(2025, 3, 1), ratings=(rating,), actions=(planned("Ask", dots=3),))
    new = survey(team="New", closed=AT, spent={"innovation": 2.5})
    for record in (old, session(), new):
        create(store, record)
    assert store.assessments() == [new, old]
    assert open_store(tmp_path).assessments() == [store.read(new.id), store.read(old.id)]


def test_an_empty_workspace_has_none_and_is_not_made(tmp_path: Path, store: FileStore) -> None:
    assert store.assessments() == []
    assert not (tmp_path / "work").exists()


def test_records_with_the_same_wording_share_one_matrix(store: FileStore) -> None:
    other = replace(MATRIX, title="Another one")
    for record in (assessment("A"), assessment("B"), replace(assessment("C"), matrix=other)):
        create(store, record)
    by_team = {each.team: each for each in store.assessments()}
    assert by_team["A"].matrix is by_team["B"].matrix
    assert by_team["C"].matrix == other


def test_broken_and_deleted_ones_are_passed_over(tmp_path: Path, store: FileStore) -> None:
    kept, gone, *broken = [assessment(str(number)) for number in range(6)]
    for record in (kept, gone, *broken):
        create(store, record)
    store.remove(gone.id)
    wrong = [b"", b"{", b'{"assessment": {}}', b'{"assessment": {"1": {"matrix": 3}}}']
    for record, content in zip(broken, wrong, strict=True):
        (path,) = [path for path in record_files(tmp_path) if record.id in path.name]
        path.write_bytes(content)
    assert store.assessments() == [kept]


def test_a_record_that_says_it_is_another_is_passed_over(tmp_path: Path, store: FileStore) -> None:
    record = assessment()
    create(store, record)
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(record.id.encode(), b"7" * 12))
    assert store.assessments() == []


def test_a_broken_matrix_makes_a_broken_record(tmp_path: Path, store: FileStore) -> None:
    create(store, assessment())
    path = only_file(tmp_path)
    tables = json.loads(path.read_text("utf-8"))
    tables["assessment"]["1"]["matrix"]["bands"] = 3
    path.write_text(json.dumps(tables), "utf-8")
    assert store.assessments() == []


@pytest.mark.parametrize(
    "hostile", ["Wa\\u001b[2Jrd", "Wa\u202erd", "Wa\u2069rd", "Wa\x7frd", "Wa\u009b1mrd", "Wa\\brd", "Wa\\frd"]
)
def test_texts_are_cleaned(tmp_path: Path, store: FileStore, hostile: str) -> None:
    create(store, assessment("Ward"))
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"Ward"', f'"{hostile}"'.encode()))
    assert [each.team for each in store.assessments()] == ["Ward"]


def test_what_is_written_by_hand_or_by_another_version_is_read_as_read_does(tmp_path: Path, store: FileStore) -> None:
    create(store, assessment(begun=AT, closed=AT))
    path = only_file(tmp_path)
    tables = json.loads(path.read_text("utf-8"))
    document = tables["assessment"]["1"]
    document["begun"] = document["closed"] = "2026-11-22T09:30:00"
    path.write_text(json.dumps(tables), "utf-8")
    (read,) = store.assessments()
    assert isinstance(read.closed, datetime)
    assert (read.begun, read.closed) == (AT, AT)
    for change in ({"schema": 99}, {"new": [1]}):
        path.write_text(json.dumps({**tables, "assessment": {"1": {**document, **change}}}), "utf-8")
        assert store.assessments() == [store.read(read.id)]


def test_a_file_from_before_plans_and_surveys_loads_as_a_group_with_ideas(tmp_path: Path, store: FileStore) -> None:
    create(store, assessment(actions=(planned("Ask the library"),)))
    path = only_file(tmp_path)
    tables = json.loads(path.read_text("utf-8"))
    new = ("way", "setup", "objectives", "left_out", "feedback", "closes", "closed", "survey")
    for field in new:
        del tables["assessment"]["1"][field]
    for field in ("option", "objective", "priority", "reason", "dots", "effort", "benefit", "outcome"):
        del tables["actions"]["1"][field]
    path.write_text(json.dumps(tables), "utf-8")
    (read,) = store.assessments()
    assert read == store.read(read.id)
    assert (read.way, read.collecting, read.actions[0].idea) == ("group", False, True)
