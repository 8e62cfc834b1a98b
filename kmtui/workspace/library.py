"""The content that is used: what comes with kmtui, and a workspace's own techniques and matrix in front of it.

Apart from the desk, so that commands on content alone need not load the store.
"""

from __future__ import annotations

from pathlib import Path

from kmtui.content.library import Library, shipped_folder


def library_for(folder: Path | None) -> Library:
    """Return the shipped content, with a workspace's own techniques and matrix in front of it."""
    folders = [shipped_folder(), *([folder] if folder is not None else [])]
    return Library([each / "techniques" for each in folders], [each / "matrix.yaml" for each in folders])
