"""Pair counts as bytes that a database can keep, and as those of some of their readers, under other ids."""

import math
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.pairs import PairCounts

# What the head holds, and each array behind it by its axes; "pairs" follows from the readers.
HEAD = ("readers", "labels", "sets", "words", "length")
SHAPES = {
    "readers": ("readers",),
    "labels": ("labels",),
    "units": ("labels", "readers"),
    "spans": ("labels", "readers"),
    "text": ("labels", "readers"),
    "units_both": ("labels", "pairs"),
    "hits_a": ("labels", "pairs"),
    "hits_b": ("labels", "pairs"),
    "matches": ("labels", "pairs"),
    "text_both": ("labels", "pairs"),
    "masks": ("sets", "words"),
    "totals": ("sets", "readers"),
    "alike": ("pairs",),
    "blocks": ("readers",),
}
# Most counts are small or 0: the quickest level makes a class of 300 eight times smaller.
QUICKEST = 1


def pair_bytes(found: PairCounts) -> bytes:
    """The counts as little-endian 64-bit whole numbers, the head, then each array in turn; deflated."""
    sets, words = found.masks.shape
    head = np.array([len(found.readers), len(found.labels), sets, words, found.length], dtype=np.int64)
    arrays = [np.ravel(getattr(found, name)) for name in SHAPES]
    return zlib.compress(np.concatenate([head, *arrays]).astype("<i8").tobytes(), QUICKEST)


def read_pairs(kept: bytes) -> PairCounts:
    """The counts from such bytes."""
    numbers = np.frombuffer(zlib.decompress(kept), dtype="<i8").astype(np.int64, copy=False)
    sizes = dict(zip(HEAD, numbers[: len(HEAD)].tolist(), strict=True))
    sizes["pairs"] = sizes["readers"] * (sizes["readers"] - 1) // 2
    shapes = [tuple(sizes[axis] for axis in axes) for axes in SHAPES.values()]
    edges = np.cumsum([len(HEAD), *(math.prod(shape) for shape in shapes)])
    pieces = [numbers[begin:end] for begin, end in pairwise(edges)]
    arrays = {name: piece.reshape(shape) for name, piece, shape in zip(SHAPES, pieces, shapes, strict=True)}
    return PairCounts(length=sizes["length"], **arrays)


def renamed(found: PairCounts, ids: Sequence[int]) -> PairCounts:
    """The same counts under new ids, one for each reader in the present order, all different."""
    order = np.argsort(np.array(ids, dtype=np.int64))
    return taken(found, order, np.array(ids, dtype=np.int64)[order])


def of_readers(found: PairCounts, readers: Sequence[int]) -> PairCounts:
    """The counts as if nobody but these had read the document; ids that are not among its readers are passed over."""
    places = np.flatnonzero(np.isin(found.readers, np.array(readers, dtype=np.int64)))
    return taken(found, places, found.readers[places])


def taken(found: PairCounts, places: IntArray, ids: IntArray) -> PairCounts:
    """The readers at these places, in this order, under these ids, which ascend; a pair turned round changes sides."""
    first, second = (places[side] for side in np.triu_indices(len(places), 1))
    low, high = np.minimum(first, second), np.maximum(first, second)
    pair = low * len(found.readers) - low * (low + 1) // 2 + high - low - 1
    is_turned = first > second
    own = {name: getattr(found, name)[:, places] for name in ("units", "spans", "text", "totals")}
    both = {name: getattr(found, name)[..., pair] for name in ("units_both", "matches", "text_both", "alike")}
    a, b = found.hits_a[:, pair], found.hits_b[:, pair]
    return PairCounts(
        readers=ids,
        length=found.length,
        labels=found.labels,
        masks=found.masks,
        hits_a=np.where(is_turned, b, a),
        hits_b=np.where(is_turned, a, b),
        blocks=found.blocks[places],
        **own,
        **both,
    )
