"""Every technique in every variant to its end three times, with the same record: an answers file, plain mode, screens.

What is said is invented from the kinds of the steps alone (`tests.three_faces.invented`), so a technique that is added
is tested with the others. Techniques that begin with what was said in earlier sessions are run once without such
sessions and once more with them. Lessons cannot be taken along in a file, so here they are offered and never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from kmtui.content.answers import read_answers
from kmtui.model.errors import WrongContent, WrongInput
from kmtui.model.technique import Brief, Collect
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.library import library_for
from kmtui.workspace.settings import Settings
from kmtui.workspace.sharing import Format, json_text, rendered, whole_document
from tests.plain.talker import Talker
from tests.three_faces.alike import alike, desk_in, newest
from tests.three_faces.by_file import run_file
from tests.three_faces.by_lines import start_of, typed_lines
from tests.three_faces.by_screens import run_screens
from tests.three_faces.invented import WHISPERED, Case, Run, cases, invented

LIBRARY = library_for(None)
CASES = tuple(cases(LIBRARY))
EVERY = pytest.mark.parametrize("case", CASES, ids=str)


def desk_before(folder: Path, run: Run) -> Desk:
    """Return a workspace with the sessions that come before a run."""
    folder.mkdir()
    desk = desk_in(folder)
    for each in run.before:
        fill(desk.tools, each)
    return desk


def talker_before(folder: Path, run: Run) -> Talker:
    """Return somebody who types in such a workspace."""
    talker = Talker(folder)
    talker.desk = desk_before(folder, run)
    return talker


def exports(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield whatever can be shared of the newest session and of the assessments of its steps, with what it is."""
    session = newest(desk)
    for record in (session, *(desk.read(each.assessment) for each in session.assessed)):
        yield f"show {record.id}", json_text(desk.show(record.id))
        for form in get_args(Format):
            for with_names in (False, True):
                try:
                    yield f"{form} of {record.id}", rendered(desk.tools, record, form, with_names=with_names)
                except WrongInput:
                    assert form not in ("markdown", "json")


@pytest.mark.slow
@EVERY
async def test_a_file_typed_lines_and_keys_make_the_same_record(case: Case, tmp_path: Path) -> None:
    run = invented(LIBRARY, case)
    by_file, by_screens = desk_before(tmp_path / "file", run), desk_before(tmp_path / "screens", run)
    talker = talker_before(tmp_path / "lines", run)
    run_file(by_file, tmp_path, run)
    talker.type("\n".join([*typed_lines(run), ""]), start_of(run))
    await run_screens(by_screens, Settings(file=tmp_path / "config.toml", found=True), run)
    assert talker.code == 0
    whispered = any(isinstance(step, Collect) and step.private for step in run.technique.steps)
    for desk in (by_file, talker.desk, by_screens):
        session = newest(desk)
        assert (session.technique.id, session.finished) == (case.technique, True)
        assert alike(desk) == alike(by_file)
        assert (WHISPERED.encode() in whole_document(session)) is whispered
        assert [what for what, text in exports(desk) if WHISPERED in text] == []


@EVERY
def test_a_session_begins_with_what_was_said_before_and_only_then(case: Case, tmp_path: Path) -> None:
    run = invented(LIBRARY, case)
    desk = desk_before(tmp_path / "file", run)
    run_file(desk, tmp_path, run)
    session = newest(desk)
    earlier = {line.id for line in desk.records()} - {session.id, *(each.assessment for each in session.assessed)}
    assert set(session.continues) == earlier
    assert len(earlier) == len(run.before)
    carried = {entry.step for entry in session.entries if entry.session in earlier}
    assert carried == {step.id for step in run.carried()}


@EVERY
def test_nothing_is_noted_where_words_are_only_said(case: Case, tmp_path: Path) -> None:
    """A round of a conversation takes no words, neither typed nor in a file; the screens have no field there."""
    run = invented(LIBRARY, case)
    steps = run.technique.steps
    told = [step.id for step in steps if isinstance(step, Brief)]
    talker = talker_before(tmp_path / "lines", run)
    lines = [line for step in steps for line in (["Somebody said so", ""] if step.id in told else ["skip"])]
    out = talker.type("\n".join([*lines, "no", ""]), start_of(run), terminal=True)
    assert out.count("Error: Nothing is noted at this step.") == len(told)
    assert [entry for entry in newest(talker.desk).entries if entry.session is None] == []
    head = f"technique: {case.technique}\n" + (f"variant: {case.variant}\n" if case.variant else "")
    for step_id in told:
        text = f"{head}answers: {{{step_id}: [Somebody said so]}}"
        with pytest.raises(WrongContent, match=f'the step "{re.escape(step_id)}" takes no answers'):
            read_answers(tmp_path / "answers.yaml", LIBRARY, text)
