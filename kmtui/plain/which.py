"""Which technique? In the conversation about a record: for a criterion, for a line of a plan; and run within it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kmtui.analysis.suggesting import Suggestion
from kmtui.model.assessment import Assessment
from kmtui.model.matrix import Criterion
from kmtui.model.technique import Technique
from kmtui.plain.card import card
from kmtui.plain.prompts import EndedWithin, InputEnded
from kmtui.plain.record import RecordTalk
from kmtui.plain.session import SessionTalk
from kmtui.plain.words import Command, typed_numbers
from kmtui.text import one_line
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.sessions import OpenSession, start_session
from kmtui.workspace.start import Start
from kmtui.workspace.suggesting import for_criterion

AssessmentTalk = RecordTalk[Assessment]
OfSession = Callable[[OpenSession], SessionTalk]
"""Gives the conversation about a session that is held within another one."""

NOTHING_SPEAKS = 'No card speaks of this. At home, "Which technique?" asks what it is for.'


def suggestion_line(suggestion: Suggestion) -> str:
    """Return a technique and why it fits."""
    return f"{one_line(suggestion.name)}. {one_line(suggestion.why)}"


def suggested(talk: AssessmentTalk, question: str, found: Sequence[Suggestion], words: str) -> Suggestion | None:
    """Read suggestions out and return the chosen one; None to go on without."""
    if not found:
        talk.say(NOTHING_SPEAKS)
        return None
    number = _number(talk, question, [suggestion_line(each) for each in found], words)
    return found[number] if number is not None else None


def form_asked(talk: AssessmentTalk, question: str, technique: Technique) -> str | None:
    """Ask in which form a technique is run, where it has more than one; None for its first."""
    forms = technique.variants
    if len(forms) < 2:
        return None
    number = _number(
        talk, question, [one_line(each.name) for each in forms], "Number of the form, or Enter for the first:"
    )
    return forms[number].id if number is not None else None


def which_for_criterion(talk: AssessmentTalk, opened: OpenAssessment, criterion: Criterion, session: OfSession) -> None:
    """Suggest techniques for a criterion, read out the card of the chosen one, and run it right here if asked to."""
    question, tools = f"{criterion.id}.which", talk.desk.tools
    found = for_criterion(tools, opened.record, criterion.id)
    chosen = suggested(talk, question, found, "Number for its card, or Enter to go on:")
    if chosen is None:
        return
    technique = tools.library.technique(chosen.id).value
    for line in card(technique):
        talk.say(line)
    talk.say()
    forms = [f"Begin: {one_line(each.name)}" for each in technique.variants] or ["Begin"]
    number = _number(talk, f"{question}.form", forms, "Number to begin it right here, or Enter to go on:")
    if number is None:
        return
    variant = technique.variants[number].id if technique.variants else None
    team = opened.record.team
    run_within(
        talk,
        opened,
        lambda: start_session(tools, technique.id, variant=variant, team=team),
        lambda begun: session(begun).begin(Start(team=team), ("title", "people")),
    )
    talk.say()
    talk.say(f"Back at: {one_line(criterion.name)}")


def run_within(
    talk: AssessmentTalk,
    opened: OpenAssessment,
    begin: Callable[[], OpenSession],
    run: Callable[[OpenSession], None],
) -> None:
    """Begin a session and run it to its end; meanwhile the clock of the assessment rests.

    Raises:
        EndedWithin: the input ended in the session.
        QuitAsked, Stopped, KmtuiError: as the session raises it, or it cannot be begun.
    """
    ran = opened.clock.running
    if ran:
        opened.pause_or_resume()
    try:
        run(begin())
    except InputEnded as left:
        raise EndedWithin from left
    finally:
        talk.here_again()
        if ran:
            opened.pause_or_resume()


def _number(talk: AssessmentTalk, question: str, lines: Sequence[str], words: str) -> int | None:
    """Read lines out with numbers and return the place of the chosen one, from 0; None for an empty line or `back`."""
    for number, line in enumerate(lines, 1):
        talk.say(f"{number}. {line}")
    while True:
        answer = talk.asked(question, words)
        if answer in ("", Command(word="back"), Command(word="skip"), Command(word="again")):
            return None
        if isinstance(answer, Command):
            talk.unknown(question, answer)
            continue
        numbers = typed_numbers(answer) or [0]
        if len(numbers) == 1 and 1 <= numbers[0] <= len(lines):
            return numbers[0] - 1
        talk.prompter.wrong(question, f'"{answer[:40]}" is not one of the numbers 1 to {len(lines)}.')
