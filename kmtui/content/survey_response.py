"""Response files: as the store of another machine wrote them (JSON), or filled in by hand (YAML)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from kmtui.content.words import nearest, quoted
from kmtui.flow.assessment import scale_in_words
from kmtui.model.assessment import Assessment
from kmtui.model.base import SCHEMA
from kmtui.model.errors import WrongContent
from kmtui.model.ids import is_id
from kmtui.model.matrix import Matrix, as_level
from kmtui.model.rating import Rating
from kmtui.model.survey import Given, Reading, Refused
from kmtui.text import clean, one_line

_YAML = re.compile(r"^(?:survey|ratings)\s*:", re.MULTILINE)
_TAKEN = frozenset(("criterion", "level", "skip", "rationale"))


def looks_like_yaml(text: str) -> bool:
    """Say whether a text has the keys of a response in YAML, which an e-mail has not both of."""
    return len({match.group().rstrip(": \t") for match in _YAML.finditer(text[:300_000])}) == 2


def tables_of(text: str) -> dict[str, Any] | None:
    """Return the tables of a response as the store writes it, or None where the text is something else."""
    if text.lstrip()[:1] != "{":
        return None
    try:
        read = msgspec.json.decode(text.encode("utf-8", "replace"))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) and isinstance(read.get("response"), dict) else None


def read_tables(tables: dict[str, Any], survey: Assessment, file: str) -> Reading:
    """Return the response in the tables of a file of the store."""
    head = next(iter(tables["response"].values()), None)
    why = _refusal(head, tables["response"], survey)
    if why:
        return _refused(file, why)
    assert isinstance(head, dict)  # noqa: S101 - _refusal has seen to it; told to the type checker
    wrong: list[str] = []
    rows = tables.get("ratings") or {}
    found: dict[str, Rating] = {}
    for row in rows.values() if isinstance(rows, dict) else ():
        rating = _rating(row, survey.matrix, wrong)
        if rating is not None and rating.criterion in found:
            wrong.append(f"the criterion {quoted(rating.criterion)} is there twice, and the first is kept")
        elif rating is not None:
            found[rating.criterion] = rating
    ratings = tuple(found[criterion.id] for criterion in survey.matrix.criteria if criterion.id in found)
    if not any(rating.answered for rating in ratings):
        return _refused(file, " ".join(["there is no answer in it.", *wrong[:3]]))
    role = head.get("role")
    given = Given(
        row=1,
        role=one_line(role) if isinstance(role, str) else "",
        ratings=ratings,
        mark=f"response {head['id']}",
        response_id=head["id"],
    )
    refused = tuple(Refused(file=file, row=1, reason=reason, whole=False) for reason in wrong)
    return Reading(file=file, kind="response", given=(given,), refused=refused)


def _refused(file: str, reason: str, row: int = 0) -> Reading:
    return Reading(file=file, kind="response", refused=(Refused(file=file, row=row, reason=reason),))


def _refusal(head: object, documents: dict[str, Any], survey: Assessment) -> str:
    """Return why a response is not taken at all, or an empty text."""
    if not isinstance(head, dict) or len(documents) != 1:
        return "it is no whole response: ask for the file again"
    own, schema = head.get("id"), head.get("schema", SCHEMA)
    if not isinstance(own, str) or not is_id(own):
        return "its response has no id of ours: ask for the file again"
    if not isinstance(schema, int) or schema > SCHEMA:
        return "a newer version of kmtui has written it: install that version to import it"
    if head.get("survey") != survey.id:
        return f"it answers another survey ({one_line(str(head.get('survey')))[:40]}), not {survey.id}"
    return (
        ""
        if head.get("finished") is True
        else "it was not finished: whoever began it can go on with it, and send it again"
    )


def _rating(row: object, matrix: Matrix, wrong: list[str]) -> Rating | None:
    """Return what a row says; what is wrong with it is added, and the rest of it kept."""
    named = row.get("criterion") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(named, str):
        wrong.append("an answer names no criterion")
        return None
    criterion = matrix.criterion(named)
    if criterion is None:
        near = nearest(named, [each.id for each in matrix.criteria])
        wrong.append(f"there is no criterion {quoted(named)} in this survey" + (f" ({near}?)" if near else ""))
        return None
    name = one_line(criterion.name)
    level, skip, words = row.get("level"), row.get("skip"), row.get("rationale", "")
    if level is not None and not (
        isinstance(level, (int, float)) and type(level) is not bool and matrix.has_level(level)
    ):
        wrong.append(f"{name}: {quoted(str(level)[:80])} is not a level. {scale_in_words(matrix.scale)}")
        level = None
    if skip is not None and skip not in ("dont-know", "not-for-us"):
        wrong.append(f"{name}: {quoted(str(skip)[:80])} is no answer here: write dont-know or not-for-us")
        skip = None
    if level is not None and skip is not None:
        wrong.append(f"{name}: it has both a level and a reason to leave it out")
        level = skip = None
    more = [key for key, value in row.items() if key not in _TAKEN and value not in (None, "")]
    if more:
        wrong.append(f"{name}: {quoted(str(more[0]))} is not asked in a survey, and left out")
    rating = Rating(
        criterion=criterion.id,
        level=None if level is None else as_level(level),
        skip=skip,
        rationale=clean(words).strip() if isinstance(words, str) else "",
    )
    return None if rating.empty else rating


def read_yaml(text: str, survey: Assessment, file: str) -> Reading:
    """Return the response in a file that was filled in by hand."""
    from kmtui.content.response_answers import read_response  # here: tables and e-mails do without YAML

    try:
        answers, _ = read_response(Path(file), survey, text)
    except WrongContent as error:
        refused = (
            Refused(file=file, row=problem.line, reason=problem.message, whole=number == 0)
            for number, problem in enumerate(error.problems)
        )
        return Reading(file=file, kind="response", refused=tuple(refused))
    if not any(rating.answered for rating in answers.ratings):
        return _refused(file, "there is no answer in it")
    mark = "\n".join(
        f"{each.criterion}={each.level if each.level is not None else each.skip} {one_line(each.rationale)}"
        for each in answers.ratings
    )
    given = Given(
        row=1, role=answers.role, ratings=answers.ratings, mark=f"yaml {Path(file).name}\n{answers.role}\n{mark}"
    )
    return Reading(file=file, kind="response", given=(given,))
