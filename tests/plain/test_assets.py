"""Knowledge assets in plain mode: made, filled, looked after, written, deleted and brought back."""

from __future__ import annotations

import re

import pytest

from kmtui.model.asset import Asset, Contact
from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.assets import create
from kmtui.workspace.register import say
from kmtui.workspace.start import Start
from tests.hostile import HOSTILE
from tests.plain.talker import Talker
from tests.workspace.asset_things import DRIP, KITCHEN, PORTERS, with_lessons, with_practice

HOME = Start()
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def typed(talker: Talker, *lines: str) -> str:
    """Go to the pages, type lines, and return what was said."""
    number = talker.menu("Knowledge assets")
    return talker.type("\n".join([number, *lines, ""]), HOME)


def numbered(talker: Talker, words: str, *opening: str) -> str:
    """Return the number that the menu of a page has for the line with these words."""
    out = typed(talker, *(opening or ("2",)))
    found = re.findall(rf"^(\d+)\. .*{re.escape(words)}", out, re.MULTILINE)
    return str(found[-1])


def page(talker: Talker) -> Asset:
    """Return the one page."""
    (found,) = talker.desk.tools.store.assets.all()
    return found


def test_a_page_is_made_and_filled(talker: Talker) -> None:
    ids = with_lessons(talker.desk)
    line = with_practice(talker.desk)
    out = typed(talker, "1", "Parking", "1", "porters", "1", "", "", "")
    assert "Saved." in out
    assert page(talker).lessons == (ids[PORTERS],)
    typed(talker, "2", numbered(talker, "Add a role"), "Bed manager", "the order of beds", "")
    typed(talker, "2", numbered(talker, "Add good practice"), "1", "")
    assert page(talker).contacts == (Contact(role="Bed manager", about="the order of beds"),)
    assert page(talker).practices == (line,)
    out = typed(talker, "2")
    assert f"- Change: {PORTERS}" in out
    assert "- Bed manager: the order of beds" in out
    assert "Ask: Ward sister." in out


def test_a_lesson_that_is_offered_is_added(talker: Talker) -> None:
    ids = with_lessons(talker.desk)
    create(talker.desk.tools, "Drip stands")
    typed(talker, "2", numbered(talker, "may belong here"), "1", "")
    assert page(talker).lessons == (ids[DRIP],)


def test_it_is_read_out_in_order_with_what_became_of_lessons(talker: Talker) -> None:
    ids = with_lessons(talker.desk)
    create(talker.desk.tools, "Parking", lessons=[ids[PORTERS], ids[KITCHEN], ids[DRIP]])
    say(talker.desk.tools, ids[DRIP], state="retired", note="No stands")
    say(talker.desk.tools, ids[KITCHEN], state="agreed")
    out = typed(talker, "2")
    assert "Nobody has looked at it since it was made on 20 November 2026." in out
    parts = ("What we learned:", KITCHEN, "Said, and not agreed yet:", PORTERS, "Of no use any more:", DRIP, "Why: No")
    places = [out.rindex(each) for each in parts]
    assert places == sorted(places)


def test_somebody_looks_and_undo_takes_it_back(talker: Talker) -> None:
    made = create(talker.desk.tools, "Moving")
    still = numbered(talker, "still right")
    typed(talker, "2", still, "Matron", "")
    assert (page(talker).looked, page(talker).looked_by) == (talker.today, "Matron")
    before = page(talker)
    talker.today = talker.today.replace(day=25)
    out = typed(talker, "2", still, "Porter", "undo", "")
    assert "As it was: Moving" in out
    assert page(talker) == before != made


def test_title_and_purpose_are_changed_and_kept(talker: Talker) -> None:
    create(talker.desk.tools, "Moving", "All")
    about = numbered(talker, "Title, and what")
    typed(talker, "2", about, "Moves", "", "")
    assert (page(talker).title, page(talker).about) == ("Moves", "All")
    typed(talker, "2", about, "", "-", "")
    assert (page(talker).title, page(talker).about) == ("Moves", "")


def test_things_are_taken_from_it(talker: Talker) -> None:
    ids = with_lessons(talker.desk)
    create(talker.desk.tools, "Parking", lessons=[ids[PORTERS]], contacts=[Contact(role="Porter")])
    take = numbered(talker, "Take something")
    typed(talker, "2", take, "1", take, "1", "")
    assert (page(talker).lessons, page(talker).contacts) == ((), ())
    assert "Nothing stands on it yet." in typed(talker, "2", take, "")


def test_a_page_is_written_deleted_and_brought_back(talker: Talker) -> None:
    made = create(talker.desk.tools, "Moving")
    assert "Written: " in typed(talker, "2", numbered(talker, "Write it"), "")
    (file,) = talker.desk.exports.iterdir()
    assert file.read_text(encoding="utf-8").startswith("---\n")
    out = typed(talker, "2", numbered(talker, "Delete it"), "undo", "")
    assert "Deleted: Moving." in out
    assert page(talker) == made
    typed(talker, "2", numbered(talker, "Delete it"), "")
    assert talker.desk.tools.store.assets.all() == []


def test_what_cannot_be_is_said_to_people_and_ends_a_pipe(talker: Talker) -> None:
    create(talker.desk.tools, "Moving")
    number = talker.menu("Knowledge assets")
    out = talker.type(f"\n{number}\n1\nmoving\n\nquit\n", HOME, terminal=True)
    assert "Error: There is a page" in out
    with pytest.raises(WrongAnswer):
        typed(talker, "2", "99")


@pytest.mark.parametrize("text", [each for each in HOSTILE if each.strip() and len(each) < 200])
def test_no_text_steers_the_terminal(talker: Talker, text: str) -> None:
    from msgspec.structs import replace

    made = create(talker.desk.tools, "Moving")
    practice = replace(with_practice(talker.desk), example=text, contact=text, team=text, criterion_name=text)
    whole = replace(
        made, title=text, about=text, looked_by=text, contacts=(Contact(role=text, about=text),),
        practices=(practice,), lessons=(text,),
    )  # fmt: skip
    talker.desk.tools.store.assets.save(whole, made)
    out = typed(talker, "2")
    assert "Who can be asked:" in out
    assert not STEERING.search(out)
