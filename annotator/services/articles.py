"""Articles: storing a text with its blocks, describing it, taking it out of the library. Nothing here edits a text."""

import uuid as uuids
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from annotator.domain.blocks import assemble
from annotator.domain.errors import RuleError, gettext_noop
from annotator.domain.folding import folded
from annotator.domain.sentences import sentence_spans
from annotator.domain.text import fingerprint
from annotator.domain.word_count import word_count
from annotator.models import Article, Block, ExerciseArticle, Phase, User

MOST_CHARACTERS = 1_000_000
# A page of more can hardly be checked or read; a book is many articles.
MOST_BLOCKS = 5_000
NO_TEXT = gettext_noop("Keep at least one block: an article needs a text.")
TOO_LONG = gettext_noop("This text is too long: an article holds at most 1,000,000 characters. Leave some of it out.")
TOO_MANY = gettext_noop("This text falls into more than 5,000 blocks. Add it in parts, each as an article of its own.")
STILL_USED = gettext_noop(
    "An exercise still uses this article, so it stays. Put the exercise into the archive first, then delete it."
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about an article beside its text. They may change: no offset depends on them."""

    title: str = ""
    publication: str = ""
    author: str = ""
    published: date | None = None
    address: str = ""
    language: str = ""


@transaction.atomic
def article_store(
    *,
    owner: User,
    title: str,
    blocks: Sequence[tuple[str, str]],
    publication: str = "",
    author: str = "",
    published: date | None = None,
    address: str = "",
    language: str = "",
    replaces: Article | None = None,
    is_sample: bool = False,
    uuid: uuids.UUID | None = None,
) -> Article:
    """A new article of these (kind, text) blocks, in reading order. Its sentences are found now and stay."""
    facts = Facts(title, publication, author, published, address, language)
    text, ranges = assemble(blocks)
    if not text:
        raise RuleError(NO_TEXT, code="no_text")
    if len(text) > MOST_CHARACTERS:
        raise RuleError(TOO_LONG, code="too_long")
    check_number(len(ranges))
    article = Article.objects.create(
        uuid=uuid or uuids.uuid4(),
        owner=owner,
        **asdict(facts),
        text=text,
        text_sha256=fingerprint(text),
        length=len(text),
        length_nonspace=sum(not character.isspace() for character in text),
        word_count=word_count(text),
        search_text=search_text(facts, text),
        replaces=replaces,
        is_sample=is_sample,
    )
    Block.objects.bulk_create(
        Block(
            article=article,
            number=number,
            kind=each.kind,
            start=each.start,
            end=each.end,
            sentences=[each.start + start for start, _ in sentence_spans(text[each.start : each.end])],
        )
        for number, each in enumerate(ranges, 1)
    )
    return article


def check_number(blocks: int) -> None:
    """Refuse more blocks than a page can show."""
    if blocks > MOST_BLOCKS:
        raise RuleError(TOO_MANY, code="too_many")


@transaction.atomic
def article_describe(*, article: Article, facts: Facts) -> Article:
    """Correct what is known about an article; its text and every offset stay."""
    for name, value in asdict(facts).items():
        setattr(article, name, value)
    article.search_text = search_text(facts, article.text)
    article.save(update_fields=[*asdict(facts), "search_text"])
    return article


@transaction.atomic
def article_delete(*, article: Article) -> None:
    """Hide an article from the library, unless an exercise outside the archive reads it. Rows and spans stay."""
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.deleted_at is not None:
        return
    if ExerciseArticle.objects.filter(article=locked).exclude(exercise__phase=Phase.ARCHIVED).exists():
        raise RuleError(STILL_USED, code="in_use")
    locked.deleted_at = timezone.now().replace(microsecond=0)
    locked.save(update_fields=["deleted_at"])


def search_text(facts: Facts, text: str) -> str:
    """What searching looks in."""
    return folded("\n".join([facts.title, facts.publication, facts.author, text]))
