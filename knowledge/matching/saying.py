"""Says in the asker's language why a question was answered, offered as a choice or handed over."""

from __future__ import annotations

from knowledge.content import Language

_WORDS: dict[Language, dict[str, str]] = {
    "nl": {
        "sure": "Je vraag lijkt het meest op: {titles}.",
        "settled": "Deze vraag is eerder door iemand bekeken. Hij hoort bij: {titles}.",
        "two": "Je vraagt naar meer dan één ding: {titles}. Het strengste telt.",
        "close": "Je vraag past bij meer dan één soort werk: {titles}.",
        "unsure": "Over dit soort werk zijn nog geen duidelijke afspraken.",
        "too_broad": "Of het mag, hangt af van wat je met AI wilt doen.",
        "off_topic": "Dit is geen vraag over AI gebruiken op het werk.",
    },
    "en": {
        "sure": "Your question looks most like: {titles}.",
        "settled": "Somebody looked at this question before. It belongs to: {titles}.",
        "two": "You ask about more than one thing: {titles}. The strictest counts.",
        "close": "Your question fits more than one kind of work: {titles}.",
        "unsure": "There are no clear agreements yet about this kind of work.",
        "too_broad": "Whether you may depends on what you want to do with AI.",
        "off_topic": "This is not a question about using AI at work.",
    },
}


def say_why(why: str, titles: list[str], language: Language) -> str:
    return _WORDS[language][why].format(titles="; ".join(titles))
