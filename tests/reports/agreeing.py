"""Classes that have read, made in the database; and what the command line says about the files exported from it."""

import io
import json
import random
import uuid
from pathlib import Path

from django.core.management import call_command

from annotator.exporters import csv_file, readings_csv, spans_csv
from annotator.models import Article, Codebook, CodebookVersion, Exercise, Label, Phase, ReadingState, Span
from annotator.reports.export_readings import reading_export
from annotator.reports.export_spans import span_export
from tests import factories

SUBMITTED = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON}
COLLECTED = {"state": ReadingState.COLLECTED, "submitted_at": factories.NOON}
TEXTS = (
    factories.TEXT,
    "The dam\n\nThe dam at Eastquay holds, \u2028said Ilse  Varga 🏮. Nobody asked Riverline.\n\nGive 3 crowns.",
    "Ferry\n\nThe ferry was late again, and the laughable timetable is to blame. The harbour master did not reply.",
)


def codebook(labels: int) -> CodebookVersion:
    """A codebook of so many labels."""
    owner = factories.teacher()
    version = CodebookVersion.objects.create(
        codebook=Codebook.objects.create(slug=f"of-{labels}", owner=owner),
        number=1,
        title=f"Of {labels}",
        published_at=factories.NOON,
    )
    for place in range(labels):
        Label.objects.create(
            version=version, slug=f"label-{labels - place}", name=f"Label {place}", letter=chr(65 + place),
            position=place + 3, tint=place % 9 + 1,
        )  # fmt: skip
    return version


def mark(of, rng: random.Random, slugs: list[str]) -> None:
    """A highlight anywhere, of any label: overlapping, nested, beginning or ending in white space, as it comes."""
    start = rng.randrange(of.article.length - 1)
    end = min(of.article.length, start + rng.randrange(1, 40))
    label = rng.choice(slugs)
    if not of.spans.filter(label__slug=label, start=start, end=end).exists():
        factories.span(of, start, end, label)


def read_class(
    readers: int, *, articles: int = 2, labels: int | None = None, phase: str = Phase.CLOSED, spans: int = 6
) -> Exercise:
    """A class that has read, some of it twice: handed in blank, collected with and without spans, open, absent."""
    rng = random.Random(readers * 100 + articles)
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    texts = [factories.article(teacher, text=TEXTS[n % 3], title=f"Article {n}") for n in range(articles)]
    work = factories.exercise(room, texts, phase=phase)
    if labels:
        Exercise.objects.filter(pk=work.pk).update(codebook_version=codebook(labels))
        work = Exercise.objects.get(pk=work.pk)
    slugs = list(work.codebook_version.labels.values_list("slug", flat=True))
    for number in range(readers):
        member = factories.reader(room)
        for text in texts:
            kind = "full" if number < 2 else rng.choice(["full", "full", "full", "blank", "collected", "open", "none"])
            if kind == "none":
                continue
            state = {"open": {}, "collected": COLLECTED}.get(kind, SUBMITTED)
            made = factories.reading(work, member, text=text, **state)
            for _each in range(0 if kind == "blank" else rng.randrange(spans + 1) + (number < 2)):
                mark(made, rng, slugs)
    deleted_and_late(work)
    return work


def deleted_and_late(work: Exercise) -> None:
    """What no figure may count: a deleted span, one past the cut-off, and the teacher's key."""
    made = work.readings.filter(round=1).order_by("pk").first()
    factories.span(made, 1, 9, work.codebook_version.labels.first().slug, deleted_at=factories.NOON)
    factories.span(made, 2, 11, work.codebook_version.labels.first().slug, is_late=True)
    leader = work.classroom.memberships.get(is_teacher=True)
    key = factories.reading(work, leader, is_key=True, round=0, **SUBMITTED)
    factories.span(key, 0, 12, work.codebook_version.labels.first().slug)


def second_round(work: Exercise) -> None:
    """A second round of the first article: everybody's copy, each with one more highlight at the same place."""
    slug = work.codebook_version.labels.first().slug
    text = work.articles.order_by("places__position").first()
    for first in list(work.readings.filter(round=1, article=text, state=ReadingState.SUBMITTED)):
        made = factories.reading(work, first.member, text=text, round=2, **SUBMITTED)
        for each in Span.objects.current().filter(reading=first, is_late=False):
            factories.span(made, each.start, each.end, each.label.slug, uuid=uuid.uuid4())
        if not made.spans.filter(label__slug=slug, start=3, end=8).exists():
            factories.span(made, 3, 8, slug)


def files(works: list[Exercise], folder: Path) -> list[str]:
    """Both files, exported as the page does."""
    spans, readings = folder / "spans.csv", folder / "readings.csv"
    spans.write_bytes(b"".join(csv_file.encode(spans_csv.records(span_export(works)), bom=False)))
    readings.write_bytes(b"".join(csv_file.encode(readings_csv.records(reading_export(works)), bom=False)))
    return [str(spans), "--readings", str(readings)]


def by_command(works: list[Exercise], folder: Path, number: int | None = None) -> dict:
    """What `agreement --json` prints for the exported files."""
    slugs = works[0].codebook_version.labels.order_by("position").values_list("slug", flat=True)
    out = io.StringIO()
    options = ["--json", "--labels", ",".join(slugs), *(["--round", str(number)] if number else [])]
    call_command("agreement", *files(works, folder), *options, stdout=out, stderr=io.StringIO())
    return json.loads(out.getvalue())


def title(work: Exercise, place: int = 0) -> Article:
    """The exercise's article at this place."""
    return work.articles.order_by("places__position")[place]
