"""One reader of the researcher's table: how near the others, how much was marked, and alpha of the others alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import merged
from annotator.domain.agreement.runs import Runs
from annotator.models import Label
from annotator.models.counted import CountedText
from annotator.reports.agreement_leave_out import LeftOut
from annotator.reports.agreement_pairs import Pair, Pairs


@dataclass(frozen=True, slots=True)
class Beside:
    """Another reader, with the figures of the two; None where they have none."""

    code: str
    kappa: float | None
    overlap: float | None


@dataclass(frozen=True, slots=True)
class Amount:
    """What a reader marked, and the mean of all readers: merged spans, and the share of the text each of them read."""

    spans: int
    spans_mean: float
    marked: float
    marked_mean: float


@dataclass(frozen=True, slots=True)
class Without:
    """Alpha of the others for any label (None) or one, its change, or the reason why there is none."""

    label: Label | None
    value: float | None
    change: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReaderPanel:
    """The reader in hand. `others` stand from the farthest to the nearest by kappa, those without one last."""

    code: str
    is_farthest: bool
    kappa: float | None
    overlap: float | None
    others: tuple[Beside, ...]
    amount: Amount | None
    without: tuple[Without, ...]

    @property
    def farthest(self) -> Beside | None:
        """The reader with the lowest kappa."""
        return next((each for each in self.others if each.kappa is not None), None)

    @property
    def nearest(self) -> Beside | None:
        """The reader with the highest kappa."""
        return next((each for each in reversed(self.others) if each.kappa is not None), None)


def panel_of(
    pairs: Pairs, tag: str, found: Sequence[tuple[CountedText, Runs]], codes: Mapping[int, str],
    left_out: Mapping[Label | None, LeftOut], asked: str,
) -> ReaderPanel | None:  # fmt: skip
    """The reader asked for by code, else the one without whom the others agree most; None where nobody is compared."""
    order = [each.code for each in left_out[None].readers]
    if not order or len(pairs.names) < 2:
        return None
    code = asked if asked in pairs.names else order[0]
    others = beside(pairs.of(tag or None, code), code)
    return ReaderPanel(
        code=code,
        is_farthest=code == order[0] and left_out[None].readers[0].change is not None,
        kappa=mean([each.kappa for each in others]),
        overlap=mean([each.overlap for each in others]),
        others=others,
        amount=amount_of(found, next((member for member, each in codes.items() if each == code), 0)),
        without=tuple(without(label, each, code) for label, each in left_out.items()),
    )


def beside(pairs: Sequence[Pair], code: str) -> tuple[Beside, ...]:
    """Everybody who shares an article with the reader, from the reader's own pairs."""
    found = [Beside(pair.b if pair.a == code else pair.a, pair.kappa.value, pair.f1["overlap"].value) for pair in pairs]
    return tuple(sorted(found, key=lambda each: (each.kappa is None, each.kappa or 0.0, each.code)))


def mean(values: Sequence[float | None]) -> float | None:
    """The unweighted mean of those that are defined."""
    defined = [each for each in values if each is not None]
    return sum(defined) / len(defined) if defined else None


def amount_of(found: Sequence[tuple[CountedText, Runs]], member: int) -> Amount | None:
    """What the member marked beside the mean of all; None where no text was read."""
    spans: dict[int, int] = {}
    marked: dict[int, int] = {}
    read: dict[int, int] = {}
    for text, cut in found:
        readers = len(text.readers)
        number = np.bincount(merged(text.document).reader, minlength=readers).tolist()
        pieces = cut.stretches
        weight = np.bincount(pieces.reader, weights=pieces.end - pieces.start, minlength=readers).tolist()
        for place, each in enumerate(text.readers):
            spans[each] = spans.get(each, 0) + number[place]
            marked[each] = marked.get(each, 0) + int(weight[place])
            read[each] = read.get(each, 0) + text.document.length
    if not read.get(member):
        return None
    shares = {each: marked[each] / read[each] for each in read if read[each]}
    return Amount(spans[member], sum(spans.values()) / len(spans), shares[member], sum(shares.values()) / len(shares))


def without(label: Label | None, left_out: LeftOut, code: str) -> Without:
    """One line: alpha without the reader."""
    each = next(each for each in left_out.readers if each.code == code)
    return Without(label, each.value, each.change, each.reason)
