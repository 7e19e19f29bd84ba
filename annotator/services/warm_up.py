"""Votes of the warm-up: practice, so only the last one of each reader is kept, and nobody ever counts them."""

from django.db import transaction

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.warm_up import sentence_at
from annotator.models import Exercise, Label, Membership, Phase, Step, WarmUpVote

MOVED_ON = gettext_noop("Your teacher has gone on to the next step. Here it is.")
NO_SUCH_TAG = gettext_noop("This tag is not in your codebook. Tap one of the tags on the page.")


@transaction.atomic
def warm_up_vote(*, exercise: Exercise, member: Membership, sentence: int, label: str) -> WarmUpVote:
    """The reader's vote on the sentence the class is at, counted from 1; another vote takes its place.

    RuleError (`moved_on`) where the class is elsewhere by now.
    """
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    slugs = set(Label.objects.filter(version=locked.codebook_version_id).values_list("slug", flat=True))
    is_here = (locked.phase, locked.step, locked.warm_up_sentence) == (Phase.DRAFT, Step.WARM_UP, sentence)
    if not is_here or sentence_at(slugs, sentence) is None:
        raise RuleError(MOVED_ON, code="moved_on")
    if label not in slugs:
        raise RuleError(NO_SUCH_TAG, code="no_such_tag")
    vote, _made = WarmUpVote.objects.update_or_create(
        exercise=locked, member=member, sentence=sentence, defaults={"label": label}
    )
    return vote
