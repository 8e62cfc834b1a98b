"""The entry of the program: `kmtui` and `python -m kmtui`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name, and end with its exit code."""
    if len(sys.argv) == 1:
        from kmtui.cli.quick import screens

        code = screens()
        if code is not None:
            sys.exit(code)
    from kmtui.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
