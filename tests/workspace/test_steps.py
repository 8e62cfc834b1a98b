"""Numbers, dots, groups, rows and assessments of an open session, as a face asks for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.content.answers import read_answers
from kmtui.flow import steps as flow
from kmtui.flow.people import participants
from kmtui.model.answers import AssessmentAnswers, EntryAnswer, GroupsAnswer, SessionAnswers, VoteAnswer
from kmtui.model.errors import NotFound, WrongContent, WrongInput
from kmtui.model.rating import Rating
from kmtui.model.session import Grouping, Person, Session
from kmtui.model.technique import Collect, Groups
from kmtui.workspace import steps
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.sharing import rendered
from tests.workspace.kinds import SUNDAY, at, desk_of_kinds, on_disk

FOUR = "Ann, Bob, Cat, Dan"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with techniques of its own, on a Sunday."""
    return desk_of_kinds(tmp_path)


def pairs(session: Session, step: str = "pairs") -> set[frozenset[str]]:
    """Return who sits with whom in a step, in any round."""
    grouping = session.grouping_of(step)
    assert grouping is not None
    return {frozenset(pair) for round_ in grouping.rounds for group in round_ for pair in combinations(group, 2)}


def seated(session: Session, step: str = "pairs") -> list[str]:
    grouping = session.grouping_of(step)
    assert grouping is not None
    return sorted(name for group in grouping.rounds[0] for name in group)


def met(desk: Desk, *groups: tuple[str, str], record_id: str = "") -> str:
    """Keep a session in which people met, and return its id."""
    people = tuple(Person(role=name) for group in groups for name in group)
    answers = SessionAnswers(technique="kinds", people=people, groups={"pairs": GroupsAnswer(rounds=(groups,))})
    return fill(desk.tools, answers).id


class TestTurns:
    """One turn each, where a step is so."""

    def test_everybody_has_one_turn_in_the_order_of_the_list(self, desk: Desk) -> None:
        opened = at(desk, "ideas", "sister, 2 porters")
        step = opened.step
        assert isinstance(step, Collect)
        turns = []
        for number in range(4):
            turns.append(steps.whose_turn(opened.record, step))
            opened.add_entry(f"Idea {number}")
        assert turns == ["sister", "porters 1", "porters 2", ""]
        assert all(not entry.by for entry in opened.record.entries)

    def test_in_other_steps_and_without_people_it_is_nobodys(self, desk: Desk) -> None:
        opened = at(desk, "alone", "sister")
        assert isinstance(opened.step, Collect)
        assert steps.whose_turn(opened.record, opened.step) == ""
        nobody = at(desk, "ideas")
        assert isinstance(nobody.step, Collect)
        assert steps.whose_turn(nobody.record, nobody.step) == ""


class TestNumbers:
    """A score step."""

    def test_numbers_are_given_changed_and_taken_away_and_each_can_be_undone(self, desk: Desk) -> None:
        opened = at(desk, "rate")
        for typed in ("8", "3,5", "10"):
            steps.give_mark(opened, typed)
        steps.change_mark(opened, 1, "4")
        steps.remove_mark(opened, 0)
        assert on_disk(desk, opened.record.id).marks_of("rate") == (4, 10)
        assert [opened.undo() for _ in range(3)] == ["number removed", "number changed", "number added"]
        assert opened.record.marks_of("rate") == (8, 3.5)

    def test_wrong_numbers_are_refused_and_change_nothing(self, desk: Desk) -> None:
        opened = at(desk, "rate")
        steps.give_mark(opened, "8")
        before = opened.record
        for typed in ("11", "x", "", "0", "\x1b[2J"):
            with pytest.raises(WrongInput, match="from 1 to 10"):
                steps.give_mark(opened, typed)
            with pytest.raises(WrongInput, match="from 1 to 10"):
                steps.change_mark(opened, 0, typed)
        with pytest.raises(NotFound):
            steps.change_mark(opened, 1, "5")
        with pytest.raises(NotFound):
            steps.remove_mark(opened, 1)
        assert opened.record is before

    def test_what_steers_a_terminal_is_no_part_of_a_number(self, desk: Desk) -> None:
        opened = at(desk, "rate")
        steps.give_mark(opened, "\x1b[31m7\x1b[0m")
        assert opened.record.marks_of("rate") == (7,)


class TestDots:
    """A vote step."""

    @pytest.fixture
    def opened(self, desk: Desk) -> OpenSession:
        opened = at(desk, "ideas")
        for text in ("One", "Two", "Three"):
            opened.add_entry(text)
        opened.go("dots")
        return opened

    def dots(self, opened: OpenSession) -> list[int]:
        found = opened.record.dots_of("dots")
        return [found.get(entry.id, 0) for entry in opened.record.entries_of("ideas")]

    def test_dots_are_added_or_set_as_they_are_typed(self, opened: OpenSession) -> None:
        steps.vote(opened, "2, 3, 3")
        steps.vote(opened, "3")
        assert self.dots(opened) == [0, 1, 3]
        steps.vote(opened, "2: 9")
        steps.vote(opened, "3: 0")
        assert self.dots(opened) == [0, 9, 0]

    def test_one_line_is_undone_at_once(self, opened: OpenSession) -> None:
        steps.vote(opened, "1, 2, 3, 3")
        assert opened.undo() == "dots changed"
        assert self.dots(opened) == [0, 0, 0]

    def test_a_wrong_line_gives_no_dot_at_all(self, opened: OpenSession) -> None:
        for typed in ("1, 4", "0", "x", "", "1: 10000"):
            with pytest.raises(WrongInput):
                steps.vote(opened, typed)
        assert self.dots(opened) == [0, 0, 0]

    def test_dots_can_be_put_on_an_entry(self, opened: OpenSession) -> None:
        first = opened.record.entries[0].id
        steps.put_dots(opened, first, 5)
        assert self.dots(opened) == [5, 0, 0]
        with pytest.raises(NotFound):
            steps.put_dots(opened, "gone", 1)
        opened.remove(first)
        assert opened.record.dots == ()
        opened.undo()
        assert self.dots(opened) == [5, 0, 0]


class TestGroups:
    """Who sits with whom."""

    def test_everybody_gets_a_place_and_undo_takes_the_draw_back(self, desk: Desk) -> None:
        opened = at(desk, "pairs", FOUR)
        steps.draw_groups(opened)
        first = on_disk(desk, opened.record.id).grouping_of("pairs")
        assert first is not None
        assert seated(opened.record) == ["Ann", "Bob", "Cat", "Dan"]
        assert first.seed is not None
        assert 0 <= first.seed < steps.SEEDS
        steps.draw_groups(opened, (first.seed + 1) % steps.SEEDS)
        assert opened.undo() == "groups drawn"
        assert opened.record.grouping_of("pairs") == first
        assert opened.undo() == "groups drawn"
        assert opened.record.grouping_of("pairs") is None
        assert opened.redo() == "groups drawn"
        assert opened.record.grouping_of("pairs") == first

    def test_the_same_seed_draws_the_same_groups(self, desk: Desk) -> None:
        people = ", ".join(f"P{number}" for number in range(9))
        opened = at(desk, "pairs", people)
        drawn = []
        for typed in ("draw 42", " DRAW  42 ", "draw 43"):
            steps.seat(opened, typed)
            drawn.append(opened.record.grouping_of("pairs"))
        assert drawn[0] == drawn[1]
        assert drawn[0] is not None
        assert drawn[2] is not None
        assert (drawn[0].seed, drawn[2].seed) == (42, 43)
        assert drawn[0].rounds != drawn[2].rounds
        steps.seat(opened, "draw")
        assert opened.record.grouping_of("pairs") is not None

    @pytest.mark.parametrize("people", ["", "Ann"])
    def test_fewer_than_two_people_are_no_group(self, desk: Desk, people: str) -> None:
        opened = at(desk, "pairs", people)
        for typed in ("draw", "draw 42", "seat"):
            with pytest.raises(WrongInput, match="at least two people"):
                steps.seat(opened, typed)
        assert opened.record.groups == ()

    def test_who_met_in_an_earlier_session_of_the_workspace_meets_somebody_else(self, desk: Desk) -> None:
        met(desk, ("Ann", "Bob"), ("Cat", "Dan"))
        met(desk, ("ann ", "CAT"), ("Bob", "Dan"))
        for seed in range(5):
            opened = at(desk, "pairs", FOUR)
            steps.draw_groups(opened, seed)
            assert pairs(opened.record) == {frozenset(("Ann", "Dan")), frozenset(("Bob", "Cat"))}
            assert opened.record.groups[0].told == ()
            opened.close()
            desk.delete(opened.record.id)

    def test_a_session_that_was_deleted_is_forgotten(self, desk: Desk) -> None:
        first = met(desk, ("Ann", "Bob"), ("Cat", "Dan"))
        met(desk, ("Ann", "Cat"), ("Bob", "Dan"))
        third = met(desk, ("Ann", "Dan"), ("Bob", "Cat"))
        opened = at(desk, "pairs", FOUR)
        steps.draw_groups(opened)
        assert "have met before" in " ".join(opened.record.groups[0].told)
        desk.delete(first)
        steps.draw_groups(opened)
        assert pairs(opened.record) == {frozenset(("Ann", "Bob")), frozenset(("Cat", "Dan"))}
        desk.undo_delete()
        desk.delete(third)
        steps.draw_groups(opened)
        assert pairs(opened.record) == {frozenset(("Ann", "Dan")), frozenset(("Bob", "Cat"))}

    def test_who_met_in_another_step_meets_somebody_else_and_a_new_draw_is_free(self, desk: Desk) -> None:
        opened = at(desk, "pairs", FOUR)
        steps.draw_groups(opened)
        opened.go("tables")
        for _ in range(5):
            steps.draw_groups(opened)
            assert pairs(opened.record).isdisjoint(pairs(opened.record, "tables"))
        drawn = set()
        for seed in range(20):
            opened.go("pairs")
            steps.draw_groups(opened, seed)
            assert pairs(opened.record).isdisjoint(pairs(opened.record, "tables"))
            drawn.add(frozenset(pairs(opened.record)))
        assert len(drawn) == 2  # what was drawn here before is not avoided

    def test_people_of_the_same_department_or_site_are_kept_apart(self, desk: Desk) -> None:
        opened = at(desk, "pairs")
        for typed in ("Ann / pharmacy / north", "Bob / pharmacy / north", "Cat / ward", "Dan/ward"):
            steps.seat(opened, typed)
        assert [(each.department, each.site) for each in opened.record.people] == [
            ("pharmacy", "north"),
            ("pharmacy", "north"),
            ("ward", ""),
            ("ward", ""),
        ]
        for seed in range(5):
            steps.draw_groups(opened, seed)
            assert pairs(opened.record).isdisjoint({frozenset(("Ann", "Bob")), frozenset(("Cat", "Dan"))})

    def test_who_comes_later_gets_a_place_and_everybody_else_keeps_theirs(self, desk: Desk) -> None:
        opened = at(desk, "pairs", FOUR)
        step = opened.step
        assert isinstance(step, Groups)
        assert steps.left_out_of(opened.record, step) == ()
        steps.draw_groups(opened, 7)
        before = pairs(opened.record)
        for name in ("Eve", "Flo"):
            steps.seat(opened, name)
        assert [each.label for each in steps.left_out_of(opened.record, step)] == ["Eve", "Flo"]
        steps.seat(opened, " Seat ")
        assert steps.left_out_of(opened.record, step) == ()
        assert pairs(opened.record) == before | {frozenset(("Eve", "Flo"))}
        assert opened.record.groups[0].seed == 7
        assert opened.undo() == "newcomers seated"
        assert pairs(opened.record) == before
        assert on_disk(desk, opened.record.id).groups == opened.record.groups

    def test_newcomers_avoid_whom_they_met_before(self, desk: Desk) -> None:
        met(desk, ("Eve", "Ann"), ("Bob", "Zoe"))
        met(desk, ("Eve", "Bob"), ("Ann", "Zoe"))
        for seed in range(4):
            opened = at(desk, "pairs", FOUR)
            steps.draw_groups(opened, seed)
            by_hand = replace(opened.record.groups[0], rounds=((("Ann", "Bob"), ("Cat", "Dan")),))
            opened.change(replace(opened.record, groups=(by_hand,)), "by hand")
            steps.seat(opened, "Eve")
            steps.seat_newcomers(opened)
            assert {frozenset(("Eve", "Cat")), frozenset(("Eve", "Dan"))} < pairs(opened.record)
            opened.close()
            desk.delete(opened.record.id)

    def test_a_place_for_newcomers_before_any_draw_is_a_draw(self, desk: Desk) -> None:
        opened = at(desk, "pairs", FOUR)
        steps.seat_newcomers(opened)
        assert seated(opened.record) == ["Ann", "Bob", "Cat", "Dan"]

    def test_groups_by_hand_take_newcomers_too(self, desk: Desk) -> None:
        opened = at(desk, "pairs", FOUR)
        by_hand = Grouping(step="pairs", rounds=((("Ann", "Bob"),),))
        opened.change(replace(opened.record, groups=(by_hand,)), "by hand")
        steps.seat_newcomers(opened)
        assert pairs(opened.record) == {frozenset(("Ann", "Bob")), frozenset(("Cat", "Dan"))}
        assert opened.record.groups[0].seed is None


class TestPeople:
    """Who takes part, as it is typed at a groups step."""

    def test_a_name_is_cleaned_and_stays_out_of_exports(self, desk: Desk) -> None:
        opened = at(desk, "pairs", "Ann, Bob")
        steps.add_person(opened, " \x1b[2JJo \u202e Smith ", " The  pharmacy ", "North\x07")
        assert opened.record.people[-1] == Person(role="", name="Jo Smith", department="The pharmacy", site="North")
        steps.draw_groups(opened)
        for form in ("markdown", "json"):
            assert "Jo Smith" not in rendered(desk.tools, opened.record, form)
            assert "Jo Smith" in rendered(desk.tools, opened.record, form, with_names=True)
        assert "Jo Smith (The pharmacy, North)" in rendered(desk.tools, opened.record, "invitations")
        assert opened.undo() == "groups drawn"
        assert opened.undo() == "person added"

    @pytest.mark.parametrize("name", ["", "   ", "\x1b[2J", " / pharmacy"])
    def test_without_a_name_nobody_is_added(self, desk: Desk, name: str) -> None:
        opened = at(desk, "pairs")
        with pytest.raises(WrongInput, match="The name is empty"):
            steps.seat(opened, name)

    def test_nobody_takes_part_twice_but_for_another_place(self, desk: Desk) -> None:
        opened = at(desk, "pairs", "Porter")
        steps.seat(opened, "Jo / pharmacy")
        for typed in ("jo / Pharmacy", "JO/pharmacy/", "porter"):
            with pytest.raises(WrongInput, match="takes part already"):
                steps.seat(opened, typed)
        steps.seat(opened, "Jo / ward")
        steps.seat(opened, "Jo / ward / north")
        labels = [each.label for each in participants(opened.record.people)]
        assert labels == ["Porter", "Jo (pharmacy)", "Jo (ward)", "Jo (ward, north)"]
        steps.draw_groups(opened)
        assert seated(opened.record) == sorted(labels)

    def test_somebody_can_be_taken_off_the_list(self, desk: Desk) -> None:
        opened = at(desk, "pairs", "sister, 3 porters, clerk")
        for label in ("sister", "porters 2"):
            steps.remove_person(opened, label)
        assert opened.record.people == (Person(role="porters", count=2), Person(role="clerk"))
        steps.remove_person(opened, "porters 1")
        steps.remove_person(opened, "porters")
        assert [person.role for person in opened.record.people] == ["clerk"]
        for label in ("sister", "", "clerk 1"):
            with pytest.raises(NotFound, match="does not take part"):
                steps.remove_person(opened, label)
        assert [opened.undo() for _ in range(4)] == ["person removed"] * 4
        assert opened.record.people[1].count == 3

    def test_groups_stay_until_they_are_drawn_again(self, desk: Desk) -> None:
        opened = at(desk, "pairs", FOUR)
        steps.draw_groups(opened)
        steps.remove_person(opened, "Ann")
        assert "Ann" in seated(opened.record)
        steps.draw_groups(opened)
        assert seated(opened.record) == ["Bob", "Cat", "Dan"]


class TestRows:
    """A table step."""

    def test_rows_take_dates_and_choices_as_people_type_them(self, desk: Desk) -> None:
        opened = at(desk, "inventory")
        steps.put_row(opened, {"what": " The \x1b[1mlist ", "until": "friday", "state": "GO", "gone": "x"})
        steps.put_row(opened, {"what": "The lift", "until": "1/12", "state": "2"})
        assert [row.cells for row in on_disk(desk, opened.record.id).rows_of("inventory")] == [
            {"what": "The list", "until": "2026-11-27", "state": "good"},
            {"what": "The lift", "until": "2026-12-01", "state": "bad"},
        ]
        assert desk.tools.today() == SUNDAY

    def test_a_row_is_changed_moved_removed_and_brought_back(self, desk: Desk) -> None:
        opened = at(desk, "inventory")
        for what in ("a", "b", "c"):
            steps.put_row(opened, {"what": what})
        ids = {row.cells["what"]: row.id for row in opened.record.rows}
        steps.put_row(opened, {"what": "B", "state": "good"}, ids["b"])
        opened.move(ids["c"], -2)
        opened.remove(ids["a"])
        assert [row.cells for row in opened.record.rows] == [{"what": "c"}, {"what": "B", "state": "good"}]
        assert [opened.undo() for _ in range(4)] == ["line removed", "line moved", "row changed", "row added"]
        assert [row.cells for row in opened.record.rows] == [{"what": "a"}, {"what": "b"}]
        assert opened.items() == opened.record.rows

    @pytest.mark.parametrize(
        ("cells", "message"),
        [
            ({"what": "x", "until": "soon"}, "is not a date"),
            ({"what": "x", "state": "fine"}, "none of the choices: good, bad"),
            ({"what": "  "}, "The row is empty"),
            ({}, "The row is empty"),
            ({"what": "\x1b[2J"}, "The row is empty"),
        ],
    )
    def test_wrong_rows_are_refused(self, desk: Desk, cells: dict[str, str], message: str) -> None:
        opened = at(desk, "inventory")
        with pytest.raises(WrongInput, match=message):
            steps.put_row(opened, cells)
        assert opened.record.rows == ()


class TestAssess:
    """A step that hands over to an assessment."""

    def test_an_assessment_is_begun_for_the_same_people_and_opened_again(self, desk: Desk) -> None:
        opened = at(desk, "hand-over", "sister, 2 porters")
        opened.about("Winter", "Ward 7", "sister, 2 porters")
        assessment = steps.begin_assessment_here(opened)
        record = assessment.record
        assert (record.matrix.id, record.title, record.team) == ("meetings", "Winter", "Ward 7")
        assert (record.people, record.way) == (opened.record.people, "group")
        assert on_disk(desk, opened.record.id).assessed_at("hand-over") == record.id
        assessment.go("agenda")
        assessment.rate(level=2)
        assessment.close()
        again = steps.begin_assessment_here(opened)
        assert (again.record.id, again.record.rating("agenda").level) == (record.id, 2)
        again.close()
        assert len(desk.records()) == 2

    def test_the_report_tells_of_it_as_long_as_it_is_here(self, desk: Desk) -> None:
        opened = at(desk, "hand-over")
        assessment = steps.begin_assessment_here(opened)
        assessment.close()
        words = f"The assessment of {assessment.record.date.day} November 2026: Winter."
        assert words in rendered(desk.tools, opened.record, "markdown")
        desk.delete(assessment.record.id)
        assert "## Assess" not in rendered(desk.tools, opened.record, "markdown")

    def test_where_it_was_deleted_another_one_is_begun(self, desk: Desk) -> None:
        opened = at(desk, "hand-over")
        first = steps.begin_assessment_here(opened)
        first.close()
        desk.delete(first.record.id)
        second = steps.begin_assessment_here(opened)
        assert second.record.id != first.record.id
        assert opened.record.assessed_at("hand-over") == second.record.id
        second.close()

    def test_what_is_no_assessment_is_not_opened(self, desk: Desk) -> None:
        other = at(desk, "hello", title="Other")
        other.close()
        opened = at(desk, "hand-over")
        opened.change(flow.with_assessed(opened.record, "hand-over", other.record.id), "by hand")
        begun = steps.begin_assessment_here(opened)
        assert begun.record.id != other.record.id
        assert opened.record.assessed_at("hand-over") == begun.record.id
        begun.close()


def _ask_for(step: str) -> Callable[[OpenSession], object]:
    asked: dict[str, Callable[[OpenSession], object]] = {
        "rate": lambda opened: steps.give_mark(opened, "5"),
        "dots": lambda opened: steps.vote(opened, "1"),
        "pairs": lambda opened: steps.draw_groups(opened),
        "inventory": lambda opened: steps.put_row(opened, {"what": "x"}),
        "hand-over": lambda opened: steps.begin_assessment_here(opened),
    }
    return asked[step]


@pytest.mark.parametrize("step", ["rate", "dots", "pairs", "inventory", "hand-over"])
def test_no_other_step_takes_what_is_of_one_kind(desk: Desk, step: str) -> None:
    opened = at(desk, "hello", FOUR)
    before = opened.record
    with pytest.raises(WrongInput, match=r'^"Hello" does not take this\.$'):
        _ask_for(step)(opened)
    assert opened.record is before


class TestFilling:
    """The same out of an answers file."""

    def test_every_kind_of_answer_is_kept(self, desk: Desk) -> None:
        answers = SessionAnswers(
            technique="kinds",
            title="Winter",
            team="Ward 7",
            date=date(2026, 5, 1),
            people=tuple(Person(role=name) for name in FOUR.split(", ")),
            entries={"ideas": (EntryAnswer(text="One"), EntryAnswer(text="Two"))},
            marks={"rate": (3, 8, 5.5)},
            votes={"dots": (VoteAnswer(entry=2, dots=5), VoteAnswer(entry=1, dots=0))},
            groups={"pairs": GroupsAnswer(drawn=True, seed=42), "tables": GroupsAnswer(rounds=((("Ann", "Bob"),),))},
            rows={"inventory": ({"what": "The list", "until": "2026-12-01"}, {"what": "The lift"})},
            assessed={
                "hand-over": AssessmentAnswers(assess="meetings", ratings=(Rating(criterion="agenda", level=2),))
            },
        )
        session = on_disk(desk, fill(desk.tools, answers).id)
        assert session.finished
        assert session.marks_of("rate") == (3, 8, 5.5)
        assert session.dots_of("dots") == {session.entries[1].id: 5}
        drawn, by_hand = session.groups
        assert (drawn.seed, seated(session)) == (42, ["Ann", "Bob", "Cat", "Dan"])
        assert (by_hand.seed, by_hand.rounds) == (None, ((("Ann", "Bob"),),))
        assert [row.cells["what"] for row in session.rows] == ["The list", "The lift"]
        assert len({row.id for row in session.rows}) == 2
        linked = session.assessed_at("hand-over")
        assert linked is not None
        assessment = desk.read(linked)
        assert (assessment.title, assessment.team, assessment.date) == ("Winter", "Ward 7", date(2026, 5, 1))
        assert (assessment.people, assessment.finished) == (session.people, True)

    def test_what_the_assessment_says_itself_goes_before_the_session(self, desk: Desk) -> None:
        inner = AssessmentAnswers(assess="meetings", title="Own", team="Ward 8", date=date(2026, 6, 1))
        answers = SessionAnswers(technique="kinds", title="Winter", team="Ward 7", assessed={"hand-over": inner})
        linked = on_disk(desk, fill(desk.tools, answers).id).assessed_at("hand-over")
        assert linked is not None
        found = desk.read(linked)
        assert (found.title, found.team, found.date) == ("Own", "Ward 8", date(2026, 6, 1))

    def test_a_draw_avoids_who_met_before_in_the_workspace_and_in_the_file(self, desk: Desk) -> None:
        met(desk, ("Ann", "Bob"), ("Cat", "Dan"))
        for seed in range(3):
            answers = SessionAnswers(
                technique="kinds",
                people=tuple(Person(role=name) for name in FOUR.split(", ")),
                groups={
                    "pairs": GroupsAnswer(rounds=((("Ann", "Cat"), ("Bob", "Dan")),)),
                    "tables": GroupsAnswer(drawn=True, seed=seed),
                },
            )
            made = fill(desk.tools, answers)
            assert isinstance(made, Session)
            assert pairs(made, "tables") == {frozenset(("Ann", "Dan")), frozenset(("Bob", "Cat"))}
            desk.delete(made.id)

    def test_a_draw_of_nobody_says_so(self, desk: Desk) -> None:
        answers = SessionAnswers(technique="kinds", groups={"pairs": GroupsAnswer(drawn=True, seed=1)})
        made = on_disk(desk, fill(desk.tools, answers).id)
        assert made.groups == (Grouping(step="pairs", rounds=(), seed=1, told=("There is nobody to draw.",)),)

    @pytest.mark.parametrize(
        ("said", "message"),
        [
            ("rate: [3, 11]", "11 is outside the scale"),
            ("rate: [seven]", "number"),
            ("{ideas: [a], dots: [{entry: 2, dots: 1}]}", "which has 1 entry, not 2"),
            ("{ideas: [a], dots: [{entry: 1, dots: -1}]}", "from 0 to 9999"),
            ("pairs: draw", "auto"),
            ("inventory: [{until: soon}]", "date"),
            ("inventory: [{state: fine}]", "good or bad"),
            ("hand-over: {ratings: {agenda: 9}}", "9"),
        ],
    )
    def test_wrong_answers_are_refused_and_make_nothing(
        self, desk: Desk, tmp_path: Path, said: str, message: str
    ) -> None:
        file = tmp_path / "answers.yaml"
        inner = said if said.startswith("{") else f"{{{said}}}"
        file.write_text(f"technique: kinds\nanswers: {inner}\n", encoding="utf-8")
        with pytest.raises(WrongContent) as told:
            read_answers(file, desk.tools.library)
        assert message in str(told.value)
        assert f"{file}:2:" in str(told.value)
        assert desk.records() == []

    def test_several_stand_on_one_line_with_commas_as_elsewhere(self, desk: Desk) -> None:
        opened = at(desk, "pairs")
        steps.seat(opened, "Amina / pharmacy / north, Ben / porters;Cara,")
        assert [(each.name, each.department, each.site) for each in opened.record.people] == [
            ("Amina", "pharmacy", "north"),
            ("Ben", "porters", ""),
            ("Cara", "", ""),
        ]
        with pytest.raises(WrongInput, match="more than a name, a department and a site"):
            steps.seat(opened, "Dev / a / b / c")

    def test_a_name_alone_may_be_somebody_who_is_here(self, desk: Desk) -> None:
        opened = at(desk, "pairs")
        steps.seat(opened, "Amina / pharmacy")
        with pytest.raises(WrongInput, match=r"Amina \(pharmacy\) takes part already.*department or site of both"):
            steps.seat(opened, "amina")

    def test_the_people_of_last_time_come_with_their_places(self, desk: Desk) -> None:
        first = at(desk, "pairs")
        steps.seat(first, "Amina / pharmacy / north, Ben / porters")
        steps.draw_groups(first)
        first.close()
        opened = at(desk, "pairs")
        assert steps.people_of_last_time(opened) == first.record.people
        steps.seat(opened, "again")
        assert opened.record.people == first.record.people
        with pytest.raises(WrongInput, match="no earlier session"):
            steps.seat(opened, "again")
        elsewhere = at(desk, "pairs")
        elsewhere.about("Winter", "Another team", "")
        assert steps.people_of_last_time(elsewhere) == ()


def test_several_numbers_may_be_typed_at_once(desk: Desk) -> None:
    opened = at(desk, "rate")
    steps.give_mark(opened, "3, 9 8;4,5")
    assert opened.record.marks_of("rate") == (3, 9, 8, 4.5)
    with pytest.raises(WrongInput, match="outside the scale"):
        steps.give_mark(opened, "3 12")
    assert opened.record.marks_of("rate") == (3, 9, 8, 4.5)
