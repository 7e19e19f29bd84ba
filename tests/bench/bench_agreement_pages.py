"""What the pages of figures cost, and their reports: with their kept rows, and from readings where there are none.

    .venv/bin/python tests/bench/bench_agreement_pages.py [--pages 30 300] [--readers 30 300 500]
        [--articles 1 10 100 1000 3000]

`--readers --articles` without numbers leave only the pages: whole requests of a signed-in teacher, 60 spans for each
reader on 900 words, with their queries, beside their budgets. The first line of each size is a page without figures.

Run by hand on a quiet machine; SQLite. Processor time of this process, best of several runs; the first line of each
size is what the ratios stand to. Marks are bench_agreement.py's: 60 spans of 20 to 120 characters for each reader.
"""

import argparse
import logging
import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("SOURCEWISE_DATA", tempfile.mkdtemp(prefix="sourcewise-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django  # noqa: E402  # the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from annotator.domain.sentences import sentence_spans  # noqa: E402
from annotator.models import (  # noqa: E402
    AgreementPairs,
    AgreementRow,
    Article,
    Block,
    Exercise,
    Membership,
    Phase,
    Reading,
    ReadingState,
    Span,
)
from annotator.reports.agreement import agreement_of_article, agreement_of_exercise  # noqa: E402
from annotator.reports.agreement_articles import articles_of_exercise  # noqa: E402
from annotator.reports.agreement_confusion import confusion_of_exercise  # noqa: E402
from annotator.reports.agreement_leave_out import left_out_of_exercise  # noqa: E402
from annotator.reports.agreement_pairs import pairs_of  # noqa: E402
from annotator.reports.research import research  # noqa: E402
from annotator.services.agreement import agreement_refresh  # noqa: E402
from tests import factories  # noqa: E402
from tests.bench.bench_agreement import best, marks  # noqa: E402

LETTERS = 6000
TEXT = "\n\n".join(["A plan", *["Nobody asked the ferry how late it was to be. " * 5] * (LETTERS // 190)])
# Nine hundred words in eighteen paragraphs.
WORDS = "\n\n".join(["A plan", *["Nobody asked the ferry how late it was to be. " * 5] * 18])
# Milliseconds for 30 and for 300 readers, and queries; the plan of the reveal.
REVEAL = ({30: 100, 300: 500}, 15)
TAB = ({30: 50}, 15)
PAGES = ("reveal", "figures", "confusion", "sources", "research", "exercise-report", "adjudicate", "exercise-rounds")
CELLS = ("claim:opinion", "claim:_blank")


def closed(readers: int, articles: int, spans: int, words: str = TEXT) -> Exercise:
    """A closed exercise; every article was handed in by all its readers, without any row kept yet."""
    teacher = factories.teacher()
    room = factories.classroom(teacher)
    texts = [in_sentences(factories.article(teacher, text=words, title=f"Article {at}")) for at in range(articles)]
    work = factories.exercise(room, texts)
    with transaction.atomic():
        people = [factories.reader(room) for _each in range(readers)]
        for seed, text in enumerate(texts):
            handed_in(work, text, people, spans, seed)
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.CLOSED)
    return Exercise.objects.get(pk=work.pk)


def in_sentences(text: Article) -> Article:
    """The article with its blocks cut as an import cuts them."""
    blocks = list(text.blocks.all())
    for block in blocks:
        sentences = sentence_spans(text.text[block.start : block.end])
        block.sentences = [block.start + start for start, _end in sentences]
    Block.objects.bulk_update(blocks, ["sentences"])
    return text


def handed_in(work: Exercise, text: Article, people: list[Membership], spans: int, seed: int) -> None:
    """Everybody's reading of one article, with its marks."""
    done = {"state": ReadingState.SUBMITTED, "submitted_at": factories.NOON, "round": 1}
    readings = [Reading(exercise=work, article=text, member=each, **done) for each in people]
    Reading.objects.bulk_create(readings)
    labels = list(work.codebook_version.labels.order_by("position"))
    rows = marks(len(people), spans, text.length, seed).tolist()
    made = [
        Span(
            uuid=uuid.uuid4(), reading=readings[reader], number=number, label=labels[label], start=start, end=end,
            quote=text.text[start:end], created_at=factories.NOON, updated_at=factories.NOON,
        )
        for number, (reader, label, start, end) in enumerate(rows)
    ]  # fmt: skip
    Span.objects.bulk_create(made, ignore_conflicts=True, batch_size=5000)


def of_pages(readers: int) -> None:
    """Every page about one article's readings, with its kept rows, in whole requests."""
    work = closed(readers, 1, 60, WORDS)
    agreement_refresh(exercise=work)
    Exercise.objects.filter(pk=work.pk).update(phase=Phase.REVEALED)
    client = Client(SERVER_NAME="localhost")
    client.force_login(work.classroom.memberships.get(is_teacher=True).user)
    of_exercise = {name: reverse(name, args=[work.uuid]) for name in PAGES}
    spans = Span.objects.filter(reading__exercise=work).count()
    print(f"{readers} readers, {spans} spans on {len(WORDS.split())} words: whole requests of a teacher")
    reveal, confusion = of_exercise["reveal"], of_exercise["confusion"]
    asked = [
        Asked("a page without figures", reverse("agreement-explained")),
        Asked("reveal", reveal, *REVEAL),
        *(Asked(f"reveal, its tab {tag}", f"{reveal}?tag={tag}", *TAB, True) for tag in ("opinion", "disagreement")),
        *(Asked(name, of_exercise[name]) for name in PAGES[1:]),
        *(Asked(f"confusion, its cell {each}", f"{confusion}?cell={each}", {}, 0, True) for each in CELLS),
    ]
    shown = [counted(client, each) for each in asked]
    spent = [best(partial(ask, client, each), 2) for each in asked]
    # A neighbour slows the machine for seconds at a time, so the rounds go over all pages.
    for _round in range(25 if readers <= 30 else 5):
        spent = [min(known, best(partial(ask, client, each), 1)) for known, each in zip(spent, asked, strict=True)]
    for each, milliseconds, (queries, size) in zip(asked, spent, shown, strict=True):
        held = f"{each.most[readers]:6} ms" if readers in each.most else ""
        under = f"under {each.fewest}" if each.fewest else ""
        print(
            f"    {each.name:<34} {milliseconds:8.1f} ms {held:<9} {queries:5} queries {under:<9}{size:8.0f} kB",
            flush=True,
        )


@dataclass(frozen=True)
class Asked:
    """A page, or its part alone; `most` milliseconds by readers and `fewest` queries are its budget."""

    name: str
    address: str
    most: Mapping[int, int] = field(default_factory=dict)
    fewest: int = 0
    is_part: bool = False


def ask(client: Client, page: Asked) -> HttpResponse:
    """The page as a teacher's browser gets it."""
    return client.get(page.address, headers={"HX-Request": "true"} if page.is_part else {})


def counted(client: Client, page: Asked) -> tuple[int, float]:
    """How many queries it asks, and its size in kB; ends the run where it is not shown."""
    ask(client, page)
    with CaptureQueriesContext(connection) as found:
        response = ask(client, page)
    if response.status_code != 200:
        sys.exit(f"{page.address} answered {response.status_code}")
    queries = sum(not each["sql"].startswith(("BEGIN", "COMMIT")) for each in found.captured_queries)
    return queries, len(response.content) / 1000


def report(job: str, spent: float, beside: float) -> None:
    """One line: what, how long, and how many times the first line of its size."""
    print(f"    {job:<58} {spent:10.1f} ms {spent / beside:8.1f}", flush=True)


def of_readers(readers: int) -> None:
    """One article: every report cold, the writing of its rows, every report from them."""
    work = closed(readers, 1, 60)
    text = work.articles.get()
    asked: dict[str, Callable[[], object]] = {
        "figures of the exercise": lambda: agreement_of_exercise(work),
        "labels that meet": lambda: confusion_of_exercise(work),
        "every two readers, means": lambda: pairs_of(work),
        "every two readers, a row for each": lambda: pairs_of(work).of(),
        "by article, with means": lambda: articles_of_exercise(work),
        "the researcher's table": lambda: research(work),
    }
    print(f"{readers} readers, 1 article, {Span.objects.filter(reading__exercise=work).count()} spans")
    times = 5 if readers <= 30 else 2
    cold = {name: best(ask, times) for name, ask in asked.items()}
    kept = best(lambda: agreement_refresh(exercise=work), times)
    warm = {name: best(ask, times) for name, ask in asked.items()}
    first = warm["figures of the exercise"]
    for name in asked:
        report(f"{name}, from kept rows", warm[name], first)
        report(f"{name}, from readings", cold[name], first)
    report(
        "the article with intervals over sentences (readings)", best(lambda: agreement_of_article(work, text), 2), first
    )
    report("alpha without each reader (readings)", best(lambda: left_out_of_exercise(work), 2), first)
    report("writing the rows, as each hand-in of round two does", kept, first)
    row = AgreementRow.objects.get(exercise=work)
    size = len(AgreementPairs.objects.get(row=row).counts)
    print(f"    kept: {len(row.summary) / 1000:.1f} kB of figures, {size / 1000:.1f} kB of pair counts")


def of_articles(articles: int, first: list[float]) -> None:
    """One exercise of so many articles, ten readers each."""
    work = closed(10, articles, 6)
    agreement_refresh(exercise=work)
    print(f"{articles} articles, 10 readers, {Span.objects.filter(reading__exercise=work).count()} spans")
    spent = best(lambda: agreement_of_exercise(work), 3)
    first.append(spent)
    report("figures of the exercise, from kept rows", spent, first[0])
    report("by article, with means, from kept rows", best(lambda: articles_of_exercise(work), 1), first[0])
    AgreementRow.objects.all().delete()
    report("figures of the exercise, from readings", best(lambda: agreement_of_exercise(work), 1), first[0])


def main() -> None:
    """Run everything once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[30, 300])
    parser.add_argument("--readers", type=int, nargs="*", default=[30, 300, 500])
    parser.add_argument("--articles", type=int, nargs="*", default=[1, 10, 100, 1000, 3000])
    chosen = parser.parse_args()
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    for readers in chosen.pages:
        of_pages(readers)
    for readers in chosen.readers:
        of_readers(readers)
    first: list[float] = []
    for articles in chosen.articles:
        of_articles(articles, first)


if __name__ == "__main__":
    main()
