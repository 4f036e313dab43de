"""What could follow a round, for whoever started it: nothing in it that the others have not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversations.surveys import actions
from bot.model.cards import Button, Buttons, Card, Element, Text, shorten
from bot.model.limits import SUMMARY
from bot.texts import Words
from knowledge.survey_questions import find_about, read_questions
from knowledge.survey_results import Agreed, Theme, find_open
from knowledge.surveys import ABOUT_SCALES
from storage.surveys import Round
from storage.surveys_answers import Result

MOST_TO_LAB = 8


def draw_next(
    words: Words, round_: Round, results: Mapping[str, Result], agreed: Agreed, more: Sequence[Element] = ()
) -> Card | None:
    """None where nothing follows from it."""
    elements: list[Element] = []
    open_doubts = list_open_doubts(round_, results, agreed)
    if open_doubts:
        asks = Button.to(actions.ToLab(round=round_.id), words("surveys.to_lab", n=len(open_doubts)))
        elements += [Text(text=words("surveys.next_doubts", n=len(open_doubts))), Buttons(buttons=(asks,))]
    elements += more
    if is_about(round_, results, "proposals"):
        vote = Button.to(actions.Vote(round=round_.id), words("surveys.vote"), primary=True)
        elements += [Text(text=words("surveys.next_vote")), Buttons(buttons=(vote,))]
    if came_to_agreement(round_, results):
        brings = Button.to(actions.OpenAgreement(round=round_.id), words("surveys.agree"), opens_form=True)
        elements += [Text(text=words("surveys.next_agree")), Buttons(buttons=(brings,))]
    if results and not is_vote(round_) and not round_.repeats:
        again = Button.to(actions.Repeat(round=round_.id), words("surveys.repeat"))
        elements += [Text(text=words("surveys.next_repeat")), Buttons(buttons=(again,))]
    if not elements:
        return None
    heading = words("surveys.next", title=round_.title[words.language])
    return Card(
        summary=shorten(heading, SUMMARY), elements=(Text(text=shorten(heading, 140), style="heading"), *elements)
    )


def list_open_doubts(round_: Round, results: Mapping[str, Result], agreed: Agreed) -> list[Theme]:
    asked = find_about(read_questions(round_.questions), "doubts")
    found = [theme for one in asked if one.id in results for theme in find_open(results[one.id].themes, agreed)]
    return found[:MOST_TO_LAB]


def is_about(round_: Round, results: Mapping[str, Result], about: str) -> bool:
    """Something may be shown of a question about this."""
    return any(one.about == about and one.id in results for one in read_questions(round_.questions))


def is_vote(round_: Round) -> bool:
    return any(question["kind"] == "pick" for question in round_.questions)


def came_to_agreement(round_: Round, results: Mapping[str, Result]) -> bool:
    """Three were chosen, or it is known where the team stands."""
    voted = is_vote(round_) and any(question["id"] in results for question in round_.questions)
    return voted or any(is_about(round_, results, about) for about in ABOUT_SCALES)
