"""Encodes texts, each only once: vectors are kept on disk by what the text says, not by where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from knowledge.matching.cache import Cache, fingerprint
from knowledge.matching.encoder import Encoder, Vectors


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
        cache.keep(name, {"keys": np.array(keys), "vectors": vectors})
    return np.asarray(vectors, dtype=np.float32)
