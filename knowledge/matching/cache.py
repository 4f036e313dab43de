"""Keeps arrays on disk under a fingerprint of what they were made of; a damaged file counts as none."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]


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
            with np.load(self._folder / f"{name}.npz", allow_pickle=False) as stored:
                return {key: stored[key] for key in stored.files}
        except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            return None

    def keep(self, name: str, arrays: Arrays) -> None:
        """Written beside and then moved, so that nobody ever reads half a file; a full disk only costs time."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(dir=self._folder, prefix=f".{name}.")
            try:
                with os.fdopen(handle, "wb") as file:
                    np.savez(file, allow_pickle=False, **arrays)
                Path(path).replace(self._folder / f"{name}.npz")
            except OSError:
                Path(path).unlink(missing_ok=True)
        except OSError:
            return
