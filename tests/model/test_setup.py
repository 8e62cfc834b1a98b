"""A set-up makes the matrix that a team uses: less what it leaves out, more what its service offers."""

from __future__ import annotations

from msgspec.structs import replace

from kmtui.model.setup import LeftOut, LocalOption, as_used, named
from tests.report.examples import MATRIX

FIRST, SECOND = MATRIX.sections[0], MATRIX.sections[1]


def test_a_criterion_that_is_left_out_is_not_in_the_matrix_that_is_used() -> None:
    gone = FIRST.criteria[0]
    used = as_used(MATRIX, (LeftOut(criterion=gone.id),), ())
    assert used.criterion(gone.id) is None
    assert used.criteria == tuple(each for each in MATRIX.criteria if each != gone)


def test_a_section_of_which_nothing_is_left_goes_too() -> None:
    used = as_used(MATRIX, tuple(LeftOut(criterion=each.id) for each in FIRST.criteria), ())
    assert used.sections == MATRIX.sections[1:]


def test_the_id_of_a_section_stands_for_all_its_criteria_with_one_reason() -> None:
    found = named(MATRIX, (LeftOut(criterion=FIRST.id, reason="another time"),))
    assert [each.criterion for each in found] == [each.id for each in FIRST.criteria]
    assert {each.reason for each in found} == {"another time"}
    assert [each.name for each in found] == [each.name for each in FIRST.criteria]


def test_what_is_left_out_is_in_the_order_of_the_matrix_each_once_and_only_what_there_is() -> None:
    last, first = MATRIX.criteria[-1].id, MATRIX.criteria[0].id
    given = (
        LeftOut(criterion=last),
        LeftOut(criterion=first),
        LeftOut(criterion=first, reason="b"),
        LeftOut(criterion="?"),
    )
    assert [(each.criterion, each.reason) for each in named(MATRIX, given)] == [(first, "b"), (last, "")]


def test_options_of_the_local_service_stand_behind_those_of_the_matrix_with_ids_of_their_own() -> None:
    criterion = FIRST.criteria[0]
    taken = replace(criterion.options[0], id="local-1")
    matrix = replace(
        MATRIX,
        sections=(
            replace(FIRST, criteria=(replace(criterion, options=(taken,)), *FIRST.criteria[1:])),
            *MATRIX.sections[1:],
        ),
    )
    own = (
        LocalOption(criterion=criterion.id, text="Ask us", service="library", bands=(MATRIX.bands[0].id,)),
        LocalOption(criterion=criterion.id, text="Ask again"),
        LocalOption(criterion="nowhere", text="Lost"),
    )
    options = as_used(matrix, (), own).sections[0].criteria[0].options
    assert [option.id for option in options] == ["local-1", "local-2", "local-3"]
    assert [(option.text, option.service, option.bands) for option in options[1:]] == [
        ("Ask us", "library", (MATRIX.bands[0].id,)),
        ("Ask again", None, ()),
    ]


def test_without_either_the_matrix_stays_as_it_is() -> None:
    assert as_used(MATRIX, (), ()) == MATRIX
    assert SECOND in as_used(MATRIX, (), ()).sections
