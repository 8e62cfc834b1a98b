"""What a document says of a survey is believed only where it can be so, and tells nothing of too few answers."""

from __future__ import annotations

from typing import Any

import pytest

from kmtui.model.errors import WrongInput
from kmtui.report.document import assessment_document, read_document
from tests.report.examples import FEW, OPEN_SURVEY, SURVEY


def document(**changes: Any) -> dict[str, Any]:
    return {**assessment_document(SURVEY, with_names=True), **changes}


def result(**changes: Any) -> dict[str, Any]:
    return document(survey={**document()["survey"], **changes})


def spread(place: int, **changes: Any) -> dict[str, Any]:
    spreads = list(document()["survey"]["spreads"])
    spreads[place] = {**spreads[place], **changes}
    return result(spreads=spreads)


@pytest.mark.parametrize("survey", [SURVEY, FEW, OPEN_SURVEY], ids=["closed", "few", "open"])
def test_what_was_written_is_read(survey: Any) -> None:
    found = read_document(assessment_document(survey, with_names=True, with_private=True))
    assert found == survey


def test_a_result_may_show_less_than_it_could() -> None:
    hidden = dict.fromkeys(("sd", "lowest", "highest", "bands", "dont_know"))
    assert read_document(spread(0, **hidden, rationales=[]))
    assert read_document(spread(0, **hidden, mean=None, rationales=[]))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (document(survey=None), "^survey: its result is there once it is closed"),
        (document(closed=None), "^survey: its result is there once it is closed"),
        (result(answered=-1), r"^survey\.answered: a count is never negative"),
        (result(answered=4), r"^survey\.roles: fewer than 5 people"),
        (result(answered=5, roles=[{"role": "a", "count": 6}]), r"^survey\.roles: each is that of 5"),
        (result(roles=[{"role": "a", "count": 4}]), r"^survey\.roles: each is that of 5"),
        (result(answered=6, roles=[]), r"^survey\.spreads\[0\]\.n: there are more answers than people"),
        (result(roles=[{"role": "a", "count": 0}]), r"^survey\.roles: each is that of 5"),
        (spread(0, rationales=["I said so"] * 8), r"^survey\.spreads\[0\]\.rationales: there are more than"),
        (spread(0, sd=9.1), r"^survey\.spreads\[0\]\.sd: it is not wider"),
        (result(spreads=[document()["survey"]["spreads"][0]] * 2), r"^survey\.spreads: every criterion"),
        (result(spreads="none"), r"^survey\.spreads: a list is needed here"),
        (spread(0, criterion="gone"), r'^survey\.spreads\[0\]\.criterion: the matrix has no criterion "gone"'),
        (spread(0, n=-1), r"^survey\.spreads\[0\]: a count is never negative"),
        (spread(0, n=True), r"^survey\.spreads\[0\]\.n: .* not true or false"),
        (spread(0, dont_know=-1), r"^survey\.spreads\[0\]: a count is never negative"),
        (spread(0, dont_know=1), r"^survey\.spreads\[0\]\.n: there are more answers than people"),
        (spread(0, bands={"nothing": -1, "usual": 8}), "a count is never negative"),
        (spread(0, bands={"nothing": 6}), r"^survey\.spreads\[0\]\.bands: together"),
        (spread(0, bands={"gold": 7}), r'^survey\.spreads\[0\]\.bands: the matrix has no band "gold"'),
        (spread(0, lowest=0), r"^survey\.spreads\[0\]\.lowest: 0 is no level"),
        (spread(0, highest=6.5), r"^survey\.spreads\[0\]\.highest: 6\.5 is no level"),
        (spread(0, lowest=11, highest=2), r"^survey\.spreads\[0\]\.lowest: it is above"),
        (spread(0, mean=1.5), r"^survey\.spreads\[0\]\.mean: it has to lie from 2 to 11"),
        (spread(0, mean=None), "are there together or not at all"),
        (spread(0, sd=None), "are there together or not at all"),
        (spread(0, sd=-0.1), r"^survey\.spreads\[0\]\.sd: it is never negative"),
        (spread(4, mean=12.4), r"^survey\.spreads\[4\]\.mean: it has to lie from 1 to 12"),
        (spread(4, lowest=4), r"^survey\.spreads\[4\]: below 5 answers only"),
        (spread(4, bands={"early": 3}), r"^survey\.spreads\[4\]: below 5 answers only"),
        (spread(4, dont_know=1), r"^survey\.spreads\[4\]: below 5 answers only"),
        (spread(4, rationales=["I said so"]), r"^survey\.spreads\[4\]: below 5 answers only"),
        (spread(5, mean=4), r"^survey\.spreads\[5\]\.mean: below 3 answers no mean"),
        (
            spread(0, sd=None, lowest=None, highest=None, bands=None, dont_know=None),
            r"^survey\.spreads\[0\]\.rationales: they are shown only where",
        ),
    ],
    ids=range(34),
)
def test_what_cannot_be_so_is_refused_with_its_place(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(WrongInput, match=message):
        read_document(wrong)
