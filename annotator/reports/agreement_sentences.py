"""Where an article's sentences stand: the passages that figures are about."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.models import Article, Block


@dataclass(frozen=True, slots=True)
class Sentence:
    """Code points of the article, half-open; the blanks before the next sentence belong to it."""

    start: int
    end: int

    def end_of_words(self, text: str) -> int:
        """Where its last word ends in the article's text; blanks may follow."""
        return self.start + len(text[self.start : self.end].rstrip())


def sentence_starts(article: Article) -> list[int]:
    """The start of every sentence, in code points, ascending. One query."""
    return [each.start for each in sentences_of(article)]


def sentences_of(article: Article) -> list[Sentence]:
    """Every sentence of an article in order. One query."""
    return sentences_in(Block.objects.filter(article=article).order_by("number"))


def sentences_in(blocks: Iterable[Block]) -> list[Sentence]:
    """Every sentence of these blocks, in their order."""
    return [Sentence(*edge) for block in blocks for edge in block.sentence_edges]
