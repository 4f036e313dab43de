"""What anyone would try first to find the row of a question, on the same texts as ours.

Each peer gets the title, description, examples and phrasings of every row, folded like ours, and scores all rows
for a question. Settings are the better ones of a few that were tried: BM25 with one document per row (one per
text finds fewer), letter groups of two to four, C of 10.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import bm25s
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack  # type: ignore[import-untyped]
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.content import LANGUAGES, Knowledge
from knowledge.matching.encoder import Encoder, Vectors
from knowledge.matching.normalising import clean, fold, split_words

Scores = NDArray[np.floating[Any]]


class Texts:
    """All that an organisation offers to learn from, row by row."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.by_row = {row.id: list(_texts_of(knowledge, row.id)) for row in knowledge.use_cases}
        self.rows = list(self.by_row)
        self.all = [text for texts in self.by_row.values() for text in texts]
        self.labels = [row for row, texts in self.by_row.items() for _ in texts]
        counts = [len(texts) for texts in self.by_row.values()]
        self._starts = np.cumsum([0, *counts[:-1]])

    def nearest(self, likeness: Scores) -> Scores:
        """A row is as like the question as its most alike text."""
        return np.asarray(np.maximum.reduceat(likeness, self._starts))


def _texts_of(knowledge: Knowledge, id: str) -> Sequence[str]:
    row, said = knowledge.get_use_case(id), knowledge.phrasings.get(id, {})
    found = [
        text
        for language in LANGUAGES
        for text in (
            row.title.in_language(language),
            row.description.in_language(language),
            *row.examples.get(language, ()),
            *said.get(language, ()),
        )
    ]
    return list(dict.fromkeys(fold(clean(text)) for text in found))


class Peer(Protocol):
    name: str

    def score(self, question: str) -> Scores:
        """One score per row, in the order of `Texts.rows`."""
        ...


class WordSearch:
    name = "BM25"

    def __init__(self, texts: Texts) -> None:
        self._index = bm25s.BM25()
        documents = [split_words(" ".join(said)) for said in texts.by_row.values()]
        self._index.index(documents, show_progress=False)

    def score(self, question: str) -> Scores:
        return np.asarray(self._index.get_scores(split_words(fold(clean(question)))))


class LetterGroups:
    name = "character TF-IDF"

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._weights = make_letter_groups(1)
        self._known = self._weights.fit_transform(texts.all).T.tocsr()

    def score(self, question: str) -> Scores:
        likeness = (self._weights.transform([fold(clean(question))]) @ self._known).toarray()
        return self._texts.nearest(likeness[0])


class NearestMeaning:
    name = "nearest by encoder"

    def __init__(self, texts: Texts, encoder: Encoder, vectors: Vectors) -> None:
        self._texts, self._encoder, self._vectors = texts, encoder, vectors

    def score(self, question: str) -> Scores:
        return self._texts.nearest(self._vectors @ self._encoder.encode([fold(clean(question))])[0])


class Regression:
    name = "logistic regression"

    def __init__(self, texts: Texts, encoder: Encoder, vectors: Vectors) -> None:
        self._encoder = encoder
        self._weights = make_letter_groups(2)
        known = hstack([self._weights.fit_transform(texts.all), csr_matrix(vectors)])
        self._model = LogisticRegression(C=10, max_iter=200).fit(known.tocsr(), texts.labels)
        columns = {label: column for column, label in enumerate(self._model.classes_)}
        self._columns = [columns[row] for row in texts.rows]

    def score(self, question: str) -> Scores:
        text = [fold(clean(question))]
        seen = hstack([self._weights.transform(text), csr_matrix(self._encoder.encode(text))])
        return np.asarray(self._model.predict_proba(seen.tocsr())[0, self._columns])


def make_letter_groups(at_least: int) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=at_least, dtype=np.float32
    )


def build_peers(texts: Texts, encoder: Encoder, vectors: Vectors) -> list[Peer]:
    """`vectors` are those of `texts.all`."""
    return [
        WordSearch(texts),
        LetterGroups(texts),
        NearestMeaning(texts, encoder, vectors),
        Regression(texts, encoder, vectors),
    ]
