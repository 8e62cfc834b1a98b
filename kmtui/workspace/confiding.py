"""What may tell who somebody is: pointed out before it is kept and before it leaves; a person decides on each.

Nothing is ever refused for it, and nothing of what was found is written to the log.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from kmtui.analysis.identifiers import KIND_WORDS, Finding, Kind, findings, place, replaced
from kmtui.model.base import Value
from kmtui.model.bundle import Bundle
from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.report.words import capitalised, counted
from kmtui.store.protocol import Hit, Record
from kmtui.text import one_line, shortened
from kmtui.workspace.confiding_texts import Path, texts, where, with_texts
from kmtui.workspace.sharing import Format, rendered
from kmtui.workspace.tools import Tools

Thing = TypeVar("Thing")

NAMED: tuple[Kind, ...] = ("titled-name",)
"""What is passed over where names of people are what is asked for."""

_LONGEST = 40  # characters that are shown of what was found
_MOST_TOLD = 20  # findings that are told where nobody is asked about them


class FoundIn(Value, frozen=True, kw_only=True):
    """What was found in something that is to leave, under a number from 1. `where` is its place in words.

    `path` leads to the text; it is empty for what an export brings in from other records.
    """

    number: int
    finding: Finding
    where: str
    path: Path = ()

    @property
    def words(self) -> str:
        """What it looks like, what it is, and where: an NHS number "943 476 5919" in lesson 1, cause, character 14."""
        return f"{looks_like(self.finding)} in {self.where}"


class Decided:
    """What people have decided to keep as it is while the program runs: they are not asked about it again."""

    def __init__(self) -> None:
        self._kept: set[tuple[Kind, str]] = set()

    def keep(self, finding: Finding) -> None:
        """Remember that these words are kept wherever they stand."""
        self._kept.add((finding.kind, finding.text))

    def keeps(self, finding: Finding) -> bool:
        """Whether it was decided to keep these words."""
        return (finding.kind, finding.text) in self._kept

    def open(self, text: str, *, but: Collection[Kind] = ()) -> tuple[Finding, ...]:
        """Return what is not decided yet in a text; kinds in `but` are passed over."""
        return tuple(each for each in findings(text) if each.kind not in but and not self.keeps(each))


def looks_like(finding: Finding) -> str:
    """Return a finding in words: an NHS number "943 476 5919"."""
    return f'{KIND_WORDS[finding.kind]} "{shortened(one_line(finding.text), _LONGEST)}"'


def pointed_out(text: str, finding: Finding) -> str:
    """Return the sentence that points a finding out: This looks like an NHS number: "943 476 5919" (character 14)."""
    shown = shortened(one_line(finding.text), _LONGEST)
    return f'This looks like {KIND_WORDS[finding.kind]}: "{shown}" ({place(text, finding)}).'


# In what is to be shared


def found_in(thing: object, *, with_names: bool = True, with_private: bool = True) -> tuple[FoundIn, ...]:
    """Return what was found in a record, a lesson, a page, a bundle, or any sequence of them.

    `with_names` and `with_private` say what is going to be shared of it: what is not shared is not looked at.
    """
    found: list[FoundIn] = []
    for path, text in texts(thing, with_names=with_names, with_private=with_private):
        for each in findings(text):
            stands = ", ".join(part for part in (where(thing, path), place(text, each)) if part)
            found.append(FoundIn(number=len(found) + 1, finding=each, where=stands, path=path))
    return tuple(found)


def without(thing: Thing, which: Collection[FoundIn]) -> Thing:
    """Return the same with words such as [NHS number] in the place of what was chosen; ids and all else are as before.

    Raises:
        ValueError: something was not found in this thing.
    """
    by_path: dict[Path, list[Finding]] = {}
    for each in which:
        if each.path:
            by_path.setdefault(each.path, []).append(each.finding)
    stands = {path: text for path, text in texts(thing) if path in by_path}
    if len(stands) < len(by_path):
        raise ValueError("something was not found in this")
    changed: Thing = with_texts(thing, {path: replaced(stands[path], chosen) for path, chosen in by_path.items()})
    return changed


def in_record(record: Record, *, with_names: bool = False, with_private: bool = False) -> tuple[FoundIn, ...]:
    """Return what was found in what an export of a record holds."""
    return found_in(record, with_names=with_names, with_private=with_private)


def in_bundle(bundle: Bundle) -> tuple[FoundIn, ...]:
    """Return what was found in all that a bundle writes: records, lessons, assets, and what was said of them."""
    return found_in(bundle, with_names=bundle.with_names, with_private=bundle.with_private)


def bundle_without(bundle: Bundle, which: Collection[FoundIn]) -> Bundle:
    """Return a bundle in which what was chosen is replaced."""
    return without(bundle, which)


def in_hits(hits: Sequence[Hit]) -> tuple[FoundIn, ...]:
    """Return what was found in the lessons of a search result."""
    return found_in(tuple(hit.line for hit in hits))


def hits_without(hits: Sequence[Hit], which: Collection[FoundIn]) -> tuple[Hit, ...]:
    """Return a search result in which what was chosen is replaced. A lesson that changes has no excerpt any more."""
    lines = tuple(hit.line for hit in hits)
    return tuple(
        hit if line == before else replace(hit, line=line, excerpt=())
        for hit, before, line in zip(hits, lines, lines_without(lines, which), strict=True)
    )


def lines_without(lines: tuple[LessonLine, ...], which: Collection[FoundIn]) -> tuple[LessonLine, ...]:
    """Return lessons in which what was chosen is replaced."""
    return without(lines, which)


# In an export of one record


def in_export(tools: Tools, record: Record, form: Format, *, with_names: bool = False) -> tuple[FoundIn, ...]:
    """Return what was found in what an export would write.

    A report also has words of other records, such as the assessment before; what is found in those stands at the end,
    with the line of the file.

    Raises:
        WrongInput: the record cannot be written in this form.
    """
    named = with_names or form == "invitations"
    own = in_record(record, with_names=named)
    if form == "json":
        return own
    text = rendered(tools, record, form, with_names=with_names)
    there = one_line(_as_read(text)[0])
    own = tuple(each for each in own if one_line(each.finding.text) in there)
    known = [one_line(each.finding.text) for each in own]
    others = [each for each in in_text(text) if not _covered(each.finding, known)]
    return tuple(replace(each, number=number) for number, each in enumerate((*own, *others), 1))


def export_without(
    tools: Tools, record: Record, form: Format, which: Collection[FoundIn], *, with_names: bool = False
) -> str:
    """Return the text of an export in which what was chosen is replaced. Raises as `in_export`."""
    return text_without(rendered(tools, without(record, which), form, with_names=with_names), which)


def in_text(markdown: str) -> tuple[FoundIn, ...]:
    """Return what was found in a text that is ready to be written, with the line of the file."""
    text, _ = _as_read(markdown)
    return tuple(
        FoundIn(number=number, finding=each, where=f"the file, {place(text, each)}")
        for number, each in enumerate(findings(text), 1)
    )


def text_without(markdown: str, which: Collection[FoundIn]) -> str:
    """Return a text that is ready to be written in which what was chosen of it is replaced, wherever it stands."""
    chosen = {(each.finding.kind, each.finding.text) for each in which if not each.path}
    if not chosen:
        return markdown
    text, places = _as_read(markdown)
    for each in reversed([each for each in findings(text) if (each.kind, each.text) in chosen]):
        word = replaced(text, (each,))[each.start :].removesuffix(text[each.end :])
        markdown = markdown[: places[each.start]] + word + markdown[places[each.end - 1] + 1 :]
    return markdown


def _covered(finding: Finding, known: Iterable[str]) -> bool:
    """Say whether a finding is known from the record; a report may have put more or less of the words together."""
    text = one_line(finding.text)
    return any(text in each or each in text for each in known)


def _as_read(markdown: str) -> tuple[str, list[int]]:
    """Return Markdown without its backslashes, and where each character of that stands in it."""
    places = [number for number, character in enumerate(markdown) if character != "\\"]
    return "".join(markdown[number] for number in places), [*places, len(markdown)]


# For people


def listed(found: Sequence[FoundIn], most: int | None = None) -> list[str]:
    """Return what was found as a sentence and a numbered list of at most `most`; nothing where nothing was found."""
    if not found:
        return []
    shown = found[:most]
    rest = [f"and {len(found) - len(shown)} more."] if len(shown) < len(found) else []
    what = "one thing looks" if len(found) == 1 else f"{counted(len(found), 'thing', 'things')} look"
    head = capitalised(f"{what} like what could identify somebody:")
    return [head, *(f"{each.number}. {each.words}" for each in shown), *rest]


def chosen(found: Sequence[FoundIn], typed: str) -> tuple[FoundIn, ...]:
    """Return what a person has chosen by numbers (1, 3) or by the word all; nothing for no words.

    Raises:
        WrongInput: a number is not in the list.
    """
    words = typed.replace(",", " ").split()
    if [word.casefold() for word in words] == ["all"]:
        return tuple(found)
    by_number = {str(each.number): each for each in found}
    for word in words:
        if word not in by_number:
            there = f"1 to {len(found)}" if found else "no numbers"
            raise WrongInput(f'"{shortened(word, 20)}" is not in the list: it has {there}. "all" is all of them.')
    return tuple(by_number[word] for word in dict.fromkeys(words))


def kept_in(thing: object) -> list[str]:
    """Return what is to be said where something was taken in from a file: what was found in it, and that it is kept."""
    found = found_in(thing)
    return [*listed(found, _MOST_TOLD), "It is kept as it is."] if found else []
