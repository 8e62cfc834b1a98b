"""The plan of an assessment: interventions are chosen, put in order, agreed, and started."""

from __future__ import annotations

from typing import Any

from kmtui.analysis.matching import same_name
from kmtui.analysis.scoring import level_of
from kmtui.analysis.suggesting import Suggestion
from kmtui.flow import plan as flow
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level, Value
from kmtui.model.errors import WrongInput
from kmtui.model.lines import ActionLine, LessonLine, RecordLine
from kmtui.model.matrix import Band, Criterion, Option, Section, as_level, options_for
from kmtui.model.plan import Planned
from kmtui.store.lines import action_lines
from kmtui.text import clean
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.earlier_lessons import lessons_about, lessons_for
from kmtui.workspace.opened import wanted
from kmtui.workspace.sessions import OpenSession, PlanLink, start_session
from kmtui.workspace.suggesting import for_action
from kmtui.workspace.tools import Tools


class Offer(Value, frozen=True, kw_only=True):
    """An option that fits, and what was planned out of it. `installed` says that its technique can be started here."""

    option: Option
    chosen: Planned | None = None
    installed: bool = False


class CriterionOffers(Value, frozen=True, kw_only=True):
    """What a team could do about one criterion.

    `gap` is None without a target, and 0 where it is reached. `objectives` are the goals of the team to which the
    criterion matters. `worked` are actions that other teams have done for the same criterion.
    """

    criterion: Criterion
    section: Section
    level: Level | None
    target: Level | None
    gap: Level | None
    band: Band | None
    objectives: tuple[str, ...]
    offers: tuple[Offer, ...]
    worked: tuple[ActionLine, ...]


class Planning:
    """The plan of an assessment that is open for writing. What is changed is saved and undone as everything there."""

    def __init__(self, tools: Tools, opened: OpenAssessment) -> None:
        self.tools = tools
        self.opened = opened
        self._elsewhere: list[ActionLine] | None = None

    @property
    def record(self) -> Assessment:
        """The present state."""
        return self.opened.record

    @property
    def lines(self) -> tuple[Planned, ...]:
        """The plan in its order."""
        return self.record.actions

    def offers(self) -> tuple[CriterionOffers, ...]:
        """Return what could be done about each criterion, but those that are not for this team.

        First the gaps that matter to an objective, the widest first, then the other gaps, then what matters to an
        objective without a target, then the rest, each from the lowest level up; last what has reached its target.
        """
        found = [
            self._offers(section, criterion)
            for section in self.record.matrix.sections
            for criterion in section.criteria
            if self.record.rating(criterion.id).skip != "not-for-us"
        ]
        return tuple(sorted(found, key=_urgency))

    def offers_for(self, criterion_id: str) -> CriterionOffers:
        """Return what could be done about one criterion. Raises WrongInput where there is no such criterion."""
        section = self.record.matrix.section_of(criterion_id)
        criterion = self.record.matrix.criterion(criterion_id)
        if section is None or criterion is None:
            raise WrongInput(f'There is no criterion "{criterion_id}".')
        return self._offers(section, criterion)

    def _offers(self, section: Section, criterion: Criterion) -> CriterionOffers:
        matrix = self.record.matrix
        level, target = level_of(self.record, criterion.id), self.record.rating(criterion.id).target
        band = matrix.band_at(level) if level is not None else None
        fitting = options_for(criterion, band) if band is not None else criterion.options
        chosen = [each for each in criterion.options if flow.chosen(self.record, criterion.id, each.id) is not None]
        shown = [each for each in criterion.options if each in fitting or each in chosen]
        return CriterionOffers(
            criterion=criterion,
            section=section,
            level=level,
            target=target,
            gap=as_level(max(target - level, 0)) if level is not None and target is not None else None,
            band=band,
            objectives=tuple(each.text for each in self.record.objectives if criterion.id in each.criteria),
            offers=tuple(self._offer(criterion.id, option) for option in shown),
            worked=tuple(line for line in self._done_elsewhere() if line.criterion == criterion.id),
        )

    def _offer(self, criterion_id: str, option: Option) -> Offer:
        return Offer(
            option=option,
            chosen=flow.chosen(self.record, criterion_id, option.id),
            installed=self.can_start(option.technique),
        )

    def can_start(self, technique_id: str | None) -> bool:
        """Say whether a technique is installed."""
        return technique_id is not None and technique_id in self.tools.library.technique_ids

    def _done_elsewhere(self) -> list[ActionLine]:
        """Return what other teams have done for a criterion. Read once: plans of others change slowly."""
        if self._elsewhere is None:
            self._elsewhere = [
                line
                for line in self.tools.store.actions()
                if line.state == "done"
                and line.source_kind == "assessment"
                and not same_name(line.team, self.record.team)
            ]
        return self._elsewhere

    def toggle(self, criterion_id: str, option_id: str) -> Planned | None:
        """Choose an option, or take it out of the plan again; return the line, or None where it was taken out."""
        found = next(
            (each.option for each in self.offers_for(criterion_id).offers if each.option.id == option_id), None
        )
        line = flow.chosen(self.record, criterion_id, option_id)
        if line is not None:
            self.drop(line.id)
            return None
        if found is None:
            raise WrongInput("That option is not among those that fit here.")
        self.opened.change(flow.choose(self.record, self.tools.ids(), criterion_id, found), "option chosen")
        return flow.chosen(self.record, criterion_id, option_id)

    def lessons(self, criterion_id: str | None = None, typed: str = "") -> tuple[LessonLine, ...]:
        """Return up to three lessons that fit what is typed, or while nothing is, a criterion. Raises StoreError.

        Those that a line of the plan goes with already are not among them.
        """
        passed = {self.record.id, *(line.lesson for line in self.lines if line.lesson is not None)}
        if typed.strip():
            return lessons_for(self.tools, typed, passed)
        criterion = self.record.matrix.criterion(criterion_id) if criterion_id is not None else None
        if criterion is None:
            return ()
        return lessons_about(self.tools, criterion.id, criterion.name, passed)

    def write_own(self, words: str, criterion_id: str | None = None, *, lesson: str | None = None) -> Planned:
        """Put an intervention in the team's own words into the plan, and return it.

        `lesson` is the id of the lesson because of which it is done.
        """
        line = Planned(
            id=self.tools.ids(),
            action=wanted(words, "The intervention"),
            criterion=criterion_id,
            objective=flow.objective_of(self.record, criterion_id) if criterion_id is not None else "",
            lesson=lesson,
        )
        self.opened.change(flow.add(self.record, line), "intervention added")
        return line

    def copy(self, from_other: ActionLine) -> Planned:
        """Put what another team has done into the plan: words, technique and sign of success, not owner or day."""
        criterion = from_other.criterion
        line = Planned(
            id=self.tools.ids(),
            action=from_other.action,
            criterion=criterion,
            technique=from_other.technique,
            done_when=from_other.done_when,
            objective=flow.objective_of(self.record, criterion) if criterion is not None else "",
        )
        self.opened.change(flow.add(self.record, line), "intervention copied")
        return line

    def put(self, action_id: str, **changes: Any) -> None:
        """Change fields of a line (`kmtui.model.plan.Planned`). Raises WrongInput, NotFound."""
        cleaned = {name: clean(value).strip() if isinstance(value, str) else value for name, value in changes.items()}
        if "action" in cleaned:
            cleaned["action"] = wanted(cleaned["action"], "The intervention")
        self.opened.change(flow.put(self.record, action_id, **cleaned), "plan changed")

    def drop(self, action_id: str) -> None:
        """Take a line out of the plan; undo brings it back."""
        self.opened.change(flow.drop(self.record, action_id), "line taken out of the plan")

    def move(self, action_id: str, by: int) -> None:
        """Move a line up (below zero) or down."""
        self.opened.change(flow.move(self.record, action_id, by), "line moved")

    def by_dots(self) -> None:
        """Put the lines with most dots first."""
        self.opened.change(flow.by_dots(self.record), "plan ordered by dots")

    def by_priority(self) -> None:
        """Put what is done now first, then next, later, undecided, and what is not for us."""
        self.opened.change(flow.by_priority(self.record), "plan ordered by priority")

    def suggestions(self, action_id: str) -> tuple[Suggestion, ...]:
        """Return two or three techniques for a line, its own first. Raises NotFound."""
        line = flow.planned(self.record, action_id)
        return for_action(self.tools, next(each for each in action_lines(self.record) if each.id == line.id))

    def start(self, action_id: str, *, technique: str | None = None, variant: str | None = None) -> OpenSession:
        """Begin a technique for a line and the same team; the session stays tied to the action and its criterion.

        It is the one of the line unless another one is named.

        Raises:
            WrongInput: the line has no technique, and none is named.
            NotFound, WrongContent: it is not installed, or its file has errors.
            StoreError: the workspace cannot be written to.
        """
        line = flow.planned(self.record, action_id)
        criterion = self.record.matrix.criterion(line.criterion) if line.criterion is not None else None
        chosen = technique or line.technique
        if chosen is None:
            raise WrongInput("This has no technique to start. Only some interventions are techniques.")
        return start_session(
            self.tools,
            chosen,
            variant=variant,
            title=criterion.name if criterion is not None else "",
            team=self.record.team,
            begun_from=PlanLink(action=line.id, criterion=line.criterion, assessment=self.record.id),
        )


def _urgency(found: CriterionOffers) -> tuple[int, float]:
    if found.gap:
        return 0 if found.objectives else 1, -found.gap
    group = 4 if found.gap == 0 else 2 if found.objectives else 3
    return group, float("inf") if found.level is None else found.level


def held_for(tools: Tools, assessment: Assessment) -> dict[str, tuple[RecordLine, ...]]:
    """Return the sessions that were begun from the plan, by the id of the action, the oldest first."""
    ids = {action.id for action in assessment.actions}
    found: dict[str, tuple[RecordLine, ...]] = {}
    for line in reversed(tools.store.records()):
        if line.action in ids and line.action is not None:
            found[line.action] = (*found.get(line.action, ()), line)
    return found


def start_from_action(
    tools: Tools, line: ActionLine, *, technique: str | None = None, variant: str | None = None
) -> OpenSession:
    """Begin a technique for an action, wherever it is shown; the session stays tied to it.

    It is the one of the action unless another one is named.

    Raises:
        WrongInput: the action has no technique, and none is named.
        NotFound, WrongContent: it is not installed, or its file has errors.
        StoreError: the workspace cannot be written to.
    """
    chosen = technique or line.technique
    if chosen is None:
        raise WrongInput("This action has no technique to start.")
    return start_session(
        tools,
        chosen,
        variant=variant,
        title=line.criterion_name,
        team=line.team,
        begun_from=link_to(line),
    )


def link_to(line: ActionLine) -> PlanLink:
    """Return what ties a session to an action, whatever record the action comes from."""
    return PlanLink(
        action=line.id,
        criterion=line.criterion,
        assessment=line.source if line.source_kind == "assessment" else None,
    )
