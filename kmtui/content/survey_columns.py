"""Which column of a table is which: levels and reasons by criterion, the role, and what only tells rows apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from kmtui.content.survey_suggestions import suggestions
from kmtui.content.survey_words import compact, word_set, words_of
from kmtui.content.words import listed, nearest, quoted, unknown
from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.matrix import Matrix
from kmtui.model.survey import Column
from kmtui.text import one_line

Use = Literal["level", "rationale", "role"]
Target = tuple[Use, str | None]

_REASONS = frozenset(
    ("because", "why", "reason", "reasons", "rationale", "comment", "comments", "explain", "explanation")
)
_LEVELS = frozenset(("level", "score", "rating", "value", "answer", "points"))
_LOOKED_AT = 4  # "Please tell us why": so far into a text the word for a reason may stand
_SHORT = 4
_PIECES = re.compile(r"[\[\](){}|→>?\n:]|\s[–—-]\s|\.\s")
_NUMBERED = re.compile(r"\s*(?:(?:question|q|g\d+q)?\s*\d{1,4}[a-z]?)(?:\s*[.):–—-]\s*|\s+)(?=\S)", re.IGNORECASE)
_TEXT_OF_CHOICE = re.compile(r"(?:\s[-–—]\s+|_)text\s*$", re.IGNORECASE)  # Qualtrics: Other - Text, Q1_7_TEXT
_TRAILING_NUMBER = re.compile(r"(?<=[a-z])\d+$")

_ROLES = word_set("""
    role yourrole jobrole yourjobrole whatisyourrole whatisyourjobrole whatsyourrole jobtitle yourjobtitle
    whatisyourjobtitle roleintheteam yourroleintheteam
""")
# What is one person's alone; what tells rows apart only together; what is the same for many, and never used.
_OWN = word_set("""
    id responseid respondentid respondent uniqueresponsenumber uniqueresponseid responsenumber responseno
    submissionid entryid recordid participantid participant token userid username email emailaddress youremail
    youremailaddress recipientemail respondentemail externalreference externaldatareference uuid guid
""")
_TOGETHER = word_set("""
    timestamp starttime completiontime startdate enddate endtime datesubmitted submitdate submitted submittedat
    submissiontime recordeddate datecreated datestarted datestamp date time completed completedat startedat
    started created createdat submissiondate name yourname fullname firstname lastname surname
    recipientfirstname recipientlastname
""")
_NEVER = word_set("""
    ipaddress ip collectorid lastmodifiedtime datemodified lastaction lastpage startlanguage locationlatitude
    locationlongitude latitude longitude duration durationinseconds seed userlanguage distributionchannel
    useragent refurl status progress finished
""")

Telling = Literal["own", "together", "never"]


class Columns(Value, frozen=True, kw_only=True):
    """The columns of a table by their place. `refused` says in words which were left out though they could be used."""

    all: tuple[Column, ...]
    refused: tuple[str, ...] = ()

    def places(self, use: str) -> dict[str | None, int]:
        """Return the places of the columns of one use by the id of the criterion."""
        return {column.criterion: place for place, column in enumerate(self.all) if column.use == use}


def telling(name: str) -> Telling | None:
    """Return how far a column tells rows apart by its name; None where it is no such column."""
    spelt = compact(name)
    if spelt in _OWN:
        return "own"
    if spelt in _TOGETHER:
        return "together"
    return "never" if spelt in _NEVER else None


def columns_of(names: Sequence[str], matrix: Matrix, mapping: Mapping[str, str]) -> Columns:
    """Return what each column is taken for, by the mapping first and then by its name.

    Raises:
        WrongInput: the mapping names a criterion or a column that is not there.
    """
    labels = Labels(matrix)
    found: dict[int, Target] = {}
    refused: list[str] = []
    for key, name in mapping.items():
        target = labels.mapped(key)
        place = _column(names, name)
        if place in found:
            raise WrongInput(f"The column {quoted(names[place])} is mapped twice. Map it once.")
        if target in found.values():
            raise WrongInput(f"Two columns are mapped to {quoted(key)}. Map one of them.")
        found[place] = target
    given = dict(found)
    known = [None if place in given else labels.target(name) for place, name in enumerate(names)]
    taken = set(given.values())
    for place, named in enumerate(known):
        if named is not None and named not in taken:
            found[place] = named
            taken.add(named)
    _behind_levels(names, found, labels)
    for place, named in enumerate(known):
        if named is not None and place not in found:
            used = next(other for other, each in found.items() if each == named)
            refused.append(_twice(names, place, used))
    return Columns(all=_as_columns(names, found, known, matrix), refused=tuple(refused))


def _as_columns(
    names: Sequence[str], found: dict[int, Target], known: Sequence[Target | None], matrix: Matrix
) -> tuple[Column, ...]:
    used = {criterion for use, criterion in found.values() if use == "level"}
    open_ = [criterion for criterion in matrix.criteria if criterion.id not in used]
    rest = [place for place in range(len(names)) if place not in found]
    asked = [place for place in rest if known[place] is None and _may_ask(names[place])]
    near = suggestions({place: names[place] for place in asked}, open_)
    columns = []
    for place, name in enumerate(names):
        shown = one_line(name)
        if place in found:
            use, criterion = found[place]
            columns.append(Column(name=shown, use=use, criterion=criterion))
        elif telling(name) is not None:
            columns.append(Column(name=shown, use="identity"))
        else:
            columns.append(Column(name=shown, suggested=near.get(place)))
    return tuple(columns)


def _may_ask(name: str) -> bool:
    """Say whether a column may ask for a level: not one that tells rows apart, asks why, or holds a choice's words."""
    return telling(name) is None and not begins_with_reason(name) and _TEXT_OF_CHOICE.search(name) is None


def _behind_levels(names: Sequence[str], found: dict[int, Target], labels: Labels) -> None:
    """Take a column such as "Why?" for the reasons of the criterion whose level stands before it."""
    taken = {criterion for use, criterion in found.values() if use == "rationale"}
    for place in range(1, len(names)):
        before = found.get(place - 1)
        if place in found or before is None or before[0] != "level" or before[1] in taken:
            continue
        if begins_with_reason(names[place]) and labels.target(names[place]) is None:
            found[place] = ("rationale", before[1])


def _twice(names: Sequence[str], place: int, used: int) -> str:
    if compact(names[place]) == compact(names[used]):
        return f"the column {quoted(names[place])} is there twice: the first is used, and not column {place + 1}"
    return f"the column {quoted(names[place])} is for the same as {quoted(names[used])}, which is used in its place"


def _column(names: Sequence[str], name: str) -> int:
    """Return the place of the column of this name; raises WrongInput where there is none."""
    wanted = one_line(name)
    exact = [place for place, each in enumerate(names) if one_line(each) == wanted]
    alike = exact or [place for place, each in enumerate(names) if compact(each) == compact(wanted) != ""]
    if alike:
        return alike[0]
    there = [one_line(each) for each in names if one_line(each)]
    near = nearest(wanted, there)
    hint = f'Did you mean "{near}"?' if near else f"There are: {listed(there, 'and')}."
    raise WrongInput(f"There is no column {quoted(wanted)}. {hint}")


def begins_with_reason(text: str) -> bool:
    """Say whether a text asks for a reason: Why?, Please tell us why, Comments 2."""
    said = words_of(_NUMBERED.sub("", text, count=1))
    return any(_TRAILING_NUMBER.sub("", word) in _REASONS for word in said[:_LOOKED_AT])


class Labels:
    """The names of the criteria of a matrix as they may be written in the name of a column."""

    def __init__(self, matrix: Matrix) -> None:
        self._ids = [criterion.id for criterion in matrix.criteria]
        names = _unambiguous((criterion.name, criterion.id) for criterion in matrix.criteria)
        ids = _unambiguous((criterion.id, criterion.id) for criterion in matrix.criteria)
        self._by_name = {**names, **ids}  # an id goes before a name that another criterion has
        self._indicators = _unambiguous((criterion.indicator, criterion.id) for criterion in matrix.criteria)

    def criterion(self, text: str) -> str | None:
        """Return the id of the criterion whose id or name this is."""
        return self._by_name.get(compact(text))

    def mapped(self, key: str) -> Target:
        """Return what a mapping means by a name; raises WrongInput where that is nothing."""
        criterion = self.criterion(key)
        if criterion is not None:
            return "level", criterion
        if compact(key) == "role":
            return "role", None
        for separator in (".", " "):
            before, _, last = key.strip().rpartition(separator)
            criterion = self.criterion(before)
            if criterion is not None and compact(last) in _REASONS:
                return "rationale", criterion
        raise WrongInput(f"In the mapping: {unknown('criterion', key, self._ids)}")

    def target(self, name: str) -> Target | None:
        """Return what a column is by its name, or None."""
        criterion = self.criterion(name)
        if criterion is not None:
            return "level", criterion
        if compact(name) in _ROLES or compact(_NUMBERED.sub("", name, count=1)) in _ROLES:
            return "role", None
        if telling(name) is not None:
            return None
        return self._with_a_word(name) or self._in_pieces(name)

    def _with_a_word(self, name: str) -> Target | None:
        """Read `innovation because`, `innovation.rationale`, `Approach to innovation level`."""
        said = words_of(_NUMBERED.sub("", name, count=1))
        for count in range(len(said), max(0, len(said) - _SHORT), -1):
            criterion = self._by_name.get("".join(said[:count]))
            if criterion is None:
                continue
            rest = said[count:]
            if not rest or rest[0] in _LEVELS:
                return "level", criterion
            if any(_TRAILING_NUMBER.sub("", word) in _REASONS for word in rest):
                return "rationale", criterion
        return None

    def _in_pieces(self, name: str) -> Target | None:
        """Read `3. Approach to innovation`, `Approach to innovation [Level]`, `Why? (Approach to innovation)`."""
        pieces = [piece for piece in _PIECES.split(name[:2000]) if piece.strip()]
        named = {}
        for place, piece in enumerate(pieces):
            criterion = self.criterion(piece) or self.criterion(_NUMBERED.sub("", piece, count=1))
            criterion = criterion or self._indicators.get(compact(piece))
            if criterion is not None:
                named[place] = criterion
        if len(set(named.values())) != 1:
            return None
        criterion = next(iter(named.values()))
        others = (piece for place, piece in enumerate(pieces) if place not in named)
        asks = any(begins_with_reason(piece) for piece in others)
        return ("rationale" if asks else "level"), criterion


def _unambiguous(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return criteria by what they are called, without what two of them are called."""
    found: dict[str, str] = {}
    twice = {""}
    for label, criterion in labels:
        if found.setdefault(compact(label), criterion) != criterion:
            twice.add(compact(label))
    return {label: criterion for label, criterion in found.items() if label not in twice}
