"""An exercise on paper: its articles in numbered sentences, and the tags on a card. Three queries."""

from dataclasses import dataclass

from annotator.models import Article, Block, Exercise, ExerciseArticle, Label
from annotator.reports.reading_parts import is_title_block


@dataclass(frozen=True, slots=True)
class PrintedSentence:
    """A sentence with its number in the article, from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """One block's sentences."""

    kind: str
    sentences: list[PrintedSentence]


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """One article; `byline` is what is known of publication and author."""

    title: str
    byline: list[str]
    language: str
    blocks: list[PrintedBlock]


@dataclass(frozen=True, slots=True)
class PrintSheet:
    """The sheet."""

    articles: list[PrintedArticle]
    labels: list[Label]


def print_sheet(exercise: Exercise) -> PrintSheet:
    """The sheet of an exercise."""
    places = ExerciseArticle.objects.filter(exercise=exercise).select_related("article").order_by("position")
    articles = [place.article for place in places]
    blocks: dict[int, list[Block]] = {article.pk: [] for article in articles}
    for block in Block.objects.filter(article__in=articles).order_by("article", "number"):
        blocks[block.article_id].append(block)
    labels = Label.objects.filter(version=exercise.codebook_version_id, is_retired=False).order_by("position")
    return PrintSheet([printed(each, blocks[each.pk]) for each in articles], list(labels))


def printed(article: Article, blocks: list[Block]) -> PrintedArticle:
    """One article; a first block that is its title stands above the sentences already."""
    found, number = [], 0
    for block in blocks:
        if is_title_block(block, article.text[block.start : block.end], article.title):
            continue
        sentences = [
            PrintedSentence(number := number + 1, article.text[start:end].strip())
            for start, end in block.sentence_edges
        ]
        found.append(PrintedBlock(block.kind, sentences))
    byline = [each for each in (article.publication, article.author) if each]
    return PrintedArticle(article.title, byline, article.language, found)
