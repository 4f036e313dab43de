"""Taking back what somebody typed in the web workspace, where we are the ones who keep it."""

from __future__ import annotations

import re

from sqlalchemy import delete, select
from sqlmodel import col

from storage import people
from storage.tables.web import WebMessageRow
from storage.transaction import Transaction


async def take_back(tx: Transaction, person_id: str, said: re.Pattern[str]) -> None:
    """Every message of this person that is all of this, in whatever chat. Whole rows, since one that was only
    blanked would say who has something to hide; a command alone says, with its moment, who was busy with what."""
    id, author = col(WebMessageRow.id), col(WebMessageRow.author)
    for account in await people.find_accounts(tx, person_id):
        if account.platform == "web":
            theirs = select(id, col(WebMessageRow.text)).where(author == account.user)
            found = [row for row, text in await tx.execute(theirs) if said.fullmatch(text or "")]
            for begin in range(0, len(found), 500):
                await tx.execute(delete(WebMessageRow).where(id.in_(found[begin : begin + 500])))


def as_typed(*words: str, rest: bool) -> str:
    """The pattern of a command as people type it: with a slash or as one word, in a channel after a mention.
    `rest`: also with something behind it."""
    either = "|".join(map(re.escape, words))
    mention = r"(?:@\S+(?:\s+club)?[\s,:]+)?"
    behind = r"(?:\W.*)?" if rest else r"\W*"
    return rf"\s*{mention}(?:/promptclub\s+(?:{either}){behind}|(?:{either})\W*)"
