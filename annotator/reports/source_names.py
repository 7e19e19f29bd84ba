"""Which attributions are of one source: the same name however it is written, or else the same words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from annotator.domain.details import ATTRIBUTION
from annotator.domain.folding import folded
from annotator.domain.spans import Span
from annotator.reports.source_marks import Attributed
from annotator.reports.span_details import KIND_NAMES

# Which voice of the bar each kind of source belongs to.
VOICES = {
    "named_person": "people", "official": "people", "expert": "people", "witness": "people",
    "organisation": "papers", "agency": "papers", "document": "papers", "anonymous": "unnamed",
}  # fmt: skip
# How much of an attribution stands for a source without a name.
QUOTE = 60


@dataclass(frozen=True, slots=True)
class Source:
    """One voice. `name` is empty where none was given; then `quote`, words of the article, stands for it."""

    name: str
    quote: str
    kind: str
    group: str


def grouped(
    attributions: Sequence[Attributed], text: str, *, only_in_text: bool = False
) -> tuple[list[Source], list[Span]]:
    """The sources in the order of their first words; and the attributions, each numbered with its source's place.

    `only_in_text` keeps a name that the article does not hold to whoever gave it.
    """
    places: dict[tuple[bool, str], int] = {}
    members: list[list[Attributed]] = []
    spans = []
    for each in attributions:
        name = commonest(((named.reading, named.name) for named in each.named), each.needed)
        words = " ".join(text[each.start : each.end].split())
        place = places.setdefault((bool(name), folded(name or words)), len(places))
        if place == len(members):
            members.append([])
        members[place].append(each)
        spans.append(Span(each.start, each.end, ATTRIBUTION, place))
    sources = [source(group, text) for group in members]
    if only_in_text:
        known = folded(text)
        sources = [each if folded(each.name) in known else replace(each, name="") for each in sources]
    return sources, spans


def source(group: Sequence[Attributed], text: str) -> Source:
    """What is said of one source over all its attributions."""
    named = [each for attributed in group for each in attributed.named]
    needed = group[0].needed
    kind = commonest(((each.reading, each.kind) for each in named if each.kind in VOICES), needed)
    words = " ".join(text[group[0].start : group[0].end].split())
    short = words if len(words) <= QUOTE else f"{words[:QUOTE].rsplit(' ', 1)[0]} …"
    name = commonest(((each.reading, each.name) for each in named), needed)
    return Source(name, short, str(KIND_NAMES[kind]) if kind else "", VOICES.get(kind, "unsaid"))


def commonest(given: Iterable[tuple[int, str]], needed: int) -> str:
    """What most readings gave, differences of writing aside, in its commonest writing; empty where fewer than `needed`.

    A reading counts once however often it gives the same: one that names a source twice is not two. Of what equally
    many gave that which they gave more often, then the first to come.
    """
    written: dict[str, dict[str, list[int]]] = {}
    for reading, words in given:
        if words:
            written.setdefault(folded(words), {}).setdefault(words, []).append(reading)
    if not written:
        return ""
    best = max(written.values(), key=lambda each: weight(chain.from_iterable(each.values())))
    if weight(chain.from_iterable(best.values()))[0] < needed:
        return ""
    return max(best, key=lambda words: weight(best[words]))


def weight(readings: Iterable[int]) -> tuple[int, int]:
    """How many readings these are, and how often they said it."""
    said = Counter(readings)
    return len(said), said.total()
