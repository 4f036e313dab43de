"""The forms of the Lab and of who asks it something."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.lab import actions
from bot.conversations.lab.ticket_card import ref_of
from bot.model import limits
from bot.model.actions import Action
from bot.model.cards import ChoiceField, Form, FormField, Option, TextField, shorten
from bot.texts import Words
from storage.roles import Holder
from storage.tickets import Ticket

NAMED, UNNAMED = "named", "unnamed"


def question_form(words: Words, code: str, question: str = "", *, text: str = "") -> Form:
    """With a name or without; who stays unknown gets a code, shown here and nowhere else."""
    action = actions.SendQuestion(code=code, question=question)
    fields: list[FormField] = []
    if question:
        intro = words("lab.form_about", question=shorten(text, 600))
        fields.append(_text("note", words("lab.form_note"), words("lab.form_hint"), required=False))
    else:
        intro = words("lab.form_intro")
        fields.append(_text("question", words("lab.form_question"), words("lab.form_hint"), value=text))
    fields.append(_how(words, UNNAMED if question else NAMED))
    return _form(words, action, "lab.form_title", fields, intro=f"{intro}\n\n{words('lab.form_code', code=code)}")


def _how(words: Words, value: str) -> ChoiceField:
    return ChoiceField(
        id="how",
        label=words("lab.form_how"),
        options=(
            Option(value=NAMED, label=words("lab.form_named")),
            Option(value=UNNAMED, label=words("lab.form_unnamed")),
        ),
        value=value,
    )


def code_form(words: Words) -> Form:
    field = TextField(id="code", label=words("lab.code_label"), placeholder="K7QF-2M9X-RT4C-8HWZ", max_length=60)
    return _form(words, actions.LookUp(), "lab.code_title", [field], intro=words("lab.code_intro"))


def kept_form(words: Words, code: str, told: str, title: str = "lab.sent_title") -> Form:
    """It is done: what to tell, with the code once more, to write down and to look with later."""
    field = TextField(id="code", label=words("lab.code_label"), value=code[:60], max_length=60)
    return Form(
        title=words(title),
        submit=words("lab.look"),
        cancel=words("lab.done"),
        action=actions.LookUp().pack(),
        intro=shorten(told, limits.TEXT),
        fields=(field,),
    )


def found_form(words: Words, code: str, told: str) -> Form:
    """What became of it, with room to say something back; the only place where somebody nobody knows hears it."""
    field = _text("text", words("lab.reply_label"), words("lab.reply_later"))
    form = _form(words, actions.ReplyUnknown(code=code), "lab.found_title", [field])
    return form.model_copy(update={"intro": shorten(told, limits.TEXT)})


def reply_form(words: Words, ticket: Ticket, asked: str) -> Form:
    field = _text("text", words("lab.reply_label"), words("lab.form_hint"))
    intro = shorten(words("lab.reply_intro", question=asked) if asked else "", limits.TEXT)
    return _form(words, actions.SendReply(ticket=ticket.id), "lab.reply_title", [field], intro=intro)


# ---------------------------------------------------------------- for the Lab


def answer_form(words: Words, ticket: Ticket) -> Form:
    field = _text("text", words("lab.answer_label"), words("lab.answer_hint"))
    return _form(words, actions.GiveAnswer(ticket=ticket.id), "lab.answer_title", [field], ticket=ticket)


def ask_form(words: Words, ticket: Ticket) -> Form:
    hint = words("lab.ask_hint_unnamed" if ticket.unnamed else "lab.answer_hint")
    field = _text("text", words("lab.ask_label"), hint)
    return _form(words, actions.AskBack(ticket=ticket.id), "lab.ask_title", [field], ticket=ticket)


def close_form(words: Words, ticket: Ticket) -> Form:
    field = _text("text", words("lab.close_label"), words("lab.close_hint"))
    return _form(words, actions.CloseTicket(ticket=ticket.id), "lab.close_title", [field], ticket=ticket)


def hand_on_form(words: Words, ticket: Ticket, colleagues: Sequence[Holder]) -> Form:
    options = tuple(
        Option(value=one.person_id, label=shorten(one.name or one.email or "?", limits.OPTION_LABEL))
        for one in colleagues[: limits.OPTIONS]
    )
    who = ChoiceField(id="who", label=words("lab.on_label"), options=options)
    why = _text("text", words("lab.on_why"), "", required=False)
    return _form(words, actions.HandOn(ticket=ticket.id), "lab.on_title", [who, why], ticket=ticket)


def merge_form(words: Words, ticket: Ticket, others: Sequence[tuple[str, str]]) -> Form:
    """`others`: ids and questions of what it can go into."""
    options = tuple(
        Option(value=id, label=shorten(f"{ref_of(id)}: {text}", limits.OPTION_LABEL))
        for id, text in others[: limits.OPTIONS]
    )
    into = ChoiceField(id="into", label=words("lab.merge_label"), options=options)
    return _form(words, actions.Merge(ticket=ticket.id), "lab.merge_title", [into], ticket=ticket)


def _text(id: str, label: str, hint: str, *, required: bool = True, value: str = "") -> TextField:
    kept = shorten(value, limits.FIELD_TEXT)
    return TextField(id=id, label=label, hint=hint, multiline=True, required=required, value=kept)


def _form(
    words: Words,
    action: Action,
    title: str,
    fields: Sequence[FormField],
    *,
    intro: str = "",
    ticket: Ticket | None = None,
) -> Form:
    if ticket is not None:
        intro = shorten(ticket.text, 1_500)
    return Form(
        title=words(title),
        submit=words("lab.send"),
        cancel=words("lab.cancel"),
        action=action.pack(),
        intro=intro,
        fields=tuple(fields),
    )
