"""Words as they are compared: in any case, by simple English stems, without the words that every text has.

Only what helps to find one text by another: `learned`, `learning` and `learns` have the same stem. A stem need not be a
word, and words of other languages are compared as they are, but for an ending that looks English.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_ENDINGS = ("ing", "ment", "ion", "ive", "ed", "er", "ly")
_SHORTEST = 3  # letters that are left of a word
_VOWELS = frozenset("aeiouy")
_COMMON = (
    "a about after again all also am an and another any are as at away back be because been before being between both "
    "but by can come could did do does doing done down during each either else ever every everyone few for from get "
    "getting give go goes going got had has have having he her here him his how i if in into is it its just kind let "
    "like look made make makes many may me might more most much must my need needs never next no nobody nor not "
    "now of off on once one only or other our out over own part people put same say says see she should so some "
    "someone something soon still such take takes than that the their them then there these they thing things this "
    "those through to too two until up us use used very want wants was way we well were what when where whether which "
    "while who whom whose why will with without would yes yet you your don't doesn't isn't it's let's we're you're"
)
# Among them before, during and after: they are asked for by the phase.
_STOP = frozenset(_COMMON.split())


@lru_cache(maxsize=4096)  # cards are looked through again with every key that is typed
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text in their order, in small letters and without stop words and single letters."""
    found = (each.replace("’", "'") for each in _WORD.findall(unicodedata.normalize("NFC", text).casefold()))
    words = (_POSSESSIVE.sub("", each) for each in found)
    return tuple(each for each in words if each not in _STOP and not (len(each) == 1 and each.isascii()))


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a text."""
    return frozenset(stem(word) for word in tokens(text))


def stem(word: str) -> str:
    """Return what a word has in common with its other forms. The word is in small letters."""
    word = _singular(word)
    for ending in _ENDINGS:
        begin = word.removesuffix(ending)
        if begin != word and len(begin) >= _SHORTEST and _VOWELS & set(begin) and not word.endswith("eed"):
            word = _undoubled(begin)
            break
    if word.endswith("y") and len(word) > _SHORTEST:
        word = f"{word[:-1]}i"  # try, tried
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word


def _singular(word: str) -> str:
    if len(word) > _SHORTEST + 1 and word.endswith(("ies", "ied")):
        return f"{word[:-3]}y"
    if len(word) > _SHORTEST and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undoubled(word: str) -> str:
    """Return planned, whose ending has gone, as plan; tell, miss and buzz are as they were."""
    double = len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "aeioulsz"
    return word[:-1] if double else word
