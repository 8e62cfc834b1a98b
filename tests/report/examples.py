"""A realistic session and assessment, small enough to be read, for the reports."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace

from kmtui.analysis.survey import result_of
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.lines import RecordLine
from kmtui.model.matrix import Band, Criterion, Matrix, Option, Scale, Section
from kmtui.model.plan import Planned
from kmtui.model.rating import Rating
from kmtui.model.session import Action, Entry, Lesson, Person, Session
from kmtui.model.setup import LeftOut, Objective
from kmtui.model.survey import Response
from kmtui.model.technique import Actions, Brief, Collect, Lessons, Role, Span, Technique, Variant, VariantStep

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)

REVIEW = Technique(
    id="after-action-review",
    version="1.0",
    name="After Action Review",
    phase="during",
    about="Compares what was meant to happen with what happened.",
    minutes=Span(least=15, most=60),
    people=Span(least=2, most=12),
    roles=(Role(name="Facilitator", does="Asks the questions."),),
    use_when=("A piece of work has just ended.",),
    steps=(
        Brief(
            id="welcome", title="Welcome", say="Can we all work with these?", points=("Everyone counts.",), minutes=1
        ),
        Collect(id="expected", title="What was supposed to happen", say="What was the plan?", minutes=2),
        Collect(id="actual", title="What happened", tips=("Someone explains: hold on to that.",), minutes=3),
        Collect(id="why", title="Why there was a difference", from_="actual", minutes=4.5),
        Collect(id="notes", title="The facilitator's notes", private=True),
        Lessons(id="learn", title="What we can learn", from_="why", minutes=3),
        Actions(id="act", title="Who does what by when", minutes=2),
    ),
    variants=(
        Variant(
            id="short",
            name="In 15 minutes",
            steps=tuple(
                VariantStep(id=step, minutes=2)
                for step in ("welcome", "expected", "actual", "why", "notes", "learn", "act")
            ),
        ),
    ),
)

PEOPLE = (
    Person(role="ward sister", name="Jo Smith", department="Surgery", site="North"),
    Person(role="porter", count=4),
    Person(role="bed manager"),
)

SESSION = Session(
    id="1ng54y2nt70e",
    created=AT,
    changed=AT,
    technique=REVIEW,
    digest="abc123",
    title="Moving Ward 7",
    team="Ward 7",
    date=DAY,
    people=PEOPLE,
    begun=AT,
    ended=datetime(2026, 11, 20, 9, 47, tzinfo=UTC),
    place="act",
    entries=(
        Entry(id="e1", step="expected", text="All patients moved by noon"),
        Entry(id="e2", step="actual", text="Two beds went to the wrong bay", by="Jo Smith"),
        Entry(
            id="e3", step="actual", text="Everyone was fed on time:\n- the early ones at eleven\n- the others at one"
        ),
        Entry(id="e4", step="why", text="The list was only at the nurses' station", answers="e2"),
        Entry(id="e5", step="notes", text="Sam kept quiet", by="Jo Smith"),
        Entry(id="e6", step="why", text="The kitchen had asked (twice) which day it was", answers="e3"),
    ),
    lessons=(
        Lesson(
            id="f1",
            lesson="Tell the porters the order of beds the evening before.",
            cause="The list was only at the nurses' station, and two beds went to the wrong bay",
            recommendation="the bed manager sends the list by six.",
            tags=("moves", "beds"),
        ),
        Lesson(
            id="f2",
            lesson="Agree the times of meals with the kitchen",
            context="A move of 24 patients",
            recommendation="ask the kitchen a week ahead",
            keep_or_change="keep",
            owner="Ward sister",
        ),
    ),
    actions=(
        Action(
            id="g1",
            action="Send the bed list the evening before a move",
            owner="Bed manager",
            due=date(2026, 12, 1),
            done_when="no bed is moved twice",
        ),
        Action(id="g2", action="Thank the kitchen"),
    ),
    parked=("Who pays for the second lift?",),
    spent={"welcome": 61.0, "why": 959.5},
    extended={"why": 1},
    drafts={"why": "half a thought"},
)


def criterion(criterion_id: str, name: str, *options: Option) -> Criterion:
    """Return a criterion with a statement for every band of the matrix below."""
    return Criterion(
        id=criterion_id,
        name=name,
        indicator=f"{name} is as it should be.",
        statements={
            "nothing": "It has not begun.",
            "early": "It has begun.",
            "pockets": "Some teams do it; others do not.",
            "usual": "All teams do it.",
        },
        ask=("When did we last do that?",),
        options=options,
    )


MATRIX = Matrix(
    id="small",
    version="1.0",
    title="Knowledge mobilisation self-assessment",
    notice="The wording is our own.",
    opening_question="How can we be sure that we use what we know?",
    scale=Scale(lowest=1, highest=12),
    bands=(
        Band(id="nothing", name="Nothing in place", levels=(1, 3)),
        Band(id="early", name="In early stages", levels=(4, 5)),
        Band(id="pockets", name="Pockets of good practice", levels=(6, 9)),
        Band(id="usual", name="Business as usual", levels=(10, 12)),
    ),
    sections=(
        Section(
            id="behaviours",
            name="Behaviours",
            about="How we go about it.",
            criteria=(
                criterion(
                    "innovation",
                    "Approach to innovation",
                    Option(id="forum", text="Set up a forum", technique="communities-of-practice", bands=("nothing",)),
                    Option(
                        id="review", text="Review the last idea", technique="after-action-review", bands=("pockets",)
                    ),
                    Option(id="alert", text="Ask for a monthly alert", service="current awareness"),
                ),
                criterion("learning-before", "Learning before we start"),
                criterion("sharing", "Sharing between teams"),
            ),
        ),
        Section(
            id="services",
            name="Knowledge services",
            criteria=(
                criterion("librarian", "A librarian on the ward", Option(id="ask", text="Ask for one")),
                criterion("search", "Evidence searches"),
                criterion("alerts", "Alerts"),
            ),
        ),
        Section(id="later", name="What comes later", criteria=(criterion("handover", "Handover"),)),
    ),
)

ASSESSMENT = Assessment(
    id="1ng54y2v06fz",
    created=AT,
    changed=AT,
    matrix=MATRIX,
    digest="def456",
    team="Ward 7",
    organisation="Example Hospital",
    on_behalf_of="the whole team",
    date=DAY,
    people=PEOPLE,
    begun=AT,
    ended=datetime(2026, 11, 20, 11, 0, tzinfo=UTC),
    place="alerts",
    opening="We ask the library,\nand each other.",
    ratings=(
        Rating(
            criterion="innovation",
            level=6,
            target=8,
            rationale="The night staff hear of new ideas last",
            example="The new drip stand",
            contact="ward sister of Ward 7",
            same_for_everyone="not at night",
            enough="we are a small team",
        ),
        Rating(criterion="learning-before", level=3, target=3, same_for_everyone=True),
        Rating(criterion="sharing", skip="dont-know", rationale="Nobody here has been at the meeting."),
        Rating(criterion="librarian", level=2, target=9),
        Rating(criterion="search", skip="parked", target=5),
        Rating(criterion="alerts", rationale="We have just heard of them"),
    ),
    actions=(
        Planned(
            id="h1",
            action="Invite a librarian to the handover",
            owner="Ward sister",
            due=date(2027, 1, 4),
            review=date(2027, 3, 1),
            state="done",
            note="She comes on Mondays",
            outcome="Two drug charts were changed",
            criterion="librarian",
            technique="peer-assist",
            option="ask",
            objective="Fewer falls at night",
            priority="now",
            dots=5,
            effort="low",
            benefit="high",
        ),
        Planned(id="h2", action="Show the night staff the list of ideas", criterion="innovation", dots=1),
        Planned(
            id="h3",
            action="Hold a review of the last idea",
            owner="Bed manager",
            due=date(2027, 2, 1),
            done_when="the night staff were there",
            criterion="innovation",
            technique="after-action-review",
            option="review",
            priority="next",
        ),
        Planned(
            id="h4",
            action="Set up a forum",
            criterion="innovation",
            option="forum",
            priority="not-for-us",
            reason="we are a small team",
        ),
        Planned(id="h5", action="Read the alerts on Fridays", owner="Porter", due=date(2027, 5, 3), criterion="alerts"),
        Planned(
            id="h6", action="Ask for a search before each audit", owner="Pharmacist", priority="later", note="in June"
        ),
    ),
    parked=("Access from home",),
    spent={"innovation": 40.0},
    extended={"innovation": 0.5},
    drafts={"search": "perhaps"},
    setup="Yearly",
    objectives=(
        Objective(text="Fewer falls at night", criteria=("innovation", "librarian")),
        Objective(text="Shorter stays"),
    ),
    left_out=(LeftOut(criterion="library-space", reason="we have no room for books", name="A place for books"),),
    feedback=date(2026, 12, 5),
)

HELD = {
    "h3": (
        RecordLine(
            id="1ng54y2nt70e",
            kind="session",
            title="",
            team="Ward 7",
            date=date(2026, 12, 3),
            about="after-action-review",
            about_name="After Action Review",
            changed=AT,
            finished=True,
            lessons=3,
        ),
    )
}


def response(number: int, role: str, levels: dict[str, Level | None], why: dict[str, str] | None = None) -> Response:
    """Return what one person answered; None is "don't know"."""
    reasons = why or {}
    ratings = (
        Rating(criterion=name, level=level, skip=None if level else "dont-know", rationale=reasons.get(name, ""))
        for name, level in levels.items()
    )
    return Response(id=f"r{number}", survey="s", role=role, ratings=tuple(ratings), finished=True)


RESPONSES = (
    response(
        1,
        "nurse",
        {"innovation": 2, "learning-before": 6, "sharing": 5, "librarian": 3, "search": 4},
        {"innovation": "We hear of new ideas last", "librarian": "I have never met one"},
    ),
    response(2, "nurse", {"innovation": 2, "learning-before": 6, "sharing": 5, "librarian": 4, "search": None}),
    response(
        3,
        "Nurse",
        {"innovation": 11, "learning-before": 6, "sharing": 6, "librarian": 3, "search": 7, "alerts": 5},
        {"innovation": "The drip stand was ours,\nand others took it up"},
    ),
    response(4, "nurse", {"innovation": 11, "learning-before": 6, "sharing": 7, "librarian": None, "search": None}),
    response(5, " NURSE", {"innovation": 3, "learning-before": 6, "sharing": None, "librarian": 2, "search": 6}),
    response(6, "", {"innovation": 9, "learning-before": 6, "sharing": 6, "librarian": 2, "alerts": 3}),
    response(
        7,
        "matron",
        {"innovation": 6, "sharing": 4, "librarian": None},
        {"sharing": "Only where the sisters know each other"},
    ),
)

OPEN_SURVEY = replace(
    ASSESSMENT,
    id="1ng54y2v06g0",
    people=(),
    way="survey",
    ended=None,
    closes=date(2026, 12, 1),
    ratings=(),
    actions=(),
    opening="",
    spent={},
    drafts={},
)

SURVEY = replace(
    ASSESSMENT,
    id="1ng54y2v06g0",
    people=(),
    way="survey",
    closes=date(2026, 12, 1),
    closed=datetime(2026, 12, 2, 8, 0, tzinfo=UTC),
    survey=result_of(MATRIX, RESPONSES),
    ratings=(
        Rating(
            criterion="innovation", level=5, target=8, rationale="It depends on the shift", example="The drip stand"
        ),
        Rating(criterion="librarian", level=3, target=9),
        Rating(criterion="sharing", target=7),
        Rating(criterion="alerts", skip="parked"),
    ),
)

FEW = replace(SURVEY, survey=result_of(MATRIX, RESPONSES[:4]), ratings=(), actions=())

LATER = replace(
    ASSESSMENT,
    id="1ng54y2v06g1",
    date=date(2027, 11, 22),
    ratings=(
        Rating(criterion="innovation", level=5, target=8, rationale="We look more closely now"),
        Rating(criterion="learning-before", level=6),
        Rating(criterion="librarian", level=1),
    ),
    actions=(),
)
