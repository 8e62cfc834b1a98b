"""A knowledge asset as a page to be sent round: what was learned, good practice, whom to ask, and where it comes from.

Unlike other reports it has ids in its text: with them the page leads back to its sources.
"""

from __future__ import annotations

from collections.abc import Iterable

from kmtui import __version__
from kmtui.model.asset_page import AssetLesson, AssetPage, AssetPractice
from kmtui.model.base import in_words
from kmtui.model.ids import is_id
from kmtui.model.lines import LessonLine
from kmtui.report.asset_parts import (
    contact_line,
    in_order,
    last_note,
    lesson_standing,
    looked_words,
    practice_note,
    practice_where,
    since_words,
)
from kmtui.report.escape import block, front_matter, inline
from kmtui.report.lesson_parts import KIND_WORDS, origin
from kmtui.report.lessons_report import bullets_of
from kmtui.report.parts import joined, sentence, told
from kmtui.report.words import capitalised
from kmtui.text import one_line


def asset_markdown(page: AssetPage) -> str:
    """Return a page as Markdown: lessons that are agreed first, those that are of no use any more last."""
    asset = page.asset
    agreed, said, retired, missing = in_order(page)
    front = front_matter(
        {
            "kind": "asset",
            "id": asset.id,
            "title": asset.title,
            "made": asset.created.date(),
            "changed": asset.changed.date(),
            "looked": asset.looked,
            "made_by": f"kmtui {__version__}",
        }
    )
    return front + "\n" + joined(
        [
            f"# {inline(asset.title)}",
            block(asset.about) if told(asset.about) else "",
            " ".join(inline(each) for each in (looked_words(asset), since_words(page)) if each),
            *_lessons("What we learned", agreed),
            *_lessons("Said, and not agreed yet" if agreed else "What we learned, not agreed yet", said),
            *_practices(page.practices),
            *_contacts(page),
            *_retired(retired),
            *_sources(page, missing),
        ]
    )  # fmt: skip


def _lessons(heading: str, lessons: list[AssetLesson]) -> list[str]:
    shown = [_lesson(each, each.line) for each in lessons if each.line is not None]
    return [f"## {heading}", *shown] if shown else []


def _lesson(lesson: AssetLesson, line: LessonLine) -> str:
    """Return a lesson: keep doing it, or change, stands before its words."""
    parts = [
        ("Recommendation", line.recommendation),
        ("Cause", line.cause),
        ("Where it comes from", line.context),
        ("What changed because of it", last_note(lesson) if line.state == "applied" else ""),
    ]
    kind = capitalised(KIND_WORDS[line.keep_or_change])
    how_far = sentence(capitalised(lesson_standing(lesson)))
    said = bullets_of([(label, text) for label, text in parts if told(text)])
    learned = f"- Learned in: {inline(origin(line) or line.source)} ({_link('lesson', line.id)})"
    return joined(
        [f"### {kind}: {inline(one_line(line.lesson))}", how_far, "\n".join(filter(None, (said, learned)))]
    ).rstrip()


def _link(command: str, record_id: str) -> str:
    """Return the command that opens a source. An id that is none, out of a foreign file, is only named."""
    return f"`kmtui {command} {record_id}`" if is_id(record_id) else inline(record_id)


def _practices(practices: Iterable[AssetPractice]) -> list[str]:
    shown = []
    for each in practices:
        line = each.line
        parts = [
            ("Whom to ask", line.contact),
            ("Who does so", practice_where(line)),
            ("Note", practice_note(each)),
        ]
        said = bullets_of([(label, text) for label, text in parts if told(text)])
        shown.append(
            joined(
                [f"### {inline(one_line(line.criterion_name) or line.criterion)}", sentence(line.example), said]
            ).rstrip()
        )
    return ["## Good practice, and whom to ask", *shown] if shown else []


def _contacts(page: AssetPage) -> list[str]:
    listed = "\n".join(f"- {block(contact_line(each), 2)}" for each in page.asset.contacts)
    return ["## Who can be asked", listed] if listed else []


def _retired(lessons: list[AssetLesson]) -> list[str]:
    shown = []
    for each in lessons:
        if each.line is not None:
            why = last_note(each)
            words = one_line(each.line.lesson)
            shown.append(
                f"- {inline(words)} ({_link('lesson', each.line.id)})" + (f"\\\n  {block(why, 2)}" if told(why) else "")
            )
    return ["## Of no use any more", "\n".join(shown)] if shown else []


def _sources(page: AssetPage, missing: list[AssetLesson]) -> list[str]:
    """Return each session, file and assessment once, with the command that opens it, and what is missing."""
    found: dict[str, None] = {}
    for each in page.lessons:
        if each.line is not None:
            found[_source(each.line)] = None
    for practice in page.practices:
        line = practice.line
        link = "which is not here any more" if practice.gone else _link("show", line.source)
        found[f"- Assessment: {inline(practice_where(line))} ({link})"] = None
    for each in missing:
        found[f"- A lesson that is not here any more ({_link('lesson', each.id)})"] = None
    return ["## Sources", "\n".join(found)] if found else []


def _source(line: LessonLine) -> str:
    where = ", ".join(part for part in (one_line(line.title), one_line(line.team), in_words(line.date)) if part)
    if line.imported:
        file = ", ".join(one_line(part) for part in (line.source, line.reference) if one_line(part))
        return f"- {inline(where)} ({inline(file or 'imported')})"
    return f"- {inline(where)} ({_link('show', line.session)})"
