"""Who may look at figures, and how small a group they may see."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.content import Knowledge
from knowledge.diploma import Permission

MAY_LOOK = (Permission.SEE_AGGREGATES, Permission.SEE_ALL_CERTIFICATES)


def find_minimum(knowledge: Knowledge, allowed: Collection[Permission]) -> int:
    """The smallest group that is shown: the one that surveys keep to, and anybody's own for who may see people."""
    return 1 if Permission.SEE_ALL_CERTIFICATES in allowed else knowledge.surveys.minimum
