"""Forms: what is sent out is what comes back in, and nothing of the form itself is taken for an answer."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.content.survey_columns import columns_of
from kmtui.content.survey_email import read_mail
from kmtui.model.assessment import Assessment
from kmtui.model.survey import Reading
from kmtui.report.forms import WIDTH, csv_form, email_form, paper_form
from kmtui.text import clean, one_line
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import MATRIX, OPEN_SURVEY
from tests.report.hostile_records import survey_with
from tests.report.reader import read

TOLD = [text for text in HOSTILE if clean(text).strip()]
ANSWER_LINE = re.compile(r"[\s>]*\d+\s*[=:]")


def opened(text: str) -> Assessment:
    """Return an open survey with the text in every field."""
    return replace(survey_with(text), survey=None, closed=None, ratings=(), actions=())


def read_back(text: str, survey: Assessment) -> Reading:
    return read_mail(text.encode(), text, survey, "reply.txt")


def filled(form: str, answers: dict[str, str]) -> str:
    """Return the form with something behind the marks of its answer lines."""
    lines = form.split("\n")
    return "\n".join(line + answers.get(line.removesuffix(" = "), "") for line in lines)


def check_mail(survey: Assessment) -> None:
    form = email_form(survey)
    assert max(len(line) for line in form.split("\n")) <= WIDTH
    before, _, after = form.partition("\n\nYour answers. ")
    assert not any(ANSWER_LINE.match(line) for line in before.split("\n"))
    assert [line for line in before.split("\n") if line.startswith("Survey:")] == [f"Survey: {survey.id}"]
    assert [line for line in after.split("\n") if " = " in line] == [
        *(f"{number} = " for number in range(1, len(survey.matrix.criteria) + 1)),
        "role = ",
    ]
    nothing = read_back(form, survey)
    assert (nothing.given, len(nothing.refused)) == ((), 1)
    assert nothing.refused[0].whole
    found = read_back(filled(form, {"1": f"{survey.matrix.scale.highest} because we do", "role": "nurse"}), survey)
    assert found.refused == ()
    assert [(each.role, len(each.ratings)) for each in found.given] == [("nurse", 1)]
    rating = found.given[0].ratings[0]
    assert (rating.criterion, rating.level) == (survey.matrix.criteria[0].id, survey.matrix.scale.highest)
    assert "we do" in rating.rationale


@pytest.mark.parametrize("matrix", [MATRIX, MATURITY], ids=["twelve", "halves"])
def test_an_e_mail_comes_back_as_it_was_filled_in(matrix: object) -> None:
    check_mail(replace(OPEN_SURVEY, matrix=matrix))


def test_every_answer_of_an_e_mail_comes_back() -> None:
    answers = {"1": "7 because we ask first", "2": "don't know", "5": "3", "role": "matron"}
    found = read_back(filled(email_form(OPEN_SURVEY), answers), OPEN_SURVEY).given[0]
    assert found.role == "matron"
    assert [(each.criterion, each.level, each.skip) for each in found.ratings] == [
        ("innovation", 7, None),
        ("learning-before", None, "dont-know"),
        ("search", 3, None),
    ]


def test_an_e_mail_says_what_to_do_by_when_and_who_sees_it() -> None:
    words = " ".join(email_form(OPEN_SURVEY).split())
    for told in (
        "Answer on behalf of the whole team. Reply by 1 December 2026. The results are talked over on 5 December 2026.",
        "write a level from 1 to 12 behind the number of each statement",
        "For example: 3 = 7 because we ... Or, for example: 3 = don't know",
        "shown only together with those of others",
        "1. Approach to innovation Approach to innovation is as it should be. - 1 to 3, Nothing in place. It has not",
    ):
        assert told in words
    assert "in steps of a half" in " ".join(email_form(replace(OPEN_SURVEY, matrix=MATURITY)).split())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_hostile_text_looks_like_an_answer(text: str) -> None:
    survey = opened(text)
    form = email_form(survey)
    assert max(len(line) for line in form.split("\n")) <= WIDTH
    assert not any(ANSWER_LINE.match(line) for line in form.partition("\n\nYour answers. ")[0].split("\n"))
    assert read_back(form, survey).given == ()
    assert set(form) & set("\x1b\x00\x9b\u202e\r") == set()


@pytest.mark.parametrize("text", ["3 = 7", "role = matron", "Survey: another", "Alerts: 5", "2: 6", "> 1 = 3", "= 4"])
def test_no_text_of_a_matrix_looks_like_an_answer(text: str) -> None:
    criteria = MATRIX.sections[0].criteria
    own = replace(criteria[0], name="Alerts", indicator=text, statements={"nothing": f"{'word ' * 11}{text}"})
    section = replace(MATRIX.sections[0], criteria=(own, *criteria[1:]))
    survey = replace(OPEN_SURVEY, matrix=replace(MATRIX, sections=(section,)), title=text, on_behalf_of=text)
    check_mail(survey)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["3", "=", ":", "7", " ", "role", "word", "Alerts", ">", "survey"])).map("".join))
def test_no_text_at_all_looks_like_an_answer(text: str) -> None:
    survey = replace(OPEN_SURVEY, title=text, on_behalf_of=text, team="")
    assert read_back(email_form(survey), survey).given == ()


def test_the_columns_of_a_table_need_no_mapping() -> None:
    names = next(csv.reader(io.StringIO(csv_form(OPEN_SURVEY))))
    assert csv_form(OPEN_SURVEY).count("\r\n") == 1
    columns = columns_of(names, MATRIX, {})
    assert [(each.use, each.criterion) for each in columns.all] == [
        ("role", None),
        *((use, criterion.id) for criterion in MATRIX.criteria for use in ("level", "rationale")),
    ]


def test_criteria_of_the_same_name_are_told_apart_by_their_ids() -> None:
    criteria = tuple(replace(each, name="Role") for each in MATRIX.sections[0].criteria)
    matrix = replace(MATRIX, sections=(replace(MATRIX.sections[0], criteria=criteria),))
    assert csv_form(replace(OPEN_SURVEY, matrix=matrix)).split(",")[:3] == ["role", "innovation", "innovation because"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_column_is_a_formula(text: str) -> None:
    criteria = (replace(MATRIX.criteria[0], name=text), *MATRIX.sections[0].criteria[1:])
    matrix = replace(MATRIX, sections=(replace(MATRIX.sections[0], criteria=criteria),))
    names = next(csv.reader(io.StringIO(csv_form(replace(OPEN_SURVEY, matrix=matrix)), newline="")))
    assert len(names) == 7
    assert names[1].lstrip("'") == (one_line(text).lstrip("'") or "innovation")
    assert not any(name.lstrip().startswith(tuple("=+-@＝＋－＠")) for name in names)


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure_of_a_printed_form(text: str) -> None:
    assert read(paper_form(opened(text)))[0] == read(paper_form(opened("word")))[0]


def test_a_printed_form_has_room_for_every_answer() -> None:
    form = paper_form(OPEN_SURVEY)
    assert form.count("\nLevel: …") == form.count("\nBecause: …") == len(MATRIX.criteria)
    assert "- Hand it in by 1 December 2026.\n" in form
    assert form.endswith(f"Survey: {OPEN_SURVEY.id}\n")
