"""NHS numbers: ten digits, the last of which is a check of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LENGTH = 10
_MODULUS = 11

# 3-3-4, as it is printed, or in one run; not a part of more digits, nor of a longer code, with letters or such as
# 12-943-476-5919. Letters may only be those that say what it is.
_LOOKS_LIKE_ONE = re.compile(
    r"(?:(?<![0-9a-z])|(?<=nhs)|(?<=no))(?<![0-9][-.])"
    r"[0-9]{3}[ .-]{0,3}[0-9]{3}[ .-]{0,3}[0-9]{4}(?![0-9a-z])(?![-.][0-9])",
    re.IGNORECASE,
)
_BETWEEN = str.maketrans("", "", " .-")


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits, with nothing between them, are a valid NHS number.

    The rule is the one of the NHS Data Dictionary, data element NHS NUMBER: the first nine digits are multiplied by 10
    down to 2 and added up; 11 less the remainder of the sum divided by 11 is the check digit. 11 stands for 0, and a
    number for which it is 10 is not in use. Whether the number has been given to somebody, no one can tell from it.
    """
    if len(digits) != _LENGTH or not digits.isdecimal():
        return False
    *first, last = map(int, digits)
    total = sum(digit * weight for digit, weight in zip(first, range(_LENGTH, 1, -1), strict=True))
    # A check of 10 equals no digit.
    return (_MODULUS - total % _MODULUS) % _MODULUS == last


def nhs_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of each valid NHS number in a plain text."""
    for found in _LOOKS_LIKE_ONE.finditer(text):
        if is_nhs_number(found[0].translate(_BETWEEN)):
            yield found.span()
