"""Where the words of an answer end in an e-mail: at its closing, at what tells who wrote it, at the mail below.

A name, a number or an address must not come into a reason, which is shown to others. Where nobody can be sure, a few
words of a reason are lost rather.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kmtui.content.survey_words import word_set
from kmtui.text import one_line

_LONGEST = 300
# Where the mail that is answered begins: its sender and date stand here, which are nobody's reason.
_ORIGINAL = re.compile(
    r"\s*(?:-{3,}.*|_{5,}\s*"
    r"|[*_]*(?:from|sent|to|cc|date|subject|von|gesendet|betreff|an|oddi wrth|anfonwyd)[*_]*\s*:.*"
    r"|(?:on|am|le|ar|el)\b.*\S@\S.*|(?:on|am|le|ar|el)\b.*\d.*:\s*)",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"(?:on|am|le|ar|el)\b.*\d", re.IGNORECASE)
_WROTE = re.compile(r"\b(?:wrote|schrieb|a écrit|escribió|ysgrifennodd)\b.*:$", re.IGNORECASE)
_ATTRIBUTION_LINES = 3

_THANKS = (
    r"(?:with |gyda )?(?:(?:many|much|kind|kindest|warm|warmest|best|very best) )*"
    r"(?:thanks|thank you|regards|thx|cheers|diolch|c?h?ofion|ddiolch)"
)
_WISHES = (
    r"(?:with )?(?:(?:all )?(?:my |our )?(?:best|good|very best|kind|warm|warmest) wishes"
    r"|all (?:the|my|our) (?:very )?best)"
)
_WELSH = (
    r"diolch (?:yn fawr(?: iawn)?|o galon|i chi)|llawer o ddiolch|(?:gyda )?ch?ofion (?:gorau|cynnes)"
    r"|dymuniadau gorau|(?:yr eiddoch )?yn gywir"
)
_MORE = r"(?: (?:again|in advance|so much|very much|a lot|indeed|all|everyone|both))?"
_ONE = rf"(?:{_WELSH}|{_WISHES}|{_THANKS}{_MORE})"
_CLOSING = re.compile(
    rf"(?:(?P<usual>{_ONE}(?:(?:,| and| &| \+| a) {_ONE})?)"
    r"|yours(?: (?:sincerely|faithfully|truly|ever))?|sincerely|best|bw|kr|hwyl(?: fawr)?|take care|speak soon)"
    r"(?P<mark>\s*[,.;:!–—-]+)?(?:\s+(?P<name>.*))?",
    re.IGNORECASE,
)
_THANKS_FOR = re.compile(rf"{_THANKS}{_MORE} for\b.*", re.IGNORECASE)
_FROM_DEVICE = re.compile(
    r"sent from (?:my\b|outlook\b|mail\b|yahoo\b|gmail\b|samsung\b|.{1,40}['’]s(?: \S+){1,3}$).*|get outlook for\b.*"
    r"|anfonwyd o fy\b.*",
    re.IGNORECASE,
)
_LABEL = r"(?:tel|telephone|phone|mobile|mob|cell|fax|e-?mail|web|website|ffôn|e-?bost)\b\.?(?: (?:no|number)\b\.?)?"
_CONTACT = re.compile(
    rf"(?:{_LABEL}\s*:|{_LABEL}\s*[+(0][\d ()-]{{5}}|[temw]\s*:\s*(?:[+(]?\d|\S+@|www)|www\.).*", re.IGNORECASE
)
_CONTACT_WITHIN = re.compile(rf"\b{_LABEL}\s*:\s*(?:[+(]?\d[\d ()-]{{4}}|\S+@|www)", re.IGNORECASE)
_ADDRESS = re.compile(r"[<(\[]*[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+(?:\s*<[^\s<>]*>)?[>)\]]*[.,;]?")
_PHONE = re.compile(r"[+(0][\d\s()./+-]*")
_FEWEST_DIGITS = 7

_MOST_WORDS = 4
_SHORT_THANKS = 6
_PARTICLES = frozenset(("de", "del", "della", "der", "den", "van", "von", "la", "le", "ap", "ab", "ferch", "bin", "al"))
# What follows "thanks" or "regards" in the middle of a sentence, and is nobody's name.
_NO_NAMES = word_set("""
    to for it its this that these them us as the a an our we i is are was and or which because of in on by you
""")


def begins_original(line: str) -> bool:
    """Say whether the mail that is answered begins at a line: its sender, its date, or a rule above them."""
    return _ORIGINAL.fullmatch(line[:1000]) is not None


def ends_reason(line: str) -> bool:
    """Say whether a line is a closing, a contact, or what a telephone adds, and so no more of a reason."""
    if len(line) > _LONGEST:
        return False
    said = one_line(line).strip("*_ ")
    others = _FROM_DEVICE.fullmatch(said) is not None or ("@" in said and _WROTE.search(said) is not None)
    return bool(said) and (others or _is_closing(said) or _is_contact(said))


def attributions(lines: Sequence[str]) -> frozenset[int]:
    """Return which lines say who wrote the mail below, also where `On Friday … Name` is broken before `wrote:`."""
    found: set[int] = set()
    for place, line in enumerate(lines):
        if len(line) > _LONGEST or _ATTRIBUTION.match(line.lstrip()) is None:
            continue
        said = ""
        for count, each in enumerate(lines[place : place + _ATTRIBUTION_LINES], 1):
            said = f"{said} {each.strip()[:_LONGEST]}".rstrip()
            if not each.strip():
                break
            if _WROTE.search(said):
                found.update(range(place, place + count))
                break
    return frozenset(found)


def _is_closing(said: str) -> bool:
    if _THANKS_FOR.fullmatch(said) and (said[-1] in ".!," or len(said.split()) <= _SHORT_THANKS):
        return True
    match = _CLOSING.fullmatch(said)
    return match is not None and _is_name(match["name"] or "", bool(match["mark"]), bool(match["usual"]))


def _is_name(rest: str, marked: bool, usual: bool) -> bool:
    """Say whether what follows a closing is a name, or nothing; in small letters it is one word at most."""
    words = [word for word in (each.strip(".,;:!()-–—*_") for each in rest.split()) if word]
    if len(words) > _MOST_WORDS:
        return False
    if all(word[0].isupper() or word.casefold() in _PARTICLES for word in words):
        return True
    return (marked or usual) and len(words) == 1 and words[0].casefold() not in _NO_NAMES and words[0].isalpha()


def _is_contact(said: str) -> bool:
    if _CONTACT.fullmatch(said) or _CONTACT_WITHIN.search(said) or _ADDRESS.fullmatch(said):
        return True
    return _PHONE.fullmatch(said) is not None and sum(character.isdigit() for character in said) >= _FEWEST_DIGITS
