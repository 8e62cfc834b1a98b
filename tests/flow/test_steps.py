"""Numbers, dots, groups, rows and assessments of a session: what is taken, what is refused, and in which order."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kmtui.flow import steps
from kmtui.model.base import Level
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.session import Assessed, Dots, Entry, Grouping, Marks, TableRow
from kmtui.model.technique import AnyStep, Collect, Column, Earlier, Score
from tests.report.every_kind import DOTS, EMPTY, IDEAS, INVENTORY, PAIRS, RATE, SECRET, TECHNIQUE, WHOLE
from tests.report.examples import SESSION

SUNDAY = date(2026, 11, 22)
STATE = INVENTORY.columns[3]

SECOND = Score(id="again", title="And now", lowest=-2, highest=2)
TWO_SCORES = replace(EMPTY, technique=replace(TECHNIQUE, steps=(RATE, SECOND)))


class TestScore:
    """Numbers, without who gave them."""

    @pytest.mark.parametrize(
        ("typed", "mark"), [("7", 7), (" 10 ", 10), ("7.0", 7), ("5,5", 5.5), ("1.125", 1.125), ("007", 7)]
    )
    def test_a_number_as_people_type_it(self, typed: str, mark: Level) -> None:
        found = steps.parse_mark(RATE, typed)
        assert (found, type(found)) == (mark, type(mark))

    @pytest.mark.parametrize(
        "typed", ["", "seven", "7 of 10", "1e1", "nan", "inf", "--3", "7.", ".5", "1.2345", "7/10"]
    )
    def test_what_is_no_number_is_told_with_the_scale(self, typed: str) -> None:
        with pytest.raises(WrongInput, match=r"is not a number\. Give a number from 1 to 10\.$"):
            steps.parse_mark(RATE, typed)

    @pytest.mark.parametrize("typed", ["0", "10.5", "-1", "999999"])
    def test_a_number_outside_the_scale_is_told_with_the_scale(self, typed: str) -> None:
        with pytest.raises(WrongInput, match=r"is outside the scale\. Give a number from 1 to 10\.$"):
            steps.parse_mark(RATE, typed)

    def test_a_scale_may_go_below_zero(self) -> None:
        assert steps.parse_mark(SECOND, "-1,5") == -1.5
        with pytest.raises(WrongInput, match="from -2 to 2"):
            steps.parse_mark(SECOND, "-3")

    def test_numbers_keep_the_order_in_which_they_were_given(self) -> None:
        session = EMPTY
        for mark in (8, 3, 8):
            session = steps.add_mark(session, RATE, mark)
        assert session.marks_of("rate") == (8, 3, 8)
        assert session.marks_of("other") == ()

    def test_numbers_stand_in_the_order_of_the_steps(self) -> None:
        session = steps.add_mark(steps.add_mark(TWO_SCORES, SECOND, 2), RATE, 9)
        assert session.marks == (Marks(step="rate", numbers=(9,)), Marks(step="again", numbers=(2,)))

    def test_a_number_can_be_changed_and_taken_away(self) -> None:
        changed = steps.put_mark(WHOLE, RATE, 0, 4)
        assert changed.marks_of("rate") == (4, 8, 5.5, 8)
        assert steps.put_mark(changed, RATE, 3, None).marks_of("rate") == (4, 8, 5.5)
        assert steps.put_mark(steps.add_mark(EMPTY, RATE, 4), RATE, 0, None) == EMPTY

    def test_nothing_else_is_taken(self) -> None:
        with pytest.raises(WrongInput, match="outside the scale"):
            steps.add_mark(EMPTY, RATE, 11)
        with pytest.raises(WrongInput, match="outside the scale"):
            steps.put_mark(WHOLE, RATE, 0, 0)
        for place in (-1, 4):
            with pytest.raises(NotFound):
                steps.put_mark(WHOLE, RATE, place, 5)
        full = replace(EMPTY, marks=(Marks(step="rate", numbers=(5,) * steps.MOST_MARKS),))
        with pytest.raises(WrongInput, match="No more than 1000 people"):
            steps.add_mark(full, RATE, 5)


class TestVote:
    """Dots on the entries of an earlier step."""

    def test_dots_go_to_the_entries_of_the_earlier_step(self) -> None:
        assert [entry.id for entry in steps.candidates(WHOLE, DOTS)] == ["e1", "e2", "e4"]
        assert [entry.id for entry in steps.candidates(WHOLE, SECRET)] == ["e3"]

    def test_dots_stand_in_the_order_of_steps_and_entries_and_leave_those_of_other_steps_alone(self) -> None:
        session = steps.put_dots(WHOLE, DOTS, "e1", 2)
        assert [(each.step, each.entry, each.dots) for each in session.dots] == [
            ("dots", "e1", 2),
            ("dots", "e2", 1),
            ("dots", "e4", 4),
            ("secret", "e3", 27),
        ]
        assert steps.put_dots(session, DOTS, "e1", 0) == WHOLE
        assert steps.put_dots(WHOLE, DOTS, "e2", 9).dots_of("dots") == {"e2": 9, "e4": 4}

    def test_dots_of_an_entry_that_is_gone_go_with_the_next_vote(self) -> None:
        stray = replace(WHOLE, dots=(*WHOLE.dots, Dots(step="dots", entry="gone", dots=5)))
        assert steps.put_dots(stray, DOTS, "e2", 1).dots == WHOLE.dots

    def test_no_dots_for_what_cannot_have_any(self) -> None:
        for entry in ("gone", "e3"):
            with pytest.raises(NotFound):
                steps.put_dots(WHOLE, DOTS, entry, 1)
        for dots in (-1, steps.MOST_DOTS + 1):
            with pytest.raises(WrongInput, match="from 0 to 9999"):
                steps.put_dots(WHOLE, DOTS, "e1", dots)
        assert steps.put_dots(WHOLE, DOTS, "e1", steps.MOST_DOTS).dots_of("dots")["e1"] == 9999

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("2", ((1, None),)),
            ("2, 5, 5", ((1, None), (4, None), (4, None))),
            ("1 3", ((0, None), (2, None))),
            (" 2: 4 ", ((1, 4),)),
            ("2:0", ((1, 0),)),
        ],
    )
    def test_dots_as_people_type_them(self, typed: str, meant: tuple[tuple[int, int | None], ...]) -> None:
        assert steps.parse_votes(typed, 5) == meant

    @pytest.mark.parametrize("typed", ["", "two", "2:", "2: 4: 1", "2; 3", "-1", "1.5", "2, 3: 4"])
    def test_what_names_no_line_is_told(self, typed: str) -> None:
        with pytest.raises(WrongInput, match="is no number of a line"):
            steps.parse_votes(typed, 5)

    @pytest.mark.parametrize(("typed", "number"), [("0", 0), ("6", 6), ("1, 9", 9), ("6: 2", 6)])
    def test_a_number_that_is_not_there_is_told(self, typed: str, number: int) -> None:
        with pytest.raises(WrongInput, match=f"no number {number} here"):
            steps.parse_votes(typed, 5)

    def test_all_people_together_have_so_many_dots(self) -> None:
        assert steps.dots_to_give(WHOLE, DOTS) == 12
        assert steps.dots_to_give(replace(WHOLE, people=()), DOTS) is None


def test_new_groups_take_the_place_of_those_before() -> None:
    other = replace(PAIRS, id="tables")
    session = replace(EMPTY, technique=replace(TECHNIQUE, steps=(other, *TECHNIQUE.steps)))
    first, second = Grouping(step="pairs", rounds=((("A", "B"),),)), Grouping(step="tables", rounds=((("B", "A"),),))
    session = steps.with_grouping(steps.with_grouping(session, first), second)
    assert session.groups == (second, first)
    new = replace(first, seed=3)
    assert steps.with_grouping(session, new).groups == (second, new)


class TestTable:
    """Rows with the columns that the technique declares."""

    @pytest.mark.parametrize(
        ("column", "typed", "cell"),
        [
            ("what", "  The list ", "The list"),
            ("who", "Ward sister", "Ward sister"),
            ("until", "1 Dec", "2026-12-01"),
            ("until", "  ", ""),
            ("state", "Good", "good"),
            ("state", "not", "not so good"),
            ("state", "2", "not so good"),
            ("state", "", ""),
        ],
    )
    def test_a_cell_as_people_type_it(self, column: str, typed: str, cell: str) -> None:
        (wanted,) = (each for each in INVENTORY.columns if each.id == column)
        assert steps.parse_cell(wanted, typed, SUNDAY) == cell

    @pytest.mark.parametrize("typed", ["fine", "0", "3", "-1", "²"])
    def test_what_is_no_choice_is_told_with_the_choices(self, typed: str) -> None:
        with pytest.raises(WrongInput, match=r"none of the choices: good, not so good\.$"):
            steps.parse_cell(STATE, typed, SUNDAY)

    def test_words_go_before_the_number_of_a_choice(self) -> None:
        column = Column(id="c", name="C", kind="choice", choices=("3 times", "2 times", "Once", "once more", "2"))
        assert steps.parse_cell(column, "2", SUNDAY) == "2"
        assert steps.parse_cell(column, "3", SUNDAY) == "3 times"
        assert steps.parse_cell(column, "4", SUNDAY) == "once more"
        assert steps.parse_cell(column, "ONCE", SUNDAY) == "Once"
        with pytest.raises(WrongInput):
            steps.parse_cell(column, "on", SUNDAY)  # of two

    def test_what_is_no_date_is_told(self) -> None:
        with pytest.raises(WrongInput, match="is not a date"):
            steps.parse_cell(INVENTORY.columns[1], "soon", SUNDAY)

    def test_a_row_takes_the_place_of_the_one_with_its_id_or_comes_last(self) -> None:
        changed = TableRow(id="r1", step="", cells={"state": "", "who": "Jo", "what": "The other list", "gone": "x"})
        session = steps.put_row(WHOLE, INVENTORY, changed)
        assert session.rows[0].step == "inventory"
        assert list(session.rows[0].cells.items()) == [("what", "The other list"), ("who", "Jo")]
        assert session.rows[1] == WHOLE.rows[1]
        more = steps.put_row(WHOLE, INVENTORY, replace(changed, id="r3"))
        assert [row.id for row in more.rows_of("inventory")] == ["r1", "r2", "r3"]

    def test_an_empty_row_is_refused(self) -> None:
        for cells in ({}, {"what": ""}, {"gone": "x"}):
            with pytest.raises(WrongInput, match="The row is empty"):
                steps.put_row(WHOLE, INVENTORY, TableRow(id="r3", step="inventory", cells=cells))


def test_a_new_assessment_takes_the_place_of_the_one_before() -> None:
    session = steps.with_assessed(WHOLE, "hand-over", "2" * 12)
    assert session.assessed == (Assessed(step="hand-over", assessment="2" * 12),)
    assert steps.with_assessed(session, "gone", "3" * 12).assessed_at("hand-over") == "2" * 12


class TestEarlier:
    """What was said in earlier sessions on the same work."""

    STEP = replace(
        IDEAS,
        earlier=(
            Earlier(technique="every-kind", step="ideas"),
            Earlier(technique="every-kind", step="alone"),
            Earlier(technique="every-kind", step="gone"),
            Earlier(technique="every-kind", step="rate"),
            Earlier(technique="after-action-review", step="learn"),
            Earlier(technique="after-action-review", step="expected"),
        ),
    )

    def test_entries_and_lessons_are_taken_over_in_the_order_that_the_step_names(self) -> None:
        assert steps.said_earlier(self.STEP, SESSION) == (
            "Tell the porters the order of beds the evening before.",
            "Agree the times of meals with the kitchen",
            "All patients moved by noon",
        )

    def test_what_was_said_in_private_stays_there(self) -> None:
        assert steps.said_earlier(self.STEP, WHOLE) == ("Ask the night staff", "A list on paper", "A second lift")
        everything_open = replace(TECHNIQUE, steps=tuple(map(_opened, TECHNIQUE.steps)))
        assert "I am afraid of the lift" in steps.said_earlier(self.STEP, replace(WHOLE, technique=everything_open))

    def test_another_technique_says_nothing(self) -> None:
        other = replace(WHOLE, technique=replace(TECHNIQUE, id="other"))
        assert steps.said_earlier(self.STEP, other) == ()
        assert steps.said_earlier(replace(IDEAS, earlier=()), WHOLE) == ()

    def test_the_steps_that_begin_with_what_was_said_before(self) -> None:
        assert steps.takes_from_earlier(WHOLE) == (IDEAS,)
        assert steps.takes_from_earlier(SESSION) == ()


def _opened(step: AnyStep) -> AnyStep:
    return replace(step, private=False) if isinstance(step, Collect) else step


def test_a_step_that_the_technique_no_longer_has_comes_last() -> None:
    stray = Marks(step="gone", numbers=(1,))
    session = steps.add_mark(replace(EMPTY, marks=(stray,)), RATE, 5)
    assert session.marks == (Marks(step="rate", numbers=(5,)), stray)


def test_everything_that_is_said_leaves_the_rest_as_it_was() -> None:
    before = replace(WHOLE, entries=(*WHOLE.entries, Entry(id="e5", step="ideas", text="More")))
    after = steps.put_dots(steps.add_mark(before, RATE, 2), DOTS, "e5", 1)
    assert replace(after, marks=before.marks, dots=before.dots) == before
