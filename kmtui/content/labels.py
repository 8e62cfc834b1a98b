"""How a part of a file is named in an error: criterion "innovation", step "why", lesson 2."""

from __future__ import annotations

from functools import cache

from kmtui.content.nodes import Mapping, Node, Scalar
from kmtui.content.words import quoted
from kmtui.model.answers import ActionAnswer, EntryAnswer, LessonAnswer
from kmtui.model.matrix import Band, Criterion, Option, Section
from kmtui.model.session import Person
from kmtui.model.setup import LocalOption, Objective
from kmtui.model.technique import Column, Earlier, Role, Step, Variant, VariantStep

_NOUNS: dict[type, str] = {
    Section: "section",
    Criterion: "criterion",
    Band: "band",
    Option: "option",
    Step: "step",
    Column: "column",
    Variant: "variant",
    VariantStep: "step",
    Earlier: "part",
    Role: "role",
    Person: "person",
    EntryAnswer: "entry",
    LessonAnswer: "lesson",
    ActionAnswer: "action",
    Objective: "objective",
    LocalOption: "option",
}
_NAMED_BY = ("id", "name")
_STANDS_ALONE = {"criterion"}  # its id is unique in the whole file, so the section need not be said


@cache
def noun_of(kind: type) -> str | None:
    """Return what a value of this type is called, or None where it is named by its key."""
    return next((_NOUNS[each] for each in kind.__mro__ if each in _NOUNS), None)


def joined(where: str, label: str) -> str:
    """Return a place within a place."""
    return f"{where}, {label}" if where and label.split(" ", 1)[0] not in _STANDS_ALONE else label


def label(noun: str, node: Node, number: int) -> str:
    """Return the noun with the id of the part, or with its number where it has none."""
    if isinstance(node, Mapping):
        for key in _NAMED_BY:
            named = node.pairs.get(key)
            if named is not None and isinstance(named[1], Scalar) and named[1].value.strip():
                return f"{noun} {quoted(named[1].value)}"
    return f"{noun} {number}"
