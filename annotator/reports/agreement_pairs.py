"""Every two readers compared, and each reader with the teacher's key: F1s and Cohen's kappa over shared articles."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from annotator.domain.agreement.documents import Document
from annotator.domain.agreement.figures import F1, f1, mean_f1
from annotator.domain.agreement.pair_pool import PairFigures, PairPool, pooled_pairs
from annotator.domain.agreement.pairs import pair_counts
from annotator.domain.agreement.pool import pooled_summaries
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.summary import summary
from annotator.models import Article, Exercise, Membership
from annotator.models.counted import CountedText, counted_texts, labels_of
from annotator.reports.agreement import Figure, figure
from annotator.reports.agreement_rows import check_open, key_readings, texts_in
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


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs with an article in common, and the unweighted mean of each F1 over them (macro over pairs)."""

    mean: dict[str, Figure]
    pairs: tuple[Pair, ...]


def pairs_of(exercise: Exercise, number: int = 1, article: Article | None = None) -> Pairs:
    """Every two readers of an exercise, or of one article in it. RuleError "blind". Six queries."""
    check_open([exercise])
    with snapshot():
        texts = texts_in([exercise], number, article)
        codes = codes_of(texts)
        _labels, slugs = labels_of(exercise.codebook_version_id)
    return compared([ranked(text, codes) for text in texts], sorted(codes.values()), slugs)


def pair_of(exercise: Exercise, one: Membership, other: Membership, number: int = 1) -> Pairs:
    """Two readers alone. RuleError "blind". Six queries."""
    check_open([exercise])
    with snapshot():
        texts = [narrowed(text, {one.pk, other.pk}) for text in texts_in([exercise], number)]
        texts = [text for text in texts if text.readers]
        codes = codes_of(texts)
        _labels, slugs = labels_of(exercise.codebook_version_id)
    return compared([ranked(text, codes) for text in texts], sorted(codes.values()), slugs)


def pairs_with_key(exercise: Exercise, number: int = 1, article: Article | None = None) -> Pairs:
    """Each reader with the key, where it was handed in; `b` is always the key. RuleError "blind". Nine queries.

    The key is no reader: it is in none of the other figures, and readers are not compared with each other here.
    """
    check_open([exercise])
    with snapshot():
        texts = texts_in([exercise], number, article)
        labels, slugs = labels_of(exercise.codebook_version_id)
        keys = {text.place[:2]: text for text in counted_texts(key_readings(exercise, article), labels)}
        codes = codes_of(texts)
    names = [*sorted(codes.values()), KEY]
    both = [
        duo
        for text in texts
        if text.place[:2] in keys
        for duo in with_key(ranked(text, codes), keys[text.place[:2]].document, len(names) - 1)
    ]
    return compared(both, names, slugs)


def codes_of(texts: Sequence[CountedText]) -> dict[int, str]:
    """The codes of all readers, by member. One query."""
    members = {reader for text in texts for reader in text.readers}
    return {member.pk: member.code for member in Membership.objects.filter(pk__in=members)}


def narrowed(text: CountedText, members: set[int]) -> CountedText:
    """The same text with these members' readings alone."""
    kept = tuple(reader for reader in text.readers if reader in members)
    return replace(text, readers=kept, document=only(text.document, kept))


def only(document: Document, readers: Sequence[int]) -> Document:
    """The document as if nobody but these had read it."""
    ids = np.array(readers, dtype=np.int64)
    owner = document.readers[document.spans.reader]
    spans = document.spans.taken(np.isin(owner, ids))
    return Document(document.length, ids, replace(spans, reader=np.searchsorted(ids, document.readers[spans.reader])))


def ranked(text: CountedText, codes: Mapping[int, str]) -> Document:
    """The document with each reader's place in code-point order of the codes as id: the order that files are in."""
    order = {code: place for place, code in enumerate(sorted(codes.values()))}
    return with_ids(text.document, [order[codes[reader]] for reader in text.readers])


def with_ids(document: Document, ids: Sequence[int]) -> Document:
    """The document with other reader ids, one for each of its readers in their present order."""
    new = np.array(ids, dtype=np.int64)
    place = np.argsort(np.argsort(new))
    return Document(document.length, np.sort(new), replace(document.spans, reader=place[document.spans.reader]))


def with_key(readers: Document, key: Document, key_id: int) -> list[Document]:
    """For each reader a document of two: that reader, and the key under `key_id`, which is larger than any other."""
    alone = [only(readers, [int(each)]) for each in readers.readers]
    return [joined(each, key, key_id) for each in alone]


def joined(one: Document, key: Document, key_id: int) -> Document:
    """Two documents of one reader each, over the same text, as one."""
    columns = {
        name: np.concatenate([getattr(one.spans, name), getattr(key.spans, name)]) for name in ("label", "start", "end")
    }
    reader = np.repeat(np.array([0, 1]), [len(one.spans), len(key.spans)])
    spans = replace(one.spans, reader=reader, **columns)
    return Document(one.length, np.array([int(one.readers[0]), key_id], dtype=np.int64), spans)


def compared(documents: Sequence[Document], names: Sequence[str], slugs: Sequence[str]) -> Pairs:
    """The figures of all pairs in the documents; `names` by reader id."""
    found = [(each, runs(each)) for each in documents]
    pool = pooled_summaries([summary(*each) for each in found])
    pairs = pooled_pairs([pair_counts(*each) for each in found if len(each[0].readers) > 1])
    mean = {key: figure(partial(mean_f1, pool, pairs, key), pool.blocks) for key in F1}
    labels: list[tuple[int | None, str | None]] = [(None, None), *enumerate(slugs)]
    rows = [pair(pairs, place, names, *label) for place in range(len(pairs)) for label in labels]
    return Pairs(mean, tuple(rows))


def pair(pairs: PairPool, place: int, names: Sequence[str], label: int | None, slug: str | None) -> Pair:
    """One pair, for one label or for all together."""
    found = pairs.figures(place, label)
    spans = found.spans_a + found.spans_b
    return Pair(
        names[pairs.a[place]],
        names[pairs.b[place]],
        slug,
        figure(found.kappa, spans),
        {key: figure(one_f1(found, key), spans) for key in F1},
    )


def one_f1(found: PairFigures, key: str) -> Callable[[], float]:
    """An F1 that is yet to be computed."""
    return partial(f1, found, key)
