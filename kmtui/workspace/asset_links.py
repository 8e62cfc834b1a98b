"""What stands on a knowledge asset: lessons, good practice and contacts, put there and taken away.

Every function returns the page as it would be; `assets` keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from kmtui.analysis.matching import same_name
from kmtui.analysis.stems import stems
from kmtui.flow.lesson_life import root
from kmtui.model.asset import Asset, Contact
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.ids import as_typed
from kmtui.model.lines import LessonLine, PracticeLine
from kmtui.model.session import Session
from kmtui.model.technique import Table
from kmtui.text import one_line
from kmtui.workspace.register import asked, search
from kmtui.workspace.tools import Tools

MOST_FOUND = 200
"""How many lessons of a search are put on a page at the most: a longer page is not read."""

PracticeId = tuple[str, str]
"""The id of an assessment, or a beginning of it, and the id of a criterion."""


# Lessons


def with_lessons(tools: Tools, asset: Asset, lessons: Iterable[str]) -> Asset:
    """Return a page with more lessons, by ids or beginnings of them, each once. Raises NotFound."""
    found = [tools.store.register.find(each) for each in lessons]
    lives = tools.store.register.lives() if found else {}
    there = {root(each, lives) for each in asset.lessons}
    more: list[str] = []
    for line in found:
        if root(line.id, lives) not in there:
            more.append(line.id)
            there.add(root(line.id, lives))
    return replace(asset, lessons=(*asset.lessons, *more))


def without_lessons(tools: Tools, asset: Asset, lessons: Iterable[str]) -> Asset:
    """Return a page without lessons, also without one that is not here any more.

    Of lessons that were joined since, all go that stand there as one. Raises NotFound where one is not on the page, or
    the beginning of an id is that of more than one.
    """
    wanted = [(each, as_typed(each)) for each in lessons]
    lives = tools.store.register.lives() if wanted else {}
    roots = {each: root(each, lives) for each in asset.lessons}
    gone: set[str] = set()
    for given, typed in wanted:
        found = {into for each, into in roots.items() if typed and (each.startswith(typed) or into.startswith(typed))}
        if not found:
            raise NotFound(f'No lesson on "{asset.title}" has an id that begins with "{one_line(given)}".')
        if len(found) > 1:
            raise NotFound(
                f'More than one lesson on it has an id that begins with "{one_line(given)}". Type more of it.'
            )
        gone |= found
    return replace(asset, lessons=tuple(each for each, into in roots.items() if into not in gone))


def found_lessons(tools: Tools, words: str) -> list[LessonLine]:
    """Return the lessons that have all the words of a search, the best first. Raises WrongInput, NotFound.

    Those with only some of the words, with which a search goes on, do not belong on a page by themselves.
    """
    tools.store.register.look()
    query = asked(words)
    wanted = stems(" ".join((*query.words, *(word for phrase in query.phrases for word in phrase))))
    lines = [hit.line for hit in search(tools, query, MOST_FOUND) if hit.line.state != "retired"]
    found = [line for line in lines if wanted <= stems(_text_of(line))]
    if not found:
        raise NotFound(f'No lesson has all of these words: "{one_line(words)}". Fewer or other words may find some.')
    return found


def _text_of(line: LessonLine) -> str:
    said = (line.lesson, line.context, line.cause, line.recommendation, *line.tags, line.title, line.team, line.owner)
    return " ".join((*said, line.technique, line.criterion or ""))


# Good practice


def with_practices(tools: Tools, asset: Asset, practices: Iterable[PracticeId]) -> Asset:
    """Return a page with copies of more examples that teams keep as good practice, each once. Raises NotFound."""
    wanted = list(practices)
    known = tools.store.practices() if wanted else []
    held = {place_of(each): each for each in asset.practices}
    for each in wanted:
        line = _the_practice(known, each)
        held.setdefault(place_of(line), line)
    return replace(asset, practices=tuple(held.values()))


def without_practices(asset: Asset, practices: Iterable[PracticeId]) -> Asset:
    """Return a page without some examples. Raises NotFound where one is not on it."""
    gone = {place_of(_the_practice(asset.practices, each, f' on "{asset.title}"')) for each in practices}
    return replace(asset, practices=tuple(each for each in asset.practices if place_of(each) not in gone))


def place_of(line: PracticeLine) -> PracticeId:
    """Return the ids of the assessment and of the criterion of an example."""
    return line.source, line.criterion


def _the_practice(lines: Sequence[PracticeLine], practice: PracticeId, where: str = "") -> PracticeLine:
    assessment, criterion = as_typed(practice[0]), practice[1].strip()
    found = [each for each in lines if assessment and each.source.startswith(assessment)]
    found = [each for each in found if each.criterion == criterion]
    if not found:
        raise NotFound(
            f'There is no good practice for "{one_line(criterion)}"{where} out of an assessment whose id begins with '
            f'"{one_line(practice[0])}". kmtui list practices shows what teams keep.'
        )
    if len(found) > 1:
        raise NotFound(
            f'More than one assessment has an id that begins with "{one_line(practice[0])}". Type more of it.'
        )
    return found[0]


# Contacts


def with_contacts(asset: Asset, contacts: Iterable[Contact]) -> Asset:
    """Return a page with more contacts, each once. Raises WrongInput where one has no role."""
    found = list(asset.contacts)
    for each in contacts:
        contact = Contact(role=one_line(each.role), about=one_line(each.about))
        if not contact.role:
            raise WrongInput("The contact has no role. Type who may be asked: a role, such as bed manager.")
        if contact not in found:
            found.append(contact)
    return replace(asset, contacts=tuple(found))


def without_contacts(asset: Asset, contacts: Iterable[Contact | str]) -> Asset:
    """Return a page without some contacts; a role alone means all with that role. Raises NotFound."""
    left = asset.contacts
    for gone in contacts:
        kept = tuple(each for each in left if not _is(each, gone))
        if kept == left:
            named = gone if isinstance(gone, str) else gone.role
            raise NotFound(f'"{asset.title}" has no contact "{one_line(named)}".')
        left = kept
    return replace(asset, contacts=left)


def _is(contact: Contact, wanted: Contact | str) -> bool:
    return same_name(contact.role, wanted) if isinstance(wanted, str) else contact == wanted


# Out of a session


def out_of_session(tools: Tools, beginning: str) -> tuple[list[str], list[Contact]]:
    """Return the ids of the lessons that a session gives, and the roles that its tables name.

    Its lessons are those said in it and those that it took along. A role is what stands in a column for persons, and
    the first other column says what to ask about.

    Raises:
        NotFound: there is no such record.
        WrongInput: it is an assessment, or has none of that.
        Damaged, StoreError: it could not be read.
    """
    session = tools.store.read(tools.store.find(beginning))
    if not isinstance(session, Session):
        raise WrongInput(f'"{session.name}" is an assessment. Lessons and contacts come out of sessions.')
    ids = [each.id for each in session.lessons] + [each.lesson for each in session.taken]
    ids += [each.lesson for each in session.entries if each.lesson is not None]
    here = tools.store.register.lines(ids)
    lessons = [each for each in dict.fromkeys(ids) if each in here]
    contacts = _contacts_of(session)
    if not lessons and not contacts:
        raise WrongInput(f'"{session.name}" has no lessons, and its tables name nobody to ask.')
    return lessons, contacts


def _contacts_of(session: Session) -> list[Contact]:
    found = []
    for step in session.technique.steps:
        if not isinstance(step, Table):
            continue
        people = [column.id for column in step.columns if column.kind == "person"]
        about = next((column.id for column in step.columns if column.kind != "person"), "")
        for row in session.rows_of(step.id):
            roles = (row.cells.get(column, "") for column in people)
            found += [Contact(role=role, about=row.cells.get(about, "")) for role in roles if one_line(role)]
    return found
