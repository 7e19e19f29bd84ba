"""The researcher's tables in one file with the raw units behind them, and how to compute every figure again."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from annotator.domain.agreement.documents import Document
from annotator.domain.agreement.figures import figures
from annotator.exporters import csv_file, readings_csv, research_csv, spans_csv
from annotator.models import Exercise, Span
from annotator.models.counted import CountedText
from annotator.reports.agreement_pairs import codes_of, ranks
from annotator.reports.agreement_rows import check_open, readings_in, texts_in
from annotator.reports.codebook_file import codebook_file
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from annotator.reports.research import research, rounds_in
from annotator.reports.research_files import TABLES, columns_of, table
from annotator.reports.research_readme import readme
from annotator.reports.snapshot import snapshot

NAME = "bundle.zip"


def bundle_files(exercise: Exercise) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Every file by its name with its pieces, of one moment; each is to be used up before the next. RuleError "blind".

    README.txt, codebook.json, figures.json, the tables with all rounds, and spans.csv and readings.csv as the export
    makes them.
    """
    check_open([exercise])
    with snapshot():
        numbers = rounds_in(exercise)
        pages = [research(exercise, number) for number in numbers]
        slugs = [each.slug for each in pages[0].labels]
        yield "README.txt", [readme(exercise, pages).encode()]
        yield "codebook.json", [codebook_file(pages[0].origin.codebook)]
        yield (
            "figures.json",
            [json.dumps(figures_in(exercise, counted_rounds(exercise, numbers), slugs)).encode(), b"\n"],
        )
        for name in TABLES:
            yield name, csv_file.encode(research_csv.records(columns_of(name), table(exercise, name, numbers)))
        yield "spans.csv", csv_file.encode(spans_csv.records(span_export([exercise])))
        yield "readings.csv", csv_file.encode(readings_csv.records(reading_export([exercise])))


def counted_rounds(exercise: Exercise, numbers: Iterable[int]) -> list[int]:
    """The rounds in which a reading counts; the first where none does."""
    return [number for number in numbers if readings_in([exercise], number).counted().exists()] or [1]


def figures_in(exercise: Exercise, numbers: list[int], slugs: list[str]) -> dict[str, Any]:
    """What the command `agreement --json` prints for the exported files: one round as it is, several by number."""
    found = {str(number): figures_of(exercise, number, slugs) for number in numbers}
    return {"rounds": found} if len(found) > 1 else next(iter(found.values()))


def figures_of(exercise: Exercise, number: int, slugs: list[str]) -> dict[str, Any]:
    """The counts and figures of one round. Six queries."""
    texts = texts_in([exercise], number)
    codes = codes_of(reader for text in texts for reader in text.readers)
    order, readers = ranks(codes), sorted(codes.values())
    counts = {"documents": len(texts), "annotators": len(readers), "spans": spans_in(exercise, number)}
    return counts | figures([by_rank(text, order) for text in texts], readers=readers, labels=slugs)


def spans_in(exercise: Exercise, number: int) -> int:
    """The highlights that count, each (label, start, end) of a reading once. One query."""
    counted = readings_in([exercise], number).counted().order_by().values("pk")
    return Span.objects.current().filter(reading__in=counted, is_late=False).count()


def by_rank(text: CountedText, order: dict[int, int]) -> Document:
    """The document with its readers by the place of their code among all, in which files list them."""
    document = text.document
    ids = np.array([order[member] for member in text.readers], dtype=np.int64)
    places = np.argsort(np.argsort(ids))
    spans = replace(document.spans, reader=places[document.spans.reader])
    return Document(document.length, np.sort(ids), spans)
