"""`backup` and `restore` from the command line: what they say."""

import sqlite3
from contextlib import closing
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.ops.installation import installation


def run(command: str, *arguments: object) -> str:
    """What a command prints."""
    printed = StringIO()
    call_command(command, *map(str, arguments), stdout=printed)
    return printed.getvalue()


@pytest.mark.only("postgresql")
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_postgresql_has_its_own_tools(command, tmp_path):
    with pytest.raises(CommandError, match="pg_dump") as refused:
        run(command, tmp_path / "a.backup")
    assert "postgres://" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.only("sqlite")
def test_a_backup_is_restored_elsewhere_from_the_command_line(tmp_path):
    with installation(tmp_path / "one") as one, installation(tmp_path / "two") as two:
        one.manage("quickstart", "--no-serve")
        said = one.manage("backup", tmp_path / "a.backup").stdout
        assert said == f"{tmp_path}/a.backup holds 4 articles, 13 readings and 204 highlights; all checks passed.\n"
        two.manage("quickstart", "--no-serve", "--empty")
        said = two.manage("restore", tmp_path / "a.backup").stdout
        assert said.startswith("Restored 4 articles, 13 readings and 204 highlights as of 20")
        assert "is kept as " in said
        assert "as “teacher”, once" in two.manage("quickstart", "--no-serve").stdout
        with closing(sqlite3.connect(two.sqlite)) as opened:
            assert opened.execute("SELECT COUNT(*) FROM annotator_user").fetchone() == (9,)


@pytest.mark.only("sqlite")
def test_what_goes_wrong_is_one_sentence(tmp_path):
    with installation(tmp_path / "one") as here:
        for command, sentence in [
            (("backup", tmp_path / "a"), f"CommandError: There is no database at {here.sqlite} yet"),
            (("restore", tmp_path / "none"), f"CommandError: There is no file {tmp_path}/none."),
        ]:
            ended = here.manage(*command, status=1)
            assert ended.stderr.startswith(sentence)
            assert ended.stderr.count("\n") == 1
