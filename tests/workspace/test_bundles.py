"""Bundles: nothing is lost and nothing doubled, twice, in any order, with names and without, whatever is here."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.model.answers import LessonAnswer
from kmtui.model.asset import Contact
from kmtui.model.errors import WrongInput
from kmtui.model.session import Entry, Person, Session
from kmtui.workspace import assets, register
from kmtui.workspace.assets import AssetChange
from kmtui.workspace.bundles import bundle_of, bundle_text, read_file
from kmtui.workspace.desk import Desk
from kmtui.workspace.lesson_imports import keep, read
from kmtui.workspace.sharing import export, import_file
from kmtui.workspace.surveys import create_survey
from tests.workspace.bundled import (
    bundled,
    changed,
    files,
    found,
    review,
    reworded,
    sent,
    state_of,
    take,
    words_of,
    workspace,
)
from tests.workspace.kinds import at, desk_of_kinds
from tests.workspace.making import surveyed
from tests.workspace.test_sharing import everything


@pytest.fixture
def other(tmp_path: Path) -> Desk:
    """Another workspace."""
    return workspace(tmp_path, "other")


def imported(desk: Desk, folder: Path, *lessons: str) -> list[str]:
    """Take in lessons without a session, and return their ids."""
    path = folder / f"{desk.tools.ids()}.csv"
    path.write_text("Lesson\n" + "".join(f'"{each}"\n' for each in lessons), encoding="utf-8")
    return list(keep(desk.tools, read(desk.tools, path), path.name).ids)


def named(desk: Desk) -> str:
    """Keep a session with names in it, a private entry, groups and words that were not entered yet."""
    opened = at(desk, "ideas", "Sister, Porter", title="Winter")
    opened.add_entry("A new lift")
    opened.go("alone")
    opened.add_entry("I am tired")
    opened.close()
    session = opened.record
    people = (Person(role="Sister", name="Ann Lee"), Person(role="Porter", name="Bob Smith"))
    entries = tuple(replace(each, by="Ann Lee") for each in session.entries)
    changed(desk, session.id, people=people, entries=entries, drafts={"ideas": "half a"})
    return session.id


def asset_on(desk: Desk, title: str, *lessons: str) -> str:
    """Make a page with lessons, and return its id."""
    made = assets.create(desk.tools, title)
    assets.change(desk.tools, made.id, AssetChange(lessons=lessons, contacts=(Contact(role="Bed manager"),)))
    return made.id


def everything_in(desk: Desk, folder: Path) -> dict[str, str]:
    """Fill a workspace with all that a bundle can hold; return some ids."""
    session = review(desk, LessonAnswer(lesson="Tell the porters", tags=("moves",)), "Label the drips", title="May")
    second = review(desk, "Tell the porters early", title="June")
    tell, label, early = (*(each.id for each in session.lessons), second.lessons[0].id)
    loose = imported(desk, folder, "Order the lift")[0]
    register.say(desk.tools, tell, state="agreed", role="Sister")
    register.say(desk.tools, tell, state="applied", note="A list hangs there", review=date(2027, 1, 1))
    register.say(desk.tools, loose, state="retired", note="There is no lift")
    register.join(desk.tools, tell, [early])
    asset = asset_on(desk, "Moves", tell, loose)
    assessment = everything(desk)
    line = next(each for each in desk.actions() if each.source == assessment and not each.idea)
    desk.follow_up(line.id, state="done", outcome="It hangs there")
    return {"session": session.id, "second": second.id, "tell": tell, "label": label, "early": early, "loose": loose,
            "asset": asset, "assessment": assessment}  # fmt: skip


# All of it


def test_all_of_a_workspace_comes_in_without_loss(small: Desk, other: Desk, tmp_path: Path) -> None:
    ids = everything_in(small, tmp_path)
    merged = sent(small, other)
    assert state_of(other, "porters", "lift") == state_of(small, "porters", "lift")
    assert (len(merged.new), merged.joined, merged.same, merged.conflicts, merged.failed) == (5, (), 0, (), ())
    assert register.page(other.tools, ids["tell"]).turns == register.page(small.tools, ids["tell"]).turns
    assert [each.lesson for each in register.page(other.tools, ids["tell"]).sources] == ["Tell the porters early"]


def test_the_same_twice_changes_no_byte(small: Desk, other: Desk, tmp_path: Path) -> None:
    everything_in(small, tmp_path)
    for whole in (True, False):
        path = bundled(small, tmp_path, whole=whole)
        take(other, path)
        before = files(other)
        merged = take(other, path)
        assert files(other) == before
        assert (merged.new, merged.joined, merged.same, merged.conflicts, merged.failed) == ((), (), 5, (), ())


def test_a_bundle_changes_nothing_where_it_comes_from(small: Desk, tmp_path: Path) -> None:
    everything_in(small, tmp_path)
    named(desk_of_kinds(tmp_path / "kinds"))
    for whole in (True, False):
        path = bundled(small, tmp_path, whole=whole)
        before = files(small)
        assert take(small, path).same == 5
        assert files(small) == before


def test_names_and_private_words_stay_where_they_are_unless_asked_for(tmp_path: Path, other: Desk) -> None:
    desk = desk_of_kinds(tmp_path)
    named(desk)
    secret = ("Ann Lee", "Bob Smith", "I am tired", "half a")
    text = bundled(desk, tmp_path, whole=False).read_text("utf-8")
    assert not any(each in text for each in secret)
    whole = bundled(desk, tmp_path).read_text("utf-8")
    assert all(each in whole for each in secret)


def test_answers_of_individuals_are_never_in_a_bundle(small: Desk, other: Desk, tmp_path: Path) -> None:
    from kmtui.model.rating import Rating

    survey = surveyed(small, [{"agenda": Rating(criterion="", level=2, rationale="Nobody reads it")}] * 6)
    assert any(b"Nobody reads it" in content for content in files(small).values())
    path = bundled(small, tmp_path)
    assert "Nobody reads it" not in path.read_text("utf-8")
    take(other, path)
    assert not (other.folder / "responses").exists()
    assert other.read(survey) == small.read(survey)


# Chosen things


def test_chosen_things_come_with_what_belongs_to_them(small: Desk, other: Desk, tmp_path: Path) -> None:
    ids = everything_in(small, tmp_path)
    bundle = bundle_of(small.tools, [ids["label"], ids["assessment"]])
    assert [each.id for each in bundle.records] == [ids["assessment"]]
    assert [each.id for each in bundle.lessons] == [ids["label"]]
    bundle = bundle_of(small.tools, [ids["asset"][:11]])
    assert {each.id for each in bundle.lessons} == {ids["tell"], ids["early"], ids["loose"]}
    with pytest.raises(WrongInput, match="There is no record"):
        bundle_of(small.tools, ["zzzz"])
    sent(small, other, ids["asset"])
    assert [each.line.state for each in assets.page(other.tools, ids["asset"]).lessons if each.line] == [
        "applied",
        "retired",
    ]
    assert found(other, "porters early")


@pytest.mark.parametrize("session_first", [True, False])
def test_a_lesson_stands_once_though_it_came_with_an_asset_and_with_its_session(
    desk: Desk, other: Desk, tmp_path: Path, session_first: bool
) -> None:
    session = review(desk, "Tell the porters", "Label the drips")
    asset = asset_on(desk, "Moves", session.lessons[0].id)
    for each in (session.id, asset) if session_first else (asset, session.id):
        assert sent(desk, other, each).conflicts == ()
    assert words_of(other) == ["Label the drips", "Tell the porters"]
    assert other.tools.store.register.count() == 2
    assert not list(other.folder.glob("lessons/*/*"))
    assert [each for each, _ in found(other, "porters")] == ["Tell the porters"]
    assert state_of(other, "porters") == state_of(desk, "porters") | {"events": {}}


def test_a_session_that_comes_as_an_export_takes_its_lessons_in(desk: Desk, other: Desk, tmp_path: Path) -> None:
    session = review(desk, "Tell the porters")
    sent(desk, other, session.lessons[0].id)
    assert len(list(other.folder.glob("lessons/*/*.json"))) == 1
    export(desk.tools, session, "json", tmp_path / "session.json")
    import_file(other.tools, tmp_path / "session.json")
    assert not list(other.folder.glob("lessons/*/*.json"))
    assert words_of(other) == ["Tell the porters"]


@pytest.mark.parametrize("session_first", [True, False])
def test_older_words_of_a_lesson_are_kept_beside_its_session(
    desk: Desk, other: Desk, tmp_path: Path, session_first: bool
) -> None:
    session = review(desk, "Tell the porters")
    old = bundled(desk, tmp_path, session.lessons[0].id)
    reworded(desk, session.id, "Tell the porters by six")
    new = bundled(desk, tmp_path, session.id)
    merged = [take(other, each) for each in ((new, old) if session_first else (old, new))]
    assert words_of(other) == ["Tell the porters", "Tell the porters by six"]
    assert len(found(other, "porters")) == 2
    assert sum(len(each.conflicts) for each in merged) == 1
    assert '"Tell the porters"' in merged[1].conflicts[0]
    before = files(other)
    take(other, old)
    take(other, new)
    assert files(other) == before


# Any order


def versions(folder: Path) -> list[Path]:
    """Return four bundles that overlap: of two people who went on with the same things, each in their own way."""
    first = workspace(folder, "first")
    session = review(first, "Tell the porters", "Label the drips")
    tell, label = (each.id for each in session.lessons)
    loose = imported(first, folder, "Order the lift")[0]
    asset = asset_on(first, "Moves", tell)
    one = bundled(first, folder)
    second = workspace(folder, "second")
    take(second, one)
    reworded(second, session.id, "Tell the porters by six")
    register.say(second.tools, tell, state="agreed")
    kept = second.tools.store.register.kept(loose)
    assert kept is not None
    second.tools.store.register.put(replace(kept, lesson="Order both lifts", changed=second.tools.now()))
    assets.change(second.tools, asset, AssetChange(lessons=(label,), about="What porters know"))
    two = bundled(second, folder, session.id, asset, loose)
    register.say(first.tools, tell, state="applied", note="They know")
    register.say(first.tools, loose, state="retired", note="No lift")
    kept = first.tools.store.register.kept(loose)
    assert kept is not None
    first.tools.store.register.put(replace(kept, lesson="Order no lift", changed=first.tools.now()))
    reworded(first, session.id, "Tell all porters")
    assets.change(first.tools, asset, AssetChange(about="What sisters know", contacts=(Contact(role="Sister"),)))
    three = bundled(first, folder, asset)
    return [one, two, three, bundled(first, folder)]


def test_several_bundles_in_any_order_come_to_the_same(tmp_path: Path) -> None:
    paths = versions(tmp_path)
    outcomes = []
    for number, order in enumerate(permutations(paths)):
        desk = workspace(tmp_path, f"order-{number}")
        for path in order:
            assert take(desk, path).failed == ()
        outcome = state_of(desk, "porters", "lift", "drips")
        outcomes.append(outcome)
        assert outcome == outcomes[0], [paths.index(each) for each in order]
        before = files(desk)
        for path in paths:
            take(desk, path)
        assert files(desk) == before
    words = [line.lesson for line in outcomes[0]["lessons"]]
    assert {"Tell the porters by six", "Tell all porters", "Order both lifts", "Order no lift"} <= set(words)
    assert len(set(words)) == len(words)
    assert [each for each, _ in outcomes[0]["found"][1]].count("Order no lift") == 1
    (page,) = outcomes[0]["assets"]
    assert sorted(page.about.split("\n\n")) == ["What porters know", "What sisters know"]
    assert {each.role for each in page.contacts} == {"Bed manager", "Sister"}


DONE = st.tuples(st.sampled_from("AB"), st.sampled_from(["reword", "order", "say", "join", "page", "send"]),
                 st.integers(0, 3))  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DONE, min_size=2, max_size=8))
def test_whatever_two_people_do_their_bundles_come_to_the_same_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, done: list[tuple[str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("bundles")
    first = workspace(folder, "A")
    session = review(first, "Tell the porters", "Label the drips")
    loose = imported(first, folder, "Order the lift")[0]
    tell, label = (each.id for each in session.lessons)
    asset = asset_on(first, "Moves", tell, loose)
    desks = {"A": first, "B": workspace(folder, "B")}
    sent(first, desks["B"])
    paths: list[Path] = []
    for who, what, number in done:
        desk = desks[who]
        if what == "reword":
            reworded(desk, session.id, f"Tell porter {number}")
        elif what == "order":
            kept = desk.tools.store.register.kept(loose)
            assert kept is not None
            desk.tools.store.register.put(replace(kept, lesson=f"Order lift {number}", changed=desk.tools.now()))
        elif what == "say":
            register.say(desk.tools, (tell, label, loose)[number % 3], state="applied", note=f"By {who}{number}")
        elif what == "join" and desk.tools.store.register.find(label).joined is None:
            register.join(desk.tools, tell, [label])
        elif what == "page":
            assets.change(desk.tools, asset, AssetChange(about=f"Words {number}"))
        elif what == "send":
            paths.append(bundled(desk, folder, *((), (session.id,), (asset,), (tell, loose))[number]))
    paths = [*paths[-2:], bundled(desks["A"], folder), bundled(desks["B"], folder)]
    outcomes = []
    for number, order in enumerate(islice(permutations(paths), 0, None, 5)):
        desk = workspace(folder, f"order-{number}")
        for path in order:
            assert take(desk, path).failed == ()
        outcomes.append(state_of(desk, "porter*", "lift"))
        assert outcomes[-1] == outcomes[0]


def test_words_that_were_taken_back_stand_once_in_any_order(desk: Desk, tmp_path: Path) -> None:
    (loose,) = imported(desk, tmp_path, "Order the lift")
    paths = [bundled(desk, tmp_path)]
    for words in ("Order both lifts", "Order the lift"):
        kept = desk.tools.store.register.kept(loose)
        assert kept is not None
        desk.tools.store.register.put(replace(kept, lesson=words, changed=desk.tools.now()))
        paths.append(bundled(desk, tmp_path))
    outcomes = []
    for number, order in enumerate(permutations(paths)):
        there = workspace(tmp_path, f"order-{number}")
        for path in order:
            take(there, path)
        outcomes.append(state_of(there, "lift"))
        assert outcomes[-1] == outcomes[0]
        assert words_of(there) == ["Order both lifts", "Order the lift"]


def test_two_contacts_with_one_role_both_stay(desk: Desk, other: Desk) -> None:
    session = review(desk, "Tell the porters")
    asset = asset_on(desk, "Moves", session.lessons[0].id)
    contacts = tuple(Contact(role="Bed manager", about=each) for each in ("beds", "moves"))
    assets.change(desk.tools, asset, AssetChange(contacts=contacts))
    sent(desk, other)
    assets.change(desk.tools, asset, AssetChange(about="Here"))
    assets.change(other.tools, asset, AssetChange(about="There"))
    assert len(sent(desk, other).conflicts) == 1
    (page,) = other.tools.store.assets.all()
    assert {each.about for each in page.contacts} == {"", "beds", "moves"}
    assert sorted(page.about.split("\n\n")) == ["Here", "There"]


def test_conflicts_are_told_and_both_wordings_are_found(desk: Desk, other: Desk) -> None:
    session = review(desk, "Tell the porters")
    sent(desk, other)
    reworded(desk, session.id, "Tell the porters by six")
    reworded(other, session.id, "Tell nobody")
    merged = sent(desk, other)
    assert merged.joined == (session.id,)
    (told,) = merged.conflicts
    assert told.startswith("Ward move: The words of one lesson differ")
    assert "Tell nobody" in told
    assert "Tell the porters by six" in told
    assert [each for each, _ in found(other, "nobody")] == ["Tell nobody"]
    assert [each for each, _ in found(other, "porters six")] == ["Tell the porters by six"]


# Names that are missing on one side


@pytest.mark.parametrize("whole_first", [True, False])
def test_names_are_neither_lost_nor_a_conflict(tmp_path: Path, other: Desk, whole_first: bool) -> None:
    desk = desk_of_kinds(tmp_path)
    session = named(desk)
    for whole in (whole_first, not whole_first):
        merged = sent(desk, other, whole=whole)
        assert merged.conflicts == ()
    assert other.tools.store.read(session) == desk.tools.store.read(session)


@pytest.mark.parametrize("whole_first", [True, False])
def test_names_are_not_lost_where_something_else_has_changed(tmp_path: Path, other: Desk, whole_first: bool) -> None:
    desk = desk_of_kinds(tmp_path)
    session = named(desk)
    whole = bundled(desk, tmp_path)
    before = desk.tools.store.read(session)
    assert isinstance(before, Session)
    more = (*before.entries, Entry(id=desk.tools.ids(), step="ideas", text="A second one", by="Bob Smith"))
    changed(desk, session, entries=more, title="Spring")
    bare = bundled(desk, tmp_path, whole=False)
    for path in (whole, bare) if whole_first else (bare, whole):
        take(other, path)
    after = other.tools.store.read(session)
    assert isinstance(after, Session)
    assert [each.name for each in after.people] == ["Ann Lee", "Bob Smith"]
    assert {each.text: each.by for each in after.entries} == {
        "A new lift": "Ann Lee", "I am tired": "Ann Lee", "A second one": "",
    }  # fmt: skip
    assert (after.title, after.drafts) == ("Spring", {"ideas": "half a"})


# What was deleted


def test_what_was_deleted_comes_back_with_what_was_said_of_it(small: Desk, tmp_path: Path) -> None:
    ids = everything_in(small, tmp_path)
    path = bundled(small, tmp_path)
    before = state_of(small, "porters")
    for each in ("tell", "loose"):
        small.tools.store.remove_lesson(ids[each])
    small.delete(ids["second"])
    small.delete(ids["assessment"])
    assets.delete(small.tools, ids["asset"])
    assert words_of(small) == ["Label the drips"]
    take(small, path)
    after = state_of(small, "porters")
    for state in (before, after):  # what comes back stands behind what has stayed
        session = state["records"][ids["session"]]
        state["records"][ids["session"]] = replace(
            session, lessons=tuple(sorted(session.lessons, key=lambda it: it.id))
        )
        del state["events"]
    assert after == before
    was = files(small)
    take(small, path)
    assert files(small) == was


def test_a_bundle_deletes_nothing_and_says_nothing_of_other_things(desk: Desk, other: Desk, tmp_path: Path) -> None:
    mine = review(other, "Mine", title="Mine")
    session = review(desk, "Tell the porters")
    register.say(desk.tools, session.lessons[0].id, state="agreed")
    path = bundled(desk, tmp_path)
    raw = json.loads(path.read_bytes())
    (event,) = raw["events"]
    raw["events"] += [
        {**event, "id": "0000000000a1", "about": mine.id, "change": {"deleted": "yes"}},
        {**event, "id": "0000000000a2", "about": session.id, "change": {"deleted": "yes"}},
        {**event, "id": "0000000000a3", "about": mine.lessons[0].id, "change": {"state": "retired"}},
    ]
    path.write_text(json.dumps(raw), "utf-8")
    take(other, path)
    assert {line.lesson: line.state for line in other.lessons()} == {"Mine": "captured", "Tell the porters": "agreed"}


def test_an_open_survey_that_was_deleted_stays_deleted(small: Desk, tmp_path: Path) -> None:
    survey = create_survey(small.tools, team="Ward 7").id
    review(small, "Tell the porters")
    path = bundled(small, tmp_path)
    small.delete(survey)
    merged = take(small, path)
    assert len(merged.failed) == 1
    assert "was deleted here" in merged.failed[0]
    assert merged.same == 1


# What cannot be taken in


def test_a_record_that_is_open_elsewhere_is_told_and_the_rest_is_taken_in(desk: Desk, other: Desk) -> None:
    busy = review(desk, "Tell the porters")
    sent(desk, other)
    reworded(desk, busy.id, "Tell all porters")
    review(desk, "Label the drips", title="June")
    window = other.open(busy.id)
    merged = sent(desk, other)
    (told,) = merged.failed
    assert told.startswith("Ward move: ")
    assert "window" in told
    assert len(merged.new) == 1
    assert words_of(other) == ["Label the drips", "Tell the porters"]
    window.close()
    assert sent(desk, other).failed == ()
    assert words_of(other) == ["Label the drips", "Tell all porters", "Tell the porters"]


DAMAGES: dict[str, Any] = {
    "cut off": lambda raw: raw[: len(raw) // 2],
    "empty": lambda _: b"",
    "a list": lambda _: b'[{"kind": "bundle"}]',
    "newer": lambda raw: raw.replace(b'"schema": 1', b'"schema": 2', 1),
    "a newer record": lambda raw: raw.replace(b'"schema": 1', b'"schema": 9').replace(
        b'"schema": 9', b'"schema": 1', 1
    ),
    "no time": lambda raw: raw.replace(b'"made": "', b'"made": "x', 1),
    "wrong lists": lambda raw: raw.replace(b'"records": [', b'"records": 3, "x": ['),
    "a wrong state": lambda raw: raw.replace(b'"keep_or_change": "change"', b'"keep_or_change": "perhaps"'),
    "deep": lambda _: b'{"kind": "bundle", "records": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "latin": lambda raw: raw.replace(b"porters", b"port\xe9rs"),
    "nothing but zeros": lambda raw: b"\0" * len(raw),
    "the wrong id": lambda raw: raw.replace(b'"about": "', b'"about": "../'),
    "the end of time": lambda raw: raw.replace(b'"at": "20', b'"at": "99'),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_no_good_bundle_is_refused_and_changes_nothing(
    desk: Desk, other: Desk, tmp_path: Path, damage: str
) -> None:
    session = review(desk, "Tell the porters")
    register.say(desk.tools, session.lessons[0].id, state="agreed")
    review(other, "Mine")
    path = bundled(desk, tmp_path)
    raw = DAMAGES[damage](path.read_bytes())
    assert raw != path.read_bytes()
    path.write_bytes(raw)
    before = files(other)
    with pytest.raises(WrongInput) as told:
        if read_file(path) is None:
            import_file(other.tools, path)
    assert len(str(told.value)) > 20
    assert files(other) == before


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.write(b'{"kind": "bundle", "records": []')
        file.truncate(70 * 1024 * 1024)
    with pytest.raises(WrongInput, match="too large"):
        read_file(path)


def test_times_without_a_zone_and_fields_in_another_order_are_taken_in(desk: Desk, other: Desk, tmp_path: Path) -> None:
    session = review(desk, "Tell the porters")
    loose = imported(desk, tmp_path, "Order the lift")[0]
    register.say(desk.tools, loose, state="agreed")
    path = bundled(desk, tmp_path)
    raw = json.loads(re.sub(r'(:\d\d(?:\.\d+)?)(?:Z|\+00:00)"', r'\1"', path.read_text("utf-8")))
    assert not re.search(r":\d\d(\.\d+)?Z", json.dumps(raw))
    path.write_text(json.dumps(raw, sort_keys=True), "utf-8-sig")
    assert take(other, path).failed == ()
    assert sent(desk, other).same == 2
    reworded(desk, session.id, "Tell all porters")
    assert sent(desk, other).failed == ()
    assert take(other, path).failed == ()
    assert words_of(other) == ["Order the lift", "Tell all porters", "Tell the porters"]
    register.say(desk.tools, loose, state="applied", note="Now")
    assert sent(desk, other).failed == ()
    assert other.tools.store.read(session.id) != desk.tools.store.read(session.id)
    assert register.say(other.tools, loose, state="retired", note="It is there").state == "retired"


def test_a_session_that_is_called_bundle_is_none(desk: Desk, other: Desk, tmp_path: Path) -> None:
    session = review(desk, "Tell the porters", title="bundle")
    export(desk.tools, session, "json", tmp_path / "session.json")
    assert read_file(tmp_path / "session.json") is None
    assert import_file(other.tools, tmp_path / "session.json")[0].id == session.id


def test_a_lesson_and_another_kind_of_record_with_one_id_hurt_nobody(small: Desk, other: Desk, tmp_path: Path) -> None:
    session = review(small, "Tell the porters")
    assessment = everything(small)
    path = bundled(small, tmp_path, assessment)
    path.write_text(path.read_text("utf-8").replace(assessment, session.id), "utf-8")
    before = files(small)
    (told,) = take(small, path).failed
    assert "another kind" in told
    assert files(small) == before


def test_what_would_be_too_large_is_not_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    review(desk, "Tell the porters")
    monkeypatch.setattr("kmtui.workspace.bundles.LARGEST_FILE", 1000)
    with pytest.raises(WrongInput, match="too large for one bundle"):
        bundle_text(bundle_of(desk.tools))


def test_a_clock_that_goes_backwards_changes_nothing_of_it(desk: Desk, other: Desk, tmp_path: Path) -> None:
    session = review(desk, "Tell the porters")
    register.say(desk.tools, session.lessons[0].id, state="agreed")
    path = bundled(desk, tmp_path)
    early = datetime.now(UTC) - timedelta(days=900)
    take(Desk(replace(other.tools, now=lambda: early), other.folder), path)
    assert state_of(other) == state_of(desk)
