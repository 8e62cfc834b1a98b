"""Strategies for any session and any assessment, with cleaned text in every field."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from kmtui.analysis.survey import result_of
from kmtui.model.assessment import Assessment
from kmtui.model.base import State
from kmtui.model.ids import ALPHABET
from kmtui.model.matrix import Band, Criterion, Matrix, Option, Scale, Section
from kmtui.model.plan import Planned, Priority, Size
from kmtui.model.rating import Rating, Skip
from kmtui.model.session import Action, Entry, Lesson, Person, Session, Taken
from kmtui.model.setup import LeftOut, Objective, Way
from kmtui.model.survey import Response
from kmtui.model.technique import Actions, AnyStep, Brief, Collect, Column, Lessons, Score, Span, Table, Technique, Vote
from kmtui.text import clean

TEXT = st.text(max_size=12).map(clean)
TEXTS = st.lists(TEXT, max_size=2).map(tuple)
IDS = st.text(alphabet=ALPHABET, min_size=12, max_size=12)
DAYS = st.dates(min_value=date(2000, 1, 1))
TIMES = st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
MINUTES = st.integers(min_value=0, max_value=90) | st.sampled_from([0.5, 2.5])
SECONDS = st.floats(min_value=0, max_value=1e6)
SKIPS: tuple[Skip, ...] = ("dont-know", "not-for-us", "parked")
WAYS: tuple[Way, ...] = ("group", "survey")
PRIORITIES: tuple[Priority, ...] = ("now", "next", "later", "not-for-us")
SIZES: tuple[Size, ...] = ("low", "medium", "high")
STATES: tuple[State, ...] = ("open", "done", "dropped")

PEOPLE = st.lists(
    st.builds(Person, role=TEXT, name=TEXT, count=st.integers(min_value=1, max_value=40), department=TEXT, site=TEXT),
    max_size=3,
).map(tuple)


def action(action_id: str) -> st.SearchStrategy[Action]:
    """Return any action with this id."""
    return st.builds(
        Action,
        id=st.just(action_id),
        action=TEXT,
        owner=TEXT,
        due=st.none() | DAYS,
        review=st.none() | DAYS,
        done_when=TEXT,
        state=st.sampled_from(STATES),
        note=TEXT,
        outcome=TEXT,
        criterion=st.none() | TEXT,
        technique=st.none() | TEXT,
        lesson=st.none() | TEXT,
    )


def planned(action_id: str) -> st.SearchStrategy[Planned]:
    """Return any line of a plan with this id."""
    return st.builds(
        Planned,
        id=st.just(action_id),
        action=TEXT,
        owner=TEXT,
        due=st.none() | DAYS,
        review=st.none() | DAYS,
        done_when=TEXT,
        state=st.sampled_from(STATES),
        note=TEXT,
        outcome=TEXT,
        criterion=st.none() | st.just("c0") | TEXT,
        technique=st.none() | TEXT,
        lesson=st.none() | TEXT,
        option=st.none() | TEXT,
        objective=TEXT,
        priority=st.none() | st.sampled_from(PRIORITIES),
        reason=TEXT,
        dots=st.integers(min_value=0, max_value=999),
        effort=st.none() | st.sampled_from(SIZES),
        benefit=st.none() | st.sampled_from(SIZES),
    )


def responses(matrix: Matrix) -> st.SearchStrategy[list[Response]]:
    """Return what any few people answer."""
    levels = st.none() | st.sampled_from(list(matrix.levels()))
    ratings = st.tuples(
        *(st.builds(Rating, criterion=st.just(each.id), level=levels, rationale=TEXT) for each in matrix.criteria)
    )
    return st.lists(
        st.builds(Response, id=IDS, survey=st.just("s"), role=TEXT, ratings=ratings, finished=st.just(True)),
        max_size=8,
    )


def _steps() -> list[st.SearchStrategy[AnyStep]]:
    return [
        st.builds(Brief, id=st.just("s0"), title=TEXT, say=TEXT, points=TEXTS, tips=TEXTS, minutes=MINUTES),
        st.builds(Collect, id=st.just("s1"), title=TEXT, say=TEXT, private=st.booleans(), minutes=MINUTES),
        st.builds(Collect, id=st.just("s2"), title=TEXT, from_=st.just("s1"), private=st.booleans()),
        st.builds(Lessons, id=st.just("s3"), title=TEXT, from_=st.none() | st.just("s2")),
        st.builds(Actions, id=st.just("s4"), title=TEXT),
        st.builds(Score, id=st.just("s5"), title=TEXT, lowest=st.just(1), highest=st.just(5)),
        st.builds(Vote, id=st.just("s6"), title=TEXT, from_=st.just("s1"), dots=st.just(3)),
        st.builds(Table, id=st.just("s7"), title=TEXT, columns=st.just((Column(id="c", name="C"),))),
    ]


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Draw any session: entries in any order, answering any other."""
    count = draw(st.integers(min_value=0, max_value=6))
    entries = tuple(
        Entry(
            id=f"e{number}",
            step=draw(st.sampled_from(["s1", "s2", "s3"])),
            text=draw(TEXT),
            answers=draw(st.none() | st.sampled_from([f"e{other}" for other in range(count)])),
            by=draw(TEXT),
        )
        for number in range(count)
    )
    lessons = st.builds(
        Lesson,
        id=st.just("l"),
        lesson=TEXT,
        context=TEXT,
        cause=TEXT,
        recommendation=TEXT,
        tags=TEXTS,
        owner=TEXT,
        again=st.none() | TEXT,
    )
    technique = Technique(
        id=draw(TEXT),
        version=draw(TEXT),
        name=draw(TEXT),
        phase="during",
        about=draw(TEXT),
        minutes=Span(least=1, most=2),
        people=Span(least=1, most=2),
        steps=tuple(draw(step) for step in _steps()),
        use_when=draw(TEXTS),
    )
    return Session(
        id=draw(IDS),
        created=draw(TIMES),
        changed=draw(TIMES),
        technique=technique,
        digest=draw(TEXT),
        title=draw(TEXT),
        team=draw(TEXT),
        date=draw(DAYS),
        people=draw(PEOPLE),
        begun=draw(st.none() | TIMES),
        ended=draw(st.none() | TIMES),
        place=draw(st.sampled_from(["", "s1", "s4"])),
        entries=entries,
        lessons=draw(st.lists(lessons, max_size=1).map(tuple)),
        actions=draw(st.lists(action("a"), max_size=1).map(tuple)),
        parked=draw(TEXTS),
        spent=draw(st.dictionaries(TEXT, SECONDS, max_size=2)),
        extended=draw(st.dictionaries(TEXT, MINUTES, max_size=2)),
        drafts=draw(st.dictionaries(TEXT, TEXT, max_size=2)),
        action=draw(st.none() | TEXT),
        criterion=draw(st.none() | TEXT),
        assessment=draw(st.none() | TEXT),
        taken=draw(st.lists(st.builds(Taken, lesson=TEXT, words=TEXT), max_size=2).map(tuple)),
    )


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Draw any assessment on a scale of its own, of a group or by survey."""
    lowest = draw(st.integers(min_value=-2, max_value=2))
    highest = lowest + draw(st.integers(min_value=1, max_value=12))
    border = draw(st.integers(min_value=lowest, max_value=highest - 1))
    option = Option(id="o", text=draw(TEXT), technique=draw(st.none() | TEXT), service=draw(st.none() | TEXT))
    criteria = tuple(
        Criterion(
            id=f"c{number}",
            name=draw(TEXT),
            indicator=draw(TEXT),
            statements={"low": draw(TEXT), "high": draw(TEXT)},
            ask=draw(TEXTS),
            options=(option,),
        )
        for number in range(draw(st.integers(min_value=1, max_value=4)))
    )
    matrix = Matrix(
        id=draw(TEXT),
        version=draw(TEXT),
        title=draw(TEXT),
        notice=draw(TEXT),
        scale=Scale(lowest=lowest, highest=highest, step=draw(st.sampled_from([1, 0.5]))),
        bands=(
            Band(id="low", name=draw(TEXT), levels=(lowest, border)),
            Band(id="high", name=draw(TEXT), levels=(border + 1, highest)),
        ),
        sections=(
            Section(id="s", name=draw(TEXT), criteria=criteria[:1]),
            Section(id="t", name="T", criteria=criteria[1:]),
        ),
    )
    levels = st.none() | st.sampled_from(list(matrix.levels()))
    ratings = []
    for criterion in criteria:
        level = draw(levels)
        ratings.append(
            Rating(
                criterion=criterion.id,
                level=level,
                skip=draw(st.none() | st.sampled_from(SKIPS)) if level is None else None,
                rationale=draw(TEXT),
                example=draw(TEXT),
                same_for_everyone=draw(st.none() | st.booleans() | TEXT),
                target=draw(levels),
                enough=draw(TEXT),
                contact=draw(TEXT),
            )
        )
    way = draw(st.sampled_from(WAYS))
    closed = draw(st.none() | TIMES) if way == "survey" else None
    return Assessment(
        id=draw(IDS),
        created=draw(TIMES),
        changed=draw(TIMES),
        matrix=matrix,
        digest=draw(TEXT),
        title=draw(TEXT),
        team=draw(TEXT),
        organisation=draw(TEXT),
        on_behalf_of=draw(TEXT),
        date=draw(DAYS),
        people=draw(PEOPLE),
        begun=draw(st.none() | TIMES),
        ended=draw(st.none() | TIMES),
        place=draw(TEXT),
        opening=draw(TEXT),
        ratings=tuple(ratings[: draw(st.integers(min_value=0, max_value=len(ratings)))]),
        actions=draw(st.tuples(planned("a"), planned("b")) | st.just(())),
        parked=draw(TEXTS),
        spent=draw(st.dictionaries(TEXT, SECONDS, max_size=2)),
        extended=draw(st.dictionaries(TEXT, MINUTES, max_size=2)),
        drafts=draw(st.dictionaries(TEXT, TEXT, max_size=2)),
        way=way,
        setup=draw(TEXT),
        objectives=draw(st.lists(st.builds(Objective, text=TEXT, criteria=TEXTS), max_size=2).map(tuple)),
        left_out=(LeftOut(criterion="gone", reason=draw(TEXT), name=draw(TEXT)),) if draw(st.booleans()) else (),
        feedback=draw(st.none() | DAYS),
        closes=draw(st.none() | DAYS),
        closed=closed,
        survey=result_of(matrix, draw(responses(matrix))) if closed else None,
    )
