"""Finds people one can recognise: a given name, "mevrouw Jansen", "het dossier van een medewerker"."""

from __future__ import annotations

from knowledge.matching.lexicon import Lexicon
from knowledge.matching.names import given_names, name_list

_OF = frozenset({"van", "of", "over", "about", "from"})
_REACH = 4
_PEOPLE = frozenset({"customer", "colleague", "applicant", "patient", "pupil", "citizen"})


class PeopleFinder:
    def __init__(self, lexicon: Lexicon) -> None:
        concepts = [c for c in lexicon.concepts if c.group == "audiences" and c.id in _PEOPLE]
        self._people = frozenset(form for c in concepts for forms in c.forms.values() for form in forms)

    def find(self, words: list[str]) -> set[int]:
        """Places of the words by which someone can be recognised."""
        return {place for place in range(len(words)) if self._is_someone(words, place)}

    def speaks_of_people(self, words: list[str]) -> bool:
        """Whether customers, colleagues, patients or anyone by name come up at all."""
        return bool(self.find(words)) or not self._people.isdisjoint(words)

    def _is_someone(self, words: list[str], place: int) -> bool:
        word = words[place].removesuffix("'s")
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in given_names():
            return True
        if word in name_list("titles"):
            return bool(following) and following not in name_list("no_name_after") and not following.isdigit()
        return word in name_list("about_someone") and following in _OF and self._people_near(words, place + 2)

    def _people_near(self, words: list[str], first: int) -> bool:
        return any(word in self._people for word in words[first : first + _REACH])
