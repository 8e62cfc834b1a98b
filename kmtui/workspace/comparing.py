"""Teams and years beside each other, what a team agreed last time, and who does something well."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal

from kmtui.analysis.comparison import Comparison, Trend, compared, trend, with_names_hidden
from kmtui.analysis.hidden_names import trend_with_name_hidden
from kmtui.analysis.matching import folded, newest_first, same_name, without_copies
from kmtui.analysis.scoring import level_of
from kmtui.model.assessment import Assessment
from kmtui.model.base import Value
from kmtui.model.errors import NotFound
from kmtui.model.lines import PracticeLine, RecordLine
from kmtui.text import one_line
from kmtui.workspace.following import with_followup
from kmtui.workspace.tools import Tools

View = Literal["river", "stairs", "trend"]


class NothingToCompare(NotFound):
    """No team has an assessment that could be compared yet."""

    def __init__(self) -> None:
        super().__init__("There is no assessment of a team to compare yet. kmtui assess begins one.")


def comparison(tools: Tools, *, team: str = "", matrix_id: str | None = None, hide_names: bool = False) -> Comparison:
    """Return the newest assessment of each team beside each other.

    Raises:
        NothingToCompare: there is no assessment of a team.
        NotFound: no assessment is of that team, or of that matrix.
    """
    assessments = _comparable(tools, matrix_id)
    if team:
        _team_named(assessments, team, hide_names)
    found = compared(assessments, own=team, matrix_id=matrix_id)
    if found is None:
        raise NothingToCompare
    return with_names_hidden(found) if hide_names else found


def team_trend(tools: Tools, team: str = "", *, matrix_id: str | None = None, hide_names: bool = False) -> Trend:
    """Return the assessments of a team over the years; without a name, of the only team there is.

    Raises:
        NothingToCompare: there is no assessment of a team.
        NotFound: there is no such team or matrix, or a name is needed to tell teams apart.
    """
    assessments = _comparable(tools, matrix_id)
    names = _names(assessments)
    if not team and len(names) > 1:
        raise NotFound("Whose trend? Say --team" + ("." if hide_names else f" and one of: {', '.join(names)}."))
    team = _team_named(assessments, team, hide_names) if team else names[0]
    found = trend(assessments, team, matrix_id=matrix_id)
    if found is None:
        raise NotFound(f'The team "{team}" has no assessment with this matrix.')
    return trend_with_name_hidden(found) if hide_names else found


def _comparable(tools: Tools, matrix_id: str | None) -> list[Assessment]:
    found = without_copies(newest_first(tools.store.assessments()))
    if not found:
        raise NothingToCompare
    matrices = {each.matrix.id: each.matrix.title for each in found}
    if matrix_id is not None and matrix_id not in matrices:
        known = ", ".join(f"{each} ({title})" for each, title in sorted(matrices.items()))
        raise NotFound(f'No assessment here is of the matrix "{matrix_id}". There are: {known}.')
    return found


def _names(assessments: list[Assessment]) -> list[str]:
    """Return the names of the teams, each once, as the newest assessment writes it."""
    names: dict[str, str] = {}
    for each in assessments:
        names.setdefault(folded(each.team), one_line(each.team))
    return [names[each] for each in sorted(names)]


def _team_named(assessments: list[Assessment], team: str, hide_names: bool) -> str:
    """Return the name of a team as it is written here. Raises NotFound, and says which there are unless hidden."""
    names = _names(assessments)
    found = next((name for name in names if same_name(name, team)), None)
    if found is None and hide_names:
        raise NotFound("There is no assessment of that team.")
    if found is None:
        raise NotFound(f'There is no assessment of the team "{team}". Teams: {", ".join(names)}.')
    return found


def comparison_json(view: View, found: Comparison | Trend) -> dict[str, Any]:
    """Return a comparison as data for scripts."""
    from kmtui.report.comparison_document import comparison_document, trend_document

    if isinstance(found, Trend):
        return trend_document(found)
    return comparison_document(found, "stairs" if view == "stairs" else "river")


def comparison_report(tools: Tools, view: View, found: Comparison | Trend) -> str:
    """Return a comparison as Markdown."""
    from kmtui.report import comparison_markdown as markdown

    if isinstance(found, Trend):
        return markdown.trend_markdown(found, tools.today())
    made = markdown.stairs_markdown if view == "stairs" else markdown.river_markdown
    return made(found, tools.today())


def comparison_sentences(view: View, found: Comparison | Trend) -> tuple[str, ...]:
    """Return a comparison as sentences, to be read aloud."""
    from kmtui.report import comparison_sentences as sentences

    if isinstance(found, Trend):
        return (*sentences.trend_sentences(found), *sentences.years_not_compared_sentences(found.not_compared))
    told = sentences.stairs_sentences(found) if view == "stairs" else sentences.river_sentences(found)
    return (*told, *sentences.not_compared_sentences(found.not_compared))


def before(tools: Tools, assessment: Assessment) -> Assessment | None:
    """Return the assessment of the same team before this one, with what follow-up made of its actions, or None.

    One in which nothing was answered and nothing planned is passed over.
    """
    if not folded(assessment.team):
        return None
    own = [
        line
        for line in tools.store.records()
        if line.kind == "assessment"
        and same_name(line.team, assessment.team)
        and line.id != assessment.id
        and _since(line) < _since(assessment)
        and not line.collecting
        and (line.done or line.actions or line.way == "survey")
    ]
    if not own:
        return None
    newest = max(own, key=_since)
    found = tools.store.read(newest.id)
    return with_followup(found, tools.store.followed()) if isinstance(found, Assessment) else None


def _since(each: RecordLine | Assessment) -> tuple[date, datetime, str]:
    """Return what puts assessments of one day in order; the ids of one second are in none."""
    return each.date, each.begun or datetime.min.replace(tzinfo=UTC), each.id


class WhoDoesWell(Value, frozen=True, kw_only=True):
    """What others do well on a criterion: examples kept as good practice, and other teams that stand high."""

    practices: tuple[PracticeLine, ...]
    teams: tuple[str, ...]


def who_does_well(tools: Tools, assessment: Assessment, criterion_id: str) -> WhoDoesWell:
    """Return who does well what a team finds hard: good practice, and the teams that stand higher, best first.

    The team's own practice is left out.
    """
    practices = [
        line
        for line in tools.store.practices()
        if line.criterion == criterion_id and not same_name(line.team, assessment.team)
    ]
    here = level_of(assessment, criterion_id)
    found = compared(tools.store.assessments(), own=assessment.team, matrix_id=assessment.matrix.id)
    row = next((each for each in found.criteria if each.criterion.id == criterion_id), None) if found else None
    higher = [
        each
        for each in (row.teams if row is not None else ())
        if each.level is not None and not each.own and (here is None or each.level > here)
    ]
    higher.sort(key=lambda each: -(each.level or 0))
    return WhoDoesWell(practices=tuple(practices), teams=tuple(each.team for each in higher))
