"""Answers files to fill in. They are taken as they are printed, as a session or an assessment without answers.

All words in them come from other people's files: they stand in comments or in quotation marks, and get out of neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from kmtui.content.words import listed, quoted
from kmtui.flow.assessment import scale_in_words
from kmtui.model.assessment import SKIP_WORDS
from kmtui.model.errors import NotFound
from kmtui.model.matrix import Band, Criterion, Matrix
from kmtui.model.technique import Actions, AnyStep, Brief, Collect, Lessons, Technique
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
        'organisation: ""',
        comment("Such as: the whole team"),
        'on_behalf_of: ""',
        comment(matrix.opening_question or "What was said at the beginning"),
        'opening: ""',
        comment(scale_in_words(matrix.scale)),
        comment(f"In place of a level a criterion may have a skip: {skips}"),
        comment("same_for_everyone: yes, no, or words that say where it differs"),
        comment("target: the level you want to reach. enough: why a lower one is good enough"),
        "ratings:",
    ]
    for section in matrix.sections:
        lines += ["", comment(section.name, 2)]
        for criterion in section.criteria:
            lines += _criterion(criterion, matrix.bands)
    lines += [
        "",
        *_example("What will be done", (*_ACTIONS, *_planned(matrix)), "actions", 0),
        "actions: []",
    ]
    return "\n".join([*lines, *_parked()]) + "\n"


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
    examples = {Collect: _ENTRIES, Lessons: _LESSONS, Actions: _ACTIONS}
    example = examples.get(type(step))
    if isinstance(step, Brief):
        return
    yield ""
    if example is None:
        yield comment(f"{step.title}: this version of kmtui cannot take answers to this step yet", 2)
        return
    if isinstance(step, Collect) and step.from_:
        answered = f"An answer to entry 1 of {step.from_}: {{text: The answer, answers: 1}}"
        yield comment(answered, 2)
    yield from _example(step.title, example, step.id, 2)
    yield f"  {_key(step.id)}: []"


def _criterion(criterion: Criterion, bands: tuple[Band, ...]) -> Iterator[str]:
    yield ""
    yield comment(f"{criterion.name}: {criterion.indicator}", 2)
    for band in bands:
        low, high = band.levels
        levels = str(low) if low == high else f"{low} to {high}"
        yield comment(f"{levels}, {band.name}: {criterion.statements.get(band.id, '')}", 4)
    yield f"  {_key(criterion.id)}:"
    for key in ("level", "skip", "rationale", "example", "same_for_everyone", "target", "enough"):
        yield f"    {key}:"
