"""`kmtui asset`: a page on a subject, out of lessons, good practice and roles that may be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kmtui.cli.given import as_json, back_up_today, day_of, given, shared
from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from kmtui.model.asset import Asset, Contact
    from kmtui.workspace.asset_links import PracticeId
    from kmtui.workspace.desk import Desk

_about = click.option("--about", help="What the page is for, and where it holds.")
_found = click.option("--found", metavar="WORDS", help="All lessons that have these words, as kmtui search finds them.")
_contact = click.option(
    "--contact",
    "contacts",
    multiple=True,
    metavar='"ROLE: WHAT ABOUT"',
    help="A role that may be asked, and what about.",
)
_practice = click.option(
    "--practice",
    "practices",
    multiple=True,
    metavar="ASSESSMENT:CRITERION",
    help="An example that a team keeps as good practice; kmtui list practices shows them.",
)
_session = click.option(
    "--session", metavar="ID", help="The lessons of a session, and the roles that its tables name, such as owners."
)


@click.group()
@shared
def asset() -> None:
    """Collect lessons, good practice and contacts into a page: new, change.

    kmtui list assets lists the pages, kmtui show ID prints one with its lessons as they are now, kmtui export ID
    writes it, kmtui delete ID deletes it.
    """


@asset.command()
@click.argument("title")
@_about
@click.option("--lesson", "lessons", multiple=True, metavar="ID", help="A lesson; kmtui search shows the ID.")
@_found
@_practice
@_contact
@_session
@as_json
@shared
def new(
    title: str,
    about: str | None,
    lessons: tuple[str, ...],
    found: str | None,
    practices: tuple[str, ...],
    contacts: tuple[str, ...],
    session: str | None,
    as_json: bool,
) -> int:
    """Make a page on a subject.

    Prints its ID. Every option but --about, --found and --session can be given more than once.
    """
    from kmtui.workspace.assets import create

    desk = given().desk()
    more, roles = _collected(desk, found, session)
    made = create(
        desk.tools,
        title,
        about or "",
        lessons=(*lessons, *more),
        practices=_practices(practices),
        contacts=(*_contacts(contacts), *roles),
    )
    return _told(desk, made, as_json)


@asset.command()
@click.argument("asset_id", metavar="ID")
@click.option("--title", help="Another title.")
@_about
@click.option("--add", "lessons", multiple=True, metavar="LESSON", help="A lesson that goes on the page.")
@click.option("--remove", "gone", multiple=True, metavar="LESSON", help="A lesson that leaves it.")
@_found
@_practice
@click.option(
    "--no-practice", "no_practices", multiple=True, metavar="ASSESSMENT:CRITERION", help="An example that leaves it."
)
@_contact
@click.option("--no-contact", "no_contacts", multiple=True, metavar="ROLE", help="A role that leaves it.")
@_session
@click.option("--looked", is_flag=True, help="Somebody looked at the page, and it is still right.")
@click.option("--role", help="Who looked: a role.")
@click.option("--on", "day", metavar="DATE", help="When that was, if not today.")
@as_json
@shared
def change(
    asset_id: str,
    title: str | None,
    about: str | None,
    lessons: tuple[str, ...],
    gone: tuple[str, ...],
    found: str | None,
    practices: tuple[str, ...],
    no_practices: tuple[str, ...],
    contacts: tuple[str, ...],
    no_contacts: tuple[str, ...],
    session: str | None,
    looked: bool,
    role: str | None,
    day: str | None,
    as_json: bool,
) -> int:
    """Change a page, or say that somebody looked and it is still right.

    All that is asked for is done, or nothing. Prints the ID.
    """
    from kmtui.model.errors import WrongInput
    from kmtui.workspace.assets import AssetChange
    from kmtui.workspace.assets import change as change_page
    from kmtui.workspace.finding import find_asset

    if not looked and (role is not None or day is not None):
        raise click.UsageError("--role and --on belong to --looked.")
    desk = given().desk()
    asset_id = find_asset(desk.tools, asset_id).id
    more, roles = _collected(desk, found, session)
    wanted = AssetChange(
        title=title,
        about=about,
        lessons=(*lessons, *more),
        without_lessons=gone,
        practices=_practices(practices),
        without_practices=_practices(no_practices),
        contacts=(*_contacts(contacts), *roles),
        without_contacts=no_contacts,
        looked_by=(role or "") if looked else None,
        looked=day_of(day, desk),
    )
    if wanted == AssetChange():
        raise WrongInput("Nothing to change was given. kmtui asset change --help lists what can be.")
    return _told(desk, change_page(desk.tools, asset_id, wanted), as_json)


def _collected(desk: Desk, found: str | None, session: str | None) -> tuple[list[str], list[Contact]]:
    """Return the lessons that a search and a session give, and the roles of the session."""
    from kmtui.workspace.asset_links import found_lessons, out_of_session

    lessons = [line.id for line in found_lessons(desk.tools, found)] if found is not None else []
    own, roles = out_of_session(desk.tools, session) if session is not None else ([], [])
    return [*lessons, *own], roles


def _practices(given_ids: tuple[str, ...]) -> tuple[PracticeId, ...]:
    from kmtui.model.errors import WrongInput

    pairs = []
    for each in given_ids:
        assessment, colon, criterion = each.partition(":")
        if not (assessment.strip() and colon and criterion.strip()):
            raise WrongInput(
                f'"{each}" is no example. Write the id of an assessment, a colon and the id of a criterion: '
                "kmtui list practices --json shows both."
            )
        pairs.append((assessment, criterion))
    return tuple(pairs)


def _contacts(texts: tuple[str, ...]) -> tuple[Contact, ...]:
    from kmtui.model.asset import Contact

    parts = (each.partition(":") for each in texts)
    return tuple(Contact(role=role, about=about) for role, _, about in parts)


def _told(desk: Desk, made: Asset, as_json: bool) -> int:
    from kmtui.plain.lists import asset_line
    from kmtui.workspace.asset_export import asset_text

    if as_json:
        put(asset_text(desk.tools, made.id, "json"))
    else:
        talk(asset_line(made, desk.tools.today()))
        put(f"{made.id}\n")
    back_up_today(desk)
    return 0
