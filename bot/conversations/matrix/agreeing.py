"""The principles and the philosophy: shown to everyone, changed by a proposal that the board adopts."""

from __future__ import annotations

from bot.conversation import Agreement, Conversation, Turn
from bot.conversations.matrix import actions
from bot.conversations.matrix.forms import WHY, make_form, why_field
from bot.conversations.matrix.showing import Showing
from bot.desk import Desk
from bot.links import say_privately
from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Form,
    FormField,
    FormValues,
    Option,
    Text,
    TextField,
    shorten,
)
from bot.model.events import Event, Pressed, Submitted
from bot.rights import name_roles
from bot.texts import Words
from knowledge.content import Knowledge
from knowledge.contents import PHILOSOPHY, PRINCIPLE, Content
from knowledge.diploma import Permission
from knowledge.masking import mask
from knowledge.trying import make_id
from storage import audit, matrix, matrix_proposals
from storage.matrix import Version

_NEW = "+"
_TEXT = 600


def agreements_card(words: Words, knowledge: Knowledge, version: Version | None) -> Card:
    """`version`: of the philosophy, as it is kept."""
    policy, heading = knowledge.policy, words("matrix.agreed")
    principles = tuple(
        shorten(one.text.in_language(words.language), 300) for one in policy.principles[: limits.BULLETS]
    )
    listed = (
        (Text(text=words("matrix.principles"), style="strong"), Bullets(items=principles)) if principles else ()
    )
    since = (
        (Text(text=words("matrix.version", n=version.version, day=words.day(version.since.date())), style="quiet"),)
        if version
        else ()
    )
    button = Button.to(actions.OpenAgreement(), words("matrix.button_agreement"), opens_form=True)
    return Card(
        summary=heading,
        elements=(
            Text(text=heading, style="heading"),
            Text(text=policy.statement.in_language(words.language)),
            *listed,
            *since,
            Buttons(buttons=(button,)),
        ),
    )


def agreement_form(words: Words, knowledge: Knowledge) -> Form:
    policy = knowledge.policy
    options = [
        Option(value=PHILOSOPHY.kind, label=words("matrix.philosophy")),
        *(
            Option(value=one.id, label=shorten(one.text.in_language(words.language), limits.OPTION_LABEL))
            for one in policy.principles[: limits.OPTIONS - 2]
        ),
        Option(value=_NEW, label=words("matrix.new_principle")),
    ]
    fields: list[FormField] = [
        ChoiceField(id="which", label=words("matrix.agreement_which"), options=tuple(options)),
        *(
            TextField(
                id=f"text_{one}",
                label=words(
                    "matrix.in_language", label=words("matrix.agreement_text"), language=words(f"matrix.in_{one}")
                ),
                multiline=True,
                max_length=_TEXT,
            )
            for one in policy.languages
        ),
        why_field(words, required=True),
    ]
    return make_form(words, "matrix.agreement_title", actions.ProposeAgreement(), fields)


class Agreeing:
    def __init__(self, desk: Desk, showing: Showing) -> None:
        self._desk = desk
        self._showing = showing

    def register(self, conversation: Conversation) -> None:
        aliases = ("agreements", "principes", "principles")
        conversation.on_command("afspraken", self.show, help_key="matrix.help_agreements", aliases=aliases)
        conversation.on_action(actions.OpenAgreement, self.open_form)
        conversation.on_form(actions.ProposeAgreement, self.propose)
        conversation.on_agreement(self.take)

    async def show(self, _: Event, turn: Turn) -> None:
        version = await matrix.find_version(turn.tx, *PHILOSOPHY)
        turn.say(agreements_card(turn.words, self._desk.knowledge(), version))

    async def open_form(self, _: Pressed, turn: Turn) -> None:
        turn.open(agreement_form(turn.words, self._desk.knowledge()))

    async def propose(self, event: Submitted, turn: Turn) -> None:
        texts, why = self._read_texts(event.values), _typed(event.values, "why")[:WHY]
        kind, ref = self._find_meant(str(event.values.get("which") or ""), texts)
        held = await matrix.find_version(turn.tx, kind, ref)
        wrong = {f"text_{one}": turn.words("matrix.fill_in") for one, said in texts.items() if not said}
        wrong |= {} if why else {"why": turn.words("matrix.fill_in")}
        before = held.content if held else None
        if (
            not wrong
            and before is not None
            and before.get("statement" if kind == PHILOSOPHY.kind else "text") == texts
        ):
            wrong["why"] = turn.words("matrix.nothing_changed")
        if wrong:
            form = agreement_form(turn.words, self._desk.knowledge()).with_values(event.values)
            turn.form_errors(form, wrong)
            return
        await self._add(turn, kind, ref, held, texts, why)
        named = name_roles(turn.words, self._desk, Permission.ADOPT_POLICY) or "-"
        say_privately(turn, Card.of_words(turn.words("matrix.agreement_proposed", roles=named)))

    async def take(self, turn: Turn, agreement: Agreement) -> bool:
        """What a team came to in a survey. What is agreed on already need not be proposed."""
        texts = {str(one): agreement.texts[one] for one in self._desk.knowledge().policy.languages}
        which = PHILOSOPHY.kind if agreement.kind == "philosophy" else _NEW
        kind, ref = self._find_meant(which, texts)
        agreed = [one.text for one in self._desk.knowledge().policy.principles]
        if which == _NEW and any({said.nl, said.en} & set(texts.values()) for said in agreed):
            return False
        held = await matrix.find_version(turn.tx, kind, ref)
        before = held.content if held else None
        if before is not None and before.get("statement") == texts:
            return False
        await self._add(turn, kind, ref, held, texts, agreement.why)
        return True

    async def _add(
        self, turn: Turn, kind: str, ref: str, held: Version | None, texts: dict[str, str], why: str
    ) -> None:
        id = await matrix_proposals.add_proposal(
            turn.tx,
            kind=kind,
            ref=ref,
            base=held.revision if held and held.content else 0,
            content=_change(kind, ref, held.content if held else None, texts),
            looser=False,
            why=why,
            ticket_id=None,
            proposed_by=turn.person.id,
            proposed_at=turn.now,
        )
        about = f"proposal:{id}"
        await audit.add(turn.tx, actor=turn.person.id, act="matrix.proposed", about=about, now=turn.now)
        await self._showing.bring(turn, id)

    def _read_texts(self, values: FormValues) -> dict[str, str]:
        return {one: _typed(values, f"text_{one}")[:_TEXT] for one in self._desk.knowledge().policy.languages}

    def _find_meant(self, which: str, texts: dict[str, str]) -> tuple[str, str]:
        known = {one.id for one in self._desk.knowledge().policy.principles}
        if which in known:
            return PRINCIPLE, which
        if which == _NEW:
            id = make_id(self._desk.knowledge(), next(iter(texts.values()), ""))
            return PRINCIPLE, id if id not in known else f"{id}-2"
        return PHILOSOPHY.kind, PHILOSOPHY.id


def _change(kind: str, ref: str, before: Content | None, texts: dict[str, str]) -> Content:
    if kind == PHILOSOPHY.kind:
        return {**(before or {}), "statement": texts}
    return {**(before or {"id": ref}), "text": texts}


def _typed(values: FormValues, field: str) -> str:
    """What was typed, without personal data."""
    return " ".join(mask(str(values.get(field) or "").strip()).text.split())
