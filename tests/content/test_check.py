"""`kmtui check`: the kind of a file by its content, all files, all problems."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.content.check import check, kind_of
from kmtui.content.document import open_text
from kmtui.content.library import Library
from kmtui.content.source import ANSWERS_LIMIT
from kmtui.model.errors import Problem
from tests.content.helpers import MATRIX, TECHNIQUE, small_library, with_change


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (MATRIX, "matrix"),
        ("bands: []", "matrix"),
        (TECHNIQUE, "technique"),
        ("steps: []", "technique"),
        ("technique: talk", "answers"),
        ("assess: small", "answers"),
        ("answers: {}", "answers"),
        ("ratings: {}", "answers"),
        ("title: x", None),
        ("- bands", None),
        ("", None),
    ],
)
def test_the_content_says_what_kind_of_file_it_is(text: str, kind: str | None) -> None:
    assert kind_of(open_text(text, "f")) == kind


def _check(folder: Path, **files: str) -> list[str]:
    paths = []
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return [str(problem).removeprefix(f"{folder}/") for problem in check(paths, small_library(folder))]


def test_a_file_of_each_kind_under_any_name(tmp_path: Path) -> None:
    assert (
        _check(tmp_path, one=MATRIX, talk=TECHNIQUE, two="technique: talk", three="assess: small\nratings: {first: 4}")
        == []
    )


def test_mistakes_in_a_file_of_each_kind(tmp_path: Path) -> None:
    assert _check(
        tmp_path,
        one=with_change(MATRIX, "version:", "vershun:"),
        walk=TECHNIQUE,
        two="technique: tolk",
        three="assess: small\nratings: {first: 5}",
        four="title: x",
        five="a: [",
    ) == [
        'one.yaml:1:1: "version" is missing: add version: with a text',
        'one.yaml:2:1: unknown key "vershun": did you mean "version"?',
        'walk.yaml:1:5: the id "talk" has to be the name of the file: '
        'rename the file to "talk.yaml", or write id: walk',
        'two.yaml:1:12: unknown technique "tolk": did you mean "talk"?',
        'three.yaml:2:18: criterion "first": 5 is no level here. Levels go from 1 to 4.',
        'four.yaml:1:1: this is none of our files: a matrix has "bands" and "sections", a technique has "steps", '
        'a file of answers begins with "technique" or "assess", a set-up with "set_up"',
        "five.yaml:2:1: something is missing before this: write a value, or the bracket that closes the list",
    ]


def test_a_file_or_folder_that_is_not_there_or_empty(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert [str(problem) for problem in check([tmp_path / "none.yaml", empty], library)] == [
        f"{tmp_path}/none.yaml:1:1: there is no such file",
        f"{empty}:1:1: there is no .yaml file in this folder",
    ]


def test_a_folder_means_all_its_files_and_nothing_means_the_library(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    assert check([tmp_path, tmp_path / "techniques"], library) == ()
    (tmp_path / "techniques" / "bad.yaml").write_text("steps: []", encoding="utf-8")
    (tmp_path / "worse.yml").write_text("steps: []", encoding="utf-8")
    library = small_library(tmp_path)
    assert {problem.file for problem in check([], library)} == {str(tmp_path / "techniques" / "bad.yaml")}
    assert {problem.file for problem in check([tmp_path], library)} == {str(tmp_path / "worse.yml")}


@pytest.mark.parametrize("given", [True, False], ids=["folder", "library"])
def test_a_name_that_ends_in_txt_is_told(tmp_path: Path, given: bool) -> None:
    library = small_library(tmp_path)
    (tmp_path / "techniques" / "lunch.yaml.txt").write_text(TECHNIQUE, encoding="utf-8")
    (tmp_path / "techniques" / "notes.txt").write_text("", encoding="utf-8")
    assert [str(problem) for problem in check([tmp_path / "techniques"] if given else [], library)] == [
        f"{tmp_path}/techniques/lunch.yaml.txt:1:1: warning: this file is not read, since its name ends in .txt: "
        "take that off its name"
    ]


def test_what_should_be_there_is_told_for_the_whole_library_alone(tmp_path: Path) -> None:
    missing = Problem(file="config.toml", line=3, column=1, message="there is no such folder", severity="warning")
    library = Library([], [], [missing])
    assert check([], library) == (missing,)
    assert check([tmp_path / "x"], library)[0].message == "there is no such file"


def test_options_are_checked_against_the_library(tmp_path: Path) -> None:
    text = with_change(MATRIX, "text: Do it,", "text: Do it, technique: tea,")
    found = _check(tmp_path, one=text)
    assert len(found) == 1
    assert 'warning: the technique "tea" is not installed' in found[0]
    assert _check(tmp_path, one=with_change(MATRIX, "text: Do it,", "text: Do it, technique: talk,")) == []


@pytest.mark.parametrize("text", [TECHNIQUE, "technique: talk\n"])
def test_only_a_matrix_may_be_large(tmp_path: Path, text: str) -> None:
    large = text + "#" * ANSWERS_LIMIT
    assert _check(tmp_path, talk=large) == [
        "talk.yaml:1:1: the file is larger than 256 KB, the most that is read of its kind"
    ]
    assert _check(tmp_path, talk=MATRIX + "#" * ANSWERS_LIMIT) == []


_REFERS = """\
id: refers
version: "1"
name: Refers
phase: after
about: For the tests.
minutes: {least: 0, most: 60}
people: {least: 2, most: 60}
steps:
  - {id: seen, kind: collect, title: Seen, earlier: [{technique: tallk, step: said}, {technique: talk, step: sayd}]}
  - {id: again, kind: collect, title: Again, earlier: [{technique: refers, step: seen}, {technique: talk, step: said}]}
  - {id: score, kind: assess, title: Assess, matrix: smal}
"""


def test_what_a_technique_names_and_is_not_there_would_do_nothing(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    path = tmp_path / "refers.yaml"
    path.write_text(_REFERS, encoding="utf-8")
    assert [(each.line, each.severity, each.message) for each in check([path], library)] == [
        (9, "warning", 'step "seen": unknown technique "tallk": did you mean "talk"?'),
        (9, "warning", 'step "seen": talk has an unknown step "sayd": did you mean "said"?'),
        (11, "warning", 'step "score": unknown matrix "smal": did you mean "small"?'),
    ]
