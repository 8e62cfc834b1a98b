"""Knowledge assets in plain text: pages on a subject, what stands on each, and whether it is still right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kmtui.model.asset import Asset, Contact
from kmtui.model.asset_page import AssetLesson, AssetPage, AssetPractice
from kmtui.model.errors import KmtuiError, NotFound
from kmtui.model.lines import LessonLine
from kmtui.plain.lists import asset_line, lesson_line, practice_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.prompts import WrongAnswer
from kmtui.report.asset_parts import (
    contact_line,
    in_order,
    last_note,
    lesson_standing,
    looked_words,
    practice_note,
    since_words,
)
from kmtui.report.lesson_parts import KIND_WORDS
from kmtui.report.words import capitalised
from kmtui.text import one_line
from kmtui.workspace.asset_export import asset_file, export_asset
from kmtui.workspace.asset_links import place_of
from kmtui.workspace.assets import (
    AssetChange,
    bring_back,
    change,
    create,
    delete,
    page,
    put_as_it_was,
    suggestions,
)
from kmtui.workspace.desk import Desk
from kmtui.workspace.register import asked, search


class Assets:
    """The conversation about the pages of the workspace."""

    def __init__(self, menu: Menu, desk: Desk) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._undone: list[Callable[[], str]] = []

    def run(self) -> None:
        """Read the pages out, and deal with the one that is chosen, until Enter goes back."""
        while True:
            before = len(self._undone)
            found: list[Asset | None] = [None, *self.desk.tools.store.assets.all()]
            chosen = self.menu.pick("assets", [(each,) for each in found], self._shown, self._undo)
            if chosen is None and len(self._undone) == before:
                return
            if chosen is not None:
                self._guarded(partial(self._open, chosen[0]))

    def _shown(self, line: tuple[Asset | None]) -> str:
        return "A new page" if line[0] is None else asset_line(line[0], self.desk.tools.today())

    def _open(self, asset: Asset | None) -> None:
        if asset is None:
            title = self._words("assets.title", "On which subject:")
            if not title:
                return
            asset = create(self.desk.tools, title)
            self.say("Saved.")
        while self._one(asset.id):
            pass

    def _guarded(self, act: Callable[[], object]) -> None:
        try:
            act()
        except WrongAnswer:
            raise
        except KmtuiError as error:
            if not self.menu.prompter.terminal:
                raise
            self.menu.prompter.error(str(error))

    # One page

    def _one(self, asset_id: str) -> bool:
        """Read a page out and do one thing with it; return whether to go on with it."""
        tools = self.desk.tools
        try:
            found = page(tools, asset_id)
        except NotFound:  # it was deleted
            return False
        self._read_out(found)
        offered = suggestions(tools, found.asset)
        choices = [
            Choice("Add lessons", partial(self._add_lesson, asset_id)),
            *([Choice(f"Lessons that may belong here ({len(offered)})", partial(self._offer, asset_id, offered))]
              if offered else []),
            Choice("Add good practice that a team keeps", partial(self._add_practice, found)),
            Choice("Add a role that may be asked", partial(self._add_contact, asset_id)),
            Choice("It is still right: somebody looked", partial(self._looked, asset_id)),
            Choice("Title, and what it is about", partial(self._about, found.asset)),
            Choice("Take something from it", partial(self._take_away, found)),
            Choice("Write it to a file", partial(self._export, asset_id)),
            Choice("Delete it (undo brings it back until kmtui ends)", partial(self._delete, asset_id)),
        ]  # fmt: skip
        undone = len(self._undone)
        chosen = self.menu.choose("assets.what", "Number, or Enter to go back:", choices, self._undo)
        if chosen is None:
            return len(self._undone) < undone
        self._guarded(chosen.does)
        return True

    def _read_out(self, found: AssetPage) -> None:
        asset = found.asset
        self.say()
        self.say(one_line(asset.title))
        for line in (one_line(asset.about), looked_words(asset), since_words(found)):
            if line:
                self.say(line)
        for heading, lessons in zip(
            ("What we learned:", "Said, and not agreed yet:", "Of no use any more:", "Not here any more:"),
            in_order(found),
            strict=True,
        ):
            self._listed(heading, [_lesson(each) for each in lessons])
        self._listed("Good practice, and whom to ask:", [_practice(each) for each in found.practices])
        self._listed("Who can be asked:", [contact_line(each) for each in asset.contacts])

    def _listed(self, heading: str, lines: list[str]) -> None:
        if lines:
            self.say(heading)
        for line in lines:
            self.say(f"- {line}")

    # Changing it

    def _words(self, question: str, words: str) -> str:
        answer = self.menu.ask(question, words)
        return answer if isinstance(answer, str) else ""

    def _change(self, asset_id: str, wanted: AssetChange, before: Asset | None = None) -> None:
        tools = self.desk.tools
        stood = before if before is not None else page(tools, asset_id).asset
        after = change(tools, asset_id, wanted, before=stood)
        if after == stood:
            self.say("That stands on the page already.")
            return
        self._undone.append(partial(self._put_back, stood, after))
        self.say("Saved.")

    def _put_back(self, before: Asset, after: Asset) -> str:
        put_as_it_was(self.desk.tools, before, after)
        return f"Saved. As it was: {asset_line(before, self.desk.tools.today())}"

    def _add_lesson(self, asset_id: str) -> None:
        while words := self._words("assets.find", "Words of the lesson, or Enter to go back:"):
            tools = self.desk.tools
            tools.store.register.look()
            lines = [hit.line for hit in search(tools, asked(words))]
            if lines:
                self._offer(asset_id, lines)
            else:
                self.say("No lesson has these words.")

    def _offer(self, asset_id: str, lines: list[LessonLine]) -> None:
        line = self.menu.pick("assets.lesson", lines, lesson_line, self._undo)
        if line is not None:
            self._change(asset_id, AssetChange(lessons=(line.id,)))

    def _add_practice(self, found: AssetPage) -> None:
        here = {place_of(each.line) for each in found.practices}
        lines = [each for each in self.desk.tools.store.practices() if place_of(each) not in here]
        if not lines:
            self.say("No other good practice is kept. It is an example in an assessment, with a role to ask about it.")
            return
        line = self.menu.pick("assets.practice", lines, practice_line, self._undo)
        if line is not None:
            self._change(found.asset.id, AssetChange(practices=(place_of(line),)))

    def _add_contact(self, asset_id: str) -> None:
        role = self._words("assets.role", "Who can be asked (a role):")
        if role:
            about = self._words("assets.about", "What about:")
            self._change(asset_id, AssetChange(contacts=(Contact(role=role, about=about),)))

    def _looked(self, asset_id: str) -> None:
        self._change(asset_id, AssetChange(looked_by=self._words("assets.looked", "Who looked (a role, or Enter):")))

    def _about(self, asset: Asset) -> None:
        self.say(f"Title: {one_line(asset.title)}")
        title = self._words("assets.title", "New title, or Enter keeps it:")
        if asset.about:
            self.say(f"About: {one_line(asset.about)}")
        about = self._words("assets.about", "What it is for and where it holds, Enter keeps it, - empties:")
        wanted = AssetChange(title=title or None, about={"": None, "-": ""}.get(about, about))
        if wanted != AssetChange():
            self._change(asset.id, wanted, asset)

    def _take_away(self, found: AssetPage) -> None:
        lines = [(_lesson(each), AssetChange(without_lessons=(each.id,))) for each in found.lessons]
        lines += [(_practice(each), AssetChange(without_practices=(place_of(each.line),))) for each in found.practices]
        lines += [(contact_line(each), AssetChange(without_contacts=(each,))) for each in found.asset.contacts]
        if not lines:
            self.say("Nothing stands on it yet.")
            return
        line = self.menu.pick("assets.take", lines, lambda each: each[0], self._undo)
        if line is not None:
            self._change(found.asset.id, line[1])

    def _export(self, asset_id: str) -> None:
        path = asset_file(self.desk.exports, self.desk.tools, asset_id)
        export_asset(self.desk.tools, asset_id, path)
        self.say(f"Written: {path}")

    def _delete(self, asset_id: str) -> None:
        gone = delete(self.desk.tools, asset_id)
        self._undone.append(partial(self._bring_back, gone))
        self.say(f"Deleted: {one_line(gone.title)}. What it links to stays. undo brings it back.")

    def _bring_back(self, asset: Asset) -> str:
        bring_back(self.desk.tools, asset)
        return f"Saved. It is back: {asset_line(asset, self.desk.tools.today())}"

    def _undo(self) -> None:
        """Take back what was done last to a page."""
        if not self._undone:
            self.say("There is nothing to undo.")
            return
        self.say(self._undone[-1]())
        self._undone.pop()


def _lesson(lesson: AssetLesson) -> str:
    line = lesson.line
    if line is None:
        return f"A lesson, {lesson.id}: {lesson_standing(lesson)}"
    why = f" Why: {one_line(last_note(lesson))}." if line.state == "retired" and last_note(lesson) else ""
    return (
        f"{capitalised(KIND_WORDS[line.keep_or_change])}: {lesson_line(line)} {lesson_standing(lesson)}.{why} {line.id}"
    )


def _practice(practice: AssetPractice) -> str:
    note = practice_note(practice)
    return practice_line(practice.line) + (f" {capitalised(note)}." if note else "")
