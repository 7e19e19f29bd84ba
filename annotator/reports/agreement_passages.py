"""Where readers part in one article: how divided each stretch is, and the sentences that divide them most."""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from annotator.domain.agreement.documents import IntArray
from annotator.domain.agreement.passages import heat, most_divided
from annotator.domain.agreement.runs import runs
from annotator.domain.agreement.split import Split
from annotator.models import Article, Exercise
from annotator.models.counted import CountedText, labels_of
from annotator.reports.agreement_rows import check_open, texts_in
from annotator.reports.agreement_sentences import Sentence, sentences_of
from annotator.reports.snapshot import snapshot


@dataclass(frozen=True, slots=True)
class Stretch:
    """text[start:end] of the article, in code points, and the share of reader pairs that differ on it, 0 to 1."""

    start: int
    end: int
    share: float


@dataclass(frozen=True, slots=True)
class DividedSentence:
    """A sentence by its code points, its disagreement, and the shares of that: missed, other edges, other label."""

    start: int
    end: int
    mass: float
    split: Split


def heat_of(exercise: Exercise, article: Article, number: int = 1, label: str | None = None) -> tuple[Stretch, ...]:
    """Stretches from the first to the last character, blanks at edges left out; without two readers none.

    For whole label sets, or one label of the exercise's codebook. RuleError "blind". Five queries.
    """
    check_open([exercise])
    with snapshot():
        text = one_text(exercise, article, number)
        _labels, slugs = labels_of(exercise.codebook_version_id)
    if text is None:
        return ()
    found = runs(text.document)
    shares = heat(found, None if label is None else slugs.index(label))
    starts, ends = original(text.before, found.edges)
    return tuple(Stretch(*each) for each in zip(starts, ends, shares.tolist(), strict=True))


def divided_of(exercise: Exercise, article: Article, number: int = 1, *, most: int = 3) -> tuple[DividedSentence, ...]:
    """The sentences that divide the readers most, the worst first. RuleError "blind". Five queries."""
    check_open([exercise])
    with snapshot():
        text = one_text(exercise, article, number)
        sentences = sentences_of(article)
    if text is None or not sentences:
        return ()
    begins = sorted({0, *(int(text.before[each.start]) for each in sentences)} - {text.document.length})
    found = most_divided(runs(text.document, begins), begins, most=most)
    return tuple(
        DividedSentence(place.start, place.end, each.mass, each.split)
        for each in found
        for place in [sentence_at(text, sentences, begins[each.sentence])]
    )


def one_text(exercise: Exercise, article: Article, number: int) -> CountedText | None:
    """The article's counted readings, if there are two or more. Four queries."""
    texts = texts_in([exercise], number, article)
    return texts[0] if texts and len(texts[0].readers) > 1 else None


def sentence_at(text: CountedText, sentences: list[Sentence], weighed: int) -> Sentence:
    """The sentence that begins at a weighed offset; of blank ones before it none is meant."""
    starts = [int(text.before[each.start]) for each in sentences]
    return sentences[max(bisect_right(starts, weighed) - 1, 0)]


def original(before: IntArray, edges: IntArray) -> tuple[list[int], list[int]]:
    """Where each run begins and ends in code points: at its first character that is not white space, behind its last.

    `before` (length + 1,) as in CountedText; `edges` (R + 1,) weighed offsets of the runs.
    """
    characters = np.flatnonzero(np.diff(before))
    return characters[edges[:-1]].tolist(), (characters[edges[1:] - 1] + 1).tolist()
