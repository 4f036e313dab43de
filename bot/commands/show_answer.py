"""Draws one answer in the terminal, in the language of the question."""

from __future__ import annotations

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from knowledge.answers import Judgement, Outcome, Reading
from knowledge.content import Knowledge, Language, Verdict, Wording

_VERDICTS = {
    Verdict.MAG: ("✅", Wording("Mag", "Allowed")),
    Verdict.MAG_MITS: ("☑️", Wording("Mag, mits", "Allowed, if")),
    Verdict.GRIJS: ("❔", Wording("Grijs gebied", "Grey area")),
    Verdict.MAG_NIET: ("⛔", Wording("Mag niet", "Not allowed")),
}
_DATA = Wording("Uitgegaan van: {data}.", "Assuming: {data}.")
_READ_DATA = Wording("Het gaat om: {data}.", "About: {data}.")
_INSTEAD = Wording("Wel mogelijk: ", "What is possible: ")
_WITHOUT_ANSWER = {
    Outcome.CHOOSE: Wording("Welke bedoel je?", "Which one do you mean?"),
    Outcome.HANDOVER: Wording(
        "Dat weet ik niet zeker. Leg het voor aan het AI Lab.", "I am not sure about this. Put it to the AI Lab."
    ),
    Outcome.SMALLTALK: Wording(
        'Hoi. Vraag me gerust of je AI ergens voor mag gebruiken: "Mag ik een verslag laten samenvatten?"',
        'Hi. Ask me whether you may use AI for something: "May I have a report summarised?"',
    ),
}


def show_answer(knowledge: Knowledge, reading: Reading, judgement: Judgement | None, console: Console) -> None:
    lines = _judged(knowledge, reading, judgement) if judgement else _not_judged(knowledge, reading)
    console.print(Panel(Text("\n".join(lines)), expand=False, padding=(1, 2)))


def _judged(knowledge: Knowledge, reading: Reading, judgement: Judgement) -> list[str]:
    language, row = reading.language, judgement.use_case
    sign, name = _VERDICTS[judgement.verdict]
    data = ", ".join(_class_label(knowledge, id, language) for id in judgement.data)
    assumed = _DATA if judgement.data_assumed else _READ_DATA
    lines = [f"{sign} {name.in_language(language)}: {row.title.in_language(language)}", ""]
    lines.append(assumed.in_language(language).format(data=data))
    lines += [f"• {_condition(knowledge, id, language)}" for id in judgement.conditions]
    lines += ["", row.why.in_language(language)]
    if row.instead and judgement.verdict in (Verdict.GRIJS, Verdict.MAG_NIET):
        lines.append(_INSTEAD.in_language(language) + row.instead.in_language(language))
    if judgement.milder_with:
        lines.append(_INSTEAD.in_language(language) + ", ".join(tool.name for tool in judgement.milder_with))
    return lines


def _not_judged(knowledge: Knowledge, reading: Reading) -> list[str]:
    lines = [_WITHOUT_ANSWER[reading.outcome].in_language(reading.language)]
    if reading.outcome is Outcome.CHOOSE:
        for number, candidate in enumerate(reading.candidates, 1):
            row = knowledge.get_use_case(candidate.use_case)
            lines.append(f"{number}. {row.title.in_language(reading.language)}")
    return lines


def _class_label(knowledge: Knowledge, id: str, language: Language) -> str:
    data_class = knowledge.find_data_class(id)
    return data_class.label.in_language(language) if data_class else id


def _condition(knowledge: Knowledge, id: str, language: Language) -> str:
    found = next((c for c in knowledge.policy.conditions if c.id == id), None)
    return found.text.in_language(language) if found else id
