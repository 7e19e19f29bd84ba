"""The warm-up as a reader and as the whole class may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from annotator.domain.warm_up import DOUBTS, HINTS, RULES, SENTENCES, Sentence, sentence_at
from annotator.models import Exercise, Label, Membership, WarmUpVote
from annotator.reports.reading_parts import LabelPart, label_parts
from annotator.reports.suppression import may_show


@dataclass(frozen=True, slots=True)
class WarmUp:
    """One sentence with the tags to choose from. `number` counts from 1 up to `total`; `answer` is the tag that fits.

    `vote` is the reader's own last tap, a slug or empty. `doubt` and `hint` bring the question back after a wrong one,
    `rule` follows a right one. All sentences of domain/warm_up.py: translate them where they are shown.
    """

    number: int
    total: int
    sentence: Sentence
    labels: list[LabelPart]
    answer: LabelPart
    vote: str
    rule: str
    doubt: str
    hint: str

    @property
    def is_right(self) -> bool:
        """Whether the reader has found it."""
        return self.vote == self.answer.slug

    @property
    def is_last(self) -> bool:
        """Whether no other comes after it."""
        return self.number >= self.total

    @property
    def dots(self) -> range:
        """One for each sentence, from 1."""
        return range(1, self.total + 1)


@dataclass(frozen=True, slots=True)
class Votes:
    """How the class voted: a bar for each tag. `share` is its part in hundredths, `width` that of the longest bar."""

    label: LabelPart
    votes: int
    share: int


def labels_in(exercise: Exercise) -> list[LabelPart]:
    """The tags of the exercise's codebook in its order, retired ones left out. One query."""
    found = Label.objects.filter(version=exercise.codebook_version_id, is_retired=False).order_by("position")
    return list(label_parts(found).values())


def warm_up(number: int, labels: Sequence[LabelPart], vote: str = "") -> WarmUp | None:
    """The sentence of this number; None for a codebook that has no warm-up, and for a number too high."""
    sentence = sentence_at({label.slug for label in labels}, number)
    if sentence is None:
        return None
    return WarmUp(
        number=number,
        total=max(number, len(SENTENCES)),
        sentence=sentence,
        labels=list(labels),
        answer=next(label for label in labels if label.slug == sentence.label),
        vote=vote,
        rule=RULES[sentence.label],
        doubt=DOUBTS.get(vote, ""),
        hint=HINTS[sentence.label],
    )


def practice_sentence(exercise: Exercise, *, number: str, label: str) -> WarmUp | None:
    """The sentence of this number for who practises alone, the spare one left out; None for any other. One query."""
    labels = labels_in(exercise)
    at = next((at for at in range(1, len(SENTENCES) + 1) if str(at) == number), None)
    known = label if label in {each.slug for each in labels} else ""
    return None if at is None else warm_up(at, labels, known)


def vote_of(exercise: Exercise, member: int) -> str:
    """The reader's last vote on the sentence the class is at, or nothing. One query."""
    votes = WarmUpVote.objects.filter(exercise=exercise, member=member, sentence=exercise.warm_up_sentence)
    return votes.values_list("label", flat=True).first() or ""


def votes_for(exercise: Exercise, labels: Sequence[LabelPart]) -> tuple[int, list[Votes]]:
    """How many have voted on the sentence the class is at, and the bars; none as long as too few have. One query.

    Only of those who are waited for: a vote of who has left, or teaches by now, stands for nobody.
    """
    votes = WarmUpVote.objects.filter(exercise=exercise, sentence=exercise.warm_up_sentence)
    votes = votes.filter(member__in=Membership.objects.awaited().filter(classroom=exercise.classroom_id))
    found = dict(votes.order_by().values("label").annotate(n=Count("pk")).values_list("label", "n"))
    total = sum(found.values())
    if not may_show(exercise.classroom.kind, total):
        return total, []
    return total, [Votes(label, found.get(label.slug, 0), found.get(label.slug, 0) * 100 // total) for label in labels]
