"""Every command: what it prints, where, and what it ends with."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from kmtui.cli.main import group
from tests.cli.conftest import Kmtui


def test_answers_make_a_finished_session_and_print_its_id_alone(kmtui: Kmtui, answers: Path, tmp_path: Path) -> None:
    made = kmtui("aar", "--answers", answers, "--export", tmp_path / "r.md")
    assert made.code == 0
    record = made.out.strip()
    assert made.out == f"{record}\n"
    shown = kmtui("show", record, "--json").json
    assert shown["technique"]["id"] == "after-action-review"
    assert (shown["id"], shown["title"], shown["team"], shown["date"]) == (record, "Ward move", "Ward 7", "2026-11-20")
    assert [step["id"] for step in shown["steps"]] == ["welcome", "expected", "actual", "why", "learn", "act"]
    assert shown["steps"][1]["entries"][0]["text"] == "All patients moved by noon"
    assert shown["lessons"][0]["lesson"] == "Tell the porters"
    assert shown["actions"][0]["due"] == "2020-12-01"
    assert (shown["parked"], shown["finished"]) == (["The lift"], True)
    assert "Tell the porters" in (tmp_path / "r.md").read_text(encoding="utf-8")


def test_answers_with_json_print_the_record_as_show_does(kmtui: Kmtui, answers: Path) -> None:
    made = kmtui("aar", "--answers", answers, "--json")
    assert made.json == kmtui("show", made.json["id"], "--json").json


def test_answers_come_from_standard_input_too_and_options_go_before_them(kmtui: Kmtui, answers: Path) -> None:
    made = kmtui("run", "aar", "--answers", "-", "--json", "--team", "Ward 9", stdin=answers.read_text("utf-8"))
    assert (made.json["team"], made.json["title"]) == ("Ward 9", "Ward move")


def test_answers_on_standard_input_that_are_not_utf_8_are_told_as_those_in_a_file(kmtui: Kmtui, answers: Path) -> None:
    data = answers.read_bytes().replace(b"Ward move", "Café".encode("latin-1"))
    answers.write_bytes(data)
    file, piped = kmtui("aar", "--answers", answers), kmtui("aar", "--answers", "-", stdin=data)
    assert (file.code, piped.code) == (1, 1)
    assert "is not part of a UTF-8 text: save the file in the encoding UTF-8" in piped.error
    assert piped.error == file.error.replace(str(answers), "-")
    utf_16 = answers.read_bytes().decode("latin-1").encode("utf-16")
    assert kmtui("aar", "--answers", "-", "--json", stdin=utf_16).json["title"] == "Café"


def test_answers_make_an_assessment(kmtui: Kmtui, ratings: Path) -> None:
    made = kmtui("assess", "--answers", ratings, "--on-behalf-of", "the night shift")
    shown = kmtui("show", made.out.strip(), "--json").json
    assert shown["on_behalf_of"] == "the night shift"
    assert {rating["criterion"]: rating["level"] for rating in shown["ratings"]} == {"innovation": 6, "sponsor": None}
    assert shown["scores"]["whole"] == {**shown["scores"]["whole"], "n": 1, "mean": 6, "band": "pockets"}
    assert shown["finished"] is True


def test_a_number_of_people_outside_the_limits_is_a_warning(kmtui: Kmtui, answers: Path) -> None:
    answers.write_text(answers.read_text("utf-8").replace("people: [", "people: [{role: x, count: 40}, "), "utf-8")
    made = kmtui("aar", "--answers", answers)
    assert made.code == 0
    assert "warning" in made.error


@pytest.mark.parametrize("command", [("run", "before-action-review"), ("assess",)])
def test_answers_for_something_else_are_an_error(
    kmtui: Kmtui, answers: Path, workspace: Path, command: tuple[str]
) -> None:
    made = kmtui(*command, "--answers", answers)
    assert made.code == 1
    assert made.error.startswith("Error: ")
    assert not workspace.exists()


def test_ratings_are_no_answers_of_a_review(kmtui: Kmtui, ratings: Path) -> None:
    assert kmtui("aar", "--answers", ratings).code == 1


def test_wrong_answers_are_told_with_their_place_and_make_nothing(kmtui: Kmtui, answers: Path, workspace: Path) -> None:
    answers.write_text("technique: after-action-review\nanswers:\n  act: [{owner: me}]\n", "utf-8")
    made = kmtui("aar", "--answers", answers)
    assert (made.code, made.out) == (1, "")
    assert f"{answers}:3:" in made.error
    assert not workspace.exists()


def test_a_missing_answers_file_is_an_error(kmtui: Kmtui, tmp_path: Path) -> None:
    assert kmtui("aar", "--answers", tmp_path / "none.yaml").code == 1


def test_a_template_that_is_filled_in_is_accepted(kmtui: Kmtui, tmp_path: Path) -> None:
    for what, command in (("after-action-review", "aar"), ("assess", "assess")):
        printed = kmtui("template", what)
        file = tmp_path / f"{what}.yaml"
        file.write_bytes(printed.bytes.replace(b'title: ""', b'title: "From a template"'))
        made = kmtui(command, "--answers", file, "--json")
        assert (made.code, made.json["title"]) == (0, "From a template")


def test_a_template_of_another_form(kmtui: Kmtui) -> None:
    assert 'variant: "long"' in kmtui("template", "aar", "--variant", "long").out
    assert kmtui("template", "aar", "--variant", "none").code == 1
    assert kmtui("template", "nothing").code == 1


def test_the_matrix_in_use_is_printed_to_copy_and_change(kmtui: Kmtui, workspace: Path, tmp_path: Path) -> None:
    printed = kmtui("template", "matrix")
    assert printed.code == 0
    copy = tmp_path / "matrix.yaml"
    copy.write_bytes(printed.bytes)
    assert kmtui("check", copy).code == 0
    workspace.mkdir()
    changed = printed.out.replace("title: ", "title: Our own ", 1)
    assert changed != printed.out
    for encoding in ("utf-8", "utf-16"):  # as Windows Notepad saves it
        (workspace / "matrix.yaml").write_text(changed, encoding)
        assert kmtui("template", "matrix").out == changed
    assert kmtui("template", "matrix", "--variant", "long").code == 2


@pytest.mark.parametrize("kind", ["techniques", "sessions", "assessments", "lessons", "actions", "teams", "practices"])
def test_lists_work_where_there_is_no_workspace_and_make_none(kmtui: Kmtui, workspace: Path, kind: str) -> None:
    listed = kmtui("list", kind, "--json")
    assert listed.code == 0
    assert (listed.json == []) is (kind != "techniques")
    assert kmtui("list", kind).code == 0
    assert not workspace.exists()


def test_list_techniques(kmtui: Kmtui) -> None:
    found = {row["id"]: row for row in kmtui("list", "techniques", "--json").json}
    review = found["after-action-review"]
    assert (review["name"], review["phase"], review["minutes"]) == (
        "After Action Review",
        "during",
        {"least": 15, "most": 60},
    )
    assert [variant["id"] for variant in review["variants"]] == ["short", "long"]
    assert Path(review["file"]).is_file()


def test_lists_of_what_was_kept(kmtui: Kmtui, answers: Path, ratings: Path) -> None:
    session = kmtui("aar", "--answers", answers).out.strip()
    assessment = kmtui("assess", "--answers", ratings).out.strip()
    (line,) = kmtui("list", "sessions", "--json").json
    assert (line["id"], line["technique"], line["finished"]) == (session, "after-action-review", True)
    assert (line["title"], line["team"], line["date"]) == ("Ward move", "Ward 7", "2026-11-20")
    (line,) = kmtui("list", "assessments", "--json").json
    assert (line["id"], line["matrix"], line["answered"]) == (assessment, "knowledge-mobilisation", 2)
    (line,) = kmtui("list", "actions", "--json").json
    assert (line["action"], line["state"], line["overdue"], line["source"]) == ("Send the list", "open", True, session)
    (line,) = kmtui("list", "lessons", "--json").json
    assert (line["lesson"], line["session"]) == ("Tell the porters", session)
    (line,) = kmtui("list", "teams", "--json").json
    assert (line["name"], line["sessions"], line["assessments"]) == ("Ward 7", 1, 1)
    assert kmtui("list", "sessions").out.endswith(f"finished. {session}\n")
    assert kmtui("list", "actions").out.startswith("Overdue: Send the list")


def test_show_takes_the_beginning_of_an_id_and_prints_the_report(kmtui: Kmtui, answers: Path) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    assert "# Ward move: After Action Review" in kmtui("show", record[:9]).out
    assert kmtui("show", "zzzz").code == 1


def test_export_writes_to_standard_output_a_file_or_a_folder(kmtui: Kmtui, answers: Path, tmp_path: Path) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    printed = kmtui("export", record)
    assert printed.out == kmtui("show", record).out
    assert kmtui("export", record, "-o", tmp_path / "r.md").out == ""
    assert (tmp_path / "r.md").read_bytes() == printed.bytes
    kmtui("export", record, "-o", tmp_path, "--format", "json")
    (made,) = tmp_path.glob("2026-11-20*.json")
    assert json.loads(made.read_bytes())["id"] == record


def test_names_are_left_out_unless_they_are_asked_for(kmtui: Kmtui, answers: Path) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    assert "Bob Smith" not in kmtui("export", record, "--format", "json").out
    assert "Bob Smith" in kmtui("export", record, "--format", "json", "--with-names").out


def test_an_export_is_imported_into_another_workspace_without_loss(kmtui: Kmtui, answers: Path, tmp_path: Path) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    kmtui("export", record, "--format", "json", "--with-names", "-o", tmp_path / "r.json")
    other = ("--workspace", tmp_path / "other")
    assert kmtui("import", tmp_path / "r.json", *other).out == f"{record}\n"
    assert kmtui("show", record, "--json", *other).json == kmtui("show", record, "--json").json
    again = kmtui("import", tmp_path / "r.json", *other)
    assert (again.code, "already" in again.error) == (0, True)


def test_an_import_that_goes_wrong_names_the_file_once(kmtui: Kmtui, answers: Path, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    record = kmtui("aar", "--answers", answers).out.strip()
    whole = kmtui("export", record, "--format", "json").out
    for content in ("no JSON", "[]", '{"kind": "session"}', whole.replace("Tell the porters", "Tell nobody")):
        file.write_text(content, "utf-8")
        taken = kmtui("import", file)
        assert taken.code == 1
        assert taken.error.startswith(f"Error: {file}: ")
    missing = kmtui("import", tmp_path / "none.json")
    assert (missing.code, missing.error.count(str(tmp_path / "none.json"))) == (1, 1)


def test_delete_asks_at_a_terminal_and_not_in_a_script(kmtui: Kmtui, answers: Path) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    kept = kmtui("delete", record, stdin="no\n", terminal=True)
    assert (kept.code, "Type yes" in kept.error) == (0, True)
    assert len(kmtui("list", "sessions", "--json").json) == 1
    assert kmtui("delete", record, stdin="yes\n", terminal=True).code == 0
    assert kmtui("list", "sessions", "--json").json == []
    record = kmtui("aar", "--answers", answers).out.strip()
    gone = kmtui("delete", record)
    assert (gone.code, "exports" in gone.error) == (0, False)
    assert kmtui("show", record).code == 1


def test_delete_says_where_reports_stay(kmtui: Kmtui, answers: Path, workspace: Path) -> None:
    record = kmtui("aar", "--answers", answers).out.strip()
    exports = workspace / "exports"
    exports.mkdir()
    kmtui("export", record, "-o", exports)
    told = kmtui("delete", record).error
    assert told.endswith(f"Reports that were written to exports are not deleted: {exports}\n")
    assert len(list(exports.iterdir())) == 1


def test_an_action_is_followed_up(kmtui: Kmtui, answers: Path) -> None:
    kmtui("aar", "--answers", answers)
    (line,) = kmtui("list", "actions", "--json").json
    done = kmtui("action", line["id"], "--state", "done", "--note", "sent", "--json").json
    assert (done["state"], done["note"], done["overdue"]) == ("done", "sent", False)
    kmtui("action", line["id"], "--due", "none", "--owner", "porter")
    (line,) = kmtui("list", "actions", "--json").json
    assert (line["due"], line["owner"], line["state"]) == (None, "porter", "done")
    assert kmtui("action", line["id"]).code == 1
    assert kmtui("action", line["id"], "--due", "soonish").code == 1
    assert kmtui("action", "zzzz", "--state", "done").code == 1
    assert kmtui("action", line["id"], "--state", "lost").code == 2


def test_notes_are_those_of_the_present_step(kmtui: Kmtui, ratings: Path) -> None:
    kmtui("aar", "--title", "T", "--team", "W", stdin="\n\nnoon\n")
    (line,) = kmtui("list", "sessions", "--json").json
    here = kmtui("notes", line["id"]).out
    assert here.startswith("What was supposed to happen?\n- ")
    assert "Why was there a difference?" in kmtui("notes", line["id"], "--all").out
    assessment = kmtui("assess", "--answers", ratings).out.strip()
    assert "ISO 30401" in kmtui("notes", assessment, "--all").out


def test_the_card_of_a_technique(kmtui: Kmtui) -> None:
    out = kmtui("card", "after-action-review").out
    assert out.startswith("# After Action Review\n")
    assert "\n## When not\n\n- " in out
    assert "| In 15 minutes |" in out
    assert kmtui("card", "nothing").code == 1


def test_check_tells_every_problem_with_its_place(kmtui: Kmtui, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("id: wrong\nsteps: 3\nphase: never\n", "utf-8")
    found = kmtui("check", file, "--json")
    assert found.code == 1
    assert {"file", "line", "column", "message", "severity"} <= set(found.json[0])
    assert len(found.json) > 1
    assert f"{file}:" in kmtui("check", file).out
    assert kmtui("check", tmp_path / "none.yaml").code == 1


def test_our_own_content_is_right(kmtui: Kmtui) -> None:
    found = kmtui("check", "--json")
    assert found.code == 0
    assert [problem for problem in found.json if problem["severity"] == "error"] == []


def test_resume_goes_on_with_the_newest_that_is_open(kmtui: Kmtui) -> None:
    nothing = kmtui("resume")
    assert (nothing.code, "Nothing is open" in nothing.error) == (0, True)
    kmtui("aar", "--title", "T", "--team", "W", stdin="\n\nnoon\n")
    resumed = kmtui("resume", stdin="beds\n")
    assert (resumed.code, "1. noon" in resumed.out) == (3, True)
    (line,) = kmtui("list", "sessions", "--json").json
    assert kmtui("resume", line["id"][:9], stdin="quit\n").code == 0
    assert kmtui("resume", "zzzz").code == 1


def test_resume_names_the_workspace_only_where_the_command_did(kmtui: Kmtui, tmp_path: Path) -> None:
    assert "--workspace" not in kmtui("aar", "--title", "T", stdin="").out
    assert f'--workspace "{tmp_path / "o"}"' in kmtui("aar", "--title", "T", "--workspace", tmp_path / "o").out


def test_without_a_terminal_plain_text_is_used_even_if_screens_are_wanted(kmtui: Kmtui) -> None:
    assert "kmtui, plain text." in kmtui("--screens").out


def test_shared_options_stand_before_and_after_the_command(kmtui: Kmtui, answers: Path, tmp_path: Path) -> None:
    kmtui("--workspace", tmp_path / "a", "aar", "--answers", answers)
    assert len(kmtui("list", "sessions", "--json", "--workspace", tmp_path / "a").json) == 1
    assert (
        len(kmtui("--workspace", tmp_path / "b", "list", "sessions", "--json", "--workspace", tmp_path / "a").json) == 1
    )
    assert kmtui("list", "sessions", "--json").json == []


def test_a_wrong_answer_in_a_pipe_is_told_on_standard_error(kmtui: Kmtui) -> None:
    made = kmtui("aar", "--title", "T", "--team", "W", stdin="\n\nnoon\n\n\n\n\nDo it\nme\nsoonish\n")
    assert made.code == 1
    assert made.error.startswith("Error: act.due: ")
    assert made.out.count("\nSaved") == 2
    assert len(kmtui("list", "actions", "--json").json) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("nothing",),
        ("list",),
        ("list", "things"),
        ("show",),
        ("aar", "--nothing"),
        ("export", "x", "--format", "odt"),
        ("aar", "--json"),
        ("template", "assess", "--variant", "x"),
        ("template", "setup", "--variant", "x"),
        ("survey",),
        ("survey", "nothing"),
        ("survey", "create"),
        ("survey", "import", "x"),
        ("survey", "form"),
        ("setup",),
        ("compare",),
        ("compare", "clouds"),
        ("compare", "river", "--json", "--sentences"),
        ("plan",),
        ("plan", "x", "--json", "--board"),
    ],
)
def test_a_wrong_command_exits_with_2(kmtui: Kmtui, arguments: tuple[str, ...]) -> None:
    made = kmtui(*arguments)
    assert (made.code, made.out) == (2, "")
    assert "Error: " in made.error


def test_a_workspace_that_cannot_be_written_exits_with_4(kmtui: Kmtui, answers: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    made = kmtui("aar", "--answers", answers, "--workspace", tmp_path / "file" / "workspace")
    assert made.code == 4
    assert made.error.startswith("Error: ")


def test_a_damaged_record_is_told_and_recovered(kmtui: Kmtui, workspace: Path) -> None:
    kmtui("aar", "--title", "T", "--team", "W", stdin="\n\nnoon\nbeds\n")
    (file,) = (workspace / "sessions").rglob("*.json")
    record = kmtui("list", "sessions", "--json").json[0]["id"]
    file.write_bytes(b"{")
    assert kmtui("show", record).code == 4
    listed = kmtui("list", "sessions", "--json")
    assert (listed.code, f"kmtui recover {record}" in listed.error) == (0, True)
    assert kmtui("recover", record[:8]).out == f"{record}\n"
    assert kmtui("show", record).code == 0
    assert kmtui("recover", record).code == 1


def test_a_fault_prints_its_type_and_place_and_nobodys_words(
    kmtui: Kmtui, answers: Path, monkeypatch: pytest.MonkeyPatch, isolated: Path
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("Mrs Jones of bay 4")

    monkeypatch.setattr("kmtui.workspace.filling.fill", fails)
    made = kmtui("aar", "--answers", answers)
    assert made.code == 5
    assert "ValueError at sessions.py:" in made.error
    assert "Traceback" not in made.error
    assert "Jones" not in made.error
    (log,) = isolated.rglob("kmtui.log")
    assert "ValueError" in log.read_text("utf-8")
    assert "Jones" not in log.read_text("utf-8")


def test_a_wrong_configuration_is_an_error_that_names_the_file(kmtui: Kmtui, isolated: Path) -> None:
    (isolated / "config.toml").write_text("plain = maybe", "utf-8")
    made = kmtui("list", "sessions")
    assert made.code == 1
    assert "config.toml" in made.error


def test_hostile_arguments_do_not_reach_the_terminal(kmtui: Kmtui) -> None:
    for arguments in (("show", "\x1b[31mx"), ("\x1b[31mx",), ("aar", "--answers", "\x1b]0;t\x07x"), ("card", "\x9bx")):
        made = kmtui(*arguments)
        assert made.code in (1, 2)
        assert "\x1b" not in made.error + made.out
        assert "\x9b" not in made.error


def test_every_command_is_in_the_help_and_says_what_it_does(kmtui: Kmtui) -> None:
    whole = kmtui("--help").out
    context = click.Context(group)
    assert len(group.list_commands(context)) == 28
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert f"\n  {name} " in whole
        helped = kmtui(name, "--help")
        assert helped.code == 0
        assert (command.help or "").splitlines()[0] in helped.out
        for option in ("--workspace", "--plain"):
            assert option in helped.out
    assert "Exit codes" in whole


def test_the_version_is_told(kmtui: Kmtui) -> None:
    assert kmtui("--version").out.startswith("kmtui 0.")
