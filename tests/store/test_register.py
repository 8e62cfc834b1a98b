"""The register finds what the files say: in every way of asking, and whatever happens to its index."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.analysis.query import Query, parse_query
from kmtui.flow.lesson_life import JOINED
from kmtui.model.errors import NotFound, StoreError
from kmtui.model.session import Taken
from kmtui.store import cache as caches
from kmtui.store import catalogue, fts, layout, lesson_search
from kmtui.store.files import FileStore
from kmtui.store.lesson_index import LessonIndex
from kmtui.store.records import new_content
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.store.register_things import age, cache_file, files_with, found, hits, kept, learn, learnt, with_lessons
from tests.store.things import DAY, TECHNIQUE, action, entry, new_id, only_file, open_store, opened, planned, session
from tests.store.things import assessment as new_assessment

ORDER = learnt(
    "Tell the porters the order of beds the evening before",
    context="Moving Ward 7 to the new hospital",
    cause="The list hung in one place",
    recommendation="Send the planned list by six",
    tags=("moves", "Bed flow"),
    owner="Bed manager",
)
KITCHEN = learnt("The kitchen knew a week ahead", keep_or_change="keep", tags=("food",))
STANDS = learnt("Label the drip stands", context="Café beside the lift", recommendation="Mind good relations")


@pytest.fixture
def filled(store: FileStore) -> FileStore:
    """A workspace with three lessons in two sessions, and an imported one."""
    learn(store, ORDER, KITCHEN, title="Ward move", day=date(2026, 5, 12))
    other = replace(TECHNIQUE, id="peer-assist")
    learn(store, STANDS, title="Theatres", team="Ward 7", day=date(2026, 7, 1), technique=other, criterion="innovation")
    stored = kept(
        "Beds need space", day=date(2025, 1, 31), team="Árpád  Ward", technique="retrospect", criterion="evidence",
        tags=("moves and more",), title="Elsewhere",
    )  # fmt: skip
    store.register.add([stored])
    return store


BEDS, PORTERS, FOOD, DRIP = "Beds need space", ORDER.lesson, KITCHEN.lesson, STANDS.lesson


# Ways of asking


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("porters", {PORTERS}),
        ("PORTER", {PORTERS}),
        ("porters order", {PORTERS}),
        ("beds", {PORTERS, BEDS}),
        ("hung", {PORTERS}),  # in the cause
        ("six", {PORTERS}),  # in the recommendation
        ("hospital", {PORTERS}),  # in the context
        ("food", {FOOD}),  # a tag
        ("theatres", {DRIP}),  # the title of the session
        ("arpad", {BEDS}),  # the team
        ("cafe", {DRIP}),
        ("CAFÉ", {DRIP}),
        ("cafe\u0301", {DRIP}),
        ("label*", {DRIP}),
        ("kit*", {FOOD}),
        ("kit* week", {FOOD}),
        ("kit* por*", {FOOD, PORTERS}),  # some of them, since none has both
        ('"order of beds"', {PORTERS}),
        ('"beds of order"', set()),
        ('"order of bed"', {PORTERS}),
        ("zebra", set()),
        ("moved", {PORTERS, BEDS, FOOD}),  # moves, moving and the move in the title
    ],
)
def test_words_beginnings_and_phrases(filled: FileStore, asked: str, expected: set[str]) -> None:
    assert set(found(filled, asked)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("tag:moves", {PORTERS}),
        ("tag:MOVES", {PORTERS}),
        ("tag:#moves", {PORTERS}),
        ("tag:moves*", {PORTERS, BEDS}),
        ('tag:"bed flow"', {PORTERS}),
        ("tag:flow", set()),
        ("tag:moves tag:bed*", {PORTERS}),
        ("tag:moves tag:food", set()),
        ('team:"ward 7"', {PORTERS, FOOD, DRIP}),
        ("team:ward*", {PORTERS, FOOD, DRIP}),
        ('team:"ÁRPÁD WARD"', {BEDS}),
        ('team:"Ward 7" team:"árpád ward"', {PORTERS, FOOD, DRIP, BEDS}),
        ("technique:peer-assist", {DRIP}),
        ('technique:"Peer Assist"', {DRIP}),
        ("technique:after*", {PORTERS, FOOD}),
        ("technique:retrospect technique:peer-assist", {DRIP, BEDS}),
        ("criterion:innovation", {DRIP}),
        ("criterion:Evid*", {BEDS}),
        ("kind:keep", {FOOD}),
        ("kind:change", {PORTERS, DRIP, BEDS}),
        ("after:2026", {PORTERS, FOOD, DRIP}),
        ("after:2026-05-12 before:2026-07-01", {PORTERS, FOOD}),
        ("before:2026", {BEDS}),
        ("after:2026-07-01 before:2026-07-02", {DRIP}),
        ("before:2025-01-31", set()),
        ("before:2025-02", {BEDS}),
        ("state:captured", {PORTERS, FOOD, DRIP, BEDS}),
        ("state:retired", set()),
        ("beds kind:change after:2026", {PORTERS}),
        ("beds tag:food", set()),
        ("", {PORTERS, FOOD, DRIP, BEDS}),
    ],
)
def test_limits(filled: FileStore, asked: str, expected: set[str]) -> None:
    assert set(found(filled, asked)) == expected
    if parse_query(asked).wordless:
        assert set(found(filled, f"{asked} porters beds lift kitchen drip")) == expected


def test_states_are_those_that_events_tell(filled: FileStore) -> None:
    (imported,) = (hit.line.id for hit in hits(filled, "space"))
    filled.add_event(ORDER.id, {"state": "applied", "note": "It hangs there"})
    filled.add_event(KITCHEN.id, {"state": "retired", "note": "New kitchen"})
    filled.add_event(imported, {"owner": "Porters"})
    assert found(filled, "state:applied") == [PORTERS]
    assert found(filled, "state:retired week") == [FOOD]
    assert set(found(filled, "state:captured")) == {DRIP, BEDS}
    assert set(found(filled, "state:captured state:applied")) == {DRIP, BEDS, PORTERS}
    assert found(filled, "state:agreed") == []
    (line,) = (hit.line for hit in hits(filled, "space"))
    assert (line.owner, line.state) == ("Porters", "captured")
    filled.add_event(ORDER.id, {"state": "captured"})
    assert found(filled, "state:applied") == []
    assert PORTERS in found(filled, "state:captured")


def test_without_words_the_newest_come_first(filled: FileStore) -> None:
    assert found(filled, "") == [DRIP, PORTERS, FOOD, BEDS]
    assert found(filled, "", 2) == [DRIP, PORTERS]
    assert {hit.score for hit in hits(filled, "")} == {0.0}
    assert [line.lesson for line in filled.register.all()] == [DRIP, PORTERS, FOOD, BEDS]


@pytest.mark.parametrize("word", ["moving", "hospital", "planned", "relations", "kitchen", "label"])
def test_a_half_typed_word_never_makes_a_lesson_flicker_away(filled: FileStore, word: str) -> None:
    (expected,) = found(filled, word)[:1]
    for end in range(1, len(word) + 1):
        assert expected in found(filled, word[:end], typing=True), word[:end]
        assert expected in found(filled, f"the {word[:end]}", typing=True), word[:end]
        assert expected in found(filled, f"{word[:end]}*"), word[:end]
    assert expected in found(filled, f"{word} ", typing=True)


ENDED = (
    "added analysis accessibility anybody asking being capabilities carried carries carrying decisively dying employer "
    "everything hopefulness hospitalisation keyboards keys notifications organising organization organisational using "
    "planning quickly relational responsiveness running stayed summarised trying"
)


def test_every_beginning_of_the_words_that_endings_change_finds_them(store: FileStore) -> None:
    words = ENDED.split()
    learn(store, *words)
    for word in words:
        for end in range(1, len(word) + 1):
            assert word in found(store, word[:end], typing=True), (word, word[:end])


def test_a_half_typed_word_does_not_find_a_shorter_one(filled: FileStore) -> None:
    assert found(filled, "thems", typing=True) == []  # not `the`, which nearly every lesson has
    assert found(filled, "inde", typing=True) == []
    assert found(filled, "orders of magnit", typing=True) == [PORTERS]
    assert found(filled, "bedpan", typing=True) == []


@pytest.mark.parametrize("text", [text for text in HOSTILE if any(map(str.isalnum, text))])
def test_hostile_lessons_are_found_by_their_own_words(store: FileStore, text: str) -> None:
    learn(store, learnt(text, tags=(text,)), "Something else")
    asked = " ".join(parse_query(clean(text)).words[:20])
    assert asked or '"' in text
    if asked:
        (hit,) = hits(store, asked)[:1]
        assert hit.line.lesson == clean(text)
        assert "".join(part for part, _ in hit.excerpt).replace("…", "").strip() in hit.line.lesson
    for typing in (False, True):
        hits(store, f"{text} {text}", typing=typing)


def test_a_search_of_thousands_of_words_is_answered(filled: FileStore) -> None:
    many = " ".join(f"w{number}" for number in range(3000))
    assert found(filled, f"porters {many}") == [PORTERS]
    assert found(filled, f'"{many}"') == []
    assert found(filled, "x" * 100_000, typing=True) == []
    assert len(found(filled, " ".join(f"team:t{number}" for number in range(99)) + ' team:"ward 7"')) == 3


# Ranking, and what is shown


def test_what_was_learned_counts_more_than_its_cause(store: FileStore) -> None:
    learn(store, learnt("One", cause="The lift was late"), learnt("The lift comes late"), learnt("Two", context="lift"))
    learn(store, *(f"Number {number}" for number in range(20)))
    scores = [hit.score for hit in hits(store, "lift")]
    assert found(store, "lift")[0] == "The lift comes late"
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > 0


def test_those_with_all_words_come_before_those_with_some(store: FileStore) -> None:
    both = ["Porters wait for the lift at noon, and they told us so again and again " + "at length " * 20]
    learn(store, *both, "Lift lift lift", "Porters porters", "Nothing")
    assert found(store, "porters lift")[0] == both[0]
    assert set(found(store, "porters lift")) == {*both, "Lift lift lift", "Porters porters"}
    assert found(store, "porters lift", 1) == both
    learn(store, *(f"Porters take lift {number}" for number in range(5)))
    assert len(found(store, "porters lift")) == 6  # five with all words are enough


def test_found_words_are_marked_in_the_place_where_they_stand(filled: FileStore) -> None:
    (hit,) = hits(filled, "porter evening")
    assert hit.excerpt == (
        ("Tell the ", False),
        ("porters", True),
        (" the order of beds the ", False),
        ("evening", True),
        (" before", False),
    )
    assert [part for part, marked in hits(filled, "hung")[0].excerpt if marked] == ["hung"]
    assert [part for part, marked in hits(filled, '"order of beds"')[0].excerpt if marked] == ["order of beds"]
    assert [part for part, marked in hits(filled, "movi", typing=True)[0].excerpt if marked]
    assert hits(filled, "tag:food")[0].excerpt == ()
    long = "word " * 500
    learn(filled, learnt(f"{long} needle {long}"))
    (hit,) = hits(filled, "needle")
    assert ("needle", True) in hit.excerpt
    assert len("".join(part for part, _ in hit.excerpt)) < 300


def test_marks_of_excerpts_in_a_lesson_are_not_taken_for_found_words(store: FileStore) -> None:
    learn(store, f"One {fts.BEGIN}two{fts.END} three")
    (hit,) = hits(store, "three")
    assert [part for part, marked in hit.excerpt if marked] == ["three"]


@pytest.mark.parametrize("wide", [1, 2, 5, 8])
def test_very_common_words_are_found_though_they_are_not_ranked_by(
    store: FileStore, monkeypatch: pytest.MonkeyPatch, wide: int
) -> None:
    monkeypatch.setattr(lesson_search, "WIDE", wide)
    for number in range(6):
        learn(store, f"Beds in bay {number}", day=DAY + timedelta(days=number))
    learn(store, "Lift for beds", "Lift", day=DAY + timedelta(days=9))
    assert found(store, "lift beds")[0] == "Lift for beds"
    assert set(found(store, "beds")) >= set(found(store, "beds", wide))
    assert len(found(store, "beds", 2)) == min(wide, 2)
    if wide < 7:
        assert found(store, "beds", 1) == ["Lift for beds"]  # what was added last


def test_a_text_of_common_words_does_not_miss_the_lesson_with_the_rare_one(
    store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson_search, "WIDE", 10)
    learn(store, *(f"The beds of bay {number}" for number in range(20)))
    learn(store, "The zebra", day=DAY - timedelta(days=9))
    learn(store, *(f"The beds of ward {number}" for number in range(20)))
    assert "The zebra" in found(store, "the beds zebra")
    assert found(store, "the zebra")[0] == "The zebra"


# What has become of lessons


def test_joined_lessons_are_found_as_the_one(filled: FileStore) -> None:
    filled.add_event(KITCHEN.id, {JOINED: ORDER.id})
    filled.add_event(STANDS.id, {JOINED: KITCHEN.id})
    for words in ("kitchen", "drip", "porters"):
        (hit,) = hits(filled, words)
        assert hit.line.lesson == PORTERS
    assert [line.id for line in filled.register.joined_into(ORDER.id)] == [KITCHEN.id]
    assert found(filled, "", 10) == [PORTERS, BEDS]
    assert filled.register.find(STANDS.id).joined == KITCHEN.id
    filled.add_event(ORDER.id, {JOINED: STANDS.id})  # in a circle, as two machines can make it
    assert {found(filled, words)[0] for words in ("kitchen", "drip", "porters")} == {FOOD, DRIP, PORTERS}
    filled.add_event(KITCHEN.id, {JOINED: None})
    filled.add_event(ORDER.id, {JOINED: None})
    assert found(filled, "porters") == [PORTERS]
    assert found(filled, "drip") == [FOOD]


def test_a_lesson_that_went_into_one_that_is_not_here_is_shown_itself(filled: FileStore) -> None:
    filled.add_event(ORDER.id, {JOINED: new_id()})
    assert found(filled, "porters") == [PORTERS]


def test_uses_are_counted_on_both_sides_and_told(filled: FileStore) -> None:
    said = (replace(entry("Call before"), lesson=ORDER.id), replace(entry("Call twice"), lesson=ORDER.id))
    taking = session(
        "Next move",
        day=date(2026, 9, 1),
        actions=(replace(action("Hang up the list"), lesson=KITCHEN.id),),
        taken=(Taken(lesson=STANDS.id, words="Label"),),
    )
    taking = replace(taking, entries=said)
    filled.create(taking).close()
    plan = new_assessment(actions=(planned("Plan it", lesson=ORDER.id),))
    filled.create(plan).close()
    used = {line.lesson: line.used for line in filled.register.all()}
    assert used == {PORTERS: 2, FOOD: 1, DRIP: 1, BEDS: 0}
    assert [hit.line.used for hit in hits(filled, "porters")] == [2]
    uses = filled.register.uses(ORDER.id)
    assert [(use.into, use.words, use.record) for use in uses] == [
        ("action", "Plan it", plan.id),
        ("entry", "Call before", taking.id),
        ("entry", "Call twice", taking.id),
    ]
    assert [(use.into, use.title) for use in filled.register.uses(STANDS.id)] == [("session", "Next move")]
    between = filled.register.uses_between(date(2026, 9, 1), date(2026, 9, 1))
    assert {use.lesson for use in between} == {ORDER.id, KITCHEN.id, STANDS.id}
    filled.add_event(KITCHEN.id, {JOINED: ORDER.id})
    assert filled.register.find(ORDER.id).used == 3
    assert {use.words for use in filled.register.uses(ORDER.id)} >= {"Hang up the list"}
    filled.remove(taking.id)
    assert filled.register.find(ORDER.id).used == 1
    assert [use.words for use in filled.register.uses(ORDER.id)] == ["Plan it"]


def test_a_lesson_that_is_learnt_again_is_counted(filled: FileStore) -> None:
    again = learnt("Porters must know the order", again=ORDER.id)
    learn(filled, again, learnt("Once more", again=ORDER.id))
    assert filled.register.find(ORDER.id).seen == 3
    assert filled.register.find(again.id).again == ORDER.id
    filled.add_event(STANDS.id, {JOINED: ORDER.id})
    assert filled.register.find(ORDER.id).seen == 4


def test_those_whose_day_of_review_has_come_wait(filled: FileStore) -> None:
    today = date(2026, 9, 1)
    for each, day in ((ORDER, "2026-08-31"), (KITCHEN, "2026-09-01"), (STANDS, "2026-09-02")):
        filled.add_event(each.id, {"review": day})
    assert [line.lesson for line in filled.register.waiting(today)] == [PORTERS, FOOD]
    filled.add_event(ORDER.id, {"state": "retired", "note": "No more porters"})
    assert [line.lesson for line in filled.register.waiting(today)] == [FOOD]
    filled.remove_lesson(KITCHEN.id)
    assert filled.register.waiting(today) == []


def test_any_unique_beginning_of_an_id_finds_a_lesson(filled: FileStore) -> None:
    assert filled.register.find(ORDER.id.upper()).lesson == PORTERS
    with pytest.raises(NotFound):
        filled.register.find("zzzzzz")
    with pytest.raises(NotFound, match="More than one lesson"):
        filled.register.find("")
    alike = kept("Alike", id=f"{ORDER.id[:-1]}{'0' if ORDER.id[-1] != '0' else '1'}")
    filled.register.add([alike])
    with pytest.raises(NotFound, match="More than one lesson"):
        filled.register.find(ORDER.id[:-1])
    assert filled.register.find(ORDER.id).lesson == PORTERS
    assert filled.register.lines([ORDER.id, alike.id, "gone"]).keys() == {ORDER.id, alike.id}


def test_one_id_with_two_wordings_is_shown_twice_and_with_one_wording_once(store: FileStore) -> None:
    one = learnt("Tell the porters")
    learn(store, one, day=date(2026, 1, 1))
    learn(store, one, day=date(2026, 2, 1))
    learn(store, replace(one, lesson="Tell the porters early"), day=date(2026, 3, 1))
    assert sorted(found(store, "porters")) == ["Tell the porters", "Tell the porters early"]
    assert [line.lesson for line in store.register.all()] == ["Tell the porters early", "Tell the porters"]
    assert store.register.find(one.id).lesson == "Tell the porters early"
    assert [fact.id for fact in store.register.facts()] == [one.id]


def test_lessons_that_are_similar_share_rare_words(filled: FileStore) -> None:
    def similar(words: str, without: tuple[str, ...] = ()) -> list[str]:
        return [line.lesson for line in filled.register.similar(Query(words=tuple(words.split())), 3, without)]

    assert similar("porters wait") == [PORTERS]
    assert similar("porters wait", (ORDER.id,)) == []
    assert similar("zebra") == []
    filled.add_event(ORDER.id, {"state": "retired", "note": "x"})
    assert similar("porters wait") == []


# Lessons without a session


def test_imported_lessons_are_added_once(store: FileStore) -> None:
    one, other = kept("Tell the porters", tags=("a",), reference="R-1"), kept("Tell the porters", tags=("b",))
    added = store.register.add([one, other, one, replace(one, id=new_id())])
    assert (added.ids, added.duplicates) == ((one.id, other.id), 2)
    assert store.register.add([one, replace(other, id=new_id(), source="new.csv")]).duplicates == 2
    later = replace(one, id=new_id(), date=DAY + timedelta(days=1))
    assert store.register.add([later]).ids == (later.id,)
    assert len(found(store, "porters")) == 3
    assert store.register.kept(one.id) == one
    assert store.register.kept(new_id()) is None
    assert store.register.find(one.id).imported


def test_a_lesson_of_a_session_is_here_already(store: FileStore) -> None:
    record = learn(store, ORDER, title="Ward move")
    fields = {name: getattr(ORDER, name) for name in ("context", "cause", "recommendation", "tags", "owner")}
    same = kept(ORDER.lesson, **fields, title="Ward move", team=record.team, technique=record.technique.id)
    assert store.register.add([same]).duplicates == 1
    assert store.register.add([replace(same, owner="Somebody else")]).duplicates == 0


def test_by_id_only_the_id_counts(store: FileStore) -> None:
    one = kept("Tell the porters")
    assert store.register.add([one, replace(one, id=new_id())], by_id=True).duplicates == 0
    assert store.register.add([replace(one, lesson="Other words")], by_id=True).duplicates == 1
    assert sorted(found(store, "porters")) == ["Tell the porters"] * 2


def test_a_kept_lesson_is_changed_and_its_file_dropped(store: FileStore, tmp_path: Path) -> None:
    one = kept("Tell the porters")
    store.register.add([one])
    store.register.put(replace(one, lesson="Tell the cleaners"))
    assert (found(store, "porters"), found(store, "cleaners")) == ([], ["Tell the cleaners"])
    store.register.drop(one.id)
    assert found(store, "cleaners") == []
    assert files_with(tmp_path, "cleaners", "porters") == []
    with pytest.raises(NotFound, match="no lesson"):
        store.register.put(one)
    with pytest.raises(NotFound, match="no lesson"):
        store.register.drop(one.id)
    assert store.register.add([one]).ids == (one.id,)  # dropping is not deleting
    assert found(store, "porters") == ["Tell the porters"]


def test_a_deleted_lesson_is_hidden_in_another_copy_of_the_workspace(store: FileStore, tmp_path: Path) -> None:
    one = kept("Tell the porters")
    store.register.add([one])
    learn(store, "Call the porters", title="Kept")
    shutil.copytree(tmp_path / "work", tmp_path / "copy")
    store.remove_lesson(one.id)
    copy = FileStore(tmp_path / "copy", tmp_path / "other cache")
    assert len(found(copy, "porters")) == 2
    shutil.copytree(tmp_path / "work" / "followup", tmp_path / "copy" / "followup", dirs_exist_ok=True)
    assert found(copy, "porters") == ["Call the porters"]
    assert [line.lesson for line in copy.register.all()] == ["Call the porters"]
    assert copy.register.kept(one.id) is None


# Right after any change


def test_right_after_a_change_of_this_process(store: FileStore) -> None:
    assert found(store, "porters") == []
    record = learn(store, "Tell the porters")
    assert found(store, "porters") == ["Tell the porters"]
    handle = opened(store, record.id)
    for number in range(5):
        handle.save(replace(handle.record, lessons=(learnt(f"Porters {number}"),)))
        assert found(store, "porters") == [f"Porters {number}"]
    handle.close()
    removed = store.remove(record.id)
    assert found(store, "porters") == []
    store.restore(removed)
    assert found(store, "porters") == ["Porters 4"]


ANOTHER = """
import sys
from pathlib import Path
from kmtui.store.files import FileStore
from kmtui.store.lesson_index import LessonIndex
from tests.store.register_things import learn, learnt, found
from tests.store.things import opened
from msgspec.structs import replace

folder, session, cache = sys.argv[1:]
store = FileStore(Path(folder) / "work", Path(folder) / cache)
for line in sys.stdin:
    word = line.strip()
    if session:
        handle = opened(store, session)
        handle.save(replace(handle.record, lessons=(*handle.record.lessons, learnt(word))))
        handle.close()
    else:
        learn(store, word)
    print(*found(store, word), flush=True)
"""


@pytest.mark.parametrize("cache", ["cache", "other cache"])
@pytest.mark.parametrize("same", [True, False])
def test_right_after_a_change_of_another_process(store: FileStore, tmp_path: Path, cache: str, same: bool) -> None:
    record = learn(store, "Begin") if same else None
    command = [sys.executable, "-c", ANOTHER, str(tmp_path), record.id if record else "", cache]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        for number in range(6):
            assert found(store, f"w{number}x") == []
            print(f"w{number}x", file=other.stdin)
            assert other.stdout.readline().strip() == f"w{number}x"
            assert found(store, f"w{number}x") == [f"w{number}x"]
    assert other.returncode == 0


def write(folder: Path, *lessons: str) -> Path:
    """Put a session file into the workspace past the program, as copying does."""
    record = with_lessons(*lessons)
    path = folder / "work" / layout.path_of(record)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(new_content(record, "session"))
    return path


def test_right_after_a_file_was_copied_in_moved_or_deleted(store: FileStore, tmp_path: Path) -> None:
    learn(store, "Begin")
    store.register.look()
    path = write(tmp_path, "Tell the porters")
    assert found(store, "porters") == ["Tell the porters"]
    elsewhere = tmp_path / path.name
    path.rename(elsewhere)
    assert found(store, "porters") == []
    elsewhere.rename(path)
    assert found(store, "porters") == ["Tell the porters"]
    path.unlink()
    assert found(store, "porters") == []
    assert found(store, "begin") == ["Begin"]
    shutil.rmtree(tmp_path / "work")
    assert found(store, "begin") == []


def test_what_an_editor_wrote_into_a_file_is_seen_by_a_look(store: FileStore, tmp_path: Path) -> None:
    learn(store, "Tell the porters")
    path = only_file(tmp_path)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    os.utime(path.parent, (1_700_000_000, 1_700_000_000))
    assert found(store, "porters") == ["Tell the porters"]
    assert store.register.look()
    path.write_bytes(path.read_bytes().replace(b"porters", b"cleaner"))  # of the same length
    assert store.register.look()
    assert found(store, "porters") == []
    assert found(store, "cleaner") == ["Tell the cleaner"]
    assert found(open_store(tmp_path), "cleaner") == ["Tell the cleaner"]


def test_half_a_file_is_told_and_the_others_are_found(store: FileStore, tmp_path: Path) -> None:
    learn(store, "Call the porters")
    path = write(tmp_path, "Tell the porters")
    whole = path.read_bytes()
    for half in (whole[: len(whole) // 2], b"", b"\0" * len(whole), b"[]", whole.replace(b'"lesson"', b'"lessen"')):
        path.write_bytes(half)
        store.register.look()
        assert found(store, "porters") == ["Call the porters"]
        assert [trouble.file for trouble in store.troubles()] == [path.relative_to(tmp_path / "work").as_posix()]
    path.write_bytes(whole)
    store.register.look()
    assert set(found(store, "porters")) == {"Call the porters", "Tell the porters"}
    assert store.troubles() == []


def test_a_lesson_file_that_cannot_be_read_is_told(store: FileStore, tmp_path: Path) -> None:
    one, other = kept("Tell the porters"), kept("Call the porters")
    store.register.add([one, other])
    path = tmp_path / "work" / layout.lesson_path(one)
    path.write_bytes(path.read_bytes()[:100])
    store.register.look()
    assert found(store, "porters") == ["Call the porters"]
    assert [trouble.id for trouble in store.troubles()] == [one.id]


# Whatever happens to the index


def many(store: FileStore, count: int = 40) -> None:
    for number in range(count):
        learn(store, learnt(f"Porters of bay n{number}", context="Some words more " * 30, tags=(f"t{number}",)))
    assert len(found(store, "porters", 100)) == count


def test_an_index_that_was_deleted_is_made_anew(store: FileStore, tmp_path: Path) -> None:
    many(store)
    shutil.rmtree(tmp_path / "cache")
    assert len(found(open_store(tmp_path), "porters", 100)) == 40
    store.close()
    shutil.rmtree(tmp_path / "cache")
    assert len(found(store, "porters", 100)) == 40


@pytest.mark.parametrize("content", [b"", b"not a database" * 100, b"SQLite format 3\0" + bytes(5000)])
def test_an_index_that_is_none_is_made_anew(store: FileStore, tmp_path: Path, content: bytes) -> None:
    many(store)
    store.close()
    cache_file(tmp_path).write_bytes(content)
    assert len(found(store, "porters", 100)) == 40
    assert found(store, "n7") == ["Porters of bay n7"]


@pytest.mark.slow
def test_an_index_with_flipped_bytes_never_raises_and_is_right_after_a_check(tmp_path: Path) -> None:
    """What SQLite finds damaged is made anew at once; what it cannot see, `check_index` finds and makes anew."""
    first = open_store(tmp_path)
    many(first)
    age(tmp_path)
    first.register.look()
    first.close()
    path = cache_file(tmp_path)
    whole = path.read_bytes()
    chance = random.Random(2026)
    caught = 0
    for at in [*range(0, 100, 7), *(chance.randrange(len(whole)) for _ in range(110))]:
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        for more in range(at, min(at + 40, len(damaged)), 3):
            damaged[more] ^= 0x5A
        path.write_bytes(bytes(damaged))
        store = open_store(tmp_path)
        for words in ("porters", "n7", "por", ""):
            found(store, words, 100, typing=True)
        list(store.register.all())
        caught += not store.register.check_index()
        assert len(found(store, "porters", 100)) == 40, at
        assert found(store, "n7") == ["Porters of bay n7"], at
        store.close()
    assert caught > 0


def test_a_lost_word_of_the_index_is_found_by_a_check(store: FileStore, tmp_path: Path) -> None:
    many(store, 5)
    age(tmp_path)
    store.register.look()
    with sqlite3.connect(cache_file(tmp_path)) as database:
        database.execute("INSERT INTO words (words) VALUES ('delete-all')")
    database.close()
    assert found(store, "porters") == []
    assert not store.register.check_index()
    assert len(found(store, "porters")) == 5
    assert store.register.check_index()


def busy() -> sqlite3.Error:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


@pytest.mark.parametrize("times", [1, 2, 3])
def test_an_index_that_another_process_holds_is_done_without(store: FileStore, times: int) -> None:
    many(store, 5)
    errors = [busy()] * times

    def count(index: LessonIndex) -> int:
        if errors:
            raise errors.pop()
        return index.count()

    assert store._catalogue.ask(count) == 5
    assert len(found(store, "porters")) == 5


def test_while_another_process_holds_the_index_for_long_all_is_found(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches, "_WAIT", 0.02)
    many(store, 5)
    store.close()
    other = sqlite3.connect(cache_file(tmp_path), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert len(found(store, "porters")) == 5
        learn(store, "Call the porters")
        assert len(found(store, "porters")) == 6
        assert len(list(store.register.all())) == 6
    finally:
        other.close()
    store.close()
    assert len(found(store, "porters")) == 6


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    store = open_store(tmp_path)
    learn(store, "Tell the porters")
    assert found(store, "porters") == ["Tell the porters"]
    learn(store, "Call the porters")
    assert len(found(store, "porters")) == 2


def test_an_index_is_built_in_parts_and_goes_on_where_it_was_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_AT_A_TIME", 10)
    for number in range(35):
        write(tmp_path, f"Porters of bay n{number}")
    age(tmp_path)
    store, told = open_store(tmp_path), list[tuple[int, int]]()

    def until(part: int) -> Callable[[int, int], bool]:
        def progress(done: int, of: int) -> bool:
            told.append((done, of))
            return len(told) < part

        return progress

    assert store.register.look(until(2)) is False
    assert told == [(10, 35), (20, 35)]
    assert store.register.count() == 20
    assert len(found(store, "porters", 100)) == 20  # nobody reads on behind the back of whoever stopped it
    told.clear()
    assert store.register.look(until(9)) is True
    assert told == [(10, 15), (15, 15)]
    assert len(found(store, "porters", 100)) == 35
    told.clear()
    write(tmp_path, "Porters at last")
    assert store.register.look(until(1)) is True  # whoever stops it at the end stops nothing
    assert told == [(1, 1)]


def test_others_search_while_a_thread_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_AT_A_TIME", 5)
    for number in range(60):
        write(tmp_path, f"Porters of bay n{number}")
    store = open_store(tmp_path)
    seen, go, begun = list[int](), threading.Event(), threading.Event()

    def progress(done: int, of: int) -> bool:
        begun.set()
        assert go.wait(30)
        return True

    builder = threading.Thread(target=store.register.look, args=(progress,))
    builder.start()
    try:
        assert begun.wait(30)
        seen.append(len(found(store, "porters", 100)))  # answered though the builder is in the middle
        go.set()
        while builder.is_alive():
            seen.append(len(found(store, "porters", 100)))
    finally:
        go.set()
        builder.join()
    assert seen[0] == 5
    assert seen == sorted(seen)
    assert len(found(store, "porters", 100)) == 60


def test_threads_search_and_change_at_once(store: FileStore) -> None:
    wrong: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(12):
                word = f"{name}{number}x"
                learn(store, f"Porters {word}")
                store.register.look()
                assert found(store, word) == [f"Porters {word}"]
                list(store.register.all())
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    assert len(found(store, "porters", 100)) == 48


# Deleted for good


SECRETS = ("zanzibar", "quixotic")


def confide(store: FileStore) -> list[tuple[str, str]]:
    """Keep a lesson in a session, an imported one and a session, with events; return (kind, id) of each."""
    one = learnt(f"{SECRETS[0]} porters", context=SECRETS[1], tags=SECRETS)
    learn(store, one, "Stays")
    imported = kept(f"{SECRETS[0]} wards", cause=SECRETS[1])
    store.register.add([imported])
    whole = learn(store, f"{SECRETS[0]} kitchens", f"{SECRETS[1]} lifts")
    for about in (one.id, imported.id, whole.lessons[0].id):
        store.add_event(about, {"state": "applied", "note": f"So it is at {SECRETS[0]}", "role": SECRETS[1]})
    handle = opened(store, whole.id)
    handle.save(replace(handle.record, title="Changed"))  # the generation before is kept beside it
    handle.close()
    return [("lesson", one.id), ("lesson", imported.id), ("record", whole.id)]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_words_of_what_was_deleted_are_nowhere(store: FileStore, tmp_path: Path, order: tuple[int, ...]) -> None:
    learn(store, *(f"Porters of bay {number}" for number in range(50)))
    things = confide(store)
    store.register.look()
    assert len(found(store, f"{SECRETS[0]} wards")) > 0
    store.backups.make()
    assert len(files_with(tmp_path, *SECRETS)) >= 7
    for place in order:
        kind, thing_id = things[place]
        removed = store.remove_lesson(thing_id) if kind == "lesson" else store.remove(thing_id)
        assert removed.left == ""
    assert files_with(tmp_path, *SECRETS) == []
    assert [found(store, word) for word in SECRETS] == [[], []]
    assert len(found(store, "porters", 100)) == 50
    assert found(store, "stays") == ["Stays"]
    assert store.register.check_index()
    store.close()
    assert files_with(tmp_path, *SECRETS) == []


def test_words_that_were_changed_leave_the_index(store: FileStore, tmp_path: Path) -> None:
    record = learn(store, f"{SECRETS[0]} porters")
    found(store, SECRETS[0])
    handle = opened(store, record.id)
    handle.save(replace(handle.record, lessons=(learnt("Porters"),)))
    handle.close()
    store.register.look()
    store._catalogue.forget_words()
    assert files_with(tmp_path / "cache", *SECRETS) == []


def test_reading_makes_nothing_in_the_workspace(store: FileStore, tmp_path: Path) -> None:
    assert store.register.look()
    assert (hits(store, "beds"), list(store.register.all()), store.register.count()) == ([], [], 0)
    assert (store.register.waiting(DAY), store.register.uses("x")) == ([], [])
    assert not (tmp_path / "work").exists()


def test_a_workspace_of_a_newer_kmtui_is_not_read(filled: FileStore, tmp_path: Path) -> None:
    path = tmp_path / "work" / "workspace.json"
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 99').replace(b'"format":1', b'"format":99'))
    for look in (filled.register.look, lambda: list(filled.register.all()), lambda: filled.register.find("x")):
        with pytest.raises(StoreError):
            look()
