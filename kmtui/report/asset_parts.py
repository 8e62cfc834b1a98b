"""A knowledge asset in words: what screens, plain mode and Markdown say of it alike."""

from __future__ import annotations

from msgspec.structs import replace

from kmtui.model.asset import Asset, Contact
from kmtui.model.asset_page import AssetLesson, AssetPage, AssetPractice
from kmtui.model.base import Day, in_words
from kmtui.model.lines import PracticeLine
from kmtui.report.lesson_parts import counted_words
from kmtui.report.words import capitalised, counted, listed
from kmtui.text import one_line

AGREED = ("agreed", "applied")
"""The states of a lesson that those who own it stand for: such lessons come first."""


def looked_words(asset: Asset) -> str:
    """Return when somebody last looked whether a page is still right, as a sentence."""
    if asset.looked is None:
        return f"Nobody has looked at it since it was made on {in_words(asset.created.date())}."
    by = f" by {one_line(asset.looked_by)}" if one_line(asset.looked_by) else ""
    return f"Last looked at on {in_words(asset.looked)}{by}."


def looked_ago(asset: Asset, today: Day) -> str:
    """Return how long ago that was: never looked at, looked at today, looked at 3 months ago."""
    if asset.looked is None:
        return "never looked at"
    days = (today - asset.looked).days
    if days < 1:
        return "looked at today"
    for unit, length in (("year", 365), ("month", 30), ("week", 7), ("day", 1)):
        number = days // length
        if number and not (unit == "week" and days % 7):
            return f"looked at {number} {unit}{'' if number == 1 else 's'} ago"
    return "looked at today"


def since_words(page: AssetPage, *, which: bool = True) -> str:
    """Return how many lessons have changed since somebody looked at the page, and `which`; empty where none has."""
    turned = [f"“{one_line(each.line.lesson)}”" for each in page.lessons if each.turned and each.line is not None]
    if not turned:
        return ""
    what = counted(len(turned), "lesson has", "lessons have")
    return f"{capitalised(what)} changed since{f': {listed(turned)}' if which else ''}."


def asset_counts(asset: Asset) -> str:
    """Return how much stands on a page: two lessons, one example, one contact; nothing on it yet."""
    found = (
        (len(asset.lessons), "lesson", "lessons"),
        (len(asset.practices), "example", "examples"),
        (len(asset.contacts), "contact", "contacts"),
    )
    return ", ".join(counted(*each) for each in found if each[0]) or "nothing on it yet"


def lesson_standing(lesson: AssetLesson) -> str:
    """Return how far a lesson on a page is, and why it is another one than was put there.

    Whether to keep or to change something stands before its words everywhere.
    """
    if lesson.line is None:
        return "not here any more: it was deleted, or its file is missing"
    said = counted_words(replace(lesson.line, keep_or_change="change"))
    changed = "changed since" if lesson.turned else ""
    joined = "another lesson was joined into it" if lesson.joined else ""
    return ", ".join(part for part in (said, joined, changed) if part)


def last_note(lesson: AssetLesson) -> str:
    """Return what was said when a lesson got its state: what changed because of it, or why it is of no use."""
    return lesson.turns[-1].note if lesson.turns else ""


def practice_where(line: PracticeLine) -> str:
    """Return whose good practice it is, and from when: `Ward 7 (Royal), 12 May 2026`."""
    who = f"{one_line(line.team)} ({one_line(line.organisation)})" if one_line(line.organisation) else line.team
    return ", ".join(part for part in (one_line(who), in_words(line.date)) if part)


def practice_note(practice: AssetPractice) -> str:
    """Return that an example stands here as it was, where the assessment does not keep it any more."""
    return "as it was kept on this page: the assessment does not have it any more" if practice.gone else ""


def contact_line(contact: Contact) -> str:
    """Return whom to ask, and what about: `Bed manager: the order of moves`."""
    about = one_line(contact.about)
    return f"{one_line(contact.role)}: {about}" if about else one_line(contact.role)


def in_order(page: AssetPage) -> tuple[list[AssetLesson], list[AssetLesson], list[AssetLesson], list[AssetLesson]]:
    """Return the lessons that are agreed, those that are not yet, those of no use any more, and those not here."""
    here = [(each, each.line.state) for each in page.lessons if each.line is not None]
    return (
        [each for each, state in here if state in AGREED],
        [each for each, state in here if state == "captured"],
        [each for each, state in here if state == "retired"],
        [each for each in page.lessons if each.line is None],
    )
