"""The page of a knowledge asset, as Markdown and as JSON: in order, linked to its sources, proof against any text."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import msgspec
import pytest
from markdown_it.token import Token
from msgspec.structs import replace

from kmtui.model.asset import Asset, Contact
from kmtui.model.asset_page import AssetLesson, AssetPage, AssetPractice
from kmtui.model.lesson import LessonState, Turn
from kmtui.model.lines import LessonLine, PracticeLine
from kmtui.report.asset_document import asset_document
from kmtui.report.asset_markdown import asset_markdown
from kmtui.report.asset_parts import asset_counts, looked_ago, looked_words
from kmtui.text import clean, one_line
from tests.hostile import HOSTILE
from tests.report.reader import PARSERS, without_front_matter

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
DAY = date(2026, 5, 12)
SESSION = "1ngq00000000"
TOLD = [text for text in HOSTILE if one_line(text)]


def lesson(number: int, words: str, state: str = "captured", note: str = "", **more: object) -> AssetLesson:
    """Return a lesson on a page."""
    line = LessonLine(
        id=f"1ngq1{number:07d}", lesson=words, session=SESSION, title="Ward move", team="Ward 7", date=DAY,
        state=state, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    turns = (Turn(state=line.state, at=NOON, note=note),) if note else ()
    return AssetLesson(held=(line.id,), line=line, turns=turns)


PRACTICE = PracticeLine(
    criterion="innovation", criterion_name="Approach to innovation", example="Moves are rehearsed",
    contact="Ward sister", source="1ngq20000000", team="Ward 9", organisation="Royal", date=DAY,
)  # fmt: skip
ASSET = Asset(
    id="1ngq30000000", created=NOON, changed=NOON, title="Moving a ward", about="For all who move.",
    contacts=(Contact(role="Bed manager", about="the order of beds"), Contact(role="Porter")),
)  # fmt: skip
LESSONS = (
    lesson(1, "Ask early"),
    lesson(2, "Fax the list", "retired", "The fax has gone"),
    lesson(3, "Tell the porters", "applied", "Sent at six", cause="One list", recommendation="Send it by six"),
    lesson(4, "The kitchen knew", "agreed", keep_or_change="keep"),
    AssetLesson(held=("1ngq99999999",)),
)
PAGE = AssetPage(asset=ASSET, lessons=LESSONS, practices=(AssetPractice(line=PRACTICE),))


def order(text: str, *wanted: str) -> None:
    """Find texts in their order, each once the one before has come."""
    at = 0
    for each in wanted:
        found = text.find(each, at)
        assert found >= 0, (each, text)
        at = found + len(each)


def test_agreed_lessons_come_first_and_what_is_of_no_use_last() -> None:
    order(
        asset_markdown(PAGE),
        "# Moving a ward",
        "For all who move.",
        "Nobody has looked at it since it was made on 12 May 2026.",
        "## What we learned",
        "### Change: Tell the porters",
        "Applied.",
        "- Recommendation: Send it by six",
        "- Cause: One list",
        "- What changed because of it: Sent at six",
        "- Learned in: Ward move, Ward 7, 12 May 2026 (`kmtui lesson 1ngq10000003`)",
        "### Keep doing: The kitchen knew",
        "Agreed.",
        "## Said, and not agreed yet",
        "### Change: Ask early",
        "## Good practice, and whom to ask",
        "### Approach to innovation",
        "Moves are rehearsed.",
        "- Whom to ask: Ward sister",
        "- Who does so: Ward 9 (Royal), 12 May 2026",
        "## Who can be asked",
        "- Bed manager: the order of beds",
        "- Porter",
        "## Of no use any more",
        "- Fax the list (`kmtui lesson 1ngq10000002`)\\\n  The fax has gone",
        "## Sources",
        f"- Ward move, Ward 7, 12 May 2026 (`kmtui show {SESSION}`)",
        "- Assessment: Ward 9 (Royal), 12 May 2026 (`kmtui show 1ngq20000000`)",
        "- A lesson that is not here any more (`kmtui lesson 1ngq99999999`)",
    )


def test_every_source_stands_once() -> None:
    assert asset_markdown(PAGE).count(f"kmtui show {SESSION}") == 1


def test_an_empty_page_has_no_empty_headings() -> None:
    text = asset_markdown(AssetPage(asset=replace(ASSET, about="", contacts=())))
    assert "##" not in text
    assert without_front_matter(text).strip().split("\n\n") == [
        "# Moving a ward",
        "Nobody has looked at it since it was made on 12 May 2026.",
    ]


def test_it_says_when_somebody_looked_and_what_changed_since() -> None:
    asset = replace(ASSET, looked=date(2026, 6, 1), looked_by="Matron")
    lessons = (replace(LESSONS[2], turned=True), LESSONS[3])
    text = asset_markdown(AssetPage(asset=asset, lessons=lessons))
    assert "Last looked at on 1 June 2026 by Matron. One lesson has changed since: “Tell the porters”." in text
    assert 'looked: "2026-06-01"' in text


def test_an_example_that_is_gone_and_a_joined_lesson_say_so() -> None:
    joined = replace(LESSONS[0], held=("1ngq18888888",))
    text = asset_markdown(
        AssetPage(asset=ASSET, lessons=(joined,), practices=(AssetPractice(line=PRACTICE, gone=True),))
    )
    assert "Captured, another lesson was joined into it." in text
    assert "as it was kept on this page: the assessment does not have it any more" in text
    assert "(which is not here any more)" in text
    assert "kmtui show 1ngq20000000" not in text


def test_an_imported_lesson_names_its_file() -> None:
    imported = lesson(5, "Ring first", imported=True, source="The regional collection", reference="R-1")
    text = asset_markdown(AssetPage(asset=ASSET, lessons=(imported,)))
    assert "- Ward move, Ward 7, 12 May 2026 (The regional collection, R-1)" in text


# Any text


def page_with(text: str) -> AssetPage:
    """Return a page with a text in every field there is, ids among them."""
    line = LessonLine(
        id=text, lesson=text, context=text, cause=text, recommendation=text, session=text, title=text, team=text,
        date=DAY, source=text, reference=text, owner=text,
    )  # fmt: skip
    practice = PracticeLine(
        criterion=text, criterion_name=text, example=text, contact=text, source=text, team=text, organisation=text,
        date=DAY,
    )  # fmt: skip
    states: tuple[LessonState, ...] = ("captured", "applied", "retired")
    lessons = [
        AssetLesson(held=(f"{text}{state}",), line=replace(line, state=state, imported=state == "applied"),
                    turns=(Turn(state=state, at=NOON, note=text, role=text),), turned=True)
        for state in states
    ]  # fmt: skip
    return AssetPage(
        asset=replace(
            ASSET, id=text, title=text, about=text, contacts=(Contact(role=text, about=text),), looked=DAY,
            looked_by=text,
        ),
        lessons=(*lessons, AssetLesson(held=(text,))),
        practices=(AssetPractice(line=practice), AssetPractice(line=replace(practice, source=f"{text}2"), gone=True)),
    )  # fmt: skip


def kinds(tokens: list[Token]) -> list[str]:
    """Return the kinds of blocks, and what is in them but text and line breaks."""
    found = []
    for token in tokens:
        found.append(f"{token.type} {token.tag}")
        found += [each.type for each in token.children or () if each.type not in ("text", "hardbreak", "softbreak")]
    return found


@pytest.mark.parametrize("text", TOLD)
def test_no_text_changes_the_structure(text: str) -> None:
    for parser in PARSERS:
        found = kinds(parser.parse(without_front_matter(asset_markdown(page_with(text)))))
        assert found == kinds(parser.parse(without_front_matter(asset_markdown(page_with("word")))))


@pytest.mark.parametrize("text", TOLD)
def test_every_text_is_cleaned_on_the_way_out(text: str) -> None:
    markdown = asset_markdown(page_with(text))
    assert clean(markdown) == markdown
    document = msgspec.json.decode(msgspec.json.encode(asset_document(page_with(text))))
    told = json.dumps(document, ensure_ascii=False)
    assert clean(json.loads(told)["title"]) == document["title"] == clean(text)
    assert document["lessons"][0]["recommendation"] == document["practices"][0]["contact"] == clean(text)


# For scripts, and words


def test_the_document_has_lessons_as_they_are_and_what_is_missing() -> None:
    document = msgspec.json.decode(msgspec.json.encode(asset_document(PAGE)))
    assert (document["kind"], document["id"], document["looked"]) == ("asset", ASSET.id, None)
    first, *_, last = document["lessons"]
    assert (first["id"], first["lesson"], first["state"], first["missing"]) == (
        "1ngq10000001", "Ask early", "captured", False,
    )  # fmt: skip
    assert (first["session"], first["session_id"], first["date"]) == ("Ward move", SESSION, "2026-05-12")
    assert (last["id"], last["missing"]) == ("1ngq99999999", True)
    assert document["lessons"][2]["note"] == "Sent at six"
    assert document["practices"][0]["gone"] is False
    assert document["contacts"][0] == {"role": "Bed manager", "about": "the order of beds"}


@pytest.mark.parametrize(
    ("looked", "words"),
    [
        (None, "never looked at"),
        (date(2026, 11, 20), "looked at today"),
        (date(2026, 11, 19), "looked at 1 day ago"),
        (date(2026, 11, 10), "looked at 10 days ago"),
        (date(2026, 11, 6), "looked at 2 weeks ago"),
        (date(2026, 8, 20), "looked at 3 months ago"),
        (date(2024, 11, 1), "looked at 2 years ago"),
        (date(2026, 11, 21), "looked at today"),
    ],
)
def test_how_long_ago_is_told_in_words(looked: date | None, words: str) -> None:
    assert looked_ago(replace(ASSET, looked=looked), date(2026, 11, 20)) == words


def test_a_page_is_counted_in_words() -> None:
    full = replace(ASSET, lessons=("a", "b"), practices=(PRACTICE,))
    assert asset_counts(full) == "two lessons, one example, two contacts"
    assert asset_counts(replace(ASSET, contacts=())) == "nothing on it yet"
    assert looked_words(replace(ASSET, looked=DAY)) == "Last looked at on 12 May 2026."
