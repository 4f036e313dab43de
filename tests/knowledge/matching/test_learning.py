"""Very many rows are learned label by label, however many texts each of them has."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.matching.known import Known
from knowledge.matching.learning import MANY, learn


@pytest.mark.parametrize("each", [2, 4])
def test_rows_of_equally_many_texts(each: int) -> None:
    known = [
        Known(f"woord{row} zin{text}", f"row-{row}") for row in range(MANY // each + 1) for text in range(each)
    ]
    vectors = np.random.default_rng(1).normal(size=(len(known), 4)).astype(np.float32)
    learned, inverse = learn(known, vectors)
    assert inverse is None
    assert len(learned["names"]) == MANY // each + 1
    assert learned["sharpness"] > 0
