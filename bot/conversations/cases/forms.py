"""The forms of who shares: the case itself, the same shown back, one's own case, and a code to come back with."""

from __future__ import annotations

from bot.conversations.cases.actions import Own, SendCode, Share
from bot.conversations.cases.draft import Draft, draft_of, field_id, split_long
from bot.conversations.cases.wording import KINDS, tell_status, tell_texts
from bot.model import limits
from bot.model.cards import ChoiceField, Form, FormField, Option, TextField, shorten
from bot.texts import Words
from storage.cases import Case

_SHORT = 120
_CODE = 40


def share_form(words: Words, action: Share, draft: Draft, *, masked: bool = False, typed: bool = False) -> Form:
    """`action.round` 0: to fill in; later: as it will be kept, to look at once more. `masked`: something was made
    unreadable; `typed`: the words came from a chat, where they stay."""
    back = action.round > 0
    if back:
        intro = words("cases.back_intro_masked") if masked else words("cases.back_intro")
    else:
        intro = words("cases.share_intro")
    return Form(
        title=words("cases.back_title") if back else words("cases.share_title"),
        submit=words("cases.back_do") if back else words("cases.share_do"),
        cancel=words("cases.back_cancel") if back else words("cases.cancel"),
        intro=intro,
        action=action.pack(),
        fields=(*_about(words, action.round, draft), *_consents(words, action, draft, typed=typed)),
    )


def _about(words: Words, round: int, draft: Draft) -> list[FormField]:
    kinds = tuple(Option(value=kind, label=words(key)) for kind, key in KINDS.items())
    kind = ChoiceField(
        id=field_id("kind", round), label=words("cases.kind"), options=kinds, value=draft.kind or None
    )
    return [
        kind,
        *text_fields(words, "did", words("cases.did"), draft.did, round=round),
        *text_fields(words, "happened", words("cases.happened"), draft.happened, round=round),
        *text_fields(words, "learned", words("cases.learned"), draft.learned, round=round, required=False),
        _short_field(field_id("tool", round), words("cases.tool"), draft.tool),
        _short_field(field_id("task", round), words("cases.task"), draft.task),
    ]


def _consents(words: Words, action: Share, draft: Draft, *, typed: bool) -> list[FormField]:
    """Nothing is chosen beforehand: a yes is theirs to give. Whoever changes a case is not asked for their name."""
    who = ChoiceField(
        id=field_id("who", action.round),
        label=words("cases.who"),
        hint=" ".join((words("cases.who_hint"), *((words("cases.who_hint_typed"),) if typed else ()))),
        options=(
            Option(value="named", label=words("cases.who_named")),
            Option(value="anonymous", label=words("cases.who_anonymous")),
        ),
        value=draft.who or None,
    )
    digest = ChoiceField(
        id=field_id("digest", action.round),
        label=words("cases.digest"),
        options=(
            Option(value="yes", label=words("cases.digest_yes")),
            Option(value="no", label=words("cases.digest_no")),
        ),
        value=draft.digest or None,
    )
    return [digest] if action.case or action.code else [who, digest]


def text_fields(
    words: Words, name: str, label: str, text: str, *, round: int = 0, required: bool = True
) -> list[TextField]:
    """One field, or as many as a long text needs: nothing of it is lost."""
    return [
        TextField(
            id=field_id(name, round, part),
            label=words("cases.more_of", label=label) if part else label,
            value=value,
            multiline=True,
            required=required and part == 0,
        )
        for part, value in enumerate(split_long(text))
    ]


def _short_field(id: str, label: str, value: str) -> TextField:
    return TextField(id=id, label=label, value=shorten(value, _SHORT), max_length=_SHORT, required=False)


def change_form(words: Words, case: Case, action: Share) -> Form:
    return share_form(words, action, draft_of(case))


def code_form(words: Words, typed: str = "") -> Form:
    hint = words("cases.code_hint")
    code = TextField(id="code", label=words("cases.code"), hint=hint, value=typed, max_length=_CODE)
    return Form(
        title=words("cases.code_title"),
        submit=words("cases.code_do"),
        cancel=words("cases.own_close"),
        action=SendCode().pack(),
        fields=(code,),
    )


def own_form(words: Words, case: Case, *, code: str = "", first: bool = False) -> Form:
    """One's own case as it stands, and what can be done. `first`: just shared, and the code is shown for once."""
    action = Own(code=code) if case.anonymous else Own(case=case.id)
    fields: list[FormField] = []
    if first:
        kept = TextField(
            id="kept_code", label=words("cases.own_code"), hint=words("cases.own_code_hint"), value=code,
            required=False,
        )  # fmt: skip
        fields.append(kept)
    options = tuple(Option(value=value, label=words(key)) for value, key in _choices(case))
    what = ChoiceField(id="what", label=words("cases.own_what"), options=options, value="nothing")
    return Form(
        title=words("cases.own_title"),
        submit=words("cases.own_do"),
        cancel=words("cases.own_close"),
        intro=words("cases.own_kept") if first else _tell_own(words, case),
        action=action.pack(),
        fields=(*fields, what),
    )


def _choices(case: Case) -> list[tuple[str, str]]:
    nothing = ("nothing", "cases.own_nothing")
    if case.state == "withdrawn":
        return [nothing]
    agree = [("agree", "cases.own_agree"), ("refuse", "cases.own_refuse")] if case.proposed else []
    change = [] if case.state == "merged" else [("change", "cases.own_change")]
    return [*agree, nothing, *change, ("withdraw", "cases.own_withdraw")]


def _tell_own(words: Words, case: Case) -> str:
    """What became of it, then its words; the Lab's wording below, where it waits for a yes."""
    status = tell_status(words, case)
    parts = [status]
    if case.proposed:
        parts += [words("cases.proposed"), tell_texts(words, case.proposed)]
    elif case.did:
        parts.append(tell_texts(words, {"did": case.did, "happened": case.happened, "learned": case.learned}))
    return shorten("\n\n".join(parts), limits.TEXT)
