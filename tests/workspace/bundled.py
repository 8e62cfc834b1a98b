"""Workspaces between which bundles go, and what is compared of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.bundle import Merged
from kmtui.model.session import Session
from kmtui.workspace.bundles import bundle_of, bundle_text, merge, read_file
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.filling import fill
from kmtui.workspace.register import asked, search


def workspace(folder: Path, name: str) -> Desk:
    """Return the desk of another workspace."""
    return open_desk(folder / name, cache=folder / f"cache-{name}")


def bundled(desk: Desk, folder: Path, *ids: str, whole: bool = True) -> Path:
    """Write a bundle and return where it is; `whole` with names and with what is private."""
    path = folder / f"{desk.tools.ids()}.json"
    bundle = bundle_of(desk.tools, ids, with_names=whole, with_private=whole)
    path.write_text(bundle_text(bundle), encoding="utf-8")
    return path


def take(desk: Desk, path: Path) -> Merged:
    """Take in a bundle."""
    bundle = read_file(path)
    assert bundle is not None
    return merge(desk.tools, bundle)


def sent(desk: Desk, to: Desk, *ids: str, whole: bool = True) -> Merged:
    """Send a bundle from one workspace into another one."""
    return take(to, bundled(desk, to.folder.parent, *ids, whole=whole))


def review(desk: Desk, *lessons: str | LessonAnswer, title: str = "Ward move") -> Session:
    """Keep a review with some lessons."""
    said = tuple(each if isinstance(each, LessonAnswer) else LessonAnswer(lesson=each) for each in lessons)
    made = fill(
        desk.tools,
        SessionAnswers(technique="after-action-review", title=title, team="Ward 7", lessons={"learn": said}),
    )
    assert isinstance(made, Session)
    return made


def changed(desk: Desk, record_id: str, **fields: Any) -> None:
    """Change fields of a session as its facilitator would."""
    from msgspec.structs import replace

    handle = desk.tools.store.open(record_id)
    handle.save(replace(handle.record, changed=desk.tools.now(), **fields))  # type: ignore[arg-type]
    handle.close()


def reworded(desk: Desk, record_id: str, words: str) -> None:
    """Give the first lesson of a session other words."""
    from msgspec.structs import replace

    session = desk.tools.store.read(record_id)
    assert isinstance(session, Session)
    changed(desk, record_id, lessons=(replace(session.lessons[0], lesson=words), *session.lessons[1:]))


def state_of(desk: Desk, *words: str) -> dict[str, Any]:
    """Return all that people can see of a workspace."""
    store = desk.tools.store
    store.register.look()
    return {
        "records": {line.id: store.read(line.id) for line in store.records()},
        "lessons": sorted(store.register.all(), key=lambda line: (line.id, line.lesson)),
        "kept": {line.id: store.register.kept(line.id) for line in store.register.all() if line.imported},
        "lives": dict(store.register.lives()),
        "assets": store.assets.all(),
        "events": {about: set(map(str, said)) for about, said in store.events().items()},
        "actions": sorted(desk.actions(), key=lambda line: line.id),
        "found": [found(desk, each) for each in words],
    }


def found(desk: Desk, words: str) -> list[tuple[str, float]]:
    """Return what a search finds, with its score."""
    return [(hit.line.lesson, hit.score) for hit in search(desk.tools, asked(words))]


def files(desk: Desk) -> dict[str, bytes]:
    """Return all files of a workspace."""
    paths: Iterable[Path] = desk.folder.rglob("*")
    return {path.relative_to(desk.folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def words_of(desk: Desk) -> Sequence[str]:
    """Return the words of all lessons, in order of the alphabet."""
    return sorted(line.lesson for line in desk.lessons())
