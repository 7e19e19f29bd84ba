"""`export_spans`: spans.csv, or readings.csv, of one exercise or of all, from the command line."""

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from annotator.exporters import csv_file, readings_csv, spans_csv
from annotator.models import Exercise
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from annotator.services.lesson_clock import deadlines_apply


class Command(BaseCommand):
    """Write highlights as CSV."""

    help = "Write the highlights (spans.csv) or, with --readings, the readings (readings.csv) of exercises."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which exercise, which file, where to."""
        parser.add_argument("--exercise", metavar="ID", help="the exercise's UUID; without it, all exercises")
        parser.add_argument("--format", choices=["csv"], default="csv", help="the format (csv)")
        parser.add_argument("--readings", action="store_true", help="write readings.csv instead of spans.csv")
        parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="where to write; without it, to stdout")

    def handle(self, *args: object, **options: Any) -> None:
        """Find, write, and say that this door is not blind."""
        deadlines_apply()
        exercises = exercises_named(options["exercise"])
        self.stderr.write(_("Note: the command line is not blind. It writes everybody’s highlights at any time."))
        rows = records(exercises, readings=options["readings"])
        try:
            with output(options["output"]) as file:
                for part in csv_file.encode(rows):
                    file.write(part)
        except BrokenPipeError:
            # Whoever read our output has had enough, as `head` does: nothing more to say, at the interpreter's end too.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            where = options["output"] or _("the output")
            raise CommandError(
                _("“%(file)s” cannot be written: %(why)s.") % {"file": where, "why": error.strerror}
            ) from error


def exercises_named(uuid: str | None) -> list[Exercise]:
    """The one named, or all."""
    every = Exercise.objects.select_related("codebook_version__codebook")
    if uuid is None:
        return list(every)
    try:
        found = every.filter(uuid=UUID(uuid)).first()
    except ValueError:
        found = None
    if found is None:
        raise CommandError(_("There is no exercise “%(id)s”. Its page's address ends with its id.") % {"id": uuid})
    return [found]


def records(exercises: Iterable[Exercise], *, readings: bool) -> Iterator[str]:
    """The records of the file asked for."""
    return readings_csv.records(reading_export(exercises)) if readings else spans_csv.records(span_export(exercises))


@contextmanager
def output(path: Path | None) -> Iterator[IO[bytes]]:
    """Where to write; a file appears whole or not at all, for its owner's eyes alone."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
