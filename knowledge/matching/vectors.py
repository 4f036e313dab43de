"""Encodes texts, each only once: vectors are kept on disk by what the text says, not by where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from knowledge.matching.cache import Arrays, Cache, fingerprint
from knowledge.matching.encoder import Encoder, Vectors

_ROOM = 20_000


def encode_known(texts: Sequence[str], encoder: Encoder, cache: Cache) -> Vectors:
    name = f"vectors-{fingerprint((encoder.name(),))}"
    stored = cache.find(name)
    keys = [hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    known: dict[str, int] = {}
    if stored is not None and {"keys", "vectors"} <= set(stored):
        known = {key: place for place, key in enumerate(stored["keys"].tolist())}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    fresh = encoder.encode(list(missing.values()))
    places = {key: place for place, key in enumerate(missing)}
    old = stored["vectors"] if stored is not None and known else fresh
    vectors = np.stack([old[known[key]] if key in known else fresh[places[key]] for key in keys])
    if missing:
        cache.keep(name, _together(keys, vectors, known, old))
    return np.asarray(vectors, dtype=np.float32)


def _together(keys: list[str], vectors: Vectors, known: dict[str, int], old: Vectors) -> Arrays:
    """What is used now, and what was used before as long as there is room: it may be used again."""
    used = set(keys)
    before = [key for key in known if key not in used]
    if not before or len(before) + len(keys) > _ROOM:
        return {"keys": np.array(keys), "vectors": vectors}
    kept = np.stack([old[known[key]] for key in before])
    return {"keys": np.array([*keys, *before]), "vectors": np.vstack([vectors, kept])}
