"""Backups: whole and checked while ten people save, and refused with a sentence when anything is amiss."""

import json
import shutil
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections

from annotator.domain.errors import RuleError
from annotator.models import Reading, Span
from annotator.services import backups
from annotator.services.accounts import sign_in_link_add
from annotator.services.backups import backup_restore, backup_write
from annotator.services.samples import samples_add
from tests import factories
from tests.services import saving

pytestmark = [pytest.mark.only("sqlite"), pytest.mark.django_db(transaction=True)]
WRITERS = 10


@pytest.fixture
def database() -> Path:
    """The database of the tests, with the sample class in it."""
    # Tests that commit empty every table behind them, the codebook of the migration included.
    factories.codebook()
    samples_add(teacher=factories.teacher())
    return Path(connection.settings_dict["NAME"])


@pytest.fixture
def backup(database, tmp_path) -> Path:
    """A good backup of it."""
    backup_write(database=database, target=tmp_path / "a.backup")
    return tmp_path / "a.backup"


def rows(path: Path) -> dict[str, list]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as opened:
        return {
            table: list(opened.execute(f'SELECT * FROM "{table}" ORDER BY rowid'))  # noqa: S608
            for table in backups.tables(opened)
        }


def change(path: Path, *statements: str) -> None:
    """Tamper with a file."""
    with closing(sqlite3.connect(path)) as opened:
        for statement in statements:
            opened.execute(statement)
        opened.commit()


def refused(file: Path, database: Path) -> str:
    """Restoring is refused, and the database stays as it was: the code of the refusal."""
    before = database.read_bytes() if database.exists() else None
    with pytest.raises(RuleError) as caught:
        backup_restore(file=file, database=database)
    assert (database.read_bytes() if database.exists() else None) == before
    assert [path for path in database.parent.iterdir() if path.name.endswith(".part")] == []
    return caught.value.code


def test_a_backup_restored_elsewhere_holds_every_row(database, backup, tmp_path):
    restored = backup_restore(file=backup, database=tmp_path / "new" / "sourcewise.sqlite3")
    ours = {table: found for table, found in rows(database).items() if table not in backups.PASSING}
    theirs = rows(tmp_path / "new" / "sourcewise.sqlite3")
    assert {table: theirs[table] for table in ours} == ours
    assert set(theirs) == set(rows(database))
    with closing(sqlite3.connect(tmp_path / "new" / "sourcewise.sqlite3")) as opened:
        assert not opened.execute("SELECT * FROM sqlite_master WHERE name = 'sourcewise_backup'").fetchall()
    assert restored.set_aside is None
    assert (restored.manifest.rows("article"), restored.manifest.rows("span")) == (4, 204)


def test_a_backup_is_one_file_for_its_owner_alone(backup):
    assert [path.name for path in backup.parent.iterdir()] == ["a.backup"]
    # By the file format, 1 says that no log belongs beside the file, 2 says that one does.
    assert backup.read_bytes()[18:20] == b"\x01\x01"
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_backup_signs_nobody_in(database, tmp_path):
    sign_in_link_add(user=factories.user())
    backup_write(database=database, target=tmp_path / "b")
    found = rows(tmp_path / "b")
    assert [found[table] for table in backups.PASSING] == [[], [], []]


@pytest.mark.proves("S27")
def test_a_backup_made_while_ten_people_save_is_whole(database, tmp_path):
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    exercise = factories.exercise(room, [factories.article(teacher, text="One word after another. " * 200)])
    readings = [factories.reading(exercise, factories.reader(room)) for _ in range(WRITERS)]
    saved: list[str] = []
    done = threading.Event()

    def write(reading: Reading) -> None:
        for place in range(400):
            if done.is_set():
                break
            outcome = saving.add(reading, place * 4, place * 4 + 3)
            assert outcome.is_made
            saved.append(outcome.span.hex)
        connections.close_all()

    threads = [threading.Thread(target=write, args=[reading]) for reading in readings]
    for thread in threads:
        thread.start()
    while len(saved) < WRITERS:
        assert any(thread.is_alive() for thread in threads)
    before = set(saved)
    manifest = backup_write(database=database, target=tmp_path / "b")
    during = len(saved) - len(before)
    done.set()
    for thread in threads:
        thread.join()
    backup_restore(file=tmp_path / "b", database=tmp_path / "new.sqlite3")
    with closing(sqlite3.connect(tmp_path / "new.sqlite3")) as opened:
        stored = {uuid for (uuid,) in opened.execute("SELECT uuid FROM annotator_span")}
        [[orphans]] = opened.execute(
            "SELECT COUNT(*) FROM annotator_span s WHERE (SELECT COUNT(*) FROM annotator_spanoperation o "
            "WHERE o.span_id = s.id AND o.kind = 'add') <> 1"
        )
    assert before - stored == set()
    assert stored <= {uuid.hex for uuid in Span.objects.values_list("uuid", flat=True)}
    assert orphans == 0
    assert manifest.rows("span") == len(stored)
    assert during > 0, "nobody saved while the backup ran"


def test_a_second_backup_replaces_the_first_under_its_name(database, backup):
    factories.user("later")
    assert backup_write(database=database, target=backup).rows("user") == 10
    assert len(rows(backup)["annotator_user"]) == 10


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE annotator_article SET text = replace(text, 'bins', 'Bins') WHERE title LIKE 'Our bins%'",
        "UPDATE annotator_span SET confidence = 9 WHERE id = (SELECT MIN(id) FROM annotator_span)",
        "UPDATE annotator_span SET quote = 'other words' WHERE id = (SELECT MIN(id) FROM annotator_span)",
        "UPDATE annotator_span SET label_id = 99999 WHERE id = (SELECT MIN(id) FROM annotator_span)",
    ],
)
def test_a_database_that_is_amiss_gives_no_backup_and_keeps_the_last_good_one(database, tmp_path, damage):
    amiss = tmp_path / "amiss.sqlite3"
    backup_write(database=database, target=amiss)
    change(amiss, "PRAGMA ignore_check_constraints=ON", damage, "DROP TABLE sourcewise_backup")
    target = tmp_path / "a.backup"
    target.write_text("the last good one")
    with pytest.raises(RuleError) as caught:
        backup_write(database=amiss, target=target)
    assert caught.value.code == "unsound"
    assert target.read_text() == "the last good one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.backup", "amiss.sqlite3"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE annotator_article SET text = replace(text, 'bus', 'Bus') WHERE title LIKE 'Night%'",
        "UPDATE annotator_span SET note = 'forged' WHERE id = (SELECT MIN(id) FROM annotator_span)",
        "DELETE FROM annotator_spanoperation",
        "DROP TABLE annotator_attempt",
        "CREATE TABLE more (id INTEGER)",
    ],
)
def test_a_backup_that_was_changed_is_refused(backup, tmp_path, damage):
    change(backup, "PRAGMA foreign_keys=OFF", damage)
    assert refused(backup, tmp_path / "new.sqlite3") == "damaged"


def test_a_backup_with_a_flipped_byte_or_cut_short_is_refused(backup, tmp_path):
    content = backup.read_bytes()
    place = content.index(b"have turned down a shift")
    flipped = tmp_path / "flipped"
    flipped.write_bytes(content[:place] + b"H" + content[place + 1 :])
    assert refused(flipped, tmp_path / "new.sqlite3") in {"damaged", "not_ours"}
    short = tmp_path / "short"
    short.write_bytes(content[: len(content) // 2])
    assert refused(short, tmp_path / "new.sqlite3") in {"damaged", "not_ours"}


@pytest.mark.parametrize("content", [b"", b"not a database", b"PK\x03\x04"])
def test_another_file_is_no_backup(content, tmp_path):
    (tmp_path / "other").write_bytes(content)
    assert refused(tmp_path / "other", tmp_path / "new.sqlite3") == "not_ours"


def test_a_plain_database_is_no_backup(database, tmp_path):
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(tmp_path / "plain")) as target:
        source.backup(target)
    assert refused(tmp_path / "plain", tmp_path / "new.sqlite3") == "not_ours"


def test_a_backup_of_a_newer_version_is_refused(database, tmp_path):
    newer = tmp_path / "newer.sqlite3"
    backup_write(database=database, target=newer)
    change(
        newer,
        "DROP TABLE sourcewise_backup",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('annotator', '0999_later', '2030-01-01')",
    )
    backup_write(database=newer, target=tmp_path / "b")
    assert refused(tmp_path / "b", tmp_path / "new.sqlite3") == "newer"


def test_restoring_sets_the_old_database_aside_and_says_where(backup, tmp_path):
    database = tmp_path / "sourcewise.sqlite3"
    change(database, "PRAGMA journal_mode=WAL", "CREATE TABLE old (word TEXT)", "INSERT INTO old VALUES ('kept')")
    restored = backup_restore(file=backup, database=database)
    assert restored.set_aside is not None
    assert restored.set_aside.name.startswith("sourcewise-set-aside-")
    assert rows(restored.set_aside)["old"] == [("kept",)]
    assert len(rows(database)["annotator_span"]) == 204
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


def test_a_database_past_reading_is_set_aside_too(backup, tmp_path):
    database = tmp_path / "sourcewise.sqlite3"
    database.write_bytes(b"broken" * 1000)
    Path(f"{database}-wal").write_bytes(b"log")
    restored = backup_restore(file=backup, database=database)
    assert restored.set_aside.read_bytes() == b"broken" * 1000
    assert Path(f"{restored.set_aside}-wal").read_bytes() == b"log"
    assert not Path(f"{database}-wal").exists()
    assert len(rows(database)["annotator_span"]) == 204


def test_nothing_is_restored_under_a_running_sourcewise(backup, tmp_path):
    database = tmp_path / "sourcewise.sqlite3"
    shutil.copy(backup, database)
    with closing(sqlite3.connect(database)) as running:
        running.execute("PRAGMA journal_mode=WAL")
        running.execute("SELECT COUNT(*) FROM annotator_span").fetchone()
        assert refused(backup, database) == "in_use"
    assert backup_restore(file=backup, database=database).set_aside is not None


def test_wrong_places_get_a_sentence(database, backup, tmp_path):
    for code, target in [("no_folder", tmp_path / "none" / "a"), ("itself", database)]:
        with pytest.raises(RuleError) as caught:
            backup_write(database=database, target=target)
        assert caught.value.code == code
    with pytest.raises(RuleError) as caught:
        backup_write(database=tmp_path / "none.sqlite3", target=tmp_path / "b")
    assert caught.value.code == "no_database"
    assert refused(tmp_path / "none", tmp_path / "new.sqlite3") == "no_file"


def test_an_empty_database_gives_no_backup(tmp_path):
    (tmp_path / "empty.sqlite3").touch()
    with pytest.raises(RuleError) as caught:
        backup_write(database=tmp_path / "empty.sqlite3", target=tmp_path / "b")
    assert caught.value.code == "unsound"


def test_the_manifest_counts_every_table(database, backup):
    with closing(sqlite3.connect(backup)) as opened:
        [[written]] = opened.execute("SELECT manifest FROM sourcewise_backup")
    manifest = json.loads(written)
    assert manifest["tables"]["annotator_span"][0] == 204
    assert manifest["tables"]["annotator_reading"][0] == Reading.objects.count() == 13
    assert manifest["migrations"] == sorted(manifest["migrations"])
    assert "annotator.0001_initial" in manifest["migrations"]
