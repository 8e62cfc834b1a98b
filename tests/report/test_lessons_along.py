"""Lessons of earlier sessions in reports: those that were taken along, acted on, and learnt again."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kmtui.model.lines import LessonLine
from kmtui.model.plan import Planned
from kmtui.model.session import Action, Lesson, Session, Taken
from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.document import read_document, session_document
from kmtui.report.plan_markdown import plan_markdown
from kmtui.report.session_markdown import session_markdown
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.examples import ASSESSMENT, DAY, SESSION
from tests.report.reader import read, without_front_matter

ORDER = LessonLine(
    id="first", lesson="Tell the porters", session="s", title="A move", team="Ward 3", date=date(2026, 5, 12)
)
KNOWN = {"first": ORDER}


def going_on(words: str = "Tell the porters") -> Session:
    return replace(
        SESSION,
        taken=(Taken(lesson="first", words=words), Taken(lesson="gone", words="What has gone")),
        actions=(Action(id="a", action="Send the list", lesson="first"), Action(id="b", action="Ring")),
        lessons=(Lesson(id="l", lesson="Porters need the list", again="first"),),
    )


def test_what_was_taken_along_is_told_with_its_day_and_where_it_comes_from() -> None:
    text = session_markdown(going_on(), lessons=KNOWN)
    assert "## Lessons taken along\n\n- Tell the porters (A move, Ward 3, 12 May 2026)\n- What has gone\n" in text
    assert "## Lessons taken along" not in session_markdown(SESSION)


def test_an_action_says_because_of_which_lesson_and_a_lesson_where_it_was_learnt_before() -> None:
    text = session_markdown(going_on(), lessons=KNOWN)
    assert "| Because of the lesson |" in text
    assert "| Send the list |  |  | Tell the porters |\n| Ring |  |  |  |\n" in text
    assert "Learnt before: A move, Ward 3, 12 May 2026." in text
    assert "Because of the lesson" not in session_markdown(going_on())


def test_a_plan_says_it_of_actions_and_ideas() -> None:
    agreed = Planned(id="a", action="Send the list", owner="We", due=DAY, lesson="first")
    plan = replace(ASSESSMENT, actions=(agreed, Planned(id="b", action="Ring", lesson="first")))
    for made in (plan_markdown, assessment_markdown):
        text = made(plan, lessons={"first": "Tell the porters"})
        assert "| Because of the lesson |" in text
        assert "because of the lesson: Tell the porters" in text
        assert "ecause of the lesson" not in made(plan)


def test_all_of_it_is_read_back_from_the_document() -> None:
    document = session_document(going_on(), with_names=True, with_private=True)
    assert document["taken"] == [
        {"lesson": "first", "words": "Tell the porters"},
        {"lesson": "gone", "words": "What has gone"},
    ]
    assert read_document(document) == going_on()


@pytest.mark.parametrize("text", [text for text in HOSTILE if clean(text).strip()])
def test_no_hostile_text_changes_the_structure(text: str) -> None:
    def structure(words: str) -> list[str]:
        known = {"first": replace(ORDER, lesson=words, title=words, team=words)}
        return read(without_front_matter(session_markdown(going_on(words), lessons=known)))[0]

    assert structure(text) == structure("word")
