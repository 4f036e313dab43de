"""Forms as Teams gets them: every kind of field, with errors, as a dialog and in the chat."""

from __future__ import annotations

from datetime import date

from bot.model.cards import ChoiceField, DateField, Form, ManyField, Option, TextField
from bot.platforms.teams.forms import draw_dialog, draw_form, draw_form_message
from bot.texts import WORDS
from tests.platforms.teams.card_rules import find_faults
from tests.platforms.teams.seeing import find_action, find_inputs

NL = WORDS["nl"]

FORM = Form(
    title="Klopt dit niet?",
    submit="Verstuur",
    cancel="Annuleer",
    action='["ask.send",{}]',
    intro="Vertel het *gerust*.\nHet blijft hier.",
    fields=(
        ChoiceField(
            id="right",
            label="Klopt het?",
            options=(Option(value="yes", label="Ja"), Option(value="no", label="Nee")),
            value="no",
        ),
        TextField(
            id="reason", label="Wat?", hint="Geen namen", required=False, multiline=True, value="dit", max_length=99
        ),
        ManyField(
            id="tools",
            label="Welke?",
            required=False,
            options=(Option(value="a,b", label="A en B"), Option(value="100%", label="Alles")),
            value=("a,b", "100%"),
        ),
        DateField(id="day", label="Wanneer?", value=date(2026, 12, 24)),
        ChoiceField(
            id="row",
            label="Welke regel?",
            options=tuple(Option(value=f"r{number}", label=f"Regel {number}") for number in range(40)),
        ),
    ),
)


def test_a_form_holds_every_kind_of_field() -> None:
    drawn = draw_form(FORM, NL)
    assert find_faults(drawn) == []
    inputs = find_inputs(drawn)
    assert [part["id"] for part in inputs.values()] == [
        "choice.right",
        "text.reason",
        "many.tools",
        "date.day",
        "choice.row",
    ]
    assert inputs["Klopt het?"]["value"] == "no"
    assert inputs["Wat?"]["maxLength"] == 99
    assert inputs["Welke?"]["value"] == "a%2Cb,100%25"
    assert inputs["Wanneer?"]["value"] == "2026-12-24"
    assert (inputs["Klopt het?"]["style"], inputs["Welke regel?"]["style"]) == ("expanded", "compact")
    assert inputs["Klopt het?"]["errorMessage"] == "Vul dit nog even in."
    assert "isRequired" not in inputs["Wat?"]
    assert drawn["actions"][0]["data"] == {"submit": FORM.action}


def test_an_error_stands_above_its_field_beside_what_was_typed() -> None:
    again = FORM.with_values({"reason": "zomaar", "right": None, "tools": (), "day": None})
    drawn = draw_form(again, NL, {"reason": "Schrijf kort wat er niet klopt."})
    assert find_faults(drawn) == []
    assert find_inputs(drawn)["Wat?"]["value"] == "zomaar"
    body = drawn["body"]
    at = next(number for number, block in enumerate(body) if block.get("id") == "text.reason")
    above = body[at - 1]["inlines"][0]
    assert above["text"] == "⚠ Schrijf kort wat er niet klopt."
    assert above["color"] == "Attention"


def test_a_dialog_has_a_title_and_a_size() -> None:
    dialog = draw_dialog(FORM, NL)
    assert (dialog["title"], dialog["height"]) == ("Klopt dit niet?", "large")
    assert dialog["card"]["contentType"] == "application/vnd.microsoft.card.adaptive"


def test_a_form_in_the_chat_can_be_left() -> None:
    message = draw_form_message(FORM, NL)
    drawn = message["attachments"][0]["content"]
    assert find_faults(drawn) == []
    leave = find_action(drawn, "Annuleer")
    assert leave["associatedInputs"] == "none", "what is required must not keep anybody"
    assert leave["data"] == {"cancel": "1"}
    assert message["summary"] == "Klopt dit niet?"
