"""The details of a highlight as cards and forms show them: who is speaking, whose words a claim is, how sure one is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotator.domain import details as domain
from annotator.domain.details import ATTRIBUTION, CLAIM, Asked
from annotator.domain.folding import folded
from annotator.domain.spans import Span as Place
from annotator.models import Reading, Span
from annotator.reports.source_marks import NAMING_READERS, names_given
from annotator.reports.suppression import may_show

# Who is speaking, in the order in which a reader is asked (CODEBOOK.md 4).
KIND_NAMES: dict[str, str | Promise] = {
    "named_person": _("Named person"),
    "anonymous": _("Unnamed"),
    "official": _("Official"),
    "expert": _("Expert"),
    "organisation": _("Organisation"),
    "document": _("Document"),
    "witness": _("Witness"),
    "agency": _("News agency"),
    "unspecified": _("Not said"),
}
CONFIDENCE_NAMES: dict[int, str | Promise] = {1: _("Not sure, let’s talk"), 2: _("Fairly sure"), 3: _("Sure")}
# How much of an attribution a claim's card repeats.
QUOTE = 60


@dataclass(frozen=True, slots=True)
class Reporter:
    """An attribution of the same reading that a claim rests on; `name` is its source's, where one was given."""

    uuid: UUID
    number: int
    quote: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """What a highlight's card tells beside its note: only what the exercise asks for, and what fits its tag.

    `reported_by` is what the claim is linked to, `reporter` the same as long as it stands and is an attribution.
    """

    source_name: str = ""
    source_kind: str = ""
    confidence: int | None = None
    reported_by: UUID | None = None
    reporter: Reporter | None = None

    @property
    def kind_name(self) -> str:
        """The kind of source in words."""
        return str(KIND_NAMES.get(self.source_kind, self.source_kind.replace("_", " ")))

    @property
    def confidence_name(self) -> str:
        """How sure the reader is, in words."""
        return str(CONFIDENCE_NAMES.get(self.confidence or 0, ""))

    @property
    def any(self) -> bool:
        """Whether something was said."""
        return bool(self.source_name or self.source_kind or self.confidence or self.reported_by)

    @property
    def shows(self) -> bool:
        """Whether there is something to read."""
        return bool(self.source_name or self.source_kind or self.confidence or self.reporter)


@dataclass(frozen=True, slots=True)
class DetailFields:
    """What the form of one highlight offers; `proposed` is the attribution its sentence suggests."""

    kinds: list[tuple[str, str]] = field(default_factory=list)
    confidences: list[tuple[int, str]] = field(default_factory=list)
    reporters: list[Reporter] = field(default_factory=list)
    proposed: Reporter | None = None

    @property
    def model(self) -> Details:
        """Every detail there can be, for the script to copy."""
        nobody = Reporter(UUID(int=0), 0, "")
        return Details(source_name="-", source_kind="-", confidence=1, reported_by=nobody.uuid, reporter=nobody)


def asked_in(reading: Reading) -> Asked:
    """What this reading's exercise asks for."""
    exercise = reading.exercise
    return domain.asked(
        sources=exercise.asks_sources, links=exercise.asks_links, confidence=exercise.asks_confidence,
        is_key=reading.is_key,
    )  # fmt: skip


def details_of(span: Span, slugs: Mapping[int, str], asked: Asked) -> Details:
    """What to show of `span`, whose `reported_by` is at hand already; `slugs` are the labels' by primary key."""
    label = slugs[span.label_id]
    is_source = asked.sources and label == ATTRIBUTION
    linked = span.reported_by if span.reported_by_id and asked.links and label == CLAIM else None
    stands = linked is not None and linked.deleted_at is None and slugs[linked.label_id] == ATTRIBUTION
    return Details(
        source_name=span.source_name if is_source else "",
        source_kind=span.source_kind if is_source else "",
        confidence=span.confidence if asked.confidence else None,
        reported_by=linked.uuid if linked else None,
        reporter=reporter(linked, asked) if linked and stands else None,
    )


def reporter(span: Span, asked: Asked) -> Reporter:
    """An attribution as a claim names it."""
    return Reporter(span.uuid, span.number, on_one_line(span.quote, QUOTE), span.source_name if asked.sources else "")


def on_one_line(quote: str, most: int) -> str:
    """The words of a highlight, cut where they are longer than so many characters."""
    flat = " ".join(quote.split())
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def detail_fields(
    span: Span | None, label: str, asked: Asked, attributions: Sequence[Span], sentences: Sequence[int]
) -> DetailFields:
    """The choices for one highlight, or with None those that the page's script fills in; asks no query."""
    kinds = [(slug, str(name)) for slug, name in KIND_NAMES.items()]
    confidences = [(number, str(name)) for number, name in CONFIDENCE_NAMES.items()]
    if span is None or label != CLAIM or not asked.links:
        return DetailFields(kinds, confidences)
    proposed = None
    if span.reported_by_id is None or span.reported_by_id not in {each.pk for each in attributions}:
        places = [Place(each.start, each.end, ATTRIBUTION, each.number) for each in attributions]
        found = domain.proposed_reporter(Place(span.start, span.end, CLAIM, span.number), places, sentences)
        proposed = next((reporter(each, asked) for each in attributions if found and each.number == found.number), None)
    return DetailFields(kinds, confidences, [reporter(each, asked) for each in attributions], proposed)


def source_names(reading: Reading, spans: Iterable[Span], *, sees_class: bool) -> list[str]:
    """Names to choose from: the reading's own, and with `sees_class` those that the class gave in the first round.

    Of the class a name counts that two readers gave, as in the source ledger, and only from five counted readings on.
    None to two queries.
    """
    names = {folded(span.source_name): span.source_name for span in spans if span.source_name}
    if sees_class:
        for name in class_names(reading):
            names.setdefault(folded(name), name)
    return sorted(names.values(), key=folded)


def class_names(reading: Reading) -> list[str]:
    """What at least two counted readings of the first round call a source of this article. Two queries."""
    exercise = reading.exercise
    counted = Reading.objects.filter(exercise=exercise, article=reading.article_id, round=1).counted().count()
    if not may_show(exercise.classroom.kind, counted):
        return []
    given: dict[str, tuple[str, set[int]]] = {}
    for named in names_given(exercise, reading.article):
        if named.name:
            given.setdefault(folded(named.name), (named.name, set()))[1].add(named.reading)
    return [name for name, readers in given.values() if len(readers) >= NAMING_READERS]
