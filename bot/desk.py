"""What every conversation is given: the knowledge in force, the reading of a question, a few settings."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.conversation import Conversation
from bot.groups import RoleGroup
from bot.model.events import Account, Place
from knowledge.answers import Reading
from knowledge.content import Knowledge
from knowledge.matching.explaining import Explanation
from knowledge.themes import Vectors


@dataclass(slots=True)
class Bell:
    """Rung within a turn, heard after its commit."""

    rung: bool = False

    def ring(self) -> None:
        self.rung = True

    def was_rung(self) -> bool:
        """Once for each time."""
        rung, self.rung = self.rung, False
        return rung


async def _find_nobody(_: RoleGroup) -> Sequence[Account] | None:
    return None


async def encode_nothing(_: Sequence[str]) -> Vectors | None:
    return None


@dataclass(frozen=True, slots=True)
class Desk:
    knowledge: Callable[[], Knowledge]
    """The knowledge in force now; ask again for every event, since it is replaced while we run."""
    read: Callable[[str], Awaitable[Reading]]
    """Reads one question in a process of its own, so that the event loop never waits for it."""
    explain: Callable[[str], Awaitable[Explanation]] | None = None
    """The same with all that was seen on the way, for who has to answer it; None: nobody can tell."""
    time_zone: str = "Europe/Amsterdam"
    """The organisation's, for people whose own is not known."""
    lab: Place | None = None
    """Where the AI Lab sits, if the settings say so."""
    admins: tuple[str, ...] = ()
    """E-mail addresses, lower case, of who may always give roles and see to the settings."""
    role_groups: tuple[RoleGroup, ...] = ()
    """Whose members have a role."""
    find_members: Callable[[RoleGroup], Awaitable[Sequence[Account] | None]] = _find_nobody
    """Asks the platform who is in a group; None where it does not tell now."""
    encode: Callable[[Sequence[str]], Awaitable[Vectors | None]] = encode_nothing
    """Turns texts into vectors by meaning, in the process that reads questions; None where nothing reads."""
    url: str = "http://127.0.0.1:3978"
    """Where people's browsers find our pages."""
    conversations: list[Conversation] = field(default_factory=list)
    """All conversations, for the help text; filled once each of them is built."""
    platforms: list[str] = field(default_factory=list)
    """Names of the platforms that are on; filled once they are built."""
    agreed: Bell = field(default_factory=Bell)
    """Rung by a turn that changes what is in force, so that it counts here right after its commit."""
