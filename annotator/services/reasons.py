"""Reasons about passages: written and taken back by their readers, shown or hidden by who teaches.

In a class nobody but the teacher sees a reason before the teacher has shown it. A team trusts its own: there it is
shown at once, and can be hidden.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.names import one_line
from annotator.domain.spans import check_quote_ends, quote
from annotator.models import Article, Block, Classroom, Exercise, Label, Membership, Phase, Reason
from annotator.models.reasons import MOST_STANDING, REASON_LENGTH, UNMARKED, when_now
from annotator.services.readings import exercise_shared, whole_seconds

# So many rows one reader fills in one exercise, those taken back included.
MOST_ROWS = 200

State = Reason.State

NOT_NOW = gettext_noop("Reasons can be written while the class sees what it found. Your teacher opens that.")
IN_ARCHIVE = gettext_noop("This exercise is in the archive, so no reason can be added.")
NO_WORDS = gettext_noop("There are no words in your reason. Write one short sentence.")
TOO_LONG = gettext_noop("Your reason is %(length)d characters long, and %(most)d fit. Make it shorter.")
ENOUGH = gettext_noop("You have %(most)d reasons here. Change one of them, or take one back.")
MANY = gettext_noop("That is a lot of reasons for one exercise. No more of them fit.")
NO_SENTENCE = gettext_noop("These words are no sentence of the article. Reload the page, then try again.")
NO_LABEL = gettext_noop("This tag is not in the codebook. Choose another one.")
NO_EARLIER = gettext_noop("This reason has changed since. Reload the page to see it as it is now.")
TAKEN = gettext_noop("This form belongs to another page. Reload the page, then try again.")
NO_READER = gettext_noop("You no longer belong to this class, so you cannot add a reason.")
TAKEN_BACK = gettext_noop("Whoever wrote this reason has taken it back or written it anew.")


@dataclass(frozen=True, slots=True)
class Written:
    """What a form says: the sentence with its first and last words, the reason, and which earlier one it replaces.

    `label` is a slug, UNMARKED, or empty where the writer leaves it open.
    """

    uuid: UUID
    start: int
    end: int
    first: str
    last: str
    text: str
    label: str = ""
    replaces: UUID | None = None


@transaction.atomic
def reason_add(*, exercise: Exercise, article: Article, member: Membership, written: Written) -> Reason:
    """Keep a reader's reason; the same form again answers as the first time, and other words are another row.

    RuleError while the class is not shown, in the archive, for no words or too many, and where enough stand already;
    TextMismatch where the words are not those of the text.
    """
    # The writer's row before the exercise's, as erasing takes them. What hangs on a membership does not wait for it.
    writer = Membership.objects.current().select_for_update(no_key=True).filter(pk=member.pk).first()
    if writer is None:
        raise RuleError(NO_READER, code="no_reader")
    held = exercise_shared(exercise.pk)
    before = Reason.objects.filter(uuid=written.uuid).first()
    if before is not None:
        return sent_again(before, held, writer)
    check_open(held)
    words = checked(written.text)
    passage = checked_sentence(article, written)
    label = label_named(held, written.label)
    own = Reason.objects.filter(exercise=held, member=writer)
    earlier = replaced(own, article, written)
    if earlier is not None:
        if (earlier.text, earlier.says) == (words, written.label):
            return earlier
        reason_take_back(reason=earlier)
    when = when_now(held)
    check_room(own, article, written.start, when)
    is_team = exercise.classroom.kind == Classroom.Kind.TEAM
    return Reason.objects.create(
        uuid=written.uuid, exercise=held, article=article, start=written.start, end=written.end, quote=passage,
        label=label, is_unmarked=written.label == UNMARKED, text=words, member=writer, when=when,
        state=State.SHOWN if is_team else State.WAITING, made_at=whole_seconds(),
    )  # fmt: skip


@transaction.atomic
def reason_take_back(*, reason: Reason) -> Reason:
    """Nobody sees it any more, the teacher neither; the row stays. Twice is as good as once."""
    locked = Reason.objects.select_for_update().get(pk=reason.pk)
    if locked.taken_back_at is None:
        locked.taken_back_at = whole_seconds()
        locked.save(update_fields=["taken_back_at"])
    return locked


@transaction.atomic
def reason_moderate(*, reason: Reason, member: Membership, state: str) -> Reason:
    """Show it to everybody, hide it, or let it wait again; as it is already, nothing changes.

    Also in the archive: what hurts somebody is hidden at any time. RuleError for one that was taken back.
    """
    locked = Reason.objects.select_for_update().get(pk=reason.pk)
    if locked.taken_back_at is not None:
        raise RuleError(TAKEN_BACK, code="taken_back")
    if locked.state != State(state):
        locked.state, locked.moderated_by, locked.moderated_at = State(state), member, whole_seconds()
        locked.save(update_fields=["state", "moderated_by", "moderated_at"])
    return locked


def sent_again(reason: Reason, exercise: Exercise, member: Membership) -> Reason:
    """The reason that this form made before; a form with somebody else's name for it is refused."""
    if (reason.exercise_id, reason.member_id) != (exercise.pk, member.pk):
        raise RuleError(TAKEN, code="taken")
    return reason


def check_open(exercise: Exercise) -> None:
    """Refuse before the class is shown, and in the archive."""
    if exercise.phase == Phase.ARCHIVED:
        raise RuleError(IN_ARCHIVE, code="archived")
    if not exercise.shows_class:
        raise RuleError(NOT_NOW, code="not_now")


def checked(text: str) -> str:
    """The reason on one line."""
    words = one_line(text)
    if not words:
        raise RuleError(NO_WORDS, code="no_words")
    if len(words) > REASON_LENGTH:
        raise RuleError(TOO_LONG, code="too_long", length=len(words), most=REASON_LENGTH)
    return words


def checked_sentence(article: Article, written: Written) -> str:
    """The words of the sentence, as the text has them. One query."""
    words = quote(article.text, written.start, written.end)
    check_quote_ends(words, written.first, written.last)
    block = Block.objects.filter(article=article, start__lte=written.start, end__gte=written.end).first()
    if block is None or (written.start, written.end) not in block.sentence_edges:
        raise RuleError(NO_SENTENCE, code="no_sentence")
    return words


def label_named(exercise: Exercise, slug: str) -> Label | None:
    """The label that a form names, None where it names none."""
    if slug in {"", UNMARKED}:
        return None
    found = Label.objects.filter(version=exercise.codebook_version_id, slug=slug).first()
    if found is None:
        raise RuleError(NO_LABEL, code="no_label")
    return found


def replaced(own: QuerySet[Reason], article: Article, written: Written) -> Reason | None:
    """One's own standing reason that the form writes anew."""
    if written.replaces is None:
        return None
    found = own.filter(uuid=written.replaces, article=article, start=written.start, taken_back_at=None).first()
    if found is None:
        raise RuleError(NO_EARLIER, code="no_earlier")
    return found


def check_room(own: QuerySet[Reason], article: Article, start: int, when: Reason.When) -> None:
    """Refuse where enough stand on the passage, or were ever written in the exercise. Two queries."""
    if own.filter(article=article, start=start, when=when, taken_back_at=None).count() >= MOST_STANDING:
        raise RuleError(ENOUGH, code="enough", most=MOST_STANDING)
    if own.count() >= MOST_ROWS:
        raise RuleError(MANY, code="many")
