"""Microsoft Teams: verified requests in, Adaptive Cards out, through the Bot Framework SDK."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import structlog
from aiohttp import web

from bot.delivery import NeverWill, Outgoing
from bot.model.cards import Card, Form, Text
from bot.model.effects import Effect, FormErrors, Nothing, OpenForm, Refusal, ShowHome
from bot.model.events import Account, Event, Joined, Place, Pressed, Submitted
from bot.platforms import Wiring
from bot.platforms.teams.answers import answer
from bot.platforms.teams.auth import (
    OPENID_URL,
    Door,
    LocalDoor,
    SigningKeys,
    TokenDoor,
    fetch_keys_from,
)
from bot.platforms.teams.connector import SERVICE_URL, Connector
from bot.platforms.teams.courier import Courier
from bot.platforms.teams.endpoint import Endpoint
from bot.platforms.teams.errors import FAULTS, judged
from bot.platforms.teams.forms import draw_form_message
from bot.platforms.teams.graph import Graph, make_graph
from bot.platforms.teams.installing import Installer
from bot.platforms.teams.package import app_in_teams
from bot.platforms.teams.parse import NAME, Understood, Waits
from bot.platforms.teams.plain import Block
from bot.platforms.teams.playground import ease
from bot.platforms.teams.references import References, conversation_of
from bot.platforms.teams.render import draw, draw_message
from bot.platforms.teams.tokens import OutgoingToken, tokens_of
from bot.settings import Settings
from bot.texts import WORDS, Words
from storage import people
from storage.people import Profile

log = structlog.get_logger()

PATH = "/api/messages"


def build(wiring: Wiring) -> TeamsPlatform:
    settings = wiring.settings
    if settings.teams_local:
        return TeamsPlatform(wiring, door=make_local_door(settings), token=OutgoingToken(None))
    assert settings.teams_app_id is not None
    return TeamsPlatform(
        wiring,
        door=TokenDoor(settings.teams_app_id, SigningKeys(fetch_keys_from(OPENID_URL))),
        token=OutgoingToken(tokens_of(settings)),
        graph=make_graph(settings),
    )


def make_local_door(settings: Settings) -> Door:
    """No authentication: only where nobody else can reach us. A second lock; the settings refuse the rest too."""
    if not settings.on_loopback:
        raise ValueError(f"PROMPT_CLUB_TEAMS_LOCAL: {settings.host} is not this machine alone")
    return LocalDoor()


class TeamsPlatform:
    name = NAME

    def __init__(
        self,
        wiring: Wiring,
        *,
        door: Door,
        token: OutgoingToken,
        graph: Graph | None = None,
        service_url: str = SERVICE_URL,
    ) -> None:
        app_id = wiring.settings.teams_app_id or ""
        self._receive = wiring.receive
        self._database = wiring.database
        self._local = wiring.settings.teams_local
        self._tenant = wiring.settings.teams_tenant_id or ""
        self._graph = graph
        self._references = References(wiring.database)
        self._connector = Connector(app_id, token, service_url)
        installer = Installer(graph, app_in_teams(app_id)) if graph is not None else None
        self._courier = Courier(self._connector, self._references, installer)
        self._endpoint = Endpoint(door, self._connector, self._handle)

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return [web.post(PATH, self._endpoint.post)]

    async def start(self) -> None:
        self._connector.start()

    async def stop(self) -> None:
        await self.finish()
        if self._graph is not None:
            await self._graph.close()

    async def finish(self) -> None:
        """Wait for what is being said outside the outbox right now."""
        await self._courier.finish()

    def draw(self, card: Card | Form) -> Block:
        return draw(card)

    # ------------------------------------------------------------ what comes in

    async def _handle(self, understood: Understood) -> Block | None:
        if understood.removed:
            await self._references.forget(understood.envelope.conversation)
            return None
        if understood.event is None:
            return await self._handle_no_event(understood)
        if understood.event.place.id:  # else it came from a chat that we may not be in
            await self._references.learn(understood.envelope, afresh=isinstance(understood.event, Joined))
        effect = await self._receive(understood.event)
        words = await self._words_for(understood, effect)
        self._say_effect(understood, effect, words)
        return answer(understood.waits, effect, words, of=_began_with(understood.event))

    async def _handle_no_event(self, understood: Understood) -> Block | None:
        """A cancelled form, a button of another time, or nothing of ours."""
        words = WORDS["nl"]
        if understood.form_card is not None:
            words = await self._words_for(understood, OpenForm)
            self._say(understood, _draw_note(words("teams.form_closed")), replaces=understood.form_card)
        return answer(understood.waits, Refusal(words("house.unknown_action")), words)

    def _say_effect(self, understood: Understood, effect: Effect, words: Words) -> None:
        """What the open request cannot carry goes as a message now."""
        form_card, of = understood.form_card, _began_with(understood.event)
        in_dialog = understood.waits in (Waits.FETCH, Waits.SUBMIT)
        if in_dialog:
            return
        match effect:
            case OpenForm(form=form):
                self._say(understood, draw_form_message(form, words, of=of), replaces=form_card)
            case FormErrors(form=form, errors=errors):
                self._say(understood, draw_form_message(form, words, errors, of=of), replaces=form_card)
            case Nothing() if form_card is not None:
                self._say(understood, _draw_note(words("teams.form_sent")), replaces=form_card)
            case Refusal(words=said) if understood.waits is Waits.NOTHING:
                self._say(understood, draw_message(Card.of_words(said)))
            case ShowHome(card=card) if understood.waits is Waits.NOTHING:
                self._say(understood, draw_message(card))
            case _:
                return

    async def _words_for(self, understood: Understood, effect: object) -> Words:
        """Our own few words, in the language this person chose; looked up only where there are any to say."""
        silent = isinstance(effect, Nothing | Refusal) and understood.waits is Waits.NOTHING
        if silent and understood.form_card is None:
            return WORDS["nl"]
        envelope = understood.envelope
        async with self._database.reading() as tx:
            known = await people.find_person(tx, NAME, envelope.tenant, envelope.user)
        return WORDS["en"] if known is not None and known.language == "en" else WORDS["nl"]

    def _say(self, understood: Understood, message: Block, replaces: str | None = None) -> None:
        envelope = understood.envelope
        drawn = ease(message) if self._local else message
        self._courier.say_now(conversation_of(envelope), envelope.thread, drawn, replaces)

    # ------------------------------------------------------------ what goes out

    async def send(self, message: Outgoing) -> str | None:
        drawn = draw_message(message.card)
        return await self._courier.deliver(message.place, ease(drawn) if self._local else drawn, message.replaces)

    async def find_sent(self, message: Outgoing) -> str | None:
        """Teams keeps no mark of ours on a message and lets a bot search none."""
        raise NotImplementedError

    async def find_profile(self, account: Account) -> Profile | None:
        met = await self._references.find_met(account)
        if met is None:
            return None
        person, conversation = met
        try:
            member = await self._connector.find_member(conversation, account.user)
        except FAULTS as fault:
            log.info("teams.no_profile", problem=type(fault).__name__, status=getattr(fault, "status", None))
            return None
        email = _text(member.get("email")) or _text(member.get("userPrincipalName"))
        believed = self._local or is_colleague(member, self._tenant)
        return Profile(_text(member.get("name")), email if believed else None, person.time_zone)

    async def find_members(self, group: str) -> list[Account]:
        """Of a team in which the app is installed; guests are no colleagues."""
        team = await self._references.find(Place(platform=NAME, tenant=self._tenant, id=group, kind="channel"))
        if team is None:
            raise NeverWill("nobody of this organisation has met the bot in Teams yet")
        members = await judged(self._connector.find_members(team))
        colleagues = [one for one in members if self._local or is_colleague(one, self._tenant)]
        ids = [id for one in colleagues if (id := _text(one.get("id")))]
        return [Account(platform=NAME, tenant=team.tenant, user=id) for id in ids]

    async def find_account_by_email(self, email: str) -> Account | None:
        """Somebody of the organisation, also who never wrote; the user is Microsoft's own id of them."""
        if self._graph is None:
            raise NeverWill("people cannot be looked up in Microsoft Graph: MicrosoftAppTenantId is not set")
        user = await judged(self._graph.find_user(email))
        return Account(platform=NAME, tenant=self._tenant, user=user) if user else None


def is_colleague(member: Mapping[str, object], tenant: str) -> bool:
    """Of our own organisation and no guest in it: accounts are tied by e-mail, and elsewhere people write any."""
    sign_in_name = _text(member.get("userPrincipalName")) or ""
    is_guest = _text(member.get("userRole")) == "guest" or "#ext#" in sign_in_name.lower()
    home = _text(member.get("tenantId")) or ""
    return bool(tenant) and home.lower() == tenant.lower() and not is_guest


def _draw_note(words: str) -> Block:
    """What is left of a form that stood in the chat."""
    return draw_message(Card(summary=words, elements=(Text(text=words, style="quiet"),)))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _began_with(event: Event | None) -> str | None:
    """The message whose button this is, or whose button opened this form."""
    message = event.message if isinstance(event, Pressed | Submitted) else None
    return message.id if message else None
