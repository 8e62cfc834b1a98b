"""Which column of a file is for which field of a lesson: by what people say, and else by its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kmtui.content.survey_words import compact, words_of
from kmtui.content.words import listed, nearest, quoted, unknown
from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.imported import FIELDS
from kmtui.text import one_line

_CALLED = {
    "lesson": """
        lesson lessons lessonlearned lessonslearned lessonlearnt lessonslearnt thelesson lessontext lessonidentified
        lessonsidentified lessondescription descriptionoflesson keylesson keylessons lessonstatement lessonsummary
        whatwelearned whatwelearnt whatdidwelearn learning learnings keylearning keylearnings learningpoint
        learningpoints keylearningpoint keylearningpoints insight insights keyinsight takeaway takeaways keytakeaway
        keytakeaways finding findings
    """,
    "context": """
        context whathappened drivingevent drivingevents background situation whereitcomesfrom eventdescription
        descriptionofevent descriptionofdrivingevent circumstances observation observations problem problemstatement
        issue issues description details abstract summary
    """,
    "cause": """
        cause causes rootcause rootcauses why reason reasons causeanalysis rootcauseanalysis contributingfactors
        whydidithappen whywasthereadifference
    """,
    "recommendation": """
        recommendation recommendations recommended recommendedaction recommendedactions action actions proposedaction
        proposedactions suggestedaction suggestedactions correctiveaction correctiveactions preventiveaction
        preventiveactions whattodo nextsteps advice solution improvement improvements howtoapply
    """,
    "tags": "tags tag keywords keyword topics topic categories category themes theme labels subjects area areas type",
    "keep_or_change": """
        keeporchange changeorkeep lessontype typeoflesson positiveornegative positivenegative successorfailure
        successfailure goodorbad
    """,
    "owner": """
        owner lessonowner responsible responsibleperson submitter submittedby author authors contact contactperson
        pointofcontact poc raisedby reportedby createdby enteredby contributor contributors
    """,
    "title": """
        title project projectname projecttitle programme program session event eventname lessontitle lessonname subject
        headline initiative name
    """,
    "team": """
        team teamname department organisation organization submittingorganisation submittingorganization center centre
        unit directorate division group agency office ward service site location
    """,
    "technique": "technique method",
    "criterion": "criterion criteria",
    "date": """
        date lessondate dateoflesson eventdate dateofevent dateidentified dateraised daterecorded datelogged
        datesubmitted submissiondate datecreated createddate created published publisheddate publicationdate when year
        lastupdated timestamp
    """,
    "reference": """
        reference ref referencenumber lessonnumber lessonid lessonno lessonref identifier id number no url link uri
        source
    """,
    "state": "state status lessonstatus",
    "note": "note notes comment comments remark remarks",
}
_BEGINS = {
    "lesson": ("what did we learn", "what have we learn", "what can we learn", "what was learn", "what we learn"),
    "context": ("what happened", "what was the situation"),
    "cause": ("why did", "why was"),
    "recommendation": ("what should", "what will we do", "what would we do", "what do we recommend"),
}
_IN_PLACE_OF_LESSON = ("abstract", "summary", "description", "lessontitle", "title", "subject", "headline")
"""What stands for the lesson in collections that have no column for it, best first."""

_RANKS = {name: (field, rank) for field, names in _CALLED.items() for rank, name in enumerate((field, *names.split()))}
_NUMBERED = re.compile(r"^\s*[0-9]{1,3}[a-z]?\s*[.):–—-]\s*")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_UNRANKED = 1000
_LONGEST_HEADING = 2000


class Columns(Value, frozen=True, kw_only=True):
    """The places of the columns for each field that has any, from 0, and what is to be said of the choice.

    `off` are the fields that the mapping switches off.
    """

    fields: dict[str, tuple[int, ...]]
    off: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def used(self) -> frozenset[int]:
        """The places of all columns that are used."""
        return frozenset(place for places in self.fields.values() for place in places)

    def field_at(self, place: int) -> str | None:
        """Return the field that a column is for, or None."""
        return next((field for field, places in self.fields.items() if place in places), None)


def field_of(heading: str) -> str | None:
    """Return the field that a heading means, or None."""
    return _meant(heading)[0]


def columns_of(
    headings: Sequence[str], mapping: Mapping[str, str], *, several: bool = False, body: int | None = None
) -> Columns:
    """Return which column is for which field: by the mapping first, and then by the headings.

    `several` takes all the columns that mean a field, best first, and not the best of them alone. `body` is the place
    of a column that stands for the lesson where there is no other.

    Raises:
        WrongInput: the mapping names a field or a column that is not there, or one column twice.
    """
    given = _mapped(headings, mapping)
    fields = {field: places for field, places in given.items() if places}
    taken = {place for places in fields.values() for place in places}
    free = {place: heading for place, heading in enumerate(headings) if place not in taken and place != body}
    notes = []
    meant = _by_field(free)
    if "lesson" not in given and "lesson" not in meant and body is None:
        instead = _in_place_of_lesson(free)
        if instead is not None:
            notes.append(f"No column is for the lesson: {quoted(headings[instead])} is taken for it.")
            fields["lesson"] = (instead,)
            del free[instead]
            meant = _by_field(free)
    for field, places in meant.items():
        if field not in given and field not in fields:
            fields[field] = tuple(places) if several else (places[0],)
    off = frozenset(field for field, places in given.items() if not places)
    return Columns(fields=fields, off=off, notes=tuple(notes))


def score_of(headings: Iterable[str], mapping: Mapping[str, str]) -> int:
    """Return how many fields headings name; one that is named in a mapping weighs more than all the others.

    A number in the mapping is that of a column: it says nothing of a row that has it in a cell.
    """
    names = (compact(name) for value in mapping.values() for name in (value, *value.split("+")))
    wanted = {name for name in names if name and not name.isdigit()}
    fields, mapped = set(), 0
    for heading in headings:
        fields.add(field_of(heading))
        mapped += compact(heading) in wanted
    return len(fields - {None}) + _UNRANKED * mapped


def no_lesson(name: str, headings: Sequence[str]) -> str:
    """Return words for a file without a column for the lesson: which there are, and how to say which it is."""
    there = [f"{number} {heading}" for number, heading in enumerate(headings, 1) if heading]
    columns = f"Its columns are: {listed(there, 'and')}." if there else "Its columns have no headings."
    return (
        f"No column of {name} is for the lesson. {columns} "
        "Say which it is by its heading or its number, such as --map lesson=1"
    )


def _meant(heading: str) -> tuple[str | None, int]:
    """Return the field that a heading means, and how surely: 0 is the name of the field itself."""
    heading = heading[:_LONGEST_HEADING]
    plain = _NUMBERED.sub("", heading)
    for form in (heading, plain, _ASIDE.sub(" ", plain)):
        found = _RANKS.get(compact(form))
        if found is not None:
            return found
    parts = [_RANKS.get(compact(part), (None, 0))[0] for part in plain.split("/")]
    if len(set(parts)) == 1 and parts[0] is not None:
        return parts[0], _UNRANKED
    said = " ".join(words_of(plain))
    for field, beginnings in _BEGINS.items():
        if said.startswith(beginnings):
            return field, _UNRANKED
    return None, 0


def _by_field(headings: Mapping[int, str]) -> dict[str, list[int]]:
    """Return the places of headings by the field that they mean, those first that mean it most surely."""
    found: dict[str, list[tuple[int, int]]] = {}
    for place, heading in headings.items():
        field, rank = _meant(heading)
        if field is not None:
            found.setdefault(field, []).append((rank, place))
    return {field: [place for _, place in sorted(places)] for field, places in found.items()}


def _in_place_of_lesson(headings: Mapping[int, str]) -> int | None:
    by_name: dict[str, int] = {}
    for place, heading in headings.items():
        by_name.setdefault(compact(heading), place)
    return next((by_name[name] for name in _IN_PLACE_OF_LESSON if name in by_name), None)


def _mapped(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """Return the places that a mapping names by field; none for a field that it switches off."""
    fields = {compact(field): field for field in FIELDS}
    found: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for key, value in mapping.items():
        field = fields.get(compact(key))
        if field is None:
            raise WrongInput(f"In the mapping: {unknown('field', key, FIELDS)}")
        if field in found:
            raise WrongInput(f"The field {quoted(field)} is mapped twice. Map it once, several columns joined with +.")
        found[field] = tuple(_places(headings, value))
        for place in found[field]:
            if place in taken:
                raise WrongInput(f"The column {quoted(_called(headings, place))} is mapped twice. Map it once.")
            taken.add(place)
    return found


def _places(headings: Sequence[str], value: str) -> Iterator[int]:
    whole = _place(headings, value)
    if whole is not None:
        yield whole
        return
    for name in value.split("+"):
        if not name.strip():
            continue
        place = _place(headings, name)
        if place is None:
            raise WrongInput(_no_column(headings, one_line(name)))
        yield place


def _place(headings: Sequence[str], name: str) -> int | None:
    """Return the place of the column of this heading or number; None where there is none."""
    wanted = one_line(name)
    if not wanted:
        return None
    exact = (place for place, heading in enumerate(headings) if heading == wanted)
    alike = (place for place, heading in enumerate(headings) if compact(heading) == compact(wanted) != "")
    found = next(exact, None)
    found = next(alike, None) if found is None else found
    if found is None and wanted.isascii() and wanted.isdigit() and 0 < int(wanted[:9]) <= len(headings):
        return int(wanted[:9]) - 1
    return found


def _no_column(headings: Sequence[str], wanted: str) -> str:
    if wanted.isascii() and wanted.isdigit():
        return f"There is no column {quoted(wanted)}. Columns are counted from 1 to {len(headings)}."
    there = [heading for heading in headings if heading]
    small = {heading.lower(): heading for heading in there}
    near = nearest(wanted, small)
    hint = f"Did you mean {quoted(small[near])}?" if near else f"There are: {listed(there, 'and')}."
    return f"There is no column {quoted(wanted)}. {hint}"


def _called(headings: Sequence[str], place: int) -> str:
    return headings[place] or str(place + 1)
