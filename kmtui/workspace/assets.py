"""Knowledge assets as the faces use them: making a page on a subject, reading it, saying that it is still right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from kmtui.analysis.matching import same_name
from kmtui.analysis.query import Query
from kmtui.analysis.stems import tokens
from kmtui.flow.lesson_life import root
from kmtui.model.asset import Asset, Contact
from kmtui.model.asset_page import AssetLesson, AssetPage, AssetPractice
from kmtui.model.base import Value, in_words
from kmtui.model.errors import WrongInput
from kmtui.model.lesson import Life, Turn
from kmtui.model.lines import LessonLine
from kmtui.text import clean, one_line
from kmtui.workspace import log
from kmtui.workspace.asset_links import (
    PracticeId,
    place_of,
    with_contacts,
    with_lessons,
    with_practices,
    without_contacts,
    without_lessons,
    without_practices,
)
from kmtui.workspace.finding import find_asset
from kmtui.workspace.tools import Tools

MOST_SUGGESTED = 5
"""How many lessons are offered for a page at a time."""

_MOST_WORDS = 40  # of what a page is about; the title counts in any case


def create(
    tools: Tools,
    title: str,
    about: str = "",
    *,
    lessons: Iterable[str] = (),
    practices: Iterable[PracticeId] = (),
    contacts: Iterable[Contact] = (),
) -> Asset:
    """Make a page on a subject and return it.

    Args:
        tools: the store and the clocks.
        title: what the page is called.
        about: what it is for, and where it holds.
        lessons: ids of lessons, or beginnings of them.
        practices: good practice, each as the id of its assessment, or a beginning of it, and the id of its criterion.
        contacts: roles that may be asked, and what about.

    Raises:
        WrongInput: it has no title, or there is a page with this title.
        NotFound: there is no such lesson, or no such good practice.
        StoreError: it could not be written.
    """
    now = tools.now()
    asset = Asset(id=tools.ids(), created=now, changed=now, title=_title(tools, title), about=clean(about).strip())
    asset = with_lessons(tools, asset, lessons)
    asset = with_practices(tools, asset, practices)
    asset = with_contacts(asset, contacts)
    tools.store.assets.save(asset, None)
    log.note("asset", id=asset.id)
    return asset


class AssetChange(Value, frozen=True, kw_only=True):
    """What is changed of a page; None and empty leave a thing as it is.

    Lessons are given by their ids, or beginnings of them. Of `without_contacts` a role alone means all with that role.
    `looked_by` is the role that looked at the page and says that it is still right, on the day `looked` or today.
    """

    title: str | None = None
    about: str | None = None
    lessons: tuple[str, ...] = ()
    without_lessons: tuple[str, ...] = ()
    practices: tuple[PracticeId, ...] = ()
    without_practices: tuple[PracticeId, ...] = ()
    contacts: tuple[Contact, ...] = ()
    without_contacts: tuple[Contact | str, ...] = ()
    looked_by: str | None = None
    looked: date | None = None


def change(tools: Tools, beginning: str, wanted: AssetChange, *, before: Asset | None = None) -> Asset:
    """Change a page and return it as it is now: all that is wanted, or nothing.

    `before` is the page as somebody saw it who changes it: where another one changed it since, nothing is overwritten.

    Raises:
        NotFound: there is no such page, or not what is put on it or taken away.
        WrongInput: the title is empty, or that of another page; a contact has no role; the day has not come yet.
        ChangedMeanwhile, StoreError: it could not be written.
    """
    asset = before if before is not None else find_asset(tools, beginning)
    after = without_lessons(tools, asset, wanted.without_lessons)
    after = without_practices(after, wanted.without_practices)
    after = without_contacts(after, wanted.without_contacts)
    after = with_lessons(tools, after, wanted.lessons)
    after = with_practices(tools, after, wanted.practices)
    after = with_contacts(after, wanted.contacts)
    if wanted.title is not None:
        after = replace(after, title=_title(tools, wanted.title, asset.id))
    if wanted.about is not None:
        after = replace(after, about=clean(wanted.about).strip())
    if wanted.looked_by is not None:
        after = _seen(tools, after, wanted.looked_by, wanted.looked)
    if after == asset:
        return asset
    after = replace(after, changed=tools.now())
    tools.store.assets.save(after, asset)
    log.note("asset", id=after.id)
    return after


def _title(tools: Tools, title: str, own: str = "") -> str:
    named = one_line(title)
    if not named:
        raise WrongInput("The page has no title. Type the subject that it is on.")
    same = next((each for each in tools.store.assets.all() if same_name(each.title, named) and each.id != own), None)
    if same is not None:
        raise WrongInput(f'There is a page "{same.title}" already ({same.id}). Add to that one, or type another title.')
    return named


# Looking after it


def looked(tools: Tools, beginning: str, role: str = "", day: date | None = None) -> Asset:
    """Say that somebody looked at a page and it is still right; the copies of its examples are made anew.

    Raises as `change`.
    """
    return change(tools, beginning, AssetChange(looked_by=role, looked=day))


def _seen(tools: Tools, asset: Asset, role: str, day: date | None) -> Asset:
    today = tools.today()
    when = day or today
    if when > today:
        raise WrongInput(f"{in_words(when)} has not come yet. Say the day when it was looked at.")
    now = {place_of(each): each for each in tools.store.practices()} if asset.practices else {}
    copies = tuple(now.get(place_of(each), each) for each in asset.practices)
    return replace(asset, looked=when, looked_by=one_line(role), practices=copies)


def delete(tools: Tools, beginning: str) -> Asset:
    """Delete a page and return it, so that `bring_back` can undo that. What it links to stays.

    Raises:
        NotFound: there is no such page.
        StoreError: it could not be deleted.
    """
    asset = find_asset(tools, beginning)
    tools.store.assets.remove(asset.id)
    log.note("asset-delete", id=asset.id)
    return asset


def bring_back(tools: Tools, asset: Asset) -> None:
    """Put a page on disk again that was deleted. Raises StoreError; ChangedMeanwhile if it is there."""
    tools.store.assets.save(asset, None)
    log.note("asset", id=asset.id)


def put_as_it_was(tools: Tools, before: Asset, after: Asset) -> Asset:
    """Take back a change that made `after` out of `before`. Raises ChangedMeanwhile, StoreError."""
    tools.store.assets.save(before, after)
    return before


# Reading it


def page(tools: Tools, beginning: str) -> AssetPage:
    """Return a page with its lessons and examples as they are now. Raises NotFound, StoreError."""
    asset = find_asset(tools, beginning)
    return AssetPage(asset=asset, lessons=_lessons_of(tools, asset), practices=_practices_of(tools, asset))


def _lessons_of(tools: Tools, asset: Asset) -> tuple[AssetLesson, ...]:
    register = tools.store.register
    lives = register.lives() if asset.lessons else {}
    roots = {each: root(each, lives) for each in asset.lessons}
    lines = register.lines({*roots, *roots.values()}) if asset.lessons else {}
    shown: dict[str, list[str]] = {}
    for each, into in roots.items():
        shown.setdefault(into if into in lines else each, []).append(each)
    return tuple(
        AssetLesson(
            held=tuple(held),
            line=lines.get(each),
            turns=lives.get(each, Life()).turns,
            turned=any(_since(asset, turn) for turn in lives.get(each, Life()).turns),
        )
        for each, held in shown.items()
    )


def _since(asset: Asset, turn: Turn) -> bool:
    """Say whether something was said of a lesson after somebody looked at the page, or after it was made.

    Of what was said on that very day only that counts which was said after the page was last changed.
    """
    day = asset.looked or asset.created.date()
    return turn.at.date() > day or (turn.at.date() == day and turn.at > asset.changed)


def _practices_of(tools: Tools, asset: Asset) -> tuple[AssetPractice, ...]:
    now = {place_of(each): each for each in tools.store.practices()} if asset.practices else {}
    return tuple(
        AssetPractice(line=now.get(place_of(each), each), gone=place_of(each) not in now) for each in asset.practices
    )


def suggestions(tools: Tools, asset: Asset, limit: int = MOST_SUGGESTED) -> list[LessonLine]:
    """Return lessons that may belong on a page and are not there, the best first. Raises StoreError."""
    words = tuple(dict.fromkeys(tokens(f"{asset.title} {asset.about}")))[:_MOST_WORDS]
    if not words:
        return []
    lives = tools.store.register.lives() if asset.lessons else {}
    there = {each for held in asset.lessons for each in (held, root(held, lives))}
    return tools.store.register.similar(Query(words=words), limit, there)
