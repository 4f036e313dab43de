"""One kindness to Microsoft's Agents Playground, the local client that cards can be tried with.

Its renderer breaks off a press on any button whose data holds `msteams` ("Cannot add property msTeams, object is
not extensible", version 0.2.28); with an empty `msTeams` beside it, it sends the press as a message. Teams itself
never sees this: it is done in local mode only.
"""

from __future__ import annotations

from typing import Any


def ease(drawn: Any) -> Any:
    """The same payload, with an empty `msTeams` beside every `msteams`."""
    if isinstance(drawn, list):
        return [ease(part) for part in drawn]
    if not isinstance(drawn, dict):
        return drawn
    eased = {name: ease(part) for name, part in drawn.items()}
    return {"msTeams": {}, **eased} if "msteams" in eased else eased
