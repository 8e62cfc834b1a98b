"""Small content files for the tests of this floor, and what is said of them."""

from __future__ import annotations

from pathlib import Path

from kmtui.content.document import Document, open_text
from kmtui.content.findings import Findings
from kmtui.content.library import Library, matrix_from, shipped_folder, technique_from
from kmtui.content.nodes import Node, read_tree

DATA = Path(__file__).parent.parent / "data"
SHIPPED = shipped_folder()

MATRIX = """\
id: small
version: "1"
title: Small
scale: {lowest: 1, highest: 4}
bands:
  - {id: low, name: Low, levels: [1, 2]}
  - {id: high, name: High, levels: [3, 4]}
sections:
  - id: one
    name: One
    criteria:
      - id: first
        name: First
        indicator: We do it.
        statements: {low: no, high: yes}
        options:
          - {id: do, text: Do it, bands: [low]}
      - id: second
        name: Second
        indicator: We do that.
        statements: {low: no, high: yes}
"""

TECHNIQUE = """\
id: talk
version: "1"
name: Talk
phase: during
about: We talk.
minutes: {least: 1, most: 9}
people: {least: 2, most: 5}
steps:
  - {id: hello, kind: brief, title: Hello, minutes: 1}
  - {id: said, kind: collect, title: What was said?, minutes: 2}
  - {id: why, kind: collect, from: said, title: Why?, minutes: 2}
  - {id: learn, kind: lessons, title: What do we learn?, minutes: 1}
  - {id: act, kind: actions, title: Who does what?, minutes: 1}
variants:
  - {id: brief, name: Brief, steps: [{id: hello, minutes: 1}, {id: said, minutes: 2}]}
  - {id: whole, name: Whole, steps: [{id: hello, minutes: 1}, {id: said, minutes: 2}, {id: why, minutes: 2}]}
  - {id: end, name: End, steps: [{id: learn, minutes: 1}, {id: act, minutes: 1}]}
"""


def told(document: Document) -> list[str]:
    """Return what is said of a document, without the name of the file."""
    return [str(problem).removeprefix("f:") for problem in document.findings.problems]


def tree(text: str) -> tuple[Node | None, list[str]]:
    """Return the tree of a text and what is said of it."""
    findings = Findings("f")
    root = read_tree(text, findings)
    return root, told(Document(root, findings))


def of_matrix(text: str, techniques: tuple[str, ...] | None = None) -> list[str]:
    """Return what is said of a matrix."""
    document = open_text(text, "f")
    value = matrix_from(document, techniques)
    assert (value is None) == document.findings.failed
    return told(document)


def of_technique(text: str, name: str | None = None) -> list[str]:
    """Return what is said of a technique."""
    document = open_text(text, "f")
    value = technique_from(document, name)
    assert (value is None) == document.findings.failed
    return told(document)


def with_change(text: str, old: str, new: str) -> str:
    """Return a text with one thing changed, which has to be there once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def marked(text: str, old: str, new: str) -> tuple[str, str]:
    """Return a text with one thing changed, and the place of the mark ‸ in what was put there."""
    changed = with_change(text, old, new)
    before, mark, after = changed.partition("‸")
    assert mark, new
    line = before.count("\n") + 1
    return before + after, f"{line}:{len(before) - before.rfind(chr(10))}: "


def small_library(folder: Path) -> Library:
    """Return a library of the small technique, the one with every kind of step, and the small matrix."""
    techniques = folder / "techniques"
    techniques.mkdir(exist_ok=True)
    (techniques / "talk.yaml").write_text(TECHNIQUE, encoding="utf-8")
    (folder / "matrix.yaml").write_text(MATRIX, encoding="utf-8")
    return Library([DATA / "techniques", techniques], [folder / "matrix.yaml"])
