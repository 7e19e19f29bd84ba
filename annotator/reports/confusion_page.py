"""The confusion page of an exercise: which tags meet on the same words, and the passages behind each number."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from annotator.domain.agreement.cell_passages import Cell, by_sentence, cell_masses
from annotator.domain.agreement.confusion import confusion
from annotator.domain.agreement.pool import pooled_summaries
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.summary import summary
from annotator.models import Article, Exercise
from annotator.reports.agreement_confusion import Confusion, per_1000
from annotator.reports.agreement_rows import texts_in
from annotator.reports.confusion_passages import CellPassage, passages
from annotator.reports.confusion_table import Table, cell_named, every_cell, fullest, key_of, table_of
from annotator.reports.read_articles import ReadArticle, read_articles
from annotator.reports.reading_parts import LabelPart, labels_by_slug
from annotator.reports.rule_offer import RuleOffer, draft_for, rule_offer
from annotator.reports.snapshot import snapshot

# So many passages are shown before somebody asks for all.
MOST = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: an article (None for all together), a cell by its key, a code point, all passages."""

    article: UUID | None = None
    cell: str = ""
    at: int | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class OpenCell:
    """The cell whose passages are shown, `hidden` more of them than these; `labels` are those of the cell."""

    key: str
    shown: str
    says: str
    labels: tuple[LabelPart, ...]
    kind: str
    passages: tuple[CellPassage, ...]
    hidden: int
    is_all: bool


@dataclass(frozen=True, slots=True)
class ConfusionPage:
    """The page. Without a table, `reason` says why. `article` is the one asked for, None for all together."""

    articles: tuple[Article, ...]
    article: Article | None
    readers: int
    compared: int
    reason: str
    labels: tuple[LabelPart, ...] = ()
    table: Table | None = None
    opened: OpenCell | None = None
    offer: RuleOffer | None = None


def confusion_page(exercise: Exercise, asked: Asked) -> ConfusionPage | None:
    """Round 1 for the teacher, however few have read; None for an article that is not the exercise's.

    RuleError "blind" until it is closed. Ten queries at most.
    """
    with snapshot():
        articles = list(exercise.articles.order_by("places__position"))
        texts = texts_in([exercise], 1)
        wanted = [each for each in articles if asked.article in {None, each.uuid}]
        if not wanted:
            return None
        by_slug = labels_by_slug(exercise)
        read = read_articles(wanted, texts)
        draft = draft_for(exercise)
    head = (tuple(articles), wanted[0] if asked.article else None)
    readers = {reader for one in read for reader in one.text.readers}
    compared = sum(len(one.text.readers) > 1 for one in read)
    labels = tuple(by_slug.values())
    found = confusion_in(read, list(by_slug))
    cell = cell_asked(asked, found, read, list(by_slug))
    if not found.cells or cell is None:
        return ConfusionPage(*head, len(readers), compared, found.reason, labels)
    table = table_of(found, labels, cell)
    opened = open_cell(cell, table, read, labels, is_all=asked.is_all)
    offer = rule_offer(draft, opened.labels, opened.kind, opened.passages, asked.at)
    return ConfusionPage(*head, len(readers), compared, "", labels, table, opened, offer)


def confusion_in(read: Sequence[ReadArticle], slugs: Sequence[str]) -> Confusion:
    """The table of these articles together."""
    pool = pooled_summaries([summary(one.text.document) for one in read])
    return per_1000(slugs, lambda: confusion(pool, len(slugs)), is_with_key=False)


def cell_asked(asked: Asked, found: Confusion, read: Sequence[ReadArticle], slugs: Sequence[str]) -> Cell | None:
    """The cell named in the address; else the fullest at the place it names, else the fullest of all."""
    named = cell_named(asked.cell, slugs)
    if named is not None or not found.cells:
        return named
    return cell_at(asked.at, read, len(slugs)) or fullest(found) or (len(slugs), len(slugs))


def cell_at(at: int | None, read: Sequence[ReadArticle], labels: int) -> Cell | None:
    """Where readers differ most in the sentence that holds a code point, if they do; of one article alone."""
    if at is None or len(read) != 1 or not 0 <= at < len(read[0].text.before) - 1:
        return None
    text, begins = read[0].text, np.array(read[0].begins, dtype=np.int64)
    if not len(begins):
        return None
    found = runs(text.document, begins)
    place = int(np.searchsorted(begins, int(text.before[at]), side="right")) - 1
    apart = [cell for cell in every_cell(labels) if cell[0] != cell[1]]
    amounts = [float(by_sentence(found, cell_masses(found, labels, cell), begins)[place]) for cell in apart]
    best = int(np.argmax(amounts)) if amounts else 0
    return apart[best] if amounts and amounts[best] > 0 else None


def open_cell(
    cell: Cell, table: Table, read: Sequence[ReadArticle], labels: Sequence[LabelPart], *, is_all: bool
) -> OpenCell:
    """The passages of a cell."""
    of = table.cells[cell]
    inside, number = passages(read, labels, cell, None if is_all else MOST)
    return OpenCell(
        key=key_of(cell, [label.slug for label in labels]),
        shown=of.shown,
        says=of.says,
        labels=tuple(labels[place] for place in dict.fromkeys(cell) if place < len(labels)),
        kind=kind_of(cell, len(labels)),
        passages=inside,
        hidden=number - len(inside),
        is_all=is_all,
    )


def kind_of(cell: Cell, labels: int) -> str:
    """What meets in a cell: both alike, a label and blank, a label and nothing more, or two labels."""
    if cell[0] == cell[1]:
        return "both"
    return {labels: "blank", labels + 1: "more"}.get(cell[1], "labels")
