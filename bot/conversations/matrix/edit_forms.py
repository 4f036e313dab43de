"""Forms that change what a row says or a tool of the register, and the card that finds a tool."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversations.matrix import actions
from bot.conversations.matrix.forms import WHY, make_form, make_option
from bot.conversations.matrix.tool_cards import data_field
from bot.model import limits
from bot.model.cards import (
    Button,
    Buttons,
    Card,
    ChoiceField,
    Element,
    Form,
    FormField,
    Link,
    Option,
    Text,
    TextField,
    shorten,
)
from bot.row_words import in_language
from bot.texts import Words
from knowledge.content import Knowledge, Tool, ToolStatus
from knowledge.contents import Content

TEXTS = {"title": True, "description": True, "why": True, "instead": False}
"""Of a row, and whether each has to be there."""
_LONGEST = 2_000


def wording_form(words: Words, knowledge: Knowledge, row: Content, action: actions.ChangeWording) -> Form:
    policy = knowledge.policy
    classes = [make_option(one.id, one.label.in_language(words.language)) for one in policy.data_classes]
    levels = [make_option(one.id, one.label.in_language(words.language)) for one in policy.levels]
    fields: list[FormField] = [
        *(
            _text(words, name, f"matrix.field_{name}", one, row.get(name), needed=needed)
            for name, needed in TEXTS.items()
            for one in policy.languages
        ),
        _choice(words, "typical_data", classes, row),
        _choice(words, "level", levels, row),
        because_field(words),
    ]
    intro = in_language(words, row.get("title"))
    return make_form(words, "matrix.wording_title", action, fields, intro=intro)


def _choice(words: Words, name: str, options: Sequence[Option], content: Content) -> ChoiceField:
    known = tuple(options[: limits.OPTIONS])
    held = content.get(name)
    value = held if held in [one.value for one in known] else known[0].value
    return ChoiceField(id=name, label=words(f"matrix.field_{name}"), options=known, value=value)


def _text(words: Words, id: str, label: str, language: str, texts: object, *, needed: bool = True) -> TextField:
    value = str(texts.get(language) or "") if isinstance(texts, dict) else ""
    said = words("matrix.in_language", label=words(label), language=words(f"matrix.in_{language}"))
    return TextField(
        id=f"{id}_{language}",
        label=said,
        value=shorten(value, _LONGEST),
        multiline=id != "title",
        max_length=_LONGEST,
        required=needed,
    )


def because_field(words: Words) -> TextField:
    """Not the reason that stands in the row, but the one for changing it."""
    hint = words("matrix.because_hint")
    return TextField(id="because", label=words("matrix.because"), hint=hint, multiline=True, max_length=WHY)


def find_tool_form(words: Words) -> Form:
    field = TextField(id="words", label=words("matrix.request_name"), max_length=200)
    return make_form(words, "matrix.tool_change_title", actions.FindTool(), [field])


def tool_form(words: Words, knowledge: Knowledge, tool: Content, action: actions.ChangeTool) -> Form:
    statuses = [Option(value=one, label=words(f"matrix.status_{one}")) for one in ToolStatus]
    limit = data_field(words, knowledge, "data_limit", "matrix.decision_limit", nothing=True)
    held = tool.get("data_limit")
    fields: list[FormField] = [
        TextField(
            id="name",
            label=words("matrix.field_name"),
            value=shorten(str(tool.get("name", "")), 200),
            max_length=200,
        ),
        TextField(
            id="aliases",
            label=words("matrix.field_aliases"),
            hint=words("matrix.aliases_hint"),
            value=shorten("\n".join(map(str, tool.get("aliases") or ())), _LONGEST),
            multiline=True,
            required=False,
            max_length=_LONGEST,
        ),
        _choice(words, "status", statuses, tool),
        limit.model_copy(update={"value": held}) if held else limit,
        *(
            _text(words, "note", "matrix.decision_note", one, tool.get("note"))
            for one in knowledge.policy.languages
        ),
        because_field(words),
    ]
    return make_form(words, "matrix.tool_change_title", action, fields, intro=str(tool.get("name", "")))


def tools_found_card(words: Words, knowledge: Knowledge, tools: Sequence[Tool], link: str, *, edits: bool) -> Card:
    heading = words("matrix.tools_title")
    elements: list[Element] = [Text(text=heading, style="heading")]
    for tool in tools:
        found = knowledge.find_data_class(tool.data_limit) if tool.data_limit else None
        limit = found.label.in_language(words.language) if found else words("matrix.no_data")
        line = words("matrix.tool_line", status=words(f"matrix.status_{tool.status}"), limit=limit)
        elements.append(Text(text=shorten(tool.name, 200), style="strong"))
        elements.append(Text(text=shorten(f"{line} {tool.note.in_language(words.language)}", 1_500)))
        if edits:
            change = Button.to(actions.OpenTool(tool=tool.id), words("matrix.button_change_tool"), opens_form=True)
            elements.append(Buttons(buttons=(change,)))
    elements.append(Link(label=words("matrix.tools_link"), url=link))
    return Card(summary=heading, elements=tuple(elements))
