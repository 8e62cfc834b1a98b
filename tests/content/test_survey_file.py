"""Files with responses of any kind: known by their content, and never a traceback."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from kmtui.content import survey_file
from kmtui.content.survey_file import read_columns, read_responses
from kmtui.content.templates import response_template
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.rating import Rating
from tests.content.damaged_survey import damaged
from tests.content.surveys import ID, SHIPPED_SURVEY, read, said, told
from tests.hostile import HOSTILE

OWN = "abcdefghjkmn"


def _tables(*ratings: dict[str, object], **head: object) -> str:
    response = {"id": OWN, "schema": 1, "survey": ID, "role": "porter", "finished": True, **head}
    rows = {str(number): each for number, each in enumerate(ratings, 1)}
    return json.dumps({"response": {"1": response}, "ratings": rows})


def test_a_response_as_the_store_writes_it(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        _tables(
            {
                "criterion": "sharing",
                "level": 7,
                "skip": None,
                "rationale": " r\x1b[2J ",
                "example": "",
                "target": None,
            },
            {"criterion": "innovation", "level": None, "skip": "dont-know", "rationale": ""},
        ),
        name="x.csv",
    )
    (given,) = reading.given
    assert (reading.kind, given.response_id, given.role, told(reading)) == ("response", OWN, "porter", [])
    assert given.ratings == (
        Rating(criterion="innovation", skip="dont-know"),
        Rating(criterion="sharing", level=7, rationale="r"),
    )


def test_a_response_is_checked_against_the_survey(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        _tables(
            {"criterion": "sharing", "level": 13, "rationale": "kept"},
            {"criterion": "inovation", "level": 7},
            {"criterion": "plans", "level": True},
            {"criterion": "sponsor", "skip": "parked"},
            {"criterion": "networks", "level": 3, "skip": "dont-know"},
            {"criterion": "handover", "level": 3, "target": 4},
            {"criterion": "handover", "level": 5},
            {"level": 5},
        ),
    )
    assert said(reading)[0][1] == {"sharing": None, "handover": 3}
    assert len(reading.refused) == 8 and not any(each.whole for each in reading.refused)
    assert '"13" is not a level. Levels go from 1 to 12.' in told(reading)[0]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ({"survey": "00000000000z"}, "another survey"),
        ({"id": "../../x"}, "no id of ours"),
        ({"id": 7}, "no id of ours"),
        ({"schema": 99}, "newer version"),
        ({"finished": False}, "not finished"),
    ],
)
def test_a_response_that_is_refused_whole(head: dict[str, object], reason: str, tmp_path: Path) -> None:
    reading = read(tmp_path, _tables({"criterion": "sharing", "level": 7}, **head))
    assert reading.given == () and reading.refused[0].whole and reason in reading.refused[0].reason


def test_a_response_in_yaml(tmp_path: Path) -> None:
    text = response_template(SHIPPED_SURVEY).replace("level:", "level: 4")
    reading = read(tmp_path, text)
    assert reading.kind == "response" and len(reading.given[0].ratings) == 23 and told(reading) == []
    (tmp_path / "folder").mkdir()
    assert read(tmp_path / "folder", text).given[0].mark == reading.given[0].mark
    assert read(tmp_path, text, name="other.yaml").given[0].mark != reading.given[0].mark
    wrong = read(tmp_path, f"survey: {ID}\nratings:\n  sharing: 13\n  plans: {{level: 4, target: 5}}\n")
    assert wrong.given == () and [(each.row, each.whole) for each in wrong.refused] == [(3, True), (4, False)]
    other = read(tmp_path, "survey: 00000000000z\nratings: {sharing: 4}\n")
    assert other.given == () and "not 0123456789ab" in other.refused[0].reason
    assert told(read(tmp_path, f"survey: {ID}\nratings:\n")) == ["0! there is no answer in it"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "Save it as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "Save it as CSV"),
        (b"%PDF-1.4", "is a PDF"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"Dear Anna, I have no time.", "names a criterion"),
        (b"," * 5000 + b"innovation\n6", "columns"),
    ],
)
def test_what_cannot_be_read_at_all(content: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match=message):
        read(tmp_path, content)


def test_a_file_that_is_not_there_too_large_or_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, message in (
        (tmp_path / "none.csv", "There is no file"),
        (tmp_path, "is a folder"),
        (Path("a\x00b"), "cannot be read"),
    ):
        with pytest.raises(WrongInput, match=message):
            read_responses(path, SHIPPED_SURVEY, {})
    monkeypatch.setattr(survey_file, "LIMIT", 1 << 20)
    with pytest.raises(WrongInput, match="larger than 1 MB"):
        read(tmp_path, "innovation\n" + "6\n" * (1 << 20))


def test_columns_where_none_names_a_criterion(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Timestamp,Which innovations?\n1,2\n")
    columns = read_columns(path, SHIPPED_SURVEY, {})
    assert [(each.name, each.use, each.suggested) for each in columns] == [
        ("Timestamp", "identity", None),
        ("Which innovations?", "nothing", "innovation"),
    ]


def test_one_column_is_a_table_whatever_stands_in_its_cells(tmp_path: Path) -> None:
    """`6=` looks like the beginning of an answer in a reply, and three people became one."""
    reading = read(tmp_path, "sharing\n5\n6=\n10\n")
    assert reading.kind == "table"
    assert [[rating.level for rating in given.ratings] for given in reading.given] == [[5], [6], [10]]
    assert reading.refused == ()


def test_a_mail_is_a_mail_also_beside_a_mapping_for_tables(tmp_path: Path) -> None:
    assert read(tmp_path, "sharing = 7\n", {"innovation": "Q1"}).kind == "e-mail"


def _spoilt(data: bytes, chance: random.Random) -> bytes:
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(spoilt))
        match chance.randrange(5):
            case 0:
                spoilt[at] ^= 1 << chance.randrange(8)
            case 1:
                del spoilt[at : at + chance.randint(1, 200)]
            case 2:
                spoilt[at:at] = chance.choice((b'"', b"\x00", b"\r", b"\n", b",", b"=", b"\xff", b"{", b"> "))
            case 3:
                spoilt[at:at] = chance.choice(HOSTILE)[:300].encode("utf-8", "replace")
            case _:
                spoilt[at:at] = spoilt[max(0, at - chance.randint(1, 300)) : at]
        spoilt = spoilt or bytearray(b"x")
    return bytes(spoilt)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_spoilt_files_are_read_or_refused_and_no_traceback(part: int, tmp_path: Path) -> None:
    chance = random.Random(part)
    table = b"\n".join(damaged("utf-8", seed=part).data.split(b"\r\n")[:40])
    mail = b"From: a@x.org\nMessage-ID: <1@x>\nContent-Type: text/plain; charset=utf-8\n\n"
    mail += b"> 1 = 7 because\nx\n2 = 3\n-- \nJo"
    originals = [
        table,
        table.decode().encode("utf-16"),
        mail,
        mail.replace(b"text/plain", b"multipart/mixed; boundary=x"),
        f"Survey: {ID}\n1 = 7\n> 2 =\n8 – why\n".encode(),
        _tables({"criterion": "sharing", "level": 7, "rationale": "r"}).encode(),
        f"survey: {ID}\nratings:\n  sharing: {{level: 7, rationale: r}}\n".encode(),
    ]
    levels = set(SHIPPED_SURVEY.matrix.levels()) | {None}
    for _ in range(250):
        try:
            reading = read(tmp_path, _spoilt(chance.choice(originals), chance))
        except KmtuiError as error:
            assert str(error) and "\x1b" not in str(error)
            continue
        for given in reading.given:
            assert given.mark and given.row >= 0
            assert {each.level for each in given.ratings} <= levels
        assert reading.given or reading.refused or reading.kind == "table"


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        "innovation,why\n" + '"' * 1_000_000,
        "innovation,why\n" + '"6\n' * 100_000,
        "innovation,why\n" + '6,"a ""b\n' * 50_000,
        "innovation,why\n6," + "x" * 2_000_000,
        "innovation\n6" + " " * 1_000_000 + "x",
        "innovation\n" + "6" * 1_000_000,
        "," * 1_000_000,
        "1 = 7\n" + "> " * 500_000,
        "1 = 7\n" + " " * 500_000 + "=",
        '{"response":' + "[" * 500_000,
        "From: a@x\nMessage-ID: <x>\n" + "Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 5_000,
    ],
    ids=lambda content: str(content[:24]),
)
def test_huge_files_end(content: str, tmp_path: Path) -> None:
    try:
        assert read(tmp_path, content).kind in ("table", "e-mail")
    except WrongInput as error:
        assert len(str(error)) < 5000
