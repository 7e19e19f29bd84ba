"""What the readers of an article propose for its key, and how each of them drew the edges."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from annotator.domain.adjudication import Consensus, Extent
from annotator.domain.agreement.documents import IntArray, merged
from annotator.domain.agreement.runs import runs
from annotator.domain.consensus import proposals
from annotator.models import Article, Exercise
from annotator.models.counted import CountedText, labels_of
from annotator.reports.agreement_passages import one_text
from annotator.reports.agreement_rows import check_open


def consensus_of(exercise: Exercise, article: Article, share: int) -> Consensus:
    """What round 1 proposes at `share` percent of the readers. RuleError "blind". Five queries."""
    check_open([exercise])
    text = one_text(exercise, article, 1)
    _labels, slugs = labels_of(exercise.codebook_version_id)
    if text is None:
        return Consensus(0)
    drawn = drawn_in(text, slugs)
    return Consensus(
        readers=len(text.readers),
        proposals=tuple(sorted(proposed(text, slugs, share), key=lambda each: (each.start, -each.end))),
        extents=tuple(extent for extent, _readers in drawn),
        marking=tuple(readers for _extent, readers in drawn),
    )


def proposed(text: CountedText, slugs: Sequence[str], share: int) -> list[Extent]:
    """The proposals of every label, with the codebook's order within equal edges; the same one once.

    Each run is a proposal of its own, and two runs of a label may have the same commonest edges: there is one thing to
    decide, which the readers of the less marked run propose throughout.
    """
    found = runs(text.document)
    wanted = Fraction(share, 100)
    places = code_points(text.before)
    once: dict[tuple[str, int, int], Extent] = {}
    for number, slug in enumerate(slugs):
        for each in proposals(text.document, found, number, share=wanted):
            offer = Extent(slug, int(places[each.start]), int(places[each.end - 1]) + 1, each.readers)
            once[offer.place] = min(offer, once.get(offer.place, offer), key=lambda one: one.readers)
    return list(once.values())


def drawn_in(text: CountedText, slugs: Sequence[str]) -> list[tuple[Extent, tuple[int, ...]]]:
    """Each distinct extent of the merged spans, with the places of the readers who drew it; the commonest first."""
    spans, places = merged(text.document), code_points(text.before)
    who: dict[tuple[int, int, int], list[int]] = {}
    columns = (spans.label, spans.start, spans.end, spans.reader)
    for label, start, end, reader in zip(*(column.tolist() for column in columns), strict=True):
        who.setdefault((label, start, end), []).append(reader)
    found = [
        (Extent(slugs[label], int(places[start]), int(places[end - 1]) + 1, len(readers)), tuple(readers))
        for (label, start, end), readers in who.items()
    ]
    return sorted(found, key=lambda each: (-each[0].readers, each[0].start, -each[0].end, slugs.index(each[0].label)))


def code_points(before: IntArray) -> IntArray:
    """For each character that is not white space, its offset; `before` as in CountedText."""
    return np.flatnonzero(np.diff(before))
