"""A scripted technique: a card, and the steps of the session. Content says what happens; no technique has own code."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from kmtui.model.base import Level, Value

Phase = Literal["before", "during", "after"]


class Span(Value, frozen=True, kw_only=True):
    """From least to most, both included: minutes or people."""

    least: int
    most: int


class Role(Value, frozen=True, kw_only=True):
    """Somebody who is needed, and what that person does."""

    name: str
    does: str = ""


class Step(Value, frozen=True, kw_only=True, tag_field="kind"):
    """What all kinds of step share. `minutes` may be 0 for a step without a clock."""

    id: str
    title: str
    say: str = ""
    points: tuple[str, ...] = ()
    tips: tuple[str, ...] = ()
    minutes: Level = 0


class Seats(Value, frozen=True, kw_only=True):
    """Which round of an earlier groups step people sit in during a step; rounds count from 1."""

    step: str
    round: int = 1


class Brief(Step, frozen=True, kw_only=True, tag="brief"):
    """Words to say and points to show; with `seats` also who sits where meanwhile."""

    seats: Seats | None = None


class Earlier(Value, frozen=True, kw_only=True):
    """A step of a technique, whose answers in an earlier session on the same work a session begins with."""

    technique: str
    step: str


class Collect(Step, frozen=True, kw_only=True, tag="collect"):
    """A list of entries. `from` names the earlier step whose entries they answer.

    `recall` offers lessons while one types; entries of a `private` step are never exported; with `each` every person
    has one turn. `earlier` names steps of techniques, whose entries or lessons stand here from the beginning.
    """

    from_: str | None = msgspec.field(name="from", default=None)
    recall: Literal["lessons"] | None = None
    private: bool = False
    each: Literal["person"] | None = None
    earlier: tuple[Earlier, ...] = ()


class Score(Step, frozen=True, kw_only=True, tag="score"):
    """Every person gives a number from `lowest` to `highest`, which nobody's name or role stands beside."""

    lowest: int
    highest: int


class Vote(Step, frozen=True, kw_only=True, tag="vote"):
    """Dots on the entries of an earlier step. `dots` is how many each person has."""

    from_: str = msgspec.field(name="from")
    dots: int


class Groups(Step, frozen=True, kw_only=True, tag="groups"):
    """Random pairs, groups or table rotation.

    `invite` are the words of an invitation, without greeting; `starters` help a conversation to begin.
    """

    size: int
    rounds: int = 1
    avoid_repeats: bool = True
    invite: str = ""
    starters: tuple[str, ...] = ()


class Column(Value, frozen=True, kw_only=True):
    """A declared column of a table step. `choices` belong to the kind `choice`."""

    id: str
    name: str
    kind: Literal["text", "date", "person", "choice"] = "text"
    choices: tuple[str, ...] = ()


class Table(Step, frozen=True, kw_only=True, tag="table"):
    """Rows with declared columns."""

    columns: tuple[Column, ...]


class Lessons(Step, frozen=True, kw_only=True, tag="lessons"):
    """Lessons with context, cause, recommendation, owner, tags, keep or change."""

    from_: str | None = msgspec.field(name="from", default=None)


class Actions(Step, frozen=True, kw_only=True, tag="actions"):
    """Actions with owner, due, review date and sign of success."""

    from_: str | None = msgspec.field(name="from", default=None)


class Assess(Step, frozen=True, kw_only=True, tag="assess"):
    """Hands over to the assessment. No `matrix` means the one that comes first."""

    matrix: str = ""


AnyStep = Brief | Collect | Score | Vote | Groups | Table | Lessons | Actions | Assess


class VariantStep(Value, frozen=True, kw_only=True):
    """A step that a variant uses, with its minutes there."""

    id: str
    minutes: Level


class Variant(Value, frozen=True, kw_only=True):
    """A shorter or longer form of a technique: which steps, with which minutes."""

    id: str
    name: str
    steps: tuple[VariantStep, ...]

    @property
    def minutes(self) -> Level:
        """All its minutes together."""
        return sum(step.minutes for step in self.steps)


class Technique(Value, frozen=True, kw_only=True):
    """A technique as its file says it."""

    id: str
    version: str
    name: str
    phase: Phase
    about: str
    minutes: Span
    people: Span
    steps: tuple[AnyStep, ...]
    roles: tuple[Role, ...] = ()
    use_when: tuple[str, ...] = ()
    avoid_when: tuple[str, ...] = ()
    pitfalls: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()

    def step(self, step_id: str) -> AnyStep | None:
        """Return the step with this id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)

    def variant(self, variant_id: str | None) -> Variant | None:
        """Return the variant with this id, the first one for None, or None where there is no such variant."""
        if variant_id is None:
            return self.variants[0] if self.variants else None
        return next((variant for variant in self.variants if variant.id == variant_id), None)

    def as_run(self, variant_id: str | None = None) -> Technique:
        """Return the technique with the steps and minutes of one variant, which is then the only one it has."""
        variant = self.variant(variant_id)
        if variant is None:
            return self
        steps: list[AnyStep] = []
        for chosen in variant.steps:
            step = self.step(chosen.id)
            if step is not None:
                steps.append(replace(step, minutes=chosen.minutes))
        return replace(self, steps=tuple(steps), variants=(variant,))
