"""Whether the installation can work: the database answers, its tables are up to date, the disk has room."""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

LEAST_FREE_BYTES = 200 * 1024 * 1024


def is_ready() -> bool:
    """All three; reads the list of applied migrations, one query or two."""
    return has_room() and is_up_to_date()


def is_up_to_date() -> bool:
    """The database answers and no migration waits."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def has_room() -> bool:
    """The disk of the data folder has room for some hours of work."""
    try:
        return shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE_BYTES
    except OSError:
        return False
