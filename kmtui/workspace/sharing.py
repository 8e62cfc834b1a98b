"""What leaves the workspace and comes in: reports as Markdown, whole records as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.errors import NotFound, StoreError, WrongInput
from kmtui.model.ids import IdMaker
from kmtui.model.lines import LessonLine
from kmtui.model.session import Session
from kmtui.report.document import assessment_document, plan_document, session_document
from kmtui.report.reading import read_document
from kmtui.store.protocol import Handle, Kept, Record
from kmtui.text import file_slug
from kmtui.workspace.tools import Tools

Format = Literal["markdown", "json", "plan", "board", "invitations"]
"""What a record can be written as. `plan` and `board` are Markdown of an assessment: its plan, and one page of it;
`invitations` are the texts to the people of a session who were put into groups."""

ENDINGS: dict[Format, str] = {
    "markdown": ".md",
    "json": ".json",
    "plan": "_plan.md",
    "board": "_board.md",
    "invitations": "_invitations.txt",
}
LARGEST_FILE = 64 * 1024 * 1024  # bytes; far above any real record


def document(record: Record, *, with_names: bool, with_private: bool = False) -> dict[str, Any]:
    """Return a record as the one JSON document that `show` prints, `export` writes and `import` reads."""
    if isinstance(record, Session):
        return session_document(record, with_names=with_names, with_private=with_private)
    return assessment_document(record, with_names=with_names, with_private=with_private)


def json_text(data: object) -> str:
    """Return data as indented JSON with a newline at its end."""
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n"


def whole_document(record: Record) -> bytes:
    """Return a record with everything in it, for a copy that its own facilitator keeps elsewhere."""
    return json_text(document(record, with_names=True, with_private=True)).encode()


def rendered(tools: Tools, record: Record, form: Format, *, with_names: bool = False) -> str:
    """Return a record in one of the formats in which it is shared. Private entries are never in it.

    Invitations name the people whom they go to.

    Raises:
        WrongInput: a session has no plan; or there are no groups to invite.
    """
    if form == "json":
        return json_text(document(record, with_names=with_names))
    if isinstance(record, Assessment):
        return _assessment(tools, record, form, with_names)
    if form == "invitations":
        return _invitations(record)
    if form != "markdown":
        raise _no_plan(record)
    from kmtui.report.session_markdown import session_markdown
    from kmtui.workspace.thread import names_of_earlier

    return session_markdown(
        record,
        with_names=with_names,
        held_for=held_for_words(tools, record),
        continues=tuple(names_of_earlier(tools, record).values()),
        assessments={each.assessment: _assessment_words(tools, each.assessment) for each in record.assessed},
        lessons=_lessons(tools, record),
    )


def _lessons(tools: Tools, record: Record) -> dict[str, LessonLine]:
    """Return the earlier lessons that a record goes with, by id, as far as they are here."""
    ids = {each.lesson for each in record.actions if each.lesson is not None}
    if isinstance(record, Session):
        ids.update(each.lesson for each in record.taken)
        ids.update(each.again for each in record.lessons if each.again is not None)
    try:
        return tools.store.register.lines(ids) if ids else {}
    except StoreError:
        return {}


def _invitations(session: Session) -> str:
    from kmtui.report.invitations import invitations

    found = invitations(session)
    if not found:
        raise WrongInput(f'"{session.name}" has no groups to invite. They are drawn at a step of the kind groups.')
    return "\n\n".join(found) + "\n"


def _assessment_words(tools: Tools, assessment_id: str) -> str:
    """Return what an assessment is called and when it was made; empty where it is not here."""
    try:
        found = tools.store.read(assessment_id)
    except (NotFound, StoreError):
        return ""
    return f"The assessment of {in_words(found.date)}: {found.name}."


def _assessment(tools: Tools, record: Assessment, form: Format, with_names: bool) -> str:
    if form == "invitations":
        raise WrongInput(f'"{record.name}" is an assessment. Only a session in groups has invitations.')
    from kmtui.workspace.comparing import before
    from kmtui.workspace.planning import held_for

    names, held = technique_names(tools), held_for(tools, record)
    lessons = {each: line.lesson for each, line in _lessons(tools, record).items()}
    if form == "markdown":
        from kmtui.report.assessment_markdown import assessment_markdown

        return assessment_markdown(
            record,
            with_names=with_names,
            technique_names=names,
            before=before(tools, record),
            held=held,
            lessons=lessons,
        )
    from kmtui.report.plan_markdown import board_markdown, plan_markdown

    made = board_markdown if form == "board" else plan_markdown
    return made(record, with_names=with_names, technique_names=names, held=held, lessons=lessons)


def plan_of(record: Record) -> dict[str, Any]:
    """Return the plan of an assessment as data for scripts. Raises WrongInput where the record is a session."""
    if isinstance(record, Session):
        raise _no_plan(record)
    return plan_document(record)


def _no_plan(session: Session) -> WrongInput:
    return WrongInput(f'"{session.name}" is a session. Only an assessment has a plan.')


def held_for_words(tools: Tools, session: Session) -> str:
    """Return the name of the criterion for which a session was held, as far as the assessment is here."""
    if session.assessment is None or session.criterion is None:
        return ""
    try:
        assessment = tools.store.read(session.assessment)
    except (NotFound, StoreError):
        return ""
    criterion = assessment.matrix.criterion(session.criterion) if isinstance(assessment, Assessment) else None
    return criterion.name if criterion is not None else ""


def technique_names(tools: Tools) -> dict[str, str]:
    """Return the names of the techniques that are installed, by id."""
    return {loaded.value.id: loaded.value.name for loaded in tools.library.techniques()}


def default_export(folder: Path, record: Record, form: Format) -> Path:
    """Return a file in the folder that is not there yet, named after the day and the record."""
    about = record.technique.id if isinstance(record, Session) else "assessment"
    return free_file(folder, (record.date.isoformat(), file_slug(record.name), about), ENDINGS[form])


def free_file(folder: Path, parts: tuple[str, ...], ending: str) -> Path:
    """Return a file in the folder that is not there yet, named after what is not empty of `parts`."""
    name = "_".join(part for part in parts if part)
    path = folder / f"{name}{ending}"
    number = 2
    while path.exists():
        path = folder / f"{name}-{number}{ending}"
        number += 1
    return path


def export(tools: Tools, record: Record, form: Format, path: Path, *, with_names: bool = False) -> None:
    """Write a report to a file. The folder of exports is made if it is not there yet; others are not.

    Raises:
        StoreError: it could not be written.
    """
    write_text(tools, path, rendered(tools, record, form, with_names=with_names))


def write_text(tools: Tools, path: Path, text: str) -> None:
    """Write a text to a file, a form or an advance copy. The folder of exports is made, others are not.

    Raises:
        StoreError: it could not be written.
    """
    target = path.expanduser().absolute()
    if target.parent == Path(tools.store.place) / "exports":
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"The folder {target.parent} cannot be made ({error.strerror}).") from error
    tools.store.write_file(target, text.encode())


def import_file(tools: Tools, path: Path) -> tuple[Record, bool]:
    """Take in a record that was exported as JSON; return it, and whether it was here already, just the same.

    Raises:
        WrongInput: the file is not such an export, or another record with its id is here.
        StoreError: the workspace cannot be written to.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise WrongInput(f"{path} is too large to be an export of kmtui.")
        data = path.read_bytes()
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}.") from error
    record = read_document(data)
    try:
        here = tools.store.read(record.id)
    except NotFound:
        refuse_opened_again(tools, record)
        if isinstance(record, Session):
            from kmtui.workspace.wordings import in_session_alone

            tools.store.create(record).close()
            list(in_session_alone(tools, record))
        else:
            tools.store.create(record).close()
        return record, False
    if document(here, with_names=True) == document(record, with_names=True):
        return here, True
    raise WrongInput(
        f'"{here.name}" is here already with the same id and other words. Nothing was changed. '
        "Import it into another workspace, or delete the one here first."
    )


def refuse_opened_again(tools: Tools, record: Record) -> None:
    """Raise WrongInput for an open survey that was deleted here: closed once more, it would make a second report."""
    followed = tools.store.followed().get(record.id)
    if isinstance(record, Assessment) and record.collecting and followed is not None and followed.deleted:
        raise WrongInput(f'The survey "{record.name}" was deleted here. Create another one instead.')


def save_whole(tools: Tools, record: Record) -> None:
    """Put a record in the place of the one with its id. Raises ChangedMeanwhile, NewerSchema, StoreError."""
    handle: Handle[Any] = tools.store.open(record.id)
    try:
        handle.save(record)
    finally:
        handle.close()


def own_copy(record: Kept, ids: IdMaker) -> Kept:
    """Return the record as a record of its own. Its lessons and actions keep their ids: they are the same ones."""
    title = record.title or (record.technique.name if isinstance(record, Session) else record.name)
    return replace(record, id=ids(), title=f"{title} (copy)")
