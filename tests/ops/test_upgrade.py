"""A newer version started on an older version's data brings it up to date and loses nothing."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection

from tests.ops.installation import Installation, installation

DATA = Path(__file__).resolve().parents[1] / "data"
# What must come through as it was; the other tables hold nothing of people's work.
KEPT = {
    "annotator_article": "uuid, owner_id, title, publication, text, text_sha256, length, word_count, is_sample",
    "annotator_block": "id, article_id, number, kind, start, \"end\"",
    "annotator_classroom": "uuid, name, kind, time_zone",
    "annotator_membership": "uuid, classroom_id, user_id, is_teacher, is_reader, code_number, pseudonym",
    "annotator_exercise": "uuid, classroom_id, codebook_version_id, title, phase",
    "annotator_reading": "uuid, exercise_id, article_id, member_id, round, is_key, state, started_at, submitted_at",
    "annotator_span": "uuid, reading_id, number, label_id, start, \"end\", quote, note, source_name, source_kind, "
    "confidence, reported_by_id, version, created_at, deleted_at",
    "annotator_spanoperation": "uuid, reading_id, span_id, actor_id, kind, before, after, undoes_id, created_at",
    "annotator_label": "id, version_id, slug, letter, position",
    "annotator_invitation": "id, created_by_id, token_hash, expires_at",
    "annotator_user": "uuid, name, is_teacher, is_superuser, password",
}  # fmt: skip


def fill(here: Installation) -> None:
    """Lay the stored older database down."""
    script = (DATA / f"at_0002_{connection.vendor}.sql").read_text(encoding="utf-8")
    if here.database_url:
        with psycopg.connect(here.database_url) as opened:
            opened.execute(script)  # type: ignore[arg-type]  # a script of our own
    else:
        with closing(sqlite3.connect(here.sqlite)) as opened:
            opened.executescript(script)


def kept(here: Installation) -> dict[str, list[tuple]]:
    """Everybody's work."""
    return {table: here.ask(f"SELECT {columns} FROM {table} ORDER BY id") for table, columns in KEPT.items()}  # noqa: S608


def test_an_installation_of_the_second_migration_is_brought_up_to_date(tmp_path):
    with installation(tmp_path) as here:
        fill(here)
        before = kept(here)
        assert [len(before[f"annotator_{table}"]) for table in ("article", "span", "spanoperation")] == [2, 15, 37]
        said = here.manage("quickstart", "--no-serve").stdout
        assert kept(here) == before
        here.manage("migrate", "--check")
        for text, sha256 in here.ask("SELECT text, text_sha256 FROM annotator_article"):
            assert hashlib.sha256(text.encode()).hexdigest() == sha256
        texts = dict(
            here.ask("SELECT r.id, a.text FROM annotator_reading r JOIN annotator_article a ON a.id = article_id")
        )
        spans = here.ask('SELECT reading_id, start, "end", quote FROM annotator_span')
        assert [texts[reading][start:end] for reading, start, end, _ in spans] == [quote for *_, quote in spans]
        # It stays the people's own: no new teacher, no sample class.
        assert "as “teacher”, once" in said
        assert here.ask("SELECT COUNT(*) FROM annotator_user") == [(5,)]
        assert here.ask("SELECT COUNT(*) FROM annotator_classroom") == [(1,)]
