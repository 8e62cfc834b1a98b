"""Who sits with whom: people are typed in, groups are drawn, and those who come later get a place."""

from __future__ import annotations

from kmtui.flow.people import participants
from kmtui.model.errors import WrongInput
from kmtui.model.session import Grouping
from kmtui.model.technique import Groups
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import StepFace
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, numbered
from kmtui.workspace import steps
from kmtui.workspace.confiding import NAMED
from kmtui.workspace.sessions import OpenSession

_PERSON = "person:"


class GroupsFace(StepFace[Groups]):
    """The people and groups of a groups step."""

    empty = "Nobody is named yet. Type a name and press Enter; department and site may stand behind it."

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask who else takes part."""
        return (
            Question(
                "text",
                f"Who else takes part? {self._enter(opened)}",
                "Amina / pharmacy / north site",
                fine=NAMED,
            ),
        )

    def _enter(self, opened: OpenSession) -> str:
        step, record = self.step(opened), opened.record
        if not record.people and (last := steps.people_of_last_time(opened)):
            return f"Enter alone: the {sum(person.count for person in last)} of last time"
        if record.grouping_of(step.id) is None:
            return f"Enter alone draws groups of {step.size}" + (f", {step.rounds} rounds" if step.rounds > 1 else "")
        if steps.left_out_of(record, step):
            return "Enter alone gives newcomers a place"
        return "The word draw makes new groups"

    def begun(self, opened: OpenSession) -> bool:
        """Say whether groups were drawn."""
        return opened.record.grouping_of(self.step(opened).id) is not None

    def to_end(self, opened: OpenSession) -> bool:
        """Show the first round once groups are drawn."""
        return not self.begun(opened)

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the people, or once groups are drawn the groups of each round."""
        step, record = self.step(opened), opened.record
        grouping = record.grouping_of(step.id)
        people = participants(record.people)
        if grouping is None:
            return [
                Row(f"{_PERSON}{each.label}", numbered(number, parts(one_line(each.with_place(each.label)))))
                for number, each in enumerate(people, 1)
            ]
        late = [
            Row(
                f"{_PERSON}{each.label}",
                parts(one_line(each.with_place(each.label)), ("  no place yet", "bold $warning")),
            )
            for each in steps.left_out_of(record, step)
        ]
        return [*_groups(grouping), *late]

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return nothing: who takes part is removed and typed again."""
        return None

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Add somebody, draw, or give newcomers a place."""
        text = values["text"].strip()
        step = self.step(opened)
        if text:
            steps.seat(opened, text)
        elif not opened.record.people and steps.people_of_last_time(opened):
            steps.bring_people(opened)
        elif opened.record.grouping_of(step.id) is None:
            steps.draw_groups(opened)
        elif steps.left_out_of(opened.record, step):
            steps.seat_newcomers(opened)
        else:
            raise WrongInput("Everybody has a place. Type a name, or draw for new groups.")
        return None

    def remove(self, opened: OpenSession, item_id: str) -> None:
        """Take somebody off the list of those who take part."""
        steps.remove_person(opened, item_id.removeprefix(_PERSON))

    def removable(self, opened: OpenSession, item_id: str) -> bool:
        """Say whether a row is somebody who can be taken off the list."""
        return item_id.startswith(_PERSON)


def _groups(grouping: Grouping) -> list[Row]:
    rows = []
    for number, round_ in enumerate(grouping.rounds, 1):
        if len(grouping.rounds) > 1:
            rows.append(Row("", parts(f"Round {number}"), heading=True))
        rows += [
            Row(f"group:{number}:{place}", numbered(place, parts(", ".join(map(one_line, group)))))
            for place, group in enumerate(round_, 1)
        ]
    rows += [Row(f"told:{number}", parts((words, "italic"))) for number, words in enumerate(grouping.told)]
    if grouping.seed is not None:
        rows.append(Row("seed", parts((f"Drawn with the seed {grouping.seed}.", "$muted"))))
    return rows
