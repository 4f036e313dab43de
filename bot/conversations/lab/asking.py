"""Who asks the Lab something under their own name: a question, more about it, and what they say back."""

from __future__ import annotations

from typing import Any

from bot.conversation import Answered, Conversation, Handed, Handover, Refused, Turn
from bot.conversations.lab import actions, cards, forms
from bot.conversations.lab.acting import open_again, read_typed
from bot.conversations.lab.letterbox import Letterbox
from bot.conversations.lab.opening import New, describe, open_or_join
from bot.conversations.lab.seeing import LAB_WORDS, call, expected_by, note, plan_reminders
from bot.desk import Desk
from bot.model.cards import Button, Buttons, Card, Element, shorten
from bot.model.events import Commanded, Pressed, Submitted
from bot.rights import need
from bot.texts import language_of, words_in
from bot.working_time import find_zone
from knowledge.answers import Reading
from knowledge.content import Verdict
from knowledge.diploma import Permission
from knowledge.masking import mask
from storage import people, questions, tickets
from storage.codes import new_code
from storage.questions import Asked
from storage.tickets import Ticket


class Askings:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._letterbox = Letterbox(desk)

    def register(self, conversation: Conversation) -> None:
        conversation.on_handover(self.take)
        conversation.on_answer(self.offer)
        conversation.on_command(
            "vraag", self.ask_or_open, help_key="lab.help_ask", aliases=("question",), prepare=self.read
        )
        conversation.on_action(actions.OpenQuestion, self.open_form)
        conversation.on_form(actions.SendQuestion, self.send)
        conversation.on_action(actions.OpenReply, self.open_reply)
        conversation.on_form(actions.SendReply, self.reply)
        self._letterbox.register(conversation)

    # ------------------------------------------------------------ handed over by others

    async def take(self, turn: Turn, handover: Handover) -> Handed:
        """A question of this person's own. What lies with the Lab already, or is the same as that, is not new."""
        asked = await questions.find_asked_by(turn.tx, handover.question_id, turn.person.id)
        about = _kept(asked) if asked else describe(self._desk.knowledge(), None)
        if handover.anonymous:
            await self._check_no_name(turn, handover.question_id)
            await self._letterbox.put(turn, handover, about, code=new_code())
            return Handed(first=True)
        before = await tickets.find_of_question(turn.tx, handover.question_id)
        if before is not None and before.is_open:
            return Handed(first=False, answer_by=expected_by(before, turn.now))
        new = New(handover.text, turn.language, about, note=handover.note, person_id=turn.person.id)
        opened = await open_or_join(turn, self._desk, new)
        if asked is not None:
            await tickets.note_question(turn.tx, asked.id, opened.ticket.id, note=handover.note, now=turn.now)
        return Handed(first=not opened.joined, answer_by=expected_by(opened.ticket, turn.now))

    async def _check_no_name(self, turn: Turn, question_id: str) -> None:
        """What lies with the Lab under a name already is not taken back by sending it once more without one."""
        before = await tickets.find_of_question(turn.tx, question_id) if question_id else None
        if before is not None and await tickets.is_asker(turn.tx, before.id, turn.person.id):
            raise Refused(turn.words("lab.has_name"))

    async def offer(self, turn: Turn, answered: Answered) -> list[Element]:
        """Where the matrix does not know: asking it without a name."""
        grey = answered.judgement is not None and answered.judgement.verdict is Verdict.GRIJS
        if not answered.question_id or not (
            answered.moment == "handover" or (answered.moment == "answer" and grey)
        ):
            return []
        unnamed = actions.OpenQuestion(question=answered.question_id)
        return [Buttons(buttons=(Button.to(unnamed, turn.words("lab.button_unnamed"), opens_form=True),))]

    # ------------------------------------------------------------ asked here

    async def read(self, event: Commanded) -> Reading | None:
        return await self._desk.read(event.rest) if event.rest.strip() else None

    async def ask_or_open(self, event: Commanded, turn: Turn) -> None:
        """`/promptclub vraag` with a text goes to the Lab at once; without one it opens the form."""
        await need(turn, self._desk, Permission.ASK)
        text = mask(event.rest.strip()).text
        if not text:
            turn.open(forms.question_form(turn.words, new_code()))
            return
        await self._hand_over(turn, text, turn.prepared, "")

    async def open_form(self, _: Pressed, turn: Turn) -> None:
        await need(turn, self._desk, Permission.ASK)
        assert isinstance(turn.action, actions.OpenQuestion)
        asked = await self._get_own(turn, turn.action.question) if turn.action.question else None
        await self._check_no_name(turn, turn.action.question)
        id, text = (asked.id, asked.text) if asked else ("", "")
        turn.open(forms.question_form(turn.words, new_code(), id, text=text))

    async def send(self, event: Submitted, turn: Turn) -> None:
        await need(turn, self._desk, Permission.ASK)
        action = turn.action
        assert isinstance(action, actions.SendQuestion)
        asked = await self._get_own(turn, action.question) if action.question else None
        text = asked.text if asked else read_typed(event, "question")
        added = read_typed(event, "note")
        if not text:
            form = forms.question_form(turn.words, action.code).with_values(event.values)
            turn.form_errors(form, {"question": turn.words("ask.empty")})
            return
        if event.values.get("how") == forms.UNNAMED:
            about = _kept(asked) if asked else describe(self._desk.knowledge(), await self._desk.read(text))
            handover = Handover(action.question, text, added, anonymous=True)
            await self._check_no_name(turn, action.question)
            await self._letterbox.put(turn, handover, about, code=action.code)
            when = turn.words("lab.unnamed_until", n=self._desk.knowledge().lab.answer_days)
            turn.open(forms.kept_form(turn.words, action.code, turn.words("lab.sent_unnamed", when=when)))
        elif asked is not None:
            handed = await self.take(turn, Handover(asked.id, text, added))
            turn.say(self._tell_handed(turn, text, handed))
        else:
            await self._hand_over(turn, text, await self._desk.read(text), added)

    async def _hand_over(self, turn: Turn, text: str, reading: Reading | None, added: str) -> None:
        """Kept as a question like any other, and brought to the Lab."""
        if reading is not None:
            turn.language = reading.language
        id = await questions.add_question(
            turn.tx,
            person_id=turn.person.id,
            text=text,
            language=turn.language,
            outcome="handover",
            use_case=None,
            row_version=None,
            verdict=None,
            reading={"also": [], **describe(self._desk.knowledge(), reading), "at_lab": True},
            now=turn.now,
        )
        handed = await self.take(turn, Handover(id, text, added))
        turn.say(self._tell_handed(turn, text, handed))

    def _tell_handed(self, turn: Turn, text: str, handed: Handed) -> Card:
        words = turn.words
        key = "lab.joined" if not handed.first else ("lab.handed" if self._desk.lab else "lab.handed_quiet")
        zone = find_zone(turn.person.time_zone, self._desk.time_zone)
        by = handed.answer_by if self._desk.lab else None
        until = words("lab.until", moment=words.moment(by, zone.key)) if by else ""
        return cards.handed_card(words, f"{words(key)} {until}".strip(), text)

    async def _get_own(self, turn: Turn, question_id: str) -> Asked:
        asked = await questions.find_asked_by(turn.tx, question_id, turn.person.id)
        if asked is None:
            raise Refused(turn.words("lab.not_yours"))
        turn.language = language_of(asked.language)
        return asked

    # ------------------------------------------------------------ said back

    async def open_reply(self, _: Pressed, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenReply)
        ticket = await self._get_asked(turn, turn.action.ticket)
        notes = await tickets.find_notes(turn.tx, ticket.id)
        asked = next((one.text for one in reversed(notes) if one.kind == "asked"), "")
        turn.open(forms.reply_form(turn.words, ticket, asked if ticket.state == "asking" else ""))

    async def reply(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.SendReply)
        ticket = await self._get_asked(turn, turn.action.ticket)
        text = read_typed(event, "text")
        if not text:
            form = forms.reply_form(turn.words, ticket, "").with_values(event.values)
            turn.form_errors(form, {"text": turn.words("lab.reply_needed")})
            return
        await keep_reply(turn, self._desk, ticket, text, turn.person.name)
        turn.say(Card.of_words(turn.words("lab.reply_sent")))

    async def _get_asked(self, turn: Turn, ticket_id: str) -> Ticket:
        """One that this person asks; where it went into another, and that into another still, the last."""
        ticket = await tickets.lock(turn.tx, ticket_id)
        while ticket is not None and ticket.merged_into:
            ticket = await tickets.lock(turn.tx, ticket.merged_into)
        if ticket is None or not await tickets.is_asker(turn.tx, ticket.id, turn.person.id):
            raise Refused(turn.words("lab.not_yours"))
        return ticket


def _kept(asked: Asked) -> dict[str, Any]:
    """What was read of it, and whether the bot knew: then its asker wanted a person all the same."""
    return {**asked.reading, "knew": asked.verdict not in (None, Verdict.GRIJS) or bool(asked.reading.get("knew"))}


async def keep_reply(turn: Turn, desk: Desk, ticket: Ticket, text: str, name: str) -> None:
    """What an asker says back: the Lab goes on, also where it thought to be done. `name`: "" for nobody known."""
    if ticket.state == "asking" or not ticket.is_open:
        await tickets.change(turn.tx, ticket, **open_again(desk, ticket, turn.now))
    said = LAB_WORDS("lab.note_replied", name=name) if name else LAB_WORDS("lab.note_replied_unnamed")
    newest = await note(turn, desk, ticket.id, "replied", said, text=text)
    if newest.due_by != ticket.due_by:
        await plan_reminders(turn, desk, newest)
    if newest.claimed_by is not None:
        claimer = await people.find_by_id(turn.tx, newest.claimed_by)
        words = words_in(claimer.language if claimer else None)
        told = words("lab.for_claimer", ref=call(newest), text=shorten(text, 1_500))
        turn.tell(newest.claimed_by, cards.reminder_card(words, told, newest), kind="ticket")
