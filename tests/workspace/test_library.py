"""Content of one's own: whose goes before whose, and what is told where the configuration names what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.content.check import check
from kmtui.content.library import Library
from kmtui.model.errors import NotFound
from kmtui.workspace.desk import open_desk
from kmtui.workspace.library import library_for, trouble_of
from kmtui.workspace.settings import Settings, read_settings
from tests.content.helpers import MATRIX, TECHNIQUE

SHIPPED = "after-action-review"


def technique(folder: Path, technique_id: str, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = TECHNIQUE.replace("id: talk", f"id: {technique_id}").replace("name: Talk", f"name: {name}")
    (folder / f"{technique_id}.yaml").write_text(text, encoding="utf-8")


def matrix(file: Path, title: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(MATRIX.replace("title: Small", f"title: {title}"), encoding="utf-8")


def names(library: Library) -> set[str]:
    return {loaded.value.name for loaded in library.techniques()}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A configuration that names a folder of techniques and a matrix, neither of which is there yet."""
    file = tmp_path / "config.toml"
    file.write_text('# ours\n\ntechniques = "shared"\n"matrix" = "ours/m.yaml"\n', encoding="utf-8")
    return read_settings(file)


def test_a_workspace_goes_before_the_configuration_and_that_before_what_is_shipped(
    tmp_path: Path, settings: Settings
) -> None:
    workspace = tmp_path / "workspace"
    technique(tmp_path / "shared", SHIPPED, "From the configuration")
    technique(tmp_path / "shared", "ours", "Ours")
    matrix(tmp_path / "ours" / "m.yaml", "From the configuration")
    library = library_for(workspace, settings)
    assert library.technique(SHIPPED).value.name == "From the configuration"
    assert {"Ours", "Before Action Review"} <= names(library)
    assert library.matrix().value.title == "From the configuration"
    assert library.matrix("knowledge-mobilisation").value.id == "knowledge-mobilisation"
    technique(workspace / "techniques", SHIPPED, "From the workspace")
    matrix(workspace / "matrix.yaml", "From the workspace")
    library = open_desk(workspace, settings, cache=tmp_path / "cache").tools.library
    assert library.technique(SHIPPED).value.name == "From the workspace"
    assert library.technique("ours").value.name == "Ours"
    assert library.matrix().value.title == "From the workspace"
    assert library.missing == ()


def test_what_is_named_and_not_there_is_told_with_its_line_and_stops_nothing(
    tmp_path: Path, settings: Settings
) -> None:
    library = library_for(tmp_path / "workspace", settings)
    told = [
        f'{settings.file}:3:1: warning: "techniques" names {settings.techniques}: there is no such folder; '
        "make it, or change this line. Until then it is passed over",
        f'{settings.file}:4:1: warning: "matrix" names {settings.matrix}: there is no such file; '
        "put it there, or change this line. Until then it is passed over",
    ]
    assert [str(problem) for problem in library.problems] == told
    assert [str(problem) for problem in check([], library) if "config" in problem.file] == told
    assert check([tmp_path], library)[0].file == str(tmp_path)
    assert library.technique(SHIPPED).value.id == SHIPPED
    assert library.matrix().value.id == "knowledge-mobilisation"


def test_what_is_asked_for_and_may_be_in_what_is_missing_says_so(tmp_path: Path, settings: Settings) -> None:
    library = library_for(tmp_path / "workspace", settings)
    for find in (library.technique, library.matrix):
        with pytest.raises(NotFound) as caught:
            find("ours")
        assert "there is no such folder" in str(caught.value)


def test_a_file_for_a_folder_and_a_folder_for_a_file(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "shared").write_text("", encoding="utf-8")
    (tmp_path / "ours" / "m.yaml").mkdir(parents=True)
    library = library_for(None, settings)
    folder, file = (problem.message for problem in library.missing)
    assert "this is a file; name the folder that it is in." in folder
    assert "this is a folder; name the file in it." in file
    assert library.matrix().value.id == "knowledge-mobilisation"


def test_what_may_not_be_read(tmp_path: Path) -> None:
    """A loop of links stands for a folder that nobody may look into, which the tests' own user might well do."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    loop = tmp_path / "loop" / "in"
    library = library_for(None, Settings(file=tmp_path / "none.toml", techniques=loop, matrix=loop))
    folder, file = library.missing
    assert (folder.line, folder.column) == (1, 1)
    assert "the folder cannot be read (" in folder.message
    assert "the file cannot be read (" in file.message
    assert SHIPPED in library.technique_ids


def test_home_tells_of_what_is_missing_before_what_is_broken(tmp_path: Path, settings: Settings) -> None:
    workspace = tmp_path / "workspace"
    assert trouble_of(library_for(workspace)) == ""
    technique(workspace / "techniques", "ours", "Ours")
    (workspace / "techniques" / "broken.yaml").write_text("id: [", encoding="utf-8")
    assert trouble_of(library_for(workspace)) == "A technique file has an error. Run: kmtui check"
    assert trouble_of(library_for(workspace, settings)) == "The settings name what is not there. Run: kmtui check"
