"""Where the researcher's figures come from: what was counted, by which codebook and version, when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Count, Q
from django.utils import timezone

from annotator import VERSION
from annotator.domain.agreement import ENGINE
from annotator.domain.agreement.bootstrap import DRAWS, SEED
from annotator.models import CodebookVersion, Exercise, Reading
from annotator.models.counted import CountedText
from annotator.reports.export_readings import codebook_name

LATE = Q(spans__is_late=True, spans__deleted_at=None)


@dataclass(frozen=True, slots=True)
class NotCounted:
    """What no figure of a round rests on: readings not finished, or collected empty; highlights past the cut-off."""

    readings: int
    late: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of one round's figures. `readings` that count, `blank` ones among them without a highlight.

    `has_practised`: somebody voted in a warm-up, which a team, a homework or a codebook may have none of.
    `characters` of the articles read, white space not counted. `codebook` as files name it: sourcewise-news/1.
    """

    computed_at: datetime
    version: str
    engine: str
    seed: int
    draws: int
    number: int
    codebook: CodebookVersion
    readings: int
    blank: int
    characters: int
    not_counted: NotCounted
    has_practised: bool

    @property
    def codebook_name(self) -> str:
        """The codebook's id and version as files give them."""
        return f"{self.codebook.codebook.slug}/{self.codebook.number}"


# The columns at the end of each table of figures.
ORIGIN = ("codebook", "engine", "version", "computed_at")


def origin_cells(exercise: Exercise) -> tuple[str, ...]:
    """What a row of figures says of its origin, in the order of ORIGIN. One query."""
    return codebook_name(exercise), f"agreement {ENGINE}", f"Sourcewise {VERSION}", moment(timezone.now())


def moment(at: datetime) -> str:
    """A time as files write it: UTC, in whole seconds."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def origin_of(exercise: Exercise, texts: Sequence[CountedText], number: int) -> Origin:
    """The origin of the figures of a round; `texts` are all that counts there. Three queries."""
    marked = sum(len({*text.document.spans.reader.tolist()}) for text in texts)
    readings = sum(len(text.readers) for text in texts)
    return Origin(
        computed_at=timezone.now(),
        version=VERSION,
        engine=ENGINE,
        seed=SEED,
        draws=DRAWS,
        number=number,
        codebook=CodebookVersion.objects.select_related("codebook").get(pk=exercise.codebook_version_id),
        readings=readings,
        blank=readings - marked,
        characters=sum(text.document.length for text in texts),
        not_counted=not_counted(exercise, number, readings),
        has_practised=exercise.warm_up_votes.exists(),
    )


def not_counted(exercise: Exercise, number: int, readings: int) -> NotCounted:
    """What stays out of the round's figures beside the `readings` that count. One query."""
    own = Reading.objects.filter(exercise=exercise, is_key=False, round=number)
    known = own.aggregate(readings=Count("pk", distinct=True), late=Count("spans", filter=LATE))
    return NotCounted(known["readings"] - readings, known["late"])
