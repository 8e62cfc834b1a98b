"""Replies by e-mail: `3 = 7 because …`, in whatever way mail programs quote and wrap them.

Nothing of who wrote it is read: no header but those that say how the text is encoded, and no signature.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from kmtui.content.survey_alike import LookAlikes
from kmtui.content.survey_cells import Cell, Cells
from kmtui.content.survey_closings import attributions, begins_original, ends_reason
from kmtui.content.survey_columns import Labels
from kmtui.content.survey_message import Mail, looks_like_mail, mails
from kmtui.content.survey_words import compact
from kmtui.content.words import quoted as in_quotes
from kmtui.model.assessment import Assessment
from kmtui.model.errors import WrongInput
from kmtui.model.ids import as_typed
from kmtui.model.matrix import Criterion
from kmtui.model.rating import Rating
from kmtui.model.survey import Given, Reading, Refused
from kmtui.text import clean, one_line

LARGEST = 2 * 1024 * 1024
_QUOTE = re.compile(r"(?:[ \t]*[>|])+ ?")
_ANSWER = re.compile(r"\s*[*_]*(?P<key>[^=:]{1,120}?)[*_]*\s*(?P<sign>[=:])(?P<value>.*)")
_NUMBER = re.compile(r"(?:q|question|criterion)?\s*\(?(?P<number>\d{1,4})[.)]?(?P<name>\s.*|\D.*)?", re.IGNORECASE)
_SURVEY = re.compile(r"\s*survey\s*[:=]\s*(?P<id>[^\s<>]+)\s*", re.IGNORECASE)
# The blank of a form, before what was written on it and behind: ___8___
_BLANK = re.compile(r"(?:[\s_…\[]|\.{2,})+")
_LEVEL_ON_BLANK = re.compile(r"(\d{1,3}(?:[.,]\d+)?)[_…\]]++(?!\s*\d)")
_SIGNATURE = "--"


def answer_lines(text: str, survey: Assessment) -> int:
    """Return how many lines of a text are answers with an equals sign, or name the survey."""
    labels, found = Labels(survey.matrix), 0
    for line in text[:500_000].split("\n"):
        if "=" not in line and "urvey" not in line:
            continue
        bare = _unquoted(line)[1]
        if _SURVEY.fullmatch(bare):
            found += 1
            continue
        match = _ANSWER.fullmatch(bare)
        if match and match["sign"] == "=" and _target(match["key"], survey, labels) is not None:
            found += 1
    return found


def read_mail(data: bytes, text: str, survey: Assessment, file: str) -> Reading:
    """Return what replies say: one message with headers, a mailbox of several, or the bare text of a reply.

    Raises:
        WrongInput: it is too large.
    """
    if len(data) > LARGEST:
        raise WrongInput(f"{file} is too large for an e-mail reply: save the reply as plain text, without attachments.")
    given: list[Given] = []
    refused: list[Refused] = []
    bare = Mail(text=text, lines=range(1, text.count("\n") + 2))
    for mail in mails(data) if looks_like_mail(text) else (bare,):
        if mail.text is None:
            reason = "it has no text that can be read: save the reply as plain text, and import that"
            refused.append(Refused(file=file, row=mail.row, reason=reason))
        else:
            # A text without a number of its own is one person's in one file, and another's in another.
            mark = mail.own_id or f"{PurePath(file).name}\n{one_line(mail.text)}"
            _Reply(survey, file, mail).read(mail.text, mark, given, refused)
    return Reading(file=file, kind="e-mail", given=tuple(given), refused=tuple(refused))


def _unquoted(line: str) -> tuple[bool, str]:
    match = _QUOTE.match(line)
    return (True, line[match.end() :]) if match else (False, line)


def _target(key: str, survey: Assessment, labels: Labels) -> Criterion | str | None:
    """Return the criterion that a line is about, or `role`, or a number that no criterion has; None for no answer."""
    if compact(key) in ("role", "yourrole"):
        return "role"
    named = labels.criterion(key)
    if named is not None:
        return survey.matrix.criterion(named)
    match = _NUMBER.fullmatch(key.strip())
    if match is None:
        return None
    number, name = int(match["number"]), match["name"]
    criterion = survey.matrix.criteria[number - 1] if 1 <= number <= len(survey.matrix.criteria) else None
    if not name or not name.strip(" .)-–—"):
        return criterion if criterion is not None else match["number"]
    named = labels.criterion(name)
    return survey.matrix.criterion(named) if named is not None else None


class _Reply:
    """One reply, line after line."""

    def __init__(self, survey: Assessment, file: str, mail: Mail) -> None:
        self._survey, self._file, self._mail = survey, file, mail
        self._labels, self._cells = Labels(survey.matrix), Cells(survey.matrix)
        self._look_alikes = LookAlikes(survey.matrix, self._labels, self._cells)
        self._found: dict[str, tuple[int, Cell]] = {}
        self._words: list[str] | None = None  # of the answer whose lines go on
        self._quoted = False
        self._waiting: Criterion | None = None  # an empty answer, which the next line may fill
        self._ratings: dict[str, list[str]] = {}
        self._role = ""
        self._refused: list[Refused] = []

    def read(self, text: str, mark: str, given: list[Given], refused: list[Refused]) -> None:
        """Add what the reply says to what is given and refused."""
        signature = False
        lines = [_unquoted(line) for line in clean(text).split("\n")]
        attributed = attributions([bare for _, bare in lines])
        for number, (quoted, bare) in enumerate(lines):
            named = _SURVEY.fullmatch(bare)
            if named is not None and not self._survey.id.startswith(as_typed(named["id"]).rstrip(".,")):
                whole = f"it answers another survey ({one_line(named['id'])[:40]}), not {self._survey.id}"
                refused.append(Refused(file=self._file, row=self._mail.line(number), reason=whole))
                return
            original = number in attributed or ((signature or self._goes_on) and begins_original(bare))
            if quoted or original:
                signature = False
            elif bare.strip() == _SIGNATURE:
                signature, self._words, self._waiting = True, None, None
            if not signature:
                self._line(self._mail.line(number), quoted, bare, original)
        self._end(mark, given, refused)

    @property
    def _goes_on(self) -> bool:
        """Whether a line can belong to the answer above it."""
        return self._words is not None or self._waiting is not None

    def _end(self, mark: str, given: list[Given], refused: list[Refused]) -> None:
        ratings = tuple(
            Rating(
                criterion=criterion.id,
                level=self._found[criterion.id][1].level,
                skip=self._found[criterion.id][1].skip,
                rationale=" ".join(one_line(words) for words in self._ratings[criterion.id] if words.strip()),
            )
            for criterion in self._survey.matrix.criteria
            if criterion.id in self._found
        )
        if not ratings:
            why = " ".join(f"{each.reason.rstrip('.')}." for each in self._refused[:3])
            reason = 'there is no answer in it that can be read. Answers look like "3 = 7 because …".'
            refused.append(Refused(file=self._file, row=self._mail.row, reason=f"{reason} {why}".strip()))
            return
        refused.extend(self._refused)
        first = min(row for row, _ in self._found.values())
        given.append(Given(row=first, role=self._role, ratings=ratings, mark=mark))

    def _line(self, row: int, quoted: bool, bare: str, original: bool) -> None:
        if not bare.strip():
            self._words = None
            return
        match = _ANSWER.fullmatch(bare) if "=" in bare or ":" in bare else None
        target = _target(match["key"], self._survey, self._labels) if match else None
        if (
            match is not None
            and target is not None
            and self._answer(row, quoted, target, match["sign"], match["value"])
        ):
            return
        if original or (self._goes_on and ends_reason(bare)):
            self._words = self._waiting = None
            return
        meant = "" if quoted else self._look_alikes.meant(bare)
        if meant:
            self._words = self._waiting = None
            self._refuse(row, f'{in_quotes(bare)} is not written as an answer: write it as "{meant}"')
            return
        if self._waiting is not None and not quoted:
            waiting, self._waiting = self._waiting, None
            if self._cells.read(_on_blank(bare), waiting, loosely=True).answered:
                self._take(row, quoted, waiting, _on_blank(bare))
                return
        if self._words is not None and quoted == self._quoted:
            self._words.append(bare)

    def _answer(self, row: int, quoted: bool, target: Criterion | str, sign: str, value: str) -> bool:
        """Take a line as an answer, and say whether it is one: with a colon, it may as well be a sentence."""
        said = _on_blank(value)
        if target == "role":
            self._words = self._waiting = None
            self._role = self._role or one_line(said)
            return True
        if isinstance(target, str):
            if sign == "=" and said:
                self._words = None
                many = len(self._survey.matrix.criteria)
                self._refuse(row, f"there is no question {target}: they go from 1 to {many}")
            return sign == "=" and bool(said)
        if sign == ":" and not _spaced(value):
            return False
        if not said.strip("_. …[]"):  # the form itself, with nothing entered
            self._words, self._waiting = None, target
            return True
        if sign == ":" and quoted and not self._cells.read(said, target, loosely=True).answered:
            return False
        self._take(row, quoted, target, said)
        return True

    def _take(self, row: int, quoted: bool, criterion: Criterion, said: str) -> None:
        cell = self._cells.read(said, criterion, loosely=True)
        self._words, self._waiting = None, None
        if cell.wrong:
            self._refuse(row, f"{one_line(criterion.name)}: {cell.wrong}")
            return
        before = self._found.get(criterion.id)
        if before is not None:
            if (before[1].level, before[1].skip) != (cell.level, cell.skip):
                self._refuse(row, f"{one_line(criterion.name)}: line {before[0]} says something else, which is kept")
            return
        self._found[criterion.id] = (row, cell)
        self._ratings[criterion.id] = self._words = [cell.words]
        self._quoted = quoted

    def _refuse(self, row: int, reason: str) -> None:
        self._refused.append(Refused(file=self._file, row=row, reason=reason, whole=False))


def _on_blank(value: str) -> str:
    """Return what was written on the blank of a form, without the blank: `…7` and `___8___` are 7 and 8."""
    said = value.strip()
    blank = _BLANK.match(said)
    return _LEVEL_ON_BLANK.sub(r"\1 ", said[blank.end() :] if blank else said, count=1).strip()


def _spaced(value: str) -> bool:
    """Say whether something else than a digit follows a colon at once: 10:30 is a time."""
    return not value[:1].isdigit()
