"""`agreement SPANS.csv --readings READINGS.csv`: every figure of two files alone, as a table or as JSON."""

import csv
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotator.domain.agreement.figures import figures
from annotator.domain.errors import RuleError
from annotator.importers.agreement_csv import Problem
from annotator.importers.agreement_files import Files, Round, read_files

Report = dict[str, Any]


class Command(BaseCommand):
    """Measure agreement without any database."""

    help = "Measure inter-annotator agreement from two CSV files, this program's or any other's."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The two files, the codebook's labels, one round."""
        parser.add_argument("spans", type=Path, metavar="SPANS.csv", help="document, annotator, label, start, end")
        parser.add_argument(
            "--readings", type=Path, required=True, metavar="READINGS.csv", help="document, length, annotator"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument("--labels", default="", metavar="a,b,c", help="the codebook's labels, parted by commas")
        parser.add_argument("--round", type=int, metavar="N", help="this round only")

    def handle(self, *args: object, **options: Any) -> None:
        """Read, measure each round by itself, print."""
        try:
            found = read_files(options["spans"], options["readings"])
            rounds = [options["round"]] if options["round"] is not None else found.rounds or [1]
            labels = [name for name in next(csv.reader([options["labels"]], skipinitialspace=True), []) if name]
            reports = {number: report(found.round(number, labels)) for number in rounds}
        except RuleError as error:
            self.refuse(error)
        self.say_what_is_left_out(found, options["round"])
        if options["json"]:
            self.stdout.write(json.dumps(one_or_all(reports)))
        else:
            self.stdout.write("\n\n".join(in_words(reports[number], number, len(rounds)) for number in rounds))

    def refuse(self, error: RuleError) -> NoReturn:
        """Say what is wrong and where, and end with status 2."""
        message = _(error.message) % error.params if error.params else _(error.message)
        place = ""
        if isinstance(error, Problem):
            place = f"{error.file}:{error.line}: " if error.line else f"{error.file}: "
        self.stderr.write(self.style.ERROR(f"{place}{message}"))
        sys.exit(2)

    def say_what_is_left_out(self, found: Files, number: int | None) -> None:
        """Notes beside the figures, never among them."""
        if found.unread:
            self.stderr.write(
                ngettext(
                    "%(count)d span has no reading and is left out.",
                    "%(count)d spans have no reading and are left out.",
                    found.unread,
                )
                % {"count": found.unread}
            )
        if number is not None and number not in found.rounds:
            self.stderr.write(_("Round %(number)d has no counted reading.") % {"number": number})


def report(found: Round) -> Report:
    """The counts and figures of one round."""
    counts = {"documents": len(found.documents), "annotators": len(found.readers), "spans": found.spans}
    return counts | figures(found.documents, readers=found.readers, labels=found.labels)


def one_or_all(reports: dict[int, Report]) -> Report:
    """One round's report as it is, several under their numbers: rounds are never pooled."""
    if len(reports) == 1:
        return next(iter(reports.values()))
    return {"rounds": {str(number): found for number, found in reports.items()}}


def in_words(found: Report, number: int, rounds: int) -> str:
    """The same for a person to read: counts, figures over all, then the pairs."""
    lines = [_("Round %(number)d") % {"number": number}] if rounds > 1 else []
    lines.append(
        _("%(documents)d documents, %(annotators)d annotators, %(spans)d spans")
        % {name: found[name] for name in ("documents", "annotators", "spans")}
    )
    lines += ["", _("Krippendorff’s alpha (1 identical, 0 chance)")]
    lines += figure_lines(found, "alpha", {key: found["alpha"][key] for key in found["alpha"] if key != "per_label"})
    lines += figure_lines(found, "alpha.per_label", found["alpha"]["per_label"])
    lines += figure_lines(found, "", {"u_alpha": found["u_alpha"]})
    lines += ["", _("F1, mean over pairs of annotators"), *figure_lines(found, "f1", found["f1"])]
    parts = {part: found["split"][part] for part in ("missed", "boundary", "label")}
    lines += ["", _("Why they differ: parts of 1 − alpha.nominal_set"), *figure_lines(found, "split", parts)]
    return "\n".join(lines + pair_lines(found))


def figure_lines(found: Report, path: str, numbers: dict[str, float | None]) -> list[str]:
    """A name and a number, or why there is none, on each line."""
    return [
        f"  {name:<24} {shown(number, found['undefined'].get(f'{path}.{name}' if path else name, ''))}"
        for name, number in numbers.items()
    ]


def shown(number: float | None, reason: str = "–") -> str:
    """Three decimals; the reason where there is no number."""
    return f"{_(reason) if reason else '–'}" if number is None else f"{number:7.3f}"


def pair_lines(found: Report) -> list[str]:
    """A table of all pairs, one line for each label that either of them used."""
    keys = ("kappa", "f1_exact", "f1_overlap", "f1_char")
    rows = [
        [pair["a"], pair["b"], pair["label"] or _("all labels"), *(shown(pair[key]).strip() for key in keys)]
        for pair in found["pairs"]
        if pair["label"] is None or any(pair[key] is not None for key in keys)
    ]
    if not rows:
        return []
    table = [["a", "b", "label", *keys], *rows]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    written = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in table]
    return ["", _("Pairs"), *(f"  {line.rstrip()}" for line in written)]
