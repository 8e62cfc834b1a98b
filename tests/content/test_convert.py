"""From the tree to values: every type, every mistake with its place, all of them at once."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest

from kmtui.content import convert as conversion
from kmtui.content import numbers
from kmtui.content.convert import convert
from kmtui.content.document import open_text
from kmtui.content.findings import MOST
from kmtui.model.base import Day, Level, Value
from tests.content.helpers import TECHNIQUE, of_technique, told, with_change


class Inner(Value, frozen=True, kw_only=True):
    least: int
    most: int = 9


class Plain(Value, frozen=True, kw_only=True):
    text: str = ""
    whole: int = 0
    level: Level | None = None
    yes: bool = False
    day: Day | None = None
    word: Literal["one", "two"] | None = None
    words: tuple[str, ...] = ()
    pair: tuple[int, int] = (0, 0)
    by_key: dict[str, str] = {}
    inner: Inner | None = None
    said: bool | str | None = None


def _plain(text: str) -> Plain:
    document = open_text(text, "f")
    value = convert(document.root, Plain, document.findings) if document.root else None
    assert told(document) == []
    assert value is not None
    return value


def _wrong(text: str) -> list[str]:
    document = open_text(text, "f")
    assert document.root is not None
    assert convert(document.root, Plain, document.findings) is None
    return told(document)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text: No", Plain(text="No")),
        ("text: 12:30", Plain(text="12:30")),
        ("text: '  a  '", Plain(text="a")),
        ("text: |\n  a\n  b\n", Plain(text="a\nb")),
        ("text: 'null'", Plain(text="null")),
        ("whole: 12", Plain(whole=12)),
        ("whole: '12'", Plain(whole=12)),
        ("whole: 010", Plain(whole=10)),
        ("whole: -3", Plain(whole=-3)),
        ("level: 6", Plain(level=6)),
        ("level: 6.5", Plain(level=6.5)),
        ("level: 6,5", Plain(level=6.5)),
        ("level: 6.0", Plain(level=6)),
        ("yes: yes", Plain(yes=True)),
        ("yes: True", Plain(yes=True)),
        ("yes: NO", Plain()),
        ("day: 2026-11-30", Plain(day=date(2026, 11, 30))),
        ("day: '2026-11-30'", Plain(day=date(2026, 11, 30))),
        ("word: two", Plain(word="two")),
        ("words: []", Plain()),
        ("words: [a, No, 5]", Plain(words=("a", "No", "5"))),
        ("pair: [1, 3]", Plain(pair=(1, 3))),
        ("by_key: {a: b, No: yes}", Plain(by_key={"a": "b", "No": "yes"})),
        ("inner: {least: 2}", Plain(inner=Inner(least=2))),
        ("said: No", Plain(said=False)),
        ("said: not at night", Plain(said="not at night")),
        ("text:\nwhole: ~\nlevel: null\nday: ''\nwords:\ninner:\nby_key:\npair:\nword:\nyes:\nsaid:", Plain()),
        ("{}", Plain()),
    ],
)
def test_values(text: str, expected: Plain) -> None:
    found = _plain(text)
    assert found == expected
    assert type(found.level) is type(expected.level)
    assert type(found.said) is type(expected.said)


_NUMBER = '1:8: "level" takes a number such as 2 or 2.5, not '


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("text: [a]", '1:7: "text" takes a text, not a list: put a text with a colon or brackets in quotation marks'),
        (
            "words: [a: b]",
            '1:9: a text in "words" takes a text, not keys with values: '
            "put a text with a colon or brackets in quotation marks: 'a: b'",
        ),
        (
            'words: [it\'s: "no"]',
            '1:9: a text in "words" takes a text, not keys with values: '
            'put a text with a colon or brackets in quotation marks: "it\'s: no"',
        ),
        (
            'words: ["it\'s": \'"no"\']',
            '1:9: a text in "words" takes a text, not keys with values: '
            "put a text with a colon or brackets in quotation marks: 'it''s: \"no\"'",
        ),
        (
            "words: [{a: b, c: d}]",
            '1:9: a text in "words" takes a text, not keys with values: '
            "put a text with a colon or brackets in quotation marks",
        ),
        ("whole: about 5 min", '1:8: "whole" takes a whole number, not "about 5 min": write 5'),
        ("whole: 5 to 10", '1:8: "whole" takes a whole number, not "5 to 10"'),
        ("level: 2.5 minutes", _NUMBER + '"2.5 minutes": write 2.5'),
        ("whole: 1.5", '1:8: "whole" takes a whole number, not "1.5"'),
        ("whole: 0x10", '1:8: "whole" takes a whole number, not "0x10"'),
        ("whole: 1_000", '1:8: "whole" takes a whole number, not "1_000"'),
        ("whole: 1234567890", '1:8: "whole" takes a whole number, not "1234567890"'),
        ("whole: ٣", '1:8: "whole" takes a whole number, not "٣"'),
        ("whole: [1]", '1:8: "whole" takes a whole number, not a list'),
        ("level: .inf", _NUMBER + '".inf"'),
        ("level: nan", _NUMBER + '"nan"'),
        ("level: 1e400", _NUMBER + '"1e400"'),
        ("level: 1.", _NUMBER + '"1.": write 1'),
        ("level: " + "9" * 5000, _NUMBER + '"' + "9" * 59 + '…"'),
        ("yes: maybe", '1:6: "yes" takes yes or no, not "maybe"'),
        ("day: 30/11/2026", '1:6: "day" takes a date, not "30/11/2026": write it as 2026-11-30'),
        ("day: 2026-02-30", '1:6: "day" takes a date, not "2026-02-30": write it as 2026-11-30'),
        ("day: 20261130", '1:6: "day" takes a date, not "20261130": write it as 2026-11-30'),
        ("day: 2026-W48-1", '1:6: "day" takes a date, not "2026-W48-1": write it as 2026-11-30'),
        ("word: onne", '1:7: "word" takes one or two, not "onne": did you mean "one"?'),
        ("word: xyz", '1:7: "word" takes one or two, not "xyz"'),
        ("word: [one]", '1:7: "word" takes one or two, not a list'),
        (
            "words: a",  # a list of one is still a list
            '1:8: "words" takes a list, not "a": '
            'write [one, another], or each in a line of its own that begins with "- "',
        ),
        ("words: [a, '']", '1:12: a text in "words" is empty: write a text'),
        ("words:\n  - a\n  -\n", '3:4: a text in "words" is empty: write a text'),
        ("pair: 1-3", '1:7: "pair" takes 2 whole numbers such as [1, 2], not "1-3"'),
        ("pair: [1, 2, 3]", '1:7: "pair" takes 2 whole numbers such as [1, 2], not a list'),
        ("pair: [1, x]", '1:11: a number in "pair" takes a whole number, not "x"'),
        ("by_key: [a]", '1:9: "by_key" takes keys with a text each, not a list'),
        ("by_key: {a: }", '1:13: "a" in "by_key" is empty: write a text'),
        ("inner: 5", '1:8: "inner" takes {least: …}, not "5": write {least: 5}'),
        ("inner: 5 to 10", '1:8: "inner" takes {least: …}, not "5 to 10"'),
        ("inner: {least:1}", "1:9: inner: a space is missing behind the colon: write least: 1"),
        ("word: one\n\u00a0day: x", '2:1: a space beside "day" is none of the keyboard: type this line again'),
        (
            "words:\n  -\u00a0a",
            '2:3: "words" takes a list, not "- a": write - and the space of the keyboard, for the one here is another',
        ),
        ("inner: {most: 5}", '1:8: inner: "least" is missing: add least: with a whole number'),
        ("inner: {least: }", '1:16: inner: "least" is empty: write a whole number'),
        ("inner: {least: 1, mots: 2}", '1:19: inner: unknown key "mots": did you mean "most"?'),
        (
            "zzz: 1",
            '1:1: unknown key "zzz". Known: text, whole, level, yes, day, word, words, pair, by_key, inner and said.',
        ),
        ("- a", "1:1: the file takes keys with values, not a list"),
        ("just words", '1:1: the file takes keys with values, not "just words"'),
        ("~", "1:1: the file is empty: write keys with values"),
    ],
)
def test_mistakes(text: str, message: str) -> None:
    assert _wrong(text) == [message]


def test_all_mistakes_at_once_in_the_order_of_the_lines() -> None:
    assert [each.split(" ")[0] for each in _wrong("day: soon\nwhole: x\nwords: [[a], b, {}]\nzz: 1\n")] == [
        "1:6:",
        "2:8:",
        "3:9:",
        "3:17:",
        "4:1:",
    ]


def test_no_more_than_a_hundred_are_told() -> None:
    found = _wrong("".join(f"k{number}: 1\n" for number in range(1000)))
    assert len(found) == MOST + 1
    assert found[-1] == "100:1: there are more problems than the 100 before this: mend those first, and check again"


def test_a_value_that_was_noted_as_a_tree_is_not_noted_again() -> None:
    assert len(_wrong("text: *a\nday: *b\nwords: *c\ninner: *d\nby_key: {x: *e}")) == 5


def test_kinds_of_step_are_told_apart() -> None:
    wrong = with_change(TECHNIQUE, "id: said, kind: collect", "id: said, kind: colect")
    wrong = with_change(wrong, "id: why, kind: collect, ", "id: why, ")
    wrong = with_change(wrong, "{id: learn, kind: lessons,", "{kind: lessons, recall: lessons,")
    wrong = with_change(wrong, "  - {id: act, kind: actions, title: Who does what?, minutes: 1}", "  - act")
    kinds = "brief, collect, score, vote, groups, table, lessons, actions or assess"
    assert of_technique(wrong)[:4] == [
        f'10:22: step "said": "kind" takes {kinds}, not "colect": did you mean "collect"?',
        f'11:5: step "why": "kind" is missing: add kind: with {kinds}',
        '12:5: step 4: "id" is missing: add id: with a text',
        '12:21: step 4: "recall" belongs to kind collect: take it out, or write another kind',
    ]
    assert '13:5: step 5: it takes {kind: …} with the keys of its kind, not "act"' in of_technique(wrong)


def test_parts_are_named_by_id_or_number() -> None:
    wrong = with_change(TECHNIQUE, "{id: whole, name: Whole,", "{id: whole,")
    wrong = with_change(wrong, "{id: why, minutes: 2}", "{id: why}")
    wrong += "roles: [{does: asks}]\n"
    assert of_technique(wrong) == [
        '16:5: variant "whole": "name" is missing: add name: with a text',
        '16:74: variant "whole", step "why": "minutes" is missing: add minutes: with a number such as 2 or 2.5',
        '18:9: role 1: "name" is missing: add name: with a text',
    ]


def test_types_are_looked_at_once() -> None:
    assert conversion.reader_for(Plain) is conversion.reader_for(Plain)


def test_numbers_as_people_write_them() -> None:
    assert numbers.whole("--3") is None
    assert numbers.level("-0,5") == -0.5
    assert numbers.level(".5") is None
    assert numbers.yes_or_no("FALSE") is False
