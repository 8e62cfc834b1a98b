"""The card of a technique: what it says, side by side for several forms, and that no text becomes structure."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from kmtui.model.technique import (
    Brief,
    Collect,
    Groups,
    Lessons,
    Role,
    Span,
    Technique,
    Variant,
    VariantStep,
    Vote,
)
from kmtui.report.card_markdown import card_markdown
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.reader import PARSERS, as_read, on_one_line, read

TOLD = [text for text in HOSTILE if clean(text).strip()]

TALK = Technique(
    id="talk",
    version="1",
    name="Talk it over",
    phase="before",
    about="We talk before we begin. It helps.",
    minutes=Span(least=10, most=60),
    people=Span(least=2, most=12),
    roles=(Role(name="Host", does="Asks."), Role(name="Everyone")),
    use_when=("Work is about to start.",),
    avoid_when=("It has started.",),
    pitfalls=("Talking too long.",),
    sources=("Our own wording.",),
    steps=(
        Brief(
            id="hello", title="Ground rules", say="Can we?", points=("Everyone counts.", "Be brief."), tips=("Wait.",)
        ),
        Collect(id="want", title="What do we want?", say="Think ahead. What is different then? What do we want?"),
        Collect(id="write", title="Write", say="Write down what comes to mind."),
        Groups(id="pairs", title="In pairs", size=2),
        Brief(id="again", title="Once more", say="Still there?", points=("Go on.",)),
        Vote(id="dots", title="Dots", from_="want", dots=3, say='Keep asking "why?" until we know. Which is it?'),
        Lessons(id="never", title="Not used"),
    ),
    variants=(
        Variant(
            id="short",
            name="In ten minutes",
            steps=(VariantStep(id="hello", minutes=2.5), VariantStep(id="want", minutes=7.5)),
        ),
        Variant(
            id="long",
            name="In an hour",
            steps=tuple(
                VariantStep(id=each, minutes=minutes)
                for each, minutes in (
                    ("hello", 5),
                    ("want", 25),
                    ("write", 10),
                    ("pairs", 0),
                    ("again", 0),
                    ("dots", 20),
                )
            ),
        ),
    ),
)

CARD = """\
# Talk it over

We talk before we begin. It helps.

Before the work starts · 10 to 60 minutes · 2 to 12 people

## When

- Work is about to start.

## When not

- It has started.

## Who

- Host: Asks.
- Everyone

## Steps

| Step, and its minutes | In ten minutes | In an hour |
|---|---|---|
| 1. Ground rules | 2.5 | 5 |
| 2. What do we want? | 7.5 | 25 |
| 3. Write | – | 10 |
| 4. In pairs | – | open |
| 5. Once more | – | open |
| 6. Dots | – | 20 |
| All together | 10 | 60 |

## Ground rules

- Everyone counts.
- Be brief.

## The words of the questions

- **What do we want?** What is different then?
- **Dots.** Which is it?

## Look out for

- Talking too long.

## Sources

- Our own wording.
"""


def test_the_card_says_everything_on_a_page() -> None:
    assert card_markdown(TALK) == CARD


def test_the_card_of_one_form_has_its_steps_and_minutes() -> None:
    card = card_markdown(TALK.as_run("short"))
    assert card.startswith("# Talk it over: In ten minutes\n")
    assert "\nBefore the work starts · 10 minutes · 2 to 12 people\n" in card
    assert (
        "| Step | Minutes |\n|---|---|\n| 1. Ground rules | 2.5 |\n| 2. What do we want? | 7.5 |\n| All together"
        in card
    )
    assert "Dots" not in card


def test_without_forms_all_steps_are_there_with_the_minutes_that_they_have() -> None:
    steps = (*TALK.steps[:1], replace(TALK.steps[1], minutes=3))
    card = card_markdown(replace(TALK, variants=(), steps=steps))
    assert "| 1. Ground rules | open |\n| 2. What do we want? | 3 |\n| All together | 3 |" in card
    assert "10 to 60 minutes" in card


def test_steps_without_a_clock_are_a_list() -> None:
    card = card_markdown(replace(TALK, variants=()))
    assert "## Steps\n\n1. Ground rules\n2. What do we want?\n3. Write\n" in card
    assert "|" not in card


def test_what_is_for_the_facilitator_alone_and_what_is_empty_is_left_out() -> None:
    bare = replace(TALK, roles=(), use_when=(), avoid_when=(), pitfalls=(), sources=(), steps=TALK.steps[3:4])
    card = card_markdown(replace(bare, variants=(), minutes=Span(least=5, most=5), people=Span(least=3, most=3)))
    assert card == (
        "# Talk it over\n\nWe talk before we begin. It helps.\n\n"
        "Before the work starts · 5 minutes · 3 people\n\n## Steps\n\n1. In pairs\n"
    )
    assert "Wait." not in CARD
    assert "talk" not in CARD.lower().replace("talk it over", "").replace("we talk", "").replace("talking", "")


@pytest.mark.parametrize(
    ("say", "asked"),
    [
        ("Listen. What is it? And why?", "What is it? And why?"),
        ('Say "What now?" and wait. "Who knows?"', '"Who knows?"'),
        ("What was it?\nOr 2.5 of it?", "What was it? Or 2.5 of it?"),
        ("聞いてください。何ですか？なぜですか？", "何ですか？ なぜですか？"),
        ("Ask why? until we know. Who is it?", "Who is it?"),
        ("Ready? Go. Ready?", ""),
        ("Steady? And why?", "Steady? And why?"),
    ],
)
def test_of_what_is_said_the_questions_are_told(say: str, asked: str) -> None:
    step = replace(TALK.steps[1], title="Ready?", say=say)
    card = card_markdown(replace(TALK, variants=(), steps=(step,)))
    (line,) = [each for each in card.split("\n") if each.startswith("- **")]
    assert line == f"- **Ready?** {asked}".rstrip()


def card_with(text: str) -> Technique:
    """Return the technique with the text in every field that is not the program's own."""
    own = {"id", "kind", "phase", "from", "version"}

    def filled(value: object) -> object:
        if isinstance(value, str):
            return text
        if isinstance(value, list | tuple):
            return [filled(each) for each in value]
        if isinstance(value, dict):
            return {key: each if key in own else filled(each) for key, each in value.items()}
        return value

    found = msgspec.convert(filled(msgspec.to_builtins(TALK)), Technique)
    return replace(found, steps=tuple(replace(step, say=f"{text} So?") for step in found.steps))


def test_a_question_that_the_title_asks_is_not_asked_twice() -> None:
    step = replace(TALK.steps[1], title="Sponsor: who speaks up for us?", say="Think. Who speaks up for us? And then?")
    card = card_markdown(replace(TALK, variants=(), steps=(step,)))
    assert "- **Sponsor: who speaks up for us?** And then?\n" in card


def test_the_ground_rules_are_those_of_the_first_words_to_the_room() -> None:
    asked = replace(TALK.steps[1], points=("A point of a question.",))
    card = card_markdown(replace(TALK, variants=(), steps=(asked, TALK.steps[0])))
    assert "## Ground rules\n\n- Everyone counts.\n" in card
    assert "A point of a question." not in card


@pytest.mark.parametrize("say", ["", " ", "Write it down. Alone.", "Ask why? until we know."])
def test_where_nothing_is_asked_no_question_is_told(say: str) -> None:
    step = replace(TALK.steps[1], title="Ready?", say=say)
    assert "questions" not in card_markdown(replace(TALK, variants=(), steps=(step,)))


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure(text: str) -> None:
    whole, plain = card_with(text), card_with("word")
    for card, expected in (
        (card_markdown(whole), card_markdown(plain)),
        (card_markdown(whole.as_run("short")), card_markdown(plain.as_run("short"))),
        (card_markdown(replace(whole, variants=())), card_markdown(replace(plain, variants=()))),
    ):
        for parser in PARSERS:
            assert read(card, parser)[0] == read(expected, parser)[0]
        texts = "\n".join(read(card)[1])
        assert texts.count(as_read(text)) + texts.count(on_one_line(text)) >= 10
