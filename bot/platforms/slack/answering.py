"""What a turn hands straight back: forms, refusals and the home tab, in the answer itself or right after it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, assert_never

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.delivery import NeverWill, TryLater, Unclear
from bot.model.cards import Card, Form, shorten
from bot.model.effects import Effect, FormErrors, Nothing, OpenForm, Refusal, ShowHome
from bot.model.events import Account, Commanded, Event, Pressed, Submitted
from bot.model.limits import TEXT
from bot.platforms.slack.client import Client
from bot.platforms.slack.errors import in_our_words
from bot.platforms.slack.forms import Origin, draw_form, draw_notice, place_errors
from bot.platforms.slack.payload import Payload
from bot.platforms.slack.render import draw_home, draw_message
from bot.platforms.slack.sending import Sending
from bot.texts import Words, words_in
from storage.database import Database
from storage.people import find_person

log = structlog.get_logger()

Body = dict[str, Any] | None
"""What the HTTP answer carries; None: an empty 200."""


class Answering:
    """Slack waits three seconds for an answer, so only what belongs in the answer is done before it."""

    def __init__(self, client: Client, sending: Sending, database: Database) -> None:
        self._client = client
        self._sending = sending
        self._database = database
        self._under_way: set[asyncio.Task[None]] = set()

    async def answer(self, effect: Effect, event: Event, payload: Payload) -> Body:
        """The body to answer with; what needs a call of the API follows in the background."""
        if isinstance(event, Submitted):
            return await self._answer_form(effect, event)
        match effect:
            case Nothing():
                return await self._say_where(event, payload) if "command" in payload else None
            case Refusal(words=words) if "command" in payload:
                return _whisper(words)
            case Refusal(words=words):
                self._follow(self._refuse(words, event, payload))
            case OpenForm(form=form) | FormErrors(form=form):
                self._follow(self._open(form, event, payload))
            case ShowHome(card=card):
                self._follow(self._show_home(card, event))
            case _:
                assert_never(effect)
        return None

    async def _answer_form(self, effect: Effect, event: Submitted) -> Body:
        match effect:
            case Nothing():
                return None
            case FormErrors(form=form, errors=errors) if errors:
                return {"response_action": "errors", "errors": place_errors(form, errors)}
            case FormErrors(form=form) | OpenForm(form=form):
                return {"response_action": "update", "view": draw_form(form, Origin(event.place, event.message))}
            case Refusal(words=words):
                texts = await self._words_of(event.account)
                notice = draw_notice(texts("slack.notice"), shorten(words, TEXT), texts("slack.close"))
                return {"response_action": "update", "view": notice}
            case ShowHome(card=card):
                self._follow(self._show_home(card, event))
                return None
            case _:
                assert_never(effect)

    async def _say_where(self, event: Event, payload: Payload) -> Body:
        """A command in a channel is answered in the direct chat: say so, for nobody else to see."""
        if payload.get("channel_name") == "directmessage":
            return None
        return _whisper((await self._words_of(event.account))("slack.answered_privately"))

    async def _words_of(self, account: Account) -> Words:
        async with self._database.reading() as tx:
            person = await find_person(tx, account.platform, account.tenant, account.user)
        return words_in(person.language if person else None)

    # ------------------------------------------------------------ after the answer

    def _follow(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._carry_out(work), name="slack effect")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _carry_out(self, work: Coroutine[Any, Any, None]) -> None:
        """Nobody waits for this any more: what goes wrong is logged, and the person can press again."""
        try:
            with in_our_words():
                await work
        except (TryLater, NeverWill, Unclear) as ending:
            log.warning("slack.effect_failed", reason=ending.reason)
        except SlackApiError as problem:
            log.error("slack.effect_refused", problem=str(problem)[:500])

    async def finish(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=10)

    async def _open(self, form: Form, event: Event, payload: Payload) -> None:
        """A trigger lives three seconds, so a form is never opened later than now."""
        trigger = payload.get("trigger_id")
        if not isinstance(trigger, str):
            log.error("slack.form_without_trigger", event_kind=event.kind)
            return
        message = event.message if isinstance(event, Pressed) else None
        await self._client.once.views_open(trigger_id=trigger, view=draw_form(form, Origin(event.place, message)))

    async def _show_home(self, card: Card, event: Event) -> None:
        pictures = await self._sending.upload_pictures(card)
        await self._client.once.views_publish(user_id=event.account.user, view=draw_home(card, pictures))

    async def _refuse(self, words: str, event: Event, payload: Payload) -> None:
        """For this person's eyes only: through the payload's own address, else in the channel or direct chat."""
        drawn = draw_message(Card.of_words(words))
        address = payload.get("response_url")
        if isinstance(address, str) and not isinstance(event, Commanded):
            await self._respond(address, drawn)
        elif event.place.kind == "channel":
            thread = event.place.thread
            await self._client.once.chat_postEphemeral(
                channel=event.place.id, user=event.account.user, thread_ts=thread, **drawn
            )
        else:
            channel = await self._sending.find_channel(event.place)
            await self._client.once.chat_postMessage(channel=channel, thread_ts=event.place.thread, **drawn)

    async def _respond(self, address: str, drawn: dict[str, Any]) -> None:
        webhook = AsyncWebhookClient(address, session=self._client.session, retry_handlers=[])
        answer = await webhook.send(**drawn, response_type="ephemeral", replace_original=False)
        if answer.status_code != 200:  # used five times, or half an hour old
            log.warning("slack.refusal_not_shown", status=answer.status_code)


def _whisper(words: str) -> dict[str, Any]:
    return {**draw_message(Card.of_words(words)), "response_type": "ephemeral"}
