"""Words that errors share: quoting, lists in a sentence, and "did you mean"."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice

from kmtui.text import shortened

ODD_SPACES = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
"""Characters that look like the space of the keyboard and are not, for the brackets of a regular expression."""

_LONGEST_SHOWN = 60
_MOST_LISTED = 30
_ALIKE = 0.7
_LONGEST_COMPARED = 60  # difflib takes time with the square of the length
_MOST_COMPARED = 300


def quoted(text: str) -> str:
    """Return the text in quotation marks, on one line, cut where it is long."""
    return f'"{shortened(text, _LONGEST_SHOWN)}"'


def listed(words: Collection[str], last: str = "or") -> str:
    """Return words as part of a sentence: a, b or c."""
    shown = [shortened(word, _LONGEST_SHOWN) for word in islice(words, _MOST_LISTED)]
    if len(words) > _MOST_LISTED:
        return ", ".join(shown) + f" and {len(words) - _MOST_LISTED} more"
    return f" {last} ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that looks most like this one, or None."""
    if len(word) > _LONGEST_COMPARED or len(known) > _MOST_COMPARED:
        return None
    import difflib  # here, since nearly every start of kmtui does without

    found: Sequence[str] = difflib.get_close_matches(word.lower(), known, n=1, cutoff=_ALIKE)
    return found[0] if found else None


def unknown(noun: str, word: str, known: Collection[str]) -> str:
    """Return that a word is not known, with the nearest known word, or else with all of them."""
    near = nearest(word, known)
    if near is not None:
        return f'unknown {noun} {quoted(word)}: did you mean "{near}"?'
    return f"unknown {noun} {quoted(word)}. " + (f"Known: {listed(known, 'and')}." if known else "There are none.")
