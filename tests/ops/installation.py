"""An installation beside the tests' own: its data folder or database, its commands, its environment."""

import os
import signal
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def hear_ctrl_c() -> None:
    """A test run started in the background of a script ignores Ctrl-C, and what it starts would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass
class Installation:
    """A data folder, and a PostgreSQL database where the suite runs on PostgreSQL; `extra` is set on top."""

    data: Path
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def sqlite(self) -> Path:
        """Where the database is when it is SQLite."""
        return self.data / "sourcewise.sqlite3"

    def environment(self) -> dict[str, str]:
        """What its processes see: nothing of the tests' own settings."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
        ours = {"SOURCEWISE_DATA": str(self.data), "DATABASE_URL": self.database_url, "PYTHONUTF8": "1"}
        return kept | ours | self.extra

    def manage(self, *arguments: str | Path, status: int | None = 0) -> "subprocess.CompletedProcess[str]":
        """Run a command of manage.py, with warnings as errors; `status` None lets it end as it likes."""
        command = [sys.executable, "-W", "error", "manage.py", *map(str, arguments)]
        ended = subprocess.run(
            command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=120, check=False
        )
        assert status is None or ended.returncode == status, ended.stdout + ended.stderr
        return ended

    @contextmanager
    def start(self, *command: str) -> Iterator["subprocess.Popen[bytes]"]:
        """A process of the installation in a group of its own, terminated at the end; `said` is what it printed."""
        with self.printed.open("wb") as printed:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=printed, stderr=printed, start_new_session=True,
                preexec_fn=hear_ctrl_c,
            )  # fmt: skip
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
            process.wait(timeout=30)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """A statement to its database, past any server; `?` stands for a value."""
        if self.database_url:
            with psycopg.connect(self.database_url) as opened:
                done = opened.execute(query.replace("?", "%s"), values)  # type: ignore[arg-type]  # one of our own
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self.sqlite, timeout=20)) as opened, opened:
            return opened.execute(query, values).fetchall()

    @property
    def printed(self) -> Path:
        """What the last process printed goes here: into a pipe nobody reads it would stop when that is full."""
        return self.data / "printed.txt"

    def said(self) -> str:
        """What the last process has printed so far."""
        return self.printed.read_text(encoding="utf-8")


@contextmanager
def installation(folder: Path, **extra: str) -> Iterator[Installation]:
    """A new installation on the kind of database the suite runs on, gone at the end."""
    if connection.vendor == "sqlite":
        yield Installation(folder, extra=extra)
        return
    name = f"installation_{uuid.uuid4().hex}"
    with psycopg.connect(server_url("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield Installation(folder, server_url(name), extra)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def server_url(name: str) -> str:
    """The address of a database on the server that the tests run on."""
    known = connection.settings_dict
    password = f":{known['PASSWORD']}" if known["PASSWORD"] else ""
    return f"postgresql://{known['USER']}{password}@{known['HOST']}:{known['PORT']}/{name}"
