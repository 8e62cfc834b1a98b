"""Forms on which people answer a survey without this program: an e-mail, a printed page, a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from textwrap import wrap

from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.session import number_in_words
from kmtui.model.thresholds import FEWEST_FOR_SPREAD
from kmtui.report.advance import levels_of, statements_table
from kmtui.report.csv_report import header_csv
from kmtui.report.escape import block, inline
from kmtui.report.parts import bullets, joined, told
from kmtui.report.words import counted
from kmtui.text import one_line

WIDTH = 72
"""How wide a line of an e-mail is at most: mail programs break longer ones."""

# What a reader of replies could take for an answer, a role or the id, behind whatever marks of quoting.
_ANSWER_LIKE = re.compile(r"[^\w]*(?:\d+\b)?(?P<key>[^=:]{0,120})[=:]")
_NOT_WORDS = re.compile(r"[\W_]+")
_OWN_KEYS = ("", "role", "your role", "survey")
_MARK = "x "  # before a line that would look like an answer wherever it is broken
_BLANK = "…" * 12


def email_form(survey: Assessment) -> str:
    """Return the form as the text of an e-mail: what to do, the criteria, and a line for each answer at the end.

    No line before the answer lines looks like one of them.
    """
    matrix, letter = survey.matrix, _Letter(survey.matrix)
    parts = [
        letter.wrapped(f"We ask you about: {_title(survey)}"),
        letter.wrapped(_what_it_is(survey)),
        "\n".join([letter.wrapped(_how_to_answer(matrix)), *_examples(matrix)]),
        letter.wrapped(_who_sees()),
        f"Survey: {survey.id}",
        *(letter.wrapped(f"To begin with, think about this. {question}") for question in _opening(matrix)),
        *(letter.asked(criterion, number) for number, criterion in enumerate(matrix.criteria, start=1)),
        letter.wrapped("Your answers. Write behind the marks below; leave empty what you do not want to answer."),
        "\n".join(f"{number} = " for number in range(1, len(matrix.criteria) + 1)),
        letter.wrapped("Your role, if you like. It is a role such as nurse, no name."),
        "role = ",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title(survey: Assessment) -> str:
    team = one_line(survey.team)
    return f"{one_line(survey.title or survey.matrix.title)}{f', {team}' if team else ''}"


def _what_it_is(survey: Assessment) -> str:
    count = counted(len(survey.matrix.criteria), "statement", "statements")
    words = f"This is no test: {count} with which we find out what works and what would help."
    if one_line(survey.on_behalf_of):
        words += f" Answer on behalf of {one_line(survey.on_behalf_of)}."
    if survey.closes:
        words += f" Reply by {in_words(survey.closes)}."
    if survey.feedback:
        words += f" The results are talked over on {in_words(survey.feedback)}."
    return words


def _how_to_answer(matrix: Matrix) -> str:
    scale = matrix.scale
    halves = " in steps of a half" if scale.step != 1 else ""
    return (
        f"How to answer: reply to this e-mail, and write a level from {scale.lowest} to {scale.highest}{halves} behind "
        "the number of each statement, with the reason if you like."
    )


def _examples(matrix: Matrix) -> list[str]:
    levels, number = list(matrix.levels()), min(3, len(matrix.criteria))
    level = levels[len(levels) // 2]
    return [f"For example:  {number} = {level} because we ...", f"Or, for example:  {number} = don't know"]


def _who_sees() -> str:
    return (
        "Your answers are shown only together with those of others, without your name, and only where at least "
        f"{number_in_words(FEWEST_FOR_SPREAD)} people have answered; of fewer at most the number and the mean."
    )


def _opening(matrix: Matrix) -> list[str]:
    return [one_line(matrix.opening_question)] if told(matrix.opening_question) else []


class _Letter:
    """Lines of an e-mail, none of which looks like an answer to the matrix or names a survey."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        names = (*_OWN_KEYS, *(word for each in matrix.criteria for word in (each.id, each.name)))
        self._keys = {_bare(name) for name in names}

    def asked(self, criterion: Criterion, number: int) -> str:
        """Return a criterion with its number, indicator and statements."""
        lines = [self.wrapped(f"{number}. {one_line(criterion.name)}"), self.wrapped(criterion.indicator, "   ")]
        for band in self._matrix.bands:
            statement = one_line(criterion.statements.get(band.id, ""))
            lines.append(self.wrapped(f"{levels_of(band)}, {one_line(band.name)}. {statement}", "     - ", "       "))
        return "\n".join(line for line in lines if line)

    def wrapped(self, text: str, first: str = "", rest: str | None = None) -> str:
        """Return the text in lines of the width of an e-mail."""
        further = first if rest is None else rest
        for width in range(WIDTH - len(_MARK), WIDTH // 2, -1):  # broken elsewhere, most texts do not look like one
            lines = wrap(one_line(text), width, initial_indent=first, subsequent_indent=further)
            if not any(self._like_an_answer(line) for line in lines):
                break
        return "\n".join(self._no_answer(line) for line in lines)

    def _no_answer(self, line: str) -> str:
        if not self._like_an_answer(line):
            return line
        words = line.lstrip(" ")
        return f"{line[: len(line) - len(words)]}{_MARK}{words}"

    def _like_an_answer(self, line: str) -> bool:
        found = _ANSWER_LIKE.match(line)
        return found is not None and _bare(found["key"]) in self._keys


def _bare(words: str) -> str:
    return _NOT_WORDS.sub("", words).casefold()


def paper_form(survey: Assessment) -> str:
    """Return the form as Markdown, to be printed and filled in by hand."""
    matrix = survey.matrix
    behalf = f"Answer on behalf of {inline(one_line(survey.on_behalf_of))}." if told(survey.on_behalf_of) else ""
    scale = matrix.scale
    halves = ", in steps of a half" if scale.step != 1 else ""
    parts = [
        f"# {inline(_title(survey))}",
        bullets(
            [
                f"Write one level from {scale.lowest} to {scale.highest}{halves} for each statement, and why.",
                "Where you cannot say, tick “don't know”. Leave empty what you do not want to answer.",
                f"Hand it in by {in_words(survey.closes)}." if survey.closes else "",
                f"The results are talked over on {in_words(survey.feedback)}." if survey.feedback else "",
                _who_sees(),
            ]
        ),
        behalf,
        *(f"To begin with, think about this: {inline(question)}" for question in _opening(matrix)),
        f"Your role, if you like (a role, no name): {_BLANK}",
    ]
    for number, criterion in enumerate(matrix.criteria, start=1):
        parts += [
            f"## {number}. {inline(criterion.name)}",
            block(criterion.indicator) if told(criterion.indicator) else "",
            statements_table(matrix, criterion),
            f"Level: {_BLANK} or ☐ don't know\n\nBecause: {_BLANK * 4}",
        ]
    return joined([*parts, f"Survey: {survey.id}"])


def csv_form(survey: Assessment) -> str:
    """Return a line of column names, for a table with one row per person: role, and two columns per criterion.

    A criterion whose name is not its own alone is named by its id.
    """
    return header_csv(["role", *_columns(survey.matrix.criteria)])


def _columns(criteria: Iterable[Criterion]) -> list[str]:
    names = [(criterion.id, one_line(criterion.name)) for criterion in criteria]
    taken = Counter(name.casefold() for _, name in names)
    columns = []
    for criterion_id, name in names:
        own = name and taken[name.casefold()] == 1 and name.casefold() != "role"
        columns += [word := name if own else criterion_id, f"{word} because"]
    return columns
