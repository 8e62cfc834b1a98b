"""Which technique? Two or three that fit a situation, each with the reason; and which ones a list is narrowed to.

Only what the cards say is compared, and nothing here knows a technique by its id. Two or three are enough: knowledge
specialists advise against showing a team all of them (Knowledge for Healthcare, blog on joint working).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, log

from kmtui.analysis.stems import stem, stems, tokens
from kmtui.model.base import Level, Value
from kmtui.model.session import number_in_words
from kmtui.model.technique import Phase, Span, Technique
from kmtui.text import one_line

MOST = 3
"""How many techniques are suggested at most."""

NAMED = "An option names it."
"""What is said of a technique that was named, where the caller does not know better."""

_ENOUGH = 2  # where so many cards speak of what is wanted, those that do not are left out
_MOST_GROUPS = 4  # that can be set going at once
_ALIKE = 2  # a card speaks of what is wanted if it has half of what the best one has
_MOST_WORDS = 4
_TELLING, _IN_ABOUT, _IN_TITLES = 3, 2, 1  # what a word counts: most in the name and in what the technique is used for
_IN_AVOID_WHEN = 2  # what it counts against it

PHASE_WORDS: dict[Phase, str] = {
    "before": "before the work starts",
    "during": "while the work goes on",
    "after": "after the work has ended",
}


class Suggestion(Value, frozen=True, kw_only=True):
    """A technique that fits, and why, in a few plain sentences on one line."""

    id: str
    name: str
    why: str


class _Asked(Value, frozen=True, kw_only=True):
    """The situation. `weights` are the stems of the words that any card has, the rarer ones with more weight."""

    phase: Phase | None
    people: int | None
    minutes: int | None
    words: str
    weights: dict[str, float]

    @property
    def only_words(self) -> bool:
        return self.phase is None and self.people is None and self.minutes is None and bool(tokens(self.words))


class _Said(Value, frozen=True, kw_only=True):
    """What can be said of one thing that was asked for: whether it fits, and if not, whether it is far from it."""

    words: str
    fits: bool = True
    far: bool = False


class _Fit(Value, frozen=True, kw_only=True):
    """How a technique fits. `place` is among those that were named; `relevance` what its card has of the words.

    `far` are another phase, or people or time that it is far from; `fills` says that it takes half of the time or more.
    """

    technique: Technique
    place: int
    named: bool
    time: _Said
    size: _Said
    relevance: float
    against: str
    far: bool
    fills: bool

    def order(self, best: float) -> tuple[float, ...]:
        """Return what techniques are put in order by, the best with the lowest. `best` is that of those not named."""
        misfits = (not self.time.fits) + (not self.size.fits)
        return (self.place, not self.speaks(best), misfits, -self.relevance, not self.fills, _shortest(self.technique))

    def speaks(self, best: float) -> bool:
        """Say whether it is named, or its card speaks of what is wanted about as much as the best one does."""
        return self.named or self.relevance * _ALIKE >= best > 0


def suggest(
    techniques: Sequence[Technique],
    *,
    phase: Phase | None = None,
    people: int | None = None,
    minutes: int | None = None,
    words: str = "",
    named: Sequence[str] = (),
    named_by: str = NAMED,
) -> tuple[Suggestion, ...]:
    """Return two or three techniques that fit a situation, the best first; fewer or none where no more fit.

    What is None or empty is not asked for. `words` say what it is for. `named` are ids of techniques that come first
    whatever else is asked, in their order, with the sentence `named_by` as the reason. Others are left out where they
    are for another phase, or far from the people and the time that there are. One that does not quite fit comes later,
    and says so.
    """
    asked = _Asked(phase=phase, people=people, minutes=minutes, words=words, weights=_weights(techniques, words))
    fits = [_fit(each, asked, tuple(named)) for each in techniques]
    found = [fit for fit in fits if fit.named or not fit.far]
    best = max((fit.relevance for fit in found if not fit.named), default=0.0)
    found.sort(key=lambda fit: fit.order(best))
    speaking = [fit for fit in found if fit.speaks(best)]
    shown = speaking if asked.only_words or len(speaking) >= _ENOUGH else found
    return tuple(
        Suggestion(id=fit.technique.id, name=one_line(fit.technique.name), why=_why(fit, asked, named_by, best))
        for fit in shown[:MOST]
    )


def matches(
    technique: Technique,
    *,
    phase: Phase | None = None,
    people: int | None = None,
    minutes: int | None = None,
    words: str = "",
) -> bool:
    """Say whether a technique belongs into a list that is narrowed to this; what is None or empty narrows nothing.

    The people have to be within its limits, and the time has to be enough for its shortest form. Its name, the words
    about it, when to use it or the titles of its steps have every one of the words, or a word that begins so: the last
    one may still be being typed.
    """
    return (
        phase in (None, technique.phase)
        and (people is None or technique.people.least <= people <= technique.people.most)
        and (minutes is None or minutes >= min(_shortest(technique), technique.minutes.least))
        and _has_all(technique, tokens(words))
    )


def _has_all(technique: Technique, wanted: Iterable[str]) -> bool:
    texts = _texts(technique)
    known = _stems_of(texts)
    return all(
        stem(word) in known or any(each.startswith(word) for text in texts for each in tokens(text)) for word in wanted
    )


def _fit(technique: Technique, asked: _Asked, named: tuple[str, ...]) -> _Fit:
    is_named = technique.id in named
    time, size = _time(technique, asked.minutes), _size(technique.people, asked.people)
    relevance = _relevance(technique, asked.weights)
    longest = max((length for length, _ in _forms(technique) if length <= (asked.minutes or 0)), default=0)
    return _Fit(
        technique=technique,
        place=named.index(technique.id) if is_named else len(named),
        named=is_named,
        time=time,
        size=size,
        relevance=relevance,
        against=_best(technique.avoid_when, asked.weights) if relevance < 0 and not is_named else "",
        far=time.far or size.far or asked.phase not in (None, technique.phase),
        fills=longest * 2 >= (asked.minutes or 0),
    )


# Time and people


def _forms(technique: Technique) -> list[tuple[Level, str]]:
    """Return the minutes and the name of each form. What has no clock takes the least that the card says."""
    whole = sum(step.minutes for step in technique.steps)
    forms = [(variant.minutes, variant.name) for variant in technique.variants] or [(whole, "")]
    return [(length or technique.minutes.least, one_line(name)) for length, name in forms]


def _shortest(technique: Technique) -> Level:
    return min(length for length, _ in _forms(technique))


def _time(technique: Technique, minutes: int | None) -> _Said:
    takes = f"takes {_span(technique.minutes, 'minute', 'minutes')}"
    forms = _forms(technique)
    shortest, least = _shortest(technique), technique.minutes.least
    if minutes is None:
        return _Said(words=takes)
    if shortest <= minutes:
        _, name = max(form for form in forms if form[0] <= minutes)
        return _Said(words=f"{takes} (the form “{name}” fits)" if len(forms) > 1 else takes)
    if least <= minutes:
        return _Said(words=f"{takes}, though its shortest form takes {shortest:g}; you have {minutes}", fits=False)
    needed = min(shortest, least)
    words = f"takes at least {needed:g} minutes; you have {minutes}"
    return _Said(words=words, fits=False, far=minutes * 2 < needed)


def _size(span: Span, people: int | None) -> _Said:
    if people is None or span.least <= people <= span.most:
        return _Said(words=f"suits {_span(span, 'person', 'people')}")
    if people < span.least:
        words = f"made for at least {span.least} people; you have {people}"
        return _Said(words=words, fits=False, far=people * 2 < span.least)
    groups = ceil(people / span.most)
    words = f"made for up to {span.most} people; you have {people}"
    if people // groups >= span.least:
        words += f": split into {number_in_words(groups)} groups"
    return _Said(words=words, fits=False, far=groups > _MOST_GROUPS)


def _span(span: Span, one: str, more: str) -> str:
    least = f"{span.least} to " if span.least != span.most else ""
    return f"{least}{span.most} {one if span.most == 1 else more}"


# Words


def _texts(technique: Technique) -> tuple[str, ...]:
    """Return the texts of a card in which words are looked for."""
    return (technique.name, technique.about, *technique.use_when, *(step.title for step in technique.steps))


def _stems_of(texts: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(stems, texts))


def _weights(techniques: Sequence[Technique], words: str) -> dict[str, float]:
    """Return the stems of the words that any card has. What every card speaks of tells little: it weighs little."""
    cards = [_stems_of((*_texts(each), *each.avoid_when)) for each in techniques]
    counts = {each: sum(each in card for card in cards) for each in stems(words)}
    return {each: log((len(cards) + 1) / count) for each, count in counts.items() if count}


def _relevance(technique: Technique, weights: Mapping[str, float]) -> float:
    """Return how much a card has of the words; below zero where it rather says that they are not for it."""
    telling, about = _stems_of((technique.name, *technique.use_when)), stems(technique.about)
    titles = _stems_of(step.title for step in technique.steps)
    found = 0.0
    for each, weight in weights.items():
        place = _TELLING if each in telling else _IN_ABOUT if each in about else _IN_TITLES if each in titles else 0
        found += weight * place
    return found - _IN_AVOID_WHEN * max((_weight(text, weights) for text in technique.avoid_when), default=0.0)


def _weight(text: str, weights: Mapping[str, float]) -> float:
    return sum(weights.get(each, 0.0) for each in stems(text))


def _best(texts: Sequence[str], weights: Mapping[str, float]) -> str:
    """Return the text with most of the words, the first one where none has any, or an empty text."""
    return max(texts, key=lambda text: _weight(text, weights), default="")


# The reason


def _why(fit: _Fit, asked: _Asked, named_by: str, best: float) -> str:
    card = fit.technique
    return " ".join(
        sentence
        for sentence in (
            named_by if fit.named else "",
            f"{PHASE_WORDS[card.phase].capitalize()}.",
            _joined(fit.time, fit.size),
            _quoted("Good when", _best(card.use_when, asked.weights)),
            _quoted("Not when", fit.against),
            _of_words(fit, asked, best),
        )
        if sentence
    )


def _joined(time: _Said, size: _Said) -> str:
    """Return time and people in one sentence where both fit, else each in its own."""
    both = time.fits and size.fits
    parts = (f"{time.words} and {size.words}",) if both else (time.words, size.words)
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts)


def _quoted(label: str, text: str) -> str:
    """Return a text of the card behind a label, begun with a small letter where its first word allows that."""
    line = one_line(text)
    if not line:
        return ""
    small = line[1:2].islower() or (line[1:2] == " " and not line.startswith("I "))
    begun = f"{line[:1].lower()}{line[1:]}" if small else line
    return f"{label}: {begun}" + ("." if begun[-1].isalnum() else "")


def _of_words(fit: _Fit, asked: _Asked, best: float) -> str:
    """Return which of the words the card has where nothing quoted shows them, or that it has none of them."""
    said = tokens(asked.words)
    if not said or fit.named or fit.against or _weight(_best(fit.technique.use_when, asked.weights), asked.weights):
        return ""
    card = _stems_of(_texts(fit.technique))
    has = list(dict.fromkeys(word for word in said if stem(word) in card))[:_MOST_WORDS]
    return f"Its card speaks of: {', '.join(has)}." if has else "Its card does not speak of what you asked for."
