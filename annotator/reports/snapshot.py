"""One moment of the database for several reads, without keeping anyone from writing meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see the data as of the first one. Nothing may be written inside.

    SQLite: a deferred transaction, for our usual IMMEDIATE one would hold every writer until the end. PostgreSQL:
    REPEATABLE READ. Inside a transaction of somebody else's, that one decides.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with deferred(), transaction.atomic():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def deferred() -> Iterator[None]:
    """Transactions that begin inside lock nothing before they write."""
    connection.ensure_connection()
    usual = connection.transaction_mode  # type: ignore[attr-defined]  # of the SQLite backend
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
