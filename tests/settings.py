"""The installation's settings with a data folder of its own, quick password hashes and plain static file names."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# Before the settings are read: tests never touch the data of the installation beside them.
if "SOURCEWISE_DATA" not in os.environ:
    os.environ["SOURCEWISE_DATA"] = tempfile.mkdtemp(prefix="sourcewise-tests-")
    atexit.register(shutil.rmtree, os.environ["SOURCEWISE_DATA"], ignore_errors=True)
# Playwright runs an event loop in the test's thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, DATABASES, MIDDLEWARE, STATIC_ROOT, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# What is swept out once an hour would be swept out in the middle of some test: tests/middleware looks at it by itself.
MIDDLEWARE = [each for each in MIDDLEWARE if not each.endswith(".TidyingMiddleware")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
# Two files are read at a time on a machine: test runs beside each other must not wait for each other's turn.
tempfile.tempdir = tempfile.mkdtemp(prefix="run-", dir=DATA_DIR)
# A thread that served a page keeps no connection: PostgreSQL drops no database that somebody is connected to.
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # In a file, as in use: a database in memory locks by table and knows no waiting, so threads would prove nothing.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
