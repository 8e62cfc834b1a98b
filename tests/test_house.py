"""Rules of the house that no import contract can hold: sizes, and what the content's words may not be in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kmtui
from kmtui.content.library import shipped_folder
from kmtui.workspace.library import library_for

HOUSE = Path(kmtui.__file__).parent
FILES = sorted(HOUSE.rglob("*.py"))
LONGEST_FILE, MOST_METHODS = 350, 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(HOUSE)))
def test_no_file_is_longer_than_350_lines_and_no_class_has_more_than_40_methods(file: Path) -> None:
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            methods = [each for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]
            assert len(methods) <= MOST_METHODS, node.name


def test_every_public_module_class_and_function_says_what_it_is_for() -> None:
    silent = []
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
        for node in [tree, *tree.body, *(method for each in classes for method in each.body)]:
            if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            name = getattr(node, "name", file.stem)
            if not name.startswith("_") and ast.get_docstring(node) is None:
                silent.append(f"{file.relative_to(HOUSE)}: {name}")
    assert silent == []


def test_no_words_of_content_stand_in_the_code() -> None:
    """Ids, titles and questions are data; only the technique behind the short command is named."""
    words = {"knowledge-mobilisation"}
    for loaded in library_for(None).techniques():
        technique = loaded.value
        words |= {technique.name, *(step.title for step in technique.steps)}
        words |= {technique.id} - {"after-action-review"}
    literals = {
        (node.value, file.name)
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {(value, name) for value, name in literals if value in words} == set()


def test_the_content_lies_where_wheel_and_repository_have_it() -> None:
    assert (shipped_folder() / "matrix.yaml").is_file()
    assert (shipped_folder() / "techniques" / "after-action-review.yaml").is_file()
