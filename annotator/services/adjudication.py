"""Decisions on what the readers propose: each one is kept, and what is accepted goes into the key at once."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from annotator.domain import spans as domain
from annotator.domain.adjudication import Consensus, Extent, offer_named
from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Article, Decision, Exercise, Label, Membership, Phase, Reading, Span, SpanOperation
from annotator.services.keys import ARCHIVED, key_start
from annotator.services.readings import whole_seconds
from annotator.services.span_details import note
from annotator.services.span_workbench import Operation
from annotator.services.spans import operations_apply

Kind = SpanOperation.Kind

TAKEN = gettext_noop("This form belongs to another page. Reload the page, then try again.")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a form says: of which offer, at which share, and what goes into the key; `label` empty means reject."""

    uuid: UUID
    offer: tuple[str, int, int]
    share: int
    label: str = ""
    start: int = 0
    end: int = 0
    why: str = ""


@transaction.atomic
def decision_make(
    *, exercise: Exercise, article: Article, member: Membership, found: Consensus, choice: Choice
) -> Decision:
    """Keep the decision and do to the key what it says; an earlier one on the same words is taken back.

    `found` is what the readings propose at `choice.share`. The same `choice.uuid` again answers as the first time.
    RuleError in the archive, when the offer is gone, where the key cannot take the span, and for a form that decided on
    another key: then nothing is saved.
    """
    key = key_held(exercise, article, member)
    before = Decision.objects.filter(uuid=choice.uuid).first()
    if before is not None:
        return sent_again(before, key)
    offer, is_proposal = offer_named(found, *choice.offer)
    label = Label.objects.get(version=exercise.codebook_version_id, slug=offer.label)
    for earlier in key.decisions.standing().filter(label=label, start=offer.start, end=offer.end):
        taken_back(earlier, key, member)
    span, is_made = placed(key, member, choice) if choice.label else (None, False)
    return Decision.objects.create(
        uuid=choice.uuid, key=key, kind=kind_of(choice, offer, is_proposal=is_proposal), label=label,
        start=offer.start, end=offer.end, readers=offer.readers, of=found.readers, share=choice.share,
        span=span, is_made=is_made, why=choice.why, member=member, made_at=whole_seconds(),
    )  # fmt: skip


def sent_again(decision: Decision, key: Reading) -> Decision:
    """The decision that this form made before; a form with another key's name for it is refused."""
    if decision.key_id != key.pk:
        raise RuleError(TAKEN, code="taken")
    return decision


@transaction.atomic
def decision_undo(*, exercise: Exercise, article: Article, member: Membership, uuid: UUID) -> None:
    """Take one decision back, with the highlight it made; twice is as good as once. The row stays.

    RuleError in the archive, and for a decision that is not one of this key.
    """
    key = key_held(exercise, article, member)
    decision = key.decisions.filter(uuid=uuid).first()
    if decision is None:
        raise RuleError(gettext_noop("There is no such decision here. Reload the page."), code="no_decision")
    if decision.undone_at is None:
        taken_back(decision, key, member)


def key_held(exercise: Exercise, article: Article, member: Membership) -> Reading:
    """The key, begun now if there was none, held together with its exercise."""
    key = key_start(exercise=exercise, article=article, member=member)
    if Exercise.objects.values_list("phase", flat=True).get(pk=exercise.pk) == Phase.ARCHIVED:
        raise RuleError(ARCHIVED, code="archived")
    return Reading.objects.select_for_update().get(pk=key.pk)


def kind_of(choice: Choice, offer: Extent, *, is_proposal: bool) -> str:
    """What the decision is called."""
    if not choice.label:
        return Decision.Kind.REJECTED
    if not is_proposal:
        return Decision.Kind.ADDED
    if choice.label != offer.label:
        return Decision.Kind.RELABELLED
    is_same = (choice.start, choice.end) == (offer.start, offer.end)
    return Decision.Kind.ACCEPTED if is_same else Decision.Kind.EDITED


def placed(key: Reading, member: Membership, choice: Choice) -> tuple[Span, bool]:
    """The chosen words as a highlight of the key, with the reason as its explanation; and whether it was made now."""
    there = key.spans.current().filter(label__slug=choice.label, start=choice.start, end=choice.end).first()
    uuid = there.uuid if there else uuid5(choice.uuid, "span")
    operations = [] if there else [adding(key, uuid, choice)]
    if choice.why:
        noted = uuid5(choice.uuid, "why")
        operations.append(Operation(uuid=noted, kind=Kind.DETAIL, span=uuid, details={"note": choice.why}))
    if operations:
        operations_apply(reading=key, operations=operations, actor=member, is_whole=True)
    return Span.objects.get(uuid=uuid), there is None


def adding(key: Reading, uuid: UUID, choice: Choice) -> Operation:
    """The operation that puts the chosen words into the key."""
    first, last = domain.quote_ends(domain.quote(key.article.text, choice.start, choice.end))
    return Operation(
        uuid=uuid5(choice.uuid, "add"), kind=Kind.ADD, span=uuid, label=choice.label, start=choice.start,
        end=choice.end, quote_start=first, quote_end=last,
    )  # fmt: skip


def taken_back(decision: Decision, key: Reading, member: Membership) -> None:
    """Mark the decision; hide the highlight it made, or put back the explanation it found there.

    Where another decision stands on that highlight, it stays, and that one has it from now on.
    """
    decision.undone_at = whole_seconds()
    decision.save(update_fields=["undone_at"])
    if decision.span is None:
        return
    if decision.is_made:
        heir = key.decisions.standing().filter(span=decision.span).first()
        if heir is None:
            operation = Operation(uuid=uuid5(decision.uuid, "undo"), kind=Kind.DELETE, span=decision.span.uuid)
            operations_apply(reading=key, operations=[operation], actor=member, is_whole=True)
            return
        heir.is_made = True
        heir.save(update_fields=["is_made"])
    explanation_back(decision, decision.span, key, member)


def explanation_back(decision: Decision, span: Span, key: Reading, member: Membership) -> None:
    """Take the decision's reason off the highlight, unless it was changed since or is another decision's as well."""
    theirs = {note(each.why) for each in key.decisions.standing().filter(span=span)}
    if span.deleted_at is not None or span.note != note(decision.why) or span.note in theirs:
        return
    details = {"note": note_without(key, span)}
    operation = Operation(uuid=uuid5(decision.uuid, "why back"), kind=Kind.DETAIL, span=span.uuid, details=details)
    operations_apply(reading=key, operations=[operation], actor=member, is_whole=True)


def note_without(key: Reading, span: Span) -> str:
    """The highlight's explanation without the reasons of decisions that were taken back: what those had found."""
    found = span.note
    for each in key.decisions.exclude(undone_at=None).filter(span=span).order_by("-pk"):
        row = key.operations.filter(uuid=uuid5(each.uuid, "why")).first()
        if row is not None and row.after["note"] == found:
            found = row.before["note"]
    return found
