"""Themes: what is meant alike stands together, few never apart, and the order of coming changes nothing."""

from __future__ import annotations

import random

import numpy as np

from knowledge.themes import Vectors, group_texts


def near(*directions: int) -> Vectors:
    """A vector for each text: texts of one direction are alike."""
    apart = 0.01 * np.arange(len(directions), dtype=np.float32)[:, None]
    made = np.eye(8, dtype=np.float32)[list(directions)] + apart
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), dtype=np.float32)


def test_what_is_alike_stands_together_the_largest_first() -> None:
    found = group_texts(["b1", "a1", "b2", "c1", "a2", "b3", "a3", "b4"], near(1, 0, 1, 2, 0, 1, 0, 1), 3)
    assert [sorted(theme) for theme in found.themes] == [["b1", "b2", "b3", "b4"], ["a1", "a2", "a3"]]
    assert found.others == ("c1",)


def test_a_theme_of_fewer_than_the_least_is_told_apart_from_nothing() -> None:
    found = group_texts(["a1", "a2", "a3", "b1", "b2"], near(0, 0, 0, 1, 1), 4)
    assert found.themes == ()
    assert found.others == ("a1", "a2", "a3", "b1", "b2")


def test_the_order_in_which_texts_came_changes_nothing() -> None:
    texts = [f"{letter}{number}" for letter in "abc" for number in range(6)]
    vectors = near(*(place // 6 for place in range(18)))
    first, dice = group_texts(texts, vectors, 5), random.Random(1)
    for _ in range(20):
        order = dice.sample(range(18), 18)
        assert group_texts([texts[place] for place in order], vectors[order], 5) == first


def test_nothing_and_the_same_words_twice() -> None:
    assert group_texts([], np.zeros((0, 8), dtype=np.float32), 3).themes == ()
    (theme,) = group_texts(["ja"] * 5, near(*[0] * 5), 5).themes
    assert theme == ("ja",) * 5
