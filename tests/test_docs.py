"""README and docs say what is true: commands, keys, examples, links. Most of it is run with the real program."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from markdown_it import MarkdownIt

from kmtui.cli.main import group
from kmtui.tui.actions import ACTIONS
from kmtui.tui.screens.plan import PlanScreen

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TECHNIQUE = ROOT / "docs" / "writing-a-technique.md"
TEAM = ROOT / "docs" / "assessing-a-team.md"
PAGES = [README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHELLS = ("sh", "console", "bat")
COMMON_KEYS = {"escape": "Esc", "delete": "Del"}


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, *languages: str) -> list[str]:
    """Return the fenced blocks of a page in one of the languages."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info.strip() in languages]


def commands(page: Path) -> Iterator[list[str]]:
    """Yield the words behind `kmtui` of every command line of a page; each part of a pipe is one."""
    for block in blocks(page, *SHELLS):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.removeprefix("$ "), comments=True)
            while words:
                cut = next((place for place, word in enumerate(words) if word in ("|", "&&", ">")), len(words))
                part, words = words[:cut], words[cut + 1 :]
                if part and part[0] == "kmtui":
                    yield part[1:]


def parse(arguments: list[str]) -> None:
    """Parse a command line as click does, and run nothing. Raises click.ClickException."""
    try:
        if not arguments or arguments[0].startswith("-"):
            group.make_context("kmtui", list(arguments))
            return
        parent = group.make_context("kmtui", [])
        name, command, rest = group.resolve_command(parent, list(arguments))
        assert command is not None
        command.make_context(name, rest, parent=parent)
    except click.exceptions.Exit:  # --help and --version print and leave
        return


def kmtui(*arguments: object, workspace: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the real program."""
    return subprocess.run(
        [sys.executable, "-m", "kmtui", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        cwd=workspace.parent,
        env={**os.environ, "KMTUI_WORKSPACE": str(workspace), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        timeout=60,
        check=False,
    )


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    missing = [name for name in group.list_commands(click.Context(group)) if f"| `kmtui {name}" not in text]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_line_parses(page: Path) -> None:
    for arguments in commands(page):
        try:
            parse(arguments)
        except click.ClickException as error:
            pytest.fail(f"{name_of(page)}: kmtui {shlex.join(arguments)}: {error.format_message()}")


def test_command_lines_are_found_and_wrong_ones_are_noticed() -> None:
    assert sum(1 for page in PAGES for _ in commands(page)) >= 15
    with pytest.raises(click.UsageError):
        parse(["aar", "--no-such-option"])
    with pytest.raises(click.UsageError):
        parse(["no-such-command"])
    with pytest.raises(click.UsageError):
        parse(["list", "penguins"])


def shown(keys: str) -> str:
    """Return the keys of an action as the README writes them."""
    return ", ".join(
        "+".join(COMMON_KEYS.get(part, part.capitalize()) for part in key.split("+")) for key in keys.split(",")
    )


def test_the_table_of_keys_is_the_registry() -> None:
    expected = [f"| {shown(each.keys)} | `{each.id}` | {each.tooltip} |" for each in ACTIONS.values()]
    section = README.read_text(encoding="utf-8").split("\n## Keys\n")[1].split("\n## ")[0]
    found = [line for line in section.splitlines() if line.startswith("| ") and "`" in line]
    assert found == expected, "The table in README.md has to be:\n" + "\n".join(expected)


def without_front_matter(report: str) -> str:
    """Return a report without its first lines, which hold its id."""
    opening, _, rest = report.partition("---\n")
    assert opening == ""
    return rest.partition("\n---\n")[2].strip()


def test_the_answers_file_gives_the_report(tmp_path: Path) -> None:
    answers = [block for block in blocks(README, "yaml") if block.startswith("technique: ")]
    reports = blocks(README, "markdown")
    assert len(answers) == len(reports) == 1
    (tmp_path / "ward-move.yaml").write_text(answers[0], encoding="utf-8")
    workspace = tmp_path / "workspace"
    checked = kmtui("check", "ward-move.yaml", workspace=workspace)
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout
    made = kmtui("aar", "--answers", "ward-move.yaml", "--export", "ward-move.md", workspace=workspace)
    assert made.returncode == 0, made.stderr
    assert len(made.stdout.split()) == 1
    report = (tmp_path / "ward-move.md").read_text(encoding="utf-8")
    assert without_front_matter(report) == reports[0].strip()


def test_the_pipe_of_the_readme_asks_and_is_kept(tmp_path: Path) -> None:
    """`printf` in the README says which lines come in; the input ends early, and they are kept."""
    lines = [line for block in blocks(README, "sh") for line in block.splitlines() if line.startswith("printf ")]
    words = shlex.split(lines[0])
    cut = words.index("|")
    assert words[:2] == ["printf", "%s\\n"]
    assert words[cut + 1] == "kmtui"
    typed = "".join(f"{line}\n" for line in words[2:cut])
    result = kmtui(*words[cut + 2 :], workspace=tmp_path / "workspace", stdin=typed)
    assert result.returncode == 3
    assert result.stdout.count("\nSaved") == 1
    assert "kmtui resume" in result.stdout + result.stderr
    assert "\x1b" not in result.stdout


class Walk:
    """Follows the guide to the assessment of a team: writes its files, and runs its commands one after the other.

    What a person would type where a command asks stands in `typed`, by the beginning of the command; `kept` are the
    ids that SURVEY, ASSESSMENT and ACTION stand for.
    """

    typed = {
        "assess --setup": ("How sure can we be?", ""),
        "survey answer": ("Healthcare assistant", "", "7", "The plan names it", "go 6", "5", "", "finish", ""),
        "resume": ("go learning-before", "6", "Days yes, nights no", "", "", "9", "go handover", "3", "", "", "", "8"),
        "run": ("", "Move Ward 7 to the new building"),
    }

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workspace = folder / "workspace"
        self.kept: dict[str, str] = {}
        self.ran: list[str] = []
        self.said: dict[str, str] = {}

    def follow(self, page: Path) -> None:
        """Do all that the page says, in its order."""
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text(encoding="utf-8"))
        before = ""
        for token in tokens:
            if token.type == "inline":
                before = token.content
            elif token.type == "fence" and token.info.strip() == "sh":
                for line in token.content.replace("\\\n", " ").splitlines():
                    self.run(shlex.split(line))
            elif token.type == "fence":
                name = re.search(r"`([\w.-]+)`[^`]*:$", before)
                assert name, f"nothing says which file this is: {before}"
                self.write(name[1], token.content)

    def write(self, name: str, text: str) -> None:
        """Write a file of the guide."""
        for word, id_ in self.kept.items():
            text = text.replace(f": {word}\n", f": {id_}\n")
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, words: list[str]) -> None:
        """Run one command line; what it prints goes where `>` says."""
        assert words[0] == "kmtui", words
        words, target = (words[:-2], words[-1]) if ">" in words else (words, "")
        line = shlex.join(words[1:])
        typed = next((lines for begin, lines in self.typed.items() if line.startswith(begin)), ())
        stdin = "".join(f"{each}\n" for each in typed)
        result = kmtui(*(self.kept.get(word, word) for word in words[1:]), workspace=self.workspace, stdin=stdin)
        assert result.returncode in ((0, 3) if typed else (0,)), f"{line}\n{result.stdout}\n{result.stderr}"
        assert "Error" not in result.stderr, f"{line}\n{result.stderr}"
        self.ran.append(line)
        self.said[line] = result.stdout + result.stderr
        if target:
            (self.folder / target).write_text(result.stdout, encoding="utf-8")
        self.keep(words[1:3], result.stdout)

    def keep(self, command: list[str], out: str) -> None:
        """Keep the ids that are printed; with the survey talked over, agree on a plan as the guide's table says."""
        if command == ["survey", "create"]:
            self.kept["SURVEY"] = out.strip()
        elif command[0] == "resume":
            self.plan()
            actions = json.loads(self.ask("list", "actions", "--json"))
            self.kept["ACTION"] = next(each["id"] for each in actions if each["owner"] == "Ward sister")

    def ask(self, *arguments: str) -> str:
        """Run a command that is not in the guide, and return what it prints."""
        result = kmtui(*arguments, workspace=self.workspace)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def plan(self) -> None:
        """Choose a few suggestions, then type every command of plain text in the table of the guide, in its order."""
        rows = re.findall(r"^\| .* \| .* \| (`.*`) \|$", TEAM.read_text(encoding="utf-8"), re.MULTILINE)
        said = [words for row in rows for words in re.findall(r"`([^`]+)`", row)]
        further = {
            "edit 1": ("", "Ward sister", "3 weeks", "", "No bed is moved twice", "", "", "", "", "low", "high"),
            "not 3": ("the search was done last month",),
            "choose": ("plan",),
        }
        assert set(further) < set(said)
        typed = [
            "plan",
            "",
            "1 2",
            "",
            "1",
            "plan",
            *(line for words in said for line in (words, *further.get(words, ()))),
        ]
        result = kmtui(
            *("resume", self.kept["SURVEY"], "--plain"),
            workspace=self.workspace,
            stdin="".join(f"{line}\n" for line in typed),
        )
        assert result.returncode == 3, result.stdout + result.stderr
        assert "does nothing here" not in result.stdout + result.stderr
        assert len(list((self.workspace / "exports").glob("*_plan.md"))) == 1
        self.said["plan"] = result.stdout


def test_the_guide_to_assessing_a_team_can_be_followed(tmp_path: Path) -> None:
    walk = Walk(tmp_path)
    walk.follow(TEAM)
    subcommands = ("create", "list", "answer", "form", "import", "status", "change", "close")
    assert all(any(line.startswith(f"survey {each}") for line in walk.ran) for each in subcommands)

    def said(beginning: str) -> str:
        return next(text for line, text in walk.said.items() if line.startswith(beginning))

    assert "7 people have answered" in said("survey status")
    assert "not used. If it is" in said("survey import SURVEY form-service.csv --check")
    assert "Taken in: 4. Refused: 0." in said("survey import SURVEY form-service.csv --map")
    assert "seven answers, from 2 to 11" in said("survey close")
    assert "Helpers who work together" in said("show")
    assert "start 1 runs Before Action Review" in walk.said["plan"]
    assert "what changed: No bed was moved twice" in said("action ACTION --state done")
    assert "Ask: Theatre matron" in said("list practices")
    assert "Team A" in said("compare stairs")
    assert "Theatres" not in said("compare stairs")
    board = (tmp_path / "ward-7-board.md").read_text(encoding="utf-8")
    assert "Ward sister" in board.split("## What we do, by when")[1]


def test_the_keys_that_the_guides_name_are_there() -> None:
    keys = {key for action in ACTIONS.values() for key in shown(action.keys).split(", ")}
    for page in (TEAM, ROOT / "docs" / "guide.md", ROOT / "docs" / "accessibility.md"):
        named = set(re.findall(r"\b(?:F\d+|Ctrl\+[A-Z]\w*)\b", page.read_text(encoding="utf-8")))
        assert named <= keys, f"{name_of(page)}: {named - keys}"
    table = TEAM.read_text(encoding="utf-8").split("## 6.")[1].split("## 7.")[0]
    here = {key for each in PlanScreen.BINDINGS for key in shown(each.key).split(", ")}  # type: ignore[union-attr]
    here |= {key for each in ("undo", "export") for key in shown(ACTIONS[each].keys).split(", ")}
    named = set(re.findall(r"\b(?:F\d+|Ctrl\+[A-Z]\w*)\b", table))
    assert len(named) > 5
    assert named <= here, named - here


def test_the_settings_of_the_readme_are_accepted(tmp_path: Path) -> None:
    from kmtui.workspace.settings import read_settings

    file = tmp_path / "config.toml"
    file.write_text(blocks(README, "toml")[0], encoding="utf-8")
    assert set(read_settings(file).keys) <= set(ACTIONS)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_and_pictures_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, heading = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{name_of(page)}: {target} is not there"
        if heading:
            slugs = [
                re.sub(r"[^\w -]", "", line.lstrip("#").strip().lower()).replace(" ", "-")
                for line in there.read_text(encoding="utf-8").splitlines()
                if line.startswith("#")
            ]
            assert heading in slugs, f"{name_of(page)}: {target} has no such heading"


def test_every_picture_is_shown_somewhere_and_has_its_sentence() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    for picture in sorted((ROOT / "docs" / "pictures").glob("*.png")):
        assert picture.read_bytes().startswith(b"\x89PNG"), picture.name
        assert f"pictures/{picture.name})" in text, picture.name
    assert "![](" not in text


def committed_texts() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every text file that belongs to the project."""
    endings = {".py", ".md", ".toml", ".yaml", ".yml", ".sh", ".txt", ".json", ".csv", ""}
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [each for each in folders if (each == ".ci" or each[0] != ".") and each not in ("build", "dist")]
        for name in names:
            path = Path(folder) / name
            if path.suffix not in endings or name.startswith(".coverage") or path == Path(__file__):
                continue
            yield name_of(path), path.read_text(encoding="utf-8", errors="replace")


def test_no_registry_and_no_place_of_one_machine_is_in_a_committed_text() -> None:
    unwanted = ("pypi.org", "pythonhosted.org", "index-url", f"{ROOT}/")
    found = [(name, each) for name, text in committed_texts() for each in unwanted if each in text]
    assert not found
