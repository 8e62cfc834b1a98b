"""The tree: texts as they were written, exact places, and refusals that never end the process."""

from __future__ import annotations

import time

import pytest
import yaml

from kmtui.content import nodes
from kmtui.content.findings import MOST
from kmtui.content.nodes import DEEPEST, MOST_VALUES, Broken, Mapping, Scalar, Sequence
from tests.content.helpers import tree
from tests.hostile import HOSTILE


def test_texts_are_as_written_and_know_their_place() -> None:
    root, problems = tree('a: No\nb: [12:30, 010]\n"c":\n  - "~"\n  - ~\n')
    assert problems == []
    assert isinstance(root, Mapping)
    assert root.pairs["a"] == (Scalar("a", True, 1, 1), Scalar("No", True, 1, 4))
    assert root.pairs["b"][1] == Sequence([Scalar("12:30", True, 2, 5), Scalar("010", True, 2, 12)], 2, 4)
    assert root.pairs["c"] == (
        Scalar("c", False, 3, 1),
        Sequence([Scalar("~", False, 4, 5), Scalar("~", True, 5, 5)], 4, 3),
    )


def test_columns_count_characters_and_not_bytes() -> None:
    root, _ = tree("é€😀: [ü, x]")
    assert isinstance(root, Mapping)
    listed = root.pairs["é€😀"][1]
    assert isinstance(listed, Sequence)
    assert [(item.line, item.column) for item in listed.items] == [(1, 7), (1, 10)]


def test_texts_are_cleaned() -> None:
    root, problems = tree('a: "\\e[31mred\\e[0m \\u202Ex"')
    assert isinstance(root, Mapping) and isinstance(root.pairs["a"][1], Scalar)
    assert root.pairs["a"][1].value == "red x"
    assert problems == []


def test_an_empty_file_says_so() -> None:
    for text in ("", "# nothing here\n", "\n\n"):
        assert tree(text) == (None, ["1:1: the file is empty"])


def test_a_key_that_is_there_twice_names_both_lines_and_the_rest_is_read() -> None:
    root, problems = tree("a: 1\nb:\n  c: 2\n  c: {d: [3]}\na: 4\n")
    assert problems == [
        '4:3: the key "c" is there twice, first in line 3: keep one of them',
        '5:1: the key "a" is there twice, first in line 1: keep one of them',
    ]
    assert isinstance(root, Mapping)
    assert root.pairs["a"][1] == Scalar("1", True, 1, 4)
    assert list(root.pairs) == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: *x\n", "1:4: *x would be a reference: put a text that begins with * in quotation marks"),
        ("*x : b\n", "1:1: *x would be a reference: put a text that begins with * in quotation marks"),
        ("a: &x b\n", "1:4: &x would be a name for a value: put a text that begins with & in quotation marks"),
        ("a: &x [b]\n", "1:4: &x would be a name for a value: put a text that begins with & in quotation marks"),
        (
            "a: !!python/object:os.system b",
            "1:4: a value that begins with ! would be a tag: put the text in quotation marks",
        ),
        ("a: !Ward\n", "1:4: a value that begins with ! would be a tag: put the text in quotation marks"),
        ("a: 1\n---\nb: 2\n", "2:1: a second document begins here: take the line --- out, or make two files"),
        ("[a]: b\n", "1:1: a key has to be a text: put it in quotation marks if it begins with a bracket"),
        ("? {a: b}\n: c\n", "1:3: a key has to be a text: put it in quotation marks if it begins with a bracket"),
        ('"": b\n', "1:1: there is no key before the colon"),
    ],
)
def test_what_these_files_do_not_use_is_refused(text: str, message: str) -> None:
    assert tree(text)[1] == [message]


def test_a_reference_does_not_hide_other_mistakes() -> None:
    root, problems = tree("a: *x\nb: *y\nb: 1\n")
    assert [problem.split(":")[0] for problem in problems] == ["1", "2", "3"]
    assert isinstance(root, Mapping) and isinstance(root.pairs["a"][1], Broken)


def test_documents_may_be_marked_at_both_ends() -> None:
    assert tree("---\na: b\n...\n")[1] == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_is_refused_and_does_not_end_the_process(opening: str) -> None:
    begun = time.perf_counter()
    root, problems = tree(opening * 100_000)
    assert root is None
    assert len(problems) == 1
    assert "deep" in problems[0] or "key" in problems[0]
    assert time.perf_counter() - begun < 1


def test_the_depth_that_is_allowed() -> None:
    assert tree("[" * DEEPEST + "]" * DEEPEST)[1] == []
    too_deep = DEEPEST + 1
    assert tree("[" * too_deep + "]" * too_deep)[1] == [
        f"1:{too_deep}: values lie in each other more than 64 deep: look for brackets that are not closed"
    ]


@pytest.mark.parametrize("line", ["a: 1\n", "- !x y\n", "- &x y\n", "- *x\n", '? ""\n'])
def test_a_hundred_mistakes_are_enough(line: str) -> None:
    root, problems = tree(line * 200)
    assert root is None
    assert len(problems) == MOST + 1
    assert problems[-1].endswith("there are more problems than the 100 before this: mend those first, and check again")


def test_very_many_values_are_refused() -> None:
    assert tree("- a\n" * MOST_VALUES)[1] == [f"{MOST_VALUES}:3: the file has more than 30,000 values"]
    assert tree("- a\n" * (MOST_VALUES - 1))[1] == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [b", "2:1: the list that begins with [ in line 1 is not closed here: write ] or a comma"),
        ("a: {b: c", "2:1: the group that begins with { in line 1 is not closed here: write } or a comma"),
        ('a: 1\nb: "c', "2:4: this quotation mark is never closed"),
        ('a: "b\n---\n', "1:4: this quotation mark is never closed"),
        ("a: b: c", "1:5: a colon is not possible here: put a text with a colon in quotation marks"),
        ("\ta: b", "1:1: a tab indents this line: use spaces"),
        ("a:\n\t- b", "2:1: a tab indents this line: use spaces"),
        ("a: @b", "1:4: a text that begins with @ belongs in quotation marks"),
        ("a: `b", "1:4: a text that begins with ` belongs in quotation marks"),
        ("a: %b", "1:4: a text that begins with % belongs in quotation marks"),
        (
            "a:\n  - b\n c: d",
            "3:2: this line does not fit the keys that begin in line 1: look at its indent, or for a quote",
        ),
        (
            "- a\nb: c",
            '2:1: this line does not belong to the list that begins in line 1: look at its indent and its "-"',
        ),
        (
            "a: b\nc\nd: e",
            "2:1: this line has no colon: write key: value, or indent it if it goes on with the text above",
        ),
        (
            'a: "\\q"',
            "1:5: a backslash means something else in double quotation marks: write it twice, or use single ones",
        ),
        (
            'a: "\\ud800"',
            "1:7: a backslash means something else in double quotation marks: write it twice, or use single ones",
        ),
        ("a: * b", "1:5: a text that begins with * or & belongs in quotation marks"),
        ("a: !b!c d", "1:4: a text that begins with ! belongs in quotation marks"),
        ("a: > b", "1:6: after | or > the text begins in the next line"),
        ("a: - b", '1:4: a list with "-" begins in a line of its own, below its key'),
        ("%YAML 3.0\n---\na", "1:1: a line that begins with % is not used in these files"),
        ("a: []\n  - b", "2:3: the line above ends with []: take the [] out before lines that begin with -"),
        (
            "a: []  # none\n\n# and\n  - b",
            "4:3: the line above ends with []: take the [] out before lines that begin with -",
        ),
    ],
)
def test_mistakes_of_yaml_in_plain_words(text: str, message: str) -> None:
    assert tree(text) == (None, [message])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b\nc: \x07d", "2:4: there is a control character here that cannot be seen (U+0007): take it out"),
        ("a: b\x00", "1:5: there is a control character here that cannot be seen (U+0000): take it out"),
        ("a: \ud800", "1:4: there is a control character here that cannot be seen (U+D800): take it out"),
        ("a: \uffff", "1:4: there is a control character here that cannot be seen (U+FFFF): take it out"),
        ("a: \x1b[31m", "1:4: there is a control character here that cannot be seen (U+001B): take it out"),
    ],
)
def test_characters_that_no_file_may_hold(text: str, message: str) -> None:
    assert tree(text) == (None, [message])


@pytest.mark.parametrize("loader", ["C", "pure"])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_make_problems_at_worst(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if loader == "pure":
        monkeypatch.setattr(nodes, "_LOADER", yaml.SafeLoader)
    for frame in ("a: {}\n", 'a: "{}"\n', "- {}\n", "{}: b", "a: |\n  {}\n", "{}"):
        root, problems = tree(frame.replace("{}", text))
        assert root is not None or problems


@pytest.mark.parametrize(
    "text", ['a: "\\U00110000"', "a: \x07", "a: [b", '"a', "a: @b", "- a\nb: c", "\ta: b", "a: \ud800"]
)
def test_without_libyaml_the_same_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "_LOADER", yaml.SafeLoader)
    root, problems = tree(text)
    assert root is None
    assert len(problems) == 1
