"""The register of lessons as the faces use it: looking for lessons, opening one, saying what has become of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from kmtui.analysis.query import Query, parse_query
from kmtui.flow.lesson_life import JOINED, root, turn
from kmtui.model.base import Value
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.lesson import LessonState, Turn, Use
from kmtui.model.lines import LessonLine
from kmtui.store.protocol import Hit
from kmtui.text import clean
from kmtui.workspace import log
from kmtui.workspace.tools import Tools

MOST_FOUND = 50
"""How many lessons a search shows where nobody asks for more."""


class LessonPage(Value, frozen=True, kw_only=True):
    """A lesson with all that is known of it.

    `turns` are its life in the order of time, `uses` where it was taken along, `sources` the lessons that were joined
    into it, `into` the one that it was joined into, `earlier` the one that it repeats. `technique_name` and
    `criterion_name` are empty where they are not known here.
    """

    line: LessonLine
    turns: tuple[Turn, ...] = ()
    uses: tuple[Use, ...] = ()
    sources: tuple[LessonLine, ...] = ()
    into: LessonLine | None = None
    earlier: LessonLine | None = None
    technique_name: str = ""
    criterion_name: str = ""


def asked(
    words: str, *, tags: Sequence[str] = (), team: str | None = None, state: LessonState | None = None,
    typing: bool = False,
) -> Query:  # fmt: skip
    """Return what somebody asks for, in words with their limits and in options beside them. Raises WrongInput."""
    query = parse_query(clean(words), typing=typing)
    return replace(
        query,
        tags=(*query.tags, *tags),
        teams=(*query.teams, *((team,) if team else ())),
        states=(*query.states, *((state,) if state else ())),
    )


def search(tools: Tools, query: Query, limit: int = MOST_FOUND) -> list[Hit]:
    """Return the lessons that fit, the best first, or the newest first where only limits are given."""
    return tools.store.register.search(query, limit)


def page(tools: Tools, beginning: str) -> LessonPage:
    """Return a lesson with all that is known of it. Any unique beginning of its id will do. Raises NotFound."""
    register = tools.store.register
    line = register.find(beginning)
    life = register.lives().get(line.id)
    others = register.lines([each for each in (line.joined, line.again) if each])
    return LessonPage(
        line=line,
        turns=life.turns if life is not None else (),
        uses=tuple(register.uses(line.id)),
        sources=tuple(register.joined_into(line.id)),
        into=others.get(line.joined or ""),
        earlier=others.get(line.again or ""),
        technique_name=_technique_name(tools, line),
        criterion_name=_criterion_name(tools, line),
    )


def _technique_name(tools: Tools, line: LessonLine) -> str:
    found = (each.value.name for each in tools.library.techniques() if each.value.id == line.technique)
    return next(found, "")


def _criterion_name(tools: Tools, line: LessonLine) -> str:
    """Return the name of the criterion for which the session of a lesson was held, as its assessment has it."""
    from kmtui.model.session import Session
    from kmtui.workspace.sharing import held_for_words

    if line.criterion is None or line.imported:
        return line.criterion or ""
    try:
        session = tools.store.read(line.session)
    except NotFound:
        return ""
    return held_for_words(tools, session) if isinstance(session, Session) else ""


def say(
    tools: Tools,
    beginning: str,
    *,
    state: str | None = None,
    note: str = "",
    role: str = "",
    owner: str | None = None,
    review: date | None = None,
    no_review: bool = False,
) -> LessonLine:
    """Say what has become of a lesson, who owns it, or when it is looked at again; return it as it is now.

    Raises:
        NotFound: there is no such lesson.
        WrongInput: the state is none, or needs a note; or nothing is changed.
        StoreError: it could not be written.
    """
    line = tools.store.register.find(beginning)
    change = turn(
        state,
        note=clean(note),
        role=clean(role),
        owner=None if owner is None else clean(owner),
        review=review,
        no_review=no_review,
    )
    tools.store.add_event(line.id, change)
    log.note("lesson", id=line.id)
    return tools.store.register.find(line.id)


def stood(found: LessonPage, changed: Collection[str]) -> dict[str, Any]:
    """Return what `say` has to be told to take a change back: how a lesson stood in what is `changed`."""
    line = found.line
    if "state" in changed:
        last = found.turns[-1] if found.turns else None
        return {"state": line.state, "note": last.note if last else "", "role": last.role if last else ""}
    if "owner" in changed:
        return {"owner": line.owner}
    return {"review": line.review, "no_review": line.review is None}


def join(tools: Tools, beginning: str, others: Iterable[str], *, role: str = "") -> LessonLine:
    """Join lessons of the same kind into one. They stay as they are, and are found as that one.

    Raises:
        NotFound: there is no such lesson.
        WrongInput: one would be joined into itself.
        StoreError: it could not be written; those before are joined.
    """
    register = tools.store.register
    line = register.find(beginning)
    found = [register.find(each) for each in others]
    if not found:
        raise WrongInput("Say which lessons are joined into this one.")
    lives = register.lives()
    for each in found:
        if root(line.id, lives) in (each.id, root(each.id, lives)):
            raise WrongInput(f'"{each.lesson}" is the same lesson already.' if each.id != line.id else _ITSELF)
    for each in found:
        tools.store.add_event(each.id, _with_role({JOINED: line.id}, role))
        log.note("join", id=each.id)
    return register.find(line.id)


_ITSELF = "A lesson cannot be joined into itself. Choose another one."


def take_apart(tools: Tools, beginning: str, *, role: str = "") -> LessonLine:
    """Have a lesson that was joined into another stand for itself again. Raises NotFound, WrongInput, StoreError."""
    line = tools.store.register.find(beginning)
    if line.joined is None:
        raise WrongInput("This lesson was not joined into another one.")
    tools.store.add_event(line.id, _with_role({JOINED: None}, role))
    return tools.store.register.find(line.id)


def _with_role(change: dict[str, str | None], role: str) -> dict[str, str | None]:
    said = clean(role).strip()
    return change | ({"role": said} if said else {})


def row_of(hit: Hit) -> dict[str, object]:
    """Return a found lesson for scripts: what is promised first, then the rest of it."""
    line = hit.line
    return {
        "id": line.id,
        "lesson": line.lesson,
        "excerpt": "".join(f"«{text}»" if found else text for text, found in hit.excerpt) or line.lesson,
        "score": hit.score,
        "team": line.team,
        "session": line.title,
        "date": line.date,
        "state": line.state,
        "used": line.used,
        "all_words": hit.whole,
        "seen": line.seen,
        "context": line.context,
        "cause": line.cause,
        "recommendation": line.recommendation,
        "tags": list(line.tags),
        "keep_or_change": line.keep_or_change,
        "owner": line.owner,
        "technique": line.technique,
        "criterion": line.criterion,
        "review": line.review,
        "session_id": None if line.imported else line.session,
        "source": line.source,
        "reference": line.reference,
    }
