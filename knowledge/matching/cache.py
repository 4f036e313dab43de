"""Keeps arrays on disk under a fingerprint of what they were made of; a damaged file counts as none."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
_MOST_OF_A_KIND = 6
_MOST_MATRICES = 3


def fingerprint(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:32]


class Cache:
    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def find(self, name: str) -> Arrays | None:
        if self._folder is None:
            return None
        try:
            path = self._folder / f"{name}.npz"
            with np.load(path, allow_pickle=False) as stored:
                found = {key: stored[key] for key in stored.files}
        except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            return None
        with contextlib.suppress(OSError):
            path.touch()  # what is in use is the last to go
        return found

    def keep(self, name: str, arrays: Arrays) -> None:
        written = self.write(f"{name}.npz", lambda file: np.savez(file, allow_pickle=False, **arrays))
        if written is not None:
            _drop_oldest(written, _MOST_OF_A_KIND)

    def write(self, name: str, write: Callable[[IO[bytes]], None]) -> Path | None:
        """Written beside and then moved, so that nobody ever reads half a file; a full disk only costs time."""
        if self._folder is None:
            return None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(dir=self._folder, prefix=f".{name}.")
            try:
                with os.fdopen(handle, "wb") as file:
                    write(file)
                return Path(path).replace(self._folder / name)
            except OSError:
                Path(path).unlink(missing_ok=True)
        except OSError:
            pass
        return None

    def path_of(self, name: str) -> Path | None:
        return self._folder / name if self._folder else None


class KeptMatrix:
    """One large matrix: on disk, mapped only while it is used; in memory where nothing can be kept on disk."""

    def __init__(self, cache: Cache, name: str) -> None:
        self._cache = cache
        self._file = f"{name}.npy"
        self._held: NDArray[np.float32] | None = None

    def find(self) -> NDArray[np.float32] | None:
        path = self._cache.path_of(self._file)
        if self._held is not None or path is None:
            return self._held
        try:
            found: NDArray[np.float32] = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return found

    def keep(self, matrix: NDArray[np.float32]) -> None:
        written = self._cache.write(self._file, lambda file: np.save(file, matrix, allow_pickle=False))
        if written is None:
            self._held = matrix
        else:
            _drop_oldest(written, _MOST_MATRICES)


def _drop_oldest(written: Path, most: int) -> None:
    """Of each kind (what stands before the hyphen) the last used few stay; another process may drop them too."""
    with contextlib.suppress(OSError):
        alike = written.parent.glob(f"{written.name.partition('-')[0]}-*{written.suffix}")
        for path in sorted(alike, key=lambda path: path.stat().st_mtime, reverse=True)[most:]:
            path.unlink(missing_ok=True)
