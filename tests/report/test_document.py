"""The JSON document: whole, without what is not asked for, and read back as the record that it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.model.errors import WrongInput
from kmtui.model.session import Entry
from kmtui.report import reading
from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.document import assessment_document, plan_document, read_document, session_document
from kmtui.report.session_markdown import session_markdown
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.examples import ASSESSMENT, FEW, OPEN_SURVEY, SESSION, SURVEY
from tests.report.hostile_records import assessment_with, session_with, survey_with
from tests.report.records import assessments, sessions


def as_bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def session_json(**changes: Any) -> dict[str, Any]:
    return {**session_document(SESSION, with_names=True, with_private=True), **changes}


def assessment_json(**changes: Any) -> dict[str, Any]:
    return {**assessment_document(ASSESSMENT, with_names=True, with_private=True), **changes}


def survey_json(**changes: Any) -> dict[str, Any]:
    return {**assessment_document(SURVEY, with_names=True, with_private=True), **changes}


@settings(deadline=None, max_examples=60)
@given(sessions())
def test_any_session_is_read_back_as_it_was(session: Any) -> None:
    document = session_document(session, with_names=True, with_private=True)
    assert read_document(document) == session
    assert read_document(as_bytes(document)) == session
    assert session_markdown(session, with_names=True)


@settings(deadline=None, max_examples=60)
@given(assessments())
def test_any_assessment_is_read_back_as_it_was(assessment: Any) -> None:
    document = assessment_document(assessment, with_names=True, with_private=True)
    assert read_document(document) == assessment
    assert read_document(as_bytes(document)) == assessment
    assert assessment_markdown(assessment)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_text_is_cleaned_on_the_way_out_and_in(text: str) -> None:
    for record, dirty in (
        (session_document(session_with(text), with_names=True), session_json(title=text, parked=[text])),
        (assessment_document(assessment_with(text), with_names=True), assessment_json(title=text, parked=[text])),
        (assessment_document(survey_with(text), with_names=True), survey_json(title=text, parked=[text])),
    ):
        assert record["title"] == clean(text)
        people = record["people"] or record["survey"]["roles"]
        assert people[0]["role"] == clean(text)
        found = read_document(dirty)
        assert (found.title, found.parked) == (clean(text), (clean(text),))
        assert read_document(as_bytes(record)).team == clean(text)


def test_a_session_document_has_the_agreed_shape() -> None:
    document = session_document(SESSION, with_names=True)
    assert {"kind", "id", "schema", "created", "changed", "title", "team", "date", "begun", "ended"} <= set(document)
    assert {"people", "steps", "lessons", "actions", "parked", "finished", "place", "spent"} <= set(document)
    assert (document["kind"], document["finished"], document["date"]) == ("session", True, "2026-11-20")
    technique = document["technique"]
    assert (technique["digest"], technique["name"]) == ("abc123", "After Action Review")
    assert "steps" not in technique
    why = document["steps"][3]
    assert (why["id"], why["kind"], why["from"], why["minutes"]) == ("why", "collect", "actual", 4.5)
    assert why["entries"][0] == {
        "id": "e4",
        "text": "The list was only at the nurses' station",
        "answers": "e2",
        "by": "",
    }
    assert document["people"][0] == {
        "role": "ward sister",
        "name": "Jo Smith",
        "count": 1,
        "department": "Surgery",
        "site": "North",
    }
    assert set(document["lessons"][0]) == {
        *("id", "lesson", "context", "cause", "recommendation", "tags", "keep_or_change", "owner", "again")
    }
    assert (document["actions"][0]["due"], document["actions"][1]["due"]) == ("2026-12-01", None)


def test_an_assessment_document_has_the_agreed_shape() -> None:
    document = assessment_document(ASSESSMENT, with_names=True)
    assert (document["kind"], document["organisation"], document["on_behalf_of"]) == (
        "assessment",
        "Example Hospital",
        "the whole team",
    )
    assert (document["matrix"]["digest"], len(document["matrix"]["sections"])) == ("def456", 3)
    assert document["ratings"][0] == {
        "criterion": "innovation",
        "level": 6,
        "skip": None,
        "rationale": "The night staff hear of new ideas last",
        "example": "The new drip stand",
        "same_for_everyone": "not at night",
        "target": 8,
        "enough": "we are a small team",
        "contact": "ward sister of Ward 7",
    }
    whole = document["scores"]["whole"]
    assert (whole["n"], whole["rounded"], whole["band"]) == (3, 4, "early")
    assert [each["id"] for each in document["scores"]["sections"]] == ["behaviours", "services", "later"]
    assert len(document["scores"]["criteria"]) == 7


def test_the_scores_of_a_survey_are_those_of_what_individuals_answered() -> None:
    document = assessment_document(SURVEY, with_names=True)
    scores = {each["id"]: each for each in document["scores"]["criteria"]}
    assert scores["innovation"] == {
        "id": "innovation",
        "name": "Approach to innovation",
        "n": 7,
        "mean": 44 / 7,
        "rounded": 6,
        "band": "pockets",
        "sd": pytest.approx(4.0708, abs=1e-4),
        "lowest": 2,
        "highest": 11,
        "bands": {"nothing": 3, "early": 0, "pockets": 2, "usual": 2},
    }
    few = dict.fromkeys(("sd", "lowest", "highest", "bands"))
    name = "Evidence searches"
    assert scores["search"] == {
        **few,
        "id": "search",
        "name": name,
        "n": 3,
        "mean": pytest.approx(17 / 3),
        "rounded": 6,
        "band": "pockets",
    }
    nothing = dict.fromkeys(("mean", "rounded", "band", "sd", "lowest", "highest", "bands"))
    assert scores["alerts"] == {**nothing, "id": "alerts", "name": "Alerts", "n": 2}
    assert [each["n"] for each in document["scores"]["sections"]] == [3, 2, 0]
    agreed = {each["id"]: each["mean"] for each in document["agreed_scores"]["criteria"]}
    assert (agreed["innovation"], agreed["sharing"]) == (5, None)
    assert document["ratings"][0]["level"] == 5
    assert "agreed_scores" not in assessment_document(FEW, with_names=True)
    assert "agreed_scores" not in assessment_document(ASSESSMENT, with_names=True)


def test_a_survey_tells_roles_and_reasons_and_nothing_while_it_is_open() -> None:
    survey = assessment_document(SURVEY, with_names=False)["survey"]
    assert survey["answered"] == 7
    assert [(each["role"], each["count"]) for each in survey["roles"]] == [("nurse", 5)]
    assert survey["spreads"][2]["dont_know"] == 1
    assert survey["spreads"][2]["rationales"] == ["Only where the sisters know each other"]
    assert (survey["spreads"][4]["dont_know"], survey["spreads"][4]["rationales"]) == (None, [])
    still = assessment_document(OPEN_SURVEY, with_names=False)
    assert (still["survey"], still["scores"]["whole"]["n"], still["closes"]) == (None, 0, "2026-12-01")


def test_a_plan_has_the_agreed_shape() -> None:
    document = plan_document(ASSESSMENT)
    assert (document["kind"], document["assessment"], document["team"]) == ("plan", ASSESSMENT.id, "Ward 7")
    assert [each["idea"] for each in document["actions"]] == [False, True, False, True, False, True]
    agreed = {"id", "action", "criterion", "technique", "priority", "owner", "due", "review", "done_when", "state"}
    assert agreed <= set(document["actions"][0])
    assert (document["actions"][0]["due"], document["actions"][3]["priority"]) == ("2027-01-04", "not-for-us")


def test_without_names_there_is_no_name() -> None:
    for document in (
        session_document(SESSION, with_names=False, with_private=True),
        assessment_document(ASSESSMENT, with_names=False, with_private=True),
    ):
        assert "Jo Smith" not in json.dumps(document)
        assert "ward sister" in json.dumps(document)


def test_without_private_there_is_no_trace_of_private_steps_and_drafts() -> None:
    answering = Entry(id="z", step="why", text="Somebody was tired", answers="e5")
    document = session_document(replace(SESSION, entries=(*SESSION.entries, answering)), with_names=True)
    words = json.dumps(document)
    for private in ("Sam kept quiet", "half a thought", '"e5"'):
        assert private not in words
    assert document["steps"][4]["entries"] == []
    assert document["steps"][3]["entries"][2]["answers"] is None
    assert assessment_document(ASSESSMENT, with_names=True)["drafts"] == {}
    assert session_json()["drafts"] == {"why": "half a thought"}


def test_the_order_of_entries_is_told_only_where_it_differs() -> None:
    assert session_json()["entry_order"] == ["e1", "e2", "e3", "e4", "e5", "e6"]
    in_order = replace(SESSION, entries=SESSION.entries[:5])
    assert "entry_order" not in session_document(in_order, with_names=True, with_private=True)


def test_derived_and_unknown_fields_are_ignored() -> None:
    assert read_document(session_json(finished=False, colour="red")) == SESSION
    assert read_document(assessment_json(scores="none", finished=3)) == ASSESSMENT
    assert read_document(survey_json(scores="none", agreed_scores=3)) == SURVEY


def test_fields_that_may_be_missing_are_as_if_empty() -> None:
    document = session_json()
    for name in ("schema", "title", "team", "people", "lessons", "actions", "parked", "spent", "drafts", "begun"):
        del document[name]
    for step in document["steps"]:
        del step["entries"]
    del document["entry_order"]
    found = read_document(document)
    assert (found.title, found.people, found.begun) == ("", (), None)


def test_a_byte_order_mark_is_accepted() -> None:
    assert read_document(b"\xef\xbb\xbf" + as_bytes(session_json())) == SESSION


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not JSON"),
        (b"hello", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'{"a": NaN}', "not JSON"),
        (b'{"a": 1e999}', "not JSON"),
        (b"[" * 200_000, "brackets"),
        (b"[" * 60 + b"]" * 60, "brackets"),
        (b"[]", "a group of fields in braces is needed"),
        (b'"text"', "a group of fields in braces is needed"),
        (b"{}", '"kind" has to be'),
        (b'{"kind": "recipe"}', '"kind" has to be'),
        (b'{"kind": "session", "schema": 2}', "newer version"),
        (b'{"kind": "session"}', "^id: twelve"),
        (b'{"kind": "session", "id": "../../etc/x"}', "^id: twelve"),
        (b'{"kind": "session", "id": "1ng54y2nt70e"}', "^technique: a group of fields"),
        (b'{"kind": "session", "id": "1ng54y2nt70e", "technique": {}}', "^steps: a list is needed"),
        (b'{"kind": "assessment", "id": "1ng54y2nt70e"}', "^matrix: a group of fields"),
        (b'{"kind": "session", "n": 123456789012345678901234567890}', "number that is too large"),
    ],
    ids=range(18),
)
def test_what_is_no_document_is_told_plainly(data: bytes, message: str) -> None:
    with pytest.raises(WrongInput, match=message):
        read_document(data)


def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2 * 1024 * 1024)
    with pytest.raises(WrongInput, match="too large: 2 MB"):
        read_document(b" " * (2 * 1024 * 1024 + 1))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": 3}, r"^title: a text is needed here, not a whole number\.$"),
        ({"date": "soon"}, r"^date: a date such as 2026-11-20 is needed here\.$"),
        ({"created": "soon"}, r"^created: a time such as 2026-11-20T09:30:00Z is needed here\.$"),
        ({"created": None}, "^created: a time such as"),
        (
            {"people": [{"role": "x", "count": "four"}]},
            r"^people\[0\]\.count: a whole number is needed here, not a text",
        ),
        ({"people": [{"role": 3}]}, r"^people\[0\]\.role: a text is needed"),
        ({"parked": "x"}, "^parked: a list is needed here, not a text"),
        ({"spent": {"why": "long"}}, "^spent.*: a number is needed here, not a text"),
        ({"spent": {"why": float("nan")}}, "number that is too large"),
        ({"steps": []}, "at least one step"),
        ({"steps": ["x"]}, r"^steps\[0\]: a group of fields"),
        ({"steps": [{"id": "a", "kind": "dance", "title": ""}]}, r"^steps\[0\]\.kind: 'dance' is none of the words"),
        ({"steps": [{"id": "a", "kind": "brief"}]}, r'^steps\[0\]: the field "title" is missing'),
        ({"steps": [{"id": "a", "kind": "brief", "title": "", "entries": 1}]}, r"^steps\[0\]\.entries: a list"),
        ({"steps": [{"id": "a", "kind": "brief", "title": "", "entries": [1]}]}, r"^steps\[0\]\.entries\[0\]: a group"),
        ({"steps": [{"id": "a", "kind": "brief", "title": ""}] * 2}, "^steps: every id may be there only once"),
        ({"entry_order": 3}, "^entry_order: a list is needed"),
        (
            {"lessons": [{"id": "a", "lesson": "", "keep_or_change": "bin"}]},
            r"^lessons\[0\]\.keep_or_change: 'bin' is none",
        ),
        ({"lessons": [{"id": "e1", "lesson": ""}]}, "^entries, lessons, actions, rows: every id may be"),
        ({"technique": {"id": "x"}}, r'^technique: the field "version" is missing'),
    ],
    ids=range(20),
)
def test_a_wrong_value_of_a_session_is_told_with_its_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(WrongInput, match=message):
        read_document(session_json(**changes))


def test_a_missing_field_is_told_by_name() -> None:
    document = session_json()
    del document["date"]
    with pytest.raises(WrongInput, match=r'^The document: the field "date" is missing\.$'):
        read_document(document)


def test_the_place_of_an_entry_is_the_one_in_the_document() -> None:
    document = session_json()
    document["steps"][4]["entries"][0]["text"] = 3
    with pytest.raises(WrongInput, match=r"^steps\[4\]\.entries\[0\]\.text: a text is needed here"):
        read_document(document)


def wrong_matrix(**changes: Any) -> dict[str, Any]:
    return {"matrix": {**assessment_json()["matrix"], **changes}}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"ratings": [{"criterion": "innovation", "level": 13}]}, r"^ratings\[0\]: .*13 is no level here"),
        ({"ratings": [{"criterion": "innovation", "level": 6.5}]}, r"^ratings\[0\]: .*6.5 is no level here"),
        ({"ratings": [{"criterion": "innovation", "level": True}]}, r"^ratings\[0\]\.level: .* not true or false"),
        ({"ratings": [{"criterion": "innovation", "level": 6, "skip": "parked"}]}, "both a level and a reason"),
        ({"ratings": [{"criterion": "gone"}]}, r'^ratings\[0\]\.criterion: the matrix has no criterion "gone"'),
        ({"ratings": [{"criterion": "alerts"}] * 2}, "^ratings: every id may be there only once"),
        ({"actions": [{"id": "a", "action": ""}] * 2}, "^actions: every id may be there only once"),
        ({"actions": [{"id": "a", "action": "", "dots": 1000}]}, r"^actions\[0\]\.dots: a number from 0 to 999"),
        ({"actions": [{"id": "a", "action": "", "dots": -1}]}, r"^actions\[0\]\.dots: a number from 0 to 999"),
        ({"actions": [{"id": "a", "action": "", "priority": "soon"}]}, r"^actions\[0\]\.priority: 'soon' is none"),
        ({"left_out": [{"criterion": "a"}] * 2}, "^left_out: every id may be there only once"),
        ({"objectives": [{}]}, r'^objectives\[0\]: the field "text" is missing'),
        ({"way": "vote"}, "^way: 'vote' is none of the words"),
        ({"closes": "soon"}, "^closes: a date such as"),
        ({"survey": {"answered": 1}}, '^survey: only an assessment whose "way" is "survey"'),
        ({"closed": "2026-11-20T09:30:00Z"}, '^survey: only an assessment whose "way" is "survey"'),
        (wrong_matrix(scale={"lowest": 1, "highest": 10**9}), "^matrix.scale: the highest level"),
        (wrong_matrix(scale={"lowest": 3, "highest": 3}), "^matrix.scale: the highest level"),
        (wrong_matrix(scale={"lowest": 1, "highest": 12, "step": 0.1}), "^matrix.scale: the highest level"),
        (wrong_matrix(scale={"lowest": 0, "highest": 12}), "^matrix.bands: no band holds the level 0"),
        (wrong_matrix(sections=[]), "^matrix.sections: there has to be at least one criterion"),
        (wrong_matrix(sections=assessment_json()["matrix"]["sections"] * 2), "^matrix.sections: every id"),
        (wrong_matrix(bands=[{"id": "a", "name": "A", "levels": [1, 2, 3]}]), r"^matrix\.bands\[0\]\.levels: "),
    ],
    ids=range(23),
)
def test_a_wrong_value_of_an_assessment_is_told_with_its_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(WrongInput, match=message):
        read_document(assessment_json(**changes))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([session_json(), assessment_json(), survey_json()]), st.data())
def test_no_wrong_document_does_more_than_being_refused(document: dict[str, Any], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(document)))
    changed = {**document, name: data.draw(JSON)}
    try:
        found = read_document(changed)
    except WrongInput as error:
        assert str(error).endswith(".")
    else:
        assert read_document(as_bytes(changed)) == found
