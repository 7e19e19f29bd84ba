"""The passage on the wall while a class talks: chosen by who teaches, followed by the projector."""

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.models import Article, Exercise, ExerciseArticle, Phase, Step

# An article's key and where a passage of it begins; None as long as nobody has chosen any.
Spot = tuple[int, int] | None
# What no wall ever shows.
NOWHERE: Spot = (0, 0)

NOT_NOW = gettext_noop("The projector goes through the passages in the step “Passage by passage”. Go on to it first.")
MOVED_ON = gettext_noop("The projector had moved on before you pressed. This is the passage it shows now.")
NOT_THERE = gettext_noop("This passage is not in the exercise. Reload the page.")


def spot_of(exercise: Exercise) -> Spot:
    """The passage that was chosen."""
    if exercise.spotlight_article_id is None or exercise.spotlight_start is None:
        return None
    return exercise.spotlight_article_id, exercise.spotlight_start


@transaction.atomic
def spotlight_set(*, exercise: Exercise, article: Article, start: int, here: Spot) -> Exercise:
    """The projector shows the passage that begins at `start`; it does already, nothing changes.

    `here` is what the presser's page took to be on the wall: RuleError (`moved_on`) where it is another by now, so that
    a second press never skips a passage.
    """
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    if (locked.phase, locked.step) != (Phase.REVEALED, Step.DISCUSS):
        raise RuleError(NOT_NOW, code="not_now")
    now = spot_of(locked)
    if now == (article.pk, start):
        return locked
    if now != here:
        raise RuleError(MOVED_ON, code="moved_on")
    is_there = ExerciseArticle.objects.filter(exercise=locked, article=article).exists()
    if not is_there or not 0 <= start < article.length:
        raise RuleError(NOT_THERE, code="not_there")
    locked.spotlight_article, locked.spotlight_start = article, start
    locked.save(update_fields=["spotlight_article", "spotlight_start"])
    return locked
