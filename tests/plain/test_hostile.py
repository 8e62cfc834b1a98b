"""Whatever people type into set-ups, surveys and plans, the terminal gets text; and any other matrix can be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.text import clean
from kmtui.workspace.confiding import Decided
from kmtui.workspace.setups import set_ups
from kmtui.workspace.start import Start
from tests.hostile import HOSTILE
from tests.plain.talker import Talker

DATA = Path(__file__).parents[1] / "data"
TYPED = [text.replace("\n", " ") for text in HOSTILE if text.strip()]


def only_text(out: str) -> bool:
    """Say whether nothing in it could steer a terminal."""
    return not {each for each in out if ord(each) < 0x20} - {"\n", "\t"} and not set(out) & set(
        "\x7f\x9b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )


def kept_with(kept: Decided, text: str) -> str:
    """Return the answers that keep what is pointed out in a text and was not kept before."""
    found = kept.open(clean(text))
    answers = {(each.kind, each.text): "keep\n" for each in found}
    for each in found:
        kept.keep(each)
    return "".join(answers.values())


def test_hostile_goals_and_reasons_are_only_text(small: Talker) -> None:
    menu = small.menu("Set up a team")
    goals = "".join(f"\\{text}\n\n" for text in TYPED)
    hostile = TYPED[14]
    out = small.type(
        f"\n{menu}\n1\n1\nWard\n{hostile}\n{hostile}\n\n\n\n\n3\n{goals}remove 999\n\n4\n2\n{hostile}\n\n\n",
        Start(),
        terminal=True,
    )
    assert only_text(out)
    assert len(set_ups(small.desk.tools)) == 1
    assert len(set_ups(small.desk.tools)[0].setup.objectives) > 50


def test_hostile_plans_are_only_text(small: Talker) -> None:
    small.type("\n1\n\n\n\n\n1\n\n\n\n\nno\n", Start(kind="assessment", team="Ward 7", on_behalf_of="all"))
    kept = Decided()
    own = "".join(f"add {text}\n{kept_with(kept, text)}" for text in TYPED)
    start = Start(kind="plan", record_id=small.assessment.id)
    out = small.type(f"plan\n{own}list\nexport plan\nexport board\n", start, terminal=True)
    assert only_text(out)
    assert len(small.assessment.actions) > 100


def test_hostile_answers_of_individuals_are_only_text(small: Talker) -> None:
    people = "\n".join(f"{text}\n1\n{text}\ndk\n\n" for text in (TYPED[n] for n in (0, 3, 13, 14, 15, 20)))
    small.type(f"{TYPED[15]}\n\n", Start(kind="survey", team=TYPED[14]), terminal=True)
    start = Start(kind="survey", record_id=small.assessment.id)
    out = small.type(f"1\n{people}back\n4\nclose\n\nresults\n", start, terminal=True)
    assert only_text(out)
    assert "Criterion 1 of 2" in out


@pytest.mark.parametrize("name", ["matrix-1-to-5", "matrix-halves", "matrix-cymraeg"])
def test_any_other_matrix_is_surveyed_walked_and_planned(tmp_path: Path, name: str) -> None:
    (tmp_path / "workspace").mkdir()
    (tmp_path / "workspace" / "matrix.yaml").write_text((DATA / f"{name}.yaml").read_text("utf-8"), encoding="utf-8")
    talker = Talker(tmp_path)
    talker.type("\n\n", Start(kind="survey", team="Ward 7"))
    criteria = talker.assessment.matrix.criteria
    low = talker.assessment.matrix.scale.lowest
    one = "\n" + f"{low}\nwhy\n" * len(criteria) + "\n"
    people = "\n".join([one] * 5)
    walk = "\n" + f"{low + 1}\nagreed\n\n\n{low + 2}\n" * len(criteria)
    own = "".join(f"own {number}\n\n" for number in range(len(criteria)))
    out = talker.type(
        f"1\n{people}back\n4\nclose\n{walk}plan\n{own}now 1\n\nno\n",
        Start(kind="survey", record_id=talker.assessment.id),
    )
    assessment = talker.assessment
    assert talker.code == 0
    assert assessment.finished
    assert {rating.level for rating in assessment.ratings} == {low + 1}
    assert len(assessment.actions) == len(criteria)
    assert f"five answers, all of them {low}" in out


def test_our_own_matrix_is_answered_by_individuals_and_planned(talker: Talker) -> None:
    talker.type("\n\n", Start(kind="survey", team="Ward 7"))
    count = len(talker.assessment.matrix.criteria)
    people = "\n".join("\n" + f"{level}\n\n" * count + "\n" for level in (2, 4, 6, 8, 11))
    walk = "\n" + "6\n\n\n\n8\n" * count
    start = Start(kind="survey", record_id=talker.assessment.id)
    out = talker.type(f"1\n{people}back\n4\nclose\n{walk}plan\n1\nplan\nnow 1\n\nno\n", start)
    assert talker.code == 0
    assert talker.assessment.survey is not None
    assert talker.assessment.survey.answered == 5
    assert "five answers, from 2 to 11, standard deviation 3.5" in out
    assert talker.assessment.actions[0].priority == "now"
