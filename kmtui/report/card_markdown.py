"""The card of a technique as Markdown, to be handed out. It has nothing that is for the facilitator alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kmtui.analysis.suggesting import PHASE_WORDS
from kmtui.model.base import Level
from kmtui.model.technique import AnyStep, Brief, Span, Technique
from kmtui.report.escape import block, inline
from kmtui.report.parts import SEPARATOR, bullets, joined, sentence, table, told
from kmtui.report.words import capitalised
from kmtui.text import one_line

_SENTENCES = re.compile(r"""(?<=[.!?…])\s+|(?<=[.!?…]["'”’»)])\s+|(?<=[。！？])""")
_QUESTION = re.compile(r"""[?？؟]["'”’»)]*$""")
_NOT_USED, _NO_CLOCK = "–", "open"


def card_markdown(technique: Technique) -> str:
    """Return the card of a technique, about one page; of `Technique.as_run` the card of one of its forms.

    The minutes of several forms are columns of one table of steps. Of what the room is shown only the first is told,
    which are the ground rules; of what is said only the questions. Steps that no form uses are left out, and so are
    tips, which are for the facilitator.
    """
    used = {step.id for variant in technique.variants for step in variant.steps}
    steps = [step for step in technique.steps if not technique.variants or step.id in used]
    roles = (f"{role.name}: {role.does}" if told(role.does) else role.name for role in technique.roles)
    parts = [
        _title(technique),
        block(technique.about),
        _facts(technique),
        *_listed("When", technique.use_when),
        *_listed("When not", technique.avoid_when),
        *_listed("Who", roles),
        "## Steps",
        _steps(technique, steps),
    ]
    parts += next(filter(None, (_listed(step.title, step.points) for step in steps if isinstance(step, Brief))), [])
    parts += _questions(steps)
    return joined([*parts, *_listed("Look out for", technique.pitfalls), *_listed("Sources", technique.sources)])


def _title(technique: Technique) -> str:
    form = inline(technique.variants[0].name) if len(technique.variants) == 1 else ""
    return f"# {inline(technique.name)}" + (f": {form}" if form else "")


def _facts(technique: Technique) -> str:
    """Return when, how long and for how many."""
    length = technique.variants[0].minutes if len(technique.variants) == 1 else 0
    minutes = f"{length:g} minutes" if length else _span(technique.minutes, "minutes")
    return SEPARATOR.join((capitalised(PHASE_WORDS[technique.phase]), minutes, _span(technique.people, "people")))


def _span(span: Span, noun: str) -> str:
    return f"{span.least} {noun}" if span.least == span.most else f"{span.least} to {span.most} {noun}"


def _listed(heading: str, texts: Iterable[str]) -> list[str]:
    listed = bullets(texts)
    return [f"## {inline(heading)}", listed] if listed else []


def _steps(technique: Technique, steps: Sequence[AnyStep]) -> str:
    """Return the steps as a table with a column of minutes for each form, or as a list where nothing has a clock."""
    forms: list[tuple[str, dict[str, Level]]] = [
        (one_line(variant.name), {step.id: step.minutes for step in variant.steps}) for variant in technique.variants
    ]
    if len(forms) < 2:
        forms = [("Minutes", forms[0][1] if forms else {step.id: step.minutes for step in steps})]
    totals = [sum(minutes.values()) for _, minutes in forms]
    if not any(totals):
        return "\n".join(f"{number}. {inline(step.title)}" for number, step in enumerate(steps, 1))
    rows = [
        (f"{number}. {step.title}", *(_minutes(minutes.get(step.id)) for _, minutes in forms))
        for number, step in enumerate(steps, 1)
    ]
    head = "Step" if len(forms) == 1 else "Step, and its minutes"
    return table((head, *(name for name, _ in forms)), [*rows, ("All together", *(f"{each:g}" for each in totals))])


def _minutes(minutes: Level | None) -> str:
    return _NOT_USED if minutes is None else f"{minutes:g}" if minutes else _NO_CLOCK


def _questions(steps: Iterable[AnyStep]) -> list[str]:
    """Return what is asked in each step, under a heading."""
    lines = []
    for step in steps:
        questions = [] if isinstance(step, Brief) else _asked(one_line(step.say))
        title = one_line(step.title).casefold()  # which may be the question itself
        more = " ".join(each for each in questions if each.casefold() not in title)
        if questions:
            lines.append(f"- **{sentence(step.title, 2)}** {inline(more)}".rstrip())
    return ["## The words of the questions", "\n".join(lines)] if lines else []


def _asked(text: str) -> list[str]:
    """Return the questions in a text. What goes on in small letters is no new sentence: "and why?" until we know."""
    sentences: list[str] = []
    for part in _SENTENCES.split(text):
        if sentences and part[:1].islower():
            sentences[-1] += f" {part}"
        else:
            sentences.append(part)
    return [each for each in sentences if _QUESTION.search(each)]
