"""Signs of life of readers outside a reading: in the waiting room, in the warm-up, between two articles."""

from annotator.models import Exercise, Membership, Participation, Phase
from annotator.services.readings import whole_seconds


def presence_note(*, exercise: Exercise, member: Membership) -> None:
    """The reader's page was here just now. One statement, as a whole class sends it; in the archive nothing is kept."""
    if exercise.phase == Phase.ARCHIVED:
        return
    row = Participation(exercise=exercise, member=member, seen_at=whole_seconds())
    Participation.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["exercise", "member"], update_fields=["seen_at"]
    )
