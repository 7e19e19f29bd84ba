"""The child that reads a hostile file: what it may not do, and that however it ends the answer is a sentence."""

import threading
import time
from pathlib import Path

import pytest

from annotator.domain.errors import RuleError
from annotator.importers import read_article, sandbox
from annotator.importers.refusals import SENTENCES

pytestmark = pytest.mark.proves("S23")
CONTENT = b"It is late.\n" * 100_000


@pytest.fixture
def misbehaving(monkeypatch):
    """Children that do not read but do as they like."""
    monkeypatch.setattr(sandbox, "CHILD", Path(__file__).with_name("misbehaving.py"))


def refused(deed):
    """The refusal that comes of a child's deed."""
    with pytest.raises(RuleError) as caught:
        sandbox.read_in_child(deed, CONTENT)
    return caught.value


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize(
    ("deed", "outcome"),
    [
        ("memory", "MemoryError"),
        ("write", "OSError"),
        ("fork", "BlockingIOError"),
        ("open", "OSError"),
    ],
)
def test_the_child_cannot(deed, outcome):
    assert str(refused(deed)) == outcome


@pytest.mark.usefixtures("misbehaving")
def test_the_child_knows_no_secret_and_is_nobody(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    environment = str(refused("environment"))
    assert "secret" not in environment
    assert "PATH" not in environment
    assert int(str(refused("user"))) != 0


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("calculate", "too_heavy"),
        ("shout", "too_heavy"),
        ("die", "broken"),
        ("fail", "broken"),
        ("list", "broken"),
        ("null", "broken"),
        ("half", "broken"),
        ("kind", "broken"),
        ("missing", "broken"),
    ],
)
def test_however_the_child_ends_there_is_a_sentence(deed, code):
    error = refused(deed)
    assert (error.code, str(error)) == (code, SENTENCES[code])


@pytest.mark.usefixtures("misbehaving")
def test_what_the_child_says_is_made_canonical_once_more():
    draft = sandbox.read_in_child("good", CONTENT)
    assert (draft.title, draft.blocks[0].text) == ("Late", "It is late.")


@pytest.mark.usefixtures("misbehaving")
def test_a_child_that_calculates_for_ever_is_stopped_before_the_clock_would_stop_it(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 120)
    before = time.monotonic()
    assert refused("calculate").code == "too_heavy"
    assert time.monotonic() - before < 60


@pytest.mark.usefixtures("misbehaving")
def test_a_child_that_hangs_is_killed(monkeypatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 1)
    before = time.monotonic()
    assert refused("sleep").code == "too_heavy"
    assert time.monotonic() - before < 10


def test_a_reader_that_fails_is_a_damaged_file_and_the_next_file_is_read():
    with pytest.raises(RuleError) as caught:
        read_article("a.pdf", b"%PDF-1.7 and nothing else")
    assert caught.value.code == "broken"
    assert read_article("a.txt", b"It is late.").blocks[0].text == "It is late."


def test_a_person_reads_one_file_at_a_time(monkeypatch):
    monkeypatch.setattr(sandbox, "PATIENCE_SECONDS", 0.2)
    with sandbox.turn("ilse"):
        with pytest.raises(RuleError) as caught:
            read_article("a.txt", b"It is late.", person="ilse")
        assert caught.value.code == "busy"
        assert read_article("a.txt", b"It is late.", person="joan").blocks
    assert read_article("a.txt", b"It is late.", person="ilse").blocks


def test_two_files_are_read_at_a_time_and_a_third_waits_its_turn(monkeypatch):
    monkeypatch.setattr(sandbox, "PATIENCE_SECONDS", 0.2)
    with sandbox.turn("ilse"), sandbox.turn("joan"), pytest.raises(RuleError) as caught:
        read_article("a.txt", b"It is late.")
    assert caught.value.code == "busy"
    monkeypatch.setattr(sandbox, "PATIENCE_SECONDS", 60)
    free = threading.Event()
    holders = [threading.Thread(target=hold, args=[name, free]) for name in ("ilse", "joan")]
    for holder in holders:
        holder.start()
    threading.Timer(0.5, free.set).start()
    assert read_article("a.txt", b"It is late.").blocks
    for holder in holders:
        holder.join()


def hold(person, free):
    """Keep a turn until told otherwise."""
    with sandbox.turn(person):
        free.wait(60)


def test_locks_are_never_put_into_another_ones_folder(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = sandbox.lock_folder()
    folder.rmdir()
    folder.symlink_to(elsewhere)
    with sandbox.turn("ilse"):
        assert list(elsewhere.iterdir()) == []
