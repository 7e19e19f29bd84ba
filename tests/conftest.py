"""What every test stands on; settings for tests are in settings.py, people and articles in factories.py."""

import importlib
import threading
from collections.abc import Generator

import pytest
from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker, blocking_manager_key

OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)

# How long an example takes says how busy the machine is: no test is to fail for that.
hypothesis_settings.register_profile("untimed", hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("untimed")


@receiver(connection_created)
def outlast_requests(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Of two that wait for each other PostgreSQL ends the one that asks why first: no test is to be that one.

    A page that was closed may have sent a last request, and the tables are emptied while it is answered.
    """
    if connection.vendor == "postgresql" and threading.current_thread() is threading.main_thread():
        with connection.cursor() as cursor:
            cursor.execute("SET deadlock_timeout = '1min'")


def pytest_report_header() -> str:
    """Say on which database the suite runs."""
    return f"database: {connection.vendor}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, openly, what is about the other database."""
    kept, left = [], []
    for item in items:
        mark = item.get_closest_marker("only")
        (left if mark and mark.args[0] != connection.vendor else kept).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test proves nothing: here it fails."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"Skipped, and nothing may be skipped here: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def nobody_connected(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Generator[None]:
    """Before the test database goes, end what servers and threads that were stopped have left connected to it."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(OTHERS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Bring back what the migrations wrote: a test that commits leaves every table empty."""
    try:
        yield
    finally:
        # Whatever went wrong in this test is not to go wrong in the next one too.
        if nextitem is not None and commits(item):
            with item.config.stash[blocking_manager_key].unblock():
                bring_codebook()


def commits(item: pytest.Item) -> bool:
    """Whether the test works with transactions of its own."""
    mark = item.get_closest_marker("django_db")
    names = getattr(item, "fixturenames", [])
    return bool({"transactional_db", "live_server"} & set(names)) or bool(mark and mark.kwargs.get("transaction"))


def bring_codebook() -> None:
    """The default codebook, by the migration that made it."""
    if not apps.get_model("annotator", "Codebook").objects.exists():
        importlib.import_module("annotator.migrations.0002_default_codebook").add(apps, None)
