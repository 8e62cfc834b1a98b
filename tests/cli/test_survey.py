"""`kmtui survey`: the contract word for word, and that no command gives away what one person answered."""

from __future__ import annotations

import json
import statistics
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pytest

from kmtui.model.survey import Response
from kmtui.store.files import FileStore
from tests.cli.conftest import Kmtui
from tests.hostile import HOSTILE

LEVELS = (1, 2, 2, 5, 4)


def created(kmtui: Kmtui, *more: object, team: str = "Ward 7") -> str:
    """Create a survey and return its id."""
    made = kmtui("survey", "create", "--team", team, *more)
    assert (made.code, made.error) == (0, "")
    assert made.out == f"{made.out.strip()}\n"
    return made.out.strip()


def table(folder: Path, *rows: str, name: str = "answers.csv", header: str = "agenda") -> Path:
    """Return a file with one row for each person."""
    file = folder / name
    file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return file


def taken_in(kmtui: Kmtui, folder: Path, *levels: int, team: str = "Ward 7") -> str:
    """Create a survey with one answer on the first criterion for each level, and return its id."""
    record = created(kmtui, team=team)
    rows = [f"person {number},{level}" for number, level in enumerate(levels)]
    if rows:
        file = table(folder, *rows, header="respondent id,agenda")
        assert kmtui("survey", "import", record, file).code == 0
    return record


def everything_told(kmtui: Kmtui, record: str) -> str:
    """Return all that commands print of a workspace, with its survey."""
    commands: list[tuple[object, ...]] = [
        ("show", record),
        ("show", record, "--json"),
        ("plan", record),
        ("plan", record, "--json"),
        ("plan", record, "--board"),
        ("notes", record, "--all"),
        ("survey", "list"),
        ("survey", "list", "--json"),
        ("survey", "status", record),
        ("survey", "status", record, "--json"),
    ]
    commands += [("export", record, "--format", form) for form in ("markdown", "json", "plan", "board")]
    for kind in ("assessments", "actions", "lessons", "teams", "practices"):
        commands += [("list", kind), ("list", kind, "--json")]
    for view in ("river", "stairs", "trend"):
        commands += [("compare", view), ("compare", view, "--json"), ("compare", view, "--sentences")]
    told = []
    for command in commands:
        done = kmtui(*command)
        told.append(f"{command} {done.code}\n{done.out}{done.error}")
    return "\n".join(told)


def scores(kmtui: Kmtui, record: str) -> Any:
    """Return the scores that `show --json` has."""
    return kmtui("show", record, "--json").json["scores"]


def test_create_prints_the_id_of_an_assessment(kmtui: Kmtui, small: Path) -> None:
    record = created(kmtui, "--title", "Spring", "--closes", "2026-12-01", "--organisation", "The Trust")
    shown = kmtui("show", record[:9], "--json").json
    assert (shown["id"], shown["kind"], shown["way"]) == (record, "assessment", "survey")
    assert (shown["title"], shown["closes"], shown["organisation"]) == ("Spring", "2026-12-01", "The Trust")
    (listed,) = kmtui("list", "assessments", "--json").json
    assert (listed["id"], listed["way"], listed["open_survey"]) == (record, "survey", True)
    made = kmtui("survey", "create", "--team", "Ward 8", "--on-behalf-of", "us", "--json").json
    assert list(made) == ["id"]
    assert kmtui("show", made["id"], "--json").json["on_behalf_of"] == "us"


def test_create_wants_a_team_and_a_day_that_is_one(kmtui: Kmtui, small: Path) -> None:
    assert kmtui("survey", "create").code == 2
    assert kmtui("survey", "create", "--team", " ").code == 2
    for wrong in (("--closes", "soonish"), ("--closes", "2020-01-01"), ("--setup", "nothing")):
        made = kmtui("survey", "create", "--team", "Ward 7", *wrong)
        assert (made.code, made.out) == (1, "")
    assert kmtui("survey", "list", "--json").json == []


def test_a_return_date_that_has_passed_is_refused_with_words(kmtui: Kmtui, small: Path) -> None:
    refused = kmtui("survey", "create", "--team", "Ward 7", "--closes", "2020-01-01")
    assert (refused.code, refused.error) == (1, "Error: 1 January 2020 has passed. Say a day from today on.\n")
    record = created(kmtui, "--closes", "today")
    assert kmtui("survey", "change", record, "--closes", "2020-01-01").code == 1
    assert kmtui("survey", "change", record, "--closes", "tomorrow").code == 0


def test_closing_is_refused_while_answers_wait_unless_they_are_left(kmtui: Kmtui, small: Path) -> None:
    record = created(kmtui)
    assert kmtui("survey", "answer", record, "--plain", stdin="porter\n2\n").code == 3
    refused = kmtui("survey", "close", record)
    assert (refused.code, refused.out) == (1, "")
    assert "1 person has begun to answer and not handed in." in refused.error
    assert "--leave-unfinished" in refused.error
    assert kmtui("survey", "status", record, "--json").json["closed"] is False
    assert kmtui("survey", "close", record, "--leave-unfinished").code == 0
    assert kmtui("survey", "status", record, "--json").json == {"answered": 0, "closed": True}
    again = kmtui("survey", "close", record)
    assert (again.code, "--leave-unfinished" in again.error) == (1, False)


def test_closing_names_answers_that_cannot_be_read(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = taken_in(kmtui, tmp_path, *LEVELS)
    damaged = sorted((small / "responses" / record).glob("*.json"))[0]
    damaged.write_text("{", "utf-8")
    refused = kmtui("survey", "close", record)
    assert (refused.code, damaged.name in refused.error) == (1, True)
    assert "--leave-unfinished" not in refused.error


def test_single_answers_are_forgotten_once_it_is_closed(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = taken_in(kmtui, tmp_path, *LEVELS)
    refused = kmtui("survey", "forget", record, stdin="", terminal=True)
    assert (refused.code, "Close it first" in refused.error, "Type yes" in refused.error) == (1, True, False)
    said = f"The single answers stay in this workspace. kmtui survey forget {record} deletes them.\n"
    assert said in kmtui("survey", "close", record).error
    before = kmtui("show", record, "--json").out
    files = small / "responses" / record
    assert len(list(files.glob("*.json"))) == len(LEVELS)
    kept = kmtui("survey", "forget", record, stdin="no\n", terminal=True)
    assert (kept.code, "Type yes" in kept.error, "Nothing was deleted." in kept.error) == (0, True, True)
    assert len(list(files.glob("*.json"))) == len(LEVELS)
    gone = kmtui("survey", "forget", record[:10], stdin="yes\n", terminal=True)
    assert (gone.code, gone.out) == (0, "")
    assert list(files.glob("*.json")) == []
    assert kmtui("show", record, "--json").out == before
    assert kmtui("survey", "forget", record).code == 0


def test_where_nobody_answered_there_is_nothing_to_forget(kmtui: Kmtui, small: Path) -> None:
    assert "survey forget" not in kmtui("survey", "close", created(kmtui)).error


def test_status_tells_two_things_and_nothing_else(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = taken_in(kmtui, tmp_path, *LEVELS)
    assert kmtui("survey", "status", record[:10], "--json").json == {"answered": 5, "closed": False}
    assert kmtui("survey", "status", record).out == "5 people have answered. The survey is open.\n"
    kmtui("survey", "close", record)
    assert kmtui("survey", "status", record, "--json").json == {"answered": 5, "closed": True}
    assert kmtui("survey", "status", created(kmtui)).out == "Nobody has answered. The survey is open.\n"


def test_the_scores_of_the_contract(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    file = table(
        tmp_path,
        *(f"{first},{second},{third}" for first, second, third in zip(LEVELS, "34" + 3 * " ", "345  ", strict=True)),
        header="agenda,Papers,minutes",
    )
    assert kmtui("survey", "import", record, file).code == 0
    kmtui("survey", "close", record)
    told = scores(kmtui, record)
    agenda, papers, minutes = told["criteria"]
    assert {key: value for key, value in agenda.items() if key != "name"} == {
        "id": "agenda",
        "n": 5,
        "mean": statistics.mean(LEVELS),
        "sd": pytest.approx(statistics.stdev(LEVELS)),
        "lowest": 1,
        "highest": 5,
        "bands": {"weak": 3, "fair": 0, "strong": 2},
        "rounded": 3,
        "band": "fair",
    }
    nothing = {"sd": None, "lowest": None, "highest": None, "bands": None}
    assert papers == {"id": "papers", "name": "Papers", "n": 2, "mean": None, "rounded": None, "band": None, **nothing}
    assert minutes == {"id": "minutes", "name": "Minutes", "n": 3, "mean": 4, "rounded": 4, "band": "strong", **nothing}
    assert [(each["id"], each["n"], each["mean"]) for each in told["sections"]] == [("before", 1, 2.8), ("after", 1, 4)]
    assert (told["whole"]["n"], told["whole"]["mean"], told["whole"]["rounded"]) == (2, 3.4, 3)


def test_close_prints_what_it_came_to_and_once_only(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = taken_in(kmtui, tmp_path, *LEVELS)
    closed = kmtui("survey", "close", record[:10])
    assert closed.code == 0
    assert closed.out.startswith("Five people answered the survey.\n")
    assert "2.8 (rounds to 3: Fair)" in closed.out
    assert kmtui("survey", "close", record).code == 1
    other = taken_in(kmtui, tmp_path, *LEVELS)
    assert kmtui("survey", "close", other, "--json").json == scores(kmtui, other)


def test_more_answers_may_be_wanted_by_the_configuration(
    kmtui: Kmtui, small: Path, tmp_path: Path, isolated: Path
) -> None:
    record = taken_in(kmtui, tmp_path, *LEVELS)
    (isolated / "config.toml").write_text("fewest_answers = 4\n", "utf-8")
    assert kmtui("survey", "close", record).code == 1
    (isolated / "config.toml").write_text("fewest_answers = 6\n", "utf-8")
    kmtui("survey", "close", record)
    first = scores(kmtui, record)["criteria"][0]
    assert (first["n"], first["mean"], first["sd"], first["bands"]) == (5, 2.8, None, None)


def test_before_the_closing_nothing_but_the_number_differs(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    before = everything_told(kmtui, record)
    rows = [f"{level},because of {level}" for level in LEVELS]
    kmtui("survey", "import", record, table(tmp_path, *rows, header="agenda,agenda because"))
    after = everything_told(kmtui, record)
    counted = after.replace("5 people have", "Nobody has")
    counted = counted.replace("Ward 7, Nobody", "Ward 7, nobody").replace('"answered": 5', '"answered": 0')
    assert counted == before
    told = scores(kmtui, record)
    assert all(each["n"] == 0 for each in (told["whole"], *told["sections"], *told["criteria"]))


@pytest.mark.parametrize("people", [2, 4, 5, 6])
def test_one_answer_more_after_the_closing_changes_nothing_that_is_told(
    kmtui: Kmtui, small: Path, tmp_path: Path, people: int
) -> None:
    """Two reports that differ by one person would tell what that person answered."""
    record = taken_in(kmtui, tmp_path, *(LEVELS + LEVELS)[:people])
    kmtui("survey", "close", record)
    kmtui("export", record, "--format", "json", "-o", tmp_path / "out.json")
    before = everything_told(kmtui, record)
    late = table(tmp_path, "late,1", header="respondent id,agenda", name="late.csv")
    yaml = tmp_path / "late.yaml"
    yaml.write_text(f"survey: {record}\nratings: {{agenda: 1}}\n", "utf-8")
    for attempt in (
        ("survey", "import", record, late),
        ("survey", "import", record, late, "--json"),
        ("survey", "import", record, yaml),
        ("survey", "answer", record, "--answers", yaml),
        ("survey", "answer", record),
        ("survey", "close", record),
        ("survey", "form", record, "--yaml"),
        ("recover", record),
    ):
        done = kmtui(*attempt)
        assert (done.code, done.out) == (1, ""), attempt
    reopened = json.loads((tmp_path / "out.json").read_bytes()) | {"closed": None, "survey": None}
    (tmp_path / "open.json").write_text(json.dumps(reopened), "utf-8")
    assert kmtui("import", tmp_path / "open.json").code == 1
    assert everything_told(kmtui, record) == before


def test_a_deleted_survey_is_not_opened_again_by_importing_it(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = taken_in(kmtui, tmp_path, *LEVELS)
    kmtui("export", record, "--format", "json", "-o", tmp_path / "open.json")
    kmtui("survey", "close", record)
    kmtui("delete", record)
    again = kmtui("import", tmp_path / "open.json")
    assert (again.code, "was deleted here" in again.error) == (1, True)
    assert kmtui("survey", "status", record).code == 1


def test_few_answers_tell_nothing_individual(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    rows = [f"{level},secret {level},only porter {level}" for level in (1, 2, 5, 5)]
    kmtui("survey", "import", record, table(tmp_path, *rows, header="agenda,agenda because,role"))
    kmtui("survey", "close", record)
    told = everything_told(kmtui, record)
    assert "secret" not in told
    assert "only porter" not in told
    first = scores(kmtui, record)["criteria"][0]
    assert (first["n"], first["mean"], first["lowest"], first["bands"]) == (4, 3.25, None, None)


def test_import_reads_what_it_can_and_names_the_rest(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    good = table(tmp_path, "1,2", "99,3", "x,", ",", header="agenda,papers")
    missing = tmp_path / "none.csv"
    done = kmtui("survey", "import", record, missing, good, "--json")
    assert done.code == 1
    assert done.json["read"] == 2
    assert [(each["file"], each["row"], each["whole"]) for each in done.json["refused"]][:3] == [
        (str(missing), 0, True),
        (str(good), 3, False),
        (str(good), 4, True),
    ]
    assert all(set(each) == {"file", "row", "reason", "whole"} and each["reason"] for each in done.json["refused"])
    assert [(each["name"], each["use"], each["criterion"]) for each in done.json["columns"]] == [
        ("agenda", "level", "agenda"),
        ("papers", "level", "papers"),
    ]
    assert f"{good}, row 3: " in done.error
    assert "The rest of the row was taken in." in done.error
    assert f"{missing}" in done.error


def test_import_of_nothing_is_an_error_and_the_same_twice_is_refused(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    file = table(tmp_path, "1,a", "2,b", header="agenda,agenda because")
    assert kmtui("survey", "import", record, file).out == "Taken in: 2. Refused: 0.\n"
    again = kmtui("survey", "import", record, file)
    assert (again.code, again.out) == (1, "Taken in: 0. Refused: 2.\n")
    assert again.error.count("was not counted again") == 2
    assert kmtui("survey", "import", record, tmp_path / "none.csv").code == 1
    longer = table(tmp_path, "1,a", "2,b", "3,c", header="agenda,agenda because")
    assert kmtui("survey", "import", record, longer).out == "Taken in: 1. Refused: 2.\n"
    assert kmtui("survey", "status", record, "--json").json["answered"] == 3


def test_columns_are_mapped_by_id_or_name_and_suggested(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    file = table(tmp_path, "1,2,3", header='Our agendas,"How, we read",minutes')
    looked = kmtui("survey", "import", record, file, "--check")
    assert (looked.code, looked.out) == (0, "Can be read: 1. Refused: 0.\n")
    assert "--map agenda='Our agendas'" in looked.error
    assert 'column "minutes": the level of "Minutes"' in looked.error
    assert kmtui("survey", "status", record, "--json").json["answered"] == 0
    mapped = ("--map", "agenda=Our agendas", "--map", "Papers=How, we read")
    done = kmtui("survey", "import", record, file, *mapped, "--json").json
    assert [(each["use"], each["criterion"]) for each in done["columns"]] == [
        ("level", "agenda"),
        ("level", "papers"),
        ("level", "minutes"),
    ]


def test_columns_that_are_not_used_are_named_in_one_line_a_file(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    one = table(tmp_path, "x,1,y,2", header="Free comments,agenda,plans,Our papers")
    two = table(tmp_path, "3,z", header="agenda,weather", name="two.csv")
    for more in (("--check",), ("--json",)):
        told = kmtui("survey", "import", record, one, two, *more)
        assert told.code == 0
        assert told.error.count(f"{one}: not used: Free comments, plans, Our papers\n") == 1
        assert told.error.count(f"{two}: not used: weather\n") == 1
        assert told.error.count("--map papers='Our papers'") == 1
    assert kmtui("survey", "status", record, "--json").json["answered"] == 2


def test_files_are_taken_in_together(
    kmtui: Kmtui, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = created(kmtui)
    calls = []
    keep = FileStore.add_responses

    def counted(self: FileStore, responses: Sequence[Response], marks: Collection[str]) -> None:
        calls.append(len(responses))
        keep(self, responses, marks)

    monkeypatch.setattr(FileStore, "add_responses", counted)
    files = [table(tmp_path, f"{name},{name}", header="respondent id,agenda", name=f"{name}.csv") for name in (1, 2)]
    assert kmtui("survey", "import", record, *files).out == "Taken in: 2. Refused: 0.\n"
    assert calls == [2]


@pytest.mark.parametrize(("typed", "taken"), [("yes\n", 2), ("no\n", 1)])
def test_on_a_terminal_a_file_with_columns_that_may_be_criteria_is_asked_about(
    kmtui: Kmtui, small: Path, tmp_path: Path, typed: str, taken: int
) -> None:
    record = created(kmtui)
    one = table(tmp_path, "1,2", header="agenda,Our papers")
    two = table(tmp_path, "3", name="two.csv")
    told = kmtui("survey", "import", record, one, two, stdin=typed, terminal=True)
    assert (told.code, told.out) == (0, f"Taken in: {taken}. Refused: 0.\n")
    assert told.error.count("Type yes") == 1


def test_a_table_without_a_known_column_is_told_with_what_to_write(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    file = table(tmp_path, "1", header="Our agendas")
    done = kmtui("survey", "import", record, file, "--json")
    assert (done.code, done.json["read"]) == (1, 0)
    assert done.json["columns"][0]["suggested"] == "agenda"
    assert done.error.count("--map agenda='Our agendas'") == 1


@pytest.mark.parametrize(
    ("maps", "code"),
    [
        (("agenda",), 2),
        (("=x",), 2),
        (("agenda=",), 2),
        (("agenda=x", "Agenda=y"), 2),
        (("nothing=x",), 1),
        (("agenda=not there",), 1),
    ],
)
def test_wrong_mappings(kmtui: Kmtui, small: Path, tmp_path: Path, maps: tuple[str, ...], code: int) -> None:
    record = created(kmtui)
    arguments = [part for each in maps for part in ("--map", each)]
    done = kmtui("survey", "import", record, table(tmp_path, "1"), *arguments)
    assert done.code == code
    assert done.error
    assert kmtui("survey", "status", record, "--json").json["answered"] == 0


def test_every_form_comes_back_and_is_read(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = created(kmtui)
    assert "☐" in kmtui("survey", "form", record).out
    assert kmtui("survey", "form", record, "--paper").out == kmtui("survey", "form", record).out
    mail = kmtui("survey", "form", record, "--email").out
    (tmp_path / "reply.txt").write_text(mail.replace("\n1 = ", "\n> 1 = 4 because we talk"), "utf-8")
    kmtui("survey", "form", record, "--csv", "-o", tmp_path / "form.csv")
    with (tmp_path / "form.csv").open("a", encoding="utf-8") as file:
        file.write("porter,2,late,,,5,\n")
    yaml = kmtui("survey", "form", record, "--yaml").out
    (tmp_path / "one.yaml").write_text(yaml.replace("  agenda:\n    level:", "  agenda:\n    level: 3"), "utf-8")
    done = kmtui("survey", "import", record, *(tmp_path / name for name in ("reply.txt", "form.csv", "one.yaml")))
    assert (done.code, done.out) == (0, "Taken in: 3. Refused: 0.\n")


def test_one_person_answers_by_a_file(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record, other = created(kmtui), created(kmtui)
    file = tmp_path / "one.yaml"
    file.write_text(f"survey: {record}\nrole: porter\nratings:\n  agenda: 2\n  papers: {{skip: dont-know}}\n", "utf-8")
    assert kmtui("survey", "answer", record, "--answers", file).code == 0
    assert kmtui("survey", "answer", record, "--answers", "-", stdin=file.read_bytes()).code == 0
    assert kmtui("survey", "status", record, "--json").json["answered"] == 2
    assert kmtui("survey", "answer", other, "--answers", file).code == 1
    file.write_text(f"survey: {record}\nratings:\n  agenda: 9\n", "utf-8")
    wrong = kmtui("survey", "answer", record, "--answers", file)
    assert (wrong.code, f"{file}:3:" in wrong.error) == (1, True)
    assert kmtui("survey", "answer", record, "--answers", tmp_path / "none.yaml").code == 1


def test_what_is_no_survey_is_a_clear_error(kmtui: Kmtui, small: Path, answers: Path, tmp_path: Path) -> None:
    session = kmtui("aar", "--answers", answers).out.strip()
    file = table(tmp_path, "1")
    for command in (("status",), ("close",), ("form",), ("answer",), ("import",)):
        more = (file,) if command == ("import",) else ()
        done = kmtui("survey", *command, session, *more)
        assert (done.code, "is not a survey" in done.error) == (1, True)
        assert kmtui("survey", *command, "zzzz", *more).code == 1


def test_surveys_are_listed_the_open_ones_first(kmtui: Kmtui, small: Path, tmp_path: Path, ratings: Path) -> None:
    assert "No survey yet" in kmtui("survey", "list").error
    closed = taken_in(kmtui, tmp_path, 1)
    kmtui("survey", "close", closed)
    opened = created(kmtui, "--closes", "2026-12-01", "--title", "Spring", team="Ward 8")
    kmtui("assess", "--answers", ratings)
    rows = kmtui("survey", "list", "--json").json
    assert [(row["id"], row["answered"], row["closed"], row["closes"]) for row in rows] == [
        (opened, 0, False, "2026-12-01"),
        (closed, 1, True, None),
    ]
    lines = kmtui("survey", "list").out.splitlines()
    assert lines[0] == f"Spring, Ward 8, nobody has answered, open until 1 December 2026. {opened}"
    assert lines[1] == f"Survey, Ward 7, 1 person has answered, closed. {closed}"


def test_surveys_go_out_and_come_in_again(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    record = taken_in(kmtui, tmp_path, *LEVELS)
    other = ("--workspace", tmp_path / "other")
    for step in ("open", "closed"):
        file = tmp_path / f"{step}.json"
        kmtui("export", record, "--format", "json", "--with-names", "-o", file)
        assert kmtui("import", file, *other).out == f"{record}\n"
        assert kmtui("show", record, "--json", *other).json == kmtui("show", record, "--json").json
        kmtui("delete", record, *other)
        if step == "open":
            kmtui("survey", "close", record)


def test_hostile_words_reach_no_terminal(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    for number, text in enumerate(HOSTILE[::7]):
        if "\x00" in text or "\ud800" in text:
            continue
        record = created(kmtui, "--title", text, "--organisation", text, team=f"{number} {text}")
        quoted = text.replace('"', '""')
        rows = [f'{level},"{quoted}"' for level in LEVELS]
        file = table(tmp_path, *(f"{row},{place}" for place, row in enumerate(rows)), header=f'agenda,"{quoted}",id')
        for command in (
            ("survey", "import", record, file, "--map", f"agenda.rationale={text}"),
            ("survey", "import", record, file),
            ("survey", "list"),
            ("survey", "close", record),
            ("show", record),
            ("compare", "stairs", "--team", text),
        ):
            done = kmtui(*command)
            assert done.code in (0, 1, 2), (command, done.error)
            for character in "\x1b\x9b\x07\u202e":
                assert character not in done.out + done.error, command


@pytest.mark.parametrize(
    ("command", "help_"),
    [(name, "--help") for name in ("create", "form", "import", "status", "close", "forget", "answer", "list")],
)
def test_every_part_has_its_help_and_the_shared_options(kmtui: Kmtui, command: str, help_: str) -> None:
    helped = kmtui("survey", command, help_)
    assert helped.code == 0
    assert "--workspace" in helped.out
    assert "--plain" in helped.out
    assert f"\n  {command} " in kmtui("survey", "--help").out


def test_a_workspace_that_cannot_be_written_exits_with_4(kmtui: Kmtui, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    made = kmtui("survey", "create", "--team", "Ward 7", "--workspace", tmp_path / "file" / "workspace")
    assert (made.code, made.out) == (4, "")


def test_shared_options_stand_at_every_level(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for number, command in enumerate(
        (
            ("--workspace", other, "survey", "create", "--team", "A"),
            ("survey", "--workspace", other, "create", "--team", "B"),
            ("survey", "create", "--team", "C", "--workspace", other),
        ),
        1,
    ):
        assert kmtui(*command).code == 0
        assert len(kmtui("survey", "list", "--json", "--workspace", other).json) == number
    assert kmtui("survey", "list", "--json").json == []
