"""Every rule of a matrix, with the exact place; and other maturity models than ours."""

from __future__ import annotations

import pytest

from kmtui.content.document import open_file, open_text
from kmtui.content.library import matrix_from
from tests.content.helpers import DATA, MATRIX, marked, of_matrix, told, with_change


def test_the_small_matrix_is_fine() -> None:
    assert of_matrix(MATRIX, ()) == []


_ID = "an id has lower-case letters a to z, digits and hyphens alone"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1, highest: 4}", "4, highest: ‸4}", 'scale: "highest" (4) has to be more than "lowest" (4)'),
        ("highest: 4}", "highest: ‸102}", 'scale: "lowest" (1) and "highest" (102) may be 100 apart at most'),
        ("highest: 4}", "highest: 4, step: ‸2}", 'scale: "step" takes 1 or 0.5, not 2'),
        (
            "[1, 2]",
            "‸[2, 2]",
            'band "low": its levels begin at 2 and the scale at 1: they have to begin at the same level',
        ),
        ("[3, 4]", "‸[3, 3]", "the last band ends at 3 and the scale at 4: they have to end at the same level"),
        ("[3, 4]", "‸[3, 5]", "the last band ends at 5 and the scale at 4: they have to end at the same level"),
        (
            "[3, 4]",
            "‸[4, 4]",
            'band "high": its levels begin at 4 and band "low" ends at 2: '
            "no level may be left out between them, so begin at 3",
        ),
        (
            "[3, 4]",
            "‸[2, 4]",
            'band "high": its levels begin at 2 and band "low" ends at 2: '
            "bands are in order and share no level, so begin at 3",
        ),
        ("[3, 4]", "‸[4, 3]", 'band "high": "levels" begin above their end: write [3, 4]'),
        ("[3, 4]", "[3, ‸3.5]", 'band "high": a number in "levels" takes a whole number, not "3.5"'),
        ("[3, 4]", "‸[3]", 'band "high": "levels" takes 2 whole numbers such as [1, 2], not a list'),
        ("{id: low,", "{id: ‸Low Band,", f'band "Low Band": {_ID}, such as low-band'),
        ("id: second", "id: ‸first", 'the id "first" is taken by the criterion in line 12: give this one another'),
        ("id: second", "id: ‸-second", f'criterion "-second": {_ID}, such as second'),
        ("id: small", "id: ‸small-", f'matrix "small-": {_ID}, such as small'),
        ("id: small", "id: ‸学", f'matrix "学": {_ID}'),
        ("bands: [low]}", "bands: [‸lo]}", 'criterion "first", option "do": unknown band "lo": did you mean "low"?'),
    ],
)
def test_rules(old: str, new: str, message: str) -> None:
    text, place = marked(MATRIX, old, new)
    assert place + message in of_matrix(text)


def test_statements_match_the_bands() -> None:
    wrong = MATRIX.replace(
        "        statements: {low: no, high: yes}\n        options",
        "        statements: {low: no, hihg: yes}\n        options",
    )
    assert of_matrix(wrong) == [
        '15:21: criterion "first": no statement for band "high"',
        '15:31: criterion "first": statement for an unknown band "hihg": did you mean "high"?',
    ]


def test_a_missing_statement_and_wrong_types_are_told_together() -> None:
    wrong = MATRIX.replace("{low: no, high: yes}", "{low: no}").replace("version: ", "vershun: ")
    assert of_matrix(wrong) == [
        '1:1: "version" is missing: add version: with a text',
        '2:1: unknown key "vershun": did you mean "version"?',
        '15:21: criterion "first": no statement for band "high"',
        '21:21: criterion "second": no statement for band "high"',
    ]


def test_ids_are_unique_in_the_whole_matrix_and_among_options() -> None:
    more = """\
  - id: one
    name: Again
    criteria:
      - id: first
        name: Again
        indicator: We do.
        statements: {low: no, high: yes}
        options: [{id: a, text: b}, {id: a, text: c}]
"""
    assert of_matrix(MATRIX + more) == [
        '22:9: the id "one" is taken by the section in line 9: give this one another',
        '25:13: the id "first" is taken by the criterion in line 12: give this one another',
        '29:42: criterion "first": the id "a" is taken by the option in line 29: give this one another',
    ]


def test_two_bands_with_one_id() -> None:
    text, place = marked(MATRIX, "{id: high,", "{id: ‸low,")
    assert f'{place}the id "low" is taken by the band in line 6: give this one another' in of_matrix(text)


def test_too_many_criteria_are_refused() -> None:
    more = "".join(
        f"      - {{id: c{number}, name: N, indicator: I, statements: {{low: a, high: b}}}}\n" for number in range(999)
    )
    assert of_matrix(MATRIX + more) == ["1020:9: there are 1001 criteria, and 1000 at most are possible"]


def test_there_is_at_least_one_section_and_criterion() -> None:
    begin = MATRIX[: MATRIX.index("sections:")]
    assert of_matrix(begin + "sections: []\n") == ['8:11: "sections" is empty: write at least one section']
    empty = begin + "sections:\n  - {id: one, name: One, criteria: []}\n"
    assert of_matrix(empty) == ['9:36: section "one": "criteria" is empty: write at least one criterion']
    assert of_matrix(begin) == ['1:1: "sections" is missing: add sections: with a list']
    assert of_matrix(begin + "sections:\n") == [
        '8:10: "sections" is empty: write each below the key as - {id: …, name: …, criteria: …}'
    ]


def test_there_is_at_least_one_band() -> None:
    begin, end = MATRIX.index("bands:"), MATRIX.index("sections:")
    assert '5:8: "bands" is empty: write at least one band' in of_matrix(MATRIX[:begin] + "bands: []\n" + MATRIX[end:])


def test_techniques_that_are_not_installed_are_warned_of_once() -> None:
    text = with_change(
        MATRIX,
        "- {id: do, text: Do it, bands: [low]}",
        "- {id: do, text: Do it, technique: tea}\n          - {id: be, text: Be, technique: tea}\n"
        "          - {id: talk, text: Talk, technique: talk}",
    )
    assert of_matrix(text, ("talk",)) == [
        '17:46: warning: the technique "tea" is not installed: 2 options name it and cannot run it'
    ]
    assert of_matrix(text, ("tea",)) == [
        '19:47: warning: the technique "talk" is not installed: 1 option names it and cannot run it'
    ]
    assert of_matrix(text) == []


def test_a_band_that_cannot_be_read_brings_no_further_errors() -> None:
    text, place = marked(MATRIX, "levels: [1, 2]", "levels: ‸some")
    assert of_matrix(text) == [place + 'band "low": "levels" takes 2 whole numbers such as [1, 2], not "some"']


def test_something_else_than_keys_is_only_said_once() -> None:
    assert of_matrix("- a\n- b\n") == [
        "1:1: the file takes {id: …, version: …, title: …, scale: …, bands: …, sections: …}, not a list"
    ]


@pytest.mark.parametrize("name", ["matrix-1-to-5", "matrix-halves", "matrix-cymraeg"])
def test_other_models_and_languages_load(name: str) -> None:
    document = open_file(DATA / f"{name}.yaml")
    matrix = matrix_from(document, ("after-action-review",))
    assert told(document) == []
    assert matrix is not None
    for level in matrix.levels():
        assert matrix.band_at(level) in matrix.bands


def test_texts_of_another_model_are_as_written() -> None:
    matrix = matrix_from(open_file(DATA / "matrix-1-to-5.yaml"))
    assert matrix is not None
    assert matrix.criteria[0].statements == {"weak": "No", "fair": "12:30", "strong": "010"}
    halves = matrix_from(open_file(DATA / "matrix-halves.yaml"))
    assert halves is not None
    assert list(halves.levels()) == [0, 0.5, 1, 1.5, 2, 2.5, 3]


def test_a_hundred_criteria_load() -> None:
    begin = MATRIX[: MATRIX.index("      - id: first")]
    criteria = "".join(
        f"      - id: c{number}\n        name: N\n        indicator: I\n        statements: {{low: a, high: b}}\n"
        for number in range(100)
    )
    matrix = matrix_from(open_text(begin + criteria, "f"))
    assert matrix is not None
    assert len(matrix.criteria) == 100
