"""Keeps the knowledge in force and takes changed files into use, or keeps the old ones when they are broken.

It only looks when asked and never waits: the app calls `reload_if_changed` every two seconds. Loading reads and
checks whole files, so a busy event loop calls it in a thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.content import Knowledge
from knowledge.errors import KnowledgeError, KnowledgeErrors
from knowledge.library import FILES, load

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
    """Holds the one `Knowledge` that everyone reads from."""

    def __init__(self, folder: Path) -> None:
        """Loads the folder; `KnowledgeErrors` when it is broken, since there is nothing to fall back on yet."""
        self._folder = folder
        self._judged: _Sight | None = self._look()
        self._previous = self._judged
        self._told: tuple[KnowledgeError, ...] = ()
        self._current = load(folder)

    @property
    def current(self) -> Knowledge:
        return self._current

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
        try:
            found: Knowledge | tuple[KnowledgeError, ...] = load(self._folder)
        except KnowledgeErrors as broken:
            found = broken.errors
        if self._look() != sight:
            return None  # written while it was read: what was read may be half of it
        self._judged = sight
        return self._keep(found) if isinstance(found, tuple) else self._take(found)

    def _take(self, knowledge: Knowledge) -> Reloaded | None:
        repaired, self._told = bool(self._told), ()
        if knowledge.fingerprint == self._current.fingerprint and not repaired:
            return None  # saved without a change
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
