"""How many answers it takes before a survey tells more than their number (design, part 6).

Loaded with the settings before the first frame, so without msgspec.
"""

FEWEST_FOR_SPREAD = 5
"""Below so many answers on a criterion nothing but the count, and perhaps the mean, is shown. May be raised."""

FEWEST_FOR_MEAN = 3
"""Below so many answers on a criterion the mean is not shown either."""
