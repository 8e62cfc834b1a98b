"""What was said in steps of every kind in the JSON document: its shape, back again, and nothing more than asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.model.errors import WrongInput
from kmtui.model.session import Entry, Grouping, Session
from kmtui.report.document import read_document, session_document
from kmtui.report.invitations import invitations
from kmtui.report.session_markdown import session_markdown
from kmtui.report.session_steps import steps_markdown
from kmtui.report.step_document import rounds_for
from tests.report.every_kind import ALONE, EMPTY, INVENTORY, TECHNIQUE, WHOLE, said
from tests.report.examples import SESSION

STEPS = [step.id for step in TECHNIQUE.steps]
RATE, DOTS, SECRET, PAIRS, TABLE, ASSESS = (
    STEPS.index(each) for each in ("rate", "dots", "secret", "pairs", "inventory", "hand-over")
)
IN_ALL_WAYS = [(names, private) for names in (True, False) for private in (True, False)]


def document(session: Session = WHOLE, *, with_names: bool = True, with_private: bool = True) -> dict[str, Any]:
    return session_document(session, with_names=with_names, with_private=with_private)


def step(session: Session, number: int, **asked: bool) -> dict[str, Any]:
    found: dict[str, Any] = document(session, **asked)["steps"][number]
    return found


def with_step(number: int, **changes: Any) -> dict[str, Any]:
    """Return the document of the whole session with other values in one step; a value of ... leaves a field out."""
    found = document()
    changed = {name: value for name, value in {**found["steps"][number], **changes}.items() if value is not ...}
    found["steps"][number] = changed
    return found


def read(data: dict[str, Any]) -> Session:
    found = read_document(data)
    assert isinstance(found, Session)
    return found


@settings(deadline=None, max_examples=80)
@given(said())
def test_any_session_is_read_back_as_it_was(session: Session) -> None:
    whole = document(session)
    assert read_document(whole) == session
    assert read_document(json.dumps(whole).encode()) == session
    for names, private in IN_ALL_WAYS:
        made = document(session, with_names=names, with_private=private)
        assert document(read(made), with_names=names, with_private=private) == made
        reports = (steps_markdown(each, with_names=names, assessments={}) for each in (session, read(made)))
        assert next(reports) == next(reports)
        assert invitations(session, with_names=names) == invitations(read(made), with_names=names)


def test_the_example_is_read_back_as_it_was_and_so_is_one_where_nothing_was_said() -> None:
    for session in (WHOLE, EMPTY, replace(WHOLE, entries=WHOLE.entries[::-1])):
        assert read_document(document(session)) == session


class TestShape:
    """What scripts depend on."""

    def test_a_score_step_has_what_its_numbers_come_to(self) -> None:
        found = step(WHOLE, RATE)
        assert {name: found[name] for name in ("n", "mean", "lowest", "highest", "numbers", "scale", "kind")} == {
            "kind": "score",
            "n": 4,
            "mean": 6.125,
            "lowest": 3,
            "highest": 8,
            "numbers": [3, 8, 5.5, 8],
            "scale": {"lowest": 1, "highest": 10},
        }
        assert found["sd"] == pytest.approx(2.3936, abs=1e-4)
        nothing = step(EMPTY, RATE)
        assert [nothing[name] for name in ("n", "mean", "sd", "lowest", "highest")] == [0, None, None, None, None]
        assert (nothing["numbers"], nothing["scale"]) == ([], {"lowest": 1, "highest": 10})

    def test_a_vote_step_has_its_dots_by_entry(self) -> None:
        assert step(WHOLE, DOTS)["votes"] == [{"entry": "e2", "dots": 1}, {"entry": "e4", "dots": 4}]
        assert (step(WHOLE, DOTS)["dots"], step(WHOLE, DOTS)["from"]) == (3, "ideas")
        assert step(EMPTY, DOTS)["votes"] == []

    def test_a_groups_step_has_rounds_of_groups_of_people(self) -> None:
        found = step(WHOLE, PAIRS)
        assert found["groups"] == [
            [["Jo Smith", "porter 2"], ["Amina Khan", "porter 1", "Sam Late"]],
            [["porter 1", "Jo Smith", "Sam Late"], ["porter 2", "Amina Khan"]],
        ]
        assert (found["seed"], found["told"]) == (42, list(WHOLE.groups[0].told))
        assert {name: step(EMPTY, PAIRS)[name] for name in ("groups", "seed", "told")} == {
            "groups": [],
            "seed": None,
            "told": [],
        }

    def test_a_table_step_has_rows_by_column(self) -> None:
        found = step(WHOLE, TABLE)
        assert found["rows"] == [
            {"what": "The list", "until": "2026-12-01", "state": "good"},
            {"what": "The lift"},
        ]
        assert found["row_ids"] == ["r1", "r2"]
        assert (step(EMPTY, TABLE)["rows"], step(EMPTY, TABLE)["row_ids"]) == ([], [])

    def test_an_assess_step_has_the_id_of_its_assessment(self) -> None:
        assert step(WHOLE, ASSESS)["assessment"] == "1ng54y2v06fz"
        assert step(EMPTY, ASSESS)["assessment"] is None

    def test_entries_tell_where_they_come_from_and_the_session_what_it_goes_on_from(self) -> None:
        first, second, third = step(WHOLE, STEPS.index("ideas"))["entries"]
        assert {"lesson", "session"}.isdisjoint(first)
        assert (second["session"], third["lesson"]) == ("1ng54y2v06fz", "1ng54y2v06g0")
        assert document()["continues"] == ["1ng54y2v06fz"]

    def test_other_steps_have_nothing_of_the_kind(self) -> None:
        fields = {"n", "votes", "groups", "rows", "assessment", "numbers", "seed"}
        for number in (number for number, each in enumerate(STEPS) if each in ("hello", "ideas", "learn", "act")):
            assert fields.isdisjoint(step(WHOLE, number))


class TestNames:
    """Without names there are roles, and numbers for those who have none."""

    def test_groups_call_everybody_by_a_role_or_a_number(self) -> None:
        found = step(WHOLE, PAIRS, with_names=False)
        assert found["groups"] == [
            [["ward sister", "porter 2"], ["Person 1", "porter 1", "Guest 1"]],
            [["porter 1", "ward sister", "Guest 1"], ["porter 2", "Person 1"]],
        ]
        assert rounds_for(EMPTY, "pairs", with_names=False) == ()

    def test_guests_are_told_apart_and_keep_their_number(self) -> None:
        rounds = ((("Sam", "Kim"), ("Jo Smith", "sam")), (("Kim", "Jo Smith"),))
        session = replace(WHOLE, groups=(Grouping(step="pairs", rounds=rounds),))
        assert rounds_for(session, "pairs", with_names=False) == (
            (("Guest 1", "Guest 2"), ("ward sister", "Guest 3")),
            (("Guest 2", "ward sister"),),
        )

    def test_who_was_taken_off_the_list_after_the_draw_is_a_guest(self) -> None:
        session = replace(WHOLE, people=WHOLE.people[2:])
        words = json.dumps(document(session, with_names=False)["steps"][PAIRS])
        assert "Guest 1" in words
        for name in ("Jo Smith", "Amina", "Sam"):
            assert name not in words

    def test_what_the_draw_told_names_people_and_goes_with_the_names(self) -> None:
        assert step(WHOLE, PAIRS, with_names=False)["told"] == []
        for words in (
            json.dumps(document(with_names=False)),
            session_markdown(WHOLE),
            *invitations(WHOLE, with_names=False),
        ):
            for name in ("Jo Smith", "Amina", "Sam Late"):
                assert name not in words


class TestPrivate:
    """Neither words nor votes of a private step are in anything that is shared."""

    @pytest.mark.parametrize("with_names", [True, False])
    def test_votes_on_private_entries_leave_no_trace(self, with_names: bool) -> None:
        shared = document(with_names=with_names, with_private=False)
        assert shared["steps"][SECRET]["votes"] == []
        assert '"e3"' not in json.dumps(shared)
        markdown = session_markdown(WHOLE, with_names=with_names)
        for word in ("afraid", "27", "e3", "What of the rest", "What nobody says"):
            assert word not in markdown
        assert read(shared).dots == WHOLE.dots[:2]

    def test_without_those_votes_nothing_would_be_told_otherwise(self) -> None:
        bare = replace(WHOLE, dots=WHOLE.dots[:2], entries=tuple(each for each in WHOLE.entries if each.id != "e3"))
        assert document(with_private=False) == document(bare, with_private=False)
        assert session_markdown(WHOLE) == session_markdown(bare)
        assert invitations(WHOLE) == invitations(bare)

    def test_they_are_in_a_whole_copy(self) -> None:
        assert step(WHOLE, SECRET)["votes"] == [{"entry": "e3", "dots": 27}]
        answering = replace(WHOLE, entries=(*WHOLE.entries, Entry(id="e5", step="ideas", text="x", answers="e3")))
        assert read_document(document(answering)) == answering
        assert read(document(answering, with_private=False)).entries[-1].answers is None

    def test_a_step_that_is_open_is_not_held_back(self) -> None:
        steps = tuple(replace(ALONE, private=False) if each == ALONE else each for each in TECHNIQUE.steps)
        everything_open = replace(WHOLE, technique=replace(TECHNIQUE, steps=steps))
        assert step(everything_open, SECRET, with_private=False)["votes"] == [{"entry": "e3", "dots": 27}]
        assert "| I am afraid of the lift | 27 |" in session_markdown(everything_open)


class TestOlder:
    """Documents that were written before there were such steps, or by hand."""

    def test_a_document_without_any_of_the_fields_still_reads(self) -> None:
        old = document()
        del old["continues"]
        for each in old["steps"]:
            for name in ("earlier", "votes", "groups", "seed", "told", "rows", "row_ids", "assessment", "numbers"):
                each.pop(name, None)
            if each["kind"] == "score":  # as the technique has it
                each.update(each.pop("scale"))
                for name in ("n", "mean", "sd"):
                    del each[name]
            for entry in each["entries"]:
                entry.pop("lesson", None)
                entry.pop("session", None)
        technique = replace(TECHNIQUE, steps=tuple(_without_earlier(each) for each in TECHNIQUE.steps))
        entries = tuple(replace(each, lesson=None, session=None) for each in WHOLE.entries)
        nothing = replace(
            WHOLE,
            technique=technique,
            entries=entries,
            marks=(),
            dots=(),
            groups=(),
            rows=(),
            assessed=(),
            continues=(),
        )
        assert read_document(old) == nothing

    def test_fields_that_are_null_are_as_if_missing(self) -> None:
        for number, names in {RATE: ["numbers"], DOTS: ["votes"], PAIRS: ["told", "seed"], TABLE: ["row_ids"]}.items():
            for name in names:
                assert read(with_step(number, **{name: None})) == read(with_step(number, **{name: ...}))

    def test_rows_without_ids_get_some_that_are_their_own(self) -> None:
        found = with_step(TABLE, row_ids=["r1"])
        found["steps"].append({**found["steps"][TABLE], "id": "second", "row_ids": None})
        rows = read(found).rows
        assert [(row.id, row.step) for row in rows] == [
            ("r1", "inventory"),
            ("inventory-2", "inventory"),
            ("second-1", "second"),
            ("second-2", "second"),
        ]

    def test_what_could_not_be_drawn_is_kept_with_why(self) -> None:
        nobody = replace(WHOLE, groups=(Grouping(step="pairs", rounds=(), seed=7, told=("There is nobody.",)),))
        assert read_document(document(nobody)) == nobody
        by_hand = replace(WHOLE, groups=(Grouping(step="pairs", rounds=((("A", "B"),),)),))
        assert read_document(document(by_hand)) == by_hand

    def test_what_follows_from_the_numbers_is_not_believed(self) -> None:
        assert read_document(with_step(RATE, n=99, mean=1, sd="much", lowest=0, highest=99)) == WHOLE


def _without_earlier(each: Any) -> Any:
    return replace(each, earlier=()) if each.id == "ideas" else each


def groups_with(name: Any) -> list[Any]:
    return [[["Jo", "Al"], ["Bo", name]]]


@pytest.mark.parametrize(
    ("number", "changes", "message"),
    [
        (RATE, {"numbers": [3, 11]}, r"\.numbers: 11 is outside the scale\. Give a number from 1 to 10\.$"),
        (RATE, {"numbers": [0.5]}, r"\.numbers: 0\.5 is outside the scale"),
        (RATE, {"numbers": [3, "8"]}, r"\.numbers\[1\]: .*number.* is needed here, not a text\.$"),
        (RATE, {"numbers": [True]}, r"\.numbers\[0\]: .* not true or false\.$"),
        (RATE, {"numbers": 3}, r"\.numbers: a list is needed here\.$"),
        (RATE, {"scale": {"lowest": "1", "highest": 10}}, r"\.lowest: a whole number is needed here, not a text\.$"),
        (RATE, {"scale": {}}, r"\.lowest: a whole number is needed here, not nothing"),
        (DOTS, {"votes": [{"entry": "e9", "dots": 1}]}, r"\.votes: there is no entry e9 to vote for\.$"),
        (DOTS, {"votes": [{"entry": "e3", "dots": 1}]}, r"\.votes: there is no entry e3 to vote for\.$"),
        (DOTS, {"votes": [{"entry": "e1", "dots": -1}]}, r"\.votes: a number from 0 to 9999 is needed here\.$"),
        (DOTS, {"votes": [{"entry": "e1", "dots": 10_000}]}, r"\.votes: a number from 0 to 9999"),
        (DOTS, {"votes": [{"entry": "e1", "dots": 1}, {"entry": "e2"}]}, r'\.votes\[1\]: the field "dots" is missing'),
        (DOTS, {"votes": [{"entry": "e1", "dots": "1"}]}, r"\.votes\[0\]\.dots: a whole number is needed here"),
        (DOTS, {"votes": ["e1"]}, r"\.votes\[0\]: a group of fields in braces is needed here, not a text\.$"),
        (DOTS, {"votes": {"e1": 1}}, r"\.votes: a list is needed here\.$"),
        (PAIRS, {"groups": groups_with(3)}, r"\.groups\[0\]\[1\]\[1\]: a text is needed here, not a whole number\.$"),
        (PAIRS, {"groups": ["Jo and Al"]}, r"\.groups\[0\]: a list is needed here, not a text\.$"),
        (PAIRS, {"groups": {}}, r"\.groups: a list is needed here\.$"),
        (PAIRS, {"seed": "x"}, r"\.seed: a whole number or nothing \(null\) is needed here, not a text\.$"),
        (PAIRS, {"told": [1]}, r"\.told\[0\]: a text is needed here"),
        (PAIRS, {"told": "x"}, r"\.told: a list is needed here\.$"),
        (TABLE, {"rows": [{}, "x"]}, r"\.rows\[1\]: a group of fields in braces is needed here, not a text\.$"),
        (TABLE, {"rows": [{"what": 3}]}, r"\.rows\[0\].*: a text is needed here, not a whole number\.$"),
        (TABLE, {"rows": "x"}, r"\.rows: a list is needed here\.$"),
        (TABLE, {"row_ids": ["r1", 2]}, r"\.row_ids\[1\]: a text is needed here, not a whole number\.$"),
        (TABLE, {"row_ids": "x"}, r"\.row_ids: a list is needed here\.$"),
        (TABLE, {"columns": []}, r"\.columns: there has to be at least one column\.$"),
        (TABLE, {"columns": [{"id": "c"}]}, r'\.columns\[0\]: the field "name" is missing'),
        (ASSESS, {"assessment": 3}, r"\.assessment: a text is needed here, not a whole number\.$"),
        (ASSESS, {"assessment": ""}, None),
    ],
    ids=range(30),
)
def test_a_wrong_value_is_told_with_its_place(number: int, changes: dict[str, Any], message: str | None) -> None:
    if message is None:
        read(with_step(number, **changes))
        return
    with pytest.raises(WrongInput, match=rf"^steps\[{number}\]{message}"):
        read_document(with_step(number, **changes))


def test_the_second_of_two_steps_is_named_where_it_is_the_wrong_one() -> None:
    found = document()
    found["steps"].append(
        {**found["steps"][TABLE], "id": "second", "rows": [{"what": "x"}, {"what": 1}], "row_ids": []}
    )
    with pytest.raises(WrongInput, match=rf"^steps\[{len(STEPS)}\]\.rows\[1\].*: a text is needed here"):
        read_document(found)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 12)
    | st.floats(allow_nan=False)
    | st.sampled_from(["e1", "r1", "", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["entry", "dots", "what", "until", "lowest", "highest"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_no_wrong_step_does_more_than_being_refused(data: st.DataObject) -> None:
    number = data.draw(st.sampled_from([RATE, DOTS, SECRET, PAIRS, TABLE, ASSESS]))
    field = data.draw(st.sampled_from(sorted(document()["steps"][number])))
    changed = with_step(number, **{field: data.draw(JSON)})
    try:
        found = read(changed)
    except WrongInput as error:
        assert str(error).endswith(".")
        return
    made = document(found)
    assert document(read(made)) == made
    for names in (True, False):
        assert session_markdown(found, with_names=names)
        invitations(found, with_names=names)


@pytest.mark.parametrize("ids", [["r1", "r1"], ["r1", "e1"], ["l1", "r2"], ["r1", "a1"]])
def test_an_id_may_be_there_only_once(ids: list[str]) -> None:
    with pytest.raises(WrongInput, match=r"^entries, lessons, actions, rows: every id may be there only once\.$"):
        read_document(with_step(TABLE, row_ids=ids))


def test_more_rows_or_ids_than_each_other_are_no_error() -> None:
    assert read(with_step(TABLE, row_ids=["r1", "r2", "r3"])) == WHOLE
    assert read(with_step(TABLE, rows=[])).rows == ()
    assert INVENTORY.columns[0].id == "what"


@pytest.mark.parametrize(("field", "value"), [("continues", "x"), ("continues", [1]), ("continues", None)])
def test_what_a_session_goes_on_from_is_a_list_of_texts(field: str, value: Any) -> None:
    with pytest.raises(WrongInput, match=rf"^{field}"):
        read_document({**document(), field: value})


def test_other_sessions_are_as_they_were() -> None:
    assert read_document(session_document(SESSION, with_names=True, with_private=True)) == SESSION
