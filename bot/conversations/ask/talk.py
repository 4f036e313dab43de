""" "Mag dit?": a question in somebody's own words, and the answer from the matrix."""

from __future__ import annotations

from bot.conversation import Answered, Command, Conversation, Turn
from bot.conversations.ask import actions, cards, forms, hello_cards
from bot.conversations.ask.first_card import first_card
from bot.conversations.ask.press import Presses
from bot.conversations.ask.rules import Settled, kept_of, settle
from bot.crossing import add_to
from bot.desk import Desk
from bot.model.cards import Card
from bot.model.events import Commanded, Event, Joined, Opened, Said, Submitted
from bot.rights import find_allowed
from knowledge.answers import Outcome, Reading
from knowledge.content import Language
from storage import people, questions

_HOME_QUESTIONS = 5


def build(desk: Desk) -> Conversation:
    talk, presses = Asking(desk), Presses(desk)
    conversation = Conversation("ask")
    conversation.on_said(talk.answer, prepare=talk.read)
    conversation.on_command("magdit", talk.answer_or_open, help_key="ask.help_magdit", prepare=talk.read)
    conversation.on_command("help", talk.help, help_key="ask.help_help", aliases=("hulp", "uitleg"))
    conversation.on_joined(talk.welcome)
    conversation.on_opened(talk.show_home)
    conversation.on_action(actions.AskAgain, talk.open_form)
    conversation.on_form(actions.SendQuestion, talk.answer, prepare=talk.read)
    conversation.on_action(actions.ShowHelp, talk.help)
    presses.register(conversation)
    return conversation


class Asking:
    """Everything that begins with words."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def read(self, event: Said | Commanded | Submitted) -> Reading | None:
        """Outside the transaction, in the reading's own process; None where nothing was typed."""
        text = _typed(event).strip()
        return await self._desk.read(text) if text else None

    async def answer(self, event: Event, turn: Turn) -> None:
        reading: Reading | None = turn.prepared
        if reading is None:
            turn.say(cards.talk_card(turn.words, "nonsense", ()))
            return
        turn.language = choose_language(reading, turn.person.language)
        settled = settle(self._desk.knowledge(), reading)
        question_id = await self._keep(turn, reading, settled)
        commands = await self._commands_for(turn) if settled.outcome is Outcome.SMALLTALK else ()
        card = first_card(turn.words, self._desk.knowledge(), reading, settled, question_id, commands)
        answered = find_answered(settled, question_id, reading.tool_words)
        if answered is not None:
            card = await add_to(self._desk, turn, card, answered)
        turn.say(await self._introduce(turn, card))

    async def _keep(self, turn: Turn, reading: Reading, settled: Settled) -> str:
        decides = settled.judgements[0] if settled.judgements else None
        also = [other.use_case.id for other in settled.judgements[1:]]
        return await questions.add_question(
            turn.tx,
            person_id=turn.person.id,
            text=reading.masked_question,
            language=turn.language,
            outcome=settled.outcome,
            use_case=decides.use_case.id if decides else None,
            row_version=decides.use_case.version if decides else None,
            verdict=decides.verdict if decides else None,
            reading={**kept_of(reading), "also": also},
            now=turn.now,
        )

    async def _introduce(self, turn: Turn, card: Card) -> Card:
        """Somebody who was never welcomed hears once, below the first answer, what the bot is and keeps."""
        if turn.event.place.kind != "direct" or not await people.welcome_once(turn.tx, turn.person.id, turn.now):
            return card
        return hello_cards.introduced(turn.words, self._desk.knowledge(), card)

    async def answer_or_open(self, event: Commanded, turn: Turn) -> None:
        """`/magdit` without a question opens the form to type it in."""
        if event.rest.strip():
            await self.answer(event, turn)
        else:
            turn.open(forms.question_form(turn.words))

    async def open_form(self, _: Event, turn: Turn) -> None:
        turn.open(forms.question_form(turn.words))

    async def help(self, _: Event, turn: Turn) -> None:
        commands = await self._commands_for(turn)
        turn.say(hello_cards.help_card(turn.words, self._desk.knowledge(), commands))

    async def _commands_for(self, turn: Turn) -> list[Command]:
        """Of all conversations, by word; what this person may not do is left out."""
        allowed = await find_allowed(turn, self._desk)
        every = [command for conversation in self._desk.conversations for command in conversation.commands]
        theirs = [command for command in every if command.needs is None or command.needs in allowed]
        return sorted(theirs, key=lambda command: command.word)

    async def welcome(self, event: Joined, turn: Turn) -> None:
        first = await people.welcome_once(turn.tx, turn.person.id, turn.now)
        if first or event.place.kind != "direct":
            turn.say(hello_cards.welcome_card(turn.words, self._desk.knowledge()))

    async def show_home(self, _: Opened, turn: Turn) -> None:
        last = await questions.find_last_asked(turn.tx, turn.person.id, _HOME_QUESTIONS)
        turn.show_home(hello_cards.home_card(turn.words, self._desk.knowledge(), last))


def find_answered(settled: Settled, question_id: str, tool_words: str | None) -> Answered | None:
    """What others may add to; None for a choice to make and for small talk."""
    if settled.outcome is Outcome.ANSWER:
        return Answered("answer", question_id, settled.judgements[0], tool_words)
    return Answered("handover", question_id) if settled.outcome is Outcome.HANDOVER else None


def choose_language(reading: Reading, chosen: Language | None) -> Language:
    """The language of the question; where that does not tell (a greeting, a word), the person's own choice."""
    if reading.language == "en":
        return "en"
    if reading.outcome in (Outcome.ANSWER, Outcome.CHOOSE):
        return "nl"
    return chosen or "nl"


def _typed(event: Said | Commanded | Submitted) -> str:
    match event:
        case Said(text=text):
            return text
        case Commanded(rest=rest):
            return rest
        case Submitted(values=values):
            return str(values.get("question") or "")
