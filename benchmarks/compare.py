"""Comparing teams over the years, and what a large survey costs: times and ratios side by side, from one run.

python benchmarks/compare.py
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime
from time import process_time

import msgspec

from kmtui.analysis.comparison import Comparison, compared, helpers, trend, with_names_hidden
from kmtui.analysis.scoring import scores_of
from kmtui.analysis.survey import by_disagreement, result_of
from kmtui.model.assessment import Assessment
from kmtui.model.matrix import Band, Criterion, Matrix, Scale, Section
from kmtui.model.rating import Rating
from kmtui.model.survey import Response
from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.comparison_document import comparison_document
from kmtui.report.comparison_drawing import river_drawing, stairs_drawing
from kmtui.report.comparison_markdown import river_markdown, stairs_markdown, trend_markdown
from kmtui.report.comparison_sentences import river_sentences, stairs_sentences

YEARS = 5
AT = datetime(2026, 11, 20, tzinfo=UTC)
DAY = date(2026, 11, 20)
CHANCE = random.Random(1)


def main() -> None:
    """Measure and print."""
    comparing()
    surveying()


def comparing() -> None:
    """Print what comparing costs with ten times as many teams, and again."""
    print(f"Comparing over {YEARS} years, 23 criteria, every assessment with its own copy of the matrix")
    print(f"{'':28}{'10 teams':>12}{'100':>12}{'1,000':>12}{'200':>12}   10 to 100, 100 to 1,000 (10 is linear)")
    sets = {count: teams(count) for count in (10, 100, 1000, 200)}
    found = {count: _compared(assessments) for count, assessments in sets.items()}
    line("compare", lambda count: _compared(sets[count]))
    line("hide names", lambda count: with_names_hidden(found[count]))
    line("who could help (5 nearest)", lambda count: [helpers(row, most=5) for row in found[count].criteria])
    line("JSON of the stairs", lambda count: comparison_document(found[count], "stairs"))
    line("sentences, river and stairs", lambda count: (river_sentences(found[count]), stairs_sentences(found[count])))
    line(
        "drawings, river and stairs", lambda count: (river_drawing(found[count], 80), stairs_drawing(found[count], 80))
    )
    line("Markdown of the river", lambda count: river_markdown(found[count], DAY))
    line("Markdown of the stairs", lambda count: stairs_markdown(found[count], DAY))
    line("trend of one team, Markdown", lambda count: _trend(sets[count]))


def line(name: str, work: Callable[[int], object]) -> None:
    """Print one row: the best of five for each number of teams, and how it grows."""
    took = {count: best(lambda count=count: work(count)) for count in (10, 100, 1000, 200)}  # type: ignore[misc]
    times = "".join(f"{took[count] * 1000:>9.1f} ms" for count in (10, 100, 1000, 200))
    print(f"{name:28}{times}   {took[100] / took[10]:.1f}, {took[1000] / took[100]:.1f}")


def surveying() -> None:
    """Print what a survey costs from its responses to its report."""
    matrix = model(100)
    responses = [response(matrix, number) for number in range(50)]
    assessment = closed(matrix, responses)
    print("\nA survey of 100 criteria and 50 responses")
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("aggregate", lambda: result_of(matrix, responses)),
        ("scores", lambda: scores_of(assessment)),
        ("rank by disagreement", lambda: by_disagreement(assessment)),
        ("render to Markdown", lambda: assessment_markdown(assessment)),
        ("all of it", lambda: _whole(matrix, responses)),
    )
    for name, work in steps:
        print(f"{name:28}{best(work) * 1000:>9.1f} ms")
    double = [response(matrix, number) for number in range(100)]
    ratio = best(lambda: _whole(matrix, double)) / best(lambda: _whole(matrix, responses))
    print(f"twice the responses: {ratio:.1f} times as long")


def best(work: Callable[[], object]) -> float:
    """Return the shortest of five runs, in seconds of the processor: others may be using the machine."""
    took = []
    for _ in range(5):
        begun = process_time()
        work()
        took.append(process_time() - begun)
    return min(took)


def _compared(assessments: list[Assessment]) -> Comparison:
    found = compared(assessments, own="Ward 3")
    assert found is not None
    return found


def _trend(assessments: list[Assessment]) -> str:
    found = trend(assessments, "Ward 3")
    assert found is not None
    return trend_markdown(found, DAY)


def _whole(matrix: Matrix, responses: list[Response]) -> str:
    assessment = closed(matrix, responses)
    by_disagreement(assessment)
    return assessment_markdown(assessment)


def model(criteria: int) -> Matrix:
    """Return a matrix with so many criteria, ten in a section."""
    bands = tuple(
        Band(id=f"b{number}", name=f"Band {number}", levels=(number * 3 + 1, number * 3 + 3)) for number in range(4)
    )
    made = [
        Criterion(
            id=f"c{number}",
            name=f"Criterion number {number}",
            indicator=f"Indicator number {number} in a sentence of usual length that says what would be true.",
            statements={
                band.id: f"What can be seen of {number} in {band.name}, in a sentence or two." for band in bands
            },
        )
        for number in range(criteria)
    ]
    sections = tuple(
        Section(id=f"s{start}", name=f"Section {start}", criteria=tuple(made[start : start + 10]))
        for start in range(0, criteria, 10)
    )
    return Matrix(
        id="model", version="1", title="A model", scale=Scale(lowest=1, highest=12), bands=bands, sections=sections
    )


def teams(count: int) -> list[Assessment]:
    """Return assessments of so many teams over the years, in no order."""
    raw = msgspec.json.encode(model(23))
    made = []
    for year in range(YEARS):
        for number in range(count):
            matrix = msgspec.json.decode(raw, type=Matrix)  # a copy of its own, as it comes out of a file
            ratings = tuple(
                Rating(
                    criterion=each.id, level=CHANCE.randint(1, 12), target=CHANCE.randint(1, 12), rationale="Why so."
                )
                for each in matrix.criteria
            )
            made.append(
                Assessment(
                    id=f"{year}-{number}",
                    created=AT,
                    changed=AT,
                    matrix=matrix,
                    team=f"Ward {number}",
                    date=date(2022 + year, 11, 20),
                    ratings=ratings,
                )
            )
    CHANCE.shuffle(made)
    return made


def response(matrix: Matrix, number: int) -> Response:
    """Return what one person answered on everything."""
    ratings = tuple(
        Rating(criterion=each.id, level=CHANCE.randint(1, 12), rationale=f"Because of {number}.")
        for each in matrix.criteria
    )
    return Response(id=str(number), survey="s", role="Nurse", ratings=ratings, finished=True)


def closed(matrix: Matrix, responses: list[Response]) -> Assessment:
    """Return the survey as closed, with what it came to."""
    return Assessment(
        id="s",
        created=AT,
        changed=AT,
        matrix=matrix,
        team="Ward 7",
        date=DAY,
        way="survey",
        closed=AT,
        survey=result_of(matrix, responses),
    )


if __name__ == "__main__":
    main()
