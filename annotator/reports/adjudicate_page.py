"""The page on which a key is made: proposals one after another, how readers drew each, and what was decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from annotator.domain import spans as domain
from annotator.domain.adjudication import SHARES, Consensus, Extent, minority, settles
from annotator.domain.snapping import words
from annotator.models import Article, Decision, Exercise, Phase, Reading, Span
from annotator.reports.adjudicate_text import Layers, TextBlock, text_blocks
from annotator.reports.adjudication import consensus_of
from annotator.reports.reading_parts import LabelPart, labels_by_key
from annotator.reports.snapshot import snapshot

# So many lines are drawn under the words, and so many extents are listed.
MOST_LINES = 5
MOST_LISTED = 8
# Words that far from an edge can be stepped over one by one.
REACH = 400
SHORT = 34


@dataclass(frozen=True, slots=True)
class LogLine:
    """A decision that was made. `quote` is what went into the key, or what was proposed."""

    uuid: UUID
    kind: str
    says: str
    label: LabelPart
    quote: str
    why: str
    who: str
    at: datetime
    readers: int
    of: int
    is_undone: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A proposal in its order; `state` is "" to do, "there" when the key had it anyway, or the decision's kind."""

    number: int
    offer: Extent
    label: LabelPart
    quote: str
    state: str
    says: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """An extent that readers drew here; `line` is its place under the words, 0 without one."""

    extent: Extent
    label: LabelPart
    says: str
    quote: str
    line: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Other:
    """A minority reading of the same words."""

    extent: Extent
    label: LabelPart
    quote: str


@dataclass(frozen=True, slots=True)
class Nudge:
    """A step of one word: which edge goes where, and the edges after it."""

    key: str
    says: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The proposal in hand, with the edges under consideration.

    `clash` quotes what the key holds here under the same tag with other edges, empty where there is nothing such;
    `note` is the explanation of the highlight that the key holds as proposed.
    """

    step: Step
    start: int
    end: int
    quote: str
    is_edited: bool
    drawn: tuple[Drawn, ...]
    others: tuple[Other, ...]
    nudges: tuple[Nudge, ...]
    decision: LogLine | None
    clash: str
    note: str
    next: int

    @property
    def before(self) -> int:
        """The number of the proposal before this one, 0 for the first."""
        return self.step.number - 1


@dataclass(frozen=True, slots=True)
class Page:
    """All of it. `panel` is None when nothing is left, or nothing was proposed; `key` is its reading, None before one.

    `may_decide` is False in the archive.
    """

    readers: int
    share: int
    shares: tuple[int, ...]
    labels: tuple[LabelPart, ...]
    steps: tuple[Step, ...]
    panel: Panel | None
    blocks: list[TextBlock]
    log: tuple[LogLine, ...]
    key: UUID | None
    in_key: int
    left: int
    may_decide: bool

    def count(self, *states: str) -> int:
        """How many proposals stand in one of these states."""
        return sum(each.state in states for each in self.steps)

    @property
    def accepted(self) -> int:
        """Taken as proposed."""
        return self.count("accepted", "there")

    @property
    def edited(self) -> int:
        """Taken with other edges or another tag."""
        return self.count("edited", "relabelled")

    @property
    def rejected(self) -> int:
        """Left out."""
        return self.count("rejected")

    @property
    def last(self) -> LogLine | None:
        """The latest decision that stands."""
        return next((each for each in self.log if not each.is_undone), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the teacher looks: `at` a proposal, or `then` at the next one to do from there; edges, or 0, 0.

    `back` names a decision: the proposal it was about.
    """

    share: int
    at: int | None = None
    then: int = 1
    start: int = 0
    end: int = 0
    back: UUID | None = None


def articles_in(exercise: Exercise) -> list[Article]:
    """The articles of an exercise in its order. One query."""
    return list(exercise.articles.order_by("places__position").defer("search_text"))


def adjudicate_page(exercise: Exercise, article: Article, asked: Asked) -> Page:
    """The page. RuleError "blind". Ten queries."""
    with snapshot():
        found = consensus_of(exercise, article, asked.share)
        labels = labels_by_key(exercise)
        key = Reading.objects.filter(exercise=exercise, article=article, is_key=True).first()
        rows = list(decisions(key)) if key else []
        spans = list(Span.objects.current().filter(reading=key)) if key else []
        by_slug = {each.slug: each for each in labels.values()}
        in_key = [domain.Span(each.start, each.end, labels[each.label_id].slug) for each in spans]
        notes = {(each.label, each.start, each.end): row.note for each, row in zip(in_key, spans, strict=True)}
        log = tuple(log_line(each, article.text, labels) for each in rows)
        steps = steps_of(found, article.text, by_slug, rows, in_key)
        asked = replace(asked, at=asked.at or decided_at(steps, rows, asked.back))
        panel = panel_of(steps, found, article.text, by_slug, log_of(rows, log), asked, in_key, notes)
        return Page(
            readers=found.readers, share=asked.share, shares=SHARES,
            labels=tuple(each for pk, each in labels.items()),
            steps=steps, panel=panel,
            blocks=text_blocks(article, layers(steps, panel, in_key, found), by_slug),
            log=log, key=key.uuid if key else None, in_key=len(spans),
            left=sum(not each.state for each in steps), may_decide=exercise.phase != Phase.ARCHIVED,
        )  # fmt: skip


def decisions(key: Reading) -> Sequence[Decision]:
    """All decisions of a key, the latest first."""
    rows = Decision.objects.filter(key=key).select_related("span", "member__user", "label")
    return list(rows.order_by("-pk"))


def log_line(row: Decision, text: str, labels: Mapping[int, LabelPart]) -> LogLine:
    """A decision as it is shown."""
    start, end = (row.span.start, row.span.end) if row.span else (row.start, row.end)
    shown = labels[row.span.label_id if row.span else row.label_id]
    return LogLine(
        uuid=row.uuid, kind=row.kind, says=str(Decision.Kind(row.kind).label), label=shown,
        quote=text[start:end], why=row.why, who=row.member.shown_name,
        at=row.made_at, readers=row.readers, of=row.of, is_undone=row.undone_at is not None,
    )  # fmt: skip


def log_of(rows: Sequence[Decision], log: Sequence[LogLine]) -> dict[tuple[str, int, int], LogLine]:
    """The standing decisions by what they decided."""
    return {
        (row.label.slug, row.start, row.end): line for row, line in zip(rows, log, strict=True) if row.undone_at is None
    }


def steps_of(
    found: Consensus, text: str, labels: Mapping[str, LabelPart], rows: Sequence[Decision],
    in_key: Sequence[domain.Span],
) -> tuple[Step, ...]:  # fmt: skip
    """Every proposal with what became of it."""
    standing = [(row, Extent(row.label.slug, row.start, row.end, row.readers)) for row in rows if not row.undone_at]
    kept = {(each.label, each.start, each.end) for each in in_key}
    steps = []
    for number, offer in enumerate(found.proposals, 1):
        row = settling(offer, found, standing)
        state = row.kind if row else "there" if offer.place in kept else ""
        says = says_of(state)
        steps.append(Step(number, offer, labels[offer.label], text[offer.start : offer.end], state, says))
    return tuple(steps)


def settling(offer: Extent, found: Consensus, standing: Sequence[tuple[Decision, Extent]]) -> Decision | None:
    """The decision about this proposal, else the latest that settles it."""
    own = [row for row, about in standing if about.place == offer.place]
    return next(iter(own or [row for row, about in standing if settles(about, offer, found)]), None)


def decided_at(steps: Sequence[Step], rows: Sequence[Decision], back: UUID | None) -> int | None:
    """The number of the proposal that a decision was about; None without one."""
    row = next((each for each in rows if each.uuid == back), None)
    about = Extent(row.label.slug, row.start, row.end, row.readers) if row else None
    own = [each for each in steps if about and each.offer.place == about.place]
    found = own or [each for each in steps if about and about.is_alike(each.offer)]
    return found[0].number if found else None


def says_of(state: str) -> str:
    """A proposal's state in words."""
    if not state:
        return gettext("to do")
    return gettext("in the key already") if state == "there" else str(Decision.Kind(state).label)


def panel_of(
    steps: Sequence[Step], found: Consensus, text: str, labels: Mapping[str, LabelPart],
    decided: Mapping[tuple[str, int, int], LogLine], asked: Asked, in_key: Sequence[domain.Span],
    notes: Mapping[tuple[str, int, int], str],
) -> Panel | None:  # fmt: skip
    """The proposal in hand: the one asked for, or the next to do. `notes` are the key's, by its highlights."""
    step = chosen_step(steps, asked)
    if step is None:
        return None
    offer = step.offer
    is_asked = 0 <= asked.start < asked.end <= len(text)
    start, end = (asked.start, asked.end) if is_asked else (offer.start, offer.end)
    return Panel(
        step=step, start=start, end=end, quote=text[start:end], is_edited=(start, end) != (offer.start, offer.end),
        drawn=drawn_here(found, offer, (start, end), text, labels), others=others(found, offer, text, labels, in_key),
        nudges=nudges(text, start, end), decision=decided.get(offer.place),
        clash=clash(offer, text, in_key), note=notes.get(offer.place, ""), next=step.number + 1,
    )  # fmt: skip


def clash(offer: Extent, text: str, in_key: Sequence[domain.Span]) -> str:
    """The first highlight of the key that has the tag on some of these words, unless it has exactly these."""
    same = [Extent(each.label, each.start, each.end, 0) for each in in_key if each.label == offer.label]
    meeting = [each for each in same if each.meets(offer)]
    if any((each.start, each.end) == (offer.start, offer.end) for each in meeting):
        return ""
    return shortened(text, meeting[0]) if meeting else ""


def chosen_step(steps: Sequence[Step], asked: Asked) -> Step | None:
    """The proposal asked for by number, else the first to do from `then` on, else the first to do at all."""
    if asked.at is not None:
        return steps[min(asked.at, len(steps)) - 1] if steps else None
    to_do = [each for each in steps if not each.state]
    return next((each for each in to_do if each.number >= asked.then), to_do[0] if to_do else None)


def here(found: Consensus, offer: Extent) -> list[Extent]:
    """The extents drawn on a proposal's words: its own first, then its label's, the commonest first."""
    meeting = [each for each in found.extents if each.meets(offer)]
    meeting.sort(key=lambda each: ((each.start, each.end) != (offer.start, offer.end), -each.readers))
    return sorted(meeting, key=lambda each: each.label != offer.label)


def drawn_here(
    found: Consensus, offer: Extent, edges: tuple[int, int], text: str, labels: Mapping[str, LabelPart]
) -> tuple[Drawn, ...]:
    """The extents as they are listed."""
    return tuple(
        Drawn(
            extent=each, label=labels[each.label], says=compared(each, offer), quote=shortened(text, each),
            line=place if place <= MOST_LINES else 0,
            is_chosen=each.label == offer.label and (each.start, each.end) == edges,
        )
        for place, each in enumerate(here(found, offer)[:MOST_LISTED], 1)
    )  # fmt: skip


def compared(extent: Extent, offer: Extent) -> str:
    """How an extent's edges lie beside the proposal's."""
    start = (extent.start > offer.start) - (extent.start < offer.start)
    end = (extent.end > offer.end) - (extent.end < offer.end)
    return {
        (0, 0): gettext("This extent"),
        (-1, 0): gettext("Starts earlier"),
        (1, 0): gettext("Starts later"),
        (0, -1): gettext("Ends earlier"),
        (0, 1): gettext("Ends later"),
        (-1, -1): gettext("Starts and ends earlier"),
        (-1, 1): gettext("Longer at both ends"),
        (1, -1): gettext("Shorter at both ends"),
        (1, 1): gettext("Starts and ends later"),
    }[start, end]


def shortened(text: str, extent: Extent) -> str:
    """The first and the last words of an extent."""
    whole = " ".join(text[extent.start : extent.end].split())
    if len(whole) <= SHORT:
        return whole
    return f"{' '.join(whole[: SHORT // 2].split()[:-1] or [whole[: SHORT // 2]])} … {tail(whole)}"


def tail(whole: str) -> str:
    """The last whole words of a quote."""
    return " ".join(whole[-SHORT // 2 :].split()[1:]) or whole[-SHORT // 2 :]


def others(
    found: Consensus, offer: Extent, text: str, labels: Mapping[str, LabelPart], in_key: Sequence[domain.Span]
) -> tuple[Other, ...]:
    """Minority readings that are not in the key yet, the commonest first."""
    rest = [minority(found, offer, slug) for slug in labels if slug != offer.label]
    kept = {(each.label, each.start, each.end) for each in in_key}
    shown = [each for each in rest if each is not None and each.place not in kept]
    shown.sort(key=lambda each: -each.readers)
    return tuple(Other(each, labels[each.label], shortened(text, each)) for each in shown)


def nudges(text: str, start: int, end: int) -> tuple[Nudge, ...]:
    """Each edge one word earlier and later, as far as there are words."""
    low = max(0, start - REACH)
    near = [each for each in words(text, low, min(len(text), end + REACH)) if each[0] > low or low == 0]
    starts, ends = [first for first, _last in near], [last for _first, last in near]
    before = max((each for each in starts if each < start), default=None)
    after = min((each for each in starts if start < each < end), default=None)
    shorter = max((each for each in ends if start < each < end), default=None)
    longer = min((each for each in ends if each > end), default=None)
    offered = [
        ("Shift+ArrowLeft", gettext("Start one word earlier"), before, end),
        ("Shift+ArrowRight", gettext("Start one word later"), after, end),
        ("ArrowLeft", gettext("End one word earlier"), start, shorter),
        ("ArrowRight", gettext("End one word later"), start, longer),
    ]
    return tuple(
        Nudge(key, says, first, last) for key, says, first, last in offered if first is not None and last is not None
    )


def layers(steps: Sequence[Step], panel: Panel | None, in_key: Sequence[domain.Span], found: Consensus) -> Layers:
    """What is drawn over the text."""
    at = panel.step.number if panel else 0
    return Layers(
        in_key=in_key,
        waiting=[each.offer for each in steps if not each.state and each.number != at],
        now=Extent(panel.step.offer.label, panel.start, panel.end, 0) if panel else None,
        lines=here(found, panel.step.offer)[:MOST_LINES] if panel else [],
    )
