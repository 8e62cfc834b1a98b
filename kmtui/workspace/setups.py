"""Set-ups: what is agreed about a team before it is assessed, kept under a name to be used again."""

from __future__ import annotations

from msgspec.structs import replace

from kmtui.analysis.matching import same_name
from kmtui.content.library import Loaded
from kmtui.model.answers import SetUpAnswers
from kmtui.model.base import Value
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.ids import as_typed
from kmtui.model.matrix import Matrix
from kmtui.model.setup import LeftOut, LocalOption, Objective, SetUp, Team, as_used, named
from kmtui.text import clean
from kmtui.workspace.tools import Tools


class TeamSetUp(Value, frozen=True, kw_only=True):
    """A set-up and whose it is."""

    team: str
    setup: SetUp


def set_ups(tools: Tools) -> list[TeamSetUp]:
    """Return all set-ups, those of one team together, teams and names in order of the alphabet."""
    found = [TeamSetUp(team=team.name, setup=setup) for team in tools.store.teams() for setup in team.setups]
    return sorted(found, key=lambda each: (each.team.casefold(), each.setup.name.casefold()))


def find_set_up(tools: Tools, name: str, team: str = "") -> TeamSetUp:
    """Return the set-up with this name, of a team where one is given, or any unique beginning of its id.

    Raises:
        NotFound: there is none, or more than one.
    """
    kept = set_ups(tools)
    own = [each for each in kept if not team or same_name(each.team, team)]
    found = [each for each in own if same_name(each.setup.name, name)]
    found = found or [each for each in kept if as_typed(name) and each.setup.id.startswith(as_typed(name))]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{each.setup.name} ({each.team})" for each in found or own)
    if found:
        raise NotFound(f'There is more than one set-up "{name}": {known}. Say the team as well.')
    raise NotFound(f'There is no set-up "{name}". ' + (f"There are: {known}." if known else "None has been kept yet."))


def new_set_up(tools: Tools, name: str = "") -> SetUp:
    """Return an empty set-up that is not kept yet."""
    return SetUp(id=tools.ids(), name=name)


def matrix_of(tools: Tools, setup: SetUp) -> Loaded[Matrix]:
    """Return the whole matrix of a set-up. Raises NotFound, WrongContent."""
    return tools.library.matrix(setup.matrix or None)


def used_matrix(tools: Tools, setup: SetUp) -> Matrix:
    """Return the matrix as the team uses it. Raises NotFound, WrongContent."""
    matrix = matrix_of(tools, setup).value
    return as_used(matrix, named(matrix, setup.left_out), setup.options)


def keep_set_up(tools: Tools, team: str, setup: SetUp, *, replacing: bool = False) -> TeamSetUp:
    """Put a set-up on disk, in the place of the one with its id, and return it.

    With `replacing` it also takes the place of another one of the team that has its name.

    Raises:
        WrongInput: name or team is empty, every criterion is left out, or another set-up of the team has its name.
        NotFound, WrongContent: there is no such matrix.
        ChangedMeanwhile, StoreError: it could not be written; what is on disk is as it was.
    """
    team, setup = " ".join(clean(team).split()), checked(tools, setup)
    if not team:
        raise WrongInput("The set-up has no team. Type whose it is.")
    teams = tools.store.teams()
    before = next((each for each in teams if same_name(each.name, team)), None)
    now = tools.now()
    if before is None:
        whole = Team(id=tools.ids(), created=now, changed=now, name=team, setups=(setup,))
    else:
        same = next((each for each in before.setups if same_name(each.name, setup.name) and each.id != setup.id), None)
        if same is not None and not replacing:
            raise WrongInput(f'{before.name} has a set-up "{same.name}" already. Give this one another name.')
        setup = replace(setup, id=same.id) if same is not None else setup
        rest = tuple(each for each in before.setups if each.id != setup.id)
        whole = replace(before, changed=now, setups=(*rest, setup))
    tools.store.save_team(whole, before)
    for other in teams:  # it was renamed from another team
        if other.id != whole.id and other.setup(setup.id) is not None:
            kept = tuple(each for each in other.setups if each.id != setup.id)
            tools.store.save_team(replace(other, changed=now, setups=kept), other)
    return TeamSetUp(team=whole.name, setup=setup)


def checked(tools: Tools, setup: SetUp) -> SetUp:
    """Return the set-up cleaned and with what its matrix does not have left out.

    Raises:
        WrongInput: it has no name, or every criterion is left out.
        NotFound, WrongContent: there is no such matrix.
    """
    matrix = matrix_of(tools, setup).value
    ids = {criterion.id for criterion in matrix.criteria}
    name = " ".join(clean(setup.name).split())
    if not name:
        raise WrongInput("The set-up has no name. Type one to find it by.")
    made = replace(
        setup,
        name=name,
        organisation=clean(setup.organisation).strip(),
        on_behalf_of=clean(setup.on_behalf_of).strip(),
        objectives=tuple(
            Objective(text=clean(each.text).strip(), criteria=tuple(one for one in each.criteria if one in ids))
            for each in setup.objectives
            if clean(each.text).strip()
        ),
        left_out=named(
            matrix,
            tuple(LeftOut(criterion=each.criterion, reason=clean(each.reason).strip()) for each in setup.left_out),
        ),
        options=tuple(_cleaned(each) for each in setup.options if each.criterion in ids and clean(each.text).strip()),
    )
    if not as_used(matrix, made.left_out, ()).criteria:
        raise WrongInput("Every criterion is left out. Keep at least one of them.")
    return made


def _cleaned(option: LocalOption) -> LocalOption:
    service = clean(option.service).strip() if option.service else None
    return replace(option, text=clean(option.text).strip(), service=service or None)


def drop_set_up(tools: Tools, setup_id: str) -> TeamSetUp:
    """Take a set-up away and return it, so that `keep_set_up` can bring it back. Raises NotFound, StoreError."""
    for team in tools.store.teams():
        setup = team.setup(setup_id)
        if setup is not None:
            rest = tuple(each for each in team.setups if each.id != setup_id)
            tools.store.save_team(replace(team, changed=tools.now(), setups=rest), team)
            return TeamSetUp(team=team.name, setup=setup)
    raise NotFound("That set-up is not there any more.")


def keep_answers(tools: Tools, answers: SetUpAnswers) -> TeamSetUp:
    """Keep a set-up that a file says. Raises as `keep_set_up`."""
    setup = SetUp(
        id=tools.ids(),
        name=answers.set_up,
        matrix=answers.matrix,
        organisation=answers.organisation,
        on_behalf_of=answers.on_behalf_of,
        people=answers.people,
        objectives=answers.objectives,
        left_out=answers.left_out,
        options=answers.options,
        feedback=answers.feedback,
        way=answers.way,
    )
    return keep_set_up(tools, answers.team, setup, replacing=True)


def advance_copy(tools: Tools, found: TeamSetUp) -> str:
    """Return the Markdown that participants get before the session. Raises NotFound, WrongContent."""
    from kmtui.report.advance import advance_markdown

    setup = found.setup
    matrix = matrix_of(tools, setup).value
    return advance_markdown(
        used_matrix(tools, setup),
        team=found.team,
        on_behalf_of=setup.on_behalf_of,
        objectives=setup.objectives,
        left_out=named(matrix, setup.left_out),
        feedback=setup.feedback,
        people=setup.people,
        way=setup.way,
    )
