"""Replies by e-mail, as mail programs quote, wrap and encode them."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

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
    assert [given.mark for given in reading.given] == ["<1@x.org>", "file\n1 = 8"]


_BEGIN = "From jo@x.org Mon Nov 23 10:00:00 2026\n"
_HEAD = "From: jo@x.org\nMessage-ID: <{}@x.org>\nMIME-Version: 1.0\nContent-Type: {}\n\n{}\n\n"


def _mailbox(*bodies: tuple[str, str]) -> str:
    return "".join(_BEGIN + _HEAD.format(number, kind, body) for number, (kind, body) in enumerate(bodies))


def test_one_message_that_cannot_be_read_loses_no_other(tmp_path: Path) -> None:
    plain = ("text/plain", "1 = 7 because one\ntwo\n2 = 13")
    reading = read(tmp_path, _mailbox(plain, ("image/png", "xx"), ("text/plain", "No time"), plain))
    assert said(reading) == [(7, {IDS[0]: 7}), (33, {IDS[0]: 7})]
    assert [(each.row, each.whole) for each in reading.refused] == [(9, False), (11, True), (19, True), (35, False)]
    assert "no text that can be read: save the reply as plain text" in reading.refused[1].reason
    assert "no answer in it" in reading.refused[2].reason
    broken = read(tmp_path, _BEGIN + "nothing at all\n\n" + _mailbox(plain))
    assert [answers for _, answers in said(broken)] == [{IDS[0]: 7}]
    assert broken.refused[0].row == 1 and broken.refused[0].whole
    alone = read(tmp_path, _HEAD.format(1, "image/png", "xx"))
    assert alone.given == () and alone.refused[0].whole and alone.refused[0].row == 0


def test_rows_are_lines_of_the_file_where_anybody_can_tell(tmp_path: Path) -> None:
    message = _message("x" * 100 + "\n1 = 13\n2 = 3\n")
    reading = read(tmp_path, message.as_bytes())
    lines = message.as_string().split("\n")
    assert [each.row for each in reading.refused] == [next(n for n, x in enumerate(lines, 1) if x.startswith("1 =3D"))]
    coded = EmailMessage()
    coded["From"], coded["Message-ID"] = "jo@x.org", "<1@x.org>"
    coded.set_content("1 = 13\n2 = 3\n", cte="base64")
    assert [each.row for each in read(tmp_path, _mailbox(("image/png", "x")).encode() + _BEGIN.encode()
            + coded.as_bytes()).refused] == [1, 9]  # fmt: skip


def test_a_mail_of_html_alone(tmp_path: Path) -> None:
    html = (
        "<html><head><style>p {a: 1 = 2}</style></head><body><!-- <p>9 = 9</p> --><p class='x'>1&nbsp;=\n 7 because"
        " a &lt; b</p><p>Ann Bee</p><div>2 = 8</div><div>Thanks</div><div>Ann</div><blockquote>3 = 4<br>4 ="
        "</blockquote><table><tr><td>5 =</td><td>6</td></tr></table>"
    )
    reading = read(tmp_path, _HEAD.format(1, "text/html", html))
    assert said(reading)[0][1] == {IDS[0]: 7, IDS[1]: 8, IDS[2]: 4, IDS[4]: 6}
    assert [each.rationale for each in reading.given[0].ratings] == ["a < b", "", "", ""]
    empty = EmailMessage()
    empty["From"], empty["Message-ID"] = "jo@x.org", "<1@x.org>"
    empty.set_content(" \n")
    empty.add_alternative("<p>1 = 9</p>", subtype="html")
    assert said(read(tmp_path, empty.as_bytes()))[0][1] == {IDS[0]: 9}


@pytest.mark.parametrize(
    "closing",
    [
        *("Thanks,", "thanks", "Many thanks", "Thanks again!", "thanks, ann", "Thanks Ann", "Thank you very much."),
        *("Kind regards", "Best regards,", "Warm regards", "KIND REGARDS", "Regards Ann", "Best wishes", "Best, Ann"),
        *("With best wishes and many thanks", "Yours sincerely", "Yours", "All the best", "Kind regards, Ann de Bee"),
        *("Thanks for your help", "Diolch", "Cofion gorau", "Cofion,", "Diolch yn fawr", "Sent from my iPhone"),
        *("Sent from Ann's iPhone", "Get Outlook for iOS", "Tel: 01234", "Phone: x", "Mobile: 07700 900123"),
        *("Email: ann@x.org", "ann@x.org", "<ann@x.org>", "www.x.org", "07700 900123", "+44 (0)1234 567890"),
        *("*From:* Ann", "**Sent:** Monday", "Ward Sister | Tel: 01234 567890", "Ann <a@x.org> wrote:", "Cheers"),
        "On Fri, 20 Nov 2026 at 10:00, Some Long Library Name\n<library.person@x.org> wrote:",
        "Am Freitag, 20. November 2026 um 10:00 schrieb\nAnna Bee:",
    ],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["", "> "])
def test_a_reason_ends_at_a_closing(closing: str, mark: str, tmp_path: Path) -> None:
    lines = f"1 = 7 because we ask\nand look\n{closing}\nAnn Bee\nWard 7\n2 = 3 because it is so".split("\n")
    reading = read(tmp_path, "\n".join(mark + line for line in lines))
    assert [each.rationale for each in reading.given[0].ratings] == ["we ask and look", "it is so"]
    assert told(reading) == []


@pytest.mark.parametrize(
    "line",
    [
        *("Thanks to the library we know", "thanks to the library", "thanks to", "regards it as its own"),
        *("best practice", "best practice is shared", "Yours is the ward that asks", "on Fridays we ask 3 people"),
        *("thank you for the ideas that we bring to the others", "3 - 4 times a week", "72 people do"),
        *("2026", "mobile teams ask 3 others", "7. Ward staff do it", "sent from the lab to us"),
        *("email is read by all", "5-6 of us", "www is no source"),
    ],
)  # fmt: skip
def test_a_line_of_a_reason_is_none(line: str, tmp_path: Path) -> None:
    reading = read(tmp_path, f"1 = 7 because we ask\n{line}\nand look\n")
    assert reading.given[0].ratings[0].rationale == f"we ask {line} and look"
    assert told(reading) == []


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        *(("8 - 9", "8 = 9"), ("9) 10", "9 = 10"), ("3. 7 because we do", "3 = 7"), ("(3) 7", "3 = 7")),
        *(("3 7", "3 = 7"), ("3 – don't know", "3 = don't know"), ("Q3 -> 7", "3 = 7"), ("3:7", "3 = 7")),
        *(("3. 13", "3 = 13"), ("innovation - 7", "innovation = 7")),
        *(("Approach to innovation 7", "Approach to innovation = 7"),),
    ],
)  # fmt: skip
def test_a_line_like_an_answer_is_named_and_ends_the_reason(line: str, meant: str, tmp_path: Path) -> None:
    reading = read(tmp_path, f"1 = 7 because we ask\n{line}\nand look\n2 = 3")
    assert [each.rationale for each in reading.given[0].ratings] == ["we ask", ""]
    assert told(reading) == [f'2: "{line}" is not written as an answer: write it as "{meant}"']
    below = read(tmp_path, f"2 = 3\n> 1 =\n{line}\n")
    assert said(below)[0][1] == {IDS[1]: 3} and len(below.refused) == 1
    assert told(read(tmp_path, f"1 = 7 because we ask\n> {line}\n")) == []


def test_lines_of_the_form_are_not_like_answers(tmp_path: Path) -> None:
    bands = SHIPPED_SURVEY.matrix.bands
    lines = [f"{band.levels[0]}-{band.levels[-1]}, {band.name}: x" for band in bands]
    lines += [f"{band.levels[0]} - {band.levels[-1]} {band.name}: x" for band in bands]
    lines += [f"{n}. {each.name}" for n, each in enumerate(SHIPPED_SURVEY.matrix.criteria, 1)]
    assert told(read(tmp_path, "\n".join([f"Survey: {ID}", "1 = 7", *lines]))) == []


def test_a_level_on_the_blank_of_a_form(tmp_path: Path) -> None:
    reading = read(tmp_path, "1 = …7\n2 = ___8___\n3 = [6] because we\n4 = ...5 … so\n5 = 6…7\n6 = 6__7\n7 = 6 …\n")
    assert said(reading) == [(1, {IDS[0]: 7, IDS[1]: 8, IDS[2]: 6, IDS[3]: 5, IDS[6]: 6})]
    assert [each.row for each in reading.refused] == [5, 6]


def test_the_same_reply_has_the_same_mark(tmp_path: Path) -> None:
    marks = {read(tmp_path, text).given[0].mark for text in ("1 = 7\n2 = 3\n", "1 = 7\r\n2 = 3", "1 = 7\n\n2  =  3 ")}
    assert len(marks) == 1
    assert read(tmp_path, "1 = 7\n2 = 4\n").given[0].mark not in marks
    other = read(tmp_path, "1 = 7\n2 = 3\n", name="other").given[0].mark
    (tmp_path / "folder").mkdir()
    assert other not in marks and {read(tmp_path / "folder", "1 = 7\n2 = 3\n").given[0].mark} == marks


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_reasons(text: str, tmp_path: Path) -> None:
    content = f"1 = 7 because {text}\n\n\n2 = {text}\n\n3 = 4\n".encode("utf-8", "replace")
    reading = read(tmp_path, content)
    answers = said(reading)[0][1]
    assert answers[IDS[0]] == 7 and answers[IDS[2]] == 4
    shown = "".join(each.reason for each in reading.refused) + reading.given[0].ratings[0].rationale
    assert not (set(shown) & set("\x1b\x00\n\u202e"))
