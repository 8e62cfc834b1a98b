"""Every report of every matrix there is: other scales, other bands, other languages, and our own."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.analysis.survey import result_of
from kmtui.content.library import Library, shipped_folder
from kmtui.content.survey_email import read_mail
from kmtui.model.assessment import Assessment
from kmtui.model.matrix import Matrix
from kmtui.model.plan import Planned
from kmtui.model.rating import Rating
from kmtui.model.survey import Response
from kmtui.report.advance import advance_markdown
from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.csv_report import assessment_csv
from kmtui.report.document import assessment_document, read_document
from kmtui.report.drawing import assessment_chart
from kmtui.report.forms import csv_form, email_form, paper_form
from kmtui.report.plan_markdown import plan_markdown
from kmtui.report.sentences import chart_sentences, rounding_rule, summary_sentences, then_and_now_sentences
from tests.report.examples import AT, DAY, SURVEY

DATA = Path(__file__).parents[1] / "data"
FILES = (*sorted(DATA.glob("matrix-*.yaml")), shipped_folder() / "matrix.yaml")


def matrix_of(path: Path) -> Matrix:
    loaded = Library([], [path]).matrices()
    assert loaded
    return loaded[0].value


def surveyed(matrix: Matrix) -> Assessment:
    """Return a closed survey in which six people answered each criterion with all the levels there are, in turn."""
    levels = list(matrix.levels())
    responses = [
        Response(
            id=str(person),
            survey="s",
            role="nurse",
            finished=True,
            ratings=tuple(
                Rating(criterion=criterion.id, level=levels[(person * (place + 1)) % len(levels)], rationale="so")
                for place, criterion in enumerate(matrix.criteria)
            ),
        )
        for person in range(6)
    ]
    first = matrix.criteria[0]
    return replace(
        SURVEY,
        matrix=matrix,
        survey=result_of(matrix, responses),
        ratings=(Rating(criterion=first.id, level=levels[0], target=levels[-1]),),
        objectives=(),
        actions=(Planned(id="a", action="Do it", owner="We", due=DAY, criterion=first.id),),
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_report_of_a_survey_is_made(path: Path) -> None:
    matrix = matrix_of(path)
    survey = surveyed(matrix)
    text = assessment_markdown(survey, before=replace(survey, id="1ng54y2v06g2"))
    for criterion in matrix.criteria:
        assert criterion.name in text
    assert text.count("from ") >= len(matrix.criteria) - 1
    assert read_document(assessment_document(survey, with_names=True, with_private=True)) == survey
    assert len(assessment_csv(survey).splitlines()) >= len(matrix.criteria) + 1
    assert len(assessment_chart(survey, 80)) == len(matrix.sections) + len(matrix.criteria)
    assert plan_markdown(survey) and chart_sentences(survey) and summary_sentences(survey)
    assert len(then_and_now_sentences(survey, survey)) >= len(matrix.criteria)
    assert f"{matrix.bands[0].levels[1] + 1} (" in rounding_rule(matrix)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_form_is_made_and_its_e_mail_comes_back(path: Path) -> None:
    matrix = matrix_of(path)
    form = replace(surveyed(matrix), survey=None, closed=None, ratings=(), actions=(), created=AT)
    assert advance_markdown(matrix).count("\n### ") == len(matrix.criteria)
    assert paper_form(form).count("\nLevel: ") == len(matrix.criteria)
    assert csv_form(form).count("because") >= len(matrix.criteria)
    letter = email_form(form)
    assert read_mail(letter.encode(), letter, form, "reply.txt").given == ()
    lines = [
        f"{line}{matrix.scale.lowest} because so" if line.rstrip(" =").isdecimal() and line.endswith("= ") else line
        for line in letter.split("\n")
    ]
    reply = "\n".join(lines)
    found = read_mail(reply.encode(), reply, form, "reply.txt")
    assert found.refused == ()
    assert [(each.criterion, each.level) for each in found.given[0].ratings] == [
        (criterion.id, matrix.scale.lowest) for criterion in matrix.criteria
    ]
