"""Cards to cut out, one for each pupil: who reads already, who is on the class list only, and blank ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from annotator.domain.codes import code_shown
from annotator.models import Classroom
from annotator.reports.class_people import class_people


@dataclass(frozen=True, slots=True)
class JoinCard:
    """One card; name and resume code may be empty, to be written by hand."""

    name: str
    resume: str


def join_cards(classroom: Classroom, *, codes: Mapping[UUID, str], blank: int) -> list[JoinCard]:
    """The cards by name, the blank ones last; `codes` are resume codes just made, by membership."""
    people = class_people(classroom)
    named = [JoinCard(each.name, code_shown(codes[each.uuid]) if each.uuid in codes else "") for each in people.pupils]
    waiting = [JoinCard(each.name, "") for each in people.listed if not each.has_joined]
    cards = sorted([*named, *waiting], key=lambda card: card.name.casefold())
    return [*cards, *[JoinCard("", "")] * blank]
