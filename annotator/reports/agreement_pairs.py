"""Every two readers compared, and each reader with the teacher's key: F1s and Cohen's kappa over shared articles."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from annotator.domain.agreement.documents import Document
from annotator.domain.agreement.figures import mean_f1
from annotator.domain.agreement.pair_figures import F1
from annotator.domain.agreement.pair_pool import PairPool, pooled_pairs
from annotator.domain.agreement.pair_rows import of_readers, read_pairs, renamed
from annotator.domain.agreement.pairs import PairCounts, pair_counts
from annotator.models import Article, Exercise, Membership
from annotator.models.counted import CountedText, labels_of
from annotator.reports.agreement import Figure, caution, figure
from annotator.reports.agreement_key import joined, texts_with_key
from annotator.reports.agreement_rows import check_open, pair_rows_in
from annotator.reports.export_names import KEY
from annotator.reports.snapshot import snapshot


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readers by their codes, a < b in code-point order; `label` None means all labels together."""

    a: str
    b: str
    label: str | None
    kappa: Figure
    f1: dict[str, Figure]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """All pairs with an article in common, and the unweighted mean of each F1 over them (macro over pairs).

    Three hundred readers are 44,850 pairs for each label: what a page shows is made when it is asked for.
    """

    mean: dict[str, Figure]
    pool: PairPool
    names: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair in order of the codes, each with all labels together first, then label by label."""
        columns = [self.of(label) for label in (None, *self.labels)]
        return tuple(each for pair in zip(*columns, strict=True) for each in pair)

    def of(self, label: str | None = None, code: str = "") -> tuple[Pair, ...]:
        """Every pair in order of the codes, or those of one reader, for one label or for all together."""
        found, a, b = self.pool.figures(None if label is None else self.labels.index(label)), self.pool.a, self.pool.b
        if code:
            reader = self.names.index(code)
            here = np.flatnonzero((a == reader) | (b == reader))
            found, a, b = found.taken(here), a[here], b[here]
        spans = (found.spans_a + found.spans_b).tolist()
        kappas, *f1s = (shown(*found.figure(key), spans) for key in ("kappa", *F1))
        both = zip(a.tolist(), b.tolist(), strict=True)
        return tuple(
            Pair(self.names[one], self.names[other], label, kappa, dict(zip(F1, four, strict=True)))
            for (one, other), kappa, four in zip(both, kappas, zip(*f1s, strict=True), strict=True)
        )


def pairs_of(exercise: Exercise, number: int = 1, article: Article | None = None) -> Pairs:
    """Every two readers of an exercise, or of one article in it. RuleError "blind".

    Four queries where the counts are kept, eight where not.
    """
    return among(exercise, number, article)


def pairs_in(exercise: Exercise, articles: Collection[int], number: int = 1) -> Pairs:
    """The same over some articles, by primary key."""
    check_open([exercise])
    with snapshot():
        rows = [row for row in pair_rows_in([exercise], number) if row.place[1] in articles]
        return by_rows(exercise, [read_pairs(row.counts) for row in rows])


def pair_of(exercise: Exercise, one: Membership, other: Membership, number: int = 1) -> Pairs:
    """Two readers alone. RuleError "blind". Queries as for all."""
    return among(exercise, number, None, (one.pk, other.pk))


def among(exercise: Exercise, number: int, article: Article | None, readers: Sequence[int] | None = None) -> Pairs:
    """Every two of some readers, or of all."""
    check_open([exercise])
    with snapshot():
        found = [read_pairs(row.counts) for row in pair_rows_in([exercise], number, article)]
        return by_rows(exercise, found if readers is None else [of_readers(each, readers) for each in found])


def by_rows(exercise: Exercise, found: Sequence[PairCounts]) -> Pairs:
    """The figures of all pairs in some rows. Two queries."""
    codes = codes_of(reader for each in found for reader in each.readers.tolist())
    _labels, slugs = labels_of(exercise.codebook_version_id)
    return by_code(found, codes, slugs)


def by_code(found: Sequence[PairCounts], codes: Mapping[int, str], slugs: Sequence[str]) -> Pairs:
    """The figures of all pairs from counts at hand; `codes` by member. No query."""
    order = ranks(codes)
    ranked = [renamed(each, [order[reader] for reader in each.readers.tolist()]) for each in found]
    return compared(ranked, sorted(codes.values()), slugs)


def pairs_with_key(exercise: Exercise, number: int = 1, article: Article | None = None) -> Pairs:
    """Each reader with the key, where it was handed in; `b` is always the key. RuleError "blind". Nine queries.

    The key is no reader: it is in none of the other figures, and readers are not compared with each other here.
    """
    check_open([exercise])
    with snapshot():
        texts, slugs = texts_with_key(exercise, number, article)
        codes = codes_of(reader for text, _key in texts for reader in text.readers)
    order, names = ranks(codes), [*sorted(codes.values()), KEY]
    both = [
        renamed(pair_counts(joined(reader, key)), [order[member], len(names) - 1])
        for text, key in texts
        for member, reader in apart(text)
    ]
    return compared(both, names, slugs)


def codes_of(members: Iterable[int]) -> dict[int, str]:
    """The codes of readers, by member. One query."""
    return {member.pk: member.code for member in Membership.objects.filter(pk__in=set(members))}


def ranks(codes: Mapping[int, str]) -> dict[int, int]:
    """By member, the place of the code in code-point order: the order that files are in."""
    order = {code: place for place, code in enumerate(sorted(codes.values()))}
    return {member: order[code] for member, code in codes.items()}


def apart(text: CountedText) -> list[tuple[int, Document]]:
    """By member, the document as if nobody else had read it."""
    spans = text.document.spans
    found = []
    for place, member in enumerate(text.readers):
        own = spans.taken(spans.reader == place)
        alone = replace(own, reader=np.zeros_like(own.reader))
        found.append((member, Document(text.document.length, text.document.readers[[place]], alone)))
    return found


def compared(found: Sequence[PairCounts], names: Sequence[str], slugs: Sequence[str]) -> Pairs:
    """The figures of all pairs; `names` by reader id."""
    pairs = pooled_pairs(found)
    mean = {key: figure(partial(mean_f1, pairs, key), pairs.blocks) for key in F1}
    return Pairs(mean, pairs, tuple(names), tuple(slugs))


def shown(values: Sequence[float], why: Sequence[str], spans: Sequence[int]) -> list[Figure]:
    """One measure of every pair, each number with what stands beside it, or its reason."""
    return [
        Figure(None, reason, number) if reason else Figure(value, spans=number, caution=caution(number, None))
        for value, reason, number in zip(values, why, spans, strict=True)
    ]
