"""What was seen in a question and why it was answered, offered or handed over, as one value to show."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.answers import Reading
from knowledge.content import LANGUAGES, Language
from knowledge.masking import Masked
from knowledge.matching.clauses import Passages
from knowledge.matching.data import DataRead
from knowledge.matching.deciding import Decision, Doubt
from knowledge.matching.lexicon import Concept, Lexicon
from knowledge.matching.phrasebook import PhraseBook
from knowledge.matching.spelling import Spelled
from knowledge.matching.tools import ToolsRead

_GROUPS = ("tasks", "objects", "audiences")


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything reading comes upon on its way to a decision."""

    masked: Masked
    spelled: Spelled
    words: list[str]
    language: Language
    tools: ToolsRead
    read: DataRead
    data: tuple[str, ...]
    passages: Passages
    decision: Decision


@dataclass(frozen=True, slots=True)
class Meant:
    """A concept of office life that the question names."""

    group: str
    """tasks, objects or audiences."""
    concept: str
    """The concept by its usual word."""
    said: str
    """As it stands in the question, without capitals and accents."""


@dataclass(frozen=True, slots=True)
class Explanation:
    reading: Reading
    parts: tuple[str, ...]
    """The message cut up, where it says more than one thing."""
    mended: tuple[tuple[str, str], ...]
    """Words taken for typos, each with what it was read as."""
    concepts: tuple[Meant, ...]
    signals: tuple[tuple[str, str], ...]
    """Words that reveal data, each with the class they stand for."""
    left_out: tuple[str, ...]
    """Data that is said not to be there, as in "zonder namen"."""
    why: str
    """sure, settled, two, close, unsure, off_topic or too_broad."""
    doubts: tuple[Doubt, ...]
    """Why it was offered and not answered."""
    outside: float
    """Chance that it is about no row at all."""


class Explainer:
    def __init__(self, lexicon: Lexicon) -> None:
        self._concepts = {concept.id: concept for concept in lexicon.concepts if concept.group in _GROUPS}
        self._books: dict[Language, PhraseBook] = {}

    def explain(self, seen: Seen, reading: Reading) -> Explanation:
        left_out = sorted(seen.read.left_out)
        return Explanation(
            reading=reading,
            parts=seen.passages.parts,
            mended=tuple(seen.spelled.meant.items()),
            concepts=self._find_concepts(seen.words, seen.language),
            signals=tuple(dict.fromkeys(seen.read.signals)),
            left_out=tuple(dict.fromkeys(seen.words[place] for place in left_out)),
            why=seen.decision.why,
            doubts=seen.decision.doubts,
            outside=seen.decision.outside,
        )

    def _find_concepts(self, words: list[str], language: Language) -> tuple[Meant, ...]:
        """Each once; made ready at the first explanation, since nothing else asks for it."""
        if language not in self._books:
            self._books[language] = PhraseBook(
                (form, concept.id) for concept in self._concepts.values() for form in concept.forms[language]
            )
        found: dict[str, Meant] = {}
        for hit in self._books[language].find(words):
            for id in sorted(hit.labels):
                concept = self._concepts[id]
                said = " ".join(words[hit.first : hit.end])
                found.setdefault(id, Meant(concept.group, _usual_word(concept, language), said))
        return tuple(sorted(found.values(), key=lambda meant: _GROUPS.index(meant.group)))


def _usual_word(concept: Concept, language: Language) -> str:
    groups = (concept.forms[one] for one in (language, *LANGUAGES))
    return next((forms[0] for forms in groups if forms), concept.id)
