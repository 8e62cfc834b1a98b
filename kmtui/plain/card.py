"""The card of a technique as text: what, when, when not, who, how long, steps."""

from __future__ import annotations

from kmtui.model.technique import Span, Technique
from kmtui.text import one_line


def card(technique: Technique) -> list[str]:
    """Return the card, a line for each thing that it says."""
    lines = [one_line(technique.name), one_line(technique.about)]
    lines.append(f"How long: {_span(technique.minutes)} minutes. How many: {_span(technique.people)} people.")
    for variant in technique.variants:
        minutes = variant.minutes
        lines.append(f"Form {variant.id}: {one_line(variant.name)}, {len(variant.steps)} steps, {minutes:g} minutes.")
    parts = (
        ("When", technique.use_when),
        ("When not", technique.avoid_when),
        ("Who", tuple(f"{role.name}: {role.does}" if role.does else role.name for role in technique.roles)),
        ("Look out for", technique.pitfalls),
        ("Sources", technique.sources),
    )
    steps = tuple(step.title for step in technique.as_run().steps)
    for heading, texts in parts[:3]:
        lines += _part(heading, texts)
    lines += ["", "Steps", *(f"{number}. {one_line(title)}" for number, title in enumerate(steps, 1))]
    for heading, texts in parts[3:]:
        lines += _part(heading, texts)
    return lines


def technique_line(technique: Technique) -> str:
    """Return a technique on one line: name, when, how long."""
    return f"{one_line(technique.name)}, {technique.phase} the work, {_span(technique.minutes)} minutes."


def _part(heading: str, texts: tuple[str, ...]) -> list[str]:
    return ["", heading, *(f"- {one_line(text)}" for text in texts)] if texts else []


def _span(span: Span) -> str:
    return str(span.least) if span.least == span.most else f"{span.least} to {span.most}"
