"""Answers files to fill in. They are taken as they are printed, as a session or an assessment without answers.

All words in them come from other people's files: they stand in comments or in quotation marks, and get out of neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from kmtui.content.words import listed, quoted
from kmtui.flow.assessment import scale_in_words
from kmtui.model.assessment import Assessment
from kmtui.model.errors import NotFound
from kmtui.model.matrix import Band, Criterion, Matrix
from kmtui.model.rating import SKIP_WORDS, Skip
from kmtui.model.technique import (
    Actions,
    AnyStep,
    Assess,
    Brief,
    Collect,
    Column,
    Groups,
    Lessons,
    Score,
    Table,
    Technique,
    Vote,
)
from kmtui.text import clean, one_line

_WIDTH = 100
_SIMPLE_KEY = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
_SIMPLE_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}

_ENTRIES = ("[The first answer, The second answer]",)
_LESSONS = (
    "- lesson: Tell the porters the order of beds the evening before",
    "  context: The list was only at the nurses' station",
    "  cause: Nobody had agreed who passes it on",
    "  recommendation: The bed manager sends the list by six",
    "  tags: [moves, porters]",
    "  keep_or_change: change   # or keep",
    "  owner: Bed manager",
)
_ACTIONS = (
    "- action: Send the bed list the evening before a move",
    "  owner: Bed manager",
    "  due: 2026-12-01",
    "  review: 2027-01-15",
    "  done_when: No bed is moved twice",
)
_RATED = ("level", "skip", "rationale", "example", "same_for_everyone", "target", "enough", "contact")
_ANSWERS: tuple[Skip, ...] = ("dont-know", "not-for-us")  # an individual parks nothing
_PEOPLE = ("[Ward sister, Porter, {role: Bed manager, count: 2, department: Site office}]",)


def yaml_text(text: str) -> str:
    """Return any text as one line of YAML in double quotation marks."""
    return '"' + "".join(_escaped(character) for character in clean(text)) + '"'


def _escaped(character: str) -> str:
    if character in _SIMPLE_ESCAPES:
        return _SIMPLE_ESCAPES[character]
    if character.isprintable():
        return character
    return f"\\U{ord(character):08X}"


def comment(text: str, indent: int = 0) -> str:
    """Return any text as lines of comment, without line breaks of its own or characters that YAML refuses."""
    words = "".join(each for each in one_line(text) if each not in "\ufeff\ufffe\uffff")
    margin = " " * indent + "# "
    lines = wrap(words, _WIDTH - len(margin), break_on_hyphens=False) or [""]
    return "\n".join((margin + line).rstrip() for line in lines)


def _key(name: str) -> str:
    return name if name and _SIMPLE_KEY.issuperset(name) and name.strip("-") == name else yaml_text(name)


def session_template(technique: Technique, variant: str | None = None) -> str:
    """Return an answers file for a technique, with a key for each step that takes answers.

    Raises:
        NotFound: the technique has no such variant.
    """
    chosen = technique.variant(variant)
    if variant is not None and chosen is None:
        known = [each.id for each in technique.variants]
        hint = f"It has {listed(known, 'and')}." if known else "It has none."
        raise NotFound(f"{technique.name} has no variant {quoted(variant)}. {hint}")
    as_run = technique.as_run(variant)
    lines = [
        comment(f"Answers for: {technique.name}"),
        comment("Fill in what there is and leave the rest empty. Lines that begin with # may stay."),
        f"technique: {yaml_text(technique.id)}",
    ]
    if chosen is not None:
        others = ", ".join(f"{each.id} ({each.name})" for each in technique.variants)
        lines += [comment(f"One of: {others}"), f"variant: {yaml_text(chosen.id)}"]
    lines += [*_about(), "answers:"]
    for step in as_run.steps:
        lines += _step(step)
    return "\n".join([*lines, *_parked()]) + "\n"


def assessment_template(matrix: Matrix) -> str:
    """Return an answers file for a matrix, with a key for each criterion."""
    skips = ", ".join(f"{skip} ({words})" for skip, words in SKIP_WORDS.items())
    lines = [
        comment(f"Answers for: {matrix.title}"),
        comment("Fill in what there is and leave the rest empty. Lines that begin with # may stay."),
        f"assess: {yaml_text(matrix.id)}",
        *_about(),
        *_behalf(),
        *_agreed(matrix),
        comment(matrix.opening_question or "What was said at the beginning"),
        'opening: ""',
        comment(scale_in_words(matrix.scale)),
        comment(f"In place of a level a criterion may have a skip: {skips}"),
        comment("same_for_everyone: yes, no, or words that say where it differs"),
        comment("target: the level you want to reach. enough: why a lower one is good enough"),
        comment("contact: the role that others may ask, where the example is good practice"),
        "ratings:",
        *_criteria(matrix, _RATED),
        "",
        comment("An action without an owner or a day stays an idea. priority: now, next, later or not-for-us with a"),
        comment("reason. dots: votes. effort and benefit: low, medium or high. option: the id of one of the criterion"),
        *_example("What will be done", (*_ACTIONS, *_planned(matrix)), "actions", 0),
        "actions: []",
    ]
    return "\n".join([*lines, *_parked()]) + "\n"


def set_up_template(matrix: Matrix) -> str:
    """Return the set-up of a team to fill in."""
    lines = [
        comment("A set-up: what is agreed about a team, kept to be used again"),
        comment("Fill in what there is and leave the rest empty. Lines that begin with # may stay."),
        comment("The name of the set-up, and the team"),
        f"set_up: {yaml_text('Yearly self-assessment')}",
        f"team: {yaml_text('Our team')}",
        comment(matrix.title),
        f"matrix: {yaml_text(matrix.id)}",
        *_behalf(),
        *_example("Who will take part, by role rather than name", _PEOPLE, "people", 0),
        "people: []",
        *_agreed(matrix),
        comment("group: levels are agreed in the room. survey: everyone answers for themselves"),
        "way: group",
    ]
    return "\n".join(lines) + "\n"


def response_template(survey: Assessment) -> str:
    """Return one person's answers to a survey to fill in."""
    skips = " or ".join(f"{skip} ({SKIP_WORDS[skip]})" for skip in _ANSWERS)
    lines = [
        comment(f"Answers to the survey: {survey.name}"),
        comment("Fill in what you can and leave the rest empty. Lines that begin with # may stay."),
        f"survey: {yaml_text(survey.id)}",
        comment("Your role, if you like. No name"),
        'role: ""',
        comment(scale_in_words(survey.matrix.scale)),
        comment(f"In place of a level a criterion may have a skip: {skips}"),
        comment("rationale: why you say so, if you like"),
        "ratings:",
        *_criteria(survey.matrix, ("level", "skip", "rationale")),
    ]
    return "\n".join(lines) + "\n"


def _behalf() -> Iterator[str]:
    yield 'organisation: ""'
    yield comment("Such as: the whole team")
    yield 'on_behalf_of: ""'


def _agreed(matrix: Matrix) -> Iterator[str]:
    """Yield what is agreed before levels are given: goals, what is left out, local options, the feedback meeting."""
    first = matrix.criteria[0]
    goal = f"[A goal of ours, {{text: Another goal, criteria: [{_key(first.id)}]}}]"
    yield from _example("The goals of the team, with the criteria that matter to them", (goal,), "objectives", 0)
    yield "objectives: []"
    yield comment("Criteria or sections that the team does not use, by id, each with the reason, such as")
    yield comment(f"{{{matrix.criteria[-1].id}: not part of our work}}")
    yield "leave_out: {}"
    option = (
        f"- criterion: {_key(first.id)}",
        "  text: What the local service offers",
        "  service: the name of the service",
        f"  bands: [{_key(matrix.bands[0].id)}]",
    )
    yield from _example("What the local service offers beside the options of the matrix", option, "options", 0)
    yield "options: []"
    yield comment("The day of the meeting in which the results are talked over")
    yield "feedback:"


def _about() -> Iterator[str]:
    yield 'title: ""'
    yield 'team: ""'
    yield comment("Such as 2026-11-20; today where it is left empty")
    yield "date:"
    yield from _example("Who took part, by role rather than name", _PEOPLE, "people", 0)
    yield "people: []"


def _parked() -> Iterator[str]:
    yield ""
    yield from _example("What was put off for another day", ("[One thing, Another thing]",), "parked", 0)
    yield "parked: []"


def _planned(matrix: Matrix) -> Iterator[str]:
    yield f"  criterion: {_key(matrix.criteria[0].id)}"
    yield "  objective: A goal of ours"
    yield "  priority: now   # or next, later, not-for-us"
    yield "  effort: low"
    yield "  benefit: high"


def _example(question: str, example: tuple[str, ...], key: str, indent: int) -> Iterator[str]:
    """Yield a question and an example of the answer, both as comments above the key."""
    margin = " " * indent
    yield comment(question, indent)
    if example[0].startswith("["):
        yield f"{margin}#   {_key(key)}: {example[0]}"
        return
    yield f"{margin}#   {_key(key)}:"
    yield from (f"{margin}#     {line}" for line in example)


def _step(step: AnyStep) -> Iterator[str]:
    if isinstance(step, Brief):
        return
    yield ""
    if isinstance(step, Collect) and step.from_:
        answered = f"An answer to entry 1 of {step.from_}: {{text: The answer, answers: 1}}"
        yield comment(answered, 2)
    if isinstance(step, Collect) and step.private:
        yield comment("What stands here stays here: it is in no export", 2)
    yield from _example(step.title, _answer_to(step), step.id, 2)
    yield f"  {_key(step.id)}: {_EMPTY.get(type(step), '[]')}"


_EMPTY = {Groups: "auto", Assess: "{}"}
"""What a template has in the place of an answer; an empty list for all other kinds of step."""


def _answer_to(step: AnyStep) -> tuple[str, ...]:
    """Return an example of the answers to a step."""
    if isinstance(step, Lessons):
        return _LESSONS
    if isinstance(step, Actions):
        return _ACTIONS
    if isinstance(step, Score):
        middle = (step.lowest + step.highest) // 2
        return (f"[{middle}, {step.highest}, {middle}]   # a number from each person, from {step.lowest}",)
    if isinstance(step, Vote):
        return (f"[{{entry: 1, dots: {step.dots}}}, {{entry: 2, dots: 1}}]   # entries of {step.from_} by number",)
    if isinstance(step, Groups):
        example = "[[[Ward sister, Porter], [Bed manager 1, Bed manager 2]]]"
        return (f"{example}   # rounds of groups; or auto, which draws them, or auto 42 with a seed",)
    if isinstance(step, Table):
        cells = ", ".join(f"{_key(column.id)}: {_cell(column)}" for column in step.columns)
        return (f"[{{{cells}}}]",)
    if isinstance(step, Assess):
        return ("opening: What was said at the beginning", "ratings: {}   # as kmtui template assess prints them")
    return _ENTRIES


def _cell(column: Column) -> str:
    if column.kind == "date":
        return "2026-12-01"
    return yaml_text(column.choices[0]) if column.choices else yaml_text(column.name)


def _criteria(matrix: Matrix, keys: tuple[str, ...]) -> Iterator[str]:
    for section in matrix.sections:
        yield ""
        yield comment(section.name, 2)
        for criterion in section.criteria:
            yield from _criterion(criterion, matrix.bands, keys)


def _criterion(criterion: Criterion, bands: tuple[Band, ...], keys: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield comment(f"{criterion.name}: {criterion.indicator}", 2)
    for band in bands:
        low, high = band.levels
        levels = str(low) if low == high else f"{low} to {high}"
        yield comment(f"{levels}, {band.name}: {criterion.statements.get(band.id, '')}", 4)
    yield f"  {_key(criterion.id)}:"
    for key in keys:
        yield f"    {key}:"
