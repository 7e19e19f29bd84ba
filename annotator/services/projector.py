"""The projector's own address: who has it sees what a class may see, and nothing more."""

import secrets

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Classroom, Exercise

TOKEN_BYTES = 16

NOT_IN_TEAM = gettext_noop("A team has no projector: everybody has a page of their own.")


@transaction.atomic
def projector_open(*, exercise: Exercise, is_new: bool = False) -> str:
    """The token of the exercise's projector, made when there is none; `is_new` makes another, and the old one is dead.

    128 random bits, kept readable as it stands in the address bar of a projected page. RuleError in a team.
    """
    locked = Exercise.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=exercise.pk)
    if locked.classroom.kind == Classroom.Kind.TEAM:
        raise RuleError(NOT_IN_TEAM, code="not_in_team")
    if is_new or not locked.projector_token:
        locked.projector_token = secrets.token_urlsafe(TOKEN_BYTES)
        locked.save(update_fields=["projector_token"])
    return locked.projector_token
