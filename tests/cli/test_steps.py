"""Steps of every kind by commands: what `show` tells scripts, going on from earlier sessions, invitations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Kmtui
from tests.workspace.kinds import write_techniques

KINDS = """
technique: kinds
title: Winter
team: Ward 7
date: 2026-05-01
people:
  - {name: Ann, role: sister, department: Surgery}
  - {name: Bob, role: clerk}
  - {role: porter, count: 2}
answers:
  ideas: [Ask the night staff, A list on paper]
  alone: [I am afraid of the lift]
  rate: [3, 8, 5.5]
  dots: [{entry: 2, dots: 4}, {entry: 1, dots: 1}]
  pairs: [[[Ann, porter 1], [Bob, porter 2]]]
  tables: auto 42
  inventory: [{what: The list, until: 2026-12-01, state: good}, {what: The lift}]
  learn: [{lesson: Ask first}]
  hand-over: {ratings: {agenda: 2}}
"""

PLAN = """
technique: plan
title: Ward move
team: Ward 7
date: 2026-05-01
answers: {aim: [All moved by noon], worry: [Sam drinks]}
"""


@pytest.fixture(autouse=True)
def techniques(workspace: Path) -> None:
    """A workspace with techniques of its own."""
    write_techniques(workspace)


def ran(kmtui: Kmtui, technique: str, text: str, *options: str) -> str:
    """Run a technique with answers, and return the id of the session."""
    made = kmtui("run", technique, "--answers", "-", *options, stdin=text)
    assert (made.code, made.error) == (0, "")
    return made.out.strip()


def shown(kmtui: Kmtui, record_id: str) -> dict[str, Any]:
    """Return the steps of a session by their ids."""
    return {step["id"]: step for step in kmtui("show", record_id, "--json").json["steps"]}


class TestShow:
    """The contract of `show --json`."""

    def test_a_step_of_every_kind(self, kmtui: Kmtui) -> None:
        steps = shown(kmtui, ran(kmtui, "kinds", KINDS))
        rate = steps["rate"]
        assert {name: rate[name] for name in ("n", "mean", "lowest", "highest")} == {
            "n": 3,
            "mean": 5.5,
            "lowest": 3,
            "highest": 8,
        }
        assert rate["sd"] == pytest.approx(2.5)
        first, second = (entry["id"] for entry in steps["ideas"]["entries"])
        assert steps["dots"]["votes"] == [{"entry": first, "dots": 1}, {"entry": second, "dots": 4}]
        assert steps["pairs"]["groups"] == [[["Ann", "porter 1"], ["Bob", "porter 2"]]]
        assert steps["pairs"]["seed"] is None
        ((one, other),) = steps["tables"]["groups"]
        assert sorted([*one, *other]) == ["Ann", "Bob", "porter 1", "porter 2"]
        assert steps["tables"]["seed"] == 42
        assert steps["inventory"]["rows"] == [
            {"what": "The list", "until": "2026-12-01", "state": "good"},
            {"what": "The lift"},
        ]
        linked = kmtui("show", steps["hand-over"]["assessment"], "--json").json
        assert (linked["kind"], linked["team"], linked["ratings"][0]["level"]) == ("assessment", "Ward 7", 2)

    def test_where_nothing_was_said(self, kmtui: Kmtui) -> None:
        steps = shown(kmtui, ran(kmtui, "kinds", "technique: kinds\n"))
        assert [steps["rate"][name] for name in ("n", "mean", "sd", "lowest", "highest")] == [0, None, None, None, None]
        assert (steps["dots"]["votes"], steps["pairs"]["groups"], steps["inventory"]["rows"]) == ([], [], [])

    def test_the_same_is_exported_and_comes_in_elsewhere(self, kmtui: Kmtui, tmp_path: Path) -> None:
        record_id = ran(kmtui, "kinds", KINDS)
        file = tmp_path / "out.json"
        assert kmtui("export", record_id, "--format", "json", "--with-names", "-o", file).code == 0
        other = tmp_path / "other"
        assert kmtui("import", file, "--workspace", other).out.strip() == record_id
        assert kmtui("show", record_id, "--json", "--workspace", other).json == kmtui("show", record_id, "--json").json
        assert "here already, just the same" in kmtui("import", file, "--workspace", other).error

    def test_a_wrong_document_is_told_with_its_place(self, kmtui: Kmtui, tmp_path: Path) -> None:
        text = kmtui("show", ran(kmtui, "kinds", KINDS), "--json").out
        file = tmp_path / "out.json"
        file.write_text(text.replace('"dots": 4', '"dots": "four"'), encoding="utf-8")
        told = kmtui("import", file)
        assert told.code == 1
        assert f"{file}: steps[4].votes[1].dots: a whole number is needed here, not a text." in told.error


class TestContinues:
    """`run --continues`."""

    def expected(self, kmtui: Kmtui, record_id: str) -> list[str]:
        return [entry["text"] for entry in shown(kmtui, record_id)["expected"]["entries"]]

    def test_the_same_work_is_found_without_it(self, kmtui: Kmtui) -> None:
        planned = ran(kmtui, "plan", PLAN)
        reviewed = ran(kmtui, "review", "technique: review\n", "--title", "ward MOVE", "--team", "Ward 7")
        whole = kmtui("show", reviewed, "--json")
        assert whole.json["continues"] == [planned]
        assert self.expected(kmtui, reviewed) == ["All moved by noon"]
        assert whole.json["steps"][1]["entries"][0]["session"] == planned
        assert "Goes on from: Plan, 1 May 2026." in kmtui("show", reviewed).out
        assert "Sam drinks" not in whole.out

    def test_any_other_can_be_named_by_the_beginning_of_its_id(self, kmtui: Kmtui) -> None:
        planned = ran(kmtui, "plan", PLAN)
        other = ran(kmtui, "plan", PLAN.replace("All moved by noon", "Nobody waits"), "--title", "Other")
        reviewed = ran(
            kmtui,
            "review",
            "technique: review\n",
            "--continues",
            other,
            "--continues",
            planned[:-1],
            "--title",
            "Third",
        )
        assert self.expected(kmtui, reviewed) == ["Nobody waits", "All moved by noon"]

    def test_it_goes_before_what_the_answers_say(self, kmtui: Kmtui) -> None:
        planned = ran(kmtui, "plan", PLAN)
        other = ran(kmtui, "plan", PLAN.replace("noon", "one"), "--title", "Other")
        answers = f"technique: review\ncontinues: [{planned}]\n"
        assert self.expected(kmtui, ran(kmtui, "review", answers)) == ["All moved by noon"]
        assert self.expected(kmtui, ran(kmtui, "review", answers, "--continues", other)) == ["All moved by one"]

    def test_plain_mode_begins_with_what_was_said(self, kmtui: Kmtui) -> None:
        planned = ran(kmtui, "plan", PLAN)
        talked = kmtui(
            "run", "review", "--plain", "--continues", planned, "--title", "T", "--team", "U", stdin="\n" * 9
        )
        assert talked.code == 0
        assert "From Plan, 1 May 2026. edit and remove change it:" in talked.out
        assert "All moved by noon" in talked.out
        assert "Sam drinks" not in talked.out

    @pytest.mark.parametrize("answers", [("--answers", "-"), ("--plain",)])
    def test_what_is_not_there_or_no_session_is_an_error_and_makes_nothing(
        self, kmtui: Kmtui, answers: tuple[str, ...]
    ) -> None:
        assessment = kmtui("assess", "--answers", "-", stdin="assess: meetings\n").out.strip()
        for record_id, words in (("zzzzzzzz", "zzzzzzzz"), (assessment, "is an assessment. A session goes on from")):
            told = kmtui(
                *("run", "review", "--title", "T", "--continues", record_id, *answers), stdin="technique: review\n"
            )
            assert (told.code, words in told.error) == (1, True)
        assert kmtui("list", "sessions", "--json").json == []


class TestInvitations:
    """`export --format invitations`."""

    def test_a_text_for_each_group(self, kmtui: Kmtui, tmp_path: Path) -> None:
        answers = KINDS.replace("tables: auto 42", "tables: []")
        record_id = ran(kmtui, "kinds", answers)
        printed = kmtui("export", record_id, "--format", "invitations")
        assert printed.out == (
            "To: Ann (Surgery), porter 1\nAbout: Winter\n\nHave a coffee.\n\n"
            "To begin with, if you like:\n- What went well?\n\nDrawn on 1 May 2026.\n\n"
            "To: Bob, porter 2\nAbout: Winter\n\nHave a coffee.\n\n"
            "To begin with, if you like:\n- What went well?\n\nDrawn on 1 May 2026.\n"
        )
        assert kmtui("export", record_id, "--format", "invitations", "-o", tmp_path).code == 0
        (file,) = tmp_path.glob("*_invitations.txt")
        assert file.read_text(encoding="utf-8") == printed.out

    def test_where_there_are_no_groups_it_says_so(self, kmtui: Kmtui) -> None:
        told = kmtui("export", ran(kmtui, "plan", PLAN), "--format", "invitations")
        assert (told.code, told.out) == (1, "")
        assert '"Ward move" has no groups to invite.' in told.error
        assessment = kmtui("assess", "--answers", "-", stdin="assess: meetings\nteam: Ward 7\n").out.strip()
        told = kmtui("export", assessment, "--format", "invitations")
        assert (told.code, told.out) == (1, "")
        assert '"Ward 7" is an assessment. Only a session in groups has invitations.' in told.error


def test_reports_without_names_have_roles_and_nothing_private(kmtui: Kmtui) -> None:
    record_id = ran(kmtui, "kinds", KINDS)
    for form in ("markdown", "json"):
        text = kmtui("export", record_id, "--format", form).out
        for word in ("Ann", "Bob", "afraid"):
            assert word not in text
        assert "sister" in text
        assert "porter 1" in text
        named = kmtui("export", record_id, "--format", form, "--with-names").out
        assert "Ann" in named
        assert "afraid" not in named


class TestVariant:
    """`run T --variant V --answers F`, where the file names no form."""

    def test_the_form_is_that_of_the_command(self, kmtui: Kmtui) -> None:
        made = ran(kmtui, "review", "technique: review\nanswers: {why: [x]}\n", "--variant", "half")
        assert list(shown(kmtui, made)) == ["expected", "why"]
        other = kmtui(
            "run", "review", "--variant", "whole", "--answers", "-", stdin="technique: review\nvariant: half\n"
        )
        assert other.code == 1
        assert 'for another form of the technique, "variant: half"' in other.error


def test_what_a_draw_could_not_give_is_told_beside_the_id(kmtui: Kmtui) -> None:
    answers = "technique: kinds\npeople: [{name: Ann}, {name: Bob}]\nanswers: {pairs: auto 1}\n"
    assert kmtui("run", "kinds", "--answers", "-", stdin=answers).error == ""
    again = kmtui("run", "kinds", "--answers", "-", stdin=answers)
    assert len(again.out.split()) == 1
    assert "have met before" in again.error or "has met before" in again.error
