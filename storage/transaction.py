"""What named queries take: a connection inside a transaction."""

from sqlalchemy.ext.asyncio import AsyncConnection

Transaction = AsyncConnection
