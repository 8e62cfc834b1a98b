"""The maturity matrix: sections of criteria, each with an indicator and a statement for every band of the scale."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from kmtui.model.base import Level, Value


class Scale(Value, frozen=True, kw_only=True):
    """The numbers on which a criterion is scored. `step` is 1 or 0.5."""

    lowest: int
    highest: int
    step: Level = 1


class Band(Value, frozen=True, kw_only=True):
    """A part of the scale with a name; `levels` are its lowest and highest whole level."""

    id: str
    name: str
    levels: tuple[int, int]


class Option(Value, frozen=True, kw_only=True):
    """A suggested intervention. No bands means that it fits all of them."""

    id: str
    text: str
    technique: str | None = None
    service: str | None = None
    bands: tuple[str, ...] = ()


class Criterion(Value, frozen=True, kw_only=True):
    """One thing that a team judges itself on. `statements` holds a sentence for each band, by its id."""

    id: str
    name: str
    indicator: str
    statements: dict[str, str]
    ask: tuple[str, ...] = ()
    iso30401: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


class Section(Value, frozen=True, kw_only=True):
    """Criteria that belong together."""

    id: str
    name: str
    criteria: tuple[Criterion, ...]
    about: str = ""


class Matrix(Value, frozen=True, kw_only=True):
    """A whole maturity model. Any scale, number of bands and sections; nothing in the code knows ours."""

    id: str
    version: str
    title: str
    scale: Scale
    bands: tuple[Band, ...]
    sections: tuple[Section, ...]
    notice: str = ""
    opening_question: str = ""

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria in their order."""
        return tuple(criterion for section in self.sections for criterion in section.criteria)

    def criterion(self, criterion_id: str) -> Criterion | None:
        """Return the criterion with this id, or None."""
        return next((criterion for criterion in self.criteria if criterion.id == criterion_id), None)

    def section_of(self, criterion_id: str) -> Section | None:
        """Return the section that holds a criterion, or None."""
        for section in self.sections:
            if any(criterion.id == criterion_id for criterion in section.criteria):
                return section
        return None

    def band_at(self, level: Level) -> Band:
        """Return the band that holds the nearest whole level, halves up (rule for means: design, part 6)."""
        whole = nearest_whole(level)
        for band in self.bands:
            if band.levels[0] <= whole <= band.levels[1]:
                return band
        raise ValueError(f"level {level} is outside the scale")

    def levels(self) -> Iterator[Level]:
        """Yield every level of the scale from the lowest to the highest."""
        steps = round((self.scale.highest - self.scale.lowest) / self.scale.step)
        for count in range(steps + 1):
            yield as_level(self.scale.lowest + count * self.scale.step)

    def has_level(self, level: Level) -> bool:
        """Say whether the scale has this level."""
        return any(level == possible for possible in self.levels())


def nearest_whole(level: Level) -> int:
    """Return the nearest whole number, halves up."""
    return floor(level + 0.5)


def as_level(number: Level) -> Level:
    """Return a whole number as int and a half as float, so that 6.0 reads 6 wherever it is written."""
    return int(number) if float(number).is_integer() else float(number)


def options_for(criterion: Criterion, band: Band) -> tuple[Option, ...]:
    """Return the options that fit a band."""
    return tuple(option for option in criterion.options if not option.bands or band.id in option.bands)
