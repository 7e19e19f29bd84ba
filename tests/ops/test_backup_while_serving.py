"""A backup made while ten readers save, restored elsewhere: every highlight it holds leaves byte for byte the same."""

import sys
import threading
from pathlib import Path

import pytest

from tests.ops.installation import Installation, installation
from tests.ops.visitors import Visitor, filled, free_port, serving, together

pytestmark = [pytest.mark.only("sqlite"), pytest.mark.proves("S27")]
CLIENTS = 10


def exported(here: Installation, target: Path, *options: str) -> bytes:
    """What the installation exports."""
    here.manage("export_spans", "-o", target, *options)
    return target.read_bytes()


def restored(folder: Path, file: Path) -> Installation:
    """A second installation that never knew anything but the backup."""
    folder.mkdir()
    there = Installation(folder)
    there.manage("restore", file)
    return there


def test_a_backup_made_while_ten_readers_save_exports_the_same_bytes(tmp_path):
    with installation(tmp_path / "one") as here:
        here.manage("quickstart", "--no-serve")
        facts = filled(here, CLIENTS)
        port = free_port()
        with serving(here, port, sys.executable, "manage.py", "quickstart", "--port", str(port)):
            visitors = [Visitor(port, each) for each in facts]
            before = backup_while_they_save(here, visitors, tmp_path / "during.backup")
        assert [visitor.failed for visitor in visitors if visitor.failed] == []
        there = restored(tmp_path / "two", tmp_path / "during.backup")
        ours = exported(here, tmp_path / "ours.csv").split(b"\r\n")
        theirs = exported(there, tmp_path / "theirs.csv").split(b"\r\n")
        # No note and no text of these spans holds a line end of a record, so a line is a record.
        assert set(theirs) < set(ours), "nobody saved after the backup, or it holds what nobody saved"
        assert {uuid for uuid in before if not any(uuid.encode() in line for line in theirs)} == set()


def backup_while_they_save(here: Installation, visitors: list[Visitor], target: Path) -> set[str]:
    """Everybody saves until the backup is made; the spans that were acknowledged when it began."""
    begun, done = threading.Barrier(len(visitors) + 1, timeout=60), threading.Event()
    before: set[str] = set()

    def read(visitor: Visitor) -> None:
        visitor.sign_in()
        visitor.save()
        begun.wait()
        while not done.is_set():
            visitor.save()
        visitor.save()

    def back_up() -> None:
        try:
            begun.wait()
            before.update(uuid for visitor in visitors for uuid in list(visitor.acknowledged))
            here.manage("backup", target)
        finally:
            done.set()

    together([*(lambda visitor=visitor: read(visitor) for visitor in visitors), back_up])
    return before


def test_a_backup_of_a_quiet_installation_exports_the_same_files(tmp_path):
    with installation(tmp_path / "one") as here:
        here.manage("quickstart", "--no-serve")
        here.manage("backup", tmp_path / "quiet.backup")
        there = restored(tmp_path / "two", tmp_path / "quiet.backup")
        spans = exported(here, tmp_path / "ours.csv")
        # The header, and every highlight of the two sample exercises; notes of one line each.
        assert spans.count(b"\r\n") == 205
        assert exported(there, tmp_path / "theirs.csv") == spans
        readings = exported(here, tmp_path / "our_readings.csv", "--readings")
        # The header; nine readers in two exercises, and one key.
        assert readings.count(b"\r\n") == 20
        assert exported(there, tmp_path / "their_readings.csv", "--readings") == readings
