"""Articles as their passages are looked for: the text with its counted readings, its blocks and its sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.models import Article, Block
from annotator.models.counted import CountedText
from annotator.reports.agreement_sentences import Sentence, sentences_in
from annotator.reports.result_cards import homes


@dataclass(frozen=True, slots=True, eq=False)
class ReadArticle:
    """An article with its counted readings, its blocks and sentences in order."""

    article: Article
    text: CountedText
    blocks: Sequence[Block]
    sentences: list[Sentence]

    @property
    def begins(self) -> list[int]:
        """Where its sentences begin, in weighted offsets."""
        before = self.text.before
        return sorted({0, *(int(before[each.start]) for each in self.sentences)} - {self.text.document.length})

    def paragraph(self, sentence: Sentence) -> int | None:
        """The number of the paragraph that one of its sentences stands in; None for a heading."""
        return [each for each in homes(self.blocks) if each.start <= sentence.start][-1].paragraph


def read_articles(articles: Iterable[Article], texts: Sequence[CountedText]) -> list[ReadArticle]:
    """Those with a counted reading, in the same order. One query."""
    by_article = {text.place[1]: text for text in texts}
    blocks: dict[int, list[Block]] = {}
    for block in Block.objects.filter(article__in=list(by_article)).order_by("article", "number"):
        blocks.setdefault(block.article_id, []).append(block)
    return [
        ReadArticle(each, by_article[each.pk], blocks.get(each.pk, []), sentences_in(blocks.get(each.pk, [])))
        for each in articles
        if each.pk in by_article
    ]
