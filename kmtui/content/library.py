"""The techniques and matrices that are installed. A broken file never stops the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

import kmtui
from kmtui.content.convert import convert
from kmtui.content.document import Document, open_file
from kmtui.content.findings import Findings
from kmtui.content.matrix_rules import check_matrix
from kmtui.content.source import MATRIX_LIMIT, TECHNIQUE_LIMIT
from kmtui.content.technique_rules import check_technique
from kmtui.content.words import listed, nearest, quoted
from kmtui.model.errors import NotFound, Problem, WrongContent
from kmtui.model.matrix import Matrix
from kmtui.model.technique import Technique

ENDINGS = (".yaml", ".yml")

_PHASES = ("before", "during", "after")

Content = TypeVar("Content", Matrix, Technique)


class Loaded(msgspec.Struct, Generic[Content], frozen=True):
    """A value of the content, and the file that it was read from."""

    value: Content
    file: Path

    @property
    def digest(self) -> str:
        """The SHA-256 of the value as JSON: the same wherever the words are the same, however the file is laid out."""
        import hashlib  # here, since a list of techniques does without

        return hashlib.sha256(msgspec.json.encode(self.value, order="deterministic")).hexdigest()


class _Outcome(msgspec.Struct, Generic[Content], frozen=True):
    """What came of reading one file: a value where there is no error, and all problems."""

    loaded: Loaded[Content] | None
    problems: tuple[Problem, ...]

    def get(self) -> Loaded[Content]:
        if self.loaded is None:
            raise WrongContent(self.problems)
        return self.loaded


class Library:
    """Finds and reads content, each file when it is first asked for and only once."""

    def __init__(self, folders: Sequence[Path], matrices: Sequence[Path], missing: Sequence[Problem] = ()) -> None:
        """`folders` hold techniques and `matrices` are files; of both the later ones go before the earlier.

        What is not there is passed over, so that a folder of one's own need not exist; `missing` tells of those that
        should be there.
        """
        self.missing = tuple(missing)
        self._folders = tuple(folders)
        self._matrix_files = tuple(path for path in matrices if path.is_file())
        self._files: dict[str, Path] | None = None
        self._techniques: dict[str, _Outcome[Technique]] = {}
        self._matrices: dict[Path, _Outcome[Matrix]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What should be there and is not; then the errors and warnings of all files that have been read so far."""
        techniques = [problem for outcome in self._techniques.values() for problem in outcome.problems]
        matrices = [problem for outcome in self._matrices.values() for problem in outcome.problems]
        return (*self.missing, *techniques, *matrices)

    @property
    def technique_ids(self) -> tuple[str, ...]:
        """The ids of the techniques that are installed, broken ones too. Reads no file."""
        return tuple(sorted(self._technique_files()))

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of techniques, whether they are there or not."""
        return self._folders

    @property
    def files(self) -> tuple[Path, ...]:
        """All files of this library: matrices, then techniques."""
        return (*self._matrix_files, *(path for _, path in sorted(self._technique_files().items())))

    def techniques(self) -> tuple[Loaded[Technique], ...]:
        """Return all techniques that can be read, by phase and name; `problems` says which cannot."""
        outcomes = [self._technique(technique_id) for technique_id in self._technique_files()]
        found = [outcome.loaded for outcome in outcomes if outcome.loaded is not None]
        return tuple(sorted(found, key=_phase_and_name))

    def technique(self, technique_id: str) -> Loaded[Technique]:
        """Return one technique, reading no other file.

        Raises:
            NotFound: there is none with this id.
            WrongContent: its file has errors.
        """
        if technique_id not in self._technique_files():
            raise NotFound(self._not_there("technique", technique_id, self.technique_ids))
        return self._technique(technique_id).get()

    def matrices(self) -> tuple[Loaded[Matrix], ...]:
        """Return all matrices that can be read, the one that is used unless another is named first."""
        by_id: dict[str, Loaded[Matrix]] = {}
        for outcome in self._read_matrices():
            if outcome.loaded is not None:
                by_id.setdefault(outcome.loaded.value.id, outcome.loaded)
        return tuple(by_id.values())

    def matrix(self, matrix_id: str | None = None) -> Loaded[Matrix]:
        """Return the matrix with this id, or for None the last of the files given.

        Raises:
            NotFound: there is none, or none with this id.
            WrongContent: its file has errors; or none has this id and a file, which may be it, has errors.
        """
        outcomes = self._read_matrices()
        if not outcomes:
            raise NotFound("There is no matrix.yaml. Name a folder that holds one, or install kmtui again.")
        if matrix_id is None:
            return outcomes[0].get()
        found = self.matrices()
        for loaded in found:
            if loaded.value.id == matrix_id:
                return loaded
        for outcome in outcomes:
            outcome.get()
        raise NotFound(self._not_there("matrix", matrix_id, tuple(loaded.value.id for loaded in found)))

    def _technique_files(self) -> dict[str, Path]:
        if self._files is None:
            self._files = {}
            for folder in self._folders:
                self._files.update({path.stem: path for path in reversed(content_files(folder))})
        return self._files

    def _technique(self, technique_id: str) -> _Outcome[Technique]:
        if technique_id not in self._techniques:
            path = self._technique_files()[technique_id]
            document = open_file(path, TECHNIQUE_LIMIT)
            self._techniques[technique_id] = _outcome(technique_from(document, path.stem), path, document.findings)
        return self._techniques[technique_id]

    def _read_matrices(self) -> list[_Outcome[Matrix]]:
        for path in reversed(self._matrix_files):
            if path not in self._matrices:
                document = open_file(path, MATRIX_LIMIT)
                value = matrix_from(document, self.technique_ids)
                self._matrices[path] = _outcome(value, path, document.findings)
        return list(self._matrices.values())

    def _not_there(self, noun: str, wanted: str, known: Sequence[str]) -> str:
        near = nearest(wanted, known)
        hint = f' Did you mean "{near}"?' if near else ""
        there = f" There are: {listed(known, 'and')}." if known else ""
        return "\n".join((f"There is no {noun} {quoted(wanted)}.{hint}{there}", *map(str, self.missing)))


def technique_from(document: Document, name: str | None = None) -> Technique | None:
    """Return the technique in a document, or None after noting all that is wrong.

    `name` is what its id has to be: the name of the file without the ending.
    """
    return _checked(document, Technique, lambda root, findings: check_technique(root, findings, name))


def matrix_from(document: Document, techniques: Sequence[str] | None = None) -> Matrix | None:
    """Return the matrix in a document, or None after noting all that is wrong.

    `techniques` are the ids of those installed; an option that names another one is warned about.
    """
    return _checked(document, Matrix, lambda root, findings: check_matrix(root, findings, techniques))


def _checked(document: Document, kind: type[Content], rules: Callable[..., None]) -> Content | None:
    if document.root is None:
        return None
    value = convert(document.root, kind, document.findings)
    rules(document.root, document.findings)
    return None if document.findings.failed else value


def _outcome(value: Content | None, path: Path, findings: Findings) -> _Outcome[Content]:
    return _Outcome(None if value is None else Loaded(value, path), findings.problems)


def _phase_and_name(loaded: Loaded[Technique]) -> tuple[int, str]:
    return _PHASES.index(loaded.value.phase), loaded.value.name.casefold()


def content_files(folder: Path) -> list[Path]:
    """Return the YAML files in a folder by name, `x.yaml` before `x.yml`; none where there is no such folder."""
    try:
        found = [path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and not path.name.startswith(".")]
    except OSError:
        return []
    return sorted(found, key=lambda path: (path.stem, path.suffix))


def shipped_folder() -> Path:
    """Return the folder with the matrix and the techniques that come with kmtui.

    It is inside the package where kmtui was installed, and above it where the package is run from its repository.
    """
    package = Path(kmtui.__file__).parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent
