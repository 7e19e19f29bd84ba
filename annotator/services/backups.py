"""Backups of an SQLite database: a copy made while the app runs, checked before it counts, and brought back."""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.text import fingerprint

FORMAT = 1
SQLITE_HEADER = b"SQLite format 3\x00"
MANIFEST = "sourcewise_backup"
# Not kept: who is signed in, links that sign in, counted attempts. Restoring them would bring back what was ended.
PASSING = ("django_session", "annotator_signinlink", "annotator_attempt")
WRONG_QUOTES = """
    SELECT COUNT(*) FROM annotator_span s JOIN annotator_reading r ON r.id = s.reading_id
    JOIN annotator_article a ON a.id = r.article_id
    WHERE SUBSTR(a.text, s.start + 1, s."end" - s.start) <> s.quote"""

NO_FOLDER = gettext_noop("There is no folder %(folder)s. Make it first, or choose another place.")
NO_FILE = gettext_noop("There is no file %(file)s. Check its name and place.")
ITSELF = gettext_noop("%(file)s is the database itself. Choose another name for the backup.")
NO_DATABASE = gettext_noop("There is no database at %(file)s yet, so there is nothing to back up.")
NOT_OURS = gettext_noop("%(file)s is not a backup of Sourcewise, or it was cut short. Nothing was changed.")
DAMAGED = gettext_noop("%(file)s is damaged: %(what)s. Nothing was changed; try an older backup.")
UNSOUND = gettext_noop(
    "The copy does not pass its checks: %(what)s. No backup was written, and an older one of that name was kept."
)
NEWER = gettext_noop("%(file)s was made by a newer Sourcewise. Update Sourcewise first, then restore it.")
IN_USE = gettext_noop("Sourcewise is still running on this database. Stop it first, then restore.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `tables` maps each table to its number of rows and their SHA-256."""

    format: int
    made_at: str
    migrations: list[str]
    tables: dict[str, tuple[int, str]]

    def rows(self, table: str) -> int:
        """How many rows a table of the app has."""
        return self.tables.get(f"annotator_{table}", (0, ""))[0]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and where the database that it replaced stands now."""

    manifest: Manifest
    set_aside: Path | None


def backup_write(*, database: Path, target: Path) -> Manifest:
    """Copy `database` to `target`, which appears only once the copy has passed every check. Writers may go on."""
    check_places(database, target)
    with part_beside(target) as part:
        try:
            copy(database, part)
            with closing(sqlite3.connect(part)) as copied:
                forget_passing(copied)
                found = checked(copied)
                copied.execute(f"CREATE TABLE {MANIFEST} (manifest TEXT NOT NULL)")
                copied.execute(f"INSERT INTO {MANIFEST} VALUES (?)", [json.dumps(asdict(found))])  # noqa: S608
                copied.commit()
        except (ValueError, sqlite3.Error) as error:
            raise RuleError(UNSOUND, code="unsound", what=error) from error
        put(part, target)
    return found


def backup_restore(*, file: Path, database: Path) -> Restored:
    """Check a backup, then put it where `database` is, which is set aside under a name with the time."""
    if not file.is_file():
        raise RuleError(NO_FILE, code="no_file", file=file)
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with part_beside(database) as part:
        shutil.copyfile(file, part)
        with closing(sqlite3.connect(part)) as copied:
            found = manifest_checked(copied, file)
            copied.execute(f"DROP TABLE {MANIFEST}")
            copied.commit()
        set_aside = aside(database)
        put(part, database)
    return Restored(found, set_aside)


def check_places(database: Path, target: Path) -> None:
    """The database is there, and the backup may be written where it shall be."""
    if not database.is_file():
        raise RuleError(NO_DATABASE, code="no_database", file=database)
    if not target.parent.is_dir():
        raise RuleError(NO_FOLDER, code="no_folder", folder=target.parent)
    if target.exists() and target.samefile(database):
        raise RuleError(ITSELF, code="itself", file=target)


@contextmanager
def part_beside(target: Path) -> Iterator[Path]:
    """A new file for its owner alone in the folder of `target`, gone at the end unless it was put in place."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for left in (name, f"{name}-journal"):
            Path(left).unlink(missing_ok=True)


def copy(database: Path, part: Path) -> None:
    """One consistent state of the database, by SQLite's online backup: nobody waits for it."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(part)) as copied:
        source.backup(copied)
        # The copy is one file: it has no log beside it.
        copied.execute("PRAGMA journal_mode=DELETE")


def forget_passing(copied: sqlite3.Connection) -> None:
    """Empty the tables that a backup does not keep; their content is overwritten."""
    copied.execute("PRAGMA secure_delete=ON")
    for table in set(PASSING) & set(tables(copied)):
        copied.execute(f"DELETE FROM {table}")  # noqa: S608
    copied.commit()


def checked(copied: sqlite3.Connection) -> Manifest:
    """What the copy holds; ValueError says what is wrong with it."""
    [first, *_] = [row[0] for row in copied.execute("PRAGMA integrity_check")]
    if first != "ok":
        raise ValueError(f"integrity_check says {first}")
    if copied.execute("PRAGMA foreign_key_check").fetchone():
        raise ValueError("a row points at another row that is not there")
    # The hash of a text that was withdrawn is that of what it was. An older database knows of none.
    columns = {row[1] for row in copied.execute("PRAGMA table_info(annotator_article)")}
    kept = " WHERE withdrawn_at IS NULL" if "withdrawn_at" in columns else ""
    texts = copied.execute(f"SELECT uuid, text, text_sha256 FROM annotator_article{kept}")  # noqa: S608
    for public_id, text, sha256 in texts:
        if fingerprint(text) != sha256:
            raise ValueError(f"the text of article {public_id} is not the text that was stored")
    [[wrong]] = copied.execute(WRONG_QUOTES)
    if wrong:
        raise ValueError(f"{wrong} highlights do not fit their text")
    names = copied.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
    return Manifest(
        format=FORMAT,
        made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        migrations=[name for (name,) in names],
        tables={table: content(copied, table) for table in tables(copied)},
    )


def tables(copied: sqlite3.Connection) -> list[str]:
    """The names of all tables but SQLite's own and the manifest."""
    found = copied.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found if not name.startswith("sqlite_") and name != MANIFEST]


def content(copied: sqlite3.Connection, table: str) -> tuple[int, str]:
    """How many rows a table has, and the SHA-256 of them all."""
    digest, count = hashlib.sha256(), 0
    for row in copied.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):  # noqa: S608
        digest.update(repr(row).encode())
        count += 1
    return count, digest.hexdigest()


def manifest_checked(copied: sqlite3.Connection, file: Path) -> Manifest:
    """The manifest of a backup, once everything in the file agrees with it and this Sourcewise knows its tables."""
    try:
        [[written]] = copied.execute(f"SELECT manifest FROM {MANIFEST}")  # noqa: S608
        said = json.loads(written)
        found = checked(copied)
    except (sqlite3.Error, ValueError, KeyError) as error:
        if isinstance(error, ValueError) and not isinstance(error, json.JSONDecodeError):
            raise RuleError(DAMAGED, code="damaged", file=file, what=error) from error
        raise RuleError(NOT_OURS, code="not_ours", file=file) from error
    if said["format"] > FORMAT or set(said["migrations"]) - known_migrations():
        raise RuleError(NEWER, code="newer", file=file)
    differing = [table for table in said["tables"] if tuple(said["tables"][table]) != found.tables.get(table)]
    if differing or set(found.tables) - set(said["tables"]):
        raise RuleError(DAMAGED, code="damaged", file=file, what=f"{', '.join(differing)} is not what was written")
    return Manifest(FORMAT, said["made_at"], said["migrations"], found.tables)


def known_migrations() -> set[str]:
    """The migrations that this Sourcewise brings, Django's own included."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}


def aside(database: Path) -> Path | None:
    """Move the database out of the way as one file; RuleError while anything has it open."""
    if not database.exists():
        return None
    name = f"{database.stem}-set-aside-{datetime.now(UTC):%Y%m%dT%H%M%SZ}{database.suffix}"
    path = database.with_name(name)
    logs = [Path(f"{database}{suffix}") for suffix in ("-wal", "-shm")]
    try:
        is_whole = folded(database)
        database.rename(path)
        for log in [] if is_whole else [log for log in logs if log.exists()]:
            log.rename(Path(str(log).replace(str(database), str(path))))
    except PermissionError as error:
        raise RuleError(IN_USE, code="in_use") from error
    return path


def folded(database: Path) -> bool:
    """Write the log back into the file, which nobody else may have open; False where the file is past reading."""
    with database.open("rb") as file:
        if file.read(len(SQLITE_HEADER)) != SQLITE_HEADER:
            # Not even opened: SQLite would throw the log away.
            return False
    try:
        with closing(sqlite3.connect(database, timeout=1)) as opened:
            opened.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise RuleError(IN_USE, code="in_use") from error
    except sqlite3.DatabaseError:
        return False
    return True


def put(part: Path, target: Path) -> None:
    """Let the finished file take its name in one step, once it is on the disk."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
