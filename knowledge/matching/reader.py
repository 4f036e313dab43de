"""Reads a question: what it is about, which data and tools it names, and how sure that is."""

from __future__ import annotations

from pathlib import Path

from knowledge.answers import Outcome, Reading
from knowledge.content import DataKind, Knowledge, Language
from knowledge.masking import mask
from knowledge.matching.cache import Cache
from knowledge.matching.clauses import choose_passages
from knowledge.matching.data import DataReader, tie_kinds
from knowledge.matching.deciding import Bars, Decision, decide
from knowledge.matching.encoder import Encoder, SentenceEncoder
from knowledge.matching.language import find_language
from knowledge.matching.lexicon import load_lexicon
from knowledge.matching.model import Model, build_model, prepare
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.saying import say_why
from knowledge.matching.tools import ToolReader

_KIND_OF_MASKED = {
    "bsn": DataKind.SPECIAL,
    "national_number": DataKind.SPECIAL,
    "secret": DataKind.CONFIDENTIAL,
    **dict.fromkeys(("iban", "card", "email", "phone", "ip", "address", "plate", "birth_date"), DataKind.PERSONAL),
}


class Reader:
    """Pure computing without waiting: safe to run in a process of its own, where it is built once."""

    def __init__(self, knowledge: Knowledge, encoder: Encoder, cache: Path | None = None) -> None:
        lexicon = load_lexicon()
        self._knowledge = knowledge
        self._encoder = encoder
        self._data = DataReader(knowledge, lexicon)
        self._tools = ToolReader(knowledge)
        self._classes_of = tie_kinds(knowledge.policy.data_classes, lexicon)
        self._model: Model = build_model(knowledge, encoder, self._tools, Cache(cache))
        self._bars = Bars()

    def read(self, question: str) -> Reading:
        masked = mask(question)
        text = clean(masked.text)
        words = split_words(fold(text))
        language = find_language(words)
        tools = self._tools.read(text, words, self._model.vocabulary)
        data = self._data_of(words, language, masked.kinds)
        passages = choose_passages([place in tools.places for place in range(len(words))], words)
        rows, small_talk = self._model.chances([prepare(passage) for passage in passages], self._encoder)
        decision = decide(self._knowledge, rows, small_talk, data, tools.tools, bars=self._bars)
        return Reading(
            masked_question=masked.text,
            masked=tuple(masked.kinds),
            language=language,
            outcome=decision.outcome,
            smalltalk=decision.smalltalk,
            candidates=decision.candidates,
            use_case=decision.use_case,
            also=(),
            data=data,
            tools=tools.tools,
            tool_words=tools.words,
            because=self._because(decision, language),
        )

    def _data_of(self, words: list[str], language: Language, masked: tuple[str, ...]) -> tuple[str, ...]:
        """What the words reveal, and what was masked in them: a masked number still went in."""
        revealed = set(self._data.read(words, language, self._model.vocabulary))
        revealed |= {
            self._classes_of[kind] for name in masked if (kind := _KIND_OF_MASKED.get(name)) in self._classes_of
        }
        return tuple(c.id for c in self._knowledge.policy.data_classes if c.id in revealed)

    def _because(self, decision: Decision, language: Language) -> str:
        shown = [decision.use_case] if decision.use_case else [c.use_case for c in decision.candidates]
        titles = [self._knowledge.get_use_case(id).title.in_language(language) for id in shown]
        return say_why(decision.why, titles if decision.outcome is not Outcome.HANDOVER else [], language)


def build_reader(knowledge: Knowledge, cache: Path | None = None) -> Reader:
    """The reader everyone uses: the sentence encoder on one thread."""
    return Reader(knowledge, SentenceEncoder(), cache)
