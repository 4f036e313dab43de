"""People of a dialog who are known by name, and who have a role."""

from __future__ import annotations

from storage import people, roles
from storage.people import Profile
from tests.conversations.dialog import Dialog, direct


async def meet(dialog: Dialog, name: str, *, role: str = "", language: str = "") -> str:
    """The person's id. The platform told who they are, and they may have a role."""
    async with dialog.database.transaction() as tx:
        known = await people.get_or_add_person(tx, "plain", "", name, dialog.clock())
        known = await people.save_profile(tx, known, Profile(name.title(), f"{name}@example.com"), dialog.clock())
        await people.note_spoke(tx, known.account_id, dialog.clock(), direct(name).model_dump(mode="json"))
        if role:
            await roles.give(tx, known.id, role, dialog.clock())
        if language:
            await people.choose_language(tx, known.id, language)
    return known.id
