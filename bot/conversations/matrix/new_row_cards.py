"""A new row in two steps: a short form, all of it shown back, and a long form for who wants to change the rest."""

from __future__ import annotations

from bot.conversations.matrix import actions
from bot.conversations.matrix.drafts import is_untranslated
from bot.conversations.matrix.forms import condition_fields, make_form, make_option, verdict_fields
from bot.model import limits
from bot.model.cards import (
    Bullets,
    Button,
    Buttons,
    Card,
    ChoiceField,
    Element,
    Fact,
    Facts,
    Form,
    FormField,
    ManyField,
    Option,
    Text,
    TextField,
    shorten,
)
from bot.row_words import in_language
from bot.texts import Words
from knowledge.content import Knowledge, UseCase, Verdict
from knowledge.contents import Content

TITLE = 200
TEXT = 600
EXAMPLE = 500
_FEW = 6


def short_form(
    words: Words,
    knowledge: Knowledge,
    action: actions.BeginRow,
    data: str,
    near: UseCase | None,
    *,
    question: str,
    why: str,
) -> Form:
    """`why`: what the AI Lab answered, where the row comes from a question."""
    label = knowledge.find_data_class(data)
    said = label.label.in_language(words.language) if label else data
    fields: list[FormField] = [
        TextField(
            id="title",
            label=words("matrix.new_name"),
            hint=words("matrix.new_name_hint"),
            value="" if question else shorten(action.words, TITLE),
            max_length=TITLE,
        ),
        ChoiceField(
            id="verdict",
            label=shorten(words("matrix.new_verdict", data=said), limits.FIELD_LABEL),
            options=tuple(Option(value=one, label=words(f"ask.verdict_{one}")) for one in Verdict),
        ),
        *_likely_conditions(words, knowledge, near),
        TextField(
            id="instead",
            label=words("matrix.new_instead"),
            hint=words("matrix.new_instead_hint"),
            required=False,
            max_length=TEXT,
        ),
        TextField(
            id="why",
            label=words("matrix.why_label"),
            hint=words("matrix.no_names"),
            value=shorten(why, TEXT),
            multiline=True,
            max_length=TEXT,
        ),
    ]
    asked = (words("matrix.new_question", question=shorten(question, 400)),) if question else ()
    intro = " ".join((*asked, words("matrix.new_intro")))
    return make_form(words, "matrix.new_title", action, fields, intro=intro)


def _likely_conditions(words: Words, knowledge: Knowledge, near: UseCase | None) -> list[FormField]:
    """A few, those of the nearest row first; the long form has all of them."""
    known = knowledge.policy.conditions
    first = near.conditions if near else ()
    ordered = sorted(known, key=lambda one: one.id not in first)[:_FEW]
    if not ordered:
        return []
    options = tuple(make_option(one.id, one.text.in_language(words.language)) for one in ordered)
    hint = words("matrix.conditions_hint")
    return [
        ManyField(id="conditions", label=words("matrix.conditions"), hint=hint, options=options, required=False)
    ]


def draft_card(words: Words, knowledge: Knowledge, id: str, row: Content, near: UseCase | None) -> Card:
    """All of it as it would be, before anybody else sees it."""
    heading, policy = words("matrix.draft_title"), knowledge.policy
    facts = tuple(
        Fact(
            label=shorten(one.label.in_language(words.language), 150),
            value=words(f"ask.verdict_{row['verdicts'][one.id]}"),
        )
        for one in policy.data_classes[: limits.FACTS]
    )
    elements: list[Element] = [
        Text(text=heading, style="heading"),
        Text(text=shorten(in_language(words, row["title"]), 400), style="strong"),
        Facts(facts=facts),
    ]
    texts = {one.id: one.text.in_language(words.language) for one in policy.conditions}
    if row["conditions"]:
        chosen = tuple(shorten(texts.get(id, id), 300) for id in row["conditions"][: limits.BULLETS])
        elements += [Text(text=words("matrix.conditions"), style="strong"), Bullets(items=chosen)]
    elements.append(Text(text=words("matrix.proposal_why", why=in_language(words, row["why"]))))
    if instead := in_language(words, row.get("instead")):
        elements.append(Text(text=words("matrix.draft_instead", instead=instead)))
    elements += [Text(text=line, style="quiet") for line in _tell_rest(words, knowledge, row, near)]
    elements.append(Buttons(buttons=_draft_buttons(words, id)))
    return Card(summary=heading, elements=tuple(elements))


def _tell_rest(words: Words, knowledge: Knowledge, row: Content, near: UseCase | None) -> list[str]:
    labels = {one.id: one.label.in_language(words.language) for one in knowledge.policy.levels}
    level = labels.get(row["level"], row["level"])
    example = next(iter(row["examples"].get(words.language) or next(iter(row["examples"].values()))))
    lines = [words("matrix.draft_rest", task=row["task"], level=level, example=shorten(example, 300))]
    if near is not None:
        lines.append(words("matrix.draft_near", title=shorten(near.title.in_language(words.language), 150)))
    return [*lines, words("matrix.draft_untranslated")] if is_untranslated(row) else lines


def _draft_buttons(words: Words, id: str) -> tuple[Button, ...]:
    return (
        Button.to(actions.SendDraft(proposal=id), words("matrix.button_send_draft"), primary=True),
        Button.to(actions.OpenRest(proposal=id), words("matrix.button_rest_of_row"), opens_form=True),
        Button.to(actions.DropDraft(proposal=id), words("matrix.button_drop_draft")),
    )


def rest_form(words: Words, knowledge: Knowledge, row: Content, draft: str | None, ticket: str | None) -> Form:
    """Every field of a new row, as far as a form holds."""
    languages = knowledge.policy.languages
    tasks = list(dict.fromkeys(one.task for one in knowledge.use_cases))[: limits.OPTIONS]
    classes = [make_option(one.id, one.label.in_language(words.language)) for one in knowledge.policy.data_classes]
    levels = [make_option(one.id, one.label.in_language(words.language)) for one in knowledge.policy.levels]
    examples = {one: next(iter(row.get("examples", {}).get(one) or ()), "") for one in languages}
    fields: list[FormField] = [
        *(_text(words, "title", "matrix.new_name", one, row.get("title"), most=TITLE) for one in languages),
        ChoiceField(
            id="task",
            label=words("matrix.new_task"),
            options=tuple(make_option(task, task) for task in tasks),
            value=row.get("task") if row.get("task") in tasks else None,
        ),
        ChoiceField(
            id="typical_data",
            label=words("matrix.new_data"),
            options=tuple(classes[: limits.OPTIONS]),
            value=row.get("typical_data") or classes[0].value,
        ),
        *verdict_fields(words, knowledge, row.get("verdicts", {})),
        *(_text(words, "why", "matrix.new_why", one, row.get("why")) for one in languages),
        *(_text(words, "example", "matrix.new_example", one, examples, most=EXAMPLE) for one in languages),
        *condition_fields(words, knowledge, row.get("conditions", ())),
        ChoiceField(
            id="level",
            label=words("matrix.new_level"),
            options=tuple(levels[: limits.OPTIONS]),
            value=row.get("level") or levels[0].value,
        ),
        *(
            _text(words, "instead", "matrix.new_instead", one, row.get("instead"), needed=False)
            for one in languages
        ),
    ]
    action = actions.AddRow(ticket=ticket, draft=draft)
    return make_form(words, "matrix.rest_title", action, fields[: limits.FORM_FIELDS])


def _text(
    words: Words, id: str, label: str, language: str, texts: object, *, most: int = TEXT, needed: bool = True
) -> TextField:
    value = str(texts.get(language) or "") if isinstance(texts, dict) else ""
    said = words("matrix.in_language", label=words(label), language=words(f"matrix.in_{language}"))
    return TextField(
        id=f"{id}_{language}", label=said, value=shorten(value, most), max_length=most, required=needed
    )
