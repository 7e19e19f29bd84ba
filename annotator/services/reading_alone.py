"""“Read it now”: a team of one person, an exercise of one article, and the reading."""

import itertools
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from annotator.models import Article, Classroom, Exercise, Phase, Reading, User
from annotator.services.classrooms import classroom_add, member_add
from annotator.services.codebooks import default_version
from annotator.services.exercises import exercise_add, exercise_move
from annotator.services.readings import reading_start


@transaction.atomic
def reading_alone_start(*, user: User, article: Article) -> Reading:
    """The reading of `article` in the user's team of one; team and exercise are made when there are none."""
    user = User.objects.select_for_update().get(pk=user.pk)
    team = team_of_one(user)
    member = member_add(classroom=team, user=user, is_reader=True, is_teacher=True)
    exercise = Exercise.objects.filter(classroom=team, articles=article, phase=Phase.OPEN).order_by("pk").first()
    if exercise is None:
        exercise = exercise_add(
            classroom=team, created_by=user, title=article.title[:150], articles=[article],
            codebook_version=default_version(),
        )  # fmt: skip
        exercise = exercise_move(exercise=exercise, phase=Phase.OPEN)
    return reading_start(exercise=exercise, article=article, member=member)


def team_of_one(user: User) -> Classroom:
    """The user's own team, known by its UUID; where others have joined it or it was put away, the next one."""
    for number in itertools.count(1):
        name = uuid.uuid5(user.uuid, f"own reading {number}")
        team = classroom_add(teacher=user, name=_("My own reading"), kind=Classroom.Kind.TEAM, uuid=name)
        if team.archived_at is None and not team.memberships.current().exclude(user=user).exists():
            return team
    raise AssertionError("there is always a next number")
