"""The page of one article: its text in blocks, where it is used, and its other versions. Three queries."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from annotator.domain.word_count import minutes_to_mark, minutes_to_read
from annotator.models import Article, Block, Exercise
from annotator.reports.languages import language_name
from annotator.reports.library import Use, uses_of


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block as it is read."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of the text."""

    uuid: UUID
    title: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """`older` is the article that this one corrects, `newer` those that correct it: only where one may see them."""

    blocks: list[ShownBlock]
    language: str
    minutes: int
    minutes_marking: int
    older: Version | None
    newer: list[Version]
    uses: list[Use]
    has_title: bool


def article_page(article: Article, library: QuerySet[Article], exercises: QuerySet[Exercise]) -> ArticlePage:
    """What the page of `article` says to someone who may see `library` and `exercises`."""
    blocks = [
        ShownBlock(id=f"b{block.number}", kind=block.kind, text=article.text[block.start : block.end])
        for block in article.blocks.order_by("number")
    ]
    versions = [
        (Version(uuid=uuid, title=title), replaces)
        for uuid, title, replaces in versions_of(article, library).values_list("uuid", "title", "replaces_id")
    ]
    return ArticlePage(
        blocks=blocks,
        language=language_name(article.language),
        minutes=minutes_to_read(article.word_count),
        minutes_marking=minutes_to_mark(article.word_count),
        older=next((version for version, replaces in versions if replaces != article.pk), None),
        newer=[version for version, replaces in versions if replaces == article.pk],
        uses=uses_of([article], exercises).get(article.pk, []),
        has_title=bool(blocks) and blocks[0].kind == Block.Kind.HEADING,
    )


def versions_of(article: Article, library: QuerySet[Article]) -> QuerySet[Article]:
    """The article before and those after, oldest first."""
    around = library.filter(replaces=article.pk)
    if article.replaces_id is not None:
        around |= library.filter(pk=article.replaces_id)
    return around.order_by("created_at", "pk")
