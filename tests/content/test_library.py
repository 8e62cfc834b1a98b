"""The library: what is found where, read once and only when asked for, and broken files that stop nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec
import pytest

import kmtui
from kmtui.content import document
from kmtui.content import library as module
from kmtui.content.document import Document
from kmtui.content.library import Library, content_files, shipped_folder
from kmtui.model.errors import NotFound, WrongContent
from kmtui.model.technique import Technique
from tests.content.helpers import DATA, MATRIX, TECHNIQUE, small_library, with_change


def _technique(folder: Path, technique_id: str, **changes: str) -> Path:
    text = TECHNIQUE.replace("id: talk", f"id: {technique_id}")
    for key, value in changes.items():
        old = next(line for line in text.splitlines() if line.startswith(f"{key}:"))
        text = with_change(text, old, f"{key}: {value}")
    folder.mkdir(exist_ok=True)
    path = folder / f"{technique_id}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were opened."""
    names: list[str] = []
    real = document.open_file

    def noted(path: Path, limit: int) -> Document:
        names.append(path.name)
        return real(path, limit)

    monkeypatch.setattr(module, "open_file", noted)
    return names


def test_techniques_are_in_the_order_of_phase_and_name(tmp_path: Path) -> None:
    _technique(tmp_path, "a", phase="after", name="Alpha")
    _technique(tmp_path, "b", phase="before", name="zeta")
    _technique(tmp_path, "c", phase="before", name="Beta")
    _technique(tmp_path, "d", phase="during", name="Any")
    library = Library([tmp_path], [])
    assert [loaded.value.id for loaded in library.techniques()] == ["c", "b", "d", "a"]
    assert library.problems == ()


def test_one_technique_is_read_alone_and_each_file_once(tmp_path: Path, opened: list[str]) -> None:
    library = small_library(tmp_path)
    assert library.technique_ids == ("every-kind", "talk")
    assert opened == []
    assert library.technique("talk") is library.technique("talk")
    assert opened == ["talk.yaml"]
    library.techniques()
    library.techniques()
    assert library.matrix() is library.matrix("small")
    assert opened == ["talk.yaml", "every-kind.yaml", "matrix.yaml"]


def test_later_folders_and_matrices_go_before_earlier_ones(tmp_path: Path) -> None:
    _technique(tmp_path / "ours", "talk", name="Ours")
    own = _technique(tmp_path / "own", "talk", name="Own")
    library = Library([tmp_path / "ours", tmp_path / "own", tmp_path / "not there"], [])
    assert library.technique("talk").value.name == "Own"
    assert library.technique("talk").file == own
    assert len(library.techniques()) == 1
    for name, title in (("one", "First"), ("two", "Second")):
        (tmp_path / f"{name}.yaml").write_text(with_change(MATRIX, "title: Small", f"title: {title}"), encoding="utf-8")
    paths = [DATA / "matrix-halves.yaml", tmp_path / "one.yaml", tmp_path / "two.yaml", tmp_path / "not there.yaml"]
    library = Library([], paths)
    assert library.matrix().value.title == library.matrix("small").value.title == "Second"
    assert library.matrix("halves").file == DATA / "matrix-halves.yaml"
    assert [loaded.value.id for loaded in library.matrices()] == ["small", "halves"]
    assert library.files == tuple(paths[:3])


def test_a_broken_technique_stops_no_other(tmp_path: Path) -> None:
    _technique(tmp_path, "fine")
    broken = _technique(tmp_path, "broken", phase="never")
    library = Library([tmp_path], [])
    assert [loaded.value.id for loaded in library.techniques()] == ["fine"]
    assert [str(problem) for problem in library.problems] == [
        f'{broken}:4:8: "phase" takes before, during or after, not "never"'
    ]
    with pytest.raises(WrongContent) as caught:
        library.technique("broken")
    assert caught.value.problems == library.problems


def test_what_is_not_there_is_said_with_what_is(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    with pytest.raises(
        NotFound, match=r'^There is no technique "tolk". Did you mean "talk".* There are: every-kind and talk.$'
    ):
        library.technique("tolk")
    with pytest.raises(NotFound, match=r'^There is no matrix "xyz". There are: small.$'):
        library.matrix("xyz")
    with pytest.raises(NotFound, match=r"^There is no matrix.yaml"):
        Library([], []).matrix()
    with pytest.raises(NotFound, match=r'^There is no technique "x".$'):
        Library([], []).technique("x")


def test_a_broken_matrix_is_told_where_it_may_be_the_one_that_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "matrix.yaml"
    path.write_text("id: mine\n", encoding="utf-8")
    library = Library([], [DATA / "matrix-halves.yaml", path])
    with pytest.raises(WrongContent):
        library.matrix()
    with pytest.raises(WrongContent):
        library.matrix("mine")
    assert library.matrix("halves").value.id == "halves"
    assert {problem.file for problem in library.problems} == {str(path)}


def test_the_digest_is_of_the_words_and_not_of_the_layout(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    loaded = library.technique("talk")
    expected = hashlib.sha256(msgspec.json.encode(loaded.value, order="deterministic")).hexdigest()
    assert loaded.digest == expected
    again = tmp_path / "again"
    again.mkdir()
    (again / "talk.yaml").write_text("# another layout\n" + TECHNIQUE.replace(", kind", ",   kind"), encoding="utf-8")
    assert Library([again], []).technique("talk").digest == expected
    (again / "talk.yaml").write_text(with_change(TECHNIQUE, "Why?", "Why not?"), encoding="utf-8")
    assert Library([again], []).technique("talk").digest != expected


def test_what_was_read_comes_back_from_json(tmp_path: Path) -> None:
    value = small_library(tmp_path).technique("every-kind").value
    assert msgspec.json.decode(msgspec.json.encode(value), type=Technique) == value


def test_files_that_are_content(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "a.yaml", ".hidden.yaml", "notes.txt", "c.yaml~", "D.YAML"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.name for path in content_files(tmp_path)] == ["D.YAML", "a.yaml", "a.yml", "b.yaml"]
    assert content_files(tmp_path / "none") == []
    assert Library([tmp_path], []).files == (tmp_path / "D.YAML", tmp_path / "a.yaml", tmp_path / "b.yaml")


def test_the_shipped_folder_is_in_the_package_or_above_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (shipped_folder() / "matrix.yaml").is_file()
    package = tmp_path / "kmtui"
    package.mkdir()
    monkeypatch.setattr(kmtui, "__file__", str(package / "__init__.py"))
    assert shipped_folder() == tmp_path
    (package / "shipped").mkdir()
    assert shipped_folder() == package / "shipped"
