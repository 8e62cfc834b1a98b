"""The technique to begin with: right as it is printed, and right with each of its examples in use."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from kmtui.content.document import open_text
from kmtui.content.library import technique_from
from kmtui.content.skeleton import TECHNIQUE_SKELETON
from kmtui.model.technique import AnyStep, Technique
from tests.content.helpers import of_technique

ID = "our-technique"
BEGINS = re.compile(r"( *)# (- \S|[a-z_]+:( |$))")
SAID_ABOVE = {"steps"}
GOES_ON = re.compile(r"( *)#(   | - id:)")  # a step right below another one belongs to it


def examples() -> list[tuple[int, int]]:
    """Return from which line to which each example goes that stands in comments; the last line is not part of it."""
    found: list[tuple[int, int]] = []
    lines = TECHNIQUE_SKELETON.splitlines()
    for number, line in enumerate(lines):
        if BEGINS.match(line) and not (found and number < found[-1][1]):
            end = number + 1
            while end < len(lines) and GOES_ON.match(lines[end]):
                end += 1
            found.append((number, end))
    return found


EXAMPLES = examples()


def in_use(*chosen: tuple[int, int]) -> str:
    """Return the skeleton with `# ` taken away from the lines of examples."""
    lines = TECHNIQUE_SKELETON.splitlines()
    for begin, end in chosen:
        lines[begin:end] = [line.replace("# ", "", 1) for line in lines[begin:end]]
    return "\n".join(lines) + "\n"


def read(text: str) -> Technique:
    technique = technique_from(open_text(text, "f"), ID)
    assert technique is not None
    return technique


def test_it_is_right_as_it_is_printed() -> None:
    assert of_technique(TECHNIQUE_SKELETON, ID) == []
    assert len(read(TECHNIQUE_SKELETON).steps) == 5


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: TECHNIQUE_SKELETON.splitlines()[each[0]].strip(" #"))
def test_each_example_is_right_when_it_is_used_and_changes_the_technique(example: tuple[int, int]) -> None:
    text = in_use(example)
    assert of_technique(text, ID) == []
    assert read(text) != read(TECHNIQUE_SKELETON)


def test_with_all_examples_every_kind_and_every_field_is_shown_with_its_words() -> None:
    text = in_use(*EXAMPLES)
    assert not [each for each in of_technique(text, ID) if "warning" not in each]
    kinds = {type(step) for step in read(text).steps}
    assert kinds == set(get_args(AnyStep))
    for kind in (Technique, *kinds):
        for field in kind.__struct_encode_fields__:
            first = re.search(rf"^ *(?:- )?{field}:.*$", text, re.MULTILINE)
            assert first, (kind.__name__, field)
            assert field in SAID_ABOVE or " # " in first[0], (kind.__name__, field)


def test_it_is_plain_text_that_fits_the_width_of_a_line() -> None:
    assert len(EXAMPLES) == 12
    assert TECHNIQUE_SKELETON.isascii()  # some terminals of Windows change other characters on the way into a file
    assert max(map(len, TECHNIQUE_SKELETON.splitlines())) <= 120
    assert "\t" not in TECHNIQUE_SKELETON
