"""The app as it is really served: waitress on SQLite, several gunicorn processes on PostgreSQL; nothing is lost."""

import random
import re
import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.ops.installation import Installation, installation
from tests.ops.kills import kill_rounds
from tests.ops.visitors import Visitor, filled, free_port, gunicorn, serving, stored, together

CLIENTS, SAVES = 10, 12


def read_together(port: int, facts: list[dict[str, str]]) -> list[Visitor]:
    """Everybody signs in and saves at the same time."""
    visitors = [Visitor(port, each) for each in facts]

    def read(visitor: Visitor) -> None:
        visitor.sign_in()
        for _ in range(SAVES):
            visitor.save()

    together([lambda visitor=visitor: read(visitor) for visitor in visitors])
    return visitors


def check_nothing_lost(visitors: list[Visitor], here: Installation) -> None:
    """Every save was answered, and every answer is a row."""
    assert [visitor.failed for visitor in visitors if visitor.failed] == []
    acknowledged = {uuid.replace("-", "") for visitor in visitors for uuid in visitor.acknowledged}
    assert len(acknowledged) == CLIENTS * SAVES
    assert acknowledged == stored(here)


@pytest.mark.only("sqlite")
@pytest.mark.proves("S27")
def test_quickstart_serves_ten_readers_at_once_on_sqlite_and_loses_nothing(tmp_path):
    with installation(tmp_path) as here:
        here.manage("quickstart", "--no-serve", "--empty")
        facts = filled(here, CLIENTS)
        port = free_port()
        with serving(here, port, sys.executable, "manage.py", "quickstart", "--port", str(port)) as process:
            visitors = read_together(port, facts)
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)
        said = here.said()
        check_nothing_lost(visitors, here)
        assert process.returncode == 0, said
        assert "Stopped. Everything is kept." in said
        # The console stays calm; the log is a file for its owner alone and names nobody.
        assert "reading-operations" not in said
        log = here.data / "logs" / "sourcewise.log"
        assert log.read_text().count("reading-operations POST 201") == CLIENTS * SAVES
        assert [each["reading"] for each in facts if each["reading"] in log.read_text()] == []
        assert modes(here.data) == {0o600}


def modes(data: Path) -> set[int]:
    """The rights of everything that an installation keeps; static files are public."""
    files = [path for path in data.rglob("*") if path.is_file() and "static" not in path.parts]
    assert {path.name for path in files} >= {"secret_key", "sourcewise.sqlite3", "sourcewise.log"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in [data / "logs", data / "static"]} == {0o700}
    return {stat.S_IMODE(path.stat().st_mode) for path in files if path.name != "printed.txt"}


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(("options", "let_in"), [([], []), (["--host", "127.0.0.2"], ["127.0.0.2"])])
def test_only_the_network_that_was_asked_for_is_let_in(options, let_in, tmp_path):
    # Linux answers on all of 127.0.0.0/8, so its other addresses stand for other networks.
    with installation(tmp_path) as here:
        port = free_port()
        command = [sys.executable, "manage.py", "quickstart", "--empty", "--port", str(port), *options]
        with serving(here, port, *command):
            assert Visitor(port, {}).ask("GET", "/healthz")[0] == 200
            for address in ["127.0.0.2", "127.0.0.3"]:
                guest = Visitor(port, {}, host=address)
                if address in let_in:
                    status, page = guest.ask("GET", "/sign-in/")
                    assert (status, "travels unprotected" in page) == (200, True), page
                else:
                    with pytest.raises(ConnectionRefusedError):
                        guest.ask("GET", "/sign-in/")


@pytest.mark.only("postgresql")
@pytest.mark.proves("S27")
def test_three_gunicorn_processes_serve_ten_readers_on_postgresql_and_lose_nothing(tmp_path):
    with installation(tmp_path) as here:
        here.manage("quickstart", "--no-serve", "--empty")
        facts = filled(here, CLIENTS)
        port = free_port()
        with serving(here, port, *gunicorn(port, workers=3)) as process:
            visitors = read_together(port, facts)
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
        said = here.said()
        check_nothing_lost(visitors, here)
        assert len(set(re.findall(r"Booting worker with pid: (\d+)", said))) == 3, said
        # Our own log is there, and says neither who nor what; the server's is off.
        assert "reading-operations POST 201" in said
        assert [each["reading"] for each in facts if each["reading"] in said] == []


@pytest.mark.only("sqlite")
@pytest.mark.proves("S27")
def test_a_killed_server_keeps_every_highlight_it_acknowledged(tmp_path):
    with installation(tmp_path) as here:
        here.manage("quickstart", "--no-serve", "--empty")
        result = kill_rounds(here, rounds=5, clients=CLIENTS, chance=random.Random(27))
        assert result.kills == 5
        assert result.acknowledged > 5 * CLIENTS
        assert result.lost == set()
        assert result.refusals == []
        assert result.integrity == "ok"
