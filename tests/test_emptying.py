"""The database is emptied after a test that commits, whatever the page it left behind still asks for."""

import threading
import time

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper

WAITED_FOR = "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))"


@pytest.mark.only("postgresql")
@pytest.mark.django_db(transaction=True)
def test_a_request_that_stands_in_the_way_of_emptying_gives_way() -> None:
    """As a page says while it leaves that nobody looks at it any more: each waits for what the other holds."""
    first, *_, last = connection.introspection.django_table_names(only_existing=True, include_views=False)
    holds, ended = threading.Event(), []

    def late_request() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {last} IN ROW EXCLUSIVE MODE")
                holds.set()
                # Where nobody ever waits the test fails, and does not hang.
                until = time.monotonic() + 60
                while not is_waited_for(cursor) and time.monotonic() < until:
                    time.sleep(0.01)
                cursor.execute(f"LOCK TABLE {first} IN ROW EXCLUSIVE MODE")
        except OperationalError as error:
            ended.append(str(error))
        finally:
            connection.close()

    thread = threading.Thread(target=late_request)
    thread.start()
    assert holds.wait(10)
    call_command("flush", interactive=False, verbosity=0)
    thread.join()
    assert ["deadlock detected" in each for each in ended] == [True]


def is_waited_for(cursor: CursorWrapper) -> bool:
    """Whether somebody waits for a table that this connection holds."""
    cursor.execute(WAITED_FOR)
    return bool(cursor.fetchone()[0])
