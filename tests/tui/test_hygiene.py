"""Our screens and widgets must not use a private name that Textual uses for itself: nothing would say so."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest
from textual.app import App
from textual.dom import DOMNode

import kmtui.tui

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(kmtui.tui.__path__, "kmtui.tui.")
    if not found.ispkg
]
MEANT = {
    "_on_key",
    "_on_paste",
    "_handle_exception",
}  # overridden on purpose, as Textual's own documents do or a test holds


def _private_names_of_textual() -> set[str]:
    """Return the private attributes that Textual's classes assign on self or define."""
    names: set[str] = set()
    for name in ("app", "screen", "widget", "dom", "message_pump", "widgets._text_area", "widgets._option_list"):
        module = importlib.import_module(f"textual.{name}")
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
                names.add(node.attr)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


def _private_names_in(module: ModuleType) -> set[str]:
    names: set[str] = set()
    for found in vars(module).values():
        if not (inspect.isclass(found) and issubclass(found, DOMNode) and found.__module__ == module.__name__):
            continue
        for node in ast.walk(ast.parse(inspect.getsource(found))):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Store)
                and isinstance(node.value, ast.Name)
                and node.value.id == "self"
            ):
                names.add(node.attr)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                names.add(node.name)
    return {name for name in names if name.startswith("_") and not name.startswith("__")}


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_private_name_of_textual_is_taken(module: ModuleType) -> None:
    allowed = MEANT | ({"_return_code", "_exception"} if issubclass(getattr(module, "KmtuiApp", int), App) else set())
    assert (_private_names_in(module) & _private_names_of_textual()) - allowed == set()
