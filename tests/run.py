#!/usr/bin/env python3
"""The test command: installs what the tests need, then runs all of them on SQLite and on PostgreSQL.

    python3 tests/run.py [--only sqlite|postgresql|javascript] [arguments for pytest]

As root on Debian it fetches Chromium, PostgreSQL and Node.js through apt; anywhere else it says what is missing.
"""

import argparse
import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PARTS = ("javascript", "sqlite", "postgresql")
PACKAGES = {
    "chromium-headless-shell": ["chromium-headless-shell", "fonts-dejavu-core", "fonts-noto-color-emoji"],
    "postgres": ["postgresql"],
    "node": ["nodejs"],
}


# Tests that ask no database cannot differ by it (tests/house holds this), so they run once.
WITHOUT_DATABASE = ("design", "domain", "exporters", "house", "importers")
# What a browser shows hangs on views and services, which are tested on both; on the second database it walks the paths
# that are marked as whole.
SECOND_TIME = ["-m", "not browser or whole", *(f"--ignore=tests/{room}" for room in WITHOUT_DATABASE)]


def say(line: str) -> None:
    """One line of progress, at once."""
    print(f"== {line}", flush=True)


def run(*command: str | Path, **options: object) -> None:
    """Run a command from the root of the project; stop with its status when it fails."""
    status = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, **options).returncode
    if status:
        sys.exit(f"{Path(command[0]).name} ended with status {status}")


def find(tool: str) -> str | None:
    """Where a tool is; PostgreSQL's server programs are not on Debian's PATH."""
    folders = [str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    path = os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)])
    if tool == "postgres":
        # A server needs its initdb beside it.
        initdb = shutil.which("initdb", path=path)
        return str(Path(initdb).with_name("postgres")) if initdb else None
    return shutil.which(tool, path=path)


def install_tools() -> None:
    """Fetch the missing tools on Debian as root, name them anywhere else."""
    can_install = shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0
    missing = [tool for tool in PACKAGES if find(tool) is None]
    if not can_install and find("chromium"):
        # The same browser with windows does as well; it takes twice the time.
        missing = [tool for tool in missing if tool != "chromium-headless-shell"]
    if not missing:
        return
    wanted = [package for tool in missing for package in PACKAGES[tool]]
    if not can_install:
        sys.exit(f"Missing for the tests: {', '.join(missing)}. On Debian, as root: apt-get install {' '.join(wanted)}")
    say(f"Installing {', '.join(wanted)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted, env=quiet, stdout=subprocess.DEVNULL)


def install_python() -> None:
    """Make the virtual environment once, and bring its packages up to date with pyproject.toml."""
    if not PYTHON.exists():
        say("Making .venv")
        run(sys.executable, "-m", "venv", VENV)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[test]")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_server(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root, so root becomes the package's own user."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["runuser", "-u", "postgres", "--", *command] if is_root else list(command)


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A throw-away cluster on 127.0.0.1; yields its DATABASE_URL and stops it by its own process."""
    programs = Path(str(find("postgres"))).parent
    with tempfile.TemporaryDirectory(prefix="sourcewise-pg-") as folder:
        if as_server("x") != ["x"]:
            shutil.chown(folder, "postgres")
        cluster, port = f"{folder}/cluster", free_port()
        setup = [str(programs / "initdb"), "-D", cluster, "-U", "sourcewise", "--auth=trust", "-E", "UTF8", "--no-sync"]
        run(*as_server(*setup), stdout=subprocess.DEVNULL)
        options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder}
        options |= {"fsync": "off", "max_connections": 200, "shared_buffers": "256MB", "log_min_messages": "fatal"}
        settings = [f"-c{name}={value}" for name, value in options.items()]
        server = subprocess.Popen(
            as_server(str(programs / "postgres"), "-D", cluster, *settings), cwd=folder, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(port, server)
            yield f"postgres://sourcewise@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(timeout=60)


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Until the server answers on its port; at most a minute."""
    for _ in range(600):
        if server.poll() is not None:
            sys.exit("PostgreSQL stopped while starting")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    sys.exit("PostgreSQL did not start within a minute")


def run_pytest(name: str, extra: list[str], database_url: str = "") -> None:
    """The whole suite on one database, with a data folder of its own."""
    say(f"pytest on {name}")
    with tempfile.TemporaryDirectory(prefix="sourcewise-tests-", ignore_cleanup_errors=True) as folder:
        environment = {**os.environ, "SOURCEWISE_DATA": folder, "DATABASE_URL": database_url}
        # The slowest are named at the end: that is where the suite's time goes.
        run(PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--durations=20", *extra, env=environment)


def main() -> None:
    """Install, then run each part; the first failure ends it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PARTS)
    asked, extra = parser.parse_known_args()
    parts = [asked.only] if asked.only else list(PARTS)
    install_tools()
    install_python()
    if "javascript" in parts:
        say("JavaScript unit tests")
        run(str(find("node")), "--test", "tests/js/")
    if "sqlite" in parts:
        run_pytest("SQLite", extra)
    if "postgresql" in parts:
        left_out = SECOND_TIME if "sqlite" in parts else []
        with postgresql() as url:
            run_pytest("PostgreSQL", [*left_out, *extra], url)
    say(f"All passed: {', '.join(parts)}")


if __name__ == "__main__":
    main()
