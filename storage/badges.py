"""Named queries of badges: a certificate's number, and which numbers no longer hold."""

from __future__ import annotations

from sqlalchemy import or_, select

from storage.database import add_once, table_of
from storage.tables.badges import BadgeRow
from storage.tables.certificates import CertificateRow
from storage.transaction import Transaction

_badges, _certificates = table_of(BadgeRow).c, table_of(CertificateRow).c


async def get_number(tx: Transaction, certificate_id: str) -> int:
    """The same each time."""
    await add_once(tx, BadgeRow, certificate_id=certificate_id)
    query = select(_badges.number).where(_badges.certificate_id == certificate_id)
    return int((await tx.execute(query)).scalar_one())


async def find_taken_back(tx: Transaction, first: int, after_last: int) -> list[int]:
    """Numbers whose certificate was corrected by a later row, or is not there any more."""
    corrected = table_of(CertificateRow).alias()
    query = (
        select(_badges.number)
        .outerjoin_from(table_of(BadgeRow), table_of(CertificateRow), _certificates.id == _badges.certificate_id)
        .outerjoin(corrected, corrected.c.replaces == _badges.certificate_id)
        .where(_badges.number >= first, _badges.number < after_last)
        .where(or_(_certificates.id.is_(None), corrected.c.id.is_not(None)))
        .distinct()
    )
    return sorted((await tx.execute(query)).scalars())
