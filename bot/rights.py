"""Who may do what, by the organisation's own roles; a no says kindly which role it takes and who can help."""

from __future__ import annotations

from datetime import datetime

from bot.conversation import Refused, Turn
from bot.desk import Desk
from bot.texts import Words
from knowledge.diploma import Permission
from knowledge.roles import find_granting, list_roles
from storage import roles
from storage.roles import NotAllowed, Right
from storage.transaction import Transaction

_ALWAYS = frozenset({Permission.MANAGE_ROLES, Permission.MANAGE_SETTINGS})
"""What people named in PROMPT_CLUB_ADMINS may, so that somebody can give the first role."""
_NAMES = 2


def right_to(desk: Desk, permission: Permission) -> Right:
    """Who may, by the knowledge in force now: ask again each time, since it is replaced while we run."""
    granting = find_granting(desk.knowledge(), permission)
    return Right(
        permission,
        roles=tuple(role.id for role in granting),
        everyone=any(role.everyone for role in granting),
        emails=desk.admins if permission in _ALWAYS else (),
    )


async def may(turn: Turn, desk: Desk, permission: Permission) -> bool:
    """To leave out what this person has no use for; what they do is checked with `need`."""
    return await roles.may(turn.tx, turn.person.id, right_to(desk, permission), turn.now)


async def find_allowed(turn: Turn, desk: Desk) -> frozenset[Permission]:
    """All that this person may, in one look at the database."""
    held = await roles.find_roles(turn.tx, turn.person.id, turn.now)
    theirs = [role.may for role in list_roles(desk.knowledge()) if role.everyone or role.id in held]
    is_admin = turn.person.email is not None and turn.person.email.lower() in desk.admins
    return frozenset[Permission]().union(*theirs, _ALWAYS if is_admin else ())


async def need(turn: Turn, desk: Desk, permission: Permission) -> None:
    """Refused, in words, for who may not; the first line of every handler behind a right."""
    try:
        await roles.get_right(turn.tx, turn.person.id, right_to(desk, permission), turn.now)
    except NotAllowed as refused:
        raise Refused(await _say_no(turn.tx, turn.words, desk, refused.right, turn.now)) from None


def name_roles(words: Words, desk: Desk, permission: Permission) -> str:
    """The roles that may, as people call them: "AI Lab of Beheerder"; "" where no role may."""
    granting = find_granting(desk.knowledge(), permission)
    return words.listed([role.title.in_language(words.language) for role in granting], last="house.or")


async def _say_no(tx: Transaction, words: Words, desk: Desk, right: Right, now: datetime) -> str:
    holders = await roles.find_people_with(tx, right, now, most=_NAMES * 5)
    names = [holder.name for holder in holders if holder.name][:_NAMES]
    named = name_roles(words, desk, Permission(right.permission))
    why = words("rights.not_yours", roles=named) if named else words("rights.no_role")
    if names:
        return f"{why} {words('rights.who_helps', names=words.listed(names, last='house.or'))}"
    return f"{why} {words('rights.nobody_helps')}"
