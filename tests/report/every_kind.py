"""A session with a step of every kind in which everything was said, and a strategy for any such session."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.model.session import (
    Action,
    Assessed,
    Dots,
    Entry,
    Grouping,
    Lesson,
    Marks,
    Person,
    Session,
    TableRow,
)
from kmtui.model.technique import (
    Actions,
    Assess,
    Brief,
    Collect,
    Column,
    Earlier,
    Groups,
    Lessons,
    Score,
    Span,
    Table,
    Technique,
    Vote,
)
from tests.report.records import DAYS, IDS, PEOPLE, TEXT

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

IDEAS = Collect(id="ideas", title="What could help", each="person", earlier=(Earlier(technique="plan", step="aim"),))
ALONE = Collect(id="alone", title="What nobody says", private=True)
RATE = Score(id="rate", title="How did it go", lowest=1, highest=10)
DOTS = Vote(id="dots", title="What first", from_="ideas", dots=3)
SECRET = Vote(id="secret", title="What of the rest", from_="alone", dots=1)
PAIRS = Groups(
    id="pairs", title="Who meets whom", size=2, rounds=2, invite="Have a coffee.", starters=("What went well?",)
)
INVENTORY = Table(
    id="inventory",
    title="What we have",
    columns=(
        Column(id="what", name="What"),
        Column(id="until", name="Until", kind="date"),
        Column(id="who", name="Who", kind="person"),
        Column(id="state", name="State", kind="choice", choices=("good", "not so good")),
    ),
)
HAND_OVER = Assess(id="hand-over", title="Where we stand", matrix="small")

TECHNIQUE = Technique(
    id="every-kind",
    version="1.0",
    name="Every kind",
    phase="before",
    about="A step of every kind.",
    minutes=Span(least=0, most=60),
    people=Span(least=2, most=12),
    steps=(
        Brief(id="hello", title="Hello"),
        IDEAS,
        ALONE,
        RATE,
        DOTS,
        SECRET,
        PAIRS,
        INVENTORY,
        Lessons(id="learn", title="What we learn"),
        Actions(id="act", title="What we do"),
        HAND_OVER,
    ),
)

EMPTY = Session(
    id="1ng54y2nt70e",
    created=AT,
    changed=AT,
    technique=TECHNIQUE,
    title="Winter",
    team="Ward 7",
    date=date(2026, 11, 20),
    people=(
        Person(role="ward sister", name="Jo Smith", department="Surgery", site="North"),
        Person(role="", name="Amina Khan", site="South"),
        Person(role="porter", count=2),
    ),
    place="hello",
)

WHOLE = replace(
    EMPTY,
    ended=AT,
    entries=(
        Entry(id="e1", step="ideas", text="Ask the night staff", by="Jo Smith"),
        Entry(id="e2", step="ideas", text="A list on paper", session="1ng54y2v06fz"),
        Entry(id="e3", step="alone", text="I am afraid of the lift"),
        Entry(id="e4", step="ideas", text="A second lift", lesson="1ng54y2v06g0"),
    ),
    marks=(Marks(step="rate", numbers=(3, 8, 5.5, 8)),),
    dots=(
        Dots(step="dots", entry="e2", dots=1),
        Dots(step="dots", entry="e4", dots=4),
        Dots(step="secret", entry="e3", dots=27),
    ),
    groups=(
        Grouping(
            step="pairs",
            rounds=(
                (("Jo Smith", "porter 2"), ("Amina Khan", "porter 1", "Sam Late")),
                (("porter 1", "Jo Smith", "Sam Late"), ("porter 2", "Amina Khan")),
            ),
            seed=42,
            told=("Over the 2 rounds, porter 1 and Sam Late sit together again.",),
        ),
    ),
    rows=(
        TableRow(id="r1", step="inventory", cells={"what": "The list", "until": "2026-12-01", "state": "good"}),
        TableRow(id="r2", step="inventory", cells={"what": "The lift"}),
    ),
    lessons=(Lesson(id="l1", lesson="Ask first"),),
    actions=(Action(id="a1", action="Ask"),),
    assessed=(Assessed(step="hand-over", assessment="1ng54y2v06fz"),),
    continues=("1ng54y2v06fz",),
)

_WORDS = st.lists(TEXT, max_size=3).map(tuple)
_NUMBERS = st.lists(st.integers(min_value=1, max_value=10) | st.sampled_from([1.5, 9.25]), max_size=4).map(tuple)


@st.composite
def said(draw: st.DrawFn) -> Session:
    """Draw any session of the technique above: what was said in every step, or not."""
    people = draw(PEOPLE)
    names = TEXT | st.sampled_from([person.name.strip() or person.role.strip() for person in people] or [""])
    groups = st.lists(names, max_size=3).map(tuple)
    rounds = draw(st.lists(st.lists(groups, max_size=3).map(tuple), max_size=2).map(tuple))
    grouping = Grouping(step="pairs", rounds=rounds, seed=draw(st.none() | st.integers(0, 9999)), told=draw(_WORDS))
    numbers = draw(_NUMBERS)
    entries = tuple(
        Entry(
            id=f"e{number}",
            step=draw(st.sampled_from(["ideas", "alone"])),
            text=draw(TEXT),
            by=draw(TEXT),
            lesson=draw(st.none() | TEXT),
            session=draw(st.none() | TEXT),
        )
        for number in range(draw(st.integers(min_value=0, max_value=4)))
    )
    dots = tuple(
        Dots(step=vote.id, entry=entry.id, dots=draw(st.integers(min_value=1, max_value=9999)))
        for vote in (DOTS, SECRET)
        for entry in entries
        if entry.step == vote.from_ and draw(st.booleans())
    )
    cells = st.dictionaries(st.sampled_from([column.id for column in INVENTORY.columns]), TEXT)
    return replace(
        WHOLE,
        id=draw(IDS),
        date=draw(DAYS),
        people=people,
        entries=entries,
        marks=(Marks(step="rate", numbers=numbers),) if numbers else (),
        dots=dots,
        groups=(grouping,) if rounds or grouping.told or grouping.seed is not None else (),
        rows=tuple(
            TableRow(id=f"r{number}", step="inventory", cells=draw(cells))
            for number in range(draw(st.integers(min_value=0, max_value=3)))
        ),
        assessed=draw(st.lists(st.builds(Assessed, step=st.just("hand-over"), assessment=TEXT), max_size=1).map(tuple)),
        continues=draw(_WORDS),
    )
