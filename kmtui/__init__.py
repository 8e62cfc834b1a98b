"""kmtui: assess a team's knowledge work, run techniques, keep lessons and actions, share the results."""

__version__ = "0.1.0"
