"""My data and settings: the language I am spoken to in, what is kept of me, and being forgotten."""

from __future__ import annotations

from typing import Literal

from bot.conversation import Conversation, Turn
from bot.conversations.mine import actions, cards
from bot.conversations.mine.pause import Pauses
from bot.desk import Desk
from bot.links import holds_secret, make_link, say_privately
from bot.model.cards import Card
from bot.model.events import Commanded, Event, Submitted
from storage import cases, forgetting, people, questions

_LANGUAGES: dict[str, Literal["nl", "en"]] = {
    "nl": "nl",
    "nederlands": "nl",
    "dutch": "nl",
    "en": "en",
    "engels": "en",
    "english": "en",
}


def build(desk: Desk) -> Conversation:
    async def show_data(_: Event, turn: Turn) -> None:
        """With a personal link to the page that says what is kept, so it is for their own chat alone."""
        asked = await questions.count_asked(turn.tx, turn.person.id)
        accounts = await people.find_accounts(turn.tx, turn.person.id)
        shared = await cases.count_shared_by(turn.tx, turn.person.id)
        link = await make_link(turn, desk, "/stored")
        platforms = [account.platform for account in accounts]
        card = cards.data_card(turn.words, turn.person, platforms, asked, shared, link, secret=holds_secret(link))
        say_privately(turn, card)

    conversation = Conversation("mine")
    conversation.on_command("taal", choose_or_ask, help_key="mine.help_language", aliases=("language",))
    conversation.on_command("gegevens", show_data, help_key="mine.help_data", aliases=("data", "privacy"))
    conversation.on_action(actions.ChooseLanguage, choose_language)
    conversation.on_action(actions.Forget, ask_once_more)
    conversation.on_form(actions.ForgetForSure, forget)
    Pauses(desk).register(conversation)
    return conversation


async def choose_or_ask(event: Commanded, turn: Turn) -> None:
    """`/promptclub taal engels` chooses at once; without a language it asks."""
    named = _LANGUAGES.get(event.rest.strip().lower())
    if named is None:
        turn.say(cards.language_card(turn.words))
    else:
        await _keep_language(turn, named)


async def choose_language(_: Event, turn: Turn) -> None:
    assert isinstance(turn.action, actions.ChooseLanguage)
    await _keep_language(turn, turn.action.language)


async def _keep_language(turn: Turn, language: Literal["nl", "en"]) -> None:
    await people.choose_language(turn.tx, turn.person.id, language)
    turn.language = language
    turn.say(Card.of_words(turn.words("mine.language_chosen")))


async def ask_once_more(_: Event, turn: Turn) -> None:
    turn.open(cards.forget_form(turn.words))


async def forget(event: Submitted, turn: Turn) -> None:
    if event.values.get("sure") != "yes":
        turn.say(Card.of_words(turn.words("mine.not_forgotten")))
        return
    gone = await forgetting.forget_asked(turn.tx, turn.person.id, turn.now)
    said = turn.words("mine.forgotten", n=gone) if gone else turn.words("mine.forgotten_rest")
    turn.say(Card.of_words(said))
