"""Three teams set up, assessed in three ways, planned, and assessed again a year later; then read beside each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kmtui.workspace.start import Start
from tests.plain.talker import SMALL, Talker, numbered

HOME = Start()
PLAN = "plan\n1\nIn words of our own\nplan\nedit 1\n\nmatron\n1 Dec\n1 Mar\nNobody waits\n\nnow\n\n3\nlow\nhigh\n"


def set_up(talker: Talker, team: str, way: str) -> None:
    """Set a team up with one goal."""
    menu = talker.menu("Set up a team")
    talker.type(f"{menu}\n1\n1\n{team}\n\nThe trust\nthe whole team\n\n1 Dec\n{way}\n3\nLess waiting\n1\n\n", HOME)
    assert talker.code == 0


def use(talker: Talker, team: str, rest: str) -> str:
    """Begin with the set-up of a team, and type the rest."""
    menu = talker.menu("Set up a team")
    number = numbered(talker.type(f"{menu}\n", HOME), team)
    return talker.type(f"{menu}\n{number}\n1\n{rest}", HOME)


def table(folder: Path, levels: str) -> Path:
    """Write an export of a form service with a level of First things for each person."""
    path = folder / f"answers-{levels.replace(' ', '')}.csv"
    rows = [f"{number},{level},1" for number, level in enumerate(levels.split(), 1)]
    path.write_text("\n".join(["Timestamp,First things,Second things", *rows, ""]), encoding="utf-8")
    return path


def on_the_machine(levels: str) -> str:
    """Return what people type one after the other."""
    return "\n".join(f"\n{level}\n\ndk\n\n" for level in levels.split())


WALK = "\n{level}\n{why}\n\n\n{target}\ndk\n"


def year(talker: Talker, folder: Path, levels: tuple[str, str, str], why: str) -> None:
    """Assess all three teams: Ward 7 in a group, Ward 8 by a table, Ward 9 on the machine."""
    group, by_table, here = levels
    use(talker, "Ward 7", f"{WALK.format(level=group, why=why, target=3)}{PLAN}\nno\n")
    agreed = WALK.format(level=2, why="We agreed", target=3)
    use(talker, "Ward 8", f"\n\n2\n{table(folder, by_table)}\n\n4\nclose\n{agreed}{PLAN}\nno\n")
    answered = on_the_machine(here)
    use(talker, "Ward 9", f"\n\n1\n{answered}back\n4\nclose\n{WALK.format(level=3, why='', target=3)}no\n")


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Talker:
    """Return a conversation whose workspace has three teams in two years; made once, since it is long."""
    tmp_path = tmp_path_factory.mktemp("years")
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace" / "matrix.yaml").write_text(SMALL, encoding="utf-8")
    small = Talker(tmp_path)
    for team, way in (("Ward 7", "group"), ("Ward 8", "survey"), ("Ward 9", "survey")):
        set_up(small, team, way)
    year(small, tmp_path, ("1", "0 1 1 2 3 3", "3 3 3 2 3"), "It depends on the day")
    small.today = date(2027, 11, 19)
    year(small, tmp_path, ("0.5", "2 2 2 2 3 1", "3 3 3 3 3"), "We see more now")
    return small


def test_three_teams_over_two_years(two_years: Talker) -> None:
    talker = two_years
    assert sum(line.finished for line in talker.desk.records()) == 6
    assert talker.of_team("Ward 8").survey is not None
    assert talker.of_team("Ward 8").rating("first").level == 2
    assert talker.of_team("Ward 7").actions[0].owner == "matron"
    assert talker.of_team("Ward 7").actions[0].objective == "Less waiting"

    menu = talker.menu("Compare teams")
    river = talker.type(f"{menu}\n1\n", HOME)
    assert "three teams" in river.lower()
    assert "from 0.5" in river
    stairs = talker.type(f"{menu}\n2\n", HOME)
    assert "Ward 9" in stairs
    assert "help" in stairs
    trend = talker.type(f"{menu}\n3\n1\n", HOME)
    assert "Ward 7" in trend
    assert "1 " in trend
    assert "A first fall often means better understanding" in trend


def test_the_second_time_opens_with_what_was_agreed_the_first(two_years: Talker) -> None:
    out = use(two_years, "Ward 7", "")
    assert "Agreed last time, on 19 November 2027:" in out
    assert "matron" in out.lower()
    assert "Goal of the team: Less waiting" in out


def test_names_can_be_hidden(two_years: Talker) -> None:
    menu = two_years.menu("Compare teams")
    hidden = two_years.type(f"{menu}\n4\n1\n5\n2\n", HOME)
    after = hidden[hidden.index("Names of teams are hidden.") :]
    assert "Ward 9" not in after
    assert "Ward 8" not in after
    assert "Ward 9" in two_years.type(f"{menu}\n5\n5\n2\n", HOME)


def test_nothing_tells_a_name_while_names_are_hidden(two_years: Talker) -> None:
    """The list of teams, the trend, a file that is written, good practice, and a team that is not there."""
    before = set(two_years.desk.exports.iterdir()) if two_years.desk.exports.exists() else set()
    typed = "5\n4\nward 8\n3\n7\n6\ntrend\n4\nWard 70\n1\n2\n3\n"
    out = two_years.type(typed, Start(kind="compare"))
    after = out[out.index("Names of teams are hidden.") :]
    assert "Ward" not in after
    assert "Our team: named; name another" in after
    assert "Good practice names teams" in after
    assert after.count("There is no assessment of that team.") == 3
    (file,) = set(two_years.desk.exports.iterdir()) - before
    assert "ward" not in file.name.lower() + file.read_text(encoding="utf-8").lower()


@pytest.mark.parametrize("view", ["river", "stairs", "trend"])
def test_each_view_is_read_by_command_and_written_to_a_file(two_years: Talker, view: str) -> None:
    before = set(two_years.desk.exports.iterdir()) if two_years.desk.exports.exists() else set()
    out = two_years.type(f"6\n{view}\n", Start(kind="compare", view=view, team="Ward 8"))
    (file,) = set(two_years.desk.exports.iterdir()) - before
    assert file.name.endswith(f"{view}.md")
    assert "Ward 8" in file.read_text(encoding="utf-8")
    assert "First things" in out
    assert two_years.code == 0


def test_good_practice_is_listed(small: Talker) -> None:
    menu = small.menu("Compare teams")
    assert "No good practice is kept yet." in small.type(f"{menu}\n7\n", HOME)
    ward = Start(kind="assessment", team="Ward 7", on_behalf_of="all")
    small.type("\n3\n\nA board by the door\nDiscovery lead\n\n\n2\n\n\n\n\nno\n", ward)
    out = small.type(f"{menu}\n7\n", HOME)
    assert "First things: Ward 7 at 3. A board by the door. Ask: Discovery lead." in out


def test_with_two_matrices_one_is_chosen(small: Talker) -> None:
    small.type("\n3\n\n\n\n\n2\n\n\n\n\nno\n", Start(kind="assessment", team="Ward 7", on_behalf_of="all"))
    menu = small.menu("Set up a team")
    small.type(f"{menu}\n1\n2\nWard 8\n\n\nall\n\n\n\n1\n\n6\n\n\n\n\nquit\n", HOME)
    menu = small.menu("Compare teams")
    out = small.type(f"{menu}\n8\n2\n1\n", HOME)
    other = small.type(f"{menu}\n8\n1\n1\n", HOME)
    assert "Choose the matrix (now: " in out
    first, second = ("First things: " in text for text in (out, other))
    assert first != second


def test_nothing_to_compare_is_said(small: Talker) -> None:
    out = small.type(f"{small.menu('Compare teams')}\n1\n2\n3\n4\n", HOME)
    assert out.count("There is no assessment of a team to compare yet.") == 3
    assert "No team has been assessed yet." in out
    assert small.code == 0
