"""Knowledge assets: pages that stay linked to lessons and good practice, and say when somebody last looked at them."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.asset import Asset, Contact
from kmtui.model.errors import ChangedMeanwhile, NotFound, WrongInput
from kmtui.text import clean, one_line
from kmtui.workspace.asset_export import asset_file, asset_text, export_asset
from kmtui.workspace.asset_links import found_lessons, out_of_session
from kmtui.workspace.assets import (
    AssetChange,
    bring_back,
    change,
    create,
    delete,
    looked,
    page,
    put_as_it_was,
    suggestions,
)
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.filling import fill
from kmtui.workspace.register import join, say
from tests.hostile import HOSTILE
from tests.workspace.asset_things import DRIP, KITCHEN, PARKING, PORTERS, on, with_lessons, with_practice

TODAY = date(2026, 11, 20)


def on_disk(desk: Desk) -> Asset:
    """Return the one page, read by a store of its own."""
    (found,) = open_desk(desk.folder, cache=desk.folder.parent / "another cache").tools.store.assets.all()
    return found


# Making and changing


def test_a_page_is_kept_with_all_that_was_given(desk: Desk) -> None:
    ids, practice = with_lessons(desk), with_practice(desk)
    made = create(
        desk.tools, "Moving  a ward\n", " For all who move. ", lessons=[ids[PORTERS], ids[KITCHEN][:-1].upper()],
        practices=[(practice.source[:-1], practice.criterion)], contacts=[Contact(role="Bed manager", about=" beds ")],
    )  # fmt: skip
    kept = on_disk(desk)
    assert kept == made
    assert (kept.title, kept.about, kept.looked) == ("Moving a ward", "For all who move.", None)
    assert kept.lessons == (ids[PORTERS], ids[KITCHEN])
    assert kept.practices == (practice,)
    assert kept.contacts == (Contact(role="Bed manager", about="beds"),)


@pytest.mark.parametrize("title", ["", "  \n", "\x1b[2J"])
def test_a_page_has_a_title(desk: Desk, title: str) -> None:
    with pytest.raises(WrongInput, match="no title"):
        create(desk.tools, title)
    assert not desk.tools.store.assets.all()


def test_two_pages_never_have_one_title(desk: Desk) -> None:
    one = create(desk.tools, "Moving a ward")
    two = create(desk.tools, "Discharge")
    with pytest.raises(WrongInput, match=one.id):
        create(desk.tools, "moving A  ward")
    with pytest.raises(WrongInput, match="already"):
        change(desk.tools, two.id, AssetChange(title="MOVING a ward"))
    assert change(desk.tools, one.id, AssetChange(title="Moving a Ward")).title == "Moving a Ward"


def test_what_is_not_here_goes_on_no_page(desk: Desk) -> None:
    with_lessons(desk)
    with pytest.raises(NotFound):
        create(desk.tools, "Moving", lessons=["zzzz"])
    with pytest.raises(NotFound, match="kmtui list practices"):
        create(desk.tools, "Moving", practices=[("zzzz", "innovation")])
    with pytest.raises(WrongInput, match="no role"):
        create(desk.tools, "Moving", contacts=[Contact(role=" ", about="beds")])
    assert not desk.tools.store.assets.all()


def test_a_change_is_made_whole_or_not_at_all(desk: Desk) -> None:
    ids = with_lessons(desk)
    made = create(desk.tools, "Moving", lessons=[ids[PORTERS]])
    with pytest.raises(NotFound):
        change(desk.tools, made.id, AssetChange(title="Other", lessons=(ids[DRIP], "zzzz")))
    assert on_disk(desk) == made
    after = change(
        desk.tools, made.id[:-1], AssetChange(about="All", lessons=(ids[DRIP],), without_lessons=(ids[PORTERS],))
    )
    assert on_disk(desk) == after
    assert (after.title, after.about, after.lessons) == ("Moving", "All", (ids[DRIP],))
    assert after.changed > made.changed


def test_what_stands_there_already_changes_nothing(desk: Desk) -> None:
    ids, practice = with_lessons(desk), with_practice(desk)
    wanted = AssetChange(
        lessons=(ids[PORTERS],), practices=((practice.source, practice.criterion),), contacts=(Contact(role="A"),)
    )
    made = change(desk.tools, create(desk.tools, "Moving").id, wanted)
    assert change(desk.tools, made.id, wanted) == made
    assert on_disk(desk) == made


def test_things_are_taken_away(desk: Desk) -> None:
    ids, practice = with_lessons(desk), with_practice(desk)
    contacts = [Contact(role="Bed manager", about="beds"), Contact(role="Bed manager", about="lifts")]
    made = create(
        desk.tools, "Moving", lessons=ids.values(), practices=[(practice.source, practice.criterion)], contacts=contacts
    )
    after = change(
        desk.tools,
        made.id,
        AssetChange(
            without_lessons=(ids[PARKING],),
            without_practices=((practice.source, practice.criterion),),
            without_contacts=(contacts[0],),
        ),
    )
    assert set(after.lessons) == set(ids.values()) - {ids[PARKING]}
    assert after.practices == ()
    assert after.contacts == (contacts[1],)
    assert change(desk.tools, made.id, AssetChange(without_contacts=("bed MANAGER",))).contacts == ()
    for wanted in (
        AssetChange(without_lessons=(ids[PARKING],)),
        AssetChange(without_lessons=("",)),
        AssetChange(without_practices=((practice.source, practice.criterion),)),
        AssetChange(without_contacts=("Bed manager",)),
    ):
        with pytest.raises(NotFound):
            change(desk.tools, made.id, wanted)


def test_nobody_overwrites_what_another_one_changed(desk: Desk) -> None:
    ids = with_lessons(desk)
    seen = create(desk.tools, "Moving")
    elsewhere = open_desk(desk.folder, cache=desk.folder.parent / "another cache")
    other = change(elsewhere.tools, seen.id, AssetChange(about="Said elsewhere"))
    with pytest.raises(ChangedMeanwhile, match="Nothing was overwritten"):
        change(desk.tools, seen.id, AssetChange(about="Said here"), before=seen)
    assert on_disk(desk) == other
    assert change(desk.tools, seen.id, AssetChange(lessons=(ids[DRIP],))).about == "Said elsewhere"


def test_a_change_and_a_deletion_are_taken_back(desk: Desk) -> None:
    made = create(desk.tools, "Moving", "All")
    after = change(desk.tools, made.id, AssetChange(about="Some"))
    assert put_as_it_was(desk.tools, made, after) == on_disk(desk) == made
    assert delete(desk.tools, made.id) == made
    assert not desk.tools.store.assets.all()
    bring_back(desk.tools, made)
    assert on_disk(desk) == made
    with pytest.raises(NotFound):
        delete(desk.tools, "zzzz")


@pytest.mark.parametrize("text", [each for each in HOSTILE if one_line(each)])
def test_every_text_is_cleaned_on_the_way_in(desk: Desk, text: str) -> None:
    made = create(desk.tools, text, text, contacts=[Contact(role=text, about=text)])
    made = looked(desk.tools, made.id, text)
    assert made == on_disk(desk)
    assert made.title == made.looked_by == made.contacts[0].role == made.contacts[0].about == one_line(text)
    assert made.about == clean(text).strip()


# Lessons as they are now


def test_lessons_are_shown_as_they_are_now(desk: Desk) -> None:
    ids = with_lessons(desk)
    made = create(desk.tools, "Moving", lessons=[ids[PORTERS], ids[DRIP]])
    say(desk.tools, ids[PORTERS], state="applied", note="The list is sent", role="Sister")
    first, second = page(desk.tools, made.id).lessons
    assert first.line is not None
    assert second.line is not None
    assert (first.line.lesson, first.line.state, first.turned) == (PORTERS, "applied", True)
    assert first.turns[-1].note == "The list is sent"
    assert (second.line.lesson, second.line.state, second.turned) == (DRIP, "captured", False)


def test_a_joined_lesson_shows_the_one_it_went_into_and_leaves_with_it(desk: Desk) -> None:
    ids = with_lessons(desk)
    made = create(desk.tools, "Moving", lessons=[ids[PORTERS], ids[DRIP], ids[KITCHEN]])
    join(desk.tools, ids[PARKING], [ids[PORTERS]])
    join(desk.tools, ids[PARKING], [ids[KITCHEN]])
    joined, other = page(desk.tools, made.id).lessons
    assert joined.line is not None
    assert (joined.line.lesson, joined.held, joined.joined) == (PARKING, (ids[PORTERS], ids[KITCHEN]), True)
    assert not other.joined
    assert change(desk.tools, made.id, AssetChange(lessons=(ids[PARKING],))) == made
    assert ids[PARKING] not in {line.id for line in suggestions(desk.tools, made)}
    assert change(desk.tools, made.id, AssetChange(without_lessons=(ids[PARKING],))).lessons == (ids[DRIP],)


def test_a_lesson_that_is_gone_is_named_and_can_leave(desk: Desk) -> None:
    ids = with_lessons(desk)
    made = create(desk.tools, "Moving", lessons=[ids[PORTERS]])
    desk.delete(desk.records()[0].id)
    (gone,) = page(desk.tools, made.id).lessons
    assert (gone.line, gone.id) == (None, ids[PORTERS])
    assert ids[PORTERS] in asset_text(desk.tools, made.id)
    assert change(desk.tools, made.id, AssetChange(without_lessons=(ids[PORTERS][:-2],))).lessons == ()


def test_good_practice_is_as_it_is_now_or_the_copy(desk: Desk) -> None:
    line = with_practice(desk)
    made = create(desk.tools, "Moving", practices=[(line.source, line.criterion)])
    opened = desk.open(line.source)
    opened.rate(example="Moves are rehearsed twice")  # type: ignore[union-attr]
    opened.close()
    (now,) = page(desk.tools, made.id).practices
    assert (now.line.example, now.gone) == ("Moves are rehearsed twice", False)
    assert looked(desk.tools, made.id).practices[0].example == "Moves are rehearsed twice"
    desk.delete(line.source)
    (kept,) = page(desk.tools, made.id).practices
    assert (kept.line.example, kept.gone) == ("Moves are rehearsed twice", True)


# When it was last looked at


def test_it_is_kept_who_looked_and_when(desk: Desk) -> None:
    ids = with_lessons(desk)
    later = on(desk, TODAY)
    made = create(later.tools, "Moving", lessons=[ids[PORTERS]])
    after = looked(later.tools, made.id, " Matron ", TODAY)
    assert (after.looked, after.looked_by) == (TODAY, "Matron")
    assert on_disk(desk) == after
    with pytest.raises(WrongInput, match="21 November 2026 has not come yet"):
        looked(later.tools, made.id, day=date(2026, 11, 21))


def test_a_turn_of_the_same_day_counts_only_after_the_page_was_changed(desk: Desk) -> None:
    ids = with_lessons(desk)
    say(desk.tools, ids[PORTERS], state="agreed")
    made = create(desk.tools, "Moving", lessons=[ids[PORTERS]])
    assert not page(desk.tools, made.id).lessons[0].turned
    say(desk.tools, ids[PORTERS], state="applied", note="Done")
    assert page(desk.tools, made.id).lessons[0].turned
    looked(desk.tools, made.id)
    assert not page(desk.tools, made.id).lessons[0].turned


# What may belong there


def test_lessons_on_the_subject_are_suggested_but_those_there_or_retired(desk: Desk) -> None:
    ids = with_lessons(desk)
    made = create(desk.tools, "Moves: beds and drip stands")
    found = {line.id for line in suggestions(desk.tools, made)}
    assert {ids[PORTERS], ids[DRIP]} <= found
    assert ids[PARKING] not in found
    say(desk.tools, ids[DRIP], state="retired", note="No stands any more")
    made = change(desk.tools, made.id, AssetChange(lessons=(ids[PORTERS],)))
    assert not {ids[PORTERS], ids[DRIP]} & {line.id for line in suggestions(desk.tools, made)}
    assert suggestions(desk.tools, create(desk.tools, "?!")) == []


def test_a_search_gives_the_lessons_with_all_the_words(desk: Desk) -> None:
    ids = with_lessons(desk)
    assert {line.id for line in found_lessons(desk.tools, "moves")} == {ids[KITCHEN], ids[DRIP]}
    assert [line.id for line in found_lessons(desk.tools, "kitchen move")] == [ids[KITCHEN]]
    with pytest.raises(NotFound, match="kitchen beds"):
        found_lessons(desk.tools, "kitchen beds")


# Out of a session


def test_a_session_gives_its_lessons_and_whom_its_tables_name(desk: Desk) -> None:
    ids = with_lessons(desk)
    session = next(line.id for line in desk.records())
    lessons, contacts = out_of_session(desk.tools, session[:-1])
    assert (set(lessons), contacts) == (set(ids.values()), [])
    rows = ({"asset": "Bed list", "owner": "Bed manager"}, {"asset": "Rota", "owner": " "})
    taken = fill(desk.tools, SessionAnswers(technique="knowledge-assets", title="The list", rows={"inventory": rows}))
    assert out_of_session(desk.tools, taken.id) == ([], [Contact(role="Bed manager", about="Bed list")])


def test_an_assessment_or_an_empty_session_gives_nothing(desk: Desk) -> None:
    line = with_practice(desk)
    with pytest.raises(WrongInput, match="is an assessment"):
        out_of_session(desk.tools, line.source)
    empty = fill(desk.tools, SessionAnswers(technique="after-action-review", title="Nothing said"))
    with pytest.raises(WrongInput, match="has no lessons"):
        out_of_session(desk.tools, empty.id)


# Out of the workspace


def test_a_page_is_written_to_a_file_named_after_it(desk: Desk) -> None:
    ids = with_lessons(desk)
    desk = on(desk, TODAY)
    made = create(desk.tools, "Moving a ward / ../x", lessons=[ids[PORTERS]])
    path = asset_file(desk.exports, desk.tools, made.id)
    assert path == desk.exports / "2026-11-20_moving-a-ward-x_asset.md"
    export_asset(desk.tools, made.id, path)
    assert path.read_text(encoding="utf-8") == asset_text(desk.tools, made.id)
    assert asset_file(desk.exports, desk.tools, made.id).name == "2026-11-20_moving-a-ward-x_asset-2.md"


def test_lessons_of_two_sessions_stand_on_one_page(desk: Desk) -> None:
    ids = with_lessons(desk)
    fill(desk.tools, SessionAnswers(
        technique="after-action-review", title="Clinic move", lessons={"learn": (LessonAnswer(lesson="Ring first"),)},
    ))  # fmt: skip
    other = next(line.id for line in desk.lessons() if line.lesson == "Ring first")
    text = asset_text(desk.tools, create(desk.tools, "Moving", lessons=[ids[PORTERS], other]).id)
    assert "May review, Ward 7, 12 May 2026 (`kmtui show " in text
    assert "Clinic move" in text.partition("## Sources")[2]
