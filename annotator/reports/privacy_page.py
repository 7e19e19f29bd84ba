"""People & privacy of a class or team: who is in it with a name, and how long it is remembered. Three queries."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from annotator.models import Classroom, Membership, RosterEntry
from annotator.reports.stored import days_until


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of whom something is kept. `is_over`: no longer belongs; `leads`: has to be removed first."""

    uuid: UUID
    name: str
    code: str
    is_over: bool
    is_nameless: bool
    leads: bool
    is_self: bool


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """The page. `listed` is the number of names on the class list, picked or not."""

    people: list[Known]
    named: int
    nameless: int
    listed: int
    has_retention: bool
    forgets_at: datetime | None
    days_left: int


def privacy_page(classroom: Classroom, viewer: Membership) -> PrivacyPage:
    """Everybody who ever belonged, those who lead first, the nameless last."""
    members = Membership.objects.filter(classroom=classroom).select_related("user")
    people = [known(each, viewer) for each in members]
    return PrivacyPage(
        people=sorted(people, key=lambda each: (each.is_nameless, not each.leads, each.name.casefold(), each.code)),
        named=sum(not each.is_nameless for each in people),
        nameless=sum(each.is_nameless for each in people),
        listed=RosterEntry.objects.filter(classroom=classroom).count(),
        has_retention=classroom.kind == Classroom.Kind.CLASS and not classroom.is_sample,
        forgets_at=classroom.forgets_at,
        days_left=days_until(classroom.forgets_at),
    )


def known(member: Membership, viewer: Membership) -> Known:
    """One person's line."""
    return Known(
        uuid=member.uuid,
        name=member.shown_name,
        code=member.code,
        is_over=member.removed_at is not None,
        is_nameless=member.anonymised_at is not None,
        leads=member.is_teacher and member.removed_at is None,
        is_self=member.pk == viewer.pk,
    )
