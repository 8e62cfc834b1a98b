"""A report on the screen reads as it will be read: no signs of Markdown, every word as it was typed."""

from __future__ import annotations

import pytest

from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.session_markdown import session_markdown
from kmtui.text import clean
from kmtui.tui.reading import as_read
from kmtui.tui.screens.report import without_front_matter
from tests.hostile import HOSTILE
from tests.report.examples import ASSESSMENT, SESSION
from tests.report.hostile_records import session_with


def test_headings_bold_and_tables_are_shown_without_their_signs() -> None:
    shown = as_read("# A title\n\n1. **A lesson.**\n   Why: so\n\n| Action | Owner |\n|---|---|\n| Do it | Sister |")
    assert shown.plain == "A title\n\n1. A lesson.\n   Why: so\n\nAction · Owner\nDo it · Sister"
    assert {shown.plain[span.start : span.end] for span in shown.spans} == {"A title", "A lesson."}


@pytest.mark.parametrize("markdown", [session_markdown(SESSION), assessment_markdown(ASSESSMENT)])
def test_whole_reports_have_no_signs_left(markdown: str) -> None:
    shown = as_read(without_front_matter(markdown)).plain
    assert not [line for line in shown.split("\n") if line.startswith(("#", "|")) or "**" in line]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_was_typed_is_read_as_it_was_typed(text: str) -> None:
    shown = as_read(without_front_matter(session_markdown(session_with(text)))).plain
    words = [word for line in clean(text).splitlines() for word in line.split()]
    assert [word for word in words if word not in shown] == []
