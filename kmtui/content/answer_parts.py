"""What answers files of several kinds have in common: opening, the matrix, people, and what is agreed about a team."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kmtui.content.convert import SHORT_FORMS, is_nothing
from kmtui.content.document import Document, open_bytes, open_file, open_text
from kmtui.content.findings import Findings
from kmtui.content.library import Library
from kmtui.content.nodes import Broken, Mapping, Node, Scalar, Sequence
from kmtui.content.rules import at_least, get, parts, words
from kmtui.content.source import ANSWERS_LIMIT
from kmtui.content.words import quoted, unknown
from kmtui.model.errors import NotFound, WrongContent
from kmtui.model.matrix import Matrix
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, Objective, as_used, named

MOST_OF_A_ROLE = 9999
MOST_DOTS = 9999

# The keys by which each kind of answers file is known, and what such a file is.
KINDS = {
    "technique": 'the answers of a session: "kmtui run --answers FILE" takes it',
    "assess": 'the answers of an assessment: "kmtui assess --answers FILE" takes it',
    "set_up": 'the set-up of a team: "kmtui setup save FILE" takes it',
    "survey": 'one person\'s answers to a survey: "kmtui survey import ID FILE" takes it',
}

SHORT_FORMS[Person] = "role"
SHORT_FORMS[Objective] = "text"


def opened(path: Path, text: str | bytes | None) -> Document:
    """Return a file as a tree; with `text` that is read, as a file would be, and `path` only names it."""
    if text is None:
        return open_file(path, ANSWERS_LIMIT)
    if isinstance(text, bytes):
        return open_bytes(text, str(path), ANSWERS_LIMIT)
    return open_text(text, str(path), ANSWERS_LIMIT)


def is_another(document: Document, own: Collection[str]) -> bool:
    """Note and say that a file is of another kind than one of `own`, or of two kinds at once."""
    keys = document.keys()
    there = [kind for kind in KINDS if kind in keys]
    if document.root is None or not there:
        return False
    place = get(document.root, there[-1]) or document.root
    if len(there) > 1:
        message = f"{quoted(there[0])} and {quoted(there[-1])} exclude each other: keep one of them"
        document.findings.error(place, message)
        return True
    if there[0] not in own:
        document.findings.error(place, f"this holds {KINDS[there[0]]}")
        return True
    return False


def matrix_of(place: Node | None, library: Library, findings: Findings) -> Matrix | None:
    """Return the matrix that a key names, or None after noting why there is none."""
    wanted = words(place)
    if place is None or wanted is None:
        return None
    try:
        return library.matrix(wanted).value
    except NotFound:
        findings.error(place, unknown("matrix", wanted, [loaded.value.id for loaded in library.matrices()]))
    except WrongContent as error:
        findings.error(place, broken(f"the matrix {quoted(wanted)}", error))
    return None


def broken(what: str, error: WrongContent) -> str:
    """Return that a file of the library has errors."""
    file = error.problems[0].file
    return f'{what} cannot be read, since {file} has errors: "kmtui check {file}" says which'


def check_people(root: Node, findings: Findings) -> None:
    """Note people without role and name, and numbers of people that cannot be."""
    for place, person in enumerate(parts(root, "people"), 1):
        if words(get(person, "role")) is None and words(get(person, "name")) is None:
            findings.error(person, '"role" is missing: add role: with a text, or name:', f"person {place}")
        at_least(person, "count", 1, findings, f"person {place}", most=MOST_OF_A_ROLE)


def left_out(root: Node, matrix: Matrix, findings: Findings) -> tuple[LeftOut, ...]:
    """Return what the team does not use, as it is written: criteria or sections, each with a reason or without."""
    node = get(root, "leave_out")
    found: list[LeftOut] = []
    if isinstance(node, Mapping):
        for key, (place, value) in node.pairs.items():
            reason = _reason(value, key, findings)
            if _is_there(key, place, matrix, findings) and reason is not None:
                found.append(LeftOut(criterion=key, reason=reason))
    elif isinstance(node, Sequence):
        for item in node.items:
            wanted = words(item)
            if wanted is None or not isinstance(item, Scalar):
                if not isinstance(item, Broken):
                    findings.error(item, '"leave_out" takes ids: write the id of a criterion or a section')
            elif _is_there(wanted, item, matrix, findings):
                found.append(LeftOut(criterion=wanted))
    elif node is not None and not is_nothing(node) and not isinstance(node, Broken):
        example = f"{{{matrix.criteria[0].id}: the reason}}"
        findings.error(node, f'"leave_out" takes ids with a reason each, or a list of ids: write for example {example}')
    if node is not None and found and not as_used(matrix, named(matrix, tuple(found)), ()).criteria:
        findings.error(node, "every criterion is left out: keep at least one")
    return tuple(found)


def _is_there(wanted: str, place: Node, matrix: Matrix, findings: Findings) -> bool:
    known = [criterion.id for criterion in matrix.criteria] + [section.id for section in matrix.sections]
    if wanted not in known and findings.takes_more():
        findings.error(place, unknown("criterion or section", wanted, known), "leave_out")
    return wanted in known


def _reason(value: Node, key: str, findings: Findings) -> str | None:
    if isinstance(value, Scalar):
        return "" if is_nothing(value) else value.value.strip()
    if not isinstance(value, Broken):
        findings.error(value, f"{quoted(key)} in leave_out takes a text: write why it is left out")
    return None


def check_team(root: Node, matrix: Matrix, library: Library, findings: Findings) -> None:
    """Check what objectives and the options of the local service refer to. The matrix is the whole one."""
    criteria = [criterion.id for criterion in matrix.criteria]
    for place, objective in enumerate(parts(root, "objectives"), 1):
        served = get(objective, "criteria")
        for item in served.items if isinstance(served, Sequence) else ():
            check_id(item, "criterion", criteria, findings, f"objective {place}")
    bands = [band.id for band in matrix.bands]
    for place, option in enumerate(parts(root, "options"), 1):
        where = f"option {place}"
        check_id(get(option, "criterion"), "criterion", criteria, findings, where)
        fits = get(option, "bands")
        for item in fits.items if isinstance(fits, Sequence) else ():
            check_id(item, "band", bands, findings, where)
        check_technique(option, library, findings, where)


def check_id(at: Node | None, noun: str, known: Collection[str], findings: Findings, where: str) -> bool:
    """Note an id that is not known; say whether there is one that is."""
    wanted = words(at)
    if at is None or wanted is None:
        return False
    if wanted not in known and findings.takes_more():
        findings.error(at, unknown(noun, wanted, known), where)
    return wanted in known


def check_technique(node: Node, library: Library, findings: Findings, where: str) -> None:
    """Warn of a technique that is not installed."""
    at = get(node, "technique")
    wanted = words(at)
    if at is not None and wanted is not None and wanted not in library.technique_ids:
        findings.warning(at, f"the technique {quoted(wanted)} is not installed", where)
