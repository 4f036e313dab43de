"""Starting a round: one form, a look at how it goes out, and out it goes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.conversation import Conversation, Refused, Turn
from bot.conversations.surveys import actions, cards, forms
from bot.conversations.surveys.audience import CHANNEL, Audience, find_audience, find_channel, list_audiences
from bot.desk import Desk
from bot.model.cards import Form
from bot.model.events import Commanded, Event, Submitted
from bot.rights import need
from bot.texts import WORDS, language_of, words_in
from bot.working_time import find_working_time, find_zone
from knowledge.content import LANGUAGES
from knowledge.diploma import Permission
from knowledge.masking import mask
from knowledge.survey_questions import own_question, write_questions
from knowledge.surveys import Survey
from storage import audit, surveys, surveys_apart
from storage.people import find_language
from storage.surveys import Round

_PHRASES = (
    r"(?:ik wil |wil je |kun je )?(?:graag )?een enqu[eê]te starten\W*",
    r"start (?:een|de) enqu[eê]te\W*",
    r"(?:please )?start a survey\W*",
)
_USUAL = timedelta(days=7)
QUARTER = timedelta(days=91)
_LONGEST = timedelta(days=60)
_TWO_REMINDERS, _ONE_REMINDER = timedelta(days=4), timedelta(days=2)


class Starting:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, conversation: Conversation) -> None:
        conversation.on_command(
            "enquete", self.open, help_key="surveys.help_start", aliases=("enquête", "survey"), phrases=_PHRASES
        )
        conversation.on_form(actions.Start, self.draft)
        conversation.on_action(actions.OpenOwn, self.open_own)
        conversation.on_form(actions.SendOwn, self.take_own)
        conversation.on_action(actions.Send, self.send)
        conversation.on_action(actions.Drop, self.drop)

    async def open(self, event: Commanded, turn: Turn) -> None:
        await need(turn, self._desk, Permission.START_SURVEY)
        if not self._surveys():
            raise Refused(turn.words("surveys.none"))
        turn.open(await self._form(turn, find_channel(event.place)))

    async def _form(self, turn: Turn, channel: str, *, by_email: bool = False) -> Form:
        audiences = await list_audiences(turn, self._desk, channel)
        until = turn.now.astimezone(find_zone(None, self._desk.time_zone)).date() + _USUAL
        by_email = by_email or audiences[0].value == "people"
        return forms.start_form(turn.words, self._surveys(), audiences, until, by_email=by_email, channel=channel)

    def _surveys(self) -> list[Survey]:
        return self._desk.knowledge().surveys.newest()

    async def draft(self, event: Submitted, turn: Turn) -> None:
        """Everything that is wrong at once, or how it will go out."""
        await need(turn, self._desk, Permission.START_SURVEY)
        action, values = turn.action, event.values
        assert isinstance(action, actions.Start)
        if values.get("who") == "people" and not action.by_email and "emails" not in values:
            turn.form_errors((await self._form(turn, action.channel, by_email=True)).with_values(values), {})
            return
        survey = self._desk.knowledge().surveys.find(str(values.get("survey") or ""))
        questions = write_questions(survey.questions, self._desk.knowledge().tools) if survey else []
        who, typed = str(values.get("who") or ""), str(values.get("emails") or "")
        audience = await find_audience(turn, self._desk, who, typed, questions)
        closes_at = self._closing(values.get("until"))
        errors = self._find_errors(turn, survey, audience, closes_at)
        if errors or survey is None or closes_at is None:
            by_email = action.by_email or audience.kind == "people"
            form = await self._form(turn, action.channel, by_email=by_email)
            turn.form_errors(form.with_values(values), errors)
            return
        language = values.get("language")
        id = await surveys.add_draft(
            turn.tx,
            survey=survey.id,
            survey_version=survey.version,
            title={"nl": survey.title.nl, "en": survey.title.en},
            purpose={"nl": survey.purpose.nl, "en": survey.purpose.en},
            questions=questions,
            lead_id=turn.person.id,
            audience=audience.kind,
            unit=audience.unit,
            anonymous=values.get("anonymous") != "no",
            minimum=self._desk.knowledge().surveys.minimum,
            closes_at=closes_at,
            people=audience.people,
            now=turn.now,
            language=str(language) if language in LANGUAGES else "",
        )
        if audience.kind == CHANNEL:
            turn.later(turn.now, actions.Gather(round=id, channel=action.channel), key=f"survey:{id}:gather")
        else:
            await show_draft(turn, self._desk, id)

    def _closing(self, until: object) -> datetime | None:
        """The end of that day's work."""
        if not isinstance(until, date):
            return None
        zone = find_zone(None, self._desk.time_zone)
        return find_closing(self._desk, datetime(until.year, until.month, until.day, 12, tzinfo=zone))

    def _find_errors(
        self, turn: Turn, survey: Survey | None, audience: Audience, closes_at: datetime | None
    ) -> dict[str, str]:
        words, minimum = turn.words, self._desk.knowledge().surveys.minimum
        errors = {} if survey is not None else {"survey": words("surveys.choose")}
        if closes_at is None or not turn.now < closes_at <= turn.now + _LONGEST:
            errors["until"] = words("surveys.wrong_until", n=_LONGEST.days)
        where = "emails" if audience.kind == "people" else "who"
        if audience.unknown:
            errors[where] = words("surveys.unknown_people", emails=", ".join(audience.unknown))
        elif audience.kind != CHANNEL and len(audience.people) < minimum:
            errors[where] = words("surveys.too_few", n=minimum)
        return errors

    async def open_own(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.OpenOwn)
        turn.open(forms.own_form(turn.words, await self._get_draft(turn, turn.action.round)))

    async def take_own(self, event: Submitted, turn: Turn) -> None:
        assert isinstance(turn.action, actions.SendOwn)
        round_ = await self._get_draft(turn, turn.action.round)
        asked = [
            mask(str(event.values.get(f"own_{number}") or "").strip()).text for number in range(1, forms.OWN + 1)
        ]
        own = [own_question(number, ask) for number, ask in enumerate(asked, 1) if ask]
        kept = [one for one in round_.questions if not one["id"].startswith("own-")]
        await surveys.set_questions(turn.tx, round_.id, [*kept, *write_questions(own, ())])
        turn.show(cards.preview_card(turn.words, await get_round(turn, round_.id), self._zone()))

    async def send(self, _: Event, turn: Turn) -> None:
        """Once; above the limit the house asks once more, and this comes again."""
        assert isinstance(turn.action, actions.Send)
        round_ = await self._get_draft(turn, turn.action.round)
        clash = await surveys_apart.find_clash(turn.tx, round_, turn.now)
        if clash is not None:
            key = "surveys.clash_open" if clash.still_open else "surveys.clash_closed"
            raise Refused(turn.words(key, day=turn.words.day(clash.until.date())))
        if round_.invited < round_.minimum:
            raise Refused(turn.words("surveys.too_few", n=round_.minimum))
        if round_.closes_at <= turn.now or not await surveys.open_round(turn.tx, round_.id, turn.now):
            raise Refused(turn.words("surveys.draft_gone"))
        await audit.add(
            turn.tx, actor=turn.person.id, act="survey.started", about=f"survey:{round_.id}", now=turn.now,
            details={"people": round_.invited, "anonymous": round_.anonymous, "survey": round_.survey},
        )  # fmt: skip
        lead = turn.person.name
        drawn = {
            language: cards.invitation_card(cards.words_for(round_, words), round_, lead, self._zone())
            for language, words in WORDS.items()
        }
        for person, language in await surveys.find_languages(turn.tx, round_.id):
            turn.tell(person, drawn[language_of(language)], good_until=round_.closes_at)
        self._plan(turn, round_)
        await self._go_on_repeating(turn, round_)
        turn.show(cards.sent_card(turn.words, round_, self._zone()))

    def _plan(self, turn: Turn, round_: Round) -> None:
        span = round_.closes_at - turn.now
        moments = [turn.now + span / 2] if span >= _ONE_REMINDER else []
        moments += [round_.closes_at - timedelta(days=1)] if span >= _TWO_REMINDERS else []
        for step, moment in enumerate(moments, 1):
            turn.later(moment, actions.Remind(round=round_.id, step=step), key=f"survey:{round_.id}:remind:{step}")
        turn.later(round_.closes_at, actions.Close(round=round_.id), key=f"survey:{round_.id}:close")

    async def _go_on_repeating(self, turn: Turn, round_: Round) -> None:
        """What is asked each quarter goes on from the newest round."""
        before = await surveys.find_round(turn.tx, round_.follows) if round_.follows else None
        if before is None or not before.repeats or before.survey != round_.survey:
            return
        await surveys.set_repeats(turn.tx, before.id, repeats=False)
        await surveys.set_repeats(turn.tx, round_.id, repeats=True)
        turn.later(turn.now + QUARTER, actions.Again(round=round_.id), key=f"survey:{round_.id}:again")

    async def drop(self, _: Event, turn: Turn) -> None:
        assert isinstance(turn.action, actions.Drop)
        round_ = await self._get_draft(turn, turn.action.round)
        await surveys.drop_round(turn.tx, round_.id)
        turn.show(cards.dropped_card(turn.words))

    async def _get_draft(self, turn: Turn, id: str) -> Round:
        """Of whoever made it, and not sent yet."""
        await need(turn, self._desk, Permission.START_SURVEY)
        round_ = await surveys.find_round(turn.tx, id)
        if round_ is None or round_.lead_id != turn.person.id or round_.state != "draft":
            raise Refused(turn.words("surveys.draft_gone"))
        return round_

    def _zone(self) -> str:
        return self._desk.time_zone


def find_closing(desk: Desk, moment: datetime) -> datetime:
    """The end of that day's work."""
    zone = find_zone(None, desk.time_zone)
    return find_working_time(desk.knowledge()).closing(moment.astimezone(zone), zone)


async def get_round(turn: Turn, id: str) -> Round:
    found = await surveys.find_round(turn.tx, id)
    assert found is not None
    return found


async def show_draft(turn: Turn, desk: Desk, id: str) -> None:
    """To whoever started it, wherever that was."""
    round_ = await get_round(turn, id)
    assert round_.lead_id is not None
    words = words_in(await find_language(turn.tx, round_.lead_id))
    turn.tell(round_.lead_id, cards.preview_card(words, round_, desk.time_zone), kind="answer")
