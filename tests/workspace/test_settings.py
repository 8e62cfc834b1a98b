"""What config.toml may say of content of one's own, and what is told where it says it wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.model.errors import WrongInput
from kmtui.workspace.settings import Settings, read_settings, write_first_settings


def settings_of(folder: Path, text: str) -> Settings:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def test_content_of_ones_own_is_named_whole_or_from_home_or_beside_the_file(
    tmp_path: Path, isolated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(isolated)
    (tmp_path / "config").mkdir()
    settings = settings_of(tmp_path / "config", 'techniques = "../shared"\nmatrix = "ours.yaml"\n')
    assert (settings.techniques, settings.matrix) == (
        tmp_path / "config" / ".." / "shared",
        tmp_path / "config" / "ours.yaml",
    )
    settings = settings_of(tmp_path, f"techniques = '{tmp_path / 'whole'}'\nmatrix = \"~/ours.yaml\"\n")
    assert (settings.techniques, settings.matrix) == (tmp_path / "whole", isolated / "ours.yaml")


def test_a_configuration_that_is_named_without_its_folder_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings_of(tmp_path, 'techniques = "shared"')
    assert read_settings(Path("config.toml")).techniques == tmp_path / "shared"


def test_nothing_said_is_nothing() -> None:
    settings = read_settings()
    assert (settings.found, settings.techniques, settings.matrix) == (False, None, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("techniques = 5", '"techniques" is a folder in quotation marks: techniques = "~/our-techniques".'),
        ('techniques = ["a"]', '"techniques" is a folder in quotation marks: techniques = "~/our-techniques".'),
        ('techniques = " "', '"techniques" is a folder in quotation marks: techniques = "~/our-techniques".'),
        ("matrix = true", '"matrix" is a file in quotation marks: matrix = "~/our-matrix.yaml".'),
        ('matrix = "a\\u0000b"', '"matrix" is a file in quotation marks: matrix = "~/our-matrix.yaml".'),
        ('technique = "x"', '"technique" is not a setting. Known: clock, fewest_answers, keep_years, keys, matrix, '),
        ('matrix = "~nobody-of-this-name/x"', '"matrix": nobody has the home folder ~nobody-of-this-name/x. Write'),
        ('[keys]\nnext = "f8"\ntechniques = "x"', '"techniques" stands below [keys], where only keys are. Move it'),
        ('techniques = "C:\\Users\\me"', "A folder is written with / or in single quotation marks."),
    ],
)
def test_what_is_wrong_is_told_with_the_file_and_what_to_write(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(WrongInput) as caught:
        settings_of(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'config.toml'}: ")
    assert told in str(caught.value)


def test_the_first_configuration_can_be_read_with_each_of_its_comments_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    write_first_settings(file, plain=True)
    lines = file.read_text(encoding="utf-8").splitlines()
    settings = settings_of(tmp_path, "\n".join(line.removeprefix("# ") for line in lines[1:]))
    assert settings.plain
    assert settings.techniques == tmp_path / "a folder with techniques of your own"
    assert settings.matrix is not None
    assert settings.keys == {"next": "f8,ctrl+n"}
