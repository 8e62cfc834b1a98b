"""Whether two lessons say the same in other words: by the stems that they share and those that stand for each other."""

from __future__ import annotations

import re

from kmtui.analysis.stems import stems

ALIKE = 0.78
"""From which on two wordings are taken for the same lesson. Below it lie pairs that differ in one word of four."""

_FEWEST = 3  # stems in common, unless they are all that both have: fewer are a subject, not a lesson
_MORE = 0.25  # what a word counts that only the longer one has, such as those of a reason
_OPPOSITE = 0.5  # of what it would be, where only one of them says not to do it
_DENIES = re.compile(r"\b(?:not|never|nobody|no|without|avoid|stop)\b|n['’]t\b", re.IGNORECASE)
_REASON = re.compile(r"[,;:.]|\b(?:so that|because)\b", re.IGNORECASE)  # behind it "no" says why, not what
_READ = 1000  # characters: what comes behind them is no wording of a lesson any more
_SHORTEST = 3  # letters of a stem that another one begins with
_LEFT_OVER = frozenset(("e", "ed", "er", "l"))  # what is left of endings: agre(ed), ord(er), label(l)
_IRREGULAR = {
    "began": "begin", "begun": "begin", "brought": "bring", "built": "build", "bought": "buy", "chosen": "choos",
    "found": "find", "gave": "giv", "given": "giv", "held": "hold", "kept": "keep", "knew": "know", "known": "know",
    "led": "lead", "left": "leav", "lost": "los", "meant": "mean", "met": "meet", "ran": "run", "sent": "send",
    "spent": "spend", "spoke": "speak", "spoken": "speak", "taught": "teach", "told": "tell", "written": "writ",
    "wrote": "writ",
}  # fmt: skip


def alike(a: str, b: str) -> float:
    """Return how alike two lessons are, from 0 to 1.

    What both say is set against the words of one in whose place the other has words of its own; words that only the
    longer one has count little, so that a lesson with its reason behind it is still that lesson. One that says to do
    something and one that says not to do it are not alike.
    """
    a, b = a[:_READ], b[:_READ]
    first, second = _words(a), _words(b)
    shared = min(_shared(first, second), _shared(second, first))
    others = (len(first) - shared, len(second) - shared)
    if shared < _FEWEST and (max(others) or shared < 2):
        return 0.0
    instead, more = min(others), max(others) - min(others)
    score = shared / (shared + instead + _MORE * more)
    return score if _denies(a) == _denies(b) else score * _OPPOSITE


def _words(text: str) -> frozenset[str]:
    return frozenset(_IRREGULAR.get(word, word) for word in stems(text))


def _shared(words: frozenset[str], others: frozenset[str]) -> int:
    return sum(any(_same(word, other) for other in others) for word in words)


def _denies(text: str) -> bool:
    return _DENIES.search(_REASON.split(text.strip(), maxsplit=1)[0]) is not None


def _same(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= _SHORTEST and long.startswith(short) and long[len(short) :] in _LEFT_OVER)
