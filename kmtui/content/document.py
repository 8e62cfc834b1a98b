"""One file that was read: its tree and what was found in it."""

from __future__ import annotations

from pathlib import Path

from kmtui.content.findings import Findings
from kmtui.content.nodes import Mapping, Node, read_tree
from kmtui.content.source import MATRIX_LIMIT, decode, fits, read_text


class Document:
    """A file or a text as a tree. `root` is None where it could not be read, which is noted in `findings`."""

    def __init__(self, root: Node | None, findings: Findings, size: int = 0) -> None:
        """`size` is that of the text in bytes."""
        self.root = root
        self.findings = findings
        self.size = size

    def keys(self) -> frozenset[str]:
        """Return the keys of the file itself, by which its kind is known."""
        return frozenset(self.root.pairs) if isinstance(self.root, Mapping) else frozenset()

    def within(self, limit: int) -> bool:
        """Say whether the file is no larger than its kind may be, and note it where it is."""
        return fits(self.size, limit, self.findings)


def open_file(path: Path, limit: int = MATRIX_LIMIT) -> Document:
    """Read a file of at most `limit` bytes. Never raises for what is in the file; it notes it."""
    findings = Findings(str(path))
    text = read_text(path, limit, findings)
    return Document(None, findings) if text is None else _document(text, findings)


def open_text(text: str, name: str, limit: int = MATRIX_LIMIT) -> Document:
    """Read a text; `name` stands for the file in what is said of it."""
    findings = Findings(name)
    if not fits(_size(text), limit, findings):
        return Document(None, findings)
    return _document(text.removeprefix("\ufeff"), findings)


def open_bytes(data: bytes, name: str, limit: int = MATRIX_LIMIT) -> Document:
    """Read what came from elsewhere than a file; `name` stands for the file in what is said of it."""
    findings = Findings(name)
    text = decode(data, findings) if fits(len(data), limit, findings) else None
    return Document(None, findings) if text is None else _document(text, findings)


def _document(text: str, findings: Findings) -> Document:
    return Document(read_tree(text, findings), findings, _size(text))


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
