"""An assessment that is being made with a group."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from kmtui.analysis.scoring import Gap, Scores, gaps_of, scores_of
from kmtui.flow import assessment as flow
from kmtui.flow import clock as clocks
from kmtui.flow.typed import people_after
from kmtui.model.assessment import Assessment
from kmtui.model.errors import WrongInput
from kmtui.model.matrix import Criterion
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, LocalOption, Objective, SetUp, Way
from kmtui.model.survey import Spread
from kmtui.store.protocol import Handle
from kmtui.text import clean
from kmtui.workspace.opened import Opened
from kmtui.workspace.setups import TeamSetUp
from kmtui.workspace.tools import Tools


def begin_assessment(
    tools: Tools,
    *,
    matrix_id: str | None = None,
    title: str = "",
    team: str = "",
    organisation: str = "",
    on_behalf_of: str = "",
    people: tuple[Person, ...] = (),
    setup: TeamSetUp | None = None,
    way: Way | None = None,
    day: date | None = None,
    objectives: tuple[Objective, ...] = (),
    left_out: tuple[LeftOut, ...] = (),
    options: tuple[LocalOption, ...] = (),
    feedback: date | None = None,
    closes: date | None = None,
) -> Assessment:
    """Return a new assessment, which is not on disk yet. What is not given comes from the set-up, if there is one.

    Raises:
        NotFound, WrongContent: there is no such matrix, or its file has errors.
        WrongInput: every criterion is left out.
    """
    agreed = setup.setup if setup is not None else SetUp(id="", name="")
    loaded = tools.library.matrix(matrix_id or agreed.matrix or None)
    return flow.begin(
        tools.ids(),
        loaded.value,
        tools.now(),
        day or tools.today(),
        digest=loaded.digest,
        title=clean(title).strip(),
        team=clean(team).strip() or (setup.team if setup is not None else ""),
        organisation=clean(organisation).strip() or agreed.organisation,
        on_behalf_of=clean(on_behalf_of).strip() or agreed.on_behalf_of,
        people=people or agreed.people,
        way=way or agreed.way,
        setup=agreed.name,
        objectives=objectives or agreed.objectives,
        left_out=left_out or agreed.left_out,
        options=options or agreed.options,
        feedback=feedback or agreed.feedback,
        closes=closes,
    )


def start_assessment(
    tools: Tools,
    *,
    matrix_id: str | None = None,
    title: str = "",
    team: str = "",
    organisation: str = "",
    on_behalf_of: str = "",
    people: tuple[Person, ...] = (),
    setup: TeamSetUp | None = None,
) -> OpenAssessment:
    """Begin an assessment with a group, put it on disk, and return it open.

    Raises:
        NotFound, WrongContent: there is no such matrix, or its file has errors.
        WrongInput: every criterion is left out.
        StoreError: the workspace cannot be written to.
    """
    assessment = begin_assessment(
        tools,
        matrix_id=matrix_id,
        title=title,
        team=team,
        organisation=organisation,
        on_behalf_of=on_behalf_of,
        people=people,
        setup=setup,
        way="group",
    )
    return OpenAssessment(tools, tools.store.create(assessment))


class OpenAssessment(Opened[Assessment]):
    """An assessment that is open for writing."""

    def __init__(self, tools: Tools, handle: Handle[Assessment]) -> None:
        super().__init__(tools, handle)

    @property
    def criterion(self) -> Criterion | None:
        """The criterion where the walk is; None at the opening question."""
        return self.record.matrix.criterion(self.record.place)

    @property
    def rating(self) -> Rating:
        """What was said of the present criterion."""
        return self.record.rating(self.record.place)

    @property
    def spread(self) -> Spread | None:
        """What individuals answered on the present criterion; None where there was no survey."""
        result, criterion = self.record.survey, self.criterion
        return None if result is None or criterion is None else result.spread(criterion.id)

    @property
    def position(self) -> tuple[int, int]:
        """The number of the present place, from 0 for the opening, and how many criteria there are."""
        return flow.position(self.record), len(self.record.matrix.criteria)

    @property
    def scores(self) -> Scores:
        """Means and bands of the present state."""
        return scores_of(self.record)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Criteria below their target, the widest gap first."""
        return gaps_of(self.record)

    def about(self, title: str, team: str, on_behalf_of: str, people: str) -> None:
        """Change title, team, on whose behalf, and who takes part."""
        changed = replace(
            self.record,
            title=clean(title).strip(),
            team=clean(team).strip(),
            on_behalf_of=clean(on_behalf_of).strip(),
            people=people_after(self.record.people, clean(people)),
        )
        self._set(changed, "team or people changed")

    def say_opening(self, text: str) -> None:
        """Keep what the team said to the opening question."""
        self._set(replace(self.record, opening=clean(text).strip()), "opening words changed")

    def say_on_behalf_of(self, text: str) -> None:
        """Keep on whose behalf the team answers."""
        self._set(replace(self.record, on_behalf_of=clean(text).strip()), "on whose behalf changed")

    def rate(self, **changes: Any) -> None:
        """Change fields of the rating of the present criterion (`kmtui.flow.assessment.rate`).

        Raises:
            WrongInput: the scale has no such level, or this is the opening question.
        """
        if self.criterion is None:
            raise WrongInput("This is the opening question. Go on to the first criterion to give a level.")
        cleaned = {
            field: clean(value).strip() if isinstance(value, str) and field != "skip" else value
            for field, value in changes.items()
        }
        self._set(flow.rate(self.record, self.criterion.id, **cleaned), "answer changed")

    def forward(self) -> bool:
        """Go to the next criterion; return False at the last one."""
        return self._went(flow.forward(self.record))

    def back(self) -> bool:
        """Go to the place before; return False at the opening question."""
        return self._went(flow.back(self.record))

    def go(self, place: str) -> None:
        """Go to the opening or a criterion."""
        self._went(flow.go(self.record, place))

    def _went(self, record: Assessment | None) -> bool:
        if record is None:
            return False
        self._set(record)
        return True

    def finish(self) -> None:
        """End the assessment. It can be opened again."""
        self.clock = clocks.paused(self.clock, self.tools.monotonic())
        self._set(flow.end(self.record, self.tools.now()), "assessment finished")

    def reopen(self) -> None:
        """Open the assessment again."""
        self._set(flow.reopen(self.record), "assessment opened again")
        self.clock = clocks.resumed(self.clock, self.tools.monotonic())
