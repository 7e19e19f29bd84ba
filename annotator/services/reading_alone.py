"""“Read it now”: a team of one person, an exercise of one article, and the reading."""

from django.db import transaction
from django.db.models import Count, Q
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
    team = team_of_one(user) or classroom_add(
        teacher=user, name=_("My own reading"), kind=Classroom.Kind.TEAM, time_zone="UTC"
    )
    member = member_add(classroom=team, user=user, is_reader=True, is_teacher=True)
    exercise = Exercise.objects.filter(classroom=team, articles=article, phase=Phase.OPEN).order_by("pk").first()
    if exercise is None:
        exercise = exercise_add(
            classroom=team, created_by=user, title=article.title[:150], articles=[article],
            codebook_version=default_version(),
        )  # fmt: skip
        exercise = exercise_move(exercise=exercise, phase=Phase.OPEN)
    return reading_start(exercise=exercise, article=article, member=member)


def team_of_one(user: User) -> Classroom | None:
    """The user's oldest team to which nobody else belongs."""
    teams = Classroom.objects.filter(kind=Classroom.Kind.TEAM, archived_at=None, memberships__user=user)
    people = Count("memberships", filter=Q(memberships__removed_at=None))
    alone = Classroom.objects.filter(pk__in=teams.values("pk")).annotate(people=people).filter(people=1)
    return alone.filter(memberships__user=user, memberships__removed_at=None).order_by("pk").first()
