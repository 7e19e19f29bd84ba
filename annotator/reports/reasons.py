"""The reasons about one passage, and those on the wall, as each may see them.

Peers and the wall see what was shown, never whose it is: neither the order nor anything else says who wrote a reason,
or when.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from annotator.domain.spans import quote_ends
from annotator.models import Article, Classroom, Exercise, Membership, Phase, Reason
from annotator.models.reasons import MOST_STANDING, REASON_LENGTH, UNMARKED, when_now
from annotator.reports.agreement_rows import readings_in
from annotator.reports.reading_parts import LabelPart, labels_by_key
from annotator.reports.reveal_passages import Passage
from annotator.reports.suppression import may_show

# So many reasons are read on a wall in a moment.
ON_WALL = 3


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason. `label` is None where the writer left it open, or (`is_unmarked`) says it is none of the labels.

    `uuid` is known to its writer and to who teaches; `name` stands in a class, for who teaches it, alone.
    """

    text: str
    label: LabelPart | None
    is_unmarked: bool
    when: str
    state: str
    is_own: bool
    uuid: UUID | None = None
    name: str = ""

    @property
    def says(self) -> str:
        """As the form has it."""
        return self.label.slug if self.label else UNMARKED if self.is_unmarked else ""


@dataclass(frozen=True, slots=True)
class Said:
    """The reasons about the passage that begins at `start` of an article, before and after the first talk."""

    article: UUID
    start: int
    before: tuple[ReasonLine, ...]
    after: tuple[ReasonLine, ...]
    is_team: bool

    @property
    def waiting(self) -> int:
        """How many wait for the teacher."""
        return sum(each.state == Reason.State.WAITING for each in (*self.before, *self.after))

    @property
    def shown(self) -> int:
        """How many everybody may read."""
        return sum(each.state == Reason.State.SHOWN for each in (*self.before, *self.after))


@dataclass(frozen=True, slots=True)
class PassageTalk:
    """The reasons of one passage, and what the form needs to add another.

    `first` and `last` are the ends of its words, `chosen` what the reader marked it as; `left` says how many more fit.
    """

    said: Said
    end: int
    first: str
    last: str
    labels: tuple[LabelPart, ...]
    chosen: str
    left: int
    is_open: bool
    most: int = REASON_LENGTH


def passage_talk(
    exercise: Exercise, article: Article, passage: Passage, member: Membership, labels: Sequence[LabelPart]
) -> PassageTalk:
    """A passage's reasons as `member` sees them, and what its form needs. One query."""
    said = said_about(exercise, article, passage.start, member, labels, readers=passage.readers)
    when = when_now(exercise)
    own = sum(each.is_own and each.when == when for each in (*said.before, *said.after))
    first, last = quote_ends(article.text[passage.start : passage.end])
    choice = next((each for each in passage.choices if each.is_own), None)
    return PassageTalk(
        said=said, end=passage.end, first=first, last=last,
        labels=tuple(labels),
        chosen="" if choice is None else choice.label.slug if choice.label else UNMARKED,
        left=max(0, MOST_STANDING - own),
        is_open=member.is_reader and exercise.shows_class and exercise.phase != Phase.ARCHIVED,
    )  # fmt: skip


def said_now(exercise: Exercise, article: Article, start: int, member: Membership) -> Said:
    """The same reasons for who looks again and again: the text is not read, and nothing counted but readings.

    Three queries. RuleError "blind".
    """
    readers = readings_in([exercise], 1, article).counted().count()
    return said_about(exercise, article, start, member, list(labels_by_key(exercise).values()), readers=readers)


def said_about(
    exercise: Exercise, article: Article, start: int, member: Membership, labels: Sequence[LabelPart], *, readers: int
) -> Said:
    """One's own reasons, the shown ones where so many `readers` may be shown, and all where one teaches. One query."""
    found = Reason.objects.standing().filter(exercise=exercise, article=article, start=start)
    rows = list(found.select_related("label", "member__user").order_by("pk"))
    kind = exercise.classroom.kind
    sees_shown = member.is_teacher or may_show(kind, readers)
    known = [each for each in rows if is_known(each, member, sees_shown=sees_shown)]
    lines = in_order([(line_of(each, member, labels, kind), each.uuid) for each in known], labels)
    return Said(
        article=article.uuid, start=start,
        before=tuple(each for each in lines if each.when == Reason.When.BEFORE),
        after=tuple(each for each in lines if each.when == Reason.When.AFTER),
        is_team=kind == Classroom.Kind.TEAM,
    )  # fmt: skip


def is_known(row: Reason, member: Membership, *, sees_shown: bool) -> bool:
    """Whether `member` may read it."""
    is_shown = row.state == Reason.State.SHOWN and sees_shown
    return member.is_teacher or row.member_id == member.pk or is_shown


def line_of(row: Reason, member: Membership, labels: Iterable[LabelPart], kind: str) -> ReasonLine:
    """One reason as `member` reads it."""
    is_own = row.member_id == member.pk
    is_named = member.is_teacher and kind == Classroom.Kind.CLASS
    return ReasonLine(
        text=row.text,
        label=next((each for each in labels if row.label and each.slug == row.label.slug), None),
        is_unmarked=row.is_unmarked,
        when=row.when,
        state=row.state,
        is_own=is_own,
        uuid=row.uuid if is_own or member.is_teacher else None,
        name=row.member.shown_name if is_named else "",
    )


def in_order(lines: Iterable[tuple[ReasonLine, UUID]], labels: Sequence[LabelPart]) -> list[ReasonLine]:
    """By label in the codebook's order, then by the UUID, which is random: neither person nor time shows in it."""
    places = {each.slug: place for place, each in enumerate(labels)}
    return [line for line, _uuid in sorted(lines, key=lambda pair: (places.get(pair[0].says, len(places)), pair[1]))]


@dataclass(frozen=True, slots=True)
class ShownReason:
    """A reason that everybody may read, of the passage that begins at `start` of an article. `label` is a key."""

    article: int
    start: int
    label: int | None
    is_unmarked: bool
    text: str


def shown_reasons(exercise: Exercise) -> list[ShownReason]:
    """Every shown reason, in an order that is random and stays. One query."""
    rows = Reason.objects.shown().filter(exercise=exercise).order_by("uuid")
    return [ShownReason(*row) for row in rows.values_list("article_id", "start", "label_id", "is_unmarked", "text")]


def for_wall(reasons: Iterable[ShownReason], order: Sequence[int]) -> list[ShownReason]:
    """At most ON_WALL reasons of one passage: one for each label in `order` before a second for any.

    `order` are the labels' keys, the commonest first.
    """
    places = {label: place for place, label in enumerate(order)}
    seen: dict[int | None, int] = {}
    ranked = []
    for each in reasons:
        seen[each.label] = seen.get(each.label, 0) + 1
        ranked.append((seen[each.label], places.get(each.label or 0, len(places)), each))
    return [each for _turn, _place, each in sorted(ranked, key=lambda rank: rank[:2])][:ON_WALL]
