"""Where things lie and what the person prefers: flag before environment before config.toml."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from kmtui.model.errors import StoreError, WrongInput
from kmtui.model.thresholds import FEWEST_FOR_SPREAD

_KNOWN = {"workspace", "plain", "theme", "keys", "clock", "fewest_answers", "keep_years", "techniques", "matrix"}
_MOST_YEARS = 200


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What config.toml says; None where it says nothing. `keys` are key names by action id.

    `fewest_answers` is how many answers a criterion of a survey needs before more than its mean is shown. `techniques`
    is a folder and `matrix` a file that go before what comes with kmtui; whether they are there is not known here.
    Records older than `keep_years` are asked about.
    """

    file: Path
    found: bool = False
    workspace: Path | None = None
    plain: bool | None = None
    theme: str | None = None
    clock: bool = True
    fewest_answers: int = FEWEST_FOR_SPREAD
    techniques: Path | None = None
    matrix: Path | None = None
    keep_years: int | None = None
    keys: Mapping[str, str] = field(default_factory=dict)


def config_file(environment: Mapping[str, str] | None = None) -> Path:
    """Return where the configuration is or would be."""
    environment = os.environ if environment is None else environment
    named = environment.get("KMTUI_CONFIG")
    return Path(named) if named else Path(platformdirs.user_config_dir("kmtui", appauthor=False)) / "config.toml"


def cache_folder() -> Path:
    """Return where caches may lie that can be lost at any time."""
    return Path(platformdirs.user_cache_dir("kmtui", appauthor=False))


def log_file() -> Path:
    """Return where the log lies."""
    return Path(platformdirs.user_log_dir("kmtui", appauthor=False)) / "kmtui.log"


def read_settings(file: Path | None = None) -> Settings:
    """Return the settings; defaults where there is no file.

    Raises:
        WrongInput: the file has an error; the message says where.
    """
    file = config_file() if file is None else file
    try:
        content = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings(file=file)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongInput(f"{file}: the configuration cannot be read ({type(error).__name__}).") from error
    import tomllib  # here, since most people have no such file

    try:
        found = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        hint = " A folder is written with / or in single quotation marks." if "\\" in content else ""
        raise WrongInput(
            f"{file}: {error}. Mend this line, or move the file away to start without it.{hint}"
        ) from error
    return _as_settings(file, found)


def _as_settings(file: Path, found: Mapping[str, object]) -> Settings:
    unknown = sorted(set(found) - _KNOWN)
    if unknown:
        raise WrongInput(f'{file}: "{unknown[0]}" is not a setting. Known: {", ".join(sorted(_KNOWN))}.')
    workspace, plain, theme = found.get("workspace"), found.get("plain"), found.get("theme")
    clock, keys = found.get("clock", True), found.get("keys", {})
    if workspace is not None and not isinstance(workspace, str):
        raise WrongInput(f'{file}: "workspace" is a folder in quotation marks.')
    if plain is not None and not isinstance(plain, bool):
        raise WrongInput(f'{file}: "plain" is true or false.')
    if not isinstance(clock, bool):
        raise WrongInput(f'{file}: "clock" is true or false.')
    fewest = found.get("fewest_answers", FEWEST_FOR_SPREAD)
    if not isinstance(fewest, int) or isinstance(fewest, bool) or fewest < FEWEST_FOR_SPREAD:
        raise WrongInput(
            f'{file}: "fewest_answers" is a whole number, {FEWEST_FOR_SPREAD} or more: with fewer, a report of a '
            "survey would tell what one person answered."
        )
    if theme is not None and theme not in ("dark", "light"):
        raise WrongInput(f'{file}: "theme" is "dark" or "light".')
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        raise WrongInput(f'{file}: under [keys] each line is an action and a key in quotation marks: next = "f8".')
    misplaced = sorted(_KNOWN & set(keys))
    if misplaced:
        raise WrongInput(f'{file}: "{misplaced[0]}" stands below [keys], where only keys are. Move it above that line.')
    return Settings(
        file=file,
        found=True,
        workspace=Path(workspace).expanduser() if workspace is not None else None,
        plain=plain,
        theme=str(theme) if theme is not None else None,
        clock=clock,
        fewest_answers=fewest,
        techniques=_place(file, found, "techniques", 'a folder in quotation marks: techniques = "~/our-techniques"'),
        matrix=_place(file, found, "matrix", 'a file in quotation marks: matrix = "~/our-matrix.yaml"'),
        keep_years=_years(file, found.get("keep_years")),
        keys=keys,
    )


def _years(file: Path, years: object) -> int | None:
    """Return how many years records are kept; None where nobody says so."""
    if years is None:
        return None
    if not isinstance(years, int) or isinstance(years, bool) or not 1 <= years <= _MOST_YEARS:
        raise WrongInput(f'{file}: "keep_years" is a whole number of years from 1 to {_MOST_YEARS}: keep_years = 8.')
    return years


def _place(file: Path, found: Mapping[str, object], key: str, wants: str) -> Path | None:
    """Return a folder or a file that the configuration names; what is not absolute begins beside config.toml."""
    named = found.get(key)
    if named is None:
        return None
    if not isinstance(named, str) or not named.strip() or "\0" in named:
        raise WrongInput(f'{file}: "{key}" is {wants}.')
    try:
        return file.absolute().parent / Path(named).expanduser()
    except RuntimeError as error:
        raise WrongInput(f'{file}: "{key}": nobody has the home folder {named}. Write the whole path.') from error


def workspace_folder(flag: Path | None, settings: Settings, environment: Mapping[str, str] | None = None) -> Path:
    """Return the workspace: the flag, else KMTUI_WORKSPACE, else the configuration, else documents/kmtui."""
    environment = os.environ if environment is None else environment
    if flag is not None:
        return flag.expanduser()
    if environment.get("KMTUI_WORKSPACE"):
        return Path(environment["KMTUI_WORKSPACE"]).expanduser()
    return settings.workspace or Path(platformdirs.user_documents_dir()) / "kmtui"


def wants_plain(
    flag: bool | None, settings: Settings, *, terminal: bool, environment: Mapping[str, str] | None = None
) -> bool:
    """Say whether plain mode is wanted: no terminal or a dumb one always; else flag, environment, configuration."""
    environment = os.environ if environment is None else environment
    if not terminal or environment.get("TERM") == "dumb":
        return True
    if flag is not None:
        return flag
    for name in ("KMTUI_PLAIN", "ACCESSIBLE"):
        if environment.get(name):
            return environment[name].lower() not in ("0", "no", "false")
    return bool(settings.plain)


def write_first_settings(file: Path, *, plain: bool) -> None:
    """Write a configuration that says which face is wanted, with a comment on the rest.

    Raises:
        StoreError: the folder cannot be written to.
    """
    lines = [
        "# The configuration of kmtui. Every line can be left out.",
        f"plain = {'true' if plain else 'false'}  # true: questions and answers line by line, for screen readers",
        '# theme = "dark"  # or "light"',
        "# clock = true  # false hides the clock",
        '# workspace = "the folder in which sessions and assessments are kept"',
        '# techniques = "a folder with techniques of your own"',
        "# keep_years = 8  # records that are older are asked about; nothing is ever deleted by itself",
        '# matrix = "a matrix of your own, such as matrix.yaml beside this file"',
        "# [keys]",
        '# next = "f8,ctrl+n"',
        "",
    ]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines), encoding="utf-8")
    except OSError as error:
        raise StoreError(f"The configuration {file} cannot be written ({error.strerror}).") from error
