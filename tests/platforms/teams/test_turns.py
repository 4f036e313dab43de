"""Whole turns on Teams: answers of invokes, forms with and without dialogs, installing and removing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from bot.model.cards import Card
from bot.model.effects import Effect, FormErrors, Nothing, OpenForm, Refusal, ShowHome
from bot.platforms.teams.answers import answer
from bot.platforms.teams.parse import Waits
from bot.texts import WORDS
from storage.tables.teams import TeamsConversationRow, TeamsPersonRow
from tests.platforms.teams.card_rules import find_faults
from tests.platforms.teams.fake import BOT, GROUP, ROOM
from tests.platforms.teams.seeing import fill_in, find_action, find_inputs, see
from tests.platforms.teams.stage import TeamsStage
from tests.platforms.teams.test_forms import FORM, NL

QUESTION = "Mag ik Copilot een klantmail laten herschrijven?"
WHY = "Wat klopt er niet, of wat mis je?"
RIGHT = "Klopt het antwoord?"


async def ask(stage: TeamsStage, person: str = "anna") -> Any:
    await stage.say(person, QUESTION)
    (posted,) = await stage.posted(person)
    return posted


# ---------------------------------------------------------------- answers of invokes

EFFECTS: tuple[Effect, ...] = (
    Nothing(),
    Refusal("Dat kan niet"),
    OpenForm(FORM),
    FormErrors(FORM, {"reason": "Kort graag"}),
    ShowHome(Card.of_words("hoi")),
)
"""Every effect there is."""


def test_a_message_is_never_answered_in_the_request() -> None:
    assert [answer(Waits.NOTHING, effect, NL) for effect in EFFECTS] == [None] * len(EFFECTS)


@pytest.mark.parametrize("waits", [Waits.CARD_ACTION, Waits.FETCH, Waits.SUBMIT])
@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(effect).__name__)
def test_no_invoke_is_answered_with_nothing(waits: Waits, effect: Effect) -> None:
    """Teams runs a click again whose answer is empty."""
    for words in WORDS.values():
        body = answer(waits, effect, words)
        assert body
        shown = body if waits is Waits.CARD_ACTION else body["task"]
        assert shown["value"]
        if shown["type"] == "continue":
            assert find_faults(shown["value"]["card"]["content"]) == []


async def test_a_dialog_opens_complains_and_closes(stage: TeamsStage) -> None:
    """The SDK's own handler answers every one of these with 500."""
    posted = await ask(stage)
    await stage.press("anna", see(posted.id, posted.card), "Klopt dit niet?")
    opened = stage.answers["anna"][-1]["task"]
    assert opened["type"] == "continue"
    assert set(opened["value"]) == {"title", "height", "width", "card"}
    await stage.submit("anna", {RIGHT: "Nee, er klopt iets niet", WHY: ""})
    again = stage.answers["anna"][-1]["task"]["value"]["card"]["content"]
    assert find_inputs(again)[RIGHT]["value"] == "no", "what was typed is still there"
    await stage.submit("anna", {WHY: "De klant staat er al in."})
    assert stage.answers["anna"][-1] == {"task": {"type": "message", "value": "Dank je, het is verstuurd."}}


async def test_an_action_execute_is_answered_with_words_and_the_card_changes(stage: TeamsStage) -> None:
    posted = await ask(stage)
    data = find_action(posted.card, "Bijzondere persoonsgegevens")["data"]
    action = {"type": "Action.Execute", "title": "x", "verb": "press", "data": data}
    press = stage.make_activity(
        "anna", "invoke", name="adaptiveCard/action", value={"action": action}, replyToId=posted.id
    )
    body = await stage.invoke("anna", press)
    assert body == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Gedaan."}
    (posted,) = await stage.posted("anna")
    assert "Mag niet" in see(posted.id, posted.card).text


async def test_an_action_execute_that_opens_a_form_gets_it_as_a_message(stage: TeamsStage) -> None:
    posted = await ask(stage)
    data = find_action(posted.card, "Klopt dit niet?")["data"]
    press = stage.make_activity(
        "anna", "invoke", name="adaptiveCard/action", value={"action": {"data": data}}, replyToId=posted.id
    )
    assert (await stage.invoke("anna", press))["value"] == NL("teams.form_below")
    assert RIGHT in find_inputs((await stage.posted("anna"))[-1].card)


async def test_an_old_button_is_answered_kindly_everywhere(stage: TeamsStage) -> None:
    value = {"data": {"press": '["gone.action",{}]'}}
    body = await stage.invoke("anna", stage.make_activity("anna", "invoke", name="task/fetch", value=value))
    assert body["task"]["value"] == NL("house.unknown_action")
    body = await stage.invoke("anna", stage.make_activity("anna", "invoke", name="task/submit", value={}))
    assert body["task"]["value"] == NL("house.unknown_action")
    await stage.send(stage.make_activity("anna", "message", value=value["data"], replyToId="1"))
    assert NL("house.unknown_action") in (await stage.posted("anna"))[-1].activity["summary"]


async def test_our_own_words_are_in_the_person_s_language(stage: TeamsStage) -> None:
    await ask(stage)
    async with stage.app.database.transaction() as tx:
        await tx.exec_driver_sql("UPDATE people SET language = 'en'")
    (posted,) = await stage.posted("anna")
    data = find_action(posted.card, "Persoonsgegevens")["data"]
    press = stage.make_activity(
        "anna", "invoke", name="adaptiveCard/action", value={"action": {"data": data}}, replyToId=posted.id
    )
    assert (await stage.invoke("anna", press))["value"] == "Done."


# ---------------------------------------------------------------- clients without dialogs


async def send_as_message(stage: TeamsStage, person: str, on: Any, data: dict[str, Any]) -> None:
    await stage.send(stage.make_activity(person, "message", value=data, replyToId=on.id))


async def open_in_chat(stage: TeamsStage) -> Any:
    posted = await ask(stage)
    await send_as_message(stage, "anna", posted, find_action(posted.card, "Klopt dit niet?")["data"])
    form = (await stage.posted("anna"))[-1]
    assert RIGHT in find_inputs(form.card)
    return form


async def test_a_client_without_dialogs_gets_the_form_in_the_chat(stage: TeamsStage) -> None:
    form = await open_in_chat(stage)
    send = find_action(form.card, "Verstuur")["data"]
    wrong = fill_in(form.card, {RIGHT: "Nee, er klopt iets niet", WHY: ""})
    await send_as_message(stage, "anna", form, {**send, **wrong})
    _, same = await stage.posted("anna")
    assert same.id == form.id
    assert "⚠ Schrijf kort" in see(same.id, same.card).text
    assert find_inputs(same.card)[RIGHT]["value"] == "no"
    await send_as_message(stage, "anna", same, {**send, **fill_in(same.card, {WHY: "De klant staat er al in."})})
    texts = [see(posted.id, posted.card).text for posted in await stage.posted("anna")]
    assert texts[1] == NL("teams.form_sent"), "a form that was sent cannot be sent again"
    assert "Ik heb het bewaard" in texts[2]


async def test_a_form_in_the_chat_can_be_closed(stage: TeamsStage) -> None:
    form = await open_in_chat(stage)
    await send_as_message(stage, "anna", form, find_action(form.card, "Annuleer")["data"])
    texts = [see(posted.id, posted.card).text for posted in await stage.posted("anna")]
    assert texts[1:] == [NL("teams.form_closed")]


async def test_a_refusal_of_a_message_is_a_small_message_in_the_same_thread(stage: TeamsStage) -> None:
    await stage.say("anna", QUESTION, "channel")
    (posted,) = await stage.posted("anna", "channel")
    await stage.press("bram", see(posted.id, posted.card), "Persoonsgegevens")
    refusal = (await stage.posted("anna", "channel"))[-1]
    assert "van een collega" in see(refusal.id, refusal.card).text
    assert refusal.thread == posted.thread


async def test_what_is_said_at_once_is_said_again_when_teams_is_busy(stage: TeamsStage) -> None:
    stage.fail_next_send("later")
    await stage.send(stage.make_activity("anna", "message", value={"press": "[]"}, replyToId="1"))
    await stage.settle()
    assert len(await stage.posted("anna")) == 1


async def test_what_can_not_be_said_at_once_is_let_go(stage: TeamsStage) -> None:
    stage.fail_next_send("never")
    await stage.send(stage.make_activity("anna", "message", value={"press": "[]"}, replyToId="1"))
    assert await stage.posted("anna") == []
    await stage.say("anna", QUESTION)
    assert len(await stage.posted("anna")) == 1


# ---------------------------------------------------------------- places


async def test_a_group_chat_is_answered_when_the_bot_is_mentioned(stage: TeamsStage) -> None:
    activity = stage.make_message("anna", QUESTION, "group")
    unmentioned = {**activity, "id": "1", "entities": [], "text": QUESTION}
    await stage.send(unmentioned)
    assert await stage.posted("anna", "group") == []
    await stage.send(activity)
    (posted,) = await stage.posted("anna", "group")
    assert (posted.conversation, posted.thread) == (GROUP, None)


async def test_hello_is_said_once(stage: TeamsStage) -> None:
    await stage.send(stage.make_activity("anna", "installationUpdate", action="add"))
    members = [{"id": stage.fake.add_person("anna")}, {"id": BOT}]
    await stage.send(stage.make_activity("anna", "conversationUpdate", membersAdded=members))
    (hello,) = await stage.messages("anna")
    assert "Hoi, ik ben" in hello.text


async def test_a_whole_team_that_joins_is_not_looked_up_one_by_one(stage: TeamsStage) -> None:
    """The SDK's on_members_added asks Teams for every member."""
    await stage.say("anna", "hoi", "channel")
    await stage.settle()
    stage.fake.calls.clear()
    members = [{"id": stage.fake.add_person(f"person{number}")} for number in range(30)]
    await stage.send(stage.make_activity("anna", "conversationUpdate", "channel", membersAdded=members))
    await stage.settle()
    assert stage.fake.calls == []


async def count(stage: TeamsStage, table: Any) -> int:
    async with stage.app.database.reading() as tx:
        return int((await tx.execute(select(func.count()).select_from(table))).scalar_one())


async def test_a_removal_forgets_how_to_reach_the_chat(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    await stage.say("anna", "hoi", "channel")
    assert await count(stage, TeamsConversationRow) == 2
    await stage.send(stage.make_activity("anna", "installationUpdate", action="remove"))
    async with stage.app.database.reading() as tx:
        (left,) = (await tx.execute(select(col(TeamsConversationRow.id)))).scalars()
    assert left == ROOM
    await stage.say("anna", "daar ben ik weer")
    assert await count(stage, TeamsConversationRow) == 2


async def test_an_installation_is_kept_even_where_another_replica_forgot_it(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    async with stage.app.database.transaction() as tx:
        await tx.exec_driver_sql("DELETE FROM teams_conversations")
    await stage.send(stage.make_activity("anna", "installationUpdate", action="add"))
    assert await count(stage, TeamsConversationRow) == 1


async def test_only_what_is_new_is_written(stage: TeamsStage) -> None:
    await stage.say("anna", "hoi")
    async with stage.app.database.transaction() as tx:
        await tx.exec_driver_sql("DELETE FROM teams_people")
    await stage.say("anna", "hoi nog eens")
    assert await count(stage, TeamsPersonRow) == 0


async def test_a_second_delivery_is_acknowledged_and_changes_nothing(stage: TeamsStage) -> None:
    posted = await ask(stage)
    data = find_action(posted.card, "Klopt dit niet?")["data"]
    fetch = stage.make_activity("anna", "invoke", name="task/fetch", value={"data": data}, replyToId=posted.id)
    bodies = await asyncio.gather(stage.invoke("anna", fetch), stage.invoke("anna", fetch))
    assert sorted(body["task"]["type"] for body in bodies) == ["continue", "message"]
