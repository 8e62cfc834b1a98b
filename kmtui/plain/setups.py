"""Set-ups in plain text: whose, which goals, what is left out, what the local service adds; kept to be used again."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from kmtui.flow.typed import parse_date, parse_people, people_after, people_as_typed
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError, StoreError, WrongInput
from kmtui.model.setup import SetUp, Way
from kmtui.plain.forms import Field, FormAsker, filled
from kmtui.plain.found import to_replace
from kmtui.plain.lists import setup_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.prompts import InputEnded, QuitAsked, Stopped, WrongAnswer
from kmtui.plain.setup_parts import Goals, LeavingOut, OwnOptions
from kmtui.text import file_slug, one_line
from kmtui.workspace.confiding import in_text, text_without
from kmtui.workspace.desk import Desk
from kmtui.workspace.setups import (
    TeamSetUp,
    advance_copy,
    drop_set_up,
    keep_set_up,
    matrix_of,
    new_set_up,
    set_ups,
)
from kmtui.workspace.sharing import free_file, write_text

_HELP = (
    "What is agreed about a team before it is assessed. It is kept under a name, and can be used again.",
    "Enter leaves a question empty, or keeps what is there.",
)


Deed = Callable[[TeamSetUp], TeamSetUp | None]
"""What a line of the menu of a set-up does; it returns the set-up as it is now, or None when all is done with it."""


class SetUps:
    """The conversation about the set-ups of the workspace."""

    def __init__(self, menu: Menu, desk: Desk, begin: Callable[[TeamSetUp], object]) -> None:
        """`begin` begins the assessment or the survey of a set-up."""
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._use = begin
        self._before: list[tuple[TeamSetUp | None, str]] = []

    def run(self) -> None:
        """Read the set-ups out, and deal with the one that is chosen, until Enter goes back."""
        while True:
            undone = len(self._before)
            found = self.menu.pick("setups", [_NEW, *set_ups(self.desk.tools)], _shown, self._undo)
            if found is None and len(self._before) == undone:
                return
            kept = self._new() if found is _NEW else found
            if kept is not None:
                self._one(kept)

    # One set-up

    def _new(self) -> TeamSetUp | None:
        setup = new_set_up(self.desk.tools)
        matrices = self.desk.tools.library.matrices()
        if len(matrices) > 1:
            choices = [Choice(f"{one_line(each.value.title)} ({each.value.id})", lambda: None) for each in matrices]
            chosen = self.menu.choose("setup.matrix", "Which matrix, or Enter for the first:", choices, self._undo)
            setup = replace(setup, matrix=matrices[choices.index(chosen)].value.id if chosen is not None else "")
        return self._about(TeamSetUp(team="", setup=setup), None)

    def _about(self, found: TeamSetUp, before: TeamSetUp | None) -> TeamSetUp | None:
        """Ask what is said about a set-up in a line each, and keep it, also when the input ends in the middle."""
        today = self.desk.tools.today()
        fields = [
            Field("team", "Which team:"),
            Field("name", "A name for this set-up (Enter: that of the team):"),
            Field("organisation", "Organisation:"),
            Field("on_behalf_of", "On whose behalf does the team answer:"),
            Field("people", "Who takes part (roles, with commas between):"),
            Field("feedback", "Day of the feedback meeting:", lambda words: parse_date(words, today)),
            Field("way", "In a group, or a survey of individuals (group or survey):", _way),
        ]
        shown = _values(found)
        values = dict(shown)
        try:
            if not filled(FormAsker(self.menu.prompter, _HELP), "setup", fields, shown, values):
                return None
        except (InputEnded, QuitAsked, Stopped):
            if values["team"] and values != shown:
                self._keep(self._made(found.setup, values), before)
            raise
        if not values["team"]:
            self.menu.prompter.wrong("setup.team", "A set-up needs a team. Nothing was kept.")
            return None
        return self._keep(self._made(found.setup, values), before)

    def _made(self, setup: SetUp, values: dict[str, str]) -> TeamSetUp:
        made = replace(
            setup,
            name=values["name"] or values["team"],
            organisation=values["organisation"],
            on_behalf_of=values["on_behalf_of"],
            people=people_after(setup.people, values["people"]) if setup.people else parse_people(values["people"]),
            feedback=parse_date(values["feedback"], self.desk.tools.today()),
            way=_way(values["way"]) if values["way"] else "group",
        )
        return TeamSetUp(team=values["team"], setup=made)

    def _one(self, found: TeamSetUp) -> None:
        here: TeamSetUp | None = found
        while here is not None:
            self.say()
            self.say(setup_line(here))
            deeds = self._deeds(here)
            choices = [Choice(words, lambda: None) for words, _ in deeds]
            chosen = self.menu.choose("setup.what", "Number, or Enter to go back:", choices, self._undo)
            here = self._now(here)  # undo may have changed it, or taken it away
            if chosen is None or here is None:
                return
            here = self._done(deeds[choices.index(chosen)][1], here)

    def _done(self, deed: Deed, here: TeamSetUp) -> TeamSetUp | None:
        try:
            return deed(here)
        except WrongAnswer:
            raise
        except KmtuiError as error:
            if not self.menu.prompter.terminal:
                raise
            self.menu.prompter.error(str(error))
            return here

    def _now(self, found: TeamSetUp) -> TeamSetUp | None:
        return next((each for each in set_ups(self.desk.tools) if each.setup.id == found.setup.id), None)

    def _deeds(self, found: TeamSetUp) -> list[tuple[str, Deed]]:
        setup = found.setup
        what = "the survey" if setup.way == "survey" else "the assessment"
        goals, out, own = len(setup.objectives), len(setup.left_out), len(setup.options)
        return [
            (f"Begin {what}", self._begin),
            ("Team, name, who, when, group or survey", lambda here: self._about(here, here) or here),
            (f"Goals of the team ({goals or 'none yet'})", lambda here: self._part(here, Goals)),
            (f"Leave criteria out ({out or 'none'} left out)", lambda here: self._part(here, LeavingOut)),
            (f"What your service offers ({own or 'nothing yet'})", lambda here: self._part(here, OwnOptions)),
            ("Write the advance copy for participants", self._advance),
            ("Remove it (undo brings it back until kmtui ends)", self._remove),
        ]

    def _part(self, found: TeamSetUp, part: type[Goals] | type[LeavingOut] | type[OwnOptions]) -> TeamSetUp:
        """Talk about one part of a set-up; every change is kept at once."""
        kept = found

        def keep(setup: SetUp) -> SetUp:
            nonlocal kept
            kept = self._keep(replace(kept, setup=setup), kept)
            return kept.setup

        part(self.menu, self.desk.tools, matrix_of(self.desk.tools, found.setup).value, keep).run(found.setup)
        return kept

    def _begin(self, found: TeamSetUp) -> None:
        self._use(found)

    def _advance(self, found: TeamSetUp) -> TeamSetUp:
        parts = (self.desk.tools.today().isoformat(), file_slug(found.setup.name), "advance-copy")
        path = free_file(self.desk.exports, parts, ".md")
        text = advance_copy(self.desk.tools, found)
        which = to_replace(self.menu.prompter, in_text(text), self.menu.ask)
        write_text(self.desk.tools, path, text_without(text, which))
        self.say(f"Written: {path}")
        return found

    # Keeping and undoing

    def _keep(self, found: TeamSetUp, before: TeamSetUp | None) -> TeamSetUp:
        setup = self._named(found)
        while True:
            try:
                kept = keep_set_up(self.desk.tools, found.team, setup)
            except StoreError as error:
                if not self.menu.prompter.terminal:
                    raise
                self.menu.prompter.error(f"{error} What you typed is kept here.")
                if self.menu.prompter.words("setup.again", "Enter tries again, no leaves it:").lower() in ("no", "n"):
                    raise
            else:
                self._before.append((before, kept.setup.id))
                self.say("Saved.")
                return kept

    def _named(self, found: TeamSetUp) -> SetUp:
        """Return the set-up under a name that no other one of the team has: two with one name would become one."""
        taken = {
            _folded(each.setup.name)
            for each in set_ups(self.desk.tools)
            if _folded(each.team) == _folded(found.team) and each.setup.id != found.setup.id
        }
        name, number = found.setup.name, 2
        while _folded(name) in taken:
            name, number = f"{found.setup.name} {number}", number + 1
        if name != found.setup.name:
            self.say(f"There is a set-up {one_line(found.setup.name)} already. This one is called {one_line(name)}.")
        return replace(found.setup, name=name)

    def _remove(self, found: TeamSetUp) -> None:
        self._before.append((drop_set_up(self.desk.tools, found.setup.id), found.setup.id))
        self.say(f"Removed: {one_line(found.setup.name)}. undo brings it back.")

    def _undo(self) -> None:
        """Take the last change of a set-up back."""
        if not self._before:
            self.say("There is nothing to undo.")
            return
        before, setup_id = self._before.pop()
        if before is None:
            gone = drop_set_up(self.desk.tools, setup_id)
            self.say(f"Undone: the set-up {one_line(gone.setup.name)} is not kept.")
        else:
            kept = keep_set_up(self.desk.tools, before.team, before.setup)
            self.say(f"Saved. As it was: {setup_line(kept)}")


_NEW = TeamSetUp(team="", setup=SetUp(id="", name=""))


def _shown(found: TeamSetUp) -> str:
    return "A new set-up" if found is _NEW else setup_line(found)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _values(found: TeamSetUp) -> dict[str, str]:
    setup = found.setup
    return {
        "team": found.team,
        "name": setup.name,
        "organisation": setup.organisation,
        "on_behalf_of": setup.on_behalf_of,
        "people": people_as_typed(setup.people),
        "feedback": in_words(setup.feedback) if setup.feedback else "",
        "way": setup.way if found.team else "",
    }


def _way(words: str) -> Way:
    if words.lower() in ("survey", "s"):
        return "survey"
    if words.lower() in ("group", "g"):
        return "group"
    raise WrongInput(f'"{words[:40]}" is neither group nor survey.')
