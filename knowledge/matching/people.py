"""Finds people one can recognise: a given name, "huurder De Vries", "het dossier van een medewerker"."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.matching.lexicon import Lexicon, read_content
from knowledge.matching.names import given_names, name_list
from knowledge.matching.patterns import Patterns, Tagger

_OF = frozenset({"van", "of", "over", "about", "from"})
_REACH = 4
_MOST_PARTICLES = 3
_NUMBERS = frozenset(map(str, range(1, 1000)))


_OF_SEVERAL = frozenset({"gezin", "familie", "fam", "family", "kind", "leverancier", "klant", "client", "customer"})
"""What is said about these is seldom about one whom you can recognise."""


def people_words(lexicon: Lexicon) -> frozenset[str]:
    """Anyone a deed may be about; an asterisk stands for any ending."""
    listed = read_content("persons.yaml")["people"]
    assert isinstance(listed, list)
    return frozenset([*listed, *(form for c in lexicon.people for forms in c.forms.values() for form in forms)])


class PeopleFinder:
    def __init__(self, lexicon: Lexicon) -> None:
        self._people = Patterns(["{people}"], Tagger({"people": people_words(lexicon)}))
        content = {
            name: listed for name, listed in read_content("persons.yaml").items() if isinstance(listed, list)
        }
        self._roles = frozenset(content["roles"]) | name_list("titles")
        self._particles = frozenset(content["particles"])
        self._surnames = frozenset(content["surnames"])
        self._family_names = self._surnames | frozenset(content["family_names"])
        titled = name_list("titles") | {"dokter", "dr"}
        named = given_names() | self._surnames
        roles = [role for role in content["roles"] if role not in _OF_SEVERAL]
        self._spoken_of = Patterns(content["spoken_of"], Tagger({"role": roles}))
        self._in_care = Patterns(content["in_care"], Tagger({"titled": titled, "named": named, "number": _NUMBERS}))

    def find(self, words: Sequence[str]) -> set[int]:
        """Places of the words by which someone can be recognised, or is spoken of."""
        found = {place for place in range(len(words)) if self._is_someone(words, place)}
        return found.union(match.end - 1 for match in self._spoken_of.find_all(words))

    def speaks_of_people(self, words: Sequence[str]) -> bool:
        """Whether customers, colleagues, patients or anyone by name come up at all."""
        return bool(self.find(words)) or self._people.find(words) is not None

    def speaks_of_care(self, words: Sequence[str]) -> bool:
        """Whether somebody who is named is in care: mevrouw Jansen op kamer 12."""
        return self._in_care.find(words) is not None

    def _is_someone(self, words: Sequence[str], place: int) -> bool:
        word = words[place].removesuffix("'s")
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in given_names() or word in self._surnames or self._is_family_name(words, place):
            return True
        if word in name_list("titles"):
            return bool(following) and following not in name_list("no_name_after") and not following.isdigit()
        return word in name_list("about_someone") and following in _OF and self._people_near(words, place + 2)

    def _is_family_name(self, words: Sequence[str], place: int) -> bool:
        """Bakker behind "familie", Boer behind "huurder de": by themselves they are words like others."""
        if words[place] not in self._family_names:
            return False
        first = place
        while first > max(0, place - _MOST_PARTICLES) and words[first - 1] in self._particles:
            first -= 1
        before = words[first - 1] if first else ""
        return before in self._roles or before in given_names()

    def _people_near(self, words: Sequence[str], first: int) -> bool:
        return self._people.find(words[first : first + _REACH]) is not None
