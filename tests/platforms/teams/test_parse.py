"""Activities as events: what is read, what is left alone, and that nothing whatever breaks it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.model.events import Commanded, Edited, Joined, Opened, Pressed, Said, Submitted
from bot.platforms.teams.parse import Understood, Waits, parse

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BOT = "28:bot"


def activity(type: str = "message", **more: Any) -> dict[str, Any]:
    return {
        "type": type,
        "id": "1795",
        "timestamp": "2026-11-21T11:00:00.000Z",
        "channelId": "msteams",
        "serviceUrl": "https://smba.example/emea/",
        "from": {"id": "29:anna"},
        "recipient": {"id": BOT, "name": "Al"},
        "conversation": {"id": "a:1", "conversationType": "personal"},
        "channelData": {"tenant": {"id": "T1"}},
        **more,
    }


def in_channel(text: str, *mentions: tuple[str, str], thread: str = "1700") -> dict[str, Any]:
    where = {"id": f"19:room@thread.tacv2;messageid={thread}", "conversationType": "channel", "isGroup": True}
    entities = [{"type": "mention", "mentioned": {"id": id}, "text": mark} for id, mark in mentions]
    return activity(conversation=where, text=text, entities=entities)


def event(given: dict[str, Any]) -> Any:
    found = parse(given, NOW).event
    assert found is not None
    return found


# ---------------------------------------------------------------- words


def test_words_in_a_direct_chat() -> None:
    said = event(activity(text="  Mag dit?\r\n"))
    assert isinstance(said, Said)
    assert (said.text, said.account.user, said.account.tenant) == ("Mag dit?", "29:anna", "T1")
    assert (said.place.kind, said.place.id, said.place.user, said.place.thread) == (
        "direct",
        "a:1",
        "29:anna",
        None,
    )
    assert said.at == datetime(2026, 11, 21, 11, tzinfo=UTC)


def test_only_the_mention_itself_is_taken_out() -> None:
    """The SDK's remove_recipient_mention takes the bot's name out everywhere: "call Alice" becomes "call ice"."""
    said = event(
        in_channel(
            "<at>Al</at>&nbsp;call Alice or Al, not <at>Bo</at>", (BOT, "<at>Al</at>"), ("29:bo", "<at>Bo</at>")
        )
    )
    assert said.text == "call Alice or Al, not Bo"


def test_html_signs_come_back_as_they_were_typed() -> None:
    assert event(activity(text="a &lt;b&gt; &amp;amp; c")).text == "a <b> &amp; c"


def test_a_channel_s_thread_is_kept_apart_from_its_id() -> None:
    said = event(in_channel("<at>Al</at> hoi", (BOT, "<at>Al</at>")))
    assert (said.place.id, said.place.thread, said.place.kind) == ("19:room@thread.tacv2", "1700", "channel")


def test_words_in_company_that_do_not_mention_the_bot_are_left_alone() -> None:
    assert parse(in_channel("hoi allemaal"), NOW).event is None
    assert parse(in_channel("<at>Bo</at> hoi", ("29:bo", "<at>Bo</at>")), NOW).event is None


@pytest.mark.parametrize("where", ["channel", "groupChat"])
def test_a_bare_mention_asks_what_the_bot_can_do(where: str) -> None:
    bare = in_channel("<at>Al</at>&nbsp;", (BOT, "<at>Al</at>"))
    bare["conversation"]["conversationType"] = where
    assert event(bare).word == ""


def test_a_picture_without_words_asks_for_help() -> None:
    assert isinstance(event(activity(text="", attachments=[{"contentType": "image/png"}])), Commanded)


@pytest.mark.parametrize("text", ["overzicht", "Overzicht.", "home", "/home"])
def test_home_is_a_word_in_the_direct_chat(text: str) -> None:
    assert isinstance(event(activity(text=text)), Opened)
    assert isinstance(event(in_channel(f"<at>Al</at> {text}", (BOT, "<at>Al</at>"))), Said)


def test_an_edit_is_another_event_than_the_words_and_than_another_edit() -> None:
    first = activity(
        "messageUpdate", text="nieuw", channelData={"eventType": "editMessage", "tenant": {"id": "T1"}}
    )
    second = {**first, "timestamp": "2026-11-21T11:05:00Z"}
    edited = event(first)
    assert isinstance(edited, Edited)
    assert edited.said == "1795"
    assert len({event(activity(text="oud")).key, edited.key, event(second).key}) == 3
    undone = {**first, "channelData": {"eventType": "undeleteMessage"}}
    assert parse(undone, NOW).event is None


# ---------------------------------------------------------------- presses and forms

PRESS = {"press": '["ask.rate",{}]'}


def test_a_press_as_a_message() -> None:
    pressed = event(activity(value=PRESS, replyToId="99"))
    assert isinstance(pressed, Pressed)
    assert pressed.action == PRESS["press"]
    assert pressed.message is not None
    assert pressed.message.id == "99"


def test_a_press_in_a_channel_needs_no_mention() -> None:
    pressed = event({**in_channel(""), "value": PRESS, "replyToId": "99"})
    assert pressed.message.place.thread == "1700"


def test_a_press_as_an_action_execute() -> None:
    """The SDK hands the action over as a plain dict."""
    value = {"action": {"type": "Action.Execute", "verb": "press", "data": PRESS}, "trigger": "manual"}
    understood = parse(activity("invoke", name="adaptiveCard/action", value=value, replyToId="99"), NOW)
    assert isinstance(understood.event, Pressed)
    assert understood.waits is Waits.CARD_ACTION


def test_a_dialog_is_asked_for_and_sent() -> None:
    asked = parse(activity("invoke", name="task/fetch", value={"data": PRESS}), NOW)
    assert isinstance(asked.event, Pressed)
    assert asked.waits is Waits.FETCH
    data = {
        "submit": "[]",
        "text.reason": " zo ",
        "many.tools": "a%2Cb,c",
        "date.day": "2026-12-24",
        "choice.one": "",
    }
    sent = parse(activity("invoke", name="task/submit", value={"data": data}), NOW)
    assert isinstance(sent.event, Submitted)
    assert sent.waits is Waits.SUBMIT
    values = {"reason": " zo ", "tools": ("a,b", "c"), "day": date(2026, 12, 24), "one": None}
    assert sent.event.values == values
    assert sent.form_card is None


def of_message(name: str, word: str = "vraag", **data: str) -> dict[str, Any]:
    """From the menu of a message in a chat of two colleagues, in which the bot is not."""
    content = "<p>Mag <b>dit</b>&nbsp;&amp;<br/>dat?</p><div>&lt;Echt&gt;</div>"
    value = {
        "commandId": word,
        "messagePayload": {"body": {"contentType": "html", "content": content}},
        "data": data,
    }
    chat = {"id": "19:anna_bram@unq.gbl.spaces", "conversationType": "personal"}
    return activity("invoke", name=f"composeExtension/{name}", value=value, conversation=chat)


@pytest.mark.parametrize("word", ["vraag", "case"])
def test_a_command_from_the_menu_of_a_message_is_answered_in_one_s_own_chat(word: str) -> None:
    understood = parse(of_message("fetchTask", word), NOW)
    asked = understood.event
    assert isinstance(asked, Commanded)
    assert (asked.word, asked.rest) == (word, "Mag dit &\ndat?\n<Echt>")
    assert (asked.place.kind, asked.place.id, asked.place.user) == ("direct", "", "29:anna")
    assert understood.waits is Waits.FETCH


def test_a_form_from_the_menu_of_a_message_is_sent_from_one_s_own_chat() -> None:
    understood = parse(of_message("submitAction", submit="[]", **{"text.a": "b"}), NOW)
    sent = understood.event
    assert isinstance(sent, Submitted)
    assert (sent.place.id, sent.place.user, sent.values) == ("", "29:anna", {"a": "b"})
    assert understood.waits is Waits.SUBMIT


def test_another_app_s_command_means_nothing() -> None:
    assert parse(of_message("fetchTask", "verwijder"), NOW).event is None


def test_a_form_in_the_chat_is_sent_and_closed_as_a_message() -> None:
    sent = parse(activity(value={"submit": "[]", "text.a": "b"}, replyToId="99"), NOW)
    assert isinstance(sent.event, Submitted)
    assert sent.form_card == "99"
    closed = parse(activity(value={"cancel": "1", "text.a": "b"}, replyToId="99"), NOW)
    assert (closed.event, closed.form_card) == (None, "99")


def test_a_field_cannot_pass_for_a_button() -> None:
    data = {"text.press": '["ask.other",{}]', "text.submit": "x", "submit": "[]", "press": 5}
    sent = event(activity(value=data))
    assert isinstance(sent, Submitted)
    assert sent.action == "[]"


def test_values_that_are_none_of_ours_are_left_out() -> None:
    data = {
        "submit": "[]",
        "msteams": {"type": "task/submit"},
        "text.": "x",
        "loose": "y",
        "date.d": "31-12-2026",
        "text.n": 3,
    }
    assert event(activity(value=data)).values == {"d": None}


def test_a_value_of_somebody_else_s_card_is_read_as_words() -> None:
    assert event(activity(text="hoi", value={"theirs": 1})).text == "hoi"


# ---------------------------------------------------------------- installed, removed


def members(*ids: str) -> list[dict[str, str]]:
    return [{"id": id} for id in ids]


def test_an_installation_is_told_twice_and_is_one_event() -> None:
    installed = event(activity("installationUpdate", action="add", id="x"))
    joined = event(activity("conversationUpdate", membersAdded=members("29:anna", BOT), id="y"))
    assert isinstance(installed, Joined)
    assert installed.key == joined.key


def test_other_members_upgrades_and_renamings_are_no_installation() -> None:
    for told in (
        activity("conversationUpdate", membersAdded=members("29:bo", "29:cas")),
        activity("conversationUpdate", channelData={"eventType": "channelRenamed"}),
        activity("installationUpdate", action="add-upgrade"),
    ):
        assert parse(told, NOW) == Understood(parse(told, NOW).envelope)


def test_a_removal_is_told() -> None:
    assert parse(activity("installationUpdate", action="remove"), NOW).removed
    assert parse(activity("conversationUpdate", membersRemoved=members(BOT)), NOW).removed
    assert not parse(activity("conversationUpdate", membersRemoved=members("29:bo")), NOW).removed


# ---------------------------------------------------------------- keys, tenants, places


def test_the_same_delivery_has_the_same_key_and_another_has_another() -> None:
    keys = {event(activity(text="hoi", id=id)).key for id in ("1", "2", "2")}
    assert len(keys) == 2
    other_chat = activity(text="hoi", id="1", conversation={"id": "a:2", "conversationType": "personal"})
    assert event(other_chat).key not in keys


def test_an_invoke_without_an_id_is_known_by_what_was_pressed_where_and_when() -> None:
    def press(**more: Any) -> str:
        made = activity("invoke", name="task/fetch", value={"data": PRESS}, replyToId="99", localTimestamp="12:00")
        del made["id"]
        key: str = event({**made, **more}).key
        return key

    assert press() == press()
    others = (
        {"localTimestamp": "12:01"},
        {"replyToId": "98"},
        {"from": {"id": "29:bo"}},
        {"value": {"data": {"press": "[]"}}},
    )
    assert len({press(), *(press(**other) for other in others)}) == 5


def test_the_tenant_comes_from_channel_data() -> None:
    """`conversation.tenantId` is not always there, and the SDK's model does not read it at all."""
    assert event(activity(text="hoi")).place.tenant == "T1"
    chat = {"id": "a:1", "conversationType": "personal", "tenantId": "T2"}
    assert event(activity(text="hoi", conversation=chat)).place.tenant == "T1"
    assert event(activity(text="hoi", conversation=chat, channelData={})).place.tenant == "T2"


def test_where_the_kind_is_not_told_the_id_tells() -> None:
    def kind(id: str, **more: Any) -> str:
        value: str = event(activity(value=PRESS, conversation={"id": id, **more})).place.kind
        return value

    assert kind("19:x@thread.tacv2;messageid=1") == "channel"
    assert kind("19:x@thread.v2", isGroup=True) == "group"
    assert kind("a:1") == "direct"


def test_a_client_s_time_zone_is_believed_only_where_there_is_one() -> None:
    assert parse(activity(localTimezone="Europe/Brussels"), NOW).envelope.time_zone == "Europe/Brussels"
    assert parse(activity(localTimezone="../../etc/passwd"), NOW).envelope.time_zone is None


@pytest.mark.parametrize("moment", ["", "yesterday", "9999-12-31T23:59:59-14:00", "2026-13-01T00:00:00Z"])
def test_a_strange_moment_is_now(moment: str) -> None:
    assert event(activity(text="hoi", timestamp=moment)).at == NOW


@pytest.mark.parametrize(
    ("of", "found"), [("1795:a-b", "1795:a-b"), ("", None), ("../../a:2/activities/1", None), (7, None)]
)
def test_a_form_says_which_message_it_began_with(of: object, found: str | None) -> None:
    """It comes back from the client: nothing but an id counts, and it is looked for in this very chat."""
    data = {"submit": '["lab.give_answer",{}]', "of": of}
    sent = event(activity("invoke", name="task/submit", value={"data": data}))
    assert isinstance(sent, Submitted)
    assert (sent.message and (sent.message.id, sent.message.place.id)) == (found and (found, "a:1"))
