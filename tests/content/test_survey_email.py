"""Replies by e-mail, as mail programs quote, wrap and encode them."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from kmtui.model.errors import WrongInput
from kmtui.model.rating import Rating
from tests.content.surveys import ID, SHIPPED_SURVEY, read, said, told
from tests.hostile import HOSTILE

IDS = [criterion.id for criterion in SHIPPED_SURVEY.matrix.criteria]


def test_answers_by_number_id_and_name(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        f"Hello\n\nSurvey: {ID}\nRole: porter\n\n1 = 7 because we ask\n2=6\n3: 5 – only here\ninnovation = 8\n"
        "Sharing between teams = don't know\n5. = n/a\nQ6 = 4\n",
    )
    assert reading.kind == "e-mail"
    assert reading.given[0].role == "porter" and reading.given[0].row == 6
    assert {each.criterion: (each.level, each.skip, each.rationale) for each in reading.given[0].ratings} == {
        IDS[0]: (7, None, "we ask"),
        IDS[1]: (6, None, ""),
        IDS[2]: (5, None, "only here"),
        "innovation": (8, None, ""),
        "sharing": (None, "dont-know", ""),
        IDS[4]: (None, "not-for-us", ""),
        IDS[5]: (4, None, ""),
    }
    assert told(reading) == []


@pytest.mark.parametrize("mark", ["", "> ", ">", ">> ", "> > ", "| ", " > "])
def test_quoting_marks_and_wrapped_lines(mark: str, tmp_path: Path) -> None:
    lines = ["1 = 7 because one", "two", "three", "", "not of it", "2 = 3", "1 = 7"]
    reading = read(tmp_path, "\n".join(mark + line for line in lines))
    assert reading.given[0].ratings == (
        Rating(criterion=IDS[0], level=7, rationale="one two three"),
        Rating(criterion=IDS[1], level=3),
    )
    assert told(reading) == []


def test_an_answer_below_the_quoted_question(tmp_path: Path) -> None:
    reading = read(
        tmp_path, f"> Survey: {ID}\n> 1 =\n7 because we ask\nand look\n> 2 =\n\n> 3 = \nnothing to say\n> 4 = 5\n"
    )
    assert said(reading) == [(3, {IDS[0]: 7, IDS[3]: 5})]
    assert reading.given[0].ratings[0].rationale == "we ask and look"


def test_a_signature_and_the_mail_below_it_are_no_answers(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "1 = 7 because we ask\n-- \nJo Smith\n2 = 3\n\n"
        "On 20 Nov 2026, Anna <anna@x.org> wrote:\n> 1 =\n> 2 =\n> 3 = 4\n",
    )
    assert said(reading) == [(1, {IDS[0]: 7, IDS[2]: 4})]
    outlook = read(tmp_path, "1 = 7 because we ask\nFrom: Anna <anna@x.org>\nSent: Monday\nTo: Jo\n\n1 =\n2 = 5\n")
    assert said(outlook) == [(1, {IDS[0]: 7, IDS[1]: 5})]
    for each in (reading, outlook):
        kept = str([(given.ratings, given.role) for given in each.given]) + str(each.refused)
        assert "Jo" not in kept and "anna" not in kept and "Anna" not in kept


def test_what_cannot_be_read_is_named_by_its_line(tmp_path: Path) -> None:
    reading = read(tmp_path, "1 = 13\n2 = seven\n3 = 4\n99 = 5\n3 = 5\n3 = 4 again\nat 10:30 we met\n")
    assert said(reading) == [(3, {IDS[2]: 4})]
    names = [criterion.name for criterion in SHIPPED_SURVEY.matrix.criteria]
    assert told(reading) == [
        f'1: {names[0]}: "13" is not a level. Levels go from 1 to 12.',
        f'2: {names[1]}: "seven" is not a level. Levels go from 1 to 12.',
        "4: there is no question 99: they go from 1 to 23",
        f"5: {names[2]}: line 3 says something else, which is kept",
    ]


def test_a_reply_to_another_survey_or_without_answers(tmp_path: Path) -> None:
    other = read(tmp_path, "Survey: 00000000000z\n1 = 7\n")
    assert other.given == () and told(other) == [f"1! it answers another survey (00000000000z), not {ID}"]
    assert len(read(tmp_path, f"> Survey: {ID.upper()}\n1 = 7\n").given) == 1
    empty = read(tmp_path, f"Survey: {ID}\n1 =\n2 = \n")
    assert empty.given == () and empty.refused[0].whole and "no answer" in empty.refused[0].reason


def _message(text: str, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Jo Smith <jo@x.org>", "anna@x.org", "Re: Survey"
    message["Message-ID"] = "<1@x.org>"
    for name, value in headers.items():
        message[name] = value
    message.set_content(text, cte="quoted-printable", charset="iso-8859-1")
    return message


def test_a_mail_with_headers(tmp_path: Path) -> None:
    message = _message(
        "1 = 7 because café and a line that is so long that it has to be wrapped in the mail itself\n2 = 3\n"
    )
    reading = read(tmp_path, message.as_bytes())
    assert said(reading)[0][1] == {IDS[0]: 7, IDS[1]: 3}
    assert (
        reading.given[0].ratings[0].rationale.startswith("café") and "itself" in reading.given[0].ratings[0].rationale
    )
    assert reading.given[0].mark == "<1@x.org>"
    message.add_alternative("<p>1 = 9</p>", subtype="html")
    message.add_attachment("1 = 2", filename="x.txt")
    assert said(read(tmp_path, message.as_bytes()))[0][1] == {IDS[0]: 7, IDS[1]: 3}
    assert "jo@x.org" not in str(reading) and "Smith" not in str(reading)


def test_a_mailbox_of_several(tmp_path: Path) -> None:
    one, two = _message("1 = 7\n"), _message("1 = 8\n")
    del two["Message-ID"]
    begin = b"From jo@x.org Mon Nov 23 10:00:00 2026\n"
    reading = read(tmp_path, begin + one.as_bytes() + b"\n" + begin + two.as_bytes())
    assert [answers for _, answers in said(reading)] == [{IDS[0]: 7}, {IDS[0]: 8}]
    assert [given.mark for given in reading.given] == ["<1@x.org>", "1 = 8"]


def test_a_mail_without_plain_text(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Message-ID"] = "jo@x.org", "<1@x.org>"
    message.set_content("<p>1 = 9</p>", subtype="html")
    with pytest.raises(WrongInput, match=r"no part in plain text\. Save the reply as plain text"):
        read(tmp_path, message.as_bytes())


def test_the_same_reply_has_the_same_mark(tmp_path: Path) -> None:
    marks = {read(tmp_path, text).given[0].mark for text in ("1 = 7\n2 = 3\n", "1 = 7\r\n2 = 3", "1 = 7\n\n2  =  3 ")}
    assert len(marks) == 1
    assert read(tmp_path, "1 = 7\n2 = 4\n").given[0].mark not in marks


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_reasons(text: str, tmp_path: Path) -> None:
    content = f"1 = 7 because {text}\n\n\n2 = {text}\n\n3 = 4\n".encode("utf-8", "replace")
    reading = read(tmp_path, content)
    answers = said(reading)[0][1]
    assert answers[IDS[0]] == 7 and answers[IDS[2]] == 4
    shown = "".join(each.reason for each in reading.refused) + reading.given[0].ratings[0].rationale
    assert not (set(shown) & set("\x1b\x00\n\u202e"))
