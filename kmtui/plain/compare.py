"""Teams and years beside each other, read aloud: river, stairs, and the trend of one team."""

from __future__ import annotations

from collections.abc import Sequence

from kmtui.analysis.comparison import Comparison, Trend
from kmtui.model.errors import KmtuiError, NotFound
from kmtui.plain.found import to_replace
from kmtui.plain.lists import practice_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.prompts import WrongAnswer
from kmtui.plain.words import Command
from kmtui.text import file_slug, one_line
from kmtui.workspace.comparing import View, comparison, comparison_report, team_trend
from kmtui.workspace.confiding import in_text, text_without
from kmtui.workspace.desk import Desk
from kmtui.workspace.sharing import free_file, write_text
from kmtui.workspace.start import Start

_VIEWS: dict[str, View] = {"river": "river", "stairs": "stairs", "trend": "trend"}


class Comparing:
    """The conversation about what assessments of several teams, or several years, say together."""

    def __init__(self, menu: Menu, desk: Desk) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._team = ""
        self._hidden = False
        self._matrix: str | None = None

    def begin(self, start: Start) -> None:
        """Show the view that a command names, then the menu."""
        self._team = start.team
        if start.view in _VIEWS:
            self._show(_VIEWS[start.view])
        self.run()

    def run(self) -> None:
        """Offer the views until Enter goes back."""
        while True:
            self.say()
            choices = self._choices()
            chosen = self.menu.choose("compare", "Number, or Enter to go back:", choices, self._nothing_to_undo)
            if chosen is None:
                return
            try:
                chosen.does()
            except WrongAnswer:
                raise
            except NotFound as error:
                self.say(str(error))
            except KmtuiError as error:
                if not self.menu.prompter.terminal:
                    raise
                self.menu.prompter.error(str(error))

    def _choices(self) -> list[Choice]:
        named = "named" if self._hidden else one_line(self._team)
        own = f"Our team: {named}" if self._team else "Our team: none named"
        choices = [
            Choice("River: the range of all teams on each criterion", lambda: self._show("river")),
            Choice("Stairs: who stands where, who wants to climb, who could help", lambda: self._show("stairs")),
            Choice("Trend: one team over the years", lambda: self._show("trend")),
            Choice(f"{own}; name another", self._choose_team),
            Choice("Show the names of teams" if self._hidden else "Hide the names of teams", self._hide),
            Choice("Write a comparison to a file", self._write),
            Choice("Good practice that teams keep, and whom to ask", self._practices),
        ]
        matrices = self._matrices()
        if len(matrices) > 1:
            now = f" (now: {one_line(matrices[self._matrix])})" if self._matrix in matrices else ""
            choices.append(Choice(f"Choose the matrix{now}", self._choose_matrix))
        return choices

    def _matrices(self) -> dict[str, str]:
        """Return the titles of the matrices that assessments were made with, by id."""
        return {line.about: line.about_name for line in self.desk.records() if line.kind == "assessment"}

    def _choose_matrix(self) -> None:
        matrices = self._matrices()
        shown = [f"{one_line(title)} ({id_})" for id_, title in matrices.items()]
        chosen = self.menu.pick("compare.matrix", shown, one_line, self._nothing_to_undo)
        if chosen is not None:
            self._matrix = list(matrices)[shown.index(chosen)]

    def _practices(self) -> None:
        if self._hidden:
            self.say("Good practice names teams, and their names are hidden. Show the names to read it.")
            return
        lines = self.desk.tools.store.practices()
        if not lines:
            self.say("No good practice is kept yet. An example with a role that may be asked about it is kept here.")
        for line in lines:
            self.say(practice_line(line))

    def _nothing_to_undo(self) -> None:
        self.say("There is nothing to undo.")

    def _hide(self) -> None:
        self._hidden = not self._hidden
        self.say("Names of teams are hidden." if self._hidden else "Names of teams are shown.")

    def _choose_team(self) -> None:
        lines = [line.name for line in self.desk.teams() if line.assessments]
        if not lines:
            self.say("No team has been assessed yet.")
            return
        if self._hidden:  # a list would name all of them
            answer = self.menu.ask("compare.team", "Name of our team, or Enter to go back:")
            self._team = answer if isinstance(answer, str) and answer else self._team
            return
        self._team = self.menu.pick("compare.team", lines, one_line, self._nothing_to_undo) or self._team

    def _found(self, view: View) -> Comparison | Trend:
        if view == "trend":
            if not self._team and len([line for line in self.desk.teams() if line.assessments]) > 1:
                self.say("Whose trend:")
                self._choose_team()
            return team_trend(self.desk.tools, self._team, matrix_id=self._matrix, hide_names=self._hidden)
        return comparison(self.desk.tools, team=self._team, matrix_id=self._matrix, hide_names=self._hidden)

    def _show(self, view: View) -> None:
        for sentence in comparison_lines(view, self._found(view)):
            self.say(sentence)

    def _write(self) -> None:
        answer = self.menu.ask("compare.write", "Which one: river, stairs or trend (Enter goes back):")
        if answer in ("", Command(word="back"), Command(word="skip")):
            return
        view = _VIEWS.get(answer.lower()) if isinstance(answer, str) else None
        if view is None:
            self.menu.prompter.wrong("compare.write", "Type river, stairs or trend.")
            self._write()
            return
        text = comparison_report(self.desk.tools, view, self._found(view))
        team = file_slug(self._team) if view == "trend" and not self._hidden else ""
        path = free_file(self.desk.exports, (self.desk.tools.today().isoformat(), team, view), ".md")
        which = to_replace(self.menu.prompter, in_text(text), self.menu.ask)
        write_text(self.desk.tools, path, text_without(text, which))
        self.say(f"Written: {path}")


def comparison_lines(view: View, found: Comparison | Trend) -> Sequence[str]:
    """Return a comparison as sentences to be read aloud, and what is not compared."""
    from kmtui.report import comparison_sentences as sentences

    if isinstance(found, Trend):
        return (*sentences.trend_sentences(found), *sentences.years_not_compared_sentences(found.not_compared))
    told = sentences.stairs_sentences if view == "stairs" else sentences.river_sentences
    return (*told(found), *sentences.not_compared_sentences(found.not_compared))
