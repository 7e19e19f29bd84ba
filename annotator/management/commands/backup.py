"""`backup FILE`: a checked copy of the database, made while Sourcewise runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from annotator.domain.errors import RuleError
from annotator.services.backups import backup_write

PG_DUMP = (
    "Sourcewise keeps its data in PostgreSQL here: back it up with pg_dump --format=custom --file=FILE "
    "and bring it back with pg_restore --clean."
)


class Command(BaseCommand):
    """Back the database up."""

    help = "Write a checked copy of the SQLite database to FILE, while Sourcewise may go on running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        """Write it and say what is in it."""
        if connection.vendor != "sqlite":
            raise CommandError(_(PG_DUMP))
        try:
            manifest = backup_write(database=Path(connection.settings_dict["NAME"]), target=options["file"])
        except RuleError as error:
            raise CommandError(_(error.message) % error.params) from error
        except OSError as error:
            raise CommandError(_("The backup cannot be written: %(why)s.") % {"why": error.strerror}) from error
        counts = {table: manifest.rows(table) for table in ("article", "reading", "span")}
        self.stdout.write(
            _("%(file)s holds %(article)d articles, %(reading)d readings and %(span)d highlights; all checks passed.")
            % {"file": options["file"], **counts}
        )
