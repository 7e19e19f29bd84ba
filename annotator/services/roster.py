"""The class list: adding names after a look at them, mending one, taking one off."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.names import one_line
from annotator.domain.roster import MOST_NAME, MOST_REF, MOST_ROWS, RosterRow, numbered
from annotator.models import Classroom, RosterEntry
from annotator.services.classrooms import classroom_locked
from annotator.services.member_names import name_free

NOBODY = gettext_noop("There is no name here yet. Type or paste one name a line.")
TOO_MANY = gettext_noop("A class list has at most %(most)s names.")
LONG = gettext_noop("“%(name)s…” is too long for a name. Use at most %(most)s letters.")
LONG_REF = gettext_noop("A number, section or identifier has at most %(most)s letters.")
TWICE = gettext_noop("“%(name)s” stands on the list already. Add something that tells them apart.")


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What adding these rows would do: who is new, who stands on the list already."""

    new: list[RosterRow]
    known: list[RosterRow]


def roster_plan(*, classroom: Classroom, rows: Sequence[RosterRow]) -> RosterPlan:
    """Look, and store nothing. Twins get their number first, so the same list pasted again adds nobody."""
    rows = [row_checked(row) for row in rows]
    if not rows:
        raise RuleError(NOBODY, code="nobody")
    names = {each.casefold() for each in RosterEntry.objects.filter(classroom=classroom).values_list("name", flat=True)}
    plan = RosterPlan(new=[], known=[])
    for row in numbered(rows):
        (plan.known if row.name.casefold() in names else plan.new).append(row)
    if len(names) + len(plan.new) > MOST_ROWS:
        raise RuleError(TOO_MANY, code="too_many_names", most=MOST_ROWS)
    return plan


@transaction.atomic
def roster_add(*, classroom: Classroom, rows: Sequence[RosterRow]) -> list[RosterEntry]:
    """Put the new ones at the end of the list, in their order; sent again it adds nobody."""
    room = classroom_locked(classroom)
    plan = roster_plan(classroom=room, rows=rows)
    last = RosterEntry.objects.filter(classroom=room).aggregate(last=Max("position"))["last"] or 0
    return RosterEntry.objects.bulk_create(
        RosterEntry(
            classroom=room,
            position=last + number,
            name=row.name,
            student_ref=row.student_ref,
            external_id=row.external_id,
            section=row.section,
        )
        for number, row in enumerate(plan.new, 1)
    )


@transaction.atomic
def roster_mend(*, entry: RosterEntry, name: str, student_ref: str, section: str) -> RosterEntry:
    """Another name, number or section. Who reads under the entry's name takes the new one along."""
    room = classroom_locked(entry.classroom)
    held = RosterEntry.objects.select_for_update(of=("self",)).select_related("member__user").get(pk=entry.pk)
    row = row_checked(RosterRow(name, student_ref, held.external_id, section))
    others = RosterEntry.objects.filter(classroom=room).exclude(pk=held.pk)
    if row.name.casefold() in {each.casefold() for each in others.values_list("name", flat=True)}:
        raise RuleError(TWICE, code="twice", name=row.name)
    member = held.member
    if member is not None and member.pseudonym == held.name != row.name:
        member.pseudonym = member.user.name = name_free(room, row.name, but=member)
        member.save(update_fields=["pseudonym"])
        member.user.save(update_fields=["name"])
    held.name, held.student_ref, held.section = row.name, row.student_ref, row.section
    held.save(update_fields=["name", "student_ref", "section"])
    return held


@transaction.atomic
def roster_remove(*, entry: RosterEntry) -> None:
    """Take a name off the list. Who joined under it stays in the class, with all work."""
    RosterEntry.objects.filter(pk=entry.pk).delete()


def row_checked(row: RosterRow) -> RosterRow:
    """The row on one line each; RuleError where nothing is left of the name, or something is too long."""
    name, rest = one_line(row.name), [one_line(each) for each in (row.student_ref, row.external_id, row.section)]
    if not name:
        raise RuleError(NOBODY, code="nobody")
    if len(name) > MOST_NAME - len(" (99)"):
        raise RuleError(LONG, code="long_name", name=name[:20], most=MOST_NAME - len(" (99)"))
    if max(map(len, rest)) > MOST_REF:
        raise RuleError(LONG_REF, code="long_ref", most=MOST_REF)
    return RosterRow(name, *rest)
