"""Teams: how to reach a chat or channel again, and in which one a colleague was last met.

Why: Teams only says in an incoming message where its answers go; without it no reminder could be sent after a
restart. Keeps: per conversation its id, tenant and service address; per colleague the ids of the one-to-one chat
and of the conversation where they last spoke (to look up their name there), and the time zone of their client; no
words. For how long: until the bot is removed from the conversation, and else 400 days after it was last seen.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.columns import UtcDateTime


class TeamsConversationRow(SQLModel, table=True):
    __tablename__ = "teams_conversations"

    id: str = Field(primary_key=True, max_length=300)
    """Without the `;messageid=…` of a thread."""
    tenant: str = Field(max_length=100, index=True)
    kind: str = Field(max_length=10)
    """direct, channel or group."""
    service_url: str = Field(max_length=500)
    bot: str = Field(max_length=200)
    """The bot's own id in this conversation."""
    seen_at: datetime = Field(sa_type=UtcDateTime)


class TeamsPersonRow(SQLModel, table=True):
    __tablename__ = "teams_people"

    tenant: str = Field(primary_key=True, max_length=100)
    user: str = Field(primary_key=True, max_length=200)
    direct: str | None = Field(default=None, max_length=300)
    """Conversation id of the one-to-one chat, once it is known."""
    met_in: str = Field(max_length=300)
    """The conversation where they last spoke."""
    time_zone: str | None = Field(default=None, max_length=64)
    seen_at: datetime = Field(sa_type=UtcDateTime)
