"""Messages reach Slack once, or it is known why not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import NeverWill, TryLater, Unclear
from bot.model.cards import Card, Picture, Text
from bot.model.events import Account, Place
from bot.platforms.slack.installation import Installation, Introduction
from storage.people import Profile
from tests.platforms.slack.bare import Bare, open_bare, outgoing
from tests.platforms.slack.fake import BOT_USER, ROOM, TEAM, Fault
from tests.platforms.slack.seeing import see

CHART = Card(summary="Cijfers", elements=(Text(text="Cijfers"), Picture(png=b"\x89PNG", alt="Twee van de drie")))


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Bare]:
    async with open_bare(tmp_path) as opened:
        yield opened


def direct(user: str = "U0ANNA", id: str = "") -> Place:
    return Place(platform="slack", tenant=TEAM, id=id, kind="direct", user=user)


async def test_a_message_is_posted_with_its_key_and_without_previews(bare: Bare) -> None:
    id = await bare.slack.send(outgoing(key="abc"))
    (posted,) = bare.fake.calls_of("chat.postMessage")
    assert bare.fake.find_message(ROOM, str(id)) is not None
    assert posted["metadata"] == {"event_type": "prompt_club", "event_payload": {"key": "abc"}}
    assert posted["text"] == "Hoi"
    assert (posted["unfurl_links"], posted["unfurl_media"]) in ((False, False), ("0", "0"))
    assert "thread_ts" not in posted or posted["thread_ts"] is None


async def test_a_direct_chat_is_looked_up_once(bare: Bare) -> None:
    for key in ("a", "b"):
        await bare.slack.send(outgoing(key=key, place=direct()))
    assert len(bare.fake.calls_of("conversations.open")) == 1
    assert len(bare.fake.channels["D0ANNA"]) == 2


async def test_replacing_keeps_the_message(bare: Bare) -> None:
    id = await bare.slack.send(outgoing())
    again = await bare.slack.send(outgoing(Card.of_words("Dag"), replaces=id))
    assert again == id
    assert [message["text"] for message in bare.fake.channels[ROOM]] == ["Dag"]


@pytest.mark.parametrize(
    ("fault", "ending"),
    [
        (Fault("chat.postMessage", "ratelimited", status=429, after=7), TryLater),
        (Fault("chat.postMessage", status=503), TryLater),
        (Fault("chat.postMessage", status=502), TryLater),
        (Fault("chat.postMessage", status=404), TryLater),
        (Fault("chat.postMessage", "service_unavailable"), TryLater),
        (Fault("chat.postMessage", status=500), Unclear),
        (Fault("chat.postMessage", "internal_error"), Unclear),
        (Fault("chat.postMessage", "fatal_error", status=500), Unclear),
        (Fault("chat.postMessage", lost=True), Unclear),
        (Fault("chat.postMessage", "is_archived"), NeverWill),
        (Fault("chat.postMessage", "token_revoked"), NeverWill),
    ],
)
async def test_how_it_ends(bare: Bare, fault: Fault, ending: type[Exception]) -> None:
    bare.fake.faults.append(fault)
    with pytest.raises(ending) as raised:
        await bare.slack.send(outgoing())
    assert " " in str(raised.value)
    assert len(bare.fake.calls_of("chat.postMessage")) == 1, "the outbox tries again, not the library"


async def test_slack_says_how_long_to_wait(bare: Bare) -> None:
    bare.fake.faults.append(Fault("chat.postMessage", "ratelimited", status=429, after=7))
    with pytest.raises(TryLater) as raised:
        await bare.slack.send(outgoing())
    assert raised.value.after == timedelta(seconds=7)
    assert raised.value.throttled


async def test_somebody_known_by_email_only_gets_a_first_message(bare: Bare) -> None:
    account = await bare.slack.find_account_by_email("anna@voorbeeld.example")
    assert account == Account(platform="slack", tenant=TEAM, user="U0ANNA")
    assert await bare.slack.send(outgoing(place=direct(account.user))) is not None
    assert len(bare.fake.channels["D0ANNA"]) == 1
    assert await bare.slack.find_account_by_email("niemand-99@voorbeeld.example") is None


@pytest.mark.parametrize(
    ("method", "scope"), [("conversations.open", "im:write"), ("users.lookupByEmail", "users:read.email")]
)
async def test_a_missing_scope_is_named(bare: Bare, method: str, scope: str) -> None:
    bare.fake.faults.append(Fault(method, "missing_scope", needed=scope))
    with pytest.raises(NeverWill, match=f"lacks the scope {scope}.*manifest.json"):
        if method == "conversations.open":
            await bare.slack.send(outgoing(place=direct()))
        else:
            await bare.slack.find_account_by_email("anna@voorbeeld.example")


async def test_a_chat_whose_opening_got_lost_is_opened_again(bare: Bare) -> None:
    """Nothing was posted, so nothing is unclear."""
    bare.fake.faults.append(Fault("conversations.open", lost=True))
    with pytest.raises(TryLater):
        await bare.slack.send(outgoing(place=direct()))
    assert await bare.slack.send(outgoing(place=direct())) is not None
    assert len(bare.fake.channels["D0ANNA"]) == 1


async def test_somebody_who_left_cannot_be_reached(bare: Bare) -> None:
    bare.fake.gone.add("U0ANNA")
    with pytest.raises(NeverWill, match="switched off"):
        await bare.slack.send(outgoing(place=direct()))


async def test_no_slack_at_all(bare: Bare, tmp_path: Path) -> None:
    from bot.platforms.slack.client import Client
    from bot.platforms.slack.sending import Sending

    away = Client("xoxb-fake", "http://127.0.0.1:1/api/")
    with pytest.raises(TryLater, match="cannot be reached"):
        await Sending(away).send(outgoing())
    await away.close()


async def test_a_message_that_is_gone_is_not_put_back(bare: Bare) -> None:
    with pytest.raises(NeverWill, match="deleted"):
        await bare.slack.send(outgoing(replaces="1790000000.999999"))
    assert bare.fake.channels[ROOM] == []


async def test_changing_twice_does_no_harm(bare: Bare) -> None:
    id = await bare.slack.send(outgoing())
    bare.fake.faults.append(Fault("chat.update", lost=True))
    with pytest.raises(TryLater):
        await bare.slack.send(outgoing(Card.of_words("Dag"), replaces=id))


# ---------------------------------------------------------------- pictures


async def test_a_picture_is_uploaded_and_shown(bare: Bare) -> None:
    id = await bare.slack.send(outgoing(CHART))
    shown = see(bare.fake.find_message(ROOM, str(id)) or {})
    assert shown.pictures == ("Twee van de drie",)
    assert list(bare.fake.files.values()) == [b"\x89PNG"]


async def test_a_picture_that_is_not_ready_is_waited_for(bare: Bare) -> None:
    bare.fake.unprocessed = 1
    id = await bare.slack.send(outgoing(CHART))
    assert see(bare.fake.find_message(ROOM, str(id)) or {}).pictures
    assert len(bare.fake.channels[ROOM]) == 1


async def test_a_picture_that_never_gets_ready_is_told_in_words(bare: Bare) -> None:
    from bot.platforms.slack.sending import Sending

    bare.fake.unprocessed = 99
    sending = Sending(bare.slack.client, picture_waits=(0.0, 0.0))
    id = await sending.send(outgoing(CHART))
    shown = see(bare.fake.find_message(ROOM, id) or {})
    assert shown.pictures == ()
    assert "Twee van de drie" in shown.text


async def test_where_pictures_may_not_be_shared_words_are_at_once(bare: Bare) -> None:
    bare.fake.faults.append(Fault("chat.postMessage", "slack_connect_file_upload_sharing_blocked"))
    id = await bare.slack.send(outgoing(CHART))
    assert "Twee van de drie" in see(bare.fake.find_message(ROOM, str(id)) or {}).text
    assert len(bare.fake.calls_of("chat.postMessage")) == 2


@pytest.mark.parametrize("error", ["file_uploads_disabled", "missing_scope", "storage_limit_reached"])
async def test_where_pictures_are_not_allowed_words_are(bare: Bare, error: str) -> None:
    bare.fake.faults.append(Fault("files.getUploadURLExternal", error))
    id = await bare.slack.send(outgoing(CHART))
    assert "Twee van de drie" in see(bare.fake.find_message(ROOM, str(id)) or {}).text


@pytest.mark.parametrize("step", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_an_upload_that_breaks_in_the_middle_shows_one_picture_in_the_end(bare: Bare, step: str) -> None:
    bare.fake.faults.append(Fault(step, lost=True))
    with pytest.raises(TryLater):
        await bare.slack.send(outgoing(CHART))
    assert bare.fake.channels[ROOM] == []
    id = await bare.slack.send(outgoing(CHART))
    assert see(bare.fake.find_message(ROOM, str(id)) or {}).pictures == ("Twee van de drie",)
    assert len(bare.fake.channels[ROOM]) == 1


async def test_a_message_that_waits_does_not_bring_its_picture_again(bare: Bare) -> None:
    bare.fake.faults += [
        Fault("chat.postMessage", "ratelimited", status=429, after=1),
        Fault("chat.postMessage", status=500),
    ]
    for ending in (TryLater, Unclear):
        with pytest.raises(ending):
            await bare.slack.send(outgoing(CHART))
    assert await bare.slack.send(outgoing(CHART)) is not None
    assert len(bare.fake.files) == 1
    await bare.slack.send(outgoing(CHART))
    assert len(bare.fake.files) == 2, "another message brings its own"


async def test_while_uploading_is_impossible_the_message_waits(bare: Bare) -> None:
    bare.fake.faults.append(Fault("files.getUploadURLExternal", lost=True))
    with pytest.raises(TryLater):
        await bare.slack.send(outgoing(CHART))
    assert bare.fake.channels[ROOM] == []


# ---------------------------------------------------------------- did it arrive?


@pytest.mark.parametrize("thread", [None, "1790000000.000100"])
async def test_a_message_whose_answer_was_lost_is_found(bare: Bare, thread: str | None) -> None:
    place = Place(platform="slack", tenant=TEAM, id=ROOM, kind="channel", thread=thread)
    mine, other = outgoing(key="mine", place=place), outgoing(key="other", place=place)
    bare.fake.faults.append(Fault("chat.postMessage", lost=True))
    with pytest.raises(Unclear):
        await bare.slack.send(mine)
    for number in range(210):  # it is not on the first page
        bare.fake.channels[ROOM].append({"ts": f"{1790000001 + number}.000100", "text": "hoi", "thread_ts": thread})
    found = await bare.slack.find_sent(mine)
    assert found == bare.fake.channels[ROOM][0]["ts"]
    assert await bare.slack.find_sent(other) is None


async def test_in_a_long_thread_the_newest_is_found_too(bare: Bare) -> None:
    """Slack gives a thread's oldest messages first."""
    thread = "1790000000.000100"
    place = Place(platform="slack", tenant=TEAM, id=ROOM, kind="channel", thread=thread)
    for number in range(450):
        bare.fake.channels[ROOM].append({"ts": f"{1790000001 + number}.000100", "text": "hoi", "thread_ts": thread})
    id = await bare.slack.send(outgoing(key="mine", place=place))
    assert await bare.slack.find_sent(outgoing(key="mine", place=place)) == id


async def test_in_a_direct_chat_that_was_opened_for_it(bare: Bare) -> None:
    mine = outgoing(key="mine", place=direct())
    bare.fake.faults.append(Fault("chat.postMessage", lost=True))
    with pytest.raises(Unclear):
        await bare.slack.send(mine)
    assert await bare.slack.find_sent(mine) == bare.fake.channels["D0ANNA"][0]["ts"]


async def test_where_too_much_was_said_since_nobody_can_tell(bare: Bare) -> None:
    """Not found among the newest two thousand is not the same as not there."""
    await bare.slack.send(outgoing(key="mine"))
    for number in range(2_000):
        bare.fake.channels[ROOM].append({"ts": f"{1790000001 + number}.000100", "text": "hoi"})
    with pytest.raises(NotImplementedError, match="2000 messages"):
        await bare.slack.find_sent(outgoing(key="mine"))


async def test_looking_waits_when_slack_asks_for_it(bare: Bare) -> None:
    id = await bare.slack.send(outgoing())
    bare.fake.faults.append(Fault("conversations.history", "ratelimited", status=429, after=0))
    assert await bare.slack.find_sent(outgoing()) == id


async def test_where_reading_is_not_allowed_nobody_can_tell(bare: Bare) -> None:
    bare.fake.faults.append(Fault("conversations.history", "missing_scope", needed="channels:history"))
    with pytest.raises(NotImplementedError, match="lacks the scope channels:history"):
        await bare.slack.find_sent(outgoing())


async def test_looking_that_fails_for_now_leaves_it_unclear(bare: Bare) -> None:
    bare.fake.faults.append(Fault("conversations.history", status=503, times=9))
    with pytest.raises(Unclear):
        await bare.slack.find_sent(outgoing())


# ---------------------------------------------------------------- people


async def test_a_profile(bare: Bare) -> None:
    anna = Account(platform="slack", tenant=TEAM, user="U0ANNA")
    assert await bare.slack.find_profile(anna) == Profile("Anna", "anna@voorbeeld.example", "Europe/Brussels")
    assert "include_locale" not in bare.fake.calls_of("users.info")[0]


@pytest.mark.parametrize(
    ("user", "email"),
    [
        ({"team_id": "T0ELSEWHERE"}, None),
        ({"team_id": "T0ELSEWHERE", "enterprise_user": {"teams": ["T0OTHER"]}}, None),
        ({"team_id": "T0OTHER", "enterprise_user": {"teams": [TEAM, "T0OTHER"]}}, "anna@voorbeeld.example"),
    ],
)
async def test_an_email_that_another_organisation_wrote_ties_nobody(
    bare: Bare, user: dict[str, Any], email: str | None
) -> None:
    bare.fake.users["U0ANNA"] = user
    profile = await bare.slack.find_profile(Account(platform="slack", tenant=TEAM, user="U0ANNA"))
    assert profile == Profile("Anna", email, "Europe/Brussels")


@pytest.mark.parametrize(
    ("user", "email"),
    [
        ({"team_id": "T0ELSEWHERE"}, None),
        ({"team_id": "T0ELSEWHERE", "enterprise_user": {"enterprise_id": "E0OTHER", "teams": [TEAM]}}, None),
        ({"team_id": "T0SALES", "enterprise_user": {"enterprise_id": "E0CLUB"}}, "anna@voorbeeld.example"),
    ],
)
async def test_in_an_organisation_s_app_the_workspace_of_a_request_proves_nothing(
    bare: Bare, user: dict[str, Any], email: str | None
) -> None:
    """Where a payload's `team` is null, the workspace is the presser's own, whoever that is."""
    bare.fake.installed = {"is_enterprise_install": True, "enterprise_id": "E0CLUB", "team_id": "E0CLUB"}
    bare.fake.users["U0ANNA"] = user
    anna = Account(platform="slack", tenant=user["team_id"], user="U0ANNA")
    assert await bare.slack.find_profile(anna) == Profile("Anna", email, "Europe/Brussels")


async def test_who_the_bot_is_is_learned_once_slack_is_there_again(bare: Bare) -> None:
    pauses: list[float] = []

    async def wait(seconds: float) -> None:
        pauses.append(seconds)

    known: list[Installation] = []
    bare.fake.faults.append(Fault("auth.test", status=503, times=2))
    await Introduction(bare.slack.client, known.append, wait).insist()
    assert pauses == [2.0, 4.0]
    assert [installed.bot_user for installed in known] == [BOT_USER]


async def test_a_token_that_does_not_work_is_tried_no_more(bare: Bare) -> None:
    for refused in ("invalid_auth", "some_new_error"):
        bare.fake.faults.append(Fault("auth.test", refused))
        await Introduction(bare.slack.client, lambda _: None).insist()
    assert len(bare.fake.calls_of("auth.test")) == 2


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("users.info", "user_not_found"), Profile()),
        (Fault("users.info", "missing_scope"), Profile()),
        (Fault("users.info", status=503, times=9), None),
    ],
)
async def test_a_profile_that_is_not_told(bare: Bare, fault: Fault, told: Any) -> None:
    bare.fake.faults.append(fault)
    assert await bare.slack.find_profile(Account(platform="slack", tenant=TEAM, user="U0ANNA")) == told
