"""A session that is being run."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from kmtui.flow import clock as clocks
from kmtui.flow import session as flow
from kmtui.flow.typed import people_after
from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.model.session import Action, Entry, KeepOrChange, Lesson, Person, Session, TableRow, Taken
from kmtui.model.technique import Actions, AnyStep, Collect, Lessons, Table
from kmtui.store.protocol import Handle
from kmtui.text import clean, one_line
from kmtui.workspace.earlier_lessons import first_of, learnt_before, taken
from kmtui.workspace.opened import Opened, wanted
from kmtui.workspace.thread import carried, found, on_the_same_work
from kmtui.workspace.tools import Tools

Item = Entry | Lesson | Action | TableRow


def begin_session(
    tools: Tools,
    technique_id: str,
    *,
    variant: str | None = None,
    title: str = "",
    team: str = "",
    people: tuple[Person, ...] = (),
    day: date | None = None,
    begun_from: PlanLink | None = None,
    continues: tuple[str, ...] | None = None,
    takes: tuple[str, ...] = (),
) -> Session:
    """Return a new session, which is not on disk yet. `begun_from` ties it to an action of a plan.

    `takes` are lessons that are taken along from the beginning: ids, or beginnings of them.

    It begins with what was said in the sessions that it `continues`, which are ids or beginnings of them; with None
    those are found that are on the same work: of the same title and team.

    Raises:
        NotFound, WrongContent: there is no such technique, or its file has errors.
        NotFound, WrongInput: there is no session that begins as `continues` says, or no lesson as `takes` does.
        WrongInput: it has no such variant.
    """
    loaded = tools.library.technique(technique_id)
    if continues is None:
        continues = on_the_same_work(tools, loaded.value, clean(title), clean(team))
    session = flow.begin(
        tools.ids(),
        loaded.value,
        tools.now(),
        day or tools.today(),
        digest=loaded.digest,
        variant=variant,
        title=clean(title).strip(),
        team=clean(team).strip(),
        people=people,
        action=begun_from.action if begun_from is not None else None,
        criterion=begun_from.criterion if begun_from is not None else None,
        assessment=begun_from.assessment if begun_from is not None else None,
        continues=found(tools, continues),
    )
    return carried(tools, replace(session, taken=taken(tools, takes)) if takes else session)


def start_session(
    tools: Tools,
    technique_id: str,
    *,
    variant: str | None = None,
    title: str = "",
    team: str = "",
    people: tuple[Person, ...] = (),
    begun_from: PlanLink | None = None,
    continues: tuple[str, ...] | None = None,
    takes: tuple[str, ...] = (),
) -> OpenSession:
    """Begin a session, put it on disk, and return it open. What it begins from is said as in `begin_session`.

    Raises:
        NotFound, WrongContent, WrongInput: as `begin_session`.
        StoreError: the workspace cannot be written to.
    """
    session = begin_session(
        tools,
        technique_id,
        variant=variant,
        title=title,
        team=team,
        people=people,
        begun_from=begun_from,
        continues=continues,
        takes=takes,
    )
    return OpenSession(tools, tools.store.create(session))


class PlanLink(Value, frozen=True, kw_only=True):
    """The action that a session is held for, and where it stands in a plan its criterion and assessment: ids."""

    action: str
    criterion: str | None = None
    assessment: str | None = None


class OpenSession(Opened[Session]):
    """A session that is open for writing."""

    def __init__(self, tools: Tools, handle: Handle[Session]) -> None:
        super().__init__(tools, handle)
        self.repeats: LessonLine | None = None
        """The earlier lesson that the one which was entered last says again."""

    @property
    def step(self) -> AnyStep:
        """The step where the session is."""
        return self.record.step

    @property
    def position(self) -> tuple[int, int]:
        """The number of the present step, from 1, and how many there are."""
        return flow.position(self.record) + 1, len(self.record.technique.steps)

    def left(self) -> float:
        """Return the seconds left for the present step."""
        return self.seconds_left(self.step.minutes)

    def behind(self) -> float:
        """Return by how many seconds the session is behind the minutes of its steps; below zero when it is ahead."""
        plan = [(step.id, step.minutes) for step in self.record.technique.steps]
        return clocks.behind(self.clock, plan, self.tools.monotonic())

    def items(self) -> tuple[Item, ...]:
        """Return the entries, lessons, actions or rows of the present step."""
        return self.items_of(self.step)

    def items_of(self, step: AnyStep) -> tuple[Item, ...]:
        """Return the entries, lessons, actions or rows of a step."""
        if isinstance(step, Lessons):
            return self.record.lessons
        if isinstance(step, Actions):
            return self.record.actions
        if isinstance(step, Table):
            return self.record.rows_of(step.id)
        return self.record.entries_of(step.id)

    def about(self, title: str, team: str, people: str) -> None:
        """Change title, team and who takes part. Where it goes on from no session yet, it then may."""
        changed = replace(
            self.record,
            title=clean(title).strip(),
            team=clean(team).strip(),
            people=people_after(self.record.people, clean(people)),
        )
        if not changed.continues:
            earlier = on_the_same_work(self.tools, changed.technique, changed.title, changed.team)
            others = tuple(each for each in earlier if each != changed.id)
            changed = carried(self.tools, replace(changed, continues=others))
        self._set(changed, "title, team or people changed")

    def forward(self) -> bool:
        """Go to the next step; return False at the last one."""
        return self._went(flow.forward(self.record))

    def back(self) -> bool:
        """Go to the step before; return False at the first one."""
        return self._went(flow.back(self.record))

    def go(self, step_id: str) -> None:
        """Go to a step."""
        self._went(flow.go(self.record, step_id))

    def _went(self, record: Session | None) -> bool:
        if record is None:
            return False
        self._set(record)
        return True

    def add_entry(self, text: str, answers: str | None = None, *, by: str = "", lesson: str | None = None) -> None:
        """Add an entry to the present step.

        `answers` is the id of an entry of the step that it follows from, `by` whose turn it was, and `lesson` the id of
        the lesson that it was taken from.
        """
        if not isinstance(self.step, Collect):
            raise WrongInput(f'"{self.step.title}" takes no entries.')
        words = wanted(text, "The entry")
        entry = Entry(id=self.tools.ids(), step=self.step.id, text=words, answers=answers, by=by, lesson=lesson)
        self._set(flow.add_entry(self.record, entry), "entry added")

    def edit_entry(self, entry_id: str, text: str) -> None:
        """Give an entry other words."""
        self._set(flow.edit_entry(self.record, entry_id, wanted(text, "The entry")), "entry changed")

    def put_lesson(
        self,
        lesson: str,
        *,
        cause: str = "",
        recommendation: str = "",
        owner: str = "",
        context: str = "",
        tags: str = "",
        keep_or_change: KeepOrChange = "change",
        lesson_id: str | None = None,
        again: str | None = None,
    ) -> None:
        """Add a lesson, or change the one with `lesson_id`. `tags` have commas between.

        A new one that was learnt before is tied to the earlier one, which `repeats` then tells; undo takes that back
        first, and only then the lesson. `again` is the id of an earlier one that somebody has chosen.
        """
        self.repeats = None
        before = next((each for each in self.record.lessons if each.id == lesson_id), None)
        made = Lesson(
            id=lesson_id or self.tools.ids(),
            lesson=wanted(lesson, "The lesson"),
            cause=clean(cause).strip(),
            recommendation=clean(recommendation).strip(),
            owner=clean(owner).strip(),
            context=clean(context).strip(),
            tags=tuple(tag for part in clean(tags).split(",") if (tag := " ".join(part.split()))),
            keep_or_change=keep_or_change,
            again=again or (before.again if before is not None else None),
        )
        if lesson_id is not None:
            self._set(flow.put_lesson(self.record, made), "lesson changed")
            return
        self._set(flow.add_lesson(self.record, made), "lesson added")
        self.repeats = learnt_before(self.tools, made.lesson, {self.record.id}) if again is None else None
        if self.repeats is not None:
            self.tie(made.id, first_of(self.repeats))

    def take(self, lesson: LessonLine) -> None:
        """Take a lesson along for the whole session."""
        taken_now = Taken(lesson=lesson.id, words=one_line(lesson.lesson))
        self._set(replace(self.record, taken=(*self.record.taken, taken_now)), "lesson taken along")

    def tie(self, item_id: str, lesson_id: str | None) -> None:
        """Say with which earlier lesson an action goes, or which one a lesson repeats; None for none of them."""
        record = replace(
            self.record,
            actions=tuple(
                replace(each, lesson=lesson_id) if each.id == item_id else each for each in self.record.actions
            ),
            lessons=tuple(
                replace(each, again=lesson_id) if each.id == item_id else each for each in self.record.lessons
            ),
        )
        self._set(record, "tie to an earlier lesson")

    def mark_lesson(self, lesson_id: str, keep_or_change: KeepOrChange) -> None:
        """Mark a lesson as something to keep doing, or to change."""
        lesson = next(each for each in self.record.lessons if each.id == lesson_id)
        self._set(flow.put_lesson(self.record, replace(lesson, keep_or_change=keep_or_change)), "lesson changed")

    def put_action(
        self,
        action: str,
        *,
        owner: str = "",
        due: date | None = None,
        done_when: str = "",
        review: date | None = None,
        action_id: str | None = None,
        lesson: str | None = None,
    ) -> None:
        """Add an action, or change the one with `action_id`. `lesson` is the id of the one because of which it is done.

        An action that is changed keeps its lesson where none is named.
        """
        before = next((each for each in self.record.actions if each.id == action_id), None)
        made = replace(
            before or Action(id=action_id or self.tools.ids(), action=""),
            action=wanted(action, "The action"),
            owner=clean(owner).strip(),
            due=due,
            done_when=clean(done_when).strip(),
            review=review,
            lesson=lesson or (before.lesson if before is not None else None),
        )
        if before is None:
            self._set(flow.add_action(self.record, made), "action added")
        else:
            self._set(flow.put_action(self.record, made), "action changed")

    def remove(self, item_id: str) -> None:
        """Remove an entry, lesson or action; undo brings it back."""
        self._set(flow.remove(self.record, item_id), "line removed")

    def move(self, item_id: str, by: int) -> None:
        """Move an entry, lesson or action among its neighbours."""
        self._set(flow.move(self.record, item_id, by), "line moved")

    def finish(self) -> None:
        """End the session. It can be opened again."""
        self.clock = clocks.paused(self.clock, self.tools.monotonic())
        self._set(flow.end(self.record, self.tools.now()), "session finished")

    def reopen(self) -> None:
        """Open the session again."""
        self._set(flow.reopen(self.record), "session opened again")
        self.clock = clocks.resumed(self.clock, self.tools.monotonic())
