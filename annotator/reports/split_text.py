"""One article's passages as a class walks through them: the split ones in turn, and the one all agree on most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotator.models import Article, Block, Exercise
from annotator.models.counted import counted_texts
from annotator.reports.agreement_rows import readings_in
from annotator.reports.agreement_sentences import Sentence, sentences_in
from annotator.reports.reading_parts import LabelPart, labels_by_key
from annotator.reports.reveal_passages import Divided, Passage, Reading, divided, most_united, passage_at, reading_of
from annotator.reports.suppression import may_show

# Nobody's page: no choice is anybody's own.
NOBODY = 0


@dataclass(frozen=True)
class SplitText:
    """An article's first round. `read` is None where too few readings count to show anything.

    `labels` are the codebook's by primary key, in its order.
    """

    article: Article
    blocks: Sequence[Block]
    labels: Mapping[int, LabelPart]
    readers: int
    read: Reading | None

    @cached_property
    def sentences(self) -> list[Sentence]:
        """All sentences in the order of the text."""
        return sentences_in(self.blocks)

    @cached_property
    def split(self) -> list[Divided]:
        """The sentences on which readers part, the most divided first: the reveal's own list."""
        return divided(self.read, self.sentences) if self.read else []

    @cached_property
    def united(self) -> Passage | None:
        """The sentence for which most readers chose one label, the first of equal ones; None where nobody did."""
        place = most_united(self.read.counts(self.sentences)) if self.read else None
        return None if place is None else self.passage(self.sentences[place].start)

    @cached_property
    def stops(self) -> list[int]:
        """Where the class stops: at each split sentence; else at the united one, else at the beginning."""
        found = [self.sentences[each.place].start for each in self.split]
        return found or ([self.united.start] if self.united else [0])

    def passage(self, start: int) -> Passage | None:
        """The sentence that holds a code point, with its bar; its number counts from the most divided one."""
        place = next((place for place, each in enumerate(self.sentences) if each.start <= start < each.end), None)
        if self.read is None or place is None:
            return None
        return passage_at(self.read, self.sentences, self.split, place)

    def around(self, start: int, end: int) -> tuple[str, str]:
        """What stands in the same block before and after text[start:end]."""
        block = next(each for each in self.blocks if each.start <= start and end <= each.end)
        return self.article.text[block.start : start], self.article.text[end : block.end]


def split_text(exercise: Exercise, article: Article) -> SplitText:
    """One article of the exercise, as readers may see it. RuleError "blind". Five queries, one more for the text."""
    labels = labels_by_key(exercise)
    texts = counted_texts(readings_in([exercise], 1, article), {pk: place for place, pk in enumerate(labels)})
    readers = len(texts[0].readers) if texts else 0
    is_shown = bool(texts) and may_show(exercise.classroom.kind, readers)
    return SplitText(
        article=article,
        blocks=list(article.blocks.order_by("number")),
        labels=labels,
        readers=readers,
        read=reading_of(article.text, texts[0], list(labels.values()), NOBODY) if is_shown else None,
    )
