"""The closed form says what leaving a text or a row out would have given; here it is checked by doing so."""

from __future__ import annotations

import numpy as np

from knowledge.matching.ranker import invert, train, without

LABELS = ["a"] * 6 + ["b"] * 6 + ["c"] * 6


def likeness() -> np.ndarray:
    points = np.random.default_rng(3).normal(size=(len(LABELS), 5)).astype(np.float32)
    points[:6, 0] += 2
    points[6:12, 1] += 2
    return np.asarray(points @ points.T, dtype=np.float32)


def test_left_out_alone_is_what_training_without_it_gives() -> None:
    known = likeness()
    inverse = invert(known, LABELS)
    _, left_out = train(inverse, LABELS)
    dropped = np.zeros(len(LABELS), dtype=bool)
    dropped[4] = True
    rest = [label for label, gone in zip(LABELS, dropped, strict=True) if not gone]
    again, _ = train(without(inverse, dropped), rest)
    assert again.weights is not None
    # both score against the same mean, that of all texts
    expected = known[4, ~dropped] @ again.weights
    usual = np.array([6, 6, 6]) / 18
    assert np.argmax(expected + usual) == np.argmax(left_out.alone[4])
    assert np.allclose(expected + usual, left_out.alone[4], atol=0.15)


def test_the_inverse_is_one() -> None:
    known = likeness()
    inverse = invert(known, LABELS)
    assert np.allclose(inverse @ (known + 0.5 * np.eye(18)), np.eye(18), atol=1e-6)


def test_a_row_left_out_whole_is_no_answer() -> None:
    _, left_out = train(invert(likeness(), LABELS), LABELS)
    assert (left_out.with_its_row[:6].argmax(axis=1) != 0).all()
