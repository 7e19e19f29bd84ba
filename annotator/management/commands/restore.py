"""`restore FILE`: brings a backup back, and keeps the database that was there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from annotator.domain.errors import RuleError
from annotator.management.commands.backup import PG_DUMP
from annotator.services.backups import Restored, backup_restore


class Command(BaseCommand):
    """Bring a backup back."""

    help = "Check the backup FILE, set the present database aside, and put the backup in its place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """From where."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        """Restore it and say what was done."""
        if connection.vendor != "sqlite":
            raise CommandError(_(PG_DUMP))
        try:
            restored = backup_restore(file=options["file"], database=Path(connection.settings_dict["NAME"]))
        except RuleError as error:
            raise CommandError(_(error.message) % error.params) from error
        except OSError as error:
            raise CommandError(_("The backup cannot be restored: %(why)s.") % {"why": error.strerror}) from error
        self.stdout.write("\n".join(in_words(restored)))


def in_words(restored: Restored) -> list[str]:
    """What was brought back, where the old database is, and what to do now."""
    manifest = restored.manifest
    lines = [
        _("Restored %(articles)d articles, %(readings)d readings and %(spans)d highlights as of %(time)s.")
        % {
            "articles": manifest.rows("article"),
            "readings": manifest.rows("reading"),
            "spans": manifest.rows("span"),
            "time": manifest.made_at,
        }
    ]
    if restored.set_aside:
        lines.append(_("The database that was here is kept as %(file)s.") % {"file": restored.set_aside})
    lines.append(_("Everybody signs in again. Start Sourcewise now: the start brings an older backup up to date."))
    return lines
