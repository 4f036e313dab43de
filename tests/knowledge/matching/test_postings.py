"""What a text shares with the known ones is the product of their weights, however it is summed."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.matching.postings import Postings
from knowledge.matching.wordweights import Parts, WordWeights, letter_groups, words_and_pairs

TEXTS = ["een mail schrijven", "een mail vertalen", "de vergadering opnemen", "xyz", ""] * 3


@pytest.mark.parametrize("parts", [letter_groups, words_and_pairs])
def test_products_are_cosines(parts: Parts) -> None:
    weights = WordWeights.fit(parts, TEXTS)
    whole = Postings.of(weights.weigh(TEXTS), len(weights))
    among, products = whole.among(), whole.products(weights.weigh(TEXTS))
    assert np.allclose(among, products, atol=1e-6)
    assert np.allclose(np.diag(among), [1, 1, 1, 1, 0] * 3, atol=1e-6)
    assert 0.2 < among[0, 1] < 0.9
    assert among[0, 3] == 0


def test_texts_that_come_later_stand_behind_the_others() -> None:
    weights = WordWeights.fit(letter_groups, TEXTS)
    first = Postings.of(weights.weigh(TEXTS[:9]), len(weights))
    later = first.with_rows(weights.weigh(TEXTS[9:]))
    asked = weights.weigh(["een mail opnemen", "niets bekends"])
    assert np.array_equal(later.products(asked), Postings.of(weights.weigh(TEXTS), len(weights)).products(asked))


def test_what_nobody_said_is_like_nothing() -> None:
    weights = WordWeights.fit(words_and_pairs, TEXTS)
    assert not Postings.of(weights.weigh(TEXTS), len(weights)).products(weights.weigh(["", "qqq"])).any()
