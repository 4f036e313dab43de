"""The answer to "mag dit?" as one card: the verdict first, the reason second, the road third."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversations.ask.actions import AskLab, ChangeData, Rate
from bot.model import limits
from bot.model.cards import Bullets, Button, Buttons, Card, Element, Text, shorten
from bot.texts import Words
from knowledge.answers import Judgement
from knowledge.content import Knowledge, Tool, ToolStatus, Verdict
from knowledge.verdict import judge


@dataclass(frozen=True, slots=True)
class About:
    """What the card says beside the judgement."""

    question_id: str
    """"": the question is not kept, so nothing about it can be pressed."""
    also: tuple[Judgement, ...] = ()
    """Other uses in the same message; milder or as strict."""
    tool_words: str | None = None
    """The tool as the person wrote it."""
    masked: tuple[str, ...] = ()
    """Kinds of what was made unreadable."""
    at_lab: bool = False
    lowered: bool = False
    """The person says that less sensitive data goes in than their own words held."""


def answer_card(words: Words, knowledge: Knowledge, judgement: Judgement, about: About) -> Card:
    """Everything a person needs to go on; the small print last."""
    if len(about.question_id) != len(_SOME_QUESTION):
        return _draw(words, knowledge, judgement, about)
    return _find_drawn(words, knowledge, judgement, about).about(_SOME_QUESTION, about.question_id)


_SOME_QUESTION = "0" * 32
_MOST_KEPT = 500
_kept: OrderedDict[tuple[object, ...], tuple[Knowledge, Card]] = OrderedDict()
"""What was drawn lately: presses on other data come back to a few answers, and drawing was a third of a press."""


def _find_drawn(words: Words, knowledge: Knowledge, judgement: Judgement, about: About) -> Card:
    """The card of this answer for some question: of the same answer in the same knowledge all else is the same."""
    key = (
        words.language,
        id(knowledge),
        (judgement.use_case.id, judgement.data, judgement.data_assumed, judgement.tools, judgement.level_short),
        tuple(other.use_case.id for other in about.also),
        (about.tool_words, about.masked, about.lowered, about.at_lab),
    )
    found = _kept.get(key)
    if found is not None and found[0] is knowledge:
        _kept.move_to_end(key)
        return found[1]
    card = _draw(words, knowledge, judgement, replace(about, question_id=_SOME_QUESTION))
    _kept[key] = (knowledge, card)
    if len(_kept) > _MOST_KEPT:
        _kept.popitem(last=False)
    return card


def _draw(words: Words, knowledge: Knowledge, judgement: Judgement, about: About) -> Card:
    language = words.language
    row = judgement.use_case
    heading = words(f"ask.verdict_{judgement.verdict}")
    title = row.title.in_language(language)
    elements: list[Element] = [
        Text(text=heading, style="heading"),
        Text(text=shorten(title, limits.TEXT), style="strong"),
        Text(text=_data_line(words, knowledge, judgement)),
        *_under_review(words, knowledge, judgement),
        *_lowered(words, about),
        *_two_uses(words, judgement, about),
        *_middle(words, knowledge, judgement, about.tool_words),
        Text(text=_small_print(words, knowledge, judgement, () if about.lowered else about.masked), style="quiet"),
    ]
    if about.question_id:
        elements += _data_buttons(words, knowledge, judgement, about.question_id)
        elements.append(Buttons(buttons=_next_steps(words, judgement, about)))
    return Card(summary=shorten(f"{heading}: {title}", limits.SUMMARY), elements=tuple(elements))


def _middle(words: Words, knowledge: Knowledge, judgement: Judgement, tool_words: str | None) -> list[Element]:
    """What to keep in mind comes first where it may be done, and last where somebody has to agree first."""
    conditions = _conditions(words, knowledge, judgement)
    reasons: list[Element] = [
        *(Text(text=line) for line in tool_lines(words, knowledge, judgement, tool_words)),
        *_why(words, knowledge, judgement),
        *_instead(words, knowledge, judgement),
    ]
    if judgement.verdict is not Verdict.GRIJS:
        return [*conditions, *reasons]
    grey = [Text(text=words("ask.grey"))] if judgement.row_verdict is Verdict.GRIJS else []
    return [*grey, *reasons, *conditions]


def _data_line(words: Words, knowledge: Knowledge, judgement: Judgement) -> str:
    key = "ask.assumed" if judgement.data_assumed else "ask.revealed"
    return words(key, data=data_labels(words, knowledge, judgement.data))


def data_labels(words: Words, knowledge: Knowledge, data: Sequence[str]) -> str:
    """interne informatie en persoonsgegevens"""
    found = [c for c in knowledge.policy.data_classes if c.id in data]
    return words.listed([c.label.in_language(words.language) for c in found])


def _under_review(words: Words, knowledge: Knowledge, judgement: Judgement) -> list[Element]:
    """It holds, but somebody is looking whether it still should."""
    if judgement.use_case.id not in knowledge.under_review:
        return []
    return [Text(text=words("ask.under_review"))]


def _two_uses(words: Words, judgement: Judgement, about: About) -> list[Element]:
    if not about.also:
        return []
    rows = [judgement.use_case, *(other.use_case for other in about.also)]
    titles = words.listed([f"‘{row.title.in_language(words.language)}’" for row in rows])
    return [Text(text=words("ask.two_uses", titles=titles))]


def _conditions(words: Words, knowledge: Knowledge, judgement: Judgement) -> list[Element]:
    texts = {condition.id: condition.text.in_language(words.language) for condition in knowledge.policy.conditions}
    items = tuple(texts[id] for id in judgement.conditions)[: limits.BULLETS]
    if not items:
        return []
    heading = "ask.conditions_grey" if judgement.verdict is Verdict.GRIJS else "ask.conditions"
    return [Text(text=words(heading), style="strong"), Bullets(items=items)]


def tool_lines(words: Words, knowledge: Knowledge, judgement: Judgement, tool_words: str | None) -> list[str]:
    """Which tool is meant, whether it decides, and with which others the same work is milder."""
    lines = []
    tool, others = judgement.tool, words.listed([tool.name for tool in judgement.milder_with], last="house.or")
    if judgement.unknown_tool and tool is not None:
        lines.append(words("ask.tool_unknown_one"))
    elif judgement.unknown_tool:
        named = tool_words and shorten(tool_words, 60)
        lines.append(words("ask.tool_unknown", tool=named) if named else words("ask.tool_unknown_unnamed"))
    elif judgement.tool_decides and tool is None:
        lines.append(words("ask.tool_none", data=data_labels(words, knowledge, judgement.data)))
    if tool is not None:
        lines.append(_tool_line(words, judgement, others))
    return [line for line in lines if line]


def _tool_line(words: Words, judgement: Judgement, others: str) -> str:
    tool = judgement.tool
    assert tool is not None
    if _unknown_decides(judgement):
        return ""  # what was said of the other tool is what to act on
    if judgement.tool_decides:
        key = "ask.tool_blocked" if judgement.verdict is Verdict.MAG_NIET else "ask.tool_trial"
        return words(key if others else f"{key}_alone", tool=tool.name, others=others)
    if judgement.verdict is Verdict.MAG_NIET:  # the work itself is not allowed, with whichever tool
        return words("ask.tool_blocked_too", tool=tool.name) if tool.status is ToolStatus.FORBIDDEN else ""
    key = "ask.tool_meant" if judgement.shared_name else "ask.tool_named"
    return words(key, tool=tool.name, note=tool.note.in_language(words.language)).strip()


def _why(words: Words, knowledge: Knowledge, judgement: Judgement) -> list[Element]:
    """The reason of whatever decides: the row, or the tool that makes it stricter than the row. Where nothing was
    decided, or the register has a remark rather than a reason, it is good to know."""
    key, reason, tool = "ask.why", "", judgement.tool
    if forbidden := _find_forbidden_data(judgement):
        reason = words("ask.why_data", data=data_labels(words, knowledge, forbidden))
    elif not judgement.tool_decides:
        reason = judgement.use_case.why.in_language(words.language)
        key = "ask.good_to_know" if judgement.verdict is Verdict.GRIJS else key
    elif _unknown_decides(judgement):
        reason = words("ask.why_tool_unknown")
    elif tool is not None:
        reason = _why_limit(words, knowledge, tool)
        if not reason:
            key, reason = "ask.good_to_know", tool.note.in_language(words.language)
    return [Text(text=words(key, why=reason))] if reason else []


def _find_forbidden_data(judgement: Judgement) -> list[str]:
    """The classes the row does not allow. None for a row that forbids its usual data: its own reason says why."""
    row = judgement.use_case
    if row.verdicts[row.typical_data] is Verdict.MAG_NIET:
        return []
    return [data_class for data_class in judgement.data if row.verdicts[data_class] is Verdict.MAG_NIET]


def _unknown_decides(judgement: Judgement) -> bool:
    """It is the tool we do not know that makes it grey, not the one we do."""
    known = judgement.tool is None or judgement.tool.status is ToolStatus.APPROVED
    return judgement.unknown_tool and judgement.tool_decides and judgement.verdict is Verdict.GRIJS and known


def _why_limit(words: Words, knowledge: Knowledge, tool: Tool) -> str:
    """An approved tool only stands in the way by how far it may go."""
    limit = knowledge.find_data_class(tool.data_limit) if tool.data_limit else None
    if tool.status is not ToolStatus.APPROVED or limit is None:
        return ""
    return words("ask.why_tool_limit", tool=tool.name, limit=limit.label.in_language(words.language))


def _instead(words: Words, knowledge: Knowledge, judgement: Judgement) -> list[Element]:
    """What is possible now, where the work itself is what stands in the way."""
    if judgement.row_verdict.strictness < Verdict.GRIJS.strictness:
        return []
    instead = judgement.use_case.instead
    if instead is not None:
        return [Text(text=words("ask.instead", instead=instead.in_language(words.language)))]
    less = _find_less(knowledge, judgement)
    if less is None:
        return []
    data, verdict = data_labels(words, knowledge, less.data), words(f"ask.verdict_{less.verdict}")
    return [Text(text=words("ask.less_data", data=data, verdict=verdict))]


def _find_less(knowledge: Knowledge, judgement: Judgement) -> Judgement | None:
    """The same work and tools with less sensitive data: the first class, going down, with which it may be done."""
    below = knowledge.sensitivity(judgement.data[-1])
    for data_class in reversed(knowledge.policy.data_classes[:below]):
        found = judge(knowledge, judgement.use_case.id, [data_class.id], judgement.tools)
        if found.verdict.strictness < Verdict.GRIJS.strictness:
            return found
    return None


def _small_print(words: Words, knowledge: Knowledge, judgement: Judgement, masked: Sequence[str]) -> str:
    language, row, policy = words.language, judgement.use_case, knowledge.policy
    level = next(level for level in policy.levels if level.id == row.level)
    lines = [words("ask.level", level=level.label.in_language(language))]
    lines += [
        words("ask.principle", principle=principle.text.in_language(language))
        for principle in policy.principles
        if principle.id in row.principles
    ]
    documents = [d.title.in_language(language) for d in policy.documents if d.id in row.policies]
    since = words("ask.source_since", day=words.day(row.since)) if row.since else ""
    lines.append(
        words("ask.source", row=row.id, version=row.version, since=since, policies=words.listed(documents) or "-")
    )
    if masked:
        lines.append(masked_line(words, masked))
    return shorten("\n".join(lines), limits.TEXT)


def masked_line(words: Words, masked: Sequence[str]) -> str:
    """Ik heb een e-mailadres onleesbaar gemaakt voordat ik iets bewaarde."""
    return words("ask.masked", kinds=_kinds(words, masked))


def _lowered(words: Words, about: About) -> list[Element]:
    if not (about.lowered and about.masked):
        return []
    return [Text(text=words("ask.masked_lower", kinds=_kinds(words, about.masked)))]


def _kinds(words: Words, masked: Sequence[str]) -> str:
    """een e-mailadres en een telefoonnummer"""
    kinds = dict.fromkeys(
        words(f"ask.kind_{kind}") if words.knows(f"ask.kind_{kind}") else words("ask.kind_other") for kind in masked
    )
    return words.listed(list(kinds))


def _data_buttons(words: Words, knowledge: Knowledge, judgement: Judgement, question_id: str) -> list[Element]:
    """One press away: the same question with other data."""
    current = judgement.data if len(judgement.data) == 1 else ()
    buttons = [
        Button.to(
            ChangeData(question=question_id, data_class=data_class.id),
            _capital(data_class.label.in_language(words.language)),
        )
        for data_class in knowledge.policy.data_classes
        if data_class.id not in current
    ]
    if not buttons:
        return []
    return [Text(text=words("ask.other_data")), Buttons(buttons=tuple(buttons[: limits.BUTTONS]))]


def _next_steps(words: Words, judgement: Judgement, about: About) -> tuple[Button, ...]:
    wrong = Button.to(Rate(question=about.question_id), words("ask.button_wrong"), opens_form=True)
    if about.at_lab:
        return (wrong,)
    grey = judgement.verdict is Verdict.GRIJS
    lab = Button.to(AskLab(question=about.question_id), words("ask.button_lab"), primary=grey)
    return (lab, wrong) if grey else (wrong, lab)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
