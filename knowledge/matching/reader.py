"""Reads a question: what it is about, which data and tools it names, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path

from knowledge.answers import Candidate, Outcome, Reading
from knowledge.content import DataKind, Knowledge, Language, Verdict
from knowledge.masking import mask
from knowledge.matching.breadth import is_too_broad
from knowledge.matching.cache import Cache
from knowledge.matching.caution import Caution
from knowledge.matching.clauses import Passages, cut, prepare
from knowledge.matching.data import DataReader
from knowledge.matching.deciding import Bars, Decision, bars_for_data_put_in, decide
from knowledge.matching.encoder import Encoder, SentenceEncoder, Vectors
from knowledge.matching.explaining import Explainer, Explanation, Seen
from knowledge.matching.intent import asks_of_ai, asks_only_how, leaves_ai_unsaid, puts_in, say_ai
from knowledge.matching.known import Known, texts_of_rows
from knowledge.matching.language import find_language
from knowledge.matching.lexicon import load_lexicon
from knowledge.matching.model import build_model, prepare_known
from knowledge.matching.normalising import clean, fold, split_words
from knowledge.matching.purposes import PurposeFinder
from knowledge.matching.saying import say_why
from knowledge.matching.spelling import Spelled, build_speller
from knowledge.matching.teaching import Phrasing, TaughtModel, find_added
from knowledge.matching.tools import ToolReader
from knowledge.verdict import judge

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
        self._encoder = encoder
        self._purposes = PurposeFinder(lexicon)
        self._bars = Bars()
        self._explainer = Explainer(lexicon)
        self._agree(knowledge)
        self._trained_on = knowledge
        self._purposes.make_ready(list(dict.fromkeys(item.text for item in texts_of_rows(knowledge))), Cache(cache))
        self._trained = build_model(knowledge, encoder, self._tools, Cache(cache))
        self._model = TaughtModel(self._trained)
        self._added: list[Known] = []
        self._vocabulary = self._trained.vocabulary
        self._speller = build_speller(knowledge, lexicon, self._vocabulary, Cache(cache))

    def _agree(self, knowledge: Knowledge) -> None:
        """From here on these are the agreements; what was learned stays as it is."""
        self._knowledge = knowledge
        self._data = DataReader(knowledge, load_lexicon())
        self._tools = ToolReader(knowledge)
        self._caution = Caution(knowledge, self._purposes, self._ordinary_words)
        self._spoken = {language for row in knowledge.use_cases for language, said in row.examples.items() if said}

    def with_knowledge(self, knowledge: Knowledge) -> Reader:
        """A reader of other agreements, within a second or two: what is new to it counts like what it is taught, so
        it makes no answer looser. A reader built anew has weighed everything."""
        other = copy(self)
        other._agree(knowledge)
        prepared = [
            (prepare_known(item.text, other._tools), item.label) for item in find_added(self._trained_on, knowledge)
        ]
        other._added = [Known(text, label) for (text, _), label in prepared]
        other._vocabulary = self._trained.vocabulary.union(*(words for (_, words), _ in prepared))
        other._speller = self._speller.with_words(other._vocabulary)
        rows = {row.id for row in knowledge.use_cases}
        kept = self._trained.without({row.id for row in self._trained_on.use_cases} - rows)
        other._model = TaughtModel(kept, rows=other._added)
        return other

    def learn(self, phrasings: Sequence[Phrasing]) -> None:
        """From now on these are read as their rows; what was learned before is forgotten. KeyError: no such row."""
        known = [Known(self._prepare(p.text), self._knowledge.get_use_case(p.use_case).id) for p in phrasings]
        self._model = TaughtModel(self._model.trained, [item for item in known if item.text], self._added)

    def _ordinary_words(self) -> set[str]:
        return self._trained.known().ordinary_words()

    def _prepare(self, phrasing: str) -> str:
        text = clean(mask(phrasing).text)
        spelled = self._spell(text)
        text, words = spelled.mend(text), spelled.words
        return prepare(words, self._tools.read(text, words, self._vocabulary, spelled.odd).places)

    def read(self, question: str) -> Reading:
        return self._conclude(self._see(question))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """By meaning, for whoever puts texts together."""
        return self._encoder.encode(texts)

    def explain(self, question: str) -> Explanation:
        """What was seen in the question, and the reading that follows from it."""
        seen = self._see(question)
        return self._explainer.explain(seen, self._conclude(seen))

    def _see(self, question: str) -> Seen:
        masked = mask(question)
        text = clean(masked.text)
        spelled = self._spell(text)
        text, words = spelled.mend(text), spelled.words
        language = find_language(words)
        tools = self._tools.read(text, words, self._vocabulary, spelled.odd)
        read = self._data.read(words, language, tools.places)
        data = self._with_masked(read.classes, masked.kinds)
        settled = self._model.find_settled(prepare(words, tools.places))
        passages = cut(text, words, tools.places, read.left_out)
        passages = passages if tools.places else say_ai(passages, words, language)
        unread = passages.unread or not spelled.unread <= tools.places
        if settled:
            decision = _as_settled(settled)
        elif is_too_broad(words, tools.places):
            decision = Decision(Outcome.SMALLTALK, (), smalltalk="too_broad", why="too_broad")
        else:
            bars = self._bars if language in self._spoken else self._bars.for_a_strange_language()
            decision = self._decide(passages, words, data, tools.tools, bars, unread=unread)
        return Seen(masked, spelled, words, language, tools, read, data, passages, decision)

    def _conclude(self, seen: Seen) -> Reading:
        decision = seen.decision
        return Reading(
            masked_question=seen.masked.text,
            masked=tuple(seen.masked.kinds),
            language=seen.language,
            outcome=decision.outcome,
            smalltalk=decision.smalltalk,
            candidates=decision.candidates,
            use_case=decision.use_case,
            also=decision.also,
            data=seen.data,
            tools=seen.tools.tools,
            tool_words=seen.tools.words,
            because=self._because(decision, seen.language),
        )

    def _spell(self, text: str) -> Spelled:
        return self._speller.read(split_words(fold(text)))

    def _decide(
        self,
        passages: Passages,
        words: list[str],
        data: tuple[str, ...],
        tools: tuple[str, ...],
        bars: Bars,
        *,
        unread: bool,
    ) -> Decision:
        def judge_row(row: str) -> Verdict:
            return judge(self._knowledge, row, data, tools).verdict

        whole = [passages.whole] if passages.whole is not None else []
        ranked = self._model.rank([*whole, *passages.parts])
        main = ranked[0] if whole else min(ranked, key=lambda part: part.outside)
        parts = [part for part in ranked if part is not main]
        bars = bars.without_a_yes() if asks_only_how(words) else bars
        ai_said = bool(tools) or not leaves_ai_unsaid(words)
        if ai_said and passages.whole is not None and asks_of_ai(passages.whole.split()):
            bars = bars.for_what_ai_is_asked()
        if not ai_said:
            bars = bars.for_ai_unsaid()
        if data and tools and puts_in(words):
            bars = bars_for_data_put_in(main, judge_row, bars)
        decision = decide(main, parts, judge_row, bars, unread=unread)
        said = passages.whole.split() if passages.whole is not None else words
        return self._caution.look_again(decision, said, judge_row, main.rows)

    def _with_masked(self, classes: tuple[str, ...], masked: tuple[str, ...]) -> tuple[str, ...]:
        """What the words reveal, and what was masked in them: a masked number still went in."""
        revealed = set(classes)
        for name in masked:
            masked_class = self._data.class_of(_KIND_OF_MASKED[name]) if name in _KIND_OF_MASKED else None
            revealed |= {masked_class} if masked_class else set()
        return tuple(c.id for c in self._knowledge.policy.data_classes if c.id in revealed)

    def _because(self, decision: Decision, language: Language) -> str:
        shown = (
            [decision.use_case, *decision.also] if decision.use_case else [c.use_case for c in decision.candidates]
        )
        titles = [self._knowledge.get_use_case(id).title.in_language(language) for id in shown]
        return say_why(decision.why, titles if decision.outcome is not Outcome.HANDOVER else [], language)


def _as_settled(row: str) -> Decision:
    """A person looked at this very question: it needs no weighing."""
    return Decision(Outcome.ANSWER, (Candidate(row, 1.0),), use_case=row, why="settled")


def build_reader(knowledge: Knowledge, cache: Path | None = None) -> Reader:
    """The reader everyone uses: the sentence encoder on one thread."""
    return Reader(knowledge, SentenceEncoder(Cache(cache)), cache)
