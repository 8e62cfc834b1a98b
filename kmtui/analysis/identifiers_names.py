"""Names of persons with a title: Dr Mary O'Neill, Mr and Mrs Smith, Sister Murphy; not a role alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TITLE = r"(?:mr|mrs|ms|mx|miss|drs|dr|prof|professor|sir|dame|lord|lady|rev|revd|reverend|sister|nurse|matron)"
_TITLES = re.compile(
    rf"(?<![^\W_])(?<![^\W_]['-])(?:{_TITLE}\.?(?: (?:and|&|or) | ?/ ?| )){{0,3}}"
    rf"(?P<last>{_TITLE})(?![^\W_])(?P<dot>\.?)",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?P<gap> {0,2})(?P<word>[^\W\d_]{1,40}(?:['-][^\W\d_]{1,40}){0,3})(?![^\W\d_])(?P<dot>\.?)")
_AND_ANOTHER = re.compile(r" (?:and|&)(?= )")
_POINTS = re.compile(r"(?<!\w)(?:an?|the|each|every|any|no|per|another|this|that) \Z", re.IGNORECASE)
_OWNS = re.compile(r"(?<!\w)(?:our|your|my|his|her|its|their) \Z", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:'s)? (?:ward|hospital|unit|wing|suite|building|house|road|street|centre|clinic|hall|theatre|trust|school|"
    r"university|college|foundation|library|prize|award|lecture|park|court|lane|avenue|hospice|infirmary)(?!\w)",
    re.IGNORECASE,
)
_LOOKED_BACK = 10  # characters before a title, for the longest word that points

_ROLES = frozenset({"sister", "nurse", "matron", "miss"})
"""Titles that are words of their own: after them, and after "the", a word has to look like a name."""
_HONOURS = frozenset({"sir", "dame", "lord", "lady"})
"""Titles that places are named with as well: Lady Margaret Ward."""
_WRITTEN_SMALL = frozenset({"mr", "mrs", "dr", "prof", "professor"})
"""Titles that people also write in small letters."""
_ALSO_ABBREVIATIONS = frozenset({"MS", "MR", "DR"})
"""Multiple sclerosis, magnetic resonance, disaster recovery."""
_BEFORE_SMALL_NAMES = frozenset({"mr", "mrs"})

_MOST_WORDS = 8  # with initials and particles
_MOST_NAMES = 4
_LONGEST_ACRONYM = 4
_SMALL_WORDS = "al ap bin da das de del della den der di do dos du el ibn la le ten ter van vom von zu"
_PARTICLES = frozenset(_SMALL_WORDS.split())
_SHORT_PARTICLES = ("d'", "l'", "o'", "t'")

_SENTENCES = (
    "a about after again all also although always am an and another any are as ask asked at be because been before "
    "being both but by came can could did do does during each either every for from gave get give given go had has "
    "have having he her here his how however i if in into is it its just made make many me more most must my never no "
    "nobody not nothing now of off often on once one only or other our out over please said saw say says see seen "
    "shall she should since so some somebody someone soon still such take tell than that the their them then there "
    "these they this those though through to told too under until up us use very was we went were what when where "
    "whether which while who whom whose why with within without would yes yet you your"
)
_OTHERS = (
    # what people are
    "accountant adviser advisor advocate assistant associate bank charge chief clerk clinical clinician community "
    "consultant coordinator co-ordinator dental deputy director district doctor duty educator emeritus executive "
    "facilitator fellow general gp head health junior lead leader lecturer liaison locum manager management medical "
    "mental midwife midwives nurse nursing officer pharmacist physician porter practice practitioner prescriber "
    "principal reader registrar registered research resident school secretary senior sister specialist staff student "
    "supervisor surgeon teacher theatre therapist trainee trainer tutor visitor volunteer worker "
    "anaesthetist colposcopist endoscopist escort injector radiographer sonographer verifier "
    "bishop chancellor commissioner justice lieutenant mayor mayoress president protector speaker "
    # where they are and what they have to do with
    "aid agency assessment base building bay bed bleep board bureau call care centre charity city clinic companies "
    "company council department desk development education forum foundation group handover hospital house huddle icu "
    "itu led line meeting network nhs office organisation organization patient programme project publication ratio "
    "recruitment retention review rostering rota round room service ship shift site society staffing station suite "
    "surgery system team time training trust unit ward week year "
    # when
    "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday january february march april "
    "june july august september october november december may "
    # what goes on with a sentence, and may be a name after Mr
    "first good last long new next same well will works"
)
# Ms is also a firm, MR and DR are also abbreviations, and Rev is a revision.
_THINGS = (
    "access azure excel exchange forms office onenote outlook planner powerpoint project sharepoint sql teams visio "
    "visual windows word "
    "angiogram angiography imaging scan scanner scanning suite plan planning test site server "
    "document drawing issue release version"
)
_NO_PERSONS = frozenset(_THINGS.split())
_NOT_IN_SMALL = _NO_PERSONS | frozenset(_SENTENCES.split())
_NOT_NAMES = _NOT_IN_SMALL | frozenset(_OTHERS.split())


def titled_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of each name with its titles in a plain text.

    Without a name, an initial alone included (Mrs A is a name that somebody has already hidden), there is none.
    """
    for titles in _TITLES.finditer(text):
        end = _end_of_name(text, titles)
        if end is not None:
            yield titles.start(), end


def _end_of_name(text: str, titles: re.Match[str]) -> int | None:
    """Return where the name after the titles ends; None where there is no name."""
    written = titles["last"]
    title = written.casefold()
    before = text[max(0, titles.start() - _LOOKED_BACK) : titles.start()]
    pointed_at = _POINTS.search(before) is not None
    doubtful = title in _ROLES or written in _ALSO_ABBREVIATIONS
    if (doubtful and pointed_at) or (written.islower() and title not in _WRITTEN_SMALL):
        return None
    small = written.islower() and title in _BEFORE_SMALL_NAMES
    if doubtful or pointed_at or title in _HONOURS or _OWNS.search(before):
        not_first = _NOT_NAMES
    elif small:
        not_first = _NOT_IN_SMALL
    else:  # whatever has a capital letter there: Mr Ward, Dr May, Mrs So
        not_first = _NO_PERSONS
    acronyms = not_first is not _NO_PERSONS and not written.isupper()
    end = _walked(text, titles.end(), bool(titles["dot"]), not_first, small=small, acronyms=acronyms)
    if end is None or (title in _HONOURS and _PLACE.match(text, end)):
        return None
    another = _AND_ANOTHER.match(text, end) if title == "drs" else None
    return (_walked(text, another.end(), False, _NOT_NAMES) if another else None) or end


def _walked(
    text: str, position: int, dotted: bool, not_first: frozenset[str], *, small: bool = False, acronyms: bool = True
) -> int | None:
    """Return where the last word of a name ends that begins here; None where none begins.

    Args:
        text: A plain text.
        position: Behind the title.
        dotted: Whether a full stop stands before, after which there need be no space.
        not_first: What the first word cannot be, in small letters.
        small: Whether the first word may be in small letters.
        acronyms: Whether a short word in capitals is an acronym: a Sister at the ICU, not SISTER HALL.
    """
    end, names = None, 0
    for _ in range(_MOST_WORDS):
        found = _WORD.match(text, position)
        if found is None or not (found["gap"] or dotted):
            break
        word = found["word"].removesuffix("'s").removesuffix("'S")
        position, dotted = found.end(), bool(found["dot"])
        if (len(word) == 1 and word.isupper()) or word in _PARTICLES or word == "St":
            continue
        not_names = _NOT_NAMES if names else not_first
        if not (_is_capital(word) or (small and not names)) or _is_one_of(not_names, word):
            break
        if acronyms and word.isupper() and len(word) <= _LONGEST_ACRONYM:
            break
        end, names = found.start("word") + len(word), names + 1
        if dotted or word != found["word"] or names == _MOST_NAMES:
            break
    return end


def _is_capital(word: str) -> bool:
    """Tell whether a word begins as names do: O'Neill, d'Arcy; in writings without capitals every word does."""
    return not word[:1].islower() or (word.startswith(_SHORT_PARTICLES) and not word[2:3].islower())


def _is_one_of(words: frozenset[str], word: str) -> bool:
    lowered = word.casefold()
    return lowered in words or lowered.removesuffix("s") in words
