"""Keeps the knowledge in force and takes changed files into use, or keeps the old ones when they are broken.

It only looks when asked and never waits: the app calls `reload_if_changed` every two seconds. Loading reads and
checks whole files, so a busy event loop calls it in a thread.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.content import Knowledge
from knowledge.contents import Content, InForce, Key
from knowledge.errors import KnowledgeError, KnowledgeErrors
from knowledge.library import FILES, Library, read_library

_Sight = tuple[tuple[int, int, int, int] | None, ...]
"""Of every file: inode, time of change, time of status change and size; None where there is no file."""


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What changed, to be logged and told to the admin: either new knowledge, or errors and the old stays."""

    in_force: Knowledge
    errors: tuple[KnowledgeError, ...] = ()
    repaired: bool = False
    """The files were broken, and are in order again."""


class Shelf:
    """Holds the one `Knowledge` that everyone reads from: the files, with what the database has in force in their
    place. Without a database the files are all there is."""

    def __init__(self, folder: Path) -> None:
        """Loads the folder; `KnowledgeErrors` when it is broken, since there is nothing to fall back on yet."""
        self._folder = folder
        self._judged: _Sight | None = self._look()
        self._previous = self._judged
        self._told: tuple[KnowledgeError, ...] = ()
        self._in_force: InForce = {}
        self._current, self._library = read_library(folder)

    @property
    def current(self) -> Knowledge:
        return self._current

    def list_contents(self) -> dict[Key, Content]:
        """What the files say, as far as they were in order when last looked at."""
        return self._library.list_contents()

    def put_in_force(
        self,
        in_force: InForce,
        revision: int,
        under_review: frozenset[str],
        changed: Collection[Key] | None = None,
    ) -> Reloaded | None:
        """What the database has in force, whole; None where that changes nothing that is learned from. `changed`:
        all that differs from what is in force here; None: that is not known."""
        try:
            built = (
                self._library.build(in_force)
                if changed is None or self._told
                else self._library.change(self._current, changed, in_force)
            )
        except KnowledgeErrors as broken:
            return self._keep(broken.errors)
        self._in_force = in_force
        return self._take(replace(built, revision=revision, under_review=under_review))

    def reload_if_changed(self) -> Reloaded | None:
        """What changed since the last call, once; None where there is nothing new to tell.

        A change counts when the files look the same at two calls in a row: an editor that is still writing, or
        a copy of several files that is half done, is left alone until it is quiet.
        """
        sight = self._look()
        quiet = sight == self._previous
        self._previous = sight
        if sight == self._judged or not quiet:
            return None
        agreed = {key: held for key, held in self._in_force.items() if not held.from_file}
        try:
            found: tuple[Knowledge, Library] | KnowledgeErrors = read_library(self._folder, agreed)
        except KnowledgeErrors as broken:
            found = broken
        if self._look() != sight:
            return None  # written while it was read: what was read may be half of it
        self._judged = sight
        if isinstance(found, KnowledgeErrors):
            return self._keep(found.errors)
        (knowledge, self._library), now = found, self._current
        return self._take(replace(knowledge, revision=now.revision, under_review=now.under_review))

    def _take(self, knowledge: Knowledge) -> Reloaded | None:
        repaired, self._told = bool(self._told), ()
        before = self._current
        if knowledge.fingerprint == before.fingerprint and not repaired:
            if (knowledge.revision, knowledge.under_review) != (before.revision, before.under_review):
                self._current = knowledge
            return None  # the same was agreed
        self._current = knowledge
        return Reloaded(knowledge, repaired=repaired)

    def _keep(self, errors: tuple[KnowledgeError, ...]) -> Reloaded | None:
        """The old knowledge stays in force; the same breakage is told once."""
        if errors == self._told:
            return None
        self._told = errors
        return Reloaded(self._current, errors)

    def _look(self) -> _Sight:
        return tuple(_look_at(self._folder / name) for name in FILES)


def _look_at(path: Path) -> tuple[int, int, int, int] | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size
